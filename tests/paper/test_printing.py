"""Printing on a printer that prints into a file: true size, chosen pages, shifted by millimetres, refusals in words."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from paper_samples import Ink, ledger, picture_of_pdf, record, run_tool
from PySide6.QtPrintSupport import QPrinter

from jiafang_desktop.common.errors import UserError
from jiafang_desktop.paper import printing

pytestmark = pytest.mark.usefixtures("qapp")
TABLE_TOP_MM = 59.58


def file_printer(target: Path) -> QPrinter:
    printer = QPrinter(QPrinter.PrinterMode.HighResolution)
    printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
    printer.setOutputFileName(str(target))
    return printer


def printed(folder: Path, *, shift: tuple[float, float] = (0.0, 0.0)) -> Path:
    target = folder / "printed.pdf"
    printing.paint_onto(file_printer(target), [record().pages[0], ledger("matrix").pages[0]], offset_mm=shift)
    return target


def corner(ink: Ink) -> tuple[float, float]:
    """Where the table's frame begins: its left edge beside the long cell, then the upper end of that edge."""
    edge = ink.box(0, 110, 100, 120)
    assert edge is not None
    found = ink.box(0, 0, edge[0] + 0.2, 120)
    assert found is not None
    return edge[0], found[1]


def test_pages_come_out_at_their_true_size_each_lying_its_own_way(tmp_path: Path) -> None:
    target = printed(tmp_path)
    sizes = re.findall(r"Page\s+\d size:\s+([\d.]+) x ([\d.]+)", run_tool("pdfinfo", "-l", "2", target))
    assert [(round(float(a)), round(float(b))) for a, b in sizes] == [(595, 842), (842, 595)]
    left, top = corner(picture_of_pdf(target, 1, tmp_path))
    assert left == pytest.approx(28 - 0.26, abs=0.2) and top == pytest.approx(TABLE_TOP_MM - 0.26, abs=0.2)


def test_a_shift_moves_everything_by_so_many_millimetres(tmp_path: Path) -> None:
    still = corner(picture_of_pdf(printed(tmp_path), 1, tmp_path))
    moved = corner(picture_of_pdf(printed(tmp_path, shift=(3.5, -2.0)), 1, tmp_path))
    assert moved[0] - still[0] == pytest.approx(3.5, abs=0.1)
    assert moved[1] - still[1] == pytest.approx(-2.0, abs=0.1)


@pytest.mark.parametrize("name", ["", "不存在的打印机"])
def test_without_that_printer_the_clerk_hears_so(name: str) -> None:
    with pytest.raises(UserError) as refused:
        printing.print_sheet(record(), printer_name=name, pages=(1,), copies=1, offset_mm=(0.0, 0.0))
    assert refused.value.code == "no_printer"
    assert "存为PDF" in refused.value.hint and (not name or name in refused.value.message)


@pytest.mark.qt_log_ignore("QPainter::begin")  # Qt says so too
def test_a_printer_that_takes_nothing_is_said_to_be_offline(tmp_path: Path) -> None:
    printer = file_printer(tmp_path / "没有" / "printed.pdf")
    with pytest.raises(UserError) as refused:
        printing.paint_onto(printer, list(record().pages), offset_mm=(0.0, 0.0))
    assert refused.value.code == "printer_offline" and refused.value.hint


def test_printers_are_listed_with_the_default_one_first() -> None:
    found = printing.printers()
    assert found == sorted(found, key=lambda info: not info.is_default)
    assert sum(info.is_default for info in found) <= 1
