"""The filled Word form: opened again by python-docx, compared with its golden text, templates refused by name."""

from __future__ import annotations

import io
import re
import time
import zipfile
from dataclasses import replace
from datetime import date
from pathlib import Path

import docx
import pytest
from docx.document import Document
from docx.shared import Mm, Pt
from lxml import etree

from jiafang_desktop.common import paths
from jiafang_desktop.common.errors import UserError
from jiafang_desktop.documents.forms.fields import RecordFields
from jiafang_desktop.documents.forms.fill import fill_record, fill_records
from jiafang_desktop.documents.forms.fit import plan_record

GOLDEN = Path(__file__).parents[2] / "golden"
SENTENCE = "老人今年七十九岁，去年冬天患病后行动不便，起居需人照料。"
VISIT = RecordFields(
    unit="德政镇",
    date=date(2026, 9, 16),
    number=7,
    visitee_name="张建国",
    visitee_post="农业综合服务中心主任",
    address="魏县德政镇东街村建设路36号",
    spouse_name="王秀兰",
    spouse_work="德政镇中心小学教师",
    account="9月16日下班后，到张建国同志家中家访。\n看：北房四间，院落整洁。",
    resolution="一是调整值班；二是帮助办理门诊待遇。",
    leaders=(("钱永和", "副镇长"), ("周文斌", "组织委员")),
)


def opened(data: bytes) -> Document:
    return docx.Document(io.BytesIO(data))


def document_xml(data: bytes) -> str:
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        assert package.testzip() is None
        root = etree.fromstring(package.read("word/document.xml"))
    return etree.tostring(root, pretty_print=True, encoding="unicode")


