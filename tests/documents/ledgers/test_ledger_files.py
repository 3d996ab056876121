"""The ledger in Word and Excel, opened again."""

from __future__ import annotations

import io
import zipfile
from datetime import date, datetime
from pathlib import Path

import docx
import openpyxl
import pytest
from docx.enum.section import WD_ORIENT
from docx.shared import Mm
from lxml import etree

from jiafang_desktop.common import paths
from jiafang_desktop.common.errors import UserError
from jiafang_desktop.documents.ledgers.fill import fill_ledger
from jiafang_desktop.documents.ledgers.plan import LedgerPlan, plan_ledger
from jiafang_desktop.documents.ledgers.rows import LedgerRow
from jiafang_desktop.documents.ledgers.workbook import ledger_xlsx

GOLDEN = Path(__file__).parents[2] / "golden"
W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
ENTRIES = (
    LedgerRow(
        "a", 1, date(2026, 1, 16), (("赵国栋", "党委副书记、镇长"),), "陈志强", "财政所副所长", "本人生病住院，前往看望"
    ),
    LedgerRow(
        "b",
        2,
        date(2026, 2, 11),
        (("周文斌", "组织委员"), ("钱永和", "副镇长")),
        "刘秀英",
        "便民服务中心副主任",
        "=1+1 <介绍> & 务工",
    ),
    LedgerRow("c", 3, None, (), "马立新", remark="补录", void=True),
)


def planned(variant: str, entries: tuple[LedgerRow, ...] = ENTRIES) -> LedgerPlan:
    return plan_ledger(entries, unit="德政镇", year=2026, variant=variant)


@pytest.mark.parametrize("variant", ["matrix", "plain"])
def test_the_word_ledger_is_the_golden_one(variant: str) -> None:
    with zipfile.ZipFile(io.BytesIO(fill_ledger(planned(variant)))) as package:
        root = etree.fromstring(package.read("word/document.xml"))
    found = etree.tostring(root, pretty_print=True, encoding="unicode")
    assert found == (GOLDEN / f"ledger_{variant}.xml").read_text(encoding="utf-8")


def test_the_word_ledger_opens_with_its_rows_and_blanks() -> None:
    plan = planned("plain")
    document = docx.Document(io.BytesIO(fill_ledger(plan)))
    assert document.paragraphs[0].text == "魏县领导干部家访台账"
    assert document.paragraphs[1].text == "单位：德政镇\t2026年度"
    table = document.tables[0]
    assert [cell.text for cell in table.rows[1].cells] == [
        "1",
        "赵国栋",
        "党委副书记、镇长",
        "陈志强",
        "财政所副所长",
        "2026.1.16",
        "本人生病住院，前往看望",
        "",
    ]
    assert table.rows[2].cells[1].text == "周文斌\n钱永和" and table.rows[2].cells[6].text == "=1+1 <介绍> & 务工"
    assert table.rows[3].cells[7].text == "作废。补录"
    assert len(table.rows) == 1 + 3 + plan.layout_pages[0].blanks
    section = document.sections[0]
    assert section.orientation == WD_ORIENT.LANDSCAPE and abs((section.left_margin or 0) - Mm(35)) < Mm(0.1)
    assert "PAGE" in section.footer._element.xml and "NUMPAGES" in section.footer._element.xml


def test_rows_are_exact_unsplittable_and_the_header_repeats() -> None:
    table = docx.Document(io.BytesIO(fill_ledger(planned("matrix")))).tables[0]
    for at, row in enumerate(table.rows):
        properties = row._tr.trPr
        assert properties.find(f"{W}cantSplit") is not None
        assert properties.find(f"{W}trHeight").get(f"{W}hRule") == "exact"
        assert (properties.find(f"{W}tblHeader") is not None) == (at == 0)
    assert table.rows[0]._tr.find(f".//{W}tl2br") is not None


@pytest.mark.parametrize("count", [8, 11, 12, 24, 25, 60])
def test_the_words_rows_of_a_page_leave_no_room_for_the_next_and_the_last_page_keeps_its_end(count: int) -> None:
    entries = tuple(LedgerRow(f"v{at}", at + 1, date(2026, 1, 1), visitee_name="张建国") for at in range(count))
    plan = planned("matrix", entries)
    table = docx.Document(io.BytesIO(fill_ledger(plan))).tables[0]
    heights = [(row.height or 0) / Mm(1) for row in table.rows[1:]]
    at = 0
    for page in plan.layout_pages:
        room = 142.0 if page.number > 1 else 122.95
        size = page.end - page.start + page.blanks
        used = sum(heights[at : at + size])
        assert used <= room - 0.5
        at += size
        if page.number < plan.pages:
            assert used + heights[at] > room + 0.5
        else:
            assert room - used > 1.2  # the paragraph behind the table


def test_the_workbook_has_real_dates_text_that_stays_text_and_prints_on_landscape_pages() -> None:
    book = openpyxl.load_workbook(io.BytesIO(ledger_xlsx(planned("plain"))))
    sheet = book["家访台账"]
    assert sheet["A1"].value == "魏县领导干部家访台账"
    assert [cell.value for cell in sheet[3]] == [
        "序号",
        "家访领导姓名",
        "职务",
        "家访对象姓名",
        "职务",
        "时间",
        "内容",
        "备注",
    ]
    assert sheet["F4"].value == datetime(2026, 1, 16) and sheet["F4"].is_date
    assert sheet["A4"].value == 1
    assert sheet["G5"].value == "=1+1 <介绍> & 务工" and sheet["G5"].data_type == "s"
    assert sheet["B5"].value == "周文斌\n钱永和"
    assert sheet["H6"].value == "作废。补录"
    assert sheet.freeze_panes == "A4" and sheet.print_title_rows == "$3:$3"
    assert sheet.page_setup.orientation == "landscape" and sheet.page_setup.paperSize == 9


def test_the_workbook_of_the_matrix_keeps_that_order() -> None:
    sheet = openpyxl.load_workbook(io.BytesIO(ledger_xlsx(planned("matrix"))))["家访台账"]
    assert [cell.value for cell in sheet[4]][:3] == [datetime(2026, 1, 16), 1, "赵国栋"]


def test_a_template_without_its_placeholders_is_refused_by_name() -> None:
    with pytest.raises(UserError) as refused:
        fill_ledger(planned("matrix"), template=paths.template("家访记录单.docx").read_bytes())
    assert refused.value.code == "template_damaged" and "【" in refused.value.message
