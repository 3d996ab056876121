"""One ledger row's cells as field values: covered cells, ditto marks, numbers, and the cell that holds day and matter.

What a row is, and what the values make, stands in ledger.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import date

from jiafang_desktop.common.chinese import halfwidth, squeeze
from jiafang_desktop.documents.grids import Cell, text_of
from jiafang_desktop.documents.history import days
from jiafang_desktop.documents.history.header import Header
from jiafang_desktop.documents.history.table import Table
from jiafang_desktop.domain import roster_text
from jiafang_desktop.domain.numbering import LARGEST

_DITTO = re.compile(r"^(?:〃+|″+|\"+|“+|”+|''|＂+|〞+|〝|′′|同上.{0,2}|同前|同右|\\|↓|｜|：：|:|々+)$")
_SAME_DAY = re.compile(r"^(?:同日|同一天|当日|当天)$")
_NUMBER = re.compile(r"[(]?(?:第|№|No[.:]?)?0*(\d{1,5})(?:号|次|#|\.|、)?(?:\.0)?[)]?(?:号|\.|、)?", re.IGNORECASE)
_COUNTED = re.compile(r"[(]?第?([一二三四五六七八九]?十?[一二三四五六七八九]?)号?[)]?、?")
_YEARED = re.compile(r"[〔\[（(【]?20\d\d[〕\]）)】]?(?:年)?[-—第]?0*(\d{1,4})号?|20\d\d0*(\d{1,3})")
_CIRCLED = {chr(0x2460 + at): at + 1 for at in range(20)}
_FILLED_DOWN = (
    "leader_name", "leader_post", "leader_both", "visitee_name", "visitee_both", "visitee_post", "visitee_unit", "date",
    "date_matter", "matter", "remark", "account", "resolution", "trouble", "year", "month", "day", "address",
    "recorder",
)  # fmt: skip


@dataclass(slots=True)
class RowText:
    """A row's texts by field. ``own`` fields have words of their own in this row, not of a covering or a ditto mark."""

    number: int
    texts: dict[str, str] = field(default_factory=dict)
    own: set[str] = field(default_factory=set)
    day_cell: Cell = ""
    columns: dict[str, int] = field(default_factory=dict)

    def get(self, name: str) -> str:
        """A field's text, "" where there is none or it says nothing."""
        text = self.texts.get(name, "")
        return "" if roster_text.is_blank(text) and name != "resolution" else text


def read_row(table: Table, header: Header, row: int, before: RowText | None) -> RowText:
    """The row's texts; a ditto mark repeats ``before``'s."""
    found = RowText(row)
    for name, columns in header.columns.items():
        parts: list[str] = []
        for column in columns:
            own = table.own(row, column)
            covered = _cover(table, header, row, column, name)
            text = text_of(own) if covered is None else text_of(covered)
            if name in ("date", "date_matter") and not parts:
                found.day_cell = own if covered is None else covered
                found.columns[name] = column
            if text.strip() and covered is None:
                found.own.add(name)
            if text.strip():
                found.columns.setdefault(name, column)
                parts.append(text.strip())
        found.texts[name] = "\n".join(dict.fromkeys(parts))
        if _DITTO.match(squeeze(found.texts[name])) and name != "number":
            found.texts[name] = before.texts.get(name, "") if before is not None else ""
            if name in ("date", "date_matter"):
                found.day_cell = before.day_cell if before is not None else ""
    if _SAME_DAY.match(squeeze(found.texts.get("date", ""))) and before is not None:
        found.texts["date"], found.day_cell = before.texts.get("date", ""), before.day_cell
    return found


def _cover(table: Table, header: Header, row: int, column: int, name: str) -> Cell | None:
    """The value of the range above that covers this cell; numbers are never repeated."""
    if name not in _FILLED_DOWN or text_of(table.own(row, column)).strip():
        return None
    merge = table.merge_at(row, column)
    if merge is None or merge.top <= header.bottom or merge.top == row:
        return None
    return table.own(merge.top, merge.left)


def day_of(text: RowText, *, today: date) -> tuple[days.Day, str]:
    """The row's day, and the matter: 内容╲时间 cells may hold either or both."""
    if {"month", "day"} & text.texts.keys():
        made = "".join(
            f"{halfwidth(text.get(part)).strip().removesuffix(word)}{word}" if text.get(part) else ""
            for part, word in (("year", "年"), ("month", "月"), ("day", "日"))
        )
        return days.of_cell(made, today=today), text.get("matter")
    matter = text.get("matter")
    mixed = text.texts.get("date_matter", "")
    if mixed.strip():
        found = days.of_cell(text.day_cell if "date" not in text.texts else mixed, today=today, mixed=True)
        if text.get("date"):
            return days.of_cell(text.day_cell, today=today), _joined(mixed, matter)
        return found, _joined("" if roster_text.is_blank(found.rest) else found.rest, matter)
    cell = text.day_cell
    if not text.texts.get("date", "").strip():
        return days.Day(), matter
    return days.of_cell(cell, today=today), matter


def _joined(*texts: str) -> str:
    return "\n".join(dict.fromkeys(text.strip() for text in texts if text.strip()))


def number_of(raw: str) -> tuple[int | None, str | None]:
    """序号 from a cell: 3, 03, 3.0, 第3号, ③, 2024-003; and why there is none."""
    text = squeeze(halfwidth(raw))
    if roster_text.is_blank(raw):
        return None, None
    if text in _CIRCLED:
        return _CIRCLED[text], None
    found = _NUMBER.fullmatch(text)
    yeared, counted = _YEARED.fullmatch(text), _COUNTED.fullmatch(text)
    if yeared and (found is None or len(text) >= 6):
        digits = next(part for part in yeared.groups() if part is not None)
    elif found:
        digits = found.group(1)
    elif counted is not None and counted.group(1):
        digits = str(days.numeral(counted.group(1)))
    else:
        return None, f"序号“{text[:20]}”不是数字，没有存入"
    number = int(digits)
    return (number, None) if 1 <= number <= LARGEST else (None, f"序号“{text[:20]}”不对，没有存入")
