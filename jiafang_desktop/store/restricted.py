"""Keeps restricted fields inside the store: an account sees those it wrote itself, or all of them with the right.

Every reader of records that have such fields lets its states pass through here, and ``Store.append`` asks before it
writes, so that no page, paper or export can forget to. Which fields they are is domain.restricted's.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Any

from jiafang_desktop.domain.changes import Edit, Json, RevisionView
from jiafang_desktop.domain.restricted import RESTRICTED, refused
from jiafang_desktop.store.engine import Engine

_OWN = (
    "SELECT v.fields FROM revision v JOIN record r ON r.num = v.record "
    "WHERE r.rec = ? AND v.operator = ? AND v.fields IS NOT NULL"
)


class Veil:
    """Over one account's reading. ``sees_all`` is asked each time, since a right may be given meanwhile.

    What somebody wrote himself is known by its words: a field is seen by whoever once set exactly this value.
    """

    def __init__(self, engine: Engine, operator: str, *, sees_all: Callable[[], bool]) -> None:
        self._engine, self._operator, self._sees_all = engine, operator, sees_all

    def drawn(self, kind: str, rec: str, state: dict[str, Json]) -> frozenset[str]:
        """Clears in ``state`` what this account does not see, and names it."""
        filled = [name for name in RESTRICTED.get(kind, ()) if state.get(name)]
        if not filled or self._sees_all():
            return frozenset()
        own = self._own_values(rec, filled)
        hidden = frozenset(name for name in filled if state[name] not in own[name])
        state.update(dict.fromkeys(hidden))
        return hidden

    def over_history(self, rec: str, views: Sequence[RevisionView]) -> list[RevisionView]:
        """A record's history with hidden values cleared and named."""
        touched = [name for name in RESTRICTED.get(self._kind(rec), ()) if any(name in view.after for view in views)]
        if not touched or self._sees_all():
            return list(views)
        own = self._own_values(rec, touched)
        found = []
        for view in views:
            sides = {name: (view.before.get(name), view.after.get(name)) for name in touched if name in view.after}
            hidden = frozenset(
                name for name, pair in sides.items() if any(value and value not in own[name] for value in pair)
            )
            found.append(_cleared(view, hidden, own) if hidden else view)
        return found

    def over_state(self, rec: str, state: dict[str, Json]) -> dict[str, Json]:
        """A former state of a record as this account may see it."""
        self.drawn(self._kind(rec), rec, state)
        return state

    def require_free(self, edits: Sequence[Edit]) -> None:
        """Refuse edits of what this account does not see: nobody clears or overwrites it unawares.

        Raises:
            UserError: ``restricted``.
        """
        asked = {edit.rec: edit for edit in edits if RESTRICTED.get(edit.kind, {}).keys() & edit.fields.keys()}
        if not asked or self._sees_all():
            return
        sql = "SELECT rec, kind, state FROM record WHERE rec IN ({})"
        for rec, kind, state in self._engine.among(sql, list(asked)):
            for name in sorted(self.drawn(kind, rec, json.loads(state)) & asked[rec].fields.keys()):
                raise refused(kind, name, rec)

    def _kind(self, rec: str) -> str:
        return str(self._engine.value("SELECT kind FROM record WHERE rec = ?", (rec,)) or "")

    def _own_values(self, rec: str, names: Sequence[str]) -> dict[str, list[Any]]:
        """What this account itself ever wrote into fields of a record."""
        found: dict[str, list[Any]] = {name: [] for name in names}
        for (text,) in self._engine.all(_OWN, (rec, self._operator)):
            fields = json.loads(text)
            for name in names:
                if name in fields:
                    found[name].append(fields[name])
        return found


def _cleared(view: RevisionView, hidden: frozenset[str], own: dict[str, list[Any]]) -> RevisionView:
    def seen(fields: Any) -> dict[str, Json]:
        return {name: None if name in hidden and value not in own[name] else value for name, value in fields.items()}

    return replace(view, before=seen(view.before), after=seen(view.after), hidden=hidden)
