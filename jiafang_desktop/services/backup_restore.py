"""A backup proven, or made a data folder of, without opened data: after a dead disk, on another PC, beside the old.

What is read and how it is proven is store's; making backups is backups'.
"""

from __future__ import annotations

from pathlib import Path

from jiafang_desktop.common import clock
from jiafang_desktop.common.errors import UserError
from jiafang_desktop.common.progress import LongVerb
from jiafang_desktop.domain.backups import Restored, Verdict


def verify(path: Path, *, password: str) -> LongVerb[Verdict]:
    """All proofs of a backup file, by its own password: bytes, pages, log, tables, scans.

    Raises:
        UserError: ``not_found damaged newer_database wrong_password``.
    """
    from jiafang_desktop.store import backup_restore

    return (yield from backup_restore.verify(path, password=password))


def restore(path: Path, into: Path, *, password: str, recovery_key: str | None = None) -> LongVerb[Restored]:
    """A new data folder of a backup's content; it goes on as an install of its own.

    Args:
        password: the backup's; with a recovery key the new folder's.

    Raises:
        UserError: ``not_found damaged newer_database folder_not_empty wrong_password wrong_recovery_key
            weak_password password_taken disk_full not_writable``; nothing of the new folder stays then.
    """
    from jiafang_desktop.store import backup_restore

    restored = yield from backup_restore.restore(path, into.absolute(), password=password, recovery_key=recovery_key)
    return restored


def switch_over(folder: Path, restored: Path) -> Path | None:
    """Let a restored folder take the place of the data's; gives where those lie from then on, None if there were none.

    Raises:
        UserError: ``in_use`` where it can't be moved; both stay as they were then.
    """
    aside = None
    try:
        if folder.exists() and any(folder.iterdir()):
            aside = _free(folder.with_name(f"{folder.name}（{clock.today():%Y-%m-%d}换下）"))
            folder.rename(aside)
        elif folder.exists():
            folder.rmdir()
        restored.rename(folder)
    except OSError as error:
        if aside is not None and not folder.exists():
            aside.rename(folder)
        raise UserError(
            "in_use", "换不过去，可能有别的程序正开着这个文件夹。", hint="请关掉打开着它的窗口，再试一次。"
        ) from error
    return aside


def _free(wanted: Path) -> Path:
    names = [wanted, *(wanted.with_name(f"{wanted.name}{more}") for more in range(2, 100))]
    return next(name for name in names if not name.exists())
