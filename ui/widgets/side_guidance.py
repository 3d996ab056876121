"""组织督导情况 beside the paper: only for a visit made because of signs of trouble, with how far the sheet is.

Its words stand in a dialog of their own; whether this account sees them is asked by visit_editor_guidance.
"""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from ui import theme
from ui.models.visit_form import VisitForm
from ui.widgets import buttons
from ui.widgets.side_fields import caption, hairline, section_head, tint_caption

PRIORITY = "warning_sign"


class GuidanceSection(QWidget):
    """``open_wanted``; hidden unless 优先情形 asks for the sheet."""

    open_wanted = Signal()

    def __init__(self, form: VisitForm, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("section_guidance")
        self._form = form
        self.button = buttons.link("填写", "button_guidance")
        self.button.clicked.connect(self.open_wanted)
        self.state = caption("", parent=self)
        self.state.setObjectName("guidance_state")
        head = QHBoxLayout()
        head.addWidget(section_head("组织督导情况", self))
        head.addStretch(1)
        head.addWidget(self.button)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.dp(6))
        column.addWidget(hairline(self))
        column.addSpacing(theme.dp(6))
        column.addLayout(head)
        column.addWidget(self.state)
        form.changed.connect(lambda names, _walked: self._follow() if "priority" in names else None)
        self.show_state("登记以后填写", button="")
        self._follow()

    @property
    def is_wanted(self) -> bool:
        """Whether 优先情形 asks for the sheet."""
        return bool(self._form["priority"] == PRIORITY)

    def show_state(self, words: str, *, button: str, token: str = "ink2") -> None:
        """How far the sheet is; ``button`` are the words that open it, none where it is closed."""
        self.state.setText(words)
        tint_caption(self.state, token)
        self.button.setVisible(bool(button))
        self.button.set_words(button)
        self.button.setAccessibleName(f"{button}组织督导情况")

    def _follow(self) -> None:
        self.setVisible(self.is_wanted)
