"""What is typed outlives the lock, other letters, the window's end and the process's end."""

from __future__ import annotations

import os
import subprocess
import sys
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from clerk import PASSWORD, Clerk, StartProgram, password_file, set_up_office
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLabel

from jiafang_desktop.common import clock
from jiafang_desktop.domain.drafts import DraftInfo
from jiafang_desktop.services import drafts
from ui import log_file

HERE = Path(__file__).parent
ROOT = HERE.parents[1]
TYPED = "送上镇党委的问候，看到院落整洁"
AT_RISK_S = 3.0


def begin_a_sheet(clerk: Clerk) -> None:
    clerk.click("button_start_visit")
    page = clerk.on_page("visit")
    clerk.until(lambda: page.is_ready and page.canvas.focused() == "date")
    page.canvas.cells["account"].setFocus()
    clerk.commit(TYPED)


def test_ten_idle_minutes_cover_the_window_and_the_password_brings_page_text_and_caret_back(
    clerk: Clerk, monkeypatch: pytest.MonkeyPatch
) -> None:
    begin_a_sheet(clerk)
    started = datetime.now().astimezone()
    clock.set_clock(lambda: started + timedelta(minutes=9, seconds=59))
    clerk.main.watch.look()
    assert not clerk.main.is_locked
    clock.set_clock(lambda: started + timedelta(minutes=10, seconds=30))
    try:
        clerk.main.watch.look()
        clerk.until(lambda: clerk.main.is_locked)
    finally:
        clock.set_clock(None)
    page = clerk.page
    assert not page.isVisible()
    clerk.type("field_password", PASSWORD + "!")
    clerk.key(Qt.Key.Key_Return)
    error: QLabel = clerk.until(lambda: clerk.find("unlock_error"))  # type: ignore[assignment]
    assert error.text().startswith("密码不对。")
    assert clerk.main.is_locked
    clerk.click("button_reveal")
    clerk.type("field_password", PASSWORD)
    clerk.find("field_password").setText(PASSWORD)  # type: ignore[attr-defined]  # the wrong one was still there
    clerk.click("button_unlock")
    clerk.until(lambda: not clerk.main.is_locked)
    assert clerk.page is page and page.form["account"] == TYPED
    assert page.canvas.focused() == "account"
    clerk.commit("。")
    assert page.form["account"] == TYPED + "。"


def test_a_dialog_is_hidden_by_the_lock_and_comes_back_with_what_was_typed(clerk: Clerk) -> None:
    begin_a_sheet(clerk)
    clerk.click("button_add_problem")
    dialog = clerk.dialog("dialog_problem")
    clerk.type("field_problem_text", "母亲卧床，白天缺人照料", dialog)
    clerk.main.lock()
    assert not dialog.isVisible()
    clerk.type("field_password", PASSWORD)
    clerk.click("button_unlock")
    clerk.until(dialog.isVisible)
    assert clerk.find("field_problem_text", dialog).toPlainText() == "母亲卧床，白天缺人照料"  # type: ignore[attr-defined]
    dialog.reject()


def test_larger_letters_build_the_desk_anew_with_the_same_sheet(clerk: Clerk) -> None:
    begin_a_sheet(clerk)
    before = clerk.main.desk
    clerk.click("button_size_larger")
    clerk.until(lambda: clerk.main.desk is not before and clerk.page is not None and clerk.page.is_ready)
    assert clerk.main.desk.current == "visit"
    clerk.until(lambda: clerk.page.form["account"] == TYPED)
    kept: list[list[DraftInfo]] = []
    clerk.main.ctx.tasks.run(drafts.listing, "visit:new:").then(kept.append)
    clerk.until(lambda: kept)
    assert len(kept[0]) == 1
    clerk.click("button_size_smaller")
    clerk.until(lambda: clerk.main.settings.font_scale == 100 and clerk.page is not None and clerk.page.is_ready)


def test_the_closed_window_opens_again_with_the_sheet_on_the_workbench(start: StartProgram, tmp_path: Path) -> None:
    folder = tmp_path / "数据"
    set_up_office(folder)
    clerk = start(folder, password=password_file(tmp_path))
    clerk.on_page("workbench")
    begin_a_sheet(clerk)
    clerk.leave()
    clerk = start(folder, password=password_file(tmp_path))
    page = clerk.on_page("workbench")  # an orderly end: the sheet waits there
    clerk.until(lambda: page.bench is not None and len(page.bench.drafts) == 1)
    clerk.click("todo_1")
    clerk.on_page("visit")
    clerk.until(lambda: clerk.page.is_ready)
    assert clerk.page.form["account"] == TYPED
    assert clerk.said() == "已接着上次没写完的内容"


def test_a_killed_window_opens_again_with_what_was_typed_three_seconds_before(
    start: StartProgram, tmp_path: Path
) -> None:
    folder, password = tmp_path / "数据", password_file(tmp_path)
    set_up_office(folder)
    child = subprocess.Popen(
        [sys.executable, str(HERE / "killed_window.py"), str(folder), str(password), TYPED], stdout=subprocess.PIPE,
        text=True, encoding="utf-8", cwd=ROOT,
        env={**os.environ, "QT_QPA_PLATFORM": "offscreen", "PYTHONPATH": str(ROOT), "PYTHONUTF8": "1"},
    )  # fmt: skip
    try:
        assert child.stdout is not None
        assert child.stdout.readline().strip() == "typed"
        with pytest.raises(subprocess.TimeoutExpired):
            child.wait(AT_RISK_S)  # the promise is about time, so time has to pass
    finally:
        child.kill()
        child.wait()
        if child.stdout is not None:
            child.stdout.close()
    clerk = start(folder, password=password)
    clerk.at("main_window")
    clerk.until(lambda: clerk.main.desk.current == "visit" and clerk.page.is_ready)
    assert clerk.page.form["account"] == TYPED
    assert clerk.said() == "已接着上次没写完的内容"
    clerk.click("nav_visits")
    clerk.on_page("visits")
    clerk.click("button_new_visit")  # nothing else was typed: still the sheet that was interrupted
    clerk.on_page("visit")
    clerk.until(lambda: clerk.page.is_ready)
    assert clerk.page.form["account"] == TYPED
    clerk.click("nav_visits")
    clerk.on_page("visits")
    clerk.click("button_new_visit")
    clerk.on_page("visit")
    clerk.until(lambda: clerk.page.is_ready)
    assert clerk.page.form["account"] == ""
    clerk.leave()
    clerk = start(folder, password=password)
    clerk.on_page("workbench")


@pytest.mark.usefixtures("loud_log")
def test_what_was_typed_stands_in_no_log_and_no_title(clerk: Clerk, tmp_path: Path) -> None:
    log = log_file.begin(tmp_path / "数据")
    begin_a_sheet(clerk)
    clerk.main.ctx.tasks.run(_fails_quoting, TYPED)
    clerk.until(lambda: clerk.defects)
    log_file.defect(clerk.defects.pop())
    log_file.end()
    written = log.read_text("utf-8")
    assert "builtins.ValueError" in written and "_fails_quoting" in written
    assert "院落整洁" not in written
    assert not any("院落整洁" in window.windowTitle() for window in QApplication.topLevelWidgets())


def _fails_quoting(_store: object, text: str) -> None:
    raise ValueError(text)
