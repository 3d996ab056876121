"""The line ruler on the desk beside a long cell: one bar per line the page holds, and the same in words.

It shows figures it is given; counting is the planner's, wording of what will happen is paper_foot's.
"""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QPainter

from ui import theme


@dataclass(frozen=True, slots=True)
class Ruler:
    """Lines a long cell holds on this page and how many are written; ``spilled`` when the rest goes to a 续页."""

    cell: str
    capacity: int
    used: int
    characters: int
    room: int
    size_pt: float
    line_pt: float
    spilled: bool = False

    @property
    def left(self) -> int:
        """Lines still free."""
        return max(self.capacity - self.used, 0)


def paint_ruler(painter: QPainter, ruler: Ruler, *, left: int, top: float, pitch: float, in_hand: bool) -> None:
    """Bars from ``top`` every ``pitch`` px at ``left``, words to their right; all in widget px."""
    full = ruler.spilled or ruler.used > ruler.capacity
    used = theme.color("amber" if full else "accent" if in_hand else "edge")
    free = theme.color("tint2" if in_hand else "hair")
    painter.setPen(Qt.PenStyle.NoPen)
    height = max(int(pitch * 0.78), 3)
    for line in range(ruler.capacity):
        painter.setBrush(used if line < ruler.used else free)
        painter.drawRect(QRect(left, round(top + line * pitch + (pitch - height) / 2), theme.dp(4), height))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    words_left, row = left + theme.dp(12), theme.dp(18)
    y = round(top)
    for text, strong in (
        (f"可容 {ruler.capacity} 行", False),
        (f"已写 {min(ruler.used, ruler.capacity)} 行", False),
        ("转续页" if full else f"还剩 {ruler.left} 行", True),
        (f"{ruler.characters}／{ruler.room} 字", False),
    ):
        painter.setFont(theme.font(12, bold=strong and (in_hand or full)))
        token = "amber" if strong and full else "accent" if strong and in_hand else "ink2"
        painter.setPen(theme.color(token))
        painter.drawText(QRect(words_left, y, theme.dp(110), row), Qt.AlignmentFlag.AlignVCenter, text)
        y += row
