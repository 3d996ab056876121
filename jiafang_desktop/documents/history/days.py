"""The day of a visit as ledgers write it: 2024.3.12, 3月12日, ２０２４.３.１２, 45363, 二〇二四年三月十二日.

Which year a day without one belongs to is years' business; where cells stand, ledger's.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import date, timedelta

from jiafang_desktop.common.chinese import halfwidth
from jiafang_desktop.documents.grids import Cell, DateCell, text_of
from jiafang_desktop.domain.visit_rules import EARLIEST

_EPOCH = date(1899, 12, 30)
_SERIALS = range(36526, 73051)  # 2000 to 2099
_SEP = r"\s*[./\-－–—·、,，。~]\s*"
_FULL = re.compile(
    rf"(?<![\d.])(20\d\d|\d\d)(?:\s*年\s*|{_SEP}|\s+)(\d{{1,2}})(?:\s*月\s*|{_SEP}|\s+)(\d{{1,2}})\s*[日号]?(?!\d)"
)
_PACKED = re.compile(r"(?<!\d)(20\d\d)(0[1-9]|1[0-2])(0[1-9]|[12]\d|3[01])(?!\d)")
_MONTH_DAY = re.compile(r"(?<![\d.])(\d{1,2})\s*月\s*(\d{1,2})\s*[日号]?(?!\d)")
_POINTED = re.compile(r"(?<![\d.])(\d{1,2})\s*[./\-－—·]\s*(\d{1,2})\s*[日号]?(?![\d.]|\s*[万元%％岁人次亩米斤个])")
_MONTH = re.compile(r"(?<![\d.])(20\d\d)\s*(?:年|[./\-])\s*(\d{1,2})\s*(?:月份?)?(?![\d.])")
_BARE_MONTH = re.compile(r"(?<!\d)(\d{1,2})\s*月[份上中下初底]?")
_BARE_DAY = re.compile(r"^\s*(\d{1,2})\s*[日号]\s*$")
_SPAN = re.compile(
    r"^\s*(?:[-－—–~～、,，及和]|至|到)\s*(?:(?:20\d\d\s*[年./\-]\s*)?\d{1,2}\s*[月./\-]\s*)?\d{1,2}\s*[日号]?(?![\d.])"
)
_NUMERALS = {char: at for at, char in enumerate("〇一二三四五六七八九")} | {"零": 0, "○": 0, "Ｏ": 0, "O": 0}
_CHINESE = re.compile(
    r"(?:([〇零○ＯO一二三四五六七八九]{4}|20\d\d)\s*年?\s*)?([一二三四五六七八九十]{1,3}|\d{1,2})\s*月\s*"
    r"([一二三四五六七八九十]{1,3}|\d{1,2})\s*[日号]"
)
_YEAR_LAST = re.compile(r"(?<!\d)(\d{1,2})\s*[./\-]\s*(\d{1,2})\s*[./\-]\s*(20\d\d)(?!\d)")
_LUNAR = re.compile(r"农历|阴历|正月|腊月|冬月|初[一二三四五六七八九十]")
# The hour behind a day is not kept: 附件1 has no place for it.
_HOUR = re.compile(
    r"[\sT]*(?:[（(]?(?:星期|周|礼拜)[一二三四五六日天][）)]?|[上下中]午|晚上|晚间|早上|傍晚|夜间|晚(?![\u4e00-\u9fff])|"
    r"\d{1,2}\s*[:：]\s*\d{2}(?::\d{2})?|\d{1,2}\s*[点时](?:\d{1,2}分|半)?|左右|前后)"
)
_EDGES = " \t\n\r\u3000:：,，、;；.。-—－/|()（）"


@dataclass(frozen=True, slots=True)
class Day:
    """A day as far as a cell gives it. ``rest`` is the cell's other text; ``other`` the second reading of a number that
    may have lost a zero (3.1: 3月1日 or 3月10日); ``problem`` says why there is no whole day."""

    year: int | None = None
    month: int | None = None
    day: int | None = None
    rest: str = ""
    note: str | None = None
    problem: str | None = None
    other: int | None = None

    @property
    def whole(self) -> bool:
        """Whether month and day are known."""
        return self.month is not None and self.day is not None and self.problem is None


def of_cell(cell: Cell, *, today: date, mixed: bool = False) -> Day:
    """The day a cell holds; an empty Day with the text as ``rest`` where there is none.

    ``mixed``: the cell may hold the matter instead, so that a bare 3.12 counts at its edges only.
    """
    if isinstance(cell, DateCell):
        return _checked(Day(int(cell[:4]), int(cell[5:7]), int(cell[8:10])))
    if isinstance(cell, int | float) and not isinstance(cell, bool):
        found = _of_number(cell)
        if found is not None:
            return _checked(found)
    return _checked(_of_text(text_of(cell), today=today, mixed=mixed))


def _of_number(number: float) -> Day | None:
    if not 0 < number < 1e9:
        return None
    if int(number) in _SERIALS:
        day = _EPOCH + timedelta(days=int(number))
        return Day(day.year, day.month, day.day)
    text = text_of(number)
    pointed = re.fullmatch(r"(\d{1,2})\.(\d{1,2})", text)
    if pointed and 1 <= int(pointed.group(1)) <= 12:
        day_of_month = int(pointed.group(2))
        # As a number 3.10 is stored as 3.1; only the neighbours can tell.
        lost = int(pointed.group(2)) * 10 if len(pointed.group(2)) == 1 and day_of_month <= 3 else None
        return Day(None, int(pointed.group(1)), day_of_month, other=lost)
    return None


def _of_text(raw: str, *, today: date, mixed: bool) -> Day:
    plain = halfwidth(raw)
    if not mixed and _LUNAR.search(plain):
        return Day(rest=raw, problem=f"“{raw.strip()[:20]}”是农历，请写公历日期")
    text = _CHINESE.sub(_arabic, plain)
    shown = raw if text == plain and len(raw) == len(plain) else text
    if not any(char.isdigit() for char in text):
        unclear = f"看不出“{raw.strip()[:20]}”是哪一天" if raw.strip() and not mixed else None
        return Day(rest=raw, problem=unclear)
    if re.fullmatch(r"\s*\d{5}(?:\.0)?\s*", text) and int(float(text)) in _SERIALS:
        return _of_number(float(text)) or Day(rest=raw)
    last = _YEAR_LAST.search(text)
    if last:
        return _year_last(last, text, shown)
    full = _FULL.search(text) or _PACKED.search(text)
    if full:
        year = int(full.group(1))
        if year >= 100 or 15 <= year <= today.year - 2000 + 1:
            year += 2000 if year < 100 else 0
            return _with_rest(Day(year, int(full.group(2)), int(full.group(3))), text, full, shown)
    spoken = _MONTH_DAY.search(text)
    if spoken:
        return _with_rest(Day(None, int(spoken.group(1)), int(spoken.group(2))), text, spoken, shown)
    month = _MONTH.search(text)
    if month:
        found = Day(int(month.group(1)), int(month.group(2)), problem="只有年月，没有写哪一天")
        return _with_rest(found, text, month, shown)
    pointed = _at_edge(text) if mixed else _POINTED.search(text)
    if pointed and 1 <= int(pointed.group(1)) <= 12:
        return _with_rest(Day(None, int(pointed.group(1)), int(pointed.group(2))), text, pointed, shown)
    if mixed:
        return Day(rest=raw)
    bare = _BARE_DAY.match(text)
    if bare:
        return Day(None, None, int(bare.group(1)), problem="只写了几号，没有写几月")
    vague = _BARE_MONTH.search(text)
    if vague:
        return _with_rest(Day(None, int(vague.group(1)), problem="只有月份，没有写哪一天"), text, vague, shown)
    return Day(rest=raw, problem=f"看不出“{raw.strip()[:20]}”是哪一天")


def _year_last(found: re.Match[str], text: str, shown: str) -> Day:
    """3/15/2023 and 15/3/2023; 3/5/2023 may be either."""
    one, two, year = map(int, found.groups())
    if one != two and one <= 12 and two <= 12:
        words = f"“{found.group()}”可能是{one}月{two}日，也可能是{two}月{one}日"
        return _with_rest(Day(year, problem=words), text, found, shown)
    month, day = (one, two) if one <= 12 else (two, one)
    return _with_rest(Day(year, month, day), text, found, shown)


def _at_edge(text: str) -> re.Match[str] | None:
    """A bare 3.12 as the cell's first or last words, or a line of its own."""
    for found in _POINTED.finditer(text):
        before, after = text[: found.start()], text[found.end() :]
        if before.rpartition("\n")[2].strip(_EDGES) == "" or after.partition("\n")[0].strip(_EDGES) == "":
            return found
    return None


