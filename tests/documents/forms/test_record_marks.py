"""Signatures and words outside the form: in their places in our drawing and in Word, moving nothing of the form."""

from __future__ import annotations

import math
import shutil
import subprocess
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from PySide6.QtGui import QImage

from jiafang_desktop.documents.forms.fields import RecordFields
from jiafang_desktop.documents.forms.fill import fill_record, fill_records
from jiafang_desktop.documents.forms.fit import marked, plan_record
from jiafang_desktop.documents.forms.marks import NOTHING, Ink, Marks
from jiafang_desktop.documents.forms.plan import RecordPlan
from jiafang_desktop.domain.pages import Box
from jiafang_desktop.paper import QtRenderer

SENTENCE = "老人今年七十九岁，去年冬天患病后行动不便，起居需人照料。"
LEADERS = (("钱永和", "副镇长"), ("周文斌", "组织委员"), ("孙丽华", "副书记"), ("左卫国", "委员"))
FIELDS = RecordFields(
    unit="德政镇", date=date(2026, 9, 16), number=7, visitee_name="张建国", visitee_post="主任",
    address="东街村建设路36号", spouse_name="王秀兰", spouse_work="教师", account=SENTENCE * 6, resolution="无",
)  # fmt: skip
STROKES = (
    tuple((round(200 + 40 * at), round(650 + 500 * math.sin(at / 4)), 45) for at in range(65)), ((2900, 100, 120),),
)  # fmt: skip
HEAD = ("送审稿", "2026年11月25日　供审核用，不签名、不盖章、不归档", "另有限制知悉内容2项，不随稿")
RENDERER = QtRenderer()
soffice = pytest.mark.skipif(
    shutil.which("soffice") is None or shutil.which("pdftoppm") is None, reason="needs LibreOffice and poppler-utils"
)


def signed(leaders: int, *, account: str = SENTENCE * 6, code: str | None = "A2B3C4D5E6") -> RecordPlan:
    plan = plan_record(replace(FIELDS, leaders=LEADERS[:leaders], account=account))
    inks = [Ink("leader_signature", at, leaders, STROKES) for at in range(leaders)]
    return marked(plan, Marks(HEAD, code, (*inks, Ink("recorder_signature", 0, 1, STROKES))))


def png(strokes: object, width: float, height: float) -> bytes:
    return RENDERER.strokes_png(strokes, width_mm=width, height_mm=height)  # type: ignore[arg-type]


def within(box: Box, x: float, y: float, width: float) -> bool:
    half = width / 2
    return (box.x_mm < x - half and x + half < box.x_mm + box.width_mm) and (
        box.y_mm < y - half and y + half < box.y_mm + box.height_mm
    )


@pytest.mark.parametrize("leaders", [1, 2, 3, 4])
def test_signatures_stand_in_their_cells_below_the_label_without_touching_each_other(leaders: int) -> None:
    plan = signed(leaders)
    page = plan.sheet.pages[0]
    assert len(page.strokes) == 2 * (leaders + 1)
    groups = [page.strokes[at : at + 2] for at in range(0, len(page.strokes), 2)]
    bottoms = [0.0]
    for at, strokes in enumerate(groups):
        cell = page.box("leader_signature" if at < leaders else "recorder_signature")
        points = [point for stroke in strokes for point in stroke.points_mm]
        assert all(within(cell, *point) for point in points)
        top, bottom = min(y for _, y, _ in points), max(y for _, y, _ in points)
        assert top > cell.y_mm + 14 and bottom - top <= 13
        assert max(x for x, _, _ in points) - min(x for x, _, _ in points) <= 30
        if at < leaders:
            assert top >= bottoms[-1]
            bottoms.append(bottom)


def test_marks_move_no_row_line_or_page_and_can_be_taken_off() -> None:
    for account in (SENTENCE * 6, SENTENCE * 60):
        plan = signed(2, account=account)
        bare = plan_record(plan.fields)
        assert marked(plan, NOTHING) == bare
        assert (plan.pages, plan.leaders_mm, plan.cells) == (bare.pages, bare.leaders_mm, bare.cells)
        for page, plain in zip(plan.sheet.pages, bare.sheet.pages, strict=True):
            assert (page.rules, page.boxes) == (plain.rules, plain.boxes)
            assert page.runs[: len(plain.runs)] == plain.runs


def test_a_form_with_signatures_needs_somebody_who_draws_them() -> None:
    with pytest.raises(ValueError, match="draws"):
        fill_record(signed(1))


def pages_of(data: bytes, folder: Path, name: str) -> list[QImage]:
    """The pages as LibreOffice sets them, 100 dots an inch."""
    source = folder / f"{name}.docx"
    source.write_bytes(data)
    subprocess.run(
        ["soffice", f"-env:UserInstallation={(folder / 'profile').as_uri()}", "--headless", "--convert-to", "pdf",
         "--outdir", str(folder), str(source)],
        check=True, capture_output=True, timeout=120,
    )  # fmt: skip
    subprocess.run(
        ["pdftoppm", "-png", "-r", "100", str(folder / f"{name}.pdf"), str(folder / name)], check=True, timeout=60
    )
    return [QImage(str(path)) for path in sorted(folder.glob(f"{name}-*.png"))]


def dark(image: QImage, left: float, top: float, width: float, height: float) -> int:
    """Dots darker than half in a part of the page, in mm."""
    mm = 100 / 25.4
    return sum(
        image.pixelColor(x, y).lightness() < 200
        for x in range(round(left * mm), round((left + width) * mm))
        for y in range(round(top * mm), round((top + height) * mm))
    )


@soffice
@pytest.mark.parametrize("account", [SENTENCE * 6, SENTENCE * 60])
def test_libreoffice_has_the_same_pages_and_everything_in_its_place(tmp_path: Path, account: str) -> None:
    plan = signed(2, account=account)
    bare = pages_of(fill_record(plan_record(plan.fields)), tmp_path, "bare")
    found = pages_of(fill_record(plan, png=png), tmp_path, "marked")
    assert len(found) == len(bare) == len(plan.pages)
    for image, plain, page in zip(found, bare, plan.sheet.pages, strict=True):
        for name in ("leader_signature", "recorder_signature"):
            cell = page.box(name)
            below = (cell.x_mm + 1, cell.y_mm + 15, cell.width_mm - 2, cell.height_mm - 16)
            assert dark(plain, *below) == 0 and dark(image, *below) > 30
        assert (
            dark(plain, 20, 8, 170, 26) == 0 and dark(image, 28, 12, 30, 12) > 50 and dark(image, 90, 12, 95, 14) > 50
        )
        assert dark(plain, 20, 264, 170, 30) == 0 and dark(image, 140, 278, 46, 10) > 10
        # the form itself, from its title to the row of signatures, is the very same
        cell = page.box("leader_signature")
        area = (20, 36, 170, cell.y_mm - 37)
        assert dark(image, *area) == dark(plain, *area)


@soffice
def test_many_forms_in_one_file_keep_their_pages(tmp_path: Path) -> None:
    plans = [signed(1), signed(2, account=SENTENCE * 60, code="B2B3C4D5E7"), signed(3, code=None)]
    found = pages_of(fill_records(plans, fronts=True, png=png), tmp_path, "many")
    assert len(found) == 1 + 1 + len(plans[1].pages) + len(plans[1].pages) % 2 + 1
