"""When a visit read from an old ledger or form is one that is known already, and what differs. Pure.

The same visit: unit, year and number, else day and visitee; then what both say is compared. A blank never decides.
"""

from __future__ import annotations

from dataclasses import replace

from jiafang_desktop.common.chinese import halfwidth, squeeze
from jiafang_desktop.domain.visit_rules import NAMES
from jiafang_desktop.domain.visits import VisitContent

# What a ledger or a form says; the rest is typed in the program.
COMPARED = (
    "number", "date", "visitee_name", "visitee_post", "visitee_unit", "visitee_address", "visitee_spouse_name",
    "visitee_spouse_work", "leaders", "recorder", "matter", "account", "resolution", "remark",
)  # fmt: skip
_FILLED = (*COMPARED, "met", "ways")

NumberKey = tuple[str | None, int, int]
DayKey = tuple[str | None, str, str]


def number_key(content: VisitContent) -> NumberKey | None:
    """Unit, year and number; None while one is missing."""
    if content.date is None or content.number is None:
        return None
    return content.unit, content.date.year, content.number


def day_key(content: VisitContent) -> DayKey | None:
    """Unit, day and visitee; None while one is missing."""
    if content.date is None or not content.visitee.name:
        return None
    return content.unit, content.date.isoformat(), squeeze(content.visitee.name)


def same_visit(one: VisitContent, other: VisitContent) -> bool:
    """Whether both name one day and one visitee."""
    return day_key(one) is not None and day_key(one) == day_key(other)


def differences(stored: VisitContent, incoming: VisitContent) -> tuple[str, ...]:
    """Fields in which ``incoming`` says something that ``stored`` does not say, widths and spaces aside."""
    old, new = stored.to_fields(), incoming.to_fields()
    return tuple(name for name in COMPARED if _plain(new[name]) and _plain(old[name]) != _plain(new[name]))


def conflicts(one: VisitContent, other: VisitContent) -> tuple[str, ...]:
    """Fields that both fill, and differently."""
    old = one.to_fields()
    return tuple(name for name in differences(one, other) if _plain(old[name]))


def filled(content: VisitContent, other: VisitContent) -> VisitContent:
    """``content`` with its blanks taken from ``other``; leaders' posts too, where the names agree."""
    old, new = content.to_fields(), other.to_fields()
    taken = {name: new[name] for name in _FILLED if not _plain(old[name]) and _plain(new[name])}
    found = VisitContent.from_fields(old | taken)
    if [leader.name for leader in content.leaders] == [leader.name for leader in other.leaders]:
        leaders = tuple(
            replace(leader, post=leader.post or twin.post)
            for leader, twin in zip(content.leaders, other.leaders, strict=True)
        )
        found = replace(found, leaders=leaders) if content.leaders else found
    return found


def titles(fields: tuple[str, ...]) -> str:
    """The fields as a person reads them."""
    return "、".join(NAMES[name][1] for name in fields)


def _plain(value: object) -> str:
    if value is None or value == "" or value == []:
        return ""
    if isinstance(value, list):
        return "；".join(
            f"{_plain(item.get('name'))}{_plain(item.get('post'))}" if isinstance(item, dict) else _plain(item)
            for item in value
        )
    return squeeze(halfwidth(str(value)))
