"""办理时限与分工: the rules file, the leaders' table, and the year's holidays."""

from __future__ import annotations

import argparse
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from jiafang_desktop.cli import inputs
from jiafang_desktop.cli.page import Page
from jiafang_desktop.cli.parser import year
from jiafang_desktop.domain.problems import LEVELS, OUTCOMES
from jiafang_desktop.domain.rules import LIMIT_KINDS, ROLES

if TYPE_CHECKING:
    from jiafang_desktop.cli.desk import Desk
    from jiafang_desktop.cli.parser import Group

_BASIS = {"rule": "规定", "suggested": "建议"}
_ORIGINS = {"shipped": "程序自带", "file": "读入的文件"}


def add_to(group: Group) -> None:
    """Hang the verbs on the program."""
    rules = group.chapter("rules", "办理时限与分工的规则")
    rules.verb("show", "显示现在的规则", run=_show_rules, show=_print_rules, example="jiafang rules show --json")
    change = rules.verb(
        "set", "按文件改规则：没有写的部分不变，写错了什么也不改", run=_set_rules, show=_print_rules,
        example="jiafang rules set --file 规则.json",
    )  # fmt: skip
    change.add_argument("--file", required=True, metavar="R.json", help="规则（UTF-8的JSON），样子同 rules show --json")
    leaders = group.chapter("leaders", "分工：谁分管什么、从何时到何时")
    leaders.verb("list", "列出分工表", run=_list_leaders, show=_print_leaders, example="jiafang leaders list")
    table = leaders.verb(
        "set", "按文件换上整张分工表", run=_set_leaders, show=_print_leaders,
        example="jiafang leaders set --file 分工.json",
    )  # fmt: skip
    table.add_argument("--file", required=True, metavar="L.json", help="分工表（UTF-8的JSON）")
    calendar = group.chapter("calendar", "节假日安排：推算工作日用")
    shown = calendar.verb(
        "show", "显示已知的节假日安排", run=_show_calendar, show=_print_calendar, example="jiafang calendar show"
    )
    shown.add_argument("--year", type=year, metavar="Y", help="只看一年的")
    load = calendar.verb(
        "load", "读入一年的节假日安排", run=_load_calendar, show=_print_calendar,
        example="jiafang calendar load 2027年节假日.json", note="格式见程序文件夹里的 resources/holidays。",
    )  # fmt: skip
    load.add_argument("file", metavar="FILE", help="节假日安排（UTF-8的JSON）")


# ------------------------------------------------------------------------------------ rules


def _show_rules(desk: Desk, args: argparse.Namespace) -> dict[str, Any]:
    from jiafang_desktop.services import rules

    with desk.store() as store:
        return rules.rules_json(store)


def _set_rules(desk: Desk, args: argparse.Namespace) -> dict[str, Any]:
    from jiafang_desktop.services import rules

    given = inputs.json_file(Path(args.file))
    with desk.store() as store:
        rules.set_rules(store, given, by=store.operator)
        return rules.rules_json(store)


def _print_rules(answer: Mapping[str, Any], page: Page) -> None:
    version = f"第{answer['version']}版" if answer["version"] else "程序自带，天数只作建议"
    page.say(f"办理时限与分工（{version}）")
    rows = []
    for name, rule in answer["levels"].items():
        kind, days = next(iter(rule["limit"].items()))
        rows.append((f"{LEVELS[name]}困难", ROLES[rule["role"]], f"{_BASIS[answer['basis'][name]]}{days}"
                     f"{LIMIT_KINDS[kind]}"))  # fmt: skip
    page.table(["困难程度", "由谁办理", "时限"], rows)
    page.facts([
        ("允许归档的结果", [OUTCOMES[outcome] for outcome in answer["archive_outcomes"]]),
        ("季度报送", f"季度结束后{answer['report_by']['days_after_quarter']}天内"),
        ("纸上印核对码", answer["code_on_paper"]), ("使用签字板", answer["signature_pad"]),
    ])  # fmt: skip


# ------------------------------------------------------------------------------------ leaders


def _list_leaders(desk: Desk, args: argparse.Namespace) -> dict[str, Any]:
    from jiafang_desktop.services import leaders

    with desk.store() as store:
        return leaders.leaders_json(store)


def _set_leaders(desk: Desk, args: argparse.Namespace) -> dict[str, Any]:
    from jiafang_desktop.services import leaders

    given = inputs.json_file(Path(args.file))
    with desk.store() as store:
        leaders.set_leaders(store, given, by=store.operator)
        return leaders.leaders_json(store)


def _print_leaders(answer: Mapping[str, Any], page: Page) -> None:
    page.table(
        ["姓名", "职务", "办理", "内设机构", "单位", "从", "到"],
        [
            (
                leader["name"], leader["post"], ROLES[leader["role"]], leader["sections"] or "全部",
                leader["units"] or "全部", leader["from"], leader["to"] if leader["to"] else "现任",
            )
            for leader in answer["leaders"]
        ],
    )  # fmt: skip
    page.say(f"分工表共{answer['total']}人。")


# ------------------------------------------------------------------------------------ holidays


def _show_calendar(desk: Desk, args: argparse.Namespace) -> dict[str, Any]:
    from jiafang_desktop.services import calendars

    with desk.store() as store:
        found = calendars.calendar_json(store)
    if args.year is None:
        return found
    years = [plan for plan in found["years"] if plan["year"] == args.year]
    if not years:
        desk.warnings.append(f"程序里还没有{args.year}年的节假日安排，先按周一至周五推算。")
    return {"years": years}


def _load_calendar(desk: Desk, args: argparse.Namespace) -> dict[str, Any]:
    from jiafang_desktop.services import calendars

    with desk.store() as store:
        loaded = calendars.load_file(store, Path(args.file), by=store.operator)
        found = calendars.calendar_json(store)
    return {"years": [plan for plan in found["years"] if plan["year"] in loaded.years]}


def _print_calendar(answer: Mapping[str, Any], page: Page) -> None:
    for plan in answer["years"]:
        page.say(f"{plan['year']}年（{_ORIGINS[plan['origin']]}：{plan['source']}）")
        page.say(*(f"  {part['name']}　{part['from']} 至 {part['to']}" for part in plan["holidays"]))
        page.say("  调休上班：" + ("、".join(plan["workdays"]) or "没有"))
