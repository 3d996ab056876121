"""Fitting visits to 附件1: one letter size per column, row heights, pages. Pages are drawn when they are asked for.

Ten thousand rows are paged in well under a second; drawing stands in compose, Word and Excel in fill and workbook.
"""

from __future__ import annotations

import math
from collections.abc import Generator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache

from jiafang_desktop.common.progress import LongVerb, Progress, run_to_end
from jiafang_desktop.documents.ledgers.layout import LEDGER, VARIANTS, Column
from jiafang_desktop.documents.ledgers.rows import LedgerRow
from jiafang_desktop.domain.lines import text_width_em
from jiafang_desktop.domain.pages import MM_PER_PT, Page, Sheet
from jiafang_desktop.domain.value_lines import value_lines

# Below 10.5 only so that a row no office ever wrote still stands whole on one page.
_SIZES = (LEDGER.body_pt, LEDGER.small_pt, 9.0, 8.0, 7.0, 6.0, 5.0, 4.0, 3.0, 2.0)
_BLOCK = 50  # cells measured between two steps: some milliseconds
_NEXT_PAGE_SURE_MM = 0.8  # by how much the first row of the next page must not fit, so that Word turns there too


@dataclass(frozen=True, slots=True)
class LedgerPage:
    """Rows ``start:end`` of the ledger with their heights, and ``blanks`` empty ones ruled below."""

    number: int
    start: int
    end: int
    heights_mm: tuple[float, ...]
    blanks: int


@dataclass(frozen=True)
class LedgerPlan:
    """A ledger fitted to pages. ``rows`` counts visits, not blank rulings."""

    entries: tuple[LedgerRow, ...]
    unit: str
    year: int
    variant: str
    quarter: int | None
    county: str
    sizes_pt: Mapping[str, float]
    layout_pages: tuple[LedgerPage, ...]

    @property
    def columns(self) -> tuple[Column, ...]:
        return VARIANTS[self.variant]

    @property
    def rows(self) -> int:
        return len(self.entries)

    @property
    def pages(self) -> int:
        return len(self.layout_pages)

    @property
    def title(self) -> str:
        return f"{self.county}领导干部家访台账"

    def page(self, index: int) -> Page:
        """One drawn page, from 0; cheap, so that a window draws only what it shows."""
        from jiafang_desktop.documents.ledgers.compose import compose_page

        return compose_page(self, self.layout_pages[index])

    @cached_property
    def sheet(self) -> Sheet:
        """All pages drawn."""
        return Sheet("领导干部家访台账", tuple(self.page(index) for index in range(self.pages)))


def plan_ledger(
    rows: Sequence[LedgerRow], *, unit: str, year: int, variant: str = "matrix", quarter: int | None = None,
    county: str = "魏县",
) -> LedgerPlan:  # fmt: skip
    """The ledger of ``rows``, in their order, as pages of 附件1.

    ``variant`` is "matrix" (内容╲时间, the original's) or "plain" (eight columns); ``quarter`` 1–4 is named beside the
    year.
    """
    return run_to_end(planning(rows, unit=unit, year=year, variant=variant, quarter=quarter, county=county))


def planning(
    rows: Sequence[LedgerRow], *, unit: str, year: int, variant: str = "matrix", quarter: int | None = None,
    county: str = "魏县",
) -> LongVerb[LedgerPlan]:  # fmt: skip
    """``plan_ledger`` in steps, for whoever has other things to do meanwhile."""
    entries = tuple(rows)
    columns = VARIANTS[variant]
    room = table_room_mm(2) - LEDGER.foot_spare_mm
    sizes: dict[str, float] = {}
    heights = [LEDGER.row_mm] * len(entries)
    for place, column in enumerate(columns):
        fitted = _column_fit(column, [entry.text(column.field) for entry in entries], room)
        size, counts = yield from _told(fitted, place, len(columns))
        sizes[column.field] = size
        line_mm = line_of(size) * MM_PER_PT
        for index, count in enumerate(counts):
            if count > 1:
                heights[index] = max(heights[index], count * line_mm + LEDGER.row_extra_mm)
    pages = _pages(heights)
    return LedgerPlan(entries, unit, year, variant, quarter, county, sizes, pages)


