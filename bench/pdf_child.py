"""One process that makes the pages of ``pdf``: ``python -m bench.pdf_child ours|qt PAGES TARGET``; seconds and memory.

Started by the bench; nothing is compared here.
"""

from __future__ import annotations

import os
import sys
import time
from pathlib import Path

from bench import samples
from bench.measure import answer, peak_mb, resident_mb
from jiafang_desktop.domain.visits import VisitContent

_MM = 72 / 25.4


def ours(pages: int, target: Path) -> tuple[float, float]:
    """(seconds, MB before) of our renderer over planned sheets, all held at once as 打印 does it."""
    from jiafang_desktop.documents.forms.fields import RecordFields
    from jiafang_desktop.documents.forms.fit import plan_record
    from jiafang_desktop.domain.pages import Page, Sheet
    from jiafang_desktop.paper import QtRenderer
    from jiafang_desktop.paper.application import ensure_application

    ensure_application()
    renderer = QtRenderer()
    before = resident_mb()
    drawn: list[Page] = []
    for content in samples.contents(pages):
        visitee = content.visitee
        fields = RecordFields(
            unit=samples.SEAL, date=content.date, number=content.number, visitee_name=visitee.name,
            visitee_post=visitee.post, address=visitee.address, spouse_name=visitee.spouse_name,
            spouse_work=visitee.spouse_work, account=content.account, resolution=content.resolution,
            leaders=tuple((leader.name, leader.post) for leader in content.leaders),
        )  # fmt: skip
        drawn.extend(plan_record(fields).sheet.pages)
    start = time.perf_counter()
    renderer.pdf(Sheet("领导干部家访记录单", tuple(drawn)), target, title="领导干部家访记录单")
    return time.perf_counter() - start, before


def qt(pages: int, target: Path) -> tuple[float, float]:
    """The same for a bare QPdfWriter: two words and two long texts a page, broken by Qt, in the same font."""
    from PySide6.QtCore import QRectF, Qt
    from PySide6.QtGui import QFont, QFontDatabase, QGuiApplication, QPageSize, QPainter, QPdfWriter

    from jiafang_desktop.common import paths

    application = QGuiApplication(["bench"])
    number = QFontDatabase.addApplicationFont(str(paths.resource("fonts", "FandolFang-Regular.otf")))
    font = QFont(QFontDatabase.applicationFontFamilies(number)[0], 14)
    before = resident_mb()
    contents: list[VisitContent] = list(samples.contents(pages))
    start = time.perf_counter()
    writer = QPdfWriter(str(target))
    writer.setPageSize(QPageSize(QPageSize.PageSizeId.A4))
    writer.setResolution(72)
    painter = QPainter(writer)
    painter.setFont(font)
    places = ((20, 10), (32, 10), (45, 90), (140, 80))
    boxes = [QRectF(25 * _MM, top * _MM, 150 * _MM, height * _MM) for top, height in places]
    wrap = Qt.TextFlag.TextWrapAnywhere | Qt.AlignmentFlag.AlignJustify
    for at, content in enumerate(contents):
        if at:
            writer.newPage()
        words = (content.visitee.name, content.visitee.post, content.account, content.resolution)
        for box, text in zip(boxes, words, strict=True):
            painter.drawRect(box)
            painter.drawText(box, wrap, text or "")
    painter.end()
    del application
    return time.perf_counter() - start, before


def main() -> None:
    """Make the file and print what it took."""
    who, pages, target = sys.argv[1], int(sys.argv[2]), Path(sys.argv[3])
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    seconds, before = {"ours": ours, "qt": qt}[who](pages, target)
    if target.stat().st_size < 1000:
        raise AssertionError("no PDF was written")
    answer(seconds=seconds, peak=peak_mb(), before=before)


if __name__ == "__main__":
    main()
