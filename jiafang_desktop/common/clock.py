"""The one place that asks what time it is, so tests can stand in for the clock.

Wall times carry their UTC offset; ``today`` is the office's local date.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime

_now: Callable[[], datetime] = lambda: datetime.now().astimezone()  # noqa: E731  (a replaceable function value)


def now() -> datetime:
    """The present moment with the local UTC offset, whole seconds."""
    return _now().replace(microsecond=0)


def today() -> date:
    """The office's date."""
    return now().date()


def stamp() -> str:
    """``now`` as ISO 8601 text with offset, as revisions and JSON carry it."""
    return now().isoformat()


def set_clock(source: Callable[[], datetime] | None) -> None:
    """Stand another clock in (tests, demo); ``None`` puts the real one back."""
    global _now
    _now = source if source is not None else (lambda: datetime.now().astimezone())
