"""汇报分析会: an agenda from what is open, minutes, decisions that become a problem's measures (policy 四之三).

What a meeting may say is domain.meetings'. Each is one value of the log, replaced whole.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

from jiafang_desktop.common.errors import UserError
from jiafang_desktop.documents.reports.blocks import Block, Heading, Report, Signatures, Space, Text, Title, day_words
from jiafang_desktop.domain.changes import Changes, Edit, Operator, new_record_id
from jiafang_desktop.domain.meetings import Decision, Meeting, MeetingContent, read_meeting, stored_meeting
from jiafang_desktop.services import problems, reports
from jiafang_desktop.services.problems import ListedProblem
from jiafang_desktop.services.renderer import Renderer

if TYPE_CHECKING:
    from jiafang_desktop.store import Store

__all__ = [
    "Added", "Decision", "Meeting", "MeetingContent", "add", "agenda", "delete", "edit", "listing", "measure",
    "meeting_json", "minutes_report", "read_meeting", "show", "write_minutes",
]  # fmt: skip

_KIND = "meeting"


@dataclass(frozen=True, slots=True)
class Added:
    """A meeting taken down."""

    id: str
    changes: Changes = field(default_factory=Changes)


def add(store: Store, data: Any, *, by: Operator) -> Added:
    """Take a meeting down: M.json, or a MeetingContent.

    Raises:
        UserError: ``unknown_field bad_input bad_date`` (``field`` in details), ``read_only disk_full``.
    """
    content = data if isinstance(data, MeetingContent) else read_meeting(data)
    rec = new_record_id()
    return Added(rec, _keep(store, rec, content, by=by))


def edit(store: Store, meeting_id: str, data: Any, *, by: Operator) -> Changes:
    """Replace what was taken down; a decision told in the same words keeps the problem it became a measure of.

    Raises:
        UserError: ``not_found``, and as add.
    """
    before = show(store, meeting_id)
    content = data if isinstance(data, MeetingContent) else read_meeting(data)
    linked = {one.text: one for one in before.decisions if one.visit is not None}
    decisions = tuple(
        replace(one, visit=linked[one.text].visit, position=linked[one.text].position) if one.text in linked else one
        for one in content.decisions
    )
    content = replace(content, decisions=decisions)
    return Changes() if content == before.content else _keep(store, meeting_id, content, by=by)


def delete(store: Store, meeting_id: str, *, by: Operator) -> Changes:
    """Take a meeting out of the list; its history stays in the log.

    Raises:
        UserError: ``not_found``.
    """
    show(store, meeting_id)
    return store.append([Edit(_KIND, f"{_KIND}:{meeting_id}", {"value": None})], by=by)


def listing(store: Store, *, first: date | None = None, last: date | None = None) -> list[Meeting]:
    """Meetings from ``first`` to ``last``, oldest first."""
    found = [stored_meeting(rec, value) for rec, value in store.values.all(_KIND).items()]
    kept = [
        meeting for meeting in found
        if meeting is not None and (first is None or meeting.on >= first) and (last is None or meeting.on <= last)
    ]  # fmt: skip
    return sorted(kept, key=lambda meeting: (meeting.on, meeting.id))


def show(store: Store, meeting_id: str) -> Meeting:
    """One meeting.

    Raises:
        UserError: ``not_found``.
    """
    found = stored_meeting(meeting_id, store.values.get(_KIND, meeting_id))
    if found is None:
        raise UserError("not_found", "没有找到这次会议。", hint="请在会议列表中重新选择。", details={"id": meeting_id})
    return found


def agenda(store: Store) -> list[ListedProblem]:
    """What a meeting should look at: every open problem, overdue ones first, then the nearest limit."""
    return sorted(problems.listing(store, open_only=True), key=_urgency)


def _urgency(one: ListedProblem) -> tuple[bool, date, int]:
    due = one.problem.content.due_date
    return due is None, due or date.max, one.visit.number or 0


def measure(store: Store, meeting_id: str, index: int, *, visit: str, position: int, by: Operator) -> Changes:
    """A decision becomes a measure: it stands as a dated step of the problem, and the meeting says which one.

    Args:
        index: the decision's place, from 0. position: the problem's N in ``visit``.

    Raises:
        UserError: ``not_found archived void``, ``bad_input`` where there is no such decision or it became one before.
    """
    meeting = show(store, meeting_id)
    if not 0 <= index < len(meeting.decisions) or meeting.decisions[index].visit is not None:
        raise UserError(
            "bad_input", "没有这一项议定事项，或已经转为措施。", hint="请重新选择。", details={"field": "decisions"}
        )
    decision = meeting.decisions[index]
    step = f"汇报分析会议定：{decision.text}"
    changes = problems.progress(store, visit, position, text=step, on=meeting.on, by=by)
    decided = list(meeting.decisions)
    decided[index] = replace(decision, visit=visit, position=position)
    content = replace(meeting.content, decisions=tuple(decided))
    return changes.with_more(_keep(store, meeting_id, content, by=by))


def meeting_json(meeting: Meeting) -> dict[str, Any]:
    """A meeting as the command line prints it."""
    return {"id": meeting.id, **meeting.content.to_json()}


def _keep(store: Store, rec: str, content: MeetingContent, *, by: Operator) -> Changes:
    value: Mapping[str, Any] = content.to_json()
    return store.append([Edit(_KIND, f"{_KIND}:{rec}", {"value": value})], by=by)


# ------------------------------------------------------------------------------------------- on paper


def minutes_report(store: Store, meeting: Meeting) -> Report:
    """The minutes as a paper."""
    blocks: list[Block] = [
        Title((store.installation.unit, "家访制度落实情况汇报分析会会议记录")), Space(),
        Text(f"时　　间：{day_words(meeting.on)}", indent=False),
        Text(f"参会人员：{'、'.join(meeting.content.attendees)}", indent=False), Heading("一、会议情况"),
        Text(meeting.content.minutes or "（待补记）"), Heading("二、议定事项"),
    ]  # fmt: skip
    if not meeting.decisions:
        blocks.append(Text("（未记议定事项）"))
    for number, decision in enumerate(meeting.decisions, start=1):
        blocks.append(Text(f"{number}．{_decision_words(decision)}"))
    blocks += [Space(), Signatures(("主持人（签字）：", "记录人（签字）："))]
    return Report("家访制度落实情况汇报分析会会议记录", tuple(blocks))


def _decision_words(decision: Decision) -> str:
    details = []
    if decision.responsible:
        details.append(f"{decision.responsible}负责")
    if decision.due_date:
        details.append(f"{day_words(decision.due_date)}前完成")
    text = decision.text.rstrip("。")
    return text + (f"（{'，'.join(details)}）。" if details else "。")


def write_minutes(
    store: Store, meeting_id: str, target: Path, *, renderer: Renderer, replace: bool = False
) -> list[Path]:
    """The minutes as Word, PDF or pictures.

    Raises:
        UserError: ``not_found unsupported_format file_exists file_busy disk_full not_writable``.
    """
    return reports.write(minutes_report(store, show(store, meeting_id)), target, renderer=renderer, replace=replace)
