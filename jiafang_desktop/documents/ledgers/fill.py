"""The ledger as a Word document: the template's body row repeated for every visit, heights as planned.

Rows are written as text from the template's own row, which keeps ten thousand of them quick. Excel stands in workbook.
"""

from __future__ import annotations

import re
from functools import lru_cache
from xml.sax.saxutils import escape

from lxml import etree

from jiafang_desktop.common import paths
from jiafang_desktop.documents.forms.template import (
    Element,
    Template,
    W,
    clean,
    parent,
    replace_slot,
    set_line,
    set_row_height,
    set_size,
)
from jiafang_desktop.documents.ledgers.compose import head_size_pt
from jiafang_desktop.documents.ledgers.layout import LEDGER, TEMPLATES, VARIANTS
from jiafang_desktop.documents.ledgers.plan import LedgerPage, LedgerPlan, line_of, table_room_mm
from jiafang_desktop.documents.ledgers.rows import LedgerRow, year_text

_LAST_PARAGRAPH_MM = 1.6  # a line of one point, and the table's frame
_NAMESPACE = re.compile(r' xmlns:\w+="[^"]*"')
_HEIGHT = re.compile(r'(<w:trHeight [^>]*w:val=")(\d+)(")')


def fill_ledger(plan: LedgerPlan, *, template: bytes | None = None) -> bytes:
    """The ledger as a Word document with the plan's pages.

    Raises:
        UserError: ``template_damaged``, naming what is unknown or missing.
    """
    source = _shipped(plan.variant) if template is None else _own(template, plan.variant)
    body, slots = source.copy()
    year = year_text(plan.year, plan.quarter)
    for slot, value in (("县名", plan.county), ("单位", plan.unit), ("年度", year)):
        for text in slots[slot]:
            replace_slot(text, slot, value)
    size = head_size_pt(plan.unit, year)
    if size != LEDGER.head_pt:
        for text in slots["单位"]:
            set_size(text, size)
    for column in plan.columns:
        for text in slots[column.placeholder]:
            set_size(text, plan.sizes_pt[column.field])
            set_line(parent(text, "p"), line_of(plan.sizes_pt[column.field]))
    row = parent(slots[plan.columns[0].placeholder][0], "tr")
    set_row_height(row, LEDGER.row_mm)
    writer = _RowWriter(plan, row)
    marker = etree.Comment("rows")
    row.addprevious(marker)
    row.getparent().remove(row)
    return source.package(body, replacing=("<!--rows-->", writer.rows()))


class _RowWriter:
    """The body row as text, cut at its cells' paragraphs."""

    def __init__(self, plan: LedgerPlan, row: Element) -> None:
        self._plan = plan
        markup = _text_of(row)
        paragraphs = {}
        for column in plan.columns:
            text = next(
                text for text in row.iter(f"{W}t") if f"【{column.placeholder}】" in (text.text or "")
            )  # fmt: skip
            paragraphs[column.field] = _text_of(parent(text, "p"))
        self._pieces: list[tuple[str, str, str]] = []  # markup before, field, its paragraph
        for column in plan.columns:
            paragraph = paragraphs[column.field]
            before, _, markup = markup.partition(paragraph)
            self._pieces.append((before, column.field, paragraph.replace(f"【{column.placeholder}】", "\0")))
        self._end = markup

    def rows(self) -> str:
        """Every row, blanks of the last page included."""
        plan, found = self._plan, []
        for page in plan.layout_pages:
            entries = plan.entries[page.start : page.end]
            less = _shave_mm(page) if page.number == plan.pages else 0.0
            found += [self._row(entry, height - less) for entry, height in zip(entries, page.heights_mm, strict=True)]
            found += [self._row(None, LEDGER.row_mm - less)] * page.blanks
        return "".join(found)

    def _row(self, entry: LedgerRow | None, height_mm: float) -> str:
        out = []
        for before, field, paragraph in self._pieces:
            out.append(before)
            text = entry.text(field) if entry else ""
            out += [paragraph.replace("\0", escape(clean(line))) for line in text.split("\n")]
        out.append(self._end)
        # Rounded down: exact rows add up to no more than planned.
        return _HEIGHT.sub(rf"\g<1>{int(height_mm / 25.4 * 1440)}\3", "".join(out), count=1)


def _shave_mm(page: LedgerPage) -> float:
    """What each row of a full last page gives up, so that the paragraph behind the table stays on that page."""
    rows = len(page.heights_mm) + page.blanks
    left = table_room_mm(page.number) - sum(page.heights_mm) - page.blanks * LEDGER.row_mm
    return max(0.0, _LAST_PARAGRAPH_MM - left) / rows if rows else 0.0


def _text_of(element: Element) -> str:
    tail, element.tail = element.tail, None
    markup: str = etree.tostring(element, encoding="unicode")
    element.tail = tail
    return _NAMESPACE.sub("", markup)


def _expected(variant: str) -> tuple[str, ...]:
    return ("县名", "单位", "年度", *(column.placeholder for column in VARIANTS[variant]))


@lru_cache(maxsize=2)
def _shipped(variant: str) -> Template:
    name = TEMPLATES[variant]
    return Template(paths.template(name).read_bytes(), name=name, expected=_expected(variant))


@lru_cache(maxsize=4)
def _own(data: bytes, variant: str) -> Template:
    return Template(data, name=TEMPLATES[variant], expected=_expected(variant))
