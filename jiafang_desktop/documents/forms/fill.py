"""Filling the Word record form from a plan: editable paragraphs, the planner's sizes, heights and pages.

No line breaks are written: the planner counts the most lines any word processor needs, so Word breaks the lines itself
and the text stays easy to correct. Only leaders have a paragraph for each planned line, for names and posts stand side
by side. Templates and packages are handled in template, fitting in fit.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Sequence
from copy import deepcopy
from functools import lru_cache

from lxml import etree

from jiafang_desktop.common import paths
from jiafang_desktop.documents.forms.compose import unit_size_pt
from jiafang_desktop.documents.forms.fields import PLACEHOLDERS, RecordFields, date_text
from jiafang_desktop.documents.forms.fit import plan_record
from jiafang_desktop.documents.forms.layout import CONTINUES, LABEL_PLACEHOLDER, RECORD
from jiafang_desktop.documents.forms.plan import LongPart, PagePlan, RecordPlan, ShortText
from jiafang_desktop.documents.forms.short import leader_outdent_mm
from jiafang_desktop.documents.forms.template import (
    Element,
    Template,
    W,
    ancestor,
    child,
    parent,
    replace_slot,
    set_line,
    set_outdent,
    set_row_height,
    set_size,
    set_text,
)
from jiafang_desktop.documents.forms.word_marks import StrokesPng, WordMarks

RECORD_TEMPLATE = "家访记录单.docx"
CONTINUED_TEMPLATE = "家访记录单续页.docx"
BLANK_UNIT = "\u3000" * 6 + " "
BLANK_DATE = "\u3000\u3000年\u3000 月\u3000 日"
BLANK_NUMBER = "\u3000\u3000"
BLANKS = " \t\u00a0\u3000"

_SHORT = ("visitee_name", "visitee_post", "address", "spouse_name", "spouse_work", "leader_name", "leader_post")
_CONTINUED_FIELDS = (
    "county", "unit", "date", "number", "visitee_name", "visitee_post", "account", "resolution", "leader_name",
    "leader_post",
)  # fmt: skip


def fill_record(
    plan: RecordPlan | RecordFields, *, template: bytes | None = None, png: StrokesPng | None = None
) -> bytes:
    """The form as a Word document, 续页 included.

    Args:
        plan: a fitted form; bare fields are fitted with the usual settings.
        template: a record template of the unit's own; None takes the one the program ships.
        png: who draws signatures; may be None where the plan has none.

    Raises:
        UserError: ``template_damaged``, naming what is unknown or missing.
    """
    return fill_records([plan if isinstance(plan, RecordPlan) else plan_record(plan)], template=template, png=png)


def fill_records(
    plans: Iterable[RecordPlan], *, template: bytes | None = None, fronts: bool = False, png: StrokesPng | None = None
) -> bytes:
    """Many forms in one Word document, each beginning a page; with ``fronts`` a sheet's front, behind a blank back
    where it must be."""
    first = record_template(template)
    whole: Element | None = None
    marks = WordMarks(png)
    sides = 0
    for plan in plans:
        if fronts and whole is not None and sides % 2:
            _append_page(whole, _blank_page())
            sides += 1
        sides += len(plan.pages)
        for page in plan.pages:
            body = _page_body(first if page.number == 1 else _continued_template(), plan, page)
            marks.put(body, plan)
            if whole is None:
                whole = body
                continue
            _append_page(whole, body)
    if whole is None:
        raise ValueError("no form to fill")
    return first.package(whole, pictures=marks.pictures)


def fill_overprint(plan: RecordPlan, *, template: bytes | None = None, png: StrokesPng | None = None) -> bytes:
    """The resolution alone as a Word document, for sheets already signed: the same page with nothing else to be seen.

    Pages not yet on paper come whole, as in ``fit.overprint_sheet``.

    Raises:
        ValueError: nothing of the resolution stands on any page.
    """
    first = record_template(template)
    whole: Element | None = None
    marks = WordMarks(png)
    for page in plan.pages:
        on_paper = page.number <= max(plan.frozen_pages, 1)
        if on_paper and not (page.resolution and page.resolution.lines):
            continue
        body = _page_body(first if page.number == 1 else _continued_template(), plan, page, only_resolution=on_paper)
        if not on_paper:
            marks.put(body, plan)
        if whole is None:
            whole = body
        else:
            _append_page(whole, body)
    if whole is None:
        raise ValueError("no resolution to print")
    return first.package(whole, pictures=marks.pictures)


def record_template(data: bytes | None = None) -> Template:
    """The parsed record template: the shipped one is read once and kept."""
    if data is None:
        return _shipped(RECORD_TEMPLATE)
    return _own(data)


@lru_cache(maxsize=4)
def _own(data: bytes) -> Template:
    return Template(data, name=RECORD_TEMPLATE, expected=_names(PLACEHOLDERS), optional=_OPTIONAL)


@lru_cache(maxsize=2)
def _shipped(name: str) -> Template:
    fields = PLACEHOLDERS if name == RECORD_TEMPLATE else _CONTINUED_FIELDS
    return Template(paths.template(name).read_bytes(), name=name, expected=_names(fields), optional=_OPTIONAL)


def _continued_template() -> Template:
    return _shipped(CONTINUED_TEMPLATE)


# A unit's own template may have its county typed, and no place for 附件2.
_OPTIONAL = (LABEL_PLACEHOLDER, PLACEHOLDERS["county"])


def _names(fields: Iterable[str]) -> tuple[str, ...]:
    return tuple(PLACEHOLDERS[field] for field in fields if field != "county")


def _append_page(whole: Element, body: Element) -> None:
    """``body``'s content behind what ``whole`` has, on a new page; the section stays the last thing."""
    last = whole[-1]  # looked at first: a search from the front would cost a thousand forms a minute
    section = last if last.tag == f"{W}sectPr" else whole.find(f"{W}sectPr")
    pieces = [piece for piece in body if piece.tag != f"{W}sectPr"]
    if pieces[0].tag != f"{W}p":  # a template of the unit's own may begin with its table
        turn = etree.Element(f"{W}p")
        set_line(turn, 1.0)
        pieces.insert(0, turn)
    child(child(pieces[0], "pPr"), "pageBreakBefore")
    for piece in pieces:
        if section is None:
            whole.append(piece)
        else:
            section.addprevious(piece)


