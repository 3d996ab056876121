"""Ctrl+K over the window: typed, walked through with the keys, opened; and Ctrl+F on every page."""

from __future__ import annotations

from typing import Any

import pytest
from clerk import Clerk
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from test_undone_and_refused import ask

from jiafang_desktop.common import clock
from jiafang_desktop.domain.cadres import CadreContent
from jiafang_desktop.domain.concerns import ConcernContent
from jiafang_desktop.domain.visits import Leader, VisitContent, Visitee
from jiafang_desktop.services import concerns, meetings, rosters, visits
from ui.desk import ENTRIES
from ui.dialogs.find_anything import FindAnything
from ui.makers import MAKERS
from ui.models.find_acts import ACTS, acts_for

CONTROL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def busy(clerk: Clerk) -> Clerk:
    """An office with one of everything."""
    by = clerk.main.ctx.operator
    today = clock.today()
    ask(clerk, rosters.add_person, CadreContent(name="何玉梅", unit="德政镇", post="民政办科员"), by=by)
    content = VisitContent(
        visitee=Visitee(name="刘红", post="财政所科员"), date=today, leaders=(Leader("韩雪梅", "镇长"),),
        matter="母亲患病", account="老母亲患脑梗，卧床需人照料。",
    )  # fmt: skip
    ask(clerk, visits.register, content, by=by)
    ask(clerk, concerns.add, ConcernContent(name="鲁春燕", text="想申请县城的周转房"), by=by)
    ask(clerk, meetings.add, {"on": today.isoformat(), "minutes": "研究了值班轮换"}, by=by)
    return clerk


def finder(clerk: Clerk) -> FindAnything:
    found = clerk.main.desk.finder
    assert found is not None
    return found


def look_for(clerk: Clerk, text: str) -> list[Any]:
    """Ctrl+K, type, and what is listed."""
    if clerk.main.desk.finder is None:
        clerk.key(Qt.Key.Key_K, CONTROL)
        clerk.until(lambda: finder(clerk).field.hasFocus())
    found = finder(clerk)
    found.field.selectAll()
    QTest.keyClicks(found.field, text) if text.isascii() else clerk.commit(text)
    clerk.until(lambda: clerk.main.ctx.tasks.is_idle and found.field.text() == text)
    return found.rows.found()


def test_a_visit_is_found_by_initials_and_opened_by_enter(busy: Clerk) -> None:
    rows = look_for(busy, "lh")
    assert [(row.group, row.title) for row in rows] == [("家访", "刘红")]
    busy.key(Qt.Key.Key_Return)
    page = busy.on_page("visit")
    busy.until(lambda: page.visit is not None)
    assert page.visit.content.visitee.name == "刘红" and busy.main.desk.finder is None


def test_words_are_found_in_every_kind_and_each_leads_to_its_place(busy: Clerk) -> None:
    (row,) = look_for(busy, "脑梗")
    assert (row.title, row.piece) == ("刘红", "老母亲患脑梗，卧床需人照料。")
    (row,) = look_for(busy, "周转房")
    assert (row.group, row.title, row.state) == ("诉求", "鲁春燕", "待分析研判")
    busy.key(Qt.Key.Key_Return)
    page = busy.on_page("concerns")
    busy.until(lambda: page.table.current_id() is not None)

    (row,) = look_for(busy, "hym")
    assert (row.group, row.detail) == ("名册", "德政镇　民政办科员")
    busy.key(Qt.Key.Key_Return)
    page = busy.on_page("roster")
    busy.until(lambda: page.panel.isVisible() and page.panel.cadre.content.name == "何玉梅")

    (row,) = look_for(busy, "轮换")
    assert row.group == "汇报分析会"
    busy.key(Qt.Key.Key_Return)
    page = busy.on_page("files")
    busy.until(lambda: page.part == "meetings" and page.meetings.current() is not None)


def test_pages_and_acts_are_reached_by_words_and_initials(busy: Clerk) -> None:
    assert [row.title for row in look_for(busy, "drmc")] == ["导入名册"]
    busy.key(Qt.Key.Key_Return)
    busy.on_page("roster_import")
    assert look_for(busy, "设置")[0].page == "settings"
    assert [row.title for row in look_for(busy, "节假日")] == ["节假日"]
    busy.key(Qt.Key.Key_Return)
    page = busy.on_page("settings")
    busy.until(lambda: page.scroll.verticalScrollBar().value() > 0)
    look_for(busy, "dj")
    titles = [row.title for row in finder(busy).rows.found()]
    assert titles == ["登记家访", "登记诉求", "登记会议"]
    busy.key(Qt.Key.Key_Down)
    busy.key(Qt.Key.Key_Up)
    busy.key(Qt.Key.Key_Return)
    busy.on_page("visit")
    look_for(busy, "锁")
    busy.key(Qt.Key.Key_Return)
    busy.until(lambda: busy.main.is_locked)


