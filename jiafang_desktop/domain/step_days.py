"""What is odd about the day of a step: said, never refused. A PC's clock may be wrong, and old papers come in late."""

from __future__ import annotations

from datetime import date


def doubts(title: str, day: date | None, *, visited_on: date | None, today: date) -> list[str]:
    """Sentences to check by: a step taken on a day to come, or before the visit that made it necessary."""
    if day is None:
        return []
    if day > today:
        return [f"{title}日期{day.isoformat()}在今天之后，请核对。"]
    if visited_on is not None and day < visited_on:
        return [f"{title}日期{day.isoformat()}在家访日期{visited_on.isoformat()}之前，请核对。"]
    return []
