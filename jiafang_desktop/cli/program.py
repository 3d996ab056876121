"""All verbs of the program, gathered from their chapters."""

from __future__ import annotations

from dataclasses import dataclass

from jiafang_desktop.cli.parser import ChineseParser, Group, add_common
from jiafang_desktop.cli.verbs import (
    accounts,
    backups,
    concerns,
    export,
    guidance,
    handover,
    papers,
    plans,
    problems,
    rosters,
    rules,
    safety,
    setup,
    summaries,
    visits,
)

SUMMARY = "领导干部家访台账：命令行。与窗口用同一份数据、同一套办理规则。"
STATUSES = "退出状态：0 完成；2 命令写错；3 不予办理（没有改动）；4 已锁、密码错或正被占用；5 数据已损坏；70 程序故障。"


@dataclass(frozen=True)
class Program:
    """The whole parser, and each verb's own parser by its words."""

    parser: ChineseParser
    leaves: dict[str, ChineseParser]


def build() -> Program:
    """The parser with every verb that exists."""
    parser = ChineseParser(prog="jiafang", description=SUMMARY, epilog=STATUSES)
    add_common(parser, top=True)
    parser.add_argument("--version", action="store_true", help="显示版本")
    leaves: dict[str, ChineseParser] = {}
    top = Group(parser, path="", leaves=leaves)
    for chapter in (
        setup, rosters, concerns, visits, plans, problems, guidance, papers, summaries, rules, backups, safety,
        accounts, handover, export,
    ):  # fmt: skip
        chapter.add_to(top)
    return Program(parser, leaves)
