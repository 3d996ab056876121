"""Papers by GB/T 9704-2012: measures and styles as Word reads them, pages as drawn, and as LibreOffice sets them."""

from __future__ import annotations

import io
import re
import shutil
import subprocess
import zipfile
from datetime import date
from pathlib import Path

import docx
import openpyxl
import pytest
from docx.shared import Mm

from jiafang_desktop.documents.reports.blocks import (
    Addressee,
    Column,
    Ending,
    Heading,
    Note,
    PageTurn,
    Report,
    Signatures,
    Space,
    Table,
    Text,
    Title,
)
from jiafang_desktop.documents.reports.draw import report_sheet
from jiafang_desktop.documents.reports.endings import ending_indents
from jiafang_desktop.documents.reports.word import report_docx
from jiafang_desktop.documents.reports.workbook import SheetColumn, SheetTable, tables_xlsx
from jiafang_desktop.domain.pages import MM_PER_PT, Page

LINE = "家访领导干部关心职工生活解决实际困难帮助落实政策措施到位共十八"
ROWS = tuple((str(number), "张建国", "老母亲卧床，需人照料", "") for number in range(1, 60))
COLUMNS = (Column("序号", 16), Column("家访对象", 30), Column("内容", 90, "left"), Column("备注", 20))
REPORT = Report("家访工作季度总结", (
    Title(("德政镇人民政府", "2026年第三季度领导干部家访工作总结")), Space(), Addressee("中共魏县县委组织部"),
    Heading("一、家访进展情况"), Heading("（一）基本情况", 2), Text(LINE * 3 + "\n" + LINE), Table(COLUMNS, ROWS),
    Signatures(("审定人（签字）：", "填报人：王敏")), Ending("德政镇人民政府（盖章）", date(2026, 10, 8)),
    PageTurn(), Note("附件", face="heiti"), Title(("统计表",)),
))  # fmt: skip


def opened(report: Report) -> docx.document.Document:
    return docx.Document(io.BytesIO(report_docx(report)))


def words_of(page: Page) -> str:
    return "".join(run.text for run in page.runs)


def lines_of(page: Page) -> dict[float, str]:
    """Body text by baseline."""
    found: dict[float, str] = {}
    for run in page.runs:
        if run.size_pt == 16.0:
            found[round(run.baseline_mm, 2)] = found.get(round(run.baseline_mm, 2), "") + run.text
    return found


def test_word_reads_the_measures_of_the_standard() -> None:
    section = opened(REPORT).sections[0]
    sides = (section.top_margin, section.bottom_margin, section.left_margin, section.right_margin)
    assert [round(side.mm) for side in sides if side is not None] == [37, 35, 28, 26]
    assert abs(section.page_width - Mm(210)) < Mm(0.1) and abs(section.page_height - Mm(297)) < Mm(0.1)


def test_word_finds_titles_heads_and_bodies_as_styles_with_the_offices_faces() -> None:
    document = opened(REPORT)
    used = {paragraph.style.name: paragraph.text for paragraph in document.paragraphs if paragraph.text}
    assert used["Heading 1"] == "一、家访进展情况" and used["Heading 2"] == "（一）基本情况"
    faces = {}
    for name in ("Title", "Heading 1", "Heading 2", "Normal"):
        style = document.styles[name]
        east = style.element.rPr.rFonts.get("{http://schemas.openxmlformats.org/wordprocessingml/2006/main}eastAsia")
        faces[name] = (east, style.font.size.pt if style.font.size else None)
    assert faces == {
        "Title": ("方正小标宋简体", 22), "Heading 1": ("黑体", None), "Heading 2": ("楷体_GB2312", None),
        "Normal": ("仿宋_GB2312", 16),
    }  # fmt: skip


def test_the_file_names_nobody_and_is_the_same_each_time() -> None:
    first, second = report_docx(REPORT), report_docx(REPORT)
    assert first == second
    properties = opened(REPORT).core_properties
    assert (properties.title, properties.author, properties.last_modified_by) == ("家访工作季度总结", "", "")
    with zipfile.ZipFile(io.BytesIO(first)) as package:
        assert package.testzip() is None


