"""0002: a search table for problems, concerns and meetings. Never changed once released."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from jiafang_desktop.store.engine import Engine

SQL = (
    "CREATE VIRTUAL TABLE search_more USING fts5 "
    "(tokens, content='', contentless_delete=1, detail=none, tokenize='ascii')",
    "INSERT INTO search_more (search_more, rank) VALUES ('pgsz', 3900)",
    "INSERT INTO search_more (search_more, rank) VALUES ('secure-delete', 1)",
)


def apply(engine: Engine) -> None:
    """Make it empty; the index's version has it filled when the folder is opened."""
    for statement in SQL:
        engine.run(statement)
