"""Who is the same person, and which units look alike."""

from __future__ import annotations

from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from jiafang_desktop.domain.cadres import Cadre, CadreContent
from jiafang_desktop.domain.identity import Verdict, judge, look_alike, similar_units


def person(name: str = "刘红", **fields: Any) -> CadreContent:
    return CadreContent(name=name, **{"unit": "德政镇"} | fields)


def stored(*contents: CadreContent) -> list[Cadre]:
    return [Cadre(f"id{at}", content) for at, content in enumerate(contents)]


def verdicts(incoming: list[CadreContent], kept: list[Cadre]) -> list[Verdict]:
    return judge(incoming, kept, doubtful=[False] * len(incoming))


def statuses(incoming: list[CadreContent], kept: list[Cadre]) -> list[str]:
    return [verdict.status for verdict in verdicts(incoming, kept)]


FIELDS = st.fixed_dictionaries(
    {
        "name": st.sampled_from(["刘红", "张伟", "李思雨"]),
        "unit": st.sampled_from(["德政镇", "魏城镇"]),
        "birth_date": st.sampled_from([None, "1975-03", "1980-10-02"]),
        "phone": st.sampled_from([None, "13800000001", "13800000002"]),
        "employee_no": st.sampled_from([None, "001", "002"]),
        "post": st.sampled_from([None, "科员", "镇长"]),
    }
)


@given(st.lists(FIELDS, max_size=8))
def test_the_same_file_again_brings_nobody_new_and_changes_nothing(rows: list[dict[str, Any]]) -> None:
    incoming = [CadreContent(**row) for row in rows]
    first = statuses(incoming, [])
    kept = stored(*[content for content, status in zip(incoming, first, strict=True) if status == "new"])
    again = statuses(incoming, kept)
    assert again == ["same" if status == "new" else "check" for status in first]


def test_two_namesakes_without_anything_to_tell_them_apart_are_counted() -> None:
    incoming = [person(post="科员"), person(post="镇长")]
    assert statuses(incoming, []) == ["new", "new"]
    assert statuses(incoming, stored(person(post="镇长"), person(post="科员"))) == ["same", "same"]


def test_a_row_repeated_word_for_word_waits_for_a_person() -> None:
    found = verdicts([person(), person()], [])
    assert [verdict.status for verdict in found] == ["new", "check"]


def test_a_new_phone_or_post_is_a_change_and_a_blank_never_erases() -> None:
    kept = stored(person(birth_date="1975-03", phone="13800000001", post="科员", address="南街"))
    found = verdicts([person(birth_date="1975-03", phone="13800000002", post="主任")], kept)[0]
    assert (found.status, found.cadre, found.changed) == ("changed", "id0", ("post", "phone"))


def test_a_person_who_moved_is_known_by_employee_number_or_phone() -> None:
    kept = stored(person(employee_no="001"), person("张伟", phone="13800000001"))
    found = verdicts(
        [person(unit="魏城镇", employee_no="001"), person("张伟", unit="魏城镇", phone="13800000001")], kept
    )
    assert [(v.status, v.cadre, v.changed) for v in found] == [
        ("changed", "id0", ("unit",)),
        ("changed", "id1", ("unit",)),
    ]


def test_an_employee_number_of_somebody_else_needs_an_eye() -> None:
    assert statuses([person("张伟", employee_no="001")], stored(person(employee_no="001"))) == ["check"]


def test_different_birth_months_or_numbers_are_different_people() -> None:
    assert statuses([person(birth_date="1980-10")], stored(person(birth_date="1975-03"))) == ["new"]
    assert statuses(
        [person(employee_no="002", birth_date="1975-03")], stored(person(employee_no="001", birth_date="1975-03"))
    ) == ["new"]


def test_a_missing_birth_month_is_filled_in_when_only_one_person_can_be_meant() -> None:
    found = verdicts([person(birth_date="1975-03")], stored(person()))[0]
    assert (found.status, found.changed) == ("changed", ("birth_date",))
    assert statuses([person()], stored(person(birth_date="1975-03"), person(birth_date="1980-10"))) == ["check"]


def test_a_month_does_not_replace_a_full_date() -> None:
    assert statuses([person(birth_date="1975-03")], stored(person(birth_date="1975-03-08"))) == ["same"]


def test_deleted_people_are_nobody() -> None:
    assert statuses([person()], [Cadre("gone", person(), deleted=True)]) == ["new"]


def test_look_alike_units_are_asked_about() -> None:
    for one, other in (
        ("大辛庄乡", "大辛庄镇"),
        ("大辛庄镇", "大兴庄镇"),
        ("大辛庄乡", "大兴庄镇"),
        ("德政镇", "魏县德政镇"),
        ("德政镇", "德政镇人民政府"),
        ("教育局", "县教育局"),
        ("卫健局", "卫健委"),
    ):
        assert look_alike(one, other, county="魏县") and look_alike(other, one, county="魏县"), (one, other)


def test_neighbours_that_differ_by_east_and_west_are_two_places() -> None:
    for one, other in (
        ("东代固镇", "西代固镇"),
        ("前大磨乡", "后大磨乡"),
        ("德政镇", "北皋镇"),
        ("教育局", "财政局"),
        ("德政镇", "德政镇"),
    ):
        assert not look_alike(one, other, county="魏县")


def test_each_pair_of_similar_units_is_named_once() -> None:
    assert similar_units(["大辛庄乡", "大辛庄镇"], ["大兴庄镇", "大辛庄乡"]) == [
        ("大辛庄乡", "大辛庄镇"),
        ("大辛庄乡", "大兴庄镇"),
        ("大辛庄镇", "大兴庄镇"),
    ]