def test_a_drawn_page_has_twenty_two_lines_of_twenty_eight_characters() -> None:
    drawn = report_sheet(Report("纸", (Text("家" * 28 * 22 * 2, indent=False),)))
    assert len(drawn.pages) == 2
    for page in drawn.pages:
        lines = lines_of(page)
        assert [len(line) for line in lines.values()] == [28] * 22
        assert max(lines) <= 297 - 35
        right = max(run.x_mm + run.places_mm[-1] + 16 * MM_PER_PT for run in page.runs if run.size_pt == 16.0)
        assert right <= 210 - 26 + 0.2


def test_page_numbers_stand_outside_right_and_left_in_turn() -> None:
    pages = report_sheet(REPORT).pages
    numbers = [next(run for run in page.runs if run.face == "songti") for page in pages]
    assert [run.text for run in numbers] == [f"— {number} —" for number in range(1, len(pages) + 1)]
    assert numbers[0].x_mm > 105 > numbers[1].x_mm
    assert all(run.baseline_mm > 297 - 35 + 7 for run in numbers)


def test_a_tables_titles_are_repeated_and_no_row_is_lost() -> None:
    pages = report_sheet(REPORT).pages
    tables = [words_of(page) for page in pages if "备注" in words_of(page)]
    assert len(tables) > 1
    assert sum(words.count("张建国") for words in tables) == len(ROWS)
    assert all("家访对象" in words for words in tables)


def test_a_head_never_ends_a_page() -> None:
    for lines in range(15, 24):
        drawn = report_sheet(
            Report("纸", (Text("家" * 28 * lines, indent=False), Heading("二、发现的问题"), Text("有。")))
        )
        last = next(page for page in drawn.pages if "二、发现的问题" in words_of(page))
        assert "有。" in words_of(last)


def test_the_unit_is_centred_over_the_date_whichever_is_longer() -> None:
    unit, day = ending_indents(Ending("德政镇", date(2026, 10, 8)))
    assert day == 4.0 and unit > day
    unit, day = ending_indents(Ending("魏县某某局某某中心党支部委员会办公室某某科（盖章）", date(2026, 10, 8)))
    assert unit == 1.0 and day > 4.0


@pytest.mark.skipif(
    shutil.which("soffice") is None, reason="LibreOffice is not here; dev.py campaign papers installs it"
)
def test_libreoffice_sets_as_many_lines_and_characters_as_the_standard_asks(tmp_path: Path) -> None:
    place = tmp_path / "a.docx"
    place.write_bytes(report_docx(Report("纸", (Text("家" * 28 * 22 * 2, indent=False),))))
    command = [
        "soffice",
        f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}",
        "--headless",
        "--convert-to",
        "pdf",
    ]
    subprocess.run([*command, "--outdir", str(tmp_path), str(place)], check=True, capture_output=True, timeout=180)
    done = subprocess.run(
        ["pdftotext", "-layout", str(tmp_path / "a.pdf"), "-"], check=True, capture_output=True, timeout=60
    )
    pages = done.stdout.decode("utf-8").rstrip("\f").split("\f")
    lines = [[line.strip() for line in page.splitlines() if "家" in line] for page in pages]
    assert [len(page) for page in lines] == [22, 22]
    assert {len(line) for page in lines for line in page} == {28}


def test_a_workbook_keeps_dates_numbers_and_texts_apart() -> None:
    table = SheetTable(
        "表", (SheetColumn("日期"), SheetColumn("数"), SheetColumn("字")),
        [(date(2026, 9, 16), 3, "=1+1"), (None, None, None), (None, 0, "0012")],
    )  # fmt: skip
    sheet = openpyxl.load_workbook(io.BytesIO(tables_xlsx([table], title="x")))["表"]
    assert sheet["A2"].value.date() == date(2026, 9, 16) and sheet["B2"].value == 3
    assert (sheet["C2"].value, sheet["C2"].data_type) == ("=1+1", "s")
    assert (sheet["B4"].value, sheet["C4"].value, sheet["C3"].value) == (0, "0012", None)
    assert sheet.freeze_panes == "A2"


def test_what_xml_cannot_carry_is_left_out() -> None:
    text = opened(Report("纸", (Text("家\x00访\x0b<&>\ud800"),))).paragraphs[0].text
    assert re.fullmatch("家访.?<&>", text)
