"""名册: ``roster import``, ``roster list``, ``roster show``."""

from __future__ import annotations

import argparse
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from jiafang_desktop.cli.doubts import say_doubts
from jiafang_desktop.cli.page import Page
from jiafang_desktop.cli.parser import natural, pair
from jiafang_desktop.cli.progress import Bar, watched
from jiafang_desktop.domain.cadres import FIELD_TITLES, CadreQuery

if TYPE_CHECKING:
    from jiafang_desktop.cli.desk import Desk
    from jiafang_desktop.cli.parser import Group

_STATUSES = {"new": "新增", "same": "相同", "changed": "有变化", "check": "待核对"}
_MOST_SHOWN = 30
_PROGRAM_QUESTIONS = ("sheet", "column:name", "column:unit")


def add_to(group: Group) -> None:
    """Hang the verbs on the program."""
    roster = group.chapter("roster", "干部名册：导入、查询")
    load = roster.verb(
        "import", "读一份名册：先预览，加 --apply 才导入", run=_import, show=_show_import,
        example="jiafang roster import 全镇干部名册.xlsx --unit 德政镇 --apply",
        note="能读 xlsx、xls、csv、txt（按内容识别，不看扩展名）；身份证号和民族不导入。",
    )  # fmt: skip
    load.add_argument("file", metavar="FILE", help="名册文件")
    load.add_argument("--sheet", metavar="NAME", help="读哪一张工作表；不写时自己找")
    load.add_argument(
        "--column", metavar="FIELD=LETTER", action="append", type=pair, default=[],
        help="指明某一栏在哪一列，可写多次，例如 name=B。栏目：" + " ".join(FIELD_TITLES),
    )  # fmt: skip
    load.add_argument("--unit", metavar="NAME", help="没有写单位的人算哪个单位的")
    load.add_argument(
        "--answer", metavar="ID=OPTION", action="append", type=pair, default=[], help="回答预览提出的问题，可写多次"
    )
    load.add_argument("--apply", action="store_true", help="导入；不加时只预览，什么也不改")
    people = roster.verb(
        "list", "列出名册上的人，按姓名拼音排", run=_list, show=_show_list, example="jiafang roster list --query zjg"
    )
    people.add_argument("--query", metavar="TEXT", default="", help="姓名、单位、职务的字、全拼或首字母")
    people.add_argument("--unit", metavar="NAME", help="只列一个单位的")
    people.add_argument("--limit", type=natural, metavar="N", help="最多列几个")
    people.add_argument("--offset", type=natural, metavar="N", default=0, help="从第几个之后列起")
    one = roster.verb("show", "显示一个人", run=_show_one, show=_show_person, example="jiafang roster show 人员编号")
    one.add_argument("id", metavar="ID", help="人员编号，见 roster list")


def _import(desk: Desk, args: argparse.Namespace) -> dict[str, Any]:
    from jiafang_desktop.services import rosters

    with desk.store() as store:
        with Bar() as bar:
            preview = rosters.preview(
                store, Path(args.file), sheet=args.sheet, columns=_columns(args.column), unit=args.unit,
                answers=dict(args.answer), progress=bar.show,
            )  # fmt: skip
        asked = {question.id for question in preview.questions} | set(_PROGRAM_QUESTIONS)
        unasked = [name for name, _ in args.answer if name not in asked]
        desk.warnings.extend(f"没有编号为“{name}”的问题，这个回答没有用上。" for name in unasked)
        if not args.apply:
            return preview.as_json()
        return watched(rosters.apply(store, preview, by=store.operator)).as_json()


def _columns(pairs: list[tuple[str, str]]) -> dict[str, str]:
    return {name: letters.upper() for name, letters in pairs}


def _show_import(answer: Mapping[str, Any], page: Page) -> None:
    counts = answer["counts"]
    page.say(f"{answer['file']}（{answer['format']}），工作表“{answer['sheet']}”，表头到第{answer['header_row']}行。")
    columns = [f"{FIELD_TITLES[name]} {letters}列" for name, letters in answer["columns"].items()]
    page.say("认出的栏目：" + "，".join(columns))
    page.say(*answer.get("notes", ()))
    page.say("")
    people = answer["people"]
    page.table(
        ["行", "姓名", "单位", "职务", "出生年月", "情况"],
        [
            (p["row"], p["name"], p["unit"], p["post"], p["birth_date"], _STATUSES[p["status"]])
            for p in people[:_MOST_SHOWN]
        ],
    )
    if len(people) > _MOST_SHOWN:
        page.say(f"…… 还有{len(people) - _MOST_SHOWN}人，加 --json 可以看到全部。")
    say_doubts(page, people, answer["questions"], most=_MOST_SHOWN)
    kinds = "，".join(f"{title}{counts[status]}" for status, title in _STATUSES.items())
    page.say("", f"共{counts['rows']}人：{kinds}；跳过{counts['skipped']}行，{counts['problems']}处要看。")
    if answer["applied"]:
        page.say("已导入。待核对的没有导入。" if counts["check"] else "已导入。")
    else:
        page.say("以上是预览，什么也没有改；核对无误后加 --apply 导入。")


def _list(desk: Desk, args: argparse.Namespace) -> dict[str, Any]:
    from jiafang_desktop.services import rosters

    with desk.store() as store:
        found = rosters.people(store, CadreQuery(text=args.query, unit=args.unit))
        end = None if args.limit is None else args.offset + args.limit
        shown = [rosters.person_json(cadre) for cadre in found[args.offset : end]]
        return {"total": len(found), "people": shown}


def _show_list(answer: Mapping[str, Any], page: Page) -> None:
    page.table(
        ["编号", "姓名", "单位", "职务", "出生年月", "电话"],
        [(p["id"], p["name"], p["unit"], p["post"], p["birth_date"], p["phone"]) for p in answer["people"]],
    )
    page.say(f"共{answer['total']}人。")


def _show_one(desk: Desk, args: argparse.Namespace) -> dict[str, Any]:
    from jiafang_desktop.services import rosters

    with desk.store() as store:
        return rosters.person_json(rosters.show(store, args.id))


def _show_person(answer: Mapping[str, Any], page: Page) -> None:
    page.facts([(title, answer[name]) for name, title in FIELD_TITLES.items()])
