"""0001: the log, its index tables, search and drafts. Never changed once released."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from jiafang_desktop.store.engine import Engine

SQL = (
    "CREATE TABLE meta (name TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID",
    "CREATE TABLE install (id TEXT PRIMARY KEY, side TEXT NOT NULL) WITHOUT ROWID",
    # The truth: records have a short number so that rows, index entries and search need no 26 characters.
    "CREATE TABLE record (num INTEGER PRIMARY KEY, rec TEXT NOT NULL UNIQUE, kind TEXT NOT NULL, heads BLOB NOT NULL, "
    "state TEXT NOT NULL)",
    "CREATE TABLE revision (pos INTEGER PRIMARY KEY, id BLOB NOT NULL UNIQUE, "
    "record INTEGER NOT NULL REFERENCES record (num), kind TEXT NOT NULL, parents BLOB NOT NULL, "
    "install TEXT NOT NULL, seq INTEGER NOT NULL, lamport INTEGER NOT NULL, wall TEXT NOT NULL, "
    "operator TEXT NOT NULL, content BLOB NOT NULL, salt BLOB, fields TEXT)",
    "CREATE INDEX revision_record ON revision (record, pos)",
    "CREATE TABLE conflict (id BLOB PRIMARY KEY, record INTEGER NOT NULL REFERENCES record (num), field TEXT NOT NULL, "
    "winner BLOB NOT NULL, loser BLOB NOT NULL) WITHOUT ROWID",
    "CREATE INDEX conflict_record ON conflict (record)",
    # What lists are made of; every row is the fold of the log and nothing else.
    "CREATE TABLE visit (num INTEGER PRIMARY KEY REFERENCES record (num), rec TEXT NOT NULL, unit TEXT NOT NULL, "
    "unit_key TEXT NOT NULL, year INTEGER NOT NULL, quarter INTEGER NOT NULL, number INTEGER NOT NULL, "
    "on_date TEXT NOT NULL, visitee TEXT NOT NULL, visitee_key TEXT NOT NULL, leaders TEXT NOT NULL, priority TEXT, "
    "facts INTEGER NOT NULL)",
    "CREATE INDEX visit_by_unit ON visit (unit_key, year, number, rec, quarter, facts)",
    "CREATE INDEX visit_by_year ON visit (year, unit_key, number, rec, quarter, facts)",
    "CREATE INDEX visit_by_date ON visit (year, on_date, rec, quarter, facts)",
    "CREATE INDEX visit_by_visitee ON visit (visitee_key, year, number, rec, quarter, facts)",
    "CREATE TABLE problem (num INTEGER PRIMARY KEY REFERENCES record (num), rec TEXT NOT NULL, visit TEXT NOT NULL, "
    "position INTEGER NOT NULL, open INTEGER NOT NULL, begun INTEGER NOT NULL, deleted INTEGER NOT NULL)",
    "CREATE INDEX problem_by_visit ON problem (visit, position, rec, open, begun, deleted)",
    "CREATE INDEX problem_open ON problem (visit, position, rec) WHERE open = 1 AND deleted = 0",
    "CREATE TABLE cadre (num INTEGER PRIMARY KEY REFERENCES record (num), rec TEXT NOT NULL, name TEXT NOT NULL, "
    "name_key TEXT NOT NULL, unit TEXT NOT NULL, deleted INTEGER NOT NULL)",
    "CREATE INDEX cadre_by_name ON cadre (name_key, rec, deleted)",
    "CREATE INDEX cadre_by_unit ON cadre (unit, name_key, rec, deleted)",
    "CREATE VIRTUAL TABLE search_visit USING fts5 "
    "(tokens, content='', contentless_delete=1, detail=none, tokenize='ascii')",
    "CREATE VIRTUAL TABLE search_cadre USING fts5 "
    "(tokens, content='', contentless_delete=1, detail=none, tokenize='ascii')",
    # A leaf has to fit a page less SQLCipher's 80 bytes, or each would spill into a second one.
    "INSERT INTO search_visit (search_visit, rank) VALUES ('pgsz', 3900)",
    "INSERT INTO search_cadre (search_cadre, rank) VALUES ('pgsz', 3900)",
    "INSERT INTO search_visit (search_visit, rank) VALUES ('secure-delete', 1)",
    "INSERT INTO search_cadre (search_cadre, rank) VALUES ('secure-delete', 1)",
    # Typing that is no record yet; not in the log.
    "CREATE TABLE draft (key TEXT PRIMARY KEY, saved_at TEXT NOT NULL, content TEXT NOT NULL)",
)  # fmt: skip


def apply(engine: Engine) -> None:
    """Make everything."""
    for statement in SQL:
        engine.run(statement)
