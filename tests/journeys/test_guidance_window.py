"""组织督导情况 in its window, and advice about leaders in the editor, for who sees them and for who does not."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from clerk import PASSWORD, Clerk, StartProgram, second_account, set_up_office
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog, QPlainTextEdit

from jiafang_desktop.domain.visits import Leader, Topics, VisitContent, Visitee
from jiafang_desktop.services import drafts, guidance, session, visits

PLAIN, PERMITTED = "li-si-de-mi-ma-2026", "zhao-wu-de-mi-ma-2026"
ADVICE, CAUSES = "盼领导多到村里走走", "两个村的积案压在一人身上"
CONTENT = VisitContent(
    date=date(2026, 9, 1), visitee=Visitee("张建国", post="农业综合服务中心主任"), matter="了解家庭情况",
    leaders=(Leader("钱永和", "副镇长"),), account="院落整洁。", priority="warning_sign",
)  # fmt: skip


class Office:
    """A folder with a visit in it; ``at`` opens the program for whoever has that password, on that record."""

    def __init__(self, folder: Path, start: StartProgram) -> None:
        self.folder, self._start = folder, start
        self.visit = ""
        set_up_office(folder)
        second_account(folder, "李四", PLAIN)
        second_account(folder, "赵五", PERMITTED, "sensitive")

    def given(self, content: VisitContent = CONTENT, *, by: str = PASSWORD, **sheet: str) -> None:
        """The visit, and perhaps texts of its sheet, recorded beforehand."""
        store = session.open_store(self.folder, by)
        self.visit = visits.register(store, content, by=store.operator).id
        if sheet:
            guidance.write(store, self.visit, sheet, by=store.operator)
        store.close()

    def at(self, password: str) -> Clerk:
        clerk = self._start(self.folder)
        clerk.open_door(password)
        clerk.on_page("workbench")
        self.open(clerk)
        return clerk

    def open(self, clerk: Clerk) -> None:
        clerk.main.ctx.open("visit", visit_id=self.visit)
        page = clerk.on_page("visit")
        clerk.until(lambda: page.is_ready and clerk.main.ctx.tasks.is_idle)

    def asked(self, verb: Callable[..., Any], *args: Any, by: str = PASSWORD) -> Any:
        """What a verb answers once the window is gone."""
        store = session.open_store(self.folder, by)
        try:
            return verb(store, *args)
        finally:
            store.close()


@pytest.fixture
def office(tmp_path: Path, start: StartProgram) -> Office:
    return Office(tmp_path / "数据", start)


def field(dialog: QDialog, name: str) -> QPlainTextEdit:
    found = dialog.findChild(QPlainTextEdit, f"field_guidance_{name}")
    assert isinstance(found, QPlainTextEdit)
    return found


def words(clerk: Clerk, name: str) -> str:
    return str(clerk.find(name).property("text"))


def opened(clerk: Clerk) -> QDialog:
    clerk.click("button_guidance")
    return clerk.dialog("dialog_guidance")


# -- the sheet ---------------------------------------------------------------------------------------------------


def test_the_sheet_is_offered_where_the_priority_asks_for_it(clerk: Clerk) -> None:
    clerk.click("button_start_visit")
    page = clerk.on_page("visit")
    clerk.until(lambda: page.is_ready)
    assert not clerk.seen("section_guidance")
    page.form.set_values({"priority": "warning_sign"}, label="优先情形")
    assert words(clerk, "guidance_state") == "登记以后填写"
    assert not clerk.seen("button_guidance")
    page.form.set_values({"priority": "illness"}, label="优先情形")
    assert not clerk.seen("section_guidance")


def test_it_is_filled_in_kept_and_taken_back_by_undo(office: Office) -> None:
    office.given()
    clerk = office.at(PASSWORD)
    assert words(clerk, "guidance_state") == "还没有填写"
    dialog = opened(clerk)
    assert dialog.windowTitle() == "组织督导情况"
    clerk.until(lambda: field(dialog, "causes").hasFocus())
    clerk.commit(CAUSES)
    clerk.key(Qt.Key.Key_Tab)
    clerk.key(Qt.Key.Key_Tab)
    clerk.commit("举报人说他受贿")
    warning = words(clerk, "guidance_warning")
    assert "这里不写反映人的姓名" in warning and "违纪违法线索不在本程序登记" in warning
    field(dialog, "counsel").setPlainText("领导和他谈心")
    assert not clerk.seen("guidance_warning")
    clerk.click("dialog_ok", dialog)
    clerk.until(lambda: words(clerk, "guidance_state") == "已填：原因分析、引导督导")
    assert clerk.said() == "填写组织督导情况"
    clerk.click("button_undo")
    clerk.until(lambda: words(clerk, "guidance_state") == "还没有填写")
    clerk.click("button_redo")
    clerk.until(lambda: words(clerk, "guidance_state") == "已填：原因分析、引导督导")
    titles = {window.windowTitle() for window in QApplication.topLevelWidgets()}
    assert not any("张建国" in title or CAUSES in title for title in titles)
    clerk.leave()
    assert office.asked(guidance.read, office.visit).texts()["causes"] == CAUSES


def test_unsaved_typing_is_kept_and_goes_on_next_time_or_is_given_up(office: Office) -> None:
    office.given(causes="家里有老人卧床")
    clerk = office.at(PASSWORD)
    dialog = opened(clerk)
    clerk.until(lambda: field(dialog, "roots").hasFocus())
    clerk.commit("纪律意识松了")
    clerk.key(Qt.Key.Key_Escape)
    clerk.until(lambda: "有没保存的字" in words(clerk, "guidance_state"))
    assert "下次打开接着写" in clerk.said()
    clerk.leave()
    assert office.asked(guidance.read, office.visit).roots is None
    clerk = office.at(PASSWORD)
    dialog = opened(clerk)
    assert field(dialog, "roots").toPlainText() == "纪律意识松了"
    assert field(dialog, "causes").toPlainText() == "家里有老人卧床"
    clerk.click("guidance_discard", dialog)
    assert field(dialog, "roots").toPlainText() == ""
    clerk.click("dialog_cancel", dialog)
    clerk.until(lambda: words(clerk, "guidance_state") == "已填：原因分析")
    clerk.leave()
    assert office.asked(drafts.listing, "guidance:") == []


def test_what_somebody_wrote_meanwhile_is_not_overwritten_by_older_typing(office: Office) -> None:
    office.given(causes="家里有老人卧床", measures="包村干部走访")
    clerk = office.at(PERMITTED)
    dialog = opened(clerk)
    field(dialog, "causes").setPlainText("家里有老人卧床，孩子上学")
    clerk.click("dialog_cancel", dialog)
    clerk.until(lambda: clerk.main.ctx.tasks.is_idle)
    clerk.leave()
    office.asked(_written, office.visit, {"causes": "夫妻不和", "measures": "镇里安排谈话"})
    clerk = office.at(PERMITTED)
    dialog = opened(clerk)
    assert field(dialog, "measures").toPlainText() == "镇里安排谈话"
    assert field(dialog, "causes").toPlainText() == "夫妻不和\n家里有老人卧床，孩子上学"
    assert "“原因分析”后来有了新内容" in words(clerk, "guidance_note")
    dialog.reject()


def _written(store: Any, visit: str, texts: dict[str, str]) -> None:
    guidance.write(store, visit, texts, by=store.operator)


def test_the_lock_hides_it_and_another_one_at_the_door_costs_no_word(office: Office) -> None:
    office.given()
    clerk = office.at(PASSWORD)
    dialog = opened(clerk)
    clerk.until(lambda: field(dialog, "causes").hasFocus())
    clerk.commit(CAUSES)
    clerk.main.lock()
    assert not dialog.isVisible()
    clerk.click("button_switch")
    clerk.open_door()
    clerk.on_page("workbench")
    office.open(clerk)
    assert field(opened(clerk), "causes").toPlainText() == CAUSES
    clerk.dialog("dialog_guidance").reject()


def test_it_is_closed_to_accounts_without_the_right_and_shows_an_author_his_own(office: Office) -> None:
    office.given(by=PERMITTED, causes=CAUSES)
    clerk = office.at(PLAIN)
    clerk.until(lambda: "您的账户没有这项权限" in words(clerk, "guidance_state"))
    assert not clerk.seen("button_guidance")
    clerk.leave()
    office.asked(_without_rights, "赵五")
    office.asked(_written, office.visit, {"measures": "王敏写的"})
    clerk = office.at(PERMITTED)
    dialog = opened(clerk)
    assert field(dialog, "causes").toPlainText() == CAUSES
    assert field(dialog, "measures").toPlainText() == ""
    assert "看不到" in field(dialog, "measures").placeholderText()
    assert all(edit.isReadOnly() for edit in dialog.findChildren(QPlainTextEdit))
    assert not clerk.seen("dialog_ok")
    dialog.reject()


def _without_rights(store: Any, name: str) -> None:
    from jiafang_desktop.services import accounts

    who = next(one for one in accounts.listing(store) if one.name == name)
    accounts.set_rights(store, who.id, [], by=store.operator)


# -- advice about leaders ----------------------------------------------------------------------------------------


def test_who_does_not_see_the_advice_types_everywhere_else_and_it_saves(office: Office) -> None:
    office.given(replace(CONTENT, topics=Topics(advice_leaders=ADVICE)))
    clerk = office.at(PLAIN)
    page = clerk.page
    page.panel.topics.fold.click()
    advice = clerk.find("field_topic_advice_leaders")
    assert advice.isReadOnly() and advice.toPlainText() == ""  # type: ignore[attr-defined]
    assert "别的经办人已填写" in advice.placeholderText()  # type: ignore[attr-defined]
    advice.setFocus()
    QTest.keyClicks(advice, "me too")
    assert page.form["topic_advice_leaders"] == ""
    page.canvas.cells["account"].setFocus()
    clerk.key(Qt.Key.Key_End, Qt.KeyboardModifier.ControlModifier)
    clerk.commit("炉灶是新砌的。")
    clerk.type("field_topic_needs", "老人看病不便")
    clerk.key(Qt.Key.Key_S, Qt.KeyboardModifier.ControlModifier)
    clerk.until(lambda: clerk.said().startswith("已保存 ") and clerk.main.ctx.tasks.is_idle)
    assert not clerk.seen("dialog_error")
    clerk.leave()
    kept = office.asked(visits.show, office.visit).content
    assert kept.account == "院落整洁。炉灶是新砌的。"
    assert (kept.topics.needs, kept.topics.advice_leaders) == ("老人看病不便", ADVICE)


def test_words_typed_before_another_one_filled_the_field_stay_out_of_the_record_and_in_sight(office: Office) -> None:
    office.given()
    store = session.open_store(office.folder, PLAIN)
    form = {"account": "院落整洁。灯是坏的。", "date": "2026.9.1", "visitee_name": "张建国",
            "visitee_post": "农业综合服务中心主任", "matter": "了解家庭情况", "leader_name": "钱永和",
            "leader_post": "副镇长",
            "priority": "warning_sign", "number": "1", "topic_advice_leaders": "我先写的一句"}  # fmt: skip
    drafts.keep(store, f"visit:{office.visit}", {"form": form})
    store.close()
    office.asked(_edited, office.visit, {"topic_advice_leaders": ADVICE})
    clerk = office.at(PLAIN)
    advice = clerk.find("field_topic_advice_leaders")
    assert advice.toPlainText() == "我先写的一句"  # type: ignore[attr-defined]
    assert "没有存" in words(clerk, "topic_advice_leaders_note")
    clerk.page.acts.save()
    clerk.until(lambda: clerk.said().startswith("已保存 ") and clerk.main.ctx.tasks.is_idle)
    assert advice.toPlainText() == "我先写的一句"  # type: ignore[attr-defined]
    clerk.leave()
    kept = office.asked(visits.show, office.visit).content
    assert (kept.account, kept.topics.advice_leaders) == ("院落整洁。灯是坏的。", ADVICE)


def _edited(store: Any, visit: str, patch: dict[str, str]) -> None:
    visits.edit(store, visit, patch, by=store.operator)
