"""Whether a visit of the files is stored already: the same, to be looked at, or taken back before and welcome again.

What makes two visits one stands in domain.visit_matching.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import replace

from jiafang_desktop.documents.history.shapes import Doubt
from jiafang_desktop.domain import visit_matching
from jiafang_desktop.domain.visits import Visit
from jiafang_desktop.services.visit_import_preview import ImportedVisit

UNDONE = "撤消登记"  # services.undo's reason of a visit that was taken back, not given up


class StoredVisits:
    """Stored visits by number, and by day and visitee."""

    def __init__(self, stored: Iterable[Visit]) -> None:
        self._numbers: dict[visit_matching.NumberKey, Visit] = {}
        self._days: dict[visit_matching.DayKey, list[Visit]] = defaultdict(list)
        for visit in stored:
            number, day = visit_matching.number_key(visit.content), visit_matching.day_key(visit.content)
            if number is not None:
                self._numbers.setdefault(number, visit)
            if day is not None:
                self._days[day].append(visit)

    def judged(self, fresh: ImportedVisit) -> ImportedVisit:
        """``fresh`` with its status towards the stored visits."""
        holder, twin = self._holder(fresh), self._twin(fresh)
        if holder is None:
            return fresh if twin is None else _compared(fresh, twin, number_counts=True)
        if twin is not None and twin is not holder and not visit_matching.same_visit(holder.content, fresh.content):
            return _compared(fresh, twin, number_counts=False)
        return _compared(fresh, holder, number_counts=True)

    def number_clash(self, fresh: ImportedVisit) -> str | None:
        """Why its number can't be given to it: another stored visit's, while it is none that is stored."""
        holder = self._holder(fresh)
        if holder is None or self._twin(fresh) is not None:
            return None
        if holder.content.visitee.name == fresh.content.visitee.name and not holder.deleted:
            return None  # the same person on another day: rather a slip of the pen, to be looked at
        void = "作废的" if holder.deleted else ""
        return f"序号{fresh.content.number}已是{void}另一次家访：{_who(holder)}"

    def recognised(self, clashing: ImportedVisit) -> ImportedVisit:
        """A visit with a number of another row, that was stored before under a number of its own."""
        twin = self._twin(clashing)
        if twin is None:
            return clashing
        problems = tuple(doubt for doubt in clashing.problems if not doubt.stops)
        return _compared(replace(clashing, status="new", problems=problems), twin, number_counts=False)

    def _holder(self, fresh: ImportedVisit) -> Visit | None:
        key = visit_matching.number_key(fresh.content)
        return self._numbers.get(key) if key is not None else None

    def _twin(self, fresh: ImportedVisit) -> Visit | None:
        """The stored visit of the same day and visitee, void ones that were given up apart."""
        key = visit_matching.day_key(fresh.content)
        found = [visit for visit in self._days.get(key, []) if not _given_up(visit)] if key is not None else []
        return found[0] if found else None


def _given_up(visit: Visit) -> bool:
    return visit.deleted and visit.delete_reason != UNDONE


def _who(visit: Visit) -> str:
    day = visit.content.date
    return f"{visit.content.visitee.name}（{day.isoformat() if day else '没有日期'}）"


def _compared(fresh: ImportedVisit, stored: Visit, *, number_counts: bool) -> ImportedVisit:
    content, other = fresh.content, stored.content
    apart = tuple(
        name for name in visit_matching.differences(other, content) if number_counts or name != "number"
    )  # fmt: skip

    def check(field: str, message: str) -> ImportedVisit:
        doubts = (*fresh.problems, Doubt(field, None, message, True))
        return replace(fresh, status="check", problems=doubts, visit=stored.id)

    if stored.deleted and not _given_up(stored) and visit_matching.same_visit(content, other):
        kept = content if number_counts else replace(content, number=other.number)
        return replace(fresh, content=kept, restores=True, visit=stored.id)
    if stored.deleted:
        return check("number", f"序号{other.number}已被作废的记录占用：{_who(stored)}")
    if "visitee_name" in apart:
        return check("number", f"序号{content.number}已是另一次家访：{_who(stored)}")
    if not apart:
        return replace(fresh, status="same", visit=stored.id)
    titles = visit_matching.titles(apart)
    return check("", f"已登记过（序号{other.number}，{_who(stored)}），{titles}与这里不同，请核对")
