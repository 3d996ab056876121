"""Line breaking: nothing lost, Chinese rules kept, nothing wider than its column."""

from __future__ import annotations

import time

from hypothesis import given, settings
from hypothesis import strategies as st

from jiafang_desktop.domain.advances import advance_em, place_em
from jiafang_desktop.domain.lines import NO_END, NO_START, break_lines, count_lines
from jiafang_desktop.domain.pages import MM_PER_PT

_MIXED = st.text(
    alphabet=st.one_of(
        st.sampled_from(
            "的一是了不在人有我他这中大来上国，。、；：！？“”‘’（）《》—…·①℃0123456789abcXYZ .-/%\n\u3000𠮷䶮"
        ),
        st.characters(codec="utf-8"),
    ),
    max_size=200,
)


@settings(max_examples=300, deadline=None)
@given(text=_MIXED, size=st.sampled_from((10.5, 12.0, 14.0)), width=st.sampled_from((21.0, 69.0, 135.0)))
def test_every_character_is_in_exactly_one_line(text: str, size: float, width: float) -> None:
    for squeeze in (True, False):
        lines = break_lines(text, width_mm=width, size_pt=size, squeeze=squeeze)
        assert "".join(text[line.start : line.end] for line in lines) == text
        assert "".join(line.text for line in lines) == text.replace("\n", "")
        assert all(len(line.places_mm) == len(line.text) for line in lines)


@settings(max_examples=200, deadline=None)
@given(text=st.text(alphabet="的一是了不在人，。、；：“”（）《》12ab ", max_size=150))
def test_no_line_of_chinese_starts_with_closing_or_ends_with_opening_punctuation(text: str) -> None:
    for line in break_lines(text, width_mm=135, size_pt=14)[1:]:
        # Only a line of nothing but such marks has no better place to break.
        if any(c not in NO_START and c not in NO_END for c in text[: line.start].rstrip()[-20:]):
            before = text[: line.start].rstrip(" ")
            assert line.text[0] not in "，。、；：”）》" or before[-1] in NO_START | NO_END
            assert before[-1] not in "“（《" or line.text[0] in NO_START | NO_END


@settings(max_examples=200, deadline=None)
@given(text=_MIXED, size=st.sampled_from((10.5, 12.0, 14.0)))
def test_no_line_is_wider_than_its_column_by_the_widest_table(text: str, size: float) -> None:
    em = size * MM_PER_PT
    for line in break_lines(text, width_mm=135, size_pt=size, squeeze=False):
        solid = line.text.strip(" \t\u00a0\u3000")
        if len(solid) > 1:
            assert sum(1.0 if c == "\t" else advance_em(c) for c in solid) * em <= 134.001
        assert line.width_mm <= 135.001 or line.text.endswith((" ", "\u3000", "\u00a0", "\t")) or len(solid) < 2


@settings(max_examples=100, deadline=None)
@given(text=_MIXED)
def test_squeezed_lines_are_never_more_than_counted(text: str) -> None:
    assert len(break_lines(text, width_mm=135, size_pt=12)) <= count_lines(text, width_mm=135, size_pt=12)


def test_a_number_and_a_latin_word_stay_whole() -> None:
    text = "全镇共有干部职工合计二百余人其中在编在岗的为一百八" + "20260916" + "号文件明确"
    lines = break_lines(text, width_mm=135, size_pt=14)
    assert any("20260916" in line.text for line in lines)


def test_a_word_longer_than_a_line_is_broken_rather_than_lost() -> None:
    lines = break_lines("网址" + "x" * 200, width_mm=135, size_pt=14)
    assert len(lines) > 3
    assert sum(len(line.text) for line in lines) == 202


def test_punctuation_is_squeezed_before_a_character_is_carried_down() -> None:
    text = "问候。看：北房四间，院落整洁，老母亲卧床，需人照料。谈：今年任务重、加班多"
    first = break_lines(text, width_mm=135, size_pt=14, indent_em=0)[0]
    assert first.text.endswith("谈：")
    assert first.squeezed
    assert not break_lines(text, width_mm=135, size_pt=14, indent_em=0, squeeze=False)[0].text.endswith("谈：")


def test_a_paragraph_begins_two_letters_in_and_its_last_line_is_not_stretched() -> None:
    lines = break_lines("送上镇党委的问候" * 8 + "\n" + "访", width_mm=135, size_pt=14)
    assert abs(lines[0].places_mm[0] - 2 * 14 * MM_PER_PT) < 1e-6
    assert lines[0].justified and abs(lines[0].width_mm - 135) < 0.01
    assert lines[1].places_mm[0] == 0.0
    assert lines[-2].last and not lines[-2].justified
    assert lines[-1].text == "访" and lines[-1].places_mm[0] > 9


def test_spaces_typed_before_a_paragraph_are_part_of_its_indent() -> None:
    typed, plain = (break_lines(lead + "到家中家访", width_mm=135, size_pt=14)[0] for lead in ("　　", ""))
    assert typed.places_mm[2] == plain.places_mm[0]


def test_the_long_cells_hold_what_the_form_says() -> None:
    for size, characters in ((14.0, 27), (12.0, 31), (10.5, 36)):
        assert len(break_lines("字" * characters, width_mm=135, size_pt=size, indent_em=0)) == 1
        assert len(break_lines("字" * (characters + 1), width_mm=135, size_pt=size, indent_em=0)) == 2


def test_widths_are_the_widest_faces_and_places_the_shown_ones() -> None:
    assert advance_em("中") == place_em("中") == advance_em("“") == advance_em("…") == advance_em("—") == 1.0
    assert 0.636 <= advance_em("8") < 0.64
    assert place_em("8") == 0.5
    assert advance_em("\u0301") == 0.0
    assert advance_em("😀") > 1.0


def test_a_full_page_of_text_is_broken_within_a_keystroke() -> None:
    text = "".join(chr(0x4E00 + at * 7 % 3000) for at in range(600))
    begin = time.perf_counter()
    for turn in range(10):
        break_lines(f"{text}{turn}", width_mm=135, size_pt=12)
    assert (time.perf_counter() - begin) / 10 < 0.02
