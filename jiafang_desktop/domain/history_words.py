"""修改记录 in a clerk's words: revisions of a visit, its problems and scans as acts, with cells before and after.

Pure words over RevisionViews; gathering them is services.visit_history's, marking changed parts text_changes'.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any

from jiafang_desktop.domain.changes import RevisionView
from jiafang_desktop.domain.problems import KINDS, LEVELS, OUTCOMES
from jiafang_desktop.domain.visit_rules import NAMES
from jiafang_desktop.domain.visits import PLACES, PRIORITIES

_UNSEEN = ("visitee_cadre",)  # the program's own, nothing a clerk typed
_CHOICES: Mapping[str, Mapping[str, str]] = {
    "place": PLACES, "priority": {**PRIORITIES, "": "一般家访"}, "kind": KINDS, "level": LEVELS, "outcome": OUTCOMES,
}  # fmt: skip
_PAPER = (("printed_on", "打印"), ("signed_on", "签名"), ("sealed_on", "盖章"))
_PROBLEM_TITLES = {
    "text": "问题", "kind": "类别", "level": "困难程度", "responsible": "责任人", "due_date": "办理时限",
    "resolution": "办结情况", "resolved_on": "办结日期", "outcome": "结果",
}  # fmt: skip
_STEPS = ("progress", "resolution", "resolved_on", "outcome", "deleted", "visit", "position")


@dataclass(frozen=True, slots=True)
class CellChange:
    """One cell before and after, in words; an empty text is an empty cell. ``hidden``: this account may not read it."""

    title: str
    before: str
    after: str
    hidden: bool = False


@dataclass(frozen=True, slots=True)
class HistoryEntry:
    """What one person did at one moment: ``act`` names it, ``note`` adds a reason or a day."""

    at: datetime
    operator: str
    act: str
    note: str = ""
    changes: tuple[CellChange, ...] = ()


def visit_entries(views: Sequence[RevisionView]) -> list[tuple[int, HistoryEntry]]:
    """The entries of a visit's own revisions, oldest first, each with its place in the log."""
    found: list[tuple[int, HistoryEntry]] = []
    for place, view in enumerate(views):
        act, note = _visit_act(view, first=place == 0)
        changes = () if place == 0 else tuple(_cells(view))
        if act == "" and not changes:
            act = "套打解决情况" if "printed_state" in view.after else "其他改动"
        entry = HistoryEntry(_moment(view), view.operator, act or _edited(changes), note, changes)
        found.append((view.seq, entry))
    return found


def problem_entries(views: Sequence[RevisionView]) -> list[tuple[int, HistoryEntry]]:
    """The entries of one problem's revisions, oldest first, each with its place in the log."""
    found: list[tuple[int, HistoryEntry]] = []
    name = ""
    for place, view in enumerate(views):
        name = str(view.after.get("text") or name)
        for act, note, changes in _problem_acts(view, first=place == 0):
            called = f"{act}：{_short(name)}"
            found.append((view.seq, HistoryEntry(_moment(view), view.operator, called, note, tuple(changes))))
    return found


def scan_entries(views: Sequence[RevisionView]) -> list[tuple[int, HistoryEntry]]:
    """The entries of a visit's list of scans."""
    found = []
    for view in views:
        was, now = (_names(side.get("value")) for side in (view.before, view.after))
        for act, count in (("附上扫描件", len(now - was)), ("取下扫描件", len(was - now))):
            if count:
                note = f"{count} 份" if count > 1 else ""
                found.append((view.seq, HistoryEntry(_moment(view), view.operator, act, note)))
    return found


# ------------------------------------------------------------------------------------------- acts of a visit


def _visit_act(view: RevisionView, *, first: bool) -> tuple[str, str]:
    """(the acts' names, a note); empty where only cells were changed."""
    before, after = view.before, view.after
    acts: list[str] = []
    notes: list[str] = []
    if after.get("registered") and not before.get("registered"):
        acts.append("登记")
        if after.get("number") is not None:
            notes.append(f"第 {after['number']} 号")
    elif first:
        acts.append("存为草稿")
    if "deleted" in after and not first and bool(after["deleted"]) != bool(before.get("deleted")):
        acts.append("作废" if after["deleted"] else "恢复")
        if after["deleted"] and after.get("delete_reason"):
            notes.append(f"原因：{after['delete_reason']}")
    if after.get("correction_reason"):
        acts.append("更正")
        notes.append(f"原因：{after['correction_reason']}")
    if not first:
        _paper_acts(before, after, acts, notes)
    return "、".join(acts), "；".join(notes)


def _paper_acts(before: Mapping[str, Any], after: Mapping[str, Any], acts: list[str], notes: list[str]) -> None:
    for name, word in _PAPER:
        if name in after and after[name] != before.get(name):
            acts.append(f"记为已{word}" if after[name] else f"取消“已{word}”")
            if after[name]:
                notes.append(_day(after[name]))
    if after.get("archived_on") and not before.get("archived_on"):
        acts.append("归档")
    elif "archived_on" in after and before.get("archived_on"):
        acts.append("撤回归档")
    if "paper_at" in after and after["paper_at"] != before.get("paper_at"):
        if not acts:
            acts.append("登记存放位置")
        notes.append(f"存放在：{after['paper_at']}" if after["paper_at"] else "不再写存放位置")


