"""诉求: what cadres and their families ask of the organisation, from 待分析研判 to 已归档 (policy 二, 四之一).

The shapes and what is derived from them. What a concern may say is concern_rules', who handles it by when routing's.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any

from jiafang_desktop.domain.changes import new_record_id
from jiafang_desktop.domain.rules import Limit

ID_PREFIX = "concern-"  # lets the store read all concerns by a range of ids
SOURCES = {
    "mini_program": "家访小程序", "unit": "本单位收集", "masses": "群众反映", "county": "县里交办",
    "visit": "家访中了解",
}  # fmt: skip
STATUSES = {
    "new": "待分析研判", "assigned": "待家访", "visited": "已家访", "in_progress": "办理中", "done": "已办结",
    "archived": "已归档", "referred": "转有关单位", "declined": "退回说明",
}  # fmt: skip
# Nothing more is to be done about these, so that no date of theirs can pass.
FINISHED = ("done", "archived", "referred", "declined")
CONTENT_FIELDS = ("name", "unit", "post", "section", "cadre", "raised_on", "source", "text", "priority")


@dataclass(frozen=True, slots=True)
class ConcernContent:
    """A concern as typed: whose it is (``cadre`` is the roster id when known), since when, from where, and the words.

    ``unit`` None is our own unit. ``priority`` as a visit's (policy 二), None for an ordinary one.
    """

    name: str = ""
    unit: str | None = None
    post: str | None = None
    section: str | None = None
    cadre: str | None = None
    raised_on: date | None = None
    source: str = "unit"
    text: str = ""
    priority: str | None = None

    def to_fields(self) -> dict[str, Any]:
        """The record's fields as the log carries them."""
        fields: dict[str, Any] = {name: getattr(self, name) for name in CONTENT_FIELDS}
        fields["raised_on"] = self.raised_on.isoformat() if self.raised_on else None
        return fields

    @staticmethod
    def from_fields(fields: Mapping[str, Any]) -> ConcernContent:
        """The other way; a missing field has its default."""
        get = fields.get
        return ConcernContent(
            name=get("name") or "", unit=get("unit"), post=get("post"), section=get("section"), cadre=get("cadre"),
            raised_on=_day(get("raised_on")), source=get("source") or "unit", text=get("text") or "",
            priority=get("priority"),
        )  # fmt: skip


@dataclass(frozen=True, slots=True)
class Triage:
    """分析研判: the level, by which side, when, and what the rules of that day said.

    ``role`` and ``limit`` are None where the office had no rule for them, ``due`` is the item's own limit.
    ``by_side`` is unit or county.
    """

    level: str
    on: date
    by_side: str
    role: str | None = None
    limit: Limit | None = None
    due: date | None = None
    rules_version: int = 0

    def to_fields(self) -> dict[str, Any]:
        """The record's fields as the log carries them."""
        return {
            "level": self.level, "triaged_on": self.on.isoformat(), "level_by": self.by_side, "role": self.role,
            "limit": self.limit.to_json() if self.limit else None, "due": self.due.isoformat() if self.due else None,
            "rules_version": self.rules_version,
        }  # fmt: skip

    @staticmethod
    def from_fields(fields: Mapping[str, Any]) -> Triage | None:
        """The other way; None before 研判."""
        level, on = fields.get("level"), _day(fields.get("triaged_on")) or _day(fields.get("recorded_on"))
        if level is None or on is None:
            return None
        return Triage(
            level=level, on=on, by_side=fields.get("level_by") or "unit", role=fields.get("role"),
            limit=Limit.from_json(fields.get("limit")), due=_day(fields.get("due")),
            rules_version=fields.get("rules_version") or 0,
        )  # fmt: skip


@dataclass(frozen=True, slots=True)
class Note:
    """A dated decision with its reason: 转有关单位, 退回说明, or 提级 proposed (``level`` is the one asked for)."""

    reason: str | None
    on: date
    level: str | None = None

    def to_json(self) -> dict[str, Any]:
        """As the log carries it."""
        return {"reason": self.reason, "on": self.on.isoformat(), "level": self.level}

    @staticmethod
    def from_json(value: Any) -> Note | None:
        """The other way; None for none."""
        if not isinstance(value, Mapping) or not value.get("on"):
            return None
        return Note(value.get("reason"), date.fromisoformat(value["on"]), value.get("level"))


@dataclass(frozen=True, slots=True)
class LinkedVisit:
    """A visit made for a concern, drafts and void ones left out: enough to say how far the concern is."""

    id: str
    number: int | None
    date: date | None
    status: str


@dataclass(frozen=True, slots=True)
class Concern:
    """A stored concern. ``unit`` keeps it: the cadre's at the county, our own at a unit."""

    id: str
    number: int | None
    content: ConcernContent
    recorded_on: date
    triage: Triage | None = None
    proposal: Note | None = None
    referred: Note | None = None
    declined: Note | None = None
    reported_on: date | None = None
    deleted: bool = False
    visits: tuple[LinkedVisit, ...] = field(default=())

    @property
    def year(self) -> int:
        """The register it stands in: the year it was taken down, which never moves."""
        return self.recorded_on.year

    @property
    def since(self) -> date:
        """When it was raised, as far as known."""
        return self.content.raised_on or self.recorded_on

    @property
    def level(self) -> str | None:
        """普通, 特别, 特别重大; None before 研判."""
        return self.triage.level if self.triage else None

    @property
    def status(self) -> str:
        """One of STATUSES, derived from 研判, the visits made for it and what came of them; never stored."""
        if self.declined is not None:
            return "declined"
        if self.referred is not None:
            return "referred"
        if self.visits:
            return status_of_visits([visit.status for visit in self.visits])
        return "assigned" if self.triage is not None else "new"

    @property
    def is_open(self) -> bool:
        """Whether something is still to be done."""
        return self.status not in FINISHED

    def with_visits(self, visits: Sequence[LinkedVisit]) -> Concern:
        """The same with the visits made for it."""
        return replace(self, visits=tuple(visits))

    @staticmethod
    def from_fields(rec: str, fields: Mapping[str, Any]) -> Concern:
        """A concern from its folded fields, without its visits."""
        return Concern(
            id=rec, number=fields.get("number"), content=ConcernContent.from_fields(fields),
            recorded_on=_day(fields.get("recorded_on")) or date(2000, 1, 1), triage=Triage.from_fields(fields),
            proposal=Note.from_json(fields.get("proposal")), referred=Note.from_json(fields.get("referred")),
            declined=Note.from_json(fields.get("declined")), reported_on=_day(fields.get("reported_on")),
            deleted=bool(fields.get("deleted")),
        )  # fmt: skip


# Fields of a concern's record beyond its content and its triage.
STATE_FIELDS = ("number", "recorded_on", "proposal", "referred", "declined", "reported_on", "deleted", "delete_reason")
TRIAGE_FIELDS = ("level", "triaged_on", "level_by", "role", "limit", "due", "rules_version")


def status_of_visits(statuses: Sequence[str]) -> str:
    """How far a concern is by the statuses of its visits: archived when all are, done when nothing is left to solve."""
    found = set(statuses)
    if found == {"archived"}:
        return "archived"
    if found <= {"ready", "archived"}:
        return "done"
    return "visited" if found == {"registered"} else "in_progress"


def new_concern_id() -> str:
    """A fresh opaque id; safe in file names and on a command line."""
    return ID_PREFIX + new_record_id()


def _day(text: Any) -> date | None:
    return date.fromisoformat(text) if text else None
