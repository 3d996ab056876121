"""Ledgers as ugly as offices keep them, drawn by hand: what is read, what waits, what is passed over, and why."""

from __future__ import annotations

import csv
import io
from datetime import datetime
from pathlib import Path
from typing import Any

import docx
import openpyxl
import pytest
from old_papers import FILLED, LABELS, MATRIX, PLAIN, brief, every, form, read, stops, word_table, workbook

NAMES = "一二三四五六七八九"
Row = list[Any]


def row(number: Any, name: Any, day: Any, *, leader: Any = "钱永和", post: Any = "镇长", remark: Any = None) -> Row:
    return [number, leader, post, name, "科员", day, "慰问", remark]


def mixed(cell: Any, number: int, name: str) -> Row:
    return [cell, number, "钱永和", "镇长", name, "科员", None]


def days(sheet: Any) -> list[Any]:
    return [brief(visit)[1] for visit in sheet.visits]


CROSSED = (
    "内容\\时间", "内容＼时间", "内容／时间", "时　间\n内　容", "时间    内容", "内容|时间", "内\n容\n时\n间",
    "时间（内容）", "内容—时间", "家访内容\\家访时间", "内 容\n　　　时 间", "时间、内容", "内容╲\n时间",
)  # fmt: skip


def test_the_crossed_title_is_known_in_every_spelling(tmp_path: Path) -> None:
    found = every(tmp_path / "a.xlsx", {
        head: [["2024年度"], [head, *MATRIX[1:]], mixed("3月5日", 1, "王一"), mixed("3.8 看望病人", 2, "王二")]
        for head in CROSSED
    })  # fmt: skip
    seen = {head: [(brief(visit)[1], brief(visit)[5]) for visit in sheet.visits] for head, sheet in found.items()}
    assert seen == {head: [("2024-03-05", None), ("2024-03-08", "看望病人")] for head in CROSSED}


WRITTEN = (
    "3月5日", "20230305", 20230305, "2023.3.5上午", "2023.3.5 上午9:30", "2023年3月5日（周日）", "2023-3-5 00:00:00",
    datetime(2023, 3, 5, 19, 30), "2023. 3. 5", "2023．０３．０５", "23.3.5", "2023.03.05.", "2023年03月05日晚",
    "３月５日", "2023、3、5", "3/5", "2023 3 5", "3月5", "2023三月五日", "2023年三月5日", "二〇二三年三月五日",
    "2023.3.5日",
    "2023年3月5日19时", "2023.3.5星期日", 44990, "44990", 44990.0, "3.05", "2023年3月5日至6日",
)  # fmt: skip
UNCLEAR = {
    "1966.１２": "看不出", "2023年3月": "哪一天", "2023年3月上旬": "哪一天", "2023.2.29": "没有2023年2月29日",
    "上午": "看不出", "3/5/2023": "也可能是5月3日", "农历二月十四日": "农历", "正月初八": "农历",
    "########": "看不出", "0305": "看不出",
}  # fmt: skip


def test_days_in_every_hand_and_what_is_none_waits_with_its_reason(tmp_path: Path) -> None:
    rows = [row(at + 1, "王" + chr(0x4E00 + at), day) for at, day in enumerate((*WRITTEN, *UNCLEAR))]
    found = read(workbook(tmp_path / "a.xlsx", {"a": [["2023年度"], PLAIN, *rows]}))
    seen = {written: brief(visit)[1] for written, visit in zip((*WRITTEN, *UNCLEAR), found.visits, strict=True)}
    assert {written: day for written, day in seen.items() if day != "2023-03-05"} == dict.fromkeys(UNCLEAR)
    for visit, reason in zip(found.visits[len(WRITTEN) :], UNCLEAR.values(), strict=True):
        assert reason in "".join(stops(visit)), visit.content.visitee.name


def test_an_american_day_that_can_only_be_one_is_read(tmp_path: Path) -> None:
    rows = [row(1, "王一", "3/15/2023"), row(2, "王二", "15/3/2023"), row(3, "王三", "3/3/2023")]
    found = read(workbook(tmp_path / "a.xlsx", {"a": [PLAIN, *rows]}))
    assert days(found) == ["2023-03-15", "2023-03-15", "2023-03-03"]


