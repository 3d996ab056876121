"""Backups: ``backup now|list|verify|restore``. Verifying and restoring need no data folder, only the file."""

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
    from jiafang_desktop.services.backups import Backup

_KINDS = {"own": "数据文件夹", "second": "第二处"}


def add_to(group: Group) -> None:
    """Hang the verbs on the program."""
    backup = group.chapter("backup", "备份：立即备份、查看、核对、恢复到新文件夹")
    now = backup.verb(
        "now", "立即备份，并由另一个进程读回核对", run=_now, show=_show_now,
        example="jiafang backup now --to E:\\家访备份",
        note="不写 --to 时放在数据文件夹的“备份”里；设了第二处的，再放一份到第二处。\n"
        "扫描件放在旁边的 blobs 里，拷贝时要一起带上。",
    )  # fmt: skip
    now.add_argument("--to", metavar="DIR", help="放备份的文件夹，没有时新建")
    backup.verb("list", "列出已有的备份", run=_list, show=_show_list, example="jiafang backup list")
    verify = backup.verb(
        "verify", "核对一份备份：逐字节、逐页、逐条，连同扫描件", run=_verify, show=_show_verify,
        example="jiafang --password-file 密码.txt backup verify 家访备份_20261124-154200_a1b2c3.jfbak",
        note="密码文件里写做备份那时的密码；不需要 --data。核对不过时退出状态为5。",
    )  # fmt: skip
    verify.add_argument("file", metavar="FILE", help="备份文件（.jfbak）")
    restore = backup.verb(
        "restore", "把备份恢复到一个新文件夹", run=_restore, show=_show_restore,
        example="jiafang --password-file 密码.txt backup restore 家访备份_20261124-154200_a1b2c3.jfbak --into 恢复",
        note="密码文件里写做备份那时的密码；用密码找回单恢复时写新密码。不需要 --data，已有的数据不会被覆盖。",
    )  # fmt: skip
    restore.add_argument("file", metavar="FILE", help="备份文件（.jfbak）")
    restore.add_argument("--into", required=True, metavar="NEWDIR", help="新的数据文件夹，要是空的或还没有的")
    restore.add_argument("--recovery-key-file", metavar="F", help="抄着密码找回单的文件（忘了密码时）")


def _now(desk: Desk, args: argparse.Namespace) -> dict[str, Any]:
    from jiafang_desktop.services import backups

    with desk.store() as store:
        made = watched(backups.now(store, to=Path(args.to) if args.to is not None else None))
    facts, verdict = made.written.facts, made.verdict
    if facts.missing:
        desk.warnings.append(f"有{len(facts.missing)}份扫描件在数据里已经找不到，备份里也没有。")
    if made.second_refused is not None:
        desk.warnings.append(made.second_refused.message)
    return {
        "ok": made.holds, "file": str(facts.path), "sha256": made.written.sha256, "verified": made.holds,
        "records": facts.records, "revisions": facts.revisions, "scans": len(facts.blobs),
        "missing_scans": list(facts.missing), "problems": list(verdict.problems) if verdict is not None else [],
        "second": str(made.second.facts.path) if made.second is not None else None,
    }  # fmt: skip


def _show_now(answer: Mapping[str, Any], page: Page) -> None:
    page.files([answer["file"], *([answer["second"]] if answer["second"] else [])])
    page.say(f"{answer['records']}条记录、{answer['scans']}份扫描件。")
    page.say("已读回核对，完好。" if answer["verified"] else "读回核对不过，这份备份不能用：")
    page.say(*(f"  {problem}" for problem in answer["problems"]))


def _list(desk: Desk, args: argparse.Namespace) -> dict[str, Any]:
    from jiafang_desktop.services import backups

    with desk.store() as store:
        known, found = backups.last(store), backups.listing(store)
    return {
        "backups": [_as_json(one) for one in found], "place": str(known.own_place),
        "second_place": str(known.second_place) if known.second_place is not None else None, "changed": known.changed,
    }  # fmt: skip


def _as_json(one: Backup) -> dict[str, Any]:
    return {
        "file": str(one.path), "place": one.kind, "made_at": one.made_at.isoformat(), "records": one.records,
        "scans": one.scans, "bytes": one.size, "verified": one.proven_at is not None,
        "verified_at": one.proven_at.isoformat() if one.proven_at is not None else None, "problem": one.problem,
    }  # fmt: skip


def _show_list(answer: Mapping[str, Any], page: Page) -> None:
    if not answer["backups"]:
        page.say("还没有备份。")
    page.table(
        ("时间", "放在", "记录", "扫描件", "核对", "文件"),
        [(one["made_at"][:16].replace("T", " "), _KINDS[one["place"]], one["records"], one["scans"],
          one["problem"] or ("完好" if one["verified"] else "还没有核对"), one["file"]) for one in answer["backups"]],
        wide="文件",
    )  # fmt: skip
    page.say(f"第二处：{answer['second_place'] or '没有设'}")


def _verify(desk: Desk, args: argparse.Namespace) -> dict[str, Any]:
    from jiafang_desktop.services import backup_restore

    verdict = watched(backup_restore.verify(Path(args.file), password=desk.password()))
    return {
        "ok": verdict.holds, "file": str(Path(args.file).absolute()), "verified": verdict.holds,
        "records": verdict.records, "revisions": verdict.revisions, "pages_authenticated": verdict.pages,
        "scans": verdict.scans, "missing_scans": list(verdict.missing_scans), "problems": list(verdict.problems),
    }  # fmt: skip


def _show_verify(answer: Mapping[str, Any], page: Page) -> None:
    page.say(
        f"核对了{answer['pages_authenticated']}页、{answer['revisions']}条改动记录、{answer['records']}条记录、"
        f"{answer['scans']}份扫描件。"
    )
    page.say("完好，可以用来恢复。" if answer["ok"] else "有对不上的地方：")
    page.say(*(f"  {problem}" for problem in answer["problems"]))


def _restore(desk: Desk, args: argparse.Namespace) -> dict[str, Any]:
    from jiafang_desktop.services import backup_restore

    key = desk.secret(Path(args.recovery_key_file)) if args.recovery_key_file is not None else None
    restored = watched(
        backup_restore.restore(Path(args.file), Path(args.into), password=desk.password(), recovery_key=key)
    )
    if restored.missing_scans:
        desk.warnings.append(f"有{len(restored.missing_scans)}份扫描件没能恢复，要从别的备份取或重新扫描。")
    return {
        "records": restored.records, "verified": restored.verified, "folder": str(restored.folder),
        "install_id": restored.install_id, "missing_scans": list(restored.missing_scans),
    }  # fmt: skip


def _show_restore(answer: Mapping[str, Any], page: Page) -> None:
    page.say(f"已恢复{answer['records']}条记录到“{answer['folder']}”，逐条核对过，完好。")
    page.say("这份数据换用新的安装编号；原来那份如还在使用，请不要两边同时登记。")
