"""What set-up decided, changed later: the unit's names and kind, and a fresh recovery key.

Both were made with the folder (opening); who may change them is services' matter.
"""

from __future__ import annotations

import json
from dataclasses import asdict
from typing import TYPE_CHECKING

from jiafang_desktop.domain.changes import Edit
from jiafang_desktop.domain.units import Installation
from jiafang_desktop.store import index_version

if TYPE_CHECKING:
    from jiafang_desktop.store.opening import Opened


def note_of(here: Installation) -> Edit:
    """For the history: what the office was called from now on, and by whom it was changed."""
    fields = {"unit": here.unit, "ledger_unit": here.ledger_unit, "unit_type": here.unit_type, "county": here.county}
    return Edit("installation", f"installation:{here.install_id}", fields)


def settle(opened: Opened, here: Installation) -> None:
    """Keep the new names, with lists and search that go by them, all or nothing."""
    log, before = opened.log, opened.installation
    log.index.own_unit = here.own_ledger
    try:
        with opened.engine.transaction():
            text = json.dumps(asdict(here), ensure_ascii=False)
            opened.engine.run("INSERT OR REPLACE INTO meta VALUES ('installation', ?)", (text,))
            if here.own_ledger != before.own_ledger:
                index_version.rebuild_index(log)
    except BaseException:
        log.index.own_unit = before.own_ledger
        raise
    opened.installation = here


def use_recovery_key(opened: Opened, printed: str) -> None:
    """Let this key, and no earlier one, set a new password."""
    fresh = opened.vault.with_recovery(opened.data_key, printed=printed)
    fresh.write(opened.folder)
    opened.vault = fresh
