"""Which place of a form is for which field, by the labels beside, above or before it, whatever the layout.

Words of labels are history.titles'; writing placeholders is placing's.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from jiafang_desktop.common.chinese import halfwidth, squeeze
from jiafang_desktop.documents.adopt.outline import Cell, Outline, Table, words_of
from jiafang_desktop.documents.adopt.shapes import Binding
from jiafang_desktop.documents.grids import Merge, SheetGrid
from jiafang_desktop.documents.history import header, titles
from jiafang_desktop.documents.history.table import Table as GridTable

# Labels that are a form's only where nothing says whose they are.
_GENERIC = frozenset(
    (
        *("姓名", "职务", "职级", "单位", "工作单位", "时间", "日期", "地址", "住址", "序号", "编号", "备注"),
        *("工作单位及职务", "工作单位职务", "单位及职务", "单位职务", "现任职务"),
    )
)
_LIST = re.compile(r"称谓|关系|年龄|性别|出生|政治面貌|文化程度|学历|联系电话")
_RENAMED = {"recorder": "recorder_signature", "work": "", "visitee_unit": "", "place": "", "met": "", "matter": "",
            "remark": ""}  # fmt: skip
_BLANK = r"[\s_＿﹍…．.×xX　]"
_UNIT = re.compile(rf"(?:填报|填表|家访)?单{_BLANK}*位(?:名称)?{_BLANK}*(?:（盖章）|\(盖章\))?[:：]")
_SEAL = re.compile(r"[（(]\s*[盖公]\s*章?\s*[章]?\s*[）)]")
_NUMBER = re.compile(r"(?:序|编)\s*号\s*[:：]")
_DATE = re.compile(r"[\d_＿×xX\s]*年[\d_＿×xX\s]*月[\d_＿×xX\s]*日")
_YEAR = re.compile(r"[\d_＿×xX\s]{0,8}年度")
_KEPT_BEFORE_YEAR = 4  # blanks before 年 that belong to the date; more of them only move it


@dataclass(frozen=True, slots=True)
class Span:
    """Letters ``start`` to ``end`` of a paragraph, to be replaced by a placeholder."""

    start: int
    end: int


def bindings(outline: Outline, kind: str) -> Iterator[Binding]:
    """Every place found, the best first for each field; a field may come more than once."""
    yield from _in_lines(outline, kind)
    if kind == "ledger":
        for table in outline.tables:
            yield from _ledger_columns(table)
        return
    for table in outline.tables:
        yield from _form_cells(table)


# ---------------------------------------------------------------------------------------- lines over a table


def _in_lines(outline: Outline, kind: str) -> Iterator[Binding]:
    for number, paragraph in enumerate(outline.paragraphs, start=1):
        words = words_of(paragraph)
        for name in ("unit", "year") if kind == "ledger" else ("unit", "date", "number"):
            span = span_of(name, words)
            if span is not None:
                yield Binding(name, f"p{number}", f"表外第{number}段", _label_in(name, words),
                              words[span.start : span.end].strip())  # fmt: skip


def span_of(name: str, words: str) -> Span | None:
    """Where in a line of words a field's value stands: behind 单位：, before 年月日, behind 序号：."""
    if name == "unit":
        found = _UNIT.search(words)
        if found is None:
            return None
        seal = _SEAL.search(words, found.end())
        year = _span_before(_YEAR, words)
        end = seal.start() if seal else _end_of_blank(words, found.end())
        return Span(found.end(), max(min(end, year.start), found.end()) if year else end)
    if name in ("date", "year"):
        return _span_before(_DATE if name == "date" else _YEAR, words)
    found = _NUMBER.search(words)
    return Span(found.end(), _end_of_value(words, found.end())) if found else None


