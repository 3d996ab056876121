"""签字板 and 送审稿 in real windows: a pad only where the rules allow it, drawn on with a real mouse."""

from __future__ import annotations

from typing import Any

from clerk import Clerk
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget
from test_undone_and_refused import ask

from jiafang_desktop.common import clock
from jiafang_desktop.domain.visits import WAYS, Leader, Topics, VisitContent, Visitee
from jiafang_desktop.services import forms, rules, signature_pad, visit_json, visits

CANARY = "建议领导多下村"


def recorded(clerk: Clerk) -> str:
    content = VisitContent(
        visitee=Visitee("何玉梅", "民政办科员", None, "东街村", "无", "无"), date=clock.today(),
        leaders=(Leader("孙丽华", "副镇长"),), recorder="王敏", met=("本人",), ways=WAYS, matter="看望",
        account="到家中看望。", resolution="无", nothing_to_solve=True, topics=Topics(advice_leaders=CANARY),
    )  # fmt: skip
    done: Any = ask(clerk, visits.register, content, by=clerk.main.ctx.operator)
    return str(done.id)


def opened(clerk: Clerk, rec: str) -> Any:
    clerk.main.ctx.open("visit", visit_id=rec)
    editor = clerk.on_page("visit")
    clerk.until(lambda: editor.is_ready and editor.visit is not None and editor.visit.id == rec)
    return editor


