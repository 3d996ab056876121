"""补录: recorded after the quarter's report was due."""

from __future__ import annotations

from datetime import date

import pytest

from jiafang_desktop.domain.late_entry import is_late, quarter_of, report_date


@pytest.mark.parametrize(
    ("day", "due"),
    [
        (date(2026, 1, 1), date(2026, 4, 10)), (date(2026, 3, 31), date(2026, 4, 10)),
        (date(2026, 9, 16), date(2026, 10, 10)), (date(2026, 12, 31), date(2027, 1, 10)),
    ],
)  # fmt: skip
def test_a_quarter_is_reported_within_ten_days_of_its_end(day: date, due: date) -> None:
    assert report_date(day) == due


def test_the_report_date_itself_is_still_in_time() -> None:
    assert not is_late(date(2026, 3, 2), date(2026, 4, 10))
    assert is_late(date(2026, 3, 2), date(2026, 4, 11))
    assert is_late(date(2026, 3, 2), date(2026, 4, 6), days=5)


def test_what_has_no_date_is_not_late() -> None:
    assert not is_late(None, date(2026, 4, 11))
    assert not is_late(date(2026, 3, 2), None)


def test_quarters_begin_in_january_april_july_october() -> None:
    assert [quarter_of(date(2026, month, 1)) for month in range(1, 13)] == [1, 1, 1, 2, 2, 2, 3, 3, 3, 4, 4, 4]
