"""办理时限与分工 as they hold: what the program ships, with the office's own parts over it, each set a new version.

What a rules file may say is domain.rules'; the leaders' table and the calendar stand in leaders and calendars.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Any

from jiafang_desktop.common.paths import resource
from jiafang_desktop.domain import rules as domain_rules
from jiafang_desktop.domain.changes import Changes, Edit, Operator
from jiafang_desktop.domain.rules import PARTS, Rules

if TYPE_CHECKING:
    from jiafang_desktop.store import Store

__all__ = ["RuleVersion", "Rules", "history", "own_parts", "read", "rules_json", "set_rules", "shipped"]

_KIND, _NAME = "rules", "current"


@dataclass(frozen=True, slots=True)
class RuleVersion:
    """One set of the office's rules: which version, when, by whom, and the parts as they then stood."""

    version: int
    wall: str
    operator: str
    parts: Mapping[str, Any]


@cache
def shipped() -> Mapping[str, Any]:
    """R.json as the program brings it: roles from the policy, days only suggested."""
    data = json.loads(resource("rules", "default.json").read_text("utf-8"))
    return domain_rules.checked(data)


def read(store: Store) -> Rules:
    """The rules in force."""
    own, version = _kept(store)
    return domain_rules.folded(shipped(), own, version=version)


def own_parts(store: Store) -> dict[str, Any]:
    """The parts the office set itself, as R.json."""
    return _kept(store)[0]


def set_rules(store: Store, data: Any, *, by: Operator) -> Changes:
    """Take a rules file over: parts it leaves out keep their value, a wrong file changes nothing.

    Raises:
        UserError: ``bad_rules unknown_field`` (``field`` in details), ``read_only``.
    """
    given = _without_suggestions(domain_rules.checked(data), data, read(store))
    own, version = _kept(store)
    wanted = domain_rules.merged(own, given)
    if wanted == own:
        return Changes()
    value = {"version": version + 1, **wanted}
    return store.append([Edit(_KIND, f"{_KIND}:{_NAME}", {"value": value})], by=by)


def _without_suggestions(given: dict[str, Any], data: Mapping[str, Any], present: Rules) -> dict[str, Any]:
    """What ``rules show`` printed as suggested and comes back untouched stays a suggestion."""
    basis = data.get("basis")
    for name, rule in given.get("levels", {}).items():
        said = isinstance(basis, Mapping) and basis.get(name) == "suggested"
        level = present.levels[name]
        if said and not level.is_own and rule.get("limit") == level.limit.to_json():
            del rule["limit"]
    return given


def rules_json(store: Store) -> dict[str, Any]:
    """``rules show``: R.json whole, its version, and which limits are the office's own (rule) or suggested."""
    found = read(store)
    basis = {name: "rule" if level.is_own else "suggested" for name, level in found.levels.items()}
    return {**found.to_json(), "version": found.version, "basis": basis}


def history(store: Store) -> list[RuleVersion]:
    """Every set, the first one first."""
    found = []
    for view in store.history(f"{_KIND}:{_NAME}"):
        value = view.after.get("value")
        if isinstance(value, Mapping):
            parts = {part: value[part] for part in PARTS if part in value}
            found.append(RuleVersion(int(value.get("version") or 0), view.wall, view.operator, parts))
    return found


def _kept(store: Store) -> tuple[dict[str, Any], int]:
    """The office's own parts and their version; what this program can't read counts as not set."""
    value = store.values.get(_KIND, _NAME)
    if not isinstance(value, Mapping):
        return {}, 0
    parts = {part: value[part] for part in PARTS if value.get(part) is not None}
    return parts, int(value.get("version") or 0)
