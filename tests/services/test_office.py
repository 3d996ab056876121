"""The office itself: set-up and unlocking, drafts, settings, and taking changes back."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest
from offices import PASSWORD, set_up, visit

from jiafang_desktop.common.errors import UserError
from jiafang_desktop.domain.cadres import CadreContent, CadreQuery
from jiafang_desktop.domain.changes import Changes
from jiafang_desktop.domain.problems import ProblemContent
from jiafang_desktop.services import drafts, problems, rosters, session, settings, undo, visits
from jiafang_desktop.store import Store


def refusal(verb: Any, *args: Any, **named: Any) -> UserError:
    with pytest.raises(UserError) as caught:
        verb(*args, **named)
    assert caught.value.message.endswith("。")
    return caught.value


# ------------------------------------------------------------------------------------------- session


def test_an_office_is_set_up_opened_again_and_tells_who_it_is(tmp_path: Path) -> None:
    folder = tmp_path / "家访 数据"
    assert not session.exists(folder)
    created = session.create(folder, password=PASSWORD, role="unit", unit="德政镇", operator=" 王敏 ")
    rec = visits.register(created.store, visit(), by=created.store.operator).id
    created.store.close()
    assert session.exists(folder)
    store = session.open_store(folder, PASSWORD)
    try:
        assert visits.show(store, rec).content == visit(number=1)
        found = session.info(store)
        assert set(found) >= {
            "install_id",
            "role",
            "unit",
            "county",
            "operator",
            "version",
            "schema",
            "database",
            "counts",
        }
        assert (found["role"], found["unit"], found["county"], found["operator"]) == ("unit", "德政镇", "魏县", "王敏")
        assert Path(found["database"]).is_absolute() and Path(found["database"]).is_file()
        assert found["counts"]["visits"] == 1
    finally:
        store.close()


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"unit": " "}, "unit"),
        ({"operator": ""}, "operator"),
        ({"role": "town"}, "role"),
        ({"unit_type": "city"}, "unit_type"),
    ],
)
def test_an_office_without_its_names_is_not_set_up(tmp_path: Path, wrong: dict[str, str], field: str) -> None:
    given = {"role": "unit", "unit": "德政镇", "operator": "王敏"} | wrong
    error = refusal(session.create, tmp_path / "数据", password=PASSWORD, **given)
    assert (error.code, error.details["field"]) == ("bad_input", field)
    assert not session.exists(tmp_path / "数据")


def test_a_forgotten_password_is_replaced_by_the_recovery_key(tmp_path: Path) -> None:
    folder = tmp_path / "数据"
    created = session.create(folder, password=PASSWORD, role="unit", unit="德政镇", operator="王敏")
    session.change_password(created.store, "xin-mi-ma-2026")
    created.store.close()
    assert refusal(session.open_store, folder, PASSWORD).exit_status == 4
    session.recover(folder, recovery_key=created.recovery_key, new_password=PASSWORD)
    session.open_store(folder, PASSWORD).close()


@pytest.mark.parametrize("end", ["", "\n", "\r\n"])
def test_a_password_file_may_end_its_line(tmp_path: Path, end: str) -> None:
    path = tmp_path / "密码.txt"
    path.write_bytes(f"\ufeff密 码 {end}".encode())
    assert session.read_password(path) == "密 码 "


def test_a_password_file_that_holds_none_is_told(tmp_path: Path) -> None:
    assert refusal(session.read_password, tmp_path / "没有.txt").code == "not_found"
    for data in (b"", b"\n", b"\xff\xfe\x00"):
        (tmp_path / "密码.txt").write_bytes(data)
        assert refusal(session.read_password, tmp_path / "密码.txt").code == "bad_input"


# ------------------------------------------------------------------------------------------- drafts and settings


def test_a_draft_is_kept_word_for_word_and_thrown_away(tmp_path: Path) -> None:
    store = set_up(tmp_path / "数据")
    drafts.keep(store, "visit:new:1", {"form": {"account": "⼀ 送上\n"}, "date": "11-"})
    drafts.keep(store, "visit:2", {})
    store.close()
    store = session.open_store(tmp_path / "数据", PASSWORD)
    try:
        assert drafts.load(store, "visit:new:1") == {"form": {"account": "⼀ 送上\n"}, "date": "11-"}
        assert [info.key for info in drafts.listing(store, "visit:new:")] == ["visit:new:1"]
        assert len(drafts.listing(store)) == 2
        drafts.discard(store, "visit:new:1")
        drafts.discard(store, "visit:new:1")
        assert drafts.load(store, "visit:new:1") is None
    finally:
        store.close()


def test_settings_have_defaults_and_keep_what_was_chosen(office: Store) -> None:
    assert settings.read(office) == settings.Settings()
    changes = settings.change(
        office, by=office.operator, smallest_pt=10.5, printer_offset=(15, -20), ledger_variant="plain", lock_minutes=10
    )
    assert changes.ids("setting") == (
        "setting:smallest_pt", "setting:printer_offset", "setting:ledger_variant"
    )  # fmt: skip
    found = settings.read(office)
    assert (found.smallest_pt, found.printer_offset, found.offset_mm) == (10.5, (15, -20), (1.5, -2.0))
    assert found.ledger_variant == "plain"
    undo.undo(office, changes, by=office.operator)
    assert settings.read(office) == settings.Settings()


@pytest.mark.parametrize(
    ("value", "code"),
    [
        ({"colour": "red"}, "unknown_field"), ({"smallest_pt": 9}, "bad_input"), ({"lock_minutes": -1}, "bad_input"),
        ({"date_blank": 1}, "bad_input"), ({"printer_offset": (1,)}, "bad_input"),
        ({"ledger_variant": "plain", "archive_outcomes": ("fine",)}, "bad_input"),
    ],
)  # fmt: skip
def test_a_choice_that_is_none_changes_nothing(office: Store, value: dict[str, Any], code: str) -> None:
    assert refusal(settings.change, office, by=office.operator, **value).code == code
    assert settings.read(office) == settings.Settings()


def test_every_setting_has_its_limits() -> None:
    names = settings.Settings.__dataclass_fields__
    for name, field in names.items():
        assert settings.is_allowed(name, field.default), name


# ------------------------------------------------------------------------------------------- undo


def test_an_edit_is_taken_back_and_the_taking_back_too(office: Store) -> None:
    rec = visits.register(office, visit(), by=office.operator).id
    changes = visits.edit(office, rec, {"matter": "甲", "remark": "乙"}, by=office.operator)
    back = undo.undo(office, changes, by=office.operator)
    assert visits.show(office, rec).content == visit(number=1)
    undo.undo(office, back, by=office.operator)
    assert visits.show(office, rec).content == visit(number=1, matter="甲", remark="乙")


def test_a_registration_taken_back_is_void_and_keeps_its_number(office: Store) -> None:
    made = visits.register(
        office, visit(nothing_to_solve=False), by=office.operator, problems=(ProblemContent("夜班多"),)
    )
    back = undo.undo(office, made.changes, by=office.operator)
    kept = visits.show(office, made.id)
    assert (kept.status, kept.problems, kept.number) == ("void", (), 1)
    undo.undo(office, back, by=office.operator)
    kept = visits.show(office, made.id)
    assert (kept.status, len(kept.problems), kept.delete_reason) == ("registered", 1, None)


def test_nothing_newer_is_ever_covered_up(office: Store) -> None:
    rec = visits.register(office, visit(), by=office.operator).id
    first = visits.edit(office, rec, {"matter": "甲"}, by=office.operator)
    visits.edit(office, rec, {"remark": "乙"}, by=office.operator)
    undo.undo(office, first, by=office.operator)
    second = visits.edit(office, rec, {"matter": "丙"}, by=office.operator)
    visits.edit(office, rec, {"matter": "丁"}, by=office.operator)
    assert refusal(undo.undo, office, second, by=office.operator).code == "changed_since"
    assert visits.show(office, rec).content.matter == "丁"


def test_a_number_given_away_meanwhile_does_not_come_back(office: Store) -> None:
    rec = visits.register(office, visit(number=5), by=office.operator).id
    changes = visits.edit(office, rec, {"number": 8}, by=office.operator)
    visits.register(office, visit(number=5), by=office.operator)
    assert refusal(undo.undo, office, changes, by=office.operator).code == "number_taken"
    assert visits.show(office, rec).number == 8


def test_filing_resolving_and_people_are_taken_back_alike(office: Store) -> None:
    rec = visits.register(office, visit(), by=office.operator).id
    undo.undo(office, visits.archive(office, rec, paper_at="柜", by=office.operator), by=office.operator)
    kept = visits.show(office, rec)
    assert (kept.status, kept.paper.place) == ("ready", None)
    problems.add(office, rec, ProblemContent("夜班多"), by=office.operator)
    done = problems.resolve(office, rec, 1, text="好", on=date(2026, 10, 1), by=office.operator)
    undo.undo(office, done, by=office.operator)
    assert visits.show(office, rec).problems[0].is_open
    _, added = rosters.add_person(office, CadreContent(name="赵一鸣"), by=office.operator)
    undo.undo(office, added, by=office.operator)
    assert rosters.people(office, CadreQuery()) == []


def test_where_nothing_was_changed_there_is_nothing_to_take_back(office: Store) -> None:
    assert refusal(undo.undo, office, Changes(), by=office.operator).code == "nothing_to_undo"
