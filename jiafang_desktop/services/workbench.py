"""What waits to be done, for the 工作台: open problems, sheets to print, sign and file, drafts, and the year so far.

Reading only. Every number here is the length of a list of rows it can show; what a state means is domain's to say.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from jiafang_desktop.common import clock
from jiafang_desktop.common.progress import LongVerb, Progress
from jiafang_desktop.domain.cadres import CadreQuery
from jiafang_desktop.domain.changes import Json
from jiafang_desktop.domain.problems import Problem
from jiafang_desktop.domain.visits import Visit, VisitQuery
from jiafang_desktop.services import quarters, rules
from jiafang_desktop.services.quarters import QuarterReport

if TYPE_CHECKING:
    from jiafang_desktop.services.concern_office import ConcernView
    from jiafang_desktop.services.plans import PlanView
    from jiafang_desktop.store import Store

_DRAFT_PREFIX = "visit:new:"  # the editor's sheets that are no record yet
_BLOCK = 100  # visits read between two yields: a few milliseconds
_OPEN = ("registered", "in_progress", "ready")
# What can be left to do with a sheet, in the order in which a sheet lives.
STEPS = ("problem", "reprint", "print", "sign", "again", "state", "archive", "draft")
# What can be left to do with a concern that no open sheet stands for, or whose own limit is near.
CONCERN_STEPS = ("triage", "visit", "handle", "report")
# What can be left to do with a plan: to go and record the visit. It is nobody's limit, so it is never late.
PLAN_STEP = "plan"
# What can be left to do with a quarter that is over: to hand in its summary.
QUARTER_STEP = "quarter"
SOON_DAYS = 7


@dataclass(frozen=True, slots=True)
class Waiting:
    """One thing to do. ``step`` is one of ``STEPS``, ``CONCERN_STEPS``, ``PLAN_STEP`` or ``QUARTER_STEP``; ``key``
    opens what it is about.

    ``visit`` is None for a sheet somebody began (then ``draft`` is its content); ``problem`` is the open problem
    meant by a "problem" step, or the one whose outcome does not count ("again"); ``days_left`` counts to its limit
    (negative = overdue, None = no limit). A concern's suggested day is no limit, and neither is a ``plan``'s.
    """

    step: str
    key: str
    visit: Visit | None = None
    draft: Mapping[str, Json] | None = None
    problem: Problem | None = None
    days_left: int | None = None
    concern: ConcernView | None = None
    plan: PlanView | None = None
    report: QuarterReport | None = None

    @property
    def is_overdue(self) -> bool:
        """Whether its own limit has passed."""
        return self.days_left is not None and self.days_left < 0


@dataclass(frozen=True, slots=True)
class Month:
    """Visits of one month, how many of them are filed or wait for it, and how many more are planned."""

    visits: int = 0
    archived: int = 0
    ready: int = 0
    planned: int = 0


@dataclass(frozen=True, slots=True)
class Workbench:
    """``problems … reprint`` are the rows behind the numbers; ``following`` the next step of every other open sheet.

    ``concerns`` wait to be judged, visited for, or have a limit of their own; ``unreported`` are over, and the county
    has not heard of them. ``plans`` are due in seven days or their day has passed. ``months`` has twelve entries.
    ``quarters`` are to be reported or were (quarters.read). ``has_any`` is false only where nothing was ever entered.
    """

    problems: tuple[Waiting, ...]
    unsigned: tuple[Waiting, ...]
    to_file: tuple[Waiting, ...]
    drafts: tuple[Waiting, ...]
    reprint: tuple[Waiting, ...]
    following: tuple[Waiting, ...]
    months: tuple[Month, ...]
    cadres: int
    has_any: bool
    concerns: tuple[Waiting, ...] = ()
    unreported: tuple[Waiting, ...] = ()
    plans: tuple[Waiting, ...] = ()
    quarters: tuple[QuarterReport, ...] = ()

    @property
    def to_report(self) -> tuple[Waiting, ...]:
        """Quarters that are over and not reported; only a day the office set itself is a limit."""
        return tuple(Waiting(QUARTER_STEP, one.key, report=one, days_left=one.days_left if one.is_rule else None)
                     for one in self.quarters if one.is_due)  # fmt: skip

    @property
    def overdue(self) -> tuple[Waiting, ...]:
        """Open problems, concerns and quarters whose own limit has passed, the oldest first."""
        return self._limited(lambda left: left < 0)

    @property
    def soon(self) -> tuple[Waiting, ...]:
        """Those whose limit comes within SOON_DAYS, today's too, the nearest first."""
        return self._limited(lambda left: 0 <= left <= SOON_DAYS)

    @property
    def unjudged(self) -> int:
        """Concerns that wait for 分析研判."""
        return sum(1 for waiting in self.concerns if waiting.step == "triage")

    def _limited(self, fits: Callable[[int], bool]) -> tuple[Waiting, ...]:
        every = (*self.problems, *self.concerns, *self.to_report)
        found = [one for one in every if one.days_left is not None and fits(one.days_left)]
        return tuple(sorted(found, key=_urgency))

    @property
    def visits(self) -> int:
        """Visits of the year."""
        return sum(month.visits for month in self.months)

    @property
    def archived(self) -> int:
        """Filed visits of the year."""
        return sum(month.archived for month in self.months)


