"""From a process's start to a window painted and idle: ours, unlocked with 10,000 visits, against bare PySide6.

Deriving the key from the password is slow on purpose (0.15 s): it is done and timed once before, and told in the note;
the runs that count find the key and do everything else. Both run in turn, paint into memory without a screen, and watch
themselves by the same clockwork (``window_child``).
"""

from __future__ import annotations

import time
from collections.abc import Mapping, Sequence
from pathlib import Path

from bench import samples
from bench.measure import Figure, Goal, child, compared
from bench.offices import new_office, password_file

TITLE = "The window"
SIZES = {"visits": 10_000}
TINY = {"visits": 20}
_WHO = ("ours", "bare", "empty")
_SHOWN = {"bare": "PySide6 window, one Chinese label", "empty": "PySide6 window, empty"}


def measure(sizes: Mapping[str, int], *, rounds: int, scratch: Path) -> list[Figure]:
    """Milliseconds from the parent's start of the process; memory once idle."""
    folder = scratch / "office"
    store = new_office(folder)
    samples.fill_store(store, sizes["visits"])
    store.close()
    secret = password_file(scratch)
    runs: dict[str, list[dict[str, float]]] = {who: [] for who in _WHO}
    derivation = 0.0
    for turn in range(rounds + 1):
        for who in [*_WHO[turn % 3 :], *_WHO[: turn % 3]]:
            got = child("bench.window_child", who, repr(time.monotonic()), folder, secret, scratch / "key")
            if turn:
                runs[who].append(got)
            elif who == "ours":  # the first round warms the disk's cache, and derives the key
                derivation = got["derivation"] * 1000
    note = (
        f"The workbench of {sizes['visits']:,} visits in five years, those of the last two months open. "
        f"Deriving the key took {derivation:.0f} ms more, left out."
    )
    return [
        compared("start to first paint", _column(runs, "painted"), goal=Goal(1.3), note=note),
        compared("start to idle", _column(runs, "idle"), goal=Goal(1.3), note="With everything read and painted."),
        compared("memory once idle", _column(runs, "resident"), unit="MB"),
    ]  # fmt: skip


def _column(runs: Mapping[str, Sequence[Mapping[str, float]]], name: str) -> dict[str, list[float]]:
    return {_SHOWN.get(who, who): [one[name] for one in ones] for who, ones in runs.items()}
