"""The words of a concern's cells: source, priority, level and day; and how far a concern is by its visits."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jiafang_desktop.domain import concern_words
from jiafang_desktop.domain.concerns import SOURCES, Concern, ConcernContent, LinkedVisit, Note, Triage
from jiafang_desktop.domain.problems import LEVELS
from jiafang_desktop.domain.visits import PRIORITIES

TODAY = date(2026, 11, 24)


@pytest.mark.parametrize(
    ("text", "source"),
    [
        ("党建智慧平台家访小程序", "mini_program"), ("小程序", "mini_program"), ("群众来信", "masses"),
        ("县委组织部交办", "county"), ("单位上报", "unit"), ("干部本人", "unit"), ("入户走访", "visit"),
        ("unit", "unit"), ("？", None),
    ],
)  # fmt: skip
def test_a_source_is_known_by_the_offices_words(text: str, source: str | None) -> None:
    assert concern_words.source_of(text) == source


@pytest.mark.parametrize(
    ("text", "priority"),
    [
        ("患有重大疾病", "illness"), ("家属住院", "illness"), ("生活困难", "hardship"), ("子女婚嫁", "family_event"),
        ("家庭变故", "upheaval"), ("情绪波动", "setback"), ("倾向性、苗头性问题", "warning_sign"), ("其它", "other"),
        ("无", None), ("一般", None), ("待定", None),
    ],
)  # fmt: skip
def test_a_priority_is_known_by_the_policys_words(text: str, priority: str | None) -> None:
    assert concern_words.priority_of(text) == priority


@pytest.mark.parametrize(
    ("text", "level"),
    [
        ("普通", "ordinary"), ("一般困难", "ordinary"), ("特别困难", "serious"), ("特别重大困难", "grave"),
        ("正科级", None),
    ],
)  # fmt: skip
def test_a_level_is_known_by_the_policys_words(text: str, level: str | None) -> None:
    assert concern_words.level_of(text) == level


def test_every_choice_is_read_from_its_own_title_and_key() -> None:
    for choices, read in (
        (SOURCES, concern_words.source_of), (PRIORITIES, concern_words.priority_of), (LEVELS, concern_words.level_of),
    ):  # fmt: skip
        for key, title in choices.items():
            assert read(title) == read(key) == key


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("2026-09-03", "2026-09-03"), ("2026.9.3", "2026-09-03"), ("2026年9月3日", "2026-09-03"),
        ("2026/9/3 10:23", "2026-09-03"), ("２０２６．９．３", "2026-09-03"), ("20260903", "2026-09-03"),
        ("20260903102300", "2026-09-03"), ("26.9.3", "2026-09-03"), ("2026-09-03T10:23:00", "2026-09-03"),
        ("9月3日", "2026-09-03"), ("12.25", "2025-12-25"),
    ],
)  # fmt: skip
def test_a_day_is_read_as_it_is_written(text: str, day: str) -> None:
    assert concern_words.day_of(text, today=TODAY).value == date.fromisoformat(day)


def test_a_serial_of_excel_is_a_day_only_where_a_number_stood() -> None:
    assert concern_words.day_of("46268", today=TODAY, number=True).value == date(2026, 9, 3)
    assert concern_words.day_of("46268", today=TODAY).value is None


@pytest.mark.parametrize("text", ["2026-02-30", "2027-01-01", "1026.9.3", "2026年9月", "上周", "9月31日", ""])
def test_what_is_no_day_up_to_today_says_why(text: str) -> None:
    found = concern_words.day_of(text, today=TODAY)
    assert found.value is None and found.problem


@given(st.dates(date(2000, 1, 1), TODAY))
def test_every_real_day_comes_back(day: date) -> None:
    for text in (day.isoformat(), f"{day.year}.{day.month}.{day.day}", f"{day:%Y%m%d}"):
        assert concern_words.day_of(text, today=TODAY).value == day


# ------------------------------------------------------------------------------------------- how far it is

OPEN = Concern("concern-1", 1, ConcernContent("张建国", text="夜班多"), date(2026, 9, 1))


def visited(*statuses: str) -> Concern:
    return OPEN.with_visits([LinkedVisit(str(at), at, TODAY, status) for at, status in enumerate(statuses)])


@pytest.mark.parametrize(
    ("visits", "status"),
    [
        (("registered",), "visited"), (("in_progress",), "in_progress"), (("ready",), "done"),
        (("archived",), "archived"), (("archived", "ready"), "done"), (("archived", "registered"), "in_progress"),
        (("registered", "registered"), "visited"),
    ],
)  # fmt: skip
def test_a_concern_is_as_far_as_the_visits_made_for_it(visits: tuple[str, ...], status: str) -> None:
    assert visited(*visits).status == status


def test_a_concern_waits_for_its_level_then_for_its_visit_until_it_goes_elsewhere() -> None:
    assert OPEN.status == "new" and OPEN.is_open
    triaged = Concern("concern-1", 1, OPEN.content, OPEN.recorded_on, triage=Triage("ordinary", TODAY, "unit"))
    assert (triaged.status, triaged.level) == ("assigned", "ordinary")
    gone = Concern("concern-1", 1, OPEN.content, OPEN.recorded_on, referred=Note("转民政所", TODAY))
    assert (gone.status, gone.is_open) == ("referred", False)
    assert OPEN.since == OPEN.recorded_on
