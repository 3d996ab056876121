"""What a paper consists of, before anybody decides how it is set: titles, heads, paragraphs, tables, the ending.

Shapes only. Word makes word, pages draw.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date


@dataclass(frozen=True, slots=True)
class Title:
    """The paper's title, line by line as it should stand."""

    lines: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Note:
    """A line of 4号 under a title or a table; ``align`` left, center or right."""

    text: str
    align: str = "left"
    face: str = "fangsong"


@dataclass(frozen=True, slots=True)
class Addressee:
    """主送机关, without an indent."""

    name: str


@dataclass(frozen=True, slots=True)
class Heading:
    """A head with its number: level 1 “一、…” in 黑体, level 2 “（一）…” in 楷体."""

    text: str
    level: int = 1


@dataclass(frozen=True, slots=True)
class Text:
    """Paragraphs of the body, one per line feed; ``indent`` two characters on their first lines."""

    text: str
    indent: bool = True


@dataclass(frozen=True, slots=True)
class Column:
    """A table's column: title, width in mm (they share 156), ``align`` center or left."""

    title: str
    width_mm: float
    align: str = "center"
    face: str = "fangsong"


@dataclass(frozen=True, slots=True)
class Table:
    """Rows of texts under repeated titles; ``header`` False leaves the titles out. ``least_mm`` is a row's height."""

    columns: tuple[Column, ...]
    rows: tuple[tuple[str, ...], ...]
    header: bool = True
    least_mm: float | None = None
    size_pt: float | None = None


@dataclass(frozen=True, slots=True)
class Signatures:
    """Names to be signed or sealed beside each other on one line."""

    words: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Ending:
    """落款: the unit over the date, the date four characters from the right, the seal's place over both."""

    unit: str
    day: date | None


@dataclass(frozen=True, slots=True)
class Space:
    """Empty lines of the body."""

    lines: float = 1.0


@dataclass(frozen=True, slots=True)
class PageTurn:
    """What follows begins a page."""


Block = Title | Note | Addressee | Heading | Text | Table | Signatures | Ending | Space | PageTurn


@dataclass(frozen=True, slots=True)
class Report:
    """A paper. ``name`` is neutral and names nobody (it goes into the file's properties); ``numbered``: page numbers.

    ``middle`` sets the blocks in the middle of their one page (a cover).
    """

    name: str
    blocks: tuple[Block, ...] = field(default=())
    numbered: bool = True
    middle: bool = False


def dotted(day: date | None) -> str:
    """2026.9.16, as ledgers and lists have it."""
    return f"{day.year}.{day.month}.{day.day}" if day else ""


def day_words(day: date | None) -> str:
    """2026年9月16日; left for the pen where there is none."""
    return f"{day.year}年{day.month}月{day.day}日" if day else "　　　　年　　月　　日"
