"""Whose ledger a sheet is and of which year: 单位：…, 20××年度, sheet and file names; and rolling over New Year.

Only words; days themselves are read in days.
"""

from __future__ import annotations

import re

from jiafang_desktop.common.chinese import halfwidth, squeeze

_DIGITS = {char: str(at) for at, char in enumerate("〇一二三四五六七八九")} | {"零": "0", "○": "0"}
_CHINESE_YEAR = re.compile(r"二[〇零○][〇零○一二三四五六七八九]{2}(?=年)")
_YEARS = re.compile(r"(?<!\d)(20[0-4]\d)(?!\d)|(?<!\d)([12]\d)(?=年)")
_SPANNED = re.compile(r"(?<!\d)(20\d\d)\s*年?度?\s*(?:[-—–－~～、/]|至|到)\s*(?:20)?(\d\d)\s*年?度?(?!\d)")
_LONGEST_SPAN = 12
_DAY = re.compile(r"(20\d\d)\s*[年./-]\s*(\d{1,2})\s*[月./-]\s*\d{1,2}\s*日?")
_LETTER = re.compile(r"[〔\[（(【]20\d\d[〕\]）)】]\s*第?\d+号?")  # a document's number
_UNIT = re.compile(
    r"(?:填\s*报|填\s*表|报\s*送|家\s*访)?单\s*位\s*(?:名\s*称)?\s*(?:[（(]\s*[盖公]?\s*章?\s*[）)])?\s*[:：]\s*"
)
_UNIT_END = re.compile(
    r"[（(]\s*(?:盖|公|签|印)?\s*章?\s*[）)]|\t|　{2,}| {3,}|\n|填\s*[报表]|日\s*期|时\s*间|年\s*度|"
    r"(?<!\d)(?:20\d\d|20××|20XX|20__)|\s+年\s|_{2,}年|序\s*号|编\s*号|[:：]",
    re.IGNORECASE,
)
_BLANK_UNIT = re.compile(r"^[\s_×xX＿.．…盖章（）()【】]*$|^【.*】$")


def years_in(text: str, *, days: bool = True) -> list[int]:
    """The years some words name, in their order, each once; a span 2022-2024 gives all three, 魏组〔2023〕6号 none.

    A whole date (填表日期：2024年12月30日) counts with ``days`` only, and never one of January or February, when the
    year before is being closed.
    """
    plain = _CHINESE_YEAR.sub(lambda found: "".join(_DIGITS.get(c, "2") for c in found.group()), halfwidth(text))
    plain = _DAY.sub(
        lambda found: found.group(1) if days and int(found.group(2)) > 2 else "", _LETTER.sub("", plain)
    )  # fmt: skip
    found = [int(match.group(1) or "20" + match.group(2)) for match in _YEARS.finditer(plain)]
    for span in _SPANNED.finditer(plain):
        first, last = int(span.group(1)), 2000 + int(span.group(2))
        if (not 1 <= last - 2000 <= 12 or "年" in span.group()) and 0 < last - first <= _LONGEST_SPAN:
            at = found.index(first) if first in found else len(found)
            found[at : at + 1] = range(first, last + 1)
    return list(dict.fromkeys(year for year in found if 2000 <= year <= 2099))


def unit_in(text: str) -> str | None:
    """The unit behind 单位：, as written; None where the line is blank there."""
    found = _UNIT.search(text)
    if found is None:
        return None
    rest = text[found.end() :].lstrip(" \t\u3000_＿")
    words = re.sub(r"\s+", "", _UNIT_END.split(rest, maxsplit=1)[0]).strip("_＿，,。.；;")
    return None if not words or len(words) > 40 or _BLANK_UNIT.match(words) else words


def says_unit(text: str) -> bool:
    """Whether the words hold a 单位： line, filled or not."""
    return bool(_UNIT.search(text))


class Calendar:
    """The year of days that name none: of the nearest heading, else of the rows before, else asked.

    With a span of years (2023-2024年) the year turns where the months run backwards.
    """

    def __init__(self, years: list[int]) -> None:
        self._years = years
        self._at = 0
        self._month = 0
        self._seen: int | None = None

    @property
    def known(self) -> list[int]:
        """The years the headings name."""
        return self._years

    def turn(self, years: list[int]) -> None:
        """A heading of other years begins."""
        if years and years != self._years:
            self._years, self._at, self._month, self._seen = years, 0, 0, None

    def saw(self, year: int, month: int) -> None:
        """A row gave its year itself."""
        self._seen, self._month = year, month
        if year in self._years:
            self._at = self._years.index(year)

    def year_of(self, month: int) -> int | None:
        """The year of a day of ``month`` in the next row."""
        if len(self._years) > 1:
            if month < self._month - 6 and self._at + 1 < len(self._years):
                self._at += 1
            self._month = month
            return self._years[self._at]
        if self._years:
            return self._years[0]
        return self._seen


def is_heading(text: str) -> bool:
    """台账 titles, 单位： and 年度 lines, as they stand over each page."""
    words = squeeze(text)
    if len(words) > 80:
        return False
    return bool(
        re.search(r"(?:台账|登记表|登记簿|一览表|统计表|明细表|汇总表|记录表|花名册)(?:[（(].*[）)])?$", words)
        or re.match(r"^附件\d*[:：]?$|^(?:20[\d×xX_]{2}|二[〇零○].{2})年度?(?:第?[一二三四]季度)?$", words)
        or says_unit(text)
    )
