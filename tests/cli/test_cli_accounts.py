"""``accounts`` and ``guidance`` as a script calls them, and what another account's ``visits show`` leaves out."""

from __future__ import annotations

from pathlib import Path

import pytest
from cli_driver import VISIT, Office

CANARY = "金丝雀绝不外传"


@pytest.fixture
def second(fresh: Office, tmp_path: Path) -> Office:
    """The same office by a second account's password."""
    password = tmp_path / "李四.txt"
    password.write_text("li-si-de-mi-ma-2026\n", "utf-8")
    fresh.done("accounts", "add", "--name", "李四", "--new-password-file", password)
    return Office(fresh.folder, password)


def told_of(office: Office, visit: str) -> str:
    """All that this account is told of a visit, as JSON and for a person."""
    answers = [
        office.call(*verb, visit).out for verb in (("visits", "show"), ("visits", "history"), ("guidance", "show"))
    ]
    return "".join([*answers, office.told("visits", "show", visit), office.told("visits", "history", visit)])


def test_accounts_are_added_listed_and_disabled(fresh: Office, second: Office) -> None:
    own, added = fresh.done("accounts", "list")["accounts"]
    assert (own["name"], own["rights"], own["disabled"], own["current"]) == (
        "王敏", ["sensitive", "approve"], False, True,
    )  # fmt: skip
    assert {name: added[name] for name in ("name", "rights", "disabled", "current")} == {
        "name": "李四", "rights": [], "disabled": False, "current": False,
    }  # fmt: skip
    assert [one["current"] for one in second.done("accounts", "list")["accounts"]] == [False, True]
    assert second.done("info")["operator"] == "李四"
    assert second.refused("accounts", "disable", own["id"])["code"] == "not_permitted"
    rights = fresh.done("accounts", "rights", added["id"], "--right", "approve", "--right", "sensitive")
    assert rights["rights"] == ["sensitive", "approve"]
    assert fresh.done("accounts", "disable", added["id"])["disabled"] is True
    assert second.refused("info", status=4)["code"] == "wrong_password"
    assert fresh.refused("accounts", "disable", own["id"])["code"] == "last_account"
    assert fresh.done("accounts", "enable", added["id"], "--new-password-file", second.password_file)["rights"]
    assert second.done("info")["operator"] == "李四"
    assert "李四：可以使用，权限：一般" in fresh.told("accounts", "rights", added["id"])
    assert "王敏" in fresh.told("accounts", "list")


def test_an_account_is_refused_whole(fresh: Office, second: Office, tmp_path: Path) -> None:
    weak = tmp_path / "短.txt"
    weak.write_text("短", "utf-8")
    add = ("accounts", "add", "--new-password-file")
    assert fresh.refused(*add, weak, "--name", "孙六")["code"] == "weak_password"
    assert fresh.refused(*add, second.password_file, "--name", "孙六")["code"] == "password_taken"
    assert fresh.refused(*add, tmp_path / "没有.txt", "--name", "孙六")["code"] == "not_found"
    assert fresh.refused(*add, weak, "--name", "孙六", "--right", "all", status=2)["code"] == "wrong_usage"
    assert len(fresh.done("accounts", "list")["accounts"]) == 2


def test_restricted_words_stay_with_their_author_and_the_permitted(fresh: Office, second: Office) -> None:
    visit = fresh.add(topics={"advice_leaders": CANARY, "needs": "照顾老人"}, priority="warning_sign")
    sheet = fresh.written("督导.json", {"causes": CANARY, "follow_up": CANARY})
    assert fresh.done("guidance", "set", visit, "--file", sheet)["causes"] == CANARY
    assert CANARY in told_of(fresh, visit)
    shown = second.done("visits", "show", visit)
    assert (shown["topics"]["advice_leaders"], shown["topics"]["needs"]) == (None, "照顾老人")
    assert (shown["restricted"], second.done("guidance", "show", visit)["restricted"]) == (True, True)
    assert CANARY not in told_of(second, visit)
    assert "限制内容" in second.told("visits", "show", visit)
    assert second.done("visits", "list", "--query", CANARY)["total"] == 0
    assert fresh.done("visits", "list", "--query", CANARY)["total"] == 0
    patch = second.written("改.json", {"topics": shown["topics"], "matter": "看望"})
    assert second.done("visits", "edit", visit, "--file", patch)["changed"] == ["matter"]
    theirs = second.written("改.json", {"topics": {"advice_leaders": "我的话"}})
    assert second.refused("visits", "edit", visit, "--file", theirs)["code"] == "restricted"
    assert second.refused("guidance", "set", visit, "--file", sheet)["code"] == "not_permitted"
    assert fresh.done("visits", "show", visit)["topics"]["advice_leaders"] == CANARY
    assert fresh.done("check")["ok"] is True


def test_ones_own_words_are_seen_by_oneself(fresh: Office, second: Office) -> None:
    visit = second.add(topics={"advice_leaders": CANARY}, problems=VISIT["problems"])
    assert second.done("visits", "show", visit)["topics"]["advice_leaders"] == CANARY
    assert second.done("visits", "show", visit)["restricted"] is False
    assert fresh.done("visits", "show", visit)["topics"]["advice_leaders"] == CANARY  # the owner has every right


def test_the_sheet_says_what_does_not_belong_there(fresh: Office) -> None:
    visit = fresh.add(priority="warning_sign")
    assert "还没有填写" in fresh.told("guidance", "show", visit)
    sheet = fresh.written("督导.json", {"causes": "涉嫌违纪"})
    answer = fresh.done("guidance", "set", visit, "--file", sheet)
    assert "涉嫌违纪违法线索不在本程序登记" in answer["note"]
    assert len(answer["warnings"]) == 1
    assert "涉嫌违纪违法线索不在本程序登记" in fresh.told("guidance", "show", visit)


def test_no_verb_tells_another_account_what_is_restricted(fresh: Office, second: Office, tmp_path: Path) -> None:
    asked = {"cadre": {"name": "张建国", "unit": "德政镇"}, "source": "masses", "text": "缺人手"}
    concern = fresh.done("concerns", "add", "--file", fresh.written("c.json", asked))["id"]
    visit = fresh.add(priority="warning_sign", topics={"advice_leaders": CANARY}, concerns=[concern])
    sheet = dict.fromkeys(("causes", "roots", "counsel", "measures", "follow_up"), CANARY)
    fresh.done("guidance", "set", visit, "--file", fresh.written("g.json", sheet))
    held = {"on": "2026-10-09", "attendees": ["钱永和"], "minutes": "研究。", "decisions": ["安排护工"]}
    fresh.done("meetings", "add", "--file", fresh.written("m.json", held))
    verbs = [
        ("visits", "list"), ("visits", "show", visit), ("visits", "history", visit), ("guidance", "show", visit),
        ("concerns", "list"), ("concerns", "show", concern), ("problems", "list"), ("meetings", "list"),
        ("meetings", "agenda"), ("inspect", "list"), ("summary", "--year", "2026", "--quarter", "3"), ("info",),
    ]  # fmt: skip
    for verb in verbs:
        assert CANARY not in second.call(*verb).out + second.told(*verb), verb
    assert CANARY in fresh.told("guidance", "show", visit)
    log = fresh.folder.with_name(f"{fresh.folder.name}-log")
    refused = second.written("v.json", {"topics": {"advice_leaders": "别的话"}})
    assert second.refused("visits", "edit", visit, "--file", refused)["code"] == "restricted"
    assert not any(CANARY in path.read_text("utf-8", "replace") for path in log.rglob("*") if path.is_file())
