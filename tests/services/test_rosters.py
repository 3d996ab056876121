"""A clerk's way with rosters: preview, import, import again, and people one by one, over a real store."""

from __future__ import annotations

import io
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import pytest

from jiafang_desktop.common.errors import UserError
from jiafang_desktop.common.progress import run_to_end
from jiafang_desktop.domain.cadres import CadreContent, CadreQuery
from jiafang_desktop.domain.units import Installation
from jiafang_desktop.services import rosters
from jiafang_desktop.store import Store

HEAD = ["姓名", "单位", "职务", "出生年月", "联系电话", "备注"]
ZHANG = ["张三丰", "德政镇", "党委书记", "1975.03", "13800001234", "甲"]
LI = ["李思雨", "德政镇", "镇长", "1980年7月", 13900001234, ""]
Row = Sequence[Any]


def _make(folder: Path, role: str) -> Store:
    here = Installation("install-1", role, "德政镇", "township", "魏县", "德政镇")
    store, _ = Store.create(folder / role, password="密码密码密码密码", installation=here, operator_name="王小二")
    return store


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    made = _make(tmp_path, "unit")
    yield made
    made.close()


@pytest.fixture
def county(tmp_path: Path) -> Iterator[Store]:
    made = _make(tmp_path, "county")
    yield made
    made.close()


def file_of(folder: Path, *rows: Row) -> Path:
    import openpyxl

    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    for row in rows:
        sheet.append(list(row))
    out = io.BytesIO()
    book.save(out)
    path = folder / "名册.xlsx"
    path.write_bytes(out.getvalue())
    return path


def imported(store: Store, path: Path, **options: Any) -> dict[str, Any]:
    found = rosters.preview(store, path, **options)
    return run_to_end(rosters.apply(store, found, by=store.operator)).as_json()


def names(store: Store) -> list[str]:
    return sorted(cadre.content.name for cadre in rosters.people(store, CadreQuery()))


def test_a_preview_stores_nothing(store: Store, tmp_path: Path) -> None:
    found = rosters.preview(store, file_of(tmp_path, HEAD, ZHANG, LI)).as_json()
    assert found["applied"] is False
    assert [person["status"] for person in found["people"]] == ["new", "new"]
    assert names(store) == []


def test_importing_twice_brings_nobody_new(store: Store, tmp_path: Path) -> None:
    path = file_of(tmp_path, HEAD, ZHANG, LI)
    first = imported(store, path)
    assert (first["applied"], first["counts"]["new"]) == (True, 2)
    again = imported(store, path)
    assert again["counts"] | {"skipped": 0, "problems": 0} == {
        "rows": 2, "new": 0, "same": 2, "changed": 0, "check": 0, "skipped": 0, "problems": 0,
    }  # fmt: skip
    assert names(store) == ["张三丰", "李思雨"]


def test_a_change_is_taken_over_and_a_blank_cell_erases_nothing(store: Store, tmp_path: Path) -> None:
    imported(store, file_of(tmp_path, HEAD, ZHANG))
    later = imported(store, file_of(tmp_path, HEAD, ["张三丰", "德政镇", "县委委员", "1975.03", "13800001234", ""]))
    assert later["people"][0]["status"] == "changed"
    assert later["people"][0]["changed"] == ["post"]
    kept = rosters.people(store, CadreQuery())[0].content
    assert (kept.post, kept.remark, kept.originals["birth_date"]) == ("县委委员", "甲", "1975.03")


def test_rows_that_need_an_eye_are_left_out(store: Store, tmp_path: Path) -> None:
    found = imported(store, file_of(tmp_path, HEAD, ZHANG, ["12345", "德政镇", "科员"], ZHANG))
    assert [person["status"] for person in found["people"]] == ["new", "check", "check"]
    assert "第2行" in found["people"][2]["problems"][-1]["message"]
    assert names(store) == ["张三丰"]


def test_an_open_question_stops_the_import_and_an_answer_lets_it_go(county: Store, tmp_path: Path) -> None:
    path = file_of(tmp_path, ["姓名", "职务"], ["张三丰", "科员"])
    found = rosters.preview(county, path)
    with pytest.raises(UserError) as refused:
        run_to_end(rosters.apply(county, found, by=county.operator))
    assert refused.value.code == "questions_open"
    question = refused.value.details["questions"][0]
    assert question["code"] == "missing_column"
    assert names(county) == []
    assert imported(county, path, answers={question["id"]: "魏城镇"})["people"][0]["unit"] == "魏城镇"
    assert imported(county, path, unit="魏城镇")["counts"]["same"] == 1


