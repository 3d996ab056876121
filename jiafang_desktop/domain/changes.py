"""What a verb asks the store to write, and what the store says came of it.

The shapes of a change only; the log itself lives in ``store``.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

Json = Any  # None | bool | int | str | list | dict; canonical JSON allows integers only (RFC 8785 without floats)


@dataclass(frozen=True, slots=True)
class Operator:
    """经办人: the opaque id stands in the log, the name is what screens show."""

    id: str
    name: str


@dataclass(frozen=True, slots=True)
class Edit:
    """One record's change: every field at creation, afterwards only what changed; ``None`` clears.

    ``rec`` is the record's id, made by ``new_record_id`` for a new one. ``kind`` is e.g. visit, problem, cadre,
    setting, print, column_map.
    """

    kind: str
    rec: str
    fields: Mapping[str, Json]


@dataclass(frozen=True, slots=True)
class ChangedRecord:
    """A record that a transaction wrote, the revision's id, and the names of the fields it set."""

    kind: str
    rec: str
    revision: str
    fields: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Changes:
    """All that one transaction wrote; open pages re-read only what it names."""

    records: tuple[ChangedRecord, ...] = field(default=())

    def with_more(self, later: Changes) -> Changes:
        """These and later ones as one."""
        return Changes((*self.records, *later.records))

    def touches(self, *kinds: str) -> bool:
        """Whether any record of one of ``kinds`` changed."""
        return any(record.kind in kinds for record in self.records)

    def ids(self, kind: str) -> tuple[str, ...]:
        """The ids of the changed records of ``kind``, in writing order."""
        return tuple(record.rec for record in self.records if record.kind == kind)


_RECORD_ID = b"0123456789abcdefghjkmnpqrstvwxyz" * 8


def new_record_id() -> str:
    """A fresh opaque record id: 26 characters, unguessable, never reused."""
    import secrets

    # 256 is a multiple of 32, so every character is as likely; an import makes 50,000 of these.
    return secrets.token_bytes(26).translate(_RECORD_ID).decode("ascii")


@dataclass(frozen=True, slots=True)
class RevisionView:
    """One entry of a record's history as a person reads it: who, when, and each field before and after.

    ``hidden`` names fields whose values this account does not see (domain.restricted); they are None here.
    """

    revision: str
    operator: str
    wall: str
    seq: int
    before: Mapping[str, Json]
    after: Mapping[str, Json]
    hidden: frozenset[str] = field(default=frozenset())
