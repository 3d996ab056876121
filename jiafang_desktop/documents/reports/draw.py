"""A paper drawn as pages for printer, PDF and pictures: the same blocks word writes, lines and pages decided here.

Heads keep to what follows, tables repeat their titles, no row is parted. Tables' strips are made in draw_table.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from jiafang_desktop.documents.forms.compose import baseline, text_run
from jiafang_desktop.documents.reports.blocks import (
    Addressee,
    Block,
    Ending,
    Heading,
    Note,
    PageTurn,
    Report,
    Signatures,
    Space,
    Table,
    Text,
    Title,
    day_words,
)
from jiafang_desktop.documents.reports.draw_table import table_strips
from jiafang_desktop.documents.reports.endings import ending_indents
from jiafang_desktop.documents.reports.layout import REPORT
from jiafang_desktop.documents.reports.strips import Strip, mm
from jiafang_desktop.domain.lines import break_lines
from jiafang_desktop.domain.pages import Page, Rule, Run, Sheet

_CONTROL = dict.fromkeys(range(0x20), "\u200b") | {9: "\u3000"}
_ALIGN = {"left": 0.0, "center": 0.5, "right": 1.0}
_ROOM_MM = REPORT.page_height_mm - REPORT.top_mm - REPORT.bottom_mm


def report_sheet(report: Report, *, first_number: int = 1) -> Sheet:
    """The paper's pages; ``first_number`` is the first page's number."""
    pages = [_page(strips, number, report) for number, strips in enumerate(_paged(report.blocks), start=first_number)]
    return Sheet(report.name, tuple(pages))


def strips_of(block: Block) -> list[Strip]:
    """A block as strips that follow each other down the page."""
    if isinstance(block, Text):
        indent = 2.0 if block.indent else 0.0
        return _lines(block.text, face="fangsong", indent=indent)
    if isinstance(block, Addressee):
        return _lines(f"{block.name}：", face="fangsong", indent=0.0)
    if isinstance(block, Heading):
        strips = _lines(block.text, face="heiti" if block.level == 1 else "kaiti", indent=2.0)
        return [replace(strip, keeps=True) for strip in strips]
    if isinstance(block, Title):
        return _title(block)
    if isinstance(block, Note):
        return _aligned(block.text, block.align, block.face, REPORT.note_pt, REPORT.note_line_pt)
    if isinstance(block, Table):
        return table_strips(block)
    if isinstance(block, Signatures):
        return [_signatures(block)]
    if isinstance(block, Ending):
        return _ending(block)
    return [Strip(mm(REPORT.line_pt) * (block.lines if isinstance(block, Space) else 1.0))]


def _lines(text: str, *, face: str, indent: float) -> list[Strip]:
    """Body lines on the grid of 28: letters of 16 points set at its pitch."""
    placed = break_lines(text, width_mm=REPORT.width_mm, size_pt=REPORT.pitch_pt, indent_em=indent, spare_mm=0.0)
    base = baseline(0.0, REPORT.line_pt, REPORT.body_pt)
    return [
        Strip(
            mm(REPORT.line_pt),
            (Run(REPORT.left_mm, base, line.text.translate(_CONTROL), face, REPORT.body_pt, line.places_mm, "text"),)
            if line.text else (),
        )
        for line in placed
    ]  # fmt: skip


def _aligned(text: str, align: str, face: str, size_pt: float, line_pt: float) -> list[Strip]:
    side, width = _ALIGN[align], REPORT.width_mm
    x_mm, base = REPORT.left_mm + width * side, baseline(0.0, line_pt, size_pt)
    found = []
    for line in break_lines(text, width_mm=width, size_pt=size_pt, indent_em=0.0, justify=False, squeeze=False):
        run = text_run(line.text, x_mm=x_mm, align=side, size_pt=size_pt, face=face, cell="text", baseline_mm=base)
        found.append(Strip(mm(line_pt), (run,)))
    return found


def _title(block: Title) -> list[Strip]:
    found: list[Strip] = []
    for line in block.lines:
        found += _aligned(line, "center", "xiaobiaosong", REPORT.title_pt, REPORT.title_line_pt)
    return [replace(strip, keeps=True) for strip in found]


def _signatures(block: Signatures) -> Strip:
    share = REPORT.width_mm / len(block.words)
    base = baseline(0.0, REPORT.line_pt, REPORT.body_pt)
    runs = [
        text_run(words, x_mm=REPORT.left_mm + share * number, baseline_mm=base, size_pt=REPORT.body_pt, cell="text")
        for number, words in enumerate(block.words)
    ]
    return Strip(mm(REPORT.line_pt), tuple(runs), keeps=True)


def _ending(block: Ending) -> list[Strip]:
    right = REPORT.left_mm + REPORT.width_mm
    base = baseline(0.0, REPORT.line_pt, REPORT.body_pt)
    found = []
    for words, indent in zip((block.unit, day_words(block.day)), ending_indents(block), strict=True):
        run = text_run(
            words, x_mm=right - indent * mm(REPORT.body_pt), align=1.0, baseline_mm=base, size_pt=REPORT.body_pt,
            cell="text",
        )  # fmt: skip
        found.append(Strip(mm(REPORT.line_pt), (run,), keeps=True))
    return [*found[:-1], replace(found[-1], keeps=False)]


# ------------------------------------------------------------------------------------------- pages


@dataclass(slots=True)
class _Filling:
    """The page being filled."""

    strips: list[Strip]
    used_mm: float = 0.0

    def add(self, strip: Strip) -> None:
        self.strips.append(strip)
        self.used_mm += strip.height_mm


def _paged(blocks: Sequence[Block]) -> Iterator[list[Strip]]:
    page = _Filling([])
    for group in _groups(blocks):
        if group is None:
            if page.strips:
                yield page.strips
            page = _Filling([])
            continue
        needed = sum(strip.height_mm for strip in group)
        if page.strips and page.used_mm + needed > _ROOM_MM + 1e-6:
            yield page.strips
            page = _Filling([])
            again = group[0].again
            if again is not None:
                page.add(again)
        for strip in group:
            page.add(strip)
    if page.strips:
        yield page.strips


def _groups(blocks: Sequence[Block]) -> Iterator[list[Strip] | None]:
    """Strips that stay together; None where a page turns."""
    waiting: list[Strip] = []
    for block in blocks:
        if isinstance(block, PageTurn):
            if waiting:
                yield waiting
            waiting = []
            yield None
            continue
        for strip in strips_of(block):
            waiting.append(strip)
            if not strip.keeps:
                yield waiting
                waiting = []
    if waiting:
        yield waiting


def _page(strips: Sequence[Strip], number: int, report: Report) -> Page:
    runs: list[Run] = []
    rules: list[Rule] = []
    height = sum(strip.height_mm for strip in strips)
    top = REPORT.top_mm + max(0.0, (_ROOM_MM - height) / 2.6 if report.middle else 0.0)
    for strip in strips:
        runs += [replace(run, baseline_mm=run.baseline_mm + top) for run in strip.runs]
        rules += [replace(rule, y1_mm=rule.y1_mm + top, y2_mm=rule.y2_mm + top) for rule in strip.rules]
        top += strip.height_mm
    if report.numbered:
        runs.append(_number(number))
    return Page(REPORT.page_width_mm, REPORT.page_height_mm, tuple(runs), tuple(rules))


def _number(number: int) -> Run:
    """— 1 —, a character in from the right on odd pages, from the left on even ones."""
    inner = mm(REPORT.number_pt)
    odd = number % 2 == 1
    x_mm = REPORT.left_mm + (REPORT.width_mm - inner if odd else inner)
    base = REPORT.page_height_mm - REPORT.bottom_mm + REPORT.number_gap_mm + mm(REPORT.number_pt) / 2
    return text_run(
        f"— {number} —", x_mm=x_mm, align=1.0 if odd else 0.0, baseline_mm=base, size_pt=REPORT.number_pt,
        face="songti",
    )  # fmt: skip
