"""上次家庭信息: where somebody lives and whom he is married to, as the last visit to him wrote it.

Reading only; filling the cells is the editor's. Two people of one name are never taken for one another.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from jiafang_desktop.common.chinese import squeeze
from jiafang_desktop.domain.visits import Visit, Visitee, VisitQuery

if TYPE_CHECKING:
    from jiafang_desktop.store import Store

_LOOKED_THROUGH = 200  # newest visits that mention the name


@dataclass(frozen=True, slots=True)
class Family:
    """What the last visit says, and which one it was; an empty text where it says nothing."""

    on: date | None
    number: int | None
    address: str
    spouse_name: str
    spouse_work: str


def of_last_visit(
    store: Store, name: str, *, unit: str | None = None, cadre: str | None = None, other_than: str | None = None
) -> Family | None:
    """The family of the visitee of that name, from the newest visit that tells anything of it.

    Args:
        unit: of the visitee, None for our own. cadre: the roster's person, where one was picked.
        other_than: the visit being written, which is no earlier one.
    """
    if len(squeeze(name)) < 2:
        return None
    ids = store.visits.ids(VisitQuery(text=name, order="date_desc"))[:_LOOKED_THROUGH]
    own = store.installation.ledger_unit or store.installation.unit
    alike = [
        visit for visit in store.visits.many(ids)
        if visit.id != other_than and visit.registered and squeeze(visit.content.visitee.name) == squeeze(name)
    ]  # fmt: skip
    for visit in _of_one_person(alike, unit=unit or own, cadre=cadre, own=own):
        visitee = visit.content.visitee
        if visitee.address or visitee.spouse_name or visitee.spouse_work:
            return Family(
                visit.content.date, visit.number, visitee.address or "", visitee.spouse_name or "",
                visitee.spouse_work or "",
            )  # fmt: skip
    return None


def _of_one_person(alike: Sequence[Visit], *, unit: str, cadre: str | None, own: str) -> list[Visit]:
    def same_unit(visitee: Visitee) -> bool:
        return (visitee.unit or own) == unit

    if cadre is not None:
        return [
            visit for visit in alike
            if visit.content.visitee.cadre == cadre
            or (visit.content.visitee.cadre is None and same_unit(visit.content.visitee))
        ]  # fmt: skip
    found = [visit for visit in alike if same_unit(visit.content.visitee)]
    people = {visit.content.visitee.cadre for visit in found} - {None}
    return found if len(people) <= 1 else []
