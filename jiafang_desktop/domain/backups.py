"""What is said of backups, and which of them are kept (STORAGE, Backups that prove themselves). No files here."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path

SUFFIX = ".jfbak"
RECENT, DAYS, WEEKS, MONTHS = 24, 14, 8, 12


@dataclass(frozen=True, slots=True)
class BackupFacts:
    """What a backup says of itself, before any password.

    Attributes:
        install: who made it; head: the id of that install's last revision, "" where it wrote none.
        blobs: scans that lie beside it; missing: scans the data named that were already gone when it was made.
    """

    path: Path
    made_at: datetime
    install: str
    folder_id: str
    schema: int
    records: int
    revisions: int
    head: str
    blobs: tuple[str, ...]
    missing: tuple[str, ...]
    database_bytes: int
    file_bytes: int


@dataclass(frozen=True, slots=True)
class Written:
    """A backup just put in place; whether it holds is said by a ``Verdict``."""

    facts: BackupFacts
    sha256: str


@dataclass(frozen=True, slots=True)
class Verdict:
    """What another process found in a backup: Chinese sentences, none where all holds."""

    problems: tuple[str, ...]
    pages: int
    revisions: int
    records: int
    scans: int
    missing_scans: tuple[str, ...] = ()

    @property
    def holds(self) -> bool:
        """Whether everything that is in it is whole."""
        return not self.problems


@dataclass(frozen=True, slots=True)
class Restored:
    """A data folder made of a backup: a new install over the old records."""

    folder: Path
    records: int
    install_id: str
    missing_scans: tuple[str, ...]
    verified: bool = True


@dataclass(frozen=True, slots=True)
class BackupNote:
    """What is remembered of one backup. ``place`` is the folder it lies in, "" for the data folder's own, wherever that
    is moved to; times are ISO 8601 with offset.

    ``proven_at`` is "" until it was proven, ``problem`` a sentence where it was found not to hold.
    """

    file: str
    place: str
    made_at: str
    sha256: str
    records: int
    proven_at: str = ""
    problem: str = ""


@dataclass(frozen=True, slots=True)
class BackupNotes:
    """What a data folder remembers of its backups.

    ``second`` is the second place, "" where none was chosen; ``state`` that of the data when the last backup was made;
    ``failed`` why the last one asked of the program itself did not come about, "" where it did.
    """

    second: str = ""
    state: str = ""
    failed: str = ""
    made: tuple[BackupNote, ...] = ()

    def newest(self, place: str, *, proven: bool = False) -> BackupNote | None:
        """The newest backup in a place that is not known to be unsound."""
        found = [note for note in self.made if note.place == place and not note.problem]
        found = [note for note in found if note.proven_at] if proven else found
        # reversed: of two within a second the later note is the newer backup
        return max(reversed(found), key=lambda note: datetime.fromisoformat(note.made_at), default=None)

    def with_note(self, note: BackupNote) -> BackupNotes:
        """With one more, or another word on one that is known."""
        others = tuple(known for known in self.made if (known.place, known.file) != (note.place, note.file))
        return replace(self, made=(*others, note))


def kept(stamps: Iterable[datetime]) -> frozenset[datetime]:
    """Of backups made at these times, those that stay: the newest ones, and the newest of each of the latest days,
    weeks and months there were backups in."""
    newest = sorted(set(stamps), reverse=True)
    stays = set(newest[:RECENT])
    spans: tuple[tuple[int, Callable[[datetime], Hashable]], ...] = (
        (DAYS, lambda at: at.date()),
        (WEEKS, lambda at: at.isocalendar()[:2]),
        (MONTHS, lambda at: (at.year, at.month)),
    )
    for most, span in spans:
        last: dict[Hashable, datetime] = {}
        for at in newest:
            last.setdefault(span(at), at)
        stays.update(list(last.values())[:most])
    return frozenset(stays)
