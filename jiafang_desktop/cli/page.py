"""Prints for a person: sentences, tables and lists of facts. Rich is loaded when the first table is drawn."""

from __future__ import annotations

import sys
from collections.abc import Sequence

from jiafang_desktop.cli import streams

_NO_TERMINAL_COLUMNS = 160
_NOTHING = "—"


class Page:
    """Everything a verb says to a person goes through here, to stdout."""

    def say(self, *lines: str) -> None:
        """Sentences, one a line."""
        streams.write("".join(f"{line}\n" for line in lines))

    def facts(self, facts: Sequence[tuple[str, object]]) -> None:
        """Name and value, one a line; empty values are left out."""
        self.say(*(f"{name}：{text(value)}" for name, value in facts if value not in (None, "", [], {})))

    def table(self, titles: Sequence[str], rows: Sequence[Sequence[object]], *, wide: str = "") -> None:
        """A table as wide as the terminal; ``wide`` names the column that takes what is left and may wrap."""
        if not rows:
            return
        from rich import box  # imported late: JSON needs none of it
        from rich.console import Console
        from rich.table import Table

        table = Table(box=box.SIMPLE_HEAD, pad_edge=False, show_edge=False, header_style="")
        for title in titles:
            takes_rest = title == wide
            table.add_column(title, no_wrap=not takes_rest, overflow="fold", ratio=1 if takes_rest else None)
        for row in rows:
            table.add_row(*(text(cell).replace("[", r"\[") for cell in row))
        live = bool(sys.stdout and sys.stdout.isatty())
        console = Console(
            width=None if live else _NO_TERMINAL_COLUMNS, color_system=None, highlight=False, emoji=False, markup=True
        )
        with console.capture() as printed:
            console.print(table)
        streams.write("".join(f"{line.rstrip()}\n" for line in printed.get().splitlines()))

    def files(self, files: Sequence[str]) -> None:
        """Where written files lie."""
        self.say(*(f"已写好：{file}" for file in files))


def text(value: object) -> str:
    """A value as a person reads it."""
    if value is None or value == "":
        return _NOTHING
    if isinstance(value, bool):
        return "是" if value else "否"
    if isinstance(value, list | tuple):
        return "、".join(text(item) for item in value) or _NOTHING
    return str(value)
