"""One reader per kind of file, run only inside the worker process.

A reader gets bytes and hands sheets to a ``Sink``; it refuses with ``Refused``. No reader trusts a file's name.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Protocol


class Refused(Exception):  # noqa: N818  (a refusal, not a defect; the parent makes the UserError of it)
    """A file this program can't read: code, sentence and next step for the clerk."""

    def __init__(self, code: str, message: str, hint: str) -> None:
        super().__init__(message)
        self.code, self.message, self.hint = code, message, hint


class Sink(Protocol):
    """Where a reader puts what it found, sheet by sheet, row by row (row numbers from 1)."""

    def format(self, name: str) -> None: ...
    def sheet(self, name: str, *, hidden: bool = False) -> None: ...
    def row(self, number: int, cells: list[object]) -> None: ...
    def merges(self, ranges: Iterable[Sequence[int]]) -> None: ...
    def hidden_rows(self, numbers: Iterable[int]) -> None: ...


DAMAGED_HINT = "请用WPS或Excel打开它，另存为“Excel工作簿（.xlsx）”后再导入；打不开时请向对方重新要一份。"
SAVE_AS_HINT = "请用WPS或Excel打开它，另存为“Excel工作簿（.xlsx）”后再导入。"


def damaged() -> Refused:
    """The refusal for a file whose kind is known but which can't be read."""
    return Refused("unsupported_format", "这个文件已损坏或没有下载完整，读不出来。", DAMAGED_HINT)


def too_large(what: str) -> Refused:
    """The refusal for a file past the limits; nothing was unpacked."""
    return Refused(
        "too_large", f"这个文件{what}，为保护本机没有打开。", "请只保留名册那一张表，另存为新的xlsx文件后再导入。"
    )
