"""1,000,000 visits: what was typed searched, and the list's end jumped to, in a process of its own each.

A question is one keystroke's: the newest eight visits that have every word. The peer is plain LIKE over a table with
the same words and pinyin in columns. The list is the 家访 page with its windowed model; the peer a QTableView over a
QSqlTableModel. Both peers read a file that is not encrypted, which favours them.
"""

from __future__ import annotations

import statistics
import time
from collections.abc import Mapping, Sequence
from pathlib import Path

from bench import many
from bench.measure import Figure, Goal, child, compared
from bench.offices import new_office, password_file
from jiafang_desktop.common.progress import run_to_end
from jiafang_desktop.services import upkeep

TITLE = "A million visits"
SIZES = {"visits": 1_000_000, "questions": 500}
TINY = {"visits": 600, "questions": 20}
_MOST_ROUNDS = 3  # LIKE alone takes half a minute for each

Seen = Mapping[str, Sequence[Mapping[str, float]]]


def measure(sizes: Mapping[str, int], *, rounds: int, scratch: Path) -> list[Figure]:
    """Milliseconds of the slowest and of the usual question; of a jump; megabytes of the list."""
    started = time.perf_counter()
    store = new_office(scratch / "office")
    many.fill(store, sizes["visits"])
    run_to_end(upkeep.tidy(store))  # as the window does two minutes after it was opened
    built = time.perf_counter() - started
    store.close()
    many.plain_table(scratch / "plain.db", sizes["visits"])
    turns = max(1, min(rounds, _MOST_ROUNDS))
    asked = _in_turn("bench.search_questions", "LIKE", sizes["questions"], turns=turns, scratch=scratch)
    listed = _in_turn("bench.search_child", "QSqlTableModel", turns=turns, scratch=scratch)
    return _figures(sizes, asked, listed, built=built)


def _in_turn(module: str, peer: str, *more: int, turns: int, scratch: Path) -> Seen:
    """Ours and the peer one after the other; the first round warms the disk's cache and does not count."""
    office, plain, secret = scratch / "office", scratch / "plain.db", password_file(scratch)
    got: dict[str, list[dict[str, float]]] = {"ours": [], peer: []}
    for turn in range(turns + 1):
        for who in got if turn % 2 else reversed(got):
            seen = child(module, who, office, secret, plain, *more)
            if turn:
                got[who].append(seen)
    return got


def _figures(sizes: Mapping[str, int], asked: Seen, listed: Seen, *, built: float) -> list[Figure]:
    count = f"{sizes['visits']:,}"
    first = statistics.median(one["first"] for one in asked["ours"]) * 1000
    opened = statistics.median(one["listed"] for one in listed["ours"])
    return [
        compared(
            f"a question to {count} visits, 99 of 100", _column(asked, "p99"), faster=True, goal=Goal(1.0, "ms"),
            note=f"{sizes['questions']} questions, letters on the way too, all asked before; when first asked "
            f"{first:.2f} ms. The visits were made in {built:.0f} s.",
        ),
        compared(f"a question to {count} visits, the usual one", _column(asked, "usual"), faster=True),
        compared(
            f"to the end of {count} rows", _column(listed, "jump"), faster=True, goal=Goal(50.0, "ms"),
            note=f"From the key to the last row painted. Opening the list before it took {opened * 1000:.0f} ms.",
        ),
        compared(
            f"memory that listing {count} rows adds", _column(listed, "added"), unit="MB", goal=Goal(80, "MB"),
            note="The page before any row, against the list opened, jumped through and at its end.",
        ),
    ]  # fmt: skip


def _column(got: Seen, figure: str) -> dict[str, list[float]]:
    return {who: [one[figure] for one in ones] for who, ones in got.items()}
