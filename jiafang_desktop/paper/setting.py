"""A page's runs as glyphs at places: which font sets each run, shared by everything that draws.

Nothing is drawn here and nothing is measured: places come from the plan, fonts from fonts.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from jiafang_desktop.domain.pages import Page, Run, Stroke
from jiafang_desktop.paper import fonts
from jiafang_desktop.paper.fonts import Glyph, Typeface


@dataclass(frozen=True, slots=True)
class Piece:
    """Characters of a run that one font draws; places are from the run's start, what needs no ink is left out."""

    font: Typeface
    text: str
    places_mm: Sequence[float]
    glyphs: Sequence[Glyph]


def set_page(page: Page) -> Iterator[tuple[Run, list[Piece]]]:
    """The page's runs in their order, each in as few pieces as there are changes of font: nearly always one."""
    words: dict[tuple[str, str], str] = {}
    for run in page.runs:
        key = (run.cell, run.face)
        words[key] = words.get(key, "") + run.text
    chosen: dict[tuple[str, str], Typeface] = {}
    for run in page.runs:
        # Fixed words share one name all over the page; each stands for itself.
        if run.cell == "label":
            font = fonts.typeface(run.face, run.text)
        else:
            key = (run.cell, run.face)
            font = chosen.get(key) or chosen.setdefault(key, fonts.typeface(run.face, words[key]))
        yield run, _pieces(run, font)


Point = tuple[float, float, float]
_DOT_MM = 0.001  # a line of no length is not drawn everywhere


def stretches(stroke: Stroke) -> Iterator[tuple[Point, Point]]:
    """A stroke's straight stretches, a dot as one that is too short to be seen as a line."""
    points = stroke.points_mm
    if len(points) == 1:
        x, y, width = points[0]
        yield points[0], (x + _DOT_MM, y, width)
    yield from itertools.pairwise(points)


def _pieces(run: Run, font: Typeface) -> list[Piece]:
    text = run.text
    if not text:
        return []
    if font.drawable.issuperset(text):
        known = font.drawable_glyphs
        return [Piece(font, text, run.places_mm, [known[char] for char in text])]
    pieces: list[Piece] = []
    for char, place in zip(text, run.places_mm, strict=True):
        found = _letter(run.face, font, char)
        if found is None:
            continue
        own, glyph = found
        if pieces and pieces[-1].font is own:
            last = pieces.pop()
            pieces.append(Piece(own, last.text + char, [*last.places_mm, place], [*last.glyphs, glyph]))
        else:
            pieces.append(Piece(own, char, [place], [glyph]))
    return pieces


def _letter(face: str, font: Typeface, char: str) -> tuple[Typeface, Glyph] | None:
    """What draws ``char`` in a cell set in ``font``; None where there is nothing to draw."""
    if char == fonts.DASH:
        # The two of —— must touch; a face that draws them shorter than their room borrows one.
        joined = fonts.joined_dash(face)
        if joined is not None:
            return joined
    glyph = font.glyph(char)
    if glyph is not None:
        return font, glyph
    if fonts.invisible(char):
        return None
    # From another font, else the printer's mark for missing type.
    found = fonts.anywhere(face, char) or fonts.anywhere(face, fonts.MISSING)
    if found is None:  # pragma: no cover - every bundled font has the mark
        raise RuntimeError("no font has the mark for missing characters")
    return found
