"""What a clerk types for a date, read the way an office writes dates.

Reading text only: which dates a visit may have is decided by the services.
"""

from __future__ import annotations

import re
from datetime import date, timedelta

from jiafang_desktop.common.chinese import halfwidth, squeeze
from jiafang_desktop.common.errors import UserError

_WORDS = {"今天": 0, "今日": 0, "昨天": -1, "昨日": -1, "前天": -2}
_SPLIT = re.compile(r"[.。．·,，、/年月日号\-—–－:：]+")
_NEAR_FUTURE = timedelta(days=31)


def read_date(text: str, *, today: date) -> date | None:
    """The date meant by ``text``; None for empty text.

    Read are 2026.11.3, 2026-11-3, 2026年11月3日, 20261103, 26.11.3, 11-3, 11月3日, 1103 and 今天／昨天／前天. Without a
    year the most recent such day is meant, or one within the coming month.

    Raises:
        UserError: ``bad_date`` when it is no date or that day does not exist.
    """
    plain = squeeze(halfwidth(text))
    if not plain:
        return None
    if plain in _WORDS:
        return today + timedelta(days=_WORDS[plain])
    parts = _parts(plain)
    if parts is None:
        raise UserError("bad_date", "看不懂这个日期。", hint="请写成 2026.11.3、11-3 或“今天”。")
    year, month, day = parts
    try:
        if year is not None:
            return date(year if year > 99 else 2000 + year, month, day)
        return _nearest(month, day, today)
    except ValueError:
        raise UserError("bad_date", f"没有{month}月{day}日这一天。", hint="请核对月和日。") from None


def _parts(plain: str) -> tuple[int | None, int, int] | None:
    if plain.isdigit() and plain.isascii():
        if len(plain) == 8:
            return int(plain[:4]), int(plain[4:6]), int(plain[6:])
        if len(plain) == 4:
            return None, int(plain[:2]), int(plain[2:])
        return None
    pieces = [piece for piece in _SPLIT.split(plain) if piece]
    if not all(piece.isdigit() and piece.isascii() and len(piece) <= 4 for piece in pieces):
        return None
    numbers = [int(piece) for piece in pieces]
    if len(numbers) == 3:
        return numbers[0], numbers[1], numbers[2]
    if len(numbers) == 2 and numbers[0] < 100:
        return None, numbers[0], numbers[1]
    return None


def _nearest(month: int, day: int, today: date) -> date:
    try:
        here = date(today.year, month, day)
    except ValueError:  # 2-29 in a common year: the last leap year's is meant, if that was a year ago
        return date(today.year - 1, month, day)
    return here if here <= today + _NEAR_FUTURE else date(today.year - 1, month, day)


def dotted(day: date) -> str:
    """2026.11.3, as lists and captions write it."""
    return f"{day.year}.{day.month}.{day.day}"
