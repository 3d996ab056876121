"""The list of 100,000 visits: ids in order, their counts, and the first window of rows, as the 家访 page asks for them.

The peer is a bare SQLCipher table with a covering index and JSON rows, which counts and searches nothing.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from bench import samples
from bench.measure import Figure, alternate, compared
from bench.offices import bare_database, new_office
from jiafang_desktop.domain.visits import VisitQuery
from jiafang_desktop.services import lists

TITLE = "Listing"
SIZES = {"visits": 100_000}
TINY = {"visits": 30}
_WINDOW = 60  # rows the page asks for around what is shown


def measure(sizes: Mapping[str, int], *, rounds: int, scratch: Path) -> list[Figure]:
    """Milliseconds to the first window of one year, of all years, and of a search by initials."""
    store = new_office(scratch / "office")
    ids = samples.fill_store(store, sizes["visits"])
    bare = _bare(scratch / "bare.db", ids)

    def page(query: VisitQuery, order: str = "number") -> None:
        index = lists.visit_index(store, query, order=order)
        lists.visit_window(store, index.ids[:_WINDOW])

    year = samples.YEARS[-1]
    one_year, every = VisitQuery(year=year), VisitQuery()
    seconds = alternate(
        {
            "year": lambda _: page(one_year),
            "bare year": lambda _: _bare_page(bare, f"WHERE year = {year}"),
            "all": lambda _: page(every),
            "bare all": lambda _: _bare_page(bare, ""),
            "by name": lambda _: page(one_year, "visitee"),
            "search": lambda _: page(VisitQuery(year=year, text="wjg")),
        },
        rounds=rounds * 4,
    )
    bare.close()
    store.close()
    count = f"{sizes['visits']:,}"
    return [
        compared(
            f"a year of {count} visits, first window", {"ours": seconds["year"], "SQLCipher": seconds["bare year"]},
            note="Ours counts by status, finds drafts and years, and makes whole visits with their problems.",
        ),
        compared(f"all {count} visits, first window", {"ours": seconds["all"], "SQLCipher": seconds["bare all"]}),
        compared("the same year by pinyin of the name", {"ours": seconds["by name"]}),
        compared("the same year searched by initials", {"ours": seconds["search"]}),
    ]  # fmt: skip


def _bare(path: Path, ids: list[str]) -> Any:
    bare = bare_database(path)
    bare.execute("CREATE TABLE visits (id TEXT PRIMARY KEY, year INTEGER, number INTEGER, body TEXT) WITHOUT ROWID")
    rows = zip(ids, samples.contents(len(ids)), strict=True)
    bare.execute("BEGIN")
    bare.executemany(
        "INSERT INTO visits VALUES (?, ?, ?, ?)",
        ((rec, c.date.year, c.number, json.dumps(c.to_fields(), ensure_ascii=False)) for rec, c in rows if c.date),
    )
    bare.execute("CREATE INDEX visits_in_order ON visits (year, number, id)")
    bare.execute("COMMIT")
    return bare


def _bare_page(bare: Any, where: str) -> list[Any]:
    ids = [row[0] for row in bare.execute(f"SELECT id FROM visits {where} ORDER BY year DESC, number DESC, id DESC")]
    shown = ids[:_WINDOW]
    places = ",".join("?" * len(shown))
    return [json.loads(row[0]) for row in bare.execute(f"SELECT body FROM visits WHERE id IN ({places})", shown)]
