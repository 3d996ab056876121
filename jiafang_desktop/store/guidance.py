"""Reading 组织督导情况, behind the veil. Writing goes through the log; who may is services' matter."""

from __future__ import annotations

import json

from jiafang_desktop.domain.guidance import Guidance, record_id
from jiafang_desktop.store.engine import Engine
from jiafang_desktop.store.restricted import Veil


class GuidanceReader:
    """What ``Store.guidance`` offers."""

    def __init__(self, engine: Engine, *, veil: Veil) -> None:
        self._engine, self._veil = engine, veil

    def get(self, visit: str) -> Guidance:
        """A visit's sheet, an empty one where none was begun."""
        rec = record_id(visit)
        sql = "SELECT state FROM record WHERE rec = ? AND kind = 'guidance'"
        state = json.loads(self._engine.value(sql, (rec,)) or "{}")
        hidden = self._veil.drawn("guidance", rec, state)
        return Guidance.from_fields(state, visit=visit, hidden=hidden)
