"""Writes what the fold says into record, index and search tables, inside the caller's transaction.

Whether a change is allowed, and the log itself, are not decided here.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

from jiafang_desktop.domain.changes import Json
from jiafang_desktop.store import rows
from jiafang_desktop.store.canonical import canonical_text
from jiafang_desktop.store.engine import Engine
from jiafang_desktop.store.fold import Conflict
from jiafang_desktop.store.revisions import pack


@dataclass(slots=True)
class Record:
    """A record while it is being written: ``touched`` are the fields set, ``heads`` its latest revisions.

    ``state_json`` is the state's JSON where the caller has it already.
    """

    num: int
    rec: str
    kind: str
    heads: tuple[str, ...]
    state: dict[str, Json]
    is_new: bool = False
    touched: set[str] = field(default_factory=set)
    state_json: str | None = None


_TABLES = {
    "visit": ("visit", "search_visit"), "cadre": ("cadre", "search_cadre"), "problem": ("problem", "search_more"),
    "concern": ("search_more",), "meeting": ("search_more",),
}  # fmt: skip


class IndexWriter:
    """``own_unit`` keeps the ledger of visits that name no unit."""

    def __init__(self, engine: Engine, *, own_unit: str) -> None:
        self.engine, self.own_unit = engine, own_unit

    def write(self, records: Sequence[Record], conflicts: Sequence[Conflict] | None = None) -> None:
        """Put records and everything listed or searched of them in place.

        Args:
            conflicts: all conflicts of these records (merging); None after local edits, which only settle some.
        """
        self.put_records(records)
        if conflicts is None:
            self._settle(records)
        else:
            self._conflicts(records, conflicts)
        self.put_rows(records)

    def put_rows(self, records: Sequence[Record]) -> None:
        """Only what lists and search are made of."""
        by_kind: dict[str, list[Record]] = {}
        for record in records:
            by_kind.setdefault(record.kind, []).append(record)
        owners = self._problems(by_kind.get("problem", ()))
        self._visits(by_kind.get("visit", ()), also=owners)
        self._cadres(by_kind.get("cadre", ()))
        for kind in rows.MORE_SEARCHED:
            self._more(by_kind.get(kind, ()))

    def put_records(self, records: Sequence[Record]) -> None:
        """Only the records themselves, so that revisions may point to them."""
        new = [record for record in records if record.is_new]
        old = [record for record in records if not record.is_new]
        if new:
            values: Iterable[Sequence[Any]] = [(r.num, r.rec, r.kind, pack(r.heads), _json(r)) for r in new]
            self.engine.many("INSERT INTO record (num, rec, kind, heads, state) VALUES (?, ?, ?, ?, ?)", values)
        if old:
            values = [(r.kind, pack(r.heads), _json(r), r.num) for r in old]
            self.engine.many("UPDATE record SET kind = ?, heads = ?, state = ? WHERE num = ?", values)

    def forget(self, record: Record) -> None:
        """Take a record off its lists (its kind turned out to be another)."""
        for table in _TABLES.get(record.kind, ()):
            column = "rowid" if table.startswith("search_") else "num"
            self.engine.run(f"DELETE FROM {table} WHERE {column} = ?", (record.num,))

    def _settle(self, records: Sequence[Record]) -> None:
        """A local edit descends from every head, so the fields it sets are decided."""
        if self.engine.one("SELECT 1 FROM conflict LIMIT 1") is None:
            return
        settled = [(record.num, name) for record in records if not record.is_new for name in record.touched]
        self.engine.many("DELETE FROM conflict WHERE record = ? AND field = ?", settled)

    def _conflicts(self, records: Sequence[Record], conflicts: Sequence[Conflict]) -> None:
        nums = {record.rec: record.num for record in records}
        self.engine.many("DELETE FROM conflict WHERE record = ?", [(num,) for num in nums.values()])
        values = [conflict_row(conflict, nums[conflict.rec]) for conflict in conflicts]
        self.engine.many("INSERT INTO conflict VALUES (?, ?, ?, ?, ?)", values)

    def _problems(self, problems: Sequence[Record]) -> set[str]:
        """Write problems; the visits whose facts they are, before and after."""
        if not problems:
            return set()
        values = [rows.problem_row(record.num, record.rec, record.state) for record in problems]
        replaced = self._put("problem", values)
        return {row[2] for row in [*replaced, *values]}

    def _visits(self, visits: Sequence[Record], *, also: set[str]) -> None:
        missing = sorted(also - {record.rec for record in visits})
        found = self.engine.among("SELECT num, rec, state FROM record WHERE kind = 'visit' AND rec IN ({})", missing)
        every = [*visits, *(Record(num, rec, "visit", (), json.loads(state)) for num, rec, state in found)]
        if not every:
            return
        facts = self.problem_facts([record.rec for record in every])
        values = [
            rows.visit_row(
                record.num, record.rec, record.state, own_unit=self.own_unit,
                problems=facts.get(record.rec, rows.ProblemFacts()),
            )
            for record in every
        ]  # fmt: skip
        self._put("visit", values)
        stale = [record for record in visits if record.is_new or record.touched & rows.VISIT_SEARCHED]
        self._search("search_visit", [(record, rows.visit_tokens(record.state)) for record in stale])

    def _put(self, table: str, values: Sequence[tuple[Any, ...]]) -> list[tuple[Any, ...]]:
        """Put rows in place; gives the rows that stood there. Equal ones are left: every index page costs a commit."""
        nums = [row[0] for row in values]
        standing = {row[0]: row for row in self.engine.among(f"SELECT * FROM {table} WHERE num IN ({{}})", nums)}
        places = ", ".join("?" * len(values[0]))
        changed = [row for row in values if standing.get(row[0]) != row]
        self.engine.many(f"INSERT OR REPLACE INTO {table} VALUES ({places})", changed)
        return list(standing.values())

    def problem_facts(self, visits: Sequence[str]) -> dict[str, rows.ProblemFacts]:
        """Each visit's problems counted, for visits that have any."""
        steps = (*rows.OUTCOME_STEPS.values(), rows.OTHER_OUTCOME_STEP)
        outcomes = " + ".join(f"max(begun = {step}) * {1 << step}" for step in steps)
        sql = (
            f"SELECT visit, count(*), sum(open), sum(begun > 0), {outcomes} FROM problem WHERE visit IN ({{}}) "
            "AND deleted = 0 GROUP BY visit"
        )
        return {row[0]: rows.ProblemFacts(*row[1:]) for row in self.engine.among(sql, visits)}

    def _cadres(self, cadres: Sequence[Record]) -> None:
        if not cadres:
            return
        values = [rows.cadre_row(record.num, record.rec, record.state) for record in cadres]
        self._put("cadre", values)
        stale = [record for record in cadres if record.is_new or record.touched & rows.CADRE_SEARCHED]
        self._search("search_cadre", [(record, rows.cadre_tokens(record.state)) for record in stale])

    def _more(self, records: Sequence[Record]) -> None:
        stale = [record for record in records if record.is_new or record.touched & rows.MORE_SEARCHED[record.kind]]
        if stale:
            found = [(record, rows.more_tokens(record.kind, record.state)) for record in stale]
            self._search("search_more", found)

    def _search(self, table: str, found: Sequence[tuple[Record, str]]) -> None:
        old = [(record.num,) for record, _ in found if not record.is_new]
        if old:
            self.engine.many(f"DELETE FROM {table} WHERE rowid = ?", old)
        self.engine.many(
            f"INSERT INTO {table} (rowid, tokens) VALUES (?, ?)", [(record.num, tokens) for record, tokens in found]
        )


def conflict_row(conflict: Conflict, num: int) -> tuple[Any, ...]:
    """The row of ``conflict``."""
    as_bytes = bytes.fromhex
    return as_bytes(conflict.id), num, conflict.field, as_bytes(conflict.winner), as_bytes(conflict.loser)


def _json(record: Record) -> str:
    if record.state_json is not None:
        return record.state_json
    return canonical_text(record.state)
