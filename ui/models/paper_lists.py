"""资料: how findings of the 资料自查 and meetings read in their lists. Pure words; what is missing the services say."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from jiafang_desktop.domain.meetings import Decision, Meeting
from jiafang_desktop.services.inspection import TITLES, Finding
from ui.models.typed_date import dotted


@dataclass(frozen=True, slots=True)
class FindingRow:
    """One thing missing; ``finding`` is what it was made of."""

    id: str
    number: str
    name: str
    day: str
    title: str
    message: str
    finding: Finding


@dataclass(frozen=True, slots=True)
class MeetingRow:
    """One meeting."""

    id: str
    day: str
    attendees: str
    minutes: str
    decisions: str
    meeting: Meeting


def finding_rows(findings: Sequence[Finding]) -> list[FindingRow]:
    """The rows in the order found."""
    return [
        FindingRow(
            str(place), "" if one.number is None else str(one.number), one.name or "", dotted(one.on) if one.on else "",
            one.title, one.message, one,
        ) for place, one in enumerate(findings)
    ]  # fmt: skip


def kinds(findings: Sequence[Finding]) -> list[tuple[str, str | None]]:
    """What the list can be narrowed to, with counts: words and code."""
    counts = Counter(one.code for one in findings)
    return [("全部", None), *((f"{title}（{counts[code]}）", code) for code, title in TITLES.items() if counts[code])]


def meeting_row(meeting: Meeting) -> MeetingRow:
    """The row of a meeting."""
    done = sum(1 for decision in meeting.decisions if decision.visit is not None)
    decided = f"{len(meeting.decisions)} 项" if meeting.decisions else ""
    decided += f"，{done} 项已转为措施" if done else ""
    return MeetingRow(
        meeting.id, dotted(meeting.on), "、".join(meeting.content.attendees),
        " ".join((meeting.content.minutes or "").split()), decided, meeting,
    )  # fmt: skip


def decision_words(decision: Decision) -> str:
    """完善台账（孙丽华负责，2026.4.10 前）."""
    details = [f"{decision.responsible}负责" if decision.responsible else "",
               f"{dotted(decision.due_date)} 前" if decision.due_date else ""]  # fmt: skip
    told = "，".join(part for part in details if part)
    return decision.text + (f"（{told}）" if told else "")
