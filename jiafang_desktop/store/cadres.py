"""Reading the roster: people in pinyin order, windows of them, names being typed. Writing goes through the log."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence

from jiafang_desktop.common.errors import UserError
from jiafang_desktop.domain.cadres import Cadre, CadreContent, CadreQuery
from jiafang_desktop.store import rows, search, spelling
from jiafang_desktop.store.engine import Engine
from jiafang_desktop.store.tables import CADRE, among

# A name without the text has its characters elsewhere; those that begin with it come first. ?4: written the other way.
_COMPLETED = (
    "SELECT rec, max(instr(replace(name, '\u3000', ''), ?1), instr(replace(name, '\u3000', ''), ?4)) AS place "
    "FROM cadre WHERE deleted = 0 AND place > 0 "
    "AND num IN (SELECT rowid FROM search_cadre WHERE search_cadre MATCH ?2) ORDER BY place > 1, name_key, rec LIMIT ?3"
)


class CadreReader:
    """What ``Store.cadres`` offers."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def ids(self, query: CadreQuery) -> list[str]:
        """Ids of the people a query names, in pinyin order."""
        found = CADRE.select(CADRE.rec).order_by(CADRE.name_key, CADRE.rec)
        if not query.include_deleted:
            found = found.where(CADRE.deleted == 0)
        if query.unit is not None:
            found = found.where(CADRE.unit == query.unit)
        if query.text.strip():
            nums = search.find(self._engine, "search_cadre", query.text, texts_of=rows.cadre_texts)
            found = found.where(among(CADRE.num, nums))
        return [row[0] for row in self._engine.select(found)]

    def many(self, ids: Sequence[str]) -> list[Cadre]:
        """People in the order of ``ids``; missing ones are left out."""
        sql = "SELECT rec, state FROM record WHERE kind = 'cadre' AND rec IN ({})"
        found = {rec: _cadre(rec, state) for rec, state in self._engine.among(sql, list(dict.fromkeys(ids)))}
        return [found[rec] for rec in ids if rec in found]

    def get(self, rec: str) -> Cadre:
        """One person, deleted or not.

        Raises:
            UserError: ``not_found``.
        """
        found = self.many([rec])
        if not found:
            raise UserError("not_found", "名册中没有这个人。", hint="请在名册中重新选择。", details={"id": rec})
        return found[0]

    def all(self) -> Iterator[Cadre]:
        """Everybody who is not deleted, in the order they came."""
        sql = "SELECT r.rec, r.state FROM cadre c JOIN record r ON r.num = c.num WHERE c.deleted = 0 ORDER BY c.num"
        for rec, state in self._engine.all(sql):
            yield _cadre(rec, state)

    def complete(self, text: str, limit: int = 12) -> list[Cadre]:
        """People whose name has ``text``, or whose pinyin or initials begin so: beginnings first, by pinyin."""
        plain = spelling.normal(text)
        first, later = search.name_terms(plain)
        if not first:
            return []
        found: dict[str, None] = {}
        for match in filter(None, (first, later)):
            if len(found) < limit:
                values = ("", match, limit, "") if plain.isascii() else (plain, match, limit, spelling.older(plain))
                found.update((row[0], None) for row in self._engine.all(_COMPLETED, values))
        return self.many(list(found)[:limit])


def _cadre(rec: str, state: str) -> Cadre:
    fields = json.loads(state)
    return Cadre(rec, CadreContent.from_fields(fields), deleted=bool(fields.get("deleted")))
