"""What a quarterly summary is made from: visits, problems, concerns, decisions, and what must not be quoted.

Reading only; counting is domain.summary's.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from jiafang_desktop.domain.disclosure import Disclosure
from jiafang_desktop.domain.problems import Problem
from jiafang_desktop.domain.summary import Facts, Figure, quarter_days
from jiafang_desktop.domain.visits import Visit, VisitQuery
from jiafang_desktop.services import meetings, settings, visits
from jiafang_desktop.services.concern_office import ConcernOffice

if TYPE_CHECKING:
    from jiafang_desktop.store import Store

_BLOCK = 500


@dataclass(frozen=True, slots=True)
class SummaryFacts:
    """``counted`` is what figures come from; ``problems`` those of the quarter's visits; ``decisions`` of its meetings.

    ``hidden`` counts restricted texts this account does not see, so that nobody could look for them.
    """

    counted: Facts
    problems: tuple[Problem, ...]
    decisions: tuple[str, ...]
    disclosure: Disclosure
    hidden: int


def gather(store: Store, *, year: int, quarter: int) -> SummaryFacts:
    """A quarter's facts as they stand now."""
    first, last = quarter_days(year, quarter)
    found = _many(store, store.visits.ids(VisitQuery(year=year, quarter=quarter)))
    earlier = [
        problem for problem in store.problems.all()
        if problem.is_open or (problem.resolved_on is not None and first <= problem.resolved_on <= last)
    ]  # fmt: skip
    before = {
        visit.id: visit for visit in _many(store, list(dict.fromkeys(problem.visit for problem in earlier)))
        if visit.registered and not visit.deleted and visit.content.date is not None and visit.content.date < first
    }  # fmt: skip
    office = ConcernOffice(store)
    views = [office.view(one) for one in store.concerns.all() if first <= one.since <= last]
    days = settings.read(store).report_days
    facts = Facts(
        visits=found, earlier=[problem for problem in earlier if problem.visit in before],
        concerns=[view.concern for view in views],
        late=frozenset(visit.id for visit in found if visits.late_entry(visit, days=days)),
        overdue_concerns=frozenset(view.id for view in views if view.overdue),
    )  # fmt: skip
    decisions = tuple(
        decision.text for meeting in meetings.listing(store, first=first, last=last) for decision in meeting.decisions
    )
    disclosure, hidden = _disclosure(store, [*found, *before.values()])
    problems = tuple(problem for visit in found for problem in visit.problems if not problem.deleted)
    return SummaryFacts(facts, problems, decisions, disclosure, hidden)


def existing_rows(store: Store, found: Mapping[str, Figure]) -> frozenset[str]:
    """Those of the figures' rows that the store really has, asked anew."""
    rows: dict[str, dict[str, None]] = {"visit": {}, "problem": {}, "concern": {}}
    for figure in found.values():
        if figure.rows is not None:
            rows[figure.kind].update(dict.fromkeys(figure.rows))
    there = {visit.id for visit in _many(store, list(rows["visit"])) if not visit.deleted}
    there |= {one.id for one in store.concerns.many(list(rows["concern"])) if not one.deleted}
    if rows["problem"]:
        there |= {problem.id for problem in store.problems.all()} & set(rows["problem"])
    return frozenset(there)


def _disclosure(store: Store, found: Sequence[Visit]) -> tuple[Disclosure, int]:
    """What must not be quoted: advice about leaders and guidance sheets, as far as this account sees them."""
    here = store.installation
    texts: list[str | None] = []
    harmless: list[str | None] = [here.unit, here.ledger_unit]
    hidden = 0
    for visit in found:
        content = visit.content
        texts.append(content.topics.advice_leaders)
        harmless += [content.visitee.name, content.visitee.post, content.visitee.unit]
        harmless += [word for leader in content.leaders for word in (leader.name, leader.post)]
        hidden += len(visit.hidden)
        if content.priority == "warning_sign":
            guidance = store.guidance.get(visit.id)
            texts += guidance.texts().values()
            hidden += len(guidance.hidden)
    return Disclosure(texts, harmless=harmless), hidden


def _many(store: Store, ids: Sequence[str]) -> list[Visit]:
    return [visit for at in range(0, len(ids), _BLOCK) for visit in store.visits.many(ids[at : at + _BLOCK])]
