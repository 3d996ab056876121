"""How a long verb tells how far it is.

A long verb is a generator that yields ``Progress`` at least every 50 ms and returns its result; closing the
generator cancels it. Nothing here knows of threads or windows.
"""

from __future__ import annotations

from collections.abc import Callable, Generator
from dataclasses import dataclass
from typing import TypeVar

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Progress:
    """``done`` of ``total`` steps (``total`` 0 = unknown); ``stage`` is a short Chinese phrase."""

    stage: str
    done: int = 0
    total: int = 0


LongVerb = Generator[Progress, None, T]


def run_to_end(verb: LongVerb[T], *, show: Callable[[Progress], None] | None = None) -> T:
    """Run a long verb on this thread and give its result."""
    while True:
        try:
            step = next(verb)
        except StopIteration as end:
            result: T = end.value
            return result
        if show is not None:
            show(step)
