"""What to keep in mind on 看谈听访, fit to 优先情形: beside the ticks, folded away for good once the clerk knows it.

The words are domain.prompts', the same that stand on the 家访前一页纸. Nothing here is put into the account.
"""

from __future__ import annotations

from PySide6.QtCore import QEvent, Qt
from PySide6.QtWidgets import QGridLayout, QLabel, QVBoxLayout, QWidget

from jiafang_desktop.domain.prompts import THREE_ONES, prompts_for
from ui import theme
from ui.models.visit_form import VisitForm
from ui.widgets import buttons
from ui.widgets.side_fields import caption

_SIGNS = "只了解群众反映的事；涉嫌违纪违法线索不在本程序登记"  # policy 三之二; PRODUCT R5
_wanted: list[bool] = []  # how the clerk left it, for every sheet of this session


class PromptsFold(QWidget):
    """Open on sheets whose account is still to be written, until it was folded once."""

    def __init__(self, form: VisitForm, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("section_prompts")
        self._form = form
        self.fold = buttons.link("看什么、谈什么", "fold_prompts", icon="chevron_right")
        self.fold.setCheckable(True)
        self.fold.setAccessibleName("看谈听访的提示")
        self._body = QWidget(self)
        self._body.setObjectName("prompts_body")
        self._lines: dict[str, QLabel] = {}
        grid = QGridLayout(self._body)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(theme.dp(8))
        grid.setVerticalSpacing(theme.dp(4))
        grid.setColumnStretch(1, 1)
        for row, word in enumerate((*prompts_for(None), "三个一")):
            name = caption(word, parent=self._body)
            name.setWordWrap(False)
            words = caption("", parent=self._body)
            words.setObjectName(f"prompt_{word}")
            self._lines[word] = words
            grid.addWidget(name, row, 0, Qt.AlignmentFlag.AlignTop)
            grid.addWidget(words, row, 1)
        self._signs = caption(_SIGNS, "amber", self._body)
        self._signs.setObjectName("prompt_signs")
        grid.addWidget(self._signs, len(self._lines), 0, 1, 2)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.dp(6))
        column.addWidget(self.fold, 0, Qt.AlignmentFlag.AlignLeft)
        column.addWidget(self._body)
        self.fold.toggled.connect(self._fold)
        self.fold.clicked.connect(self._remember)
        form.changed.connect(self._form_changed)
        self._show_words()
        self._fold(False)

    def _form_changed(self, names: frozenset[str], walked: bool) -> None:
        if "priority" in names:
            self._show_words()
        if walked and {"account", "place", "matter"} <= names:  # another sheet was laid open
            self.fold.setChecked(not self._form["account"].strip() and (not _wanted or _wanted[-1]))

    def _remember(self, opened: bool) -> None:
        _wanted[:] = [opened]

    def _fold(self, opened: bool) -> None:
        self._body.setVisible(opened)
        self.fold.set_icon("chevron_down" if opened else "chevron_right")

    def _show_words(self) -> None:
        priority = self._form["priority"]
        for word, words in {**prompts_for(priority), "三个一": "；".join(THREE_ONES.values())}.items():
            self._lines[word].setText(words)
        self._signs.setVisible(priority == "warning_sign")

    def changeEvent(self, event: QEvent) -> None:
        """A filed record needs no prompts."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.EnabledChange:
            self.setVisible(self.isEnabled())
