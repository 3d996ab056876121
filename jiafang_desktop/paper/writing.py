"""Files written whole or not at all: beside their target first, and refusals in words.

The services put papers where the clerk wants them (services.files); this only keeps a renderer from leaving half a
file when it is asked directly. A plain OSError inside the services' own writing is worded there.
"""

from __future__ import annotations

import errno
import os
import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

from jiafang_desktop.common.errors import UserError

_FULL = (errno.ENOSPC, errno.EDQUOT)
_WINDOWS_FULL, _WINDOWS_BUSY = (39, 112), (32, 33)


@contextmanager
def whole_file(target: Path) -> Iterator[BinaryIO]:
    """A file to write that takes ``target``'s place when all is written.

    Raises:
        UserError: ``disk_full``, ``file_busy`` (another program holds the target), ``not_writable``.
    """
    beside = target.with_name(f".jiafang-{secrets.token_hex(6)}.part")
    try:
        try:
            with beside.open("wb") as file:
                yield file
                file.flush()
                os.fsync(file.fileno())
            _put(beside, target)
        finally:
            beside.unlink(missing_ok=True)
    except OSError as error:
        raise _refusal(error) from None


def _put(beside: Path, target: Path) -> None:
    try:
        beside.replace(target)
    except PermissionError as error:
        if target.is_file():
            raise _busy(target) from None
        raise error


def _busy(target: Path) -> UserError:
    return UserError(
        "file_busy", f"写不进“{target.name}”，它可能正在别的程序中打开。",
        hint="请先关闭打开着它的程序，再试一次，或换一个文件名。", details={"file": str(target)},
    )  # fmt: skip


def _refusal(error: OSError) -> UserError:
    winerror = getattr(error, "winerror", None)
    if error.errno in _FULL or winerror in _WINDOWS_FULL:
        return UserError("disk_full", "磁盘已满，文件没有写成。", hint="请清理磁盘或换一个位置再保存。")
    if winerror in _WINDOWS_BUSY:
        return UserError(
            "file_busy", "文件正在别的程序中打开，没有写成。", hint="请先关闭打开着它的程序，再试一次，或换一个文件名。"
        )
    return UserError("not_writable", "这个位置写不进去，文件没有写成。", hint="请换一个能写的文件夹再保存。")
