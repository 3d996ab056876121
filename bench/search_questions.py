"""The questions of ``search``: ``python -m bench.search_questions ours|LIKE OFFICE PASSWORD_FILE PLAIN COUNT``.

Opens the data, asks everything once so that caches are as in use, then once more: milliseconds of all questions' p99
and median, and of ours when first asked.
"""

from __future__ import annotations

import sqlite3
import statistics
import sys
import time
from collections.abc import Callable, Sequence
from pathlib import Path

from bench import many
from bench.measure import answer

_LIKED = ("name", "pinyin", "initials", "leader", "leader_pinyin", "leader_initials", "matter", "account")
_SHOWN = 8


def ours(office: Path, secret: Path, questions: Sequence[str]) -> None:
    """As the palette asks, one keystroke after the other."""
    from jiafang_desktop.store import Store

    store = Store.open(office, password=secret.read_text("utf-8").strip())
    finder = store.finder

    def ask(text: str) -> object:
        return finder.newest("visit", text, limit=_SHOWN)

    first = asked(ask, questions)
    tell(asked(ask, questions), first)
    store.close()


def like(plain: Path, questions: Sequence[str]) -> None:
    """Plain LIKE over every column that may hold a word; once, for it reads the table anew each time."""
    table = sqlite3.connect(plain)

    def ask(text: str) -> object:
        words = text.split()
        each = " AND ".join("(" + " OR ".join(f"{column} LIKE ?" for column in _LIKED) + ")" for _ in words)
        values = [f"%{word}%" for word in words for _ in _LIKED]
        return table.execute(f"SELECT id FROM visits WHERE {each} ORDER BY id DESC LIMIT {_SHOWN}", values).fetchall()

    ask("没有人这样写过")  # the file is in the system's cache then
    seconds = asked(ask, questions)
    tell(seconds, seconds)
    table.close()


def asked(ask: Callable[[str], object], questions: Sequence[str]) -> list[float]:
    """Seconds of each question."""
    found = []
    for text in questions:
        start = time.perf_counter()
        ask(text)
        found.append(time.perf_counter() - start)
    return found


def p99(values: Sequence[float]) -> float:
    """What 99 of 100 stay under."""
    return sorted(values)[min(len(values) - 1, len(values) * 99 // 100)]


def tell(seconds: Sequence[float], first: Sequence[float]) -> None:
    """Print what was seen."""
    answer(p99=p99(seconds), usual=statistics.median(seconds), first=p99(first))


def main() -> None:
    """One process's questions."""
    who, office, secret, plain = sys.argv[1], *map(Path, sys.argv[2:5])
    questions = many.questions(int(sys.argv[5]))
    if who == "ours":
        ours(office, secret, questions)
    else:
        like(plain, questions)


if __name__ == "__main__":
    main()
