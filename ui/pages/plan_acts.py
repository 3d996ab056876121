"""What is done with a plan from any page: the visit recorded from it, the page for the way, planning for somebody.

Each act names a verb; lists of plans are visits_plans' and the 工作台's.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from PySide6.QtWidgets import QWidget

from jiafang_desktop.common import clock
from jiafang_desktop.domain.cadres import Cadre
from jiafang_desktop.domain.identity import plain_name
from jiafang_desktop.domain.pages import Sheet
from jiafang_desktop.domain.plans import PlanContent
from jiafang_desktop.services import leaders, plans, previsit, reports
from jiafang_desktop.services.concern_office import ConcernOffice
from ui.context import Context
from ui.dialogs.plan_form import PlanForm
from ui.dialogs.preview import PreviewDialog
from ui.dialogs.print_dialog import PrintDialog
from ui.models.typed_date import dotted
from ui.pages.visit_editor_names import printed_post


def plan_start(store: Any, plan_id: str) -> dict[str, Any]:
    """What a sheet for this plan begins with: its person as the roster knows him, its leaders, its concern, itself.

    The day is filled only on the day itself: a visit made on another one must not carry the planned date.
    """
    office = ConcernOffice(store)
    plan = plans.show(store, plan_id)
    content, whose = plan.content, plans.person_of(plan)
    values: dict[str, Any] = {
        "visitee_name": content.name, "visitee_post": content.post, "visitee_unit": content.unit or office.own_unit,
        "visitee_cadre": content.cadre, "plan": plan_id,
        "date": dotted(content.day) if content.day == clock.today() else None,
        "leader_name": "\n".join(leader.name for leader in content.leaders),
        "leader_post": "\n".join(_post_of(store, office, leader) for leader in content.leaders).rstrip("\n"),
    }  # fmt: skip
    if content.concern is not None:
        values |= {
            "concerns": (content.concern,), "priority": store.concerns.get(content.concern).content.priority
        }  # fmt: skip
    cadre = office.cadre_of(whose)
    if cadre is not None:
        known = cadre.content
        values |= {
            "visitee_cadre": cadre.id,
            "visitee_post": content.post or printed_post(known, own=tuple(office.own_names)),
            "address": known.address, "spouse_name": known.spouse_name, "spouse_work": known.spouse_work,
        }  # fmt: skip
    return {name: value for name, value in values.items() if value}


def _post_of(store: Any, office: ConcernOffice, leader: Any) -> str:
    """The post the leaders' table gives the name today, where it gives one; else what was planned with."""
    found = {
        one.post for one in leaders.listing(store)
        if one.post and one.in_office(office.today) and plain_name(one.name) == plain_name(leader.name)
    }  # fmt: skip
    return leader.post or (next(iter(found)) if len(found) == 1 else "")


def previsit_sheet(store: Any, rec: str) -> Sheet:
    """家访前一页纸 for a plan."""
    return reports.sheet(previsit.report(previsit.subject(store, rec)))


def record(ctx: Context, plan_id: str, parent: QWidget) -> None:
    """登记家访 from a plan: one click to the filled sheet."""
    pending = ctx.tasks.run(plan_start, plan_id)
    pending.then(lambda start: ctx.open("visit", fresh=True, start=start)).fail(lambda error: ctx.error(error, parent))


def show_previsit(ctx: Context, plan_id: str, parent: QWidget) -> None:
    """家访前一页纸: looked at, printed, taken back afterwards."""

    def preview(sheet: Sheet) -> None:
        window = parent.window()
        PreviewDialog(
            ctx, sheet, parent=window,
            on_print=lambda: PrintDialog(ctx, sheet, "家访前一页纸", parent=window).open(),
        ).open()  # fmt: skip

    ctx.tasks.run(previsit_sheet, plan_id).then(preview).fail(lambda error: ctx.error(error, parent))


def arrange(
    ctx: Context, parent: QWidget, *, start: PlanContent | None = None, done: Callable[[str], object] | None = None
) -> None:
    """安排家访: a new plan, perhaps for somebody."""
    form = PlanForm(ctx, start=start, parent=parent.window())

    def saved(rec: str) -> None:
        ctx.say_undoable("安排家访")
        if done is not None:
            done(rec)

    form.saved.connect(saved)
    form.open()


def arrange_for_concern(ctx: Context, concern_id: str, parent: QWidget) -> None:
    """安排计划 from a concern."""
    pending = ctx.tasks.run(start_of_concern, concern_id)
    pending.then(lambda start: arrange(ctx, parent, start=start)).fail(lambda error: ctx.error(error, parent))


def start_of_concern(store: Any, concern_id: str) -> PlanContent:
    """Whose concern it is, and who is to handle it."""
    office = ConcernOffice(store)
    view = office.view(store.concerns.get(concern_id))
    content = view.concern.content
    cadre = office.cadre_of(content)
    who = () if view.responsible is None else (plans.leader_of(view.responsible),)
    return PlanContent(
        name=content.name, when="", unit=content.unit, post=content.post, leaders=who, concern=concern_id,
        cadre=content.cadre or (cadre.id if cadre is not None else None),
    )  # fmt: skip


def start_of_cadre(ctx: Context, cadre: Cadre) -> PlanContent:
    """A person of the roster."""
    here, known = ctx.installation, cadre.content
    post = printed_post(known, own=(here.unit, here.ledger_unit))
    return PlanContent(name=known.name, when="", unit=known.unit, post=post or None, cadre=cadre.id)