def _span_before(pattern: re.Pattern[str], words: str) -> Span | None:
    """年月日 or 年度 with what stands before it: its own digits, or as many blanks as a year takes."""
    found = pattern.search(words)
    if found is None:
        return None
    blank = len(found.group()) - len(found.group().lstrip())
    has_year = not found.group().lstrip().startswith("年")
    return Span(found.start() + (blank if has_year else max(blank - _KEPT_BEFORE_YEAR, 0)), found.end())


def says_label(words: str) -> bool:
    """Whether loose words (a text box's) name one of the form's fields."""
    return any(_label(line)[0] is not None for line in words.split("\n")) or _UNIT.search(words) is not None


def _label_in(name: str, words: str) -> str:
    pattern = {"unit": _UNIT, "number": _NUMBER}.get(name)
    found = pattern.search(words) if pattern else None
    return squeeze(found.group()) if found else {"date": "年月日", "year": "年度"}[name]


def _end_of_blank(words: str, start: int) -> int:
    """The end of blanks or of one word behind a label."""
    found = re.compile(r"[_＿　 ]*[^\s_＿：:]*[_＿]*").match(words, start)
    return found.end() if found else start


def _end_of_value(words: str, start: int) -> int:
    found = re.compile(r"[_＿ 　]*[\d×xX]*[_＿]*").match(words, start)
    return found.end() if found else start


# ---------------------------------------------------------------------------------------- the record form


def _form_cells(table: Table) -> Iterator[Binding]:
    weak: list[Binding] = []
    whose = ""
    for row in table.rows:
        is_list = _is_list_header(table, row)
        for cell in row:
            if cell.covered:
                continue
            yield from _inline_spans(cell)
            label, inside = _label(cell.text)
            if label is None:
                continue
            generic = _is_generic(cell.text)
            if generic and is_list:
                continue
            name = _owned(label, whose)
            if not generic:
                whose = label
            if not name:
                continue
            found = _behind(cell, name) if inside else _value_of(table, cell, name)
            if found is not None and generic and label in ("name", "visitee_name"):
                weak.append(found)
            elif found is not None:
                yield found
    yield from weak


def _label(text: str) -> tuple[str | None, bool]:
    """(the field a cell's words name, whether its value stands behind them in the same cell)."""
    found = titles.label_of(text)
    if found is not None:
        ends = text.rstrip().endswith((":", "：")) and found[0] in ("leader_signature", "recorder")
        return found[0], ends
    inline = titles.inline_label(text)
    return (inline[0], True) if inline is not None else (None, False)


def _is_generic(text: str) -> bool:
    return titles.plain(text).rstrip(":：") in _GENERIC


def _owned(label: str, whose: str) -> str:
    """职务 and 工作单位 belong to whoever was named last; other labels are themselves."""
    person = whose.partition("_")[0]
    if label == "post":
        return {"leader": "leader_post", "spouse": "spouse_work"}.get(person, "visitee_post")
    if label == "work":
        return "spouse_work" if person == "spouse" else "visitee_post" if person == "visitee" else ""
    return _RENAMED.get(label, label)


