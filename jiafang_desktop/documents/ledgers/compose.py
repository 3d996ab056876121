"""Drawing one page of a planned ledger as runs, rules and boxes. Boxes are named ``row:VISIT_ID:FIELD``."""

from __future__ import annotations

from jiafang_desktop.documents.ledgers.layout import LEDGER, MATRIX_HEAD, Column
from jiafang_desktop.documents.ledgers.plan import LedgerPage, LedgerPlan, cell_lines, line_of
from jiafang_desktop.documents.ledgers.rows import LedgerRow, year_text
from jiafang_desktop.domain.lines import shown_places_mm, text_width_em
from jiafang_desktop.domain.pages import MM_PER_PT, Box, Page, Rule, Run

OUTER_PT, INNER_PT = 1.5, 0.75
_DIAGONAL_INSET_MM = 2.0
_CONTROL = dict.fromkeys(range(0x20), "\u200b") | {9: "\u3000"}


def compose_page(plan: LedgerPlan, page: LedgerPage) -> Page:
    """One page: title on the first, repeated header, rows, blanks, footer."""
    runs: list[Run] = []
    boxes: list[Box] = []
    top = LEDGER.top_mm
    if page.number == 1:
        top = _heading(plan, top, runs)
    edges = _edges(plan.columns)
    heights = [LEDGER.header_mm, *page.heights_mm, *[LEDGER.row_mm] * page.blanks]
    rules = _rules(plan.columns, edges, heights, top)
    _header(plan.columns, edges, top, runs, boxes)
    y = top + LEDGER.header_mm
    for entry, height in zip(plan.entries[page.start : page.end], page.heights_mm, strict=True):
        for column, left in zip(plan.columns, edges, strict=False):
            _cell(plan, entry, column, left, y, height, runs, boxes)
        y += height
    _footer(page.number, plan.pages, runs)
    return Page(LEDGER.page_width_mm, LEDGER.page_height_mm, tuple(runs), tuple(rules), tuple(boxes))


def _edges(columns: tuple[Column, ...]) -> list[float]:
    edges = [LEDGER.left_mm]
    for column in columns:
        edges.append(edges[-1] + column.width_mm)
    return edges


def head_size_pt(unit: str, year: str) -> float:
    """单位：… steps down until it stands before the year."""
    for size in (LEDGER.head_pt, 12.0, 10.5, 9.0, 8.0, 7.0, 6.0, 5.0, 4.0):
        if (text_width_em(f"单位：{unit}") * size + text_width_em(year) * LEDGER.head_pt) * MM_PER_PT < 220.0:
            return size
    return 3.0


def _heading(plan: LedgerPlan, top: float, runs: list[Run]) -> float:
    middle = LEDGER.left_mm + LEDGER.width_mm / 2
    runs.append(_run(plan.title, middle, 0.5, _baseline(top, LEDGER.title_line_pt, LEDGER.title_pt), LEDGER.title_pt,
                     face="xiaobiaosong"))  # fmt: skip
    top += LEDGER.title_line_pt * MM_PER_PT
    base = _baseline(top, LEDGER.head_line_pt, LEDGER.head_pt)
    year = year_text(plan.year, plan.quarter)
    size = head_size_pt(plan.unit, year)
    runs.append(_run("单位：", LEDGER.left_mm, 0.0, base, size))
    runs.append(_run(plan.unit, LEDGER.left_mm + 3 * size * MM_PER_PT, 0.0, base, size, cell="unit", start=0))
    runs.append(_run(year, LEDGER.left_mm + LEDGER.width_mm, 1.0, base, LEDGER.head_pt))
    return top + LEDGER.head_line_pt * MM_PER_PT


