"""家访制度落实情况汇报分析会 (policy 四之三): when, who, what was said, and decisions that become measures. Pure.

M.json of the command line's contract. Which problems a meeting should look at is asked in services.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from jiafang_desktop.common.errors import UserError
from jiafang_desktop.domain.typed_text import LONGEST_TEXT, cleaned, required
from jiafang_desktop.domain.visit_rules import read_day

KEYS = ("on", "attendees", "minutes", "decisions")
DECISION_KEYS = ("text", "responsible", "due_date")


@dataclass(frozen=True, slots=True)
class Decision:
    """One thing decided. ``visit`` and ``position`` name the problem whose measure it became, None before."""

    text: str
    responsible: str | None = None
    due_date: date | None = None
    visit: str | None = None
    position: int | None = None

    def to_json(self) -> dict[str, Any]:
        """As the log carries it and the command line prints it."""
        return {
            "text": self.text, "responsible": self.responsible,
            "due_date": self.due_date.isoformat() if self.due_date else None, "visit": self.visit, "n": self.position,
        }  # fmt: skip


@dataclass(frozen=True, slots=True)
class MeetingContent:
    """A meeting as typed."""

    on: date
    attendees: tuple[str, ...] = ()
    minutes: str | None = None
    decisions: tuple[Decision, ...] = field(default=())

    def to_json(self) -> dict[str, Any]:
        """M.json, with each decision as an object."""
        return {
            "on": self.on.isoformat(), "attendees": list(self.attendees), "minutes": self.minutes,
            "decisions": [decision.to_json() for decision in self.decisions],
        }  # fmt: skip


@dataclass(frozen=True, slots=True)
class Meeting:
    """A stored meeting."""

    id: str
    content: MeetingContent

    @property
    def on(self) -> date:
        """The day it was held."""
        return self.content.on

    @property
    def decisions(self) -> tuple[Decision, ...]:
        """What was decided."""
        return self.content.decisions


def read_meeting(data: Any) -> MeetingContent:
    """M.json, strictly: ``attendees`` a list of names or one text, ``decisions`` texts or objects.

    Raises:
        UserError: ``unknown_field bad_input bad_date`` with ``field`` in details.
    """
    fields = _object(data, "", KEYS)
    on = read_day(fields.get("on"), field="on", title="会议时间")
    if on is None:
        raise _bad("on", "没有填会议时间", "请写明开会的日期。")
    decisions = fields.get("decisions")
    if decisions is not None and not isinstance(decisions, list):
        raise _bad("decisions", "“议定事项”应当是一列")
    return MeetingContent(
        on=on, attendees=_attendees(fields.get("attendees")),
        minutes=_text(fields.get("minutes"), "minutes", "会议记录", longest=LONGEST_TEXT),
        decisions=tuple(_decision(item, f"decisions.{at}") for at, item in enumerate(decisions or ())),
    )  # fmt: skip


def stored_meeting(rec: str, value: Any) -> Meeting | None:
    """A meeting from its value in the log; None for what this program can't read."""
    if not isinstance(value, Mapping):
        return None
    try:
        content = read_meeting({key: value.get(key) for key in KEYS if key != "decisions"})
        decisions = tuple(_stored_decision(item) for item in value.get("decisions") or ())
    except UserError:  # written by a newer program
        return None
    return Meeting(rec, MeetingContent(content.on, content.attendees, content.minutes, decisions))


def _stored_decision(item: Mapping[str, Any]) -> Decision:
    read = _decision({key: item.get(key) for key in DECISION_KEYS}, "decisions")
    return Decision(read.text, read.responsible, read.due_date, item.get("visit"), item.get("n"))


def _attendees(value: Any) -> tuple[str, ...]:
    if value is None or value == "":
        return ()
    names = [value] if isinstance(value, str) else value
    if not isinstance(names, list) or not all(isinstance(name, str) for name in names):
        raise _bad("attendees", "“参会人员”应当是一列姓名，或一段文字")
    found = [_text(name, "attendees", "参会人员", longest=LONGEST_TEXT) for name in names]
    return tuple(name for name in found if name)


def _decision(item: Any, where: str) -> Decision:
    if isinstance(item, str):
        return Decision(required(item, field=where, title="议定事项", longest=LONGEST_TEXT))
    fields = _object(item, where, DECISION_KEYS)
    text = _text(fields.get("text"), f"{where}.text", "议定事项", longest=LONGEST_TEXT)
    return Decision(
        required(text, field=f"{where}.text", title="议定事项", longest=LONGEST_TEXT),
        _text(fields.get("responsible"), f"{where}.responsible", "责任人"),
        read_day(fields.get("due_date"), field=f"{where}.due_date", title="完成期限"),
    )


def _object(data: Any, where: str, keys: tuple[str, ...]) -> Mapping[str, Any]:
    if not isinstance(data, Mapping):
        raise _bad(where, "会议内容应当是一个JSON对象" if not where else "“议定事项”应当是文字或一个JSON对象")
    for key in data:
        if key not in keys:
            name = f"{where}.{key}".lstrip(".")
            raise UserError(
                "unknown_field",
                f"没有叫“{name}”的栏目。",
                hint="可用的栏目：" + " ".join(keys),
                details={"field": name},
            )
    return data


def _text(value: Any, field_name: str, title: str, *, longest: int = 1_000) -> str | None:
    if value is not None and not isinstance(value, str):
        raise _bad(field_name, f"“{title}”应当是文字")
    return cleaned(value, field=field_name, title=title, longest=longest)


def _bad(field_name: str, what: str, hint: str = "请对照说明改正后再试。") -> UserError:
    return UserError("bad_input", f"{what}。", hint=hint, details={"field": field_name} if field_name else {})
