"""沿用上次家庭信息 with real keys and clicks: one undo step, and nothing typed is overwritten without being asked."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from editor_driver import EditorWindow
from editor_window import open_editor
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from jiafang_desktop.common import clock


@pytest.fixture
def window(tmp_path: Path, qtbot: QtBot) -> Iterator[EditorWindow]:
    """A new sheet, after 张建国 was visited on 3 November."""
    clock.set_clock(lambda: datetime(2026, 11, 24, 15, 42, tzinfo=UTC))
    with open_editor(tmp_path / "数据", qtbot) as opened:
        opened.registered()
        opened.open(fresh=True)
        yield opened
    clock.set_clock(None)


def cells(window: EditorWindow) -> tuple[str, str, str]:
    form = window.page.form
    return form["address"], form["spouse_name"], form["spouse_work"]


LAST = ("魏县德政镇东街村建设路36号", "王秀兰", "德政镇中心小学教师")


def name_him(window: EditorWindow) -> None:
    window.focus("visitee_name")
    window.ime("张建国")
    window.until(lambda: window.page.acts.family.last is not None)


def test_one_click_fills_address_and_spouse_and_one_undo_empties_them(window: EditorWindow) -> None:
    name_him(window)
    assert window.button("foot_link").text() == "沿用上次家庭信息（2026.11.3）"
    window.click("foot_link")
    assert cells(window) == LAST
    assert window.page.canvas.cells["address"].text() == LAST[0]
    assert window.page.canvas.focused() == "visitee_name"
    assert not window.button("foot_link").isVisible()
    window.key(Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert cells(window) == ("", "", "")


def test_the_link_shows_only_where_it_helps(window: EditorWindow) -> None:
    name_him(window)
    window.focus("account")
    assert not window.button("foot_link").isVisible()
    window.focus("address")
    assert window.button("foot_link").isVisible()
    window.focus("visitee_name")
    window.ime("强")
    assert not window.button("foot_link").isVisible()


def test_what_is_typed_stays_unless_the_clerk_says_otherwise(window: EditorWindow) -> None:
    name_him(window)
    window.focus("address")
    window.ime("新民街2号")
    window.click("foot_link")
    dialog = window.dialog("dialog_family")
    told = dialog.findChild(QLabel, "family_address")
    assert told is not None
    assert told.text() == f"家庭住址：现在是“新民街2号”，上次是“{LAST[0]}”"  # type: ignore[attr-defined]  # a label
    window.click_in(dialog, "dialog_ok")
    assert cells(window) == ("新民街2号", *LAST[1:])
    window.key(Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert cells(window) == ("新民街2号", "", "")
    window.click("foot_link")
    window.click_in(window.dialog("dialog_family"), "family_replace")
    assert cells(window) == LAST


def test_with_every_cell_typed_it_stands_in_the_further_acts_alone(window: EditorWindow) -> None:
    name_him(window)
    window.click("foot_link")
    window.focus("spouse_work")
    window.key(Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    window.ime("退休")
    assert not window.button("foot_link").isVisible()
    words = [words for words, _ in window.page.acts.more()]
    assert words[0] == "沿用上次家庭信息（2026.11.3）"
    dict(window.page.acts.more())[words[0]]()
    window.click_in(window.dialog("dialog_family"), "dialog_cancel")
    assert cells(window)[2] == "退休"


def test_a_person_never_visited_is_offered_nothing(window: EditorWindow) -> None:
    window.focus("visitee_name")
    window.ime("李红梅")
    window.until(lambda: window.page.acts.family._asked[0] == "李红梅" and window.page.ctx.tasks.is_idle)
    assert not window.button("foot_link").isVisible()
    assert next(words for words, _ in window.page.acts.more()) == "另写一份新的"
