"""What list pages read: ids with their counts, drafts among them, people's visits, and which ledgers there are."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from offices import visit

from jiafang_desktop.common.progress import run_to_end
from jiafang_desktop.domain.cadres import CadreContent, CadreQuery
from jiafang_desktop.domain.problems import ProblemContent
from jiafang_desktop.domain.visits import VisitQuery
from jiafang_desktop.paper import QtRenderer
from jiafang_desktop.services import batches, drafts, lists, rosters, settings, visits
from jiafang_desktop.store import Store


def add(store: Store, **changed: object) -> str:
    return visits.register(store, visit(**changed), by=store.operator).id


def test_an_empty_office_has_nothing_to_list(office: Store) -> None:
    found = lists.visit_index(office, VisitQuery())
    assert (found.ids, found.drafts, found.years, found.has_any) == ((), (), (), False)
    choices = lists.ledger_choices(office)
    assert (choices.years, choices.units, choices.variant) == ((), (), "matrix")


def test_void_ones_and_drafts_are_listed_and_counted_apart(office: Store) -> None:
    recs = [add(office), add(office), add(office, date=date(2025, 3, 1))]
    visits.delete(office, recs[1], reason="重复", by=office.operator)
    drafts.keep(office, "visit:new:1", {"form": {"matter": "就医"}, "visitee_name": "李思雨", "date": "11-3"})
    drafts.keep(office, "visit:" + recs[0], {"form": {}})
    found = lists.visit_index(office, VisitQuery())
    assert found.ids == (recs[1], recs[0], recs[2])
    assert (dict(found.facets), found.years) == ({"ready": 2, "void": 1, "draft": 1}, (2026, 2025))
    assert [draft.key for draft in found.drafts] == ["visit:new:1"]
    narrowed = lists.visit_index(office, VisitQuery(year=2026, statuses=("ready",)))
    assert (narrowed.ids, narrowed.drafts, narrowed.facets["void"]) == ((recs[0],), (), 1)
    assert [visit.id for visit in lists.visit_window(office, narrowed.ids)] == [recs[0]]


def test_drafts_are_found_by_characters_and_pinyin_too(office: Store) -> None:
    drafts.keep(office, "visit:new:1", {"form": {"matter": "母亲就医"}, "visitee_name": "李思雨", "date": ""})
    for text, there in (("李思", True), ("lsy", True), ("lisiyu", True), ("就医", True), ("张", False)):
        assert bool(lists.visit_index(office, VisitQuery(text=text)).drafts) is there


def test_each_order_runs_both_ways(office: Store) -> None:
    first = add(office, number=2, date=date(2026, 1, 5), visitee_name="赵一鸣")
    second = add(office, number=1, date=date(2026, 2, 5), visitee_name="白云")
    for order, descending, expected in (
        ("number", True, (first, second)), ("number", False, (second, first)), ("date", True, (second, first)),
        ("date", False, (first, second)), ("visitee", False, (second, first)), ("visitee", True, (first, second)),
    ):  # fmt: skip
        assert lists.visit_index(office, VisitQuery(), order=order, descending=descending).ids == expected


def test_only_what_is_past_its_own_limit_is_overdue(office: Store) -> None:
    def problem(due: date | None) -> str:
        content = ProblemContent("夜班多", due_date=due)
        made = visits.register(office, visit(nothing_to_solve=False), by=office.operator, problems=(content,))
        return made.id

    late = problem(date(2026, 11, 23))
    problem(date(2026, 11, 24))
    problem(None)
    assert lists.overdue_visits(office) == {late}
    found = lists.visit_index(office, VisitQuery(), overdue_only=True)
    assert (found.ids, dict(found.facets)) == ((late,), {"registered": 1, "draft": 0})


def test_leaders_are_listed_by_how_often_they_went(office: Store) -> None:
    add(office)
    add(office, leaders=visit().leaders[1:])
    assert lists.visit_leaders(office, year=2026) == ("周文斌", "钱永和")
    assert lists.visit_leaders(office, year=2020) == ()


def test_a_persons_visits_are_those_that_mean_him(office: Store) -> None:
    rec, _ = rosters.add_person(office, CadreContent(name="张建国", unit="德政镇"), by=office.operator)
    add(office, visitee_unit="双井镇")
    by_name = add(office, date=date(2026, 1, 1))
    picked = add(office, visitee_unit="双井镇", visitee_cadre=rec)
    person = rosters.show(office, rec)
    assert [one.id for one in lists.visits_of(office, person)] == [picked, by_name]
    assert lists.cadre_index(office, CadreQuery(text="zjg")).ids == (rec,)


def test_void_numbers_and_the_ledgers_there_are(office: Store, county_office: Store) -> None:
    add(office)
    void = add(office)
    visits.delete(office, void, reason="重复", by=office.operator)
    assert lists.void_numbers(office, year=2026) == (2,)
    assert lists.void_numbers(office, year=2025) == ()
    settings.change(office, by=office.operator, ledger_variant="plain")
    assert lists.ledger_choices(office) == lists.LedgerChoices((2026,), (), "plain")
    rosters.add_person(county_office, CadreContent(name="张建国", unit="双井镇"), by=county_office.operator)
    assert lists.ledger_choices(county_office).units == ("双井镇",)


def test_several_records_are_printed_and_exported_one_after_another(office: Store, tmp_path: Path) -> None:
    recs = [add(office), add(office)]
    assert len(run_to_end(batches.record_sheets(office, recs, by=office.operator)).pages) == 2
    export = {"suffix": ".docx", "renderer": QtRenderer(), "by": office.operator}
    first = run_to_end(batches.write_records(office, recs, tmp_path / "导出", **export))  # type: ignore[arg-type]  # one dict for two calls
    assert [path.name for path in first] == ["2026年第001号家访记录单.docx", "2026年第002号家访记录单.docx"]
    again = run_to_end(batches.write_records(office, recs[:1], tmp_path / "导出", **export))  # type: ignore[arg-type]  # as above
    assert [path.name for path in again] == ["2026年第001号家访记录单(2).docx"]
