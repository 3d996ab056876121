"""What is looked at when a visit says which plan it was made for. An unknown plan is refused, the rest is a sentence.

Plans themselves are services.plans'.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from jiafang_desktop.common.errors import UserError
from jiafang_desktop.domain.concerns import ConcernContent
from jiafang_desktop.domain.plans import Plan, stored_plan
from jiafang_desktop.domain.visits import VisitContent
from jiafang_desktop.services.concern_office import same_person

if TYPE_CHECKING:
    from jiafang_desktop.store import Store

KIND = "plan"


def find(store: Store, plan_id: str) -> Plan | None:
    """A plan without its visit; None where there is none."""
    return stored_plan(plan_id, store.values.get(KIND, plan_id))


def not_found(plan_id: str) -> UserError:
    """The refusal of a plan nobody knows."""
    return UserError(
        "not_found", "没有找到这次计划家访。", hint="请在计划列表中重新选择。",
        details={"field": "plan", "id": plan_id},
    )  # fmt: skip


def require_known(store: Store, plan_id: str | None) -> None:
    """The plan a visit names exists.

    Raises:
        UserError: ``not_found`` with ``field`` plan.
    """
    if plan_id is not None and find(store, plan_id) is None:
        raise not_found(plan_id)


def warnings(store: Store, content: VisitContent) -> list[str]:
    """Sentences about a visit whose plan was another person's; it is kept all the same."""
    plan = find(store, content.plan) if content.plan is not None else None
    visitee = content.visitee
    if plan is None or not visitee.name:
        return []
    here = ConcernContent(name=visitee.name, unit=visitee.unit, cadre=visitee.cadre)
    if same_person(here, person_of(plan), own_unit=store.installation.own_ledger):
        return []
    return [f"计划里要家访的是{plan.content.name}，不是{visitee.name}，已按填写的登记，请核对。"]


def person_of(plan: Plan) -> ConcernContent:
    """Whom it goes to, in the shape in which people are compared."""
    content = plan.content
    return ConcernContent(name=content.name, unit=content.unit, post=content.post, cadre=content.cadre)
