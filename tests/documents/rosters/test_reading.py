"""What the office's ugliest rosters come out as: people, what is nobody, what is asked, what is never kept."""

from __future__ import annotations

from datetime import date, datetime
from pathlib import Path
from typing import Any

import pytest
from builders import HEAD, LAYOUTS, LI, TABLE, THREE, ZHANG, Layout, text, xlsx

from jiafang_desktop.common.errors import UserError
from jiafang_desktop.documents import rosters
from jiafang_desktop.documents.rosters.shapes import KnownRoster, RosterOptions, RosterReading
from jiafang_desktop.documents.sandbox import read_grids

TODAY = date(2026, 11, 24)


def reading(folder: Path, data: bytes, *, known: KnownRoster | None = None, **options: Any) -> RosterReading:
    file = folder / "名册.xls"  # the name never matters
    file.write_bytes(data)
    return rosters.read(read_grids(file), options=RosterOptions(today=TODAY, **options), known=known or KnownRoster())


def certain(found: RosterReading) -> list[str]:
    return [person.content.name for person in found.people if not person.doubtful]


@pytest.mark.parametrize("name", LAYOUTS)
def test_each_ugly_layout_is_read_as_a_careful_clerk_would(name: str, tmp_path: Path) -> None:
    layout: Layout = LAYOUTS[name]()
    if layout.refusal:
        with pytest.raises(UserError) as refused:
            reading(tmp_path, layout.data, unit=layout.unit_option)
        assert refused.value.code in layout.refusal
        assert refused.value.hint
        return
    found = reading(tmp_path, layout.data, unit=layout.unit_option)
    codes = {question.code for question in found.questions}
    if layout.question:
        assert layout.question in codes
        return
    assert not codes
    assert certain(found) == [person for person, _ in layout.people]
    contents = {person.content.name: person.content for person in found.people}
    for person, fields in layout.people:
        for field, value in fields.items():
            assert getattr(contents[person], field) == value, (person, field)
    assert layout.header_row is None or found.header_row == layout.header_row
    assert layout.sheet is None or found.sheet == layout.sheet
    assert {field: found.columns.get(field) for field in layout.columns} == layout.columns
    assert not set(layout.no_columns) & set(found.columns)


def test_every_row_between_header_and_last_text_is_a_person_or_has_a_reason(tmp_path: Path) -> None:
    for name in ("footer lines", "instructions below the data", "paged with repeated headers", "vacant posts"):
        layout = LAYOUTS[name]()
        found = reading(tmp_path, layout.data)
        seen = {person.row for person in found.people} | {item.row for item in found.skipped}
        assert seen == set(range(found.header_row + 1, max(seen) + 1)), name
        assert all(item.reason for item in found.skipped)


def test_identity_numbers_and_ethnicity_appear_nowhere_in_a_reading(tmp_path: Path) -> None:
    data = xlsx(
        (
            "S",
            [
                ["姓名", "公民身份号码", "民族", "单位", "备注"],
                ["马六（回族）", "130434197503081231", "回族", "德政镇", "证号130434197503081231"],
            ],
        )
    )
    found = reading(tmp_path, data)
    shown = repr(found.people) + repr(found.questions) + repr(found.notes) + repr(found.skipped)
    assert "130434197503081231" not in shown
    assert "回" not in repr(found.people)
    assert {item.column for item in found.left_out} == {"B", "C"}
    assert all("不保存" in item.reason for item in found.left_out)


def test_the_cell_s_own_words_stay_beside_what_was_cleaned(tmp_path: Path) -> None:
    data = xlsx(("S", [["姓名", "单位", "出生年月", "电话"], ["张　三", "德政镇", "1966.１２", "138 0000 1234"]]))
    person = reading(tmp_path, data).people[0].content
    assert person.originals == {"name": "张　三", "birth_date": "1966.１２", "phone": "138 0000 1234"}


def test_a_person_chooses_the_sheet_and_the_question_is_gone(tmp_path: Path) -> None:
    layout = LAYOUTS["several sheets of people"]()
    found = reading(tmp_path, layout.data, sheet="魏城镇")
    assert (found.sheet, found.questions) == ("魏城镇", ())
    assert reading(tmp_path, layout.data, answers={"sheet": "魏城镇"}).sheet == "魏城镇"


def test_a_sheet_that_is_not_there_is_named_with_those_that_are(tmp_path: Path) -> None:
    with pytest.raises(UserError) as refused:
        reading(tmp_path, LAYOUTS["several sheets of people"]().data, sheet="没有这张")
    assert refused.value.code == "not_found"
    assert refused.value.details["sheets"] == ["德政镇", "魏城镇"]


def test_a_person_s_word_about_columns_wins(tmp_path: Path) -> None:
    data = xlsx(("S", [["姓名", "单位", "现任职务", "甲"], ["张三丰", "德政镇", "正科级", "党委书记"]]))
    found = reading(tmp_path, data, columns={"post": "D"})
    assert found.people[0].content.post == "党委书记"
    assert found.columns["post"] == "D"


def test_columns_kept_for_a_layout_come_back_with_the_same_titles(tmp_path: Path) -> None:
    data = xlsx(("S", [["姓名", "单位", "甲"], ["张三丰", "德政镇", "党委书记"]]))
    mark = reading(tmp_path, data).fingerprint
    again = reading(tmp_path, data, known=KnownRoster(column_maps={mark: {"post": "C"}}))
    assert again.people[0].content.post == "党委书记"


