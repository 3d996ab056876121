"""Fitting a visit to 附件2: the steps, the shared rows, short cells, 续页, frozen layouts."""

from __future__ import annotations

import json
import time
from datetime import date

from hypothesis import given, settings
from hypothesis import strategies as st

from jiafang_desktop.documents.forms.fields import RecordFields
from jiafang_desktop.documents.forms.fit import freeze, overprint_sheet, plan_record
from jiafang_desktop.documents.forms.layout import CONTINUES
from jiafang_desktop.documents.forms.plan import LongPart, RecordPlan
from jiafang_desktop.domain.pages import Page

SENTENCE = "老人今年七十九岁，去年冬天患病后行动不便，起居需人照料。"
BASE = RecordFields(
    unit="德政镇",
    date=date(2026, 9, 16),
    number=7,
    visitee_name="张建国",
    visitee_post="农业综合服务中心主任",
    address="魏县德政镇东街村建设路36号",
    spouse_name="王秀兰",
    spouse_work="德政镇中心小学教师",
    account="到家中家访。",
    resolution="已经办结。",
    leaders=(("钱永和", "副镇长"),),
)


def fields(**changes: object) -> RecordFields:
    from dataclasses import replace

    return replace(BASE, **changes)  # type: ignore[arg-type]  # a test's shorthand


def texts(page: Page, cell: str) -> list[str]:
    return [run.text for run in page.runs if run.cell == cell]


def whole(plan: RecordPlan, cell: str) -> str:
    """A long cell's words over all pages, （转续页） left out."""
    source = getattr(plan.fields, cell) or ""
    parts: list[LongPart] = [part for page in plan.pages if (part := getattr(page, cell))]
    return "".join(source[part.start : part.end] for part in parts)


def test_a_short_visit_stands_at_fourteen_points_on_one_page_with_the_usual_split() -> None:
    plan = plan_record(BASE)
    assert (plan.font_pt, plan.line_pt, plan.continuation, plan.split) == (14.0, 22.0, False, (59.7, 43.3))
    assert (plan.capacity["account"].lines, plan.capacity["account"].characters) == (7, 27)
    assert (plan.capacity["resolution"].lines, plan.capacity["resolution"].characters) == (5, 27)


def test_each_step_holds_what_the_form_says() -> None:
    for smallest, size, account, resolution in ((12.0, 12.0, (9, 31), (6, 31)), (10.5, 10.5, (11, 36), (8, 36))):
        long = fields(
            account="字" * (account[0] * account[1] - 2), resolution="字" * (resolution[0] * resolution[1] - 2)
        )
        plan = plan_record(long, smallest_pt=smallest)
        assert (plan.font_pt, plan.continuation) == (size, False)
        assert (plan.account_lines, plan.resolution_lines) == (account[0], resolution[0])


def test_a_long_account_takes_the_room_the_resolution_does_not_need() -> None:
    plan = plan_record(fields(account="字" * (27 * 9 - 2), resolution="已办结。"))
    assert plan.font_pt == 14.0 and not plan.continuation
    assert plan.split[0] > 59.7 and abs(sum(plan.split) - 103) < 0.01


def test_ten_and_a_half_points_only_where_the_unit_allows() -> None:
    long = fields(account="字" * 380, resolution="字" * 200)
    assert plan_record(long).continuation
    allowed = plan_record(long, allow_105=True)
    assert allowed.font_pt == 10.5 and not allowed.continuation


def test_the_label_takes_ten_millimetres_from_the_long_rows() -> None:
    plan = plan_record(BASE, label=True)
    assert abs(sum(plan.split) - 93) < 0.01
    assert "附件2" in [run.text for run in plan.sheet.pages[0].runs if run.face == "heiti"]
    assert max(run.baseline_mm for run in plan.sheet.pages[0].runs) < 297 - 35


def test_a_long_text_is_cut_behind_a_sentence_and_goes_on_on_a_page_of_its_own() -> None:
    plan = plan_record(fields(account=SENTENCE * 20, resolution=SENTENCE * 12))
    assert len(plan.pages) == 2 and plan.overflow_characters == 0
    first, second = plan.sheet.pages
    assert "".join(texts(first, "account")).endswith("。" + CONTINUES)
    assert not "".join(texts(second, "account")).endswith(CONTINUES)
    labels = "".join(run.text for run in second.runs if run.cell == "label")
    assert "魏县领导干部家访记录单（续页）" in labels and labels.count("（续）") == 2
    assert texts(second, "unit") == ["德政镇"] and texts(second, "number") == ["7"]
    assert texts(second, "visitee_name") == ["张建国"] and second.box("leader_signature").height_mm == 28


