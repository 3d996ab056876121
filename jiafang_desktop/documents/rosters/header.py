"""Where a sheet's column titles stand: title lines above, merged and several-row headers, forms that are no table.

Titles' meaning is in titles; what stands beneath them is judged by columns and body.
"""

from __future__ import annotations

from dataclasses import dataclass

from jiafang_desktop.common.chinese import squeeze
from jiafang_desktop.documents.grids import Cell, SheetGrid, text_of
from jiafang_desktop.documents.rosters import titles
from jiafang_desktop.domain import roster_text

_FAMILY_WORDS = frozenset(("称谓", "与本人关系", "关系", "与干部关系", "家庭关系"))
_SEARCHED_ROWS = 120
_SEARCHED_COLUMNS = 400


@dataclass(frozen=True, slots=True)
class Header:
    """``top``..``bottom`` are indexes into the sheet's rows; ``parts[c]`` column c's titles, outermost
    first."""

    top: int
    bottom: int
    parts: tuple[tuple[str, ...], ...]
    name_columns: tuple[int, ...]
    known: int


class Spread:
    """A sheet's texts with merged ranges filled, for looking at its first rows."""

    def __init__(self, grid: SheetGrid, *, rows: int = _SEARCHED_ROWS * 2) -> None:
        self.grid = grid
        limit = grid.numbers[:rows][-1] if grid.numbers else 0
        self._index = {number: at for at, number in enumerate(grid.numbers[:rows])}
        self._over: dict[tuple[int, int], tuple[int, int]] = {}
        self.wide: dict[tuple[int, int], int] = {}
        for merge in grid.merges:
            if merge.top <= limit:
                self.wide[(merge.top, merge.left)] = merge.right - merge.left + 1
                for row in range(merge.top, min(merge.bottom, merge.top + 40) + 1):
                    for column in range(merge.left, min(merge.right, _SEARCHED_COLUMNS) + 1):
                        self._over[(row, column)] = (merge.top, merge.left)

    def own(self, at: int, column: int) -> str:
        """The cell's own text."""
        row = self.grid.rows[at]
        return text_of(row[column]).strip() if column < len(row) else ""

    def text(self, at: int, column: int) -> str:
        """The cell's text, or that of the merged range covering it."""
        anchor = self._over.get((self.grid.numbers[at], column))
        if anchor is None:
            return self.own(at, column)
        row = self._index.get(anchor[0])
        return self.own(row, anchor[1]) if row is not None else ""

    def covered(self, at: int, column: int) -> bool:
        """Whether a merged range beginning in an earlier row covers the cell."""
        anchor = self._over.get((self.grid.numbers[at], column))
        return anchor is not None and anchor[0] < self.grid.numbers[at]

    def merge_width(self, at: int, column: int) -> int:
        """Columns of the merged range the cell begins or lies in (1 = none)."""
        anchor = self._over.get((self.grid.numbers[at], column))
        return self.wide.get(anchor, 1) if anchor else 1


def find(grid: SheetGrid) -> Header | None:
    """The first header row that names people among the sheet's first rows; None when there is none."""
    spread = Spread(grid)
    best: Header | None = None
    for at in range(min(len(grid.rows), _SEARCHED_ROWS)):
        found = at_row(spread, at)
        if found is not None and (best is None or found.known > best.known + 3):
            best = found
        if best is not None and at > best.bottom + 12:
            break
    return best


def _titles_in(row: list[Cell]) -> list[int]:
    return [
        column
        for column, cell in enumerate(row[:_SEARCHED_COLUMNS])
        if isinstance(cell, str) and cell and len(cell) < 60 and titles.is_known(cell)
    ]


def at_row(spread: Spread, at: int) -> Header | None:
    """The header whose name title stands in row index ``at``; None when the row is none."""
    row = spread.grid.rows[at]
    names = [
        column
        for column, cell in enumerate(row[:_SEARCHED_COLUMNS])
        if isinstance(cell, str) and len(cell) < 40 and titles.exactly_name(cell)
    ]
    if not names:
        return None
    known = _titles_in(row)
    if len(known) < 2 and not _names_below(spread, at, names[0]):
        return None
    if is_form_row(spread, at) or _is_family(row):
        return None
    top, bottom = _top(spread, at), _bottom(spread, at, names[0])
    width = max(len(spread.grid.rows[line]) for line in range(top, bottom + 1))
    parts = tuple(_parts(spread, top, bottom, column) for column in range(min(width, _SEARCHED_COLUMNS)))
    owners = tuple(column for column, part in enumerate(parts) if (titles.joined_field(part) or ("", 0))[0] == "name")
    return Header(top, bottom, parts, owners, len(known)) if owners else None


def _names_below(spread: Spread, at: int, column: int) -> bool:
    return any(
        roster_text.looks_like_name(spread.own(line, column))
        for line in range(at + 1, min(at + 4, len(spread.grid.rows)))
    )


def is_form_row(spread: Spread, at: int) -> bool:
    """Whether titles and values alternate in the row (姓名 | 张三 | 性别 | 男), as in one-person forms."""
    row = [text_of(cell).strip() for cell in spread.grid.rows[at][:_SEARCHED_COLUMNS]]
    filled = [text for text in row if text]
    known = [text for text in filled if titles.is_known(text)]
    if len(filled) < 3:
        pair = len(filled) == 2 and titles.exactly_name(filled[0]) and not titles.is_known(filled[1])
        return pair and roster_text.looks_like_name(filled[1])
    for index, text in enumerate(filled[:-1]):
        if titles.exactly_name(text):
            following = filled[index + 1]
            if roster_text.looks_like_name(following) and not titles.is_known(following):
                return len(known) <= len(filled) * 0.7
            if _names_below(spread, at, row.index(text)):
                return False  # 姓名 | 岗位工资 | 薪级工资 over a list of names
            return len(known) < len(filled) * 0.5 and not titles.is_known(following)
    return False


