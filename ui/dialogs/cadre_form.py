"""One person of the roster typed by hand: added, or changed. What is a name or a date is the service's to say.

The dialog stays open until the store took it, with the field at fault named.
"""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QLineEdit, QWidget

from jiafang_desktop.common.errors import UserError
from jiafang_desktop.domain.cadres import CADRE_FIELDS, FIELD_TITLES, Cadre, CadreContent
from jiafang_desktop.services import rosters
from ui import theme
from ui.context import Context
from ui.models.roster_list import field_words
from ui.widgets import fields
from ui.widgets.side_dialog import FormDialog

_WIDTH_PX = 720
# Two columns as they are asked for in an office: who, where, what; then the family.
_ROWS = (
    ("name", "gender"), ("unit", "section"), ("post", "managed_by"), ("staff_type", "birth_date"),
    ("phone", "employee_no"), ("spouse_name", "spouse_work"), ("address",), ("remark",),
)  # fmt: skip
_HINTS = {"birth_date": "如 1975.03", "managed_by": "如 本单位、县委组织部", "spouse_name": "没有的写“无”"}
assert sorted(name for row in _ROWS for name in row) == sorted(CADRE_FIELDS)


class CadreForm(FormDialog):
    """``saved(cadre_id)`` tells that the store has the person."""

    saved = Signal(str)

    def __init__(self, ctx: Context, cadre: Cadre | None = None, parent: QWidget | None = None) -> None:
        head = f"修改 {cadre.content.name}" if cadre is not None else "添加人员"
        super().__init__(head, "", accept_text="保存", name="dialog_cadre", parent=parent)
        self.setWindowTitle("修改人员" if cadre is not None else "添加人员")  # titles of windows name nobody
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setMinimumWidth(theme.dp(_WIDTH_PX))
        self.ctx, self.cadre = ctx, cadre
        self.cells: dict[str, QLineEdit] = {}
        self.rows: dict[str, fields.FormRow] = {}
        grid = QGridLayout()
        grid.setHorizontalSpacing(theme.dp(24))
        grid.setVerticalSpacing(theme.dp(8))
        for place, names in enumerate(_ROWS):
            for side, name in enumerate(names):
                grid.addWidget(self._row(name), place, side, 1, 2 if len(names) == 1 else 1)
        fields.align_labels(self.rows[names[1]] for names in _ROWS if len(names) == 2)
        grid.setColumnStretch(0, 1)
        grid.setColumnStretch(1, 1)
        self.body.addLayout(grid)
        if cadre is None and ctx.installation.role == "unit":
            self.cells["unit"].setText(ctx.installation.ledger_unit or ctx.installation.unit)
        self.cells["name"].setFocus()

    def _row(self, name: str) -> fields.FormRow:
        cell = fields.line_edit(f"field_cadre_{name}", FIELD_TITLES[name])
        if name in _HINTS:
            cell.setPlaceholderText(_HINTS[name])
        if self.cadre is not None:
            cell.setText(field_words(self.cadre, name))
        title = "配偶单位职务" if name == "spouse_work" else FIELD_TITLES[name]
        row = fields.FormRow(title, cell)
        cell.textEdited.connect(lambda _text: row.set_error(None))
        self.cells[name], self.rows[name] = cell, row
        return row

    def check(self) -> tuple[QWidget, str] | None:
        """A name is all that is needed."""
        return None if self.cells["name"].text().strip() else (self.cells["name"], "请填写姓名。")

    def content(self) -> CadreContent:
        """What stands in the cells."""
        values: dict[str, str | None] = {name: cell.text().strip() or None for name, cell in self.cells.items()}
        name = values.pop("name") or ""
        return CadreContent(name=name, **values)  # type: ignore[arg-type]  # one table names cells and fields

    def try_accept(self) -> None:
        """Hand it to the store; the dialog closes when it is there."""
        if self.check() is not None:
            super().try_accept()
            return
        self.ok.setEnabled(False)
        if self.cadre is None:
            pending = self.ctx.tasks.run(rosters.add_person, self.content(), by=self.ctx.operator)
            pending.then(lambda result: self._saved(result[0])).fail(self._refused)
        else:
            cadre = self.cadre
            typed = {name: cell.text().strip() for name, cell in self.cells.items()}
            patch = {name: words for name, words in typed.items() if words != field_words(cadre, name)}
            pending = self.ctx.tasks.run(rosters.edit_person, cadre.id, patch, by=self.ctx.operator)
            pending.then(lambda _changes: self._saved(cadre.id)).fail(self._refused)

    def _saved(self, cadre_id: str) -> None:
        self.accept()
        self.saved.emit(cadre_id)

    def _refused(self, error: UserError) -> None:
        self.ok.setEnabled(True)
        field = str(error.details.get("field", "name"))
        row, cell = self.rows.get(field), self.cells.get(field)
        if row is None or cell is None:
            self.ctx.error(error, self)
            return
        row.set_error(error.message + error.hint)
        cell.setFocus()
