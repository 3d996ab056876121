"""The way out: ``export --all``."""

from __future__ import annotations

import argparse
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from jiafang_desktop.cli.page import Page
from jiafang_desktop.cli.progress import watched

if TYPE_CHECKING:
    from jiafang_desktop.cli.desk import Desk
    from jiafang_desktop.cli.parser import Group


def add_to(group: Group) -> None:
    """Hang the verb on the program."""
    export = group.verb(
        "export", "导出全部资料：Excel、JSON和扫描件", run=_export, show=_show_export,
        example="jiafang export --all --to 导出",
        note="导出的是没有加密的文件，请妥善保管；本账户看不到的限制内容不导出。",
    )  # fmt: skip
    export.add_argument(
        "--all", action="store_true", required=True, help="全部：家访、问题、干部、诉求、会议和修改记录"
    )
    export.add_argument("--to", required=True, metavar="DIR", help="写到哪个文件夹，没有时新建")
    export.add_argument("--replace", action="store_true", help="文件已存在时替换")


def _export(desk: Desk, args: argparse.Namespace) -> dict[str, Any]:
    from jiafang_desktop.services import export_all

    with desk.store() as store:
        made = watched(export_all.write(store, Path(args.to), replace=args.replace))
        names = [str(path) for path in made]
        return {"file": names[0], "files": names}


def _show_export(answer: Mapping[str, Any], page: Page) -> None:
    page.files(answer["files"])
    page.say("这些文件没有加密，请妥善保管。")
