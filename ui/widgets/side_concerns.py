"""诉求 beside the paper: what this visit is made for, each with × to take it off, and ＋ to attach another.

Shows and tells what is wanted; which concerns there are is asked by visit_editor_concerns.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from ui import theme
from ui.widgets import buttons
from ui.widgets.side_fields import caption, section_head


@dataclass(frozen=True, slots=True)
class LinkedConcern:
    """An attached concern in words; ``warning`` where it is another person's, or went elsewhere."""

    id: str
    words: str
    text: str
    warning: str = ""


class ConcernsSection(QWidget):
    """``add_wanted``, ``remove_wanted(id)``, ``open_wanted(id)``."""

    add_wanted = Signal()
    remove_wanted = Signal(str)
    open_wanted = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("section_concerns")
        self.button_add = buttons.link("＋ 关联", "button_add_concern_link")
        self.button_add.setAccessibleName("关联诉求")
        self.button_add.clicked.connect(self.add_wanted)
        self._nothing = caption("这次家访没有关联诉求", "ink2", self)
        head = QHBoxLayout()
        head.addWidget(section_head("诉求", self))
        head.addStretch(1)
        head.addWidget(self.button_add)
        self._rows = QVBoxLayout()
        self._rows.setSpacing(theme.dp(4))
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.dp(6))
        column.addLayout(head)
        column.addWidget(self._nothing)
        column.addLayout(self._rows)

    def show_concerns(self, concerns: Sequence[LinkedConcern], *, writable: bool) -> None:
        """The attached ones."""
        while (item := self._rows.takeAt(0)) is not None:
            item.widget().hide()
            item.widget().deleteLater()
        self._nothing.setVisible(not concerns)
        self.button_add.setVisible(writable)
        for concern in concerns:
            self._rows.addWidget(self._row(concern, writable))

    def _row(self, concern: LinkedConcern, writable: bool) -> QWidget:
        row = QWidget(self)
        link = buttons.link(concern.words, f"concern_link_{concern.id}")
        link.setAccessibleDescription(concern.text)
        link.clicked.connect(lambda: self.open_wanted.emit(concern.id))
        line = QHBoxLayout()
        line.addWidget(link)
        line.addStretch(1)
        if writable:
            gone = buttons.square("取消关联", f"concern_unlink_{concern.id}", "close", size_px=24)
            gone.clicked.connect(lambda: self.remove_wanted.emit(concern.id))
            line.addWidget(gone)
        column = QVBoxLayout(row)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(line)
        column.addWidget(caption(concern.text, "ink2", row))
        if concern.warning:
            column.addWidget(caption(concern.warning, "amber", row))
        return row
