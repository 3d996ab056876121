"""The form of a ``.jfbak`` file: the encrypted database exactly as it is, and behind it what is needed to open it.

Behind the database's pages: canonical JSON (slots, scans' names, figures, digests), zeros up to a whole page, and a
footer of fixed size. So the file can be opened in place as a database, no byte of it can change unnoticed, and one
that was cut off has no footer. Scans lie in ``blobs`` beside it. Making and restoring are backup's.
"""

from __future__ import annotations

import hashlib
import hmac
import json
import os
import struct
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any, BinaryIO

from jiafang_desktop.common.errors import UserError
from jiafang_desktop.domain.backups import BackupFacts
from jiafang_desktop.store.canonical import canonical
from jiafang_desktop.store.vault import Vault, derived_key

FORMAT, MAGIC = "jfbak1", b"JFBAK1\r\n"
PAGE_BYTES = 4096
CHUNK_BYTES = 4 * 1024 * 1024  # a few milliseconds of reading, hashing and writing
_FOOTER = struct.Struct(">QQ32s8s")  # database, JSON, SHA-256 of JSON and zeros, magic
_MOST_TRAILER = 64 * 1024 * 1024
_PURPOSE = b"jiafang backup"


@dataclass(frozen=True, slots=True)
class Trailer:
    """What stands behind the database."""

    body: dict[str, Any]
    database_bytes: int
    file_bytes: int

    @property
    def vault(self) -> Vault:
        """The slots as they were when it was made."""
        return Vault.from_json(self.body["vault"])

    def facts(self, path: Path) -> BackupFacts:
        """What it says of itself."""
        body = self.body
        return BackupFacts(
            path, datetime.fromisoformat(body["made_at"]), body["install"], body["vault"]["folder"], body["schema"],
            body["records"], body["revisions"], body["head"], tuple(body["blobs"]), tuple(body["missing"]),
            self.database_bytes, self.file_bytes,
        )  # fmt: skip

    def is_sealed_by(self, data_key: bytes) -> bool:
        """Whether whoever wrote it had the data key: the pages and the slots belong together."""
        body = {name: value for name, value in self.body.items() if name != "mac"}
        return hmac.compare_digest(str(self.body.get("mac")), _mac(body, data_key))


def sealed(body: dict[str, Any], *, data_key: bytes, database_bytes: int) -> bytes:
    """The trailer's bytes."""
    text = canonical({**body, "format": FORMAT, "mac": _mac({**body, "format": FORMAT}, data_key)})
    zeros = bytes(-(len(text) + _FOOTER.size) % PAGE_BYTES)
    digest = hashlib.sha256(text + zeros).digest()
    return text + zeros + _FOOTER.pack(database_bytes, len(text), digest, MAGIC)


def _mac(body: dict[str, Any], data_key: bytes) -> str:
    return hmac.new(derived_key(data_key, _PURPOSE), canonical(body), hashlib.sha256).hexdigest()


def read_trailer(path: Path) -> Trailer:
    """What a backup says of itself; the database in it is not looked at.

    Raises:
        UserError: ``not_found damaged newer_database``.
    """
    try:
        with path.open("rb") as file:
            return _trailer(file, path)
    except FileNotFoundError:
        raise UserError(
            "not_found", f"没有找到备份文件“{path.name}”。", hint="请检查文件的位置和名字；在U盘上的，请先插好U盘。"
        ) from None
    except OSError:
        raise UserError(
            "not_found", f"备份文件“{path.name}”读不出来。", hint="请检查磁盘或U盘是否插好，再试一次。"
        ) from None


def _trailer(file: BinaryIO, path: Path) -> Trailer:
    size = file.seek(0, os.SEEK_END)
    if size < PAGE_BYTES or size % PAGE_BYTES:
        raise unsound(path, "不完整")
    file.seek(size - _FOOTER.size)
    database, length, digest, magic = _FOOTER.unpack(file.read(_FOOTER.size))
    if magic != MAGIC:
        raise unsound(path, "不完整，或者不是备份文件")
    rest = size - _FOOTER.size - database
    if database % PAGE_BYTES or not 0 < length <= rest <= _MOST_TRAILER:
        raise unsound(path, "被改动过")
    file.seek(database)
    content = file.read(rest)
    if hashlib.sha256(content).digest() != digest or any(content[length:]):
        raise unsound(path, "被改动过")
    body = _body(content[:length], path)
    return Trailer(body, database, size)


def _body(text: bytes, path: Path) -> dict[str, Any]:
    try:
        body = json.loads(text)
        known = body["format"] == FORMAT
    except (ValueError, KeyError, TypeError):
        raise unsound(path, "内容不对") from None
    if not known:
        raise UserError("newer_database", f"“{path.name}”是更新版本的程序做的备份。", hint="请升级程序后再恢复。")
    assert isinstance(body, dict)
    return body


def require_database_whole(path: Path, trailer: Trailer) -> Iterator[int]:
    """Hash the database in the file again, yielding how many bytes are done.

    Raises:
        UserError: ``damaged``.
    """
    digest = hashlib.sha256()
    with path.open("rb") as file:
        for part in chunks(file, trailer.database_bytes):
            digest.update(part)
            yield file.tell()
    if digest.hexdigest() != trailer.body["database"]["sha256"]:
        raise unsound(path, "被改动过")


def chunks(file: BinaryIO, length: int) -> Iterator[bytes]:
    """The next ``length`` bytes in parts; fewer where the file ends."""
    while length > 0:
        part = file.read(min(CHUNK_BYTES, length))
        if not part:
            return
        length -= len(part)
        yield part


def unsound(path: Path, why: str) -> UserError:
    """A backup that is not what was written."""
    return UserError(
        "damaged", f"备份“{path.name}”已损坏（{why}），不能用它恢复。", hint="请换一份备份，比如前一天的或第二处的。",
        details={"file": str(path)},
    )  # fmt: skip
