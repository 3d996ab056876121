"""Tables as county offices really send them, one small table for each way of going wrong."""

from __future__ import annotations

import io
import zipfile
from dataclasses import dataclass, field
from datetime import date, datetime
from pathlib import Path
from typing import Any

import pytest
from builders import xlsx

from jiafang_desktop.common.errors import UserError
from jiafang_desktop.documents import rosters
from jiafang_desktop.documents.rosters.shapes import KnownRoster, RosterOptions, RosterReading
from jiafang_desktop.documents.sandbox import read_grids

TODAY = date(2026, 11, 24)
Fields = dict[str, Any]


@dataclass(frozen=True)
class Table:
    """Rows of one sheet and the people in them: (row number, name, fields that must hold)."""

    rows: list[list[Any]]
    people: list[tuple[int, str, Fields]] = field(default_factory=list)
    merges: tuple[str, ...] = ()
    header_row: int | None = None
    no_columns: tuple[str, ...] = ()
    question: str | None = None
    refusal: tuple[str, ...] = ()
    sheet: str = "Sheet1"
    options: Fields = field(default_factory=dict)
    known: KnownRoster = field(default_factory=KnownRoster)


TABLES: dict[str, Table] = {
    "offices in the name column": Table(
        [
            ["德政镇机关干部通讯录"],
            ["姓名", "职务", "手机"],
            ["党政办"],
            ["张志强", "主任", "13810000001"],
            ["司法所"],
            ["李红梅", "所长", "13810000002"],
            ["计生办"],
            ["纪委"],
            ["王五福", "书记", "13810000003"],
        ],
        [(4, "张志强", {"unit": "德政镇"}), (6, "李红梅", {"unit": "德政镇"}), (9, "王五福", {"unit": "德政镇"})],
    ),
    "names that end like offices": Table(
        [
            ["序号", "姓名", "单位"],
            [1, "李建科", "德政镇"],
            [2, "高科", "德政镇"],
            [3, "张新村", "德政镇"],
            [4, "陈院", "德政镇"],
        ],
        [(2, "李建科", {}), (3, "高科", {}), (4, "张新村", {}), (5, "陈院", {})],
    ),
    "a unit line on every page": Table(
        [
            ["干部花名册"],
            ["单位：德政镇"],
            ["序号", "姓名", "职务"],
            [1, "张志强", "书记"],
            ["第1页"],
            ["单位：魏城镇"],
            ["序号", "姓名", "职务"],
            [1, "赵伟民", "书记"],
            ["单位：双井镇"],
            ["序号", "职务", "姓名"],
            [1, "镇长", "李红梅"],
        ],
        [
            (4, "张志强", {"unit": "德政镇"}),
            (8, "赵伟民", {"unit": "魏城镇"}),
            (11, "李红梅", {"unit": "双井镇", "post": "镇长"}),
        ],
    ),
    "a unit in every page's title": Table(
        [
            ["德政镇干部花名册"],
            ["姓名", "职务"],
            ["张志强", "书记"],
            ["魏城镇干部花名册"],
            ["姓名", "职务"],
            ["赵伟民", "书记"],
        ],
        [(3, "张志强", {"unit": "德政镇"}), (6, "赵伟民", {"unit": "魏城镇"})],
    ),
    "whoever signed stands under the names": Table(
        [
            ["序号", "姓名", "单位", "职务"],
            [1, "张志强", "德政镇", "书记"],
            ["填表人：", "周会计", "", "审核人："],
            ["填表人", "王小二", "联系电话", "3512345"],
            ["分管领导签字：", "李红梅", "", ""],
            ["审核人：", "孙大海"],
        ],
        [(2, "张志强", {})],
    ),
    "posts that are a footer's words too": Table(
        [
            ["职务", "姓名", "单位"],
            ["负责人", "张志强", "德政镇"],
            ["联系人", "李红梅", "德政镇"],
            ["统计", "王五福", "德政镇"],
        ],
        [(2, "张志强", {"post": "负责人"}), (3, "李红梅", {"post": "联系人"}), (4, "王五福", {"post": "统计"})],
    ),
    "keys and examples below the header": Table(
        [
            ["姓名", "单位", "职务"],
            ["XM", "DW", "ZW"],
            ["甲", "乙", "丙"],
            ["必填", "必填", "选填"],
            ["王五", "德政镇", "此行为示例，填报时请删除"],
            ["张志强", "德政镇", "书记"],
        ],
        [(6, "张志强", {"post": "书记"})],
    ),
    "an urgent contact before the person": Table(
        [
            ["单位", "紧急联系人", "紧急联系人电话", "与本人关系", "姓名", "本人手机"],
            ["德政镇", "李桂花", "13911112222", "妻子", "张志强", "13810000001"],
        ],
        [(2, "张志强", {"phone": "13810000001"})],
    ),
    "a payroll is a list of people": Table(
        [["德政镇2025年5月工资表"], ["序号", "姓名", "岗位工资", "薪级工资", "实发"], [1, "张志强", 2100, 1200, 3300]],
        [(3, "张志强", {"unit": "德政镇", "post": None})],
    ),
    "parents' phones are not the person's": Table(
        [["姓名", "单位", "家长联系电话", "班主任电话"], ["郭子涵", "德政中学", "13911112222", "13911113333"]],
        [(2, "郭子涵", {"phone": None})],
        no_columns=("phone",),
    ),
    "post and since when in one column": Table(
        [["单位", "姓名", "现任职务及任职时间"], ["德政镇", "张志强", "党委书记（2021.05）"]],
        [(2, "张志强", {"post": "党委书记（2021.05）"})],
    ),
    "titles of a questionnaire": Table(
        [
            ["1. 您的姓名（必填）", "2. 您所在的单位（必填）", "3. 请填写职务", "4. 您的手机号码"],
            ["张志强", "德政镇", "书记", "13810000001"],
        ],
        [(2, "张志强", {"unit": "德政镇", "post": "书记", "phone": "13810000001"})],
    ),
    "husband or wife in the title": Table(
        [["姓名", "单位", "夫（妻）姓名", "夫（妻）工作单位及职务"], ["张志强", "德政镇", "李桂花", "德政中学教师"]],
        [(2, "张志强", {"spouse_name": "李桂花", "spouse_work": "德政中学教师"})],
    ),
    "what goods are counted in is no unit": Table(
        [["序号", "姓名", "物品", "单位", "数量"], [1, "张志强", "大米", "袋", 1], [2, "李红梅", "食用油", "桶", 2]],
        question="missing_column",
    ),
    "groups typed without merging, names in the first row": Table(
        [
            ["序号", "姓名", "任职情况", "", "配偶情况", ""],
            ["", "", "单位", "职务", "姓名", "单位及职务"],
            [1, "张志强", "德政镇", "书记", "李桂花", "教师"],
        ],
        [(3, "张志强", {"unit": "德政镇", "post": "书记", "spouse_name": "李桂花"})],
        header_row=2,
    ),
    "headings refine the title's unit": Table(
        [["魏县教育局机关干部名单"], ["姓名", "职务"], ["魏县第一中学"], ["张志强", "主任"]],
        [(4, "张志强", {"unit": "魏县第一中学"})],
    ),
    "ditto and dashes": Table(
        [["姓名", "单位"], ["张志强", "德政镇"], ["李红梅", "同 上"], ["王五福", "---"]],
        [(2, "张志强", {"unit": "德政镇"}), (3, "李红梅", {"unit": "德政镇"}), (4, "王五福", {"unit": None})],
    ),
    "names numbered and flagged": Table(
        [
            ["姓名", "单位"],
            ["③蒋平", "德政镇"],
            ["4沈浩", "德政镇"],
            ["陈东▲", "德政镇"],
            ["张志强 13810000001", "德政镇"],
        ],
        [(2, "蒋平", {}), (3, "沈浩", {}), (4, "陈东", {}), (5, "张志强", {"phone": "13810000001"})],
    ),
    "the sheet's name gives the unit": Table(
        [["姓名", "职务"], ["张志强", "书记"]], [(2, "张志强", {"unit": "魏城镇"})], sheet="2.魏城镇（2人）"
    ),
    "the file's name gives the unit": Table(
        [["姓名", "职务"], ["张志强", "书记"]],
        [(2, "张志强", {"unit": "德政镇"})],
        options={"file_name": "德政镇机关干部花名册.xlsx"},
    ),
    "the office's own unit before the file's name": Table(
        [["姓名", "职务"], ["张志强", "书记"]],
        [(2, "张志强", {"unit": "德政镇"})],
        options={"file_name": "魏县县委组织部干部信息表.xlsx"},
        known=KnownRoster(own_unit="德政镇"),
    ),
    "the title's unit as the office writes it": Table(
        [["魏县德政镇机关干部花名册"], ["姓名", "职务"], ["张志强", "书记"]],
        [(3, "张志强", {"unit": "德政镇"})],
        known=KnownRoster(units=frozenset({"德政镇"}), own_unit="德政镇"),
    ),
    "numbered blocks side by side": Table(
        [["序号", "姓名1", "电话1", "姓名2", "电话2"], [1, "张志强", "13810000001", "李红梅", "13810000002"]],
        question="ambiguous_header",
        options={"unit": "德政镇"},
    ),
    "the second block, as answered": Table(
        [["序号", "姓名1", "电话1", "姓名2", "电话2"], [1, "张志强", "13810000001", "李红梅", "13810000002"]],
        [(2, "李红梅", {"phone": "13810000002"})],
        options={"unit": "德政镇", "answers": {"column:name": "D"}},
    ),
    "goods with somebody to ask": Table(
        [
            ["防汛物资清单"],
            ["品名", "数量", "单位", "联系人", "联系电话"],
            ["编织袋", 200, "条", "张志强", "13810000001"],
            ["铁锹", 100, "把", "李红梅", "13810000002"],
        ],
        refusal=("not_a_roster",),
    ),
    "two titles are no form": Table(
        [["姓 名", "文化程度"], ["大马村乡"], ["杨红", "本科"]], [(3, "杨红", {"unit": "大马村乡"})]
    ),
    "whoever made the form is not whose people stand in it": Table(
        [["编制单位：魏县县委组织部   填报单位：德政镇"], ["姓名", "职务"], ["张志强", "书记"]],
        [(3, "张志强", {"unit": "德政镇"})],
    ),
    "a relative on each line": Table(
        [
            ["干部姓名", "单位", "职务", "称谓", "成员姓名"],
            ["张志强", "德政镇", "书记", "妻子", "李桂花"],
            ["", "", "", "儿子", "张小宝"],
        ],
        [(2, "张志强", {"unit": "德政镇", "spouse_name": None})],
        merges=("A2:A3", "B2:B3", "C2:C3"),
    ),
    "an appointment form with its family": Table(
        [
            ["干部任免审批表"],
            ["姓 名", "张志强", "性 别", "男"],
            ["现任职务", "德政镇党委书记"],
            ["家庭主要成员", "称谓", "姓名", "年龄", "工作单位及职务"],
            ["", "妻子", "李桂花", 48, "德政中学教师"],
            ["", "女儿", "张小宝", 20, "学生"],
        ],
        refusal=("ambiguous_layout",),
    ),
}


