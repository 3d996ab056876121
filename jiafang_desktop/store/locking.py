"""One process at a time in a data folder, by a lock the operating system itself lets go when the process ends.

Never a pid file: those outlive a crash.
"""

from __future__ import annotations

import errno
import os
import sys
from pathlib import Path

from jiafang_desktop.common.errors import UserError

LOCK_NAME = "使用中.lock"


class FolderLock:
    """Held from ``take`` until ``release`` or the process's end. ``read_only`` where the folder takes no files."""

    def __init__(self, handle: int | None) -> None:
        self._handle = handle

    @property
    def read_only(self) -> bool:
        """No lock could be made because nothing can be written here."""
        return self._handle is None

    @staticmethod
    def take(folder: Path) -> FolderLock:
        """Take the folder.

        Raises:
            UserError: ``in_use`` while another process has it.
        """
        try:
            handle = os.open(folder / LOCK_NAME, os.O_RDWR | os.O_CREAT, 0o600)
        except OSError as error:
            if error.errno in (errno.EACCES, errno.EPERM, errno.EROFS):
                return FolderLock(None)
            raise
        try:
            _lock(handle)
        except OSError as error:
            os.close(handle)
            if error.errno in (errno.EACCES, errno.EAGAIN, errno.EDEADLK):
                raise UserError(
                    "in_use", "这份数据正在被另一个窗口或程序使用。", hint="请先关闭那个窗口，再打开一次。"
                ) from error
            raise
        return FolderLock(handle)

    def release(self) -> None:
        """Let go; twice does no harm."""
        if self._handle is not None:
            os.close(self._handle)  # closing lets the lock go on every platform
            self._handle = None


if sys.platform == "win32":
    import msvcrt

    def _lock(handle: int) -> None:
        msvcrt.locking(handle, msvcrt.LK_NBLCK, 1)

else:
    import fcntl

    def _lock(handle: int) -> None:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
