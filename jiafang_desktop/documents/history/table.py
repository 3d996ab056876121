"""A sheet with its merged cells: what a cell holds itself, and what it shows because it is covered.

Nothing here knows of ledgers or forms.
"""

from __future__ import annotations

from jiafang_desktop.documents.grids import Cell, Merge, SheetGrid, text_of


class Table:
    """Cells of a grid by row number (from 1) and column (from 0)."""

    def __init__(self, grid: SheetGrid) -> None:
        self.grid = grid
        self._rows = dict(zip(grid.numbers, grid.rows, strict=True))
        self._covers: dict[tuple[int, int], Merge] = {}
        for merge in grid.merges:
            # A whole column merged by mistake covers a million rows; only used ones matter.
            if merge.bottom - merge.top > 5000 or merge.right - merge.left > 500:
                continue
            for row in range(merge.top, merge.bottom + 1):
                for column in range(merge.left, merge.right + 1):
                    self._covers[(row, column)] = merge

    @property
    def numbers(self) -> list[int]:
        """Numbers of the used rows, from the top."""
        return self.grid.numbers

    def own(self, row: int, column: int) -> Cell:
        """What stands in the cell itself; "" where it is empty or covered by another."""
        cells = self._rows.get(row, [])
        return cells[column] if 0 <= column < len(cells) else ""

    def text(self, row: int, column: int) -> str:
        """``own`` as a person reads it."""
        return text_of(self.own(row, column))

    def merge_at(self, row: int, column: int) -> Merge | None:
        """The merged range the cell lies in."""
        return self._covers.get((row, column))

    def shown(self, row: int, column: int) -> Cell:
        """What a person sees there: the merged range's value where the cell is covered."""
        own = self.own(row, column)
        if text_of(own).strip():
            return own
        merge = self.merge_at(row, column)
        return self.own(merge.top, merge.left) if merge else own

    def filled(self, row: int) -> list[tuple[int, str]]:
        """(column, text) of the row's own cells that are not blank."""
        cells = self._rows.get(row, [])
        return [(at, text) for at, cell in enumerate(cells) if (text := text_of(cell)).strip()]

    def width(self, row: int) -> int:
        """How many columns the row reaches, merged ranges included."""
        cells = self._rows.get(row, [])
        last = len(cells) - 1
        merge = self.merge_at(row, last) if cells else None
        return (merge.right if merge else last) + 1

    def right_edge(self, row: int, column: int) -> int:
        """The last column of the cell or of the range it begins."""
        merge = self.merge_at(row, column)
        return merge.right if merge else column

    def bottom_edge(self, row: int, column: int) -> int:
        """The last row of the cell or of the range it begins."""
        merge = self.merge_at(row, column)
        return merge.bottom if merge else row