def reading(folder: Path, table: Table) -> RosterReading:
    file = folder / "名册.xlsx"
    file.write_bytes(xlsx((table.sheet, table.rows), merges={table.sheet: list(table.merges)}))
    return rosters.read(read_grids(file), options=RosterOptions(today=TODAY, **table.options), known=table.known)


@pytest.mark.parametrize("name", TABLES)
def test_each_table_is_read_as_a_careful_clerk_would(name: str, tmp_path: Path) -> None:
    table = TABLES[name]
    if table.refusal:
        with pytest.raises(UserError) as refused:
            reading(tmp_path, table)
        assert refused.value.code in table.refusal
        return
    found = reading(tmp_path, table)
    codes = {question.code for question in found.questions}
    if table.question:
        assert codes == {table.question}
        return
    assert not codes
    assert [(p.row, p.content.name) for p in found.people] == [(row, person) for row, person, _ in table.people]
    assert not any(person.doubtful for person in found.people)
    for person, (_, _, fields) in zip(found.people, table.people, strict=True):
        assert {field: getattr(person.content, field) for field in fields} == fields
    assert table.header_row is None or found.header_row == table.header_row
    assert not set(table.no_columns) & set(found.columns)


@pytest.mark.parametrize(
    "text", ["李红梅（女，回族）", "李红梅(女 回族)", "李红梅，女，回族，1980.2生", "李红梅 女 回族", "李红梅（回）"]
)
def test_an_ethnicity_behind_a_name_is_kept_nowhere(text: str, tmp_path: Path) -> None:
    found = reading(tmp_path, Table([["姓名", "单位"], [text, "德政镇"]])).people[0]
    assert (found.content.name, found.doubtful) == ("李红梅", False)
    assert "回" not in repr(found)
    assert found.content.gender == ("女" if "女" in text else None)


