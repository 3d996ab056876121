"""Pages laid on the desk: which part of each page is shown, where it lies, and its ink as a pixmap.

Shared by the editor's canvas and the preview; no text is edited and nothing is planned here.
"""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtGui import QPainter, QPixmap

from jiafang_desktop.domain.pages import MM_PER_PT, Box, Page, Sheet
from jiafang_desktop.paper.painting import paint_page
from ui import theme

_SIDE_PX, _TOP_PX, _GAP_PX, _RIGHT_PX = 30, 8, 24, 140
# Where 附件2 has its second line, for cells without an outline of their own (FORMS).
_LINE_BOXES = {
    "date": Box("date", 112.0, 51.0, 44.0, 8.5),
    "number": Box("number", 169.0, 51.0, 15.0, 8.5),
}


@dataclass(frozen=True, slots=True)
class PageFrame:
    """A page's shown part: ``rect`` on the desk in px; ``x_mm``, ``y_mm`` of the page lie at ``rect``'s corner."""

    rect: QRect
    x_mm: float
    y_mm: float

    def to_px(self, x_mm: float, y_mm: float, px_per_mm: float) -> tuple[float, float]:
        """A place of the page on the desk."""
        return self.rect.left() + (x_mm - self.x_mm) * px_per_mm, self.rect.top() + (y_mm - self.y_mm) * px_per_mm

    def to_mm(self, point: QPoint, px_per_mm: float) -> tuple[float, float]:
        """A point of the desk on the page."""
        x_mm = self.x_mm + (point.x() - self.rect.left()) / px_per_mm
        return x_mm, self.y_mm + (point.y() - self.rect.top()) / px_per_mm


def font_px(px_per_mm: float) -> int:
    """How many px 14 pt take at this scale."""
    return round(14 * MM_PER_PT * px_per_mm)


def px_per_mm_for(font: int) -> float:
    """The scale at which 14 pt is a whole number of px, so lines break on screen as on paper (THEME trap 11)."""
    return font / (14 * MM_PER_PT)


def shown_mm(page: Page) -> tuple[float, float, float, float]:
    """Left, top, right and bottom of what is written or ruled on a page."""
    lefts = [rule.x1_mm for rule in page.rules] or [28.0]
    rights = [rule.x2_mm for rule in page.rules] or [184.0]
    tops = [run.baseline_mm - run.size_pt * MM_PER_PT for run in page.runs] + [rule.y1_mm for rule in page.rules]
    bottoms = [run.baseline_mm + 2.0 for run in page.runs] + [rule.y2_mm for rule in page.rules]
    return min(lefts), min(tops, default=37.0), max(rights), max(bottoms, default=260.0)


def frame_pages(sheet: Sheet, px_per_mm: float, width: int) -> tuple[PageFrame, ...]:
    """Lay the pages one under the other, margins cut to 30 px, a little left of the middle for the rulers."""
    side, gap = theme.dp(_SIDE_PX), theme.dp(_GAP_PX)
    frames: list[PageFrame] = []
    top = theme.dp(_TOP_PX)
    for page in sheet.pages:
        left_mm, top_mm, right_mm, bottom_mm = shown_mm(page)
        page_width = round((right_mm - left_mm) * px_per_mm) + 2 * side
        page_height = round((bottom_mm - top_mm) * px_per_mm) + 2 * side
        free = width - page_width
        left = max(min(free // 2, free - theme.dp(_RIGHT_PX)), theme.dp(12))
        rect = QRect(left, top, page_width, page_height)
        frames.append(PageFrame(rect, left_mm - side / px_per_mm, top_mm - side / px_per_mm))
        top += page_height + gap
    return tuple(frames)


def box_of(sheet: Sheet, cell: str) -> Box:
    """A cell's outline on the first page."""
    if sheet.pages:
        for box in sheet.pages[0].boxes:
            if box.cell == cell:
                return box
    return _LINE_BOXES.get(cell, Box(cell, 28.0, 60.0, 40.0, 14.0))


def ink_of(page: Page, frame: PageFrame, px_per_mm: float, ratio: float) -> QPixmap:
    """The page's words and rules on nothing, to be laid over whatever helps beneath them."""
    pixmap = QPixmap(frame.rect.size() * ratio)
    pixmap.setDevicePixelRatio(ratio)
    pixmap.fill(Qt.GlobalColor.transparent)
    painter = QPainter(pixmap)
    painter.translate(-frame.x_mm * px_per_mm, -frame.y_mm * px_per_mm)
    paint_page(painter, page, px_per_mm=px_per_mm)
    painter.end()
    return pixmap
