"""The encrypted database file: opening it with the settings STORAGE fixes, transactions, and errors as refusals.

SQL of particular tables stands in the modules that own them.
"""

from __future__ import annotations

import contextlib
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any

from sqlcipher3 import dbapi2 as sqlcipher

from jiafang_desktop.common.errors import UserError
from jiafang_desktop.store.files import disk_full

DATABASE_NAME = "家访台账.db"
# STORAGE, At rest. cipher_log_level: the library would write to the standard error stream by itself.
PRAGMAS = (
    ("cipher_log_level", "NONE"),
    ("locking_mode", "EXCLUSIVE"),
    ("journal_mode", "TRUNCATE"),
    ("synchronous", "FULL"),
    ("foreign_keys", "ON"),
    ("trusted_schema", "OFF"),
    ("cell_size_check", "ON"),
    ("secure_delete", "ON"),
    ("cache_size", "-32000"),  # KiB, kept for as long as the window is open
)
_WRITING_PRAGMAS = frozenset({"journal_mode", "synchronous", "locking_mode", "secure_delete"})
_ROOMY_CACHE_KIB = 160_000
_CHUNK = 500

Row = tuple[Any, ...]


class Engine:
    """One connection. ``read_only`` never creates, changes or repairs the file."""

    def __init__(self, path: Path, key: bytes, *, read_only: bool = False) -> None:
        self.path, self.read_only = path, read_only
        pragmas = [pair for pair in PRAGMAS if not (read_only and pair[0] in _WRITING_PRAGMAS)]
        place = path.resolve().as_uri() + "?mode=ro" if read_only else str(path)
        try:
            # Peewee only puts queries together (tables): loaded here it would hold the window up.
            self._raw = sqlcipher.connect(place, isolation_level=None, check_same_thread=False, uri=read_only)
        except sqlcipher.Error as error:
            raise as_refusal(error) from error
        self._is_closed = False
        try:
            # A raw key (x'…') needs no stretching; the vault did that.
            self.run(f"PRAGMA key = \"x'{key.hex()}'\"")
            for name, value in pragmas:
                self.run(f"PRAGMA {name} = {value}")
            self.one("SELECT count(*) FROM sqlite_master")
        except BaseException:
            self.close()
            raise

    # ---------------------------------------------------------------------------------------------- reading

    def all(self, sql: str, values: Sequence[Any] = ()) -> list[Row]:
        """Every row."""
        try:
            rows: list[Row] = self._raw.execute(sql, values).fetchall()
        except sqlcipher.Error as error:
            raise as_refusal(error) from error
        return rows

    def one(self, sql: str, values: Sequence[Any] = ()) -> Row | None:
        """The first row, or None."""
        try:
            row: Row | None = self._raw.execute(sql, values).fetchone()
        except sqlcipher.Error as error:
            raise as_refusal(error) from error
        return row

    def value(self, sql: str, values: Sequence[Any] = ()) -> Any:
        """The first column of the first row, or None."""
        row = self.one(sql, values)
        return row[0] if row is not None else None

    def select(self, query: Any) -> list[Row]:
        """Every row of a peewee query."""
        sql, values = query.sql()
        return self.all(sql, values)

    def among(self, sql: str, wanted: Sequence[Any]) -> Iterator[Row]:
        """Rows of ``… IN ({})`` for any number of wanted values, in no order."""
        for start in range(0, len(wanted), _CHUNK):
            part = wanted[start : start + _CHUNK]
            yield from self.all(sql.format(",".join("?" * len(part))), part)

    # ---------------------------------------------------------------------------------------------- writing

    def run(self, sql: str, values: Sequence[Any] = ()) -> int:
        """One statement; the number of rows it touched."""
        try:
            return int(self._raw.execute(sql, values).rowcount)
        except sqlcipher.Error as error:
            raise as_refusal(error) from error

    def many(self, sql: str, rows: Iterable[Sequence[Any]]) -> None:
        """One statement for many rows."""
        try:
            self._raw.executemany(sql, rows)
        except sqlcipher.Error as error:
            raise as_refusal(error) from error

    @contextlib.contextmanager
    def transaction(self) -> Iterator[None]:
        """All or nothing; durable when it ends without an error."""
        self.run("BEGIN IMMEDIATE")
        try:
            yield
            self.run("COMMIT")
        except BaseException:
            # After some errors SQLite has rolled back by itself; then there is nothing left to do.
            with contextlib.suppress(sqlcipher.Error):
                self._raw.rollback()
            raise

    @contextlib.contextmanager
    def roomy(self) -> Iterator[None]:
        """More cache while much is written: a page then is encrypted once, not each time it has to make room."""
        self.run(f"PRAGMA cache_size = -{_ROOMY_CACHE_KIB}")
        try:
            yield
        finally:
            self.run(f"PRAGMA cache_size = {dict(PRAGMAS)['cache_size']}")

    @property
    def schema(self) -> int:
        """The number of the last migration applied."""
        return int(self.value("PRAGMA user_version"))

    def close(self) -> None:
        """Close the connection; twice does no harm."""
        if not self._is_closed:
            self._is_closed = True
            self._raw.close()


def as_refusal(error: sqlcipher.Error) -> Exception:
    """The refusal a database error means; the error itself where it is a defect of ours."""
    code = getattr(error, "sqlite_errorcode", 0) & 0xFF
    if code in (sqlcipher.SQLITE_CORRUPT, sqlcipher.SQLITE_NOTADB):
        return damaged()
    if code == sqlcipher.SQLITE_FULL:
        return disk_full()
    if code == sqlcipher.SQLITE_READONLY:
        return read_only()
    if code == sqlcipher.SQLITE_BUSY:
        return UserError("in_use", "数据库正在被另一个程序使用。", hint="请先关闭那个程序，再打开一次。")
    if code in (sqlcipher.SQLITE_IOERR, sqlcipher.SQLITE_CANTOPEN):
        return UserError(
            "disk_error", "读写磁盘时出错，没有保存。", hint="请检查磁盘或U盘是否插好、是否已满，然后重新打开程序。"
        )
    refusal: Exception = error
    return refusal


def damaged(what: str = "数据库文件") -> UserError:
    """The file is not what was written."""
    return UserError(
        "damaged", f"{what}已损坏，为免读出错误内容，已停止打开。",
        hint="请用最近的备份恢复到一个新文件夹；不要删除原来的文件夹。",
    )  # fmt: skip


def read_only() -> UserError:
    """Nothing can be written here."""
    return UserError(
        "read_only", "数据文件夹是只读的，只能查看，不能保存。", hint="请把整个文件夹复制到本机硬盘，再从那里打开。"
    )
