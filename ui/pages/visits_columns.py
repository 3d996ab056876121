"""The columns of the 家访 list, their order of hiding where the window is narrow, and how its rows are copied.

Widths are px at 100 %; what a row says is visit_list's.
"""

from __future__ import annotations

from ui.models.visit_list import VisitRow, spaced, status_word
from ui.widgets.table import Column

# THEME, Compact: tables hide columns in a set order, never 期限 or 状态.
HIDDEN_FIRST = ("post", "problems", "leaders")
SORTED_BY = {"number": "number", "visitee": "visitee", "date": "date"}  # column → services.lists order


def visit_columns() -> tuple[Column, ...]:
    """序号 家访对象 职务 家访领导 时间 事由 问题 期限 状态."""
    return (
        Column("number", "序号", 64, 0, "right", _number, sorts=True),
        Column("visitee", "家访对象", 92, 0, "left", lambda row: spaced(row.visitee), sorts=True),
        Column("post", "职务", 150, 2, "left", lambda row: row.post, caption=True),
        Column("leaders", "家访领导", 92, 1, "left", lambda row: row.leaders),
        Column("date", "时间", 104, 0, "left", lambda row: row.date, sorts=True),
        Column("matter", "事由", 200, 3, "left", lambda row: row.matter),
        Column("problems", "问题", 56, 0, "right", lambda row: row.problems, caption=True),
        Column("due", "期限", 146, 0, "left", lambda row: row.due.words),
        Column("status", "状态", 100, 0, "left", status_word, phase=lambda row: row.status),
    )


def _number(row: VisitRow) -> str:
    return "" if row.number is None else str(row.number)


def row_tone(row: VisitRow) -> str | None:
    """Void rows are grey as a whole."""
    return "ink3" if row.is_void else None


def cell_tone(row: VisitRow, key: str) -> str | None:
    """A limit that has passed is red (and bold); nothing else is."""
    return "red" if key == "due" and row.due.overdue else None
