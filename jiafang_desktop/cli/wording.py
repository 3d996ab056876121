"""Fields of a visit as the contract names them and as a person reads them."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from jiafang_desktop.cli.page import text
from jiafang_desktop.domain.problems import KINDS, LEVELS, OUTCOMES
from jiafang_desktop.domain.signatures import ROLES
from jiafang_desktop.domain.visit_rules import NAMES
from jiafang_desktop.domain.visits import PLACES, PRIORITIES, STATUSES

_STATE_TITLES = {
    "printed_on": "打印", "signed_on": "签字", "sealed_on": "盖章", "paper_at": "纸质件存放", "archived_on": "归档",
    "registered": "登记", "recorded_on": "登记日期", "deleted": "作废", "delete_reason": "作废原因",
    "correction_reason": "更正原因",
}  # fmt: skip
_PROBLEM_TITLES = {
    "text": "问题", "kind": "类别", "level": "难度", "responsible": "责任人", "due_date": "限期", "progress": "跟进",
    "resolution": "办结情况", "resolved_on": "办结日期", "outcome": "结果", "deleted": "删除",
}  # fmt: skip
RESTRICTED = "（限制内容，只有填写人和有权限的经办人看得到）"
_CHOICES: Mapping[str, Mapping[str, str]] = {
    "place": PLACES, "priority": PRIORITIES, "kind": KINDS, "level": LEVELS, "outcome": OUTCOMES,
}  # fmt: skip
_TITLES = dict(NAMES.values()) | _STATE_TITLES


def field_title(name: str) -> str:
    """A field of V.json as a person reads it."""
    found = re.fullmatch(r"problem\.(\d+)\.(\w+)", name)
    if found:
        return f"第{found.group(1)}个问题的{_PROBLEM_TITLES.get(found.group(2), found.group(2))}"
    return _TITLES.get(name, name)


def plain(value: Any, *, name: str = "") -> str:
    """Any stored value in one line; ``name`` is its field, whose fixed choices are said in Chinese."""
    if isinstance(value, str):
        return _CHOICES.get(name.rsplit(".", 1)[-1], {}).get(value, text(value))
    if isinstance(value, Mapping):
        return "，".join(text(item) for item in value.values() if item not in (None, ""))
    if isinstance(value, list):
        return "；".join(plain(item) for item in value) or text(None)
    return text(value)


def visit_facts(visit: Mapping[str, Any]) -> list[tuple[str, object]]:
    """A visit as name and value, in the order of the form."""
    visitee, topics = visit["visitee"], visit.get("topics") or {}
    facts: list[tuple[str, object]] = [
        ("编号", visit["id"]), ("序号", visit["number"]), ("状态", STATUSES[visit["status"]]), ("日期", visit["date"]),
        ("家访对象", visitee["name"]), ("职务", visitee["post"]), ("家庭住址", visitee["address"]),
        ("配偶姓名", visitee["spouse_name"]), ("配偶工作单位及职务", visitee["spouse_work"]),
        ("地点", PLACES.get(visit["place"], visit["place"])),
        ("家访领导", "；".join(plain(leader) for leader in visit["leaders"])), ("记录人", visit["recorder"]),
        ("受访人员", visit["met"]), ("方式", visit["ways"]), ("事由", visit["matter"]),
        ("优先情形", PRIORITIES.get(visit["priority"] or "")), ("家访情况记录", visit["account"]),
        ("家访问题解决情况", visit["resolution"]), ("对单位的意见建议", topics.get("advice_unit")),
        ("对领导的意见建议", topics.get("advice_leaders") or (RESTRICTED if visit.get("restricted") else None)),
        ("需求", topics.get("needs")), ("思想状态", topics.get("state_of_mind")), ("备注", visit["remark"]),
        ("补录原因", visit["late_entry_reason"]),
    ]  # fmt: skip
    for position, problem in enumerate(visit["problems"], start=1):
        outcome = OUTCOMES.get(problem.get("outcome"), "办理中")
        facts.append((f"第{problem.get('n', position)}个问题", f"{problem['text']}（{outcome}）"))
    for one in visit.get("signatures", ()):
        facts.append((f"{ROLES[one['role']]}签字板签名", f"{one['name']}　{one['at'][:10]}"))
    return [*facts, *paper_facts(visit["paper"])]


def paper_facts(paper: Mapping[str, Any]) -> list[tuple[str, object]]:
    """The paper's own life."""
    return [
        ("打印", paper["printed_on"]), ("签字", paper["signed_on"]), ("盖章", paper["sealed_on"]),
        ("纸质件存放", paper["paper_at"]),
    ]  # fmt: skip
