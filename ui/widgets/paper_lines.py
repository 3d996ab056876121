"""Where carets stand in a cell of the planned sheet: the planner's lines seen as text positions.

Pure geometry over domain.pages, in millimetres and code points; it breaks no lines itself and paints nothing.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from jiafang_desktop.domain.advances import place_em
from jiafang_desktop.domain.pages import MM_PER_PT, Box, Page, Run, Sheet

_PADDING_MM = 1.5  # the form's own cell margin (FORMS, 附件2)
_ASCENT_EM, _DESCENT_EM = 0.92, 0.22  # of an ideograph over and under the baseline, as the caret shows it


@dataclass(frozen=True, slots=True)
class TextLine:
    """One printed line: caret places ``start``…``end`` and the left edge of each (the last is the line's right end)."""

    page: int
    start: int
    end: int
    edges_mm: tuple[float, ...]
    baseline_mm: float
    size_pt: float

    @property
    def top_mm(self) -> float:
        """Upper end of the caret."""
        return self.baseline_mm - _ASCENT_EM * self.size_pt * MM_PER_PT

    @property
    def bottom_mm(self) -> float:
        """Lower end of the caret."""
        return self.baseline_mm + _DESCENT_EM * self.size_pt * MM_PER_PT

    def x_mm(self, place: int) -> float:
        """Where a caret before character ``place`` stands."""
        return self.edges_mm[min(max(place - self.start, 0), len(self.edges_mm) - 1)]

    def place_at(self, x_mm: float) -> int:
        """The caret place nearest to ``x_mm``."""
        edges = self.edges_mm
        right = min(max(bisect_right(edges, x_mm), 0), len(edges) - 1)
        left = max(right - 1, 0)
        nearer = left if abs(x_mm - edges[left]) <= abs(edges[right] - x_mm) else right
        return self.start + nearer


class CellLines:
    """All lines of one cell; never empty, since a caret has to stand somewhere."""

    def __init__(self, sheet: Sheet, cell: str, text: str, *, first_page_box: Box, indented: bool) -> None:
        self._box, self._indented = first_page_box, indented
        printed = _printed_lines(sheet, cell)
        pitches = [b.baseline_mm - a.baseline_mm for a, b in pairwise(printed) if a.page == b.page]
        size_pt = printed[0].size_pt if printed else 14.0
        self._pitch_mm = min(pitches) if pitches else size_pt * MM_PER_PT * 22 / 14
        self.lines: tuple[TextLine, ...] = tuple(self._complete(printed, text, size_pt))

    def line_of(self, place: int, *, at_line_end: bool = False) -> int:
        """Index of the line a caret stands on; where a line wraps it belongs to the next unless ``at_line_end``."""
        for index, line in enumerate(self.lines):
            if place < line.end or (place == line.end and (at_line_end or self._ends_here(index))):
                return index
        return len(self.lines) - 1

    def at(self, page: int, x_mm: float, y_mm: float) -> tuple[int, bool]:
        """The caret place nearest to a point, and whether it stands at the end of a wrapped line."""
        here = [index for index, line in enumerate(self.lines) if line.page == page] or range(len(self.lines))
        best = min(here, key=lambda index: _distance(self.lines[index], y_mm))
        place = self.lines[best].place_at(x_mm)
        return place, self.wraps_at(best, place)

    def wraps_at(self, index: int, place: int) -> bool:
        """Whether ``place`` is where line ``index`` wraps: a caret put there means this line, not the next."""
        return place == self.lines[index].end and not self._ends_here(index)

    def _ends_here(self, index: int) -> bool:
        return index + 1 >= len(self.lines) or self.lines[index + 1].start > self.lines[index].end

    def _complete(self, printed: Sequence[TextLine], text: str, size_pt: float) -> list[TextLine]:
        """The printed lines with the places no run covers: dropped spaces, line ends, empty paragraphs."""
        if not printed:
            first = self._empty_line(None, 0, size_pt)
            return self._follow(first, text, len(text))
        lines: list[TextLine] = []
        for place, char in enumerate(text[: printed[0].start]):  # empty paragraphs before the first word
            if char == "\n":
                lines.append(self._empty_line(lines[-1] if lines else None, place, size_pt))
        for index, line in enumerate(printed):
            until = printed[index + 1].start if index + 1 < len(printed) else len(text)
            lines.extend(self._follow(line, text, until, last=index + 1 == len(printed)))
        return lines

    def _follow(self, line: TextLine, text: str, until: int, *, last: bool = True) -> list[TextLine]:
        found: list[TextLine] = []
        place = line.end
        while place < until:
            if text[place] == "\n":
                found.append(line)
                place += 1
                if place == until and not last:
                    return found
                line = self._empty_line(line, place, line.size_pt)
            else:
                step_mm = place_em(text[place]) * line.size_pt * MM_PER_PT
                place += 1
                line = replace(line, end=place, edges_mm=(*line.edges_mm, line.edges_mm[-1] + step_mm))
        return [*found, line]

    def _empty_line(self, above: TextLine | None, place: int, size_pt: float) -> TextLine:
        box, em_mm = self._box, size_pt * MM_PER_PT
        if not self._indented:
            x_mm = box.x_mm + box.width_mm / 2
            middle = box.y_mm + box.height_mm / 2
            first_mm = middle + (_ASCENT_EM - _DESCENT_EM) / 2 * em_mm
        else:
            x_mm = box.x_mm + _PADDING_MM + 2 * em_mm
            first_mm = box.y_mm + (self._pitch_mm - em_mm) / 2 + _ASCENT_EM * em_mm
        page, baseline_mm = (0, first_mm) if above is None else (above.page, above.baseline_mm + self._pitch_mm)
        return TextLine(page, place, place, (x_mm,), baseline_mm, size_pt)


def _printed_lines(sheet: Sheet, cell: str) -> list[TextLine]:
    rows: dict[tuple[int, int], list[Run]] = {}
    for number, page in enumerate(sheet.pages):
        for run in page.runs:
            if run.cell == cell and run.start >= 0 and run.text:
                rows.setdefault((number, round(run.baseline_mm * 100)), []).append(run)
    lines = [_line(number, sorted(runs, key=lambda run: run.start)) for (number, _), runs in rows.items()]
    return sorted(lines, key=lambda line: line.start)


def _line(page: int, runs: Sequence[Run]) -> TextLine:
    edges: list[float] = []
    start = runs[0].start
    end_mm = 0.0
    for run in runs:
        while len(edges) < run.start - start:  # characters between two runs that print nothing
            edges.append(end_mm)
        edges.extend(run.x_mm + place for place in run.places_mm)
        end_mm = edges[-1] + place_em(run.text[-1]) * run.size_pt * MM_PER_PT
    edges.append(end_mm)
    return TextLine(page, start, start + len(edges) - 1, tuple(edges), runs[0].baseline_mm, runs[0].size_pt)


def _distance(line: TextLine, y_mm: float) -> float:
    return max(line.top_mm - y_mm, y_mm - line.bottom_mm, 0.0)


def typed_run(cell: str, text: str, box: Box, *, right: bool = False, size_pt: float = 14.0) -> Run:
    """A run that shows a cell's raw text while it is typed (a date prints in another form than it is typed)."""
    em_mm = size_pt * MM_PER_PT
    places, x_mm = [], 0.0
    for char in text:
        places.append(x_mm)
        x_mm += place_em(char) * em_mm
    left_mm = box.x_mm + box.width_mm - x_mm if right else box.x_mm
    baseline_mm = box.y_mm + box.height_mm / 2 + (_ASCENT_EM - _DESCENT_EM) / 2 * em_mm
    return Run(left_mm, baseline_mm, text, "fangsong", size_pt, tuple(places), cell=cell, start=0)


def without_cell(page: Page, cell: str, *extra: Run) -> Page:
    """The page with a cell's runs taken out and others put in."""
    return replace(page, runs=(*(run for run in page.runs if run.cell != cell), *extra))


def points(text: str, units: int) -> int:
    """Qt counts UTF-16 units, the planner code points: the place after ``units`` units of ``text``."""
    return len(text.encode("utf-16-le")[: units * 2].decode("utf-16-le", "ignore"))


def units(text: str, place: int) -> int:
    """The other way."""
    return len(text[:place].encode("utf-16-le")) // 2
