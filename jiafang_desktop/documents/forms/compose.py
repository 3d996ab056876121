"""Drawing a planned record form as runs, rules and boxes at places (domain.pages).

Everything is decided in fit; here is only where it stands on the paper. The same tables make the Word templates.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from jiafang_desktop.documents.forms.fields import date_text
from jiafang_desktop.documents.forms.layout import (
    CONTINUED,
    CONTINUED_ROWS,
    CONTINUED_TITLE,
    CONTINUES,
    FIRST_ROWS,
    INNER_PT,
    LONG_CELLS,
    OUTER_PT,
    RECORD,
    ROWS,
    SEAL,
    SIGNATURE_TOP_MM,
    Cell,
    Label,
    Row,
    mm,
)
from jiafang_desktop.documents.forms.plan import LongPart, PagePlan, RecordPlan, ShortText
from jiafang_desktop.domain.lines import shown_places_mm, text_width_em
from jiafang_desktop.domain.pages import Box, Page, Rule, Run, Sheet

_CONTROL = dict.fromkeys(range(0x20), "\u200b") | {9: "\u3000"}
_HEAD_SIZES = (14.0, 12.0, 10.5, 9.0, 8.0, 7.0, 6.0, 5.0, 4.0, 3.0)


def baseline(top_mm: float, line_pt: float, size_pt: float) -> float:
    """Where letters stand in an exact line: the em square in its middle, 0.88 of it over the baseline."""
    return top_mm + mm((line_pt - size_pt) / 2 + 0.88 * size_pt)


def text_run(
    text: str, *, x_mm: float, baseline_mm: float, size_pt: float, cell: str = "label", start: int = -1,
    face: str = "fangsong", align: float = 0.0,
) -> Run:  # fmt: skip
    """A run of unstretched text; ``align`` 0 begins at ``x_mm``, 0.5 is centred on it, 1 ends there."""
    places, width = shown_places_mm(text, size_pt=size_pt)
    return Run(x_mm - align * width, baseline_mm, text.translate(_CONTROL), face, size_pt, places, cell, start)


def rows_of(page: PagePlan, plan: RecordPlan) -> list[tuple[Row, float]]:
    """The rows a page has, with their heights in mm."""
    heights = {"account": page.account_mm, "resolution": page.resolution_mm, "leaders": plan.leaders_mm}
    names = FIRST_ROWS if page.number == 1 else CONTINUED_ROWS
    found = [(ROWS[name], heights.get(name, ROWS[name].height_mm)) for name in names]
    return [(row, height) for row, height in found if height]


def compose_record(plan: RecordPlan) -> Sheet:
    """All pages of the form."""
    return Sheet("领导干部家访记录单", tuple(_page(plan, page) for page in plan.pages))


def compose_overprint(plan: RecordPlan) -> Sheet:
    """The resolution alone on the pages already on paper, whole pages after them."""
    pages = []
    for page, drawn in zip(plan.pages, plan.sheet.pages, strict=True):
        if page.number > max(plan.frozen_pages, 1):
            pages.append(drawn)
            continue
        runs = tuple(run for run in drawn.runs if run.cell == "resolution")
        if runs:
            pages.append(replace(drawn, runs=runs, rules=(), strokes=()))
    return Sheet("家访问题解决情况套打", tuple(pages))


def _page(plan: RecordPlan, page: PagePlan) -> Page:
    top = RECORD.top_mm
    runs: list[Run] = []
    boxes: list[Box] = []
    rules: list[Rule] = []
    if plan.label and page.number == 1:
        runs.append(text_run(RECORD.label_text, x_mm=RECORD.left_mm, face="heiti", size_pt=RECORD.label_pt,
                             baseline_mm=baseline(top, RECORD.label_line_pt, RECORD.label_pt)))  # fmt: skip
        top += mm(RECORD.label_line_pt)
    title = plan.fields.title + (CONTINUED_TITLE if page.number > 1 else "")
    runs.append(text_run(title, x_mm=RECORD.left_mm + RECORD.width_mm / 2, align=0.5, face="xiaobiaosong",
                         size_pt=RECORD.title_pt,
                         baseline_mm=baseline(top, RECORD.title_line_pt, RECORD.title_pt)))  # fmt: skip
    top += mm(RECORD.title_line_pt + RECORD.title_after_pt)
    _head(plan, top, runs, boxes)
    top += mm(RECORD.head_line_pt)
    rows = rows_of(page, plan)
    _table_rules(rows, top, rules)
    for row, height in rows:
        for cell in row.cells:
            _cell(plan, page, row, cell, top, height, runs, boxes)
        top += height
    _notes(top, runs)
    return Page(RECORD.page_width_mm, RECORD.page_height_mm, tuple(runs), tuple(rules), tuple(boxes))


def unit_size_pt(unit: str) -> float:
    """The letters of 单位：…（盖章）: smaller until it ends before the date."""
    room = RECORD.date_tab_mm - 1.0
    width = text_width_em(f"单位：{unit}{SEAL}")
    return next((size for size in _HEAD_SIZES if width * mm(size) <= room), _HEAD_SIZES[-1])


def _head(plan: RecordPlan, top: float, runs: list[Run], boxes: list[Box]) -> None:
    """The line over the table: 单位：…（盖章）, 年 月 日, 序号：."""
    size, left, fields = RECORD.head_pt, RECORD.left_mm, plan.fields
    base = baseline(top, RECORD.head_line_pt, size)
    em, height = mm(size), mm(RECORD.head_line_pt)

    def put(text: str, x_mm: float, cell: str = "label", start: int = -1, align: float = 0.0) -> Run:
        run = text_run(text, x_mm=left + x_mm, baseline_mm=base, size_pt=size, cell=cell, start=start, align=align)
        runs.append(run)
        return run

    put("单位：", 0.0)
    if fields.unit:
        unit_size = unit_size_pt(fields.unit)
        name = text_run(fields.unit, x_mm=left + 3 * em, baseline_mm=base, size_pt=unit_size, cell="unit", start=0)
        _, width = shown_places_mm(fields.unit, size_pt=unit_size)
        runs.append(name)
        runs.append(text_run(SEAL, x_mm=left + 3 * em + width, baseline_mm=base, size_pt=unit_size))
    else:
        put(SEAL, RECORD.blank_seal_mm)
    boxes.append(Box("unit", left + 3 * em, top, RECORD.date_tab_mm - 3 * em - 4 * em, height))
    day = "" if plan.date_blank else date_text(fields.date)
    if day:
        put(day, RECORD.date_tab_mm, cell="date", start=0)
    else:
        for word, at in (("年", 2.0), ("月", 4.5), ("日", 7.0)):
            put(word, RECORD.date_tab_mm + at * em, cell="date")
    boxes.append(Box("date", left + RECORD.date_tab_mm, top, 44.0, height))
    if fields.number is not None:
        number = put(str(fields.number), RECORD.number_tab_mm, cell="number", start=0, align=1.0)
        put("序号：", number.x_mm - left, align=1.0)
    else:
        put("序号：", RECORD.blank_number_mm)
    boxes.append(Box("number", left + RECORD.blank_number_mm, top, RECORD.width_mm - RECORD.blank_number_mm, height))


def _table_rules(rows: Sequence[tuple[Row, float]], top: float, rules: list[Rule]) -> None:
    left, right = RECORD.left_mm, RECORD.left_mm + RECORD.width_mm
    bottom = top + sum(height for _, height in rows)
    for y in (top, bottom):
        rules.append(Rule(left, y, right, y, OUTER_PT))
    for x in (left, right):
        rules.append(Rule(x, top, x, bottom, OUTER_PT))
    y = top
    for row, height in rows:
        if y > top:
            rules.append(Rule(left, y, right, y, INNER_PT))
        for cell in row.cells[1:]:
            x = left + RECORD.grid_mm[cell.left]
            rules.append(Rule(x, y, x, y + height, INNER_PT))
        y += height


def _cell(
    plan: RecordPlan, page: PagePlan, row: Row, cell: Cell, top: float, height: float, runs: list[Run],
    boxes: list[Box],
) -> None:  # fmt: skip
    left = RECORD.left_mm + RECORD.grid_mm[cell.left]
    width = RECORD.grid_mm[cell.right] - RECORD.grid_mm[cell.left]
    if cell.field:
        boxes.append(Box(cell.field, left, top, width, height))
    if cell.label:
        continued = page.number > 1 and row.name in LONG_CELLS
        runs.extend(_label(cell, continued, left, width, top, height))
    elif cell.field in LONG_CELLS:
        part = page.account if cell.field == "account" else page.resolution
        account = cell.field == "account"
        size, line = (plan.font_pt, plan.line_pt) if account else (plan.resolution_font_pt, plan.resolution_line_pt)
        if part:
            runs.extend(_long(part, cell.field, left + RECORD.margin_mm, top, size, line))
    else:
        runs.extend(_short(plan.cells[cell.field], cell.field, left + width / 2, top, height))


def _label(cell: Cell, continued: bool, left: float, width: float, top: float, height: float) -> Iterator[Run]:
    """A label's lines: centred, but the signatures' in the cell's top left corner."""
    label = cell.label or Label(())
    if cell.field:
        for index, text in enumerate(label.lines):
            y = top + SIGNATURE_TOP_MM + mm(label.line_pt) * index
            yield text_run(text, x_mm=left + RECORD.margin_mm, size_pt=RECORD.short_pt,
                           baseline_mm=baseline(y, label.line_pt, RECORD.short_pt))  # fmt: skip
        return
    lines = [(text, RECORD.short_pt) for text in label.lines]
    if continued:
        lines.append((CONTINUED, RECORD.notes_pt))  # a size smaller, or 18 mm would not hold it
    y = top + (height - mm(label.line_pt) * len(lines)) / 2
    for text, size in lines:
        yield text_run(text, x_mm=left + width / 2, align=0.5, size_pt=size,
                       baseline_mm=baseline(y, label.line_pt, size))  # fmt: skip
        y += mm(label.line_pt)


