"""计划家访: whom to visit, on which day or in which month, who goes and what for (policy 三之一). Pure.

PLAN.json of the command line's contract. A plan is done by the visit that names it: that is derived, never stored.
"""

from __future__ import annotations

import calendar
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Any

from jiafang_desktop.common.errors import UserError
from jiafang_desktop.domain.concerns import LinkedVisit
from jiafang_desktop.domain.typed_text import cleaned, required
from jiafang_desktop.domain.visit_rules import EARLIEST, LATEST, read_day
from jiafang_desktop.domain.visits import Leader

KEYS = ("visitee", "when", "leaders", "concern", "note")
VISITEE_KEYS = ("name", "unit", "post", "cadre")
STATUSES = {"open": "待家访", "done": "已家访", "dropped": "已取消"}
SOON_DAYS = 7
_MONTH = re.compile(r"(\d{4})-(\d{2})")
_LONGEST = 1_000


@dataclass(frozen=True, slots=True)
class PlanContent:
    """A plan as typed. ``when`` is ``YYYY-MM-DD`` or ``YYYY-MM``; ``cadre`` and ``concern`` are records' ids."""

    name: str
    when: str
    unit: str | None = None
    post: str | None = None
    cadre: str | None = None
    leaders: tuple[Leader, ...] = ()
    concern: str | None = None
    note: str | None = None

    @property
    def day(self) -> date | None:
        """The day, None where only the month is planned."""
        return date.fromisoformat(self.when) if len(self.when) > len("2026-11") else None

    @property
    def first(self) -> date:
        """The first day it can be."""
        return self.day or date.fromisoformat(f"{self.when}-01")

    @property
    def last(self) -> date:
        """The last one; it has passed after this."""
        first = self.first
        return self.day or first.replace(day=calendar.monthrange(first.year, first.month)[1])

    def to_json(self) -> dict[str, Any]:
        """PLAN.json."""
        return {
            "visitee": {"name": self.name, "unit": self.unit, "post": self.post, "cadre": self.cadre},
            "when": self.when, "leaders": [{"name": one.name, "post": one.post} for one in self.leaders],
            "concern": self.concern, "note": self.note,
        }  # fmt: skip


@dataclass(frozen=True, slots=True)
class Plan:
    """A stored plan. ``visit`` is the one that was made for it, void ones and drafts left out."""

    id: str
    content: PlanContent
    made_on: date
    dropped_on: date | None = None
    drop_reason: str | None = None
    visit: LinkedVisit | None = None

    @property
    def status(self) -> str:
        """One of STATUSES."""
        if self.visit is not None:
            return "done"
        return "dropped" if self.dropped_on is not None else "open"

    @property
    def is_open(self) -> bool:
        """Whether somebody has still to go."""
        return self.status == "open"

    def has_passed(self, today: date) -> bool:
        """计划日已过: said, and no more than said — nobody set a limit."""
        return self.is_open and self.content.last < today

    def is_near(self, today: date) -> bool:
        """Whether it is due within SOON_DAYS; a month is near from a week before it until its end."""
        return self.is_open and self.content.first <= today + timedelta(days=SOON_DAYS) and not self.has_passed(today)

    def to_json(self) -> dict[str, Any]:
        """As the log carries it."""
        return {
            **self.content.to_json(), "made_on": self.made_on.isoformat(),
            "dropped_on": self.dropped_on.isoformat() if self.dropped_on else None, "drop_reason": self.drop_reason,
        }  # fmt: skip

    def with_visit(self, visit: LinkedVisit | None) -> Plan:
        """The same with the visit made for it."""
        return replace(self, visit=visit)


def in_order(plans: Sequence[Plan]) -> list[Plan]:
    """Open ones by their day, then done and dropped ones, the latest first."""
    waiting = sorted((one for one in plans if one.is_open), key=lambda one: (one.content.last, one.content.first))
    rest = sorted((one for one in plans if not one.is_open), key=lambda one: one.content.last, reverse=True)
    return [*waiting, *rest]


# ------------------------------------------------------------------------------------------- reading