LAYOUTS: dict[str, list[Row]] = {
    "titles below one another name the year anew": [["德政镇2022年度家访台账"], PLAIN, row(1, "王一", "3.5"), [],
        ["2023年家访情况"], MATRIX, mixed("3.5看望", 1, "王二"), [], ["2024年度"], PLAIN, row(1, "王三", "3.5")],
    "a month stands over its days": [["2022年度"], PLAIN, ["3月"], row(1, "王一", "5日"), ["2023年"], ["3月份"],
        row(2, "王二", "5日"), ["2024年"], ["三月"], row(3, "王三", "5号")],
    "the sheet is moved to the right": [[None, None, "2022-2024年度"], [None, None, *PLAIN],
        [None, None, *row(1, "王一", "2022.3.5")], [], [], [None, None, *row(2, "王二", "2023.3.5")],
        [None, None, *row(3, "王三", "2024.3.5")]],
    "others' titles": [["编号", "走访领导", "走访干部", "走访日期", "走访内容"],
        [1, "钱永和", "王一", "2022.3.5", "慰问"],
        ["编号", "谈话人", "被谈话人", "谈话时间", "谈话内容"], [2, "钱永和", "王二", "2023.3.5", "慰问"],
        [3, "钱永和", "王三", "2024.3.5", "慰问"]],
}  # fmt: skip


def test_layouts_that_change_within_a_sheet(tmp_path: Path) -> None:
    found = every(tmp_path / "a.xlsx", LAYOUTS)
    for name, sheet in found.items():
        assert days(sheet) == ["2022-03-05", "2023-03-05", "2024-03-05"], name
        assert [visit.content.visitee.name for visit in sheet.visits] == ["王一", "王二", "王三"], name


@pytest.mark.parametrize("between", ["、", "\n", " ", "　", "  ", "，", "；", " 、", "\n\n", "/"])
def test_leaders_of_one_cell_over_three_rows(tmp_path: Path, between: str) -> None:
    rows = [row(1, "王一", "3.5", leader=f"钱永和{between}周文斌", post="镇长\n组织委员"),
            [2, None, None, "王二", "科员", "3.6", "慰问"], [3, None, None, "王三", "科员", "3.7", "慰问"]]  # fmt: skip
    book = workbook(tmp_path / "a.xlsx", {"a": [["2024年度"], PLAIN, *rows]}, merged={"a": ["B3:B5", "C3:C5"]})
    assert [brief(visit)[4] for visit in read(book).visits] == ["钱永和 镇长；周文斌 组织委员"] * 3


def test_a_row_without_leader_is_told_and_kept(tmp_path: Path) -> None:
    rows = [row(1, "王一", "3.5"), row(2, "王二", "3.6", leader=None, post=None)]
    found = read(workbook(tmp_path / "a.xlsx", {"a": [["2024年度"], PLAIN, *rows]}))
    assert [[doubt.message for doubt in visit.doubts] for visit in found.visits] == [[], ["没有写家访领导"]]
    assert stops(found.visits[1]) == []


PEOPLE = {
    ("镇长：钱永和", "王三及家属"): ("钱永和 镇长", "王三"), ("镇长 钱永和", "王四夫妇"): ("钱永和 镇长", "王四"),
    ("党委书记李强、镇长钱永和", "王五全家"): ("李强 党委书记；钱永和 镇长", "王五"),
    ("钱永和 等2人", "王六民（科员）"): ("钱永和 无", "王六民"),
}  # fmt: skip


def test_names_with_families_posts_and_others(tmp_path: Path) -> None:
    head = ["序号", "家访领导", "家访对象", "时间", "内容"]
    found = every(tmp_path / "a.xlsx", {
        names: [["2024年度"], head, [1, names[0], names[1], "3.5", "慰问"]] for names in PEOPLE
    })  # fmt: skip
    seen = {names: (brief(sheet.visits[0])[4], brief(sheet.visits[0])[2]) for names, sheet in found.items()}
    assert seen == PEOPLE
    others = found["钱永和 等2人", "王六民（科员）"].visits[0].doubts
    assert [doubt.message for doubt in others] == ["写的是“钱永和 等2人”，其他领导没有写名字"]


def test_numbers_in_words_and_marks_and_void_ones(tmp_path: Path) -> None:
    written = {"（二）": 2, "NO.3": 3, "4#": 4, "十五": 15, "（6）": 6, "第七号": 7, "甲": None}
    rows = [row(number, f"王{NAMES[at]}", f"3.{at + 5}") for at, number in enumerate(written)]
    void = [
        row("8（作废）", "李强", "3.20"),
        [9, "此号作废"],
        row(10, "李强（作废）", "3.21"),
        row(11, "李四", "3.22", remark="此前作废一张"),
    ]
    found = read(workbook(tmp_path / "a.xlsx", {"a": [["2024年度"], PLAIN, *rows, *void]}))
    assert [visit.content.number for visit in found.visits] == [*written.values(), 11]
    assert sum("作废" in line.reason for line in found.skipped) == 3


