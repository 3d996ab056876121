"""Reading visits: ids in order, windows of them, counts by status, numbers of a ledger.

Writing goes through the log; what a visit may do is decided in domain and services.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from peewee import OP, SQL, Expression, Ordering, fn

from jiafang_desktop.common.errors import UserError
from jiafang_desktop.domain.concerns import LinkedVisit
from jiafang_desktop.domain.problems import counted_outcomes
from jiafang_desktop.domain.record_ids import WIDTH, RecordIds
from jiafang_desktop.domain.units import Installation
from jiafang_desktop.domain.visits import Visit, VisitQuery
from jiafang_desktop.store import rows, search, spelling
from jiafang_desktop.store.engine import Engine
from jiafang_desktop.store.problems import ProblemReader
from jiafang_desktop.store.restricted import Veil
from jiafang_desktop.store.tables import (
    ALL_STATUSES,
    DELETED,
    NO_NUMBER,
    NO_YEAR,
    REGISTERED,
    VISIT,
    among,
    facts_with,
    held_back,
    settled_facts,
    status_of,
)  # fmt: skip
from jiafang_desktop.store.values import ValueReader

# Each order is one index, walked forwards; ties always end with the id.
_ORDERS = {
    "unit_year_number": (VISIT.unit_key, VISIT.year, VISIT.number, VISIT.rec),
    "number_desc": (VISIT.year.desc(), VISIT.unit_key.desc(), VISIT.number.desc(), VISIT.rec.desc()),
    "date_desc": (VISIT.year.desc(), VISIT.on_date.desc(), VISIT.rec.desc()),
    "visitee": (VISIT.visitee_key, VISIT.year, VISIT.number, VISIT.rec),
}


_LED = (
    "SELECT num, leaders FROM visit WHERE num IN (SELECT rowid FROM search_visit WHERE search_visit MATCH ?) "
    "ORDER BY num"
)
# From one year to the next in the index; DISTINCT would walk through all of it.
_YEARS = (
    "WITH RECURSIVE found (year) AS (SELECT min(year) FROM visit UNION ALL "
    "SELECT (SELECT min(year) FROM visit v WHERE v.year > found.year) FROM found WHERE found.year IS NOT NULL) "
    "SELECT year FROM found WHERE year < ?"
)
# Registered visits that hold one of some tokens, with what is known of them (concerns and plans ask so).
LINKED = (
    "SELECT v.rec, v.facts, r.state FROM visit v JOIN record r ON r.num = v.num "
    f"WHERE v.facts & {DELETED} = 0 AND v.facts & {REGISTERED} = {REGISTERED} "
    "AND v.num IN (SELECT rowid FROM search_visit WHERE search_visit MATCH ?) ORDER BY v.on_date, v.number, v.rec"
)
_STRETCH = 10_000
_FEW = 200  # plans asked for by name; more are found by asking for all


class VisitReader:
    """What ``Store.visits`` offers."""

    def __init__(self, engine: Engine, installation: Installation, problems: ProblemReader, *, veil: Veil) -> None:
        self._engine, self._problems, self._veil = engine, problems, veil
        self._own_unit = own_unit(installation)

    def ids(self, query: VisitQuery) -> list[str]:
        """Ids of the visits a query names, in its order."""
        found = self._asked(query, VISIT.rec).order_by(*_order_of(query))
        return [row[0] for row in self._engine.select(found)]

    def listing(self, query: VisitQuery, *, backwards: bool = False) -> RecordIds:
        """The same, packed: a list of a million visits is one text of the database's making. ``backwards`` turns it."""
        order = _order_of(query)
        if backwards:
            order = tuple(_turned(column) for column in order)
        sql, values = self._asked(query, VISIT.rec).order_by(*order).sql()
        # An aggregate that depends on the order keeps the inner one's (SQLite, "ORDER BY in subqueries").
        others, packed = self._engine.all(
            f"SELECT total(length(rec) <> {WIDTH}), group_concat(rec, '') FROM ({sql})", values
        )[0]
        if not others:
            return RecordIds(packed=packed or "")
        return RecordIds(row[0] for row in self._engine.all(sql, values))

    def stretches(self) -> list[tuple[int, int]]:
        """First and last numbers of stretches of records, each read in some milliseconds."""
        last = self._engine.value("SELECT max(num) FROM visit") or 0
        return [(first, first + _STRETCH - 1) for first in range(0, last + 1, _STRETCH)]

    def leaders(self, *, year: int | None = None, stretch: tuple[int, int] | None = None) -> dict[str, int]:
        """Who went on how many visits of a year; void ones left out. Only those of a stretch, if one is given."""
        where, values = ("AND year = ? ", [year]) if year is not None else ("", [])
        if stretch is not None:  # + keeps the year's index out of it
            where, values = where.replace("year", "+year") + "AND num BETWEEN ? AND ? ", [*values, *stretch]
        sql = f"SELECT leaders, count(*) FROM visit WHERE facts & {DELETED} = 0 {where}GROUP BY leaders"
        counts: dict[str, int] = {}
        for names, count in self._engine.all(sql, values):
            for name in filter(None, names.split("\n")):
                counts[name] = counts.get(name, 0) + count
        return counts

    def many(self, ids: Sequence[str]) -> list[Visit]:
        """Visits in the order of ``ids``; missing ones are left out."""
        sql = "SELECT rec, state FROM record WHERE kind = 'visit' AND rec IN ({})"
        states = {rec: json.loads(state) for rec, state in self._engine.among(sql, list(dict.fromkeys(ids)))}
        problems = self._problems.of_many(list(states))
        hidden = {rec: self._veil.drawn("visit", rec, state) for rec, state in states.items()}
        outcomes = filing_outcomes(self._engine)
        return [
            Visit.from_fields(
                rec, states[rec], problems=tuple(problems.get(rec, ())), hidden=hidden[rec], outcomes=outcomes
            )
            for rec in ids
            if rec in states
        ]  # fmt: skip

    def get(self, rec: str) -> Visit:
        """One visit.

        Raises:
            UserError: ``not_found``.
        """
        found = self.many([rec])
        if not found:
            raise UserError("not_found", "没有找到这次家访。", hint="请在家访列表中重新选择。", details={"id": rec})
        return found[0]

    def facets(self, query: VisitQuery) -> dict[str, int]:
        """How many visits of a query have each status; statuses without any are left out."""
        counts: dict[str, int] = {}
        if query.year is None and not query.text.strip():  # one after the other: sorting a million takes 20 MB
            for year in (*self.years(), NO_YEAR):
                for status, count in self.facets(replace(query, year=year)).items():
                    counts[status] = counts.get(status, 0) + count
            return counts
        counted = self._asked(query, VISIT.facts, fn.COUNT(VISIT.num)).group_by(VISIT.facts)
        holding = held_back(filing_outcomes(self._engine))
        for facts, count in self._engine.select(counted):
            status = status_of(facts, holding=holding)
            counts[status] = counts.get(status, 0) + count
        return counts

    def months(self, query: VisitQuery) -> list[tuple[int, int, int]]:
        """(Visits, filed ones, those that wait for the file) of a query, January first; those without a date stand in
        no month."""
        month = fn.SUBSTR(VISIT.on_date, 6, 2)
        counted = self._asked(query, month, VISIT.facts, fn.COUNT(VISIT.num)).group_by(month, VISIT.facts)
        counts = [(0, 0, 0)] * 12
        holding = held_back(filing_outcomes(self._engine))
        for found, facts, count in self._engine.select(counted):
            if found:
                visits, filed, ready = counts[int(found) - 1]
                status = status_of(facts, holding=holding)
                counts[int(found) - 1] = (
                    visits + count, filed + count * (status == "archived"), ready + count * (status == "ready")
                )  # fmt: skip
        return counts

    def years(self) -> list[int]:
        """Years that have visits, void ones and drafts with a date too, oldest first."""
        return [row[0] for row in self._engine.all(_YEARS, (NO_YEAR,))]

    def _led_by(self, name: str) -> list[int]:
        """Visits one of whose leaders is written so, white space aside: the index finds them, the row decides."""
        plain = spelling.normal(name)
        pieces = spelling.pieces(plain)
        if not pieces:
            return []
        asked = [piece for piece in pieces if len(piece) > 1] or pieces  # the pairs hold the single characters
        found = self._engine.all(_LED, (" AND ".join(f'"t{piece}"' for piece in asked),))
        is_his: dict[str, bool] = {}  # the same few leaders stand together again and again
        for _, leaders in found:
            if leaders not in is_his:
                is_his[leaders] = plain in map(spelling.normal, leaders.split("\n"))
        return [num for num, leaders in found if is_his[leaders]]

    def for_plans(self, ids: Sequence[str]) -> dict[str, LinkedVisit]:
        """The registered visit made for each plan, the earliest where there are several; void ones left out."""
        wanted = set(ids)
        tokens = [spelling.link_token(rec) for rec in wanted] if len(wanted) <= _FEW else [spelling.PLANNED]
        if not tokens:
            return {}
        found: dict[str, LinkedVisit] = {}
        holding = held_back(filing_outcomes(self._engine))
        for rec, facts, state in self._engine.all(LINKED, (" OR ".join(f'"{token}"' for token in tokens),)):
            content = Visit.from_fields(rec, json.loads(state)).content
            if content.plan in wanted:
                status = status_of(facts, holding=holding)
                found.setdefault(content.plan, LinkedVisit(rec, content.number, content.date, status))
        return found

    def next_number(self, unit: str | None, year: int) -> int:
        """The number after the highest of a ledger's year; void visits keep theirs."""
        sql = "SELECT max(number) FROM visit WHERE unit_key = ? AND year = ? AND number < ?"
        return (self._engine.value(sql, (self._unit_key(unit), year, NO_NUMBER)) or 0) + 1

    def number_taken(self, unit: str | None, year: int, number: int, *, other_than: str | None = None) -> str | None:
        """The id of a visit that has this number in this ledger's year, void or not."""
        sql = (
            "SELECT rec FROM visit WHERE unit_key = ? AND year = ? AND number = ? AND rec IS NOT ? ORDER BY rec LIMIT 1"
        )
        found: str | None = self._engine.value(sql, (self._unit_key(unit), year, number, other_than))
        return found

    def _unit_key(self, unit: str | None) -> str:
        return spelling.name_key(unit or self._own_unit)

    def _asked(self, query: VisitQuery, *columns: Any) -> Any:
        """The query's filters; peewee puts them together."""
        found = VISIT.select(*columns)
        statuses = set(query.statuses) or set(ALL_STATUSES)
        statuses -= {"draft"} if not query.include_drafts else set()
        statuses -= {"void"} if not query.include_deleted else set()
        if statuses != ALL_STATUSES:
            holding = held_back(filing_outcomes(self._engine))
            found = found.where(Expression(settled_facts(holding), OP.IN, facts_with(statuses)))
        if query.year is not None:
            found = found.where(VISIT.year == query.year)
        if query.quarter is not None:
            found = found.where(VISIT.quarter == query.quarter)
        if query.month is not None:
            found = found.where(fn.SUBSTR(VISIT.on_date, 6, 2) == f"{query.month:02d}")
        if query.unit is not None:
            found = found.where(VISIT.unit_key == self._unit_key(query.unit))
        if query.priority is not None:
            found = found.where(VISIT.priority == query.priority)
        if query.leader is not None:
            found = found.where(among(VISIT.num, self._led_by(query.leader)))
        if query.text.strip():
            found = found.where(self._has_words(query.text))
        return found

    def _has_words(self, text: str) -> Any:
        """The index's own answer where it decides: hundreds of thousands of hits then never leave the database."""
        match = search.decided_match(text)
        if match is not None:
            return VISIT.num.in_(SQL("(SELECT rowid FROM search_visit WHERE search_visit MATCH ?)", [match]))
        return among(VISIT.num, search.find(self._engine, "search_visit", text, texts_of=rows.visit_texts))


def filing_outcomes(engine: Engine) -> tuple[str, ...]:
    """The outcomes that let a visit be filed, as the office's rules say now."""
    values = ValueReader(engine)
    return counted_outcomes(values.get("rules", "current"), values.get("setting", "archive_outcomes"))


def _order_of(query: VisitQuery) -> tuple[Any, ...]:
    order = _ORDERS[query.order]
    if query.order == "unit_year_number" and query.year is not None:
        return order[:1] + order[2:]  # the year stands still; so the other index serves
    return order


def _turned(column: Any) -> Any:
    return column.node if isinstance(column, Ordering) else column.desc()


def own_unit(installation: Installation) -> str:
    """The unit whose ledger a visit without a unit belongs to."""
    return installation.own_ledger
