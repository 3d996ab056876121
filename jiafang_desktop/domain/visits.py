"""家访: the shapes of one visit, from draft to archive. Rules about them stand in archiving, numbering and visit_rules.

Field names follow V.json of the command line's contract.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from jiafang_desktop.domain.problems import OUTCOMES, Problem

PLACES = {"home": "家中", "office": "单位", "hospital": "医院", "other": "其他"}
WAYS = ("看", "谈", "听", "访")  # policy 三之二
# Policy 二 in its own words, shortened for a drop-down; None is an ordinary visit.
PRIORITIES = {
    "illness": "患有重大疾病", "hardship": "生活遇到重大困难", "family_event": "家庭婚丧嫁娶",
    "upheaval": "出现重大变故", "setback": "因工作遇到挫折", "warning_sign": "群众反映有倾向性、苗头性问题",
    "other": "其他需要及时家访",
}  # fmt: skip
STATUSES = {
    "draft": "草稿", "registered": "已登记", "in_progress": "办理中", "ready": "待归档", "archived": "已归档",
    "void": "作废",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Visitee:
    """家访对象 as the form prints it; ``cadre`` is the roster id when picked from it."""

    name: str = ""
    post: str | None = None
    unit: str | None = None
    address: str | None = None
    spouse_name: str | None = None
    spouse_work: str | None = None
    cadre: str | None = None


@dataclass(frozen=True, slots=True)
class Leader:
    """家访领导."""

    name: str
    post: str | None = None


@dataclass(frozen=True, slots=True)
class Topics:
    """三个一 and state of mind (policy 三之三).

    ``advice_leaders`` is restricted: never on paper, in search or in lists.
    """

    greeting: bool | None = None
    advice_unit: str | None = None
    advice_leaders: str | None = None
    needs: str | None = None
    state_of_mind: str | None = None


@dataclass(frozen=True, slots=True)
class VisitContent:
    """Everything a clerk types about a visit. ``number`` None = given at 登记. ``unit`` None = the install's unit.

    ``plan`` is the 计划家访 it was made for, which is done by it.
    """

    number: int | None = None
    unit: str | None = None
    visitee: Visitee = field(default_factory=Visitee)
    date: date | None = None
    place: str = "home"
    leaders: tuple[Leader, ...] = ()
    recorder: str | None = None
    met: tuple[str, ...] = ()
    ways: tuple[str, ...] = ()
    matter: str | None = None
    account: str | None = None
    resolution: str | None = None
    topics: Topics = field(default_factory=Topics)
    priority: str | None = None
    concerns: tuple[str, ...] = ()
    nothing_to_solve: bool = False
    remark: str | None = None
    late_entry_reason: str | None = None
    plan: str | None = None

    def to_fields(self) -> dict[str, Any]:
        """Flat fields as the log carries them: one field per thing two people could change apart."""
        visitee, topics = self.visitee, self.topics
        return {
            "number": self.number, "unit": self.unit,
            "visitee_name": visitee.name, "visitee_post": visitee.post, "visitee_unit": visitee.unit,
            "visitee_address": visitee.address, "visitee_spouse_name": visitee.spouse_name,
            "visitee_spouse_work": visitee.spouse_work, "visitee_cadre": visitee.cadre,
            "date": self.date.isoformat() if self.date else None, "place": self.place,
            "leaders": [{"name": leader.name, "post": leader.post} for leader in self.leaders],
            "recorder": self.recorder, "met": list(self.met), "ways": list(self.ways), "matter": self.matter,
            "account": self.account, "resolution": self.resolution,
            "topic_greeting": topics.greeting, "topic_advice_unit": topics.advice_unit,
            "topic_advice_leaders": topics.advice_leaders, "topic_needs": topics.needs,
            "topic_state_of_mind": topics.state_of_mind,
            "priority": self.priority, "concerns": list(self.concerns), "nothing_to_solve": self.nothing_to_solve,
            "remark": self.remark, "late_entry_reason": self.late_entry_reason, "plan": self.plan,
        }  # fmt: skip

    @staticmethod
    def from_fields(fields: Mapping[str, Any]) -> VisitContent:
        """The other way; a missing field has V.json's default."""
        get = fields.get
        on = get("date")
        return VisitContent(
            number=get("number"), unit=get("unit"),
            visitee=Visitee(
                name=get("visitee_name") or "", post=get("visitee_post"), unit=get("visitee_unit"),
                address=get("visitee_address"), spouse_name=get("visitee_spouse_name"),
                spouse_work=get("visitee_spouse_work"), cadre=get("visitee_cadre"),
            ),
            date=date.fromisoformat(on) if on else None, place=get("place") or "home",
            leaders=tuple(Leader(item["name"], item.get("post")) for item in get("leaders") or ()),
            recorder=get("recorder"), met=tuple(get("met") or ()), ways=tuple(get("ways") or ()),
            matter=get("matter"), account=get("account"), resolution=get("resolution"),
            topics=Topics(
                greeting=get("topic_greeting"), advice_unit=get("topic_advice_unit"),
                advice_leaders=get("topic_advice_leaders"), needs=get("topic_needs"),
                state_of_mind=get("topic_state_of_mind"),
            ),
            priority=get("priority"), concerns=tuple(get("concerns") or ()),
            nothing_to_solve=bool(get("nothing_to_solve")), remark=get("remark"),
            late_entry_reason=get("late_entry_reason"), plan=get("plan"),
        )  # fmt: skip


