"""Small values kept with a history: settings, column maps, prints. Writing goes through the log."""

from __future__ import annotations

import json

from jiafang_desktop.domain.changes import Json
from jiafang_desktop.store.engine import Engine

# "K;" is the first text after all that begin with "K:".
_ALL = "SELECT rec, state FROM record WHERE kind = ? AND rec >= ? AND rec < ? ORDER BY rec"


class ValueReader:
    """What ``Store.values`` offers: a record of kind K named N has the id ``K:N`` and one field ``value``."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def get(self, kind: str, name: str) -> Json | None:
        """A value, None where it was never set or was cleared."""
        state = self._engine.value("SELECT state FROM record WHERE rec = ? AND kind = ?", (f"{kind}:{name}", kind))
        return json.loads(state).get("value") if state is not None else None

    def all(self, kind: str) -> dict[str, Json]:
        """Every value of a kind by name; cleared ones are left out."""
        found = {}
        for rec, state in self._engine.all(_ALL, (kind, f"{kind}:", f"{kind};")):
            value = json.loads(state).get("value")
            if value is not None:
                found[rec.partition(":")[2]] = value
        return found