@pytest.mark.parametrize(
    "number", ["130434197503081231", "130434 19750308 1231", "１３０４３４１９７５０３０８１２３Ｘ", "130434750308123"]
)
def test_an_identity_number_beside_a_name_is_kept_nowhere(number: str, tmp_path: Path) -> None:
    table = Table([["姓名", "单位", "职务"], [f"李红梅 {number}", "德政镇", f"镇长（{number}）"]])
    found = reading(tmp_path, table).people[0]
    assert (found.content.name, found.content.post) == ("李红梅", "镇长")
    assert number not in repr(found)


def test_leading_zeros_of_a_number_format_are_kept(tmp_path: Path) -> None:
    def pad(book: Any) -> None:
        for row in (2, 3):
            book.worksheets[0].cell(row, 2).number_format = "000000"

    file = tmp_path / "名册.xlsx"
    rows = [["姓名", "工号", "单位"], ["张志强", 123, "德政镇"], ["李红梅", 7, "德政镇"]]
    file.write_bytes(xlsx(("S", rows), touch=pad))
    found = rosters.read(read_grids(file), options=RosterOptions(today=TODAY), known=KnownRoster())
    assert [person.content.employee_no for person in found.people] == ["000123", "000007"]


def test_a_long_roster_s_ordinary_rows_come_out_as_the_first_ones_do(tmp_path: Path) -> None:
    first = ["张志强", "德政镇", "书记", datetime(1974, 2, 8), 13810000001, ""]
    odd = ["李　红梅\n", "同上", "镇长", "1979．12", "138-1000-0002", "示例"]
    rows = [["姓名", "单位", "职务", "出生年月", "电话", "备注"], *([first] * 6), odd[:5], first, odd, first]
    people = reading(tmp_path, Table(rows)).people
    assert [person.row for person in people] == [2, 3, 4, 5, 6, 7, 8, 9, 11]
    assert all(person.content == people[0].content for person in people if person.content.name == "张志强")
    strange = people[6].content
    assert (strange.unit, strange.birth_date, strange.phone) == ("德政镇", "1979-12", "13810000002")
    assert strange.originals == {"name": "李　红梅\n", "birth_date": "1979．12", "phone": "138-1000-0002"}


def test_a_number_of_huge_merged_ranges_costs_no_time(tmp_path: Path) -> None:
    rows = [["单位", "姓名"], *[["德政镇", f"张{chr(0x4E00 + at)}"] for at in range(3000)]]
    merges = "".join(f'<mergeCell ref="A{at}:A{60000 + at}"/>' for at in range(2, 900)).encode()
    packed = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(xlsx(("S", rows)))) as plain, zipfile.ZipFile(packed, "w") as changed:
        for name in plain.namelist():
            part = plain.read(name)
            changed.writestr(
                name, part.replace(b"</sheetData>", b"</sheetData><mergeCells>" + merges + b"</mergeCells>")
            )
    file = tmp_path / "名册.xlsx"
    file.write_bytes(packed.getvalue())
    found = rosters.read(read_grids(file), options=RosterOptions(today=TODAY), known=KnownRoster())
    assert found.people[0].content.unit == "德政镇"
