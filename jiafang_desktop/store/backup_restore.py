"""A data folder made of a backup: a new folder, a new install, nothing of it there before all of it holds.

The file's form is backup_file's. An existing folder is never written to.
"""

from __future__ import annotations

import contextlib
import os
import shutil
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from jiafang_desktop.common.errors import UserError
from jiafang_desktop.common.progress import LongVerb, Progress
from jiafang_desktop.domain.backups import Restored, Verdict
from jiafang_desktop.domain.changes import new_record_id
from jiafang_desktop.store import accounts, backup_file, backup_proof, marks, migrations, opening, passwords
from jiafang_desktop.store.backup import BLOBS_NAME
from jiafang_desktop.store.backup_file import Trailer
from jiafang_desktop.store.blobs import BlobKeeper
from jiafang_desktop.store.check import check
from jiafang_desktop.store.engine import DATABASE_NAME, Engine
from jiafang_desktop.store.files import refusal, sync_folder, write_durably
from jiafang_desktop.store.locking import LOCK_NAME, FolderLock
from jiafang_desktop.store.opening import UNFINISHED, Opened
from jiafang_desktop.store.position import Position
from jiafang_desktop.store.vault import COPY_NAME, VAULT_NAME, Vault

# All that a restore cut short can have left; anything else is somebody's.
_OURS = {
    UNFINISHED, UNFINISHED + ".new", LOCK_NAME, BLOBS_NAME, DATABASE_NAME, DATABASE_NAME + "-journal",
    DATABASE_NAME + ".migrating", DATABASE_NAME + ".migrating-journal", VAULT_NAME, COPY_NAME, VAULT_NAME + ".new",
    COPY_NAME + ".new", "备份",
}  # fmt: skip


def verify(path: Path, *, password: str) -> LongVerb[Verdict]:
    """All proofs of a backup: every byte, page, revision, row and scan.

    Raises:
        UserError: ``not_found damaged newer_database wrong_password``.
    """
    trailer = yield from _whole(path)
    data_key, _account = _unlocked(trailer.vault, password)
    _require_own(path, trailer, data_key)
    return (yield from backup_proof.prove(path, data_key, full=True))


def restore(path: Path, into: Path, *, password: str, recovery_key: str | None = None) -> LongVerb[Restored]:
    """A data folder of the backup's content, proven.

    Args:
        password: the backup's; with a recovery key the new folder's.

    Raises:
        UserError: ``not_found damaged newer_database``, ``folder_not_empty``, ``wrong_password wrong_recovery_key
            weak_password password_taken``, ``disk_full not_writable``; nothing of the new folder stays then.
    """
    _require_empty(into)
    trailer = yield from _whole(path)
    if trailer.body["schema"] > migrations.LATEST:
        raise UserError(
            "newer_database",
            f"备份“{path.name}”由更新版本的程序做成，这个版本恢复不了。",
            hint="请先升级程序，再恢复。",
        )
    if recovery_key is None:
        data_key, account = _unlocked(trailer.vault, password)
        vault = trailer.vault.as_copy()
    else:
        vault, data_key, account = _by_recovery(trailer.vault, recovery_key, password)
    _require_own(path, trailer, data_key)
    with _fresh_folder(into):
        missing = yield from _put_there(path, trailer, into, data_key)
        vault.write(into)
        records, install = yield from _settle(into, vault, data_key, account, may_return=recovery_key is not None)
        return Restored(into, records, install, tuple(missing))


# ------------------------------------------------------------------------------------------------ before anything


def _require_empty(into: Path) -> None:
    try:
        there = {entry.name for entry in into.iterdir()} if into.exists() else set()
    except NotADirectoryError:
        raise UserError("folder_not_empty", f"“{into}”是一个文件，不是文件夹。", hint="请另选一个空文件夹。") from None
    except OSError as error:
        raise refusal(error, into) from error
    if there and not (UNFINISHED in there and there <= _OURS):
        raise UserError(
            "folder_not_empty", f"文件夹“{into}”里已有东西，没有恢复。",
            hint="请另选一个空文件夹，或写一个还没有的名字；原来的文件夹不会被覆盖。", details={"folder": str(into)},
        )  # fmt: skip


def _whole(path: Path) -> LongVerb[Trailer]:
    """The trailer, once every byte before it was hashed: damage is told before a password is asked for."""
    trailer = backup_file.read_trailer(path)
    for done in backup_file.require_database_whole(path, trailer):
        yield Progress("正在读备份", done, trailer.database_bytes)
    return trailer


def _unlocked(vault: Vault, password: str) -> tuple[bytes, str]:
    seen = marks.FolderMarks(vault.folder_id)
    passwords.require_patience(seen)
    found = vault.unlock(password)
    if found is None:
        error = passwords.refused(seen)
        raise UserError(
            error.code, "密码不对。", hint="要用做备份那时的密码；后来改过密码的，请试原来的。" + error.hint,
            details=error.details,
        )  # fmt: skip
    seen.set_failures(0)
    return found


