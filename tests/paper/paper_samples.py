"""Sheets to paint in the tests of paper, and ink measured on their pictures. Every name is invented."""

from __future__ import annotations

import subprocess
from dataclasses import replace
from datetime import date
from functools import cache
from pathlib import Path

from PySide6.QtGui import QImage

from jiafang_desktop.documents.forms.fields import RecordFields
from jiafang_desktop.documents.forms.fit import plan_record
from jiafang_desktop.documents.ledgers.plan import plan_ledger
from jiafang_desktop.documents.ledgers.rows import LedgerRow
from jiafang_desktop.domain.pages import Sheet
from jiafang_desktop.paper.pictures import page_image

DPI = 300
ACCOUNT = (
    "9月16日下班后，到张建国同志家中家访，送上镇党委的问候。看：北房四间，院落整洁，老母亲卧床，需人照料。谈：今年任务重、加班多，"
    "担心照顾不好老人，思想总体稳定。听：爱人支持其工作，希望夜间值班适当照顾，并帮助办理慢性病门诊待遇。访：对其正常诉求逐项了解，"
    "当场送去护理用品，约定联系人。"
)
RESOLUTION = "一是9月18日镇党委会研究，将其夜间值班由每月六次调整为两次；二是9月25日办结慢性病门诊待遇认定。"
FIELDS = RecordFields(
    unit="德政镇", date=date(2026, 9, 16), number=7, visitee_name="张建国", visitee_post="农业综合服务中心主任",
    address="魏县德政镇东街村建设路36号", spouse_name="王秀兰", spouse_work="德政镇中心小学教师", account=ACCOUNT,
    resolution=RESOLUTION, leaders=(("钱永和", "副镇长"),),
)  # fmt: skip


@cache
def record(kind: str = "filled") -> Sheet:
    """The record form blank, filled, or filled beyond one page."""
    if kind == "blank":
        return plan_record(RecordFields()).sheet
    if kind == "long":
        return plan_record(replace(FIELDS, account=ACCOUNT * 4, resolution=RESOLUTION * 5)).sheet
    return plan_record(FIELDS).sheet


@cache
def ledger(variant: str, rows: int = 11) -> Sheet:
    """A ledger of so many rows of one line each."""
    entries = [
        LedgerRow(f"v{number}", number, date(2026, 9, number), FIELDS.leaders, "张建国", "党建办干事", "上门走访")
        for number in range(1, rows + 1)
    ]
    return plan_ledger(entries, unit="德政镇", year=2026, variant=variant).sheet


class Ink:
    """A picture of a page, asked for its dark dots in millimetres."""

    def __init__(self, image: QImage, *, dpi: int = DPI) -> None:
        assert image.format() is QImage.Format.Format_Grayscale8
        self.per_mm = dpi / 25.4
        self.width, self.height = image.width(), image.height()
        data, stride = bytes(image.constBits()), image.bytesPerLine()
        self._rows = [data[at : at + self.width] for at in range(0, stride * self.height, stride)]

    @classmethod
    def of(cls, sheet: Sheet, page: int = 0, *, dpi: int = DPI) -> Ink:
        """A page painted now."""
        return cls(page_image(sheet.pages[page], dpi=dpi), dpi=dpi)

    def box(self, left: float, top: float, right: float, bottom: float) -> tuple[float, float, float, float] | None:
        """The outline (mm) of the dark dots inside a part of the page; None where it is white."""
        x0, x1 = max(0, round(left * self.per_mm)), min(self.width, round(right * self.per_mm))
        y0, y1 = max(0, round(top * self.per_mm)), min(self.height, round(bottom * self.per_mm))
        rows = [(y, self._rows[y][x0:x1]) for y in range(y0, y1)]
        dark = [(y, row) for y, row in rows if row and min(row) < 128]
        if not dark:
            return None
        columns = [x for x in range(x1 - x0) if any(row[x] < 128 for _, row in dark)]
        return (
            (x0 + columns[0]) / self.per_mm, dark[0][0] / self.per_mm,
            (x0 + columns[-1] + 1) / self.per_mm, (dark[-1][0] + 1) / self.per_mm,
        )  # fmt: skip

    def rule_at(self, x: float, y: float, *, upright: bool) -> tuple[float, float] | None:
        """(place, thickness) in mm of the dark band that crosses (x, y) within a millimetre each way."""
        column, row = round(x * self.per_mm), round(y * self.per_mm)
        reach = round(self.per_mm)
        if upright:
            profile, first = self._rows[row][column - reach : column + reach], column - reach
        else:
            profile = bytes(self._rows[at][column] for at in range(row - reach, row + reach))
            first = row - reach
        dark = [at for at, dot in enumerate(profile) if dot < 128]
        if not dark or dark[-1] - dark[0] + 1 != len(dark):
            return None
        return (first + dark[0] + len(dark) / 2) / self.per_mm, len(dark) / self.per_mm


def run_tool(*command: str | Path) -> str:
    """What a program of poppler prints."""
    answer = subprocess.run([str(part) for part in command], capture_output=True, check=True)
    return answer.stdout.decode("utf-8")


def picture_of_pdf(path: Path, page: int, folder: Path, *, dpi: int = DPI) -> Ink:
    """A page of a PDF as another program paints it."""
    stem = folder / f"{path.stem}-{page}"
    run_tool("pdftoppm", "-r", str(dpi), "-gray", "-png", "-singlefile", "-f", str(page), "-l", str(page), path, stem)
    image = QImage(str(stem.with_name(stem.name + ".png")))
    return Ink(image.convertToFormat(QImage.Format.Format_Grayscale8), dpi=dpi)
