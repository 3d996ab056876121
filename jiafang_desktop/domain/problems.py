"""问题: what a visit found that somebody must solve (policy 四之三), with its progress and outcome."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

KINDS = {"difficulty": "实际困难", "advice": "意见建议", "warning_sign": "苗头性问题"}
LEVELS = {"ordinary": "普通", "serious": "特别", "grave": "特别重大"}
OUTCOMES = {
    "solved": "已解决", "partly_solved": "部分解决", "explained": "政策所限已解释说明",
    "referred": "已转有关单位", "tracking": "转入跟踪",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class ProblemContent:
    """A problem as typed."""

    text: str
    kind: str = "difficulty"
    level: str | None = None
    responsible: str | None = None
    due_date: date | None = None


@dataclass(frozen=True, slots=True)
class ProgressNote:
    """跟进了解: one dated step."""

    text: str
    on: date


@dataclass(frozen=True, slots=True)
class Problem:
    """A stored problem; ``position`` counts from 1 within its visit. Open while ``outcome`` is None."""

    id: str
    visit: str
    position: int
    content: ProblemContent
    progress: tuple[ProgressNote, ...] = ()
    resolution: str | None = None
    resolved_on: date | None = None
    outcome: str | None = None
    deleted: bool = False

    @property
    def is_open(self) -> bool:
        """Whether 办结 is still to come."""
        return self.outcome is None

    def keeps_waiting(self, outcomes: Collection[str]) -> bool:
        """Whether its visit can't be filed yet: no outcome, or one that the office's ``outcomes`` leave out."""
        return self.outcome is None or self.outcome not in outcomes

    def to_fields(self) -> dict[str, Any]:
        """The record's fields as the log carries them (dates as ISO text)."""
        content = self.content
        return {
            "visit": self.visit, "position": self.position, "text": content.text, "kind": content.kind,
            "level": content.level, "responsible": content.responsible,
            "due_date": content.due_date.isoformat() if content.due_date else None,
            "progress": [{"text": note.text, "on": note.on.isoformat()} for note in self.progress],
            "resolution": self.resolution,
            "resolved_on": self.resolved_on.isoformat() if self.resolved_on else None,
            "outcome": self.outcome, "deleted": self.deleted,
        }  # fmt: skip

    @staticmethod
    def from_fields(rec: str, fields: Mapping[str, Any]) -> Problem:
        """The other way."""
        content = ProblemContent(
            text=fields.get("text") or "", kind=fields.get("kind") or "difficulty", level=fields.get("level"),
            responsible=fields.get("responsible"), due_date=_date(fields.get("due_date")),
        )  # fmt: skip
        notes = tuple(
            ProgressNote(text=note["text"], on=date.fromisoformat(note["on"])) for note in fields.get("progress") or ()
        )
        return Problem(
            id=rec, visit=fields.get("visit") or "", position=fields.get("position") or 1, content=content,
            progress=notes, resolution=fields.get("resolution"), resolved_on=_date(fields.get("resolved_on")),
            outcome=fields.get("outcome"), deleted=bool(fields.get("deleted")),
        )  # fmt: skip


def counted_outcomes(rules: Any, chosen: Any) -> tuple[str, ...]:
    """The outcomes that let a visit be filed: the office's rules' word, else what was chosen in the settings, else all.

    Args:
        rules: the office's own rules as kept (R.json's parts), None where there are none.
        chosen: the setting ``archive_outcomes`` as kept.
    """
    ruled = rules.get("archive_outcomes") if isinstance(rules, Mapping) else None
    found = ruled if ruled is not None else chosen
    return tuple(found) if are_outcomes(found) else tuple(OUTCOMES)


def are_outcomes(value: Any) -> bool:
    """Whether this is a list of outcomes, with at least one."""
    return isinstance(value, list | tuple) and bool(value) and all(outcome in OUTCOMES for outcome in value)


def _date(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None
