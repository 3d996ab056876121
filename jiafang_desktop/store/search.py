"""Asking the full-text index, and looking again at hits the index can't decide alone.

The index keeps no order of words (detail=none), so longer Chinese words are checked against the text itself.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from typing import Any

from jiafang_desktop.store import spelling
from jiafang_desktop.store.engine import Engine


def words_of(text: str) -> list[str]:
    """The words a person typed, compared as spelling compares."""
    return [word for word in map(spelling.normal, text.replace("\u3000", " ").split()) if word]


def find(engine: Engine, table: str, text: str, *, texts_of: Callable[[Mapping[str, Any]], list[str]]) -> list[int]:
    """Numbers of records whose searched texts have every word of ``text``.

    Args:
        table: ``search_visit`` or ``search_cadre``. texts_of: the searched texts of a record's state.
    """
    words = words_of(text)
    terms = [term for word in words for term in _terms(word)]
    if not terms:
        return []
    found = [row[0] for row in engine.all(f"SELECT rowid FROM {table} WHERE {table} MATCH ?", (" AND ".join(terms),))]
    doubtful = [word for word in words if not _decided(word)]
    if not doubtful:
        return found
    kept = []
    for num, state in engine.among("SELECT num, state FROM record WHERE num IN ({})", found):
        plain = [spelling.normal(item) for item in texts_of(json.loads(state))]
        if all(any(word in item for item in plain) for word in doubtful):
            kept.append(num)
    return kept


def name_terms(plain: str) -> tuple[str, str]:
    """What to ask ``search_cadre`` for names with ``plain`` in them: at the beginning, and anywhere; empty for nothing.

    Characters can't be told apart by place in the index; the caller looks at the names.
    """
    found = spelling.pieces(plain)
    if plain.isascii():
        return " AND ".join(_begun("b", piece) for piece in found), " AND ".join(_begun("n", piece) for piece in found)
    anywhere = " AND ".join(_quoted("n" + piece) for piece in found)
    return anywhere, ""


def _terms(word: str) -> list[str]:
    """Terms of a word: pieces in texts or names; ASCII by its beginning, which finds pinyin, initials and numbers."""
    found = []
    for piece in spelling.pieces(word):
        if piece.isascii():
            found.append(f"({_begun('t', piece)} OR {_begun('b', piece)} OR {_begun('n', piece)})")
        else:
            found.append(f"({_quoted('t' + piece)} OR {_quoted('n' + piece)})")
    return found


def _begun(mark: str, piece: str) -> str:
    return _quoted(mark + piece) + " *"


def _decided(word: str) -> bool:
    """One or two Chinese characters, or one ASCII run, are in the index as they are."""
    runs = spelling.runs(word)
    return len(runs) == 1 and (runs[0].isascii() or len(runs[0]) <= 2)


def _quoted(token: str) -> str:
    return '"' + token.replace('"', '""') + '"'
