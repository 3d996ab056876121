"""Pen strokes on paper: the same ink in pictures and PDF, round, as wide as the pen was, and without a ground."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest
from PySide6.QtGui import QImage

from jiafang_desktop.domain.pages import Page, Sheet, Stroke
from jiafang_desktop.paper import QtRenderer

pytestmark = pytest.mark.usefixtures("qapp")
WAVY = Stroke(tuple((20.0 + at, 30.0 + (at % 5) * 2.0, 0.3 + 0.05 * at) for at in range(30)))
DOT = Stroke(((70.0, 30.0, 2.0),))
SHEET = Sheet("试", (Page(100.0, 60.0, (), (), (), (WAVY, DOT)),))
DPI = 200


def ink(image: QImage) -> list[list[bool]]:
    return [[image.pixelColor(x, y).lightness() < 128 for x in range(image.width())] for y in range(image.height())]


def test_pictures_and_pdf_have_the_same_ink(tmp_path: Path) -> None:
    (picture,) = QtRenderer().png(SHEET, tmp_path / "a.png", dpi=DPI)
    QtRenderer().pdf(SHEET, tmp_path / "a.pdf", title="试")
    subprocess.run(
        ["pdftoppm", "-png", "-r", str(DPI), str(tmp_path / "a.pdf"), str(tmp_path / "pdf")], check=True, timeout=60
    )
    ours, theirs = ink(QImage(str(picture))), ink(QImage(str(next(tmp_path.glob("pdf-*.png")))))
    total = sum(map(sum, ours))
    differ = sum(a != b for row, other in zip(ours, theirs, strict=False) for a, b in zip(row, other, strict=False))
    assert total > 2000 and differ < total * 0.08
    assert (tmp_path / "a.pdf").read_bytes().count(b"/Image") == 0


def test_a_dot_is_round_and_as_wide_as_the_pen(tmp_path: Path) -> None:
    (picture,) = QtRenderer().png(SHEET, tmp_path / "a.png", dpi=DPI)
    rows = ink(QImage(str(picture)))
    mm = DPI / 25.4
    middle = [x for x, on in enumerate(rows[round(30 * mm)]) if on and x > 65 * mm]
    assert abs(len(middle) / mm - 2.0) < 0.3
    assert not rows[round(29.2 * mm)][round(69.2 * mm)]  # a corner of the square round it


def test_the_picture_for_word_is_clear_where_nothing_was_drawn() -> None:
    data = QtRenderer().strokes_png((Stroke(((1.0, 1.0, 0.5), (28.0, 12.0, 0.5))),), width_mm=30.0, height_mm=13.0)
    image = QImage.fromData(data)
    assert (image.width(), image.height()) == (709, 307) and round(image.dotsPerMeterX() * 0.0254) == 600
    assert image.pixelColor(700, 5).alpha() == 0 and image.pixelColor(354, 157).alpha() == 255
    assert len(data) < 20_000
