"""组织督导情况: only for signs of trouble, only with the right, and with no place for who reported."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from clerks import OWNER, PERMITTED, PLAIN, Clerks
from offices import visit

from jiafang_desktop.common.errors import UserError
from jiafang_desktop.services import accounts, guidance, undo, visits
from jiafang_desktop.store import Store


@pytest.fixture
def clerks(tmp_path: Path) -> Iterator[Clerks]:
    office = Clerks(tmp_path / "数据")
    yield office
    office.store.close()


def registered(store: Store, **changed: Any) -> str:
    return visits.register(store, visit(**{"priority": "warning_sign", **changed}), by=store.operator).id


def refusal(verb: Any, *args: Any, **named: Any) -> str:
    with pytest.raises(UserError) as caught:
        verb(*args, **named)
    return caught.value.code


def test_what_is_named_changes_and_the_rest_stays(office: Store) -> None:
    rec = registered(office)
    assert guidance.read(office, rec).is_empty
    guidance.write(office, rec, {"causes": " 工作压力大\r\n", "measures": "谈心谈话"}, by=office.operator)
    kept = guidance.write(office, rec, {"measures": "", "follow_up": "情绪平稳"}, by=office.operator)
    assert kept.guidance.texts() == {
        "causes": "工作压力大", "roots": None, "counsel": None, "measures": None, "follow_up": "情绪平稳",
    }  # fmt: skip
    assert [view.after for view in guidance.history(office, rec)][1] == {"measures": None, "follow_up": "情绪平稳"}
    assert not guidance.write(office, rec, {"causes": "工作压力大"}, by=office.operator).changes.records


def test_it_belongs_to_signs_of_trouble_alone(office: Store) -> None:
    for rec in (registered(office, priority="illness"), registered(office, priority=None)):
        assert refusal(guidance.write, office, rec, {"causes": "甲"}, by=office.operator) == "not_warning_sign"
    void = registered(office)
    visits.delete(office, void, reason="重复", by=office.operator)
    assert refusal(guidance.write, office, void, {"causes": "甲"}, by=office.operator) == "void"
    assert refusal(guidance.write, office, "nobody", {"causes": "甲"}, by=office.operator) == "not_found"
    assert refusal(guidance.read, office, "nobody") == "not_found"


@pytest.mark.parametrize("data", [{"reporter": "某人"}, {"causes": 3}, [], {"causes": "\ud83d"}])
def test_there_is_no_place_for_anything_else(data: Any, office: Store) -> None:
    rec = registered(office)
    assert refusal(guidance.write, office, rec, data, by=office.operator) in ("unknown_field", "bad_input")
    assert guidance.read(office, rec).is_empty


def test_words_about_reporters_and_offences_are_pointed_out_and_never_quoted(office: Store) -> None:
    rec = registered(office)
    kept = guidance.write(office, rec, {"causes": "举报人王某反映其涉嫌受贿"}, by=office.operator)
    assert len(kept.warnings) == 2
    assert "违纪违法线索不在本程序登记" in kept.warnings[1]
    assert all("王某" not in words for words in kept.warnings)
    assert guidance.write(office, rec, {"causes": "工作压力大"}, by=office.operator).warnings == ()


def test_it_is_kept_with_the_right_and_read_by_its_author_after_losing_it(clerks: Clerks) -> None:
    rec = registered(clerks.at(PLAIN))
    assert refusal(guidance.write, clerks.store, rec, {"causes": "甲"}, by=clerks.store.operator) == "not_permitted"
    store = clerks.at(PERMITTED)
    guidance.write(store, rec, {"causes": "赵五写的"}, by=store.operator)
    store = clerks.at(OWNER)
    guidance.write(store, rec, {"measures": "王敏写的"}, by=store.operator)
    accounts.set_rights(store, clerks.id_of("赵五"), [], by=store.operator)
    found = guidance.read(clerks.at(PERMITTED), rec)
    assert (found.causes, found.measures, found.hidden) == ("赵五写的", None, frozenset({"measures"}))


def test_beginning_a_sheet_can_be_undone(office: Store) -> None:
    rec = registered(office)
    kept = guidance.write(office, rec, {"causes": "甲"}, by=office.operator)
    undo.undo(office, kept.changes, by=office.operator)
    assert guidance.read(office, rec).is_empty
    guidance.write(office, rec, {"causes": "乙"}, by=office.operator)
    assert guidance.read(office, rec).causes == "乙"
