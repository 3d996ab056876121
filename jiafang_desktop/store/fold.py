"""From a record's revisions to its present state: the concurrency rules of ARCHITECTURE, as pure functions.

Any order and any repetition of the same revisions gives the same result. No database and no clock here.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

from jiafang_desktop.domain.changes import Json
from jiafang_desktop.store.canonical import canonical
from jiafang_desktop.store.revisions import Revision

# Setting one of these deletes or says why; everything else is an edit, which a concurrent delete never beats.
DELETE_FIELDS = frozenset({"deleted", "delete_reason"})


@dataclass(frozen=True, slots=True)
class Conflict:
    """Two concurrent setters of one field: ``winner`` and ``loser`` are revision ids."""

    id: str
    rec: str
    field: str
    winner: str
    loser: str


@dataclass(frozen=True, slots=True)
class Folded:
    """A record now: its fields, the revisions a next one descends from (sorted), and what is undecided."""

    rec: str
    kind: str
    state: Mapping[str, Json]
    heads: tuple[str, ...]
    conflicts: tuple[Conflict, ...]


def conflict_id(rec: str, field: str, setters: Iterable[str]) -> str:
    """The same id on every side, whichever of the two is at hand first."""
    return hashlib.sha256(canonical([rec, field, sorted(setters)])).hexdigest()


def is_blank(value: Json) -> bool:
    """Null, empty text, empty list or dict; false and 0 say something."""
    return value is None or value == "" or value == [] or value == {}


def fold(revisions: Iterable[Revision], *, side_of: Callable[[str], str]) -> Folded:
    """One record's state from all its known revisions.

    Args:
        side_of: an install's side; the side that began a record owns it.
    """
    return _Fold(revisions, side_of).folded()


class _Fold:
    def __init__(self, revisions: Iterable[Revision], side_of: Callable[[str], str]) -> None:
        self.nodes = _in_causal_order({revision.id: revision for revision in revisions})
        if not self.nodes:
            raise ValueError("a record without revisions")
        self.at = {node.id: index for index, node in enumerate(self.nodes)}
        self.ancestors = self._ancestors()
        first = min((node for node in self.nodes if not node.parents), default=self.nodes[0], key=_age)
        self.kind, self.rec = first.kind, first.rec
        owner = side_of(first.install)
        self.rank = [(side_of(node.install) == owner, node.lamport, node.id) for node in self.nodes]

    def _ancestors(self) -> list[int]:
        """For each node the set of its ancestors, as a bit mask over positions."""
        masks: list[int] = []
        for node in self.nodes:
            mask = 0
            for parent in node.parents:
                index = self.at.get(parent)
                if index is not None:
                    mask |= masks[index] | 1 << index
            masks.append(mask)
        return masks

    def folded(self) -> Folded:
        covered = 0
        for node in self.nodes:
            for parent in node.parents:
                index = self.at.get(parent)
                covered |= 1 << index if index is not None else 0
        heads = tuple(sorted(node.id for index, node in enumerate(self.nodes) if not covered >> index & 1))
        setters: dict[str, list[int]] = {}
        for index, node in enumerate(self.nodes):
            for name in node.fields or ():
                setters.setdefault(name, []).append(index)
        state: dict[str, Json] = {}
        conflicts: list[Conflict] = []
        for name in sorted(setters):
            latest = self._latest(setters[name])
            winner = self._winner(name, latest)
            state[name] = self._value(winner, name)
            losers = [i for i in latest if i != winner and self._value(i, name) != state[name]]
            conflicts.extend(self._conflict(name, winner, loser) for loser in losers)
        if state.get("deleted") is True:
            self._let_edits_win(setters["deleted"], state, conflicts)
        return Folded(self.rec, self.kind, state, heads, tuple(sorted(conflicts, key=lambda c: c.id)))

    def _latest(self, setters: Sequence[int]) -> list[int]:
        """Setters that no other setter descends from."""
        covered = 0
        for index in setters:
            covered |= self.ancestors[index]
        return [index for index in setters if not covered >> index & 1]

    def _winner(self, name: str, latest: Sequence[int]) -> int:
        filled = [index for index in latest if not is_blank(self._value(index, name))]
        if name == "deleted":
            filled = [index for index in latest if self._value(index, name) is not True] or filled
        return max(filled or latest, key=lambda index: self.rank[index])

    def _let_edits_win(self, setters: Sequence[int], state: dict[str, Json], conflicts: list[Conflict]) -> None:
        """A delete whose author did not know of an edit does not hold; each such delete is a conflict."""
        deletes = [index for index in self._latest(setters) if self._value(index, "deleted") is True]
        beaten = []
        for delete in deletes:
            unknown = [
                index for index, node in enumerate(self.nodes)
                if node.fields and not DELETE_FIELDS.issuperset(node.fields) and not self._related(index, delete)
            ]  # fmt: skip
            if unknown:
                beaten.append((max(unknown, key=lambda index: self.rank[index]), delete))
        if len(beaten) == len(deletes):
            state["deleted"] = False
            conflicts.extend(self._conflict("deleted", edit, delete) for edit, delete in beaten)

    def _related(self, one: int, other: int) -> bool:
        return one == other or bool(self.ancestors[one] >> other & 1 or self.ancestors[other] >> one & 1)

    def _value(self, index: int, name: str) -> Json:
        return (self.nodes[index].fields or {})[name]

    def _conflict(self, name: str, winner: int, loser: int) -> Conflict:
        won, lost = self.nodes[winner].id, self.nodes[loser].id
        return Conflict(conflict_id(self.rec, name, (won, lost)), self.rec, name, won, lost)


def _age(node: Revision) -> tuple[int, str]:
    return node.lamport, node.id


def _in_causal_order(nodes: Mapping[str, Revision]) -> list[Revision]:
    """Parents before children, otherwise by (lamport, id); a parent that has not arrived is passed over."""
    waiting = {key: sum(parent in nodes for parent in node.parents) for key, node in nodes.items()}
    children: dict[str, list[str]] = {}
    for key, node in nodes.items():
        for parent in node.parents:
            if parent in nodes:
                children.setdefault(parent, []).append(key)
    ready = sorted((key for key, count in waiting.items() if count == 0), key=lambda key: _age(nodes[key]))
    ordered: list[Revision] = []
    while ready:
        layer: list[str] = []
        for key in ready:
            ordered.append(nodes[key])
            for child in children.get(key, ()):
                waiting[child] -= 1
                if waiting[child] == 0:
                    layer.append(child)
        ready = sorted(layer, key=lambda key: _age(nodes[key]))
    return ordered
