"""计划家访 on the command line: planned, listed, done by a visit, dropped."""

from __future__ import annotations

import argparse
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from jiafang_desktop.cli import inputs
from jiafang_desktop.cli.page import Page
from jiafang_desktop.domain.plans import STATUSES

if TYPE_CHECKING:
    from jiafang_desktop.cli.desk import Desk
    from jiafang_desktop.cli.parser import Group
    from jiafang_desktop.services.session import Store

_ID_HELP = "计划编号，见 plans list"


def add_to(group: Group) -> None:
    """Hang the verbs on the program."""
    plans = group.chapter("plans", "计划家访：安排、查询、家访过、取消")
    add = plans.verb(
        "add", "安排一次或多次家访", run=_add, show=_show_added, example="jiafang plans add --file 计划.json",
        note="文件里写 visitee、when（2026-12-03 或 2026-12）、leaders、concern、note；写了诉求编号的可不写家访对象。",
    )  # fmt: skip
    add.add_argument("--file", required=True, metavar="PLAN.json", help="计划内容（UTF-8的JSON），或一组计划")
    listing = plans.verb(
        "list",
        "列出计划，待家访的在前，按时间排",
        run=_list,
        show=_show_list,
        example="jiafang plans list --status open",
    )
    listing.add_argument("--status", choices=tuple(STATUSES), help="只列待家访、已家访或已取消的")
    edit = plans.verb(
        "edit",
        "改计划的时间、领导等",
        run=_edit,
        show=_show_one,
        example="jiafang plans edit 计划编号 --file 计划.json",
    )
    edit.add_argument("id", metavar="ID", help=_ID_HELP)
    edit.add_argument("--file", required=True, metavar="PLAN.json", help="整个计划的内容（UTF-8的JSON）")
    done = plans.verb(
        "done", "说明哪次家访是按这次计划去的", run=_done, show=_show_one,
        example="jiafang plans done 计划编号 --visit 家访编号",
        note="登记家访时在 plan 里写了计划编号的，不用再办；家访作废后，计划又变为待家访。",
    )  # fmt: skip
    done.add_argument("id", metavar="ID", help=_ID_HELP)
    done.add_argument("--visit", required=True, metavar="VISIT", help="家访编号，见 visits list")
    drop = plans.verb(
        "drop", "取消一次计划", run=_drop, show=_show_one, example="jiafang plans drop 计划编号 --reason 本人已调离"
    )
    drop.add_argument("id", metavar="ID", help=_ID_HELP)
    drop.add_argument("--reason", metavar="TEXT", help="取消原因，可以不写")


def _add(desk: Desk, args: argparse.Namespace) -> dict[str, Any]:
    from jiafang_desktop.services import plans

    given = inputs.json_file(Path(args.file))
    many = isinstance(given, list)
    with desk.store() as store:
        made = plans.add_many(store, given if many else [given], by=store.operator)
        added = [_seen(desk, store, one.id) for one in made]
        return {"added": added} if many else added[0]


def _seen(desk: Desk, store: Store, plan_id: str) -> dict[str, Any]:
    from jiafang_desktop.services import plans

    found = plans.view(store, plan_id)
    if found.warning:
        desk.warnings.append(found.warning)
    return plans.plan_json(found)


def _show_added(answer: Mapping[str, Any], page: Page) -> None:
    for one in answer.get("added") or [answer]:
        _show_one(one, page)


def _list(desk: Desk, args: argparse.Namespace) -> dict[str, Any]:
    from jiafang_desktop.services import plans

    with desk.store() as store:
        return plans.plans_json(plans.listing(store, status=args.status))


def _show_list(answer: Mapping[str, Any], page: Page) -> None:
    page.table(
        ["计划时间", "哪一天", "家访对象", "职务", "家访领导", "状态", "编号"],
        [
            (
                one["when"], one["day"], one["visitee"]["name"], one["visitee"]["post"],
                [leader["name"] for leader in one["leaders"]], _state(one), one["id"],
            ) for one in answer["plans"]
        ],
    )  # fmt: skip
    page.say(f"共{answer['total']}次计划，待家访{answer['counts']['open']}次。")


def _state(one: Mapping[str, Any]) -> str:
    return "计划日已过" if one["passed"] else STATUSES[one["status"]]


def _edit(desk: Desk, args: argparse.Namespace) -> dict[str, Any]:
    from jiafang_desktop.services import plans

    given = inputs.json_file(Path(args.file))
    with desk.store() as store:
        plans.edit(store, args.id, given, by=store.operator)
        return _seen(desk, store, args.id)


def _done(desk: Desk, args: argparse.Namespace) -> dict[str, Any]:
    from jiafang_desktop.services import plans, visits

    with desk.store() as store:
        plans.done(store, args.id, args.visit, by=store.operator)
        desk.warnings.extend(visits.warnings(store, visits.show(store, args.visit).content))
        return _seen(desk, store, args.id)


def _drop(desk: Desk, args: argparse.Namespace) -> dict[str, Any]:
    from jiafang_desktop.services import plans

    with desk.store() as store:
        plans.drop(store, args.id, reason=args.reason, by=store.operator)
        return _seen(desk, store, args.id)


def _show_one(answer: Mapping[str, Any], page: Page) -> None:
    day = f"（{answer['day']}）" if answer["day"] else ""
    page.say(f"{answer['visitee']['name']}，{answer['when']}{day}，{_state(answer)}，编号 {answer['id']}。")
