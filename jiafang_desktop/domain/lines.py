"""Breaking Chinese text into lines by the shipped advance table, with the rules every office paper follows.

No line starts with closing punctuation or ends with an opening one, digits and Latin words stay whole, punctuation is
squeezed before a character is carried down, and lines are justified except a paragraph's last. Nothing here knows
pages, cells or fonts (documents.forms does the first two, paper the third).

The places a line may break at are a subset of those Word and LibreOffice use, and widths are the widest of the named
faces: no word processor needs more lines than ``count_lines`` says.
"""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass
from functools import lru_cache
from unicodedata import category, east_asian_width

from jiafang_desktop.domain.advances import SHOWN, WIDEST, advance_em, place_em
from jiafang_desktop.domain.pages import MM_PER_PT

# Word's and LibreOffice's lists for Chinese, and the ASCII quotes, which neither side of may be a line's edge.
NO_START = frozenset(
    "!%),.:;?]}\"'¢¨°·ˇˉ―‖’”…‰′″›℃∶、。〃々〆〻ー〉》」』】〕〗〞︶︺︾﹀﹄﹚﹜﹞！＂％＇），．：；？］｀｜｝～￠—"
    "–‼⁇⁈⁉゛゜ゝゞヽヾ»％℉"
)
NO_END = frozenset("$([{\"'£¥·‘“〈《「『【〔〖〝︵︹︽︿﹁﹃﹙﹛﹝＄（．［｛￡￥«№")
PAIRS = frozenset("—…")  # two of them are one sign
SPACES = frozenset(" \t\u00a0\u3000")
# How much of an em full-width punctuation gives up: after the ink, or before it.
SQUEEZE_AFTER = dict.fromkeys("，。、）》」』】〕〉〗", 0.5) | {"；": 0.25, "：": 0.25}
SQUEEZE_BEFORE = dict.fromkeys("（《「『【〔〈〖", 0.5)
# LibreOffice before 24 puts room between Chinese and Latin even where the document says not to.
AUTO_SPACE_EM = 0.25
LOOSEST_GAP_EM = 0.5  # a line that would be stretched more than this is left ragged


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a text.

    ``start:end`` of the source includes the line feed that ends it, ``text`` does not. ``places_mm`` has the left edge
    of each character of ``text`` from the cell's inner left edge, indent included; ``width_mm`` is where the last one
    ends. ``last`` marks the last line of a paragraph, ``squeezed`` a line whose punctuation was narrowed.
    """

    start: int
    end: int
    text: str
    places_mm: tuple[float, ...]
    width_mm: float
    last: bool
    justified: bool = False
    squeezed: bool = False


@dataclass(frozen=True, slots=True)
class _Measured:
    """A paragraph in ems: running totals of widest advances, shown advances, and where a line may begin."""

    text: str
    totals: tuple[float, ...]
    shown: tuple[float, ...]
    may_break: bytes
    loose: bytes
    lead: int


def text_width_em(text: str) -> float:
    """The widest ``text`` can be on one line in any program, in ems."""
    return _measure(text, False, True).totals[-1]


def may_break_at(text: str, at: int) -> bool:
    """Whether a line of ``text`` (one paragraph) may end before the character at ``at``."""
    return bool(_measure(text, False, False).may_break[at])


@lru_cache(maxsize=2048)  # the forms' fixed words stand on every page
def shown_places_mm(text: str, *, size_pt: float) -> tuple[tuple[float, ...], float]:
    """Places of an unjustified line's characters, and its width as shown, both in mm."""
    em, at = size_pt * MM_PER_PT, 0.0
    places = []
    for char in text:
        places.append(at)
        at += (SHOWN[char] if char in SHOWN else place_em(char)) * em
    return tuple(places), at


def break_lines(
    text: str, *, width_mm: float, size_pt: float, indent_em: float = 2.0, first_indent: bool = True,
    spare_mm: float = 1.0, squeeze: bool = True, justify: bool = True, spaced: bool = False,
) -> tuple[Line, ...]:  # fmt: skip
    """Lines of ``text`` in a column ``width_mm`` wide; paragraphs end at line feeds.

    Args:
        indent_em: first-line indent of each paragraph; spaces typed there are part of it.
        first_indent: False when the text goes on in the middle of a paragraph (a 续页).
        spare_mm: never used, so that rounding in other programs does not carry a character down.
        squeeze: whether punctuation may be narrowed; not every word processor does.
        spaced: count the room some programs put between Chinese and Latin.

    Every character is in exactly one line; an empty text has no lines, an empty paragraph one empty line.
    """
    if not text:
        return ()
    lines: list[Line] = []
    start = 0
    for number, paragraph in enumerate(text.split("\n")):
        if number and start == len(text):
            break  # a line feed at the very end opens no new paragraph
        indent = indent_em if number or first_indent else 0.0
        closing = 1 if start + len(paragraph) < len(text) else 0
        lines += _paragraph(
            _measure(paragraph, indent > 0, spaced), start, closing, indent, width_mm, size_pt * MM_PER_PT, spare_mm,
            squeeze, justify,
        )  # fmt: skip
        start += len(paragraph) + closing
    return tuple(lines)


def count_lines(
    text: str, *, width_mm: float, size_pt: float, indent_em: float = 2.0, first_indent: bool = True
) -> int:
    """The most lines ``text`` needs in any program: nothing squeezed, Latin set apart, widest letters."""
    lines = break_lines(
        text, width_mm=width_mm, size_pt=size_pt, indent_em=indent_em, first_indent=first_indent, squeeze=False,
        justify=False, spaced=True,
    )  # fmt: skip
    return len(lines)


