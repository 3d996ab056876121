"""办理时限与分工: the policy's ladder as data (四之一), checked against its shape before it is believed.

R.json of the command line's contract. The text of the policy names no days: what the program ships is a suggestion, a
limit the office wrote itself is a rule. Who holds a role stands in routing, reading and keeping in services.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from jiafang_desktop.common.errors import UserError
from jiafang_desktop.domain.problems import LEVELS, OUTCOMES
from jiafang_desktop.domain.working_calendar import MOST_DAYS

ROLES = {"deputy_in_charge": "主管副职", "unit_head": "单位一把手", "county_leader": "分包县级领导"}
LIMIT_KINDS = {"working_days": "个工作日", "calendar_days": "天"}
# What R.json may hold, in its order.
PARTS = ("levels", "archive_outcomes", "report_by", "code_on_paper", "signature_pad", "signals")
# Printed beside the parts by ``rules show``; ignored when such an answer is handed back.
SHOWN_BESIDE = ("version", "basis", "warnings")
_MOST_REPORT_DAYS = 92
_HINT = "请对照 jiafang rules show 的样子改好，再试一次。"
_SIGNAL_NAME = re.compile(r"[a-z][a-z0-9_]{0,63}")


@dataclass(frozen=True, slots=True)
class Limit:
    """How long a level has: ``kind`` of LIMIT_KINDS, ``days`` from 1 on."""

    kind: str
    days: int

    @property
    def words(self) -> str:
        """10个工作日, 7天."""
        return f"{self.days}{LIMIT_KINDS[self.kind]}"

    def to_json(self) -> dict[str, int]:
        """R.json's shape."""
        return {self.kind: self.days}

    @staticmethod
    def from_json(value: Any) -> Limit | None:
        """The other way, for what was checked before; None for none."""
        if not isinstance(value, Mapping):
            return None
        return next((Limit(kind, value[kind]) for kind in LIMIT_KINDS if kind in value), None)


@dataclass(frozen=True, slots=True)
class LevelRule:
    """Who handles a level, and how long; ``is_own`` tells a limit the office set from a suggested one."""

    role: str
    limit: Limit
    is_own: bool = False


@dataclass(frozen=True, slots=True)
class Rules:
    """What holds now: the shipped rules with the office's own parts over them.

    ``version`` counts the office's own sets, 0 while there is none. ``own`` names the parts (and ``levels.NAME``)
    that are the office's.
    """

    version: int
    levels: Mapping[str, LevelRule]
    archive_outcomes: tuple[str, ...] = tuple(OUTCOMES)
    report_days: int = 10
    code_on_paper: bool = False
    signature_pad: bool = False
    signals: Mapping[str, Any] = field(default_factory=dict)
    own: frozenset[str] = frozenset()

    def to_json(self) -> dict[str, Any]:
        """R.json, whole."""
        return {
            "levels": {
                name: {"role": rule.role, "limit": rule.limit.to_json()} for name, rule in self.levels.items()
            },
            "archive_outcomes": list(self.archive_outcomes),
            "report_by": {"days_after_quarter": self.report_days}, "code_on_paper": self.code_on_paper,
            "signature_pad": self.signature_pad, "signals": dict(self.signals),
        }  # fmt: skip


def folded(shipped: Mapping[str, Any], own: Mapping[str, Any], *, version: int) -> Rules:
    """The rules in force: ``own`` parts over ``shipped`` ones; both are checked R.json."""
    own_levels = own.get("levels") or {}
    levels: dict[str, LevelRule] = {}
    for name in LEVELS:
        mine, given = own_levels.get(name) or {}, shipped["levels"][name]
        limit = Limit.from_json(mine.get("limit"))
        suggested = Limit.from_json(given["limit"]) or Limit("working_days", 15)
        levels[name] = LevelRule(mine.get("role") or given["role"], limit or suggested, is_own=limit is not None)
    merged = {**shipped, **{part: own[part] for part in PARTS if part in own and part != "levels"}}
    return Rules(
        version=version, levels=levels, archive_outcomes=tuple(merged["archive_outcomes"]),
        report_days=merged["report_by"]["days_after_quarter"], code_on_paper=merged["code_on_paper"],
        signature_pad=merged["signature_pad"], signals=dict(merged["signals"]),
        own=frozenset([part for part in PARTS if part in own] + [f"levels.{name}" for name in own_levels]),
    )  # fmt: skip


def merged(own: Mapping[str, Any], given: Mapping[str, Any]) -> dict[str, Any]:
    """The office's own parts after a file that was checked: a part left out keeps its present value."""
    kept = {part: own[part] for part in PARTS if part in own}
    for part, value in given.items():
        if part == "levels":
            levels = {name: dict(rule) for name, rule in (own.get("levels") or {}).items()}
            for name, rule in value.items():
                levels[name] = {**levels.get(name, {}), **rule}
            kept["levels"] = {name: levels[name] for name in LEVELS if name in levels}
        else:
            kept[part] = value
    return {part: kept[part] for part in PARTS if part in kept}


# ------------------------------------------------------------------------------------------- checking a file


def checked(data: Any) -> dict[str, Any]:
    """R.json's parts that a file gives, each as it should be; nothing is taken over from a file that is wrong.

    Raises:
        UserError: ``unknown_field``, ``bad_rules``; ``field`` in details.
    """
    given = _object(data, "", "规则文件")
    found: dict[str, Any] = {}
    for name, value in given.items():
        if name in SHOWN_BESIDE:
            continue
        if name not in PARTS:
            raise _unknown(name, PARTS)
        if value is not None:  # null is a part left out
            found[name] = _READERS[name](value)
    return found


