"""Tables as an Excel workbook: real dates and numbers, text that stays text, frozen titles, ready to print on A4.

What stands in them is decided in services. The ledger has a workbook of its own.
"""

from __future__ import annotations

import io
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

Value = str | int | date | None
_LONGEST_CELL, _MOST_ROWS = 32_767, 1_000_000
_A4 = 9


@dataclass(frozen=True, slots=True)
class SheetColumn:
    """A column: its title and its width in Excel's characters."""

    title: str
    width: float = 12.0


@dataclass(frozen=True, slots=True)
class SheetTable:
    """A worksheet; more rows than Excel has go on in sheets named 名称2, 名称3, …"""

    name: str
    columns: tuple[SheetColumn, ...]
    rows: Sequence[Sequence[Value]]


def tables_xlsx(tables: Sequence[SheetTable], *, title: str) -> bytes:
    """A workbook of ``tables``, made in memory: temporary files would keep names (PRODUCT, lines not crossed)."""
    import xlsxwriter

    target = io.BytesIO()
    options = {
        "in_memory": True, "strings_to_numbers": False, "strings_to_formulas": False, "strings_to_urls": False,
    }  # fmt: skip
    with xlsxwriter.Workbook(target, options) as book:
        book.set_properties({"title": title})
        look = {"valign": "top", "text_wrap": True, "font_name": "宋体", "font_size": 10.5, "border": 1}
        formats = {
            "head": book.add_format({**look, "bold": True, "align": "center", "bg_color": "#EEEEEE"}),
            "text": book.add_format({**look, "num_format": "@"}),
            "date": book.add_format({**look, "num_format": "yyyy-mm-dd"}),
            "number": book.add_format({**look, "num_format": "0"}),
        }  # fmt: skip
        for table in tables:
            for part, start in enumerate(range(0, max(len(table.rows), 1), _MOST_ROWS), start=1):
                name = table.name if part == 1 else f"{table.name}{part}"
                _write(book.add_worksheet(name), table, start, formats)
    return target.getvalue()


def _write(sheet: Any, table: SheetTable, start: int, formats: dict[str, Any]) -> None:
    rows = table.rows[start : start + _MOST_ROWS]
    sheet.set_landscape()
    sheet.set_paper(_A4)
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(0)
    sheet.freeze_panes(1, 0)
    sheet.set_footer("&C第 &P 页　共 &N 页")
    for place, column in enumerate(table.columns):
        sheet.set_column(place, place, column.width)
        sheet.write_string(0, place, column.title, formats["head"])
    for at, row in enumerate(rows, start=1):
        for place, value in enumerate(row):
            _cell(sheet, at, place, value, formats)
    if rows:
        sheet.autofilter(0, 0, len(rows), len(table.columns) - 1)


def _cell(sheet: Any, at: int, place: int, value: Value, formats: dict[str, Any]) -> None:
    if isinstance(value, date):
        sheet.write_datetime(at, place, value, formats["date"])
    elif isinstance(value, int):
        sheet.write_number(at, place, value, formats["number"])
    elif value:
        sheet.write_string(at, place, value[:_LONGEST_CELL], formats["text"])
    else:
        sheet.write_blank(at, place, None, formats["text"])