def _wordish(char: str) -> bool:
    """Whether ``char`` sticks to its like (digits, Latin, Greek, signs); Chinese and full-width forms do not."""
    return char not in SPACES and east_asian_width(char) not in ("W", "F")


@lru_cache(maxsize=256)
def _measure(paragraph: str, indented: bool, spaced: bool) -> _Measured:
    count = len(paragraph)
    totals = [0.0] * (count + 1)
    shown = [0.0] * count
    may_break = bytearray(b"\x01" * (count + 1))
    loose = bytearray(count)  # 1 where room may be put after the character
    lead = len(paragraph) - len(paragraph.lstrip(" \t\u00a0\u3000")) if indented else 0
    total, before, before_wordish = 0.0, "", False
    for at, char in enumerate(paragraph):
        if at < lead:
            wide = seen = 0.0
        elif char == "\t":
            wide = seen = 1.0
        else:
            wide = WIDEST[char] if char in WIDEST else advance_em(char)
            seen = SHOWN[char] if char in SHOWN else place_em(char)
        wordish = _wordish(char) if char < "\u2e80" or char > "\u9fff" else False
        if at:
            stuck = (
                char in NO_START or before in NO_END or (wordish and before_wordish) or char in SPACES
                or (char in PAIRS and before == char) or (wide == 0.0 and category(char)[0] in "MC")
            )  # fmt: skip
            if stuck or at <= lead:
                may_break[at] = 0
            if at > lead and not (wordish and before_wordish) and wide:
                loose[at - 1] = 1
            if spaced and wordish != before_wordish and char.isalnum() and before.isalnum():
                wide += AUTO_SPACE_EM
        total += wide
        totals[at + 1] = total
        shown[at] = seen
        before, before_wordish = char, wordish
    return _Measured(paragraph, tuple(totals), tuple(shown), bytes(may_break), bytes(loose), lead)


def _paragraph(
    measured: _Measured, offset: int, closing: int, indent: float, width_mm: float, em_mm: float, spare_mm: float,
    squeeze: bool, justify: bool,
) -> list[Line]:  # fmt: skip
    """One paragraph's lines; ``offset`` is its place in the text, ``closing`` 1 when a line feed ends it."""
    count = len(measured.text)
    lines: list[Line] = []
    start = 0
    while True:
        room = (width_mm - spare_mm) / em_mm - indent
        end, short = _line_end(measured, start, room, squeeze)
        last = end == count
        lines.append(
            _line(measured, start, end, offset, closing if last else 0, indent, width_mm / em_mm, em_mm, short,
                  last, justify)
        )  # fmt: skip
        start, indent = end, 0.0
        if last:
            return lines


def _line_end(measured: _Measured, start: int, room: float, squeeze: bool) -> tuple[int, float]:
    """Where the line from ``start`` ends, and by how many ems its punctuation must shrink for that."""
    totals, text, count = measured.totals, measured.text, len(measured.text)
    if start == count:
        return count, 0.0
    end = bisect_right(totals, totals[start] + room + 1e-9, start) - 1
    while end < count and end > start and text[end] in SPACES:
        end += 1  # spaces hang at a line's end
    if end >= count:
        return count, 0.0
    if squeeze:
        fit = end + 1
        while fit < count and fit <= end + 3 and not measured.may_break[fit]:
            fit += 1
        if (fit == count or measured.may_break[fit]) and text[end] in NO_START:
            short = totals[fit] - totals[start] - room
            if short <= sum(_give(char) for char in text[start:fit]):
                return fit, max(short, 0.0)
    back = end
    while back > start and not measured.may_break[back]:
        back -= 1
    return (back, 0.0) if back > start else (max(end, start + 1), 0.0)


def _give(char: str) -> float:
    return SQUEEZE_AFTER.get(char, 0.0) or SQUEEZE_BEFORE.get(char, 0.0)


def _line(
    measured: _Measured, start: int, end: int, offset: int, closing: int, indent: float, width: float, em_mm: float,
    short: float, last: bool, justify: bool,
) -> Line:  # fmt: skip
    """The line ``start:end`` with its characters put in place: squeezed by ``short`` ems, or stretched to ``width``."""
    text = measured.text[start:end]
    solid = len(text.rstrip(" \t\u00a0\u3000"))  # what is stretched: spaces hang behind it
    shown = measured.shown[start:end]
    room = width - indent - sum(shown[:solid])
    # What was too wide by the widest faces may well fit by the one shown: then it is stretched like its neighbours.
    short = max(-room, 0.0) if short else 0.0
    share = short / sum(_give(char) for char in text) if short else 0.0
    gap = 0.0
    if justify and not short and not last:
        gaps = sum(measured.loose[start : start + solid - 1]) if solid else 0
        gap = room / gaps if gaps else 0.0
        gap = gap if 0.0 < gap <= LOOSEST_GAP_EM else 0.0
    places = []
    at = indent
    for index, char in enumerate(text):
        if share:
            at -= SQUEEZE_BEFORE.get(char, 0.0) * share
        places.append(at * em_mm)
        at += shown[index]
        if share:
            at -= SQUEEZE_AFTER.get(char, 0.0) * share
        elif gap and index < solid - 1 and measured.loose[start + index]:
            at += gap
    return Line(offset + start, offset + end + closing, text, tuple(places), at * em_mm, last, gap > 0.0, short > 0.0)
