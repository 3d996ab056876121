"""What a form carries besides its words: signatures from the pad, and words outside the form (送审稿, 核对码).

Where they stand on paper, for drawing and for Word alike; nothing of them moves a row or a line. Whether a signature
holds and what a code is, others decided.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from jiafang_desktop.documents.forms.layout import RECORD, SIGNATURE_TOP_MM, mm
from jiafang_desktop.domain import signatures
from jiafang_desktop.domain.lines import shown_places_mm
from jiafang_desktop.domain.match_code import shown
from jiafang_desktop.domain.pages import Box, Page, Run, Sheet, Stroke
from jiafang_desktop.domain.signatures import Line

CODE_PT, CODE_LINE_PT = 7.0, 10.0
CODE_BASELINE_MM = 285.0  # the bottom margin is from 262 to 297
HEAD_PTS, HEAD_LINE_PT = (22.0, 10.5), 15.0
HEAD_TOP_MM = 14.0  # the top margin is 37
_LABEL_MM = SIGNATURE_TOP_MM + 2 * mm(18.0) + 0.3  # 家访领导 / 签名：
_BELOW_MM = 0.6


@dataclass(frozen=True, slots=True)
class Ink:
    """One signature in its cell: the ``place``-th of ``count`` that sign there."""

    cell: str
    place: int
    count: int
    strokes: tuple[Line, ...]


@dataclass(frozen=True, slots=True)
class Marks:
    """``head``: a large word and lines beside it in the top margin; ``code`` at the foot."""

    head: tuple[str, ...] = ()
    code: str | None = None
    inks: tuple[Ink, ...] = ()


@dataclass(frozen=True, slots=True)
class Words:
    """A line outside the form, in gray; ``align`` 0 begins at ``x_mm``, 1 ends there. ``top_mm`` is its line's."""

    text: str
    x_mm: float
    top_mm: float
    size_pt: float
    line_pt: float
    face: str = "fangsong"
    align: float = 0.0

    @property
    def width_mm(self) -> float:
        """What it takes on paper."""
        return shown_places_mm(self.text, size_pt=self.size_pt)[1]

    @property
    def left_mm(self) -> float:
        """Where it begins."""
        return self.x_mm - self.align * self.width_mm


NOTHING = Marks()


def words_of(marks: Marks) -> list[Words]:
    """The lines outside the form, the same on every page of it."""
    right = RECORD.left_mm + RECORD.width_mm
    found = []
    if marks.head:
        first, *rest = marks.head
        found.append(Words(first, RECORD.left_mm, HEAD_TOP_MM, HEAD_PTS[0], HEAD_PTS[0] + 2, face="heiti"))
        for at, text in enumerate(rest):
            found.append(Words(text, right, HEAD_TOP_MM + at * mm(HEAD_LINE_PT), HEAD_PTS[1], HEAD_LINE_PT, align=1.0))
    if marks.code is not None:
        top = CODE_BASELINE_MM - mm(CODE_LINE_PT)
        found.append(Words(f"核对码：{shown(marks.code)}", right, top, CODE_PT, CODE_LINE_PT, align=1.0))
    return found


def ink_place(box: Box, ink: Ink) -> Box:
    """Where in its cell a signature stands: below the label, one under another, 30 × 13 mm at most."""
    room = box.height_mm - _LABEL_MM - _BELOW_MM
    height = min(signatures.PAD_MM[1], room / max(ink.count, 1))
    width = min(signatures.PAD_MM[0], box.width_mm - 2 * RECORD.margin_mm)
    left = box.x_mm + (box.width_mm - width) / 2
    return Box(ink.cell, left, box.y_mm + _LABEL_MM + ink.place * height, width, height)


def strokes_in(place: Box, ink: Ink) -> tuple[Stroke, ...]:
    """A signature's strokes on the page."""
    return signatures.fitted(
        ink.strokes, left_mm=place.x_mm, top_mm=place.y_mm, width_mm=place.width_mm, height_mm=place.height_mm
    )


def drawn(sheet: Sheet, marks: Marks) -> Sheet:
    """The sheet with its marks on every page; without any, the very same."""
    if marks == NOTHING:
        return sheet
    return replace(sheet, pages=tuple(_marked(page, marks) for page in sheet.pages))


def with_words(page: Page, words: list[Words]) -> Page:
    """A page with lines outside its form."""
    return replace(page, runs=(*page.runs, *(_run(line) for line in words)))


def _marked(page: Page, marks: Marks) -> Page:
    cells = {box.cell: box for box in page.boxes}
    strokes = [
        stroke for ink in marks.inks if ink.cell in cells for stroke in strokes_in(ink_place(cells[ink.cell], ink), ink)
    ]
    return replace(with_words(page, words_of(marks)), strokes=(*page.strokes, *strokes))


def _run(line: Words) -> Run:
    baseline = line.top_mm + mm((line.line_pt - line.size_pt) / 2 + 0.88 * line.size_pt)
    places, _ = shown_places_mm(line.text, size_pt=line.size_pt)
    return Run(line.left_mm, baseline, line.text, line.face, line.size_pt, places, gray=True)