FOOTERS: list[Row] = [
    ["单位主要负责人签字：钱永和", None, None, None, "填表人：王敏"], ["（盖章）"], ["2023年12月31日"], ["共1次"],
    ["主要负责人：", None, None, None, "经办人：", None, "联系电话："], ["审核：钱永和", "", "", "制表：王敏"],
    ["分管领导签字", None, None, None, "填报日期：2023.12.31"], ["签字：                年   月   日"],
    ["总  计", None, 1],
    ["合  计", None, None, "1人"], ["备注：以上为一季度"], [2], [3, "", " "],
]  # fmt: skip


def test_signatures_totals_and_blank_rulings_at_the_foot_are_told_apart(tmp_path: Path) -> None:
    found = read(workbook(tmp_path / "a.xlsx", {"a": [["2023年度"], PLAIN, row(1, "王一", "3.5"), *FOOTERS]}))
    assert days(found) == ["2023-03-05"]
    reasons = {line.row: line.reason for line in found.skipped}
    assert len(reasons) == 2 + len(FOOTERS)
    assert not any("无法登记" in reason for reason in reasons.values())
    assert next(line.words for line in found.skipped if line.row == 4) == "单位主要负责人签字：钱永和　填表人：王敏"


def test_hidden_sheets_are_passed_over_and_a_span_of_years_is_not_guessed_for_a_sheet(tmp_path: Path) -> None:
    path = workbook(tmp_path / "2022-2024家访台账.xlsx", {
        name: [PLAIN, row(1, f"王{NAMES[at]}", "3.5")] for at, name in enumerate(("2022年", "上年", "2024年", "底稿"))
    })  # fmt: skip
    book = openpyxl.load_workbook(path)
    book["底稿"].sheet_state = "hidden"
    book.save(path)
    found = read(path)
    assert days(found) == ["2022-03-05", (3, 5), "2024-03-05"]
    assert [line.row for line in found.skipped if "隐藏" in line.reason] == [1, 2]


def test_a_ledger_that_speaks_of_accounts_in_its_second_row_is_no_form(tmp_path: Path) -> None:
    rows = [["序号", "家访领导", "家访对象", "时间", "内容"], [1, "钱永和", "王一", "2024.3.5", "家访情况记录"],
            [2, "钱永和", "王二", "2024.3.6", "慰问"]]  # fmt: skip
    assert days(read(workbook(tmp_path / "a.xlsx", {"a": rows}))) == ["2024-03-05", "2024-03-06"]


def text_of(rows: list[Row], encoding: str) -> bytes:
    out = io.StringIO()
    csv.writer(out).writerows([["" if cell is None else cell for cell in cells] for cells in rows])
    return out.getvalue().encode(encoding)


def marked_up(rows: list[Row], line: str, opening: str, closing: str) -> str:
    def one(cells: Row) -> str:
        return "".join(f"{opening}{'' if cell is None else cell}{closing}" for cell in cells)

    return "".join(f"<{line}>{one(cells)}</{line}>" for cells in rows)


def old_names(rows: list[Row]) -> dict[str, bytes]:
    """The same ledger in what wears the names .csv and .xls."""
    tabs = "\n".join("\t".join("" if cell is None else str(cell).replace("\n", "") for cell in one) for one in rows)
    table = marked_up(rows, "tr", "<td>", "</td>")
    space = "urn:schemas-microsoft-com:office:spreadsheet"
    data = marked_up(rows, "Row", "<Cell><Data ss:Type='String'>", "</Data></Cell>")
    book = (
        f"<?xml version='1.0'?><Workbook xmlns='{space}' xmlns:ss='{space}'><Worksheet ss:Name='台账'>"
        f"<Table>{data}</Table></Worksheet></Workbook>"
    )
    return {
        "国标.csv": text_of(rows, "gb18030"), "带签名.csv": text_of(rows, "utf-8-sig"),
        "双字节.csv": text_of(rows, "utf-16"), "制表符.xls": tabs.encode("gb18030"), "表格.xls": book.encode(),
        "网页.xls": f"<html><head><meta charset=gb2312></head><table>{table}</table></html>".encode("gb18030"),
    }  # fmt: skip


