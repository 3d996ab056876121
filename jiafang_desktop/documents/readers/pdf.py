"""pdf: text and ruled lines of each page as a table, and the words outside of it as a sheet without a name.

For papers made by programs (ours, Word's, LibreOffice's). A scan has no text and is refused; nothing is recognised
from pictures. What a table means is history's.
"""

from __future__ import annotations

import io
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import groupby
from typing import Any

from jiafang_desktop.documents.readers import Refused, Sink, too_large

_MOST_PAGES = 60
_NEAR = 1.5  # points within which two lines are one, and two letters stand on one line
_THIN = 4.0  # a filled box no thicker is a ruled line (Word draws them so)
_PAINTED = frozenset((b"S", b"s", b"f", b"F", b"f*", b"B", b"B*", b"b", b"b*"))
_SHORTEST = 8.0  # a ruled line shorter than this parts no cells

_NO_TEXT = "这个PDF是扫描件或图片，里面没有文字，读不出来。"


@dataclass(frozen=True, slots=True)
class _Word:
    x: float
    y: float
    text: str


@dataclass(slots=True)
class _Lines:
    """Ruled lines: (where it lies, from, to), level ones by height and upright ones by place across."""

    level: list[tuple[float, float, float]] = field(default_factory=list)
    upright: list[tuple[float, float, float]] = field(default_factory=list)

    def add(self, x1: float, y1: float, x2: float, y2: float) -> None:
        if abs(y1 - y2) <= _THIN and abs(x1 - x2) >= _SHORTEST:
            self.level.append(((y1 + y2) / 2, min(x1, x2), max(x1, x2)))
        elif abs(x1 - x2) <= _THIN and abs(y1 - y2) >= _SHORTEST:
            self.upright.append(((x1 + x2) / 2, min(y1, y2), max(y1, y2)))


def read(data: bytes, sink: Sink) -> None:
    """Every page: its words above the table, its table, its words below."""
    import logging

    from pypdf import PdfReader
    from pypdf.errors import PyPdfError

    logging.getLogger("pypdf").setLevel(logging.CRITICAL)  # it quotes what it reads
    try:
        reader = PdfReader(io.BytesIO(data))
        if reader.is_encrypted and not reader.decrypt(""):
            raise Refused("encrypted_file", "这个PDF设了打开密码，读不出来。", "请换一份没有密码的文件。")
        if len(reader.pages) > _MOST_PAGES:
            raise too_large("页数太多")
        pages = [_page(page) for page in reader.pages]
    except (PyPdfError, ValueError, TypeError, KeyError, AttributeError, IndexError, RecursionError, OSError):
        # Damage shows in pypdf as whatever its own steps then stumble over.
        raise _damaged() from None
    if not any(words for words, _ in pages):
        raise Refused("unsupported_format", _NO_TEXT, "请提供程序或Word存出来的PDF，或者输入纸面上的核对码。")
    sink.format("pdf")
    for number, (words, lines) in enumerate(pages, start=1):
        _tell(sink, number, words, lines)


def _damaged() -> Refused:
    return Refused("unsupported_format", "这个PDF文件已损坏或没有下载完整，读不出来。", "请重新取一份再试。")


def _page(page: Any) -> tuple[list[_Word], _Lines]:
    words: list[_Word] = []
    path = _Path()

    def said(text: str, matrix: Sequence[float], place: Sequence[float], _font: Any, _size: float) -> None:
        if text.strip():
            x, y = _through(matrix, place[4], place[5])
            words.append(_Word(x, y, text.strip("\n")))

    page.extract_text(visitor_operand_before=path.drawn, visitor_text=said)
    return words, path.lines


class _Path:
    """Follows a page's drawing and keeps the ruled lines that are painted (not those that merely clip)."""

    def __init__(self) -> None:
        self.lines = _Lines()
        self._at = (0.0, 0.0)
        self._pending: list[tuple[float, float, float, float]] = []

    def drawn(self, operator: bytes, operands: Sequence[Any], matrix: Sequence[float], _text: Sequence[float]) -> None:
        """One operator of the page (ISO 32000-1, 8.5)."""
        if operator == b"m":
            self._at = _through(matrix, float(operands[0]), float(operands[1]))
        elif operator == b"l":
            end = _through(matrix, float(operands[0]), float(operands[1]))
            self._pending.append((*self._at, *end))
            self._at = end
        elif operator == b"re":
            x, y, width, height = (float(value) for value in operands)
            self._outline(*_through(matrix, x, y), *_through(matrix, x + width, y + height))
        elif operator in _PAINTED:
            for line in self._pending:
                self.lines.add(*line)
            self._pending.clear()
        elif operator == b"n":
            self._pending.clear()

    def _outline(self, left: float, low: float, right: float, high: float) -> None:
        if abs(high - low) <= _THIN or abs(right - left) <= _THIN:
            self._pending.append((left, low, right, high))
            return
        self._pending += [
            (left, low, right, low), (left, high, right, high), (left, low, left, high), (right, low, right, high),
        ]  # fmt: skip


