"""Scans: content-addressed files, each encrypted in authenticated chunks under a key of its own purpose.

A chunk's nonce carries its place and whether it is the last, so none can be moved, dropped or cut off. What a scan
belongs to stands in the log.
"""

from __future__ import annotations

import hashlib
import os
import struct
from collections.abc import Callable
from pathlib import Path

from jiafang_desktop.common.errors import UserError
from jiafang_desktop.store.engine import damaged
from jiafang_desktop.store.files import sync_folder, write_durably
from jiafang_desktop.store.vault import derived_key

MAGIC = b"JFBLOB1\n"
CHUNK_BYTES = 64 * 1024
_PREFIX_BYTES, _TAG_BYTES = 7, 16


class BlobKeeper:
    """What ``Store.blobs`` offers. ``may_write`` raises where nothing may be written."""

    def __init__(self, folder: Path, data_key: bytes, may_write: Callable[[], None]) -> None:
        self._folder, self._data_key, self._may_write = folder, data_key, may_write

    def put(self, data: bytes) -> str:
        """Keep bytes durably; gives their SHA-256, by which they are found again.

        Raises:
            UserError: ``read_only disk_full not_writable``.
        """
        self._may_write()
        name = hashlib.sha256(data).hexdigest()
        path = self._path(name)
        if not self._holds(path, data):
            path.parent.mkdir(parents=True, exist_ok=True)
            sync_folder(self._folder.parent)
            sync_folder(self._folder)
            write_durably(path, self._sealed(data, name))
        return name

    def get(self, sha256: str) -> bytes:
        """The bytes.

        Raises:
            UserError: ``not_found``; ``damaged`` when a single bit of the file changed.
        """
        path = self._path(sha256)
        try:
            sealed = path.read_bytes()
        except OSError as error:
            raise UserError(
                "not_found", "没有找到这份扫描件。", hint="请从备份中恢复，或重新扫描后附上。",
                details={"sha256": sha256},
            ) from error  # fmt: skip
        data = self._opened(sealed, sha256)
        if data is None:
            raise damaged("扫描件")
        return data

    def _holds(self, path: Path, data: bytes) -> bool:
        """Whether the same bytes lie there already, whole."""
        return path.exists() and self._opened(path.read_bytes(), path.name) == data

    def _path(self, sha256: str) -> Path:
        if len(sha256) != 64 or not set(sha256) <= set("0123456789abcdef"):
            raise UserError("not_found", "没有找到这份扫描件。", details={"sha256": sha256})
        return self._folder / sha256[:2] / sha256

    def _cipher(self, name: str):  # type: ignore[no-untyped-def]  # the cipher's type would be imported early
        from cryptography.hazmat.primitives.ciphers.aead import AESGCM

        return AESGCM(derived_key(self._data_key, b"jiafang blob", salt=bytes.fromhex(name)))

    def _sealed(self, data: bytes, name: str) -> bytes:
        cipher, prefix = self._cipher(name), os.urandom(_PREFIX_BYTES)
        starts = range(0, max(len(data), 1), CHUNK_BYTES)
        parts = [
            cipher.encrypt(_nonce(prefix, number, last=number == len(starts) - 1), data[at : at + CHUNK_BYTES], MAGIC)
            for number, at in enumerate(starts)
        ]
        return b"".join([MAGIC, prefix, *parts])

    def _opened(self, sealed: bytes, name: str) -> bytes | None:
        from cryptography.exceptions import InvalidTag

        head, body = len(MAGIC) + _PREFIX_BYTES, CHUNK_BYTES + _TAG_BYTES
        prefix = sealed[len(MAGIC) : head]
        if not sealed.startswith(MAGIC) or len(sealed) < head + _TAG_BYTES:
            return None
        cipher, starts = self._cipher(name), range(head, len(sealed), body)
        try:
            parts = [
                cipher.decrypt(_nonce(prefix, number, last=number == len(starts) - 1), sealed[at : at + body], MAGIC)
                for number, at in enumerate(starts)
            ]
        except InvalidTag:
            return None
        data = b"".join(parts)
        return data if hashlib.sha256(data).hexdigest() == name else None


def _nonce(prefix: bytes, number: int, *, last: bool) -> bytes:
    return prefix + struct.pack(">IB", number, last)
