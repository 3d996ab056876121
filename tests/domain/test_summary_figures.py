"""Figures of a quarter: whatever was recorded, every count is its rows and the parts are their whole."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from jiafang_desktop.domain import summary
from jiafang_desktop.domain.concerns import Concern, ConcernContent, LinkedVisit, Note, Triage
from jiafang_desktop.domain.disclosure import Disclosure
from jiafang_desktop.domain.problems import KINDS, OUTCOMES, Problem, ProblemContent
from jiafang_desktop.domain.summary import Facts, figures
from jiafang_desktop.domain.summary_words import SECTIONS, drafted
from jiafang_desktop.domain.visits import PRIORITIES, Visit, VisitContent, Visitee

TODAY = date(2026, 11, 24)
DAYS = st.dates(date(2026, 7, 1), date(2026, 9, 30))
PEOPLE = st.builds(
    Visitee, name=st.sampled_from(["张建国", "张　建国", "刘红"]), unit=st.sampled_from([None, "德政镇", "车往镇"]),
    cadre=st.sampled_from([None, "a", "b"]),
)  # fmt: skip


@st.composite
def visits(draw: st.DrawFn, rec: str = "v") -> Visit:
    problems = tuple(
        Problem(
            f"{rec}-{at}", rec, at,
            ProblemContent("路灯不亮", draw(st.sampled_from(list(KINDS))), due_date=draw(st.none() | DAYS)),
            outcome=draw(st.sampled_from([None, *OUTCOMES])), resolved_on=date(2026, 9, 30),
        )
        for at in range(1, draw(st.integers(0, 3)) + 1)
    )  # fmt: skip
    content = VisitContent(
        number=1, visitee=draw(PEOPLE), date=draw(DAYS), priority=draw(st.sampled_from([None, *PRIORITIES]))
    )
    archived = draw(st.sampled_from([None, date(2026, 10, 1)]))
    return Visit(rec, content, registered=True, recorded_on=TODAY, problems=problems, archived_on=archived)


@st.composite
def concerns(draw: st.DrawFn, rec: str = "c") -> Concern:
    made = Concern(rec, 1, ConcernContent("张建国", text="孩子入托"), recorded_on=draw(DAYS))
    if draw(st.booleans()):
        made = replace(made, triage=Triage("ordinary", TODAY, "unit"))
    closing = draw(st.sampled_from([None, "referred", "declined"]))
    if closing:
        made = replace(made, **{closing: Note("转民政", TODAY)})
    if draw(st.booleans()):
        made = made.with_visits(
            [LinkedVisit("v0", 1, TODAY, draw(st.sampled_from(["registered", "ready", "archived"])))]
        )
    return made


@st.composite
def quarters(draw: st.DrawFn) -> Facts:
    found = [draw(visits(f"v{at}")) for at in range(draw(st.integers(0, 6)))]
    asked = [draw(concerns(f"concern-{at}")) for at in range(draw(st.integers(0, 4)))]
    late = frozenset(visit.id for visit in found if draw(st.booleans()))
    open_ones = [concern.id for concern in asked if concern.is_open]
    return Facts(found, [], asked, late, frozenset(open_ones[:1]))


def counted(facts: Facts) -> dict[str, summary.Figure]:
    return figures(facts, year=2026, quarter=3, today=TODAY, own_unit="德政镇")


def existing(facts: Facts) -> frozenset[str]:
    problems = {problem.id for visit in facts.visits for problem in visit.problems}
    return frozenset({visit.id for visit in facts.visits} | problems | {concern.id for concern in facts.concerns})


@given(quarters())
def test_every_figure_reconciles_whatever_was_recorded(facts: Facts) -> None:
    found = counted(facts)
    assert list(found) == list(summary.TITLES)
    assert summary.broken(found, existing=existing(facts)) == []
    assert found["visits"].value == len(facts.visits)
    assert found["visitees"].value <= found["visits"].value  # type: ignore[operator]  # a count is never None


@given(quarters())
def test_a_row_that_does_not_exist_or_is_counted_twice_is_told(facts: Facts) -> None:
    found = counted(facts)
    there = existing(facts)
    if facts.visits:
        assert "visits" in summary.broken(found, existing=there - {facts.visits[0].id})
        rows = found["visits"].rows or ()
        doubled = {**found, "visits": replace(found["visits"], rows=(*rows, rows[0]), value=len(rows) + 1)}
        assert "visits" in summary.broken(doubled, existing=there)
        wrong = {**found, "visits": replace(found["visits"], value=len(rows) + 1)}
        assert "visits" in summary.broken(wrong, existing=there)


@given(quarters())
def test_drafted_sections_say_every_number_and_promise_nothing(facts: Facts) -> None:
    found = counted(facts)
    problems = [problem for visit in facts.visits for problem in visit.problems]
    texts = drafted(
        found, year=2026, quarter=3, unit="德政镇", problems=problems, decisions=(), may_name=lambda text: True
    )
    assert tuple(texts) == tuple(SECTIONS)
    whole = "".join(texts.values())
    assert "没有问题" not in whole and "未发现" not in whole
    if facts.visits:
        assert f"家访{len(facts.visits)}次" in texts["progress"]
    else:
        assert "零报告" in texts["progress"]
    if problems:
        assert f"{len(problems)}个" in texts["problems"]


def test_one_person_is_counted_once_and_two_of_one_name_twice() -> None:
    def visit(rec: str, **named: str) -> Visit:
        return Visit(rec, VisitContent(visitee=Visitee(**named), date=date(2026, 8, 1)), True, TODAY)

    def people(*found: Visit) -> int | None:
        return counted(Facts(found, [], [], frozenset(), frozenset()))["visitees"].value

    assert people(visit("1", name="张建国"), visit("2", name="张　建国", unit="德政镇")) == 1
    assert people(visit("1", name="刘红", cadre="a"), visit("2", name="刘红", cadre="b")) == 2
    assert people(visit("1", name="刘红", cadre="a"), visit("2", name="刘红")) == 1
    assert people(visit("1", name="刘红", unit="德政镇"), visit("2", name="刘红", unit="车往镇")) == 2


def test_a_quarter_has_its_own_first_and_last_day() -> None:
    spans = [summary.quarter_days(2026, quarter) for quarter in (1, 2, 3, 4)]
    assert [first.month for first, _ in spans] == [1, 4, 7, 10]
    assert spans[3][1] == date(2026, 12, 31)
    for (_, last), (first, _) in pairwise(spans):
        assert first - last == timedelta(days=1)


def test_a_copied_clause_is_found_whatever_stands_around_it_and_names_are_none() -> None:
    secret = Disclosure(["希望分管领导多听一线的意见，少开会。"], harmless=["德政镇人民政府党委书记"])
    assert secret.quoted_in("家属建议：希望分管 领导多听一线的意见") is not None
    assert secret.quoted_in("希望领导重视") is None
    post = "德政镇人民政府党委书记"
    assert Disclosure([post], harmless=[post]).quoted_in(post) is None
    assert Disclosure(["少开会议"]).quoted_in("要少开会议。") == "少开会议"
    assert Disclosure([None, "", "好"]).quoted_in("好") is None
