"""Has a backup proven by a process of its own, which reads the file from the disk and shares nothing with us.

What is looked at is backup_child's.
"""

from __future__ import annotations

import json
import os
import queue
import subprocess
import sys
import threading
from collections.abc import Sequence
from pathlib import Path
from typing import Any, BinaryIO

from jiafang_desktop.common.errors import UserError
from jiafang_desktop.common.progress import LongVerb, Progress
from jiafang_desktop.domain.backups import Verdict

OPTION = "--prove-backup"
_WAIT_S = 0.03  # between two steps of the long verb
_LONGEST_SILENCE_S = 600.0
_KEPT = ("PATH", "SYSTEMROOT", "TEMP", "TMP", "LANG", "LD_LIBRARY_PATH", "_MEIPASS2", "VIRTUAL_ENV")


def prove(path: Path, data_key: bytes, *, full: bool, scans: Sequence[str] | None = None) -> LongVerb[Verdict]:
    """What another process finds in a backup; closing the verb ends that process.

    Args:
        full: the whole log is folded again and compared with the tables. scans: which to decrypt; all by default.

    Raises:
        UserError: ``damaged not_found newer_database`` where there is nothing to look at.
    """
    child = subprocess.Popen(
        _command(), stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, env=_environment(),
        creationflags=0x08004000 if sys.platform == "win32" else 0,  # no window, below normal priority
    )  # fmt: skip
    answers: queue.Queue[list[Any] | None] = queue.Queue()
    assert child.stdin is not None and child.stdout is not None
    reader = threading.Thread(target=_read, args=(child.stdout, answers), name="backup-proof", daemon=True)
    reader.start()
    try:
        _ask(child.stdin, {"file": str(path), "key": data_key.hex(), "full": full,
                           "scans": None if scans is None else list(scans)})  # fmt: skip
        return (yield from _collected(answers))
    finally:
        child.kill()
        child.wait()
        reader.join()
        child.stdout.close()


def _ask(stdin: BinaryIO | Any, request: dict[str, Any]) -> None:
    try:
        stdin.write(json.dumps(request).encode("ascii") + b"\n")
        stdin.close()
    except OSError:
        return  # it died already; that no answer comes tells it


def _collected(answers: queue.Queue[list[Any] | None]) -> LongVerb[Verdict]:
    silent = 0.0
    step = Progress("正在核对备份")
    while silent < _LONGEST_SILENCE_S:
        try:
            line = answers.get(timeout=_WAIT_S)
        except queue.Empty:
            silent += _WAIT_S
            yield step
            continue
        silent = 0.0
        if line is None:
            break
        kind, content = line
        if kind == "found":
            return Verdict(
                tuple(content["problems"]), content["pages"], content["revisions"], content["records"],
                content["scans"], tuple(content["missing_scans"]),
            )  # fmt: skip
        if kind == "refused":
            raise UserError(
                content["code"], content["message"], hint=content["hint"], details=content["details"]
            )  # fmt: skip
        step = Progress(*content)
        yield step
    raise UserError("backup_unproven", "没有能核对备份（核对程序中途停了）。", hint="请在设置的“备份”里再核对一次。")


def _read(stdout: BinaryIO | Any, answers: queue.Queue[list[Any] | None]) -> None:
    for line in stdout:
        try:
            answers.put(json.loads(line))
        except ValueError:
            break  # torn: it was stopped while writing
    answers.put(None)


def _command() -> list[str]:
    if getattr(sys, "frozen", False):
        # The windows' program has no standard output on Windows; the command line's, which lies beside it, has.
        program = Path(sys.executable)
        return [str(program.with_name(f"jiafang{program.suffix}")), OPTION]
    quiet = [] if sys.platform == "win32" else _nice()
    return [*quiet, sys.executable, "-X", "utf8", "-m", "jiafang_desktop.store.backup_child"]


def _nice() -> list[str]:
    return ["nice", "-n", "10"] if any((Path(place) / "nice").exists() for place in ("/usr/bin", "/bin")) else []


def _environment() -> dict[str, str]:
    """Only what Python needs: no data folder, no password file."""
    environment = {name: os.environ[name] for name in _KEPT if name in os.environ}
    environment["PYTHONPATH"] = str(Path(__file__).resolve().parents[2])
    environment["PYTHONDONTWRITEBYTECODE"] = "1"
    return environment