def draw(pad: QWidget, *ways: tuple[tuple[int, int], ...]) -> None:
    """The left button down, along the way, and up: places in percent of the pad."""
    for way in ways:
        points = [QPoint(pad.width() * x // 100, pad.height() * y // 100) for x, y in way]
        QTest.mousePress(pad, Qt.MouseButton.LeftButton, pos=points[0])
        for point in points[1:]:
            QTest.mouseMove(pad, point)
        QTest.mouseRelease(pad, Qt.MouseButton.LeftButton, pos=points[-1])


def strokes_on(editor: Any) -> int:
    return sum(len(page.strokes) for page in editor.canvas.sheet.pages)


NAME = (((15, 30), (25, 25), (35, 40), (30, 70), (20, 60)), ((50, 20), (52, 80)), ((65, 40), (80, 35), (75, 75)))


def test_ink_is_the_way_to_sign_until_the_rules_say_otherwise(clerk: Clerk) -> None:
    editor = opened(clerk, recorded(clerk))
    clerk.until(lambda: clerk.main.ctx.tasks.is_idle)
    assert not editor.panel.paper.pad.isVisible() and not clerk.seen("pad_sign_leader1")
    ask(clerk, rules.set_rules, {"signature_pad": True}, by=clerk.main.ctx.operator)
    clerk.until(lambda: clerk.seen("pad_sign_leader1") and clerk.seen("pad_sign_recorder"))


def test_a_leader_signs_with_the_mouse_what_stands_beside_the_pad_and_an_edit_undoes_it(clerk: Clerk) -> None:
    ask(clerk, rules.set_rules, {"signature_pad": True}, by=clerk.main.ctx.operator)
    rec = recorded(clerk)
    editor = opened(clerk, rec)
    clerk.click("pad_sign_leader1")
    dialog: Any = clerk.dialog("dialog_signature_pad")
    words = [run.text for run in dialog.pages._sheet.pages[0].runs]
    assert "何玉梅" in words and "孙丽华" in words and CANARY not in words
    assert not dialog.button_clear.isEnabled()
    clerk.click("dialog_ok", dialog)
    assert dialog.isVisible() and "还没有签名" in dialog._error.text()

    draw(dialog.pad, *NAME)
    assert len(dialog.pad.strokes) == 3 and dialog.button_clear.isEnabled()
    clerk.click("pad_clear", dialog)
    assert dialog.pad.strokes == ()
    draw(dialog.pad, *NAME)
    dialog.pad.setFocus()
    QTest.keyClick(dialog.pad, Qt.Key.Key_Backspace)
    assert len(dialog.pad.strokes) == 2
    draw(dialog.pad, NAME[2])
    clerk.click("dialog_ok", dialog)
    clerk.until(lambda: strokes_on(editor) == 3 and clerk.seen("pad_clear_leader1"))
    assert "孙丽华签名" in clerk.said()
    shown: Any = ask(clerk, visit_json.shown, rec)
    assert [one["name"] for one in shown["signatures"]] == ["孙丽华"]

    # it vanishes from the paper with the first letter typed, not only when that is saved
    clerk.on_page("visit")
    cell = editor.canvas.cells["account"]
    QTest.mouseClick(cell.viewport(), Qt.MouseButton.LeftButton)
    clerk.until(cell.hasFocus)
    clerk.commit("好")
    assert strokes_on(editor) == 0
    clerk.key(Qt.Key.Key_S, Qt.KeyboardModifier.ControlModifier)
    clerk.until(lambda: clerk.seen("pad_sign_leader1"))
    sheet: Any = ask(clerk, forms.sheet, rec)
    assert sheet.pages[0].strokes == ()
    QTest.keyClick(cell, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    clerk.key(Qt.Key.Key_S, Qt.KeyboardModifier.ControlModifier)
    clerk.until(lambda: strokes_on(editor) == 3 and clerk.seen("pad_clear_leader1"))


def test_a_signature_is_cleared_and_brought_back_and_escape_signs_nothing(clerk: Clerk) -> None:
    ask(clerk, rules.set_rules, {"signature_pad": True}, by=clerk.main.ctx.operator)
    rec = recorded(clerk)
    editor = opened(clerk, rec)
    clerk.click("pad_sign_recorder")
    dialog: Any = clerk.dialog("dialog_signature_pad")
    draw(dialog.pad, *NAME)
    QTest.keyClick(dialog.pad, Qt.Key.Key_Escape)
    clerk.until(lambda: not clerk.seen("dialog_signature_pad"))
    pad: Any = ask(clerk, signature_pad.read, rec)
    assert all(place.signature is None for place in pad.places)
    clerk.click("pad_sign_recorder")
    dialog = clerk.dialog("dialog_signature_pad")
    draw(dialog.pad, *NAME)
    clerk.click("dialog_ok", dialog)
    clerk.until(lambda: strokes_on(editor) == 3)
    clerk.click("pad_clear_recorder")
    clerk.until(lambda: strokes_on(editor) == 0)
    clerk.click("button_undo")
    clerk.until(lambda: strokes_on(editor) == 3)


def test_a_draft_for_review_is_printed_from_more_and_leaves_the_record_unprinted(clerk: Clerk) -> None:
    rec = recorded(clerk)
    editor = opened(clerk, rec)
    dict(editor.acts.more())["打印送审稿…"]()
    dialog: Any = clerk.dialog("dialog_print")
    words = [run.text for run in dialog.sheet().pages[0].runs]
    assert "送审稿" in words and "另有限制知悉内容1项，不随稿" in words
    assert not any(CANARY in text for text in words)
    dialog.reject()
    assert editor.visit.paper.printed_on is None and editor.visit.paper.layout is None


def test_a_quarters_summary_is_printed_for_review(clerk: Clerk) -> None:
    recorded(clerk)
    clerk.click("nav_summary")
    page = clerk.on_page("summary")
    clerk.until(lambda: page.view is not None)
    clerk.click("button_review_summary", page)
    dialog: Any = clerk.dialog("dialog_print")
    assert all("送审稿" in [run.text for run in one.runs] for one in dialog.sheet().pages)
    dialog.reject()


def test_who_signed_on_the_pad_leaves_the_list_of_those_waited_for(clerk: Clerk) -> None:
    ask(clerk, rules.set_rules, {"signature_pad": True}, by=clerk.main.ctx.operator)
    rec = recorded(clerk)
    clerk.click("nav_visits")
    clerk.on_page("visits")
    clerk.click("button_signing")
    page = clerk.on_page("signing")
    clerk.until(lambda: [row.leader for row in page.rows] == ["孙丽华"])
    pad: Any = ask(clerk, signature_pad.read, rec)
    strokes = (tuple((300 + 40 * at, 300 + 90 * (at % 7), 45) for at in range(60)),)
    said = pad.places[0].said
    ask(clerk, signature_pad.sign, rec, "leader1", strokes, said=said, by=clerk.main.ctx.operator)
    clerk.until(lambda: page.pane.currentWidget() is page.empty)