def read(store: Store, *, year: int, today: date | None = None) -> LongVerb[Workbench]:
    """All that waits, whatever year it is from (open matters are carried over), and the months of ``year``."""
    day = today or clock.today()
    open_visits: list[Visit] = []
    ids = store.visits.ids(VisitQuery(statuses=_OPEN, include_drafts=True))
    for start in range(0, len(ids), _BLOCK):
        open_visits.extend(store.visits.many(ids[start : start + _BLOCK]))
        yield Progress("正在整理待办", start, len(ids))
    problems = _problems(open_visits, day)
    reprint = tuple(Waiting("reprint", visit.id, visit) for visit in open_visits if _needs_reprint(store, visit))
    by_pad = _signed_by_pad(store, open_visits)
    drafts = _drafts(store)
    months = _months(store, year)
    cadres = len(store.cadres.ids(CadreQuery()))
    concerns, unreported, any_concern = _concerns(store, day)
    plans, any_plan = _plans(store)
    return Workbench(
        problems=problems,
        unsigned=tuple(Waiting("sign" if visit.paper.printed_on else "print", visit.id, visit)
                       for visit in open_visits if visit.paper.signed_on is None and visit.id not in by_pad),
        to_file=tuple(Waiting("archive", visit.id, visit) for visit in open_visits if visit.status == "ready"),
        drafts=drafts, reprint=reprint,
        following=_following(open_visits, problems, concerns, {waiting.key for waiting in reprint}, by_pad),
        months=months, cadres=cadres, concerns=concerns, unreported=unreported, plans=plans,
        quarters=quarters.read(store, today=day),
        has_any=bool(open_visits or drafts or any_concern or any_plan or store.visits.years()),
    )  # fmt: skip


def _problems(visits: Sequence[Visit], day: date) -> tuple[Waiting, ...]:
    found = []
    for visit in visits:
        for problem in visit.problems:
            if problem.is_open and not problem.deleted:
                limit = problem.content.due_date
                left = (limit - day).days if limit is not None else None
                found.append(Waiting("problem", visit.id, visit, problem=problem, days_left=left))
    return tuple(sorted(found, key=_urgency))


def _concerns(store: Store, day: date) -> tuple[tuple[Waiting, ...], tuple[Waiting, ...], bool]:
    """What concerns wait for, those over and not reported, and whether there is any at all."""
    known = store.concerns.all()
    if not known:
        return (), (), False
    from jiafang_desktop.services.concern_office import ConcernOffice  # rules and calendar only where one is

    waiting, unreported = [], []
    for view in ConcernOffice(store).views(known):
        if not view.concern.is_open:
            if view.concern.reported_on is None:
                unreported.append(Waiting("report", view.id, concern=view))
            continue
        limit = view.due.day if view.due is not None and view.due.basis != "suggested" else None
        step = {"new": "triage", "assigned": "visit"}.get(view.status, "handle")
        if step != "handle" or limit is not None:  # else its sheet is in the list
            left = (limit - day).days if limit is not None else None
            waiting.append(Waiting(step, view.id, days_left=left, concern=view))
    waiting.sort(key=lambda one: (one.days_left is None, one.days_left or 0, CONCERN_STEPS.index(one.step)))
    return tuple(waiting), tuple(unreported), True


