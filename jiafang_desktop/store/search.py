"""Asking the full-text index, and looking again at hits the index can't decide alone.

The index keeps no order of words (detail=none), so longer Chinese words are checked against the text itself.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from itertools import chain, repeat
from typing import Any

from jiafang_desktop.store import spelling
from jiafang_desktop.store.engine import Engine

TextsOf = Callable[[Mapping[str, Any]], list[str]]
_CHUNKS = (8, 32, 128)  # candidates of the newest hits looked at together: few first, for few are wanted
_MARKS = {"search_cadre": "bn"}  # names apart from other text (spelling)
_AFTER_ALL = 1 << 62


def words_of(text: str) -> list[str]:
    """The words a person typed, compared as spelling compares."""
    return [word for word in map(spelling.normal, text.replace("\u3000", " ").split()) if word]


def decided_match(text: str) -> str | None:
    """What to ask a search table where the index alone decides; None where hits have to be looked at again."""
    words = words_of(text)
    if not all(map(_decided, words)):
        return None
    return _match(words, begun=True, names="") or None


def find(engine: Engine, table: str, text: str, *, texts_of: TextsOf) -> list[int]:
    """Numbers of records whose searched texts have every word of ``text``.

    Args:
        table: ``search_visit``, ``search_cadre`` or ``search_more``. texts_of: the searched texts of a record's state.
    """
    words = words_of(text)
    match = _match(words, begun=True, names=_MARKS.get(table, ""))
    if not match:
        return []
    found = [row[0] for row in engine.all(f"SELECT rowid FROM {table} WHERE {table} MATCH ?", (match,))]
    return _looked_at(engine, found, words, texts_of)


def newest(
    engine: Engine, table: str, text: str, *, kind: str | None = None
) -> Iterator[tuple[list[int], list[str]]]:  # fmt: skip
    """Numbers of records, newest first, some at a time and only as far as they are taken: a palette wants eight. With
    them the words that the index did not decide (``has_words`` does).

    Whole names come first, for the index has them; then everything it has as it was typed; then what only begins so.

    Args:
        kind: only records of this kind, in ``search_more``.
    """
    words, names = words_of(text), _MARKS.get(table, "")
    marked = f"{_quoted(spelling.kind_token(kind))} AND " if kind is not None else ""
    seen: set[int] = set()
    sql = f"SELECT rowid FROM {table} WHERE {table} MATCH ? AND rowid < ? ORDER BY rowid DESC LIMIT ?"
    for match, asked in _stages(words, names):
        doubted = [word for word in asked if not _decided(word)]
        last = _AFTER_ALL
        for many in chain(_CHUNKS, repeat(_CHUNKS[-1])):
            found = [row[0] for row in engine.all(sql, (marked + match, last, many))]
            if found:
                last = found[-1]
                fresh = [num for num in found if num not in seen]
                seen.update(fresh)
                yield fresh, doubted
            if len(found) < many:
                break


def _stages(words: list[str], names: str) -> Iterator[tuple[str, list[str]]]:
    """What to ask one after the other, and the words whose hits have then to be looked at."""
    if not any(spelling.runs(word) for word in words):
        return
    if any(map(_is_name, words)):
        mark = names[1:] or "t"
        terms = [_quoted(mark + word) if _is_name(word) else None for word in words]
        rest = [word for word in words if not _is_name(word)]
        whole = [term for term in (*terms, _match(rest, begun=False, names=names)) if term]
        yield " AND ".join(whole), rest
    yield _match(words, begun=False, names=names), words
    if any(_is_begun(piece) for word in words for piece in _asked(word)):
        yield _match(words, begun=True, names=names), words


def _is_name(word: str) -> bool:
    """As long as the names that are tokens."""
    return len(word) in spelling.WHOLE_NAMES and spelling.runs(word) == [word] and not word.isascii()


def _looked_at(engine: Engine, found: list[int], words: list[str], texts_of: TextsOf) -> list[int]:
    """Hits that really have the words the index can't decide."""
    doubtful = [word for word in words if not _decided(word)]
    if not doubtful or not found:
        return found
    states = engine.among("SELECT num, state FROM record WHERE num IN ({})", found)
    kept = {num for num, state in states if has_words(texts_of(json.loads(state)), doubtful)}
    return [num for num in found if num in kept]


def has_words(texts: Sequence[str], words: Iterable[str]) -> bool:
    """Whether every word stands in one of the texts: as it is written, which is quick, or as spelling compares."""
    return all(
        any(word in item for item in texts) or any(word in spelling.normal(item) for item in texts) for word in words
    )


def name_terms(plain: str) -> tuple[str, str]:
    """What to ask ``search_cadre`` for names with ``plain`` in them: at the beginning, and anywhere; empty for nothing.

    Characters can't be told apart by place in the index; the caller looks at the names.
    """
    if plain.isascii():
        found = spelling.pieces(plain)
        return " AND ".join(_typed("b", piece) for piece in found), " AND ".join(_typed("n", piece) for piece in found)
    return " AND ".join(_quoted("n" + piece) for piece in _asked(plain)), ""


def _match(words: list[str], *, begun: bool, names: str) -> str:
    """The question for all words; ``begun``: ASCII text that begins so is wanted too, not only what stands so.

    ``names``: marks of names beside those of text.
    """
    return " AND ".join(term for word in words for term in _terms(word, begun=begun, names=names))


def _terms(word: str, *, begun: bool, names: str) -> list[str]:
    """Terms of a word: pieces in texts or names; ASCII by its beginning, which finds pinyin, initials and numbers."""
    found = []
    for piece in _asked(word):
        terms = [_begun("t", piece) if begun and _is_begun(piece) else _typed("t", piece)]
        terms += [_typed(mark, piece) for mark in (names if piece.isascii() else names[1:])]
        found.append(f"({' OR '.join(terms)})" if len(terms) > 1 else terms[0])
    return found


def _asked(word: str) -> list[str]:
    """Pieces to ask for: as few pairs of characters as cover the word, since longer words are looked at again."""
    found: list[str] = []
    for run in spelling.runs(word):
        if run.isascii() or len(run) < 2:
            found.append(run)
        else:
            found.extend(run[at : at + 2] for at in range(0, len(run) - 1, 2))
            found.extend([run[-2:]] if len(run) % 2 else [])
    return list(dict.fromkeys(found))


def _is_begun(piece: str) -> bool:
    """One or two letters begin half of everything; what they should find has them as they are (spelling)."""
    return piece.isascii() and len(piece) > 2


def _typed(mark: str, piece: str) -> str:
    """Names stand in the index by every beginning of their pinyin (spelling)."""
    is_longer = piece.isascii() and len(piece) > spelling.LONGEST_TYPED
    return _begun(mark, piece) if is_longer else _quoted(mark + piece)


def _begun(mark: str, piece: str) -> str:
    return _quoted(mark + piece) + " *"


def _decided(word: str) -> bool:
    """One or two Chinese characters, or one ASCII run, are in the index as they are."""
    runs = spelling.runs(word)
    return len(runs) == 1 and (runs[0].isascii() or len(runs[0]) <= 2)


def _quoted(token: str) -> str:
    return '"' + token.replace('"', '""') + '"'
