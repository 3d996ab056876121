"""The demo's planned visits: one whose day has passed, one on a day of rest, one for a month, one made already."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING

from jiafang_desktop.domain.cadres import CadreQuery
from jiafang_desktop.domain.visits import VisitQuery
from jiafang_desktop.services import plans, rosters, visits

if TYPE_CHECKING:
    from jiafang_desktop.store import Store

# Whom by place in the roster, days from today (None: the whole next month), note.
_PLANS = (
    (7, -4, "家里老人身体不好，去看看"), (21, 3, "换岗后还没有去过，顺便听听意见"), (33, None, "退休前谈一谈"),
    (45, 12, None),
)  # fmt: skip


def make(store: Store, today: date) -> None:
    """Plan visits of people nobody visited this year, and say of the latest visit that it was planned."""
    made = store.visits.many(store.visits.ids(VisitQuery(order="date_desc")))
    seen = {visit.content.visitee.name for visit in made}
    people = [one for one in rosters.people(store, CadreQuery()) if one.content.name not in seen]
    leaders = [leader.name for visit in made[:3] for leader in visit.content.leaders[:1]]
    for place, days, note in _PLANS:
        when = _next_month(today) if days is None else (today + timedelta(days=days)).isoformat()
        plan = {
            "visitee": {"cadre": people[place % len(people)].id}, "when": when, "note": note,
            "leaders": leaders[place % len(leaders) :][:1],
        }  # fmt: skip
        plans.add(store, plan, by=store.operator)
    latest = next((visit for visit in made if visit.archived_on is None and visit.content.date is not None), None)
    if latest is not None and latest.content.date is not None:
        visitee = latest.content.visitee
        planned = {
            "visitee": {"name": visitee.name, "post": visitee.post, "cadre": visitee.cadre},
            "when": latest.content.date.isoformat(), "leaders": [one.name for one in latest.content.leaders],
        }  # fmt: skip
        rec = plans.add(store, planned, by=store.operator).id
        visits.edit(store, latest.id, {"plan": rec}, by=store.operator)


def _next_month(today: date) -> str:
    later = today.replace(day=1) + timedelta(days=32)
    return f"{later.year:04d}-{later.month:02d}"
