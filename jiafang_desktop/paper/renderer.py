"""The renderer that windows and command line hand to the services: a planned sheet as PDF and PNG files."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from jiafang_desktop.domain.pages import Sheet, Stroke

_STROKES_DPI = 600


class QtRenderer:
    """Draws sheets into files (services.renderer.Renderer). Works without windows, on any one thread at a time.

    Where no application object exists yet a windowless one is made: the first call must then be on the main thread.
    Both verbs raise UserError ``disk_full file_busy not_writable``; nothing is left of a file that was not finished.
    """

    def pdf(self, sheet: Sheet, target: Path, *, title: str) -> None:
        """All pages as one PDF; its only property is ``title``, which names nobody."""
        from jiafang_desktop.paper.pdf import write_pdf
        from jiafang_desktop.paper.writing import whole_file

        with whole_file(target) as file:
            write_pdf(sheet, file, title=title)

    def png(self, sheet: Sheet, target: Path, *, dpi: int = 150) -> list[Path]:
        """A picture per page, F.png, F-2.png, …; the files in page order."""
        from jiafang_desktop.paper.pictures import page_png
        from jiafang_desktop.paper.writing import whole_file

        places = []
        for number, page in enumerate(sheet.pages, start=1):
            place = target if number == 1 else target.with_name(f"{target.stem}-{number}{target.suffix}")
            with whole_file(place) as file:
                file.write(page_png(page, dpi=dpi))
            places.append(place)
        return places

    def strokes_png(self, strokes: Sequence[Stroke], *, width_mm: float, height_mm: float) -> bytes:
        """Pen strokes as a picture of 600 dpi without ground, for Word documents."""
        from jiafang_desktop.paper.pictures import strokes_png

        return strokes_png(strokes, width_mm=width_mm, height_mm=height_mm, dpi=_STROKES_DPI)

    def missing(self, sheet: Sheet) -> str:
        """The characters no font here has (缺字), each once."""
        from jiafang_desktop.paper.fonts import missing_on

        return missing_on(sheet)
