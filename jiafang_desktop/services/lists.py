"""What list pages read: ids in order with their counts first, then the rows around what is shown.

Reading only; the verbs that change a visit or a person stand in visits and rosters. Nothing here loads a whole table
of rows but where a question can't be answered from ids (overdue, a person's visits), and then only what it names.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import TYPE_CHECKING

from jiafang_desktop.common import clock
from jiafang_desktop.common.chinese import pinyin_full, pinyin_initials, squeeze
from jiafang_desktop.common.progress import LongVerb, Progress, run_to_end
from jiafang_desktop.domain.cadres import Cadre, CadreQuery
from jiafang_desktop.domain.changes import Json
from jiafang_desktop.domain.identity import plain_name
from jiafang_desktop.domain.record_ids import RecordIds
from jiafang_desktop.domain.visits import Visit, VisitQuery
from jiafang_desktop.services import settings

if TYPE_CHECKING:
    from jiafang_desktop.store import Store

DRAFT_PREFIX = "visit:new:"  # the editor's drafts that are no record yet
VISIT_ORDERS = ("number", "date", "visitee")
_STORE_ORDERS = {"number": "unit_year_number", "date": "date_desc", "visitee": "visitee"}


@dataclass(frozen=True, slots=True)
class Draft:
    """A sheet somebody began and did not register: its key, when it was kept, and the editor's content."""

    key: str
    saved_at: str
    content: Mapping[str, Json]


@dataclass(frozen=True, slots=True)
class VisitIndex:
    """Ids in the order asked for. ``facets`` counts by status under the same filters, whatever ``statuses`` says.

    ``years`` are those with visits, newest first; ``has_any`` is false only where nothing was ever entered.
    """

    ids: RecordIds
    facets: Mapping[str, int]
    drafts: tuple[Draft, ...]
    years: tuple[int, ...]
    has_any: bool


def visit_index(
    store: Store, query: VisitQuery, *, order: str = "number", descending: bool = True, overdue_only: bool = False
) -> VisitIndex:
    """Which visits the 家访 list shows; drafts and void ones are in it, since they are shown there.

    Args:
        order: one of ``VISIT_ORDERS``. overdue_only: only visits with an open problem past its own limit.
    """
    every = replace(query, statuses=(), include_drafts=True, include_deleted=True)
    shown = replace(every, statuses=query.statuses, order=_STORE_ORDERS[order])
    # the store gives dates newest first, the rest smallest first
    ids = store.visits.listing(shown, backwards=descending != (order == "date"))
    facets = dict(store.visits.facets(every))
    drafts = _drafts(store, query) if not overdue_only else ()
    if overdue_only:
        late = overdue_visits(store)
        facets = _facets_of(store, [rec for rec in store.visits.ids(every) if rec in late])
        ids = RecordIds(rec for rec in ids if rec in late)
    facets["draft"] = facets.get("draft", 0) + len(drafts)
    if query.statuses and "draft" not in query.statuses:
        drafts = ()
    years = tuple(sorted(store.visits.years(), reverse=True))
    return VisitIndex(ids, facets, drafts, years, bool(years or ids or drafts or sum(facets.values())))


def overdue_visits(store: Store, *, today: date | None = None) -> frozenset[str]:
    """Visits with an open problem whose own limit has passed."""
    day = today or clock.today()
    return frozenset(
        problem.visit
        for problem in store.problems.open()
        if problem.content.due_date is not None and problem.content.due_date < day
    )


def _facets_of(store: Store, ids: Sequence[str]) -> dict[str, int]:
    counts: dict[str, int] = {}
    for visit in store.visits.many(ids):
        counts[visit.status] = counts.get(visit.status, 0) + 1
    return counts


def _drafts(store: Store, query: VisitQuery) -> tuple[Draft, ...]:
    return () if query.leader or query.priority else drafts_mentioning(store, query.text)


def drafts_mentioning(store: Store, text: str) -> tuple[Draft, ...]:
    """Sheets begun and not registered, this account's own, the one typed into last first; all of them for no text."""
    found = []
    for info in store.drafts.keys(DRAFT_PREFIX):
        content = store.drafts.get(info.key)
        if isinstance(content, Mapping) and _mentions(content, text):
            found.append(Draft(info.key, str(info.saved_at), content))
    return tuple(sorted(found, key=lambda draft: draft.saved_at, reverse=True))


