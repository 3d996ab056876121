"""工作日: which days an office works, by the State Council's holidays and make-up days. Pure; files are services'.

A year whose notice is not known yet is counted by its weekends alone, and that is said (``unknown_words``).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

from jiafang_desktop.common.errors import UserError

MOST_DAYS = 366  # of one limit
_YEARS = range(2000, 2100)
_KEYS = ("year", "source", "holidays", "workdays")
_SHAPE = "格式见 resources/holidays 里的文件：year、source、holidays（name、from、to）、workdays。"


@dataclass(frozen=True, slots=True)
class YearPlan:
    """One year's notice: each day off with the festival's name, and the weekend days worked instead."""

    year: int
    source: str
    holidays: Mapping[date, str]
    workdays: frozenset[date]

    def to_json(self) -> dict[str, Any]:
        """The file's shape, with the days off gathered into stretches."""
        stretches: list[dict[str, str]] = []
        last: date | None = None
        for day, name in sorted(self.holidays.items()):
            if last is not None and day - last == timedelta(days=1) and stretches[-1]["name"] == name:
                stretches[-1]["to"] = day.isoformat()
            else:
                stretches.append({"name": name, "from": day.isoformat(), "to": day.isoformat()})
            last = day
        return {
            "year": self.year, "source": self.source, "holidays": stretches,
            "workdays": [day.isoformat() for day in sorted(self.workdays)],
        }  # fmt: skip


@dataclass(frozen=True, slots=True)
class Counted:
    """A day reached by counting; ``unknown_years`` are those on the way whose holidays nobody knows yet."""

    day: date
    unknown_years: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class WorkingCalendar:
    """Every known year together."""

    plans: Mapping[int, YearPlan] = field(default_factory=dict)

    @staticmethod
    def of(plans: Iterable[YearPlan]) -> WorkingCalendar:
        """Of two plans for one year the later one counts."""
        return WorkingCalendar({plan.year: plan for plan in plans})

    @property
    def years(self) -> tuple[int, ...]:
        """The years whose holidays are known."""
        return tuple(sorted(self.plans))

    def holiday(self, day: date) -> str | None:
        """The festival whose day off it is; None on any other day, weekends too."""
        # A notice may name days of the neighbouring year (元旦 with the Saturday before it).
        for plan in self._around(day):
            if day in plan.holidays:
                return plan.holidays[day]
        return None

    def is_working_day(self, day: date) -> bool:
        """Whether the office works: make-up days yes, festivals no, else Monday to Friday."""
        plans = self._around(day)
        if any(day in plan.workdays for plan in plans):
            return True
        return day.weekday() < 5 and not any(day in plan.holidays for plan in plans)

    def kind_of(self, day: date) -> str:
        """工作日, 调休上班, 国庆节放假, 休息日: what a planned visit is told of its day; all fine (policy 三之一)."""
        if self.is_working_day(day):
            return "工作日" if day.weekday() < 5 else "调休上班"
        name = self.holiday(day)
        return "休息日" if name is None else name if name.endswith("放假") else f"{name}放假"

    def after_working_days(self, start: date, count: int) -> Counted:
        """The ``count``-th working day after ``start``, which itself is not counted."""
        day, left = start, count
        while left > 0:
            day += timedelta(days=1)
            left -= self.is_working_day(day)
        return Counted(day, self.unknown_years(start, day))

    def working_days_between(self, start: date, end: date) -> int:
        """How many working days lie after ``start`` up to and with ``end``; negative when ``end`` is earlier."""
        if end < start:
            return -self.working_days_between(end, start)
        return sum(self.is_working_day(start + timedelta(days=step)) for step in range(1, (end - start).days + 1))

    def unknown_years(self, start: date, end: date) -> tuple[int, ...]:
        """Years from ``start`` to ``end`` without data."""
        return tuple(year for year in range(start.year, end.year + 1) if year not in self.plans)

    def _around(self, day: date) -> list[YearPlan]:
        years = (day.year, day.year + 1, day.year - 1) if day.month in (1, 12) else (day.year,)
        return [self.plans[year] for year in years if year in self.plans]


def unknown_words(years: Iterable[int]) -> str:
    """The sentence for years without data; empty for none."""
    named = "、".join(f"{year}年" for year in years)
    return f"程序里还没有{named}的节假日安排，先按周一至周五推算；公布后请读入，日期会随之改正。" if named else ""


# ------------------------------------------------------------------------------------------- reading a plan


def read_plan(data: Any) -> YearPlan:
    """A year's plan from a file's JSON.

    Raises:
        UserError: ``unknown_field``, ``bad_calendar``, ``bad_date`` with ``field`` in details.
    """
    if not isinstance(data, Mapping):
        raise _bad("", "节假日文件应当是一个JSON对象")
    for name in data:
        if name not in _KEYS:
            raise UserError(
                "unknown_field", f"节假日文件里没有叫“{name}”的栏目。", hint=_SHAPE, details={"field": name}
            )
    year = data.get("year")
    if isinstance(year, bool) or not isinstance(year, int) or year not in _YEARS:
        raise _bad("year", "没有写明是哪一年，或年份不对")
    source = data.get("source")
    if not isinstance(source, str) or not source.strip():
        raise _bad("source", "没有写明根据哪份通知")
    holidays = _holidays(data.get("holidays"), year)
    workdays = frozenset(_day(day, year, "workdays") for day in _list(data.get("workdays") or [], "workdays"))
    for day in sorted(workdays):
        if day in holidays:
            raise _bad("workdays", f"{day.isoformat()} 又写成放假又写成上班")
    return YearPlan(year, source.strip(), holidays, workdays)


def _holidays(value: Any, year: int) -> dict[date, str]:
    found: dict[date, str] = {}
    for item in _list(value, "holidays"):
        if not isinstance(item, Mapping) or not {"name", "from", "to"} >= set(item) or "from" not in item:
            raise _bad("holidays", "每一段放假要写 name、from、to")
        first = _day(item["from"], year, "holidays")
        last = _day(item.get("to", item["from"]), year, "holidays")
        if not timedelta(0) <= last - first <= timedelta(days=30):
            raise _bad("holidays", f"{first.isoformat()} 起的一段放假，首尾不对")
        name = item.get("name")
        for step in range((last - first).days + 1):
            found[first + timedelta(days=step)] = name if isinstance(name, str) and name else "放假"
    if not found:
        raise _bad("holidays", "一天假也没有写")
    return found


def _list(value: Any, field_name: str) -> list[Any]:
    if not isinstance(value, list):
        raise _bad(field_name, f"“{field_name}”应当是一列日子")
    return value


def _day(value: Any, year: int, field_name: str) -> date:
    try:
        day = date.fromisoformat(value) if isinstance(value, str) and len(value) == len("2026-10-01") else None
    except ValueError:
        day = None
    if day is None or abs((day - date(year, 7, 1)).days) > 215:
        raise UserError(
            "bad_date", f"节假日文件里的日期“{value}”不对，或不是{year}年的。", hint="请写成 2026-10-01 的样子。",
            details={"field": field_name, "value": str(value)},
        )  # fmt: skip
    return day


def _bad(field_name: str, what: str) -> UserError:
    return UserError("bad_calendar", f"{what}。", hint=_SHAPE, details={"field": field_name})
