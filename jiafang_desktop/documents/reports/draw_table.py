"""A table's rows as strips: each row draws its own frame, so that a page may turn behind any of them."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import accumulate

from jiafang_desktop.documents.forms.compose import baseline, text_run
from jiafang_desktop.documents.reports.blocks import Column, Table
from jiafang_desktop.documents.reports.layout import REPORT
from jiafang_desktop.documents.reports.strips import Strip, mm
from jiafang_desktop.domain.lines import break_lines
from jiafang_desktop.domain.pages import Rule, Run
from jiafang_desktop.domain.value_lines import value_lines

_HEAD_MM = 10.0
_LONG = 60  # characters: longer texts are sentences, set to the full width
_TALLEST_MM = 150.0  # a row no page would hold is cut; Word and Excel have it whole
_CUT = "……（下略）"


def table_strips(table: Table) -> list[Strip]:
    """The titles, then every row."""
    size = table.size_pt or REPORT.table_pt
    line = size * REPORT.table_line_pt / REPORT.table_pt
    head = _row([column.title for column in table.columns], table.columns, size, line, _HEAD_MM, is_head=True)
    least = table.least_mm or REPORT.least_row_mm
    rows = [_row(row, table.columns, size, line, least, again=head if table.header else None) for row in table.rows]
    if not table.header:
        return rows
    return [Strip(head.height_mm, head.runs, head.rules, keeps=bool(rows)), *rows]


def _row(
    words: Sequence[str], columns: Sequence[Column], size: float, line_pt: float, least_mm: float, *,
    is_head: bool = False, again: Strip | None = None,
) -> Strip:  # fmt: skip
    cells = [_cell_lines(text, column, size, line_pt) for text, column in zip(words, columns, strict=True)]
    most = max((len(lines) for lines in cells), default=1)
    height = max(least_mm, mm(line_pt) * most + mm(REPORT.row_extra_pt))
    edges = [REPORT.left_mm + edge for edge in accumulate((column.width_mm for column in columns), initial=0.0)]
    runs: list[Run] = []
    for lines, column, left in zip(cells, columns, edges, strict=False):
        face = "heiti" if is_head else column.face
        centred = is_head or column.align == "center"
        y = (height - mm(line_pt) * len(lines)) / 2
        for text in lines:
            x = left + column.width_mm / 2 if centred else left + REPORT.cell_margin_mm
            if text:
                runs.append(text_run(text, x_mm=x, align=0.5 if centred else 0.0, size_pt=size, face=face, cell="text",
                                     baseline_mm=baseline(y, line_pt, size)))  # fmt: skip
            y += mm(line_pt)
    return Strip(height, tuple(runs), tuple(_frame(edges, height)), again=again)


def _frame(edges: Sequence[float], height: float) -> list[Rule]:
    left, right = edges[0], edges[-1]
    rules = [Rule(left, y, right, y, REPORT.rule_pt) for y in (0.0, height)]
    rules += [Rule(x, 0.0, x, height, REPORT.frame_pt if x in (left, right) else REPORT.rule_pt) for x in edges]
    return rules


def _cell_lines(text: str, column: Column, size: float, line_pt: float) -> list[str]:
    if not text:
        return []
    width = column.width_mm - 2 * REPORT.cell_margin_mm
    if len(text) > _LONG or column.align == "left":
        placed = break_lines(
            text, width_mm=width, size_pt=size, indent_em=0.0, spare_mm=0.3, squeeze=False, justify=False, spaced=True
        )
        lines = [line.text for line in placed]
    else:
        lines = [line for line, _ in value_lines(text, width_mm=width, size_pt=size, spare_mm=0.3, spaced=True)]
    most = int(_TALLEST_MM // mm(line_pt))
    return lines if len(lines) <= most else [*lines[: most - 1], _CUT]
