"""经办人: ``accounts add|list|disable|enable|rights``."""

from __future__ import annotations

import argparse
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from jiafang_desktop.cli.page import Page
from jiafang_desktop.domain.accounts import RIGHTS

if TYPE_CHECKING:
    from jiafang_desktop.cli.desk import Desk
    from jiafang_desktop.cli.parser import ChineseParser, Group
    from jiafang_desktop.services.session import Store

_RIGHT_HELP = "权限：sensitive 查看限制内容，approve 审批报送；可写多次"


def add_to(group: Group) -> None:
    """Hang the verbs on the program."""
    accounts = group.chapter("accounts", "经办人：各用各的密码，各有权限")
    add = accounts.verb(
        "add", "增加一位经办人", run=_add, show=_show_one,
        example="jiafang accounts add --name 李四 --new-password-file 李四的密码.txt --right approve",
        note="打开数据时用谁的密码，就记作是谁做的。",
    )  # fmt: skip
    add.add_argument("--name", required=True, metavar="NAME", help="经办人姓名")
    _new_password(add)
    _rights(add)
    accounts.verb("list", "列出全部经办人", run=_list, show=_show_list, example="jiafang accounts list")
    disable = accounts.verb(
        "disable", "停用一位经办人，他的密码不再能打开数据", run=_disable, show=_show_one,
        example="jiafang accounts disable 经办人编号",
        note="他登记过的内容都在，仍写他的名字。最后一位不能停用。",
    )  # fmt: skip
    enable = accounts.verb(
        "enable", "恢复停用的经办人，另设密码", run=_enable, show=_show_one,
        example="jiafang accounts enable 经办人编号 --new-password-file 新密码.txt",
    )  # fmt: skip
    rights = accounts.verb(
        "rights", "更改一位经办人的权限，要全部写出", run=_change_rights, show=_show_one,
        example="jiafang accounts rights 经办人编号 --right sensitive --right approve",
        note="一项也不写，就是一项权限也没有。",
    )  # fmt: skip
    for verb in (disable, enable, rights):
        verb.add_argument("id", metavar="ID", help="经办人编号，见 accounts list")
    _new_password(enable)
    _rights(rights)


def _new_password(parser: ChineseParser) -> None:
    parser.add_argument("--new-password-file", required=True, metavar="F", help="他的密码所在的文件")


def _rights(parser: ChineseParser) -> None:
    parser.add_argument("--right", action="append", choices=tuple(RIGHTS), default=[], help=_RIGHT_HELP)


def _add(desk: Desk, args: argparse.Namespace) -> dict[str, Any]:
    from jiafang_desktop.services import accounts

    password = desk.secret(Path(args.new_password_file))
    with desk.store() as store:
        added = accounts.add(store, args.name, password, args.right, by=store.operator)
        return _one(store, added.account.id)


def _list(desk: Desk, args: argparse.Namespace) -> dict[str, Any]:
    from jiafang_desktop.services import accounts

    with desk.store() as store:
        here = accounts.current(store)
        return {"accounts": [accounts.account_json(one, current=here) for one in accounts.listing(store)]}


def _disable(desk: Desk, args: argparse.Namespace) -> dict[str, Any]:
    from jiafang_desktop.services import accounts

    with desk.store() as store:
        accounts.disable(store, args.id, by=store.operator)
        return _one(store, args.id)


def _enable(desk: Desk, args: argparse.Namespace) -> dict[str, Any]:
    from jiafang_desktop.services import accounts

    password = desk.secret(Path(args.new_password_file))
    with desk.store() as store:
        accounts.enable(store, args.id, password, by=store.operator)
        return _one(store, args.id)


def _change_rights(desk: Desk, args: argparse.Namespace) -> dict[str, Any]:
    from jiafang_desktop.services import accounts

    with desk.store() as store:
        accounts.set_rights(store, args.id, args.right, by=store.operator)
        return _one(store, args.id)


def _one(store: Store, account_id: str) -> dict[str, Any]:
    from jiafang_desktop.services import accounts

    here = accounts.current(store)
    return next(accounts.account_json(one, current=here) for one in accounts.listing(store) if one.id == account_id)


def _show_one(answer: Mapping[str, Any], page: Page) -> None:
    state = "已停用" if answer["disabled"] else "可以使用"
    page.say(f"{answer['name']}：{state}，权限：{_named(answer['rights'])}，编号 {answer['id']}。")


def _show_list(answer: Mapping[str, Any], page: Page) -> None:
    page.table(
        ["经办人", "权限", "状态", "", "编号"],
        [
            (
                one["name"], _named(one["rights"]), "已停用" if one["disabled"] else "使用中",
                "本人" if one["current"] else "", one["id"],
            ) for one in answer["accounts"]
        ],
    )  # fmt: skip


def _named(rights: list[str]) -> str:
    return "、".join(RIGHTS[right] for right in rights) or "一般"
