"""Numbered steps from an empty file to the present schema. A fresh database takes the same steps as an old one.

A step, once released, never changes. An old file is migrated as a verified copy that then takes its place.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

from jiafang_desktop.store.engine import Engine, damaged
from jiafang_desktop.store.files import sync_folder
from jiafang_desktop.store.migrations import m0001_log_and_tables, m0002_search_more

Step = Callable[[Engine], None]
STEPS: tuple[Step, ...] = (m0001_log_and_tables.apply, m0002_search_more.apply)
LATEST = len(STEPS)


def apply_steps(engine: Engine, *, steps: Sequence[Step] = STEPS) -> None:
    """Take the steps this file has not taken, each in a transaction of its own."""
    for number in range(engine.schema + 1, len(steps) + 1):
        with engine.transaction():
            steps[number - 1](engine)
            engine.run(f"PRAGMA user_version = {number}")


def migrate_copy(path: Path, key: bytes, *, steps: Sequence[Step] = STEPS) -> None:
    """Bring an old database up to date: copy, migrate the copy, verify it, put it in place.

    Whatever goes wrong, the old file stays as it was.
    """
    copy = path.with_name(path.name + ".migrating")
    for leftover in (copy, copy.with_name(copy.name + "-journal")):
        leftover.unlink(missing_ok=True)
    old = Engine(path, key)
    try:
        old.run("VACUUM INTO ?", (str(copy),))
    finally:
        old.close()
    try:
        new = Engine(copy, key)
        try:
            apply_steps(new, steps=steps)
            if new.all("PRAGMA cipher_integrity_check") or new.value("PRAGMA quick_check") != "ok":
                raise damaged("升级后的数据库")
        finally:
            new.close()
        copy.replace(path)
        sync_folder(path.parent)
    finally:
        for leftover in (copy, copy.with_name(copy.name + "-journal")):
            leftover.unlink(missing_ok=True)
