"""A problem as the side panel shows it, whether it is stored already or waits in a draft.

Shapes and words only: a draft's problems live in the form's ``problems`` as the dicts made here.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from jiafang_desktop.domain.problems import KINDS, LEVELS, OUTCOMES, Problem, ProblemContent, ProgressNote


@dataclass(frozen=True, slots=True)
class ProblemRow:
    """One problem; ``position`` counts from 1 within the visit."""

    position: int
    content: ProblemContent
    progress: tuple[ProgressNote, ...] = ()
    resolution: str | None = None
    resolved_on: date | None = None
    outcome: str | None = None

    @property
    def is_open(self) -> bool:
        """办结 is still to come."""
        return self.outcome is None

    @property
    def phase(self) -> str:
        """Which moon stands before it."""
        if not self.is_open:
            return "archived"
        return "in_progress" if self.progress else "registered"

    def overdue_days(self, today: date) -> int:
        """Days past the limit; 0 when done, in time or without one."""
        due = self.content.due_date
        return max((today - due).days, 0) if self.is_open and due else 0

    def due_words(self, today: date) -> str:
        """9.18 办结 · 应 11.19　超 3 天 · 应 11.30."""
        if self.resolved_on is not None and not self.is_open:
            return f"{self.resolved_on.month}.{self.resolved_on.day} 办结"
        due = self.content.due_date
        if due is None:
            return ""
        late = self.overdue_days(today)
        return f"应 {due.month}.{due.day}" + (f"　超 {late} 天" if late else "")

    def small_words(self) -> str:
        """Kind, level, who, outcome."""
        content = self.content
        parts = [KINDS.get(content.kind, content.kind), LEVELS.get(content.level or "", ""), content.responsible or ""]
        parts.append(OUTCOMES.get(self.outcome or "", ""))
        if self.is_open and self.progress:
            parts.append(f"跟进 {len(self.progress)} 次")
        return "　".join(part for part in parts if part)

    def to_json(self) -> dict[str, Any]:
        """As a draft keeps it."""
        due, done = self.content.due_date, self.resolved_on
        return {
            "text": self.content.text, "kind": self.content.kind, "level": self.content.level,
            "responsible": self.content.responsible, "due_date": due.isoformat() if due else None,
            "progress": [{"text": note.text, "on": note.on.isoformat()} for note in self.progress],
            "resolution": self.resolution, "resolved_on": done.isoformat() if done else None, "outcome": self.outcome,
        }  # fmt: skip


def stored_rows(problems: tuple[Problem, ...]) -> tuple[ProblemRow, ...]:
    """Rows of a stored visit."""
    return tuple(
        ProblemRow(problem.position, problem.content, problem.progress, problem.resolution, problem.resolved_on,
                   problem.outcome)
        for problem in problems if not problem.deleted
    )  # fmt: skip


def draft_problems(kept: tuple[Mapping[str, Any], ...]) -> tuple[Problem, ...]:
    """A draft's problems in the stored shape, positions counted anew."""
    return tuple(
        Problem.from_fields(f"draft-{position}", {**problem, "visit": "", "position": position})
        for position, problem in enumerate(kept, start=1)
    )


def strip_words(rows: tuple[ProblemRow, ...], today: date) -> tuple[str, bool]:
    """What the narrow strip says, and whether in red: 1 件超期 · 2 件待办 · 已办结."""
    late = sum(1 for row in rows if row.overdue_days(today))
    if late:
        return f"{late} 件超期", True
    waiting = sum(1 for row in rows if row.is_open)
    if waiting:
        return f"{waiting} 件待办", False
    return ("全部办结" if rows else "没有"), False