def read_plan(data: Any) -> PlanContent:
    """PLAN.json, strictly.

    Raises:
        UserError: ``unknown_field bad_input bad_date`` with ``field`` in details.
    """
    fields = _object(data, "", KEYS)
    visitee = _object(fields.get("visitee") or {}, "visitee", VISITEE_KEYS)

    def text(source: Mapping[str, Any], key: str, where: str, title: str) -> str | None:
        value = source.get(key)
        if value is not None and not isinstance(value, str):
            raise _bad(where, f"“{title}”应当是文字")
        return cleaned(value, field=where, title=title, longest=_LONGEST)

    name = text(visitee, "name", "visitee.name", "家访对象")
    return PlanContent(
        name=required(name, field="visitee.name", title="家访对象", longest=_LONGEST),
        when=read_when(fields.get("when")), unit=text(visitee, "unit", "visitee.unit", "单位"),
        post=text(visitee, "post", "visitee.post", "职务"), cadre=text(visitee, "cadre", "visitee.cadre", "名册中的人"),
        leaders=_leaders(fields.get("leaders")), concern=text(fields, "concern", "concern", "诉求"),
        note=text(fields, "note", "note", "说明"),
    )  # fmt: skip


def read_when(value: Any) -> str:
    """A day or a month as PLAN.json has it.

    Raises:
        UserError: ``bad_input`` where there is none, ``bad_date``; ``field`` is ``when``.
    """
    if value is None or value == "":
        raise UserError("bad_input", "没有写哪天去。", hint="请写一天，或者写一个月。", details={"field": "when"})
    month = _MONTH.fullmatch(value) if isinstance(value, str) else None
    if month is None:
        day = read_day(value, field="when", title="计划时间")
        assert day is not None
        return day.isoformat()
    year, number = int(month[1]), int(month[2])
    if not 1 <= number <= 12 or not EARLIEST.year <= year <= LATEST.year:
        raise UserError(
            "bad_date", f"“计划时间”的月份“{value}”不对。", hint="请写成 2026-12 或 2026-12-03 的样子。",
            details={"field": "when"},
        )  # fmt: skip
    return f"{year:04d}-{number:02d}"


def stored_plan(rec: str, value: Any) -> Plan | None:
    """A plan from its value in the log; None for what this program can't read."""
    if not isinstance(value, Mapping):
        return None
    try:
        content = read_plan({key: value.get(key) for key in KEYS})
        made = read_day(value.get("made_on"), field="made_on", title="安排日期")
        dropped = read_day(value.get("dropped_on"), field="dropped_on", title="取消日期")
    except UserError:  # written by a newer program
        return None
    reason = value.get("drop_reason")
    return Plan(rec, content, made or content.first, dropped, reason if isinstance(reason, str) else None)


def _leaders(value: Any) -> tuple[Leader, ...]:
    if value is None or value == "":
        return ()
    if not isinstance(value, list):
        raise _bad("leaders", "“家访领导”应当是一列姓名")
    found: dict[str, Leader] = {}
    for item in value:
        fields = {"name": item} if isinstance(item, str) else _object(item, "leaders", ("name", "post"))
        parts = [fields.get("name"), fields.get("post")]
        if not all(part is None or isinstance(part, str) for part in parts):
            raise _bad("leaders", "“家访领导”应当是文字")
        name, post = (cleaned(part, field="leaders", title="家访领导", longest=_LONGEST) for part in parts)
        if name:
            found.setdefault(name, Leader(name, post))
    return tuple(found.values())


def _object(data: Any, where: str, keys: tuple[str, ...]) -> Mapping[str, Any]:
    if not isinstance(data, Mapping):
        raise _bad(where, "计划应当是一个JSON对象" if not where else f"“{where}”应当是一个JSON对象")
    for key in data:
        if key not in keys:
            name = f"{where}.{key}".lstrip(".")
            hint = "可用的栏目：" + " ".join(keys)
            raise UserError("unknown_field", f"没有叫“{name}”的栏目。", hint=hint, details={"field": name})
    return data


def _bad(field_name: str, what: str) -> UserError:
    details = {"field": field_name} if field_name else {}
    return UserError("bad_input", f"{what}。", hint="请对照说明改正后再试。", details=details)
