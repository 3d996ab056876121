"""Putting finished papers where the clerk wants them: whole or not at all.

A file is written beside its target under a name that tells nothing and takes its place at the end, so that a full disk
or a pulled stick never leaves half a paper and never harms the one that was there. What is written is the callers'.
"""

from __future__ import annotations

import errno
import os
import secrets
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from jiafang_desktop.common.errors import UserError

_FULL = (errno.ENOSPC, errno.EDQUOT)
_WINDOWS_BUSY = (32, 33)  # ERROR_SHARING_VIOLATION, ERROR_LOCK_VIOLATION
_WINDOWS_FULL = (39, 112)  # ERROR_HANDLE_DISK_FULL, ERROR_DISK_FULL


def write_bytes(target: Path, content: bytes, *, replace: bool = False) -> Path:
    """Write one file. Missing folders are made.

    Raises:
        UserError: ``file_exists`` without ``replace``, ``file_busy`` while another program holds it open,
            ``disk_full``, ``not_writable``.
    """

    def write(place: Path) -> None:
        with place.open("wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())

    return write_with(target, write, replace=replace)


def write_with(target: Path, write: Callable[[Path], object], *, replace: bool = False) -> Path:
    """Let ``write`` make a file at the place it is given, then put that where ``target`` is; errors as write_bytes."""
    check_target(target, replace=replace)
    with _refusals(target):
        _make_folder(target.parent)
        beside = target.with_name(_temporary(target.suffix))
        try:
            write(beside)
            if not beside.is_file() or beside.stat().st_size == 0:
                raise OSError(errno.EIO, "nothing was written")
            _put(beside, target)
        finally:
            beside.unlink(missing_ok=True)
    return target


def write_several(target: Path, write: Callable[[Path], list[Path]], *, replace: bool = False) -> list[Path]:
    """Let ``write`` make F.png, F-2.png, … for the ``F.png`` it is given, then put all of them beside ``target``.

    Nothing is put when one of them may not be: either the whole set is there or none.
    """
    check_target(target, replace=replace)
    with _refusals(target):
        _make_folder(target.parent)
        room = target.with_name(_temporary(""))
        room.mkdir()
        try:
            made = write(room / target.name)
            if not made or any(not path.is_file() or path.stat().st_size == 0 for path in made):
                raise OSError(errno.EIO, "nothing was written")
            places = [target.parent / path.name for path in made]
            for place in places:
                check_target(place, replace=replace)
            for path, place in zip(made, places, strict=True):
                _put(path, place)
        finally:
            shutil.rmtree(room, ignore_errors=True)
    return places


def check_target(target: Path, *, replace: bool) -> None:
    """Refuse early what can't be written there.

    Raises:
        UserError: ``file_exists not_writable file_busy``.
    """
    try:
        if target.is_dir():
            raise UserError(
                "not_writable", f"“{target.name}”是一个文件夹，不能存成文件。", hint="请换一个文件名。",
                details={"file": str(target)},
            )  # fmt: skip
        if not target.exists():
            return
    except OSError as error:
        raise _refusal(error, target) from None
    if not replace:
        raise UserError(
            "file_exists",
            f"这里已经有“{target.name}”。",
            hint="请换一个文件名，或确认替换。",
            details={"file": str(target)},
        )
    if any(target.with_name(name).exists() for name in _locks_of(target.name)):
        raise _busy(target)


def _locks_of(name: str) -> tuple[str, ...]:
    """Files LibreOffice and WPS for Linux put beside an open document; Windows itself refuses to replace one."""
    return () if os.name == "nt" else (f".~lock.{name}#", f".~{name}")


def _make_folder(folder: Path) -> None:
    folder.mkdir(parents=True, exist_ok=True)


def _temporary(suffix: str) -> str:
    return f".jiafang-{secrets.token_hex(6)}{suffix}"


def _put(path: Path, target: Path) -> None:
    try:
        path.replace(target)
    except PermissionError:
        if target.exists():
            raise _busy(target) from None
        raise


@contextmanager
def _refusals(target: Path) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        raise _refusal(error, target) from None


def _busy(target: Path) -> UserError:
    return UserError(
        "file_busy", f"写不进“{target.name}”，它可能正在WPS或Excel中打开。",
        hint=f"请先关闭WPS中打开的“{target.name}”，再点“重试”，或换一个文件名。", details={"file": str(target)},
    )  # fmt: skip


def _refusal(error: OSError, target: Path) -> UserError:
    winerror = getattr(error, "winerror", None)
    details = {"file": str(target)}
    if winerror in _WINDOWS_BUSY:
        return _busy(target)
    if error.errno in _FULL or winerror in _WINDOWS_FULL:
        return UserError(
            "disk_full", "磁盘已满，文件没有写成。", hint="请清理磁盘或换一个位置，再点“重试”。", details=details
        )
    if error.errno == errno.ENAMETOOLONG:
        return UserError("not_writable", "文件名太长，文件没有写成。", hint="请换一个短一些的文件名。", details=details)
    return UserError(
        "not_writable", f"“{target.parent}”写不进去，文件没有写成。", hint="请换一个能写的位置再保存。", details=details
    )
