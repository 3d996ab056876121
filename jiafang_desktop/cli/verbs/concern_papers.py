"""A concern's report to the county: ``concerns report``, and ``concerns reported`` once it went there."""

from __future__ import annotations

import argparse
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from jiafang_desktop.cli import inputs
from jiafang_desktop.cli.page import Page
from jiafang_desktop.common import clock

if TYPE_CHECKING:
    from jiafang_desktop.cli.desk import Desk
    from jiafang_desktop.cli.parser import Group


def add_to(concerns: Group) -> None:
    """Hang the verbs on ``concerns``."""
    report = concerns.verb(
        "report", "写出《诉求办理情况报告》", run=_report, show=lambda answer, page: page.files(answer["files"]),
        example="jiafang concerns report 诉求编号 --to 报告.docx",
        note="只写文件；报送以后用 concerns reported 记下。",
    )  # fmt: skip
    report.add_argument("--to", required=True, metavar="F.docx", help="写到哪个文件（也能写 pdf、png）")
    report.add_argument("--replace", action="store_true", help="文件已存在时替换")
    reported = concerns.verb(
        "reported", "记下办理情况已向县里报送", run=_reported, show=_show_reported,
        example="jiafang concerns reported 诉求编号 --on 2026-11-03",
    )  # fmt: skip
    when = reported.add_mutually_exclusive_group()
    when.add_argument("--on", metavar="DATE", help="哪一天；不写是今天")
    when.add_argument("--undo", action="store_true", help="标错了，取消")
    for parser in (report, reported):
        parser.add_argument("id", metavar="ID", help="诉求编号，见 concerns list")


def _report(desk: Desk, args: argparse.Namespace) -> dict[str, Any]:
    from jiafang_desktop.services import concern_papers

    with desk.store() as store:
        made = concern_papers.write(store, args.id, Path(args.to), renderer=desk.renderer, replace=args.replace)
        return {"file": str(made[0]), "files": [str(path) for path in made]}


def _reported(desk: Desk, args: argparse.Namespace) -> dict[str, Any]:
    from jiafang_desktop.services import concern_json, concerns

    on = None if args.undo else inputs.day(args.on, option="--on") or clock.today()
    with desk.store() as store:
        concerns.mark_reported(store, args.id, on=on, by=store.operator)
        return concern_json.concern_json(concerns.show(store, args.id))


def _show_reported(answer: Mapping[str, Any], page: Page) -> None:
    day = answer["reported_on"]
    page.say(f"已记下：{day}报送。" if day else "已取消报送标记。")
