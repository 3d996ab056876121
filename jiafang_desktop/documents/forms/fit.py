"""Fitting a visit's words to 附件2: sizes, the two long rows' heights, and 续页 so that no character is ever lost.

Pure and quick enough to run at every keystroke. Cutting long texts stands in cut, short cells in short, drawing in
compose; nothing here knows Word or Qt.
"""

from __future__ import annotations

import math
import zlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from jiafang_desktop.documents.forms.compose import compose_overprint, compose_record
from jiafang_desktop.documents.forms.cut import cut_part, whole_part
from jiafang_desktop.documents.forms.fields import RecordFields
from jiafang_desktop.documents.forms.layout import RECORD, STEPS, long_inner_mm, mm
from jiafang_desktop.documents.forms.marks import NOTHING, Marks, drawn
from jiafang_desktop.documents.forms.plan import CellCapacity, LongPart, PagePlan, RecordPlan
from jiafang_desktop.documents.forms.short import fit_cells, fit_leaders, leaders_height_mm
from jiafang_desktop.domain.lines import count_lines
from jiafang_desktop.domain.pages import Sheet

FROZEN_VERSION = 1


@dataclass(frozen=True, slots=True)
class _Sizes:
    """Letters and line of the two long cells, in points."""

    account: tuple[float, float]
    resolution: tuple[float, float]


@dataclass(frozen=True, slots=True)
class _Texts:
    account: str
    resolution: str


def plan_record(
    fields: RecordFields, *, label: bool = False, smallest_pt: float = 12.0, allow_105: bool = False,
    date_blank: bool = False, continue_pages: bool = True, frozen: Mapping[str, Any] | None = None,
) -> RecordPlan:  # fmt: skip
    """The form of ``fields``, fitted and drawn.

    Args:
        label: print 附件2 over the title (the long rows then share 93 mm instead of 103).
        smallest_pt: the unit's smallest letters, 12 or 10.5 (``allow_105`` says the same).
        date_blank: leave the date for the pen.
        continue_pages: False leaves out what the first page cannot hold and counts it in ``overflow_characters``.
        frozen: what :func:`freeze` gave at the first print; heights, sizes and page cuts are kept (FORMS, 附件2).
    """
    leaders_mm = leaders_height_mm(len(fields.leaders))
    texts = _Texts(fields.long_text("account"), fields.long_text("resolution"))
    if frozen is not None and frozen.get("v") == FROZEN_VERSION:
        label, leaders_mm = bool(frozen["label"]), frozen["leaders_mm10"] / 10
        sizes, pages = _frozen_pages(texts, frozen, leaders_mm)
    else:
        smallest = 10.5 if allow_105 else smallest_pt
        sizes, pages = _fresh_pages(texts, _total_mm(label, leaders_mm), smallest, leaders_mm)
    overflow = 0
    if not continue_pages and len(pages) > 1:
        overflow = sum(part.end - part.start for page in pages[1:] for part in (page.account, page.resolution) if part)
        pages = pages[:1]
    names, posts = fit_leaders(fields.leaders, leaders_mm)
    plan = RecordPlan(
        fields=fields, label=label, date_blank=date_blank, font_pt=sizes.account[0], line_pt=sizes.account[1],
        resolution_font_pt=sizes.resolution[0], resolution_line_pt=sizes.resolution[1], pages=tuple(pages),
        leaders_mm=leaders_mm, leader_line_pt=names.line_pt,
        cells={**fit_cells(fields), "leader_name": names, "leader_post": posts}, overflow_characters=overflow,
        frozen_pages=len(frozen["pages"]) if frozen is not None else 0,
    )  # fmt: skip
    return replace(plan, sheet=compose_record(plan))


def marked(plan: RecordPlan, marks: Marks) -> RecordPlan:
    """The same form with signatures and words outside it; sizes and pages stay as they are."""
    bare = plan.sheet if plan.marks == NOTHING else compose_record(plan)
    return replace(plan, marks=marks, sheet=drawn(bare, marks))


def overprint_sheet(plan: RecordPlan) -> Sheet:
    """Only the resolution, at its places, for the sheets already signed; pages not yet on paper come whole."""
    return compose_overprint(plan)