def _cells(view: RevisionView) -> list[CellChange]:
    found = []
    for name in NAMES:
        if name not in view.after or name in _UNSEEN:
            continue
        if name in view.hidden:
            found.append(CellChange(NAMES[name][1], "", "", hidden=True))
            continue
        was, now = words(name, view.before.get(name)), words(name, view.after[name])
        if was != now:
            found.append(CellChange(NAMES[name][1], was, now))
    return found


def _edited(changes: Sequence[CellChange]) -> str:
    return f"修改{changes[0].title}" if len(changes) == 1 else f"修改 {len(changes)} 处"


# ------------------------------------------------------------------------------------------- acts of a problem


def _problem_acts(view: RevisionView, *, first: bool) -> list[tuple[str, str, list[CellChange]]]:
    before, after = view.before, view.after
    if first:
        facts = [("text", after.get("text"))] + [(name, after.get(name)) for name in ("responsible", "due_date")]
        return [("添加问题", "", [CellChange(_PROBLEM_TITLES[name], "", words(name, v)) for name, v in facts if v])]
    acts: list[tuple[str, str, list[CellChange]]] = []
    if "deleted" in after and bool(after["deleted"]) != bool(before.get("deleted")):
        acts.append(("删去问题" if after["deleted"] else "找回问题", "", []))
    steps = list(before.get("progress") or [])
    for step in [step for step in after.get("progress") or [] if step not in steps]:
        acts.append(("跟进", _day(step.get("on")), [CellChange("跟进情况", "", str(step.get("text") or ""))]))
    if "outcome" in after and after["outcome"] != before.get("outcome"):
        acts.append(_outcome_act(before, after))
    changed = [
        CellChange(title, was, now) for name, title in _PROBLEM_TITLES.items()
        if name in after and name not in _STEPS
        and (was := words(name, before.get(name))) != (now := words(name, after[name]))
    ]  # fmt: skip
    if changed:
        acts.append(("修改问题", "", changed))
    return acts


def _outcome_act(before: Mapping[str, Any], after: Mapping[str, Any]) -> tuple[str, str, list[CellChange]]:
    if not after["outcome"]:
        return "撤回办结", "", []
    note = "　".join(part for part in (OUTCOMES.get(after["outcome"], ""), _day(after.get("resolved_on"))) if part)
    told = str(after.get("resolution") or "")
    return "办结问题", note, [CellChange("办结情况", str(before.get("resolution") or ""), told)] if told else []


# ------------------------------------------------------------------------------------------- values in words


def words(name: str, value: Any) -> str:
    """A field's value as a clerk reads it; an empty cell is an empty text."""
    if name in _CHOICES:
        return _CHOICES[name].get(value or "", str(value or ""))
    if name == "leaders":
        return "、".join(
            str(item["name"]) + (f"（{item['post']}）" if item.get("post") else "") for item in value or ()
        )
    if name == "concerns":
        return f"{len(value)} 件" if value else ""
    if name == "plan":
        return "有" if value else ""
    if isinstance(value, bool) or (value is None and name in ("topic_greeting", "nothing_to_solve")):
        return "是" if value else ""
    if name in ("date", "due_date", "resolved_on"):
        return _day(value)
    if isinstance(value, list):
        return "、".join(str(item) for item in value)
    return "" if value is None else str(value)


def merged(entries: Sequence[tuple[int, HistoryEntry]]) -> tuple[HistoryEntry, ...]:
    """Entries as they happened, by their place in the log; problems written with the 登记 itself stand in its entry."""
    told: list[HistoryEntry] = []
    # The place alone would not do: each PC the folder was copied to counts its own.
    for _, entry in sorted(entries, key=lambda pair: (pair[1].at, pair[0])):
        head = told[-1] if told else None
        together = head is not None and (head.at, head.operator) == (entry.at, entry.operator)
        if head is not None and together and head.act == "登记" and entry.act.startswith("添加问题："):
            found = [change for change in entry.changes if change.title == _PROBLEM_TITLES["text"]]
            told[-1] = replace(head, changes=(*head.changes, *found))
        else:
            told.append(entry)
    return tuple(told)


def _day(value: Any) -> str:
    if not isinstance(value, str) or not value:
        return ""
    day = date.fromisoformat(value)
    return f"{day.year}.{day.month}.{day.day}"


def _moment(view: RevisionView) -> datetime:
    return datetime.fromisoformat(view.wall)


def _names(value: Any) -> frozenset[str]:
    return frozenset(str(scan["sha256"]) for scan in value or () if isinstance(scan, Mapping))


def _short(text: str) -> str:
    return text if len(text) <= 16 else f"{text[:15]}…"
