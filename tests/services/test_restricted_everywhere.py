"""Canaries through every paper and answer there is: one word per restricted field, planted once, looked for everywhere.

What each verb promises about restricted words stands with the verb's own tests; here nothing may be forgotten.
"""

from __future__ import annotations

import json
import logging
import tempfile
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from clerks import PERMITTED, PLAIN, Clerks
from offices import visit
from test_restricted import text_of

from jiafang_desktop.common.progress import run_to_end
from jiafang_desktop.domain.guidance import NAMES
from jiafang_desktop.domain.pages import Sheet
from jiafang_desktop.domain.problems import ProblemContent
from jiafang_desktop.domain.visits import Topics, VisitQuery
from jiafang_desktop.paper import QtRenderer
from jiafang_desktop.services import (
    concern_json,
    concern_papers,
    concerns,
    drafts,
    export_all,
    find,
    form_batches,
    forms,
    guidance,
    handover,
    inspection,
    leader_visits,
    ledgers,
    lists,
    meetings,
    plans,
    previsit,
    problems,
    review_drafts,
    signing,
    summary,
    summary_papers,
    visit_history,
    visit_json,
    visits,
    workbench,
    yearbook,
)
from jiafang_desktop.store import Store

ADVICE = "金丝雀听说领导少下村"
SHEET = {name: f"金丝雀{mark}号不可外传" for name, mark in zip(NAMES, "甲乙丙丁戊", strict=True)}
CANARIES = (ADVICE, *SHEET.values())
WHEN = {"year": 2026, "quarter": 3}


@dataclass
class Watching(QtRenderer):
    """Draws as ever, and remembers what stands on the pages: pictures can't be read again."""

    words: list[str] = field(default_factory=list)

    def pdf(self, sheet: Sheet, target: Path, *, title: str) -> None:
        self._note(sheet, title)
        super().pdf(sheet, target, title=title)

    def png(self, sheet: Sheet, target: Path, *, dpi: int = 150) -> list[Path]:
        self._note(sheet, "")
        return super().png(sheet, target, dpi=dpi)

    def _note(self, sheet: Sheet, title: str) -> None:
        self.words += [sheet.title + title, "".join(run.text for page in sheet.pages for run in page.runs)]


@dataclass(frozen=True)
class Planted:
    """Where the canaries are, and what belongs to their visit."""

    visit: str
    concern: str
    meeting: str
    plan: str


@pytest.fixture
def clerks(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Clerks]:
    (tmp_path / "临时").mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path / "临时"))
    office = Clerks(tmp_path / "数据")
    yield office
    office.store.close()


def plant(store: Store) -> Planted:
    """A visit for signs of trouble with a concern, a plan, a problem that a meeting decided on, printed once."""
    by = store.operator
    cadre = {"name": "张建国", "unit": "德政镇", "post": "农业综合服务中心主任"}
    asked = {
        "cadre": cadre,
        "text": "缺人手",
        "source": "masses",
        "priority": "warning_sign",
        "raised_on": "2026-09-10",
    }
    concern = concerns.add(store, asked, by=by).id
    concerns.triage(store, concern, level="serious", by=by)
    plan = plans.add(store, {"visitee": cadre, "when": "2026-09-16", "concern": concern}, by=by).id
    content = visit(
        topics=Topics(advice_leaders=ADVICE, advice_unit="少开会"), priority="warning_sign", nothing_to_solve=False,
        concerns=(concern,), plan=plan, resolution=None,
    )  # fmt: skip
    rec = visits.register(store, content, by=by, problems=[ProblemContent("家里缺人手", due_date=date(2026, 10, 1))]).id
    guidance.write(store, rec, SHEET, by=by)
    visits.mark_paper(store, rec, "printed", on=date(2026, 9, 20), by=by)
    held = {"on": "2026-10-09", "attendees": ["钱永和"], "minutes": "逐件研究。", "decisions": ["安排护工"]}
    meeting = meetings.add(store, held, by=by).id
    meetings.measure(store, meeting, 0, visit=rec, position=1, by=by)
    drafts.keep(store, f"visit:{rec}", {"form": {"topic_advice_leaders": ADVICE}, "visitee_name": "张建国"})
    return Planted(rec, concern, meeting, plan)


