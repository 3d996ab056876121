"""Reading problems: of a visit, open ones, of a year. Writing goes through the log."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any

from jiafang_desktop.common.errors import UserError
from jiafang_desktop.domain.problems import Problem
from jiafang_desktop.store.engine import Engine
from jiafang_desktop.store.tables import DELETED

_LISTED = (
    "SELECT p.rec, r.state FROM problem p JOIN record r ON r.num = p.num JOIN visit v ON v.rec = p.visit "
    f"WHERE p.deleted = 0 AND v.facts & {DELETED} = 0"
)
_ORDER = " ORDER BY v.unit_key, v.year, v.number, v.rec, p.position, p.rec"


class ProblemReader:
    """What ``Store.problems`` offers."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def of(self, visit_id: str) -> list[Problem]:
        """A visit's problems in their order, deleted ones left out."""
        return self.of_many([visit_id]).get(visit_id, [])

    def of_many(self, visits: Sequence[str]) -> dict[str, list[Problem]]:
        """The same for several visits; those without problems are left out."""
        sql = (
            "SELECT p.visit, p.rec, r.state FROM problem p JOIN record r ON r.num = p.num "
            "WHERE p.visit IN ({}) AND p.deleted = 0 ORDER BY p.visit, p.position, p.rec"
        )
        found: dict[str, list[Problem]] = {}
        for visit, rec, state in self._engine.among(sql, visits):
            found.setdefault(visit, []).append(Problem.from_fields(rec, json.loads(state)))
        return found

    def ever_of(self, visit_id: str) -> list[str]:
        """Ids of all problems a visit ever had, deleted ones too."""
        return [row[0] for row in self._engine.all("SELECT rec FROM problem WHERE visit = ? ORDER BY rec", (visit_id,))]

    def all(self, *, year: int | None = None, open_only: bool = False) -> list[Problem]:
        """Problems by unit, year and number of their visits, which is not void."""
        where, values = _LISTED, list[Any]()
        if open_only:
            where += " AND p.open = 1"
        if year is not None:
            where += " AND v.year = ?"
            values.append(year)
        return [Problem.from_fields(rec, json.loads(state)) for rec, state in self._engine.all(where + _ORDER, values)]

    def open(self) -> list[Problem]:
        """Problems without an outcome."""
        return self.all(open_only=True)

    def get(self, rec: str) -> Problem:
        """One problem, deleted or not.

        Raises:
            UserError: ``not_found``.
        """
        state = self._engine.value("SELECT state FROM record WHERE rec = ? AND kind = 'problem'", (rec,))
        if state is None:
            raise UserError("not_found", "没有找到这个问题。", hint="请在问题列表中重新选择。", details={"id": rec})
        return Problem.from_fields(rec, json.loads(state))
