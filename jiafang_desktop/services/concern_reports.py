"""What the 《诉求办理情况报告》 of one concern says (policy 四之一: each is reported to the county).

Facts and their office words only; setting them on paper is documents' work. What families said about leaders is never
among them.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from jiafang_desktop.common import clock
from jiafang_desktop.domain.concerns import SOURCES, STATUSES
from jiafang_desktop.domain.drafting import resolution_words
from jiafang_desktop.domain.problems import KINDS, LEVELS, OUTCOMES, Problem
from jiafang_desktop.domain.routing import BASES
from jiafang_desktop.domain.rules import ROLES
from jiafang_desktop.domain.visits import PRIORITIES, Leader, Visit
from jiafang_desktop.services.concern_office import ConcernOffice

if TYPE_CHECKING:
    from jiafang_desktop.store import Store


@dataclass(frozen=True, slots=True)
class ReportedProblem:
    """A problem the visit found: ``steps`` are (day, words), ``outcome`` None while it is open."""

    text: str
    kind: str
    steps: tuple[tuple[date, str], ...]
    resolution: str | None
    resolved_on: date | None
    outcome: str | None


@dataclass(frozen=True, slots=True)
class ReportedVisit:
    """A visit made for the concern."""

    id: str
    number: int | None
    date: date | None
    leaders: tuple[Leader, ...]
    met: tuple[str, ...]
    matter: str | None
    account: str | None
    resolution: str | None
    problems: tuple[ReportedProblem, ...]


@dataclass(frozen=True, slots=True)
class ReportFields:
    """Everything the report may print; choices in the office's words, None where nothing is known.

    ``unit`` is the name as on the seal, ``addressee`` the office reported to, ``due_basis`` what the day rests on.
    ``handled_late`` is the number of days past a due date that counts, None where there was none or it was kept.
    """

    id: str
    unit: str
    addressee: str
    number: int | None
    cadre_name: str
    cadre_unit: str
    cadre_post: str | None
    raised_on: date | None
    recorded_on: date
    source: str
    text: str
    priority: str | None
    level: str | None
    triaged_on: date | None
    role: str | None
    responsible: str | None
    responsible_post: str | None
    due_date: date | None
    due_basis: str | None
    due_reason: str | None
    status: str
    status_words: str
    finished_on: date | None
    handled_late: int | None
    referred_reason: str | None
    declined_reason: str | None
    reported_on: date | None
    visits: tuple[ReportedVisit, ...]
    today: date


def report_fields(store: Store, concern_id: str) -> ReportFields:
    """What the report of a concern says today.

    Raises:
        UserError: ``not_found``.
    """
    office = ConcernOffice(store)
    concern = store.concerns.get(concern_id)
    view = office.view(concern)
    content, triage, due, here = concern.content, concern.triage, view.due, store.installation
    visits = store.visits.many([visit.id for visit in concern.visits])
    finished = _finished_on(visits) if not concern.is_open else None
    for note in (concern.referred, concern.declined):
        finished = note.on if note is not None else finished
    return ReportFields(
        id=concern.id, unit=here.unit, addressee=f"中共{here.county}县委组织部",
        number=concern.number, cadre_name=content.name, cadre_unit=content.unit or view.unit, cadre_post=content.post,
        raised_on=content.raised_on, recorded_on=concern.recorded_on, source=SOURCES[content.source],
        text=content.text, priority=PRIORITIES.get(content.priority or ""),
        level=f"{LEVELS[triage.level]}困难" if triage else None, triaged_on=triage.on if triage else None,
        role=ROLES.get(view.role or ""), responsible=view.responsible.name if view.responsible else None,
        responsible_post=view.responsible.post if view.responsible else None, due_date=due.day if due else None,
        due_basis=BASES[due.basis] if due else None, due_reason=due.reason if due else None, status=concern.status,
        status_words=STATUSES[concern.status], finished_on=finished,
        handled_late=_late(due.day, finished or office.today) if due and due.basis != "suggested" else None,
        referred_reason=concern.referred.reason if concern.referred else None,
        declined_reason=concern.declined.reason if concern.declined else None, reported_on=concern.reported_on,
        visits=tuple(map(_visit, visits)), today=clock.today(),
    )  # fmt: skip


def _visit(visit: Visit) -> ReportedVisit:
    content = visit.content
    return ReportedVisit(
        id=visit.id, number=content.number, date=content.date, leaders=content.leaders, met=content.met,
        matter=content.matter, account=content.account, resolution=resolution_words(visit),
        problems=tuple(map(_problem, visit.problems)),
    )  # fmt: skip


def _problem(problem: Problem) -> ReportedProblem:
    return ReportedProblem(
        text=problem.content.text, kind=KINDS[problem.content.kind],
        steps=tuple((note.on, note.text) for note in problem.progress), resolution=problem.resolution,
        resolved_on=problem.resolved_on, outcome=OUTCOMES.get(problem.outcome or ""),
    )  # fmt: skip


def _finished_on(visits: list[Visit]) -> date | None:
    """The day of the last step that brought it to its end."""
    days = [problem.resolved_on for visit in visits for problem in visit.problems if problem.resolved_on]
    days = days or [visit.content.date for visit in visits if visit.content.date]
    return max(days, default=None)


def _late(due: date, done: date) -> int | None:
    return (done - due).days if done > due else None
