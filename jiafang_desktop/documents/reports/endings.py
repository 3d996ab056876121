"""Where 落款 stands: the date four characters from the right, the unit centred over it (GB/T 9704-2012, 7.3.5)."""

from __future__ import annotations

from jiafang_desktop.documents.reports.blocks import Ending, day_words
from jiafang_desktop.domain.lines import text_width_em

_DAY_RIGHT = 4.0
_LEAST_RIGHT = 1.0


def ending_indents(ending: Ending) -> tuple[float, float]:
    """(unit's, date's) distance from the right edge, in characters; a long unit moves the date under its middle."""
    unit, day = text_width_em(ending.unit), text_width_em(day_words(ending.day))
    unit_right = _DAY_RIGHT + (day - unit) / 2
    if unit_right >= _LEAST_RIGHT:
        return unit_right, _DAY_RIGHT
    return _LEAST_RIGHT, _LEAST_RIGHT + (unit - day) / 2
