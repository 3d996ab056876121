"""The quarterly summary as the page shows it: which figures stand where, the rows behind one, which quarter is first.

Words only; counting is services.summary's. ``read`` and ``rows_of`` are asked on the store's thread.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from jiafang_desktop.domain.concerns import STATUSES as CONCERN_STATUSES
from jiafang_desktop.domain.problems import KINDS, OUTCOMES
from jiafang_desktop.domain.summary import Figure, quarter_days
from jiafang_desktop.domain.visits import PRIORITIES, STATUSES, VisitQuery
from jiafang_desktop.services import drafts, quarters, summary, summary_reported
from jiafang_desktop.services.quarters import QuarterReport
from jiafang_desktop.services.summary import Difference, Summary
from ui.models.typed_date import dotted

QUARTERS = "一二三四"
# The large figures, with their words and measure words; the rest stands in lines below, zeros left out.
LARGE = (
    ("visits", "家访（次）"), ("visitees", "走访干部（人）"), ("problems", "发现问题（件）"),
    ("open", "正在办理（件）"), ("concerns_received", "收到诉求（件）"), ("concerns_open", "诉求在办（件）"),
)  # fmt: skip
GROUPS = (
    ("家访", ("priority", "ordinary", "archived", "not_archived", "late_entries")),
    ("优先情形", tuple(f"priority_{name}" for name in PRIORITIES)),
    ("问题", (*(f"problems_{name}" for name in KINDS), *(f"outcome_{name}" for name in OUTCOMES), "overdue",
             "earlier_open", "earlier_resolved")),
    ("诉求", ("concerns_done", "concerns_referred", "concerns_declined", "concerns_overdue")),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class SummaryView:
    """A quarter, the one before it, what was typed and not kept yet, until when it is due, visits of all four quarters
    of the year, and which of them were reported."""

    found: Summary
    before: Summary
    typed: Mapping[str, str]
    due: QuarterReport
    visits: tuple[int, ...]
    reported: frozenset[int]


@dataclass(frozen=True, slots=True)
class FigureRow:
    """One record behind a figure; ``page`` and ``where`` lead to it."""

    id: str
    number: str
    name: str
    day: str
    text: str
    status: str
    page: str
    where: Mapping[str, Any]


def draft_key(year: int, quarter: int, section: str) -> str:
    """Where a section that is being typed is kept."""
    return f"summary:{year}-{quarter}:{section}"


def read(store: Any, year: int, quarter: int) -> SummaryView:
    """Everything the page shows of a quarter."""
    found = summary.read(store, year=year, quarter=quarter)
    before = summary.read(store, year=year - (quarter == 1), quarter=(quarter - 2) % 4 + 1)
    typed = {}
    for section in found.sections:
        kept = drafts.load(store, draft_key(year, quarter, section.key))
        if isinstance(kept, Mapping) and isinstance(kept.get("text"), str):
            typed[section.key] = kept["text"]
    reported = frozenset(one for at, one in summary_reported.reported_quarters(store) if at == year)
    visits = tuple(sum(store.visits.facets(VisitQuery(year=year, quarter=one)).values()) for one in range(1, 5))
    return SummaryView(found, before, typed, quarters.of(store, year, quarter), visits, reported)


def first_quarter(year: int, *, today: date, due_days: int = 10) -> int:
    """The quarter to report next: the one that ended not long ago, else the present one; of another year the last."""
    if year != today.year:
        return 4
    quarter = (today.month - 1) // 3 + 1
    first, _ = quarter_days(year, quarter)
    return quarter - 1 if quarter > 1 and (today - first).days < due_days else quarter


def due_words(view: SummaryView, *, today: date) -> str:
    """12 月 31 日 …: until when it is to be reported; only a day the office set itself is called late."""
    due = view.due.due
    when = f"{due.month} 月 {due.day} 日前报县委组织部"
    if due.year != today.year:
        when = f"{due.year} 年 {when}"
    if not view.due.is_rule:
        return f"建议 {when}" if not view.due.has_ended else f"还没有标记上报，建议 {when}"
    return f"{when}，已超 {-view.due.days_left} 天" if view.due.is_overdue else when


def moved(one: Difference) -> Figure:
    """The records behind a change as a figure that opens them: those that came, then those that left."""
    rows = (*one.added, *one.gone)
    return replace(one.now, rows=rows, value=len(rows))


def compared(view: SummaryView) -> list[tuple[str, str]]:
    """家访 9 → 6 次: with the quarter before."""
    found = []
    for name, words, unit in (("visits", "家访", "次"), ("problems", "发现问题", "件"), ("open", "正在办理", "件")):
        was, now = view.before.figures[name].value or 0, view.found.figures[name].value or 0
        found.append((words, f"{was} → {now} {unit}"))
    return found


def rows_of(store: Any, figure: Figure) -> list[FigureRow]:
    """The records behind a figure, in its order."""
    wanted = list(figure.rows or ())
    if figure.kind == "visit":
        return [_visit_row(visit) for visit in store.visits.many(wanted)]
    if figure.kind == "concern":
        return [_concern_row(concern) for concern in store.concerns.many(wanted)]
    problems = {one.id: one for one in store.problems.all() if one.id in set(wanted)}
    visits = {visit.id: visit for visit in store.visits.many(list({one.visit for one in problems.values()}))}
    return [
        _problem_row(problems[rec], visits[problems[rec].visit])
        for rec in wanted if rec in problems and problems[rec].visit in visits
    ]  # fmt: skip


def visits_of(store: Any, query: VisitQuery) -> list[FigureRow]:
    """The visits behind a number of the year: as many as were counted."""
    return [_visit_row(visit) for visit in store.visits.many(store.visits.ids(query))]


def _visit_row(visit: Any) -> FigureRow:
    content = visit.content
    return FigureRow(
        visit.id, _number(visit.number), content.visitee.name, dotted(content.date) if content.date else "",
        content.matter or "", STATUSES[visit.status], "visit", {"visit_id": visit.id},
    )  # fmt: skip


def _problem_row(problem: Any, visit: Any) -> FigureRow:
    status = OUTCOMES.get(problem.outcome or "", "正在办理")
    return FigureRow(
        problem.id, _number(visit.number), visit.content.visitee.name,
        dotted(visit.content.date) if visit.content.date else "", problem.content.text, status, "visit",
        {"visit_id": visit.id},
    )  # fmt: skip


def _concern_row(concern: Any) -> FigureRow:
    return FigureRow(
        concern.id, _number(concern.number), concern.content.name, dotted(concern.since),
        " ".join(concern.content.text.split()), CONCERN_STATUSES[concern.status], "concerns", {"concern": concern.id},
    )  # fmt: skip


def _number(number: int | None) -> str:
    return "" if number is None else str(number)
