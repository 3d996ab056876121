"""Printers and printing: the planned page at its true size and place on real paper, and refusals in words.

What a print means for a record stands in services; the dialog that asks is the windows'.
"""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QMarginsF
from PySide6.QtGui import QPageLayout, QPageSize, QPainter
from PySide6.QtPrintSupport import QPrinter, QPrinterInfo

from jiafang_desktop.common.errors import UserError
from jiafang_desktop.domain.pages import Page, Sheet
from jiafang_desktop.paper.application import ensure_application
from jiafang_desktop.paper.painting import paint_page

_MM_PER_INCH = 25.4
_OFFLINE_HINT = "请看看打印机的电源、连线和纸，再打印一次；也可以先“存为PDF”。"


@dataclass(frozen=True, slots=True)
class PrinterInfo:
    """A printer as the system calls it."""

    name: str
    is_default: bool


def printers() -> list[PrinterInfo]:
    """The printers of this computer, the default one first."""
    ensure_application()
    default = QPrinterInfo.defaultPrinterName()
    found = [PrinterInfo(name, name == default) for name in QPrinterInfo.availablePrinterNames()]
    return sorted(found, key=lambda info: not info.is_default)


def print_sheet(
    sheet: Sheet, *, printer_name: str, pages: tuple[int, ...], copies: int, offset_mm: tuple[float, float]
) -> None:
    """Print ``pages`` (from 1) of ``sheet``, shifted by ``offset_mm`` to the right and down.

    Raises:
        UserError: ``no_printer`` where there is none of that name, ``printer_offline`` where it takes nothing.
    """
    ensure_application()
    info = QPrinterInfo.printerInfo(printer_name) if printer_name else QPrinterInfo()
    if info.isNull():
        raise _no_printer(printer_name)
    if info.state() is QPrinter.PrinterState.Error:
        raise _offline(printer_name)
    printer = QPrinter(info, QPrinter.PrinterMode.HighResolution)
    printer.setColorMode(QPrinter.ColorMode.GrayScale)
    printer.setDocName(sheet.title)
    repeats = copies
    if copies > 1 and printer.supportsMultipleCopies():
        printer.setCopyCount(copies)
        printer.setCollateCopies(True)
        repeats = 1
    chosen = [sheet.pages[number - 1] for number in pages]
    if chosen:
        paint_onto(printer, chosen * repeats, offset_mm=offset_mm)


def paint_onto(printer: QPrinter, pages: list[Page], *, offset_mm: tuple[float, float]) -> None:
    """Paint ``pages`` on a printer that is set up; each lies as its own shape asks.

    Raises:
        UserError: ``printer_offline``.
    """
    _lay(printer, pages[0])
    painter = QPainter()
    if not painter.begin(printer):
        raise _offline(printer.printerName())
    try:
        for number, page in enumerate(pages):
            if number:
                _lay(printer, page)
                if not printer.newPage():
                    raise _offline(printer.printerName())
            _paint(painter, printer, page, offset_mm)
    finally:
        ended = painter.end()
    if not ended or printer.printerState() in (QPrinter.PrinterState.Error, QPrinter.PrinterState.Aborted):
        raise _offline(printer.printerName())


def _lay(printer: QPrinter, page: Page) -> None:
    """A4 upright or lying, measured from the paper's edge: the plan has its own margins."""
    lying = page.width_mm > page.height_mm
    way = QPageLayout.Orientation.Landscape if lying else QPageLayout.Orientation.Portrait
    layout = QPageLayout(QPageSize(QPageSize.PageSizeId.A4), way, QMarginsF(0, 0, 0, 0))
    layout.setMode(QPageLayout.Mode.FullPageMode)
    printer.setFullPage(True)
    printer.setPageLayout(layout)


def _paint(painter: QPainter, printer: QPrinter, page: Page, offset_mm: tuple[float, float]) -> None:
    across, down = printer.logicalDpiX() / _MM_PER_INCH, printer.logicalDpiY() / _MM_PER_INCH
    painter.save()
    painter.scale(1.0, down / across)  # some printers have more dots one way than the other
    painter.translate(offset_mm[0] * across, offset_mm[1] * across)
    paint_page(painter, page, px_per_mm=across)
    painter.restore()


def _no_printer(name: str) -> UserError:
    if not name:
        return UserError("no_printer", "这台电脑上没有找到打印机。", hint="请接好打印机并安装驱动，或先“存为PDF”。")
    return UserError(
        "no_printer", f"找不到打印机“{name}”。", hint="它可能已被移除或改名，请另选一台，或先“存为PDF”。",
        details={"printer": name},
    )  # fmt: skip


def _offline(name: str) -> UserError:
    return UserError("printer_offline", f"打印机“{name}”没有接受打印。", hint=_OFFLINE_HINT, details={"printer": name})