def is_blank_form(grid: SheetGrid, header: Header) -> bool:
    """Whether other titles stand below the name title (民族, 简历), as in an empty one-person form."""
    own = {titles.plain(part) for parts in header.parts for part in parts}
    below = 0
    for row in grid.rows[header.bottom + 1 : header.bottom + 9]:
        cells = [text_of(cell) for cell in row[:8] if cell != ""]
        below += any(titles.is_known(text) and titles.plain(text) not in own for text in cells[:1])
    return below >= 2


def _is_family(row: list[Cell]) -> bool:
    """称谓 | 姓名 | 年龄 is the family table inside an appointment form; a 关系 behind 紧急联系人 is that person's."""
    texts = [text_of(cell) for cell in row if text_of(cell)]
    words = [titles.plain(text) for text in texts]
    names = [((titles.field_of(text) or ("", 99))[1], at) for at, text in enumerate(texts) if titles.exactly_name(text)]
    own = min(names)[1] if names else -9
    return any(
        abs(at - own) == 1 and not any("联系" in before or "家长" in before for before in words[max(at - 2, 0) : at])
        for at, word in enumerate(words)
        if word in _FAMILY_WORDS
    )


def _top(spread: Spread, at: int) -> int:
    """Rows of group titles (基本情况 | 配偶情况) above the names belong to the header."""
    top = at
    while top > 0 and at - top < 2 and spread.grid.numbers[top - 1] == spread.grid.numbers[top] - 1:
        above = top - 1
        texts = [(column, text) for column, text in enumerate(map(text_of, spread.grid.rows[above])) if text.strip()]
        width = max(len(spread.grid.rows[at]), 1)
        grouped = [column for column, _ in texts if 1 < spread.merge_width(above, column) < width]
        short = all(len(squeeze(text)) <= 12 and "：" not in text and ":" not in text for _, text in texts)
        known_group = any(
            squeeze(text)
            in ("配偶", "配偶情况", "配偶信息", "爱人情况", "基本情况", "基本信息", "个人信息", "家庭情况", "家庭成员")
            or titles.is_known(text)
            for _, text in texts
        )
        if not (short and len(texts) >= 2 and (grouped or known_group)):
            break
        top = above
    return top


def _bottom(spread: Spread, at: int, name_column: int) -> int:
    """Sub-titles below (配偶 over 姓名, 单位) and merged name cells reach further down."""
    bottom = at
    while bottom + 1 < len(spread.grid.rows) and bottom - at < 3:
        below = bottom + 1
        if spread.covered(below, name_column) and spread.text(below, name_column) == spread.own(at, name_column):
            bottom = below
            continue
        cells = [
            (column, text_of(cell).strip())
            for column, cell in enumerate(spread.grid.rows[below])
            if text_of(cell).strip()
        ]
        if spread.own(below, name_column) or not cells:
            break
        under_group = [
            text for column, text in cells
            if spread.merge_width(at, column) > 1
            or not spread.own(at, column)
            or (_is_group_title(spread.own(at, column)) and not spread.own(at, column + 1))
            or titles.plain(spread.own(at, column)) in ("出生", "联系", "现任", "单位及", "工作单位及", "配偶")
        ]  # fmt: skip
        wordy = [
            text
            for _, text in cells
            if titles.is_known(text) or (len(text) <= 8 and not any(char.isdigit() for char in text))
        ]
        known = [text for _, text in cells if titles.is_known(text)]
        if len(under_group) == len(cells) == len(wordy) and (
            known or any(spread.merge_width(at, column) > 1 for column, _ in cells)
        ):
            bottom = below
            continue
        break
    return bottom


def _is_group_title(text: str) -> bool:
    return squeeze(text).endswith(("情况", "信息", "方式")) or squeeze(text) in ("配偶", "爱人", "家属")


def _parts(spread: Spread, top: int, bottom: int, column: int) -> tuple[str, ...]:
    parts: list[str] = []
    carried = ""
    for at in range(top, bottom + 1):
        text = spread.text(at, column)
        if not text and at < bottom and at < bottom:
            carried = _group_left(spread, at, column)
            text = carried
        if text and squeeze(text) not in [squeeze(part) for part in parts]:
            parts.append(text)
    return tuple(parts)


def _group_left(spread: Spread, at: int, column: int) -> str:
    """A group title that was typed over its first column without merging (配偶情况 | empty | empty)."""
    for left in range(column - 1, max(column - 5, -1), -1):
        text = spread.own(at, left)
        if text:
            return text if _is_group_title(text) and spread.merge_width(at, left) == 1 else ""
    return ""


def is_repeat(header: Header, row: list[Cell]) -> bool:
    """Whether a data row repeats the header's titles (paged rosters)."""
    same = 0
    seen = 0
    for column, parts in enumerate(header.parts):
        text = squeeze(text_of(row[column])) if column < len(row) else ""
        if text:
            seen += 1
            same += any(text == squeeze(part) for part in parts)
    return (same >= 2 and same * 2 > seen) or (same == 1 and seen == 1 and len(header.parts) <= 2)
