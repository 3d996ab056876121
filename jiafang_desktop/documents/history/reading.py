"""One file's grids as visits: which sheets hold a ledger, which record forms, and what the rest is.

A Word ledger may be parted into several tables with one header, and a sheet may lack the header its neighbours have.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from jiafang_desktop.common.chinese import squeeze
from jiafang_desktop.documents.grids import SheetGrid, Workbook
from jiafang_desktop.documents.history import days, forms, header, titles, years
from jiafang_desktop.documents.history.header import Header
from jiafang_desktop.documents.history.ledger import LedgerReader
from jiafang_desktop.documents.history.shapes import Findings, HistoryReading
from jiafang_desktop.documents.history.table import Table

_WORDS = 80
_NO_TABLE = "没有认出台账或记录单：没有“家访对象”一栏"


def read(workbook: Workbook, *, today: date, file_name: str, folder: str = "") -> HistoryReading:
    """Every visit of a file, and every used row that is none with its reason.

    Args:
        file_name: without its ending; may name the year, as ``folder`` may.
    """
    reader = _FileReader(workbook, today=today, file_name=file_name, folder=folder)
    for grid in workbook.sheets:
        reader.sheet(grid)
    return reader.findings.done(workbook.format)


class _FileReader:
    def __init__(self, workbook: Workbook, *, today: date, file_name: str, folder: str) -> None:
        self.findings = Findings()
        self._today = today
        self._words = workbook.format == "docx"
        self._named = years.years_in(file_name) or years.years_in(folder)
        shown = sum(1 for grid in workbook.sheets if grid.rows and not grid.hidden)
        if len(self._named) > 1 and shown > 1 and not self._words:
            self._named = []  # 2022-2024 of a workbook whose sheets are the years: which is whose nobody knows
        self._visible = any(not grid.hidden and grid.rows for grid in workbook.sheets)
        self._over = ""  # a document's paragraphs before the next table
        self._header: Header | None = None
        self._unit: str | None = None
        self._years: list[int] = []

    def sheet(self, grid: SheetGrid) -> None:
        """One sheet, or one table or run of paragraphs of a document."""
        table = Table(grid)
        if self._words and not grid.name:
            self._over = "\n".join(text for row in table.numbers for _, text in table.filled(row))
            return
        if not grid.rows:
            return
        over, self._over = self._over, ""
        before = len(self.findings.skipped)
        self._read(table, over)
        self._tell_words(table, before)

    def _read(self, table: Table, over: str) -> None:
        grid = table.grid
        if grid.hidden and self._visible:
            self._skip_all(table, "隐藏的工作表，没有导入")
            return
        headers = header.find(table)
        if forms.looks_like_form(table) and not any(_is_titles(table, row) for one in headers for row in one.rows):
            self.findings.kinds.append("form")
            named = years.years_in(grid.name) or self._named
            year = named[0] if len(named) == 1 else None
            forms.read(table, self.findings, head=over, today=self._today, unit=None, year=year)
            return
        self._ledger(table, headers, over)

    def _ledger(self, table: Table, headers: list[Header], over: str) -> None:
        given = None
        if not headers:
            given = self._header if self._header and self._fits(table, self._header) else None
            if given is None:
                self._skip_all(table, _NO_TABLE)
                return
        self.findings.kinds.append("ledger")
        unit = years.unit_in(over) or (self._unit if self._words else None)
        reader = LedgerReader(
            table, self.findings, today=self._today, calendar=self._calendar(table, over), unit=unit
        )  # fmt: skip
        reader.read(headers, given=given)
        self._unit = reader.unit
        self._header = headers[-1] if headers else given
        unread = dict.fromkeys(title for found in headers for title in found.unread)
        self.findings.notes.extend(f"“{table.grid.name}”中没有导入的栏目：{title}" for title in unread)

    def _calendar(self, table: Table, over: str) -> years.Calendar:
        """The sheet's own years: over the table, in the sheet's name, of the table before, in the file's name."""
        own = years.years_in(over)
        if own:
            self._years = own
        sheet = [] if self._words else years.years_in(table.grid.name)
        bare = squeeze(table.grid.name)
        if not sheet and not self._words and len(bare) == 2 and bare.isdigit() and 15 <= int(bare) <= 40:
            sheet = [2000 + int(bare)]
        return years.Calendar(own or sheet or (self._years if self._words else []) or self._named)

    def _fits(self, table: Table, known: Header) -> bool:
        """Whether a table without a header goes on with the columns of the one before."""
        name_at = known.at("visitee_name") if known.at("visitee_name") is not None else known.at("visitee_both")
        day_at = known.at("date") if known.at("date") is not None else known.at("date_matter")
        rows = [row for row in table.numbers if len(table.filled(row)) >= 3][:20]
        if name_at is None or not rows:
            return False
        good = sum(
            1 for row in rows
            if table.text(row, name_at).strip() and titles.field_of(table.text(row, name_at)) is None
            and (day_at is None or days.of_cell(table.shown(row, day_at), today=self._today, mixed=True).month)
        )  # fmt: skip
        return good * 2 >= len(rows)

    def _tell_words(self, table: Table, first: int) -> None:
        """What stood in the rows passed over, so that a person can judge."""
        skipped = self.findings.skipped
        for at in range(first, len(skipped)):
            row = skipped[at].row
            if row is not None:
                words = "　".join(squeeze(text) for _, text in table.filled(row))
                skipped[at] = replace(skipped[at], words=words[:_WORDS] + ("…" if len(words) > _WORDS else ""))

    def _skip_all(self, table: Table, reason: str) -> None:
        for row in table.numbers:
            self.findings.skip(table.grid.name, row, reason if table.filled(row) else "空行")


def _is_titles(table: Table, row: int) -> bool:
    """Whether a row holds nothing but titles, as no row of a filled form does."""
    words = [text for _, text in table.filled(row)]
    return len(words) >= 4 and all(titles.field_of(text) is not None for text in words)