def test_a_text_of_many_pages_loses_no_character() -> None:
    plan = plan_record(fields(account=SENTENCE * 200, resolution=SENTENCE * 90))
    assert len(plan.pages) > 5
    assert whole(plan, "account") == SENTENCE * 200 and whole(plan, "resolution") == SENTENCE * 90
    drawn = "".join("".join(texts(page, "account")) for page in plan.sheet.pages).replace(CONTINUES, "")
    assert drawn == SENTENCE * 200


@settings(max_examples=120, deadline=None)
@given(
    account=st.text(alphabet="的一是了不在人有我，。；：“”（）12ab \n", max_size=1500),
    resolution=st.text(alphabet="的一是了不在人有我，。；：“”（）12ab \n", max_size=900),
    leaders=st.integers(0, 9),
    label=st.booleans(),
    smallest=st.sampled_from((12.0, 10.5)),
)
def test_whatever_is_typed_every_character_is_on_a_page_and_every_line_in_its_cell(
    account: str, resolution: str, leaders: int, label: bool, smallest: float
) -> None:
    typed = fields(account=account, resolution=resolution, leaders=(("钱永和", "副镇长"),) * leaders)
    plan = plan_record(typed, label=label, smallest_pt=smallest)
    assert whole(plan, "account") == account.rstrip() and whole(plan, "resolution") == resolution.rstrip()
    for page in plan.sheet.pages:
        assert max(rule.y2_mm for rule in page.rules) < 297 - 35 - 12
        for cell in ("account", "resolution"):
            runs = [run for run in page.runs if run.cell == cell]
            if runs:
                box = page.box(cell)
                assert min(run.baseline_mm for run in runs) > box.y_mm
                assert max(run.baseline_mm for run in runs) < box.y_mm + box.height_mm


def test_without_continuation_pages_the_overflow_is_counted() -> None:
    plan = plan_record(fields(account=SENTENCE * 40), continue_pages=False)
    assert len(plan.pages) == 1
    shown = plan.pages[0].account
    assert shown is not None and plan.overflow_characters == len(SENTENCE) * 40 - shown.end


def test_posts_step_down_and_then_wrap_in_the_narrow_cell() -> None:
    for post, size, lines in (("党委书记", 14.0, 1), ("党委副书记", 10.5, 1), ("党委副书记、镇长", 10.5, 2)):
        cell = plan_record(fields(leaders=(("钱永和", post),))).cells["leader_post"]
        assert (cell.size_pt, len(cell.lines)) == (size, lines)
        assert "".join(text for text, _ in cell.lines) == post


def test_an_address_no_line_holds_gets_smaller_and_loses_nothing() -> None:
    for length in (30, 60, 120, 400):
        cell = plan_record(fields(address="路" * length)).cells["address"]
        assert sum(len(text) for text, _ in cell.lines) == length
        assert len(cell.lines) * cell.line_pt * 25.4 / 72 <= 14.0


def test_several_leaders_stand_one_below_another_and_get_taller_cells_from_three_on() -> None:
    two = plan_record(fields(leaders=(("钱永和", "副镇长"), ("周文斌", "组织委员"))))
    assert texts(two.sheet.pages[0], "leader_name") == ["钱永和", "周文斌"] and two.leaders_mm == 28.0
    four = plan_record(fields(leaders=(("钱永和", "副镇长"),) * 4))
    assert four.leaders_mm > 40 and abs(sum(four.split) + four.leaders_mm - 131) < 0.01


def test_names_and_wrapped_posts_of_leaders_stay_side_by_side() -> None:
    plan = plan_record(fields(leaders=(("钱永和", "党委副书记、镇长"), ("周文斌", "委员"))))
    page = plan.sheet.pages[0]
    names = {run.text: run.baseline_mm for run in page.runs if run.cell == "leader_name"}
    posts = {run.text: run.baseline_mm for run in page.runs if run.cell == "leader_post"}
    assert abs(names["周文斌"] - posts["委员"]) < 0.5


