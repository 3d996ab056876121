"""组织督导情况 of a visit made for signs of trouble: kept and read with the right ``sensitive`` (policy 三之三).

What the sheet may say is domain.guidance's, that nobody else sees it the store's. It is on no paper, list or summary.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from jiafang_desktop.common.errors import UserError
from jiafang_desktop.domain import guidance as rules
from jiafang_desktop.domain import visit_rules
from jiafang_desktop.domain.changes import Changes, Edit, Operator, RevisionView
from jiafang_desktop.domain.guidance import NOTE, Guidance
from jiafang_desktop.services import accounts

if TYPE_CHECKING:
    from jiafang_desktop.store import Store

__all__ = ["NOTE", "Guidance", "Kept", "guidance_json", "history", "read", "write"]

PRIORITY = "warning_sign"


@dataclass(frozen=True, slots=True)
class Kept:
    """A sheet as it stands after a change; ``warnings`` are sentences to look at, nothing was refused for them."""

    guidance: Guidance
    changes: Changes = field(default_factory=Changes)
    warnings: tuple[str, ...] = ()


def read(store: Store, visit_id: str) -> Guidance:
    """A visit's sheet, empty where none was begun; what this account does not see is None and named in ``hidden``.

    Raises:
        UserError: ``not_found``.
    """
    store.visits.get(visit_id)
    return store.guidance.get(visit_id)


def write(store: Store, visit_id: str, data: Any, *, by: Operator) -> Kept:
    """Keep texts of the sheet: those named in ``data`` (G.json), null clears. Also after the visit was filed, since
    跟踪情况 goes on.

    Raises:
        UserError: ``not_permitted`` without the right, ``not_found void not_warning_sign unknown_field bad_input
            read_only disk_full``.
    """
    accounts.require(store, "sensitive")
    visit = store.visits.get(visit_id)
    visit_rules.require_writable(visit, but_archived=True)
    if visit.content.priority != PRIORITY:
        raise UserError(
            "not_warning_sign", "只有因群众反映有倾向性、苗头性问题的家访，才填组织督导情况。",
            hint="请核对这次家访的优先情形。", details={"visit": visit_id},
        )  # fmt: skip
    texts = rules.read_patch(data)
    before = store.guidance.get(visit_id).texts()
    changed: dict[str, Any] = {name: text for name, text in texts.items() if before[name] != text}
    if not changed:
        return Kept(store.guidance.get(visit_id))
    begun = {} if any(before.values()) else {"visit": visit_id, **dict.fromkeys(rules.NAMES)}
    changes = store.append([Edit("guidance", rules.record_id(visit_id), begun | changed)], by=by)
    return Kept(store.guidance.get(visit_id), changes, tuple(rules.warnings(changed)))


def history(store: Store, visit_id: str) -> list[RevisionView]:
    """Every change of the sheet, oldest first; hidden values are None.

    Raises:
        UserError: ``not_found``.
    """
    store.visits.get(visit_id)
    return store.history(rules.record_id(visit_id))


def guidance_json(guidance: Guidance) -> dict[str, Any]:
    """The sheet as the command line prints it; ``restricted`` where something is not shown to this account."""
    return {"visit": guidance.visit, **guidance.texts(), "restricted": bool(guidance.hidden), "note": NOTE}
