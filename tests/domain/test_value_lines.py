"""Values that need several lines: parted where it reads well, never more lines than any program needs."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jiafang_desktop.domain.lines import break_lines
from jiafang_desktop.domain.value_lines import value_lines


def lines(text: str, width_mm: float, size_pt: float, *, spare_mm: float = 0.02, centred: bool = True) -> list[str]:
    placed = value_lines(text, width_mm=width_mm, size_pt=size_pt, spare_mm=spare_mm, centred=centred)
    return [line for line, _ in placed]


@pytest.mark.parametrize(
    ("text", "width_mm", "size_pt", "spare_mm", "wanted"),
    [
        ("农业综合服务中心主任", 33.6, 10.5, 0.02, ["农业综合", "服务中心主任"]),
        ("综合行政执法队副队长兼安监站站长", 42.6, 12.0, 0.02, ["综合行政执法队副队长", "兼安监站站长"]),
        ("党委副书记、镇长", 21.0, 10.5, 1.0, ["党委副书记、", "镇长"]),
        ("党委副书记、政法委员、副镇长", 33.6, 10.5, 0.02, ["党委副书记、", "政法委员、副镇长"]),
        ("乡村振兴办公室副主任", 33.6, 10.5, 0.02, ["乡村振兴", "办公室副主任"]),
        ("综合行政执法队副队长兼安监站站长、退役军人服务站站长", 69.0, 10.5, 1.0,
         ["综合行政执法队副队长兼安监站站长、", "退役军人服务站站长"]),
        ("镇长", 21.0, 10.5, 1.0, ["镇长"]),
    ],
)  # fmt: skip
def test_posts_are_parted_behind_a_comma_before_a_second_post_or_between_words(
    text: str, width_mm: float, size_pt: float, spare_mm: float, wanted: list[str]
) -> None:
    assert lines(text, width_mm, size_pt, spare_mm=spare_mm) == wanted


def test_a_matter_leaves_no_single_character_on_its_last_line() -> None:
    assert lines("工作受挫情绪低落，谈心疏导", 46.6, 10.5, centred=False) == ["工作受挫情绪低落，", "谈心疏导"]


def test_line_feeds_stay_breaks_and_starts_count_in_the_source() -> None:
    text = "镇长\n农业综合服务中心主任"
    placed = value_lines(text, width_mm=33.6, size_pt=10.5, spare_mm=0.02)
    assert placed == (("镇长", 0), ("农业综合", 3), ("服务中心主任", 7))
    assert value_lines("", width_mm=20, size_pt=12) == ()


VALUES = st.text(st.sampled_from("农业综合服务中心主任副镇长兼、，（）“”0123456789AB.　 \n䶮𬭎"), max_size=110)


@given(VALUES, st.sampled_from([21.0, 33.6, 46.6, 69.0]), st.sampled_from([14.0, 12.0, 10.5, 6.0]), st.booleans())
def test_any_value_keeps_every_character_and_needs_no_more_lines(
    text: str, width_mm: float, size_pt: float, centred: bool
) -> None:
    placed = value_lines(text, width_mm=width_mm, size_pt=size_pt, centred=centred)
    greedy = break_lines(text, width_mm=width_mm, size_pt=size_pt, indent_em=0.0, squeeze=False, justify=False)
    assert len(placed) == len(greedy)
    assert "".join(line for line, _ in placed) == text.replace("\n", "")
    assert all(text.startswith(line, start) for line, start in placed)