def test_a_column_where_nothing_stands_means_the_field_is_not_imported(tmp_path: Path) -> None:
    found = reading(tmp_path, xlsx(("S", TABLE)), columns={"phone": "XFD"})
    assert "phone" not in found.columns
    assert found.people[0].content.phone is None


@pytest.mark.parametrize(("columns", "code"), [({"rank": "A"}, "unknown_field"), ({"post": "1"}, "not_found")])
def test_a_field_or_column_that_does_not_exist_is_refused(columns: dict[str, str], code: str, tmp_path: Path) -> None:
    with pytest.raises(UserError) as refused:
        reading(tmp_path, xlsx(("S", TABLE)), columns=columns)
    assert refused.value.code == code


def test_blocks_side_by_side_are_read_one_after_another_as_answered(tmp_path: Path) -> None:
    layout = LAYOUTS["side by side"]()
    question = reading(tmp_path, layout.data, unit="德政镇").questions[0]
    assert question.options == ("B", "E")
    left = reading(tmp_path, layout.data, unit="德政镇", answers={question.id: "B"})
    right = reading(tmp_path, layout.data, unit="德政镇", answers={question.id: "E"})
    assert (certain(left), certain(right)) == (["张三丰", "李思雨"], ["王五福", "赵一鸣"])
    assert [person.content.post for person in right.people] == ["科员", "科员"]
    assert not left.questions and not right.questions


def test_a_list_without_titles_is_read_once_the_columns_are_said(tmp_path: Path) -> None:
    data = LAYOUTS["csv headerless"]().data
    found = reading(tmp_path, data, columns={"name": "A", "unit": "B", "post": "C"})
    assert next((p.row, p.content.name, p.content.unit, p.content.post) for p in found.people) == (
        1,
        "张三丰",
        "德政镇",
        "书记",
    )
    assert not found.questions
    assert found.header_row == 0


def test_a_unit_edition_takes_its_own_unit_where_the_file_says_none(tmp_path: Path) -> None:
    data = xlsx(("S", [["姓名", "职务"], ["张三丰", "科员"]]))
    found = reading(tmp_path, data, known=KnownRoster(own_unit="泊口镇"))
    assert found.people[0].content.unit == "泊口镇"
    assert any("泊口镇" in note for note in found.notes)
    assert reading(tmp_path, data).questions[0].code == "missing_column"


def test_october_that_lost_its_zero_depends_on_how_the_column_is_written(tmp_path: Path) -> None:
    def births(*values: Any) -> list[tuple[str | None, bool]]:
        rows = [[f"张{chr(0x4E00 + at)}", "德政镇", value] for at, value in enumerate(values)]
        found = reading(tmp_path, xlsx(("S", [["姓名", "单位", "出生年月"], *rows])))
        return [(person.content.birth_date, bool(person.problems)) for person in found.people]

    assert births(1975.03, 1980.1) == [("1975-03", False), ("1980-10", True)]
    assert births(1975.3, 1980.1) == [("1975-03", False), (None, True)]
    assert births("1975.03", "1980.1") == [("1975-03", False), ("1980-01", True)]
    assert births(datetime(1975, 3, 1), datetime(1980, 10, 1)) == [("1975-03", False), ("1980-10", False)]
    assert births(datetime(1975, 3, 1), datetime(1980, 10, 9)) == [("1975-03-01", False), ("1980-10-09", False)]


def test_fifty_thousand_people_keep_their_order_and_row_numbers(tmp_path: Path) -> None:
    rows = [
        [at, f"张{chr(0x4E00 + at % 3000)}", "德政镇", "科员", "男", "1975.03", str(13_800_000_000 + at)]
        for at in range(1, 50_001)
    ]
    found = reading(tmp_path, text([HEAD, *rows]))
    assert [person.row for person in found.people[:2]] == [2, 3]
    assert found.people[-1].row == 50_001
    assert found.people[-1].content.phone == "13800050000"


def test_hidden_rows_are_read_and_said_so(tmp_path: Path) -> None:
    def hide(book: Any) -> None:
        book.worksheets[0].row_dimensions[3].hidden = True

    found = reading(tmp_path, xlsx(("S", [HEAD, ZHANG, LI]), touch=hide))
    assert certain(found) == [THREE[0][0], THREE[1][0]]
    assert any("隐藏" in note for note in found.notes)


def test_people_far_below_are_found_and_the_gap_is_said_once(tmp_path: Path) -> None:
    data = xlsx(
        ("S", [["姓名", "单位"], ["张三丰", "德政镇"], *[[] for _ in range(300)], ["李思雨", "德政镇"], [], []])
    )
    found = reading(tmp_path, data)
    assert [person.row for person in found.people] == [2, 303]
    assert [(item.row, item.reason) for item in found.skipped] == [(3, "空行（第3至302行）")]


def test_examples_marked_anywhere_are_nobody(tmp_path: Path) -> None:
    rows = [["张三（示例，请删除）", "德政镇", ""], ["李四", "德政镇", "示例"], ["王五福", "德政镇", ""]]
    assert certain(reading(tmp_path, xlsx(("S", [["姓名", "单位", "备注"], *rows])))) == ["王五福"]
