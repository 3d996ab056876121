"""What is looked at when a visit names its concerns, and what else about a visit deserves a word before it is kept.

An unknown concern is refused; everything else is a sentence for ``warnings``: nobody's typing is stopped by it.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from jiafang_desktop.common import clock
from jiafang_desktop.common.errors import UserError
from jiafang_desktop.domain.concerns import STATUSES, Concern, ConcernContent
from jiafang_desktop.domain.identity import plain_name
from jiafang_desktop.domain.visits import VisitContent
from jiafang_desktop.services.concern_office import same_person

if TYPE_CHECKING:
    from jiafang_desktop.store import Store


def require_known(store: Store, ids: Sequence[str]) -> None:
    """Every concern a visit names exists.

    Raises:
        UserError: ``not_found`` with ``field`` concerns.
    """
    if not ids:
        return
    known = {concern.id for concern in store.concerns.many(list(ids)) if not concern.deleted}
    missing = [rec for rec in ids if rec not in known]
    if missing:
        raise UserError(
            "not_found", f"没有编号为“{missing[0]}”的诉求。", hint="请在诉求列表中重新选择。",
            details={"field": "concerns", "concerns": missing},
        )  # fmt: skip


def warnings(store: Store, content: VisitContent) -> list[str]:
    """Sentences about a visit that is kept all the same."""
    found = [
        words for concern in store.concerns.many(list(content.concerns))
        if (words := _about_concern(concern, content, own_unit=store.installation.ledger_unit)) is not None
    ]  # fmt: skip
    name = plain_name(content.visitee.name)
    if name and any(plain_name(leader.name) == name for leader in content.leaders):
        found.append(f"家访领导和家访对象都写着“{content.visitee.name}”，请核对是不是同一个人。")
    if content.date is not None and content.date > clock.today():
        found.append(f"家访日期{content.date.isoformat()}在今天之后，请核对。")
    birth = _birth(store, content)
    if content.date is not None and birth is not None and content.date.isoformat()[: len(birth)] <= birth:
        found.append(f"名册中{content.visitee.name}的出生年月是{birth}，不早于家访日期，请核对。")
    return found


def _about_concern(concern: Concern, content: VisitContent, *, own_unit: str) -> str | None:
    visitee, theirs = content.visitee, concern.content
    whose = ConcernContent(name=visitee.name, unit=visitee.unit, cadre=visitee.cadre)
    if visitee.name and not same_person(whose, theirs, own_unit=own_unit):
        unit = f"（{theirs.unit}）" if theirs.unit else ""
        return f"第{concern.number}号诉求是{theirs.name}{unit}的，不是{visitee.name}的，已按填写的关联，请核对。"
    if concern.status in ("referred", "declined"):
        return f"第{concern.number}号诉求已经{STATUSES[concern.status]}，请核对是不是要关联它。"
    return None


def _birth(store: Store, content: VisitContent) -> str | None:
    """The visitee's birth by the roster; of several it may be, the earliest, so that namesakes raise no doubt."""
    visitee = content.visitee
    if visitee.cadre is not None:
        likely = store.cadres.many([visitee.cadre])
    else:
        own = store.installation.ledger_unit or store.installation.unit
        whose = ConcernContent(name=visitee.name, unit=visitee.unit)
        likely = [
            cadre for cadre in store.cadres.complete(visitee.name)
            if same_person(whose, ConcernContent(name=cadre.content.name, unit=cadre.content.unit), own_unit=own)
        ]  # fmt: skip
    births = [cadre.content.birth_date for cadre in likely]
    return min((birth for birth in births if birth), default=None) if all(births) else None
