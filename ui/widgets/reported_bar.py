"""The strip over a quarter's summary: still to be handed in, or reported on a day, and what is otherwise since.

Shows and tells what was pressed; marking, taking back and comparing are services.summary's.
"""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QVBoxLayout, QWidget

from jiafang_desktop.services.summary import Summary
from ui import theme
from ui.widgets import buttons, fields
from ui.widgets.side_fields import caption


class ReportedBar(QWidget):
    """``mark_wanted``, ``revoke_wanted``, ``changes_wanted`` for its buttons."""

    mark_wanted = Signal()
    revoke_wanted = Signal()
    changes_wanted = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("reported_bar")
        self.state = QLabel()
        self.state.setObjectName("reported_state")
        self.button_mark = buttons.plain("标记已上报…", "button_mark_reported", icon="check")
        self.button_revoke = buttons.link("撤回…", "button_revoke_report")
        self.button_revoke.setAccessibleName("撤回“已上报”")
        self.changed = caption("", "amber")
        self.changed.setObjectName("reported_changed")
        self.button_changes = buttons.link("看变化", "button_report_changes")
        self.as_now = fields.check_box("check_as_now", "预览、导出用现在的数字和文字")
        self._build()

    def _build(self) -> None:
        top, below = QHBoxLayout(), QHBoxLayout()
        for row in (top, below):
            row.setSpacing(theme.dp(12))
        top.addWidget(self.state)
        top.addWidget(self.button_revoke)
        top.addStretch(1)
        top.addWidget(self.button_mark)
        below.addWidget(self.changed)
        below.addWidget(self.button_changes)
        below.addStretch(1)
        below.addWidget(self.as_now)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.dp(4))
        column.addLayout(top)
        column.addLayout(below)
        for button, wanted in (
            (self.button_mark, self.mark_wanted), (self.button_revoke, self.revoke_wanted),
            (self.button_changes, self.changes_wanted),
        ):  # fmt: skip
            button.clicked.connect(_telling(wanted.emit))

    def show_summary(self, found: Summary, *, due: str) -> None:
        """``due`` tells until when it is to be handed in."""
        told, count = found.reported, len(found.differences)
        had_keys = self.button_mark.hasFocus() or self.button_revoke.hasFocus()
        self.button_mark.setVisible(told is None)
        for widget in (self.button_revoke, self.as_now):
            widget.setVisible(told is not None)
        if had_keys:  # a button that goes leaves the keys to the one that comes
            (self.button_mark if told is None else self.button_revoke).setFocus()
        self.changed.setVisible(bool(count))
        self.button_changes.setVisible(bool(count))
        if told is None:
            self.as_now.setChecked(False)
            self.state.setText(due)
            return
        by = f"（{told.by}）" if told.by else ""
        self.state.setText(f"已于 {told.on.month} 月 {told.on.day} 日上报{by}，预览、导出的是上报的那一份")
        self.changed.setText(f"上报以后，有 {count} 项数字变了")


def _telling(emit: Callable[[], None]) -> Callable[[], None]:
    """Without the click's own argument."""
    return lambda: emit()
