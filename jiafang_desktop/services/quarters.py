"""季度报送: which quarters are to be reported, until when, and which were; for the 工作台 and the page of summaries.

Reading only; marking a quarter as reported is summary's. Until the office's own rules say by when, the shipped number
of days is a suggestion, and nothing is overdue.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING

from jiafang_desktop.common import clock
from jiafang_desktop.domain.late_entry import quarter_of, report_date
from jiafang_desktop.domain.summary import quarter_days, quarter_words
from jiafang_desktop.domain.visits import VisitQuery
from jiafang_desktop.services import rules, settings, summary_reported

if TYPE_CHECKING:
    from jiafang_desktop.store import Store

_MOST_BACK = 4  # ended quarters looked at: what is older is history


@dataclass(frozen=True, slots=True)
class QuarterReport:
    """A quarter and its summary. ``is_rule`` tells a date the office set from a suggested one; ``edited`` counts
    sections somebody rewrote, ``visits`` those of the quarter; ``days_left`` counts to the date, negative after it."""

    year: int
    quarter: int
    due: date
    is_rule: bool
    has_ended: bool
    days_left: int
    visits: int = 0
    edited: int = 0
    reported_on: date | None = None
    reported_by: str = ""

    @property
    def key(self) -> str:
        """2026-3."""
        return f"{self.year}-{self.quarter}"

    @property
    def title(self) -> str:
        """2026年第三季度."""
        return quarter_words(self.year, self.quarter)

    @property
    def is_due(self) -> bool:
        """Whether the quarter is over and its summary still to be handed in."""
        return self.has_ended and self.reported_on is None

    @property
    def is_overdue(self) -> bool:
        """Whether the office's own date has passed; a suggested one never does."""
        return self.is_due and self.is_rule and self.days_left < 0


def read(store: Store, *, today: date | None = None) -> tuple[QuarterReport, ...]:
    """Ended quarters that still are to be reported, the one that ended last, and the present one, in this order.

    A quarter before anything was recorded is nobody's to report. The county reports to nobody here.
    """
    if store.installation.role == "county":
        return ()
    day = today or clock.today()
    reported = summary_reported.reported_quarters(store)
    place = (day.year, quarter_of(day))
    found = [place]
    for back in range(_MOST_BACK):
        place = _before(*place)
        if not _has_anything(store, *place):
            break
        # An older one counts only where quarters before it were reported: else nobody keeps that book here.
        if back == 0 or (place not in reported and any(earlier < place for earlier in reported)):
            found.append(place)
    return tuple(of(store, *one, today=day) for one in reversed(found))


def of(store: Store, year: int, quarter: int, *, today: date | None = None) -> QuarterReport:
    """One quarter."""
    day = today or clock.today()
    _, last = quarter_days(year, quarter)
    due = report_date(last, days=settings.read(store).report_days)
    is_rule = "report_by" in rules.own_parts(store) or store.values.get("setting", "report_days") is not None
    kept = store.values.get("summary", f"{year}-{quarter}")
    on, by = summary_reported.reported_quarters(store).get((year, quarter), (None, ""))
    return QuarterReport(
        year, quarter, due, is_rule, day > last, (due - day).days,
        visits=sum(store.visits.facets(VisitQuery(year=year, quarter=quarter)).values()),
        edited=len(kept["sections"]) if isinstance(kept, dict) and isinstance(kept.get("sections"), dict) else 0,
        reported_on=on, reported_by=by,
    )  # fmt: skip


def _before(year: int, quarter: int) -> tuple[int, int]:
    return (year, quarter - 1) if quarter > 1 else (year - 1, 4)


def _has_anything(store: Store, year: int, quarter: int) -> bool:
    """Whether anything recorded is as old as that quarter."""
    years = store.visits.years()
    if years and years[0] < year:
        return True
    quarters = range(1, quarter + 1)
    if any(store.visits.facets(VisitQuery(year=year, quarter=one)) for one in quarters):
        return True
    end = quarter_days(year, quarter)[1] + timedelta(days=1)
    return any(concern.since < end for concern in store.concerns.all())
