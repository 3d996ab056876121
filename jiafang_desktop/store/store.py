"""One open data folder, and everything that can be asked of it or written to it.

Only joins the parts; each part's work stands in its own module. Opened on one thread, a store may afterwards be used by
exactly one other, never by two at a time.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from jiafang_desktop.common.errors import UserError

if TYPE_CHECKING:
    from jiafang_desktop.common.progress import LongVerb
    from jiafang_desktop.domain.changes import Changes, Edit, Json, Operator, RevisionView
    from jiafang_desktop.domain.checks import CheckReport
    from jiafang_desktop.domain.units import Installation
    from jiafang_desktop.store.accounts import AccountKeeper
    from jiafang_desktop.store.backup import BackupKeeper
    from jiafang_desktop.store.blobs import BlobKeeper
    from jiafang_desktop.store.cadres import CadreReader
    from jiafang_desktop.store.concerns import ConcernReader
    from jiafang_desktop.store.drafts import DraftKeeper
    from jiafang_desktop.store.finder import Finder
    from jiafang_desktop.store.guidance import GuidanceReader
    from jiafang_desktop.store.opening import Opened
    from jiafang_desktop.store.problems import ProblemReader
    from jiafang_desktop.store.restricted import Veil
    from jiafang_desktop.store.values import ValueReader
    from jiafang_desktop.store.visits import VisitReader

# Database and crypto are imported when a folder is opened, each part when it is first asked: a window shows before.


class Store:
    """An open data folder. Every refusal is a ``UserError``; where nothing else is said nothing was changed by it.

    ``visits problems cadres concerns values`` read, ``drafts blobs`` keep what is not in the log, ``append`` writes
    the log.
    """

    def __init__(self, opened: Opened) -> None:
        self._opened, self._closed = opened, False
        self.folder: Path = opened.folder
        self.database: Path = opened.engine.path
        self.installation: Installation = opened.installation
        self.operator: Operator = opened.operator
        self.read_only: bool = opened.read_only
        self.warnings: tuple[str, ...] = opened.warnings
        self.schema: int = opened.engine.schema
        self._place = str(opened.folder.resolve())
        self._remember(opened.position.seq, opened.position.head)

    # ---------------------------------------------------------------------------------------- reading

    @cached_property
    def problems(self) -> ProblemReader:
        """What was found at visits."""
        from jiafang_desktop.store.problems import ProblemReader

        return ProblemReader(self._opened.engine)

    @cached_property
    def visits(self) -> VisitReader:
        """Visits with their problems."""
        from jiafang_desktop.store.visits import VisitReader

        return VisitReader(self._opened.engine, self.installation, self.problems, veil=self._veil)

    @cached_property
    def cadres(self) -> CadreReader:
        """The roster."""
        from jiafang_desktop.store.cadres import CadreReader

        return CadreReader(self._opened.engine)

    @cached_property
    def concerns(self) -> ConcernReader:
        """诉求."""
        from jiafang_desktop.store.concerns import ConcernReader

        return ConcernReader(self._opened.engine, self.installation)

    @cached_property
    def finder(self) -> Finder:
        """Whatever was typed, in records of every kind."""
        from jiafang_desktop.store.finder import Finder

        return Finder(self._opened.engine)

    @cached_property
    def guidance(self) -> GuidanceReader:
        """组织督导情况."""
        from jiafang_desktop.store.guidance import GuidanceReader

        return GuidanceReader(self._opened.engine, veil=self._veil)

    @cached_property
    def accounts(self) -> AccountKeeper:
        """经办人 who may open the data, with their rights; who may change them is services' matter."""
        from jiafang_desktop.store.accounts import AccountKeeper

        return AccountKeeper(self._opened, append=self.append, may_write=self._may_write)

    @cached_property
    def _veil(self) -> Veil:
        """Over what this account does not see."""
        from jiafang_desktop.store.restricted import Veil

        return Veil(
            self._opened.engine, self.operator.id, sees_all=lambda: self.accounts.current.has("sensitive")
        )  # fmt: skip

    @cached_property
    def values(self) -> ValueReader:
        """Settings and whatever else is one value under a name."""
        from jiafang_desktop.store.values import ValueReader

        return ValueReader(self._opened.engine)

    @cached_property
    def drafts(self) -> DraftKeeper:
        """What is being typed."""
        from jiafang_desktop.store.drafts import DraftKeeper

        return DraftKeeper(self._opened.engine, self._may_write, authors=self.accounts.draft_authors)

    @cached_property
    def backups(self) -> BackupKeeper:
        """Copies of all this in other places."""
        from jiafang_desktop.store.backup import BackupKeeper

        return BackupKeeper(self._opened)

    @cached_property
    def blobs(self) -> BlobKeeper:
        """Scans."""
        from jiafang_desktop.store.blobs import BlobKeeper

        return BlobKeeper(self.folder / "blobs", self._opened.data_key, self._may_write)

    # ---------------------------------------------------------------------------------------- opening, closing

    @staticmethod
    def exists(folder: Path) -> bool:
        """Whether a data folder is here."""
        from jiafang_desktop.store import opening

        return opening.exists(folder)

    @staticmethod
    def create(folder: Path, *, password: str, installation: Installation, operator_name: str) -> tuple[Store, str]:
        """Make a data folder; gives the store and the recovery key as printed, which is shown this once.

        Raises:
            UserError: ``file_exists weak_password not_writable disk_full bad_input in_use``.
        """
        from jiafang_desktop.store import opening

        opened, printed = opening.create(
            folder, password=password, installation=installation, operator_name=operator_name
        )
        return Store(opened), printed

    @staticmethod
    def open(folder: Path, *, password: str) -> Store:
        """Open a data folder; a read-only or newer one opens for reading, ``warnings`` say so.

        Raises:
            UserError: ``not_found wrong_password in_use damaged``.
        """
        from jiafang_desktop.store import opening

        return Store(opening.open_folder(folder, password=password))

    @staticmethod
    def recover(folder: Path, *, recovery_key: str, new_password: str) -> None:
        """Set a new password by the printed recovery key.

        Raises:
            UserError: ``wrong_recovery_key`` naming the mistyped group; ``weak_password in_use not_found damaged``.
        """
        from jiafang_desktop.store import opening

        opening.recover(folder, recovery_key=recovery_key, new_password=new_password)

    def change_password(self, new_password: str) -> None:
        """Give the operator another password; the old one opens nothing from then on. Other accounts keep theirs.

        Raises:
            UserError: ``weak_password password_taken read_only newer_database disk_full``.
        """
        self._may_write()
        self.accounts.set_password(self.operator.id, new_password)

    def confirm_password(self, password: str) -> None:
        """Make sure that whoever sits here knows the password this folder was opened with (a locked window asks).

        Raises:
            UserError: ``wrong_password``, slowed down as at the door.
        """
        from jiafang_desktop.store import passwords

        opened = self._opened
        passwords.require_patience(opened.marks)
        found = opened.vault.unlock(password)
        if found is None:
            raise passwords.refused(opened.marks)
        opened.marks.set_failures(0)
        if found[1] != self.operator.id:
            raise passwords.another_account(self.operator.name)

    def use_recovery_key(self, printed: str) -> None:
        """Let a key just made and printed set a new password; the one before it sets none from then on.

        Raises:
            UserError: ``wrong_recovery_key read_only newer_database disk_full``.
        """
        from jiafang_desktop.store import office

        self._may_write()
        office.use_recovery_key(self._opened, printed)

    def change_installation(self, installation: Installation, *, by: Operator) -> Changes:
        """Other names of the unit, or another kind; role and install stay. Lists and search follow.

        Raises:
            UserError: ``read_only newer_database disk_full``.
        """
        from jiafang_desktop.store import office

        here = self.installation
        assert (installation.install_id, installation.role) == (here.install_id, here.role)
        self._may_write()
        office.settle(self._opened, installation)
        self.installation = installation
        for reader in ("visits", "concerns"):
            self.__dict__.pop(reader, None)  # made anew, for they know the unit
        return self.append([office.note_of(installation)], by=by)

    @staticmethod
    def new_recovery_key() -> str:
        """A key as printed; it opens nothing before ``use_recovery_key``."""
        from jiafang_desktop.store import recovery_key

        return recovery_key.new_key()

    def close(self) -> None:
        """Close the database and let the folder go; twice does no harm."""
        if not self._closed:
            self._closed = True
            self._opened.engine.close()
            self._opened.lock.release()

    # ---------------------------------------------------------------------------------------------- the log

    def append(self, edits: Sequence[Edit], *, by: Operator) -> Changes:
        """Write edits as one transaction: revisions, lists and search, all or nothing, durable when it returns.

        Raises:
            UserError: ``read_only newer_database disk_full damaged bad_input``; ``restricted`` for a field somebody
                else filled in and this account does not see.
        """
        self._may_write()
        self._veil.require_free(edits)
        log = self._opened.log
        changes = log.append(edits, by=by)
        if changes.records:
            self._remember(log.seq, log.head)
        return changes

    def history(self, rec: str) -> list[RevisionView]:
        """A record's revisions, the first one first; operators by name, what this account does not see hidden."""
        from jiafang_desktop.store.opening import operator_of

        names: dict[str, str] = {}

        def name_of(operator_id: str) -> str:
            if operator_id not in names:
                names[operator_id] = operator_of(self._opened.engine, operator_id).name
            return names[operator_id]

        return self._veil.over_history(rec, self._opened.log.history(rec, name_of=name_of))

    def revision_before(self, revision_id: str) -> dict[str, Json]:
        """All fields of the record as they stood just before a revision; empty where it created the record.

        Raises:
            UserError: ``not_found``.
        """
        return self._veil.over_state(*self._opened.log.state_before(revision_id))

    def check(self) -> LongVerb[CheckReport]:
        """Prove pages, revisions and tables; finds, never mends."""
        from jiafang_desktop.store.check import check

        return check(self._opened.engine, self._opened.log)

    def tidy_search(self) -> LongVerb[int]:
        """Put the search index together in short steps; nothing where the folder can't be written."""
        from jiafang_desktop.store.search_upkeep import put_together

        return 0 if self.read_only else (yield from put_together(self._opened.engine))

    def counts(self) -> dict[str, int]:
        """How many there are: visits, people and concerns not deleted, problems, drafts, revisions."""
        from jiafang_desktop.store.tables import DELETED, REGISTERED

        value = self._opened.engine.value
        return {
            "visits": value(
                f"SELECT count(*) FROM visit WHERE facts & {DELETED} = 0 AND facts & {REGISTERED} = {REGISTERED}"
            ),
            "cadres": value("SELECT count(*) FROM cadre WHERE deleted = 0"),
            "problems": value("SELECT count(*) FROM problem WHERE deleted = 0"),
            "concerns": self.concerns.count(),
            "drafts": value("SELECT count(*) FROM draft"),
            "revisions": value("SELECT count(*) FROM revision"),
        }

    def _may_write(self) -> None:
        if not self.read_only:
            return
        from jiafang_desktop.store.engine import read_only

        if self._opened.newer:
            raise UserError(
                "newer_database", "这份数据由更新版本的程序写成，现在只能查看，不能保存。", hint="请升级程序后再修改。"
            )
        raise read_only()

    def _remember(self, seq: int, head: str) -> None:
        """Note outside the folder how far this install got, so that a rollback is noticed."""
        if self.read_only:
            return
        from jiafang_desktop.store.marks import Mark

        self._opened.marks.write(Mark(self.installation.install_id, seq, head, self._place))
