"""The resolution alone in Word: on the very page of the signed sheet, with nothing else to be seen."""

from __future__ import annotations

import io
import re
import shutil
import subprocess
from dataclasses import replace
from datetime import date
from pathlib import Path

import docx
import pytest
from docx.document import Document

from jiafang_desktop.documents.forms.fields import RecordFields
from jiafang_desktop.documents.forms.fill import fill_overprint, fill_record
from jiafang_desktop.documents.forms.fit import freeze, plan_record
from jiafang_desktop.documents.forms.plan import RecordPlan

SENTENCE = "老人今年七十九岁，去年冬天患病后行动不便，起居需人照料。"
SOLVED = "镇里与县医院商定，每月上门一次，护理床已经借到，家属表示满意。"
VISIT = RecordFields(
    unit="德政镇", date=date(2026, 9, 16), number=7, visitee_name="张建国", visitee_post="农业综合服务中心主任",
    address="魏县德政镇东街村建设路36号", spouse_name="王秀兰", spouse_work="德政镇中心小学教师",
    account=SENTENCE * 6, resolution=None, leaders=(("钱永和", "副镇长"), ("周文斌", "组织委员")),
)  # fmt: skip
WORD = re.compile(r'<word xMin="([\d.]+)" yMin="([\d.]+)" xMax="([\d.]+)" yMax="([\d.]+)">([^<]*)</word>')
soffice = pytest.mark.skipif(
    shutil.which("soffice") is None or shutil.which("pdftotext") is None, reason="needs LibreOffice and poppler-utils"
)


def signed(resolution: str) -> RecordPlan:
    """Printed and signed without a resolution, which came later."""
    kept = freeze(plan_record(VISIT))
    return plan_record(replace(VISIT, resolution=resolution), frozen=kept)


def opened(data: bytes) -> Document:
    return docx.Document(io.BytesIO(data))


def heights(document: Document) -> list[int]:
    return [row.height for table in document.tables for row in table.rows]


def test_only_the_resolution_is_left_and_every_measure_stays() -> None:
    plan = signed(f"{SOLVED}\n{SOLVED}")
    whole, only = opened(fill_record(plan)), opened(fill_overprint(plan))
    assert heights(only) == heights(whole)
    assert len(only.paragraphs) == len(whole.paragraphs)
    assert [p.paragraph_format.line_spacing for p in only.paragraphs] == [
        p.paragraph_format.line_spacing for p in whole.paragraphs
    ]
    words = [cell.text for row in only.tables[0].rows for cell in row.cells if cell.text.strip()]
    assert set(words) == {f"{SOLVED}\n{SOLVED}"}
    assert not "".join(p.text for p in only.paragraphs).strip()
    borders = re.search(r"<w:tblBorders>.*?</w:tblBorders>", only.tables[0]._tbl.xml, re.S)
    assert borders is not None and set(re.findall(r'w:color="(\w+)"', borders.group())) == {"FFFFFF"}


def test_a_page_that_is_not_on_paper_yet_comes_whole() -> None:
    plan = signed(SOLVED * 20)
    assert len(plan.pages) == 2
    document = opened(fill_overprint(plan))
    first, second = document.tables
    assert "张建国" not in "".join(cell.text for row in first.rows for cell in row.cells)
    assert "张建国" in "".join(cell.text for row in second.rows for cell in row.cells)
    assert any("续" in paragraph.text for paragraph in document.paragraphs)


def words_in_pdf(data: bytes, folder: Path, name: str) -> list[tuple[str, float, float]]:
    """(word, left, top) as LibreOffice sets them, in pt."""
    source = folder / f"{name}.docx"
    source.write_bytes(data)
    profile = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
    subprocess.run(
        ["soffice", profile, "--headless", "--convert-to", "pdf", "--outdir", str(folder), str(source)],
        check=True, capture_output=True, timeout=120,
    )  # fmt: skip
    found = subprocess.run(
        ["pdftotext", "-bbox", str(folder / f"{name}.pdf"), "-"], check=True, capture_output=True, timeout=60
    )
    text = found.stdout.decode("utf-8")
    return [(word, float(left), float(top)) for left, top, _, _, word in WORD.findall(text)]


@soffice
def test_libreoffice_sets_the_resolution_where_the_whole_sheet_has_it(tmp_path: Path) -> None:
    plan = signed(f"{SOLVED}\n{SOLVED}")
    whole = words_in_pdf(fill_record(plan), tmp_path, "whole")
    only = words_in_pdf(fill_overprint(plan), tmp_path, "only")
    assert only and all(word in SOLVED for word, _, _ in only)
    assert set(only) <= set(whole)
