"""Two small helps of a list: going to a name by typing its beginning, and rows as text for Excel.

No widgets are changed here.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QElapsedTimer
from PySide6.QtWidgets import QApplication

from jiafang_desktop.common.chinese import pinyin_full, pinyin_initials, squeeze

if TYPE_CHECKING:
    from ui.widgets.table import Column
    from ui.widgets.table_view import ListView

_LOOKED_AT = 5000  # rows on either side; farther ones are what the search field is for
_FORMULA_STARTS = ("=", "+", "-", "@")


class TypeAhead:
    """Collects letters typed in quick succession."""

    def __init__(self) -> None:
        self._typed = ""
        self._since = QElapsedTimer()

    def forget(self) -> None:
        """Begin anew."""
        self._typed = ""

    def is_running(self) -> bool:
        """Whether the last letter was just now."""
        return bool(self._typed) and self._since.isValid() and not self._since.hasExpired(_interval())

    def find(self, letters: str, view: ListView) -> int | None:
        """The next row that begins with all that was typed; one letter again and again goes round."""
        again = self.is_running()
        self._typed = (self._typed if again else "") + squeeze(letters).lower()
        found = self._look(self._typed, view)
        self._since.start()  # from now: looking takes time of its own, most at the first letter
        return found

    def _look(self, wanted: str, view: ListView) -> int | None:
        if len(wanted) > 1 and set(wanted) == {wanted[0]}:
            wanted = wanted[0]
        here = max(view.currentIndex().row(), 0)
        start = here if len(wanted) > 1 else here + 1
        for place in _around(start, view.count()):
            row = view.rows.peek(place)
            if row is not None and any(_begins(words, wanted) for words in _keys(row, view)):
                return place
        return None


def _interval() -> int:
    return max(QApplication.keyboardInputInterval(), 700)


def _around(start: int, count: int) -> Iterator[int]:
    for step in range(min(count, 2 * _LOOKED_AT)):
        yield (start + step) % count


def _keys(row: Any, view: ListView) -> Iterable[str]:
    """The number and the name: the first right-hand and the first left-hand column."""
    seen: set[str] = set()
    for section, column in enumerate(view.columns()):
        if column.align not in seen and not view.isColumnHidden(section):
            seen.add(column.align)
            yield column.value(row)


def _begins(words: str, wanted: str) -> bool:
    plain = squeeze(words).lower()
    if plain.startswith(wanted):
        return True
    return (
        bool(plain)
        and wanted.isascii()
        and wanted.isalpha()
        and (pinyin_initials(plain).startswith(wanted) or pinyin_full(plain).startswith(wanted))
    )


def as_tsv(rows: Sequence[Any], columns: Sequence[Column]) -> str:
    """Heads and rows, a tab between cells; what Excel would take for a formula is marked as text."""
    lines = ["\t".join(column.title for column in columns)]
    lines += ["\t".join(_cell(column.value(row)) for column in columns) for row in rows]
    return "\n".join(lines) + "\n"


def _cell(words: str) -> str:
    plain = " ".join(words.split()) if any(sign in words for sign in "\t\r\n") else words
    return f"'{plain}" if plain.startswith(_FORMULA_STARTS) and len(plain) > 1 else plain
