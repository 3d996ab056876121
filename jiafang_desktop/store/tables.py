"""The index tables as objects for composing queries, and the facts a visit's status is derived from.

Rows are made in rows, written in index_writer; the schema itself stands in migrations.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from typing import Any

from peewee import SQL, Table

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
_ALL_FACTS = 1 << 7


def status_of(facts: int) -> str:
    """What ``Visit.status`` says of a visit with these facts; a status itself is stored nowhere."""
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
    """Every combination of facts that means one of ``statuses``."""
    wanted = set(statuses)
    return [facts for facts in range(_ALL_FACTS) if status_of(facts) in wanted]


ALL_STATUSES = frozenset(STATUSES)


def among(column: Any, nums: Sequence[int]) -> Any:
    """``num`` in any number of values, which travel as one."""
    return column.in_(SQL("(SELECT value FROM json_each(?))", [json.dumps(list(nums))]))
