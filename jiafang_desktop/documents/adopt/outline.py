"""A document's places: paragraphs and the cells of its tables, as a reader sees them, each with its own element.

Only looking; what a place means is find's, writing into it placing's.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from jiafang_desktop.documents.forms.template import W

Element = Any
_WRAPPERS = frozenset(W + name for name in ("sdt", "sdtContent", "customXml", "ins", "moveTo", "smartTag"))
_UNSEEN = frozenset(
    W + name for name in ("del", "moveFrom", "instrText", "delText", "rPr", "pPr", "tcPr", "trPr", "tblPr", "tbl")
) | frozenset(("{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback",))
_BOX = W + "txbxContent"


@dataclass(frozen=True, slots=True)
class Letter:
    """One character of a paragraph and the ``w:t`` it stands in; None for tabs and breaks."""

    char: str
    text: Element | None


@dataclass(slots=True)
class Cell:
    """A table's cell; counted from 1. ``covered`` by the one above (a vertical merge goes on)."""

    element: Element
    table: int
    row: int
    place: int
    column: int
    span: int
    covered: bool

    @property
    def paragraphs(self) -> list[Element]:
        """Its own paragraphs; those of tables inside left out."""
        return list(paragraphs_of(self.element))

    @property
    def text(self) -> str:
        """As it is read, a line each paragraph."""
        return "\n".join(words_of(paragraph) for paragraph in self.paragraphs).strip("\n")

    @property
    def holds_table(self) -> bool:
        """Whether another table lies inside."""
        return next(self.element.iter(W + "tbl"), None) is not None

    @property
    def at(self) -> str:
        """t1r2c3: table, row, cell."""
        return f"t{self.table}r{self.row}c{self.place}"

    @property
    def where(self) -> str:
        """The same for a person."""
        return f"表{self.table} 第{self.row}行第{self.place}格"


@dataclass(slots=True)
class Table:
    """Rows of cells, top to bottom."""

    element: Element
    rows: list[list[Cell]] = field(default_factory=list)

    def right_of(self, cell: Cell) -> Cell | None:
        """The next cell of the row, None at its end or where it belongs to the row above."""
        row = self.rows[cell.row - 1]
        found = row[cell.place] if cell.place < len(row) else None
        return None if found is None or found.covered else found

    def below(self, cell: Cell) -> Cell | None:
        """The cell under it that begins in the same column."""
        for row in self.rows[cell.row :]:
            found = next((one for one in row if one.column == cell.column), None)
            if found is None or not found.covered:
                return found
        return None


@dataclass(slots=True)
class Outline:
    """``paragraphs`` outside of tables and ``tables``, both in order; ``boxes`` are the words in text boxes."""

    paragraphs: list[Element] = field(default_factory=list)
    tables: list[Table] = field(default_factory=list)
    boxes: list[str] = field(default_factory=list)
    is_tracked: bool = False

    def cells(self) -> Iterator[Cell]:
        """Every cell of every table, in reading order."""
        for table in self.tables:
            for row in table.rows:
                yield from row

    def cell(self, at: str) -> Cell | None:
        """The cell called ``at``."""
        return next((cell for cell in self.cells() if cell.at == at), None)


def read(root: Element) -> Outline:
    """The document's body, wrappers looked through. Tables inside cells count as tables of their own, after theirs."""
    outline = Outline()
    body = root.find(f"{W}body")
    if body is not None:
        _blocks(body, outline)
    outline.boxes = [
        words
        for box in root.iter(_BOX)
        if (words := "".join("".join(words_of(p)) for p in box.iter(W + "p")).strip()) and not _is_fallback(box)
    ]
    outline.is_tracked = any(next(root.iter(W + tag), None) is not None for tag in ("ins", "del", "moveFrom", "moveTo"))
    return outline


def _is_fallback(element: Element) -> bool:
    return any(parent.tag.endswith("}Fallback") for parent in element.iterancestors())


def _blocks(element: Element, outline: Outline) -> None:
    for child in element:
        if child.tag == W + "p":
            outline.paragraphs.append(child)
        elif child.tag == W + "tbl":
            _table(child, outline)
        elif child.tag in _WRAPPERS:
            _blocks(child, outline)


def _table(element: Element, outline: Outline) -> None:
    table = Table(element)
    outline.tables.append(table)
    number = len(outline.tables)
    for row_number, row in enumerate(_inside(element, "tr"), start=1):
        cells: list[Cell] = []
        column = _number(row.find(f"{W}trPr/{W}gridBefore"), 0)
        for place, cell in enumerate(_inside(row, "tc"), start=1):
            span = max(_number(cell.find(f"{W}tcPr/{W}gridSpan"), 1), 1)
            merge = cell.find(f"{W}tcPr/{W}vMerge")
            covered = merge is not None and merge.get(W + "val", "continue") == "continue" and row_number > 1
            cells.append(Cell(cell, number, row_number, place, column, span, covered))
            column += span
        table.rows.append(cells)
    for row_of_cells in table.rows:
        for one in row_of_cells:
            for inner in one.element.iterchildren(W + "tbl"):
                _table(inner, outline)


def _inside(element: Element, tag: str) -> Iterator[Element]:
    for child in element:
        if child.tag == W + tag:
            yield child
        elif child.tag in _WRAPPERS:
            yield from _inside(child, tag)


def _number(element: Element | None, otherwise: int) -> int:
    text = element.get(W + "val", "") if element is not None else ""
    return int(text) if text.isdigit() and len(text) < 4 else otherwise


def paragraphs_of(element: Element) -> Iterator[Element]:
    """Paragraphs of a cell, through content controls, not through inner tables."""
    for child in element:
        if child.tag == W + "p":
            yield child
        elif child.tag in _WRAPPERS:
            yield from paragraphs_of(child)


def letters_of(paragraph: Element) -> list[Letter]:
    """What a reader sees of a paragraph, letter by letter; text boxes, deletions and field codes left out."""
    return list(_letters(paragraph))


def words_of(paragraph: Element) -> str:
    """The same as a string."""
    return "".join(letter.char for letter in _letters(paragraph))


def _letters(element: Element) -> Iterator[Letter]:
    for child in element:
        if child.tag == W + "t":
            for char in child.text or "":
                yield Letter(char, child)
        elif child.tag == W + "tab":
            yield Letter("\t", None)
        elif child.tag in (W + "br", W + "cr"):
            yield Letter("\n", None)
        elif not _is_unseen(child):
            yield from _letters(child)


def _is_unseen(element: Element) -> bool:
    if not isinstance(element.tag, str) or element.tag in _UNSEEN or element.tag == _BOX:
        return True
    return element.tag == W + "r" and element.find(f"{W}rPr/{W}vanish") is not None
