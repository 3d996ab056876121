"""Prompts beside 看谈听访: they follow 优先情形, promise nothing, write nothing, and stay folded once folded."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from editor_driver import EditorWindow
from editor_window import open_editor
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QWidget
from pytestqt.qtbot import QtBot

from jiafang_desktop.domain.prompts import THREE_ONES, prompts_for
from jiafang_desktop.domain.visits import PRIORITIES
from ui.widgets import side_prompts


@pytest.fixture
def window(tmp_path: Path, qtbot: QtBot) -> Iterator[EditorWindow]:
    side_prompts._wanted.clear()
    with open_editor(tmp_path / "数据", qtbot) as opened:
        yield opened
    side_prompts._wanted.clear()


def shown(window: EditorWindow) -> bool:
    body = window.page.findChild(QWidget, "prompts_body")
    assert isinstance(body, QWidget)
    return body.isVisible()


def words(window: EditorWindow, name: str) -> QLabel:
    label = window.page.findChild(QLabel, f"prompt_{name}")
    assert isinstance(label, QLabel)
    return label


def test_prompts_follow_the_priority_and_leave_the_account_alone(window: EditorWindow) -> None:
    window.open(fresh=True)
    usual = words(window, "谈").text()
    assert shown(window) and usual
    priority = window.page.panel.matter.priority
    priority.setFocus()
    window.key(Qt.Key.Key_Down)
    assert window.page.form["priority"] == "illness"
    assert "治疗" in words(window, "谈").text() and words(window, "谈").text() != usual
    assert not words(window, "signs").isVisible()
    for _ in range(5):
        window.key(Qt.Key.Key_Down)
    assert window.page.form["priority"] == "warning_sign"
    assert "涉嫌违纪违法线索不在本程序登记" in words(window, "signs").text() and words(window, "signs").isVisible()
    assert window.page.form["account"] == "" and window.page.form["ways"] == ()


def test_folded_once_they_stay_folded_on_the_next_sheet(window: EditorWindow) -> None:
    window.open(fresh=True)
    window.click("fold_prompts")
    assert not shown(window)
    window.open(fresh=True)
    assert not shown(window)
    window.click("fold_prompts")
    assert shown(window)


def test_a_written_sheet_begins_folded_and_a_filed_one_has_none(window: EditorWindow) -> None:
    window.archived()
    window.until(lambda: not window.button("fold_prompts").isVisible())
    assert not shown(window)


@pytest.mark.parametrize("priority", [None, *PRIORITIES])
def test_no_prompt_promises_anything_or_makes_a_sentence_for_an_account(priority: str | None) -> None:
    for text in (*prompts_for(priority).values(), *THREE_ONES.values()):
        assert text and not any(word in text for word in ("没有", "未发现", "无异常", "良好", "稳定", "。", "他", "她"))
