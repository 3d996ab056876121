"""Names, dates, phones and numbers as clerks write them."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jiafang_desktop.domain import roster_dates, roster_numbers, roster_text

TODAY = date(2026, 11, 24)
HAN = st.text(st.characters(min_codepoint=0x4E00, max_codepoint=0x9FFF), min_size=2, max_size=4)
DATES = st.dates(min_value=date(1930, 1, 1), max_value=date(2010, 12, 31))


@given(HAN, st.sampled_from(["", " ", "\u3000", "\u00a0", "\n", "\u200b"]))
def test_spaces_between_the_characters_of_a_name_never_matter(name: str, space: str) -> None:
    assert roster_text.clean_name(space.join(name)).name == roster_text.clean_name(name).name


@given(HAN)
def test_cleaning_a_clean_name_changes_nothing(name: str) -> None:
    once = roster_text.clean_name(name).name
    assert roster_text.clean_name(once).name == once


@given(st.text(max_size=40))
def test_no_text_whatever_breaks_the_cleaning(text: str) -> None:
    roster_text.clean_name(text)
    roster_dates.clean_birth(text, today=TODAY)
    roster_dates.clean_birth(text, today=TODAY, number=True)
    roster_numbers.clean_phone(text)
    roster_numbers.clean_number(text)
    roster_text.is_placeholder(text)


@given(
    DATES,
    st.sampled_from(
        [
            "{y}.{m:02d}",
            "{y}.{m}",
            "{y}年{m}月",
            "{y}-{m:02d}",
            "{y}/{m}",
            "{y}{m:02d}",
            "{y}、{m}",
            " {y} . {m:02d}",
            "{y}年{m:02d}月份",
        ]
    ),
)
def test_a_birth_month_is_understood_however_it_is_written(day: date, shape: str) -> None:
    found = roster_dates.clean_birth(shape.format(y=day.year, m=day.month), today=TODAY)
    assert found.value == f"{day.year:04d}-{day.month:02d}"
    assert found.problem is None


@given(
    DATES,
    st.sampled_from(
        ["{y}.{m:02d}.{d:02d}", "{y}-{m}-{d}", "{y}年{m}月{d}日", "{y}{m:02d}{d:02d}", "{y}/{m}/{d} 00:00:00"]
    ),
)
def test_a_birth_day_is_understood_however_it_is_written(day: date, shape: str) -> None:
    assert (
        roster_dates.clean_birth(shape.format(y=day.year, m=day.month, d=day.day), today=TODAY).value == day.isoformat()
    )


@given(DATES)
def test_full_width_digits_and_excel_s_serials_give_the_same_day(day: date) -> None:
    wide = f"{day.year}.{day.month:02d}".translate({ord("0") + n: 0xFF10 + n for n in range(10)})
    assert roster_dates.clean_birth(wide, today=TODAY).value == day.isoformat()[:7]
    serial = str((day - date(1899, 12, 30)).days)
    assert roster_dates.clean_birth(serial, today=TODAY, number=True).value == day.isoformat()


@pytest.mark.parametrize(
    "text", ["1975.13", "1975.00", "1975年2月30日", "2027.01", "19751301", "1975", "不详的", "1899.12", "1975-02-29"]
)
def test_a_date_that_does_not_exist_is_not_stored_and_says_why(text: str) -> None:
    found = roster_dates.clean_birth(text, today=TODAY)
    assert found.value is None
    assert found.problem


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("75.03", "1975-03"),
        ("750308", "1975-03-08"),
        ("02.5", "2002-05"),
        ("农历1975.3", "1975-03"),
        ("2018.08", "2018-08"),
    ],
)
def test_a_guess_is_stored_and_flagged(text: str, value: str) -> None:
    found = roster_dates.clean_birth(text, today=TODAY)
    assert found.value == value
    assert found.problem and "请核对" in found.problem


@pytest.mark.parametrize(
    ("raw", "clean"),
    [
        ("张　三", "张三"),
        ("买买提．艾力", "买买提·艾力"),
        ("阿依努尔•买买提", "阿依努尔·买买提"),
        ("古丽‧热合曼", "古丽·热合曼"),
        ("赵䶮", "赵䶮"),
        ("𠮷建国", "𠮷建国"),
        ("⽅圆", "方圆"),
        ("陈东同志", "陈东"),
        ("1.张三丰", "张三丰"),
        ("王芳（女）", "王芳"),
        ("李四*", "李四"),
        ("司马相如", "司马相如"),
    ],
)
def test_names_are_made_plain_and_rare_characters_stay(raw: str, clean: str) -> None:
    assert roster_text.clean_name(raw).name == clean


def test_what_stood_behind_a_name_goes_where_it_belongs() -> None:
    assert roster_text.clean_name("王芳（女）").gender == "女"
    ethnic = roster_text.clean_name("马六（回族）")
    assert (ethnic.name, ethnic.private) == ("马六", True)
    assert ethnic.note and "回" not in ethnic.note


@pytest.mark.parametrize(
    "text",
    ["{{姓名}}", "{.name}", "${name}", "【姓名】", "#{name}", "示例：张三", "例：李四", "张三（示例）", "×××", "某某"],
)
def test_placeholders_and_examples_are_nobody(text: str) -> None:
    assert roster_text.is_placeholder(text) or roster_text.is_not_a_name(text)


@pytest.mark.parametrize(
    ("raw", "phone"),
    [
        ("13800001234", "13800001234"),
        ("13800001234.0", "13800001234"),
        ("1.3800001234E+10", "13800001234"),
        ("138-0000-1234", "13800001234"),
        ("+86 138 0000 1234", "13800001234"),
        ("138****1234", "138****1234"),
        ("0310-3512345", "0310-3512345"),
        ("１３８００００１２３４", "13800001234"),
        ("13800001234/13900001234", "13800001234、13900001234"),
        ("13800001234（同微信）", "13800001234"),
        ("手机：13800001234", "13800001234"),
        ("13800001234.00", "13800001234"),
        ("“13800001234.", "13800001234"),
        ("13800001234\n0310-3512345", "13800001234、0310-3512345"),
        ("138 0000 1234,139 0000 1235", "13800001234、13900001235"),
        ("86-13800001234", "13800001234"),
    ],
)
def test_phones_keep_their_digits(raw: str, phone: str) -> None:
    assert roster_numbers.clean_phone(raw) == (phone, None)


@pytest.mark.parametrize("raw", ["1380000123", "138000012345", "1.38E+10", "没有", "12800001234", "130434197503081231"])
def test_a_phone_that_cannot_be_is_not_stored_and_named(raw: str) -> None:
    value, problem = roster_numbers.clean_phone(raw)
    assert value is None
    assert problem and raw not in problem


@given(st.integers(min_value=0, max_value=10**12))
def test_employee_numbers_keep_leading_zeros(number: int) -> None:
    assert roster_numbers.clean_number(f"00{number}") == (f"00{number}", None)


def test_of_a_phone_with_other_words_the_number_is_kept_and_said() -> None:
    value, problem = roster_numbers.clean_phone("13800001234、668899小号")
    assert value == "13800001234"
    assert problem and "请核对" in problem


@pytest.mark.parametrize("name", ["党政办", "司法所", "计生办", "农经站", "党政办公室", "综合行政执法队"])
def test_offices_are_nobody_whatever_surname_they_begin_with(name: str) -> None:
    assert roster_text.is_office(name)
    assert roster_text.name_doubt(name)


@pytest.mark.parametrize("name", ["李建科", "张新村", "高科", "党建国", "司春生", "计划生"])
def test_people_named_nearly_so_are_people(name: str) -> None:
    assert not roster_text.is_office(name)
    assert roster_text.name_doubt(name) is None


def test_identity_numbers_are_cut_out_of_running_text() -> None:
    assert roster_numbers.without_id_numbers("证号130434197503081231，已核") == ("证号，已核", True)
    assert roster_numbers.without_id_numbers("电话13800001234") == ("电话13800001234", False)
