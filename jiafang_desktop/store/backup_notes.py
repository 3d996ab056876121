"""What this folder remembers of its backups: a small file beside the data, not in the log.

Kept out of the log since a note of each backup would make the next one due, and since places belong to one PC. All of
it may be lost without harm: backups speak for themselves, only when they were proven is forgotten.
"""

from __future__ import annotations

import json
from dataclasses import asdict
from pathlib import Path
from typing import Any

from jiafang_desktop.domain.backups import BackupNote, BackupNotes
from jiafang_desktop.store.files import write_durably

NAME = "备份记录.json"
_FORMAT, _MOST = "jfbaknotes1", 300


def read(folder: Path) -> BackupNotes:
    """The notes; none where there is no file, or one that can't be read."""
    try:
        body = json.loads((folder / NAME).read_bytes())
        if body.pop("format") != _FORMAT:
            return BackupNotes()
        made = tuple(BackupNote(**note) for note in body.pop("made"))
        return BackupNotes(made=made, **body)
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        return BackupNotes()


def write(folder: Path, notes: BackupNotes) -> None:
    """Keep the notes, of backups the newest ones.

    Raises:
        UserError: ``disk_full not_writable``.
    """
    body: dict[str, Any] = {"format": _FORMAT, **asdict(notes)}
    body["made"] = body["made"][-_MOST:]
    write_durably(folder / NAME, json.dumps(body, ensure_ascii=False, indent=1).encode("utf-8"))
