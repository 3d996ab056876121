"""Short cells in Word and LibreOffice: no program may need more lines than the plan's, for rows are exact."""

from __future__ import annotations

import io
import math
from itertools import product

import docx
import pytest
from docx.table import _Cell
from docx.text.paragraph import Paragraph
from hypothesis import given
from hypothesis import strategies as st

from jiafang_desktop.documents.forms.fields import RecordFields
from jiafang_desktop.documents.forms.fill import fill_record
from jiafang_desktop.documents.forms.fit import plan_record
from jiafang_desktop.documents.forms.layout import inner_mm, mm, value_cell
from jiafang_desktop.documents.forms.plan import RecordPlan
from jiafang_desktop.domain.lines import count_lines

POSTS = (
    "党委副书记、镇长",
    "党委副书记、政法委员、副镇长",
    "党组书记、局长",
    "党委委员、武装部部长（兼）",
    "二级主任科员、综合行政执法队队长",
    "副镇长",
    "",
)
VALUES = st.text(st.sampled_from("农业综合服务中心主任副镇长兼、，；（）“”0123456789AB.　 "), max_size=40)


def cells_of(plan: RecordPlan) -> dict[str, _Cell]:
    """The filled form's value cells by field."""
    rows = docx.Document(io.BytesIO(fill_record(plan))).tables[0].rows
    found = {}
    for field, row, at in (
        ("visitee_post", 0, 3),
        ("address", 1, 1),
        ("spouse_work", 2, 3),
        ("leader_name", -1, 1),
        ("leader_post", -1, 3),
    ):
        row_cells = list(dict.fromkeys(rows[row]._tr.tc_lst))
        found[field] = _Cell(row_cells[at], rows[row])
    return found


def most_lines(paragraph: Paragraph, width_mm: float) -> int:
    """The lines a program needs that neither squeezes nor hangs a comma."""
    size = max((run.font.size.pt for run in paragraph.runs if run.font.size), default=14.0)
    indents = (paragraph.paragraph_format.left_indent, paragraph.paragraph_format.right_indent)
    room = width_mm - sum(indent.mm for indent in indents if indent)
    return max(1, count_lines(paragraph.text, width_mm=room, size_pt=size, indent_em=0.0))


def width_mm(field: str) -> float:
    row = {"visitee_post": "visitee", "spouse_work": "spouse", "address": "address"}.get(field, "leaders")
    return inner_mm(value_cell(row, field))


@pytest.mark.parametrize(("post", "count"), list(product(POSTS, (1, 2, 3, 4, 6))))
def test_no_program_parts_a_leaders_line_that_we_parted(post: str, count: int) -> None:
    plan = plan_record(RecordFields(leaders=(("欧阳文山", post),) * count))
    cells = cells_of(plan)
    for field in ("leader_name", "leader_post"):
        paragraphs = cells[field].paragraphs
        assert [paragraph.text for paragraph in paragraphs] == [line for line, _ in plan.cells[field].lines]
        assert [most_lines(paragraph, width_mm(field)) for paragraph in paragraphs] == [1] * len(paragraphs)
        assert len(paragraphs) * mm(plan.cells[field].line_pt) <= plan.leaders_mm


def test_a_post_stays_parted_behind_its_comma_and_needs_no_more_than_the_cells_margins() -> None:
    cell = cells_of(plan_record(RecordFields(leaders=(("钱永和", "党委副书记、镇长"),) * 3)))["leader_post"]
    assert [paragraph.text for paragraph in cell.paragraphs] == ["党委副书记、", "镇长"] * 3
    for paragraph in cell.paragraphs:
        indents = (paragraph.paragraph_format.left_indent, paragraph.paragraph_format.right_indent)
        wanted = -1.2 if paragraph.text.endswith("、") else 0.0
        assert all(math.isclose(indent.mm if indent else 0.0, wanted, abs_tol=0.02) for indent in indents)


@given(VALUES, st.sampled_from(["visitee_post", "address", "spouse_work", "leader_post"]))
def test_no_program_needs_more_lines_than_planned_in_a_short_cell(value: str, field: str) -> None:
    if field == "leader_post":
        fields = RecordFields(leaders=(("钱永和", value), ("周文斌", "副镇长"), ("欧阳文山", value)))
    else:
        fields = RecordFields(spouse_name="王秀兰", **{field: value})
    plan = plan_record(fields)
    needed = sum(most_lines(paragraph, width_mm(field)) for paragraph in cells_of(plan)[field].paragraphs)
    assert needed <= max(1, len(plan.cells[field].lines))


def test_a_line_feed_typed_into_a_value_is_a_paragraph_in_word_too() -> None:
    plan = plan_record(RecordFields(visitee_post="农业综合服务中心主任\n支部书记"))
    cell = cells_of(plan)["visitee_post"]
    assert [paragraph.text for paragraph in cell.paragraphs] == ["农业综合服务中心主任", "支部书记"]


def test_a_wrapped_posts_lines_stand_closer_than_two_leaders_do() -> None:
    one = plan_record(RecordFields(leaders=(("钱永和", "党委副书记、镇长"),))).cells["leader_post"]
    two = plan_record(RecordFields(leaders=(("钱永和", "镇长"), ("周文斌", "副镇长")))).cells["leader_post"]
    assert (one.line_pt, two.line_pt) == (17.0, 22.0)


def test_a_name_of_two_parts_is_parted_between_them() -> None:
    plan = plan_record(RecordFields(leaders=(("艾则孜·买买提", "副镇长"), ("钱永和", "镇长"))))
    cells = cells_of(plan)
    assert [line for line, _ in plan.cells["leader_name"].lines] == ["艾则孜·", "买买提", "钱永和"]
    assert [paragraph.text for paragraph in cells["leader_name"].paragraphs] == ["艾则孜·", "买买提", "钱永和"]
    assert [paragraph.text for paragraph in cells["leader_post"].paragraphs] == ["副镇长", "", "镇长"]
