"""Making backups of an open data folder, in one place or another, and letting old ones go.

A backup is written beside, flushed, put in place by a rename and proven by another process (backup_proof). How the file
looks is backup_file's, making a folder of one again backup_restore's. When one is due is services' matter.
"""

from __future__ import annotations

import contextlib
import hashlib
import os
from collections.abc import Callable, Iterator, Sequence
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, BinaryIO

from jiafang_desktop.common import clock
from jiafang_desktop.common.errors import UserError
from jiafang_desktop.common.progress import LongVerb, Progress, run_to_end
from jiafang_desktop.domain.backups import SUFFIX, BackupFacts, BackupNotes, Verdict, Written, kept
from jiafang_desktop.store import backup_file, backup_notes, backup_proof
from jiafang_desktop.store.engine import Engine
from jiafang_desktop.store.files import refusal, sync_folder

if TYPE_CHECKING:
    from jiafang_desktop.store.opening import Opened
    from jiafang_desktop.store.vault import Vault

FOLDER_NAME, BLOBS_NAME = "备份", "blobs"
_PREFIX, _UNFINISHED = "家访备份_", ".writing"
_SCAN_KIND = "scan"


class BackupKeeper:
    """What ``Store.backups`` offers."""

    def __init__(self, opened: Opened) -> None:
        self._opened = opened

    @property
    def own_place(self) -> Path:
        """Where backups lie unless another place is named: in the data folder, and safe from slips only."""
        return self._opened.folder.absolute() / FOLDER_NAME

    def state(self) -> str:
        """A digest of all a backup would hold: another one means that something changed since."""
        engine, opened = self._opened.engine, self._opened
        values = [
            engine.value("SELECT max(pos) FROM revision"),
            engine.all("SELECT key, content FROM draft ORDER BY key"), opened.vault.as_json(),
            engine.value("SELECT value FROM meta WHERE name = 'installation'"),
        ]  # fmt: skip
        return hashlib.sha256(repr(values).encode("utf-8", "backslashreplace")).hexdigest()

    @property
    def is_empty(self) -> bool:
        """Whether nothing was entered yet that could be lost."""
        sql = "SELECT 1 FROM record WHERE kind NOT IN ('operator', 'account', 'setting', 'installation') LIMIT 1"
        engine = self._opened.engine
        return engine.one(sql) is None and engine.one("SELECT 1 FROM draft LIMIT 1") is None

    def notes(self) -> BackupNotes:
        """What is remembered of backups made before."""
        return backup_notes.read(self._opened.folder)

    def keep_notes(self, notes: BackupNotes) -> None:
        """Remember; a folder that takes no files forgets."""
        if not self._opened.lock.read_only:
            backup_notes.write(self._opened.folder, notes)

    def write(self, place: Path) -> LongVerb[Written]:
        """A whole new backup in ``place``, with the scans it lacks. Not proven yet.

        Raises:
            UserError: ``disk_full not_writable disk_error damaged``; what was begun is gone then.
        """
        opened = self._opened
        return (yield from write(opened.engine, opened.folder, place, vault=opened.vault, data_key=opened.data_key,
                                 install=opened.installation.install_id))  # fmt: skip

    def copy(self, made: BackupFacts, place: Path) -> LongVerb[Written]:
        """The same backup once more in another place, read back from there.

        Raises:
            UserError: ``disk_full not_writable disk_error damaged``; what was begun is gone then.
        """
        return (yield from copy(made, place))

    def prove(self, facts: BackupFacts, *, full: bool = False, scans: Sequence[str] | None = ()) -> LongVerb[Verdict]:
        """Have another process read a backup of these data; see ``backup_proof.prove``."""
        return (yield from backup_proof.prove(facts.path, self._opened.data_key, full=full, scans=scans))

    def listing(self, place: Path) -> list[BackupFacts]:
        """The backups in a place that this install made, newest first."""
        here = self._opened.installation.install_id
        return [facts for facts in listing(place) if facts.install == here]

    def thin_out(self, place: Path, *, proven: Path, unsound: frozenset[str]) -> list[str]:
        """Let old backups of this install go, now that ``proven`` is; names of those that went.

        ``unsound`` names backups known not to hold: they go too, and take no other's place.
        """
        return thin_out(place, self.listing(place), proven=proven, unsound=unsound)


# ------------------------------------------------------------------------------------------------------- writing