def _with_rest(day: Day, text: str, found: re.Match[str], shown: str) -> Day:
    """``shown`` is the text as written, where widths differ only."""
    span = _SPAN.match(text[found.end() :])
    note = "写了不止一天，按第一天登记" if span else None
    before = shown[: found.start()]
    after = shown[found.end() + (span.end() if span else 0) :]
    hour = _HOUR.match(after)
    while hour is not None and hour.end() > 0:
        after = after[hour.end() :]
        hour = _HOUR.match(after)
    if not before.strip(_EDGES):
        return replace(day, rest=_unbracketed(after.strip(_EDGES)), note=note)
    joined = before.rstrip(_EDGES) + ("\n" if after.strip(_EDGES) else "") + after.strip(_EDGES)
    return replace(day, rest=joined.strip(), note=note)


def _unbracketed(text: str) -> str:
    """A closing bracket whose opening one went with the day, taken off."""
    stripped = text.lstrip("）):：,，、;；.。-— \n").rstrip(" \n")
    return stripped[:-1].rstrip() if stripped[-1:] in "（(" and stripped else stripped


def _arabic(found: re.Match[str]) -> str:
    year, month, day = found.groups()
    if (month + day).isdigit() and (year or "0").isdigit():
        return found.group()
    words = f"{numeral(month)}月{numeral(day)}日"
    return (
        (year if year.isdigit() else "".join(str(_NUMERALS[char]) for char in year)) + "年" + words if year else words
    )


