"""Any sequence of what an office does to concerns, visits, problems and papers: none files an open problem."""

from __future__ import annotations

import contextlib
import tempfile
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule
from offices import set_up, visit

from jiafang_desktop.common import clock
from jiafang_desktop.common.errors import UserError
from jiafang_desktop.common.progress import run_to_end
from jiafang_desktop.domain import archiving
from jiafang_desktop.domain.changes import Changes
from jiafang_desktop.domain.concerns import FINISHED, STATUSES
from jiafang_desktop.domain.problems import LEVELS, OUTCOMES, ProblemContent
from jiafang_desktop.domain.visits import VisitQuery
from jiafang_desktop.services import concerns, problems, rules, summary, summary_reported, undo, visits, workbench
from jiafang_desktop.services import settings as office_settings

WHICH = st.integers(0, 3)
DAY = date(2026, 9, 21)
STATES = ("registered", "in_progress", "ready", "archived")


class Office(RuleBasedStateMachine):
    """A unit whose clerk presses everything in any order; refusals are fine, wrong states are not."""

    @initialize()
    def set_up(self) -> None:
        clock.set_clock(lambda: datetime(2026, 9, 22, 9, tzinfo=UTC))
        self.folder = tempfile.TemporaryDirectory()
        self.store = set_up(Path(self.folder.name) / "数据")
        self.by = self.store.operator
        self.concerns: list[str] = []
        self.visits: list[str] = []
        self.last: Changes | None = None
        self.reported: summary_reported.Reported | None = None

    @rule(level=st.sampled_from([None, *LEVELS]))
    def take_down(self, level: str | None) -> None:
        if len(self.concerns) < 4:
            data = {"cadre": {"name": "张建国"}, "text": "困难", "level": level}
            self.concerns.append(concerns.add(self.store, data, by=self.by).id)

    @rule(which=WHICH, level=st.sampled_from(list(LEVELS)), propose=st.booleans())
    def triage(self, which: int, level: str, propose: bool) -> None:
        for rec in self.concerns[which : which + 1]:
            with contextlib.suppress(UserError):
                concerns.triage(self.store, rec, level=level, propose=propose, by=self.by)

    @rule(which=WHICH, both=st.booleans(), solved=st.booleans())
    def go_visiting(self, which: int, both: bool, solved: bool) -> None:
        named = tuple(self.concerns if both else self.concerns[which : which + 1])
        found = [] if solved else [ProblemContent("缺护理床"), ProblemContent("夜班多")]
        content = visit(date=DAY, concerns=named, nothing_to_solve=solved)
        self.visits.append(visits.register(self.store, content, by=self.by, problems=found).id)

    @rule(which=WHICH, position=st.sampled_from([1, 2]), outcome=st.sampled_from([None, *OUTCOMES]))
    def handle(self, which: int, position: int, outcome: str | None) -> None:
        for rec in self.visits[which : which + 1]:
            with contextlib.suppress(UserError):
                if outcome is None:
                    problems.progress(self.store, rec, position, text="联系过", on=DAY, by=self.by)
                else:
                    problems.resolve(self.store, rec, position, text="办了", on=DAY, outcome=outcome, by=self.by)

    @rule(which=WHICH, act=st.sampled_from(["archive", "void", "restore", "unlink", "reopen"]))
    def paper(self, which: int, act: str) -> None:
        for rec in self.visits[which : which + 1]:
            with contextlib.suppress(UserError):
                self.last = self._on_paper(rec, act)

    def _on_paper(self, rec: str, act: str) -> Changes:
        if act == "archive":
            return visits.archive(self.store, rec, paper_at="柜", by=self.by)
        if act == "void":
            return visits.delete(self.store, rec, reason="重复", by=self.by)
        if act == "restore":
            return visits.restore(self.store, rec, by=self.by)
        if act == "unlink":
            return visits.edit(self.store, rec, {"concerns": []}, by=self.by)
        return problems.reopen(self.store, rec, 1, by=self.by)

    @rule(which=WHICH, act=st.sampled_from(["refer", "decline", "reopen", "report"]))
    def elsewhere(self, which: int, act: str) -> None:
        for rec in self.concerns[which : which + 1]:
            with contextlib.suppress(UserError):
                if act == "report":
                    self.last = concerns.mark_reported(self.store, rec, on=DAY, by=self.by)
                elif act == "reopen":
                    self.last = concerns.reopen(self.store, rec, by=self.by)
                else:
                    close = concerns.refer if act == "refer" else concerns.decline
                    self.last = close(self.store, rec, reason="转", by=self.by)

    @rule(outcomes=st.sampled_from([["solved"], list(OUTCOMES)]))
    def set_rules(self, outcomes: list[str]) -> None:
        rules.set_rules(self.store, {"archive_outcomes": outcomes}, by=self.by)

    @rule(revoke=st.booleans())
    def report_the_quarter(self, revoke: bool) -> None:
        with contextlib.suppress(UserError):
            if revoke:
                self.last = summary.revoke_report(self.store, year=2026, quarter=3, reason="补报", by=self.by)
            else:
                self.last = summary.mark_reported(self.store, year=2026, quarter=3, on=DAY, by=self.by)
        self.reported = summary_reported.find(self.store, 2026, 3)

    @rule()
    def take_back(self) -> None:
        if self.last is not None:
            with contextlib.suppress(UserError):
                undo.undo(self.store, self.last, by=self.by)
            self.reported = summary_reported.find(self.store, 2026, 3)

    @invariant()
    def nothing_is_filed_past_an_open_problem(self) -> None:
        if not hasattr(self, "store"):
            return
        for found in visits.listing(self.store, VisitQuery()):
            if found.status == "archived":
                assert not any(problem.is_open for problem in found.problems)
                assert found.problems or found.content.nothing_to_solve

    @invariant()
    def every_concern_stands_where_its_visits_put_it(self) -> None:
        if not hasattr(self, "store"):
            return
        by_id = {found.id: found for found in visits.listing(self.store, VisitQuery())}
        views = concerns.listing(self.store)
        assert sorted(view.id for view in views) == sorted(self.concerns)
        for view in views:
            made = [found for found in by_id.values() if view.id in found.content.concerns]
            assert {linked.id: linked.status for linked in view.concern.visits} == {v.id: v.status for v in made}
            assert view.status in STATUSES
            assert (view.due is None) == (view.concern.level is None)
            assert not (view.overdue and view.due is not None and view.due.basis == "suggested")
            if view.status == "archived":
                assert made and all(found.status == "archived" for found in made)
        unreported = {view.id for view in concerns.unreported(self.store)}
        assert unreported == {v.id for v in views if v.status in FINISHED and v.concern.reported_on is None}
        assert sum(len(concerns.listing(self.store, status=status)) for status in STATUSES) == len(views)

    @invariant()
    def every_figure_of_the_summary_reconciles(self) -> None:
        if not hasattr(self, "store"):
            return
        found = summary.read(self.store, year=2026, quarter=3)
        assert found.reconciles, found.broken
        assert found.figures["visits"].value == len(visits.listing(self.store, VisitQuery()))
        assert found.figures["concerns_received"].value == len(self.concerns)

    @invariant()
    def what_was_reported_stays_and_every_difference_is_made_of_rows(self) -> None:
        if not hasattr(self, "store"):
            return
        found = summary.read(self.store, year=2026, quarter=3)
        assert found.reported == self.reported
        if found.reported is not None:
            assert summary_reported.broken(found.reported) == []
            changed = {one.now.name for one in found.differences}
            for name, figure in found.figures.items():
                assert name in changed or figure.value == found.reported.figures[name].value
            for one in found.differences:
                then, now = set(one.then.rows or ()), set(one.now.rows or ())
                assert (then | set(one.added)) - set(one.gone) == now

    @invariant()
    def every_number_of_the_workbench_opens_its_rows_and_a_state_is_what_the_gate_says(self) -> None:
        if not hasattr(self, "store"):
            return
        bench = run_to_end(workbench.read(self.store, year=2026))
        every = {found.id: found for found in visits.listing(self.store, VisitQuery())}
        outcomes = office_settings.read(self.store).archive_outcomes
        for found in every.values():
            if found.status != "archived":
                try:
                    archiving.require_solved(found, outcomes=outcomes)
                    assert found.status == "ready"
                except UserError:
                    assert found.status in ("registered", "in_progress")
        counted = self.store.visits.facets(VisitQuery())
        for status in STATES:
            named = self.store.visits.ids(VisitQuery(statuses=(status,)))
            assert set(named) == {rec for rec, found in every.items() if found.status == status}
            assert counted.get(status, 0) == len(named)
        assert {row.key for row in bench.to_file} == {r for r, found in every.items() if found.status == "ready"}
        assert {row.key for row in bench.unsigned} <= set(every)
        asked = [(row.step, row.key) for row in bench.following]
        assert len(set(asked)) == len(asked)
        for month, told in enumerate(bench.months, start=1):
            query = VisitQuery(year=2026, month=month)
            assert told.visits == len(self.store.visits.ids(query))
            assert told.archived == len(self.store.visits.ids(replace(query, statuses=("archived",))))
            assert told.ready == len(self.store.visits.ids(replace(query, statuses=("ready",))))

    def teardown(self) -> None:
        clock.set_clock(None)
        if hasattr(self, "store"):
            self.store.close()
            self.folder.cleanup()


Office.TestCase.settings = settings(
    max_examples=12, stateful_step_count=25, deadline=None, suppress_health_check=[HealthCheck.too_slow]
)
TestAnyYearOfAnOffice = Office.TestCase
