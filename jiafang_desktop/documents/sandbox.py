"""Opens a stranger's file in a child process that may not grow, linger or touch anything, and takes back plain grids.

The parent never parses the file itself. What the grids mean is decided in rosters and ledgers.
"""

from __future__ import annotations

import gc
import json
import os
import subprocess
import sys
import threading
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from jiafang_desktop.common.errors import UserError
from jiafang_desktop.common.progress import Progress
from jiafang_desktop.documents.grids import DateCell, Merge, SheetGrid, Workbook

_MAX_FILE = 80 * 1024 * 1024
_SECONDS = 90.0
_STAGE = "正在读取表格"


def read_grids(
    path: Path, *, progress: Callable[[Progress], None] | None = None, words: bool = False, pages: bool = False
) -> Workbook:
    """The file's sheets as plain grids; the file itself is only read.

    With ``words`` a Word document is read too: its tables are sheets, paragraphs stand in sheets without a name. With
    ``pages`` a PDF is, page by page in the same way.
    ``progress`` is called as rows arrive; an exception it raises (cancelling) ends the child and goes through.

    Raises:
        UserError: ``not_found``, ``encrypted_file``, ``unsupported_format`` (alien or damaged files) or ``too_large``.
    """
    data = _bytes_of(path)
    extra = [*(["--words"] if words else []), *(["--pages"] if pages else [])]
    answer = _run(data, extra, progress=progress)
    if answer is None:  # the child died of its limits: once more, cell by cell
        answer = _run(data, ["--sparse", *extra], progress=progress)
    if answer is None:
        raise UserError(
            "too_large", "这个文件太大或太复杂，读取时超出了本机的限度。",
            hint="请只保留名册那一张表，另存为新的xlsx文件后再导入。", details={"file": path.name},
        )  # fmt: skip
    return answer


def _bytes_of(path: Path) -> bytes:
    try:
        if path.is_dir():
            raise UserError("unsupported_format", "选中的是文件夹，不是文件。", hint="请选择一个Excel或CSV文件。")
        if path.stat().st_size > _MAX_FILE:
            raise UserError(
                "too_large", "这个文件超过80兆，不像是名册。", hint="请只保留名册那一张表，另存为新的xlsx文件后再导入。"
            )
        return path.read_bytes()
    except FileNotFoundError:
        raise UserError("not_found", f"找不到文件“{path.name}”。", hint="请确认文件还在原处，或重新选择。") from None
    except PermissionError:
        raise UserError(
            "unsupported_format",
            f"打不开“{path.name}”，可能正被WPS或Excel占用。",
            hint="请先关闭打开它的程序，再试一次。",
        ) from None
    except OSError:
        raise UserError(
            "unsupported_format", f"读取“{path.name}”时出错。", hint="请检查U盘是否插好，再试一次。"
        ) from None


def _command(extra: Sequence[str]) -> list[str]:
    if getattr(sys, "frozen", False):
        # The windows' program has no standard output on Windows; the command line's, which lies beside it, has.
        program = Path(sys.executable)
        return [str(program.with_name(f"jiafang{program.suffix}")), "--worker", *extra]
    return [sys.executable, "-X", "utf8", "-m", "jiafang_desktop.documents.worker", *extra]


def _environment() -> dict[str, str]:
    """Only what Python needs: no data folder, no password file."""
    kept = ("PATH", "SYSTEMROOT", "TEMP", "TMP", "LANG", "LD_LIBRARY_PATH", "_MEIPASS2", "VIRTUAL_ENV")
    environment = {name: os.environ[name] for name in kept if name in os.environ}
    environment["PYTHONPATH"] = str(Path(__file__).resolve().parents[2])
    environment["PYTHONDONTWRITEBYTECODE"] = "1"
    environment["MALLOC_ARENA_MAX"] = "1"
    return environment


def _run(data: bytes, extra: Sequence[str], *, progress: Callable[[Progress], None] | None) -> Workbook | None:
    """One child over ``data``; None when it died without an answer."""
    flags = 0x08000000 if sys.platform == "win32" else 0  # CREATE_NO_WINDOW
    child = subprocess.Popen(
        _command(extra), stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL,
        env=_environment(), creationflags=flags,
    )  # fmt: skip
    job = _confine(child)
    watchdog = threading.Timer(_SECONDS, child.kill)
    watchdog.daemon = True
    watchdog.start()
    feeder = threading.Thread(target=_feed, args=(child, data), daemon=True)
    feeder.start()
    try:
        assert child.stdout is not None
        return _collect(child.stdout, progress)
    finally:
        watchdog.cancel()
        child.kill()
        child.wait()
        feeder.join()
        if child.stdout is not None:
            child.stdout.close()
        if job is not None:
            job()


def _feed(child: subprocess.Popen[bytes], data: bytes) -> None:
    try:
        if child.stdin is not None:
            child.stdin.write(data)
            child.stdin.close()
    except (BrokenPipeError, OSError):
        return  # the child has answered or died already; _collect tells which


def _collect(lines: Iterable[bytes], progress: Callable[[Progress], None] | None) -> Workbook | None:
    with uncollected():
        return _collected(lines, progress)


@contextmanager
def uncollected() -> Iterator[None]:
    """No garbage collection while a million small values are built; none of them can be garbage."""
    was = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was:
            gc.enable()


def _collected(lines: Iterable[bytes], progress: Callable[[Progress], None] | None) -> Workbook | None:
    decode = json.JSONDecoder(object_hook=_date_cell).decode
    kind_of_file = ""
    sheets: list[SheetGrid] = []
    rows_read = 0
    for line in lines:
        try:
            kind, payload = decode(line.decode("utf-8"))
        except ValueError:
            return None  # torn line: the child was stopped while writing
        if kind == "rows":
            sheet = sheets[-1]
            sheet.numbers.extend(item[0] for item in payload)
            sheet.rows.extend(item[1] for item in payload)
            rows_read += len(payload)
            if progress is not None:
                progress(Progress(_STAGE, rows_read))
        elif kind == "sheet":
            sheets.append(SheetGrid(payload[0], payload[1]))
        elif kind == "merges":
            sheets[-1].merges = tuple(Merge(*item) for item in payload)
        elif kind == "hidden":
            sheets[-1].hidden_rows = frozenset(payload)
        elif kind == "format":
            kind_of_file = payload
        elif kind == "refused":
            raise UserError(payload[0], payload[1], hint=payload[2])
        elif kind == "end":
            return Workbook(kind_of_file, tuple(sheets))
    return None


def _date_cell(item: dict[str, Any]) -> Any:
    return DateCell(item["d"])


def _confine(child: subprocess.Popen[bytes]) -> Callable[[], None] | None:
    """On Windows: a job object that limits memory and dies with us; elsewhere the child limits itself."""
    if sys.platform != "win32":
        return None
    from jiafang_desktop.documents import windows_job

    return windows_job.confine(child)
