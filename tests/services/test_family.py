"""上次家庭信息 over a real store: the newest visit that tells, and never a namesake's."""

from __future__ import annotations

from datetime import date

from offices import visit

from jiafang_desktop.services import family, visits
from jiafang_desktop.store import Store


def add(store: Store, **changed: object) -> str:
    return visits.register(store, visit(**changed), by=store.operator).id


def test_the_newest_visit_that_tells_anything_is_taken(office: Store) -> None:
    add(office, date=date(2025, 3, 1), visitee_address="老院")
    newest = add(office, date=date(2026, 3, 1), visitee_address="建设路38号")
    add(office, date=date(2026, 9, 1), visitee_address=None, visitee_spouse_name=None, visitee_spouse_work=None)
    found = family.of_last_visit(office, "张建国")
    assert found is not None
    assert (found.on, found.address, found.spouse_name) == (date(2026, 3, 1), "建设路38号", "王秀兰")
    assert family.of_last_visit(office, "张建国", other_than=newest) is not None
    visits.delete(office, newest, reason="重复", by=office.operator)
    earlier = family.of_last_visit(office, "张建国")
    assert earlier is not None and earlier.address == "老院"


def test_namesakes_are_kept_apart(office: Store) -> None:
    add(office, visitee_cadre="c1", visitee_address="东街")
    add(office, visitee_cadre="c2", visitee_address="西街")
    assert family.of_last_visit(office, "张建国") is None
    one = family.of_last_visit(office, "张建国", cadre="c1")
    assert one is not None and one.address == "东街"
    assert family.of_last_visit(office, "张建国", unit="双井镇") is None
    assert family.of_last_visit(office, "张建国", cadre="c3") is None


def test_half_a_name_or_an_unknown_one_has_no_family(office: Store) -> None:
    add(office)
    assert [family.of_last_visit(office, name) for name in ("", "张", "张建", "李红梅")] == [None] * 4
