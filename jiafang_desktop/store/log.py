"""The log: appending a person's edits, taking in revisions from elsewhere, and reading what was before.

What rows follow from a state is rows' matter, how concurrent revisions fold is fold's.
"""

from __future__ import annotations

import contextlib
import gc
import json
import os
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Any

from jiafang_desktop.common import clock
from jiafang_desktop.common.errors import UserError
from jiafang_desktop.domain.changes import ChangedRecord, Changes, Edit, Json, Operator, RevisionView
from jiafang_desktop.domain.concerns import Concern
from jiafang_desktop.domain.problems import Problem
from jiafang_desktop.domain.visits import Visit
from jiafang_desktop.store.canonical import canonical
from jiafang_desktop.store.engine import Engine
from jiafang_desktop.store.fold import Conflict, Folded, fold
from jiafang_desktop.store.index_writer import IndexWriter, Record
from jiafang_desktop.store.position import Position
from jiafang_desktop.store.revisions import COLUMNS, SALT_BYTES, SELECT, Revision, from_row, seal, to_row, unpack

_INSERT = f"INSERT INTO revision ({COLUMNS}) VALUES ({', '.join('?' * 12)})"
_MANY = 2000  # edits that are an import, not a save


class Log:
    """``install`` signs what is written here; counters live in memory and are raised only after a commit."""

    def __init__(self, engine: Engine, *, install: str, own_unit: str) -> None:
        self.engine, self.install = engine, install
        self.index = IndexWriter(engine, own_unit=own_unit)
        self.sides: dict[str, str] = dict(engine.all("SELECT id, side FROM install"))
        self.seq, self.lamport, self.next_num = 0, 0, 1
        self.head = ""  # id of this install's last revision
        self.reload()

    def reload(self) -> None:
        """Read the counters from the tables."""
        at = Position.read(self.engine, self.install)
        self.seq, self.head, self.lamport, self.next_num = at.seq, at.head, at.lamport, at.next_num

    def side_of(self, install: str) -> str:
        """An install's side; an unknown one is a side of its own."""
        return str(self.sides.get(install, install))

    # ------------------------------------------------------------------------------------------- writing

    def append(self, edits: Sequence[Edit], *, by: Operator) -> Changes:
        """Write edits as one transaction; see ``Store.append``."""
        with uncollected(), self.engine.roomy() if len(edits) > _MANY else contextlib.nullcontext():
            return self._append(edits, by)

    def _append(self, edits: Sequence[Edit], by: Operator) -> Changes:
        batch = _Batch(self, by)
        batch.load([edit.rec for edit in edits])
        for edit in edits:
            batch.take(edit)
        if not batch.changed:
            return Changes()
        records = [record for record in batch.records.values() if record.touched or record.is_new]
        for record in records:
            _readable(record)
        with self.engine.transaction():
            self.index.write(records)
            self.engine.many(_INSERT, batch.rows)
        self.seq, self.lamport, self.next_num, self.head = batch.seq, batch.lamport, batch.next_num, batch.last
        return Changes(tuple(batch.changed))

    def merge(self, revisions: Iterable[Revision]) -> Changes:
        """Take in revisions made elsewhere; known ones are passed over, any order gives the same state."""
        fresh = {revision.id: revision for revision in revisions}
        known = self.engine.among("SELECT id FROM revision WHERE id IN ({})", [bytes.fromhex(key) for key in fresh])
        for row in list(known):
            del fresh[row[0].hex()]
        if not fresh:
            return Changes()
        with self.engine.transaction():
            batch = _Batch(self, Operator("", ""))
            batch.load([revision.rec for revision in fresh.values()])
            for revision in fresh.values():
                record = batch.record_of(revision.rec, revision.kind)
                record.touched.update(revision.fields or ())
                fields_json = canonical(revision.fields) if revision.fields is not None else None
                batch.rows.append(to_row(revision, record.num, fields_json))
            # Rows of new records must stand before the revisions that point to them, states are folded after.
            self.index.put_records([record for record in batch.records.values() if record.is_new])
            for record in batch.records.values():
                record.is_new = False
            self.engine.many(_INSERT, batch.rows)
            top = max(self.lamport, *(revision.lamport for revision in fresh.values()))
            self.engine.run("INSERT OR REPLACE INTO meta VALUES ('lamport', ?)", (str(top),))
            self.refold(list(batch.records.values()))
        self.reload()
        return Changes(
            tuple(ChangedRecord(r.kind, r.rec, r.id, tuple(r.fields or ())) for r in fresh.values())
        )  # fmt: skip

    def refold(self, records: Sequence[Record]) -> None:
        """Make records' tables from their revisions anew, inside the caller's transaction."""
        conflicts: list[Conflict] = []
        for record in records:
            folded = self.folded(record.num)
            if record.kind != folded.kind:
                self.index.forget(record)
            record.kind, record.state, record.heads = folded.kind, dict(folded.state), folded.heads
            record.touched.update(folded.state)
            conflicts.extend(folded.conflicts)
        self.index.write(records, conflicts)

    # ------------------------------------------------------------------------------------------- reading

    def revisions_of(self, num: int) -> list[Revision]:
        """All revisions of a record, in the order they came."""
        return [from_row(row) for row in self.engine.all(SELECT + "WHERE v.record = ? ORDER BY v.pos", (num,))]

    def folded(self, num: int) -> Folded:
        """A record folded from its revisions."""
        return fold(self.revisions_of(num), side_of=self.side_of)

    def history(self, rec: str, *, name_of: Callable[[str], str]) -> list[RevisionView]:
        """A record's revisions from the first to the last; see ``Store.history``."""
        num = self.engine.value("SELECT num FROM record WHERE rec = ?", (rec,))
        if num is None:
            return []
        revisions = sorted(self.revisions_of(num), key=lambda revision: (revision.lamport, revision.id))
        views = []
        for before, revision in zip(_states_before(revisions, self.side_of), revisions, strict=True):
            after = revision.fields or {}
            views.append(
                RevisionView(
                    revision.id, name_of(revision.operator), revision.wall, revision.seq,
                    {name: before.get(name) for name in after}, after,
                )
            )  # fmt: skip
        return views

    def state_before(self, revision_id: str) -> tuple[str, dict[str, Json]]:
        """(Record, its fields as they stood just before one of its revisions): no fields before the first."""
        num = self.engine.value("SELECT record FROM revision WHERE id = ?", (_id_bytes(revision_id),))
        if num is None:
            raise UserError("not_found", "没有找到这条修改记录。", details={"revision": revision_id})
        revisions = sorted(self.revisions_of(num), key=lambda revision: (revision.lamport, revision.id))
        at = next(index for index, revision in enumerate(revisions) if revision.id == revision_id)
        return revisions[at].rec, dict(_states_before(revisions[: at + 1], self.side_of)[at])