def _rules(columns: tuple[Column, ...], edges: list[float], heights: list[float], top: float) -> list[Rule]:
    bottom = top + sum(heights)
    left, right = edges[0], edges[-1]
    rules = [Rule(left, y, right, y, OUTER_PT) for y in (top, bottom)]
    rules += [Rule(x, top, x, bottom, OUTER_PT) for x in (left, right)]
    y = top
    for height in heights[:-1]:
        y += height
        rules.append(Rule(left, y, right, y, INNER_PT))
    rules += [Rule(x, top, x, bottom, INNER_PT) for x in edges[1:-1]]
    for column, x in zip(columns, edges, strict=False):
        if column.diagonal:
            rules.append(Rule(x, top, x + column.width_mm, top + LEDGER.header_mm, INNER_PT))
    return rules


def _header(columns: tuple[Column, ...], edges: list[float], top: float, runs: list[Run], boxes: list[Box]) -> None:
    size = LEDGER.header_pt
    for column, left in zip(columns, edges, strict=False):
        boxes.append(Box(f"header:{column.field}", left, top, column.width_mm, LEDGER.header_mm))
        if column.diagonal:
            half = LEDGER.header_mm / 2 / MM_PER_PT
            over, under = MATRIX_HEAD
            right = left + column.width_mm - _DIAGONAL_INSET_MM
            runs.append(_run(over, right, 1.0, _baseline(top, half, size), size, face="heiti"))
            under_base = _baseline(top + LEDGER.header_mm / 2, half, size)
            runs.append(_run(under, left + _DIAGONAL_INSET_MM, 0.0, under_base, size, face="heiti"))
            continue
        y = top + (LEDGER.header_mm - len(column.heading) * LEDGER.header_line_pt * MM_PER_PT) / 2
        for line in column.heading:
            base = _baseline(y, LEDGER.header_line_pt, size)
            runs.append(_run(line, left + column.width_mm / 2, 0.5, base, size, face="heiti"))
            y += LEDGER.header_line_pt * MM_PER_PT


def _cell(
    plan: LedgerPlan, entry: LedgerRow, column: Column, left: float, top: float, height: float, runs: list[Run],
    boxes: list[Box],
) -> None:  # fmt: skip
    name = f"row:{entry.visit_id}:{column.field}"
    boxes.append(Box(name, left, top, column.width_mm, height))
    text = entry.text(column.field)
    if not text:
        return
    size = plan.sizes_pt[column.field]
    lines = cell_lines(text, column, size)
    line_pt = line_of(size)
    y = top + (height - len(lines) * line_pt * MM_PER_PT) / 2
    start = 0
    for line in lines:
        base = _baseline(y, line_pt, size)
        if column.align == "left":
            runs.append(_run(line, left + LEDGER.margin_mm, 0.0, base, size, cell=name, start=start))
        elif line:
            runs.append(_run(line, left + column.width_mm / 2, 0.5, base, size, cell=name, start=start))
        start += len(line)
        if text[start : start + 1] == "\n":
            start += 1
        y += line_pt * MM_PER_PT


def _footer(number: int, pages: int, runs: list[Run]) -> None:
    line, size = LEDGER.footer_line_pt, LEDGER.footer_pt
    top = LEDGER.page_height_mm - LEDGER.footer_mm - line * MM_PER_PT
    middle = LEDGER.left_mm + LEDGER.width_mm / 2
    runs.append(_run(f"第 {number} 页　共 {pages} 页", middle, 0.5, _baseline(top, line, size), size))


def _baseline(top_mm: float, line_pt: float, size_pt: float) -> float:
    return top_mm + ((line_pt - size_pt) / 2 + 0.88 * size_pt) * MM_PER_PT


def _run(
    text: str, x_mm: float, align: float, baseline_mm: float, size_pt: float, *, face: str = "fangsong",
    cell: str = "label", start: int = -1,
) -> Run:  # fmt: skip
    places, width = shown_places_mm(text, size_pt=size_pt)
    return Run(x_mm - align * width, baseline_mm, text.translate(_CONTROL), face, size_pt, places, cell, start)
