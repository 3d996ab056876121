"""附件1: columns, heights and pages as the office rules them, in both variants."""

from __future__ import annotations

import time
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from jiafang_desktop.documents.ledgers.layout import LEDGER, VARIANTS
from jiafang_desktop.documents.ledgers.plan import LedgerPlan, cell_lines, plan_ledger
from jiafang_desktop.documents.ledgers.rows import LedgerRow
from jiafang_desktop.domain.lines import count_lines
from jiafang_desktop.domain.pages import Page


def rows(count: int, **changes: object) -> list[LedgerRow]:
    base: dict[str, object] = {
        "leaders": (("钱永和", "副镇长"),),
        "visitee_name": "张建国",
        "visitee_post": "党建办干事",
        "matter": "房屋漏雨，联系修缮",
        "date": date(2026, 9, 16),
    } | changes
    return [LedgerRow(visit_id=f"v{at}", number=at + 1, **base) for at in range(count)]  # type: ignore[arg-type]  # a test's shorthand


def words(page: Page) -> list[str]:
    return [run.text for run in page.runs]


def planned(entries: list[LedgerRow], variant: str = "matrix") -> LedgerPlan:
    return plan_ledger(entries, unit="德政镇", year=2026, variant=variant)


@pytest.mark.parametrize("variant", ["matrix", "plain"])
def test_eleven_rows_stand_on_the_first_page_and_thirteen_on_the_others(variant: str) -> None:
    plan = planned(rows(30), variant)
    assert [page.end - page.start for page in plan.layout_pages] == [11, 13, 6]
    assert plan.layout_pages[-1].blanks == 7
    assert (plan.rows, plan.pages) == (30, 3)


def test_an_empty_ledger_is_one_ruled_page() -> None:
    plan = planned([])
    assert (plan.rows, plan.pages, plan.layout_pages[0].blanks) == (0, 1, 11)


def test_title_unit_and_year_stand_on_the_first_page_only_and_the_header_on_all() -> None:
    plan = plan_ledger(rows(20), unit="德政镇", year=2026, quarter=3)
    first, second = plan.sheet.pages
    assert "魏县领导干部家访台账" in words(first) and "德政镇" in words(first) and "2026年度第三季度" in words(first)
    assert "魏县领导干部家访台账" not in words(second)
    for number, page in enumerate((first, second), start=1):
        assert "家访领导姓名" in words(page) and "内容" in words(page) and "时间" in words(page)
        assert f"第 {number} 页　共 2 页" in words(page)


def test_the_diagonal_runs_through_the_first_header_cell_of_every_page() -> None:
    for page in planned(rows(20)).sheet.pages:
        box = page.box("header:date")
        assert any(
            (rule.x1_mm, rule.y1_mm, rule.x2_mm, rule.y2_mm)
            == (box.x_mm, box.y_mm, box.x_mm + box.width_mm, box.y_mm + box.height_mm)
            for rule in page.rules
        )


def test_every_cell_has_a_box_named_after_its_visit_and_column() -> None:
    page = planned(rows(3), "plain").page(0)
    box = page.box("row:v1:matter")
    assert box.width_mm == 49.0
    run = next(run for run in page.runs if run.cell == "row:v1:matter")
    assert box.y_mm < run.baseline_mm < box.y_mm + box.height_mm and run.text == "房屋漏雨，联系修缮"


def test_a_whole_column_takes_the_smaller_letters_only_where_that_saves_a_line() -> None:
    assert planned(rows(3), "plain").sizes_pt["leader_post"] == 12.0
    saving = planned([*rows(3), *rows(1, leaders=(("赵国栋", "党委副书记、镇长"),))], "plain")
    assert saving.sizes_pt["leader_post"] == 10.5 and saving.sizes_pt["visitee_post"] == 12.0
    sizes = {run.size_pt for run in saving.page(0).runs if run.cell.endswith(":leader_post")}
    assert sizes == {10.5}


