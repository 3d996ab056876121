"""What is remembered of a data folder outside of it, so that copies and rollbacks are noticed.

Per user of the machine: a random machine mark, and for each data folder its install, the highest seq with its revision
id, where it lay, and wrong passwords. All of it may be lost without harm: then less is noticed.
"""

from __future__ import annotations

import contextlib
import json
import os
import secrets
import time
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from jiafang_desktop.common.errors import UserError
from jiafang_desktop.store.vault import Vault


@dataclass(frozen=True, slots=True)
class Mark:
    """What was last seen of a data folder."""

    install: str
    seq: int
    revision: str
    path: str


def state_folder() -> Path:
    """``JIAFANG_STATE``, else the per-user state folder of the platform."""
    chosen = os.environ.get("JIAFANG_STATE")
    if chosen:
        return Path(chosen)
    import platformdirs  # imported late: not needed when the folder is given

    return Path(platformdirs.user_state_dir("jiafang", appauthor=False))


def machine_mark() -> str | None:
    """This user's mark of this machine; None where none can be kept."""
    path = state_folder() / "machine"
    with contextlib.suppress(OSError, ValueError):
        known = path.read_text("ascii").strip()
        if known:
            return known
    fresh = secrets.token_hex(16)
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with path.open("x", encoding="ascii") as file:
            file.write(fresh)
    except OSError:
        return None
    return fresh


class FolderMarks:
    """The marks of one data folder, by its vault's folder id."""

    def __init__(self, folder_id: str) -> None:
        self._seen = state_folder() / "folders" / f"{folder_id}.json"
        self._failed = self._seen.with_suffix(".failed")

    def read(self) -> Mark | None:
        """The last mark, None where there is none that can be read."""
        found = _read(self._seen)
        try:
            return Mark(**found) if found else None
        except TypeError:
            return None

    def write(self, mark: Mark) -> None:
        """Remember; not flushed to the disk, since a mark that is older than the data does no harm."""
        _write(
            self._seen,
            {"install": mark.install, "seq": mark.seq, "revision": mark.revision, "path": mark.path},
        )

    def failures(self) -> tuple[int, float]:
        """Wrong passwords in a row, and when the last one was (seconds of the epoch)."""
        found = _read(self._failed)
        try:
            return int(found["count"]), float(found["at"])
        except (KeyError, TypeError, ValueError):
            return 0, 0.0

    def set_failures(self, count: int) -> None:
        """Remember how many wrong passwords there were, as of now; 0 forgets them."""
        if count:
            _write(self._failed, {"count": count, "at": time.time()})
        else:
            with contextlib.suppress(OSError):
                self._failed.unlink(missing_ok=True)


def is_copy(folder: Path, folder_id: str, mark: Mark) -> bool:
    """Whether the folder this mark was made of still lies somewhere else: then this one is a copy, not itself moved."""
    other = Path(mark.path)
    try:
        if not other.is_dir() or other.samefile(folder):
            return False
        return Vault.exists(other) and Vault.read(other).folder_id == folder_id
    except (OSError, UserError):  # out of reach, or damaged: no second life of this folder
        return False


def _read(path: Path) -> dict[str, Any]:
    try:
        found = json.loads(path.read_bytes())
    except (OSError, ValueError):
        return {}
    return found if isinstance(found, dict) else {}


def _write(path: Path, content: dict[str, Any]) -> None:
    """Write in place, which costs a save next to nothing; a torn file is read as none, a place that takes no files is
    no matter."""
    with contextlib.suppress(OSError):
        try:
            handle = os.open(path, os.O_WRONLY | os.O_CREAT | getattr(os, "O_BINARY", 0), 0o600)
        except FileNotFoundError:
            path.parent.mkdir(parents=True, exist_ok=True)
            handle = os.open(path, os.O_WRONLY | os.O_CREAT | getattr(os, "O_BINARY", 0), 0o600)
        try:
            text = json.dumps(content).encode("ascii")
            os.write(handle, text)
            os.ftruncate(handle, len(text))
        finally:
            os.close(handle)
