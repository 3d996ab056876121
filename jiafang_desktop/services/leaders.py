"""分工: who is in charge of what, from when to when (policy 四之一). The table is replaced whole, its history is kept.

How an entry is found for a concern is domain.routing's.
"""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

from jiafang_desktop.common import clock
from jiafang_desktop.common.errors import UserError
from jiafang_desktop.domain import routing
from jiafang_desktop.domain.changes import Changes, Edit, Operator
from jiafang_desktop.domain.routing import Leader

if TYPE_CHECKING:
    from collections.abc import Sequence

    from jiafang_desktop.store import Store

__all__ = ["Leader", "leaders_json", "listing", "responsible_for", "save", "set_leaders"]

_KIND, _NAME = "leaders", "table"


def set_leaders(store: Store, data: Any, *, by: Operator) -> Changes:
    """Take L.json over as the whole table; nothing is written where nothing differs.

    Raises:
        UserError: ``unknown_field bad_input bad_date`` (``field`` and ``index`` in details), ``read_only``.
    """
    return save(store, routing.read_leaders(data), by=by)


def save(store: Store, leaders: Sequence[Leader], *, by: Operator) -> Changes:
    """The same with entries at hand (the settings page)."""
    value = [leader.to_json() for leader in leaders]
    routing.read_leaders(value)
    if value == [leader.to_json() for leader in listing(store)]:
        return Changes()
    return store.append([Edit(_KIND, f"{_KIND}:{_NAME}", {"value": value})], by=by)


def listing(store: Store) -> list[Leader]:
    """The whole table, former leaders too, as it was set."""
    value = store.values.get(_KIND, _NAME)
    try:
        return routing.read_leaders(value) if isinstance(value, list) else []
    except UserError:  # written by a newer program: nobody is named rather than somebody wrong
        return []


def leaders_json(store: Store) -> dict[str, Any]:
    """``leaders list``: L.json, each entry with whether it holds today."""
    today = clock.today()
    found = [{**leader.to_json(), "current": leader.in_office(today)} for leader in listing(store)]
    return {"total": len(found), "leaders": found}


def responsible_for(
    store: Store, role: str, *, unit: str | None = None, section: str | None = None, on: date | None = None
) -> Leader | None:
    """Who holds a role for a unit (None: our own) and section on a day (None: today); None where nobody is named."""
    here = unit or store.installation.ledger_unit or store.installation.unit
    return routing.responsible(listing(store), role, unit=here, section=section, on=on or clock.today())