def _blank_page() -> Element:
    """A side without a word: Word's own odd-page sections are left out when LibreOffice makes a PDF."""
    blank, turn = etree.Element(f"{W}body"), etree.Element(f"{W}p")
    set_line(turn, 1.0)
    blank.append(turn)
    return blank


def _page_body(
    template: Template, plan: RecordPlan, page: PagePlan, *, only_resolution: bool = False
) -> Element:  # fmt: skip
    """One page's body: every placeholder replaced, sizes and heights as planned."""
    body, slots = template.copy()
    shown = [ancestor(text, "tc") for text in slots[PLACEHOLDERS["resolution"]]]
    fields = plan.fields
    day = "" if plan.date_blank else date_text(fields.date)
    number = str(fields.number) if fields.number is not None else BLANK_NUMBER
    for field, value in (("county", fields.county), ("unit", fields.unit or BLANK_UNIT), ("date", day or BLANK_DATE),
                         ("number", number)):  # fmt: skip
        for text in slots.get(PLACEHOLDERS[field], ()):
            replace_slot(text, PLACEHOLDERS[field], value)
            if field == "unit" and fields.unit:
                _size_if_other(text, unit_size_pt(fields.unit), RECORD.head_pt)
    for text in slots.get(LABEL_PLACEHOLDER, ()):
        if plan.label and page.number == 1:
            replace_slot(text, LABEL_PLACEHOLDER, RECORD.label_text)
        else:
            paragraph = parent(text, "p")
            paragraph.getparent().remove(paragraph)
    for field in _SHORT:
        for text in slots.get(PLACEHOLDERS[field], ()):
            _fill_short(text, plan.cells[field], joined=not field.startswith("leader"))
    for text in slots[PLACEHOLDERS["leader_name"]]:
        row = ancestor(text, "tr")
        if row is not None:
            set_row_height(row, plan.leaders_mm)
    for field, part, height, size, line in (
        ("account", page.account, page.account_mm, plan.font_pt, plan.line_pt),
        ("resolution", page.resolution, page.resolution_mm, plan.resolution_font_pt, plan.resolution_line_pt),
    ):
        for text in slots[PLACEHOLDERS[field]]:
            _fill_long(text, fields.long_text(field), part, height, size, line)
    if only_resolution:
        _hide_all_but(body, shown)
    return body