def _through(matrix: Sequence[float], x: float, y: float) -> tuple[float, float]:
    a, b, c, d, e, f = (float(value) for value in matrix)
    return a * x + c * y + e, b * x + d * y + f


def _tell(sink: Sink, number: int, words: list[_Word], lines: _Lines) -> None:
    cells: dict[tuple[float, float, float, float], list[_Word]] = defaultdict(list)
    outside: list[_Word] = []
    for word in words:
        cell = _cell_of(word, lines)
        if cell is None:
            outside.append(word)
        else:
            cells[cell].append(word)
    top = max((cell[0] for cell in cells), default=0.0)
    _paragraphs(sink, [word for word in outside if word.y >= top])
    if cells:
        _table(sink, f"第{number}页", cells)
    _paragraphs(sink, [word for word in outside if word.y < top])


def _cell_of(word: _Word, lines: _Lines) -> tuple[float, float, float, float] | None:
    """(top, left, bottom, right) of the ruled lines around a word."""
    x, y = word.x + _NEAR, word.y + _NEAR
    above = [at for at, start, end in lines.level if at > y and start - _NEAR <= x <= end + _NEAR]
    below = [at for at, start, end in lines.level if at <= y and start - _NEAR <= x <= end + _NEAR]
    left = [at for at, start, end in lines.upright if at <= x and start - _NEAR <= y <= end + _NEAR]
    right = [at for at, start, end in lines.upright if at > x and start - _NEAR <= y <= end + _NEAR]
    if not (above and below and left and right):
        return None
    return round(min(above)), round(max(left)), round(max(below)), round(min(right))


def _table(sink: Sink, name: str, cells: dict[tuple[float, float, float, float], list[_Word]]) -> None:
    tops = _distinct([cell[0] for cell in cells], falling=True)
    lefts = _distinct([cell[1] for cell in cells], falling=False)
    rows: dict[int, dict[int, str]] = defaultdict(dict)
    merges = []
    for (top, left, bottom, right), words in cells.items():
        row, column = _place(tops, -top), _place(lefts, left)
        last_row = max(row, bisect_right(tops, -bottom - _THIN) - 1)
        last_column = max(column, bisect_right(lefts, right - _THIN) - 1)
        rows[row][column] = "\n".join(_lines_of(words))
        if (last_row, last_column) != (row, column):
            merges.append([row + 1, column, last_row + 1, last_column])
    sink.sheet(name)
    for row in sorted(rows):
        cells_of = rows[row]
        sink.row(row + 1, [cells_of.get(column, "") for column in range(max(cells_of) + 1)])
    sink.merges(merges)


def _distinct(places: list[float], *, falling: bool) -> list[float]:
    """Places in reading order as rising numbers, those of one line once."""
    found: list[float] = []
    for place in sorted(-place if falling else place for place in places):
        if not found or place - found[-1] > _THIN:
            found.append(place)
    return found


def _place(starts: list[float], place: float) -> int:
    return max(bisect_right(starts, place + _NEAR) - 1, 0)


def _paragraphs(sink: Sink, words: list[_Word]) -> None:
    lines = _lines_of(words, gap="\t")
    if any(line.strip() for line in lines):
        sink.sheet("")
        for number, line in enumerate(lines, start=1):
            sink.row(number, [line])


def _lines_of(words: list[_Word], *, gap: str = "") -> list[str]:
    """Words of a cell or of free paper as lines from the top, each from the left."""
    rising = sorted(words, key=lambda word: (-round(word.y / _NEAR), word.x))
    return [
        gap.join(word.text for word in sorted(line, key=lambda word: word.x))
        for _, line in groupby(rising, key=lambda word: round(word.y / _NEAR))
    ]
