"""What the 工作台 says: limits in the office's words, numbers' captions, names that keep their column."""

from __future__ import annotations

from datetime import date
from itertools import pairwise

import pytest

from jiafang_desktop.domain.problems import Problem, ProblemContent
from jiafang_desktop.domain.visits import Leader, Paper, Visit, VisitContent, Visitee
from jiafang_desktop.services.workbench import Month, Waiting, Workbench
from ui.models.todo_words import day_words, file_caption, leaders_caption, overdue_caption, soon_caption, words_of
from ui.widgets.todo_rows import column_places

TODAY = date(2026, 11, 24)


def waiting(due: date | None, *leaders: str) -> Waiting:
    problem = Problem("p", "v", 1, ProblemContent("慢性病门诊认定", due_date=due))
    content = VisitContent(
        visitee=Visitee("刘红"),
        matter="母亲患病",
        leaders=tuple(Leader(name) for name in leaders),
        date=date(2026, 9, 16),
    )
    visit = Visit("v", content, True, TODAY, problems=(problem,))
    return Waiting("problem", "v", visit, problem=problem, days_left=(due - TODAY).days if due else None)


@pytest.mark.parametrize(
    ("due", "said"),
    [
        (date(2026, 11, 21), "11.21　超 3 天"), (date(2026, 11, 24), "11.24　今天到期"),
        (date(2026, 11, 26), "11.26　剩 2 天"),
        (date(2027, 1, 1), "2027.1.1　剩 38 天"), (None, "未定时限"),
    ],
)  # fmt: skip
def test_limits_are_said_as_the_office_says_them(due: date | None, said: str) -> None:
    words = words_of(waiting(due, "钱永和"), today=TODAY)
    assert words.limit == said
    assert words.is_overdue == (due == date(2026, 11, 21))
    assert (words.visitee, words.to_do, words.act, words.where) == (
        "刘　红",
        "慢性病门诊认定",
        "办理",
        {"visit_id": "v"},
    )


def test_several_leaders_are_counted_and_the_row_is_spoken_whole() -> None:
    words = words_of(waiting(date(2026, 11, 21), "钱永和", "周文斌"), today=TODAY)
    assert words.leaders == "钱永和等 2 人"
    assert words.spoken() == "刘　红，母亲患病，慢性病门诊认定，11.21　超 3 天，办理"


def test_a_sheet_somebody_began_leads_back_to_itself() -> None:
    draft = Waiting("draft", "visit:new:a", draft={"form": {"matter": "老人住院"}, "visitee_name": ""})
    words = words_of(draft, today=TODAY)
    assert (words.visitee, words.matter, words.act) == ("未写姓名", "老人住院", "接着写")
    assert words.where == {"draft_key": "visit:new:a"}


def bench(*problems: Waiting) -> Workbench:
    return Workbench(problems, (), (), (), (), (), (Month(),) * 12, 0, True)


def test_the_captions_below_the_numbers_name_what_is_late_and_what_comes_next() -> None:
    known = bench(waiting(date(2026, 11, 14)), waiting(date(2026, 11, 23)), waiting(date(2026, 12, 1)), waiting(None))
    assert (len(known.overdue), overdue_caption(known)) == (2, "最早一件超 10 天")
    assert (len(known.soon), soon_caption(known, TODAY)) == (1, "最近 12 月 1 日")
    assert soon_caption(bench(waiting(TODAY)), TODAY) == "最近的今天到期"
    later = bench(waiting(date(2026, 12, 2)))
    assert (later.overdue, later.soon, overdue_caption(later)) == ((), (), "没有超期的")


def test_who_has_to_sign_is_named_with_how_many() -> None:
    rows = [
        waiting(None, "钱永和"),
        waiting(None, "钱永和"),
        waiting(None, "李素梅"),
        waiting(None, "甲"),
        waiting(None, "乙"),
    ]
    assert leaders_caption(rows) == "钱永和 2 · 李素梅 1 · 甲 1 等"
    sealed = Visit("v", VisitContent(), True, TODAY, paper=Paper(sealed_on=TODAY))
    assert file_caption([Waiting("archive", "v", sealed)]) == "都已盖章，写明存放处即可"


@pytest.mark.parametrize(
    ("day", "said"),
    [
        (date(2026, 11, 24), "11 月 24 日　星期二　　四季度还有 37 天"),
        (date(2026, 3, 31), "3 月 31 日　星期二　　今天是一季度最后一天"),
        (date(2026, 12, 31), "12 月 31 日　星期四　　今天是四季度最后一天"),
    ],
)  # fmt: skip
def test_the_title_row_says_the_day_and_what_is_left_of_the_quarter(day: date, said: str) -> None:
    assert day_words(day) == said


@pytest.mark.parametrize("width", [400, 640, 820, 1300])
def test_columns_never_overlap_and_the_act_stands_at_the_right(width: int) -> None:
    places = list(column_places(width).items())
    assert "limit" in dict(places)
    assert sum(dict(places)["act"]) == width
    if width >= 640:
        for (_, (left, wide)), (_, (following, _)) in pairwise(places):
            assert left + wide <= following