def test_files_that_wear_another_kinds_name_are_read(tmp_path: Path) -> None:
    rows = [["德政镇2023年度家访台账"], PLAIN, row(1, "王一", "3月5日"), row(2, "欧阳建国", "2023-03-06")]
    for name, data in old_names(rows).items():
        (tmp_path / name).write_bytes(data)
        found = read(tmp_path / name)
        assert [brief(visit)[:3] for visit in found.visits] == [
            (1, "2023-03-05", "王一"), (2, "2023-03-06", "欧阳建国"),
        ], name  # fmt: skip
        assert [line.row for line in found.skipped] == [1, 2], name


def test_a_formula_gives_its_value_and_one_never_calculated_waits(tmp_path: Path) -> None:
    rows = [["2023年度"], PLAIN, row(1, "王一", "3.5"), [2, "=B3", "=C3", "王二", "科员", "=DATE(2023,3,6)", "慰问"]]
    found = read(workbook(tmp_path / "a.xlsx", {"a": rows}))
    assert [stops(visit) for visit in found.visits] == [[], ["没有日期"]]


# -- Word --------------------------------------------------------------------------------------------------------


def test_forms_whose_words_are_split_into_runs_and_several_in_one_document(tmp_path: Path) -> None:
    document = docx.Document()
    for at in range(3):
        form(
            document, [f"王{NAMES[at]}", *FILLED[1:]], head=f"单位：德政镇（盖章）\t2024年3月{at + 5}日\t序号：{at + 1}"
        )
        document.add_page_break()
    for table in document.tables:
        for paragraph in (one for line in table.rows for cell in line.cells for one in cell.paragraphs):
            words = paragraph.text
            if len(paragraph.runs) == 1 and len(words) > 2:
                paragraph.runs[0].text = words[0]
                for char in words[1:]:
                    paragraph.add_run(char)
    document.save(tmp_path / "三份.docx")
    found = read(tmp_path / "三份.docx")
    assert [brief(visit)[:5] for visit in found.visits] == [
        (at + 1, f"2024-03-0{at + 5}", f"王{NAMES[at]}", "主任", "钱永和 镇长") for at in range(3)
    ]
    assert [visit.content.account for visit in found.visits] == [FILLED[5]] * 3


def test_a_form_of_another_make_and_labels_in_every_spacing(tmp_path: Path) -> None:
    document = docx.Document()
    rows = [
        ("家访时间", "2024年3月5日", "家访地点", "家中"), ("家访对象", "王一", "职务", "科员"),
        ("家庭住址", "东街村", "联系电话", ""), ("配偶", "李二", "工作单位", "小学"),
        ("家访领导", "钱永和、周文斌", "职务", "镇长、组织委员"),
        ("家访内容", "慰问", "", ""), ("家访情况", "看望了老人。", "", ""), ("存在问题及解决情况", "已协调。", "", ""),
    ]  # fmt: skip
    word_table(document, rows)
    spaced = (
        "家 访 对 象\n姓      名", "职\n务", "家  庭\n住  址", "配 偶\n姓 名", "工作单位\n及 职 务",
        "家\n访\n情\n况\n记\n录", "家访问题\n解决情况", "家访领导\n姓   名", "家访领导\n职   务", *LABELS[9:],
    )  # fmt: skip
    form(document, labels=spaced)
    document.save(tmp_path / "a.docx")
    other, ours = read(tmp_path / "a.docx").visits
    assert brief(other) == (None, "2024-03-05", "王一", "科员", "钱永和 镇长；周文斌 组织委员", "慰问")
    assert (other.content.account, other.content.resolution) == ("看望了老人。", "已协调。")
    assert (ours.content.visitee.name, ours.content.account, ours.content.resolution) == (FILLED[0], *FILLED[5:7])


def test_a_word_ledger_of_two_years_and_a_form_behind_it(tmp_path: Path) -> None:
    document = docx.Document()
    document.add_paragraph("单位：德政镇   2023年度")
    word_table(document, [PLAIN, row(1, "王一", "3月5日"), ["合计", None, None, "1人"]])
    document.add_paragraph("2024年度")
    word_table(document, [PLAIN, row(1, "王二", "3月5日")])
    form(document)
    document.save(tmp_path / "a.docx")
    found = read(tmp_path / "a.docx")
    assert days(found) == ["2023-03-05", "2024-03-05", "2024-03-12"]
    assert found.kinds == ("ledger", "form")
    assert [(line.sheet, line.row) for line in found.skipped] == [("表1", 1), ("表1", 3), ("表2", 1)]
