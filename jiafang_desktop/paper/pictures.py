"""A page as a PNG, black on white; pen strokes as one without ground. Both have their true size in the file."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtCore import QBuffer, QIODevice, Qt
from PySide6.QtGui import QImage, QPainter

from jiafang_desktop.domain.pages import Page, Stroke
from jiafang_desktop.paper.application import ensure_application
from jiafang_desktop.paper.painting import paint_page, paint_strokes

_MM_PER_INCH = 25.4


def page_image(page: Page, *, dpi: int) -> QImage:
    """The page in shades of gray."""
    ensure_application()
    px_per_mm = dpi / _MM_PER_INCH
    image = QImage(round(page.width_mm * px_per_mm), round(page.height_mm * px_per_mm), QImage.Format.Format_RGB32)
    if image.isNull():
        raise MemoryError(f"no room for a picture of {dpi} dots per inch")
    image.fill(Qt.GlobalColor.white)
    painter = QPainter(image)
    paint_page(painter, page, px_per_mm=px_per_mm)
    painter.end()
    return _sized(image.convertToFormat(QImage.Format.Format_Grayscale8), dpi)


def page_png(page: Page, *, dpi: int) -> bytes:
    """The page as the bytes of a PNG file."""
    return _png(page_image(page, dpi=dpi))


def strokes_png(strokes: Iterable[Stroke], *, width_mm: float, height_mm: float, dpi: int) -> bytes:
    """Strokes on a ground one sees through, as the bytes of a PNG file."""
    ensure_application()
    px_per_mm = dpi / _MM_PER_INCH
    image = QImage(
        max(round(width_mm * px_per_mm), 1), max(round(height_mm * px_per_mm), 1), QImage.Format.Format_ARGB32
    )
    image.fill(Qt.GlobalColor.transparent)
    painter = QPainter(image)
    paint_strokes(painter, strokes, px_per_mm=px_per_mm)
    painter.end()
    return _png(_sized(image, dpi))


def _sized(image: QImage, dpi: int) -> QImage:
    dots = round(dpi / _MM_PER_INCH * 1000)
    image.setDotsPerMeterX(dots)
    image.setDotsPerMeterY(dots)
    return image


def _png(image: QImage) -> bytes:
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    if not image.save(buffer, "PNG"):  # type: ignore[call-overload]  # the stubs want bytes
        raise RuntimeError("Qt could not write a PNG")
    return bytes(buffer.data().data())
