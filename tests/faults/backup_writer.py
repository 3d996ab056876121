"""The child the backup campaign kills: backs up and restores without pause and says on stdout what was acknowledged.

``python -m tests.faults.backup_writer FOLDER PASSWORD PLACE RESTORED``; every line is one JSON array.
"""

from __future__ import annotations

import os
import sys
from pathlib import Path

from jiafang_desktop.common.progress import run_to_end
from jiafang_desktop.domain.changes import Edit, new_record_id
from jiafang_desktop.services import backup_restore, backups
from jiafang_desktop.store import Store
from tests.faults.writer import say


def main() -> None:
    """Save, back up, restore, for ever."""
    folder, password, place, restored = Path(sys.argv[1]), sys.argv[2], Path(sys.argv[3]), Path(sys.argv[4])
    say("started")
    store = Store.open(folder, password=password)
    say("ready")
    number = 0
    while True:
        number += 1
        rec = new_record_id()
        store.append([Edit("cadre", rec, {"name": f"张{number}", "deleted": False})], by=store.operator)
        store.blobs.put(os.urandom(40_000))
        say("saved", rec)
        made = run_to_end(backups.now(store, to=place))
        say("backed up", made.written.facts.path.name, made.holds)
        into = restored.with_name(f"{restored.name}-{number}")
        run_to_end(backup_restore.restore(made.written.facts.path, into, password=password))
        say("restored", into.name)


if __name__ == "__main__":
    main()
