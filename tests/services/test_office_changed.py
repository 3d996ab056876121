"""What set-up decided, changed later: the unit's names, and another 密码找回单."""

from __future__ import annotations

from pathlib import Path

import pytest
from offices import PASSWORD, visit

from jiafang_desktop.common.errors import UserError
from jiafang_desktop.common.progress import run_to_end
from jiafang_desktop.domain.visits import VisitQuery
from jiafang_desktop.services import forms, ledgers, session, visits
from jiafang_desktop.store import Store

NEW = "泊口镇"


def reopened(store: Store, folder: Path, password: str = PASSWORD) -> Store:
    store.close()
    return session.open_store(folder, password)


def test_a_renamed_unit_prints_its_new_names_and_keeps_its_visits_and_numbers(office: Store) -> None:
    made = visits.register(office, visit(), by=office.operator)
    before = office.installation
    renamed = session.change_unit(
        office, unit=f"中共魏县{NEW}委员会", ledger_unit=NEW, unit_type="subdistrict", by=office.operator
    )
    assert renamed.installation == office.installation
    assert (renamed.installation.install_id, renamed.installation.role) == (before.install_id, before.role)
    assert renamed.changes.touches("installation")
    assert forms.plan_of(office, visits.show(office, made.id)).fields.unit == f"中共魏县{NEW}委员会"
    planned = ledgers.plan(office, year=2026)
    assert (planned.unit, planned.rows) == (NEW, 1)
    following = visits.register(office, visit(), by=office.operator)
    assert following.number == made.number + 1
    office = reopened(office, office.folder)
    try:
        assert office.installation == renamed.installation
        assert session.info(office)["unit_type"] == "subdistrict"
        assert len(office.visits.ids(VisitQuery(unit=NEW))) == 2
        report = run_to_end(office.check())
        assert report.ok, report.problems
    finally:
        office.close()


def test_the_same_names_change_nothing_and_an_empty_one_is_refused(office: Store) -> None:
    here = office.installation
    same = session.change_unit(office, unit=here.unit, ledger_unit=here.ledger_unit, by=office.operator)
    assert same.changes.records == ()
    for wrong in ({"unit": "　"}, {"unit": NEW, "unit_type": "village"}):
        with pytest.raises(UserError) as caught:
            session.change_unit(office, by=office.operator, **wrong)
        assert caught.value.code == "bad_input"
    assert office.installation == here


def test_a_new_recovery_sheet_is_worth_nothing_until_it_is_used_and_then_the_old_one_is(
    tmp_path: Path,
) -> None:
    created = session.create(tmp_path / "数据", password=PASSWORD, role="unit", unit="德政镇", operator="王敏")
    store, old, folder = created.store, created.recovery_key, tmp_path / "数据"
    printed = session.new_recovery_key(store)
    store.close()
    with pytest.raises(UserError) as caught:
        session.recover(folder, recovery_key=printed, new_password="yi-zhang-xin-dan-2026")
    assert caught.value.code == "wrong_recovery_key"
    store = session.open_store(folder, PASSWORD)
    session.use_recovery_key(store, printed)
    assert session.info(store)["operator"] == "王敏"
    store.close()
    with pytest.raises(UserError) as caught:
        session.recover(folder, recovery_key=old, new_password="yi-zhang-jiu-dan-2026")
    assert caught.value.code == "wrong_recovery_key"
    session.recover(folder, recovery_key=printed, new_password="yi-zhang-xin-dan-2026")
    session.open_store(folder, "yi-zhang-xin-dan-2026").close()


def test_somebody_without_every_right_changes_neither(office: Store) -> None:
    from jiafang_desktop.services import accounts

    accounts.add(office, "李小红", "shan-zha-shu-xia-2026", by=office.operator)
    other = reopened(office, office.folder, "shan-zha-shu-xia-2026")
    try:
        for refused in (
            lambda: session.change_unit(other, unit=NEW, by=other.operator), lambda: session.new_recovery_key(other),
            lambda: session.use_recovery_key(other, session.Store.new_recovery_key()),
        ):  # fmt: skip
            with pytest.raises(UserError) as caught:
                refused()
            assert caught.value.code == "not_permitted"
    finally:
        other.close()