def papers(store: Store, at: Planted, out: Path, renderer: Watching) -> list[Path]:
    """Every paper, in every format it can have."""
    by = store.operator
    drawn: dict[str, Any] = {"renderer": renderer}
    three, word_and_table = (".docx", ".pdf", ".png"), (".docx", ".pdf", ".png", ".xlsx")
    found = run_to_end(inspection.look(store))
    leader = leader_visits.read(store, "钱永和", year=2026)
    makers: Sequence[tuple[str, Sequence[str], Callable[[Path], object]]] = [
        ("记录单", three, lambda to: forms.write_record(store, at.visit, to, by=by, **drawn)),
        ("台账", word_and_table, lambda to: ledgers.write(store, to, year=2026, **drawn)),
        ("诉求报告", three, lambda to: concern_papers.write(store, at.concern, to, **drawn)),
        ("一页纸", three, lambda to: previsit.write(store, at.visit, to, **drawn)),
        ("一页纸（诉求）", three, lambda to: previsit.write(store, at.concern, to, **drawn)),
        ("一页纸（计划）", three, lambda to: previsit.write(store, at.plan, to, **drawn)),
        ("待签字", three, lambda to: signing.write(store, to, **drawn)),
        ("总结", word_and_table, lambda to: summary_papers.write(store, to, **{**WHEN, **drawn})),
        ("自查", three, lambda to: inspection.write(store, to, found, **drawn)),
        ("会议", three, lambda to: meetings.write_minutes(store, at.meeting, to, **drawn)),
        ("送审稿", three, lambda to: review_drafts.write(store, visits.show(store, at.visit), to, **drawn)),
        ("总结送审稿", (".pdf", ".png"), lambda to: review_drafts.write_summary(store, to, **{**WHEN, **drawn})),
        ("领导家访", (".docx", ".pdf", ".xlsx"), lambda to: leader_visits.write(store, to, leader, **drawn)),
        ("批", (".docx", ".pdf", ""), lambda to: run_to_end(form_batches.write(store, to, year=2026, by=by, **drawn))),
        ("装订", (".pdf",), lambda to: run_to_end(yearbook.write(store, to, year=2026, **drawn))),
        ("交接", ("",), lambda to: run_to_end(handover.write(store, to, **drawn))),
    ]
    for name, suffixes, make in makers:
        for suffix in suffixes:
            make(out / f"{name}{suffix}")
    return sorted(path for path in out.rglob("*") if path.is_file())


def answers(store: Store, at: Planted) -> str:
    """Whatever the services tell an account about these records."""
    told: list[Any] = [
        visit_json.shown(store, at.visit), visit_json.listed(store, VisitQuery()), visit_json.problems_json(store),
        visit_json.history_json(visits.history(store, at.visit)), repr(visit_history.told(store, at.visit)),
        repr(visits.show(store, at.visit)), repr(guidance.history(store, at.visit)),
        guidance.guidance_json(guidance.read(store, at.visit)), repr(problems.listing(store)),
        concern_json.concern_json(concerns.show(store, at.concern)), repr(concerns.history(store, at.concern)),
        plans.plans_json(plans.listing(store)), repr(meetings.listing(store)), repr(meetings.agenda(store)),
        summary.summary_json(summary.read(store, **WHEN)), repr(run_to_end(inspection.look(store))),
        repr(run_to_end(workbench.read(store, year=2026))), repr(lists.visit_index(store, VisitQuery())),
        repr(find.latest(store)), repr(drafts.listing(store)), repr(run_to_end(handover.gather(store))),
        leader_visits.leader_json(store, leader_visits.read(store, "钱永和", year=2026)),
    ]  # fmt: skip
    return json.dumps(told, ensure_ascii=False, default=str)


def flown(text: str) -> list[str]:
    """The canaries in it; broken lines do not hide one."""
    plain = "".join(text.split())
    return [canary for canary in CANARIES if canary in plain]


@pytest.mark.parametrize("password", [PERMITTED, PLAIN])
def test_no_paper_has_one_whoever_writes_it(clerks: Clerks, tmp_path: Path, password: str) -> None:
    at = plant(clerks.at(PERMITTED))
    renderer = Watching()
    written = papers(clerks.at(password), at, tmp_path / "写出", renderer)
    assert len(written) > 40
    for path in written:
        assert flown(text_of(path)) == [], path.name
        assert "金丝雀" not in path.name
    assert flown(" ".join(renderer.words)) == []
    pages = "".join(renderer.words)
    assert all(words in pages for words in ("张建国", "家里缺人手", "王秀兰", "逐件研究"))  # what may be read is


def test_an_account_without_the_right_is_told_of_none(clerks: Clerks, tmp_path: Path) -> None:
    at = plant(clerks.at(PERMITTED))
    store = clerks.at(PLAIN)
    assert flown(answers(store, at)) == []
    for path in run_to_end(export_all.write(store, tmp_path / "导出")):
        assert flown(text_of(path)) == [], path.name
    for words in (*CANARIES, "金丝雀", "jinsique", "外传"):
        assert find.find(store, words).hits == () and visits.listing(store, VisitQuery(text=words)) == []
    store = clerks.at(PERMITTED)
    assert set(flown(answers(store, at))) == set(CANARIES)  # who may see them does
    for words in (*CANARIES, "金丝雀", "jinsique"):
        assert visits.listing(store, VisitQuery(text=words)) == []


def test_none_is_left_in_logs_temporary_files_or_the_data_folder(
    clerks: Clerks, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    at = plant(clerks.at(PERMITTED))
    papers(clerks.at(PLAIN), at, tmp_path / "写出", Watching())
    run_to_end(export_all.write(clerks.store, tmp_path / "导出"))
    answers(clerks.at(PERMITTED), at)
    clerks.store.close()
    assert flown(caplog.text) == []
    assert [path.name for path in (tmp_path / "临时").rglob("*")] == []
    for path in (tmp_path / "数据").rglob("*"):
        data = path.read_bytes() if path.is_file() else b""
        assert not any(each.encode(code) in data for each in CANARIES for code in ("utf-8", "utf-16-le", "gb18030"))
