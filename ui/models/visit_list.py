"""How a visit reads in the 家访 list: one frozen row of words per visit or unfinished draft, and the columns over it.

Pure words from domain shapes; fetching is windowed's, painting the table widget's, what a state means domain's.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from jiafang_desktop.common.errors import UserError
from jiafang_desktop.domain.problems import Problem
from jiafang_desktop.domain.visits import STATUSES, Visit
from ui.models.typed_date import dotted, read_date

DRAFT_PREFIX = "draft:"  # before a draft's key where a visit has its id


@dataclass(frozen=True, slots=True)
class Due:
    """期限: the words, and whether they are red."""

    words: str = ""
    overdue: bool = False


@dataclass(frozen=True, slots=True)
class VisitRow:
    """One line of the list. ``draft_key`` is set for a sheet somebody began and did not register."""

    id: str
    number: int | None
    visitee: str
    post: str
    leaders: str
    date: str
    matter: str
    problems: str
    due: Due
    status: str
    draft_key: str | None = None

    @property
    def is_void(self) -> bool:
        """Shown grey, its number stays taken."""
        return self.status == "void"

    @property
    def called(self) -> str:
        """第 28 号, or whose draft it is, for sentences."""
        if self.number is not None:
            return f"第 {self.number} 号"
        return f"{self.visitee}的草稿" if self.visitee else "未写姓名的草稿"


def row_of(visit: Visit, *, today: date) -> VisitRow:
    """The row of a stored visit."""
    content = visit.content
    problems = tuple(problem for problem in visit.problems if not problem.deleted)
    done = sum(1 for problem in problems if not problem.is_open)
    return VisitRow(
        id=visit.id, number=content.number, visitee=content.visitee.name, post=content.visitee.post or "",
        leaders="、".join(leader.name for leader in content.leaders), date=dotted(content.date) if content.date else "",
        matter=_matter(visit), problems=f"{done}／{len(problems)}" if problems else "",
        due=Due() if visit.deleted else due_of(problems, today=today), status=visit.status,
    )  # fmt: skip


def _matter(visit: Visit) -> str:
    if visit.deleted and visit.delete_reason:
        return f"{visit.delete_reason}，已作废"
    return visit.content.matter or ""


def due_of(problems: tuple[Problem, ...], *, today: date) -> Due:
    """The nearest limit of what is still open; nothing where no limit was set."""
    limits = [problem.content.due_date for problem in problems if problem.is_open and problem.content.due_date]
    if not limits:
        return Due()
    limit = min(limits)
    left = (limit - today).days
    day = f"{limit.month}.{limit.day}" if limit.year == today.year else dotted(limit)
    if left < 0:
        return Due(f"{day}　超 {-left} 天", overdue=True)
    return Due(f"{day}　今天到期" if left == 0 else f"{day}　剩 {left} 天")


def draft_row(key: str, kept: Mapping[str, Any], *, today: date) -> VisitRow:
    """The row of a draft as the editor keeps it: its form's cells word for word."""
    form = kept.get("form")
    cells: Mapping[str, Any] = form if isinstance(form, Mapping) else {}

    def cell(name: str) -> str:
        value = cells.get(name)
        return value.strip() if isinstance(value, str) else ""

    visitee = kept.get("visitee_name")
    typed = kept.get("date")
    return VisitRow(
        id=DRAFT_PREFIX + key, number=None, visitee=visitee if isinstance(visitee, str) else "",
        post=cell("visitee_post"), leaders="、".join(cell("leader_name").split()),
        date=_typed_day(typed if isinstance(typed, str) else cell("date"), today), matter=cell("matter"), problems="",
        due=Due(), status="draft", draft_key=key,
    )  # fmt: skip


def _typed_day(text: str, today: date) -> str:
    try:
        day = read_date(text, today=today)
    except UserError:
        return text  # a half-typed date is shown as it stands
    return dotted(day) if day else ""


def spaced(name: str) -> str:
    """刘红 as 刘　红, the office's way of lining up names of two characters."""
    return f"{name[0]}　{name[1]}" if len(name) == 2 else name


def status_word(row: VisitRow) -> str:
    """The state's word."""
    return STATUSES[row.status]