def _is_list_header(table: Table, row: list[Cell]) -> bool:
    """The head of a list (家庭成员: 称谓 姓名 年龄 工作单位), whose columns are no labels of this form."""
    words = [squeeze(cell.text) for cell in row if not cell.covered]
    filled = [word for word in words if word]
    if len(filled) < 3 or any(_names_somebody(word) for word in filled):
        return False
    if any(_LIST.search(word) for word in filled) and sum(len(word) <= 8 for word in filled) >= 3:
        below = [one for cell in row if (one := table.below(cell)) is not None]
        empty = sum(1 for one in below if not squeeze(one.text))
        alike = len(below) >= 3 and len({one.row for one in below}) == 1
        return alike and (empty >= len(below) // 2 or not any(_label(one.text)[0] for one in below))
    return False


def _names_somebody(word: str) -> bool:
    label = titles.label_of(word)
    return label is not None and not _is_generic(word)


def _value_of(table: Table, cell: Cell, name: str) -> Binding | None:
    """The cell beside a label; the one below where another label stands beside, or nothing at all."""
    beside = table.right_of(cell)
    if beside is not None and _may_hold(beside):
        return _bound(name, beside, cell)
    below = table.below(cell)
    if below is not None and _may_hold(below) and not _is_labelled(table, below):
        return _bound(name, below, cell)
    return None


def _is_labelled(table: Table, cell: Cell) -> bool:
    """Whether a cell is another label's value: something to its left names it."""
    row = table.rows[cell.row - 1]
    before = row[cell.place - 2] if cell.place > 1 else None
    return before is not None and not before.covered and _label(before.text)[0] is not None


def _may_hold(cell: Cell) -> bool:
    return _label(cell.text)[0] is None and not cell.holds_table


def _bound(name: str, cell: Cell, label: Cell) -> Binding:
    return Binding(name, cell.at, cell.where, squeeze(label.text), cell.text.strip())


def _behind(cell: Cell, name: str) -> Binding:
    words, _, rest = cell.text.replace("：", ":").partition(":")
    return Binding(name, f"{cell.at}+", f"{cell.where}（标签后面）", squeeze(words), rest.strip())


def _inline_spans(cell: Cell) -> Iterator[Binding]:
    """单位：……（盖章）　年　月　日　序号： as a row of the table."""
    for place, paragraph in enumerate(cell.paragraphs, start=1):
        words = words_of(paragraph)
        if not _UNIT.search(words) and not (_NUMBER.search(words) and _DATE.search(words)):
            continue
        for name in ("unit", "date", "number"):
            span = span_of(name, words)
            if span is not None:
                yield Binding(name, f"{cell.at}p{place}", cell.where, _label_in(name, words),
                              words[span.start : span.end].strip())  # fmt: skip


# ---------------------------------------------------------------------------------------- the ledger


def _ledger_columns(table: Table) -> Iterator[Binding]:
    heads = header.find(GridTable(grid_of(table)))
    if not heads:
        return
    head = heads[0]
    row = next((cells for cells in table.rows[head.bottom :] if not any(cell.covered for cell in cells)), None)
    if row is None:
        return
    by_column = {cell.column: cell for cell in row}
    for name, columns in head.columns.items():
        cell = by_column.get(columns[0])
        for field in _LEDGER_NAMES.get(name, ()):
            if cell is not None:
                yield Binding(field, cell.at, cell.where, squeeze(head.titles.get(columns[0], "")), cell.text.strip())


_LEDGER_NAMES = {
    **{name: (name,) for name in ("number", "leader_name", "leader_post", "visitee_name", "visitee_post", "date",
                                  "matter", "remark")},
    "date_matter": ("date",), "leader_both": ("leader_name",), "visitee_both": ("visitee_name",),
}  # fmt: skip


def grid_of(table: Table) -> SheetGrid:
    """The table as the plain grid readers of ledgers take."""
    grid = SheetGrid("表")
    merges = []
    for number, row in enumerate(table.rows, start=1):
        cells: list[str | int | float | bool] = []
        for cell in row:
            cells += [""] * (cell.column - len(cells))
            cells += ["" if cell.covered else halfwidth(cell.text), *[""] * (cell.span - 1)]
            bottom = number if cell.covered else last_row(table, cell)
            if not cell.covered and (cell.span > 1 or bottom > number):
                merges.append(Merge(number, cell.column, bottom, cell.column + cell.span - 1))
        if any(cells):
            grid.numbers.append(number)
            grid.rows.append(cells)
    grid.merges = tuple(merges)
    return grid


def last_row(table: Table, cell: Cell) -> int:
    """The last row a cell reaches, merged ones counted (from 1)."""
    last = cell.row
    for row in table.rows[cell.row :]:
        under = next((one for one in row if one.column == cell.column), None)
        if under is None or not under.covered:
            break
        last = under.row
    return last
