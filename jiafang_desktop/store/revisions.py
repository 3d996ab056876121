"""One revision: a line of canonical JSON with the record's changed fields beside it, and how its ids are made.

The format is frozen by test vectors (ARCHITECTURE, The log is the truth). Keeping and folding stand elsewhere.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from jiafang_desktop.domain.changes import Json
from jiafang_desktop.store.canonical import canonical, canonical_known

ID_PREFIX = b"jfrev1\n"
SALT_BYTES = 16


@dataclass(frozen=True, slots=True)
class Revision:
    """``parents`` are sorted revision ids of the same record; ``fields`` is None where the content was erased by law.

    ids and ``content`` are 64 hex digits, ``salt`` 16 bytes, ``wall`` ISO 8601 with offset.
    """

    id: str
    rec: str
    kind: str
    parents: tuple[str, ...]
    install: str
    seq: int
    lamport: int
    wall: str
    operator: str
    content: str
    salt: bytes | None
    fields: Mapping[str, Json] | None

    def line(self) -> bytes:
        """The canonical line whose hash is the id."""
        return line_of(
            rec=self.rec, kind=self.kind, parents=self.parents, install=self.install, seq=self.seq,
            lamport=self.lamport, wall=self.wall, operator=self.operator, content=self.content,
        )  # fmt: skip

    def faults(self) -> tuple[str, ...]:
        """What does not hold: ``id`` (the line was altered), ``content`` (the fields were)."""
        found = [] if id_of(self.line()) == self.id else ["id"]
        if self.fields is not None and content_of(self.salt or b"", canonical(self.fields)) != self.content:
            found.append("content")
        return tuple(found)


def content_of(salt: bytes, fields_json: bytes) -> str:
    """SHA-256 of the salt and the fields' canonical JSON."""
    return hashlib.sha256(salt + fields_json).hexdigest()


def line_of(
    *, rec: str, kind: str, parents: tuple[str, ...], install: str, seq: int, lamport: int, wall: str, operator: str,
    content: str,
) -> bytes:  # fmt: skip
    """The canonical line of a revision."""
    return canonical_known(
        {
            "content": content, "install": install, "kind": kind, "lamport": lamport, "operator": operator,
            "parents": list(parents), "rec": rec, "seq": seq, "wall": wall,
        }
    )  # fmt: skip


def id_of(line: bytes) -> str:
    """A revision's id."""
    return hashlib.sha256(ID_PREFIX + line).hexdigest()


def seal(
    *, rec: str, kind: str, parents: tuple[str, ...], install: str, seq: int, lamport: int, wall: str, operator: str,
    salt: bytes, fields: Mapping[str, Json], fields_json: bytes,
) -> Revision:  # fmt: skip
    """A new revision; ``fields_json`` is ``canonical(fields)``, which the caller needs as well."""
    content = content_of(salt, fields_json)
    line = line_of(
        rec=rec, kind=kind, parents=parents, install=install, seq=seq, lamport=lamport, wall=wall, operator=operator,
        content=content,
    )  # fmt: skip
    return Revision(
        id_of(line), rec, kind, parents, install, seq, lamport, wall, operator, content, salt, fields
    )  # fmt: skip


# ------------------------------------------------------------------------------------------- as rows of the table

COLUMNS = "id, record, kind, parents, install, seq, lamport, wall, operator, content, salt, fields"
SELECT = (
    "SELECT v.id, r.rec, v.kind, v.parents, v.install, v.seq, v.lamport, v.wall, v.operator, v.content, v.salt, "
    "v.fields FROM revision v JOIN record r ON r.num = v.record "
)


def to_row(revision: Revision, record: int, fields_json: bytes | None) -> tuple[Any, ...]:
    """The table row; ids as bytes, which halves the log."""
    return (
        bytes.fromhex(revision.id), record, revision.kind, pack(revision.parents), revision.install, revision.seq,
        revision.lamport, revision.wall, revision.operator, bytes.fromhex(revision.content), revision.salt,
        fields_json.decode("utf-8") if fields_json is not None else None,
    )  # fmt: skip


def from_row(row: tuple[Any, ...]) -> Revision:
    """A revision from a row of ``SELECT``."""
    fields = json.loads(row[11]) if row[11] is not None else None
    return Revision(
        row[0].hex(), row[1], row[2], unpack(row[3]), row[4], row[5], row[6], row[7], row[8], row[9].hex(), row[10],
        fields,
    )  # fmt: skip


def pack(ids: tuple[str, ...]) -> bytes:
    """Revision ids one after another, 32 bytes each."""
    return bytes.fromhex("".join(ids))


def unpack(packed: bytes) -> tuple[str, ...]:
    """The other way."""
    text = packed.hex()
    return tuple(text[at : at + 64] for at in range(0, len(text), 64))
