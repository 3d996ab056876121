"""组织督导情况 of a visit made for signs of trouble: ``guidance show|set``."""

from __future__ import annotations

import argparse
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from jiafang_desktop.cli import inputs, wording
from jiafang_desktop.cli.page import Page
from jiafang_desktop.domain.guidance import NAMES, NOTE

if TYPE_CHECKING:
    from jiafang_desktop.cli.desk import Desk
    from jiafang_desktop.cli.parser import Group


def add_to(group: Group) -> None:
    """Hang the verbs on the program."""
    guidance = group.chapter("guidance", "组织督导情况：群众反映有倾向性、苗头性问题的家访才有，凭权限查看")
    show = guidance.verb(
        "show", "显示一次家访的组织督导情况", run=_show_sheet, show=_show, example="jiafang guidance show 家访编号",
        note="没有权限的，只看得到自己填写的。",
    )  # fmt: skip
    keep = guidance.verb(
        "set", "填写或修改组织督导情况", run=_set, show=_show,
        example="jiafang guidance set 家访编号 --file 督导情况.json", note=NOTE,
    )  # fmt: skip
    for verb in (show, keep):
        verb.add_argument("visit", metavar="VISIT", help="家访编号，见 visits list")
    fields = "、".join(f"{name} {title}" for name, title in NAMES.items())
    keep.add_argument("--file", required=True, metavar="G.json", help=f"只写要改的栏目，null 清空：{fields}")


def _show_sheet(desk: Desk, args: argparse.Namespace) -> dict[str, Any]:
    from jiafang_desktop.services import guidance

    with desk.store() as store:
        return guidance.guidance_json(guidance.read(store, args.visit))


def _set(desk: Desk, args: argparse.Namespace) -> dict[str, Any]:
    from jiafang_desktop.services import guidance

    data = inputs.json_file(Path(args.file))
    with desk.store() as store:
        kept = guidance.write(store, args.visit, data, by=store.operator)
        desk.warnings.extend(kept.warnings)
        return guidance.guidance_json(kept.guidance)


def _show(answer: Mapping[str, Any], page: Page) -> None:
    texts = [(title, answer[name]) for name, title in NAMES.items()]
    page.facts(texts)
    if answer["restricted"]:
        page.say(wording.RESTRICTED)
    elif not any(text for _, text in texts):
        page.say("还没有填写。")
    page.say(NOTE)