def write(
    engine: Engine, folder: Path, place: Path, *, vault: Vault, data_key: bytes, install: str
) -> LongVerb[Written]:  # fmt: skip
    """See ``BackupKeeper.write``; before a migration there is no open folder yet."""
    with _refusing(place):
        place.mkdir(parents=True, exist_ok=True)
        _sweep(place, vault.folder_id)
        yield Progress("正在备份数据库")
        target = _free_name(place, vault.folder_id, clock.now())
        beside = target.with_name(target.name + _UNFINISHED)
        try:
            body = _facts(engine, folder, install)
            # One step: nothing may be written between counting and copying. 1 s per 90 MB.
            engine.run("VACUUM INTO ?", (str(beside),))
            yield from _copy_blobs(folder / BLOBS_NAME, place / BLOBS_NAME, body["blobs"])
            yield Progress("正在写入备份")
            digest = hashlib.sha256()
            with beside.open("r+b") as file:
                body["vault"] = vault.as_json()
                yield from _seal(file, body, data_key, digest.update)
            _put_in_place(beside, target)
        finally:
            _remove(beside)
        return Written(backup_file.read_trailer(target).facts(target), digest.hexdigest())


def before_migration(engine: Engine, folder: Path, vault: Vault, data_key: bytes, *, install: str) -> None:
    """STORAGE: before a migration. That works on a copy, so a backup that can't be made does not hold it up."""
    with contextlib.suppress(UserError):
        run_to_end(write(engine, folder, folder / FOLDER_NAME, vault=vault, data_key=data_key, install=install))


def _facts(engine: Engine, folder: Path, install: str) -> dict[str, Any]:
    blobs = folder / BLOBS_NAME
    there = sorted(path.name for path in blobs.glob("??/*") if len(path.name) == 64) if blobs.is_dir() else []
    head = engine.one("SELECT id FROM revision WHERE install = ? ORDER BY pos DESC LIMIT 1", (install,))
    return {
        "made_at": clock.stamp(), "install": install, "schema": engine.schema,
        "records": engine.value("SELECT count(*) FROM record"),
        "revisions": engine.value("SELECT count(*) FROM revision"), "head": head[0].hex() if head else "",
        "blobs": there, "missing": sorted(_named_scans(engine) - set(there)),
    }  # fmt: skip


def _named_scans(engine: Engine) -> set[str]:
    """The scans records name."""
    sql = "SELECT DISTINCT json_extract(one.value, '$.sha256') FROM record, json_each(record.state, '$.value') one "
    rows = engine.all(sql + "WHERE record.kind = ? AND json_valid(record.state)", (_SCAN_KIND,))
    return {str(row[0]) for row in rows if row[0]}


def _seal(file: BinaryIO, body: dict[str, Any], data_key: bytes, take: Callable[[bytes], object]) -> LongVerb[None]:
    """Read the database back while hashing it, then write what comes behind it, and flush all."""
    size = file.seek(0, os.SEEK_END)
    file.seek(0)
    digest = hashlib.sha256()
    for part in backup_file.chunks(file, size):
        digest.update(part)
        take(part)
        yield Progress("正在写入备份", file.tell(), size)
    body["database"] = {"bytes": size, "sha256": digest.hexdigest()}
    trailer = backup_file.sealed(body, data_key=data_key, database_bytes=size)
    take(trailer)
    file.seek(size)
    file.write(trailer)
    _flush(file)


def copy(made: BackupFacts, place: Path) -> LongVerb[Written]:
    """See ``BackupKeeper.copy``."""
    with _refusing(place):
        place.mkdir(parents=True, exist_ok=True)
        _sweep(place, made.folder_id)
        yield from _copy_blobs(made.path.parent / BLOBS_NAME, place / BLOBS_NAME, made.blobs)
        target = place / made.path.name
        digest = yield from _copy_file(made.path, target, "正在复制到第二处")
        return Written(backup_file.read_trailer(target).facts(target), digest)


def _copy_file(source: Path, target: Path, stage: str) -> LongVerb[str]:
    """Copy beside, flush, read back, then put in place; the bytes' SHA-256."""
    beside = target.with_name(target.name + _UNFINISHED)
    size, digest, again = source.stat().st_size, hashlib.sha256(), hashlib.sha256()
    try:
        with source.open("rb") as from_, beside.open("wb") as into:
            for part in backup_file.chunks(from_, size):
                into.write(part)
                digest.update(part)
                yield Progress(stage, from_.tell(), size)
            _flush(into)
        with beside.open("rb") as file:
            for part in backup_file.chunks(file, size):
                again.update(part)
                yield Progress("正在读回", file.tell(), size)
        if again.digest() != digest.digest():
            raise backup_file.unsound(target, "写进去的与读出来的不一样")
        _put_in_place(beside, target)
    finally:
        _remove(beside)
    return digest.hexdigest()


