"""Keeps the search index in one piece: every save adds a small part to it, and a question looks into each part.

FTS5 merges parts of a size by itself, so that some three to eighteen are left; put together, questions are three times
as quick. Nothing of what is found changes.
"""

from __future__ import annotations

from jiafang_desktop.common.progress import LongVerb, Progress
from jiafang_desktop.store.engine import Engine

_TABLES = ("search_visit", "search_cadre", "search_more")
_FEW = 3  # parts that are not worth writing the whole index anew
_PAGES = 250  # written in one step, each a transaction of its own: some milliseconds, and a power cut costs nothing


def parts(engine: Engine, table: str) -> int:
    """How many parts there are."""
    return int(engine.value(f"SELECT count(DISTINCT segid) FROM {table}_idx"))


def put_together(engine: Engine) -> LongVerb[int]:
    """Merge each table's parts where there are many, some pages at a time; how many steps it took."""
    steps = 0
    for table in _TABLES:
        pages = -_PAGES  # negative: begin with all parts, whatever their size (FTS5, "merge")
        while pages > 0 or parts(engine, table) > _FEW:
            before = engine.value("SELECT total_changes()")
            engine.run(f"INSERT INTO {table} ({table}, rank) VALUES ('merge', ?)", (pages,))
            if engine.value("SELECT total_changes()") - before < 2:
                break
            pages = _PAGES
            steps += 1
            yield Progress("正在整理查找用的目录")
    return steps
