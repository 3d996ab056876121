"""Writing small files of the data folder so that a cut of power leaves the old or the new one, never half of one."""

from __future__ import annotations

import contextlib
import errno
import os
from pathlib import Path

from jiafang_desktop.common.errors import UserError

_FULL = {errno.ENOSPC, errno.EFBIG, getattr(errno, "EDQUOT", errno.ENOSPC)}
_NOT_WRITABLE = {errno.EACCES, errno.EPERM, errno.EROFS}


def write_durably(path: Path, content: bytes) -> None:
    """Write beside, flush to the disk, then put in place.

    Raises:
        UserError: ``disk_full not_writable``.
    """
    beside = path.with_name(path.name + ".new")
    try:
        with beside.open("wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        beside.replace(path)
        sync_folder(path.parent)
    except OSError as error:
        with contextlib.suppress(OSError):
            beside.unlink(missing_ok=True)
        raise refusal(error, path.parent) from error


def sync_folder(folder: Path) -> None:
    """Make the names in a folder durable where the platform can (Windows does it by itself)."""
    if os.name == "nt":
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    except OSError as error:
        # Some network and FUSE file systems have no fsync of folders; the file itself is on the disk.
        if error.errno not in (errno.EINVAL, errno.ENOTSUP, errno.EBADF):
            raise
    finally:
        os.close(handle)


def refusal(error: OSError, folder: Path) -> Exception:
    """The refusal an error of the file system means; itself where it is none a clerk can act on."""
    if error.errno in _FULL:
        return disk_full()
    if error.errno in _NOT_WRITABLE:
        return not_writable(folder)
    return error


def disk_full() -> UserError:
    """No room left; nothing was written."""
    return UserError("disk_full", "磁盘已满，没有保存，原有数据未受影响。", hint="请清理磁盘空间后再保存一次。")


def not_writable(folder: Path) -> UserError:
    """The folder takes no files."""
    return UserError(
        "not_writable", f"文件夹“{folder}”不能写入。", hint="请换一个能写入的文件夹，或请管理员开放写入权限。",
        details={"folder": str(folder)},
    )  # fmt: skip
