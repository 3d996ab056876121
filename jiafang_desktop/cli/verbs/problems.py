"""问题办理: ``problems list|add|progress|resolve``."""

from __future__ import annotations

import argparse
from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

from jiafang_desktop.cli import inputs
from jiafang_desktop.cli.page import Page
from jiafang_desktop.cli.parser import natural, year
from jiafang_desktop.common import clock
from jiafang_desktop.domain import step_days
from jiafang_desktop.domain.problems import KINDS, LEVELS, OUTCOMES
from jiafang_desktop.domain.visits import STATUSES

if TYPE_CHECKING:
    from jiafang_desktop.cli.desk import Desk
    from jiafang_desktop.cli.parser import Group
    from jiafang_desktop.services.session import Store


def add_to(group: Group) -> None:
    """Hang the verbs on the program."""
    problems = group.chapter("problems", "问题办理：记下、跟进、办结")
    listing = problems.verb(
        "list", "列出家访中发现的问题", run=_list, show=_show_list, example="jiafang problems list --open"
    )
    listing.add_argument("--year", type=year, metavar="Y", help="哪一年家访的；不写是全部年度")
    listing.add_argument("--open", action="store_true", help="只列没有办结的")
    listing.add_argument("--visit", metavar="ID", help="只列一次家访的")
    listing.add_argument("--limit", type=natural, metavar="N", help="最多列几个")
    listing.add_argument("--offset", type=natural, metavar="N", default=0, help="从第几个之后列起")
    add = problems.verb(
        "add", "给一次家访添一个问题", run=_add, show=_show_one,
        example="jiafang problems add 家访编号 --file 问题.json",
    )  # fmt: skip
    progress = problems.verb(
        "progress", "记一步跟进情况", run=_progress, show=_show_one,
        example="jiafang problems progress 家访编号 1 --text 已与民政所联系 --on 2026-11-03",
    )  # fmt: skip
    resolve = problems.verb(
        "resolve", "办结一个问题", run=_resolve, show=_show_one,
        example="jiafang problems resolve 家访编号 1 --text 护理床已借到 --on 2026-11-10 --outcome solved",
    )  # fmt: skip
    for parser in (add, progress, resolve):
        parser.add_argument("visit", metavar="VISIT", help="家访编号，见 visits list")
    add.add_argument("--file", required=True, metavar="P.json", help="问题内容（UTF-8的JSON）")
    for parser in (progress, resolve):
        parser.add_argument("n", metavar="N", type=natural, help="第几个问题，从1数起")
        parser.add_argument("--text", required=True, metavar="T", help="做了什么")
        parser.add_argument("--on", metavar="DATE", help="哪一天；不写是今天")
    outcomes = "，".join(f"{name} {title}" for name, title in OUTCOMES.items())
    resolve.add_argument(
        "--outcome", choices=tuple(OUTCOMES), default="solved", help=f"结果：{outcomes}；不写是 solved"
    )


def _list(desk: Desk, args: argparse.Namespace) -> dict[str, Any]:
    from jiafang_desktop.services import visit_json

    with desk.store() as store:
        found = visit_json.problems_json(store, year=args.year, open_only=args.open)["problems"]
    if args.visit is not None:
        found = [one for one in found if one["visit"] == args.visit]
    end = None if args.limit is None else args.offset + args.limit
    return {"total": len(found), "problems": found[args.offset : end]}


def _show_list(answer: Mapping[str, Any], page: Page) -> None:
    for row in answer["problems"]:
        due = f"，限{row['due_date']}{'（超期）' if row['overdue'] else ''}" if row["due_date"] else ""
        state = OUTCOMES.get(row["outcome"], "办理中")
        page.say(
            f"序号{row['number']}　第{row['n']}个　{row['visitee']['name']}　{KINDS[row['kind']]}　{state}{due}",
            f"    {row['text']}",
            f"    家访编号 {row['visit']}",
        )
    page.say(f"共{answer['total']}个问题。")


def _add(desk: Desk, args: argparse.Namespace) -> dict[str, Any]:
    from jiafang_desktop.services import problems, visit_json, visits

    content = visit_json.read_problem(inputs.json_file(Path(args.file)))
    with desk.store() as store:
        problems.add(store, args.visit, content, by=store.operator)
        newest = max(problem.position for problem in visits.show(store, args.visit).problems)
        return _answer(store, args.visit, newest)


def _progress(desk: Desk, args: argparse.Namespace) -> dict[str, Any]:
    from jiafang_desktop.services import problems

    on = inputs.day(args.on, option="--on") or clock.today()
    with desk.store() as store:
        problems.progress(store, args.visit, args.n, text=args.text, on=on, by=store.operator)
        desk.warnings.extend(_doubts(store, args.visit, "跟进", on))
        return _answer(store, args.visit, args.n)


def _resolve(desk: Desk, args: argparse.Namespace) -> dict[str, Any]:
    from jiafang_desktop.services import problems

    on = inputs.day(args.on, option="--on") or clock.today()
    with desk.store() as store:
        problems.resolve(store, args.visit, args.n, text=args.text, on=on, outcome=args.outcome, by=store.operator)
        desk.warnings.extend(_doubts(store, args.visit, "办结", on))
        return _answer(store, args.visit, args.n)


def _doubts(store: Store, visit_id: str, title: str, on: date) -> list[str]:
    from jiafang_desktop.services import visits

    visited_on = visits.show(store, visit_id).content.date
    return step_days.doubts(title, on, visited_on=visited_on, today=clock.today())


def _answer(store: Store, visit_id: str, position: int) -> dict[str, Any]:
    """The visit's ``status`` after it, and the problem as it stands."""
    from jiafang_desktop.services import visit_json, visits

    visit = visits.show(store, visit_id)
    problem = next(problem for problem in visit.problems if problem.position == position)
    return {"visit": visit.id, "n": position, "status": visit.status, "problem": visit_json.problem_json(problem)}


def _show_one(answer: Mapping[str, Any], page: Page) -> None:
    problem = answer["problem"]
    page.facts([
        (f"第{answer['n']}个问题", problem["text"]), ("类别", KINDS[problem["kind"]]),
        ("难度", LEVELS.get(problem["level"])), ("责任人", problem["responsible"]), ("限期", problem["due_date"]),
    ])  # fmt: skip
    page.say(*(f"  {note['on']}　{note['text']}" for note in problem["progress"]))
    if problem["outcome"]:
        page.say(f"  {problem['resolved_on']}　{OUTCOMES[problem['outcome']]}：{problem['resolution']}")
    page.say(f"家访现在是：{STATUSES[answer['status']]}。")
