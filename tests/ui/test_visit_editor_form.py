"""The form behind the record editor: dates as an office types them, one undo stack, nothing lost on the way."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime

import pytest

from jiafang_desktop.common import clock
from jiafang_desktop.common.errors import UserError
from jiafang_desktop.domain.visits import Leader, Topics, VisitContent, Visitee
from ui.models.typed_date import read_date
from ui.models.undo_stack import UndoStack
from ui.models.visit_form import VisitForm


@pytest.fixture(autouse=True)
def november() -> Iterator[None]:
    clock.set_clock(lambda: datetime(2026, 11, 24, 15, 42, tzinfo=UTC))
    yield
    clock.set_clock(None)


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("2026.11.3", date(2026, 11, 3)), ("11-3", date(2026, 11, 3)), ("20261103", date(2026, 11, 3)),
        ("今天", date(2026, 11, 24)), ("昨天", date(2026, 11, 23)), ("2026年11月3日", date(2026, 11, 3)),
        ("11月3日", date(2026, 11, 3)), ("２０２６．１１．３", date(2026, 11, 3)), ("26.11.3", date(2026, 11, 3)),
        ("2026。11。3", date(2026, 11, 3)), (" 2026 / 11 / 3 ", date(2026, 11, 3)), ("1103", date(2026, 11, 3)),
        ("12-28", date(2025, 12, 28)), ("12-1", date(2026, 12, 1)), ("", None),
    ],
)  # fmt: skip
def test_dates_are_read_as_an_office_types_them(typed: str, meant: date | None) -> None:
    assert read_date(typed, today=date(2026, 11, 24)) == meant


@pytest.mark.parametrize("typed", ["2026.2.30", "13-1", "20261332", "明年", "2026.11", "11", "2026.11.3.4"])
def test_a_date_that_does_not_exist_is_refused_with_a_sentence(typed: str) -> None:
    with pytest.raises(UserError) as refusal:
        read_date(typed, today=date(2026, 11, 24))
    assert refusal.value.code == "bad_date"
    assert refusal.value.message.endswith("。")
    assert refusal.value.hint


def filled() -> VisitContent:
    return VisitContent(
        number=25, date=date(2026, 9, 16),
        visitee=Visitee("张建国", "农业综合服务中心主任", "德政镇", "建设路36号", "王秀兰", "小学教师", "c1"),
        place="home", leaders=(Leader("钱永和", "副镇长"), Leader("周文斌")), recorder="王敏",
        met=("本人", "配偶"), ways=("看", "听"), matter="母亲患病", account="一\n二", resolution="三",
        topics=Topics(greeting=True, advice_unit="少开会", needs="照顾老人"), priority="illness", remark="备注",
    )  # fmt: skip


def test_a_stored_visit_shown_and_read_back_is_the_same() -> None:
    form = VisitForm()
    form.load(filled())
    assert form.content() == filled()
    again = VisitForm()
    again.load_json(form.to_json())
    assert again.content() == filled()


def test_what_cannot_be_understood_stays_as_typed_and_is_named() -> None:
    form = VisitForm()
    form.type_text("date", "2026.2.30")
    form.type_text("number", "甲")
    assert set(form.errors()) == {"date", "number"}
    assert form.content().date is None
    assert form.to_json()["date"] == "2026.2.30"


def test_leaders_stand_one_per_line_beside_their_posts() -> None:
    form = VisitForm()
    form.type_text("leader_name", "钱永和\n周文斌")
    form.type_text("leader_post", "党委副书记、镇长\n组织委员")
    assert form.leaders() == (Leader("钱永和", "党委副书记、镇长"), Leader("周文斌", "组织委员"))


def test_typed_keys_are_undone_as_runs_across_cells() -> None:
    form = VisitForm()
    for text in ("一", "一是", "一是夜"):
        form.type_text("account", text)
    form.stack.close_run()
    form.type_text("address", "东街")
    form.set_values({"ways": ("看",), "priority": "illness"}, label="勾选看谈听访")
    assert form.stack.undo_label == "勾选看谈听访"
    form.undo()
    assert (form["ways"], form["priority"]) == ((), None)
    form.undo()
    assert (form["address"], form["account"]) == ("", "一是夜")
    form.undo()
    assert form["account"] == ""
    assert not form.undo()
    form.redo()
    assert form["account"] == "一是夜"
    form.redo()
    form.redo()
    assert (form["address"], form["ways"]) == ("东街", ("看",))


def test_a_pause_or_a_full_stop_begins_a_new_step() -> None:
    now = [0.0]
    stack = UndoStack(clock=lambda: now[0])
    stack.push_typing("录入", "account", "", "一。")
    stack.push_typing("录入", "account", "一。", "一。二")
    now[0] = 10.0
    stack.push_typing("录入", "account", "一。二", "一。二三")
    steps = []
    while (step := stack.undo()) is not None:
        steps.append(step.before["account"])
    assert steps == ["一。二", "一。", ""]


def test_undo_says_where_the_caret_belongs() -> None:
    form = VisitForm()
    moved: list[tuple[str, int]] = []
    form.moved.connect(lambda name, place: moved.append((name, place)))
    form.type_text("account", "甲乙丙")
    form.stack.close_run()
    form.type_text("account", "甲丙")
    form.undo()
    assert moved == [("account", 2)]
