"""序号: which number a visit gets, and when it may change.

Given at 登记 or typed, unique per unit and year of the visit's date, void ones included; re-ordered only while nothing
was printed (PRODUCT, Lives of things; 附件1, 附件2). Looking numbers up is services.visits'.
"""

from __future__ import annotations

from collections.abc import Callable, Collection

from jiafang_desktop.common.errors import UserError
from jiafang_desktop.domain.visits import Visit

LARGEST = 99_999


def next_free(start: int, is_taken: Callable[[int], bool], *, reserved: Collection[int] = ()) -> int:
    """The first number from ``start`` on that nobody has and nobody typed in the same act."""
    number = max(start, 1)
    while number in reserved or is_taken(number):
        number += 1
    return number


def taken(number: int, *, unit: str, year: int, by: str) -> UserError:
    """The refusal of a number that another record ``by`` (its id) has, void ones included."""
    return UserError(
        "number_taken", f"{year}年的序号{number}已经用过了，作废的序号也不能再用。",
        hint="请换一个序号，或留空由程序编号。",
        details={"field": "number", "number": number, "unit": unit, "year": year, "visit": by},
    )  # fmt: skip


def require_movable(visit: Visit, *, year: int) -> None:
    """A date moved into another year takes the visit into that year's ledger, so it needs a number of that year.

    Raises:
        UserError: ``number_printed`` when the old number already stands on paper and no new one was typed.
    """
    if visit.paper.printed_on is None and visit.archived_on is None:
        return
    raise UserError(
        "number_printed", f"日期改到了{year}年，而这份记录单已经按序号{visit.number}打印。",
        hint=f"请同时写明{year}年的新序号，改好后重新打印。",
        details={"field": "number", "number": visit.number, "year": year},
    )  # fmt: skip