def _plans(store: Store) -> tuple[tuple[Waiting, ...], bool]:
    """Planned visits whose day is near or has passed, and whether there is any plan at all."""
    if not store.values.all("plan"):
        return (), False
    from jiafang_desktop.services import plans  # the calendar only where something is planned

    return tuple(Waiting(PLAN_STEP, found.id, plan=found) for found in plans.upcoming(store)), True


def _urgency(waiting: Waiting) -> tuple[bool, int, str]:
    """Nearest limit first; without one, the oldest visit first."""
    on = waiting.visit.content.date if waiting.visit is not None else None
    if waiting.concern is not None:
        on = waiting.concern.concern.since
    return (waiting.days_left is None, waiting.days_left or 0, on.isoformat() if on else "")


def _needs_reprint(store: Store, visit: Visit) -> bool:
    if visit.paper.printed_on is None:
        return False
    from jiafang_desktop.services import forms  # the planner is wanted only where something was printed

    return forms.needs_reprint(visit, store.installation.unit)


def _signed_by_pad(store: Store, visits: Sequence[Visit]) -> set[str]:
    """Sheets whose leaders have all signed on the pad: they wait for nobody's pen."""
    if not rules.read(store).signature_pad:
        return set()
    from jiafang_desktop.services.signature_pad import PadReader  # only where an office signs so

    pad = PadReader(store)
    return {visit.id for visit in visits if visit.paper.signed_on is None and pad.of(visit).complete}


def _drafts(store: Store) -> tuple[Waiting, ...]:
    found = []
    for info in sorted(store.drafts.keys(_DRAFT_PREFIX), key=lambda info: str(info.saved_at), reverse=True):
        content = store.drafts.get(info.key)
        if isinstance(content, Mapping):
            found.append(Waiting("draft", info.key, draft=content))
    for visit in store.visits.many(store.visits.ids(VisitQuery(statuses=("draft",), include_drafts=True))):
        found.append(Waiting("draft", visit.id, visit))
    return tuple(found)


def _following(
    visits: Sequence[Visit],
    problems: Sequence[Waiting],
    concerns: Sequence[Waiting],
    reprint: set[str],
    by_pad: set[str],
) -> tuple[Waiting, ...]:
    """Each open sheet and concern once, with its next step: by their limits first, then by how far the paper is."""
    first: dict[str, Waiting] = {}
    for waiting in problems:
        first.setdefault(waiting.key, waiting)
    rest = []
    for visit in visits:
        if visit.id not in first:
            step = _next_step(visit, reprint=visit.id in reprint, by_pad=visit.id in by_pad)
            rest.append(Waiting(step, visit.id, visit, problem=_held_back(visit) if step == "again" else None))
    rest.sort(key=lambda waiting: (STEPS.index(waiting.step), _urgency(waiting)))
    limited = [*first.values(), *(one for one in concerns if one.days_left is not None)]
    limited.sort(key=lambda waiting: (waiting.days_left is None, waiting.days_left or 0))
    return (*limited, *(one for one in concerns if one.days_left is None and one.step != "handle"), *rest)


def _next_step(visit: Visit, *, reprint: bool, by_pad: bool) -> str:
    """PRODUCT, Lives of things: 打印 → 领导签名 → resolution → 盖章 → 归档."""
    if reprint:
        return "reprint"
    if visit.paper.printed_on is None:
        return "print"
    if visit.paper.signed_on is None and not by_pad:
        return "sign"
    if visit.status == "ready":
        return "archive"
    return "again" if _held_back(visit) is not None else "state"


def _held_back(visit: Visit) -> Problem | None:
    """The first problem with an outcome that the office's rules do not let be filed."""
    return next((one for one in visit.problems if not one.is_open and one.keeps_waiting(visit.outcomes)), None)


def _months(store: Store, year: int) -> tuple[Month, ...]:
    planned = [0] * 12
    if store.values.all("plan"):
        from jiafang_desktop.services import plans  # the calendar only where something is planned

        for one in plans.listing(store, status="open"):
            if one.plan.content.first.year == year:
                planned[one.plan.content.first.month - 1] += 1
    counted = store.visits.months(VisitQuery(year=year))
    return tuple(Month(*counts, planned=more) for counts, more in zip(counted, planned, strict=True))
