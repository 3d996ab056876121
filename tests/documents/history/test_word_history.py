"""Filled record forms and ledgers in Word: our template's, hand-made ones, several in one file."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import docx
import pytest
from old_papers import ACCOUNT, FILLED, LABELS, MATRIX, PLAIN, ZHANG, brief, form, read, stops, word_table

from jiafang_desktop.common.errors import UserError
from jiafang_desktop.documents import sandbox

VERTICAL = [
    "家访\n对象\n姓名", "职\n务", "家庭\n住址", "配偶\n姓名", "工作单位\n及职务", "家\n访\n情\n况\n记\n录",
    "家访问\n题解决\n情况", "家访领\n导姓名", "家访领\n导职务", "家访领导\n签名：", "家访记录人签名：",
]  # fmt: skip


def document(path: Path, *steps: Callable[[Any], object]) -> Path:
    """A document made by some steps."""
    made = docx.Document()
    for step in steps:
        step(made)
    made.save(str(path))
    return path


@pytest.mark.parametrize("labels", [LABELS, VERTICAL], ids=["plain", "vertical"])
def test_a_hand_made_form_gives_every_cell(tmp_path: Path, labels: list[str]) -> None:
    found = read(document(tmp_path / "a.docx", lambda made: form(made, labels=labels)))
    visit = found.visits[0]
    assert (brief(visit), visit.unit) == ((12, "2024-03-12", "张建国", "主任", "钱永和 镇长", None), "德政镇人民政府")
    visitee = visit.content.visitee
    assert (visitee.address, visitee.spouse_name, visitee.spouse_work) == ("东街村", "王秀兰", "中心小学教师")
    assert (visit.content.account, visit.content.resolution) == (ACCOUNT, "已协调。")
    assert not visit.doubts


def test_several_forms_in_one_file_and_a_continuation_page(tmp_path: Path) -> None:
    first = (*FILLED[:5], "看望。（转续页）", *FILLED[6:])
    second = ("李\n强", "科员", "", "", "", "谈心。", "无", "钱永和\n周文斌", "镇长\n组织委员")

    def continuation(made: Any) -> None:
        made.add_paragraph("魏县领导干部家访记录单（续页）")
        made.add_paragraph("单位：德政镇人民政府（盖章）\t2024年3月12日\t序号：12")
        word_table(
            made, [["家访对象姓名", "张建国", "职务", "主任"], ["家访情况记录\n（续）", "后来又去了一次。", "", ""]]
        )

    found = read(document(
        tmp_path / "a.docx", lambda made: form(made, first), continuation, lambda made: made.add_page_break(),
        lambda made: form(made, second, head="单位：德政镇\t2024 年 4 月 2 日\t序号：13"),
    ))  # fmt: skip
    assert [brief(visit)[0:3] for visit in found.visits] == [(12, "2024-03-12", "张建国"), (13, "2024-04-02", "李强")]
    assert found.visits[0].content.account == "看望。后来又去了一次。"
    assert brief(found.visits[1])[4] == "钱永和 镇长；周文斌 组织委员"


def test_labels_with_their_values_in_one_cell_or_above_them_are_read(tmp_path: Path) -> None:
    inline = [
        ["家访对象姓名：孙七", "职务：科员"], ["家访时间：2024.6.3", "配偶姓名：无"],
        ["家访情况记录：\n到家中看望。", ""], ["家访问题解决情况：\n无", ""],
        ["家访领导姓名：钱永和", "家访领导职务：镇长"],
    ]  # fmt: skip
    above = [["家访对象姓名", "周八", "职务", "所长"], ["家访情况记录", "", "", ""], ["看望。", "", "", ""]]

    def wide(made: Any) -> None:
        made.add_paragraph("单位：德政镇 2024年6月8日 序号：15")
        word_table(made, above)
        for row in made.tables[-1].rows[1:]:
            row.cells[0].merge(row.cells[3])

    found = read(document(tmp_path / "a.docx", lambda made: word_table(made, inline), wide))
    assert [brief(visit)[:4] for visit in found.visits] == [
        (None, "2024-06-03", "孙七", "科员"), (15, "2024-06-08", "周八", "所长"),
    ]  # fmt: skip
    assert [visit.content.account for visit in found.visits] == ["到家中看望。", "看望。"]


def test_a_blank_form_is_passed_over_and_one_without_a_day_asks_its_account(tmp_path: Path) -> None:
    unfilled = "单位：（盖章） 年 月 日 序号："
    blank = read(document(tmp_path / "a.docx", lambda made: form(made, [""] * 9, head=unfilled)))
    assert (blank.visits, [line.reason for line in blank.skipped]) == ((), ["空白的记录单"])
    told = ("张建国", "", "", "", "", "2024年5月6日晚，到家中看望。", "", "钱永和", "")
    dated = read(document(tmp_path / "b.docx", lambda made: form(made, told, head="单位：德政镇")))
    assert (dated.visits[0].content.date, len(dated.visits[0].doubts)) == (date(2024, 5, 6), 1)
    silent = read(document(tmp_path / "c.docx", lambda made: form(made, [*told[:5], "看望。", *told[6:]], head="")))
    assert stops(silent.visits[0]) == ["没有日期"]


def test_a_ledger_in_word_goes_on_over_several_tables(tmp_path: Path) -> None:
    found = read(document(
        tmp_path / "a.docx", lambda made: made.add_paragraph("单位：德政镇\t2024年度"),
        lambda made: word_table(made, [PLAIN, ZHANG]), lambda made: made.add_paragraph(""),
        lambda made: word_table(made, [[2, "钱永和", "镇长", "王五", "科员", "3.20", "生病", ""]]),
        lambda made: made.add_paragraph("2025年度"),
        lambda made: word_table(made, [MATRIX, ["看望\n1.8", 1, "钱永和", "镇长", "赵六", "科员", ""]]),
    ))  # fmt: skip
    assert [brief(visit)[:3] for visit in found.visits] == [
        (1, "2024-03-12", "张建国"), (2, "2024-03-20", "王五"), (1, "2025-01-08", "赵六"),
    ]  # fmt: skip
    assert {visit.unit for visit in found.visits} == {"德政镇"}


def test_words_that_word_does_not_show_are_not_read(tmp_path: Path) -> None:
    path = document(tmp_path / "a.docx", lambda made: word_table(made, [PLAIN, ZHANG]))
    data = io.BytesIO()
    with zipfile.ZipFile(path) as old, zipfile.ZipFile(data, "w") as new:
        for name in old.namelist():
            part = old.read(name)
            if name == "word/document.xml":
                gone = "<w:del><w:r><w:delText>错</w:delText></w:r></w:del>"
                gone += "<w:r><w:rPr><w:vanish/></w:rPr><w:t>藏</w:t></w:r>"
                text = (
                    part.decode()
                    .replace("<w:r><w:t>张建国", gone + "<w:ins><w:r><w:t>张建国")
                    .replace("张建国</w:t></w:r>", "张建国</w:t></w:r></w:ins>")
                )
                assert gone in text
                part = text.encode()
            new.writestr(name, part)
    path.write_bytes(data.getvalue())
    assert brief(read(path).visits[0])[2] == "张建国"


def test_automatic_numbers_of_a_column_are_counted(tmp_path: Path) -> None:
    def numbered(made: Any) -> None:
        word_table(made, [PLAIN, [None, *ZHANG[1:]], [None, *ZHANG[1:5], "2024.3.15", "慰问"]])
        for row in made.tables[0].rows[1:]:
            row.cells[0].paragraphs[0].style = None
            numbering = row.cells[0].paragraphs[0]._p.get_or_add_pPr().get_or_add_numPr()
            numbering.get_or_add_numId().val, numbering.get_or_add_ilvl().val = 7, 0

    assert [brief(v)[0] for v in read(document(tmp_path / "a.docx", numbered)).visits] == [1, 2]


@pytest.mark.parametrize(
    ("data", "hint"), [
        (b"{\\rtf1 }", "docx"), (b"PK\x05\x06" + bytes(18), "解压"), (b"%PDF-1.7", "Excel"),
    ],
)  # fmt: skip
def test_what_is_neither_ledger_nor_word_is_refused_with_a_next_step(tmp_path: Path, data: bytes, hint: str) -> None:
    path = tmp_path / "a.docx"
    path.write_bytes(data)
    with pytest.raises(UserError) as refused:
        sandbox.read_grids(path, words=True)
    assert refused.value.code == "unsupported_format"
    assert hint in refused.value.hint


def test_a_word_document_stays_refused_where_a_roster_is_wanted(tmp_path: Path) -> None:
    with pytest.raises(UserError):
        sandbox.read_grids(document(tmp_path / "a.docx", form))
