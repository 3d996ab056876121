"""Safety: ``check`` and ``password change|recover``."""

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
    """Hang the verbs on the program."""
    group.verb(
        "check", "核对全部数据：页校验、改动记录、各表是否与改动记录一致", run=_check, show=_show_check,
        example="jiafang check --json",
    )  # fmt: skip
    password = group.chapter("password", "更换密码，或用密码找回单另设密码")
    change = password.verb(
        "change", "更换密码", run=_change, show=_show_done,
        example="jiafang --password-file 旧密码.txt password change --new-password-file 新密码.txt",
    )  # fmt: skip
    change.add_argument("--new-password-file", required=True, metavar="F", help="新密码所在的文件")
    recover = password.verb(
        "recover", "忘记密码时，用密码找回单另设密码", run=_recover, show=_show_done,
        example="jiafang --password-file 新密码.txt password recover --recovery-key-file 找回单.txt",
        note="--password-file 里写新密码。",
    )  # fmt: skip
    recover.add_argument("--recovery-key-file", required=True, metavar="F", help="抄着密码找回单的文件")


def _check(desk: Desk, args: argparse.Namespace) -> dict[str, Any]:
    with desk.store() as store:
        report = watched(store.check())
    return {
        "ok": report.ok, "problems": [dict(problem) for problem in report.problems], "revisions": report.revisions,
        "rows_compared": report.rows_compared, "pages_authenticated": report.pages_authenticated,
    }  # fmt: skip


def _show_check(answer: Mapping[str, Any], page: Page) -> None:
    page.say(f"核对了{answer['revisions']}条改动记录、{answer['rows_compared']}行、{answer['pages_authenticated']}页。")
    page.say("全部一致。" if answer["ok"] else "有对不上的地方，请先不要再改，联系维护人员：")
    page.say(*(f"  {problem['message']}" for problem in answer["problems"]))


def _change(desk: Desk, args: argparse.Namespace) -> dict[str, Any]:
    from jiafang_desktop.services import session

    new = desk.secret(Path(args.new_password_file))
    with desk.store() as store:
        session.change_password(store, new)
        return {"changed": True, "install_id": store.installation.install_id}


def _recover(desk: Desk, args: argparse.Namespace) -> dict[str, Any]:
    from jiafang_desktop.services import session

    key = desk.secret(Path(args.recovery_key_file))
    session.recover(desk.folder, recovery_key=key, new_password=desk.password())
    return {"changed": True}


def _show_done(answer: Mapping[str, Any], page: Page) -> None:
    page.say("密码已更换，下次请用新密码。密码找回单仍然有效。")
