"""计划家访: planning a visit, changing and dropping the plan, what comes next, and which visit it was done by.

What a plan may say is domain.plans'. Each is one value of the log, replaced whole; that it is done follows from a
registered visit that names it, so a visit made void opens it again. Days of rest are told, not refused (policy 三之一).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import TYPE_CHECKING, Any

from jiafang_desktop.common import clock
from jiafang_desktop.common.errors import UserError
from jiafang_desktop.domain import routing
from jiafang_desktop.domain.changes import Changes, Edit, Operator, new_record_id
from jiafang_desktop.domain.plans import STATUSES, Plan, PlanContent, in_order, read_plan, stored_plan
from jiafang_desktop.domain.typed_text import cleaned
from jiafang_desktop.domain.visits import Leader
from jiafang_desktop.domain.working_calendar import WorkingCalendar, unknown_words
from jiafang_desktop.services import calendars, concern_links, visits
from jiafang_desktop.services.plan_links import KIND, find, not_found, person_of

if TYPE_CHECKING:
    from jiafang_desktop.store import Store

__all__ = [
    "STATUSES", "Added", "Plan", "PlanContent", "PlanView", "add", "add_many", "day_words", "done", "drop", "edit",
    "leader_of", "listing", "person_of", "plan_json", "plans_json", "reopen", "show", "undone", "upcoming", "view",
]  # fmt: skip

_WEEKDAYS = "一二三四五六日"


@dataclass(frozen=True, slots=True)
class Added:
    """A visit planned."""

    id: str
    changes: Changes = field(default_factory=Changes)


@dataclass(frozen=True, slots=True)
class PlanView:
    """A plan with what follows today: ``day`` what kind of day it is, ``warning`` where nobody knows yet."""

    plan: Plan
    day: str
    has_passed: bool
    is_near: bool
    warning: str = ""

    @property
    def id(self) -> str:
        """The plan's id."""
        return self.plan.id

    @property
    def status(self) -> str:
        """The plan's status."""
        return self.plan.status


# ------------------------------------------------------------------------------------------- writing


def add(store: Store, data: Any, *, by: Operator) -> Added:
    """Plan a visit: PLAN.json, or a PlanContent.

    Raises:
        UserError: ``unknown_field bad_input bad_date`` (``field`` in details), ``not_found`` for a concern or a person
            nobody knows, ``read_only disk_full``.
    """
    return add_many(store, [data], by=by)[0]


def add_many(store: Store, items: Sequence[Any], *, by: Operator) -> list[Added]:
    """Several in one transaction, all or none; with several, ``index`` (from 0) in details names the one refused."""
    edits, made = [], []
    for index, data in enumerate(items):
        try:
            content = _read(store, data)
        except UserError as error:
            if len(items) == 1:
                raise
            details = {**error.details, "index": index}
            raise UserError(error.code, f"第{index + 1}条：{error.message}", hint=error.hint, details=details) from None
        rec = new_record_id()
        made.append(rec)
        edits.append(_edit(Plan(rec, content, clock.today())))
    changes = store.append(edits, by=by) if edits else Changes()
    return [Added(rec, changes) for rec in made]


def edit(store: Store, plan_id: str, data: Any, *, by: Operator) -> Changes:
    """Replace what was planned: another day, other leaders.

    Raises:
        UserError: ``not_found``, and as add.
    """
    plan = _stored(store, plan_id)
    content = _read(store, data)
    return Changes() if content == plan.content else store.append([_edit(replace(plan, content=content))], by=by)


def drop(store: Store, plan_id: str, *, reason: str | None = None, by: Operator) -> Changes:
    """取消: it is not to be made after all; it stays in the list of those dropped.

    Raises:
        UserError: ``not_found``, ``bad_input`` where a visit was made for it.
    """
    plan = show(store, plan_id)
    if plan.visit is not None:
        raise UserError(
            "bad_input", "这次计划已经家访过了，不能取消。", hint="登记错了的，请到那次家访里改。",
            details={"id": plan_id, "visit": plan.visit.id},
        )  # fmt: skip
    why = cleaned(reason, field="reason", title="取消原因", longest=1_000)
    if plan.dropped_on is not None:
        return Changes()
    return store.append([_edit(replace(plan, dropped_on=clock.today(), drop_reason=why))], by=by)


def reopen(store: Store, plan_id: str, *, by: Operator) -> Changes:
    """It is to be made after all.

    Raises:
        UserError: ``not_found``.
    """
    plan = _stored(store, plan_id)
    if plan.dropped_on is None:
        return Changes()
    return store.append([_edit(replace(plan, dropped_on=None, drop_reason=None))], by=by)


def done(store: Store, plan_id: str, visit_id: str, *, by: Operator) -> Changes:
    """Say which registered visit was made for the plan; the visit says so from then on.

    Raises:
        UserError: ``not_found archived void``, ``bad_input`` for a draft.
    """
    _stored(store, plan_id)
    if not visits.show(store, visit_id).registered:
        raise UserError(
            "bad_input", "草稿还没有登记，不能算家访过。", hint="请先登记这次家访。", details={"visit": visit_id}
        )
    return visits.edit(store, visit_id, {"plan": plan_id}, by=by)


