"""Ledgers of earlier years: every used row is a visit or is passed over with its reason, and days get their year."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest
from old_papers import MATRIX, PLAIN, ZHANG, brief, every, old_workbook, read, stops, web_page, workbook

from jiafang_desktop.documents.history.shapes import HistoryReading

TITLE = ["魏县领导干部家访台账"]
UNIT = ["单位：德政镇（盖章）", None, None, None, None, None, "2024年度"]
READ = (1, "2024-03-12", "张建国", "农业中心主任", "钱永和 党委副书记、镇长", "母亲患病，看望慰问")


def ledger(tmp_path: Path, *rows: list[Any], head: list[Any] = PLAIN, merged: tuple[str, ...] = ()) -> Any:
    return read(workbook(tmp_path / "台账.xlsx", {"Sheet1": [TITLE, UNIT, head, *rows]}, merged={"Sheet1": merged}))


def ledgers(tmp_path: Path, rows: dict[Any, list[Any]], *, head: list[Any] = PLAIN) -> dict[Any, HistoryReading]:
    """A ledger of one row for each case."""
    return every(tmp_path / "各表.xlsx", {case: [TITLE, UNIT, head, row] for case, row in rows.items()})


@pytest.mark.parametrize("suffix", ["xlsx", "xls", "html", "csv"])
def test_the_plain_variant_is_read_from_every_kind_of_file(tmp_path: Path, suffix: str) -> None:
    rows = [TITLE, UNIT, PLAIN, ZHANG]
    path = tmp_path / f"台账.{'xls' if suffix == 'html' else suffix}"
    if suffix == "xlsx":
        workbook(path, {"台账": rows})
    elif suffix == "xls":
        old_workbook(path, rows)
    elif suffix == "html":
        web_page(path, rows)
    else:
        lines = (",".join("" if cell is None else f'"{cell}"' for cell in row) for row in rows)
        path.write_bytes("\r\n".join(lines).encode("gb18030"))
    found = read(path)
    assert [brief(visit) for visit in found.visits] == [READ]
    assert [visit.unit for visit in found.visits] == ["德政镇"]
    assert {line.row for line in found.skipped} == {1, 2, 3}


DAYS = {
    "2024.3.12": "2024-03-12", "2024年3月12日": "2024-03-12", "２０２４．３．１２": "2024-03-12", "2024-03-12":
    "2024-03-12", "3月12日": "2024-03-12", "3.12": "2024-03-12", "03-12": "2024-03-12", "24.3.12": "2024-03-12",
    "20240312": "2024-03-12", 20240312: "2024-03-12", 45363: "2024-03-12", "45363": "2024-03-12",
    date(2024, 3, 12): "2024-03-12", "二〇二四年三月十二日": "2024-03-12", "三月十二日": "2024-03-12",
    "3月12号 晚上7点": "2024-03-12", "2024.3.12-13": "2024-03-12", "3月12日、15日": "2024-03-12", 3.12: "2024-03-12",
    "2024 年 3 月 12 日": "2024-03-12", 3.9: "2024-03-09", "2023.12.30": "2023-12-30",
}  # fmt: skip
NO_DAYS = {
    "2024.3": "哪一天", "3月": "哪一天", "12日": "几月", "2024.2.30": "没有2024年2月30日",
    "2024.13.1": "没有2024年13月", "2027.3.1": "还没有到", "近期": "看不出", None: "没有日期",
    "1999.3.1": "", 3.1: "也可能是3月10日",
}  # fmt: skip


def test_a_day_is_understood_however_it_is_written(tmp_path: Path) -> None:
    found = ledgers(tmp_path, {written: [*ZHANG[:5], written, *ZHANG[6:]] for written in DAYS})
    assert {written: [brief(visit)[1] for visit in sheet.visits] for written, sheet in found.items()} == {
        written: [day] for written, day in DAYS.items()
    }
    assert [written for written, sheet in found.items() if stops(sheet.visits[0])] == []


def test_what_is_no_day_waits_with_its_reason(tmp_path: Path) -> None:
    found = ledgers(tmp_path, {written: [*ZHANG[:5], written, *ZHANG[6:]] for written in NO_DAYS})
    for written, sheet in found.items():
        reasons = stops(sheet.visits[0])
        assert (len(reasons), NO_DAYS[written] in reasons[0]) == (1, True), (written, reasons)


def test_a_number_that_lost_its_zero_is_settled_by_the_rows_around_it(tmp_path: Path) -> None:
    rows = [[n, "钱永和", "镇长", f"王{name}", "科员", day, "慰问"]
            for n, name, day in ((1, "一", "3.8"), (2, "二", 3.1), (3, "三", "3.15"), (4, "四", 4.2))]  # fmt: skip
    found = ledger(tmp_path, *rows)
    assert [brief(visit)[1] for visit in found.visits] == ["2024-03-08", "2024-03-10", "2024-03-15", "2024-04-02"]
    assert len(stops(found.visits[3])) == 1


MIXED = {
    "看望慰问\n3.12": ("2024-03-12", "看望慰问"), "3月12日\n母亲患病": ("2024-03-12", "母亲患病"),
    "2024.3.12 母亲患病，看望": ("2024-03-12", "母亲患病，看望"), "慰问老党员（3月12日）": ("2024-03-12", "慰问老党员"),
    "3月12日：到县医院看望": ("2024-03-12", "到县医院看望"), "2024.3.12": ("2024-03-12", None),
    date(2024, 3, 12): ("2024-03-12", None), "家庭收入1.5万元，困难": (None, "家庭收入1.5万元，困难"),
    "了解情况\n2024年3月12日晚上": ("2024-03-12", "了解情况"), "12月以来加班（3.12）": ("2024-03-12", "12月以来加班"),
}  # fmt: skip


@pytest.mark.parametrize("head", ["内容╲时间", "内容\n时间", "时间/内容", "内容 时间", "　　内容\n时间"])
def test_the_matrix_cell_may_hold_day_or_matter_or_both(tmp_path: Path, head: str) -> None:
    rows = {written: [written, 1, "钱永和", "镇长", "张建国", "主任", None] for written in MIXED}
    found = ledgers(tmp_path, rows, head=[head, *MATRIX[1:]])
    seen = {written: [(brief(visit)[1], brief(visit)[5]) for visit in sheet.visits] for written, sheet in found.items()}
    assert seen == {written: [made] for written, made in MIXED.items()}


PEOPLE = {
    ("钱永和\n周文斌", "镇长\n组织委员"): "钱永和 镇长；周文斌 组织委员",
    ("钱永和、周文斌", "党委副书记、镇长\n组织委员"): "钱永和 党委副书记、镇长；周文斌 组织委员",
    ("钱永和/周文斌", "镇长、组织委员"): "钱永和 镇长；周文斌 组织委员",
    ("钱永和（镇长）、周文斌（组织委员）", None): "钱永和 镇长；周文斌 组织委员",
    ("镇长钱永和", None): "钱永和 镇长", ("钱永和　周文斌", "镇长；委员"): "钱永和 镇长；周文斌 委员",
    ("孙　伟", "党委委员\n副镇长"): "孙伟 党委委员、副镇长",
    ("欧阳建\n国", "农业服务中\n心主任"): "欧阳建国 农业服务中心主任",
    ("钱\n永\n和", "镇\n长"): "钱永和 镇长", ("买买提•艾力", "副镇长"): "买买提·艾力 副镇长",
}  # fmt: skip


def test_leaders_and_their_posts_are_told_apart(tmp_path: Path) -> None:
    found = ledgers(tmp_path, {written: [1, *written, *ZHANG[3:]] for written in PEOPLE})
    assert {written: brief(sheet.visits[0])[4] for written, sheet in found.items()} == PEOPLE


def test_posts_that_nobody_can_share_out_are_told(tmp_path: Path) -> None:
    found = ledger(tmp_path, [1, "钱永和、周文斌、孙伟", "党委副书记、镇长", *ZHANG[3:]])
    assert any("人数对不上" in doubt.message for doubt in found.visits[0].doubts)
    assert not stops(found.visits[0])


PASSED = {
    "合计行": ["合计", None, None, "5人次"], "合计": ["本页小计", 3],
    "填表人": ["填表人：王敏", None, None, "审核人：李四", None, "2024年12月30日"],
    "作废": [9, "钱永和", "镇长", "李强", "科员", "3.20", "慰问", "作废"], "只有序号": [6], "空行": ["　", "/", "—"],
    "栏号": [1, 2, 3, 4, 5, 6, 7, 8], "以下空白": [None, None, "以下空白"], "页码": ["第1页 共2页"],
    "分组": ["第二季度"], "说明文字": ["注：本表一式两份"],
    "示例": ["示例", "×××", "镇长", "×××", "科员", "3.1", "慰问"],
    "标题": ["单位：德政镇", None, None, None, None, None, "2024年度"], "重复的表头": list(PLAIN),
    "没有家访对象，也没有日期": [7, "钱永和", "镇长", None, None, None, "慰问"],
}  # fmt: skip


def test_rows_that_are_no_visit_are_passed_over_with_their_reason(tmp_path: Path) -> None:
    rows = {reason: [TITLE, UNIT, PLAIN, row, [2, *ZHANG[1:]]] for reason, row in PASSED.items()}
    for reason, sheet in every(tmp_path / "a.xlsx", rows).items():
        told = {line.row: line.reason for line in sheet.skipped}
        assert ([visit.row for visit in sheet.visits], set(told)) == ([5], {1, 2, 3, 4}), reason
        assert reason in told[4]


def test_rows_covered_by_merged_cells_and_ditto_marks_repeat_what_stands_above(tmp_path: Path) -> None:
    found = ledger(
        tmp_path, [1, "钱永和", "镇长", "王一", "科员", "3.12", "慰问"], [2, None, None, "王二", "〃", None, None],
        [3, "〃", "″", "王三", "同上", "同日", "同上"], merged=("B4:B5", "C4:C5", "F4:F5", "G4:G5"),
    )  # fmt: skip
    assert [brief(visit) for visit in found.visits] == [
        (n, "2024-03-12", f"王{name}", "科员", "钱永和 镇长", "慰问") for n, name in ((1, "一"), (2, "二"), (3, "三"))
    ]


def test_a_visit_over_several_rows_stays_one(tmp_path: Path) -> None:
    found = ledger(
        tmp_path, [1, "钱永和", "镇长", "王一", "科员", "3.12", "慰问"], [None, "周文斌", "组织委员"],
        [None, None, None, None, None, None, "又送去慰问金"], merged=("A4:A5", "D4:D5"),
    )  # fmt: skip
    assert [brief(visit)[4:] for visit in found.visits] == [("钱永和 镇长；周文斌 组织委员", "慰问\n又送去慰问金")]
    assert ["第4行那次家访的续行" in line.reason for line in found.skipped[-2:]] == [True, True]


HEADS: dict[str, list[list[Any]]] = {
    "the visitee first": [["序号", "家访对象", "职务", "家访领导", "职务", "日期", "事由"],
        [1, "张建国", "主任", "钱永和", "镇长", "2024.3.12", "慰问"]],
    "two rows": [["序号", "家访时间", "家访领导", None, "家访对象", None, "家访事由"],
        [None, None, "姓名", "职务", "姓名", "职务"],
        [1, "2024.3.12", "钱永和", "镇长", "张建国", "主任", "慰问"]],
    "names with posts": [["序号", "家访领导姓名及职务", "家访对象姓名、职务", "时间", "内容"],
        [1, "钱永和（镇长）", "张建国（主任）", "2024.3.12", "慰问"]],
    "bare names": [["编号", "姓名", "职务", "姓名", "职务", "家访时间", "家访内容"],
        [1, "钱永和", "镇长", "张建国", "主任", "2024.3.12", "慰问"]],
    "the day in three columns": [["序号", "年", "月", "日", "家访领导", "职务", "家访对象", "职务", "事由"],
        [1, 2024, 3, 12, "钱永和", "镇长", "张建国", "主任", "慰问"]],
    "a header cut into two rows": [["内容", "序号", "家访领导姓名", "职务", "家访对象姓名", "职务"], ["时间"],
        ["3.12慰问", 1, "钱永和", "镇长", "张建国", "主任"]],
    "the one who goes is a 家访干部": [["序号", "家访干部", "职务", "家访对象", "单位及职务", "家访时间", "家访事由"],
        [1, "钱永和", "镇长", "张建国", "主任", "2024-03-12T18:00:00", "慰问"]],
    "the number last": [["家访领导姓名", "职务", "家访对象姓名", "职务", "时间", "内容", "序号"],
        ["钱永和", "镇长", "张建国", "主任", "2024.3.12", "慰问", "第1号"]],
}  # fmt: skip


def test_columns_are_found_by_their_titles(tmp_path: Path) -> None:
    whole = [(1, "2024-03-12", "张建国", "主任", "钱永和 镇长", "慰问")]
    found = every(tmp_path / "a2024年.xlsx", HEADS)
    seen = {name: [brief(visit) for visit in sheet.visits] for name, sheet in found.items()}
    assert seen == dict.fromkeys(HEADS, whole)


NUMBERS = {1: 1, "01": 1, 2.0: 2, "第3号": 3, "③": 3, "2024-007": 7, "〔2024〕8号": 8, None: None, "甲": None}


def test_numbers_are_read_and_others_told(tmp_path: Path) -> None:
    found = ledgers(tmp_path, {written: [written, *ZHANG[1:]] for written in NUMBERS})
    assert {written: sheet.visits[0].content.number for written, sheet in found.items()} == NUMBERS
    assert [written for written, sheet in found.items() if sheet.visits[0].doubts] == ["甲"]


def test_the_year_comes_from_the_nearest_words_that_name_one(tmp_path: Path) -> None:
    row = [*ZHANG[:5], "1.8", "慰问"]
    found = read(workbook(tmp_path / "家访2022年.xlsx", {
        "2023年": [PLAIN, row], "24": [PLAIN, row], "标题": [["2025年度家访台账"], PLAIN, row],
        "两年": [["2024年度"], PLAIN, row, ["2025年度"], PLAIN, row], "别的": [PLAIN, row],
        "2024-2025": [PLAIN, [*ZHANG[:5], "12.30", "慰问"], row],
    }))  # fmt: skip
    years = [int(brief(visit)[1][:4]) for visit in found.visits]
    assert years == [2023, 2024, 2025, 2024, 2025, 2022, 2024, 2025]


def test_letters_numbers_and_dates_of_filling_in_are_no_years(tmp_path: Path) -> None:
    over = [["2024年度家访台账"], ["根据魏组〔2023〕6号"], ["单位：德政镇", None, "填表时间：2025年1月3日"]]
    found = every(tmp_path / "a.xlsx", {
        "all": [*over, PLAIN, [*ZHANG[:5], "3.12", "慰问"]], "none": [*over[1:], PLAIN, [*ZHANG[:5], "3.12", "慰问"]],
        "a row": [*over, PLAIN, [2023], [*ZHANG[:5], "3.12", "慰问"]],
    })  # fmt: skip
    assert {name: brief(sheet.visits[0])[1] for name, sheet in found.items()} == {
        "all": "2024-03-12", "none": (3, 12), "a row": "2023-03-12",
    }  # fmt: skip
    assert {visit.unit for sheet in found.values() for visit in sheet.visits} == {"德政镇"}


def test_ditto_marks_look_back_over_a_repeated_header_but_not_into_nothing(tmp_path: Path) -> None:
    found = ledger(tmp_path, [1, "〃", *ZHANG[2:]], [2, *ZHANG[1:]], TITLE, UNIT, PLAIN, [3, "〃", "〃", *ZHANG[3:]])
    assert [brief(visit)[4] for visit in found.visits] == ["", READ[4], READ[4]]


def test_without_any_year_the_day_waits_and_an_unfilled_line_is_no_year(tmp_path: Path) -> None:
    rows = [["单位：　　　　", None, "20××年度"], PLAIN, [*ZHANG[:5], "3.12", "慰问"]]
    visit = read(workbook(tmp_path / "台账.xlsx", {"Sheet1": rows})).visits[0]
    assert (visit.month_day, visit.content.date, visit.unit) == ((3, 12), None, None)


def test_other_sheets_are_passed_over_row_by_row_and_a_sheet_may_lack_its_header(tmp_path: Path) -> None:
    found = read(workbook(tmp_path / "a.xlsx", {
        "说明": [["填表说明"], ["如实填写"]], "一": [TITLE, PLAIN, ZHANG], "二": [[2, *ZHANG[1:]]],
    }))  # fmt: skip
    assert [(visit.sheet, visit.row) for visit in found.visits] == [("一", 3), ("二", 1)]
    assert [line.row for line in found.skipped if line.sheet == "说明"] == [1, 2]


def test_several_visitees_in_one_cell_wait_for_a_person(tmp_path: Path) -> None:
    rows = [[*ZHANG[:3], name, *ZHANG[4:]] for name in ("张建国、李强", "张建国等3人", None)]
    found = ledger(tmp_path, *rows)
    assert [len(stops(visit)) for visit in found.visits] == [1, 1, 1]
