"""Finding records of any kind by what was typed, newest first, and what was written last: ids only.

Lists with their filters stand in visits and cadres; how the index is asked in search.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from functools import partial
from typing import Any

from jiafang_desktop.store import rows, search
from jiafang_desktop.store.engine import Engine
from jiafang_desktop.store.tables import DELETED

KINDS = ("visit", "concern", "problem", "cadre", "meeting")
_SEARCH_MORE_SINCE = 2  # the schema that brought search_more; an older folder opened for reading has none
_TABLES = {"visit": "search_visit", "cadre": "search_cadre"}
_TEXTS: dict[str, search.TextsOf] = {"visit": rows.visit_texts, "cadre": rows.cadre_texts}
_LATEST_REVISIONS = 400  # looked through for what was written last

# num, rec of those that lists show.
_STANDING = {
    "visit": f"SELECT num, rec FROM visit WHERE num IN ({{}}) AND facts & {DELETED} = 0",
    "cadre": "SELECT num, rec FROM cadre WHERE num IN ({}) AND deleted = 0",
    "problem": "SELECT p.num, p.rec FROM problem p JOIN visit v ON v.rec = p.visit "
    f"WHERE p.num IN ({{}}) AND p.deleted = 0 AND v.facts & {DELETED} = 0",
}
_STATES = "SELECT num, rec, state FROM record WHERE num IN ({})"


class Finder:
    """What ``Store.finder`` offers."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def newest(self, kind: str, text: str, *, limit: int = 8) -> list[str]:
        """Ids of the newest records of a kind (``KINDS``) that have every word; deleted and void ones left out."""
        table = _TABLES.get(kind, "search_more")
        if table == "search_more" and self._engine.schema < _SEARCH_MORE_SINCE:
            return []
        found: list[str] = []
        named = kind if table == "search_more" else None
        for nums, doubted in search.newest(self._engine, table, text, kind=named):
            recs = self._with_words(kind, nums, doubted) if doubted else self._pairs(kind, nums)
            found.extend(recs[num] for num in nums if num in recs)
            if len(found) >= limit:
                break
        return found[:limit]

    def latest(self, kinds: Sequence[str], *, limit: int = 8) -> list[tuple[str, str]]:
        """(Kind, id) of the records written last, newest first, by whoever wrote them."""
        places = ",".join("?" * len(kinds))
        sql = (
            "SELECT v.kind, v.record FROM revision v WHERE v.pos > (SELECT max(pos) FROM revision) - ? "
            f"AND v.kind IN ({places}) ORDER BY v.pos DESC"
        )
        order: dict[int, str] = {}
        for kind, num in self._engine.all(sql, (_LATEST_REVISIONS, *kinds)):
            order.setdefault(num, kind)
        recs: dict[int, str] = {}
        for kind in kinds:
            recs.update(self._pairs(kind, [num for num, of in order.items() if of == kind]))
        return [(kind, recs[num]) for num, kind in order.items() if num in recs][:limit]

    def _with_words(self, kind: str, nums: Sequence[int], words: Sequence[str]) -> dict[int, str]:
        """Those that have the words, looked at again; their states say as well whether they are listed."""
        texts_of = _TEXTS.get(kind) or partial(rows.more_texts, kind)
        found: dict[int, str] = {}
        for num, rec, state in self._engine.among(_STATES, nums):
            fields = json.loads(state)
            if _is_kept(kind, fields) and search.has_words(texts_of(fields), words):
                found[num] = rec
        return self._pairs(kind, list(found)) if kind == "problem" else found  # whose visit may be void

    def _pairs(self, kind: str, nums: Sequence[int]) -> dict[int, str]:
        sql = _STANDING.get(kind)
        if sql is not None:
            return dict(self._engine.among(sql, nums))
        return {num: rec for num, rec, state in self._engine.among(_STATES, nums) if _is_kept(kind, json.loads(state))}


def _is_kept(kind: str, state: Mapping[str, Any]) -> bool:
    return state.get("value") is not None if kind == "meeting" else not state.get("deleted")
