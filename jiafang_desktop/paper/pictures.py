"""A page as a PNG: black on white, with its true size in the file."""

from __future__ import annotations

from PySide6.QtCore import QBuffer, QIODevice, Qt
from PySide6.QtGui import QImage, QPainter

from jiafang_desktop.domain.pages import Page
from jiafang_desktop.paper.application import ensure_application
from jiafang_desktop.paper.painting import paint_page

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
    gray = image.convertToFormat(QImage.Format.Format_Grayscale8)
    dots = round(dpi / _MM_PER_INCH * 1000)
    gray.setDotsPerMeterX(dots)
    gray.setDotsPerMeterY(dots)
    return gray


def page_png(page: Page, *, dpi: int) -> bytes:
    """The page as the bytes of a PNG file."""
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    if not page_image(page, dpi=dpi).save(buffer, "PNG"):  # type: ignore[call-overload]  # the stubs want bytes
        raise RuntimeError("Qt could not write a PNG")
    return bytes(buffer.data().data())
