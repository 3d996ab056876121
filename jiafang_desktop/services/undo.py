"""Taking one transaction back, where nothing newer has touched what it set.

Undo is a change like any other: it stands in the log, and can itself be taken back. What a window shows of it is the
window's business.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from jiafang_desktop.common.errors import UserError
from jiafang_desktop.domain import numbering
from jiafang_desktop.domain.changes import ChangedRecord, Changes, Edit, Json, Operator
from jiafang_desktop.domain.visits import VisitContent
from jiafang_desktop.services.problems import next_position

if TYPE_CHECKING:
    from jiafang_desktop.store import Store

_DELETABLE = ("visit", "problem", "cadre", "concern")
# What happened on paper did happen, and a password slot is not brought back by words: these are not taken back.
_LOGS = ("print", "scan", "account", "operator")


def undo(store: Store, changes: Changes, *, by: Operator) -> Changes:
    """Put the fields of ``changes`` back to what they were; a record it created becomes deleted.

    Raises:
        UserError: ``changed_since`` when something newer touched the same fields, ``number_taken`` when a number that
            would come back was given away, ``nothing_to_undo``; ``restricted`` for what this account does not see.
    """
    edits = [found for record in changes.records if (found := _inverse(store, record)) is not None]
    if not edits:
        raise UserError("nothing_to_undo", "没有可以撤消的改动。")
    for edit in edits:
        _require_number_free(store, edit)
    return store.append([_placed(store, edit) for edit in edits], by=by)


def _inverse(store: Store, record: ChangedRecord) -> Edit | None:
    if record.kind in _LOGS:
        return None
    history = store.history(record.rec)
    places = [place for place, view in enumerate(history) if view.revision == record.revision]
    if not places:
        raise _changed_since(record)
    touched = {name for view in history[places[0] + 1 :] for name in view.after}
    before = store.revision_before(record.revision)
    created = not before
    if (created and touched) or touched & set(record.fields):
        raise _changed_since(record)
    if created and record.kind in _DELETABLE:
        fields: dict[str, Json] = {"deleted": True}
        if record.kind == "visit":
            fields["delete_reason"] = "撤消登记"
        return Edit(record.kind, record.rec, fields)
    return Edit(record.kind, record.rec, {name: before.get(name) for name in record.fields})


def _placed(store: Store, edit: Edit) -> Edit:
    """A problem that comes back while its N was given to another one comes last."""
    if edit.kind != "problem" or edit.fields.get("deleted") is not False:
        return edit
    problem = store.problems.get(edit.rec)
    visit = store.visits.get(problem.visit)
    if all(other.position != problem.position for other in visit.problems):
        return edit
    return Edit(edit.kind, edit.rec, {**edit.fields, "position": next_position(visit)})


def _require_number_free(store: Store, edit: Edit) -> None:
    """A number that comes back, by itself or with a date of another year, must still be nobody else's."""
    if edit.kind != "visit" or not {"number", "date", "unit"} & set(edit.fields):
        return
    fields: dict[str, Any] = store.visits.get(edit.rec).content.to_fields() | dict(edit.fields)
    content = VisitContent.from_fields(fields)
    if content.number is None or content.date is None:
        return
    year = content.date.year
    holder = store.visits.number_taken(content.unit, year, content.number, other_than=edit.rec)
    if holder is not None:
        unit = content.unit or store.installation.ledger_unit
        raise numbering.taken(content.number, unit=unit, year=year, by=holder)


def _changed_since(record: ChangedRecord) -> UserError:
    return UserError(
        "changed_since", "这之后又有新的改动，撤消会盖掉它，没有撤消。", hint="请打开记录直接修改。",
        details={"kind": record.kind, "id": record.rec},
    )  # fmt: skip
