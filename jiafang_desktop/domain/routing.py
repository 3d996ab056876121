"""分层办理: who handles a concern and by when (policy 四之一), with the deciding rule in a sentence. Pure.

A level leads to a role (rules), the role to a person (the leaders' table, dates of office, units and sections), the
limit to a day (working calendar). A suggested day is never overdue: the policy names no number of days.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from jiafang_desktop.common.chinese import squeeze
from jiafang_desktop.common.errors import UserError
from jiafang_desktop.domain.concerns import Triage
from jiafang_desktop.domain.identity import unit_core
from jiafang_desktop.domain.problems import LEVELS
from jiafang_desktop.domain.rules import ROLES, Limit, Rules
from jiafang_desktop.domain.typed_text import cleaned
from jiafang_desktop.domain.working_calendar import WorkingCalendar, unknown_words

BASES = {"suggested": "建议办结日", "rule": "办理时限", "item": "单独规定的期限"}
_KEYS = ("name", "post", "role", "sections", "units", "from", "to")


@dataclass(frozen=True, slots=True)
class Leader:
    """分工: one entry of the leaders' table. No ``units`` or ``sections``: all of them; no dates: always."""

    name: str
    role: str
    post: str | None = None
    sections: tuple[str, ...] = ()
    units: tuple[str, ...] = ()
    since: date | None = None
    until: date | None = None

    def in_office(self, day: date) -> bool:
        """Whether the entry holds on that day, both ends included."""
        return (self.since is None or self.since <= day) and (self.until is None or day <= self.until)

    def to_json(self) -> dict[str, Any]:
        """L.json's entry."""
        return {
            "name": self.name, "post": self.post, "role": self.role, "sections": list(self.sections),
            "units": list(self.units), "from": self.since.isoformat() if self.since else None,
            "to": self.until.isoformat() if self.until else None,
        }  # fmt: skip


@dataclass(frozen=True, slots=True)
class Due:
    """By when: ``basis`` suggested, rule or item; ``reason`` the deciding rule; ``warnings`` on years without data."""

    day: date
    basis: str
    reason: str
    warnings: tuple[str, ...] = ()

    def passed(self, today: date) -> bool:
        """Whether the day is over; a suggestion never is."""
        return self.basis != "suggested" and self.day < today


def due_of(triage: Triage, rules: Rules, calendar: WorkingCalendar) -> Due:
    """The due date of a concern, counted from its triage; the day of the triage itself is not counted.

    The item's own limit comes first, then the rule of the day it was triaged, then today's rule, then the suggestion.
    """
    level = f"{LEVELS[triage.level]}困难诉求"
    role = ROLES.get(triage.role or rules.levels[triage.level].role, "")
    head = f"{level}由{role}办理"
    if triage.due is not None:
        return Due(triage.due, "item", f"{head}；这件诉求单独规定了期限，应在{_day(triage.due)}前办结。")
    rule = rules.levels[triage.level]
    limit, basis, whose = rule.limit, "suggested", "文件没有规定天数，程序建议"
    if triage.limit is not None:
        limit, basis, whose = triage.limit, "rule", _whose(triage.rules_version)
    elif rule.is_own:
        basis, whose = "rule", _whose(rules.version)
    day, unknown = _count(triage.on, limit, calendar)
    end = f"应在{_day(day)}前办结" if basis == "rule" else f"建议{_day(day)}前办结，过了也不算超期"
    reason = f"{head}；{whose}{limit.words}，从{_day(triage.on)}研判的次日起算，{end}。"
    words = unknown_words(unknown)
    return Due(day, basis, reason, (words,) if words else ())


def _whose(version: int) -> str:
    return f"办理时限与分工（第{version}版）规定" if version else "办理时限与分工规定"


def _count(start: date, limit: Limit, calendar: WorkingCalendar) -> tuple[date, tuple[int, ...]]:
    if limit.kind == "calendar_days":
        return start + timedelta(days=limit.days), ()
    counted = calendar.after_working_days(start, limit.days)
    return counted.day, counted.unknown_years


def _day(day: date) -> str:
    return f"{day.year}年{day.month}月{day.day}日"


# ------------------------------------------------------------------------------------------- who


def responsible(
    leaders: Sequence[Leader], role: str, *, unit: str | None, section: str | None, post: str | None = None, on: date
) -> Leader | None:
    """Whose concern it is: the entry that fits best, None where the table names nobody or can't tell two apart.

    Args:
        unit: the concern's unit. section: the cadre's 内设机构 where the roster knows it; ``post`` may name it too.
    """
    fitting = [
        (_fit(leader, unit, section, post), leader)
        for leader in leaders
        if leader.role == role and leader.in_office(on)
    ]
    known = [(fit, leader) for fit, leader in fitting if fit is not None]
    if not known:
        return None
    best = max(fit for fit, _ in known)
    candidates = [leader for fit, leader in known if fit == best]
    if len(candidates) > 1:
        # Of two in the same office the one who came last holds it; two named from the same day can't be told apart.
        latest = max(leader.since or date.min for leader in candidates)
        candidates = [leader for leader in candidates if (leader.since or date.min) == latest]
    names = {(leader.name, leader.post) for leader in candidates}
    return candidates[0] if len(names) == 1 else None


