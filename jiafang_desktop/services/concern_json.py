"""Concerns as the command line prints them (INTERFACE, Concerns). Reading C.json is concern_intake's."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from jiafang_desktop.domain.changes import RevisionView
from jiafang_desktop.domain.concern_rules import NAMES
from jiafang_desktop.domain.concerns import Note
from jiafang_desktop.services.concern_office import ConcernView
from jiafang_desktop.services.concerns import Triaged


def triage_json(done: Triaged) -> dict[str, Any]:
    """``concerns triage``: level, role, person and day as they now stand; a proposal leaves them as they were."""
    view = done.view
    return {
        "id": view.id, "number": view.concern.number, **_routing(view), "proposal": _note(view.concern.proposal),
        "status": view.status, "warnings": list(done.warnings),
    }  # fmt: skip


def concern_json(view: ConcernView) -> dict[str, Any]:
    """One concern, in a list and alone."""
    concern, content = view.concern, view.concern.content
    return {
        "id": concern.id, "number": concern.number, "year": concern.year, "unit": view.unit,
        "cadre": {
            "name": content.name, "unit": content.unit or view.unit, "post": content.post, "section": content.section,
            "cadre": content.cadre,
        },
        "raised_on": _iso(content.raised_on), "recorded_on": _iso(concern.recorded_on), "source": content.source,
        "text": content.text, "priority": content.priority, "status": view.status, **_routing(view),
        "overdue": view.overdue, "triaged_on": _iso(concern.triage.on) if concern.triage else None,
        "level_by": concern.triage.by_side if concern.triage else None, "proposal": _note(concern.proposal),
        "referred": _note(concern.referred), "declined": _note(concern.declined),
        "reported_on": _iso(concern.reported_on),
        "visits": [
            {"id": visit.id, "number": visit.number, "date": _iso(visit.date), "status": visit.status}
            for visit in concern.visits
        ],
        "deleted": concern.deleted,
    }  # fmt: skip


def listing_json(views: Sequence[ConcernView]) -> dict[str, Any]:
    """``concerns list``."""
    return {"total": len(views), "concerns": [concern_json(view) for view in views]}


def history_json(views: Sequence[RevisionView]) -> list[dict[str, Any]]:
    """Who, when, and each field before and after under its C.json name."""

    def named(fields: Any) -> dict[str, Any]:
        return {NAMES.get(name, (name, ""))[0]: value for name, value in fields.items()}

    return [
        {
            "revision": view.revision, "operator": view.operator, "time": view.wall, "before": named(view.before),
            "after": named(view.after),
        }
        for view in views
    ]  # fmt: skip


def _routing(view: ConcernView) -> dict[str, Any]:
    who, due = view.responsible, view.due
    return {
        "level": view.concern.level, "responsible_role": view.role, "responsible": who.name if who else None,
        "responsible_post": who.post if who else None, "due_date": _iso(due.day) if due else None,
        "due_basis": due.basis if due else None, "due_reason": due.reason if due else None,
    }  # fmt: skip


def _note(note: Note | None) -> dict[str, Any] | None:
    if note is None:
        return None
    found = note.to_json()
    if note.level is None:
        found.pop("level")
    return found


def _iso(day: date | None) -> str | None:
    return day.isoformat() if day else None
