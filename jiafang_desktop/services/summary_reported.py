"""已上报: the figures and words of a quarter's summary as they were handed in, kept beside what is counted now.

A problem solved later moves the figures of its quarter; what was reported does not move. Marking and taking a mark back
are summary's verbs; here is what a mark keeps, how it is read, and how then and now compare.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

from jiafang_desktop.domain import summary as rules
from jiafang_desktop.domain.changes import Edit
from jiafang_desktop.domain.summary import Figure
from jiafang_desktop.domain.summary_words import SECTIONS

if TYPE_CHECKING:
    from jiafang_desktop.store import Store

KIND = "summary_report"


@dataclass(frozen=True, slots=True)
class Reported:
    """What was handed in ``on`` a day; ``counted_on`` is the day its figures were taken, that of the mark.

    ``texts`` are the sections' words; ``figures`` have their rows as they were then.
    """

    on: date
    counted_on: date
    by: str
    unit: str
    county: str
    reporter: str
    nil_report: bool
    figures: Mapping[str, Figure]
    texts: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Difference:
    """A figure that is another one now. ``added`` came to its rows since, ``gone`` left them; both open."""

    then: Figure
    now: Figure
    added: tuple[str, ...]
    gone: tuple[str, ...]

    @property
    def title(self) -> str:
        """The figure's."""
        return self.now.title


@dataclass(frozen=True, slots=True)
class Mark:
    """One entry of what happened to a quarter's report: marked ``on`` a day, or (None) taken back for a reason."""

    wall: str
    operator: str
    on: date | None
    reason: str | None


def find(store: Store, year: int, quarter: int) -> Reported | None:
    """What was reported of a quarter; what another program wrote otherwise counts as nothing."""
    value = store.values.get(KIND, _name(year, quarter))
    if not isinstance(value, Mapping):
        return None
    try:
        return _loaded(value)
    except (KeyError, TypeError, ValueError, IndexError):
        return None


def reported_quarters(store: Store) -> dict[tuple[int, int], tuple[date, str]]:
    """Every reported quarter with its day and by whom, without reading the figures."""
    found = {}
    for name, value in store.values.all(KIND).items():
        year, _, quarter = name.partition("-")
        if isinstance(value, Mapping) and (year + quarter).isdecimal():
            found[int(year), int(quarter)] = (date.fromisoformat(value["on"]), str(value.get("by") or ""))
    return found


def edit(year: int, quarter: int, value: Mapping[str, Any] | None, *, reason: str | None = None) -> Edit:
    """What keeps a mark, or (None) takes it back; the reason stands in the log."""
    return Edit(KIND, f"{KIND}:{_name(year, quarter)}", {"value": value, "reason": reason})


def kept(told: Reported) -> dict[str, Any]:
    """As the log carries it: each row's id once, figures by their places among the ids."""
    ids = {row: None for figure in told.figures.values() for row in figure.rows or ()}
    place = {row: at for at, row in enumerate(ids)}
    return {
        "on": told.on.isoformat(), "counted_on": told.counted_on.isoformat(), "by": told.by, "unit": told.unit,
        "county": told.county, "reporter": told.reporter, "nil_report": told.nil_report, "ids": list(ids),
        "figures": {
            name: {"value": one.value, "rows": [place[row] for row in one.rows] if one.rows is not None else None}
            for name, one in told.figures.items()
        }, "texts": dict(told.texts),
    }  # fmt: skip


def compare(then: Mapping[str, Figure], now: Mapping[str, Figure]) -> tuple[Difference, ...]:
    """The figures that are others now, in the order of the table; the same count of other rows is one too."""
    found = []
    for name in rules.TITLES:
        was, present = then[name], now[name]
        before, after = set(was.rows or ()), set(present.rows or ())
        if was.value != present.value or before != after:
            found.append(Difference(
                was, present, tuple(row for row in present.rows or () if row not in before),
                tuple(row for row in was.rows or () if row not in after),
            ))  # fmt: skip
    return tuple(found)


def marks(store: Store, year: int, quarter: int) -> tuple[Mark, ...]:
    """Everything that happened to a quarter's report, the first one first."""
    found = []
    for view in store.history(f"{KIND}:{_name(year, quarter)}"):
        value = view.after.get("value")
        on = date.fromisoformat(value["on"]) if isinstance(value, Mapping) else None
        found.append(Mark(view.wall, view.operator, on, view.after.get("reason")))
    return tuple(found)


def reported_json(told: Reported, differences: tuple[Difference, ...], *, broken: list[str]) -> dict[str, Any]:
    """``reported`` of ``summary``: when, by whom, what it said, and what is otherwise now."""
    return {
        "on": told.on.isoformat(), "counted_on": told.counted_on.isoformat(), "by": told.by,
        "nil_report": told.nil_report, "reconciles": not broken,
        "figures": {
            name: {"value": one.value, "rows": list(one.rows) if one.rows is not None else None, "title": one.title}
            for name, one in told.figures.items()
        },
        "sections": {key: {"title": SECTIONS[key], "text": text} for key, text in told.texts.items()},
        "differences": [
            {"name": one.now.name, "title": one.title, "then": one.then.value, "now": one.now.value,
             "added": list(one.added), "gone": list(one.gone)} for one in differences
        ],
    }  # fmt: skip


def broken(told: Reported) -> list[str]:
    """Names of reported figures that do not add up among themselves, best none."""
    rows = frozenset(row for figure in told.figures.values() for row in figure.rows or ())
    return rules.broken(told.figures, existing=rows)


def _loaded(value: Mapping[str, Any]) -> Reported:
    ids, figures = list(value["ids"]), dict(value["figures"])
    texts = {key: str(value["texts"].get(key) or "") for key in SECTIONS}
    return Reported(
        date.fromisoformat(value["on"]), date.fromisoformat(value["counted_on"]), str(value["by"]), str(value["unit"]),
        str(value["county"]), str(value["reporter"]), bool(value["nil_report"]),
        {name: _figure(name, figures.get(name), ids) for name in rules.TITLES}, texts,
    )  # fmt: skip


def _figure(name: str, given: Mapping[str, Any] | None, ids: list[str]) -> Figure:
    """A figure that the program did not have then has no value."""
    places = given.get("rows") if given is not None else None
    rows = tuple(str(ids[place]) for place in places) if places is not None else None
    return Figure(name, rules.TITLES[name], rules.kind_of(name), rows, given.get("value") if given else None)


def _name(year: int, quarter: int) -> str:
    return f"{year}-{quarter}"
