"""The columns of the 诉求 list and their order of hiding where the window is narrow.

Widths are px at 100 %; what a row says is concern_list's.
"""

from __future__ import annotations

from jiafang_desktop.domain.concerns import STATUSES
from ui.models.concern_list import ConcernRow
from ui.models.visit_list import spaced
from ui.widgets.table import Column

# THEME, Compact: never 期限 or 状态.
HIDDEN_FIRST = ("post", "raised", "responsible")


def concern_columns() -> tuple[Column, ...]:
    """序号 反映人 职务 反映时间 诉求 困难程度 承办 期限 状态."""
    return (
        Column("number", "序号", 56, 0, "right", _number),
        Column("name", "反映人", 84, 0, "left", lambda row: spaced(row.name)),
        Column("post", "职务", 100, 2, "left", lambda row: row.post, caption=True),
        Column("raised", "反映时间", 92, 0, "left", lambda row: row.raised),
        Column("text", "诉求", 150, 5, "left", lambda row: row.text),
        Column("level", "程度", 74, 0, "left", lambda row: row.level),
        Column("responsible", "承办", 80, 0, "left", lambda row: row.responsible),
        Column("due", "期限", 134, 0, "left", lambda row: row.due.words),
        Column("status", "状态", 116, 0, "left", lambda row: STATUSES[row.status], phase=lambda row: row.status),
    )


def _number(row: ConcernRow) -> str:
    return "" if row.number is None else str(row.number)


def row_tone(row: ConcernRow) -> str | None:
    """What went elsewhere is grey as a whole."""
    return "ink3" if row.status in ("referred", "declined") else None


def cell_tone(row: ConcernRow, key: str) -> str | None:
    """A limit that has passed is red and bold, a suggested day grey; nothing else is."""
    if key != "due":
        return None
    return "red" if row.due.overdue else "ink3" if row.is_suggested else None
