"""Keeps sort keys and search tokens in step with how the program makes them now; they are index, not content."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from jiafang_desktop.store.engine import Engine

if TYPE_CHECKING:
    from jiafang_desktop.store.log import Log

# Raised whenever keys or tokens (spelling, rows) are made differently: stored ones are then made anew (STORAGE).
INDEX_VERSION = 6
_INDEXED = ("problem", "visit", "cadre", "concern", "meeting")  # problems first: visits count them
_STEP = 1000


def mark(engine: Engine) -> None:
    """Say that the index is of this version."""
    engine.run("INSERT OR REPLACE INTO meta VALUES ('index_version', ?)", (str(INDEX_VERSION),))


def is_current(engine: Engine) -> bool:
    """Whether this version of the program made the index."""
    return bool(engine.value("SELECT value FROM meta WHERE name = 'index_version'") == str(INDEX_VERSION))


def bring_up_to_date(log: Log) -> None:
    """Make the index anew."""
    with log.engine.transaction():
        rebuild_index(log)
        mark(log.engine)


def rebuild_index(log: Log) -> None:
    """Lists and search from the records' states, inside the caller's transaction."""
    from jiafang_desktop.store.index_writer import Record
    from jiafang_desktop.store.revisions import unpack

    engine = log.engine
    for table in ("problem", "visit", "cadre"):
        engine.run(f"DELETE FROM {table}")
    for table in ("search_visit", "search_cadre", "search_more"):
        engine.run(f"INSERT INTO {table} ({table}) VALUES ('delete-all')")
    for kind in _INDEXED:
        last = 0
        while True:
            found = engine.all(
                "SELECT num, rec, heads, state FROM record WHERE kind = ? AND num > ? ORDER BY num LIMIT ?",
                (kind, last, _STEP),
            )
            if not found:
                break
            last = found[-1][0]
            log.index.put_rows(
                [
                    Record(num, rec, kind, unpack(heads), json.loads(state), is_new=True)
                    for num, rec, heads, state in found
                ]
            )