def _fit(leader: Leader, unit: str | None, section: str | None, post: str | None) -> tuple[int, int] | None:
    """How closely an entry is meant for a concern: its unit, then its section; None where it is not."""
    by_unit = by_section = 0
    if leader.units:
        # 德政镇人民政府 of the seal and 德政镇 of the table are one unit.
        if unit is not None and unit_core(unit) not in {unit_core(each) for each in leader.units}:
            return None
        by_unit = 1
    if leader.sections:
        wanted = squeeze(section or "")
        named = [squeeze(each) for each in leader.sections]
        if wanted in named or any(each in squeeze(post or "") for each in named if len(each) > 1):
            by_section = 2
        elif wanted:
            return None
        # Else the section is not known: a single entry is still the one, but one without sections comes first.
    else:
        by_section = 1
    return by_unit, by_section


# ------------------------------------------------------------------------------------------- the leaders' table


def read_leaders(data: Any) -> list[Leader]:
    """L.json: the whole table.

    Raises:
        UserError: ``unknown_field bad_input bad_date``; ``field`` and ``index`` in details.
    """
    given = data
    if isinstance(data, Mapping):
        for name in data:
            if name not in ("leaders", "total", "warnings"):
                raise _unknown(name, ("leaders",))
        given = data.get("leaders")
    if not isinstance(given, list):
        raise UserError(
            "bad_input", "分工表应当写成 leaders 一列领导。", hint='例如 {"leaders": [{"name": "钱永和", …}]}。',
            details={"field": "leaders"},
        )  # fmt: skip
    found: list[Leader] = []
    for index, item in enumerate(given):
        try:
            found.append(_read_leader(item))
        except UserError as error:
            details = {**error.details, "index": index}
            message = f"分工表第{index + 1}位：{error.message}"
            raise UserError(error.code, message, hint=error.hint, details=details) from None
    return found


def _read_leader(item: Any) -> Leader:
    if not isinstance(item, Mapping):
        raise _bad("leaders", "应当写成 name、post、role 等栏目")
    for name in item:
        if name not in _KEYS and name != "current":
            raise _unknown(f"leaders.{name}", _KEYS)
    name = _text(item.get("name"), "name", "姓名")
    if name is None:
        raise _bad("name", "没有写姓名")
    role = item.get("role")
    if not isinstance(role, str) or role not in ROLES:
        words = "、".join(f"{key}（{title}）" for key, title in ROLES.items())
        what = "没有写办理哪一级（role）" if not role else f"分工里没有“{role}”"
        raise _bad("role", what, hint=f"可以写：{words}。")
    since, until = _read_day(item.get("from"), "from"), _read_day(item.get("to"), "to")
    if since and until and until < since:
        raise UserError("bad_date", "离任早于到任。", hint="请核对 from 和 to。", details={"field": "to"})
    return Leader(
        name=name, role=role, post=_text(item.get("post"), "post", "职务"),
        sections=_texts(item.get("sections"), "sections", "分管的内设机构"),
        units=_texts(item.get("units"), "units", "分包的单位"), since=since, until=until,
    )  # fmt: skip


def _text(value: Any, name: str, title: str) -> str | None:
    if value is not None and not isinstance(value, str):
        raise _bad(name, f"“{title}”应当是文字")
    return cleaned(value, field=name, title=title)


def _texts(value: Any, name: str, title: str) -> tuple[str, ...]:
    if value is None or value == "":
        return ()
    if not isinstance(value, list):
        raise _bad(name, f"“{title}”应当是一列名称")
    return tuple(dict.fromkeys(text for item in value if (text := _text(item, name, title)) is not None))


def _read_day(value: Any, name: str) -> date | None:
    if value is None or value == "":
        return None
    try:
        if not isinstance(value, str) or len(value) != len("2026-11-03"):
            raise ValueError(value)
        return date.fromisoformat(value)
    except ValueError:
        raise UserError(
            "bad_date", f"日期“{value}”不对。", hint="请写成 2026-11-03 的样子，并核对有没有这一天。",
            details={"field": name, "value": str(value)},
        ) from None  # fmt: skip


def _bad(name: str, what: str, *, hint: str = "请对照 jiafang leaders list 的样子改好。") -> UserError:
    return UserError("bad_input", f"{what}。", hint=hint, details={"field": name})


def _unknown(name: str, known: Sequence[str]) -> UserError:
    return UserError(
        "unknown_field", f"没有叫“{name}”的栏目。", hint="可用的栏目：" + " ".join(known), details={"field": name}
    )