def freeze(plan: RecordPlan) -> dict[str, Any]:
    """The layout as integers, to be kept with the visit from its first print on (0.1 mm, 0.1 pt, character counts)."""
    return {
        "v": FROZEN_VERSION,
        "label": int(plan.label),
        "leaders_mm10": round(plan.leaders_mm * 10),
        "account_pt10": [round(plan.font_pt * 10), round(plan.line_pt * 10)],
        # An empty resolution has no letters on paper yet: it may still step down when it comes.
        "resolution_pt10": [round(plan.resolution_font_pt * 10), round(plan.resolution_line_pt * 10)]
        if plan.fields.long_text("resolution")
        else None,
        "account_crc": _digest(plan.fields.long_text("account")),
        "resolution_crc": _digest(plan.fields.long_text("resolution")),
        "pages": [
            {
                "account_mm10": round(page.account_mm * 10),
                "resolution_mm10": round(page.resolution_mm * 10),
                "account_end": page.account.end if page.account else None,
                "resolution_end": page.resolution.end if page.resolution else None,
            }
            for page in plan.pages
        ],
    }


def capacity_of(height_mm: float, size_pt: float, line_pt: float) -> CellCapacity:
    """Lines × characters a long cell of ``height_mm`` holds."""
    return CellCapacity(_lines_in(height_mm, line_pt), int((long_inner_mm() - 1.0) / mm(size_pt)))


def _digest(text: str) -> int:
    return zlib.crc32(text.encode("utf-8", "surrogatepass"))


def _lines_in(height_mm: float, line_pt: float) -> int:
    return max(0, math.floor((height_mm - RECORD.long_spare_mm) / mm(line_pt) + 1e-6))


def _height_of(lines: int, line_pt: float) -> float:
    """The least row height for so many lines, up to the next tenth of a millimetre."""
    return math.ceil((lines * mm(line_pt) + RECORD.long_spare_mm) * 10 - 1e-6) / 10


def _total_mm(label: bool, leaders_mm: float) -> float:
    return (RECORD.long_labelled_mm if label else RECORD.long_mm) - (leaders_mm - RECORD.leaders_mm)


def _steps(smallest_pt: float) -> list[tuple[float, float]]:
    return [step for step in STEPS if step[0] >= smallest_pt] or [STEPS[0]]


def _need(text: str, size: tuple[float, float], least_mm: float, *, first_indent: bool = True) -> float:
    lines = count_lines(text, width_mm=long_inner_mm(), size_pt=size[0], first_indent=first_indent)
    return max(_height_of(lines, size[1]), least_mm) if lines else least_mm


def _share(total: float, account: float, resolution: float, part: float) -> tuple[float, float] | None:
    """(account, resolution) heights: the usual split, moved as far as one of them needs; None when both don't fit."""
    if account + resolution > total + 1e-6:
        return None
    usual = round(total * part, 1)
    if account > usual:
        usual = account
    elif resolution > total - usual:
        usual = total - resolution
    return round(usual, 1), round(total - usual, 1)


def _fresh_pages(texts: _Texts, total: float, smallest_pt: float, leaders_mm: float) -> tuple[_Sizes, list[PagePlan]]:
    """The largest step at which everything stands on one page, else the smallest and 续页."""
    size = STEPS[0]
    for size in _steps(smallest_pt):
        split = _share(
            total, _need(texts.account, size, RECORD.least_account_mm),
            _need(texts.resolution, size, RECORD.least_resolution_mm), RECORD.account_share,
        )  # fmt: skip
        if split:
            page = PagePlan(1, whole_part(texts.account, size[0]), whole_part(texts.resolution, size[0]), *split)
            return _Sizes(size, size), [page]
    sizes = _Sizes(size, size)
    split = _crowded_split(texts, sizes, total)
    first = _page(1, texts, sizes, split, (0, False), (0, False))
    return sizes, _continued([first], texts, sizes, leaders_mm)


def _crowded_split(texts: _Texts, sizes: _Sizes, total: float) -> tuple[float, float]:
    """The first page's split when not everything fits: a text that fits its usual room keeps just what it needs."""
    usual = round(total * RECORD.account_share, 1)
    account = _need(texts.account, sizes.account, RECORD.least_account_mm)
    resolution = _need(texts.resolution, sizes.resolution, RECORD.least_resolution_mm)
    if texts.resolution and resolution <= total - usual:
        usual = total - resolution
    elif account <= usual:
        usual = account
    return round(usual, 1), round(total - usual, 1)


def _page(
    number: int, texts: _Texts, sizes: _Sizes, split: tuple[float, float], account: tuple[int, bool],
    resolution: tuple[int, bool],
) -> PagePlan:  # fmt: skip
    """A page of given heights filled from (start, continued) on."""
    parts: list[LongPart | None] = []
    for text, size, height, (start, continued) in (
        (texts.account, sizes.account, split[0], account), (texts.resolution, sizes.resolution, split[1], resolution),
    ):  # fmt: skip
        lines = _lines_in(height, size[1])
        parts.append(cut_part(text, start, continued, lines=lines, size_pt=size[0]) if height else None)
    return PagePlan(number, parts[0], parts[1], *split)


