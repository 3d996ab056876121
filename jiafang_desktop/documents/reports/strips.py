"""A strip: what stands side by side across the text area, its places counted from the strip's own top."""

from __future__ import annotations

from dataclasses import dataclass

from jiafang_desktop.domain.pages import MM_PER_PT, Rule, Run


@dataclass(frozen=True, slots=True)
class Strip:
    """One line, or one row of a table.

    ``keeps``: stays with the next strip. ``again`` is put first on a new page that begins with this strip (a table's
    titles).
    """

    height_mm: float
    runs: tuple[Run, ...] = ()
    rules: tuple[Rule, ...] = ()
    keeps: bool = False
    again: Strip | None = None


def mm(points: float) -> float:
    """Points in millimetres."""
    return points * MM_PER_PT