def undone(store: Store, plan_id: str, *, by: Operator) -> Changes:
    """The visit was not made for this plan after all: the plan waits again.

    Raises:
        UserError: ``not_found archived``.
    """
    plan = show(store, plan_id)
    return Changes() if plan.visit is None else visits.edit(store, plan.visit.id, {"plan": None}, by=by)


def _read(store: Store, data: Any) -> PlanContent:
    """What is planned, with what a concern or the roster say of the person where nothing was typed."""
    if isinstance(data, PlanContent):
        data = data.to_json()
    if isinstance(data, Mapping):
        data = _filled(store, data)
    return read_plan(data)


def _filled(store: Store, data: Mapping[str, Any]) -> dict[str, Any]:
    concern_id = data.get("concern")
    visitee = data.get("visitee")
    typed = dict(visitee) if isinstance(visitee, Mapping) else {} if visitee is None else None
    if isinstance(concern_id, str) and concern_id:
        concern_links.require_known(store, [concern_id])
        content = store.concerns.get(concern_id).content
        if typed is not None and not typed.get("name"):
            typed |= {"name": content.name, "unit": content.unit, "post": content.post, "cadre": content.cadre}
    cadre_id = typed.get("cadre") if typed is not None else None
    if typed is not None and isinstance(cadre_id, str) and cadre_id:
        known = store.cadres.get(cadre_id).content
        post, section = known.post or "", known.section or ""
        whole = post if not post or section in post else section + post
        for key, value in (("name", known.name), ("unit", known.unit), ("post", whole or None)):
            typed[key] = typed.get(key) or value
    return {**data, "visitee": visitee if typed is None else typed}


def _edit(plan: Plan) -> Edit:
    return Edit(KIND, f"{KIND}:{plan.id}", {"value": plan.to_json()})


# ------------------------------------------------------------------------------------------- reading


def _stored(store: Store, plan_id: str) -> Plan:
    plan = find(store, plan_id)
    if plan is None:
        raise not_found(plan_id)
    return plan


def show(store: Store, plan_id: str) -> Plan:
    """One plan with its visit.

    Raises:
        UserError: ``not_found``.
    """
    return _stored(store, plan_id).with_visit(store.visits.for_plans([plan_id]).get(plan_id))


def listing(store: Store, *, status: str | None = None) -> list[PlanView]:
    """Plans, open ones by their day first, then the others, the latest first; all, or those of one of STATUSES."""
    found = [stored_plan(rec, value) for rec, value in store.values.all(KIND).items()]
    known = [plan for plan in found if plan is not None]
    if not known:
        return []
    made = store.visits.for_plans([plan.id for plan in known])
    plans = in_order([plan.with_visit(made.get(plan.id)) for plan in known])
    calendar, today = calendars.calendar(store), clock.today()
    return [_view(plan, calendar, today) for plan in plans if status is None or plan.status == status]


def upcoming(store: Store) -> list[PlanView]:
    """What the 工作台 lists: due within seven days, and days that have passed without the visit."""
    return [found for found in listing(store, status="open") if found.has_passed or found.is_near]


def view(store: Store, plan_id: str) -> PlanView:
    """One plan as it stands today.

    Raises:
        UserError: ``not_found``.
    """
    return _view(show(store, plan_id), calendars.calendar(store), clock.today())


def _view(plan: Plan, calendar: WorkingCalendar, today: date) -> PlanView:
    day = plan.content.day
    warning = unknown_words(calendar.unknown_years(day, day)) if day is not None else ""
    return PlanView(
        plan, day_words(day, calendar) if day is not None else "", plan.has_passed(today), plan.is_near(today), warning
    )


def day_words(day: date, calendar: WorkingCalendar) -> str:
    """星期六，休息日."""
    return f"星期{_WEEKDAYS[day.weekday()]}，{calendar.kind_of(day)}"


# ------------------------------------------------------------------------------------------- for the command line


def leader_of(entry: routing.Leader) -> Leader:
    """Who of the leaders' table is to go."""
    return Leader(entry.name, entry.post)


def plan_json(found: PlanView) -> dict[str, Any]:
    """A plan as the command line prints it."""
    plan = found.plan
    visit = plan.visit
    return {
        "id": plan.id, **plan.to_json(), "status": plan.status, "day": found.day or None, "passed": found.has_passed,
        "near": found.is_near,
        "visit": None if visit is None else {
            "id": visit.id, "number": visit.number, "date": visit.date.isoformat() if visit.date else None,
        },
    }  # fmt: skip


def plans_json(found: Sequence[PlanView]) -> dict[str, Any]:
    """``plans list``."""
    counts = {status: sum(1 for one in found if one.status == status) for status in STATUSES}
    return {"total": len(found), "counts": counts, "plans": [plan_json(one) for one in found]}
