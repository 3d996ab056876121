"""Fitting short values to their cells: 14 → 12 → 10.5 points, then wrapped, then smaller until nothing is lost.

Leaders stand one below another, name and post side by side. The two long cells are fitted in fit.
"""

from __future__ import annotations

import math
from collections.abc import Sequence

from jiafang_desktop.documents.forms.fields import RecordFields
from jiafang_desktop.documents.forms.layout import RECORD, ROWS, SHORT_SIZES, inner_mm, mm, value_cell
from jiafang_desktop.documents.forms.plan import ShortText
from jiafang_desktop.domain.lines import text_width_em
from jiafang_desktop.domain.value_lines import value_lines

SPARE_MM = 1.0
# A value no office ever wrote still loses nothing: it gets as small as it must.
_SMALLER = (9.0, 8.0, 7.0, 6.0, 5.0, 4.0, 3.0, 2.0, 1.0)
_CELLS = {
    "visitee_name": "visitee", "visitee_post": "visitee", "address": "address", "spouse_name": "spouse",
    "spouse_work": "spouse",
}  # fmt: skip


def line_of(size_pt: float) -> float:
    """The exact line of a short cell's size: 22, 18, 15, then 1.3 times."""
    return {14.0: 22.0, 12.0: 18.0, 10.5: 15.0}.get(size_pt, round(size_pt * 1.3))


def fits_one_line(text: str, size_pt: float, width_mm: float) -> bool:
    """Whether ``text`` stands on one line with a millimetre to spare."""
    return text_width_em(text) * mm(size_pt) <= width_mm - SPARE_MM


def wrapped(text: str, size_pt: float, width_mm: float) -> tuple[tuple[str, int], ...]:
    """``text`` as (line, start) pairs at ``size_pt``, as many as any program needs; line feeds are kept as breaks."""
    return value_lines(text, width_mm=width_mm, size_pt=size_pt, spaced=True)


def leader_outdent_mm(line: str, size_pt: float) -> float:
    """How far into the cell's margins, on both sides, a leader's line must be let so that no program parts it.

    Ours may let the blank half of a comma at the end stand out; Word and LibreOffice would carry a whole character
    down instead, and a line more than planned is a line lost in a row of exact height.
    """
    fits = fits_one_line(line.rstrip(), size_pt, inner_mm(value_cell("leaders", "leader_post")))
    return 0.0 if fits else RECORD.leader_outdent_mm


def fit_short(text: str, *, width_mm: float, height_mm: float) -> ShortText:
    """One value in its cell (FORMS, short cells)."""
    if not text:
        return ShortText((), SHORT_SIZES[0], line_of(SHORT_SIZES[0]))
    if "\n" not in text:
        for size in SHORT_SIZES:
            if fits_one_line(text, size, width_mm):
                return ShortText(((text, 0),), size, line_of(size))
    found = ShortText((), 1.0, 1.0)
    for size in (SHORT_SIZES[-1], *_SMALLER):
        found = ShortText(wrapped(text, size, width_mm), size, line_of(size))
        if len(found.lines) * mm(found.line_pt) <= height_mm:
            break
    return found


def fit_cells(fields: RecordFields) -> dict[str, ShortText]:
    """Every short cell but the leaders'."""
    return {
        name: fit_short(
            fields.text(name), width_mm=inner_mm(value_cell(row, name)), height_mm=ROWS[row].height_mm
        )
        for name, row in _CELLS.items()
    }  # fmt: skip


def leaders_height_mm(count: int) -> float:
    """The leaders' row: 28 mm, taller from three leaders on so that each can sign."""
    taller = RECORD.leaders_base_mm + RECORD.leaders_each_mm * count
    return min(max(RECORD.leaders_mm, round(taller, 1)), RECORD.leaders_most_mm)


def fit_leaders(leaders: Sequence[tuple[str, str | None]], height_mm: float) -> tuple[ShortText, ShortText]:
    """(names, posts): leader by leader on the same lines, one size per cell, one pitch for both."""
    names = [name for name, _ in leaders]
    posts = [post or "" for _, post in leaders]
    width = inner_mm(value_cell("leaders", "leader_name"))
    found = (ShortText((), 14.0, RECORD.leader_line_pt), ShortText((), 14.0, RECORD.leader_line_pt))
    if not leaders:
        return found
    room_pt = height_mm / mm(1.0) - 3.0
    for smallest in (SHORT_SIZES[-1], *_SMALLER):
        name_size, post_size = _column_size(names, width, smallest), _column_size(posts, width, smallest)
        name_lines, post_lines = _side_by_side(
            [_name_lines(name, name_size, width) for name in names],
            [wrapped(post, post_size, width) for post in posts],
        )
        pitch = min(_pitch(name_size, post_size, len(name_lines), len(leaders)), room_pt // len(name_lines))
        found = ShortText(name_lines, name_size, pitch), ShortText(post_lines, post_size, pitch)
        if pitch >= 1.1 * max(name_size, post_size) or smallest == _SMALLER[-1]:
            break
    return found


def _name_lines(name: str, size_pt: float, width_mm: float) -> tuple[tuple[str, int], ...]:
    """A leader's name; one of two parts is parted behind its ·, where no program would by itself."""
    lines = wrapped(name, size_pt, width_mm)
    at = name.find("·") + 1
    parts = (name[:at], name[at:])
    if len(lines) == 2 and at and "\n" not in name and all(fits_one_line(part, size_pt, width_mm) for part in parts):
        return (parts[0], 0), (parts[1], at)
    return lines


def _pitch(name_size: float, post_size: float, lines: int, leaders: int) -> float:
    """22 points as on the pictures; where something is wrapped, as close as its letters allow, so that a leader's
    lines belong together."""
    if lines == leaders:
        return RECORD.leader_line_pt
    return max(line_of(min(name_size, post_size)), float(math.ceil(1.15 * max(name_size, post_size))))


def _column_size(texts: Sequence[str], width_mm: float, smallest: float) -> float:
    """The largest size at which every text stands on one line, else ``smallest``."""
    for size in (*SHORT_SIZES, *_SMALLER):
        if size <= smallest or all(fits_one_line(text, size, width_mm) for text in texts):
            return max(size, smallest)
    return smallest


def _side_by_side(
    names: Sequence[tuple[tuple[str, int], ...]], posts: Sequence[tuple[tuple[str, int], ...]]
) -> tuple[tuple[tuple[str, int], ...], tuple[tuple[str, int], ...]]:
    """Each leader's lines padded to the longer of name and post, with starts in the joined cell text."""
    left: list[tuple[str, int]] = []
    right: list[tuple[str, int]] = []
    offsets = [0, 0]
    for name, post in zip(names, posts, strict=True):
        depth = max(len(name), len(post), 1)
        for side, lines, which in ((left, name, 0), (right, post, 1)):
            base = offsets[which]
            side += [(text, base + start) for text, start in lines] + [("", -1)] * (depth - len(lines))
            offsets[which] = base + sum(len(text) for text, _ in lines) + 1  # a line feed between leaders
    return tuple(left), tuple(right)
