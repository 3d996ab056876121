"""A visit while it is being typed: raw texts of the paper's cells and the values beside it, with undo and redo.

Turns them into a ``VisitContent`` and back, and into the JSON a draft keeps. No windows, no store: saving is the
page's business, and what may be registered is decided by the services.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import date
from itertools import zip_longest
from typing import Any

from PySide6.QtCore import QObject, Signal

from jiafang_desktop.common import clock
from jiafang_desktop.common.chinese import halfwidth, squeeze
from jiafang_desktop.common.errors import UserError
from jiafang_desktop.domain.visits import WAYS, Leader, Topics, Visit, VisitContent, Visitee
from ui.models.typed_date import dotted, read_date
from ui.models.undo_stack import UndoStack, difference

# In the order the paper is read; Tab follows it.
PAPER_CELLS = (
    "date", "number", "visitee_name", "visitee_post", "address", "spouse_name", "spouse_work", "account", "resolution",
    "leader_name", "leader_post",
)  # fmt: skip
LONG_CELLS = ("account", "resolution")
TITLES = {
    "date": "日期", "number": "序号", "visitee_name": "家访对象姓名", "visitee_post": "职务", "address": "家庭住址",
    "spouse_name": "配偶姓名", "spouse_work": "工作单位及职务", "account": "家访情况记录",
    "resolution": "问题解决情况", "leader_name": "家访领导姓名", "leader_post": "家访领导职务", "matter": "事由",
    "priority": "优先情形", "ways": "看谈听访", "met": "受访人员", "place": "地点", "recorder": "记录人",
    "topic_greeting": "送上问候",
    "topic_advice_unit": "对单位的意见建议", "topic_advice_leaders": "对领导的意见建议", "topic_needs": "需求",
    "topic_state_of_mind": "思想状态", "nothing_to_solve": "本次家访未反映需解决的问题", "remark": "备注",
    "late_entry_reason": "补录原因", "problems": "问题办理",
}  # fmt: skip
_TEXTS = (
    *PAPER_CELLS, "matter", "recorder", "topic_advice_unit", "topic_advice_leaders", "topic_needs",
    "topic_state_of_mind", "remark", "late_entry_reason",
)  # fmt: skip
_EMPTY: dict[str, Any] = {
    **dict.fromkeys(_TEXTS, ""),
    "priority": None, "ways": (), "met": (), "place": "home", "topic_greeting": False, "nothing_to_solve": False,
    "visitee_unit": None, "visitee_cadre": None, "unit": None, "concerns": (), "problems": (),
    "plan": None,
}  # fmt: skip
_LEADER_BREAKS = re.compile(r"[\n、,，;；]+")


class VisitForm(QObject):
    """The texts and values of one visit.

    ``changed`` carries the names of the fields that changed and whether undo or redo did it; ``moved`` names the field
    and the caret place to show after undo or redo.
    """

    changed = Signal(object, bool)
    moved = Signal(str, int)
    stack_changed = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._values: dict[str, Any] = dict(_EMPTY)
        self.stack = UndoStack()

    def __getitem__(self, name: str) -> Any:
        return self._values[name]

    # -- changing ------------------------------------------------------------------------------------------------

    def type_text(self, name: str, text: str) -> None:
        """The text of a cell or field after a key, paste or composition."""
        before = self._values[name]
        if text == before:
            return
        self.stack.push_typing(f"录入{TITLES.get(name, name)}", name, before, text)
        self._values[name] = text
        self._tell({name})

    def set_values(self, values: Mapping[str, Any], *, label: str) -> None:
        """One act over several fields (a person picked from the roster, a tick), undone as one."""
        after = {name: value for name, value in values.items() if self._values[name] != value}
        if not after:
            return
        self.stack.push(label, {name: self._values[name] for name in after}, after)
        self._values.update(after)
        self._tell(set(after))

    def undo(self) -> bool:
        """Take the last step back."""
        step = self.stack.undo()
        if step is not None:
            self._walk(step.after, step.before)
        return step is not None

    def redo(self) -> bool:
        """Do the last undone step again."""
        step = self.stack.redo()
        if step is not None:
            self._walk(step.before, step.after)
        return step is not None

    def _walk(self, source: Mapping[str, Any], target: Mapping[str, Any]) -> None:
        self._values.update(target)
        self.changed.emit(frozenset(target), True)
        name = next(iter(target))
        if isinstance(target[name], str) and isinstance(source[name], str):
            start, _, added = difference(source[name], target[name])
            self.moved.emit(name, start + len(added))
        else:
            self.moved.emit(name, 0)
        self.stack_changed.emit()

    def _tell(self, names: set[str]) -> None:
        self.changed.emit(frozenset(names), False)
        self.stack_changed.emit()

    # -- reading -------------------------------------------------------------------------------------------------

    def typed_date(self) -> date | None:
        """The visit's date; None while empty.

        Raises:
            UserError: ``bad_date``.
        """
        return read_date(self._values["date"], today=clock.today())

    def typed_number(self) -> int | None:
        """序号 as typed; None = given at 登记.

        Raises:
            UserError: ``bad_number`` when it is no whole number from 1.
        """
        text = squeeze(halfwidth(self._values["number"]))
        if not text:
            return None
        if not (text.isascii() and text.isdigit() and 0 < int(text) < 100_000):
            raise UserError("bad_number", "序号要写成数字。", hint="请写 1、2、3 这样的数字，或留空由程序编号。")
        return int(text)

    def errors(self) -> dict[str, UserError]:
        """By cell: what is typed there but can't be understood."""
        found: dict[str, UserError] = {}
        for name, read in (("date", self.typed_date), ("number", self.typed_number)):
            try:
                read()
            except UserError as error:
                found[name] = error
        return found

    def leaders(self) -> tuple[Leader, ...]:
        """One leader per line of the name cell, with the post on the same line of the post cell."""
        names = [squeeze(name) for name in _LEADER_BREAKS.split(self._values["leader_name"])]
        posts = [post.strip() for post in self._values["leader_post"].split("\n")]
        found: list[Leader] = []
        for place, name in enumerate(names):
            if name:
                found.append(Leader(name, posts[place] or None if place < len(posts) else None))
        return tuple(found)

    def content(self) -> VisitContent:
        """What is typed, as a ``VisitContent``; what can't be understood (see ``errors``) is left empty."""
        value = self._values
        wrong = self.errors()
        return VisitContent(
            number=None if "number" in wrong else self.typed_number(), unit=value["unit"],
            visitee=Visitee(
                name=value["visitee_name"].strip(), post=_text(value["visitee_post"]), unit=value["visitee_unit"],
                address=_text(value["address"]), spouse_name=_text(value["spouse_name"]),
                spouse_work=_text(value["spouse_work"]), cadre=value["visitee_cadre"],
            ),
            date=None if "date" in wrong else self.typed_date(), place=value["place"], leaders=self.leaders(),
            recorder=_text(value["recorder"]), met=value["met"],
            ways=tuple(way for way in WAYS if way in value["ways"]), matter=_text(value["matter"]),
            account=_text(value["account"]), resolution=_text(value["resolution"]),
            topics=Topics(
                greeting=value["topic_greeting"] or None, advice_unit=_text(value["topic_advice_unit"]),
                advice_leaders=_text(value["topic_advice_leaders"]), needs=_text(value["topic_needs"]),
                state_of_mind=_text(value["topic_state_of_mind"]),
            ),
            priority=value["priority"], concerns=value["concerns"], nothing_to_solve=value["nothing_to_solve"],
            remark=_text(value["remark"]), late_entry_reason=_text(value["late_entry_reason"]),
            plan=value["plan"],
        )  # fmt: skip

    def printable(self, visit: Visit | None, shown: Callable[[str], str] | None = None) -> Visit:
        """The visit as it would print now: the raw texts over the stored visit's facts.

        ``shown`` gives a cell's text with an open composition in it. Texts stay as typed, outer spaces too, so that
        the planner's character places are the editor's.
        """
        value = shown or self._values.__getitem__
        content = self.content()
        visitee = replace(
            content.visitee, name=value("visitee_name"), post=value("visitee_post") or None,
            address=value("address") or None, spouse_name=value("spouse_name") or None,
            spouse_work=value("spouse_work") or None,
        )  # fmt: skip
        names, posts = value("leader_name").split("\n"), value("leader_post").split("\n")
        pairs = tuple(Leader(name, post or None) for name, post in zip_longest(names, posts, fillvalue=""))
        content = replace(
            content, visitee=visitee, leaders=pairs if any(p.name or p.post for p in pairs) else (),
            account=value("account") or None, resolution=value("resolution") or None,
        )  # fmt: skip
        if visit is None:
            return Visit(id="", content=content, registered=False, recorded_on=None)
        return replace(visit, content=content)

    # -- filling -------------------------------------------------------------------------------------------------

    def load(self, content: VisitContent) -> None:
        """Show a stored visit; the undo stack starts anew."""
        visitee, topics = content.visitee, content.topics
        self._restart({
            "date": dotted(content.date) if content.date else "",
            "number": "" if content.number is None else str(content.number),
            "visitee_name": visitee.name, "visitee_post": visitee.post, "address": visitee.address,
            "spouse_name": visitee.spouse_name, "spouse_work": visitee.spouse_work, "account": content.account,
            "resolution": content.resolution, "leader_name": "\n".join(leader.name for leader in content.leaders),
            "leader_post": "\n".join(leader.post or "" for leader in content.leaders).rstrip("\n"),
            "matter": content.matter, "recorder": content.recorder, "priority": content.priority,
            "ways": content.ways, "met": content.met, "place": content.place,
            "topic_greeting": bool(topics.greeting), "topic_advice_unit": topics.advice_unit,
            "topic_advice_leaders": topics.advice_leaders, "topic_needs": topics.needs,
            "topic_state_of_mind": topics.state_of_mind, "nothing_to_solve": content.nothing_to_solve,
            "remark": content.remark, "late_entry_reason": content.late_entry_reason,
            "visitee_unit": visitee.unit, "visitee_cadre": visitee.cadre, "unit": content.unit,
            "concerns": content.concerns, "plan": content.plan,
        })  # fmt: skip

    def to_json(self) -> dict[str, Any]:
        """Everything typed, word for word, for the draft."""
        return {name: _listed(value) for name, value in self._values.items()}

    def load_json(self, kept: Mapping[str, Any]) -> None:
        """A draft's text back; unknown names are ignored, missing ones empty."""
        self._restart({name: _tupled(kept[name]) for name in _EMPTY if name in kept})

    def _restart(self, values: Mapping[str, Any]) -> None:
        fresh = dict(_EMPTY)
        for name, value in values.items():
            fresh[name] = "" if value is None and name in _TEXTS else value
        self._values = fresh
        self.stack.clear()
        self.changed.emit(frozenset(fresh), True)
        self.stack_changed.emit()


def _text(value: str) -> str | None:
    return value.strip() or None


def _listed(value: Any) -> Any:
    if isinstance(value, tuple):
        return [dict(item) if isinstance(item, Mapping) else item for item in value]
    return value


def _tupled(value: Any) -> Any:
    return tuple(value) if isinstance(value, list) else value
