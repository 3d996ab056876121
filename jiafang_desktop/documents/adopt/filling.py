"""Fills an adopted form: each placeholder becomes its words, in the look it has there; nothing else changes.

Which words those are is the services' business.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from copy import deepcopy

from jiafang_desktop.documents.adopt import outline
from jiafang_desktop.documents.adopt.names import FIELDS, FOR_THE_PEN
from jiafang_desktop.documents.adopt.outline import Cell, Element, Table, words_of
from jiafang_desktop.documents.adopt.package import open_package
from jiafang_desktop.documents.adopt.placing import replace_letters
from jiafang_desktop.documents.forms.template import PLACEHOLDER, W, clean


def fill_record(template: bytes, values: Mapping[str, str]) -> bytes:
    """One form. ``values`` by field; lines of a text become paragraphs where the placeholder stands alone."""
    package = open_package(template)
    found = outline.read(package.root)
    for paragraph in [*found.paragraphs, *(p for cell in found.cells() for p in cell.paragraphs)]:
        _fill(paragraph, values)
    return package.with_body()


def fill_ledger(template: bytes, values: Mapping[str, str], rows: Sequence[Mapping[str, str]]) -> bytes:
    """A ledger: the row with placeholders once for each visit, blank rows below it used up first."""
    package = open_package(template)
    found = outline.read(package.root)
    for paragraph in found.paragraphs:
        _fill(paragraph, values)
    for table in found.tables:
        pattern = next((row for row in table.rows if any(_slots(cell) for cell in row)), None)
        if pattern is not None:
            _fill_rows(table, pattern, values, rows)
    return package.with_body()


def _fill_rows(table: Table, pattern: list[Cell], values: Mapping[str, str], rows: Sequence[Mapping[str, str]]) -> None:
    source = pattern[0].element.getparent()
    blank = deepcopy(source)
    last = source
    spare = _blank_rows_below(table, pattern[0].row)
    for number, row in enumerate(rows):
        made = source if number == 0 else deepcopy(blank)
        if number:
            last.addnext(made)
            if spare:
                used = spare.pop(0)
                used.getparent().remove(used)
        last = made
        _fill_all(made, {**values, **row})
    if not rows:
        _fill_all(source, dict.fromkeys(FIELDS.values(), ""))


def _blank_rows_below(table: Table, row: int) -> list[Element]:
    """Rows straight under the first that say nothing, and are cut into as many cells."""
    found: list[Element] = []
    for cells in table.rows[row:]:
        if any(cell.text.strip() for cell in cells) or len(cells) != len(table.rows[row - 1]):
            break
        found.append(cells[0].element.getparent())
    return found


def _fill_all(element: Element, values: Mapping[str, str]) -> None:
    for paragraph in list(element.iter(W + "p")):
        _fill(paragraph, values)


def _slots(cell: Cell) -> list[str]:
    return [slot for slot in PLACEHOLDER.findall(cell.text) if slot in FIELDS]


def _fill(paragraph: Element, values: Mapping[str, str]) -> None:
    words = words_of(paragraph)
    matches = [match for match in PLACEHOLDER.finditer(words) if match[1] in FIELDS]
    alone = len(matches) == 1 and words.strip() == matches[0].group()
    for match in reversed(matches):
        name = FIELDS[match[1]]
        text = "" if name in FOR_THE_PEN else clean(values.get(name, ""))
        lines = text.split("\n") if alone else ["　".join(line for line in text.split("\n") if line)]
        for line in reversed(lines[1:]):
            more = deepcopy(paragraph)
            replace_letters(more, match.start(), match.end(), line)
            paragraph.addnext(more)
        replace_letters(paragraph, match.start(), match.end(), lines[0])
