"""The program's own drawings: one metaphor per word, stroked in any ink, sharp at any scale.

The drawings lie in resources/icons on a 24-unit grid; which word wears which is the pages' choice.
"""

from __future__ import annotations

from functools import cache

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QGuiApplication, QIcon, QPainter, QPixmap
from PySide6.QtSvg import QSvgRenderer

from jiafang_desktop.common.paths import resource
from ui import theme

_INK, _STROKE = b"currentColor", b'stroke-width="2"'
_WIDTH, _LEAST_PX = 2.1, 1.5  # 1.6 px at 18 px; smaller drawings don't grow thinner than a pixel and a half


def pixmap(name: str, size_px: int, token: str = "ink2") -> QPixmap:
    """The drawing ``size_px`` wide and high in window px, in the ink ``token``; sharp on the densest screen."""
    return _drawn(name, size_px, theme.name(token), _ratio())


def icon(name: str, size_px: int, token: str = "ink2") -> QIcon:
    """The same for buttons, with its disabled ink."""
    made = QIcon(pixmap(name, size_px, token))
    made.addPixmap(pixmap(name, size_px, "disabled"), QIcon.Mode.Disabled)
    return made


def names() -> tuple[str, ...]:
    """All drawings there are."""
    return tuple(sorted(path.stem for path in resource("icons").glob("*.svg")))


def _ratio() -> float:
    return max((screen.devicePixelRatio() for screen in QGuiApplication.screens()), default=1.0)


@cache
def _drawing(name: str) -> bytes:
    return resource("icons", f"{name}.svg").read_bytes()


@cache
def _drawn(name: str, size_px: int, ink: str, ratio: float) -> QPixmap:
    width = max(_WIDTH, _LEAST_PX * 24 / size_px)
    drawing = _drawing(name).replace(_INK, ink.encode()).replace(_STROKE, f'stroke-width="{width:.2f}"'.encode())
    renderer = QSvgRenderer(drawing)
    side = round(size_px * ratio)
    drawn = QPixmap(side, side)
    drawn.fill(Qt.GlobalColor.transparent)
    painter = QPainter(drawn)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    renderer.render(painter, QRectF(0, 0, side, side))
    painter.end()
    drawn.setDevicePixelRatio(ratio)
    return drawn