def _mentions(content: Mapping[str, Json], text: str) -> bool:
    wanted = squeeze(text).lower()
    if not wanted:
        return True
    form = content.get("form")
    cells = form if isinstance(form, Mapping) else {}
    name = str(content.get("visitee_name") or "")
    words = name + str(cells.get("matter") or "") + str(cells.get("account") or "")
    if wanted in squeeze(words).lower():
        return True
    return wanted.isascii() and (pinyin_full(name).startswith(wanted) or pinyin_initials(name).startswith(wanted))


def visit_window(store: Store, ids: Sequence[str]) -> list[Visit]:
    """The visits of a window, in the order of ``ids``."""
    return store.visits.many(ids)


def visit_leaders(store: Store, *, year: int | None = None) -> tuple[str, ...]:
    """Who went on visits in a year, by how often, most first; 张　三 is 张三."""
    return run_to_end(leaders_in_steps(store, year=year))


def leaders_in_steps(store: Store, *, year: int | None = None) -> LongVerb[tuple[str, ...]]:
    """The same a stretch of visits at a time, so that rows to be shown need not wait for it."""
    counts: dict[str, int] = {}
    for stretch in store.visits.stretches():
        for written, count in store.visits.leaders(year=year, stretch=stretch).items():
            name = plain_name(written)
            counts[name] = counts.get(name, 0) + count
        yield Progress("正在看有哪些家访领导")
    return tuple(sorted(counts, key=lambda name: (-counts[name], name)))


@dataclass(frozen=True, slots=True)
class CadreIndex:
    """People in pinyin order, the roster's units, and how many people there are without the filters."""

    ids: tuple[str, ...]
    units: tuple[str, ...]
    total: int


def cadre_index(store: Store, query: CadreQuery) -> CadreIndex:
    """Which people the 名册 list shows."""
    every = store.cadres.ids(CadreQuery())
    ids = every if query == CadreQuery() else store.cadres.ids(query)
    units = sorted({cadre.content.unit for cadre in store.cadres.all() if cadre.content.unit})
    return CadreIndex(tuple(ids), tuple(units), len(every))


def cadre_window(store: Store, ids: Sequence[str]) -> list[Cadre]:
    """The people of a window, in the order of ``ids``."""
    return store.cadres.many(ids)


def visits_of(store: Store, cadre: Cadre) -> tuple[Visit, ...]:
    """Visits to one person, newest first: those that name the roster entry, or name and unit alike."""
    content = cadre.content
    own = store.installation.ledger_unit or store.installation.unit
    found = []
    for visit in store.visits.many(store.visits.ids(VisitQuery(text=content.name, order="date_desc"))):
        visitee = visit.content.visitee
        same_name = squeeze(visitee.name) == squeeze(content.name)
        same_unit = (visitee.unit or own) == (content.unit or own)
        if visitee.cadre == cadre.id or (visitee.cadre is None and same_name and same_unit):
            found.append(visit)
    return tuple(found)


@dataclass(frozen=True, slots=True)
class LedgerChoices:
    """Which ledgers there are: years newest first, units that keep one, and the unit's usual layout."""

    years: tuple[int, ...]
    units: tuple[str, ...]
    variant: str


def ledger_choices(store: Store) -> LedgerChoices:
    """What the 台账 page offers; a unit has its own ledger only, the county those of its units."""
    here = store.installation
    units = (
        sorted({cadre.content.unit for cadre in store.cadres.all() if cadre.content.unit})
        if here.role == "county"
        else []
    )
    return LedgerChoices(
        tuple(sorted(store.visits.years(), reverse=True)), tuple(units), settings.read(store).ledger_variant
    )


def void_numbers(store: Store, *, year: int, unit: str | None = None) -> tuple[int, ...]:
    """Numbers of a year's void visits: they stay taken, and are printed only if chosen."""
    ids = store.visits.ids(VisitQuery(year=year, unit=unit, statuses=("void",), include_deleted=True))
    numbers = (visit.number for visit in store.visits.many(ids))
    return tuple(sorted(number for number in numbers if number is not None))
