"""Both papers painted and measured with the office's ruler: every line of FORMS within 0.3 mm, nothing in the margins.

The measures are written here once more on purpose: the layout tables must not be asked about themselves.
"""

from __future__ import annotations

from dataclasses import replace
from itertools import accumulate
from pathlib import Path

import pytest
from paper_samples import Ink, ledger, picture_of_pdf, record
from PySide6.QtCore import QPointF
from PySide6.QtGui import QColor, QImage, QPainter
from pytestqt.qtbot import QtBot

from jiafang_desktop.domain.pages import MM_PER_PT, Page, Rule, Sheet
from jiafang_desktop.paper import QtRenderer
from jiafang_desktop.paper.painting import paint_page
from jiafang_desktop.paper.pictures import page_image

pytestmark = pytest.mark.usefixtures("qapp")
WITHIN_MM = 0.3
# FORMS, 附件2: margins, then title line 34 pt + 6 pt and second line 24 pt over the table.
RECORD_TOP = 37 + 64 * MM_PER_PT
RECORD_ROWS = {
    20.0: (0, 18, 60, 84, 156), 14.0: (0, 18, 156), 18.0: (0, 18, 60, 84, 156), 59.7: (0, 18, 156), 43.3: (0, 18, 156),
    28.0: (0, 18, 42, 60, 84, 120, 156),
}  # fmt: skip
# FORMS, 附件1: title 32 pt, second line 22 pt, a header 14 high and rows of 10.2.
LEDGER_TOP = 28 + 54 * MM_PER_PT
LEDGER_COLUMNS = {"plain": (12, 24, 36, 24, 36, 24, 49, 20), "matrix": (30, 13, 32, 45, 32, 45, 28)}


def check_rule(ink: Ink, x: float, y: float, width_pt: float, *, upright: bool) -> None:
    found = ink.rule_at(x, y, upright=upright)
    assert found is not None, (x, y, "no rule")
    place, thick = found
    assert abs(place - (x if upright else y)) <= WITHIN_MM, (x, y, found)
    assert abs(thick - width_pt * MM_PER_PT) <= 0.13, (x, y, found)


def check_record_table(ink: Ink) -> None:
    y = RECORD_TOP
    for place, (height, columns) in enumerate(RECORD_ROWS.items()):
        for x in columns:
            outer = x in (0, 156)
            for share in (0.25, 0.5, 0.75):
                check_rule(ink, 28 + x, y + share * height, 1.5 if outer else 0.75, upright=True)
        for x in columns[:-1]:  # in the cells' side margins no letter comes near
            check_rule(ink, 28 + x + 0.8, y, 1.5 if place == 0 else 0.75, upright=False)
        y += height
    check_rule(ink, 29.0, y, 1.5, upright=False)
    assert y == pytest.approx(242.6, abs=0.1)


@pytest.mark.parametrize("kind", ["blank", "filled"])
def test_every_rule_of_the_record_form_stands_where_the_office_wants_it(kind: str) -> None:
    check_record_table(Ink.of(record(kind)))


@pytest.mark.parametrize("variant", ["plain", "matrix"])
@pytest.mark.parametrize("rows", [0, 11])
def test_every_rule_of_the_ledger_stands_where_the_office_wants_it(variant: str, rows: int) -> None:
    ink = Ink.of(ledger(variant, rows))
    edges = [35.0, *accumulate(LEDGER_COLUMNS[variant], initial=35.0)][1:]
    lines = [LEDGER_TOP, *accumulate([14.0, *[10.2] * 11], initial=LEDGER_TOP)][1:]
    assert edges[-1] == 260.0
    for y, below in zip(lines, [*lines[1:], None], strict=True):
        for x in edges[:-1]:
            if variant == "matrix" and x == 35.0 and y == LEDGER_TOP:
                continue  # here the diagonal begins
            check_rule(ink, x + 0.6, y, 1.5 if y in (lines[0], lines[-1]) else 0.75, upright=False)
        if below is not None:
            for x in edges:
                check_rule(ink, x, (y + below) / 2, 1.5 if x in (35.0, 260.0) else 0.75, upright=True)