def test_the_keys_walk_over_heads_and_esc_gives_the_caret_back(busy: Clerk) -> None:
    busy.click("nav_visits")
    busy.on_page("visits")
    busy.key(Qt.Key.Key_F, CONTROL)
    field = busy.find("field_search")
    busy.until(field.hasFocus)
    look_for(busy, "h")  # 韩雪梅's visit of 刘红, and 何玉梅
    rows, first = finder(busy).rows, finder(busy).rows.current_row()
    walked = [first]
    for _ in range(len(rows.found())):
        busy.key(Qt.Key.Key_Down)
        walked.append(rows.current_row())
    assert walked == [*rows.found(), rows.found()[0]] and len(rows.found()) > 2
    busy.key(Qt.Key.Key_Up)
    assert rows.current_row() == rows.found()[-1]
    assert finder(busy).field.accessibleDescription() == rows.found()[-1].spoken
    busy.key(Qt.Key.Key_Escape)
    busy.until(field.hasFocus)
    assert busy.main.desk.finder is None


def test_a_click_opens_a_row_and_a_click_beside_closes(busy: Clerk) -> None:
    busy.click("nav_find")
    busy.until(lambda: busy.main.desk.finder is not None)
    look_for(busy, "lh")
    rows = finder(busy).rows
    where = rows.visualItemRect(rows.currentItem()).center()
    QTest.mouseClick(rows.viewport(), Qt.MouseButton.LeftButton, pos=where)
    busy.on_page("visit")
    busy.click("nav_find")
    busy.until(lambda: busy.main.desk.finder is not None)
    QTest.mouseClick(finder(busy), Qt.MouseButton.LeftButton, pos=QPoint(5, 5))
    busy.until(lambda: busy.main.desk.finder is None)


def test_nothing_found_teaches_and_nothing_typed_shows_what_was_last(busy: Clerk) -> None:
    assert [row.group for row in look_for(busy, "没有这样的词")] == []
    message = finder(busy).message
    assert message.isVisible() and "没有找到“没有这样的词”" in message.text() and "拼音首字母" in message.text()
    finder(busy).field.clear()
    busy.until(lambda: finder(busy).rows.found())
    assert [row.title for row in finder(busy).rows.found()][1:] == ["鲁春燕", "刘红"]
    assert {row.group for row in finder(busy).rows.found()} == {"最近的"}


def test_only_the_last_keystrokes_answer_is_shown(busy: Clerk) -> None:
    look_for(busy, "lh")
    field = finder(busy).field
    for text in ("周", "周转", "周转房", "脑", "脑梗"):  # typed before any answer came
        field.setText(text)
    shown = set()
    for _ in range(50):
        busy.qtbot.wait(1)
        shown.add(tuple(row.title for row in finder(busy).rows.found()))
    assert shown <= {("刘红",)} and finder(busy).rows.found()[0].piece


def test_many_visits_can_be_seen_in_their_list(busy: Clerk) -> None:
    by = busy.main.ctx.operator
    for number in range(8):
        content = VisitContent(
            visitee=Visitee(name="高振" + "一二三四五六七八"[number]), date=clock.today(),
            leaders=(Leader("韩雪梅", "镇长"),), account="患脑梗",
        )  # fmt: skip
        ask(busy, visits.register, content, by=by)
    rows = look_for(busy, "脑梗")
    assert [row.title for row in rows][-1] == "在家访列表中查看全部" and len(rows) == 6
    busy.key(Qt.Key.Key_Up)
    busy.key(Qt.Key.Key_Return)
    page = busy.on_page("visits")
    busy.until(lambda: len(page.model.ids) == 9)


def test_ctrl_f_leads_into_a_search_field_on_every_page(busy: Clerk) -> None:
    own = {"concerns": "field_concern_search", "visits": "field_search", "roster": "field_roster_search",
           "files": "field_inspection_search"}  # fmt: skip
    for entry in ENTRIES:
        busy.click(f"nav_{entry.page}")
        busy.on_page(entry.page)
        busy.key(Qt.Key.Key_F, CONTROL)
        name = own.get(entry.page)
        if entry.page == "ledger":
            busy.until(busy.page.bar.search.hasFocus)
        else:
            busy.until(lambda name=name: busy.find(name or "field_find_anything").hasFocus())
        if name is None and entry.page != "ledger":
            busy.key(Qt.Key.Key_Escape)


def test_the_lists_of_what_lacks_and_of_signatures_are_narrowed_by_words(busy: Clerk) -> None:
    busy.main.ctx.open("signing")
    page = busy.on_page("signing")
    for text, count in (("lh", 1), ("hxm", 1), ("患病", 1), ("何", 0), ("", 1)):
        page.search.setText(text)
        assert len(page.table.model.ids) == count
    busy.main.ctx.open("files", part="inspection")
    page = busy.on_page("files").inspection
    whole = len(page.table.model.ids)
    page.search.setText("liuhong")
    assert len(page.table.model.ids) == whole > 0
    page.search.setText("何")
    assert len(page.table.model.ids) == 0


def test_every_act_is_found_by_its_own_words_and_leads_somewhere(busy: Clerk) -> None:
    for act in ACTS:
        assert acts_for(act.words)[0][0] == act
        assert act.verb in ("lock", "help") if not act.page else act.page in MAKERS
    assert acts_for("szjjr")[0] == () and [act.words for act in acts_for("jjr")[0]] == ["节假日"]
