"""诉求: taking them down, 分析研判, who handles them by when, and where they went (policy 二, 四之一; INTERFACE).

What a concern may say is domain.concern_rules', how a level leads to a person and a day domain.routing's. Importing a
file stands in concern_import, the object the command line prints in concern_json.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import TYPE_CHECKING, Any

from jiafang_desktop.common import clock
from jiafang_desktop.common.errors import UserError
from jiafang_desktop.domain import concern_rules
from jiafang_desktop.domain.changes import Changes, Edit, Operator
from jiafang_desktop.domain.concerns import Concern, Note, Triage
from jiafang_desktop.domain.problems import LEVELS
from jiafang_desktop.domain.typed_text import LONGEST_TEXT, cleaned
from jiafang_desktop.services import accounts
from jiafang_desktop.services.concern_import import Applied, apply, preview, preview_pasted
from jiafang_desktop.services.concern_intake import Added, NewConcern, add, add_many, at_home, read_json, read_patch
from jiafang_desktop.services.concern_lists import earlier_of, history, listing, show, unreported
from jiafang_desktop.services.concern_office import ConcernOffice, ConcernView, triage_of_today
from jiafang_desktop.services.concern_preview import ConcernPreview
from jiafang_desktop.services.concern_reports import ReportFields, report_fields

if TYPE_CHECKING:
    from jiafang_desktop.store import Store

__all__ = [
    "Added", "Applied", "ConcernPreview", "ConcernView", "NewConcern", "ReportFields", "Triaged", "add", "add_many",
    "apply", "decline", "delete", "earlier_of", "edit", "history", "listing", "mark_reported", "preview",
    "preview_pasted", "read_json", "read_patch", "refer", "reopen", "report_fields", "restore",
    "show", "triage", "unreported",
]  # fmt: skip


@dataclass(frozen=True, slots=True)
class Triaged:
    """A 研判 or a proposed 提级: the concern as it now stands, and sentences to look at."""

    view: ConcernView
    changes: Changes
    warnings: tuple[str, ...] = ()


def edit(store: Store, concern_id: str, patch: Mapping[str, Any], *, by: Operator) -> Changes:
    """Change what was taken down (flat fields of ConcernContent); None clears one.

    Raises:
        UserError: ``not_found void unknown_field bad_input bad_date``.
    """
    concern = store.concerns.get(concern_id)
    concern_rules.require_kept(concern)
    office = ConcernOffice(store)
    wanted = concern_rules.merged(concern.content, patch, today=office.today)
    if {"name", "unit"} & set(patch) and "cadre" not in patch:
        wanted = replace(wanted, cadre=None)  # another person: the roster is asked anew
    return _write(store, concern_id, concern.content.to_fields(), at_home(office, wanted).to_fields(), by=by)


# ------------------------------------------------------------------------------------------- 分析研判


def triage(
    store: Store, concern_id: str, *, level: str, due: date | None = None, propose: bool = False,
    reason: str | None = None, by: Operator,
) -> Triaged:  # fmt: skip
    """分析研判: set a concern's level, and with it role, person and day; or propose a higher one (提级).

    Args:
        due: the item's own limit, before every rule. propose: ask for ``level`` and leave the present one.
        reason: why it is proposed.

    Raises:
        UserError: ``not_found void concern_closed bad_input``, ``level_by_county`` where the county set another level.
    """
    concern = store.concerns.get(concern_id)
    concern_rules.require_open(concern)
    concern_rules.required_level(level)
    office = ConcernOffice(store)
    if propose:
        fields = _proposal(office, concern, level, due=due, reason=reason)
    else:
        fields = {**_new_triage(office, concern, level, due=due).to_fields(), "proposal": None}
    changes = store.append([Edit("concern", concern_id, fields)], by=by)
    view = show(store, concern_id)
    found = list(view.due.warnings) if view.due is not None else []
    if due is not None and due < office.today:
        found.append(f"规定的期限{due.isoformat()}已经过了，请核对。")
    return Triaged(view, changes, tuple(found))


def _new_triage(office: ConcernOffice, concern: Concern, level: str, *, due: date | None) -> Triage:
    before = concern.triage
    if before is None or before.by_side != "county" or office.is_county:
        return triage_of_today(office, level, side="county" if office.is_county else "unit", due=due)
    if level != before.level:
        raise UserError(
            "level_by_county", f"这件诉求的困难程度由县里定为“{LEVELS[before.level]}”，本单位不能直接改。",
            hint="认为应当提级的，请用“提级”（--propose）报县里，并写明原因。",
            details={"concern": concern.id, "level": before.level},
        )  # fmt: skip
    return replace(before, due=due if due is not None else before.due)


def _proposal(
    office: ConcernOffice, concern: Concern, level: str, *, due: date | None, reason: str | None
) -> dict[str, Any]:
    if due is not None:
        raise UserError("bad_input", "提级只提请困难程度，不定期限。", hint="请去掉期限。", details={"field": "due"})
    order = list(LEVELS)
    if concern.level is not None and order.index(level) <= order.index(concern.level):
        raise UserError(
            "bad_input", f"这件诉求已经是“{LEVELS[concern.level]}”，提级要提得更高。", hint="请核对困难程度。",
            details={"field": "level"},
        )  # fmt: skip
    why = cleaned(reason, field="reason", title="提级原因", longest=LONGEST_TEXT)
    return {"proposal": Note(why, office.today, level).to_json()}


# ------------------------------------------------------------------------------------------- where it went


def refer(store: Store, concern_id: str, *, reason: str, by: Operator) -> Changes:
    """转有关单位, with where and why.

    Raises:
        UserError: ``not_found void concern_closed``, ``bad_input`` without a reason.
    """
    return _close(store, concern_id, "referred", reason, by=by)


def decline(store: Store, concern_id: str, *, reason: str, by: Operator) -> Changes:
    """退回说明, with why.

    Raises:
        UserError: ``not_found void concern_closed``, ``bad_input`` without a reason.
    """
    return _close(store, concern_id, "declined", reason, by=by)


def _close(store: Store, concern_id: str, name: str, reason: str, *, by: Operator) -> Changes:
    concern_rules.require_open(store.concerns.get(concern_id))
    note = Note(concern_rules.required_reason(reason), clock.today())
    return store.append([Edit("concern", concern_id, {name: note.to_json()})], by=by)


def reopen(store: Store, concern_id: str, *, by: Operator) -> Changes:
    """Take 转有关单位 or 退回说明 back.

    Raises:
        UserError: ``not_found``, ``bad_input`` where neither was done.
    """
    concern = store.concerns.get(concern_id)
    if concern.referred is None and concern.declined is None:
        raise UserError("bad_input", "这件诉求没有转出，也没有退回。", details={"concern": concern_id})
    before = {"referred": concern.referred, "declined": concern.declined}
    return _write(store, concern_id, before, {"referred": None, "declined": None}, by=by)


def mark_reported(store: Store, concern_id: str, *, on: date | None, by: Operator) -> Changes:
    """《诉求办理情况报告》 went to the county on that day; None takes it back.

    Raises:
        UserError: ``not_found void``, ``not_permitted`` without the right ``approve``.
    """
    accounts.require(store, "approve")
    concern = store.concerns.get(concern_id)
    concern_rules.require_kept(concern)
    before = {"reported_on": concern.reported_on.isoformat() if concern.reported_on else None}
    return _write(store, concern_id, before, {"reported_on": on.isoformat() if on else None}, by=by)


def delete(store: Store, concern_id: str, *, reason: str, by: Operator) -> Changes:
    """Into the recycle bin; the number stays taken, visits keep what they say.

    Raises:
        UserError: ``not_found void``, ``bad_input`` without a reason.
    """
    concern_rules.require_kept(store.concerns.get(concern_id))
    fields = {"deleted": True, "delete_reason": concern_rules.required_reason(reason)}
    return store.append([Edit("concern", concern_id, fields)], by=by)


def restore(store: Store, concern_id: str, *, by: Operator) -> Changes:
    """Take the deletion back; nothing is written where there was none."""
    if not store.concerns.get(concern_id).deleted:
        return Changes()
    return store.append([Edit("concern", concern_id, {"deleted": False, "delete_reason": None})], by=by)


def _write(
    store: Store, concern_id: str, before: Mapping[str, Any], wanted: Mapping[str, Any], *, by: Operator
) -> Changes:
    changed = {name: value for name, value in wanted.items() if before.get(name) != value}
    return store.append([Edit("concern", concern_id, changed)], by=by) if changed else Changes()
