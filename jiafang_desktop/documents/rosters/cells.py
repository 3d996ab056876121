"""One cell's text becomes a field's value, what stood there, and what is wrong; each distinct text is cleaned once.

Where cells stand and who a row is belongs to body; what words mean is domain.roster_text's.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from datetime import date

from jiafang_desktop.common.chinese import squeeze, tidy
from jiafang_desktop.documents.grids import Cell, DateCell, text_of
from jiafang_desktop.documents.rosters import units
from jiafang_desktop.domain import roster_dates, roster_numbers, roster_text

_HAS_DAY = re.compile(r"(?:19|20)\d{2}(?:\d{4}|[./年-]\d{1,2}[./月-]\d{1,2}日?)$")
Cleaned = tuple[str | None, str | None, str | None]  # value, original text where cleaning changed it, problem
Cleaner = Callable[[Cell], Cleaned]


def cleaner_for(field: str, *, cells: Iterable[Cell], today: date, untyped: bool) -> Cleaner:
    """How a field's cells are cleaned; ``cells`` are the column's, since they tell how it writes dates.

    ``untyped`` says that numbers arrive as text (CSV, HTML).
    """
    if field == "birth_date":
        return _birth_cleaner(cells, today, untyped)
    return _CLEANERS.get(field, _text)


def shown(cell: Cell) -> str | None:
    """A cell's text for a problem line, identity numbers cut out."""
    text, cut = roster_numbers.without_id_numbers(tidy(text_of(cell)))
    return ("（身份证号码不显示）" + text if cut else text)[:200] or None


def cached_by(clean: Cleaner, texts: dict[Cell, Cleaned]) -> Cleaner:
    others: dict[tuple[type, Cell], Cleaned] = {}  # 1 == 1.0 == True, and a date cell equals its text

    def cached(cell: Cell) -> Cleaned:
        if type(cell) is str:
            found = texts.get(cell)
            if found is None:
                found = texts[cell] = clean(cell)
            return found
        key = (type(cell), cell)
        found = others.get(key)
        if found is None:
            found = others[key] = clean(cell)
        return found

    return cached


def _birth_cleaner(cells: Iterable[Cell], today: date, untyped: bool) -> Cleaner:
    """How this column writes months decides what 1980.1 means; dates all on the 1st are months."""
    whole_months, unpadded, padded = True, False, False
    serials = 0
    for cell in cells:
        if cell == "":
            continue
        if type(cell) is DateCell:
            whole_months = whole_months and cell[8:10] == "01"
        elif isinstance(cell, (int, float)) and roster_dates.is_serial(cell):
            whole_months = whole_months and roster_dates.of_serial(cell).day == 1
            serials += 1
        else:
            text = text_of(cell)
            whole_months = whole_months and not _HAS_DAY.match(text)
            if len(text) == 6 and text[4] == "." and text[5] in "23456789":
                unpadded = True
            elif len(text) == 7 and text[4] == "." and text[5] == "0":
                padded = True

    def clean(cell: Cell) -> Cleaned:
        if type(cell) is DateCell:
            found = roster_dates.clean_birth(cell[:7] if whole_months else cell[:10], today=today)
            return found.value, None, found.problem
        if whole_months and serials > 1 and isinstance(cell, (int, float)) and roster_dates.is_serial(cell):
            found = roster_dates.clean_birth(roster_dates.of_serial(cell).isoformat()[:7], today=today)
            return found.value, text_of(cell), found.problem
        text = text_of(cell)
        if roster_text.is_blank(text):
            return None, None, None
        number = not isinstance(cell, str) or (untyped and bool(re.match(r"^\d+(\.\d+)?$", text)))
        found = roster_dates.clean_birth(text, today=today, number=number, unpadded=unpadded, padded=padded)
        return found.value, text if text != found.value else None, found.problem

    return clean


def _text(cell: Cell) -> Cleaned:
    raw = text_of(cell)
    text = tidy(raw)
    if roster_text.is_blank(text):
        return None, None, None
    kept, cut = roster_numbers.without_id_numbers(text)
    if cut:
        return kept or None, None, "这里有身份证号码，已去掉，不保存"
    if not kept.isascii():
        kept = _without_inner_spaces(kept)
    return kept, raw if raw != kept else None, None


def _without_inner_spaces(text: str) -> str:
    return re.sub(r"(?<=[^\x00-\x7f]) (?=[^\x00-\x7f])", "", text)


def _unit(cell: Cell) -> Cleaned:
    value, original, problem = _text(cell)
    return (units.clean_unit(value) if value else None), original, problem


def _checked(clean: Callable[[str], tuple[str | None, str | None]]) -> Cleaner:
    def cleaner(cell: Cell) -> Cleaned:
        text = text_of(cell)
        if roster_text.is_blank(text):
            return None, None, None
        value, problem = clean(text)
        kept = (
            text
            if value != text
            and not roster_numbers.looks_like_id_number(text)
            and not roster_numbers.without_id_numbers(text)[1]
            else None
        )
        return value, kept, problem

    return cleaner


def _person_name(cell: Cell) -> Cleaned:
    text = text_of(cell)
    if roster_text.is_blank(text):
        return None, None, None
    if re.match(r"^(?:未婚|离异|离婚|丧偶|单身|已故|去世|无配偶|未结婚)", squeeze(text)):
        return None, text, f"配偶栏写的是“{squeeze(text)[:6]}”，没有存为姓名"
    found = roster_text.clean_name(roster_numbers.without_id_numbers(text)[0])
    return found.name or None, text if found.name != text and not found.private else None, found.doubt


_CLEANERS: dict[str, Cleaner] = {
    "unit": _unit,
    "phone": _checked(roster_numbers.clean_phone),
    "employee_no": _checked(roster_numbers.clean_number),
    "gender": _checked(roster_numbers.clean_gender),
    "spouse_name": _person_name,
}
