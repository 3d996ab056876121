"""Papers beside the two forms: ``forms batch``, ``forms previsit``, ``forms signing``, ``forms yearbook``."""

from __future__ import annotations

import argparse
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from jiafang_desktop.cli.page import Page
from jiafang_desktop.cli.parser import year
from jiafang_desktop.cli.progress import watched

if TYPE_CHECKING:
    from jiafang_desktop.cli.desk import Desk
    from jiafang_desktop.cli.parser import ChineseParser, Group

_HERE = "写到哪个文件（docx、pdf、png）；不写时在当前文件夹里写成PDF，不覆盖已有的文件"


def add_to(forms: Group) -> None:
    """Hang the verbs on ``forms``."""
    batch = forms.verb(
        "batch", "把一年或一个季度的记录单写成一个文件，或一个文件夹", run=_batch, show=_show_batch,
        example="jiafang forms batch --year 2026 --quarter 3 --to 三季度记录单.pdf",
        note="一个文件里每份记录单都从正面开始，必要时空出背面；写到文件夹时一份一个Word文件。",
    )  # fmt: skip
    batch.add_argument("--year", type=year, required=True, metavar="Y", help="年度")
    batch.add_argument("--quarter", type=int, choices=(1, 2, 3, 4), help="只写一个季度")
    batch.add_argument("--unit", metavar="NAME", help="哪个单位的（县级版）")
    previsit = forms.verb(
        "previsit", "家访前一页纸：家访对象的情况和看谈听访的提示，用后收回", run=_previsit, show=_show_previsit,
        example="jiafang forms previsit 家访编号 --to 一页纸.pdf",
        note="家访编号之外，也可以写计划编号、诉求编号或干部编号。",
    )  # fmt: skip
    previsit.add_argument("id", metavar="ID", help="家访编号（或计划编号、诉求编号、干部编号）")
    signing = forms.verb(
        "signing", "待签字清单：等候一位领导签名的记录单", run=_signing, show=_show_signing,
        example="jiafang forms signing --leader 钱永和 --to 待签字.docx",
    )  # fmt: skip
    signing.add_argument("--leader", metavar="NAME", help="哪位家访领导；不写时每位领导一页")
    yearbook = forms.verb(
        "yearbook", "年度装订：封面、目录、台账、记录单和缺项清单，写成一个PDF", run=_yearbook, show=_show_yearbook,
        example="jiafang forms yearbook --year 2026 --to 2026年度装订.pdf",
    )  # fmt: skip
    yearbook.add_argument("--year", type=year, required=True, metavar="Y", help="年度")
    for parser, metavar in ((batch, "F.docx|F.pdf|DIR"), (yearbook, "F.pdf")):
        _target(parser, metavar, required=True, words="写到哪里；没有的文件夹会新建")
    for parser in (previsit, signing):
        _target(parser, "F.docx|F.pdf|F.png", required=False, words=_HERE)


def _target(parser: ChineseParser, metavar: str, *, required: bool, words: str) -> None:
    parser.add_argument("--to", required=required, metavar=metavar, help=words)
    parser.add_argument("--replace", action="store_true", help="文件已存在时替换")


def _place(args: argparse.Namespace, name: str) -> Path:
    """Where the contract names no target, the folder the program was called in has the file."""
    from jiafang_desktop.services import reports

    return Path(args.to) if args.to else reports.free_target(Path.cwd(), f"{name}.pdf")


def _batch(desk: Desk, args: argparse.Namespace) -> dict[str, Any]:
    from jiafang_desktop.services import form_batches

    with desk.store() as store:
        return watched(form_batches.write(
            store, Path(args.to), year=args.year, quarter=args.quarter, unit=args.unit, renderer=desk.renderer,
            by=store.operator, replace=args.replace,
        )).as_json()  # fmt: skip


def _show_batch(answer: Mapping[str, Any], page: Page) -> None:
    page.files(answer["files"])
    page.say(f"记录单{answer['records']}份，共{answer['pages']}页（含空白背面）。")


def _previsit(desk: Desk, args: argparse.Namespace) -> dict[str, Any]:
    from jiafang_desktop.services import previsit

    with desk.store() as store:
        written = previsit.write(
            store, args.id, _place(args, previsit.NAME), renderer=desk.renderer, replace=args.replace
        )
        if written.withheld:
            desk.warnings.append(f"另有{written.withheld}项情况没有印在纸上，请当面告诉家访领导。")
        names = [str(path) for path in written.files]
        return {"file": names[0], "files": names, "withheld": written.withheld}


def _show_previsit(answer: Mapping[str, Any], page: Page) -> None:
    page.files(answer["files"])
    page.say("用后请收回。")


def _signing(desk: Desk, args: argparse.Namespace) -> dict[str, Any]:
    from jiafang_desktop.services import signing

    with desk.store() as store:
        written = signing.write(
            store, _place(args, signing.NAME), leader=args.leader, renderer=desk.renderer, replace=args.replace
        )
        if not written.records and args.leader:
            desk.warnings.append(f"没有等候“{args.leader}”签字的记录单，请核对姓名。")
        names = [str(path) for path in written.files]
        lists = signing.waiting(store, leader=args.leader)
        return {
            "file": names[0], "files": names, "records": written.records,
            "leaders": [
                {"name": one.leader, "post": one.post, "visits": [visit.id for visit in one.visits]} for one in lists
            ],
        }  # fmt: skip


def _show_signing(answer: Mapping[str, Any], page: Page) -> None:
    page.files(answer["files"])
    page.say(f"等候签字{answer['records']}份。")


def _yearbook(desk: Desk, args: argparse.Namespace) -> dict[str, Any]:
    from jiafang_desktop.services import yearbook

    with desk.store() as store:
        return watched(yearbook.write(
            store, Path(args.to), year=args.year, renderer=desk.renderer, replace=args.replace
        )).as_json()  # fmt: skip


def _show_yearbook(answer: Mapping[str, Any], page: Page) -> None:
    page.files(answer["files"])
    page.say(f"共{answer['pages']}页，记录单{answer['records']}份，缺项{answer['missing']}项。")