def test_empty_cells_stay_blank_for_the_pen_and_say_none_only_without_a_spouse() -> None:
    blank = plan_record(RecordFields())
    page = blank.sheet.pages[0]
    assert {run.text for run in page.runs if run.cell not in ("label", "date")} == set()
    assert [run.text for run in page.runs if run.cell == "date"] == ["年", "月", "日"]
    single = plan_record(fields(spouse_name=None, spouse_work=None, no_spouse=True)).sheet.pages[0]
    assert texts(single, "spouse_name") == ["无"] and texts(single, "spouse_work") == ["无"]
    unknown = plan_record(fields(spouse_name=None, spouse_work=None)).sheet.pages[0]
    assert texts(unknown, "spouse_name") == []


def test_the_line_over_the_table_keeps_its_tabs_and_a_long_unit_ends_before_the_date() -> None:
    page = plan_record(fields(unit="魏县机关事务管理和后勤服务保障中心")).sheet.pages[0]
    day = next(run for run in page.runs if run.cell == "date")
    assert abs(day.x_mm - (28 + 84)) < 0.01
    seal = next(run for run in page.runs if run.text == "（盖章）")
    assert seal.x_mm + 4 * seal.size_pt * 25.4 / 72 <= day.x_mm
    number = next(run for run in page.runs if run.cell == "number")
    assert abs(number.x_mm + number.places_mm[-1] + 0.5 * 14 * 25.4 / 72 - 184) < 0.01


def test_the_date_can_be_left_for_the_pen() -> None:
    page = plan_record(BASE, date_blank=True).sheet.pages[0]
    assert texts(page, "date") == ["年", "月", "日"]


def test_a_caret_finds_its_place_through_run_starts() -> None:
    account = SENTENCE * 6 + "\n" + SENTENCE
    page = plan_record(fields(account=account)).sheet.pages[0]
    runs = [run for run in page.runs if run.cell == "account"]
    assert all(account[run.start : run.start + len(run.text)] == run.text for run in runs)
    assert all(len(run.places_mm) == len(run.text) for run in page.runs)


def test_the_resolution_is_printed_onto_the_signed_sheet_where_the_frozen_layout_says() -> None:
    account = SENTENCE * 9
    before = plan_record(fields(account=account, resolution=None))
    kept = json.loads(json.dumps(freeze(before)))
    after = plan_record(fields(account=account, resolution=SENTENCE * 3), frozen=kept)
    assert after.split == before.split and after.font_pt == before.font_pt
    sheet = overprint_sheet(after)
    assert len(sheet.pages) == 1 and sheet.pages[0].rules == ()
    assert {run.cell for run in sheet.pages[0].runs} == {"resolution"}
    box = before.sheet.pages[0].box("resolution")
    assert all(box.y_mm < run.baseline_mm < box.y_mm + box.height_mm for run in sheet.pages[0].runs)


def test_a_resolution_too_long_for_the_signed_sheet_steps_down_then_continues_on_a_new_page() -> None:
    before = plan_record(fields(resolution=None))
    kept = freeze(before)
    stepped = plan_record(fields(resolution="字" * 170), frozen=kept)
    assert (stepped.font_pt, stepped.resolution_font_pt, len(stepped.pages)) == (14.0, 12.0, 1)
    continued = plan_record(fields(resolution=SENTENCE * 20), frozen=kept)
    sheet = overprint_sheet(continued)
    assert len(sheet.pages) == 2 and sheet.pages[1].rules
    assert whole(continued, "resolution") == SENTENCE * 20


def test_a_frozen_layout_of_an_unchanged_record_gives_the_same_sheet() -> None:
    for record in (BASE, fields(account=SENTENCE * 30, resolution=SENTENCE * 20)):
        plan = plan_record(record, label=True)
        assert plan_record(record, frozen=freeze(plan)).sheet == plan.sheet


def test_planning_keeps_up_with_typing() -> None:
    begin = time.perf_counter()
    for turn in range(20):
        plan_record(fields(account=f"{SENTENCE * 6}{turn}", resolution=SENTENCE * 4))
    assert (time.perf_counter() - begin) / 20 < 0.02  # 1 ms here; room for a loaded machine
