"""What concerns are looked at with: rules, leaders' table, calendar and roster of this office, each read once.

Gives a concern's unit, role, person and day; nothing is written here.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import TYPE_CHECKING

from jiafang_desktop.common import clock
from jiafang_desktop.common.chinese import sort_key
from jiafang_desktop.domain import routing
from jiafang_desktop.domain.cadres import Cadre
from jiafang_desktop.domain.concerns import Concern, ConcernContent, Triage
from jiafang_desktop.domain.identity import plain_name, unit_core
from jiafang_desktop.domain.routing import Due, Leader
from jiafang_desktop.domain.working_calendar import WorkingCalendar
from jiafang_desktop.services import calendars, leaders, rules

if TYPE_CHECKING:
    from jiafang_desktop.store import Store


@dataclass(frozen=True, slots=True)
class ConcernView:
    """A concern with what follows from rules, leaders and calendar today.

    ``unit`` keeps it. ``role``, ``due`` are None before 研判, ``responsible`` while the table names nobody.
    """

    concern: Concern
    unit: str
    role: str | None = None
    responsible: Leader | None = None
    due: Due | None = None
    overdue: bool = False

    @property
    def id(self) -> str:
        """The concern's id."""
        return self.concern.id

    @property
    def status(self) -> str:
        """The concern's status."""
        return self.concern.status


class ConcernOffice:
    """One look at the office: make a new one after anything was written."""

    def __init__(self, store: Store) -> None:
        here = store.installation
        self._store = store
        self.is_county = here.role == "county"
        self.own_names = frozenset({here.unit, here.ledger_unit} - {""})
        self.own_unit = here.ledger_unit or here.unit
        self.today: date = clock.today()
        self._dues: dict[Triage, Due] = {}  # most concerns were triaged alike, and counting days is dear

    @cached_property
    def rules(self) -> rules.Rules:
        """The rules in force."""
        return rules.read(self._store)

    @cached_property
    def _leaders(self) -> list[Leader]:
        return leaders.listing(self._store)

    @cached_property
    def _calendar(self) -> WorkingCalendar:
        return calendars.calendar(self._store)

    @cached_property
    def _roster(self) -> dict[str, list[Cadre]]:
        found: dict[str, list[Cadre]] = {}
        for cadre in self._store.cadres.all():
            found.setdefault(plain_name(cadre.content.name), []).append(cadre)
        return found

    @cached_property
    def _needs_sections(self) -> bool:
        return any(leader.sections for leader in self._leaders)

    def unit_of(self, content: ConcernContent) -> str:
        """Whose register a concern stands in: the cadre's unit at the county, our own at a unit."""
        return (content.unit or self.own_unit) if self.is_county else self.own_unit

    def cadre_of(self, content: ConcernContent) -> Cadre | None:
        """The one person of the roster it can be; None where nobody or more than one fits."""
        wanted = unit_core(content.unit or self.own_unit)
        namesakes = self._roster.get(plain_name(content.name), [])
        if content.cadre is not None:
            return next((cadre for cadre in namesakes if cadre.id == content.cadre), None)
        fitting = [cadre for cadre in namesakes if unit_core(cadre.content.unit or self.own_unit) == wanted]
        return fitting[0] if len(fitting) == 1 else None

    def view(self, concern: Concern) -> ConcernView:
        """The concern as it stands today."""
        unit = self.unit_of(concern.content)
        triage = concern.triage
        if triage is None:
            return ConcernView(concern, unit)
        role = triage.role or self.rules.levels[triage.level].role
        due = self._dues.get(triage)
        if due is None:
            due = self._dues[triage] = routing.due_of(triage, self.rules, self._calendar)
        # What is over was its leader's of that time, whoever holds the office today.
        on = self.today if concern.is_open else max([triage.on, *(v.date for v in concern.visits if v.date)])
        return ConcernView(
            concern, unit, role=role, responsible=self._responsible(concern.content, unit, role, on), due=due,
            overdue=concern.is_open and due.passed(self.today),
        )  # fmt: skip

    def views(self, concerns: Sequence[Concern]) -> list[ConcernView]:
        """Views by unit (pinyin), year and number."""
        keys: dict[str, str] = {}

        def order(view: ConcernView) -> tuple[str, int, int, str]:
            if view.unit not in keys:
                keys[view.unit] = sort_key(view.unit)
            return keys[view.unit], view.concern.year, view.concern.number or 0, view.concern.id

        return sorted(map(self.view, concerns), key=order)

    def _responsible(self, content: ConcernContent, unit: str, role: str, on: date) -> Leader | None:
        if not self._leaders:
            return None
        section = content.section
        if section is None and self._needs_sections:
            cadre = self.cadre_of(content)
            section = cadre.content.section if cadre is not None else None
        return routing.responsible(self._leaders, role, unit=unit, section=section, post=content.post, on=on)


def triage_of_today(office: ConcernOffice, level: str, *, side: str, due: date | None = None) -> Triage:
    """研判 by today's rules, kept with the concern: a later rule moves only what the program had suggested."""
    rule = office.rules.levels[level]
    is_ruled = f"levels.{level}" in office.rules.own
    return Triage(
        level=level, on=office.today, by_side=side, role=rule.role if is_ruled else None,
        limit=rule.limit if rule.is_own else None, due=due, rules_version=office.rules.version if is_ruled else 0,
    )  # fmt: skip


def same_person(one: ConcernContent, other: ConcernContent, *, own_unit: str) -> bool:
    """Whether two concerns are one person's: the roster's word where both have it, else name and unit."""
    if one.cadre is not None and other.cadre is not None:
        return one.cadre == other.cadre
    if plain_name(one.name) != plain_name(other.name):
        return False
    return unit_core(one.unit or own_unit) == unit_core(other.unit or own_unit)
