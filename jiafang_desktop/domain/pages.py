"""A sheet of paper as text runs, rules and pen strokes at places: what the planner decides and the painter only paints.

Millimetres from the page's top left corner; type sizes in points (1 pt = 25.4/72 mm). Nothing here breaks lines
(domain.lines does) and nothing draws (paper does).
"""

from __future__ import annotations

from dataclasses import dataclass, field

MM_PER_PT = 25.4 / 72

# Faces by role; paper chooses the installed or bundled font for each.
FACES = ("fangsong", "xiaobiaosong", "heiti", "songti", "kaiti")


@dataclass(frozen=True, slots=True)
class Run:
    """One line's stretch of text in one face and size.

    ``places_mm`` gives each character's left edge relative to ``x_mm`` (same length as ``text`` in code points), so
    that justified and squeezed lines look the same everywhere; the painter never measures.
    ``cell`` names the form cell the run belongs to ("account", "visitee_name", "label", …).
    ``start`` is the index of the run's first character in the cell's source text (-1 for fixed words).
    """

    x_mm: float
    baseline_mm: float
    text: str
    face: str
    size_pt: float
    places_mm: tuple[float, ...]
    cell: str = "label"
    start: int = -1
    gray: bool = False


@dataclass(frozen=True, slots=True)
class Rule:
    """A straight line."""

    x1_mm: float
    y1_mm: float
    x2_mm: float
    y2_mm: float
    width_pt: float


@dataclass(frozen=True, slots=True)
class Stroke:
    """What a pen drew without being lifted: (x, y, width) in mm along its way; one point alone is a dot."""

    points_mm: tuple[tuple[float, float, float], ...]


@dataclass(frozen=True, slots=True)
class Box:
    """A form cell's outline (its rules' centre lines), for editors, tests and hit-testing; painters ignore it."""

    cell: str
    x_mm: float
    y_mm: float
    width_mm: float
    height_mm: float


@dataclass(frozen=True, slots=True)
class Page:
    """One side of one sheet."""

    width_mm: float
    height_mm: float
    runs: tuple[Run, ...]
    rules: tuple[Rule, ...]
    boxes: tuple[Box, ...] = field(default=())
    strokes: tuple[Stroke, ...] = field(default=())

    def box(self, cell: str) -> Box:
        """The outline of ``cell``; KeyError when the page has none."""
        for box in self.boxes:
            if box.cell == cell:
                return box
        raise KeyError(cell)


@dataclass(frozen=True, slots=True)
class Sheet:
    """A document ready to be painted. ``title`` is a neutral Chinese phrase without names (PDF metadata)."""

    title: str
    pages: tuple[Page, ...]
