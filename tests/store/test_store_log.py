"""Writing and merging the log: lists are its fold, whatever came in whichever order."""

from __future__ import annotations

import random
from collections.abc import Callable
from datetime import UTC
from pathlib import Path

import pytest
import store_samples as samples
from store_samples import HERE, PASSWORD

from jiafang_desktop.common import clock
from jiafang_desktop.common.errors import UserError
from jiafang_desktop.common.progress import run_to_end
from jiafang_desktop.domain.changes import Edit, Operator, new_record_id
from jiafang_desktop.domain.units import Installation
from jiafang_desktop.domain.visits import VisitQuery
from jiafang_desktop.store import Store
from jiafang_desktop.store.log import Log
from jiafang_desktop.store.revisions import SELECT, Revision, from_row


def log_of(store: Store) -> Log:
    return store._opened.log


def revisions(store: Store) -> list[Revision]:
    return [from_row(row) for row in log_of(store).engine.all(SELECT + "ORDER BY v.pos")]


def tables(store: Store) -> dict[str, list[tuple[object, ...]]]:
    """Everything the fold decides, without the numbers rows happen to have."""
    engine = log_of(store).engine
    return {
        "record": engine.all("SELECT rec, kind, heads, state FROM record ORDER BY rec"),
        "visit": sorted(row[1:] for row in engine.all("SELECT * FROM visit")),
        "problem": sorted(row[1:] for row in engine.all("SELECT * FROM problem")),
        "cadre": sorted(row[1:] for row in engine.all("SELECT * FROM cadre")),
        "conflict": engine.all("SELECT id, field, winner, loser FROM conflict ORDER BY id"),
    }  # fmt: skip


@pytest.fixture
def other(tmp_path: Path) -> Store:
    here = Installation("install-2", "unit", HERE.unit, HERE.unit_type, HERE.county, HERE.ledger_unit)
    made, _ = Store.create(tmp_path / "other", password=PASSWORD, installation=here, operator_name="赵一鸣")
    yield made
    made.close()


def test_a_save_names_what_it_wrote(store: Store) -> None:
    rec = new_record_id()
    changes = store.append(
        [Edit("visit", rec, samples.visit_fields()), Edit("visit", rec, {"remark": "补"})], by=store.operator
    )
    assert changes.ids("visit") == (rec, rec)
    assert changes.records[1].fields == ("remark",)
    assert store.visits.get(rec).content.remark == "补"


def test_nothing_is_written_for_nothing(store: Store) -> None:
    before = store.counts()["revisions"]
    assert store.append([], by=store.operator).records == ()
    rec = samples.add_visit(store)
    assert store.append([Edit("visit", rec, {})], by=store.operator).records == ()
    assert store.counts()["revisions"] == before + 1


def test_one_bad_edit_of_many_leaves_nothing(store: Store) -> None:
    before = tables(store)
    with pytest.raises(ValueError):
        store.append(
            [Edit("visit", "a", samples.visit_fields()), Edit("visit", "b", {"date": "2026-02-31"})], by=store.operator
        )
    with pytest.raises(UserError) as refused:
        store.append([Edit("visit", "a", {"matter": "\ud842"})], by=store.operator)
    assert refused.value.code == "bad_input"
    assert tables(store) == before


def test_history_says_who_and_before_and_after(store: Store) -> None:
    rec = samples.add_visit(store, matter="一")
    second = samples.change(store, "visit", rec, matter="二")
    samples.change(store, "visit", rec, matter=None)
    first, middle, last = store.history(rec)
    assert (first.before["matter"], first.after["matter"]) == (None, "一")
    assert (middle.before, middle.after) == ({"matter": "一"}, {"matter": "二"})
    assert (last.before, last.after) == ({"matter": "二"}, {"matter": None})
    assert middle.operator == "王小二"
    assert store.revision_before(second)["matter"] == "一"
    assert store.revision_before(first.revision) == {}
    assert store.history("nobody") == []
    with pytest.raises(UserError):
        store.revision_before("ab" * 32)


def test_a_clock_set_back_changes_no_order(store: Store, reopen: Callable[[], Store]) -> None:
    from datetime import datetime

    rec = samples.add_visit(store, matter="一")
    clock.set_clock(lambda: datetime(1999, 1, 1, tzinfo=UTC))
    try:
        samples.change(store, "visit", rec, matter="二")
    finally:
        clock.set_clock(None)
    store.close()
    again = reopen()
    assert again.warnings == ()
    assert again.visits.get(rec).content.matter == "二"
    samples.change(again, "visit", rec, matter="三")
    assert [view.after["matter"] for view in again.history(rec)] == ["一", "二", "三"]


def test_two_installs_that_exchange_everything_are_alike_and_know_their_conflicts(store: Store, other: Store) -> None:
    rec = samples.add_visit(store, matter="一")
    problem = samples.add_problem(store, rec)
    log_of(other).merge(revisions(store))
    samples.change(store, "visit", rec, matter="甲", number=5)
    samples.change(other, "visit", rec, matter="乙", remark="另")
    samples.change(other, "problem", problem, outcome="solved")
    samples.add_cadre(other, "李思雨", unit="德政镇")
    samples.add_visit(other, "单雄信", number=5)
    theirs = revisions(other)
    log_of(other).merge(revisions(store))
    random.Random(3).shuffle(theirs)
    for revision in theirs:  # one at a time, children before parents too
        log_of(store).merge([revision])
    assert tables(store) == tables(other)
    assert len(tables(store)["conflict"]) == 1
    assert store.visits.get(rec).content.remark == "另"
    assert store.visits.get(rec).status == "ready"
    assert len(store.visits.ids(VisitQuery(text="单雄信"))) == 1
    assert run_to_end(store.check()).ok
    assert log_of(store).merge(theirs).records == ()


def test_an_edit_settles_a_conflict_and_check_agrees(store: Store, other: Store) -> None:
    rec = samples.add_visit(store, matter="一")
    log_of(other).merge(revisions(store))
    samples.change(store, "visit", rec, matter="甲")
    samples.change(other, "visit", rec, matter="乙")
    log_of(store).merge(revisions(other))
    assert len(tables(store)["conflict"]) == 1
    samples.change(store, "visit", rec, matter="丙")
    assert tables(store)["conflict"] == []
    assert run_to_end(store.check()).ok


def test_a_number_taken_twice_stays_on_both(store: Store, other: Store) -> None:
    one, two = samples.add_visit(store, number=7), samples.add_visit(other, number=7)
    log_of(store).merge(revisions(other))
    assert [visit.number for visit in store.visits.many([one, two])] == [7, 7]
    assert store.visits.number_taken(None, 2026, 7, other_than=one) == two


def test_unknown_kinds_are_kept(store: Store) -> None:
    store.append([Edit("meeting", "m1", {"on": "2026-11-03"})], by=Operator("x", "某人"))
    assert run_to_end(store.check()).ok
    assert store.history("m1")[0].after == {"on": "2026-11-03"}


def test_rebuilding_the_index_gives_the_same_tables(store: Store) -> None:
    from jiafang_desktop.store.index_version import rebuild_index

    visit = samples.add_visit(store)
    samples.add_problem(store, visit)
    samples.add_cadre(store, "解珍")
    before = tables(store)
    with log_of(store).engine.transaction():
        rebuild_index(log_of(store))
    assert tables(store) == before
    assert store.visits.ids(VisitQuery(text="住院")) == [visit]
    assert [cadre.content.name for cadre in store.cadres.complete("xz")] == ["解珍"]
