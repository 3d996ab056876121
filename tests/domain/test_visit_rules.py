"""What a visit may say: strict fields, clean texts, refusals that name the field as V.json does."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jiafang_desktop.common.errors import UserError
from jiafang_desktop.domain.visit_rules import NAMES, merged, tidied
from jiafang_desktop.domain.visits import Leader, Topics, VisitContent, Visitee


def refused(patch: dict[str, Any]) -> tuple[str, Any]:
    with pytest.raises(UserError) as caught:
        tidied(merged(VisitContent(), patch))
    assert caught.value.message.endswith("。")
    return caught.value.code, caught.value.details["field"]


def test_every_field_of_a_visit_has_its_name_and_title() -> None:
    assert set(NAMES) == set(VisitContent().to_fields())


@pytest.mark.parametrize(
    ("patch", "code", "field"),
    [
        ({"visitee": "张三"}, "unknown_field", "visitee"), ({"registered": True}, "unknown_field", "registered"),
        ({"number": 0}, "bad_input", "number"), ({"number": True}, "bad_input", "number"),
        ({"number": "12"}, "bad_input", "number"), ({"date": "2026-02-30"}, "bad_date", "date"),
        ({"date": "2026-3-2"}, "bad_date", "date"), ({"date": "1999-12-31"}, "bad_date", "date"),
        ({"date": 20260302}, "bad_date", "date"), ({"place": "road"}, "bad_input", "place"),
        ({"priority": "urgent"}, "bad_input", "priority"), ({"ways": ["看", "问"]}, "bad_input", "ways"),
        ({"ways": "看"}, "bad_input", "ways"), ({"met": [1]}, "bad_input", "met"),
        ({"leaders": [{"name": "钱永和", "rank": 1}]}, "unknown_field", "leaders.rank"),
        ({"leaders": [{"name": " ", "post": "镇长"}]}, "bad_input", "leaders"),
        ({"leaders": ["钱永和"]}, "bad_input", "leaders"), ({"topic_greeting": "yes"}, "bad_input", "topics.greeting"),
        ({"visitee_name": 5}, "bad_input", "visitee.name"), ({"nothing_to_solve": 1}, "bad_input", "nothing_to_solve"),
        ({"visitee_post": "长" * 1001}, "bad_input", "visitee.post"), ({"account": "\ud800"}, "bad_input", "account"),
    ],
)  # fmt: skip
def test_what_is_no_visit_is_refused_by_its_name(patch: dict[str, Any], code: str, field: str) -> None:
    assert refused(patch) == (code, field)


def test_texts_are_cleaned_without_losing_a_word() -> None:
    content = tidied(VisitContent(
        visitee=Visitee(" 张　三 ", "", None, "东街\u2028村"), account=" 一\r\n二\r三\x00\n ", matter="   ",
        leaders=(Leader(" 钱永和 ", " "), Leader("", None)), met=("本人", " ", "本人"),
        topics=Topics(needs="⼀个⼈"),
    ))  # fmt: skip
    assert content.visitee == Visitee("张　三", None, None, "东街\n村")
    assert content.account == "一\n二\n三"
    assert (content.matter, content.leaders, content.met) == (None, (Leader("钱永和"),), ("本人",))
    assert content.topics.needs == "一个人"


def test_null_clears_and_gives_the_default() -> None:
    full = VisitContent(date=date(2026, 3, 2), place="office", ways=("听", "看"), nothing_to_solve=True, remark="备注")
    patch = dict.fromkeys(("date", "place", "ways", "nothing_to_solve", "remark"))
    assert merged(full, patch) == VisitContent()


def test_ways_come_in_the_policys_order() -> None:
    assert merged(VisitContent(), {"ways": ["访", "看"]}).ways == ("看", "访")


@given(st.text(max_size=200))
def test_cleaning_twice_is_cleaning_once(text: str) -> None:
    try:
        once = tidied(VisitContent(account=text))
    except UserError:
        return
    assert tidied(once) == once
