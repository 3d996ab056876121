"""Printing a sheet: which printer, which pages, how many, how far to shift it, and 存为PDF where there is no printer.

Prints domain.pages sheets of any kind through jiafang_desktop.paper; what printing means for a record (printed,
frozen) is told through ``on_printed``.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from pathlib import Path

from PySide6.QtWidgets import QDoubleSpinBox, QFileDialog, QHBoxLayout, QLabel, QWidget

from jiafang_desktop.common.chinese import halfwidth, squeeze
from jiafang_desktop.common.errors import UserError
from jiafang_desktop.domain.pages import Sheet
from jiafang_desktop.paper import printing
from jiafang_desktop.paper.fonts import missing_on
from ui import theme
from ui.context import Context
from ui.dialogs.overprint import OverprintChoice
from ui.widgets import buttons, fields
from ui.widgets.side_dialog import FormDialog
from ui.widgets.side_fields import caption

# 存为PDF and its like: suffix → writes the file. The bool says that only the resolution is wanted.
Savers = Mapping[str, Callable[[Path, bool], None]]
_SAVE_WORDS = {".pdf": "存为PDF", ".docx": "存为Word", ".png": "存为图片"}
_NO_PRINTER = "这台电脑上没有找到打印机。请接好打印机并安装驱动，或先“存为PDF”，拿到有打印机的电脑上打印。"
_MISSING = "这台电脑的字体里没有“{}”，纸上会印成“〓”。请换用规范的写法，或打印后用笔补上。"
_MOST_SHIFT_MM = 20.0


class PrintDialog(FormDialog):
    """Asks and prints. ``on_printed(resolution_only)`` is called once the sheet was handed to the printer, but for one
    copy more of a sheet that ``is_signed``."""

    def __init__(
        self, ctx: Context, sheet: Sheet, title: str, *, overprint_sheet: Sheet | None = None,
        on_printed: Callable[[bool], None] | None = None, savers: Savers | None = None, prefer_overprint: bool = False,
        is_signed: bool = False, parent: QWidget | None = None,
    ) -> None:  # fmt: skip
        super().__init__(f"打印{title}", "", accept_text="打印", name="dialog_print", parent=parent)
        self._ctx, self._sheet, self._overprint, self._title = ctx, sheet, overprint_sheet, title
        self._on_printed = on_printed
        self._savers = savers or {".pdf": self._save_pdf}
        self.printer = fields.combo("field_printer", "打印机")
        self.pages = fields.line_edit("field_print_pages", "页码")
        self.pages.setPlaceholderText("全部；或写 1、1-2、1,3")
        self.copies = fields.number("field_print_copies", "份数", low=1, high=99)
        self.shift_x, self.shift_y = _shift("field_offset_x", "向右移"), _shift("field_offset_y", "向下移")
        right, down = getattr(ctx, "offset_mm", (0.0, 0.0))
        self.shift_x.setValue(right)
        self.shift_y.setValue(down)
        self.choice: OverprintChoice | None = None
        if overprint_sheet is not None or is_signed:
            self.choice = OverprintChoice(
                preferred=prefer_overprint, can_overprint=overprint_sheet is not None, is_signed=is_signed
            )
            self.choice.changed.connect(lambda _only: self._say_amount())
            self.body.addWidget(self.choice)
        self._no_printer = caption(_NO_PRINTER, "amber")
        self._no_printer.setObjectName("print_no_printer")
        self.body.addWidget(self._no_printer)
        strange = missing_on(sheet)
        if strange:
            lacking = caption(_MISSING.format("、".join(strange)), "amber")
            lacking.setObjectName("print_missing_characters")
            self.body.addWidget(lacking)
        self.body.addWidget(fields.FormRow("打印机", self.printer))
        self.body.addWidget(fields.FormRow("页码", self.pages))
        self.body.addWidget(fields.FormRow("份数", self.copies, field_px=110))
        self.body.addWidget(fields.FormRow("位置微调", self._shift_row()))
        for place, suffix in enumerate(self._savers):
            button = buttons.link(_SAVE_WORDS[suffix], f"button_save_{suffix[1:]}")
            button.setAutoDefault(False)
            button.clicked.connect(lambda _=False, suffix=suffix: self.save(suffix))
            self.foot.insertWidget(2 * place, button)
            self.foot.insertSpacing(2 * place + 1, theme.dp(8))
        self.pages.textChanged.connect(lambda _text: self._say_amount())
        self.copies.valueChanged.connect(lambda _count: self._say_amount())
        self._fill_printers()
        self._say_amount()

    def _shift_row(self) -> QWidget:
        row = QWidget()
        line = QHBoxLayout(row)
        line.setContentsMargins(0, 0, 0, 0)
        for words, box in (("向右", self.shift_x), ("向下", self.shift_y)):
            line.addWidget(QLabel(words))
            line.addWidget(box)
        line.addStretch(1)
        return row

    def _fill_printers(self) -> None:
        known = printing.printers()
        for info in known:
            self.printer.addItem(info.name, info.name)
            if info.is_default:
                self.printer.setCurrentIndex(self.printer.count() - 1)
        self.printer.setEnabled(bool(known))
        self.ok.setEnabled(bool(known))
        self._no_printer.setVisible(not known)

    @property
    def resolution_only(self) -> bool:
        """Whether only the resolution goes onto the signed sheet."""
        return self.choice is not None and self.choice.resolution_only

    def sheet(self) -> Sheet:
        """What will be printed."""
        return self._overprint if self.resolution_only and self._overprint is not None else self._sheet

    def _say_amount(self) -> None:
        try:
            count = len(page_numbers(self.pages.text(), len(self.sheet().pages))) * self.copies.value()
        except UserError:
            self.ok.setText("打印")
            return
        self.ok.setText("只打解决情况" if self.resolution_only else f"打印 {count} 张")

    def check(self) -> tuple[QWidget, str] | None:
        """A page range that can be read."""
        try:
            page_numbers(self.pages.text(), len(self.sheet().pages))
        except UserError as error:
            return self.pages, error.message + error.hint
        return None

    def try_accept(self) -> None:
        """Print, then tell; a refusal of the printer is shown and the dialog stays."""
        if self.check() is not None:
            super().try_accept()
            return
        sheet = self.sheet()
        only = self.resolution_only
        try:
            printing.print_sheet(
                sheet, printer_name=self.printer.currentData(),
                pages=page_numbers(self.pages.text(), len(sheet.pages)), copies=self.copies.value(),
                offset_mm=(self.shift_x.value(), self.shift_y.value()),
            )  # fmt: skip
        except UserError as error:
            self._ctx.error(error, self)
            return
        self.accept()
        if self.choice is not None and self.choice.is_copy:
            self._ctx.say("已送打印机；多印的一份不改变记录")
        elif self._on_printed is not None:
            self._on_printed(only)

    def save(self, suffix: str) -> None:
        """Ask where, then write a real file there."""
        chosen, _ = QFileDialog.getSaveFileName(self, _SAVE_WORDS[suffix], f"{self._sheet.title}{suffix}", f"*{suffix}")
        if not chosen:
            return
        target = Path(chosen)
        if target.suffix.lower() != suffix:
            target = target.with_name(target.name + suffix)
        self._savers[suffix](target, self.resolution_only)

    def _save_pdf(self, target: Path, _resolution_only: bool) -> None:
        try:
            self._ctx.renderer.pdf(self.sheet(), target, title=self._sheet.title)
        except UserError as error:
            self._ctx.error(error, self)
            return
        self._ctx.say(f"已存为 {target.name}")


def page_numbers(text: str, count: int) -> tuple[int, ...]:
    """Pages meant by 1、1-2、1,3; all when empty.

    Raises:
        UserError: ``bad_pages``.
    """
    plain = re.sub(r"[，、；;]", ",", squeeze(halfwidth(text)))
    if not plain or plain == "全部":
        return tuple(range(1, count + 1))
    found: list[int] = []
    for part in plain.split(","):
        match = re.fullmatch(r"(\d{1,4})(?:[-—–~至到](\d{1,4}))?", part, re.ASCII)
        first, last = (int(match[1]), int(match[2] or match[1])) if match else (0, 0)
        if not 1 <= first <= last <= count:
            hint = f"共 {count} 页，请写 1、1-2 或 1,3，留空打印全部。"
            raise UserError("bad_pages", "看不懂要打印哪几页。", hint=hint)
        found.extend(number for number in range(first, last + 1) if number not in found)
    return tuple(sorted(found))


def _shift(name: str, label: str) -> QDoubleSpinBox:
    most = _MOST_SHIFT_MM
    box = fields.decimal(name, f"{label}（毫米）", low=-most, high=most, step=0.5, suffix=" 毫米")
    box.setFixedWidth(theme.dp(110))
    return box