def _continued(pages: list[PagePlan], texts: _Texts, sizes: _Sizes, leaders_mm: float) -> list[PagePlan]:
    """``pages`` and as many 续页 as the rest of both texts needs."""
    total = RECORD.long_continued_mm - (leaders_mm - RECORD.leaders_mm)
    while True:
        account = _rest(texts.account, [page.account for page in pages])
        resolution = _rest(texts.resolution, [page.resolution for page in pages])
        more_account, more_resolution = account[0] < len(texts.account), resolution[0] < len(texts.resolution)
        if not more_account and not more_resolution:
            return pages
        if more_account and more_resolution:
            split = _continued_split(texts, sizes, total, account, resolution)
        else:
            split = (total, 0.0) if more_account else (0.0, total)
        pages = [*pages, _page(len(pages) + 1, texts, sizes, split, account, resolution)]


def _continued_split(
    texts: _Texts, sizes: _Sizes, total: float, account: tuple[int, bool], resolution: tuple[int, bool]
) -> tuple[float, float]:
    # Labels there have a fourth or fifth line, （续）.
    extra = 7.0
    rest_account = _need(texts.account[account[0] :], sizes.account, RECORD.least_account_mm + extra,
                         first_indent=not account[1])  # fmt: skip
    rest_resolution = _need(texts.resolution[resolution[0] :], sizes.resolution, RECORD.least_resolution_mm + extra,
                            first_indent=not resolution[1])  # fmt: skip
    usual = round(total * RECORD.account_continued_share, 1)
    shared = _share(total, rest_account, rest_resolution, RECORD.account_continued_share)
    if shared:
        return shared
    if rest_account <= usual:
        usual = rest_account
    elif rest_resolution <= total - usual:
        usual = total - rest_resolution
    return round(usual, 1), round(total - usual, 1)


def _rest(text: str, parts: Sequence[LongPart | None]) -> tuple[int, bool]:
    """Where a text goes on after ``parts``, and whether that is inside a paragraph."""
    ends = [part.end for part in parts if part]
    start = ends[-1] if ends else 0
    return start, 0 < start <= len(text) and text[start - 1] != "\n"


def _frozen_pages(texts: _Texts, frozen: Mapping[str, Any], leaders_mm: float) -> tuple[_Sizes, list[PagePlan]]:
    """Pages of the frozen heights, cut where they were cut while the text is the one on paper."""
    account = _points(frozen["account_pt10"])
    same = {
        name: _digest(text) == frozen[f"{name}_crc"]
        for name, text in (("account", texts.account), ("resolution", texts.resolution))
    }
    heights = [(page["account_mm10"] / 10, page["resolution_mm10"] / 10) for page in frozen["pages"]]
    if frozen["resolution_pt10"] is not None:
        resolution = _points(frozen["resolution_pt10"])
    else:
        resolution = account
        for resolution in [step for step in STEPS if step[0] <= account[0] and step[0] >= min(account[0], 12.0)]:
            if _need(texts.resolution, resolution, 0.0) <= heights[0][1] + 1e-6:
                break
    sizes = _Sizes(account, resolution)
    pages: list[PagePlan] = []
    for number, (split, kept) in enumerate(zip(heights, frozen["pages"], strict=True), start=1):
        page = _page(
            number, texts, sizes, split, _rest(texts.account, [page.account for page in pages]),
            _rest(texts.resolution, [page.resolution for page in pages]),
        )  # fmt: skip
        pages.append(_kept_cuts(page, kept, texts, sizes, same))
    return sizes, _continued(pages, texts, sizes, leaders_mm)


def _kept_cuts(
    page: PagePlan, kept: Mapping[str, Any], texts: _Texts, sizes: _Sizes, same: Mapping[str, bool]
) -> PagePlan:
    """``page`` with the cuts that are on paper, where the text did not change since."""
    account, resolution = page.account, page.resolution
    if account and same["account"] and kept["account_end"] is not None:
        account = cut_part(texts.account, account.start, account.continued, lines=0, size_pt=sizes.account[0],
                           end=kept["account_end"])  # fmt: skip
    if resolution and same["resolution"] and kept["resolution_end"] is not None and texts.resolution:
        resolution = cut_part(texts.resolution, resolution.start, resolution.continued, lines=0,
                              size_pt=sizes.resolution[0], end=kept["resolution_end"])  # fmt: skip
    return replace(page, account=account, resolution=resolution)


def _points(tenths: Sequence[int]) -> tuple[float, float]:
    return tenths[0] / 10, tenths[1] / 10
