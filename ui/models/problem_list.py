"""How a problem reads in 问题办理 and beside it: one frozen row of words per problem over all visits.

Pure words from services.problems; which problems there are is the page's.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from jiafang_desktop.common.chinese import pinyin_full, pinyin_initials
from jiafang_desktop.domain.problems import KINDS, LEVELS, OUTCOMES
from jiafang_desktop.services.problems import ListedProblem
from ui.models.typed_date import dotted
from ui.models.visit_list import Due

CHIPS = {"open": "未办结", "overdue": "已超期", "done": "已办结", "all": "全部"}
_PHASES = {"open": "open", "overdue": "overdue", "done": "done", "all": None}


@dataclass(frozen=True, slots=True)
class ProblemRow:
    """One line. ``is_fixed``: its visit is filed, so that only a correction there can change it."""

    id: str
    number: str
    visitee: str
    text: str
    kind: str
    responsible: str
    leaders: str
    due: Due
    status: str
    phase: str
    is_open: bool
    is_fixed: bool
    listed: ListedProblem

    @property
    def visit_id(self) -> str:
        """Where it was found."""
        return self.listed.visit.id

    @property
    def position(self) -> int:
        """Which of the visit's problems."""
        return self.listed.problem.position

    @property
    def called(self) -> str:
        """第 12 号家访的第 2 个问题, for the undo line: it names nobody."""
        number = self.listed.visit.number
        whose = f"第 {number} 号家访" if number is not None else "这次家访"
        return f"{whose}的第 {self.position} 个问题"


def row_of(listed: ListedProblem, *, today: date) -> ProblemRow:
    """The row of a problem as it stands today."""
    visit, problem = listed.visit, listed.problem
    content = problem.content
    if not problem.is_open:
        status, phase = OUTCOMES.get(problem.outcome or "", "已办结"), "done"
    else:
        status, phase = ("办理中", "in_progress") if problem.progress else ("待办", "open")
    return ProblemRow(
        id=problem.id, number="" if visit.number is None else str(visit.number), visitee=visit.content.visitee.name,
        text=" ".join(content.text.split()), kind=KINDS[content.kind], responsible=content.responsible or "",
        leaders="、".join(leader.name for leader in visit.content.leaders), due=_due(listed, today), status=status,
        phase=phase, is_open=problem.is_open, is_fixed=visit.archived_on is not None, listed=listed,
    )  # fmt: skip


def _due(listed: ListedProblem, today: date) -> Due:
    limit = listed.problem.content.due_date
    if not listed.problem.is_open:
        return Due()
    if limit is None:
        return Due("未定时限")
    left = (limit - today).days
    day = f"{limit.month}.{limit.day}" if limit.year == today.year else dotted(limit)
    if left < 0:
        return Due(f"{day}　超 {-left} 天", overdue=True)
    return Due(f"{day}　今天到期" if left == 0 else f"{day}　剩 {left} 天")


def fits(row: ProblemRow, chip: str) -> bool:
    """Whether a row belongs under a chip."""
    return {"open": row.is_open, "overdue": row.due.overdue, "done": not row.is_open}.get(chip, True)


def chips(rows: Iterable[ProblemRow]) -> list[tuple[str, str, int, str | None]]:
    """Chips with their counts."""
    known = list(rows)
    return [(key, words, sum(fits(row, key) for row in known), _PHASES[key]) for key, words in CHIPS.items()]


def urgency(row: ProblemRow) -> tuple[bool, bool, date, str]:
    """Open ones by their limits, those without one after them; then the done ones, the latest first."""
    problem = row.listed.problem
    if problem.is_open:
        limit = problem.content.due_date
        return (False, limit is None, limit or date.min, row.number.rjust(9))
    done = problem.resolved_on or date.min
    return (True, False, date.fromordinal(date.max.toordinal() - done.toordinal()), row.number.rjust(9))


def mentions(row: ProblemRow, text: str) -> bool:
    """Whether every word looked for stands in the person's name, the problem, or who handles it."""
    whole = f"{row.visitee} {row.text} {row.responsible} {row.leaders}".lower()
    spelled = (pinyin_initials(row.visitee), pinyin_full(row.visitee))
    return all(
        word in whole or (word.isascii() and word.isalpha() and any(name.startswith(word) for name in spelled))
        for word in text.lower().split()
    )


def facts(row: ProblemRow) -> list[tuple[str, str]]:
    """What the panel says, title and words; only what is known."""
    visit, problem = row.listed.visit, row.listed.problem
    content = problem.content
    day = dotted(visit.content.date) if visit.content.date else ""
    found = [("家访", "　".join(part for part in (f"第 {row.number} 号" if row.number else "", day) if part)),
             ("类别", row.kind)]  # fmt: skip
    if content.level:
        found.append(("困难程度", f"{LEVELS[content.level]}困难"))
    found += [(title, words) for title, words in (("承办", row.responsible), ("家访领导", row.leaders)) if words]
    if problem.is_open:
        found.append(("期限", dotted(content.due_date) if content.due_date else "未定时限"))
    else:
        on = dotted(problem.resolved_on) if problem.resolved_on else ""
        found.append(("结果", f"{on}　{row.status}".strip()))
        if problem.resolution:
            found.append(("解决情况", problem.resolution))
    return found
