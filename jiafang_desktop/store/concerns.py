"""Reading concerns, and which visits were made for them. Writing goes through the log.

There are thousands of concerns at most, so they are read from their records; their ids stand together (a range of
record ids). Visits name their concerns; the search index finds those visits (rows.visit_tokens).
"""

from __future__ import annotations

import json
from collections.abc import Sequence

from jiafang_desktop.common.errors import UserError
from jiafang_desktop.domain.concerns import ID_PREFIX, Concern, LinkedVisit
from jiafang_desktop.domain.units import Installation
from jiafang_desktop.domain.visits import Visit
from jiafang_desktop.store import spelling
from jiafang_desktop.store.engine import Engine
from jiafang_desktop.store.tables import held_back, status_of
from jiafang_desktop.store.visits import LINKED, filing_outcomes, own_unit

# The first text after all that begin with the prefix ends the range.
_RANGE = (ID_PREFIX, ID_PREFIX[:-1] + chr(ord(ID_PREFIX[-1]) + 1))
_ALL = "SELECT rec, state FROM record WHERE kind = 'concern' AND rec >= ? AND rec < ? ORDER BY num"
_FEW = 200  # concerns asked for by name; more are found by asking for all


class ConcernReader:
    """What ``Store.concerns`` offers; every concern comes with the visits made for it."""

    def __init__(self, engine: Engine, installation: Installation) -> None:
        self._engine = engine
        self._own_unit, self._at_county = own_unit(installation), installation.role == "county"

    def all(self, *, include_deleted: bool = False) -> list[Concern]:
        """Every concern, in the order they came."""
        found = [Concern.from_fields(rec, json.loads(state)) for rec, state in self._engine.all(_ALL, _RANGE)]
        return self._linked([concern for concern in found if include_deleted or not concern.deleted])

    def count(self) -> int:
        """How many concerns are not deleted."""
        sql = _ALL.replace("rec, state", "count(*)").replace(" ORDER BY num", "")
        return int(self._engine.value(f"{sql} AND coalesce(json_extract(state, '$.deleted'), 0) = 0", _RANGE))

    def many(self, ids: Sequence[str]) -> list[Concern]:
        """Concerns in the order of ``ids``, deleted ones too; missing ones are left out."""
        sql = "SELECT rec, state FROM record WHERE kind = 'concern' AND rec IN ({})"
        states = {rec: json.loads(state) for rec, state in self._engine.among(sql, list(dict.fromkeys(ids)))}
        return self._linked([Concern.from_fields(rec, states[rec]) for rec in ids if rec in states])

    def get(self, rec: str) -> Concern:
        """One concern, deleted or not.

        Raises:
            UserError: ``not_found``.
        """
        found = self.many([rec])
        if not found:
            raise UserError("not_found", "没有找到这件诉求。", hint="请在诉求列表中重新选择。", details={"id": rec})
        return found[0]

    def next_number(self, unit: str | None, year: int) -> int:
        """The number after the highest of a register's year; deleted concerns keep theirs."""
        return self.highest_numbers(year).get((unit or self._own_unit) if self._at_county else self._own_unit, 0) + 1

    def highest_numbers(self, year: int) -> dict[str, int]:
        """The highest number of every register that has one."""
        found: dict[str, int] = {}
        for rec, state in self._engine.all(_ALL, _RANGE):
            concern = Concern.from_fields(rec, json.loads(state))
            if concern.year == year:
                keeper = self.keeper(concern)
                found[keeper] = max(found.get(keeper, 0), concern.number or 0)
        return found

    def keeper(self, concern: Concern) -> str:
        """The unit in whose register it stands: the cadre's at the county, our own at a unit."""
        return (concern.content.unit or self._own_unit) if self._at_county else self._own_unit

    def visits_for(self, ids: Sequence[str]) -> dict[str, list[LinkedVisit]]:
        """Registered visits made for concerns, by concern and date; void ones left out."""
        wanted = set(ids)
        tokens = [spelling.link_token(rec) for rec in wanted] if len(wanted) <= _FEW else [spelling.LINKED]
        if not tokens:
            return {}
        found: dict[str, list[LinkedVisit]] = {}
        holding = held_back(filing_outcomes(self._engine))
        for rec, facts, state in self._engine.all(LINKED, (" OR ".join(f'"{token}"' for token in tokens),)):
            content = Visit.from_fields(rec, json.loads(state)).content
            visit = LinkedVisit(rec, content.number, content.date, status_of(facts, holding=holding))
            for concern in wanted.intersection(content.concerns):
                found.setdefault(concern, []).append(visit)
        return found

    def _linked(self, concerns: list[Concern]) -> list[Concern]:
        visits = self.visits_for([concern.id for concern in concerns])
        return [concern.with_visits(visits[concern.id]) if concern.id in visits else concern for concern in concerns]
