"""Backups as the office asks for them: now, when something changed, before an import; listed, proven, restored.

How a backup is written, proven and let go is store's. Nothing here stops other work: what the program does by itself
notes its failure and leaves it at that.
"""

from __future__ import annotations

import contextlib
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

from jiafang_desktop.common import clock
from jiafang_desktop.common.errors import UserError
from jiafang_desktop.common.progress import LongVerb
from jiafang_desktop.domain.backups import BackupNote, BackupNotes, Verdict, Written

if TYPE_CHECKING:
    from jiafang_desktop.store import Store

LATE_AFTER = timedelta(days=7)
_OWN = ""  # in the notes: the data folder's own place
EVERY_MINUTES = 30  # STORAGE: every 30 min if something changed


@dataclass(frozen=True, slots=True)
class Made:
    """One backup, and what became of it in the second place.

    ``verdict`` is None where it was left to be proven later; ``second_refused`` tells why the second place got none.
    """

    written: Written
    verdict: Verdict | None
    second: Written | None = None
    second_refused: UserError | None = None

    @property
    def holds(self) -> bool:
        """Whether another process found it whole."""
        return self.verdict is not None and self.verdict.holds


@dataclass(frozen=True, slots=True)
class Backup:
    """One backup of a list; ``kind`` of its place is own or second."""

    path: Path
    kind: str
    made_at: datetime
    records: int
    scans: int
    size: int
    proven_at: datetime | None
    problem: str


@dataclass(frozen=True, slots=True)
class Last:
    """When the data were last backed up. ``nothing_yet``: there is nothing to lose; ``failed`` a sentence or ""."""

    own_place: Path
    at: datetime | None
    proven: bool
    second_place: Path | None
    second_at: datetime | None
    failed: str
    nothing_yet: bool
    changed: bool

    def is_late(self, now: datetime) -> bool:
        """Whether changed data have had no backup for too long."""
        return not self.nothing_yet and self.changed and (self.at is None or now - self.at > LATE_AFTER)

    def is_second_late(self, now: datetime) -> bool:
        """Whether the second place has had none for too long, or was never chosen."""
        return not self.nothing_yet and (self.second_at is None or now - self.second_at > LATE_AFTER)


# ------------------------------------------------------------------------------------------------------- making


def now(store: Store, *, to: Path | None = None) -> LongVerb[Made]:
    """A backup in the usual place and the second one, or in ``to`` alone; proven by another process.

    Raises:
        UserError: ``disk_full not_writable disk_error damaged``.
    """
    keeper = store.backups
    place = to.absolute() if to is not None else keeper.own_place
    state = keeper.state()
    written = yield from keeper.write(place)
    if to is None:
        _remember(store, replace(keeper.notes(), state=state, failed=""))
    _note(store, written)
    verdict = yield from _proven(store, written)
    made = Made(written, verdict)
    if to is None and keeper.notes().second:
        made = yield from _second(store, made)
    return made


def automatic(store: Store) -> LongVerb[Made | None]:
    """What the program does by itself: a backup if something changed, the second place if it lags and is there.

    None where there was nothing to do. A refusal is noted (``last`` tells it) and raised.
    """
    keeper = store.backups
    if store.read_only or keeper.is_empty:
        return None
    try:
        if due(store):
            return (yield from now(store))
        return (yield from _catch_up(store))
    except UserError as error:
        _remember(store, replace(keeper.notes(), failed=error.message))
        raise


def before(store: Store) -> LongVerb[None]:
    """Before an import: kept at once, proven with the next one. That none could be made holds nothing up."""
    keeper = store.backups
    if store.read_only or keeper.is_empty or not due(store):
        return
    state = keeper.state()
    try:
        written = yield from keeper.write(keeper.own_place)
    except UserError as error:
        _remember(store, replace(keeper.notes(), failed=error.message))
        return
    _remember(store, replace(keeper.notes(), state=state, failed=""))
    _note(store, written)


def due(store: Store) -> bool:
    """Whether anything changed since the last backup in the usual place, or that one is gone."""
    keeper, notes = store.backups, store.backups.notes()
    newest = notes.newest(_OWN)
    return newest is None or not (keeper.own_place / newest.file).exists() or notes.state != keeper.state()


def _catch_up(store: Store) -> LongVerb[Made | None]:
    """The newest backup proven where it was left unproven, and brought to the second place where that lacks it."""
    keeper, notes = store.backups, store.backups.notes()
    newest = notes.newest(_OWN)
    facts = next((one for one in keeper.listing(keeper.own_place) if newest and one.path.name == newest.file), None)
    if newest is None or facts is None:
        return None
    written, verdict = Written(facts, newest.sha256), None
    if not newest.proven_at:
        verdict = yield from _proven(store, written)
    elsewhere = notes.newest(notes.second, proven=True) if notes.second else None
    lacks = bool(notes.second) and (elsewhere is None or elsewhere.file != newest.file) and Path(notes.second).is_dir()
    if lacks and (verdict is None or verdict.holds):
        made = yield from _second(store, Made(written, verdict))
        return made
    return Made(written, verdict) if verdict is not None else None


def _proven(store: Store, written: Written) -> LongVerb[Verdict]:
    """Another process's word on a backup just made, noted; old ones may go then."""
    keeper, place = store.backups, written.facts.path.parent
    verdict = yield from keeper.prove(written.facts)
    _note(store, written, verdict)
    if verdict.holds:
        unsound = frozenset(
            note.file for note in keeper.notes().made if note.place == _name(store, place) and note.problem
        )
        keeper.thin_out(place, proven=written.facts.path, unsound=unsound)
    return verdict


