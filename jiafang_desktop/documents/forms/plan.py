"""The shapes of a planned record form. How they come about stands in fit and short, how they are drawn in compose."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from jiafang_desktop.documents.forms.fields import RecordFields
from jiafang_desktop.documents.forms.marks import NOTHING, Marks
from jiafang_desktop.domain.lines import Line
from jiafang_desktop.domain.pages import Sheet


@dataclass(frozen=True, slots=True)
class ShortText:
    """A short cell's lines: (text, start in the cell's words), letters and line in points."""

    lines: tuple[tuple[str, int], ...]
    size_pt: float
    line_pt: float


@dataclass(frozen=True, slots=True)
class LongPart:
    """What of a long text stands on one page: ``source[start:end]``.

    ``continued``: it goes on in the middle of a paragraph, so its first line is not indented. ``turns``: more follows,
    and （转续页） stands behind it (in ``lines`` too).
    """

    start: int
    end: int
    continued: bool
    turns: bool
    lines: tuple[Line, ...]


@dataclass(frozen=True, slots=True)
class PagePlan:
    """One page's long cells and row heights; a part is None where the page has no such row (height 0)."""

    number: int
    account: LongPart | None
    resolution: LongPart | None
    account_mm: float
    resolution_mm: float


@dataclass(frozen=True, slots=True)
class CellCapacity:
    """How much a cell holds at the planned size: 本页可容 ``lines`` × ``characters``."""

    lines: int
    characters: int


@dataclass(frozen=True, slots=True)
class RecordPlan:
    """A record form fitted to its pages.

    Attributes:
        font_pt, line_pt: of the two long cells (``resolution_font_pt`` may be smaller when overprinted, FORMS).
        continuation: whether a 续页 is needed.
        overflow_characters: characters that are on no page; 0 unless 续页 were not allowed.
        carried_characters: characters that went to 续页.
        account_lines, resolution_lines: lines used on the first page.
        capacity: of the long cells on the first page, at its split.
        split: heights in mm of the two long rows on the first page.
        frozen_pages: how many pages are already on paper (0 when nothing was frozen).
        cells: the short cells' lines, by cell name.
        marks: signatures and words outside the form, drawn in ``sheet`` too (``fit.marked``).
    """

    fields: RecordFields
    label: bool
    date_blank: bool
    font_pt: float
    line_pt: float
    resolution_font_pt: float
    resolution_line_pt: float
    pages: tuple[PagePlan, ...]
    leaders_mm: float
    leader_line_pt: float
    cells: Mapping[str, ShortText]
    overflow_characters: int = 0
    frozen_pages: int = 0
    sheet: Sheet = field(default=Sheet("", ()))
    marks: Marks = NOTHING

    @property
    def continuation(self) -> bool:
        return len(self.pages) > 1

    @property
    def carried_characters(self) -> int:
        parts = [part for page in self.pages[1:] for part in (page.account, page.resolution) if part]
        return sum(part.end - part.start for part in parts)

    @property
    def account_lines(self) -> int:
        part = self.pages[0].account
        return len(part.lines) if part else 0

    @property
    def resolution_lines(self) -> int:
        part = self.pages[0].resolution
        return len(part.lines) if part else 0

    @property
    def split(self) -> tuple[float, float]:
        return self.pages[0].account_mm, self.pages[0].resolution_mm

    @property
    def capacity(self) -> dict[str, CellCapacity]:
        from jiafang_desktop.documents.forms.fit import capacity_of

        first = self.pages[0]
        return {
            "account": capacity_of(first.account_mm, self.font_pt, self.line_pt),
            "resolution": capacity_of(first.resolution_mm, self.resolution_font_pt, self.resolution_line_pt),
        }
