"""The words offices and the mini-programme's export use for a concern's source, priority, level and day.

One cell's text at a time; unknown words give None and the caller says so. Which column holds what is documents'.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from jiafang_desktop.common.chinese import halfwidth, squeeze
from jiafang_desktop.domain.concerns import SOURCES
from jiafang_desktop.domain.problems import LEVELS
from jiafang_desktop.domain.roster_dates import is_serial, of_serial
from jiafang_desktop.domain.visits import PRIORITIES

# The first pattern that fits decides, so the narrow ones stand first.
_SOURCES = (
    ("mini_program", r"小程序|平台|线上|网上|扫码|公众号|app"), ("masses", r"群众|信访|来信|来访|举报|村民|热线|12345"),
    ("county", r"县|组织部|上级|交办|转办"), ("visit", r"家访|走访|入户"),
    ("unit", r"单位|本人|干部|职工|谈心|谈话|座谈|内部|自行|镇|乡|街道|支部|书面|口头|当面|电话"),
)  # fmt: skip
_PRIORITIES = (
    ("warning_sign", r"倾向性|苗头"), ("illness", r"病|住院|手术|癌|化疗|伤残"),
    ("family_event", r"婚|丧|嫁|娶|去世|离世|白事|红事"), ("upheaval", r"变故|意外|事故|火灾|车祸|灾"),
    ("setback", r"挫折|情绪|心理|压力|思想波动|处分"), ("hardship", r"困难|生活|经济|住房|就学|上学|就业|赡养|抚养"),
    ("other", r"其他|其它|另外"),
)  # fmt: skip
_LEVELS = (("grave", r"特别重大|重大"), ("serious", r"特别|较大|严重|特困"), ("ordinary", r"普通|一般|正常"))
_NOTHING = re.compile(r"^(?:无|没有|否|不是|普通|一般|[/／\-—、.]+)$")
_SEPARATED = re.compile(
    r"^(\d{4}|\d{2})[年./\-、,，·\s]+(\d{1,2})[月./\-、,，·\s]+(\d{1,2})[日号]?(?:[T\s].*)?$", re.DOTALL
)
_PACKED = re.compile(r"^(20\d{2})(\d{2})(\d{2})(?:\d{6})?$")
_NO_YEAR = re.compile(r"^(\d{1,2})(?:月|[./\-])(\d{1,2})[日号]?$")
_MONTH = re.compile(r"^(?:20\d{2})[年./\-](?:\d{1,2})月?(?:份)?$")


@dataclass(frozen=True, slots=True)
class CleanDay:
    """``problem`` says in Chinese why there is no value, or what to look at in a guessed one."""

    value: date | None
    problem: str | None = None


def source_of(text: str) -> str | None:
    """One of SOURCES, None for words that say none."""
    return _chosen(text, SOURCES, _SOURCES)


def priority_of(text: str) -> str | None:
    """One of PRIORITIES, None for an ordinary one or for words that say none (see ``says_nothing``)."""
    return None if says_nothing(text) else _chosen(text, PRIORITIES, _PRIORITIES)


def level_of(text: str) -> str | None:
    """One of LEVELS, None for words that say none."""
    return _chosen(text, LEVELS, _LEVELS)


def says_nothing(text: str) -> bool:
    """无, /, 一般: an answer, but no case of its own."""
    return bool(_NOTHING.match(squeeze(text)))


def _chosen(text: str, titles: Mapping[str, str], patterns: tuple[tuple[str, str], ...]) -> str | None:
    plain = squeeze(halfwidth(text))
    for key, title in titles.items():
        if plain.lower() == key or plain == title or plain.strip("。；") == f"{title}困难":
            return key
    for key, pattern in patterns:
        if re.search(pattern, plain, re.IGNORECASE):
            return key
    return None


def day_of(text: str, *, today: date, number: bool = False) -> CleanDay:
    """A day as people write it: 2026.9.3, 2026年9月3日 10:30, 26-9-3, 9月3日 (of the last twelve months), 46268.

    Args:
        number: the cell held a number, so that a whole one may be Excel's count of days.
    """
    plain = halfwidth(text).strip().rstrip("。.")
    if number and re.fullmatch(r"\d{5}(?:\.\d+)?", plain) and is_serial(int(float(plain))):
        return _not_later(of_serial(int(float(plain))), today)
    packed = _PACKED.match(squeeze(plain))
    whole = packed or _SEPARATED.match(plain)
    if whole:
        year, month, day = (int(part) for part in whole.groups())
        return _real(year if year > 99 else 2000 + year, month, day, today)
    short = _NO_YEAR.match(squeeze(plain))
    if short:
        found = _real(today.year, int(short.group(1)), int(short.group(2)), today)
        if found.value is None and found.problem == _LATER:
            found = _real(today.year - 1, int(short.group(1)), int(short.group(2)), today)
        return CleanDay(found.value, found.problem or f"没有写年份，按{found.value.year}年存入，请核对"
                        if found.value else found.problem)  # fmt: skip
    if _MONTH.match(squeeze(plain)):
        return CleanDay(None, "只有年月，没有日子")
    return CleanDay(None, "看不出是哪一天")


_LATER = "日期在今天之后"


def _real(year: int, month: int, day: int, today: date) -> CleanDay:
    try:
        return _not_later(date(year, month, day), today)
    except ValueError:
        return CleanDay(None, f"没有{year}年{month}月{day}日这一天")


def _not_later(day: date, today: date) -> CleanDay:
    if day > today:
        return CleanDay(None, _LATER)
    return CleanDay(day) if day.year >= 2000 else CleanDay(None, "年份太早，请核对")
