"""1,000,000 visits: what was typed searched, and the list's end jumped to, in a process of its own each.

A question is one keystroke's: the newest eight visits that have every word. The peer is plain LIKE over a table with
the same words and pinyin in columns. The list is the 家访 page with its windowed model; the peer a QTableView over a
QSqlTableModel. Both peers read a file that is not encrypted, which favours them.
"""

from __future__ import annotations

import sqlite3
import statistics
import time
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

from bench import many, samples
from bench.measure import Figure, Goal, child, compared
from bench.offices import new_office, password_file
from jiafang_desktop.common.progress import run_to_end
from jiafang_desktop.services import upkeep
from jiafang_desktop.store import Store

TITLE = "A million visits"
SIZES = {"visits": 1_000_000, "questions": 500}
TINY = {"visits": 600, "questions": 20}
_MOST_ROUNDS = 3  # LIKE alone takes minutes for each
_LIKED = ("name", "pinyin", "initials", "leader", "leader_pinyin", "leader_initials", "matter", "account")


def measure(sizes: Mapping[str, int], *, rounds: int, scratch: Path) -> list[Figure]:
    """Milliseconds of the slowest and of the usual question; of a jump; megabytes of the list."""
    started = time.perf_counter()
    store = new_office(scratch / "office")
    many.fill(store, sizes["visits"])
    run_to_end(upkeep.tidy(store))  # as the window does two minutes after it was opened
    built = time.perf_counter() - started
    store.close()
    store = Store.open(scratch / "office", password=samples.PASSWORD)  # as on the next morning
    plain = scratch / "plain.db"
    many.plain_table(plain, sizes["visits"])
    asked = many.questions(sizes["questions"])
    finder, table = store.finder, sqlite3.connect(plain)

    def ours(text: str) -> object:
        return finder.newest("visit", text)

    def like(text: str) -> object:
        words = text.split()
        each = " AND ".join("(" + " OR ".join(f"{column} LIKE ?" for column in _LIKED) + ")" for _ in words)
        values = [f"%{word}%" for word in words for _ in _LIKED]
        return table.execute(f"SELECT id FROM visits WHERE {each} ORDER BY id DESC LIMIT 8", values).fetchall()

    turns = max(1, min(rounds, _MOST_ROUNDS))
    seconds = {"ours": [_asked(ours, asked) for _ in range(turns + 1)][1:]}  # the first warms the caches
    seconds["LIKE"] = [_asked(like, asked) for _ in range(turns)]
    table.close()
    store.close()
    count = f"{sizes['visits']:,}"
    found = [
        compared(
            f"a question to {count} visits, 99 of 100", _each(seconds, _p99), faster=True, goal=Goal(1.0, "ms"),
            note=f"{len(asked)} questions, letters on the way too. The visits were made in {built:.0f} s.",
        ),
        compared(f"a question to {count} visits, the usual one", _each(seconds, statistics.median), faster=True),
    ]  # fmt: skip
    return [*found, *_lists(count, rounds=turns, scratch=scratch)]


def _asked(ask: Callable[[str], object], questions: Sequence[str]) -> list[float]:
    """Seconds of each question."""
    found = []
    for text in questions:
        start = time.perf_counter()
        ask(text)
        found.append(time.perf_counter() - start)
    return found


def _p99(values: Sequence[float]) -> float:
    return sorted(values)[min(len(values) - 1, len(values) * 99 // 100)]


def _each(
    seconds: Mapping[str, Sequence[Sequence[float]]], figure: Callable[[Sequence[float]], float]
) -> dict[str, list[float]]:
    return {who: [figure(values) for values in ones] for who, ones in seconds.items()}


def _lists(count: str, *, rounds: int, scratch: Path) -> list[Figure]:
    secret = password_file(scratch)
    got: dict[str, list[dict[str, float]]] = {"ours": [], "QSqlTableModel": []}
    for turn in range(rounds + 1):
        for who in sorted(got, reverse=bool(turn % 2)):
            seen = child("bench.search_child", who, scratch / "office", secret, scratch / "plain.db")
            if turn:  # the first round warms the disk's cache
                got[who].append(seen)
    listed = statistics.median(one["listed"] for one in got["ours"])
    return [
        compared(
            f"to the end of {count} rows", _column(got, "jump"), faster=True, goal=Goal(50.0, "ms"),
            note=f"From the key to the last row painted. Opening the list before it took {listed * 1000:.0f} ms.",
        ),
        compared(
            f"memory that listing {count} rows adds", _column(got, "added"), unit="MB", goal=Goal(80, "MB"),
            note="The page before any row, against the list opened, jumped through and at its end.",
        ),
    ]  # fmt: skip


def _column(got: Mapping[str, Sequence[Mapping[str, float]]], figure: str) -> dict[str, list[float]]:
    return {who: [one[figure] for one in ones] for who, ones in got.items()}
