"""送审稿 on the command line: ``forms review``."""

from __future__ import annotations

import argparse
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from jiafang_desktop.cli.page import Page
from jiafang_desktop.cli.parser import year
from jiafang_desktop.common.errors import UserError

if TYPE_CHECKING:
    from jiafang_desktop.cli.desk import Desk
    from jiafang_desktop.cli.parser import Group


def add_to(forms: Group) -> None:
    """Hang the verb on ``forms``."""
    review = forms.verb(
        "review", "送审稿：一份记录单，或一个季度的总结，给领导审阅", run=_review, show=_show,
        example="jiafang forms review 家访编号 --to 送审稿.pdf",
        note="表外标明“送审稿”；不算打印，不固定版面，没有签名和核对码，限制知悉的内容只写有几项。"
        "写总结时用 --year 和 --quarter，存成 pdf 或 png。",
    )  # fmt: skip
    review.add_argument("id", metavar="ID", nargs="?", help="家访编号，见 visits list")
    review.add_argument("--year", type=year, metavar="Y", help="写季度总结的送审稿：年度")
    review.add_argument("--quarter", type=int, choices=(1, 2, 3, 4), help="季度")
    review.add_argument("--to", required=True, metavar="F.docx|F.pdf|F.png", help="写到哪个文件；没有的文件夹会新建")
    review.add_argument("--replace", action="store_true", help="文件已存在时替换")


def _review(desk: Desk, args: argparse.Namespace) -> dict[str, Any]:
    from jiafang_desktop.services import forms, review_drafts, visits

    of_quarter = args.year is not None and args.quarter is not None
    if (args.id is None) != of_quarter or (args.id is not None and args.quarter is not None):
        raise UserError(
            "bad_input", "没有说清楚要哪一份送审稿。", hint="请写家访编号，或者写 --year 和 --quarter，二选一。",
            details={"field": "id"},
        )  # fmt: skip
    with desk.store() as store:
        if of_quarter:
            written = review_drafts.write_summary(
                store, Path(args.to), year=args.year, quarter=args.quarter, renderer=desk.renderer,
                replace=args.replace,
            )  # fmt: skip
        else:
            written = review_drafts.write(
                store, visits.show(store, args.id), Path(args.to), renderer=desk.renderer, replace=args.replace
            )
        if written.missing:
            desk.warnings.append(forms.missing_words(written.missing))
        return written.as_json()


def _show(answer: Mapping[str, Any], page: Page) -> None:
    page.files(answer["files"])
    kept = f"另有限制知悉内容{answer['withheld']}项，不随稿。" if answer["withheld"] else ""
    page.say(f"送审稿共{answer['pages']}页。{kept}")