def _second(store: Store, made: Made) -> LongVerb[Made]:
    """The same in the second place; a stick that is not there is no failure of the backup."""
    place = Path(store.backups.notes().second)
    try:
        if not place.is_dir():
            raise UserError(
                "not_found", f"第二处“{place}”现在不在，没有备份到那里。", hint="请插上U盘或接好那块硬盘，会自动补上。"
            )
        written = yield from store.backups.copy(made.written.facts, place)
        _note(store, written)
        verdict = yield from _proven(store, written)
        if not verdict.holds:
            raise UserError("disk_error", f"第二处的备份核对不过：{verdict.problems[0]}", hint="请换一个U盘或硬盘。")
    except UserError as error:
        return replace(made, second_refused=error)
    return replace(made, second=written)


def _note(store: Store, written: Written, verdict: Verdict | None = None) -> None:
    facts = written.facts
    note = BackupNote(
        facts.path.name, _name(store, facts.path.parent), facts.made_at.isoformat(), written.sha256, facts.records,
        proven_at=clock.stamp() if verdict is not None and verdict.holds else "",
        problem=verdict.problems[0] if verdict is not None and not verdict.holds else "",
    )  # fmt: skip
    _remember(store, store.backups.notes().with_note(note))


def _name(store: Store, place: Path) -> str:
    return _OWN if place == store.backups.own_place else str(place)


def _remember(store: Store, notes: BackupNotes) -> None:
    with contextlib.suppress(UserError):  # without room for a note there was hardly room for the backup
        store.backups.keep_notes(notes)


# ------------------------------------------------------------------------------------------------------- looking


def last(store: Store) -> Last:
    """When the data were last backed up, and to where."""
    keeper, notes = store.backups, store.backups.notes()
    own = notes.newest(_OWN)
    second = Path(notes.second) if notes.second else None
    there = notes.newest(notes.second, proven=True) if notes.second else None
    return Last(
        keeper.own_place, _time(own.made_at) if own else None, bool(own and own.proven_at), second,
        _time(there.made_at) if there else None, notes.failed, keeper.is_empty, due(store),
    )  # fmt: skip


def listing(store: Store) -> tuple[Backup, ...]:
    """The backups in both places, newest first; a place that is not there has none."""
    keeper, notes = store.backups, store.backups.notes()
    known = {(note.place, note.file): note for note in notes.made}
    places = [("own", keeper.own_place), *([("second", Path(notes.second))] if notes.second else [])]
    found = []
    for kind, place in places:
        for facts in keeper.listing(place):
            note = known.get((_name(store, place), facts.path.name))
            proven = _time(note.proven_at) if note and note.proven_at else None
            found.append(Backup(
                facts.path, kind, facts.made_at, facts.records, len(facts.blobs), facts.file_bytes, proven,
                note.problem if note else "",
            ))  # fmt: skip
    return tuple(sorted(found, key=lambda one: (one.made_at, one.kind == "own"), reverse=True))


def choose_second(store: Store, place: Path | None) -> bool:
    """Where backups go besides; None for nowhere. Whether it is on another disk than the data.

    Raises:
        UserError: ``not_found not_writable bad_input``.
    """
    if place is not None:
        place = place.absolute()
        _require_usable(store, place)
    store.backups.keep_notes(replace(store.backups.notes(), second=str(place) if place is not None else ""))
    return place is None or not _same_disk(place, store.folder)


def _require_usable(store: Store, place: Path) -> None:
    if not place.is_dir():
        raise UserError("not_found", f"没有找到文件夹“{place}”。", hint="请插好U盘，或另选一个文件夹。")
    if place.resolve().is_relative_to(store.folder.resolve()):
        raise UserError("bad_input", "第二处不能在数据文件夹里面。", hint="请选U盘或另一块硬盘上的文件夹。")
    trial = place / "试写.writing"
    try:
        trial.write_bytes(b"")
        trial.unlink()
    except OSError:
        raise UserError(
            "not_writable", f"文件夹“{place}”不能写入。", hint="请看U盘是否写保护，或另选一个文件夹。"
        ) from None


def _same_disk(one: Path, other: Path) -> bool:
    try:
        return one.stat().st_dev == other.stat().st_dev
    except OSError:
        return False


def _time(text: str) -> datetime:
    return datetime.fromisoformat(text)


# ------------------------------------------------------------------------------------------------------- proving


def verify_own(store: Store, path: Path) -> LongVerb[Verdict]:
    """The same for a backup of the opened data; what was found is noted.

    Raises:
        UserError: ``not_found damaged newer_database``.
    """
    keeper = store.backups
    facts = next((one for one in keeper.listing(path.parent) if one.path.name == path.name), None)
    if facts is None:
        raise UserError("damaged", f"备份“{path.name}”读不出来。", hint="请换一份备份，或再备份一次。")
    verdict = yield from keeper.prove(facts, full=True, scans=None)
    known = {(note.place, note.file): note for note in keeper.notes().made}
    note = known.get((_name(store, path.parent), path.name))
    _note(store, Written(facts, note.sha256 if note else ""), verdict)
    return verdict


def run_proof(_arguments: Sequence[str] = ()) -> int:
    """The process that proves a backup; the program starts itself with ``--prove-backup``."""
    from jiafang_desktop.store import backup_child

    return backup_child.main()
