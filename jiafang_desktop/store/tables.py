"""The index tables as objects for composing queries, and the facts a visit's status is derived from.

Rows are made in rows, written in index_writer; the schema itself stands in migrations.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from typing import Any

from peewee import SQL, Table

from jiafang_desktop.domain.problems import OUTCOMES
from jiafang_desktop.domain.visits import STATUSES

VISIT: Any = Table(
    "visit",
    ("num", "rec", "unit", "unit_key", "year", "quarter", "number", "on_date", "visitee", "visitee_key", "leaders",
     "priority", "facts"),
)  # fmt: skip
CADRE: Any = Table("cadre", ("num", "rec", "name", "name_key", "unit", "deleted"))

NO_YEAR = 9999  # a visit without a date, or without a number, comes last
NO_NUMBER = 2**31

REGISTERED, DELETED, ARCHIVED, NOTHING_TO_SOLVE, HAS_PROBLEMS, HAS_OPEN, BEGUN = (1 << bit for bit in range(7))
_SETTLED = 1 << 7  # facts once it is known which outcomes let a visit be filed
# One fact more for every outcome that one of its problems has, and one for an outcome of another program. Which of
# them count is the office's rules' word at the moment of reading, so that new rules write no visit anew.
HAS_OUTCOME = {outcome: 1 << bit for bit, outcome in enumerate(OUTCOMES, start=7)}
HAS_OTHER_OUTCOME = 1 << 7 + len(OUTCOMES)


def held_back(outcomes: Iterable[str]) -> int:
    """The facts that keep a visit from being filed where only ``outcomes`` let it."""
    allowed = set(outcomes)
    return HAS_OTHER_OUTCOME | sum(bit for outcome, bit in HAS_OUTCOME.items() if outcome not in allowed)


def settled(facts: int, holding: int) -> int:
    """``facts`` with an outcome that does not count read as a problem that was begun and is open."""
    return (facts | HAS_OPEN | BEGUN if facts & holding else facts) & (_SETTLED - 1)


def status_of(facts: int, *, holding: int = HAS_OTHER_OUTCOME) -> str:
    """What ``Visit.status`` says of a visit with these facts; a status itself is stored nowhere."""
    facts = settled(facts, holding)
    if facts & DELETED:
        return "void"
    if not facts & REGISTERED:
        return "draft"
    if facts & ARCHIVED:
        return "archived"
    if facts & HAS_PROBLEMS:
        if not facts & HAS_OPEN:
            return "ready"
        return "in_progress" if facts & BEGUN else "registered"
    return "ready" if facts & NOTHING_TO_SOLVE else "registered"


def facts_with(statuses: Iterable[str]) -> list[int]:
    """Every combination of settled facts that means one of ``statuses``."""
    wanted = set(statuses)
    return [facts for facts in range(_SETTLED) if status_of(facts) in wanted]


def settled_facts(holding: int) -> Any:
    """``settled`` for composing queries: a column of ``VISIT``."""
    return SQL(f"((facts | (CASE WHEN facts & {int(holding)} THEN {HAS_OPEN | BEGUN} ELSE 0 END)) & {_SETTLED - 1})")


ALL_STATUSES = frozenset(STATUSES)


def among(column: Any, nums: Sequence[int]) -> Any:
    """``num`` in any number of values, which travel as one."""
    return column.in_(SQL("(SELECT value FROM json_each(?))", [json.dumps(list(nums))]))