def _levels(value: Any) -> dict[str, Any]:
    given = _object(value, "levels", "levels")
    found = {}
    for name, rule in given.items():
        if name not in LEVELS:
            words = "、".join(f"{key}（{title}困难）" for key, title in LEVELS.items())
            raise UserError(
                "unknown_field", f"诉求没有“{name}”这一级。", hint=f"可以写：{words}。",
                details={"field": f"levels.{name}"},
            )  # fmt: skip
        found[name] = _level(name, _object(rule, f"levels.{name}", f"levels.{name}"))
    return found


def _level(name: str, rule: Mapping[str, Any]) -> dict[str, Any]:
    where, title = f"levels.{name}", f"{LEVELS[name]}困难诉求"
    for key in rule:
        if key not in ("role", "limit"):
            raise _unknown(f"{where}.{key}", ("role", "limit"))
    role = rule.get("role")
    roles = "、".join(f"{key}（{words}）" for key, words in ROLES.items())
    if role is None or role == "":
        raise _bad(f"{where}.role", f"{title}没有写由谁办理（role）", hint=f"可以写：{roles}。")
    if not isinstance(role, str) or role not in ROLES:
        raise _bad(f"{where}.role", f"{title}的办理人“{role}”不在分工里", hint=f"可以写：{roles}。")
    found: dict[str, Any] = {"role": role}
    if rule.get("limit") is not None:
        found["limit"] = _limit(rule["limit"], f"{where}.limit", title)
    return found


def _limit(value: Any, where: str, title: str) -> dict[str, int]:
    hint = '写成 {"working_days": 10} 或 {"calendar_days": 7}，只写一种。'
    if not isinstance(value, Mapping) or len(value) != 1:
        raise _bad(where, f"{title}的办理时限没有写清楚", hint=hint)
    kind, days = next(iter(value.items()))
    if kind not in LIMIT_KINDS:
        raise _unknown(f"{where}.{kind}", tuple(LIMIT_KINDS))
    if isinstance(days, bool) or not isinstance(days, int) or not 1 <= days <= MOST_DAYS:
        raise _bad(f"{where}.{kind}", f"{title}的办理时限要写成1到{MOST_DAYS}的整数", hint=hint)
    return {kind: days}


def _outcomes(value: Any) -> list[str]:
    words = "、".join(f"{key}（{title}）" for key, title in OUTCOMES.items())
    if not isinstance(value, list):
        raise _bad("archive_outcomes", "允许归档的结果要写成一列，放在方括号里", hint=f"可以写：{words}。")
    if not value:
        raise _bad("archive_outcomes", "允许归档的结果一个也没有写", hint=f"可以写：{words}。")
    for outcome in value:
        if not isinstance(outcome, str) or outcome not in OUTCOMES:
            raise _bad("archive_outcomes", f"问题没有“{outcome}”这种结果", hint=f"可以写：{words}。")
    return [outcome for outcome in OUTCOMES if outcome in value]


def _report_by(value: Any) -> dict[str, int]:
    given = _object(value, "report_by", "report_by")
    for key in given:
        if key != "days_after_quarter":
            raise _unknown(f"report_by.{key}", ("days_after_quarter",))
    days = given.get("days_after_quarter")
    if isinstance(days, bool) or not isinstance(days, int) or not 0 <= days <= _MOST_REPORT_DAYS:
        raise _bad("report_by.days_after_quarter", f"季度后几天内报送，要写成0到{_MOST_REPORT_DAYS}的整数")
    return {"days_after_quarter": days}


def _flag(name: str) -> Any:
    def read(value: Any) -> bool:
        if not isinstance(value, bool):
            raise _bad(name, f"“{name}”只能写 true 或 false")
        return value

    return read


def _signals(value: Any) -> dict[str, Any]:
    """What the county looks for (建议核实事项); each signal's own figures are read where it is worked out."""
    given = _object(value, "signals", "signals")
    for name, content in given.items():
        if not _SIGNAL_NAME.fullmatch(name) or not _is_plain(content):
            raise _bad(f"signals.{name}", f"核实事项“{name}”没有写对", hint="里面只能有整数、文字、true、false。")
    return dict(given)


def _is_plain(value: Any, *, depth: int = 3) -> bool:
    """What the log can carry: integers, texts, flags, and lists or objects of them."""
    if value is None or isinstance(value, str | bool):
        return True
    if isinstance(value, int):
        return abs(value) < 2**53
    if depth and isinstance(value, list):
        return all(_is_plain(item, depth=depth - 1) for item in value)
    if depth and isinstance(value, Mapping):
        return all(_is_plain(item, depth=depth - 1) for item in value.values())
    return False


_READERS: dict[str, Any] = {
    "levels": _levels, "archive_outcomes": _outcomes, "report_by": _report_by, "code_on_paper": _flag("code_on_paper"),
    "signature_pad": _flag("signature_pad"), "signals": _signals,
}  # fmt: skip


def _object(value: Any, where: str, title: str) -> Mapping[str, Any]:
    if not isinstance(value, Mapping):
        raise _bad(where, f"“{title}”应当是一个JSON对象")
    return value


def _bad(where: str, what: str, *, hint: str = _HINT) -> UserError:
    return UserError("bad_rules", f"{what}，没有改动。", hint=hint, details={"field": where})


def _unknown(where: str, known: tuple[str, ...]) -> UserError:
    return UserError(
        "unknown_field", f"规则里没有叫“{where}”的栏目，没有改动。", hint="可用的栏目：" + " ".join(known),
        details={"field": where},
    )  # fmt: skip
