"""The planned ledger as the page walks through it: which page a row is on, what a click hit, what is copied and found.

Asks the plan for one page at a time and keeps the last ones; painting is ledger_view's, planning services'.
"""

from __future__ import annotations

from bisect import bisect_right
from collections import OrderedDict
from collections.abc import Iterable
from typing import Any

from jiafang_desktop.common.chinese import pinyin_full, pinyin_initials, squeeze
from jiafang_desktop.domain.pages import MM_PER_PT, Box, Page

_MOST_PAGES = 24
_SEARCHED = ("number", "leader_name", "leader_post", "visitee_name", "visitee_post", "date", "matter", "remark")
_NAMES = ("leader_name", "visitee_name")
_CELL_MARGINS_MM = 2.7  # both sides and what the planner spares (FORMS: 1.2 each, 0.3)


class LedgerPages:
    """A plan with its pages drawn on need. Rows and columns count from 0."""

    def __init__(self, plan: Any) -> None:
        self.plan = plan
        self.columns: tuple[Any, ...] = tuple(plan.columns)
        self._starts = [page.start for page in plan.layout_pages]
        self._pages: OrderedDict[int, Page] = OrderedDict()
        self._places = {entry.visit_id: place for place, entry in enumerate(plan.entries)}
        self._letters: dict[str, str] = {}

    @property
    def row_count(self) -> int:
        """Visits in the ledger, blank rulings not counted."""
        return len(self.plan.entries)

    @property
    def page_count(self) -> int:
        """Sheets of paper."""
        return len(self.plan.layout_pages)

    def page(self, index: int) -> Page:
        """A drawn page."""
        kept = self._pages.get(index)
        if kept is None:
            kept = self._pages[index] = self.plan.page(index)
            while len(self._pages) > _MOST_PAGES:
                self._pages.popitem(last=False)
        else:
            self._pages.move_to_end(index)
        return kept

    def page_of(self, row: int) -> int:
        """The page a row is printed on."""
        return max(bisect_right(self._starts, row) - 1, 0)

    def rows_of(self, index: int) -> range:
        """The rows of a page."""
        page = self.plan.layout_pages[index]
        return range(page.start, page.end)

    def visit_id(self, row: int) -> str:
        """Whose row it is."""
        return str(self.plan.entries[row].visit_id)

    def place_of(self, visit_id: str) -> int | None:
        """A visit's row; None when it is not in this ledger."""
        return self._places.get(visit_id)

    def box(self, row: int, column: int) -> Box:
        """A cell's outline on its page."""
        return self.page(self.page_of(row)).box(f"row:{self.visit_id(row)}:{self.columns[column].field}")

    def hit(self, index: int, x_mm: float, y_mm: float) -> tuple[int, int] | None:
        """Row and column at a point of a page; a point beside the table hits the row's nearest cell."""
        rows = self.rows_of(index)
        for row in rows:
            first, last = self.box(row, 0), self.box(row, len(self.columns) - 1)
            if first.y_mm <= y_mm < first.y_mm + first.height_mm:
                if x_mm >= last.x_mm + last.width_mm:
                    return row, len(self.columns) - 1
                for column in range(len(self.columns)):
                    box = self.box(row, column)
                    if x_mm < box.x_mm + box.width_mm:
                        return row, column
        return None

    # -- words -------------------------------------------------------------------------------------------------

    def text(self, row: int, column: int) -> str:
        """A cell's words as stored, without breaks for the paper's sake."""
        return str(self.plan.entries[row].text(self.columns[column].field))

    def tsv(self, rows: Iterable[int], *, header: bool) -> str:
        """Rows for the clipboard: what Excel pastes into columns; several leaders stay in one cell."""
        lines = ["\t".join(column.heading_words for column in map(_Heading, self.columns))] if header else []
        for row in rows:
            cells = (_one_line(self.text(row, column)) for column in range(len(self.columns)))
            lines.append("\t".join(cells))
        return "\n".join(lines) + "\n"

    def how_it_breaks(self, row: int, column: int) -> str:
        """每行 11 字，现 18 字，印两行 — for the foot line."""
        text = squeeze(self.text(row, column))
        field = self.columns[column].field
        if not text:
            return "空着，照样印出格子"
        box, name = self.box(row, column), f"row:{self.visit_id(row)}:{field}"
        drawn = [run for run in self.page(self.page_of(row)).runs if run.cell == name]
        size_pt = drawn[0].size_pt if drawn else 12.0
        room = int((box.width_mm - _CELL_MARGINS_MM) / (size_pt * MM_PER_PT))
        lines = len(drawn)
        count = "印一行" if lines == 1 else f"印{_count_word(lines)}行"
        if field in ("number", "date"):
            return count
        return f"每行 {room} 字，现 {len(text)} 字，{count}"

    def find(self, text: str) -> tuple[int, ...]:
        """Rows that say ``text`` anywhere, or whose names begin so in pinyin or initials."""
        wanted = squeeze(text).lower()
        if not wanted:
            return ()
        by_sound = wanted.isascii() and wanted.isalpha()

        def says(entry: Any) -> bool:
            return any(wanted in squeeze(entry.text(field)).lower() for field in _SEARCHED)

        def sounds(entry: Any) -> bool:
            return any(self._sounds(name, wanted) for field in _NAMES for name in entry.text(field).split())

        rows = enumerate(self.plan.entries)
        return tuple(row for row, entry in rows if says(entry) or (by_sound and sounds(entry)))

    def _sounds(self, name: str, wanted: str) -> bool:
        heard = self._letters.get(name)
        if heard is None:
            heard = self._letters[name] = f"{pinyin_full(name)} {pinyin_initials(name)}"
        return any(part.startswith(wanted) for part in heard.split(" "))


class _Heading:
    """A column's head in one line; the diagonal cell of the matrix is 时间."""

    def __init__(self, column: Any) -> None:
        self.heading_words = "".join(column.heading)


def _one_line(text: str) -> str:
    return " ".join(text.replace("\t", " ").split("\n"))


def _count_word(count: int) -> str:
    words = "零一两三四五六七八九十"
    return words[count] if count < len(words) else str(count)
