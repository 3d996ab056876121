"""``visits import``: ledgers and filled record forms of earlier years."""

from __future__ import annotations

import argparse
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from jiafang_desktop.cli.page import Page
from jiafang_desktop.cli.parser import pair
from jiafang_desktop.cli.progress import watched

if TYPE_CHECKING:
    from jiafang_desktop.cli.desk import Desk
    from jiafang_desktop.cli.parser import Group

_STATUSES = {"new": "新增", "same": "已有", "check": "待核对"}
_MOST_SHOWN = 40


def add_to(visits: Group) -> None:
    """Hang the verb on ``visits``."""
    load = visits.verb(
        "import", "读入以前的台账和记录单：先预览，加 --apply 才登记", run=_import, show=_show,
        example="jiafang visits import 以前的台账 --apply",
        note="能读Excel台账（xlsx、xls、csv）和填好的Word记录单、Word台账（docx）；写文件夹就读里面的全部文件。",
    )  # fmt: skip
    load.add_argument("path", metavar="FILE|DIR", help="台账、记录单，或放它们的文件夹")
    load.add_argument(
        "--answer", metavar="ID=OPTION", action="append", type=pair, default=[], help="回答预览提出的问题，可写多次"
    )
    load.add_argument("--apply", action="store_true", help="登记；不加时只预览，什么也不改")


def _import(desk: Desk, args: argparse.Namespace) -> dict[str, Any]:
    from jiafang_desktop.services import visit_import

    answers = dict(args.answer)
    with desk.store() as store:
        preview = watched(visit_import.preview(store, Path(args.path), answers=answers))
        asked = {question.id for question in preview.questions}
        desk.warnings.extend(f"没有编号为“{name}”的问题，这个回答没有用上。" for name in answers if name not in asked)
        if not args.apply:
            return preview.as_json()
        return watched(visit_import.apply(store, preview, by=store.operator)).as_json()


def _show(answer: Mapping[str, Any], page: Page) -> None:
    counts = answer["counts"]
    page.table(
        ["文件", "读到", "跳过", "说明"],
        [(f["file"], f["visits"], f["skipped"], f["reason"]) for f in answer["files"]], wide="说明",
    )  # fmt: skip
    page.say("", *answer["notes"])
    visits = answer["visits"]
    page.table(
        ["行", "序号", "日期", "家访对象", "家访领导", "情况"],
        [
            (
                v["row"], v["number"], v["date"], v["visitee"]["name"], [one["name"] for one in v["leaders"]],
                _STATUSES[v["status"]],
            ) for v in visits[:_MOST_SHOWN]
        ],
    )  # fmt: skip
    if len(visits) > _MOST_SHOWN:
        page.say(f"…… 还有{len(visits) - _MOST_SHOWN}次，加 --json 可以看到全部。")
    problems = [
        (v["file"], v["row"], v["visitee"]["name"], doubt["value"], doubt["message"])
        for v in visits for doubt in v["problems"]
    ]  # fmt: skip
    if problems:
        page.say("", "要看一眼的地方：")
        page.table(["文件", "行", "家访对象", "原来写的", "说明"], problems[:_MOST_SHOWN], wide="说明")
    for question in answer["questions"]:
        if question["answer"] is None:
            page.say("", f"问题 {question['id']}：{question['message']}")
            page.say("  可以回答：" + "、".join(question["options"]))
    kinds = "，".join(f"{title}{counts[status]}" for status, title in _STATUSES.items())
    page.say("", f"共{counts['rows']}次家访：{kinds}；跳过{counts['skipped']}处，{counts['problems']}处要看。")
    if answer["applied"]:
        page.say("已登记。待核对的没有登记。" if counts["check"] else "已登记。")
    else:
        page.say("以上是预览，什么也没有改；核对无误后加 --apply 登记。")
