"""Signing a record on the pad: the very sheet that is signed at the left, the pad at the right, 清除 and 确认签名.

Whether the pad is allowed and what a signature is bound to is services.signature_pad's; nothing is kept here.
"""

from __future__ import annotations

import itertools

from PySide6.QtCore import Qt
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QScrollArea, QVBoxLayout, QWidget

from jiafang_desktop.common.errors import UserError
from jiafang_desktop.domain.pages import Sheet
from jiafang_desktop.domain.signatures import ROLES, Line, Slot, tidied
from ui import theme
from ui.dialogs.dialog_size import open_within
from ui.dialogs.preview import PageStack
from ui.widgets import buttons
from ui.widgets.side_dialog import FormDialog
from ui.widgets.side_fields import caption
from ui.widgets.signature_pad import SignaturePad

_SIZE_PX = (1080, 660)
_PAD_PX, _NARROW_PX = 420, 330
_NARROW_BELOW_PX = 980
_MARGIN_MM = 25.0  # of the page, less than the form's own
_SENTENCE = "签的是左边这张记录单，只对它有效；以后改动表上任何内容，签名自动失效，需要重签。"


class SignaturePadDialog(FormDialog):
    """``strokes()`` after acceptance."""

    def __init__(self, sheet: Sheet, slot: Slot, *, parent: QWidget | None = None) -> None:
        super().__init__(
            "在签字板上签名", _SENTENCE, accept_text="确认签名", name="dialog_signature_pad", parent=parent
        )
        open_within(self, *_SIZE_PX, window=parent)
        self.pad = SignaturePad(f"{ROLES[slot.role]}{slot.name}的签名框")
        self.pad.set_width(theme.dp(_PAD_PX if self.width() >= theme.dp(_NARROW_BELOW_PX) else _NARROW_PX))
        self.button_back = buttons.quiet("撤去一笔", "pad_take_back")
        self.button_clear = buttons.plain("清除", "pad_clear")
        for button, act in ((self.button_back, self.pad.take_back), (self.button_clear, self.pad.clear)):
            button.setAutoDefault(False)
            button.clicked.connect(act)
        row = QHBoxLayout()
        row.setSpacing(theme.dp(24))
        row.addWidget(self._sheet(sheet), 1)
        row.addLayout(self._side(slot))
        self.body.addLayout(row, 1)
        self.pad.changed.connect(self._show_state)
        self._show_state()
        for before, after in itertools.pairwise(
            (self._scroll, self.pad, self.button_clear, self.button_back, self.cancel, self.ok)
        ):
            self.setTabOrder(before, after)
        self.pad.setFocus()

    def _sheet(self, sheet: Sheet) -> QScrollArea:
        """The pages as they print, the form as wide as there is room; the arrow keys scroll."""
        self.pages = PageStack(sheet)
        scroll = QScrollArea(self)
        scroll.setObjectName("signed_sheet")
        scroll.setAccessibleName("要签名的记录单")
        scroll.setProperty("ground", "desk")
        scroll.setFrameShape(QFrame.Shape.NoFrame)
        scroll.setStyleSheet(f"#signed_sheet {{ border: 1px solid {theme.color('line').name()}; }}")
        scroll.setWidgetResizable(True)
        scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        scroll.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        scroll.setWidget(self.pages)
        room = self.width() - self.pad.width() - theme.dp(24 * 3 + 16)
        self._scale = (room - theme.dp(16)) / (max(page.width_mm for page in sheet.pages) - 2 * _MARGIN_MM)
        self.pages.set_scale(self._scale)
        self._scroll = scroll
        return scroll

    def showEvent(self, event: QShowEvent) -> None:
        """The form's title at the top and its frame as wide as the view: the empty margins say nothing."""
        super().showEvent(event)
        page, margin = self.pages.page_rect(0), round(_MARGIN_MM * self._scale)
        self._scroll.verticalScrollBar().setValue(page.top() + margin)
        self._scroll.horizontalScrollBar().setValue(page.left() + margin)

    def _side(self, slot: Slot) -> QVBoxLayout:
        who = QLabel(slot.name, self)
        who.setObjectName("pad_signer")
        who.setProperty("role", "section")
        acts = QHBoxLayout()
        acts.setSpacing(theme.dp(8))
        acts.addWidget(self.button_clear)
        acts.addWidget(self.button_back)
        acts.addStretch(1)
        side = QVBoxLayout()
        side.setSpacing(theme.dp(8))
        side.addWidget(caption(ROLES[slot.role], parent=self))
        side.addWidget(who)
        side.addSpacing(theme.dp(4))
        side.addWidget(self.pad)
        side.addLayout(acts)
        side.addStretch(1)
        side.addWidget(caption("请本人签名。不保存可以重复使用的签名，每份记录单都要单独签。", parent=self))
        return side

    def _show_state(self) -> None:
        drawn = bool(self.pad.strokes)
        self.button_clear.setEnabled(drawn)
        self.button_back.setEnabled(drawn)

    def check(self) -> tuple[QWidget, str] | None:
        """Something that can be a signature."""
        try:
            tidied(self.pad.strokes)
        except UserError as error:
            return self.pad, error.message + error.hint
        return None

    def strokes(self) -> tuple[Line, ...]:
        """What was drawn, after acceptance."""
        return self.pad.strokes
