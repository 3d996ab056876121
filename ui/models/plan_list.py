"""计划家访 as a list reads it, and what a clerk types for its time. Pure words; what a plan is the services say."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from jiafang_desktop.common.chinese import halfwidth, squeeze
from jiafang_desktop.domain.plans import STATUSES
from jiafang_desktop.services.plans import PlanView
from ui.models.typed_date import dotted, read_date

PASSED = "计划日已过"
# Chips of the list: key, words, the state's glyph.
CHIPS = (
    ("open", "待家访", "registered"), ("near", "7 日内", None), ("passed", PASSED, None),
    ("done", "已家访", "archived"), ("dropped", "已取消", "void"),
)  # fmt: skip
_GLYPHS = {"open": "registered", "done": "archived", "dropped": "void"}
_WORDS = {"明天": 1, "明日": 1, "后天": 2}
_MONTHS = {"本月": 0, "这个月": 0, "下月": 1, "下个月": 1}
_MONTH = re.compile(r"(?:(\d{4})[年.\-/])?(\d{1,2})月?(?:份)?")
_WITHOUT_YEAR = re.compile(r"\d{1,2}\D+\d{1,2}[日号]?|\d{4}")


@dataclass(frozen=True, slots=True)
class PlanRow:
    """One line; ``view`` is what it was made of."""

    id: str
    when: str
    day: str
    visitee: str
    post: str
    leaders: str
    note: str
    state: str
    status: str
    view: PlanView

    @property
    def glyph(self) -> str:
        """The state's shape, borrowed from visits."""
        return _GLYPHS[self.status]

    @property
    def called(self) -> str:
        """For sentences and the undo line; it names nobody."""
        return f"{self.when}的计划"


def row_of(view: PlanView) -> PlanRow:
    """The row of a plan as it stands today."""
    plan, content = view.plan, view.plan.content
    made = plan.visit
    state = PASSED if view.has_passed else STATUSES[view.status]
    if made is not None:
        number = f"第 {made.number} 号" if made.number is not None else ""
        state = f"{dotted(made.date) if made.date else ''}　{number}".strip("　")
    return PlanRow(
        id=plan.id, when=when_words(view), day=view.day, visitee=content.name, post=content.post or "",
        leaders="、".join(leader.name for leader in content.leaders), note=content.note or plan.drop_reason or "",
        state=state, status=view.status, view=view,
    )  # fmt: skip


def when_words(view: PlanView) -> str:
    """2026.12.3, or 2026 年 12 月."""
    content = view.plan.content
    return dotted(content.day) if content.day else f"{content.first.year} 年 {content.first.month} 月"


def narrowed(rows: Sequence[PlanRow], chip: str) -> list[PlanRow]:
    """The rows behind a chip."""
    if chip == "near":
        return [row for row in rows if row.view.is_near]
    if chip == "passed":
        return [row for row in rows if row.view.has_passed]
    return [row for row in rows if row.status == chip]


def read_when(text: str, *, today: date) -> str | None:
    """``YYYY-MM-DD`` or ``YYYY-MM`` meant by what was typed; None for nothing.

    Days are read as everywhere, and 明天, 后天; months as 12月, 2026.12, 本月. Without a year the next one is meant.

    Raises:
        UserError: ``bad_date``.
    """
    plain = squeeze(halfwidth(text))
    if not plain:
        return None
    if plain in _WORDS:
        return (today + timedelta(days=_WORDS[plain])).isoformat()
    if plain in _MONTHS:
        later = today.replace(day=1) + timedelta(days=32 * _MONTHS[plain])
        return f"{later.year:04d}-{later.month:02d}"
    month = _MONTH.fullmatch(plain)
    if month is not None and (month[1] or "月" in plain) and 1 <= int(month[2]) <= 12:
        number = int(month[2])
        year = int(month[1]) if month[1] else today.year + (number < today.month)
        return f"{year:04d}-{number:02d}"
    day = read_date(plain, today=today)
    assert day is not None
    if day < today and _WITHOUT_YEAR.fullmatch(plain):
        day = day.replace(year=day.year + 1)
        if day < today:
            day = day.replace(year=day.year + 1)
    return day.isoformat()
