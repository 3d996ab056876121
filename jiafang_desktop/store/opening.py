"""Making, opening and recovering a data folder: lock, vault, database, migrations, copies noticed, in that order.

What can be done with an open store stands in store.
"""

from __future__ import annotations

import contextlib
import errno
import json
from collections.abc import Iterator
from dataclasses import asdict, dataclass, replace
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from jiafang_desktop.common.errors import UserError
from jiafang_desktop.domain.changes import Edit, Operator, new_record_id
from jiafang_desktop.domain.units import Installation
from jiafang_desktop.store import accounts, index_version, marks, migrations, passwords
from jiafang_desktop.store.engine import DATABASE_NAME, Engine, damaged
from jiafang_desktop.store.files import refusal, sync_folder, write_durably
from jiafang_desktop.store.locking import FolderLock
from jiafang_desktop.store.position import Position
from jiafang_desktop.store.second_life import second_life
from jiafang_desktop.store.vault import COPY_NAME, VAULT_NAME, Vault

if TYPE_CHECKING:
    from jiafang_desktop.store.log import Log

OWN_SIDE = "own"


@dataclass
class Opened:
    """The parts of an open data folder."""

    folder: Path
    lock: FolderLock
    engine: Engine
    position: Position
    data_key: bytes
    vault: Vault
    marks: marks.FolderMarks
    installation: Installation
    operator: Operator
    read_only: bool
    newer: bool
    warnings: tuple[str, ...]

    @cached_property
    def log(self) -> Log:
        """Loaded when it is first written or asked: a window shows before."""
        return _log(self.engine, self.installation)


# Lies in the folder while it is being made: a power cut then leaves nothing that looks like somebody's data.
UNFINISHED = "新建未完成"


def exists(folder: Path) -> bool:
    """Whether a data folder's vault or database lies here, other than one that was never finished."""
    return not (folder / UNFINISHED).exists() and _anything(folder)


def _anything(folder: Path) -> bool:
    return Vault.exists(folder) or (folder / DATABASE_NAME).exists()


def create(folder: Path, *, password: str, installation: Installation, operator_name: str) -> tuple[Opened, str]:
    """Make a data folder; see ``Store.create``."""
    passwords.require_strong(password)
    if not operator_name.strip():
        raise UserError("bad_input", "没有填经办人姓名。", hint="请填写经办人。", details={"field": "operator"})
    if not installation.unit.strip():
        raise UserError("bad_input", "没有填单位名称。", hint="请填写单位名称。", details={"field": "unit"})
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise refusal(error, folder) from error
    with _locked(folder) as lock:
        if lock.read_only:
            raise UserError("not_writable", f"文件夹“{folder}”不能写入。", hint="请换一个能写入的文件夹。")
        if exists(folder):
            raise UserError(
                "file_exists", f"“{folder}”里已经有家访数据，没有新建。", hint="请直接打开它，或另选一个空文件夹。"
            )
        _sweep(folder)
        operator = Operator(new_record_id(), operator_name.strip())
        vault, data_key, printed = Vault.make(account=operator.id, password=password)
        try:
            write_durably(folder / UNFINISHED, b"")
            _make_database(folder, data_key, installation)
            vault.write(folder)
            opened = _finished(open_parts(folder, lock, vault, data_key, operator.id), operator)
        except BaseException:
            # Nothing half made stays: all of it was made just now, and nobody has put anything in.
            _sweep(folder)
            raise
    return opened, printed


def _finished(opened: Opened, operator: Operator) -> Opened:
    """The operator's name as the log's first revision; then the folder is somebody's."""
    try:
        named = Edit("operator", f"operator:{operator.id}", {"name": operator.name})
        opened.log.append([named], by=operator)
        opened.operator = operator
        opened.position = Position.read(opened.engine, opened.installation.install_id)
        (opened.folder / UNFINISHED).unlink()
        sync_folder(opened.folder)
    except BaseException:
        opened.engine.close()
        raise
    return opened


def _sweep(folder: Path) -> None:
    """Take away a folder's content that was never finished, its mark last."""
    for name in (DATABASE_NAME, DATABASE_NAME + "-journal", VAULT_NAME, COPY_NAME, UNFINISHED):
        (folder / name).unlink(missing_ok=True)


