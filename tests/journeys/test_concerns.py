"""A concern's way through the windows: taken down, judged, visited for, reported; pasted ones; what went elsewhere."""

from __future__ import annotations

from datetime import timedelta

from clerk import Clerk
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel
from test_undone_and_refused import ask

from jiafang_desktop.common import clock
from jiafang_desktop.domain.cadres import CadreContent
from jiafang_desktop.domain.concerns import ConcernContent
from jiafang_desktop.services import concerns, leaders, rosters, rules

_LEADERS = {"leaders": [
    {"name": "孙丽华", "post": "副镇长", "role": "deputy_in_charge"},
    {"name": "钱永和", "post": "镇长", "role": "unit_head"},
]}  # fmt: skip


def take_down(clerk: Clerk, name: str, text: str) -> None:
    clerk.click("button_new_concern" if not clerk.seen("button_new_concern_empty") else "button_new_concern_empty")
    form = clerk.dialog("dialog_concern")
    clerk.type("field_concern_name", name, form)
    clerk.key(Qt.Key.Key_Escape) if clerk.seen("name_popup") else None
    clerk.type("field_concern_text", text, form)
    clerk.click("dialog_ok", form)
    clerk.until(lambda: not clerk.seen("dialog_concern"))


def status_of(clerk: Clerk, place: int = 0) -> str:
    return clerk.page.rows[place].status  # type: ignore[no-any-return]  # the page's own


def test_a_concern_is_taken_down_judged_and_visited_for_with_the_person_filled(clerk: Clerk) -> None:
    person = CadreContent(name="何玉梅", unit="德政镇", post="民政办科员", address="和平路12号", spouse_name="高山")
    ask(clerk, rosters.add_person, person, by=clerk.main.ctx.operator)
    ask(clerk, leaders.set_leaders, _LEADERS, by=clerk.main.ctx.operator)
    clerk.click("nav_concerns")
    page = clerk.on_page("concerns")
    clerk.click("button_new_concern_empty")
    form = clerk.dialog("dialog_concern")
    clerk.type("field_concern_name", "hym", form)
    clerk.until(lambda: clerk.seen("name_popup"))
    clerk.key(Qt.Key.Key_Return)
    assert form.isVisible() and clerk.find("field_concern_post", form).text() == "民政办科员"  # type: ignore[attr-defined]
    clerk.type("field_concern_text", "母亲住院，想调整值班", form)
    clerk.click("dialog_ok", form)
    clerk.until(lambda: clerk.said() == "登记诉求")
    clerk.until(lambda: page.rows and status_of(clerk) == "new")

    clerk.click("button_concern_next")
    dialog = clerk.dialog("dialog_triage")
    clerk.click("level_serious", dialog)
    clerk.until(lambda: "钱永和" in clerk.find("triage_who", dialog).text())  # type: ignore[attr-defined]
    assert "建议办结日" in clerk.find("triage_due", dialog).text()  # type: ignore[attr-defined]
    assert "文件没有规定天数" in clerk.find("triage_why", dialog).text()  # type: ignore[attr-defined]
    clerk.click("dialog_ok", dialog)
    clerk.until(lambda: clerk.said() == "第 1 号诉求定为特别困难")
    clerk.until(lambda: status_of(clerk) == "assigned")
    assert page.rows[0].due.words.startswith("建议 ")

    clerk.click("button_concern_next")
    editor = clerk.on_page("visit")
    assert editor.form["visitee_name"] == "何玉梅" and editor.form["address"] == "和平路12号"
    assert editor.form["concerns"] == (page.rows[0].id,)


def test_a_concern_is_attached_to_a_visit_taken_off_again_and_anothers_is_said(clerk: Clerk) -> None:
    by = clerk.main.ctx.operator
    for name in ("左卫国", "何玉梅"):
        ask(clerk, concerns.add, ConcernContent(name=name, text="老人无人照料"), by=by)
    clerk.click("nav_visits")
    clerk.on_page("visits")
    clerk.click("button_new_visit")
    editor = clerk.on_page("visit")
    editor.form.type_text("visitee_name", "何玉梅")
    editor.panel.ensureWidgetVisible(editor.panel.concerns)
    for _ in range(2):
        clerk.click("button_add_concern_link", editor)
        clerk.click("dialog_ok", clerk.dialog("dialog_choose_concern"))
        clerk.until(lambda: not clerk.seen("dialog_choose_concern"))
    known = {view.concern.content.name: view.id for view in ask(clerk, concerns.listing)}  # type: ignore[attr-defined]
    assert editor.form["concerns"] == (known["何玉梅"], known["左卫国"])  # her own came first
    clerk.until(lambda: clerk.seen(f"concern_link_{known['左卫国']}"))
    said = [label.text() for label in editor.panel.concerns.findChildren(QLabel) if label.isVisible()]
    assert "这件诉求是左卫国的，请核对" in said
    editor.panel.ensureWidgetVisible(editor.panel.concerns)
    clerk.click(f"concern_unlink_{known['左卫国']}", editor)
    assert editor.form["concerns"] == (known["何玉梅"],)
    editor.form.undo()
    clerk.until(lambda: len(editor.form["concerns"]) == 2)


def test_the_report_of_a_concern_is_looked_at_and_its_day_is_noted(clerk: Clerk) -> None:
    by = clerk.main.ctx.operator
    added = ask(clerk, concerns.add, ConcernContent(name="牛子豪", text="门诊费用报销"), by=by)
    ask(clerk, concerns.refer, added.id, reason="请县医保局办理", by=by)  # type: ignore[attr-defined]
    clerk.click("nav_concerns")
    page = clerk.on_page("concerns")
    clerk.until(lambda: page.rows and page.rows[0].unreported)
    page.acts.preview_report(page.rows[0])
    clerk.click("preview_close", clerk.dialog("dialog_preview"))
    page.acts.report(page.rows[0])
    clerk.click("dialog_ok", clerk.dialog("dialog_reported"))
    clerk.until(lambda: not page.rows[0].unreported)
    clerk.click("filter_unreported", page)
    clerk.until(lambda: page.table.model.ids == ())
    clerk.click("button_undo")
    clerk.until(lambda: len(page.table.model.ids) == 1)


