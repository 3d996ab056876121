"""The archive's gate: what is missing, in the order it is asked for."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from jiafang_desktop.common.errors import UserError
from jiafang_desktop.domain.archiving import missing_cells, require_ready
from jiafang_desktop.domain.drafting import resolution_words, spouse_words
from jiafang_desktop.domain.problems import Problem, ProblemContent
from jiafang_desktop.domain.visits import Leader, Visit, VisitContent, Visitee

FULL = VisitContent(
    number=1, date=date(2026, 9, 16), leaders=(Leader("钱永和", "副镇长"),), account="送上问候。", resolution="无",
    visitee=Visitee("张建国", "主任", "德政镇", "东街村", "王秀兰", "教师"), nothing_to_solve=True,
)  # fmt: skip
SOLVED = Problem("p1", "v1", 1, ProblemContent("夜班多"), (), "每月两次", date(2026, 10, 1), "solved")


def visit(content: VisitContent = FULL, **facts: Any) -> Visit:
    return Visit(id="v1", content=content, registered=True, recorded_on=date(2026, 9, 17), **facts)


def refusal(given: Visit, *, paper_at: str | None = "文件柜", has_scan: bool = False, **rules: Any) -> str:
    try:
        require_ready(given, paper_at=paper_at, has_scan=has_scan, **rules)
    except UserError as error:
        return error.code
    return ""


def test_a_full_record_without_anything_to_solve_is_filed() -> None:
    assert refusal(visit()) == ""
    assert refusal(visit(), paper_at=None, has_scan=True) == ""


def test_the_gate_asks_in_the_contracts_order() -> None:
    everything_wrong = visit(
        replace(FULL, account=None, nothing_to_solve=False), archived_on=date(2026, 11, 1),
        problems=(replace(SOLVED, outcome=None),),
    )  # fmt: skip
    assert refusal(everything_wrong, paper_at=None) == "problems_open"
    solved = replace(everything_wrong, problems=(SOLVED,))
    assert refusal(solved, paper_at=None) == "form_incomplete"
    complete = replace(solved, content=FULL)
    assert refusal(complete, paper_at=None) == "no_paper"
    assert refusal(complete) == "already_archived"


def test_neither_problems_nor_the_words_that_there_are_none_keep_it_open() -> None:
    assert refusal(visit(replace(FULL, nothing_to_solve=False))) == "problems_open"


def test_an_outcome_the_county_does_not_count_keeps_it_open() -> None:
    tracking = visit(problems=(replace(SOLVED, outcome="tracking"),))
    assert refusal(tracking) == ""
    assert refusal(tracking, outcomes=("solved",)) == "problems_open"


@pytest.mark.parametrize(
    ("content", "missing"),
    [
        (replace(FULL, account=None), ["account"]), (replace(FULL, resolution=None), ["resolution"]),
        (replace(FULL, leaders=()), ["leaders", "leaders.post"]),
        (replace(FULL, leaders=(Leader("钱永和"),)), ["leaders.post"]),
        (
            replace(FULL, visitee=Visitee("张建国", "主任", None, None, "王秀兰")),
            ["visitee.address", "visitee.spouse_work"],
        ),
        (replace(FULL, visitee=replace(FULL.visitee, spouse_name="无", spouse_work=None)), []),
        (replace(FULL, visitee=replace(FULL.visitee, spouse_name=None, spouse_work=None)), []),
        (replace(FULL, visitee=replace(FULL.visitee, spouse_name=None)), ["visitee.spouse_name"]),
        (replace(FULL, ways=(), met=(), matter=None, priority=None), []),
    ],
)  # fmt: skip
def test_required_cells_are_those_that_would_print_empty(content: VisitContent, missing: list[str]) -> None:
    assert [cell.field for cell in missing_cells(visit(content))] == missing


def test_an_empty_resolution_is_drafted_from_each_problems_own() -> None:
    second = replace(SOLVED, id="p2", position=2, resolution="已办理门诊慢性病")
    given = visit(replace(FULL, resolution=None), problems=(SOLVED, second))
    assert resolution_words(given) == "每月两次\n已办理门诊慢性病"
    assert refusal(given) == ""
    assert resolution_words(replace(given, content=FULL)) == "无"


def test_an_empty_spouse_says_none_only_once_the_visit_is_registered() -> None:
    single = replace(FULL, visitee=replace(FULL.visitee, spouse_name=None, spouse_work=None))
    assert spouse_words(visit(single)) == ("无", "无")
    assert spouse_words(replace(visit(single), registered=False)) == (None, None)
    assert spouse_words(visit()) == ("王秀兰", "教师")
