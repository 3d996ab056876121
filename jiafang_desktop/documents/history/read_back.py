"""What a printed record form says, read back word for word: for telling whether it equals what is stored.

Nothing is cleaned or understood beyond where a cell's words end; comparing is services.verification's.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from jiafang_desktop.common.chinese import squeeze
from jiafang_desktop.documents import sandbox
from jiafang_desktop.documents.grids import Workbook
from jiafang_desktop.documents.history import forms
from jiafang_desktop.documents.history.table import Table

CELLS = ("visitee_name", "visitee_post", "address", "spouse_name", "spouse_work", "account", "resolution",
         "leader_name", "leader_post")  # fmt: skip
_TURNS = re.compile(r"（转续页）$")
_UNIT = re.compile(r"单位[:：](.*?)（盖章）")
_DATE = re.compile(r"（盖章）.*?(\d{4})年(\d{1,2})月(\d{1,2})日")
_NUMBER = re.compile(r"序号[:：](\d{1,5})")
_CODE = re.compile(r"核对码[:：]?([0-9A-Z]{10})")


@dataclass(frozen=True, slots=True)
class PaperForm:
    """A form with its 续页: every cell's words without white space, "" where it is blank.

    ``date`` is ISO; None where the pen fills it in. ``code`` is the 核对码 where it was printed.
    """

    unit: str
    date: str | None
    number: int | None
    cells: Mapping[str, str]
    code: str | None = None


def read(path: Path) -> list[PaperForm]:
    """The record forms of a Word document or PDF made by a program.

    Raises:
        UserError: as sandbox.read_grids does.
    """
    return forms_of(sandbox.read_grids(path, words=True, pages=True))


def forms_of(book: Workbook) -> list[PaperForm]:
    """The record forms in a file's grids; a 续页 goes on with the form before."""
    found: list[PaperForm] = []
    over: list[str] = []
    for grid in book.sheets:
        table = Table(grid)
        words = "\n".join(text for row in table.numbers for _, text in table.filled(row))
        if not grid.name or not forms.looks_like_form(table):
            over.append(words)
            continue
        for form in forms.texts(table, "\n".join(over)):
            paper = _paper(form)
            if form.continued and found:
                found[-1] = _with_more(found[-1], paper)
            else:
                found.append(paper)
        over = []
    code = _CODE.search(squeeze("\n".join(over)))
    if code is not None and len(found) == 1 and found[0].code is None:  # printed below the table
        found = [PaperForm(found[0].unit, found[0].date, found[0].number, found[0].cells, code[1])]
    return found


def _paper(form: forms.Form) -> PaperForm:
    head = squeeze(form.head)
    unit, date, number, code = (pattern.search(head) for pattern in (_UNIT, _DATE, _NUMBER, _CODE))
    day = f"{int(date[1]):04}-{int(date[2]):02}-{int(date[3]):02}" if date else None
    cells = {cell: _TURNS.sub("", squeeze(form.texts.get(cell, ""))) for cell in CELLS}
    return PaperForm(unit[1] if unit else "", day, int(number[1]) if number else None, cells, code[1] if code else None)


def _with_more(first: PaperForm, page: PaperForm) -> PaperForm:
    cells = dict(first.cells)
    for cell in ("account", "resolution"):
        cells[cell] += page.cells[cell]
    return PaperForm(first.unit, first.date, first.number, cells, first.code or page.code)