def test_the_same_persons_earlier_concern_stands_beside_the_new_one(clerk: Clerk) -> None:
    clerk.click("nav_concerns")
    page = clerk.on_page("concerns")
    take_down(clerk, "牛子豪", "房屋漏雨")
    clerk.until(lambda: len(page.rows) == 1)
    take_down(clerk, "牛子豪", "孩子升学")
    clerk.until(lambda: len(page.rows) == 2 and page.current_row().number == 2)
    clerk.until(lambda: page.panel.earlier_head.text() == "同一人的其他诉求 1 件")
    earlier = page.rows[1]
    clerk.click(f"earlier_{earlier.id}", page.panel)
    clerk.until(lambda: page.current_row().number == 1)


def test_sending_on_and_back_needs_a_reason_and_can_be_taken_back(clerk: Clerk) -> None:
    clerk.click("nav_concerns")
    page = clerk.on_page("concerns")
    take_down(clerk, "牛子豪", "门诊费用报销")
    clerk.until(lambda: page.rows)
    for act, name, status in (
        (page.acts.refer, "dialog_refer", "referred"), (page.acts.decline, "dialog_decline", "declined"),
    ):  # fmt: skip
        act(page.rows[0])
        dialog = clerk.dialog(name)
        clerk.click("dialog_ok", dialog)
        assert dialog.isVisible() and "请写明" in clerk.find("dialog_error", dialog).text()  # type: ignore[attr-defined]
        clerk.type("field_reason", "请县医保局办理", dialog)
        clerk.click("dialog_ok", dialog)
        clerk.until(lambda status=status: status_of(clerk) == status)
        clerk.click("button_undo")
        clerk.until(lambda: status_of(clerk) == "new")


def test_pasted_rows_are_looked_at_imported_once_and_taken_back(clerk: Clerk) -> None:
    QGuiApplication.clipboard().setText(
        "姓名\t诉求内容\t反映时间\n康宏伟\t配偶下岗\t2026.1.5\n史文博\t孩子升学\t2026.1.6\n"
    )
    clerk.click("nav_concerns")
    clerk.on_page("concerns")
    for amount in (2, 0):
        clerk.page.table.view.setFocus() if amount == 0 else None
        clerk.click("button_paste_concerns")
        page = clerk.on_page("concerns_import")
        clerk.until(lambda page=page: page.preview is not None)
        if not amount:
            assert not page.review.button_import.isEnabled()
            assert page.review.reason.text() == "这些诉求都登记过了，没有要导入的"
            clerk.click("button_cancel_import")
            break
        clerk.click("button_import")
        clerk.on_page("concerns")
        clerk.until(lambda: clerk.said() == "导入诉求 2 件")
        clerk.until(lambda: len(clerk.page.rows) == 2)
    clerk.on_page("concerns")
    clerk.click("button_undo")
    clerk.until(lambda: clerk.page.rows == [])


def test_an_own_limit_that_passed_is_red_and_a_suggested_day_never(clerk: Clerk) -> None:
    by = clerk.main.ctx.operator
    yesterday = clock.today() - timedelta(days=1)
    for name, due in (("崔文静", yesterday), ("鲁春燕", None)):
        added = ask(clerk, concerns.add, ConcernContent(name=name, text="老人无人照料"), by=by)
        ask(clerk, concerns.triage, added.id, level="ordinary", due=due, by=by)  # type: ignore[attr-defined]
    clerk.click("nav_concerns")
    page = clerk.on_page("concerns")
    clerk.until(lambda: len(page.rows) == 2)
    late = {row.name: row.due for row in page.rows}
    assert late["崔文静"].overdue and late["崔文静"].words.endswith("超 1 天")
    assert not late["鲁春燕"].overdue
    clerk.click("filter_concern_overdue", page)
    clerk.until(lambda: len(page.table.model.ids) == 1)
    clerk.click("filter_concern_overdue", page)
    clerk.click("chip_assigned", page)
    clerk.until(lambda: len(page.table.model.ids) == 2)
    clerk.type("field_concern_search", "lcy")
    clerk.until(lambda: [page.rows[0].name] == ["鲁春燕"] and len(page.table.model.ids) == 1)


def test_a_rules_file_moves_who_handles_what(clerk: Clerk) -> None:
    by = clerk.main.ctx.operator
    ask(clerk, leaders.set_leaders, _LEADERS, by=by)
    swapped = {"levels": {"ordinary": {"role": "unit_head", "limit": {"working_days": 10}}}}
    ask(clerk, rules.set_rules, swapped, by=by)
    ask(clerk, concerns.add, ConcernContent(name="范庆林", text="房屋漏雨"), by=by)
    clerk.click("nav_concerns")
    page = clerk.on_page("concerns")
    clerk.until(lambda: page.rows)
    view = page.table.view
    QTest.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, pos=view.row_rect(0).center())
    QTest.keyClick(view, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    dialog = clerk.dialog("dialog_triage")
    clerk.click("level_ordinary", dialog)
    clerk.until(lambda: "钱永和" in clerk.find("triage_who", dialog).text())  # type: ignore[attr-defined]
    assert "办理时限" in clerk.find("triage_due", dialog).text()  # type: ignore[attr-defined]
    clerk.click("dialog_cancel", dialog)
    assert page.rows[0].status == "new"
