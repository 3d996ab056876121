"""Shows how far a long verb is: one line on stderr, only where that is a terminal."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable

from jiafang_desktop.cli import streams
from jiafang_desktop.common.progress import LongVerb, Progress, T, run_to_end

_WIDTH = 24
_EVERY_SECONDS = 0.1
_CLEAR = "\r\x1b[2K"


def watched(verb: LongVerb[T]) -> T:
    """Run a long verb to its end, with a bar for the person waiting."""
    with Bar() as bar:
        return run_to_end(verb, show=bar.show)


class Bar:
    """A bar that appears at the first report and is wiped away at the end; silent where nobody looks."""

    def __init__(self) -> None:
        self._live = bool(sys.stderr and sys.stderr.isatty())
        self._next = 0.0
        self._drawn = False

    def __enter__(self) -> Bar:
        return self

    def __exit__(self, *_: object) -> None:
        if self._drawn:
            streams.complain(_CLEAR)

    @property
    def show(self) -> Callable[[Progress], None]:
        """What to hand to a verb that reports its steps."""
        return self._draw

    def _draw(self, step: Progress) -> None:
        now = time.monotonic()
        if not self._live or now < self._next:
            return
        self._next = now + _EVERY_SECONDS
        self._drawn = True
        streams.complain(_CLEAR + line(step))


def line(step: Progress) -> str:
    """One report in one line: 正在写入 [####----] 120/500."""
    if not step.total:
        return f"{step.stage} {step.done or ''}".rstrip()
    filled = min(_WIDTH, _WIDTH * step.done // step.total)
    return f"{step.stage} [{'#' * filled}{'-' * (_WIDTH - filled)}] {step.done}/{step.total}"