def test_a_row_of_two_lines_is_thirteen_and_a_half_millimetres_high() -> None:
    plan = planned([*rows(2), *rows(1, visitee_post="综合行政执法队副队长兼安监站站长")])
    assert [round(height, 1) for height in plan.layout_pages[0].heights_mm] == [10.2, 10.2, 13.6]


def test_leaders_stand_one_below_another_dates_are_short_and_void_rows_say_so() -> None:
    entry = LedgerRow("v", 4, date(2026, 11, 2), (("钱永和", "副镇长"), ("周文斌", None)), "张建国", void=True)
    page = planned([entry]).page(0)
    assert [run.text for run in page.runs if run.cell == "row:v:leader_name"] == ["钱永和", "周文斌"]
    assert [run.text for run in page.runs if run.cell == "row:v:date"] == ["2026.11.2"]
    assert [run.text for run in page.runs if run.cell == "row:v:remark"] == ["作废"]


@settings(max_examples=60, deadline=None)
@given(matters=st.lists(st.text(alphabet="的一是了不，。（）12a \n", max_size=120), max_size=40))
def test_no_character_of_any_cell_is_lost_and_no_row_leaves_the_page(matters: list[str]) -> None:
    entries = [LedgerRow(f"v{at}", at, date(2026, 1, 1), matter=matter) for at, matter in enumerate(matters)]
    plan = planned(entries, "plain")
    for entry, page in zip(entries, _pages_of(plan), strict=True):
        drawn = "".join(run.text for run in page.runs if run.cell == f"row:{entry.visit_id}:matter")
        assert drawn == (entry.matter or "").replace("\n", "")
    for page in plan.sheet.pages:
        assert max(rule.y2_mm for rule in page.rules) < 210 - 26


def _pages_of(plan: LedgerPlan) -> list[Page]:
    return [plan.sheet.pages[page.number - 1] for page in plan.layout_pages for _ in range(page.start, page.end)]


def test_a_matter_as_long_as_a_page_still_stands_whole() -> None:
    plan = planned([LedgerRow("v", 1, date(2026, 1, 1), matter="字" * 1200)], "plain")
    assert plan.pages == 1 and plan.sizes_pt["matter"] < 10.5
    assert sum(len(run.text) for run in plan.page(0).runs if run.cell == "row:v:matter") == 1200


def test_ten_thousand_rows_are_paged_in_a_moment_and_one_page_drawn_at_once() -> None:
    entries = [
        LedgerRow(
            f"v{at}",
            at,
            date(2026, 1, 1),
            ((f"赵{at}", "党委副书记、镇长"),),
            f"陈{at}",
            "财政所副所长",
            f"第{at}次孩子入托无人接送，协调调整上下班时间",
        )
        for at in range(10000)
    ]
    begin = time.perf_counter()
    plan = planned(entries)
    assert plan.rows == 10000 and plan.pages > 700
    assert time.perf_counter() - begin < 2.0  # about 0.25 s
    begin = time.perf_counter()
    plan.page(500)
    assert time.perf_counter() - begin < 0.1


VALUES = st.text(st.sampled_from("农业综合服务中心主任副镇长兼、，；（）“”0123456789AB.　 \n"), max_size=60)


@given(VALUES, st.sampled_from(["matrix", "plain"]), st.sampled_from([12.0, 10.5, 8.0]))
def test_no_program_needs_more_lines_than_planned_in_any_column(text: str, variant: str, size_pt: float) -> None:
    for column in VARIANTS[variant]:
        if column.field in ("date", "number"):
            continue
        # the millimetre count_lines keeps for rounding is in the narrower margins of Word's cells here
        room = column.width_mm - 2 * LEDGER.margin_mm - LEDGER.cell_spare_mm + 1.0
        needed = sum(
            max(1, count_lines(part, width_mm=room, size_pt=size_pt, indent_em=0.0)) for part in text.split("\n")
        )
        planned_lines = len(cell_lines(text, column, size_pt))
        assert needed <= planned_lines + (1 if not text or text.endswith("\n") else 0)
