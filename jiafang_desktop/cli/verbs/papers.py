"""Papers: ``forms record``, ``forms ledger``, ``forms fit``, ``forms verify``."""

from __future__ import annotations

import argparse
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from jiafang_desktop.cli.page import Page
from jiafang_desktop.cli.parser import year
from jiafang_desktop.cli.verbs import paper_lists, review, templates

if TYPE_CHECKING:
    from jiafang_desktop.cli.desk import Desk
    from jiafang_desktop.cli.parser import ChineseParser, Group


def add_to(group: Group) -> None:
    """Hang the verbs on the program."""
    forms = group.chapter("forms", "两种官方表单：记录单和台账")
    record = forms.verb(
        "record", "写出一份记录单（附件2）", run=_record, show=_show_written,
        example="jiafang forms record 家访编号 --to 表单/记录单.pdf",
        note="按扩展名写成 docx、pdf 或 png；多页的 png 依次为 F.png、F-2.png。只写文件，不标记“已打印”。",
    )  # fmt: skip
    record.add_argument("id", metavar="ID", help="家访编号，见 visits list")
    _target(record, "F.docx|F.pdf|F.png")
    record.add_argument(
        "--template", metavar="NAME", help="用采用过的本县表单（见 forms templates）；“内置”是程序自带的"
    )
    record.add_argument("--overprint", choices=("resolution",), help="套打：只印“家访问题解决情况”，印在已签字的原件上")
    ledger = forms.verb(
        "ledger", "写出台账（附件1）", run=_ledger, show=_show_written,
        example="jiafang forms ledger --year 2026 --quarter 3 --to 表单/台账.docx",
        note="按扩展名写成 docx、pdf 或 xlsx。",
    )  # fmt: skip
    ledger.add_argument("--year", type=year, required=True, metavar="Y", help="年度")
    ledger.add_argument("--quarter", type=int, choices=(1, 2, 3, 4), help="只列一个季度")
    ledger.add_argument(
        "--variant", choices=("matrix", "plain"), help="matrix 首格分“内容╲时间”，plain 八列；不写时按本单位的设置"
    )
    ledger.add_argument("--unit", metavar="NAME", help="哪个单位的台账（县级版）；不写时是本单位")
    ledger.add_argument("--include-void", action="store_true", help="把作废的序号也印上")
    _target(ledger, "F.docx|F.pdf|F.xlsx")
    fit = forms.verb(
        "fit", "看一份记录单排得下排不下", run=_fit, show=_show_fit, example="jiafang forms fit 家访编号",
    )  # fmt: skip
    fit.add_argument("id", metavar="ID", help="家访编号，见 visits list")
    paper_lists.add_to(forms)
    review.add_to(forms)
    templates.add_to(forms)
    verify = forms.verb(
        "verify", "核对一份纸质件与现在登记的是否一致", run=_verify, show=_show_verdict,
        example="jiafang forms verify 2A3B4C5D6E",
        note="给出纸面上的核对码，或者本程序写出的单份记录单（.docx、.pdf）；说明是哪一次打印的、哪些格不同。",
    )  # fmt: skip
    verify.add_argument("paper", metavar="FILE|CODE", help="文件，或10位核对码（空格、短横、大小写不影响）")


def _target(parser: ChineseParser, metavar: str) -> None:
    parser.add_argument("--to", required=True, metavar=metavar, help="写到哪个文件；没有的文件夹会新建")
    parser.add_argument("--replace", action="store_true", help="文件已存在时替换")


def _record(desk: Desk, args: argparse.Namespace) -> dict[str, Any]:
    from jiafang_desktop.services import forms
    from jiafang_desktop.services import templates as own_forms

    with desk.store() as store:
        kept = own_forms.for_record(store, args.template, Path(args.to), overprint=args.overprint)
        if kept is not None:
            desk.warnings.append(own_forms.IN_WORD)
            return own_forms.write_record(store, args.id, Path(args.to), kept, by=store.operator, replace=args.replace)
        written = forms.write_record(
            store, args.id, Path(args.to), renderer=desk.renderer, by=store.operator, replace=args.replace,
            overprint=args.overprint,
        )  # fmt: skip
        if written.missing:
            desk.warnings.append(forms.missing_words(written.missing))
        return written.as_json()


def _ledger(desk: Desk, args: argparse.Namespace) -> dict[str, Any]:
    from jiafang_desktop.services import ledgers

    with desk.store() as store:
        return dict(ledgers.write(
            store, Path(args.to), renderer=desk.renderer, year=args.year, quarter=args.quarter, variant=args.variant,
            unit=args.unit, include_void=args.include_void, replace=args.replace,
        ))  # fmt: skip


def _show_written(answer: Mapping[str, Any], page: Page) -> None:
    page.files(answer["files"])
    if "rows" in answer:
        page.say(f"台账{answer['rows']}条，共{answer['pages']}页。")
        return
    if answer["pages"] is None:
        return
    page.say(f"共{answer['pages']}页，正文{answer['font_pt']}磅。" + ("有续页。" if answer["continuation"] else ""))


def _fit(desk: Desk, args: argparse.Namespace) -> dict[str, Any]:
    from jiafang_desktop.services import forms

    with desk.store() as store:
        return dict(forms.fit(store, args.id))


def _show_fit(answer: Mapping[str, Any], page: Page) -> None:
    page.say(f"共{answer['pages']}页，正文{answer['font_pt']}磅。")
    if answer["continuation"]:
        page.say(f"一页排不下，有{answer['overflow_characters']}个字转到续页。")


def _verify(desk: Desk, args: argparse.Namespace) -> dict[str, Any]:
    from jiafang_desktop.services import verification

    with desk.store() as store:
        return verification.verify(store, args.paper).as_json()


def _show_verdict(answer: Mapping[str, Any], page: Page) -> None:
    page.say(answer["message"])
    for one in answer["differences"]:
        paper = "（只有核对码，看不出原来的文字）" if one["paper"] is None else one["paper"] or "（空着）"
        page.say(f"{one['title']}：纸面上是 {paper}；现在是 {one['stored'] or '（空着）'}")