def test_a_chosen_column_is_remembered_for_the_next_file_of_the_layout(store: Store, tmp_path: Path) -> None:
    titles = ["姓名", "单位", "甲"]
    imported(store, file_of(tmp_path, titles, ["张三丰", "德政镇", "书记"]), columns={"post": "C"})
    found = rosters.preview(store, file_of(tmp_path, titles, ["李思雨", "德政镇", "镇长"])).as_json()
    assert found["columns"]["post"] == "C"
    assert found["people"][0]["post"] == "镇长"


def test_importing_the_same_again_writes_no_revision(store: Store, tmp_path: Path) -> None:
    path = file_of(tmp_path, HEAD, ZHANG)
    imported(store, path)
    found = rosters.preview(store, path)
    assert run_to_end(rosters.apply(store, found, by=store.operator)).changes.records == ()


def test_the_comparison_is_made_again_when_the_import_begins(store: Store, tmp_path: Path) -> None:
    path = file_of(tmp_path, HEAD, ZHANG)
    waiting = rosters.preview(store, path)
    imported(store, path)
    late = run_to_end(rosters.apply(store, waiting, by=store.operator)).as_json()
    assert late["counts"]["same"] == 1
    assert names(store) == ["张三丰"]


def test_look_alike_units_and_namesakes_are_told_but_stop_nothing(store: Store, tmp_path: Path) -> None:
    rows = [["刘红", "大辛庄乡", "科员"], ["刘红", "大辛庄镇", "科员"]]
    found = imported(store, file_of(tmp_path, HEAD, *rows))
    assert {question["code"] for question in found["questions"]} == {"same_name", "similar_unit"}
    assert sorted(cadre.content.unit or "" for cadre in rosters.people(store, CadreQuery())) == ["大辛庄乡", "大辛庄镇"]


def test_identity_numbers_are_neither_printed_stored_nor_shown(store: Store, tmp_path: Path) -> None:
    number = "130434197503081231"
    path = file_of(tmp_path, ["姓名", "身份证号", "民族", "单位"], ["张三丰", number, "满族", "德政镇"])
    found = rosters.preview(store, path)
    assert number not in repr(found.as_json()) and "满族" not in repr(found.as_json())
    assert number not in repr(found.lines(0, 10)) and "满族" not in repr(found.lines(0, 10))
    assert {item["column"] for item in found.as_json()["left_out"]} == {"B", "C"}
    run_to_end(rosters.apply(store, found, by=store.operator))
    kept = rosters.people(store, CadreQuery())[0]
    assert number not in repr(kept) and "满族" not in repr(kept)


def test_the_sheet_is_shown_as_it_is_with_marks(store: Store, tmp_path: Path) -> None:
    path = file_of(tmp_path, ["德政镇名册"], HEAD, ["张三丰", "", "书记", "1975.13", "", ""], ["合计"])
    found = rosters.preview(store, path)
    lines = found.lines(0, 10)
    assert [line.kind for line in lines] == ["above", "header", "person", "skipped"]
    assert lines[2].marks[3] == "没有13月这样的月份"
    assert found.field_of_column[0] == "name"
    assert lines[3].note


def test_people_are_added_changed_and_taken_off_by_hand(store: Store) -> None:
    rec, _ = rosters.add_person(store, CadreContent(name="赵　一鸣", birth_date="1975.3"), by=store.operator)
    assert rosters.show(store, rec).content.birth_date == "1975-03"
    rosters.edit_person(store, rec, {"post": "科员", "birth_date": None}, by=store.operator)
    kept = rosters.show(store, rec).content
    assert (kept.name, kept.post, kept.birth_date) == ("赵一鸣", "科员", None)
    assert rosters.person_json(rosters.show(store, rec))["id"] == rec
    rosters.delete_person(store, rec, by=store.operator)
    assert names(store) == []


@pytest.mark.parametrize(
    ("content", "code"),
    [(CadreContent(name=" "), "bad_input"), (CadreContent(name="张三丰", birth_date="1975.13"), "bad_date")],
)
def test_what_cannot_be_a_person_is_refused_by_hand_too(store: Store, content: CadreContent, code: str) -> None:
    with pytest.raises(UserError) as refused:
        rosters.add_person(store, content, by=store.operator)
    assert refused.value.code == code
    assert names(store) == []
