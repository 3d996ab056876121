"""办理时限与分工: what a rules file may say, and what holds when it leaves parts out."""

from __future__ import annotations

import json
from typing import Any

import pytest

from jiafang_desktop.common.errors import UserError
from jiafang_desktop.common.paths import resource
from jiafang_desktop.domain import rules
from jiafang_desktop.domain.problems import LEVELS, OUTCOMES

SHIPPED = rules.checked(json.loads(resource("rules", "default.json").read_text("utf-8")))
TEN = {"working_days": 10}


def held(*files: dict[str, Any]) -> rules.Rules:
    own: dict[str, Any] = {}
    for file in files:
        own = rules.merged(own, rules.checked(file))
    return rules.folded(SHIPPED, own, version=len(files))


def test_shipped_days_are_suggestions_and_roles_are_the_policys() -> None:
    found = held()
    assert [rule.role for rule in found.levels.values()] == ["deputy_in_charge", "unit_head", "county_leader"]
    assert not any(rule.is_own for rule in found.levels.values())
    assert (found.archive_outcomes, found.version, found.own) == (tuple(OUTCOMES), 0, frozenset())
    assert tuple(found.levels) == tuple(LEVELS)
    assert rules.checked(found.to_json()) == SHIPPED


def test_a_part_left_out_keeps_its_present_value() -> None:
    first = {"levels": {"ordinary": {"role": "unit_head", "limit": TEN}}, "archive_outcomes": ["tracking", "solved"]}
    found = held(first, {"levels": {"serious": {"role": "deputy_in_charge"}}, "code_on_paper": True})
    assert (found.levels["ordinary"].role, found.levels["ordinary"].limit.words) == ("unit_head", "10个工作日")
    assert (found.levels["ordinary"].is_own, found.levels["serious"].is_own) == (True, False)
    assert found.levels["serious"].role == "deputy_in_charge"
    assert found.levels["grave"].limit.words == "7天"
    assert (found.archive_outcomes, found.report_days) == (("solved", "tracking"), 10)
    assert (found.code_on_paper, found.signature_pad) == (True, False)
    role_only = held(first, {"levels": {"ordinary": {"role": "county_leader"}}})
    assert role_only.levels["ordinary"].limit == rules.Limit("working_days", 10)


def test_outcomes_have_to_stand_in_a_list() -> None:
    with pytest.raises(UserError, match="方括号"):
        rules.checked({"archive_outcomes": "solved"})


def test_an_empty_file_or_null_changes_nothing() -> None:
    assert rules.checked({}) == rules.checked({"levels": None, "signals": None, "version": 3}) == {}


@pytest.mark.parametrize(
    ("wrong", "code", "field", "words"),
    [
        ({"levels": {"ordinary": {"limit": TEN}}}, "bad_rules", "levels.ordinary.role", "普通困难"),
        ({"levels": {"serious": {"role": "", "limit": TEN}}}, "bad_rules", "levels.serious.role", "没有写由谁办理"),
        ({"levels": {"grave": {"role": "mayor"}}}, "bad_rules", "levels.grave.role", "mayor"),
        ({"levels": {"urgent": {"role": "unit_head"}}}, "unknown_field", "levels.urgent", "urgent"),
        ({"levels": {"grave": {"role": "unit_head", "limit": {"days": 3}}}}, "unknown_field",
         "levels.grave.limit.days", "days"),
        ({"levels": {"grave": {"role": "unit_head", "limit": {"working_days": 0}}}}, "bad_rules",
         "levels.grave.limit.working_days", "整数"),
        ({"levels": {"grave": {"role": "unit_head", "limit": {"working_days": 2.5}}}}, "bad_rules",
         "levels.grave.limit.working_days", "整数"),
        ({"levels": {"grave": {"role": "unit_head", "limit": {"working_days": True}}}}, "bad_rules",
         "levels.grave.limit.working_days", "整数"),
        ({"levels": {"grave": {"role": "unit_head", "limit": TEN | {"calendar_days": 3}}}}, "bad_rules",
         "levels.grave.limit", "时限"),
        ({"levels": []}, "bad_rules", "levels", "对象"),
        ({"levels": {"grave": 7}}, "bad_rules", "levels.grave", "对象"),
        ({"archive_outcomes": []}, "bad_rules", "archive_outcomes", "一个也没有写"),
        ({"archive_outcomes": ["fine"]}, "bad_rules", "archive_outcomes", "fine"),
        ({"report_by": {"days_after_quarter": -1}}, "bad_rules", "report_by.days_after_quarter", "整数"),
        ({"report_by": {"weeks": 1}}, "unknown_field", "report_by.weeks", "weeks"),
        ({"code_on_paper": 1}, "bad_rules", "code_on_paper", "true"),
        ({"colour": 1}, "unknown_field", "colour", "colour"),
        ({"signals": {"same_text": {"share": 0.5}}}, "bad_rules", "signals.same_text", "same_text"),
        ([], "bad_rules", "", "对象"),
    ],
)  # fmt: skip
def test_a_wrong_file_is_refused_by_the_place_that_is_wrong(wrong: Any, code: str, field: str, words: str) -> None:
    with pytest.raises(UserError) as refused:
        rules.checked(wrong)
    error = refused.value
    assert (error.code, error.details["field"]) == (code, field)
    assert words in error.message and error.message.endswith("。") and error.hint