def _short(text: ShortText, cell: str, middle: float, top: float, height: float) -> Iterator[Run]:
    y = top + (height - mm(text.line_pt) * len(text.lines)) / 2
    for words, start in text.lines:
        if words:
            yield text_run(words, x_mm=middle, align=0.5, size_pt=text.size_pt, cell=cell, start=start,
                           baseline_mm=baseline(y, text.line_pt, text.size_pt))  # fmt: skip
        y += mm(text.line_pt)


def _long(part: LongPart, cell: str, left: float, top: float, size: float, line_pt: float) -> Iterator[Run]:
    """A long cell's lines; （转续页） is a run of its own, for it is not the clerk's."""
    own = part.end - part.start
    for index, line in enumerate(part.lines):
        base = baseline(top + mm(line_pt) * index, line_pt, size)
        cut = len(line.text)
        if part.turns:
            cut = max(0, min(cut, cut - (line.end - (_shown_length(part) - len(CONTINUES)))))
        if cut or not line.text:
            yield Run(left, base, line.text[:cut].translate(_CONTROL), "fangsong", size, line.places_mm[:cut], cell,
                      part.start + min(line.start, own))  # fmt: skip
        if cut < len(line.text):
            first = line.places_mm[cut]
            yield Run(left + first, base, line.text[cut:], "fangsong", size,
                      tuple(place - first for place in line.places_mm[cut:]), cell, -1)  # fmt: skip


def _shown_length(part: LongPart) -> int:
    return part.lines[-1].end if part.lines else 0


def _notes(top: float, runs: list[Run]) -> None:
    size, line = RECORD.notes_pt, RECORD.notes_line_pt
    runs.append(text_run(RECORD.notes_head, x_mm=RECORD.left_mm, size_pt=size, baseline_mm=baseline(top, line, size)))
    for index, note in enumerate(RECORD.notes):
        runs.append(text_run(note, x_mm=RECORD.left_mm + len(RECORD.notes_head) * mm(size), size_pt=size,
                             baseline_mm=baseline(top + mm(line) * index, line, size)))  # fmt: skip