def _make_database(folder: Path, data_key: bytes, installation: Installation) -> None:
    """A complete database beside, then in place."""
    beside = folder / (DATABASE_NAME + ".new")
    beside.unlink(missing_ok=True)
    try:
        engine = Engine(beside, data_key)
        try:
            migrations.apply_steps(engine)
            with engine.transaction():
                _settle_install(engine, installation, marks.machine_mark())
                index_version.mark(engine)
        finally:
            engine.close()
        beside.replace(folder / DATABASE_NAME)
        sync_folder(folder)
    except OSError as error:
        raise refusal(error, folder) from error
    finally:
        for leftover in (beside, beside.with_name(beside.name + "-journal")):
            leftover.unlink(missing_ok=True)


def _settle_install(engine: Engine, installation: Installation, machine: str | None) -> None:
    engine.run("INSERT OR REPLACE INTO install VALUES (?, ?)", (installation.install_id, OWN_SIDE))
    values = {"installation": json.dumps(asdict(installation), ensure_ascii=False), "machine": machine or ""}
    engine.many("INSERT OR REPLACE INTO meta VALUES (?, ?)", values.items())


def open_folder(folder: Path, *, password: str) -> Opened:
    """Open a data folder; see ``Store.open``."""
    _require_there(folder)
    with _locked(folder) as lock:
        vault = Vault.read(folder)
        seen = marks.FolderMarks(vault.folder_id)
        passwords.require_patience(seen)
        found = vault.unlock(password)
        if found is None:
            raise passwords.refused(seen)
        opened = open_parts(folder, lock, vault, *found)
        if not _let_in(opened):
            opened.engine.close()
            raise passwords.refused(seen)
        opened.marks.set_failures(0)
        return opened


def recover(folder: Path, *, recovery_key: str, new_password: str) -> None:
    """Set a new password by the recovery key; see ``Store.recover``."""
    _require_there(folder)
    passwords.require_strong(new_password)
    with _locked(folder, keep=False) as lock:
        vault = Vault.read(folder)
        data_key, account = vault.unlock_recovery(recovery_key)
        accounts.require_unlike(vault, account, new_password)
        if lock.read_only:
            raise UserError("not_writable", f"文件夹“{folder}”不能写入，密码没有改。", hint="请复制到本机硬盘后再试。")
        if _is_put_out(folder, data_key, account):
            vault = _let_in_again(open_parts(folder, lock, vault, data_key, account))
        vault.with_password(data_key, account=account, password=new_password).write(folder)
        marks.FolderMarks(vault.folder_id).set_failures(0)


def _is_put_out(folder: Path, data_key: bytes, account: str) -> bool:
    try:
        engine = Engine(folder / DATABASE_NAME, data_key, read_only=True)
    except UserError:  # a password is set anew whatever became of the database; opening it says so
        return False
    try:
        return account in accounts.put_out(engine)
    finally:
        engine.close()


def _let_in_again(opened: Opened) -> Vault:
    """The recovery key counts for more than an account's being disabled, or an office could lock itself out."""
    try:
        if not opened.read_only:
            opened.log.append([accounts.let_in_again(opened.operator.id)], by=opened.operator)
        return opened.vault
    finally:
        opened.engine.close()


def _let_in(opened: Opened) -> bool:
    """Whether the log agrees that this account is in use; slots it does not agree to are taken away."""
    vault = opened.vault
    out = accounts.put_out(opened.engine) & vault.accounts
    if opened.operator.id in out:
        return False
    if out and not opened.read_only:
        opened.vault = vault.without_passwords(out)
        opened.vault.write(opened.folder)
    return True


def _require_there(folder: Path) -> None:
    if not exists(folder):
        raise UserError("not_found", f"“{folder}”里没有家访数据。", hint="请选择数据所在的文件夹，或新建一份。")
    if not Vault.exists(folder):
        raise UserError(
            "damaged", "密码文件 vault.json 不见了，不能打开。", hint="请用最近的备份恢复；不要删除这个文件夹。"
        )


