"""诉求导入 over a real store: a unit's own list, the county's whole export, pasted cells, and the same file again."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from jiafang_desktop.common.errors import UserError
from jiafang_desktop.common.progress import run_to_end
from jiafang_desktop.services import concern_import, concerns, undo
from jiafang_desktop.services.concerns import ConcernPreview
from jiafang_desktop.store import Store

TITLES = ["序号", "诉求人", "所在单位", "职务", "身份证号", "诉求内容", "反映时间", "诉求类别", "困难程度", "诉求来源"]
ZHANG = [
    1, "张建国", "德政镇", "中心主任", "130434197503010017", "母亲卧床，\n想借护理床", date(2026, 9, 3),
    "患有重大疾病", "普通", "家访小程序",
]  # fmt: skip
LI = [2, "李思雨", "魏城镇", "科员", "", "夜班太多", "2026.9.5", "生活困难", "特别困难", "群众反映"]
Row = Sequence[Any]


def file_of(folder: Path, *rows: Row, merges: Sequence[str] = (), name: str = "诉求.xlsx") -> Path:
    import openpyxl

    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    for row in rows:
        sheet.append(list(row))
    for merged in merges:
        sheet.merge_cells(merged)
    book.save(folder / name)
    return folder / name


def imported(store: Store, found: ConcernPreview) -> dict[str, Any]:
    return run_to_end(concerns.apply(store, found, by=store.operator)).as_json()


def kept(store: Store) -> list[tuple[str, str]]:
    return [(view.concern.content.name, view.concern.content.text) for view in concerns.listing(store)]


def test_a_list_below_a_title_is_read_previewed_and_taken_over(office: Store, tmp_path: Path) -> None:
    path = file_of(tmp_path, ["德政镇干部诉求登记表"], [], TITLES, ZHANG, [], LI, ["合计", "2人"], merges=["A1:J1"])
    found = concerns.preview(office, path)
    shown = found.as_json()
    assert (shown["format"], shown["header_row"], shown["applied"]) == ("xlsx", 3, False)
    assert shown["columns"] == {
        "name": "B", "unit": "C", "post": "D", "text": "F", "raised_on": "G", "source": "J", "priority": "H",
        "level": "I",
    }  # fmt: skip
    assert [row["reason"][:2] for row in shown["skipped"]] == ["空行", "表尾"]
    first = shown["concerns"][0]
    assert (first["row"], first["name"], first["unit"], first["status"]) == (4, "张建国", "德政镇", "new")
    assert (first["raised_on"], first["source"], first["priority"], first["level"]) == (
        "2026-09-03", "mini_program", "illness", "ordinary"
    )  # fmt: skip
    assert first["text"] == "母亲卧床，\n想借护理床"
    assert shown["left_out"][0]["reason"] == "身份证号码不导入、不保存"
    assert "130434197503010017" not in repr([found.lines(0, 20), shown])
    assert kept(office) == []
    after = imported(office, found)
    assert after | {"applied": False} == shown
    assert [view.status for view in concerns.listing(office)] == ["assigned", "assigned"]


def test_the_same_file_again_brings_nothing_new(office: Store, tmp_path: Path) -> None:
    path = file_of(tmp_path, TITLES, ZHANG, LI)
    imported(office, concerns.preview(office, path))
    again = imported(office, concerns.preview(office, path))
    assert (again["counts"]["new"], again["counts"]["same"], len(kept(office))) == (0, 2, 2)
    more = concerns.preview(office, file_of(tmp_path, TITLES, [*LI[:5], "孩子上学", *LI[6:]], LI, ZHANG, name="b.xlsx"))
    assert [row.status for row in more.concerns] == ["new", "same", "same"]


def test_repeats_and_rows_without_words_wait_for_an_eye(office: Store, tmp_path: Path) -> None:
    dated = [*ZHANG[:6], date(2026, 10, 9), *ZHANG[7:]]
    imported(office, concerns.preview(office, file_of(tmp_path, TITLES, ZHANG)))
    found = concerns.preview(office, file_of(tmp_path, TITLES, dated, LI, LI, [*LI[:5], "", *LI[6:]], name="b.xlsx"))
    assert [row.status for row in found.concerns] == ["check", "new", "check", "check"]
    messages = [row.problems[-1].message for row in found.concerns if row.status == "check"]
    assert "第1号" in messages[0] and "第3行" in messages[1] and "没有写诉求内容" in messages[2]
    assert imported(office, found)["counts"]["new"] == 1
    assert len(kept(office)) == 2


def test_a_bad_optional_cell_is_left_empty_and_named(office: Store, tmp_path: Path) -> None:
    odd = [1, "王五", "德政镇", "科员", "", "孩子上学", "9月31日", "待定", "正科", "不详"]
    row = concerns.preview(office, file_of(tmp_path, TITLES, ZHANG, LI, odd)).concerns[2]
    assert row.status == "new"
    content = row.content
    assert (content.raised_on, content.priority, row.level, content.source) == (None, None, None, "unit")
    assert [problem.column for problem in row.problems] == ["G", "J", "H", "I"]


def test_a_column_that_holds_something_else_is_not_read(office: Store, tmp_path: Path) -> None:
    rows = [
        ["姓名", "单位", "级别", "反映问题"], ["张建国", "德政镇", "正科级", "房屋漏雨"],
        ["李思雨", "德政镇", "副科级", "夜班"],
    ]  # fmt: skip
    found = concerns.preview(office, file_of(tmp_path, *rows))
    assert "level" not in found.reading.columns
    assert any("级别" in note for note in found.reading.notes)


def test_identity_numbers_in_the_words_are_cut_out(office: Store, tmp_path: Path) -> None:
    rows = [["姓名", "诉求内容"], ["张建国", "本人130434197503010017申请慰问"], ["李思雨", "夜班太多，请调整"]]
    row = concerns.preview(office, file_of(tmp_path, *rows)).concerns[0]
    assert row.content.text == "本人申请慰问"
    assert row.problems[0].message == "内容里的身份证号码没有保存"


def test_one_name_merged_over_two_concerns_is_both_of_his(office: Store, tmp_path: Path) -> None:
    rows = [
        ["姓名", "单位", "反映时间", "诉求内容"], ["张建国", "德政镇", "2026.9.3", "房屋漏雨"],
        ["", "", "", "夜班太多"], ["李思雨", "德政镇", "2026.9.4", "孩子上学"],
    ]  # fmt: skip
    found = concerns.preview(office, file_of(tmp_path, *rows, merges=["A2:A3", "B2:B3", "C2:C3"]))
    assert [(row.content.name, row.content.text, str(row.content.raised_on)) for row in found.concerns] == [
        ("张建国", "房屋漏雨", "2026-09-03"), ("张建国", "夜班太多", "2026-09-03"),
        ("李思雨", "孩子上学", "2026-09-04"),
    ]  # fmt: skip


def test_the_county_splits_its_export_by_unit(county_office: Store, tmp_path: Path) -> None:
    homeless = [3, "王五", "", "科员", "", "孩子上学", "", "", "", ""]
    found = concerns.preview(county_office, file_of(tmp_path, TITLES, ZHANG, LI, homeless, name="小程序导出.xlsx"))
    assert found.as_json()["units"] == [
        {"unit": "德政镇", "rows": 1, "new": 1}, {"unit": "魏城镇", "rows": 1, "new": 1}
    ]  # fmt: skip
    assert found.concerns[2].status == "check"
    imported(county_office, found)
    assert [(view.unit, view.concern.number) for view in concerns.listing(county_office)] == [
        ("德政镇", 1), ("魏城镇", 1)
    ]  # fmt: skip
    assert concerns.preview(county_office, tmp_path / "小程序导出.xlsx").counts["new"] == 0


def test_the_county_asks_whose_a_list_without_units_is(county_office: Store, tmp_path: Path) -> None:
    path = file_of(tmp_path, ["姓名", "诉求内容"], ["张建国", "房屋漏雨"])
    found = concerns.preview(county_office, path)
    with pytest.raises(UserError) as refused:
        imported(county_office, found)
    assert refused.value.code == "questions_open"
    answered = concerns.preview(county_office, path, unit="魏城镇")
    assert imported(county_office, answered)["units"] == [{"unit": "魏城镇", "rows": 1, "new": 1}]


def test_an_unknown_layout_is_mapped_once_and_remembered(office: Store, tmp_path: Path) -> None:
    titles = ["谁", "哪个科室的", "什么事"]
    path = file_of(tmp_path, titles, ["张建国", "党政办", "房屋漏雨"], ["李思雨", "财政所", "夜班太多"])
    asked = concerns.preview(office, path)
    assert {question.id for question in asked.open_questions} == {"column:name", "column:text"}
    chosen = concerns.preview(office, path, columns={"name": "A", "section": "B", "text": "C"})
    assert chosen.open_questions == ()
    imported(office, chosen)
    assert kept(office) == [("张建国", "房屋漏雨"), ("李思雨", "夜班太多")]
    later = concerns.preview(office, file_of(tmp_path, titles, ["王建军", "党政办", "孩子上学"], name="b.xlsx"))
    assert later.open_questions == () and later.concerns[-1].content.text == "孩子上学"
    assert concerns.preview(office, path).counts["new"] == 0


@pytest.mark.parametrize("titles", [["提交者", "来自", "写了什么"], ["申请人", "归口", "心声"], ["Q1", "Q2", "Q3"]])
def test_a_row_of_titles_nobody_understands_is_no_person(office: Store, tmp_path: Path, titles: Row) -> None:
    rows = [titles, ["张建国", "德政镇", "房屋漏雨"], ["李思雨", "德政镇", "夜班太多"]]
    mapped = {"name": "A", "unit": "B", "text": "C"}
    found = concerns.preview(office, file_of(tmp_path, *rows), columns=mapped)
    assert found.as_json()["header_row"] == 1
    imported(office, found)
    assert kept(office) == [("张建国", "房屋漏雨"), ("李思雨", "夜班太多")]
    later = file_of(
        tmp_path, ["十一月收到的"], titles, ["王秀兰", "德政镇", "孩子入学"], ["赵立新", "德政镇", "两地分居"]
    )
    assert imported(office, concerns.preview(office, later))["counts"]["new"] == 2
    bare = concerns.preview(office, file_of(tmp_path, *rows[1:], name="无标题.xlsx"), columns=mapped).as_json()
    assert (bare["header_row"], bare["counts"]["same"]) == (0, 2)


def test_an_answer_names_the_text_column(office: Store, tmp_path: Path) -> None:
    path = file_of(tmp_path, ["姓名", "单位", "甲"], ["张建国", "德政镇", "房屋漏雨"])
    question = concerns.preview(office, path).open_questions[0]
    assert (question.id, question.options) == ("column:text", ("C",))
    found = concerns.preview(office, path, answers={"column:text": "C"})
    assert found.concerns[0].content.text == "房屋漏雨"
    imported(office, found)
    assert concerns.preview(office, path).open_questions == ()


@pytest.mark.parametrize(
    ("columns", "code"),
    [({"colour": "A"}, "unknown_field"), ({"text": "第三列"}, "not_found"), ({"name": "?"}, "not_found")],
)
def test_a_column_that_is_none_is_refused(office: Store, tmp_path: Path, columns: dict[str, str], code: str) -> None:
    path = file_of(tmp_path, TITLES, ZHANG)
    with pytest.raises(UserError) as refused:
        concerns.preview(office, path, columns=columns)
    assert refused.value.code == code


def test_pasted_cells_are_read_like_a_file(office: Store) -> None:
    text = '姓名\t单位\t诉求内容\n张建国\t德政镇\t"房屋漏雨，\n要修"\n李思雨\t德政镇\t夜班太多\n'
    found = concerns.preview_pasted(office, text)
    assert [row.content.text for row in found.concerns] == ["房屋漏雨，\n要修", "夜班太多"]
    imported(office, found)
    assert concerns.preview_pasted(office, text).counts["same"] == 2
    for nothing in ("", " \n\t\n", "天气很好"):
        with pytest.raises(UserError) as refused:
            concerns.preview_pasted(office, nothing)
        assert refused.value.code == "not_a_roster"


def test_a_file_that_is_no_table_is_refused(office: Store, tmp_path: Path) -> None:
    path = tmp_path / "图.xlsx"
    path.write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(100))
    with pytest.raises(UserError) as refused:
        concerns.preview(office, path)
    assert refused.value.code == "unsupported_format"
    assert concern_import.field_titles()["text"] == "诉求内容"


def test_an_import_is_taken_back_whole(office: Store, tmp_path: Path) -> None:
    found = concerns.preview(office, file_of(tmp_path, TITLES, ZHANG, LI))
    changes = run_to_end(concerns.apply(office, found, by=office.operator)).changes
    undo.undo(office, changes, by=office.operator)
    assert kept(office) == []
