"""The outer shape of a PDF: numbered objects, compressed streams, the table of places. What is in them is pdf's."""

from __future__ import annotations

import hashlib
import zlib
from typing import BinaryIO


def text_string(text: str) -> bytes:
    """A string outside the pages, as UTF-16 in hexadecimal."""
    return b"<FEFF" + text.encode("utf-16-be").hex().upper().encode("ascii") + b">"


class PdfFile:
    """Writes objects as they come; only their places are kept."""

    def __init__(self, file: BinaryIO) -> None:
        self._file = file
        self._places: list[int] = [0]
        self._at = 0
        self._digest = hashlib.sha256()
        self._write(b"%PDF-1.7\n%\xe5\xae\xb6\xe8\xae\xbf\n")

    def reserve(self) -> int:
        """A number for an object that is put later."""
        self._places.append(0)
        return len(self._places) - 1

    def put(self, number: int, body: bytes) -> None:
        """Write the object that got ``number``."""
        self._places[number] = self._at
        self._write(b"%d 0 obj\n%b\nendobj\n" % (number, body))

    def add(self, body: bytes) -> int:
        """Write an object; its number."""
        number = self.reserve()
        self.put(number, body)
        return number

    def add_stream(self, entries: bytes, content: bytes) -> int:
        """Write a compressed stream with further dictionary ``entries``; its number."""
        packed = zlib.compress(content, 6)
        return self.add(b"<<%b/Filter/FlateDecode/Length %d>>\nstream\n%b\nendstream" % (entries, len(packed), packed))

    def finish(self, *, root: int, info: int) -> None:
        """Write the table of places; every reserved object must have been put."""
        table = self._at
        lines = [b"xref\n0 %d\n0000000000 65535 f \n" % len(self._places)]
        lines += [b"%010d 00000 n \n" % place for place in self._places[1:]]
        identity = self._digest.hexdigest()[:32].encode("ascii")
        lines.append(
            b"trailer\n<</Size %d/Root %d 0 R/Info %d 0 R/ID[<%b><%b>]>>\nstartxref\n%d\n%%%%EOF\n"
            % (len(self._places), root, info, identity, identity, table)
        )
        self._write(b"".join(lines))

    def _write(self, data: bytes) -> None:
        self._file.write(data)
        self._digest.update(data)
        self._at += len(data)
