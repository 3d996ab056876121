"""组织督导情况: five texts, what must not stand in them, 保存. Unsaved typing is kept as a draft and goes on next time.

There is no field for who reported a sign, and none is to be added; titles of windows name nobody. Who may read and
write the sheet is services.guidance's.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QHideEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import QFrame, QPlainTextEdit, QScrollArea, QVBoxLayout, QWidget

from jiafang_desktop.common.errors import UserError
from jiafang_desktop.domain import guidance as rules
from jiafang_desktop.services import drafts, guidance
from jiafang_desktop.services.guidance import NOTE, Guidance
from ui import theme
from ui.context import Context
from ui.dialogs.dialog_size import open_within
from ui.models.guidance_sheet import DRAFT_PREFIX, changed, draft_of, resumed, stored
from ui.widgets import buttons, fields
from ui.widgets.side_dialog import FormDialog
from ui.widgets.side_fields import caption

_SIZE_PX, _LABEL_PX, _LEAST_PX = (720, 640), 72, 60
_WAIT_MS = 800  # as in the record editor: at most this much typing is ever at risk
_HINTS = {
    "causes": "家庭、工作、身体等方面的原因", "roots": "思想认识上的问题", "counsel": "谁、何时、怎样谈的",
    "measures": "安排了什么、谁负责", "follow_up": "以后每次了解到的情况，写上日期",
}  # fmt: skip
_HIDDEN = "别的经办人填写，内容您看不到"
_ONLY_LOOKING = "您的账户没有“查看限制内容”的权限，只看得到自己写过的，不能改。"
_VOID = "这份家访已作废，只能查看。"


@dataclass(frozen=True, slots=True)
class Standing:
    """A visit's sheet as this account sees it, whether it may write it, and its own unsaved typing."""

    sheet: Guidance
    may_write: bool
    draft: dict[str, Any] | None = None


