"""Dates of birth as clerks write them: 1975.03, 66年12月, serials, 1980.1 that lost its zero. One value at a time.

Gives YYYY-MM or YYYY-MM-DD, or None with a Chinese sentence saying what is wrong. How a whole column writes its months
is documents.rosters' business.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, timedelta

from jiafang_desktop.common.chinese import halfwidth, squeeze, tidy

_SEPARATED = re.compile(
    r"^(\d{4}|\d{2})(?:年|[./\-_、,，。·:;\\~]|\s)+(\d{1,2})(?:月(?:份)?)?(?:(?:[./\-_、,，。·:;\\]|"
    r"\s)*(\d{1,2})(?:日|号)?)?[.。、]?$"
)
_PACKED = re.compile(r"^((?:18|19|20)\d{2})(\d{2})(\d{2})?$")
_PACKED_SHORT = re.compile(r"^(\d{2})(\d{2})(\d{2})$")
_TRAIL = re.compile(r"(?:出?生人?|左右|[（(][^（()）]*[)）]|\d{1,3}岁)$")
_TIME = re.compile(r"(?<=\d)[T\s]+\d{1,2}:\d{2}(?::\d{2}(?:\.\d+)?)?$")
_CHINESE_DATE = re.compile(
    r"^([〇零○一二三四五六七八九]{4})年([一二三四五六七八九十]{1,3})月(?:([一二三四五六七八九十]{1,3})[日号])?$"
)
_NUMERALS = {char: index for index, char in enumerate("〇一二三四五六七八九")} | {"零": 0, "○": 0}
_EPOCH = date(1899, 12, 30)


@dataclass(frozen=True, slots=True)
class CleanDate:
    """``value`` is YYYY-MM or YYYY-MM-DD; ``problem`` stands when nothing could be stored or the value is a guess."""

    value: str | None
    problem: str | None = None


def clean_birth(
    raw: str, *, today: date, number: bool = False, unpadded: bool = False, padded: bool = False
) -> CleanDate:
    """A birth month or date from a cell's text.

    Args:
        number: the cell held a number, so 1980.10 has lost its zero and whole numbers may be Excel serials.
        unpadded: the column's other numbers write March as .3, so .1 may be January or October.
        padded: the column's other cells write March as .03, so a text 1980.1 is doubtful.
    """
    text = halfwidth(tidy(raw)).strip()
    text = re.sub(r"^(\d{6}|\d{8})\.0$", r"\1", _TIME.sub("", text))
    lunar = "农历" in text or "阴历" in text
    text = re.sub(r"农历|阴历|阳历|公历|约|['’‘`]|^[:：]|^(?:出)?生(?:于|日)?[:：]?(?=[\d一二])", "", text)
    previous = None
    while previous != text:
        previous, text = text, _TRAIL.sub("", text).strip()
    chinese = _CHINESE_DATE.match(squeeze(text))
    if chinese:
        year = int("".join(str(_NUMERALS[char]) for char in chinese.group(1)))
        return _dated(year, _numeral(chinese.group(2)), _numeral(chinese.group(3)), today=today, lunar=lunar)
    if number:
        special = _numeric_birth(text, today=today, unpadded=unpadded)
        if special is not None:
            return special
    match = _SEPARATED.match(text) or _SEPARATED.match(squeeze(text)) or _PACKED.match(squeeze(text))
    if match is None:
        return _odd_date(squeeze(text), today)
    year, month = int(match.group(1)), int(match.group(2))
    day = int(match.group(3)) if match.group(3) else None
    guess = None
    if len(match.group(1)) == 2:
        year, guess = _century(year, today), "年份只有两位，请核对"
    elif padded and not number and re.match(r"^\d{4}\.1$", text):
        guess = "可能是1月，也可能是10月丢了0，请核对"
    return _dated(year, month, day, today=today, guess=guess, lunar=lunar)


def _numeric_birth(text: str, *, today: date, unpadded: bool) -> CleanDate | None:
    lost_zero = re.match(r"^(\d{4}|\d{2})\.1$", text)
    if lost_zero:
        year = int(lost_zero.group(1))
        year = _century(year, today) if year < 100 else year
        if unpadded:
            return CleanDate(None, "可能是1月，也可能是10月（数字丢了末尾的0），请核对后填写")
        found = _dated(year, 10, None, today=today)
        return CleanDate(found.value, found.problem or "数字丢了末尾的0，按10月存入，请核对")
    if re.match(r"^\d{4,5}$", text) and is_serial(int(text)):
        return _from_date(of_serial(int(text)), today)
    return None


def is_serial(number: float) -> bool:
    """Whether a number can be Excel's count of days (formats of Chinese Excel that only say 57 arrive so)."""
    return 3000 <= number <= 73050 and float(number).is_integer()


def of_serial(number: float) -> date:
    """The day of Excel's serial number."""
    return _EPOCH + timedelta(days=int(number))


def _odd_date(text: str, today: date) -> CleanDate:
    short = _PACKED_SHORT.match(text)
    if short:
        year = _century(int(short.group(1)), today)
        return _dated(year, int(short.group(2)), int(short.group(3)), today=today, guess="年份只有两位，请核对")
    if re.match(r"^\d{4}年?$", text):
        return CleanDate(None, "只有年份，没有月份")
    return CleanDate(None, "看不出是哪年哪月")


def _numeral(text: str | None) -> int | None:
    if not text:
        return None
    if "十" in text:
        tens, _, ones = text.partition("十")
        return (_NUMERALS[tens] if tens else 1) * 10 + (_NUMERALS[ones] if ones else 0)
    return _NUMERALS[text] if len(text) == 1 else 99


def _century(two_digits: int, today: date) -> int:
    # Nobody on a roster is younger than 15 or was born before 1930.
    return 2000 + two_digits if two_digits <= (today.year - 15) % 100 and two_digits < 30 else 1900 + two_digits


def _from_date(day: date, today: date) -> CleanDate:
    return _dated(day.year, day.month, day.day, today=today)


def _dated(
    year: int, month: int | None, day: int | None, *, today: date, guess: str | None = None, lunar: bool = False
) -> CleanDate:
    if month is None or not 1 <= month <= 12:
        return CleanDate(None, f"没有{month}月这样的月份" if month is not None else "没有月份")
    try:
        whole = date(year, month, day if day is not None else 1)
    except ValueError:
        return CleanDate(None, f"没有{year}年{month}月{day}日这一天")
    if whole > today:
        return CleanDate(None, "日期在今天之后")
    if year < 1900:
        return CleanDate(None, "年份太早，请核对")
    problem = guess or ("写的是农历，请核对" if lunar else None)
    if problem is None and year > today.year - 15:
        problem = "年龄不到十五岁，请核对"
    return CleanDate(f"{year:04d}-{month:02d}" if day is None else whole.isoformat(), problem)


def is_real_date(value: str) -> bool:
    """Whether ``value`` is YYYY-MM or YYYY-MM-DD and exists."""
    match = re.match(r"^(\d{4})-(\d{2})(?:-(\d{2}))?$", value)
    if not match:
        return False
    try:
        date(int(match.group(1)), int(match.group(2)), int(match.group(3) or 1))
    except ValueError:
        return False
    return True