def line_of(size_pt: float) -> float:
    """A body cell's exact line."""
    return LEDGER.body_line_pt if size_pt >= LEDGER.small_pt else round(size_pt * 1.3)


def cell_lines(text: str, column: Column, size_pt: float) -> tuple[str, ...]:
    """A cell's lines as drawn and counted."""
    if not text:
        return ()
    return _lines(text, column.width_mm, column.field in ("date", "number"), size_pt, column.align == "center")


@lru_cache(maxsize=65536)
def _lines(text: str, width_mm: float, figures: bool, size_pt: float, centred: bool) -> tuple[str, ...]:
    inner = width_mm - 2 * LEDGER.margin_mm
    if "\n" not in text:
        width = _figures_em(text) if figures else text_width_em(text)
        if width * size_pt * MM_PER_PT <= inner - LEDGER.cell_spare_mm:
            return (text,)
    found = value_lines(
        text, width_mm=inner, size_pt=size_pt, spare_mm=LEDGER.cell_spare_mm, spaced=True, centred=centred
    )
    return tuple(line for line, _ in found)


def _figures_em(text: str) -> float:
    """Digits and full stops in the widest single face: one with wide digits has narrow stops."""
    stops = text.count(".")
    return max(0.5 * len(text), 0.637 * (len(text) - stops) + 0.327 * stops)


_Steps = Generator[None, None, tuple[float, list[int]]]


def _told(fitted: _Steps, done: int, total: int) -> LongVerb[tuple[float, list[int]]]:
    """Each step of a column as progress."""
    while True:
        try:
            next(fitted)
        except StopIteration as end:
            found: tuple[float, list[int]] = end.value
            return found
        yield Progress("正在排版", done, total)


def _column_fit(column: Column, texts: Sequence[str], room_mm: float) -> _Steps:
    """(letters of the whole column, lines of each cell): 10.5 only where that saves a line somewhere."""
    usual: list[int] = []
    for start in range(0, len(texts), _BLOCK):
        usual.extend(len(cell_lines(text, column, _SIZES[0])) for text in texts[start : start + _BLOCK])
        yield
    size, counts = _SIZES[0], usual
    for smaller in _SIZES[1:]:
        too_tall = max(counts, default=0) * line_of(size) * MM_PER_PT + LEDGER.row_extra_mm > room_mm
        if not too_tall and size != _SIZES[0]:
            break
        # only cells of several lines can change; another size of them is measured once, for both questions
        fewer: list[int] = []
        for start in range(0, len(texts), _BLOCK):
            part = zip(texts[start : start + _BLOCK], counts[start : start + _BLOCK], strict=True)
            fewer.extend(count if count < 2 else len(cell_lines(text, column, smaller)) for text, count in part)
            yield
        saves = size == _SIZES[0] and any(less < count for less, count in zip(fewer, counts, strict=True))
        if not too_tall and not saves:
            break
        size, counts = smaller, fewer
    return size, counts


def table_room_mm(page_number: int) -> float:
    """The height for rows under the header: 122.95 on the first page, 142 on the others."""
    room = LEDGER.page_height_mm - LEDGER.top_mm - LEDGER.bottom_mm - LEDGER.header_mm
    return room if page_number > 1 else room - (LEDGER.title_line_pt + LEDGER.head_line_pt) * MM_PER_PT


def _pages(heights: Sequence[float]) -> tuple[LedgerPage, ...]:
    """Pages of unsplittable rows; the first has the title over the table."""
    pages: list[LedgerPage] = []
    start = 0
    while True:
        room = table_room_mm(len(pages) + 1) - LEDGER.foot_spare_mm
        end, used = start, 0.0
        while end < len(heights) and (used + heights[end] <= room + 1e-6 or end == start):
            used += heights[end]
            end += 1
        if end == len(heights):
            blanks = max(0, math.floor((room - used) / LEDGER.row_mm + 1e-6))
            pages.append(LedgerPage(len(pages) + 1, start, end, tuple(heights[start:end]), blanks))
            return tuple(pages)
        # A page's rows grow a hair where Word would still squeeze the next row in.
        over = room + LEDGER.foot_spare_mm - used - heights[end] + _NEXT_PAGE_SURE_MM
        extra = max(0.0, over) / (end - start)
        pages.append(LedgerPage(len(pages) + 1, start, end, tuple(height + extra for height in heights[start:end]), 0))
        start = end
