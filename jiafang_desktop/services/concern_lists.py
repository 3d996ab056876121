"""What lists of concerns read, by unit, year and number; one person's, and those the county has not heard of yet.

Reading only; callers reach it through concerns.
"""

from __future__ import annotations

from datetime import date
from functools import lru_cache
from typing import TYPE_CHECKING

from jiafang_desktop.common.chinese import pinyin_full, pinyin_initials, squeeze
from jiafang_desktop.domain import concern_rules
from jiafang_desktop.domain.changes import RevisionView
from jiafang_desktop.domain.concerns import FINISHED, STATUSES, Concern, ConcernContent
from jiafang_desktop.services.concern_office import ConcernOffice, ConcernView, same_person

if TYPE_CHECKING:
    from jiafang_desktop.store import Store


def show(store: Store, concern_id: str) -> ConcernView:
    """One concern as it stands today, deleted ones too.

    Raises:
        UserError: ``not_found``.
    """
    return ConcernOffice(store).view(store.concerns.get(concern_id))


def listing(
    store: Store, *, status: str | None = None, due_before: date | None = None, query: str = "",
    unit: str | None = None, unreported: bool = False, include_deleted: bool = False,
) -> list[ConcernView]:  # fmt: skip
    """Concerns by unit, year and number.

    Args:
        status: one of STATUSES. due_before: only those whose due date, suggested or not, lies before this day.
        unreported: only those that came to an end and were not reported to the county yet.
        query: a name (characters, full pinyin, initials), a unit, a post, or words of the concern.

    Raises:
        UserError: ``bad_input`` for an unknown status.
    """
    if status is not None:
        concern_rules.require_choice("status", status, STATUSES)
    views = ConcernOffice(store).views(store.concerns.all(include_deleted=include_deleted))
    return [
        view for view in views
        if (status is None or view.status == status)
        and (due_before is None or (view.due is not None and view.due.day < due_before))
        and (unit is None or unit in (view.unit, view.concern.content.unit))
        and (not unreported or _is_unreported(view.concern))
        and _mentions(view, query)
    ]  # fmt: skip


def _mentions(view: ConcernView, query: str) -> bool:
    content = view.concern.content
    for word in query.lower().split():
        texts = (content.name, content.unit or view.unit, content.post or "", content.text)
        if any(word in squeeze(text).lower() for text in texts):
            continue
        if not word.isascii() or not any(spoken.startswith(word) for spoken in _spoken(content.name)):
            return False
    return True


@lru_cache(maxsize=20000)
def _spoken(name: str) -> tuple[str, str]:
    return pinyin_full(name), pinyin_initials(name)


def unreported(store: Store) -> list[ConcernView]:
    """Concerns that came to an end and were not reported to the county yet (policy 四之一)."""
    return ConcernOffice(store).views([concern for concern in store.concerns.all() if _is_unreported(concern)])


def _is_unreported(concern: Concern) -> bool:
    return concern.status in FINISHED and concern.reported_on is None and not concern.deleted


def earlier_of(store: Store, concern: Concern | ConcernContent) -> list[ConcernView]:
    """The same person's other concerns, newest first; for one being typed, all of them."""
    office = ConcernOffice(store)
    content = concern.content if isinstance(concern, Concern) else concern
    own = concern.id if isinstance(concern, Concern) else None
    if not squeeze(content.name):
        return []
    found = [
        other for other in store.concerns.all()
        if other.id != own and same_person(content, other.content, own_unit=office.own_unit)
    ]  # fmt: skip
    return [office.view(other) for other in sorted(found, key=lambda c: (c.since, c.number or 0), reverse=True)]


def history(store: Store, concern_id: str) -> list[RevisionView]:
    """Every change of a concern, oldest first."""
    store.concerns.get(concern_id)
    return list(store.history(concern_id))
