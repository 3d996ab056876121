"""Who may change accounts, and that nobody locks the office out or gives away more than he has."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from clerks import OWNER, PERMITTED, PLAIN, Clerks
from offices import visit

from jiafang_desktop.common.errors import UserError
from jiafang_desktop.domain.visits import Topics
from jiafang_desktop.services import accounts, concerns, session, summary, undo, visits
from jiafang_desktop.store import Store

FULL = "sun-liu-de-mi-ma"


@pytest.fixture
def clerks(tmp_path: Path) -> Iterator[Clerks]:
    office = Clerks(tmp_path / "数据")
    yield office
    office.store.close()


def refusal(verb: Any, *args: Any, **named: Any) -> str:
    with pytest.raises(UserError) as caught:
        verb(*args, **named)
    return caught.value.code


def test_accounts_are_off_until_a_second_one_is_added(office: Store) -> None:
    assert not accounts.are_used(office)
    (only,) = accounts.listing(office)
    assert (only.name, only.owner, only.disabled) == ("王敏", True, False)
    assert accounts.may(office, "sensitive")
    accounts.add(office, "李四", PLAIN, by=office.operator)
    assert accounts.are_used(office)


def test_every_change_of_accounts_carries_who_made_it(clerks: Clerks) -> None:
    store = clerks.at(OWNER)
    added = clerks.id_of("李四")
    accounts.set_rights(store, added, ["approve"], by=store.operator)
    accounts.disable(store, added, by=store.operator)
    views = store.history(f"account:{added}")
    assert [view.operator for view in views] == ["王敏"] * 3
    assert [(view.after["rights"], view.after["disabled"]) for view in views] == [
        ([], False), (["approve"], False), (["approve"], True),
    ]  # fmt: skip


def test_only_those_with_every_right_change_accounts(clerks: Clerks) -> None:
    for password in (PLAIN, PERMITTED):
        store = clerks.at(password)
        owner = clerks.id_of("王敏")
        by = store.operator
        assert refusal(accounts.add, store, "孙六", FULL, ["sensitive"], by=by) == "not_permitted"
        assert refusal(accounts.disable, store, owner, by=by) == "not_permitted"
        assert refusal(accounts.set_rights, store, by.id, ["sensitive", "approve"], by=by) == "not_permitted"
        assert refusal(accounts.enable, store, owner, FULL, by=by) == "not_permitted"
    store = clerks.at(OWNER)
    accounts.add(store, "孙六", FULL, ["approve", "sensitive"], by=store.operator)
    store = clerks.at(FULL)
    accounts.disable(store, clerks.id_of("王敏"), by=store.operator)
    assert refusal(clerks.at, OWNER) == "wrong_password"


def test_the_last_account_in_use_is_never_disabled(office: Store) -> None:
    by = office.operator
    assert refusal(accounts.disable, office, by.id, by=by) == "last_account"
    other = accounts.add(office, "李四", PLAIN, by=by).account
    accounts.disable(office, other.id, by=by)
    assert refusal(accounts.disable, office, by.id, by=by) == "last_account"
    assert refusal(accounts.disable, office, other.id, by=by) == "already_disabled"
    assert refusal(accounts.disable, office, "nobody", by=by) == "not_found"


def test_one_may_put_oneself_out_while_others_are_left(clerks: Clerks) -> None:
    store = clerks.at(PLAIN)
    accounts.disable(store, store.operator.id, by=store.operator)
    assert refusal(clerks.at, PLAIN) == "wrong_password"


@pytest.mark.parametrize(
    ("name", "password", "rights", "code"),
    [
        ("  ", FULL, [], "bad_input"), ("王敏", FULL, [], "name_taken"), ("孙六", "短", [], "weak_password"),
        ("孙六", OWNER, [], "password_taken"), ("孙六", FULL, ["everything"], "bad_input"),
        ("孙" * 41, FULL, [], "bad_input"),
    ],
)  # fmt: skip
def test_what_is_refused_leaves_no_account(
    name: str, password: str, rights: list[str], code: str, office: Store
) -> None:
    assert refusal(accounts.add, office, name, password, rights, by=office.operator) == code
    assert len(accounts.listing(office)) == 1


def test_the_owners_rights_stay_and_a_former_name_is_free_again(clerks: Clerks) -> None:
    store = clerks.at(OWNER)
    by, former = store.operator, clerks.id_of("李四")
    assert refusal(accounts.set_rights, store, by.id, [], by=by) == "not_permitted"
    assert refusal(accounts.enable, store, former, FULL, by=by) == "bad_input"
    accounts.disable(store, former, by=by)
    accounts.add(store, "李四", FULL, by=by)
    assert refusal(accounts.enable, store, former, PLAIN, by=by) == "name_taken"


def test_a_right_that_is_missing_is_named(clerks: Clerks) -> None:
    store = clerks.at(PERMITTED)
    accounts.require(store, "sensitive")
    assert refusal(accounts.require, store, "approve") == "not_permitted"


def test_what_went_to_the_county_is_told_by_those_who_may_approve_it(clerks: Clerks) -> None:
    store = clerks.at(PERMITTED)
    by = store.operator
    quarter = {"year": 2026, "quarter": 3}
    rec = concerns.add(store, {"cadre": {"name": "张建国"}, "text": "想调动工作"}, by=by).id
    day = date(2026, 10, 10)
    assert refusal(concerns.mark_reported, store, rec, on=day, by=by) == "not_permitted"
    assert refusal(summary.mark_reported, store, on=day, by=by, **quarter) == "not_permitted"
    assert refusal(summary.revoke_report, store, reason="报错了", by=by, **quarter) == "not_permitted"
    store = clerks.at(OWNER)
    accounts.set_rights(store, by.id, ["approve"], by=store.operator)
    store = clerks.at(PERMITTED)
    assert concerns.mark_reported(store, rec, on=day, by=by).records
    assert summary.mark_reported(store, on=day, by=by, **quarter).records


def test_accounts_are_not_undone(clerks: Clerks) -> None:
    store = clerks.at(OWNER)
    changes = accounts.disable(store, clerks.id_of("李四"), by=store.operator)
    assert refusal(undo.undo, store, changes, by=store.operator) == "nothing_to_undo"


def test_a_password_change_is_ones_own(clerks: Clerks) -> None:
    session.change_password(clerks.at(PLAIN), FULL)
    assert refusal(clerks.at, PLAIN) == "wrong_password"
    assert clerks.at(FULL).operator.name == "李四"
    assert clerks.at(OWNER).operator.name == "王敏"


def test_what_each_recorded_carries_his_name(clerks: Clerks) -> None:
    store = clerks.at(PLAIN)
    rec = visits.register(store, visit(topics=Topics()), by=store.operator).id
    store = clerks.at(PERMITTED)
    visits.edit(store, rec, {"matter": "看望"}, by=store.operator)
    assert [view.operator for view in visits.history(clerks.at(OWNER), rec)] == ["李四", "赵五"]