def test_the_ledgers_first_cell_is_parted_from_corner_to_corner() -> None:
    ink = Ink.of(ledger("matrix"))
    for share in (0.15, 0.5, 0.85):
        found = ink.rule_at(35 + 30 * share, LEDGER_TOP + 14 * share, upright=False)
        assert found is not None
        assert abs(found[0] - (LEDGER_TOP + 14 * share)) <= WITHIN_MM
    over, under = ink.box(52, LEDGER_TOP + 0.6, 64.5, LEDGER_TOP + 6), ink.box(36, LEDGER_TOP + 8, 46, LEDGER_TOP + 13)
    assert over is not None and under is not None  # 内容 and 时间


@pytest.mark.parametrize("kind", ["blank", "filled", "long"])
def test_nothing_of_the_record_form_is_in_its_margins(kind: str) -> None:
    for page in range(len(record(kind).pages)):
        ink = Ink.of(record(kind), page)
        found = ink.box(0, 0, 210, 297)
        assert found is not None
        left, top, right, bottom = found
        assert left >= 28 - 0.5 and right <= 184 + 0.5  # the frame's own half width outside
        assert top >= 37 and bottom <= 262


@pytest.mark.parametrize("variant", ["plain", "matrix"])
def test_only_the_page_number_is_in_the_ledgers_margins(variant: str) -> None:
    sheet = ledger(variant, 20)
    assert len(sheet.pages) == 2
    for page in range(2):
        ink = Ink.of(sheet, page)
        body = ink.box(0, 0, 297, 184.5)
        foot = ink.box(0, 185, 297, 210)
        assert body is not None and foot is not None
        assert body[0] >= 34.5 and body[2] <= 260.5 and body[1] >= 28 - 0.5
        assert abs((foot[0] + foot[2]) / 2 - 147.5) < 1.0  # 第 n 页 共 m 页 in the middle of the text's width
        assert 188 < foot[1] < foot[3] < 195.5


@pytest.mark.parametrize("sheet", [record("filled"), record("long"), ledger("plain"), ledger("matrix")])
def test_there_is_ink_wherever_a_run_has_words(sheet: Sheet) -> None:
    for number, page in enumerate(sheet.pages):
        ink = Ink.of(sheet, number)
        for run in page.runs:
            em = run.size_pt * MM_PER_PT
            for char, place in zip(run.text, run.places_mm, strict=True):
                if char.isspace():
                    continue
                left = run.x_mm + place
                found = ink.box(left - 0.05 * em, run.baseline_mm - 0.9 * em, left + em, run.baseline_mm + 0.15 * em)
                assert found is not None, (run.cell, char)


@pytest.mark.parametrize(
    "cell", ["visitee_name", "visitee_post", "address", "spouse_name", "leader_name", "leader_post"]
)
def test_short_values_stand_in_the_middle_of_their_cells(cell: str) -> None:
    page = record("filled").pages[0]
    box = page.box(cell)
    found = Ink.of(record("filled")).box(
        box.x_mm + 0.6, box.y_mm + 0.6, box.x_mm + box.width_mm - 0.6, box.y_mm + box.height_mm - 0.6
    )
    assert found is not None
    assert abs((found[0] + found[2]) / 2 - (box.x_mm + box.width_mm / 2)) < 0.6
    assert abs((found[1] + found[3]) / 2 - (box.y_mm + box.height_mm / 2)) < 0.6


def test_every_full_line_of_a_long_cell_ends_at_the_same_edge() -> None:
    page = record("long").pages[0]
    ink = Ink.of(record("long"))
    lines = [run for run in page.runs if run.cell == "account" and run.start >= 0]
    ends = []
    for run in lines[:-1]:
        em = run.size_pt * MM_PER_PT
        found = ink.box(46.6, run.baseline_mm - 0.9 * em, 183.5, run.baseline_mm + 0.1 * em)
        assert found is not None
        if run.text[-1] not in "，。；：、”）":
            ends.append(found[2])
    assert len(ends) > 3
    assert max(ends) <= 182.5 + 0.1  # the cell's inner margin
    assert max(ends) - min(ends) < 0.7  # letters do not all fill their room