@contextlib.contextmanager
def uncollected() -> Iterator[None]:
    """No garbage collection while many small values are built, none of which can be garbage."""
    was = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was:
            gc.enable()


class _Batch:
    """Edits becoming revisions, with the records they touch as they will stand."""

    def __init__(self, log: Log, by: Operator) -> None:
        self.log, self.by = log, by
        self.seq, self.lamport, self.next_num, self.last = log.seq, log.lamport, log.next_num, log.head
        self.wall = clock.stamp()
        self.records: dict[str, Record] = {}
        self.rows: list[tuple[Any, ...]] = []
        self.changed: list[ChangedRecord] = []

    def load(self, recs: Sequence[str]) -> None:
        """Fetch the records that exist."""
        wanted = list(dict.fromkeys(recs))
        sql = "SELECT num, rec, kind, heads, state FROM record WHERE rec IN ({})"
        for num, rec, kind, heads, state in self.log.engine.among(sql, wanted):
            self.records[rec] = Record(num, rec, kind, unpack(heads), json.loads(state))

    def record_of(self, rec: str, kind: str) -> Record:
        """The record, a new one where there is none."""
        record = self.records.get(rec)
        if record is None:
            record = self.records[rec] = Record(self.next_num, rec, kind, (), {}, is_new=True)
            self.next_num += 1
        return record

    def take(self, edit: Edit) -> None:
        """One edit: its revision, and the record as it is afterwards."""
        record = self.record_of(edit.rec, edit.kind)
        if record.kind != edit.kind:
            raise ValueError(f"record {edit.rec} is a {record.kind}, not a {edit.kind}")
        if not edit.fields and not record.is_new:
            return
        fields = dict(edit.fields)
        try:
            fields_json = canonical(fields)
        except UnicodeEncodeError as error:
            raise UserError(
                "bad_input", "文字中有不完整的字符，不能保存。", hint="请删去显示为方框的字符后再保存。"
            ) from error
        self.seq += 1
        self.lamport += 1
        revision = seal(
            rec=edit.rec, kind=edit.kind, parents=record.heads, install=self.log.install, seq=self.seq,
            lamport=self.lamport, wall=self.wall, operator=self.by.id, salt=os.urandom(SALT_BYTES), fields=fields,
            fields_json=fields_json,
        )  # fmt: skip
        record.state_json = fields_json.decode("utf-8") if not record.state else None
        record.state.update(fields)
        record.heads = (revision.id,)
        record.touched.update(fields)
        self.rows.append(to_row(revision, record.num, fields_json))
        self.changed.append(ChangedRecord(edit.kind, edit.rec, revision.id, tuple(fields)))
        self.last = revision.id


def _readable(record: Record) -> None:
    """What is written can be read again; a verb that hands in anything else has a defect, shown before it is kept."""
    if record.kind == "visit":
        Visit.from_fields(record.rec, record.state)
    elif record.kind == "problem":
        Problem.from_fields(record.rec, record.state)
    elif record.kind == "concern":
        Concern.from_fields(record.rec, record.state)


def _states_before(revisions: Sequence[Revision], side_of: Callable[[str], str]) -> list[dict[str, Json]]:
    """Each revision's record as its author saw it: the fold of its ancestors."""
    at = {revision.id: index for index, revision in enumerate(revisions)}
    ancestors: list[int] = []  # bit masks over positions
    states: list[dict[str, Json]] = []
    after: dict[str, Json] = {}
    for index, revision in enumerate(revisions):
        mask = 0
        for parent in revision.parents:
            if parent in at:
                mask |= ancestors[at[parent]] | 1 << at[parent]
        ancestors.append(mask)
        if index and revision.parents == (revisions[index - 1].id,):
            state = dict(after)  # the usual case: one after another
        else:
            above = [other for place, other in enumerate(revisions) if mask >> place & 1]
            state = dict(fold(above, side_of=side_of).state) if above else {}
        states.append(state)
        after = {**state, **(revision.fields or {})}
    return states


def _id_bytes(revision_id: str) -> bytes:
    try:
        return bytes.fromhex(revision_id)
    except ValueError:
        return b""
