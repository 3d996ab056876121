"""How a concern reads in the 诉求 list and beside it: one frozen row of words per concern, and the captions around.

Pure words from services.concern_office's views; which concerns there are is the page's, what a state means domain's.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from jiafang_desktop.domain.concerns import SOURCES, STATUSES
from jiafang_desktop.domain.problems import LEVELS
from jiafang_desktop.domain.routing import BASES
from jiafang_desktop.domain.rules import ROLES
from jiafang_desktop.domain.visits import PRIORITIES
from jiafang_desktop.services.concerns import ConcernView
from ui.models.typed_date import dotted
from ui.models.visit_list import Due

# The word at the right of a row and on the panel's first button: what comes next.
NEXT_ACTS = {
    "new": "分析研判", "assigned": "为此家访", "visited": "打开家访", "in_progress": "打开家访", "done": "打开家访",
    "archived": "打开家访",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class ConcernRow:
    """One line of the list; ``view`` is what it was made of."""

    id: str
    number: int | None
    name: str
    post: str
    raised: str
    text: str
    level: str
    responsible: str
    due: Due
    is_suggested: bool
    status: str
    unreported: bool
    view: ConcernView

    @property
    def called(self) -> str:
        """第 3 号诉求, for sentences and the undo line: it names nobody."""
        return f"第 {self.number} 号诉求" if self.number is not None else "这件诉求"


def row_of(view: ConcernView, *, today: date) -> ConcernRow:
    """The row of a concern as it stands today."""
    concern, content = view.concern, view.concern.content
    return ConcernRow(
        id=concern.id, number=concern.number, name=content.name, post=content.post or "",
        raised=dotted(concern.since), text=" ".join(content.text.split()),
        level=LEVELS.get(concern.level or "", ""), responsible=_responsible(view), due=due_words(view, today=today),
        is_suggested=view.due is not None and view.due.basis == "suggested", status=view.status,
        unreported=not concern.is_open and concern.reported_on is None, view=view,
    )  # fmt: skip


def _responsible(view: ConcernView) -> str:
    if view.responsible is not None:
        return view.responsible.name
    return ROLES.get(view.role or "", "")


def due_words(view: ConcernView, *, today: date) -> Due:
    """11.27　剩 3 天, 11.19　超 3 天, 建议 11.27; nothing where nothing is to be done any more."""
    if view.due is None or not view.concern.is_open:
        return Due()
    limit = view.due.day
    day = f"{limit.month}.{limit.day}" if limit.year == today.year else dotted(limit)
    if view.due.basis == "suggested":
        return Due(f"建议 {day}")
    left = (limit - today).days
    if left < 0:
        return Due(f"{day}　超 {-left} 天", overdue=True)
    return Due(f"{day}　今天到期" if left == 0 else f"{day}　剩 {left} 天")


def status_counts(rows: Iterable[ConcernRow]) -> Counter[str]:
    """How many there are of each state."""
    return Counter(row.status for row in rows)


def facts(view: ConcernView) -> list[tuple[str, str]]:
    """What the panel says of a concern, title and words; only what is known."""
    concern, content = view.concern, view.concern.content
    found = [("反映时间", dotted(concern.since)), ("来源", SOURCES[content.source])]
    if content.priority:
        found.append(("优先情形", PRIORITIES[content.priority]))
    if concern.level:
        found.append(("困难程度", level_words(concern.level) + ("，县里定" if _by_county(view) else "")))
    if view.role:
        found.append(("承办", who_words(view)))
    if view.due is not None:
        found.append((BASES[view.due.basis], dotted(view.due.day)))
    for title, note in (("提级", concern.proposal), ("转有关单位", concern.referred), ("退回说明", concern.declined)):
        if note is not None:
            asked = f"提请定为{level_words(note.level)}。" if note.level else ""
            found.append((title, f"{dotted(note.on)}　{asked}{note.reason or ''}"))
    if concern.reported_on is not None:
        found.append(("报县里", f"{dotted(concern.reported_on)}已报县委组织部"))
    elif not concern.is_open:
        found.append(("报县里", "还没有报县委组织部"))
    return found


def _by_county(view: ConcernView) -> bool:
    return view.concern.triage is not None and view.concern.triage.by_side == "county"


def level_words(level: str) -> str:
    """普通困难."""
    return f"{LEVELS[level]}困难"


def who_words(view: ConcernView) -> str:
    """主管副职　孙丽华（副镇长）, or that the table names nobody."""
    role = ROLES.get(view.role or "", "")
    who = view.responsible
    if who is None:
        return f"{role}（分工表没有写是谁）"
    return f"{role}　{who.name}" + (f"（{who.post}）" if who.post else "")


def earlier_words(view: ConcernView) -> str:
    """2026.3.2　第 3 号　已办结, of the same person."""
    number = f"　第 {view.concern.number} 号" if view.concern.number is not None else ""
    return f"{dotted(view.concern.since)}{number}　{STATUSES[view.status]}"


def narrowed(
    rows: Sequence[ConcernRow], *, year: int | None, level: str | None, overdue: bool, unreported: bool
) -> list[ConcernRow]:
    """The rows of a year with what is still open from earlier ones (结转), and of the other choices but the state."""
    return [
        row for row in rows
        if (year is None or row.view.concern.year == year
            or (row.view.concern.is_open and row.view.concern.year < year))
        and (level is None or row.view.concern.level == level)
        and (not overdue or row.due.overdue)
        and (not unreported or row.unreported)
    ]  # fmt: skip