def test_the_pdf_as_another_program_paints_it_has_the_same_rules(tmp_path: Path) -> None:
    target = tmp_path / "记录单.pdf"
    QtRenderer().pdf(record("filled"), target, title="领导干部家访记录单")
    check_record_table(picture_of_pdf(target, 1, tmp_path))


def test_pdf_and_screen_put_letters_in_the_same_places(tmp_path: Path) -> None:
    target = tmp_path / "台账.pdf"
    QtRenderer().pdf(ledger("matrix"), target, title="领导干部家访台账")
    theirs, ours = picture_of_pdf(target, 1, tmp_path), Ink.of(ledger("matrix"))
    for box in ledger("matrix").pages[0].boxes:
        inside = (box.x_mm + 0.5, box.y_mm + 0.5, box.x_mm + box.width_mm - 0.5, box.y_mm + box.height_mm - 0.5)
        one, other = ours.box(*inside), theirs.box(*inside)
        assert (one is None) == (other is None)
        if one is not None and other is not None:
            assert max(abs(a - b) for a, b in zip(one, other, strict=True)) < 0.2, box.cell


def test_pictures_are_named_and_sized_as_their_paper(tmp_path: Path) -> None:
    made = QtRenderer().png(record("long"), tmp_path / "记录单.png", dpi=150)
    assert [path.name for path in made] == ["记录单.png", "记录单-2.png"]
    for path in made:
        image = QImage(str(path))
        assert (image.width(), image.height()) == (1240, 1754)
        assert image.width() / image.dotsPerMeterX() == pytest.approx(0.210, abs=0.0005)
    assert sorted(path.name for path in tmp_path.iterdir()) == ["记录单-2.png", "记录单.png"]
    lying = QtRenderer().png(ledger("plain"), tmp_path / "台账.png", dpi=100)
    assert QImage(str(lying[0])).width() > QImage(str(lying[0])).height()


@pytest.mark.parametrize("px_per_mm", [2.0, 3.443, 3.85, 5.1])
@pytest.mark.parametrize("shift", [0.0, 0.3, 0.5, 0.77])
def test_rules_on_screen_are_crisp_wherever_the_window_puts_the_page(px_per_mm: float, shift: float) -> None:
    level = (Rule(10, 10, 40, 10, 0.75), Rule(10, 20, 40, 20, 0.75))
    page = Page(50, 30, (), (*level, Rule(10, 10, 10, 20, 1.5), Rule(40, 10, 40, 20, 1.5)))
    image = QImage(300, 200, QImage.Format.Format_Grayscale8)
    image.fill(QColor("white"))
    painter = QPainter(image)
    painter.translate(shift, shift)
    paint_page(painter, page, px_per_mm=px_per_mm)
    painter.end()
    dots = set(bytes(image.constBits()))
    assert dots == {0, 255}  # no gray edge anywhere
    thick = {Ink(image, dpi=round(px_per_mm * 25.4)).rule_at(25, y, upright=False) is not None for y in (10, 20)}
    assert thick == {True}


def test_a_painter_is_left_as_it_was(qtbot: QtBot) -> None:
    image = page_image(record("blank").pages[0], dpi=72)
    painter = QPainter(image)
    painter.translate(3, 4)
    painter.setPen(QColor("red"))
    before = (painter.transform(), painter.pen(), painter.renderHints())
    paint_page(painter, record("blank").pages[0], px_per_mm=2.0)
    assert (painter.transform(), painter.pen(), painter.renderHints()) == before
    assert painter.transform().map(QPointF(0, 0)) == QPointF(3, 4)
    painter.end()


def test_gray_words_are_gray_and_others_black() -> None:
    plain = record("filled").pages[0]
    title = plain.runs[0]
    page = Page(210, 297, (title, replace(title, baseline_mm=100.0, gray=True)), ())
    image = page_image(page, dpi=300)
    rows = bytes(image.constBits())
    stride = image.bytesPerLine()
    half = stride * round(70 * 300 / 25.4)
    assert min(rows[:half]) == 0
    assert 110 < min(rows[half:]) < 150
