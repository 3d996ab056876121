"""The ledger as an Excel workbook: the ledger's own order, real dates, text that stays text.

Pages and Word stand in plan and fill.
"""

from __future__ import annotations

import io
from typing import Any

from jiafang_desktop.documents.ledgers.layout import LEDGER, MATRIX_HEAD, Column
from jiafang_desktop.documents.ledgers.plan import LedgerPlan
from jiafang_desktop.documents.ledgers.rows import LedgerRow, year_text

_MM_PER_INCH = 25.4
_MM_PER_CHARACTER = 2.0  # one unit of Excel's column width in its usual letters, near enough for a ledger
_LONGEST_CELL = 32767  # Excel's own limit
_FIRST_ROW = 3  # under title, unit and header
_A4 = 9


def ledger_xlsx(plan: LedgerPlan) -> bytes:
    """A workbook of one sheet: title, unit and year, header, one row per visit.

    Made in memory: XlsxWriter's constant_memory mode would leave names in temporary files (PRODUCT, lines not crossed).
    """
    import xlsxwriter

    target = io.BytesIO()
    options = {
        "in_memory": True, "strings_to_numbers": False, "strings_to_formulas": False, "strings_to_urls": False,
    }  # fmt: skip
    with xlsxwriter.Workbook(target, options) as book:
        book.set_properties({"title": "领导干部家访台账"})
        sheet = book.add_worksheet("家访台账")
        _page_setup(sheet, plan)
        _head(book, sheet, plan)
        formats = _formats(book)
        for at, entry in enumerate(plan.entries, start=_FIRST_ROW):
            for place, column in enumerate(plan.columns):
                _cell(sheet, at, place, column, entry, formats)
    return target.getvalue()


def _formats(book: Any) -> dict[str, Any]:
    base = {"border": 1, "valign": "vcenter", "text_wrap": True, "font_name": "仿宋_GB2312", "font_size": 12}
    return {
        "center": book.add_format({**base, "align": "center", "num_format": "@"}),
        "left": book.add_format({**base, "align": "left", "num_format": "@"}),
        "date": book.add_format({**base, "align": "center", "num_format": "yyyy.m.d"}),
        "number": book.add_format({**base, "align": "center", "num_format": "0"}),
    }


def _page_setup(sheet: Any, plan: LedgerPlan) -> None:
    sheet.set_landscape()
    sheet.set_paper(_A4)
    side = (LEDGER.left_mm + LEDGER.right_mm) / 2 / _MM_PER_INCH
    sheet.set_margins(left=side, right=side, top=LEDGER.top_mm / _MM_PER_INCH, bottom=LEDGER.bottom_mm / _MM_PER_INCH)
    sheet.fit_to_pages(1, 0)
    sheet.center_horizontally()
    sheet.repeat_rows(_FIRST_ROW - 1)
    sheet.freeze_panes(_FIRST_ROW, 0)
    sheet.set_footer("&C第 &P 页　共 &N 页")
    sheet.print_area(0, 0, max(_FIRST_ROW, len(plan.entries) + _FIRST_ROW - 1), len(plan.columns) - 1)


def _head(book: Any, sheet: Any, plan: LedgerPlan) -> None:
    last = len(plan.columns) - 1
    for place, column in enumerate(plan.columns):
        sheet.set_column(place, place, column.width_mm / _MM_PER_CHARACTER)
    title = book.add_format({"align": "center", "valign": "vcenter", "font_name": "方正小标宋简体", "font_size": 22})
    line = {"valign": "vcenter", "font_name": "仿宋_GB2312", "font_size": 14}
    sheet.set_row(0, LEDGER.title_line_pt)
    sheet.merge_range(0, 0, 0, last, plan.title, title)
    sheet.set_row(1, LEDGER.head_line_pt)
    sheet.write_string(1, 0, f"单位：{plan.unit}", book.add_format(line))
    sheet.write_string(1, last, year_text(plan.year, plan.quarter), book.add_format({**line, "align": "right"}))
    base = {"border": 1, "align": "center", "valign": "vcenter", "text_wrap": True, "font_name": "黑体"}
    sheet.set_row(2, LEDGER.header_mm / _MM_PER_INCH * 72)
    for place, column in enumerate(plan.columns):
        if column.diagonal:
            split = book.add_format({**base, "align": "left", "diag_type": 2, "diag_border": 1})
            sheet.write_string(2, place, f"　　　{MATRIX_HEAD[0]}\n{MATRIX_HEAD[1]}", split)
        else:
            sheet.write_string(2, place, "".join(column.heading), book.add_format(base))


def _cell(sheet: Any, at: int, place: int, column: Column, entry: LedgerRow, formats: dict[str, Any]) -> None:
    if column.field == "date" and entry.date is not None:
        sheet.write_datetime(at, place, entry.date, formats["date"])
    elif column.field == "number" and entry.number is not None:
        sheet.write_number(at, place, entry.number, formats["number"])
    else:
        sheet.write_string(at, place, entry.text(column.field)[:_LONGEST_CELL], formats[column.align])