def _copy_blobs(from_: Path, into: Path, names: Sequence[str]) -> LongVerb[None]:
    """Scans that are not there yet, each whole before it has its name."""
    for done, name in enumerate(names):
        source, target = from_ / name[:2] / name, into / name[:2] / name
        if source.exists() and not (target.exists() and target.stat().st_size == source.stat().st_size):
            target.parent.mkdir(parents=True, exist_ok=True)
            yield from _copy_file(source, target, "正在备份扫描件")
        if done % 200 == 0:
            yield Progress("正在备份扫描件", done, len(names))


def _flush(file: BinaryIO) -> None:
    """On the disk, and out of memory where the system lets us, so that reading back asks the disk."""
    file.flush()
    os.fsync(file.fileno())
    if hasattr(os, "posix_fadvise"):
        os.posix_fadvise(file.fileno(), 0, 0, os.POSIX_FADV_DONTNEED)


def _put_in_place(beside: Path, target: Path) -> None:
    beside.replace(target)
    sync_folder(target.parent)


def _free_name(place: Path, folder_id: str, at: datetime) -> Path:
    stem = f"{_PREFIX}{at:%Y%m%d-%H%M%S}_{folder_id[:6]}"
    names = (f"{stem}{f'-{more}' if more else ''}{SUFFIX}" for more in range(10_000))
    return next(place / name for name in names if not (place / name).exists())


def _sweep(place: Path, folder_id: str) -> None:
    """What a backup of this folder cut short by a crash left; nobody else makes one while we have the folder."""
    for leftover in [
        *place.glob(f"{_PREFIX}*_{folder_id[:6]}*{_UNFINISHED}*"),
        *place.glob(f"{BLOBS_NAME}/??/*{_UNFINISHED}"),
    ]:
        _remove(leftover)


def _remove(path: Path) -> None:
    with contextlib.suppress(OSError):
        path.unlink(missing_ok=True)


@contextlib.contextmanager
def _refusing(place: Path) -> Iterator[None]:
    """Say of the place what otherwise would be said of the data."""
    try:
        yield
    except OSError as error:
        known = refusal(error, place)
        if not isinstance(known, UserError):
            known = UserError("disk_error", "")
        raise _worded(known, place) from error
    except UserError as error:
        raise _worded(error, place) from error


def _worded(error: UserError, place: Path) -> UserError:
    words = {
        "disk_full": ("放备份的磁盘已满，这次没有备份成，数据没有受影响。", "请清理那块磁盘，或换一个放备份的位置。"),
        "disk_error": ("读写放备份的磁盘时出错，这次没有备份成。", "请检查磁盘或U盘是否插好，再备份一次。"),
        "not_writable": (f"放备份的文件夹“{place}”不能写入，没有备份成。", "请换一个能写入的文件夹，或插上U盘再试。"),
    }
    if error.code not in words:
        return error
    return UserError(error.code, words[error.code][0], hint=words[error.code][1], details={"folder": str(place)})


# ------------------------------------------------------------------------------------------------------- old ones


def listing(place: Path) -> list[BackupFacts]:
    """All backups in a place that can be read, newest first; whoever made them."""
    found = []
    for path in place.glob(f"*{SUFFIX}"):
        with contextlib.suppress(UserError):
            found.append(backup_file.read_trailer(path).facts(path))
    return sorted(found, key=lambda facts: (facts.made_at, facts.path.name), reverse=True)


def thin_out(place: Path, own: Sequence[BackupFacts], *, proven: Path, unsound: frozenset[str]) -> list[str]:
    """See ``BackupKeeper.thin_out``."""
    newest = next((facts for facts in own if facts.path.name == proven.name), None)
    if newest is None:
        return []
    older = [facts for facts in own if facts.made_at < newest.made_at]
    sound = [facts for facts in older if facts.path.name not in unsound]
    stays = kept([newest.made_at, *(facts.made_at for facts in sound)])
    going = [facts for facts in older if facts.path.name in unsound or facts.made_at not in stays]
    for facts in going:
        _remove(facts.path)
    if going:
        _drop_lone_blobs(place)
    return [facts.path.name for facts in going]


def _drop_lone_blobs(place: Path) -> None:
    """Scans no backup in the place names any more. Where one can't be read nothing is known, and all stay."""
    named: set[str] = set()
    for path in place.glob(f"*{SUFFIX}"):
        try:
            named.update(backup_file.read_trailer(path).body["blobs"])
        except UserError:
            return
    for path in (place / BLOBS_NAME).glob("??/*"):
        if len(path.name) == 64 and path.name not in named:
            _remove(path)
