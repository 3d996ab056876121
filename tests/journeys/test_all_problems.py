"""问题办理 and 待签字清单: what all visits left to do, settled and printed there, taken back from the status line."""

from __future__ import annotations

from datetime import timedelta

from clerk import Clerk
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from test_undone_and_refused import ask

from jiafang_desktop.common import clock
from jiafang_desktop.domain.problems import ProblemContent
from jiafang_desktop.domain.visits import WAYS, Leader, VisitContent, Visitee
from jiafang_desktop.services import visits


def visit_with(clerk: Clerk, name: str, *problems: ProblemContent) -> str:
    content = VisitContent(
        visitee=Visitee(name=name, post="民政办科员"), date=clock.today(), leaders=(Leader("孙丽华", "副镇长"),),
        recorder="王敏", met=("本人",), ways=WAYS, matter="看望", account="到家中看望。",
    )  # fmt: skip
    done = ask(clerk, visits.register, content, by=clerk.main.ctx.operator, problems=problems)
    return done.id  # type: ignore[attr-defined,no-any-return]  # Registered


def test_the_most_urgent_problem_comes_first_and_is_followed_up_and_settled(clerk: Clerk) -> None:
    today = clock.today()
    visit_with(clerk, "何玉梅", ProblemContent("门诊认定", due_date=today + timedelta(days=5)))
    late = ProblemContent("陪护难以兼顾", due_date=today - timedelta(days=2))
    visit_with(clerk, "左卫国", late, ProblemContent("报销"))
    clerk.click("nav_visits")
    clerk.on_page("visits")
    clerk.click("button_problems")
    page = clerk.on_page("problems")
    clerk.until(lambda: len(page.rows) == 3)
    assert [row.text for row in page.rows] == ["陪护难以兼顾", "门诊认定", "报销"]
    assert page.rows[0].due.overdue and page.rows[0].due.words.endswith("超 2 天")
    assert page.rows[2].due.words == "未定时限" and not page.rows[2].due.overdue

    clerk.click("button_problem_progress")
    dialog = clerk.dialog("dialog_progress")
    clerk.type("field_progress_text", "已联系护工", dialog)
    clerk.click("dialog_ok", dialog)
    clerk.until(lambda: page.panel.steps_head.text() == "跟进了解 1 次")
    assert page.current_row().status == "办理中"

    clerk.click("button_problem_resolve")
    dialog = clerk.dialog("dialog_resolve")
    clerk.type("field_resolve_text", "护工已到位", dialog)
    clerk.click("dialog_ok", dialog)
    clerk.until(lambda: len(page.table.model.ids) == 2)
    clerk.click("chip_done", page)
    clerk.until(lambda: page.table.model.ids and page.current_row().status == "已解决")
    clerk.click("button_undo")
    clerk.until(lambda: not page.table.model.ids)
    clerk.click("chip_overdue", page)
    clerk.until(lambda: len(page.table.model.ids) == 1)


def test_enter_opens_the_record_and_the_back_link_leads_to_the_visits(clerk: Clerk) -> None:
    visit = visit_with(clerk, "何玉梅", ProblemContent("门诊认定"))
    clerk.click("nav_visits")
    clerk.on_page("visits")
    clerk.click("button_problems")
    page = clerk.on_page("problems")
    clerk.until(lambda: page.rows)
    view = page.table.view
    QTest.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, pos=view.row_rect(0).center())
    QTest.keyClick(view, Qt.Key.Key_Return)
    editor = clerk.on_page("visit")
    clerk.until(lambda: editor.visit is not None and editor.visit.id == visit)
    clerk.main.ctx.open("problems")
    clerk.on_page("problems")
    clerk.click("button_back", clerk.page)
    clerk.on_page("visits")


def test_sheets_wait_under_each_of_their_leaders_until_they_are_signed(clerk: Clerk) -> None:
    visit = visit_with(clerk, "何玉梅")
    clerk.click("nav_visits")
    clerk.on_page("visits")
    clerk.click("button_signing")
    page = clerk.on_page("signing")
    clerk.until(lambda: [row.leader for row in page.rows] == ["孙丽华"])
    clerk.click("chip_孙丽华", page)
    assert page.button_print.text().strip() == "打印 1 张清单"
    clerk.click("button_print_signing", page)
    clerk.dialog("dialog_print").reject()
    ask(clerk, visits.mark_paper, visit, "printed", on=clock.today(), by=clerk.main.ctx.operator)
    ask(clerk, visits.mark_paper, visit, "signed", on=clock.today(), by=clerk.main.ctx.operator)
    clerk.until(lambda: page.pane.currentWidget() is page.empty)