def _by_recovery(vault: Vault, key: str, new_password: str) -> tuple[Vault, bytes, str]:
    passwords.require_strong(new_password)
    data_key, account = vault.unlock_recovery(key)
    accounts.require_unlike(vault, account, new_password)
    return vault.as_copy().with_password(data_key, account=account, password=new_password), data_key, account


def _require_own(path: Path, trailer: Trailer, data_key: bytes) -> None:
    if not trailer.is_sealed_by(data_key):
        raise backup_file.unsound(path, "不是由本程序原样做成的")


# ------------------------------------------------------------------------------------------------ the new folder


@contextlib.contextmanager
def _fresh_folder(into: Path) -> Iterator[None]:
    """A folder marked unfinished until all holds; on any other end it is as it was before."""
    made = not into.exists()
    try:
        try:
            into.mkdir(parents=True, exist_ok=True)
            _clear(into)
            write_durably(into / UNFINISHED, b"")
            yield
        except OSError as error:
            raise refusal(error, into) from error
    except BaseException:
        with contextlib.suppress(OSError):
            _clear(into)
            if made:
                into.rmdir()
        raise


def _clear(into: Path) -> None:
    """What a restore left, its mark last."""
    for name in (*sorted(_OURS - {UNFINISHED}), UNFINISHED):
        place = into / name
        if place.is_dir():
            shutil.rmtree(place)
        else:
            place.unlink(missing_ok=True)


def _put_there(path: Path, trailer: Trailer, into: Path, data_key: bytes) -> LongVerb[list[str]]:
    """Database and scans; names of the scans that are gone or damaged."""
    with path.open("rb") as from_, (into / DATABASE_NAME).open("wb") as file:
        for part in backup_file.chunks(from_, trailer.database_bytes):
            file.write(part)
            yield Progress("正在恢复数据库", from_.tell(), trailer.database_bytes)
        file.flush()
        os.fsync(file.fileno())
    sync_folder(into)
    from_beside = BlobKeeper(path.parent / BLOBS_NAME, data_key, lambda: None)
    keeper = BlobKeeper(into / BLOBS_NAME, data_key, lambda: None)
    missing = list(trailer.body["missing"])
    for done, name in enumerate(trailer.body["blobs"]):
        try:
            keeper.put(from_beside.get(name))
        except UserError as error:
            if error.code not in ("not_found", "damaged"):
                raise
            missing.append(name)
        yield Progress("正在恢复扫描件", done, len(trailer.body["blobs"]))
    return sorted(set(missing))


def _settle(into: Path, vault: Vault, data_key: bytes, account: str, *, may_return: bool) -> LongVerb[tuple[int, str]]:
    """Prove what was put there and make it an install of its own; its records and its id."""
    lock = FolderLock.take(into)
    try:
        _require_same_key(into, data_key)
        opened = opening.open_parts(into, lock, vault, data_key, account, fresh=True)
        try:
            returns = _own_install(opened, account, may_return=may_return)
            report = yield from check(opened.engine, opened.log)
            if not report.ok:
                raise UserError(
                    "damaged", f"恢复出来的数据有{len(report.problems)}处对不上，没有采用。",
                    hint="请换一份备份，比如前一天的或第二处的。",
                    details={"problems": [dict(problem) for problem in report.problems[:20]]},
                )  # fmt: skip
            records = int(opened.engine.value("SELECT count(*) FROM record"))
            if returns:
                opened.log.append([accounts.let_in_again(account)], by=opened.operator)
            (into / UNFINISHED).unlink()
            sync_folder(into)
            return records, opened.installation.install_id
        finally:
            opened.engine.close()
    finally:
        lock.release()


def _own_install(opened: Opened, account: str, *, may_return: bool) -> bool:
    """Another install and folder id, no passwords of those who were put out; whether this account was and returns.

    Raises:
        UserError: ``wrong_password``: who is put out comes in by the recovery key only.
    """
    out = accounts.put_out(opened.engine) & opened.vault.accounts
    if account in out and not may_return:
        raise passwords.refused(opened.marks)
    opened.installation = replace(opened.installation, install_id=new_record_id())
    opened.vault = opening.as_new_install(
        opened.folder, opened.engine, opened.vault.without_passwords(out - {account}), opened.installation
    )
    opened.position = Position.read(opened.engine, opened.installation.install_id)
    return account in out


def _require_same_key(into: Path, data_key: bytes) -> None:
    """Opens or is damaged, before anything is written into it."""
    Engine(into / DATABASE_NAME, data_key, read_only=True).close()
