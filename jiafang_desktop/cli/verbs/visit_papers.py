"""The paper's own life on the command line: ``visits mark``, ``visits archive``, ``visits attach``."""

from __future__ import annotations

import argparse
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from jiafang_desktop.cli import inputs, wording
from jiafang_desktop.cli.page import Page
from jiafang_desktop.common import clock
from jiafang_desktop.domain import step_days

if TYPE_CHECKING:
    from jiafang_desktop.cli.desk import Desk
    from jiafang_desktop.cli.parser import Group

_STATES = {"printed": "已打印（从此固定版面）", "signed": "领导已签字", "sealed": "已盖章"}
_STEPS = {"printed": "打印", "signed": "签字", "sealed": "盖章"}


def add_to(visits: Group) -> None:
    """Hang the verbs on ``visits``."""
    mark = visits.verb(
        "mark", "记下纸质记录单走到哪一步", run=_mark, show=_show_paper,
        example="jiafang visits mark 家访编号 --signed --on 2026-11-03",
    )  # fmt: skip
    states = mark.add_mutually_exclusive_group(required=True)
    for state, title in _STATES.items():
        states.add_argument(f"--{state}", dest="state", action="store_const", const=state, help=title)
    when = mark.add_mutually_exclusive_group()
    when.add_argument("--on", metavar="DATE", help="哪一天；不写是今天")
    when.add_argument("--undo", action="store_true", help="标错了，取消这一步")
    mark.add_argument(
        "--new-sheet", action="store_true",
        help="与 --printed 同用：重新打印的一张代替签过字的原件，“已签名”“已盖章”取消（内容改过的，不写也这样办）",
    )  # fmt: skip
    archive = visits.verb(
        "archive", "归档：问题办结、表格填全、纸质件有下落之后", run=_archive, show=_show_archived,
        example="jiafang visits archive 家访编号 --paper-at 党建办档案柜2026年卷",
    )  # fmt: skip
    archive.add_argument("--paper-at", metavar="TEXT", help="盖章的纸质件放在哪里（没有扫描件时要写）")
    attach = visits.verb(
        "attach", "附上盖章后的扫描件", run=_attach, show=_show_attached,
        example="jiafang visits attach 家访编号 扫描件.pdf",
    )  # fmt: skip
    for parser in (mark, archive, attach):
        parser.add_argument("id", metavar="ID", help="家访编号，见 visits list")
    attach.add_argument("file", metavar="FILE", help="JPG、PNG 或 PDF 文件")


def _mark(desk: Desk, args: argparse.Namespace) -> dict[str, Any]:
    from jiafang_desktop.services import visit_json, visits

    on = None if args.undo else inputs.day(args.on, option="--on") or clock.today()
    with desk.store() as store:
        visits.mark_paper(store, args.id, args.state, on=on, by=store.operator, new_sheet=args.new_sheet or None)
        visited_on = visits.show(store, args.id).content.date
        title = _STEPS[args.state]
        desk.warnings.extend(step_days.doubts(title, on, visited_on=visited_on, today=clock.today()))
        return {"id": args.id, "paper": visit_json.shown(store, args.id)["paper"]}


def _show_paper(answer: Mapping[str, Any], page: Page) -> None:
    page.facts(wording.paper_facts(answer["paper"]))


def _archive(desk: Desk, args: argparse.Namespace) -> dict[str, Any]:
    from jiafang_desktop.services import visit_json, visits

    with desk.store() as store:
        visits.archive(store, args.id, paper_at=args.paper_at, by=store.operator)
        shown = visit_json.shown(store, args.id)
        return {name: shown[name] for name in ("id", "number", "status", "archived_on", "paper")}


def _show_archived(answer: Mapping[str, Any], page: Page) -> None:
    page.say(f"序号{answer['number']}已归档，从此只能看；要改请用 visits correct。")


def _attach(desk: Desk, args: argparse.Namespace) -> dict[str, Any]:
    from jiafang_desktop.services import visits

    with desk.store() as store:
        kept = visits.attach(store, args.id, Path(args.file), by=store.operator, can_show=_can_show)
        return {"id": args.id, "sha256": str(kept)}


def _can_show(data: bytes) -> bool:
    """Whether a picture decodes, asked as the window asks; Qt is loaded once something begins like one."""
    from jiafang_desktop.paper import scan_images

    return scan_images.can_show(data)


def _show_attached(answer: Mapping[str, Any], page: Page) -> None:
    page.say("扫描件已加密存好。")
