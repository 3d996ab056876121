"""A page's runs as glyphs at places: which font sets each run, shared by everything that draws.

Nothing is drawn here and nothing is measured: places come from the plan, fonts from fonts.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from jiafang_desktop.domain.pages import Page, Run
from jiafang_desktop.paper import fonts
from jiafang_desktop.paper.fonts import Glyph, Typeface


@dataclass(frozen=True, slots=True)
class Letter:
    """One visible character of a run: ``char`` as typed, ``place_mm`` from the run's start, and what draws it."""

    char: str
    place_mm: float
    font: Typeface
    glyph: Glyph


def set_page(page: Page) -> Iterator[tuple[Run, list[Letter]]]:
    """The page's runs in their order, each with its letters."""
    words: dict[tuple[str, str], str] = {}
    for run in page.runs:
        key = (run.cell, run.face)
        words[key] = words.get(key, "") + run.text
    for run in page.runs:
        # Fixed words share one name all over the page; each stands for itself.
        whole = run.text if run.cell == "label" else words[run.cell, run.face]
        yield run, _letters(run, fonts.typeface(run.face, whole))


def _letters(run: Run, font: Typeface) -> list[Letter]:
    letters = []
    dash = fonts.joined_dash(run.face) if fonts.DASH in run.text else None
    for char, place in zip(run.text, run.places_mm, strict=True):
        glyph = font.glyph(char)
        if char == fonts.DASH and dash is not None:
            letters.append(Letter(char, place, *dash))
        elif glyph is not None:
            letters.append(Letter(char, place, font, glyph))
        elif not fonts.invisible(char):
            letters.append(_stranger(run.face, char, place))
    return letters


def _stranger(face: str, char: str, place: float) -> Letter:
    """A character the cell's font lacks: from another font, else the printer's mark for missing type."""
    found = fonts.anywhere(face, char) or fonts.anywhere(face, fonts.MISSING)
    if found is None:  # pragma: no cover - every bundled font has the mark
        raise RuntimeError("no font has the mark for missing characters")
    return Letter(char, place, *found)