@contextlib.contextmanager
def _locked(folder: Path, *, keep: bool = True) -> Iterator[FolderLock]:
    """The folder's lock, let go on an error, or always where it is not kept."""
    lock = FolderLock.take(folder)
    try:
        yield lock
    except BaseException:
        lock.release()
        raise
    if not keep:
        lock.release()


def open_parts(
    folder: Path, lock: FolderLock, vault: Vault, data_key: bytes, account: str, *, fresh: bool = False
) -> Opened:  # fmt: skip
    """The parts of a folder whose lock is held and whose key is known, brought up to date.

    ``fresh``: just put there, so that what a migration changes lies elsewhere already.
    """
    path = folder / DATABASE_NAME
    if not path.exists() or path.stat().st_size == 0:
        raise damaged()
    read_only = lock.read_only or not _takes_writes(path)
    if read_only and (folder / (DATABASE_NAME + "-journal")).exists() and _size(folder / (DATABASE_NAME + "-journal")):
        raise UserError(
            "read_only", "上次没有正常退出，需要先整理数据，而这个文件夹是只读的。",
            hint="请把整个文件夹复制到本机硬盘，再从那里打开。",
        )  # fmt: skip
    engine = Engine(path, data_key, read_only=read_only)
    try:
        newer = engine.schema > migrations.LATEST
        if engine.schema < migrations.LATEST and not read_only:
            if not fresh:
                from jiafang_desktop.store import backup

                backup.before_migration(engine, folder, vault, data_key, install=_installation(engine).install_id)
            engine.close()
            migrations.migrate_copy(path, data_key)
            engine = Engine(path, data_key)
        return _settled(folder, lock, engine, vault, data_key, account, read_only=read_only or newer, newer=newer)
    except BaseException:
        engine.close()
        raise


def _settled(
    folder: Path, lock: FolderLock, engine: Engine, vault: Vault, data_key: bytes, account: str, *, read_only: bool,
    newer: bool,
) -> Opened:  # fmt: skip
    installation = _installation(engine)
    warnings: list[str] = []
    if newer:
        warnings.append("这份数据由更新版本的程序写成，现在只能查看；请升级程序后再修改。")
    elif read_only:
        warnings.append("数据文件夹是只读的，只能查看，不能保存。")
    position = Position.read(engine, installation.install_id)
    if not read_only:
        vault.repair(folder)
        why = second_life(folder, engine, vault, installation.install_id, position)
        if why:
            installation = replace(installation, install_id=new_record_id())
            vault = as_new_install(folder, engine, vault, installation)
            position = Position.read(engine, installation.install_id)
            warnings.append(why)
        if not index_version.is_current(engine):
            index_version.bring_up_to_date(_log(engine, installation))
    return Opened(
        folder, lock, engine, position, data_key, vault, marks.FolderMarks(vault.folder_id), installation,
        operator_of(engine, account), read_only, newer, tuple(warnings),
    )  # fmt: skip


def _log(engine: Engine, installation: Installation) -> Log:
    from jiafang_desktop.store.log import Log

    return Log(engine, install=installation.install_id, own_unit=installation.own_ledger)


def as_new_install(folder: Path, engine: Engine, vault: Vault, installation: Installation) -> Vault:
    """Go on under another install and folder id."""
    with engine.transaction():
        _settle_install(engine, installation, marks.machine_mark())
    renamed = vault.as_copy()
    renamed.write(folder)
    return renamed


def _installation(engine: Engine) -> Installation:
    text = engine.value("SELECT value FROM meta WHERE name = 'installation'")
    if text is None:
        raise damaged()
    return Installation(**json.loads(text))


def operator_of(engine: Engine, operator_id: str) -> Operator:
    """An operator with the name screens show, the id where no name is known."""
    state = engine.value("SELECT state FROM record WHERE rec = ?", (f"operator:{operator_id}",))
    name = json.loads(state).get("name") if state is not None else None
    return Operator(operator_id, name or operator_id)


def _takes_writes(path: Path) -> bool:
    try:
        with path.open("r+b"):
            return True
    except PermissionError:
        return False
    except OSError as error:
        if error.errno == errno.EROFS:
            return False
        raise


def _size(path: Path) -> int:
    return path.stat().st_size