class GuidanceDialog(FormDialog):
    """One visit's sheet."""

    keeps_drafts = True  # the lock may send somebody else to the door: nothing here is lost

    def __init__(
        self, ctx: Context, standing: Standing, *, who: str, is_void: bool = False, parent: QWidget | None = None
    ) -> None:  # fmt: skip
        super().__init__("组织督导情况", "", accept_text="保存", name="dialog_guidance", parent=parent)
        self.setWindowTitle("组织督导情况")
        self.ctx = ctx
        self._sheet = standing.sheet
        self._is_writable = standing.may_write and not is_void
        self._is_dirty = False
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(_WAIT_MS)
        self._timer.timeout.connect(self.keep_now)
        self.edits: dict[str, QPlainTextEdit] = {}
        reason = "" if self._is_writable else _VOID if is_void and standing.may_write else _ONLY_LOOKING
        self._build(who, reason)
        texts, met = resumed(standing.sheet, standing.draft)
        self._show(texts)
        self._say_met(met)
        if standing.draft and self.typed() != stored(self._sheet):
            self.discard.show()
        for edit in self.edits.values():
            edit.textChanged.connect(self._typed)
        open_within(self, *_SIZE_PX, window=parent)
        first = next((name for name in rules.NAMES if not texts[name]), "follow_up")
        (self.edits[first] if self._is_writable else self.cancel).setFocus()

    # -- building ----------------------------------------------------------------------------------------------

    def _build(self, who: str, reason: str) -> None:
        self.body.addWidget(caption(who))
        self.body.addWidget(caption(NOTE, "amber"))
        if reason:
            self.body.addWidget(caption(reason))
        self.body.addWidget(self._fields(), 1)
        self.note, self.warning = caption("", "amber"), caption("", "amber")
        self.note.setObjectName("guidance_note")
        self.warning.setObjectName("guidance_warning")
        for label in (self.note, self.warning):
            label.hide()
            self.body.addWidget(label)
        self.cancel.set_words("关闭")
        self.ok.setVisible(self._is_writable)
        self.discard = buttons.link("放弃没保存的改动", "guidance_discard")
        self.discard.setAutoDefault(False)
        self.discard.clicked.connect(self._discard)
        self.discard.hide()
        self.foot.insertWidget(0, self.discard)
        save = QShortcut(QKeySequence("Ctrl+S"), self)
        save.activated.connect(lambda: self._save(close=False))

    def _fields(self) -> QScrollArea:
        inside = QWidget()
        inside.setObjectName("guidance_inside")
        inside.setStyleSheet(f"#guidance_inside {{ background: {theme.color('paper').name()}; }}")
        column = QVBoxLayout(inside)
        column.setContentsMargins(0, 0, theme.dp(8), 0)
        column.setSpacing(theme.dp(10))
        for name, title in rules.NAMES.items():
            edit = fields.text_edit(f"field_guidance_{name}", title)
            edit.setMinimumHeight(theme.dp(_LEAST_PX))
            hidden = name in self._sheet.hidden
            edit.setReadOnly(not self._is_writable)
            edit.setPlaceholderText(_HIDDEN if hidden else _HINTS[name] if self._is_writable else "")
            self.edits[name] = edit
            column.addWidget(fields.FormRow(title, edit, label_px=_LABEL_PX), 1)
        scroll = QScrollArea(self)
        scroll.setObjectName("guidance_scroll")
        scroll.setFrameShape(QFrame.Shape.NoFrame)
        scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        scroll.setWidgetResizable(True)
        scroll.setWidget(inside)
        return scroll

    # -- typing ------------------------------------------------------------------------------------------------

    def typed(self) -> dict[str, str]:
        """What stands in the fields."""
        return {name: edit.toPlainText() for name, edit in self.edits.items()}

    def _show(self, texts: dict[str, str]) -> None:
        for name, edit in self.edits.items():
            edit.setPlainText(texts[name])
        self._warn()

    def _say_met(self, met: tuple[str, ...]) -> None:
        """Somebody wrote there meanwhile."""
        words = f"“{'”“'.join(met)}”后来有了新内容，您没保存的字接在后面，请核对。" if met else ""
        self.note.setText(words)
        self.note.setVisible(bool(words))

    def _warn(self) -> None:
        words = "\n".join(rules.warnings(dict(self.typed())))
        self.warning.setText(words)
        self.warning.setVisible(bool(words))

    def _typed(self) -> None:
        self._error.hide()
        self._warn()
        self._is_dirty = True
        self.discard.setVisible(bool(changed(self.typed(), self._sheet)))
        if not self._timer.isActive():
            self._timer.start()

    # -- keeping -----------------------------------------------------------------------------------------------

    @property
    def _key(self) -> str:
        return DRAFT_PREFIX + self._sheet.visit

    def keep_now(self) -> None:
        """Unsaved typing into the draft table; none left, no draft."""
        self._timer.stop()
        if not (self._is_dirty and self._is_writable):
            return
        self._is_dirty = False
        draft = draft_of(self.typed(), self._sheet)
        if draft is None:
            self.ctx.tasks.run(drafts.discard, self._key)
        else:
            self.ctx.tasks.run(drafts.keep, self._key, draft)

    def try_accept(self) -> None:
        """保存 and close."""
        self._save(close=True)

    def _save(self, *, close: bool) -> None:
        if not (self._is_writable and self.ok.isEnabled()):
            return
        self.keep_now()
        patch = changed(self.typed(), self._sheet)
        if not patch:
            if close:
                self.accept()
            return
        self.ok.setEnabled(False)
        pending = self.ctx.tasks.run(guidance.write, self._sheet.visit, patch, by=self.ctx.operator)
        pending.then(lambda found: self._saved(found, close=close)).fail(self._refused)

    def _saved(self, found: guidance.Kept, *, close: bool) -> None:
        self.ok.setEnabled(True)
        self._sheet = found.guidance
        self._say_met(())
        self._is_dirty = True
        self.keep_now()  # what was typed while it was being written; usually there is none, and the draft goes
        self.discard.setVisible(bool(changed(self.typed(), self._sheet)))
        if found.changes.records:
            self.ctx.say_undoable("填写组织督导情况")
        if close and not changed(self.typed(), self._sheet):
            self.accept()

    def _refused(self, error: UserError) -> None:
        self.ok.setEnabled(True)
        self._error.setText(error.message + error.hint)
        self._error.show()
        field = self.edits.get(str(error.details.get("field")))
        if field is not None:
            field.setFocus()

    def _discard(self) -> None:
        """Back to what is stored."""
        self._show(stored(self._sheet))
        self._say_met(())
        self.keep_now()
        self.cancel.setFocus()

    def hideEvent(self, event: QHideEvent) -> None:
        """Closed, or covered by the lock: what is typed is kept."""
        self.keep_now()
        super().hideEvent(event)

    def reject(self) -> None:
        """关闭: unsaved typing waits for the next time, and that is said."""
        if self._is_writable and changed(self.typed(), self._sheet):
            self.ctx.say("没保存的字留着，下次打开接着写")
        super().reject()
