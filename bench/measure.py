"""Timing that can be trusted on a noisy machine: ours and the peers in turn, medians, and what a process used.

What is measured stands in the benches; how it is written down in ``report``.
"""

from __future__ import annotations

import gc
import json
import os
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from functools import partial
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]


@dataclass(frozen=True)
class Goal:
    """What the ratio or, with a ``unit``, the figure itself should be: at most or at least ``value``."""

    value: float
    unit: str = "×"
    least: bool = False

    def met(self, got: float) -> bool:
        """Whether ``got`` is good enough; no rounding in our favour."""
        return got >= self.value if self.least else got <= self.value

    def __str__(self) -> str:
        return f"{'≥' if self.least else '≤'} {self.value:g} {self.unit}"


@dataclass(frozen=True)
class Figure:
    """One line of the table.

    ``ours`` and ``peers`` (by name) are medians in ``unit``. ``ratio`` is ours ÷ the first peer, or where ``faster``
    the first peer ÷ ours, so that more is better. ``spread`` is the least and the greatest ratio of any one round.
    """

    what: str
    ours: float
    unit: str
    peers: Mapping[str, float] = field(default_factory=dict)
    ratio: float | None = None
    spread: tuple[float, float] | None = None
    faster: bool = False
    goal: Goal | None = None
    met: bool | None = None
    note: str = ""

    def as_json(self) -> dict[str, Any]:
        """As docs/performance.json keeps it."""
        return asdict(self) | {"goal": str(self.goal) if self.goal else None}


def alternate(
    works: Mapping[str, Callable[[int], object]], *, rounds: int, warm_up: bool = True
) -> dict[str, list[float]]:
    """Seconds of each work in each round, whose number it is given; the warm-up is round 0 once more, not counted.

    A B C, B C A, C A B …: nobody always runs behind the same neighbour.
    """
    names = list(works)
    if warm_up:
        for work in works.values():
            work(0)
    seconds: dict[str, list[float]] = {name: [] for name in names}
    for turn in range(rounds):
        for name in [*names[turn % len(names) :], *names[: turn % len(names)]]:
            seconds[name].append(timed(partial(works[name], turn)))
    return seconds


def timed(work: Callable[[], object]) -> float:
    """Seconds of wall time of one call. Garbage of the one before is swept outside the timing."""
    gc.collect()
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


def compared(
    what: str, rounds: Mapping[str, Sequence[float]], *, unit: str = "ms", per: float = 1.0, goal: Goal | None = None,
    faster: bool = False, note: str = "",
) -> Figure:  # fmt: skip
    """A figure from the rounds of ``alternate``: the first name is ours, the second the peer that counts.

    ``per`` divides, e.g. by the records of a round. Milliseconds are made of seconds, other units left as they are.
    """
    scale = (1000 if unit == "ms" else 1) / per
    medians = {name: statistics.median(values) * scale for name, values in rounds.items()}
    ours, *peers = medians
    ratio = spread = None
    if peers:
        pairs = zip(rounds[ours], rounds[peers[0]], strict=True)
        each = sorted(b / a if faster else a / b for a, b in pairs)
        ratio = medians[peers[0]] / medians[ours] if faster else medians[ours] / medians[peers[0]]
        spread = (each[0], each[-1])
    got = ratio if goal is None or goal.unit == "×" else medians[ours]
    met = goal.met(got) if goal is not None and got is not None else None
    return Figure(
        what, medians[ours], unit, {name: medians[name] for name in peers}, ratio, spread, faster, goal, met, note
    )


def child(module: str, *arguments: object, environment: Mapping[str, str] | None = None) -> dict[str, Any]:
    """Run a module of this package in a fresh process; the JSON object on its last line."""
    command = [sys.executable, "-X", "utf8", "-m", module, *(str(part) for part in arguments)]
    # An installed program has its bytecode; a shell that forbids writing it would have every run compile everything.
    kept = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    result = subprocess.run(
        command, cwd=ROOT, env={**kept, **(environment or {})}, capture_output=True, text=True, encoding="utf-8",
        check=False,
    )  # fmt: skip
    if result.returncode:
        raise RuntimeError(f"{module}: exit status {result.returncode}\n{(result.stdout + result.stderr)[-3000:]}")
    answer: dict[str, Any] = json.loads(result.stdout.strip().splitlines()[-1])
    return answer


def answer(**figures: float) -> None:
    """What a child process prints at its end."""
    print(json.dumps(figures), flush=True)


def peak_mb() -> float:
    """The most memory this process has held, in MB (2²⁰ bytes).

    Not getrusage: Linux counts what the parent held at the fork into it, so that a child looks as big as its parent.
    """
    return _status("VmHWM", "peak_wset")


def resident_mb() -> float:
    """The memory this process holds now, in MB."""
    return _status("VmRSS", "rss")


def _status(linux: str, elsewhere: str) -> float:
    status = Path("/proc/self/status")
    if status.exists():
        line = next(line for line in status.read_text("utf-8").splitlines() if line.startswith(linux + ":"))
        return int(line.split()[1]) / 1024
    import psutil

    held: int = getattr(psutil.Process().memory_info(), elsewhere)
    return held / 2**20
