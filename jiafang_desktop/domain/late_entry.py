"""补录: a visit recorded only after its quarter's report was due. Derived, never stored (PRODUCT, Lives of things).

The policy (四之五) wants progress reported every quarter; the county's rules say how many days later. It is told on
screen and in reports, never printed, and a reason for it never stops anybody.
"""

from __future__ import annotations

from datetime import date, timedelta

REPORT_DAYS = 10  # INTERFACE, R.json: report_by.days_after_quarter, where the county set nothing else


def quarter_of(day: date) -> int:
    """1 to 4."""
    return (day.month - 1) // 3 + 1


def report_date(day: date, *, days: int = REPORT_DAYS) -> date:
    """The last day on which the quarter of ``day`` can be reported in time."""
    quarter = quarter_of(day)
    following = date(day.year + quarter // 4, quarter % 4 * 3 + 1, 1)
    return following + timedelta(days=days - 1)


def is_late(day: date | None, recorded_on: date | None, *, days: int = REPORT_DAYS) -> bool:
    """Whether a visit of ``day``, recorded on ``recorded_on``, is a late entry; unknown dates are not."""
    return day is not None and recorded_on is not None and recorded_on > report_date(day, days=days)