def numeral(text: str) -> int:
    """二十三 or 23 as a number; 99 for no number of a day."""
    if text.isdigit():
        return int(text)
    if "十" in text:
        tens, _, ones = text.partition("十")
        return (_NUMERALS[tens] if tens else 1) * 10 + (_NUMERALS[ones] if ones else 0)
    return _NUMERALS[text] if len(text) == 1 else 99


def _checked(day: Day) -> Day:
    if not day.whole or day.month is None or day.day is None:
        return day
    try:
        date(day.year or 2024, day.month, day.day)
    except ValueError:
        if day.other is not None:
            return day
        words = f"{day.year}年" if day.year else ""
        return replace(day, problem=f"没有{words}{day.month}月{day.day}日这一天")
    return day


def month_in(words: str) -> int | None:
    """The month a heading over some rows names."""
    found = re.match(
        r"^\s*(?:20\d\d年)?\s*(\d{1,2}|[一二三四五六七八九十]{1,2})\s*月份?\s*[:：]?\s*$", halfwidth(words)
    )
    month = numeral(found.group(1)) if found else 0
    return month if 1 <= month <= 12 else None


def dated(year: int, month: int, day: int, *, today: date) -> tuple[date | None, str | None]:
    """The real day, and why it can't be a visit's."""
    try:
        found = date(year, month, day)
    except ValueError:
        return None, f"没有{year}年{month}月{day}日这一天"
    if found > today:
        return found, f"{year}年{month}月{day}日还没有到"
    if found < EARLIEST:
        return None, f"{year}年太早，请核对年份"
    return found, None
