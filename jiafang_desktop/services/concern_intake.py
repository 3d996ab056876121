"""Taking concerns down: C.json or typed ones checked, brought home to their register, and numbered.

Callers reach these verbs through concerns. What a concern may say is domain.concern_rules'.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any

from jiafang_desktop.common import clock
from jiafang_desktop.domain import concern_rules
from jiafang_desktop.domain.changes import Changes, Edit, Operator
from jiafang_desktop.domain.concerns import STATE_FIELDS, TRIAGE_FIELDS, ConcernContent, new_concern_id
from jiafang_desktop.services.concern_office import ConcernOffice, triage_of_today

if TYPE_CHECKING:
    from jiafang_desktop.store import Store


@dataclass(frozen=True, slots=True)
class NewConcern:
    """A concern to be taken down; a ``level`` named at once (县里交办) is its 研判."""

    content: ConcernContent
    level: str | None = None


@dataclass(frozen=True, slots=True)
class Added:
    """A concern taken down; ``changes`` is the whole transaction."""

    id: str
    number: int
    changes: Changes = field(default_factory=Changes)


def read_json(data: Any) -> list[NewConcern]:
    """C.json, one object or an array of them.

    Raises:
        UserError: ``unknown_field bad_date bad_input``, ``field`` (and ``index``) in details.
    """
    return [NewConcern(content, level) for content, level in concern_rules.read_many(data, today=clock.today())]


def read_patch(data: Any) -> dict[str, Any]:
    """A merge patch of C.json as flat fields: what is not named stays, null clears. The level is triage's.

    Raises:
        UserError: ``unknown_field bad_input``.
    """
    fields = concern_rules.read_fields(data)
    if "level" in fields:
        raise concern_rules.bad("level", "不能随内容一起改", hint="请用 concerns triage 分析研判。")
    return fields


def add(store: Store, data: Mapping[str, Any] | NewConcern | ConcernContent, *, by: Operator) -> Added:
    """Take one concern down and give it its number.

    Raises:
        UserError: ``unknown_field bad_date bad_input`` (``field`` in details), ``read_only disk_full``.
    """
    return add_many(store, read_json(data) if isinstance(data, Mapping) else [data], by=by)[0]


def add_many(store: Store, items: Sequence[NewConcern | ConcernContent], *, by: Operator) -> list[Added]:
    """Take many down in one transaction, all or none, in their order.

    Raises:
        UserError: as add.
    """
    fresh = [item if isinstance(item, NewConcern) else NewConcern(item) for item in items]
    edits = new_edits(store, fresh)
    changes = store.append(edits, by=by) if edits else Changes()
    return [Added(edit.rec, int(edit.fields["number"]), changes) for edit in edits]


def new_edits(store: Store, items: Sequence[NewConcern]) -> list[Edit]:
    """What writes new concerns, numbered in their order within each unit's register of this year."""
    office = ConcernOffice(store)
    given = Counter(store.concerns.highest_numbers(office.today.year))
    edits: list[Edit] = []
    for item in items:
        content = at_home(office, concern_rules.tidied(item.content, today=office.today))
        unit = office.unit_of(content)
        given[unit] += 1
        fields: dict[str, Any] = {
            **content.to_fields(), **dict.fromkeys((*STATE_FIELDS, *TRIAGE_FIELDS)), "number": given[unit],
            "recorded_on": office.today.isoformat(), "deleted": False,
        }  # fmt: skip
        if item.level is not None:
            side = "county" if office.is_county or content.source == "county" else "unit"
            fields |= triage_of_today(office, concern_rules.required_level(item.level), side=side).to_fields()
        edits.append(Edit("concern", new_concern_id(), fields))
    return edits


def at_home(office: ConcernOffice, content: ConcernContent) -> ConcernContent:
    """Our own unit is stored as none, so that a later name change moves nothing; the roster's person is noted."""
    if not office.is_county and content.unit in office.own_names:
        content = replace(content, unit=None)
    cadre = office.cadre_of(content)
    if cadre is None:
        return content
    return replace(content, cadre=cadre.id, section=content.section or cadre.content.section)
