"""单位 in 设置: the names on papers and the unit's kind, changed in one dialog that says what follows from it.

Keeping them is services.session's; windows named anew are the shell's.
"""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from jiafang_desktop.common.errors import UserError
from jiafang_desktop.domain.units import UNIT_TYPES
from jiafang_desktop.services import session
from ui.context import Context
from ui.widgets import fields
from ui.widgets.side_dialog import FormDialog

_LABEL_PX = 104
_SENTENCE = (
    "以后打印的记录单和台账都用新名称。已经打印、还没归档的记录单印的是旧名称，会提示“需重印”；"
    "已归档的不变。请照公章和台账核对后再改。"
)


class UnitDialog(FormDialog):
    """Closes once the new names are kept."""

    def __init__(self, ctx: Context, parent: QWidget) -> None:
        super().__init__(
            "修改单位名称", _SENTENCE, accept_text="改用新名称", name="dialog_unit", parent=parent.window()
        )
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._ctx = ctx
        here = ctx.installation
        self.unit = fields.line_edit("field_unit", "单位名称，照公章")
        self.unit.setText(here.unit)
        self.ledger_unit = fields.line_edit("field_ledger_unit", "台账上的单位名称")
        self.ledger_unit.setText(here.own_ledger)
        self.unit_type = fields.combo("field_unit_type", "单位类别")
        for key, words in UNIT_TYPES.items():
            self.unit_type.addItem(words, key)
        self.unit_type.setCurrentIndex(self.unit_type.findData(here.unit_type))
        self.body.addWidget(fields.FormRow("单位名称", self.unit, label_px=_LABEL_PX))
        self.body.addWidget(fields.FormRow("台账上的名称", self.ledger_unit, label_px=_LABEL_PX))
        kind = fields.FormRow("单位类别", self.unit_type, label_px=_LABEL_PX)
        kind.setVisible(here.role == "unit")
        self.body.addWidget(kind)
        self.unit.setFocus()

    def check(self) -> tuple[QWidget, str] | None:
        """The seal's name is needed."""
        if not self.unit.text().strip():
            return self.unit, "请填写单位名称，照公章写。"
        return None

    def try_accept(self) -> None:
        """Keep them; lists that go by the unit are made anew meanwhile."""
        if self.check() is not None:
            super().try_accept()
            return
        self.ok.setEnabled(False)
        pending = self._ctx.tasks.run(
            session.change_unit, unit=self.unit.text(), ledger_unit=self.ledger_unit.text(),
            unit_type=self.unit_type.currentData(), by=self._ctx.operator,
        )  # fmt: skip
        pending.then(self._done).fail(self._refused)

    def _done(self, renamed: session.Renamed) -> None:
        self.accept()
        self._ctx.rename(renamed.installation)

    def _refused(self, error: UserError) -> None:
        self.ok.setEnabled(True)
        self._error.setText(error.message + error.hint)
        self._error.show()
        (self.ledger_unit if error.details.get("field") == "ledger_unit" else self.unit).setFocus()
