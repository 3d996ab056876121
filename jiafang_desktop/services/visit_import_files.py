"""The files of an import: which of a folder are looked into, and reading them in the background, two at a time.

Each file gets its verdict; nothing is compared with the store here.
"""

from __future__ import annotations

import hashlib
import os
import threading
from collections import defaultdict, deque
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor, wait
from dataclasses import dataclass
from pathlib import Path

from jiafang_desktop.common import clock
from jiafang_desktop.common.errors import CancelledError, UserError
from jiafang_desktop.common.progress import LongVerb, Progress
from jiafang_desktop.documents import history, sandbox
from jiafang_desktop.documents.history.shapes import HistoryReading

_MOST_FILES = 3000
_READERS = 2
_EVERY_SECONDS = 0.04
_NEVER_LEDGERS = (
    ".jpg", ".jpeg", ".png", ".gif", ".bmp", ".tif", ".tiff", ".pdf", ".ofd", ".mp3", ".mp4", ".avi", ".wav", ".zip",
    ".rar", ".7z", ".exe", ".dll", ".lnk", ".ppt", ".pptx", ".db", ".ini", ".log", ".json", ".jfb", ".jfbak", ".ttf",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class ReadFile:
    """One file: its name below what was asked for, what was read, or why not (``error`` where it was refused).

    ``digest`` tells a copy."""

    name: str
    reading: HistoryReading | None = None
    reason: str | None = None
    digest: str | None = None
    error: UserError | None = None


def read_all(paths: Sequence[Path]) -> LongVerb[tuple[ReadFile, ...]]:
    """Files, and every file of folders and of the folders in them, by name.

    Raises:
        UserError: for a single file whatever the sandbox refuses it with; ``not_found too_large`` for a folder.
    """
    if len(paths) == 1 and not paths[0].is_dir():
        yield Progress("正在读取", 0, 1)
        single = yield from _read(paths, paths[0].parent)
        if single[0].error is not None:
            raise single[0].error
        return tuple(single)
    yield Progress("正在查看文件夹")
    return tuple((yield from _read(_files(paths), place_of(paths))))


def place_of(paths: Sequence[Path]) -> Path:
    """What was asked for as one place: the only file or folder, else the folder that holds all of them."""
    if len(paths) == 1:
        return paths[0]
    try:
        return Path(os.path.commonpath([path.parent for path in paths]))
    except ValueError:  # on several drives
        return paths[0].parent


def copies_in(files: Sequence[ReadFile]) -> dict[str, str]:
    """Each file that is a copy of another one, and of which: the same bytes, or saved anew with the same rows.

    Of the same bytes the one counts whose name or folder tells the years.
    """

    def yearless(file: ReadFile) -> int:
        return sum(visit.month_day is not None for visit in file.reading.visits) if file.reading else 0

    found: dict[str, str] = {}
    for key in (lambda file: file.digest, lambda file: (file.reading.visits, file.reading.skipped)):
        groups: dict[object, list[ReadFile]] = defaultdict(list)
        for file in files:
            if file.reading is not None and file.reading.visits and file.name not in found:
                groups[key(file)].append(file)
        for same in groups.values():
            first = min(same, key=yearless)
            found.update({file.name: first.name for file in same if file is not first})
    return found


def _files(paths: Sequence[Path]) -> list[Path]:
    """The files themselves and those in the folders, each once."""
    found: dict[Path, None] = {}
    for path in paths:
        found.update(dict.fromkeys(_within(path) if path.is_dir() else (path,)))
        if len(found) > _MOST_FILES:
            raise UserError(
                "too_large", f"文件夹里的文件超过{_MOST_FILES}个。", hint="请只选放台账和记录单的那个文件夹。"
            )
    return list(found)


def _within(folder: Path) -> Iterator[Path]:
    count = 0
    for place, folders, names in os.walk(folder):
        folders.sort()
        for name in sorted(names):
            yield Path(place) / name
            count += 1
        if count > _MOST_FILES:
            return


def _read(paths: Sequence[Path], base: Path) -> LongVerb[list[ReadFile]]:
    stopped = threading.Event()

    def heed(_: Progress) -> None:
        if stopped.is_set():
            raise CancelledError

    found: list[ReadFile] = []
    waiting = deque(paths)
    under_way: deque[Future[ReadFile]] = deque()
    pool = ThreadPoolExecutor(_READERS, thread_name_prefix="history")
    try:
        while waiting or under_way:
            while waiting and len(under_way) <= _READERS:
                path = waiting.popleft()
                under_way.append(pool.submit(_one, path, base, heed))
            wait([under_way[0]], timeout=_EVERY_SECONDS)
            yield Progress("正在读取文件", len(found), len(paths))
            while under_way and under_way[0].done():
                found.append(under_way.popleft().result())
    finally:
        stopped.set()
        pool.shutdown(wait=False, cancel_futures=True)
    return found


def _one(path: Path, base: Path, heed: Callable[[Progress], None]) -> ReadFile:
    below = path.relative_to(base) if path.is_relative_to(base) else Path(path.name)
    name = below.as_posix()
    aside = _aside(path)
    if aside is not None:
        return ReadFile(name, reason=aside)
    try:
        book = sandbox.read_grids(path, words=True, progress=heed)
        folder = " ".join(below.parts[:-1]) or base.name
        read = history.read(book, today=clock.today(), file_name=path.stem, folder=folder)
        return ReadFile(name, read, digest=hashlib.sha256(path.read_bytes()).hexdigest())
    except OSError:  # taken away while it was read
        return ReadFile(name, reason="读取时出错，请检查文件还在不在，再试一次")
    except UserError as error:
        message, hint = error.message, error.hint
        if error.code == "too_large":  # the sandbox speaks of rosters
            message, hint = "这个文件太大，读不了。", "请分成几个文件，只留下台账或记录单，再导入。"
        told = UserError(error.code, message, hint=hint, details={**error.details, "file": name})
        return ReadFile(name, reason=f"{message}{hint}", error=told)


def _aside(path: Path) -> str | None:
    """Why a file need not be opened at all."""
    name = path.name.lower()
    if name.startswith(("~$", ".~", "~wrl")) or name.endswith((".tmp", ".lock")):
        return "Office打开文件时留下的临时文件，不是台账"
    if name in ("thumbs.db", "desktop.ini", ".ds_store") or name.startswith("."):
        return "系统文件，不是台账"
    if path.suffix.lower() in _NEVER_LEDGERS:
        return f"{path.suffix.lower()}文件，不是Excel台账或Word记录单"
    return None
