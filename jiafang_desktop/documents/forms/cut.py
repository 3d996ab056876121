"""Where a long text is cut for the next page: behind a sentence if that is not too far up, with （转续页） behind it.

Row heights and sizes are decided in fit.
"""

from __future__ import annotations

from jiafang_desktop.documents.forms.layout import CONTINUES, long_inner_mm
from jiafang_desktop.documents.forms.plan import LongPart
from jiafang_desktop.domain.lines import break_lines, count_lines

_SENTENCE = "。！？；!?;"
_CLAUSE = "，、：,"
_CLOSERS = "”’』」）)"
# A page holds at most this many characters a line, even of the narrowest letters: longer texts are looked at in part.
_LINE_CHARACTERS = 160


def whole_part(text: str, size_pt: float) -> LongPart:
    """A text that stands on one page."""
    lines = break_lines(text, width_mm=long_inner_mm(), size_pt=size_pt)
    return LongPart(0, len(text), False, False, lines)


def cut_part(text: str, start: int, continued: bool, *, lines: int, size_pt: float, end: int | None = None) -> LongPart:
    """What of ``text`` from ``start`` on stands in ``lines`` lines (or up to ``end``, when that is already on paper).

    A rest that fits is taken whole. Otherwise the cut is behind the last sentence that leaves room for （转续页）,
    unless that wastes more than half of the cell; then behind a clause, then at any character.
    """
    rest = text[start : start + max(lines, 1) * _LINE_CHARACTERS] if end is None else text[start:]
    if end is None:
        complete = start + len(rest) == len(text)
        if complete and _lines(rest, size_pt, continued) <= lines:
            end = len(text)
        else:
            end = start + _cut_at(rest, continued, lines, size_pt)
    turns = end < len(text)
    shown = text[start:end].rstrip("\n") if turns else text[start:end]
    if turns:
        shown += CONTINUES
    placed = break_lines(shown, width_mm=long_inner_mm(), size_pt=size_pt, first_indent=not continued)
    return LongPart(start, end, continued, turns, placed)


def _lines(text: str, size_pt: float, continued: bool) -> int:
    return count_lines(text, width_mm=long_inner_mm(), size_pt=size_pt, first_indent=not continued)


def _cut_at(rest: str, continued: bool, lines: int, size_pt: float) -> int:
    """How many characters of ``rest`` go on this page (at least one)."""
    placed = break_lines(rest, width_mm=long_inner_mm(), size_pt=size_pt, first_indent=not continued, squeeze=False)
    most = placed[lines - 1].end if 0 < lines <= len(placed) else len(rest)

    def fits(end: int) -> bool:
        return _lines(rest[:end].rstrip("\n") + CONTINUES, size_pt, continued) <= lines

    for marks, least in ((_SENTENCE, most // 2), (_CLAUSE, most // 2)):
        for end in range(most, max(least, 0), -1):
            if _ends(rest, end, marks) and fits(end):
                return end
    for end in range(most, 1, -1):
        if _between(rest, end) and fits(end):
            return end
    return max(1, min(most, len(rest)))


def _ends(rest: str, end: int, marks: str) -> bool:
    """Whether a sentence (or clause) ends before ``end``: its mark, closing quotes, or a paragraph's end."""
    if end < len(rest) and rest[end] in _CLOSERS + marks + "\n":
        return False
    if rest[end - 1] == "\n":
        return True
    at = end - 1
    while at > 0 and rest[at] in _CLOSERS:
        at -= 1
    return rest[at] in marks


def _between(rest: str, end: int) -> bool:
    """Whether a cut before ``end`` parts no number, word or mark from its neighbour."""
    if end >= len(rest):
        return True
    before, after = rest[end - 1], rest[end]
    if after in "，。、；：！？）》」』”’…—\n" or before in "（《“‘「『":
        return False
    return not (before.isascii() and after.isascii() and before.isalnum() and after.isalnum())