@dataclass(frozen=True, slots=True)
class Paper:
    """The signed sheet's own life: dates are None until it happened; ``place`` says where the sealed paper lies.

    ``printed_state`` is the digest of the printed fields at the last whole print (需重印 when it differs now) and
    ``layout`` the frozen layout for overprinting, both opaque JSON made by services.forms.
    """

    printed_on: date | None = None
    signed_on: date | None = None
    sealed_on: date | None = None
    place: str | None = None
    printed_state: str | None = None
    layout: Mapping[str, Any] | None = None


@dataclass(frozen=True, slots=True)
class Visit:
    """A stored visit: what was typed, what happened to it, and its problems (deleted ones left out).

    ``hidden`` names flat fields somebody filled in which this account does not see; they are None in ``content``.
    ``outcomes`` are those that let it be filed, by the office's rules as they were when it was read.
    """

    id: str
    content: VisitContent
    registered: bool
    recorded_on: date | None
    paper: Paper = field(default_factory=Paper)
    archived_on: date | None = None
    deleted: bool = False
    delete_reason: str | None = None
    problems: tuple[Problem, ...] = ()
    hidden: frozenset[str] = field(default=frozenset())
    outcomes: tuple[str, ...] = tuple(OUTCOMES)

    @property
    def number(self) -> int | None:
        """序号."""
        return self.content.number

    @property
    def status(self) -> str:
        """draft registered in_progress ready archived void — derived, never stored (PRODUCT, Lives of things).

        A visit is being handled once anything was done about a problem, and waits for the file when every problem
        has an outcome that the rules let be filed, or there was none to solve.
        """
        if self.deleted:
            return "void"
        if not self.registered:
            return "draft"
        if self.archived_on is not None:
            return "archived"
        if self.problems:
            if not any(problem.keeps_waiting(self.outcomes) for problem in self.problems):
                return "ready"
            begun = any(problem.progress or not problem.is_open for problem in self.problems)
            return "in_progress" if begun else "registered"
        return "ready" if self.content.nothing_to_solve else "registered"

    @staticmethod
    def from_fields(
        rec: str, fields: Mapping[str, Any], *, problems: tuple[Problem, ...] = (),
        hidden: frozenset[str] = frozenset(), outcomes: tuple[str, ...] = tuple(OUTCOMES),
    ) -> Visit:  # fmt: skip
        """A visit from its folded fields (see VISIT_STATE_FIELDS) and its problems in order."""

        def day(name: str) -> date | None:
            text = fields.get(name)
            return date.fromisoformat(text) if text else None

        return Visit(
            id=rec, content=VisitContent.from_fields(fields), registered=bool(fields.get("registered")),
            recorded_on=day("recorded_on"),
            paper=Paper(
                printed_on=day("printed_on"), signed_on=day("signed_on"), sealed_on=day("sealed_on"),
                place=fields.get("paper_at"), printed_state=fields.get("printed_state"), layout=fields.get("layout"),
            ),
            archived_on=day("archived_on"), deleted=bool(fields.get("deleted")),
            delete_reason=fields.get("delete_reason"), problems=problems, hidden=hidden,
            outcomes=outcomes,
        )  # fmt: skip


# Fields of a visit record beyond VisitContent.to_fields().
VISIT_STATE_FIELDS = (
    "registered", "recorded_on", "printed_on", "signed_on", "sealed_on", "paper_at", "printed_state", "layout",
    "archived_on", "deleted", "delete_reason", "correction_reason",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class VisitQuery:
    """Which visits to list. ``text`` searches names (characters, pinyin, initials), matter and account.

    ``order``: "unit_year_number" (the command line's), "number_desc", "date_desc", or "visitee" (by pinyin).
    """

    year: int | None = None
    quarter: int | None = None
    month: int | None = None
    unit: str | None = None
    text: str = ""
    statuses: tuple[str, ...] = ()
    leader: str | None = None
    priority: str | None = None
    include_drafts: bool = False
    include_deleted: bool = False
    order: str = "unit_year_number"
