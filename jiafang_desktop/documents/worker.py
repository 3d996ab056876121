"""The child process that opens strangers' files: bytes on stdin, plain grids as JSON lines on stdout, nothing else.

It limits itself before it reads, knows no data folder, and is thrown away after one file. What the grids mean is the
parent's business.
"""

from __future__ import annotations

import gc
import json
import sys
from collections.abc import Iterable, Sequence
from datetime import date, datetime, time, timedelta
from typing import BinaryIO

from jiafang_desktop.documents.readers import Refused, damaged, too_large

MEMORY_LIMIT = 700 * 1024 * 1024
CPU_SECONDS = 60
_CHUNK_ROWS = 2000
_MAX_CELLS = 4_000_000


class LineSink:
    """Writes what a reader finds as one JSON array per line: ``[kind, payload]``."""

    def __init__(self, out: BinaryIO) -> None:
        self._out = out
        self._pending: list[tuple[int, list[object]]] = []
        self._cells = 0

    def _line(self, kind: str, payload: object) -> None:
        text = json.dumps([kind, payload], ensure_ascii=False, default=_plain, separators=(",", ":"))
        self._out.write(text.encode("utf-8", errors="replace") + b"\n")

    def _flush(self) -> None:
        if self._pending:
            self._line("rows", self._pending)
            self._pending = []

    def format(self, name: str) -> None:
        """The kind of file, once."""
        self._line("format", name)

    def sheet(self, name: str, *, hidden: bool = False) -> None:
        """A new sheet begins."""
        self._flush()
        self._line("sheet", [name, hidden])

    def row(self, number: int, cells: list[object]) -> None:
        """One used row."""
        self._cells += len(cells)
        if self._cells > _MAX_CELLS:
            raise too_large("里面的格子太多")
        self._pending.append((number, cells))
        if len(self._pending) >= _CHUNK_ROWS:
            self._flush()

    def merges(self, ranges: Iterable[Sequence[int]]) -> None:
        """Merged ranges of the present sheet: top, left, bottom, right."""
        self._flush()
        found = list(ranges)
        if found:
            self._line("merges", found[:100_000])

    def hidden_rows(self, numbers: Iterable[int]) -> None:
        """Rows the file hides."""
        found = list(numbers)
        if found:
            self._line("hidden", found)

    def end(self) -> None:
        """Everything was read."""
        self._flush()
        self._line("end", None)
        self._out.flush()

    def refuse(self, refusal: Refused) -> None:
        """Nothing can be read; why."""
        self._line("refused", [refusal.code, refusal.message, refusal.hint])
        self._out.flush()


def _plain(value: object) -> object:
    if isinstance(value, datetime):
        return {"d": value.date().isoformat()} if value.time() == time() else {"d": value.isoformat(" ", "seconds")}
    if isinstance(value, date):
        return {"d": value.isoformat()}
    if isinstance(value, time):
        return value.isoformat("minutes")
    if isinstance(value, timedelta):
        return value.total_seconds() / 86400
    return str(value)


def limit_self() -> None:
    """Memory and processor time, where the system can limit them (on Windows the parent's job object does)."""
    if sys.platform != "win32":
        import resource

        resource.setrlimit(resource.RLIMIT_AS, (MEMORY_LIMIT, MEMORY_LIMIT))
        resource.setrlimit(resource.RLIMIT_CPU, (CPU_SECONDS, CPU_SECONDS + 1))
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def read(data: bytes, sink: LineSink, *, sparse: bool, words: bool = False, pages: bool = False) -> None:
    """Find the kind of ``data`` and let its reader fill ``sink``; Word documents only where ``words`` are wanted, PDF
    where ``pages`` are."""
    from jiafang_desktop.documents.readers import sniff

    if len(data) > sniff.MAX_FILE:
        raise too_large("太大")
    kind = sniff.kind_of(data, words=words, pages=pages)
    if kind == "docx":
        from jiafang_desktop.documents.readers import word

        word.read(data, sink)
    elif kind == "pdf":
        from jiafang_desktop.documents.readers import pdf

        pdf.read(data, sink)
    elif kind == "xlsx":
        from jiafang_desktop.documents.readers import excel

        (excel.read_sparse if sparse else excel.read)(data, sink)
    elif kind == "xls":
        from jiafang_desktop.documents.readers import ole

        ole.read(data, sink)
    elif kind in ("html", "mht", "xml2003"):
        from jiafang_desktop.documents.readers import markup

        {"html": markup.read_html, "mht": markup.read_mht, "xml2003": markup.read_xml2003}[kind](data, sink)
    else:
        from jiafang_desktop.documents.readers import delimited

        delimited.read(data, sink)


def main(arguments: Sequence[str] = ()) -> int:
    """Read stdin, write stdout. 0 also for a refusal, which is an answer."""
    limit_self()
    gc.disable()  # a short life full of small lists: collecting costs a third of the time and frees nothing
    sink = LineSink(sys.stdout.buffer)
    try:
        data = sys.stdin.buffer.read()
        read(data, sink, sparse="--sparse" in arguments, words="--words" in arguments, pages="--pages" in arguments)
        sink.end()
    except Refused as refusal:
        sink.refuse(refusal)
    except RecursionError:
        sink.refuse(damaged())
    except MemoryError:
        return 9
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
