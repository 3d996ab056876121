"""交接 and a leader's own visits on the command line."""

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
    from jiafang_desktop.cli.parser import Group


def add_to(group: Group) -> None:
    """``handover``: a verb of its own."""
    parser = group.verb(
        "handover", "交接：把在办事项和留存资料写成交接清单（Word）和未结事项（Excel）", run=_handover,
        show=_show_handover,
        example="jiafang handover --to 交接 --giver 王敏 --taker 李娟",
        note="密码、密码找回单和钥匙不写在里面，由双方当面交接。",
    )  # fmt: skip
    parser.add_argument("--to", required=True, metavar="DIR", help="写到哪个文件夹；没有的会新建")
    parser.add_argument("--giver", metavar="NAME", help="移交人；不写时是现在的经办人")
    parser.add_argument("--taker", metavar="NAME", help="接交人；不写时留空白")
    parser.add_argument("--witness", metavar="NAME", help="监交人；不写时留空白")
    parser.add_argument("--backup-at", metavar="TEXT", help="最近一次备份的存放处和日期；不写时用程序记下的")
    parser.add_argument("--replace", action="store_true", help="文件已存在时替换")


def _handover(desk: Desk, args: argparse.Namespace) -> dict[str, Any]:
    from jiafang_desktop.services import handover

    with desk.store() as store:
        parties = handover.Parties(args.giver or store.operator.name, args.taker, args.witness, args.backup_at)
        found, made = watched(handover.write(
            store, Path(args.to), parties=parties, renderer=desk.renderer, replace=args.replace
        ))  # fmt: skip
        return {"files": [str(path) for path in made], **handover.handover_json(found)}


def _show_handover(answer: Mapping[str, Any], page: Page) -> None:
    from jiafang_desktop.services.handover import TITLES

    page.files(answer["files"])
    page.facts([(TITLES[name], count) for name, count in answer["counts"].items()])
    page.say("密码、密码找回单和钥匙请当面交接，接交后随即更换密码。")


def add_leader(visits: Group) -> None:
    """``visits leader``."""
    parser = visits.verb(
        "leader", "领导个人家访情况：一位领导一年或历年去了哪些家", run=_leader, show=_show_leader,
        example="jiafang visits leader 钱永和 --year 2026 --to 家访情况.docx",
        note="同一姓名写有不同职务的，分开列出，不合并。",
    )  # fmt: skip
    parser.add_argument("name", metavar="NAME", help="家访领导姓名")
    parser.add_argument("--year", type=year, metavar="Y", help="年度；不写是历年")
    parser.add_argument("--post", metavar="TEXT", help="同名的人里，只列这个职务的")
    parser.add_argument("--to", metavar="F.docx|F.xlsx|F.pdf|F.png", help="写成文件；不写时只显示")
    parser.add_argument("--replace", action="store_true", help="文件已存在时替换")


def _leader(desk: Desk, args: argparse.Namespace) -> dict[str, Any]:
    from jiafang_desktop.services import leader_visits

    with desk.store() as store:
        found = leader_visits.read(store, args.name, year=args.year, post=args.post)
        answer = leader_visits.leader_json(store, found)
        if len(found.people) > 1:
            desk.warnings.append("同一姓名写有不同职务，分开列出，没有合并；是不是同一人请核对。")
        if args.to:
            made = leader_visits.write(
                store, Path(args.to), found, renderer=desk.renderer, replace=args.replace
            )  # fmt: skip
            answer |= {"file": str(made[0]), "files": [str(path) for path in made]}
        return answer


def _show_leader(answer: Mapping[str, Any], page: Page) -> None:
    from jiafang_desktop.services.leader_visits import FIGURES

    for one in answer["people"]:
        page.say(one["name"] + (f"（{one['post']}）" if one["post"] else ""))
        page.table(
            ["序号", "时间", "家访对象", "职务", "事由", "记录单"],
            [
                (
                    row["number"], row["date"], row["visitee"]["name"], row["visitee"]["post"], row["matter"],
                    row["paper"],
                ) for row in one["visits"]
            ],
            wide="事由",
        )  # fmt: skip
        page.say("，".join(f"{FIGURES[name]}{count}" for name, count in one["counts"].items()) + "。")
    page.files(answer.get("files", []))