def with_document(data: bytes, change: re.Pattern[str] | str, to: str) -> bytes:
    """The same package with its document's text changed."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as package, zipfile.ZipFile(out, "w") as changed:
        for name in package.namelist():
            content = package.read(name)
            if name == "word/document.xml":
                content = re.sub(change, to, content.decode("utf-8")).encode("utf-8")
            changed.writestr(name, content)
    return out.getvalue()


@pytest.mark.parametrize(
    ("name", "fields"),
    [
        ("record_usual", VISIT),
        ("record_continued", replace(VISIT, account=SENTENCE * 20)),
        ("record_blank", RecordFields()),
    ],
)
def test_the_filled_form_is_the_golden_one(name: str, fields: RecordFields) -> None:
    assert document_xml(fill_record(fields)) == (GOLDEN / f"{name}.xml").read_text(encoding="utf-8")


def test_the_form_opens_with_every_value_in_its_cell() -> None:
    document = opened(fill_record(VISIT))
    assert document.paragraphs[0].text == "魏县领导干部家访记录单"
    assert document.paragraphs[1].text == "单位：德政镇（盖章）\t2026年9月16日\t序号：7"
    table = document.tables[0]
    by_label = {row.cells[0].text: row for row in table.rows}
    assert by_label["家访对象姓名"].cells[1].text == "张建国"
    assert by_label["家庭住址"].cells[1].text == "魏县德政镇东街村建设路36号"
    assert by_label["家访情况记录"].cells[1].text == VISIT.account
    assert by_label["家访领导姓名"].cells[1].text == "钱永和\n周文斌"
    assert "家访领导签名：" in by_label["家访领导姓名"].cells[4].text
    assert document.paragraphs[-2].text == "填表说明：1．填写本表格应简明扼要，真实准确；"
    assert document.paragraphs[-1].text == "2．本表格应在家访问题解决之后再存档。"
    assert "【" not in document_xml(fill_record(VISIT))


def test_page_margins_and_row_heights_are_the_forms() -> None:
    document = opened(fill_record(VISIT))
    section = document.sections[0]
    for found, wanted in (
        (section.top_margin, 37),
        (section.bottom_margin, 35),
        (section.left_margin, 28),
        (section.right_margin, 26),
        (section.page_width, 210),
        (section.page_height, 297),
    ):
        assert found is not None and abs(found - Mm(wanted)) < Mm(0.1)
    heights = [row.height for row in document.tables[0].rows]
    for height, wanted in zip(heights, (20, 14, 18, 59.7, 43.3, 28), strict=True):
        assert height is not None and abs(height - Mm(wanted)) < Mm(0.1)


def test_letters_and_rows_are_the_planners() -> None:
    plan = plan_record(replace(VISIT, account=SENTENCE * 9, resolution=SENTENCE * 3))
    table = opened(fill_record(plan)).tables[0]
    paragraph = table.rows[3].cells[1].paragraphs[0]
    assert paragraph.runs[0].font.size == Pt(plan.font_pt) == Pt(12)
    assert paragraph.paragraph_format.line_spacing == Pt(18)
    assert paragraph.paragraph_format.first_line_indent == Pt(24)
    assert abs((table.rows[3].height or 0) - Mm(plan.split[0])) < Mm(0.1)


def test_a_continued_form_has_a_second_table_and_all_its_words() -> None:
    text = SENTENCE * 20
    document = opened(fill_record(replace(VISIT, account=text)))
    assert len(document.tables) == 2
    cells = [
        cell.text
        for table in document.tables
        for row in table.rows
        for cell in row.cells[1:2]
        if row.cells[0].text.startswith("家访情况记录")
    ]
    assert "".join(cells).replace("（转续页）", "") == text
    titles = [paragraph for paragraph in document.paragraphs if "记录单" in paragraph.text]
    assert titles[1].text == "魏县领导干部家访记录单（续页）" and titles[1].paragraph_format.page_break_before
    going_on = next(row for row in document.tables[1].rows if row.cells[0].text.startswith("家访情况记录"))
    assert going_on.cells[1].paragraphs[0].paragraph_format.first_line_indent == 0


def test_a_batch_is_one_document_with_every_form_on_its_own_page() -> None:
    plans = [plan_record(replace(VISIT, number=number)) for number in (1, 2, 3)]
    document = opened(fill_records(plans))
    assert len(document.tables) == 3
    assert [p.paragraph_format.page_break_before for p in document.paragraphs if p.text.endswith("记录单")] == [
        None,
        True,
        True,
    ]
    assert len(document.sections) == 1


def test_what_word_cannot_carry_is_left_out_and_markup_stays_text() -> None:
    document = opened(fill_record(replace(VISIT, account="甲<w:p>&乙\x07丙\x00丁", visitee_name="𠮷䶮")))
    table = document.tables[0]
    assert table.rows[3].cells[1].text == "甲<w:p>&乙丙丁"
    assert table.rows[0].cells[1].text == "𠮷䶮"


def test_a_placeholder_split_by_word_is_joined_and_keeps_its_formatting() -> None:
    shipped = paths.template("家访记录单.docx").read_bytes()
    split = with_document(
        shipped,
        r'(<w:r>(<w:rPr>(?:(?!</w:rPr>).)*</w:rPr>)<w:t xml:space="preserve">【家庭)住址】',
        r"\1</w:t></w:r><w:r>\2<w:t>住址</w:t></w:r><w:r>\2<w:t>】",
    )
    assert document_xml(split) != document_xml(shipped)
    document = opened(fill_record(VISIT, template=split))
    assert document.tables[0].rows[1].cells[1].text == VISIT.address


def test_a_template_of_the_units_own_may_begin_with_its_table_and_have_its_county_typed() -> None:
    shipped = paths.template("家访记录单.docx").read_bytes()
    own = with_document(shipped, r"<w:body>.*?<w:tbl>", "<w:body><w:tbl>")
    own = with_document(own, r"<w:sectPr>", "<w:p><w:r><w:t>【单位】【日期】【序号】</w:t></w:r></w:p><w:sectPr>")
    document = opened(fill_records([plan_record(VISIT), plan_record(VISIT)], template=own))
    assert len(document.tables) == 2
    assert [p.text for p in document.paragraphs if "德政镇" in p.text] == ["德政镇2026年9月16日7"] * 2
    assert [p.paragraph_format.page_break_before for p in document.paragraphs].count(True) == 1


def test_line_ends_of_every_kind_become_paragraphs() -> None:
    table = opened(fill_record(replace(VISIT, account="甲\r\n乙\u2028丙\r丁\n\n"))).tables[0]
    assert table.rows[3].cells[1].text == "甲\n乙\n丙\n丁"


def test_a_template_with_a_missing_or_unknown_placeholder_is_refused_by_name() -> None:
    shipped = paths.template("家访记录单.docx").read_bytes()
    with pytest.raises(UserError) as refused:
        fill_record(VISIT, template=with_document(shipped, "【家庭住址】", ""))
    assert refused.value.code == "template_damaged" and "【家庭住址】" in refused.value.message
    with pytest.raises(UserError) as refused:
        fill_record(VISIT, template=with_document(shipped, "【家庭住址】", "【家庭住址】【住在哪儿】"))
    assert "【住在哪儿】" in refused.value.message


def test_a_file_that_is_no_word_document_is_refused() -> None:
    for data in (
        b"",
        b"PK\x03\x04junk",
        "不是文档".encode(),
        with_document(paths.template("家访记录单.docx").read_bytes(), "</w:body>", ""),
    ):
        with pytest.raises(UserError) as refused:
            fill_record(VISIT, template=data)
        assert refused.value.code == "template_damaged"


def test_a_thousand_forms_do_not_take_long() -> None:
    plan = plan_record(VISIT)
    fill_record(plan)
    begin = time.perf_counter()
    for _ in range(50):
        fill_record(plan)
    assert (time.perf_counter() - begin) / 50 < 0.01  # about 0.6 ms; docxtpl needs 7


def test_the_templates_are_what_their_script_makes(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    import importlib.util

    spec = importlib.util.spec_from_file_location("make_templates", paths.PROGRAM_ROOT / "packaging/make_templates.py")
    assert spec and spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    monkeypatch.setattr(module, "TARGET", tmp_path)
    module.main()
    made = sorted(path.name for path in tmp_path.iterdir())
    assert made == sorted(path.name for path in paths.template("").iterdir() if path.suffix == ".docx")
    for name in made:
        for part in ("word/document.xml", "word/styles.xml", "word/settings.xml"):
            with zipfile.ZipFile(tmp_path / name) as fresh, zipfile.ZipFile(paths.template(name)) as kept:
                assert fresh.read(part) == kept.read(part)
