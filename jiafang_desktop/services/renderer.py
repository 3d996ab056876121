"""Who draws papers, as the services know him: a Protocol over ``domain.pages``; ui and cli hand one in at start.

Nothing is drawn here (paper does that), and nothing here knows Qt.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Protocol

from jiafang_desktop.domain.pages import Sheet, Stroke


class Renderer(Protocol):
    """Draws a planned sheet into files. Folders exist and targets may be overwritten: services.files sees to both."""

    def pdf(self, sheet: Sheet, target: Path, *, title: str) -> None:
        """All pages as one PDF; ``title`` stands in its properties and names nobody."""

    def png(self, sheet: Sheet, target: Path, *, dpi: int = 150) -> list[Path]:
        """A picture per page, F.png, F-2.png, …; the files in page order."""

    def strokes_png(self, strokes: Sequence[Stroke], *, width_mm: float, height_mm: float) -> bytes:
        """Pen strokes as a PNG of 600 dpi without ground, for Word documents."""

    def missing(self, sheet: Sheet) -> str:
        """The characters no font here has (缺字), each once: they come out as 〓."""