def _hide_all_but(body: Element, shown: Sequence[Element | None]) -> None:
    """Words taken out, lines made white: rows and lines are exact, so that everything left stays where it was.

    Borders are not taken out, because some programs push a cell's words aside by the border's width.
    """
    for text in body.iter(f"{W}t"):
        cell = ancestor(text, "tc")
        if cell not in shown:
            # above the table a blank of the line's own letters: LibreOffice sets a line without any otherwise
            set_text(text, "" if cell is not None else "\u3000")
    for borders in body.iter(f"{W}tblBorders", f"{W}tcBorders"):
        for border in borders:
            border.set(f"{W}color", "FFFFFF")


def _size_if_other(text: Element, size_pt: float, usual_pt: float) -> None:
    if size_pt != usual_pt:
        set_size(text, size_pt)


def _fill_short(text: Element, short: ShortText, *, joined: bool) -> None:
    """A short cell: one paragraph that Word wraps itself, or one per leader's line."""
    paragraph = parent(text, "p")
    set_size(text, short.size_pt)
    set_line(paragraph, short.line_pt)
    if joined:
        _fill_paragraphs(text, paragraph, _typed_paragraphs(short))
        return
    # A space hanging behind a line would be a line of its own in some programs.
    lines = [line.rstrip(BLANKS) for line, _ in short.lines] or [""]
    for line, copied in zip(lines, _fill_paragraphs(text, paragraph, lines), strict=True):
        outdent_mm = leader_outdent_mm(line, short.size_pt)
        if outdent_mm:
            set_outdent(copied, outdent_mm)


def _typed_paragraphs(short: ShortText) -> list[str]:
    """A short cell's words as typed: lines joined again but where a line feed stands between two."""
    found, end = [""], 0
    for line, start in short.lines:
        if start > end:
            found.append(line)
        else:
            found[-1] += line
        end = start + len(line)
    return found


def _fill_long(
    text: Element, source: str, part: LongPart | None, height_mm: float, size_pt: float, line_pt: float
) -> None:
    """A long cell: one paragraph per paragraph, first lines indented two letters unless it goes on mid-paragraph."""
    row = ancestor(text, "tr")
    if row is not None and not height_mm:
        row.getparent().remove(row)
        return
    if row is not None:
        set_row_height(row, height_mm)
    paragraph = parent(text, "p")
    set_size(text, size_pt)
    set_line(paragraph, line_pt)
    indent = child(child(paragraph, "pPr"), "ind")
    indent.set(f"{W}firstLine", str(round(size_pt * 40)))
    words = _part_text(source, part)
    paragraphs = _fill_paragraphs(text, paragraph, [line.lstrip(BLANKS) for line in words.split("\n")])
    if part is not None and part.continued:
        first = child(child(paragraphs[0], "pPr"), "ind")
        first.set(f"{W}firstLine", "0")


def _part_text(source: str, part: LongPart | None) -> str:
    if part is None:
        return ""
    shown = source[part.start : part.end]
    return shown.rstrip("\n") + CONTINUES if part.turns else shown


def _fill_paragraphs(text: Element, paragraph: Element, lines: Sequence[str]) -> list[Element]:
    """``lines`` as paragraphs like ``paragraph``, whose text element is ``text``."""
    index = list(paragraph.iter(f"{W}t")).index(text)
    copies = [paragraph, *(deepcopy(paragraph) for _ in lines[1:])]
    for before, after in itertools.pairwise(copies):
        before.addnext(after)
    for line, copied in zip(lines, copies, strict=True):
        set_text(list(copied.iter(f"{W}t"))[index], line)
    return copies
