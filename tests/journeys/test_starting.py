"""Starting the program: the door, the lost password, data that can't be opened, a second start, and the pictures."""

from __future__ import annotations

import hashlib
import os
import subprocess
import sys
from pathlib import Path

import pytest
from clerk import PASSWORD, Clerk, StartProgram, password_file, set_up_office
from PySide6.QtCore import Qt
from PySide6.QtGui import QImage
from pytestqt.qtbot import QtBot

from jiafang_desktop.common.errors import UserError
from jiafang_desktop.services import session
from ui.app import OneWindow, read_options
from ui.first_run.strength import strength
from ui.first_window import FirstWindow
from ui.program import Program

ROOT = Path(__file__).resolve().parents[2]


def words(clerk: Clerk, name: str) -> str:
    found = clerk.find(name)
    return str(found.property("text"))


def test_a_wrong_password_is_said_in_a_sentence_and_slowed_down_but_never_wipes(
    start: StartProgram, tmp_path: Path
) -> None:
    folder = tmp_path / "数据"
    set_up_office(folder)
    clerk = start(folder)
    clerk.at("unlock_window")
    clerk.click("button_unlock")
    assert words(clerk, "unlock_error") == "请先输入密码。"
    for _ in range(5):
        clerk.find("field_password").clear()  # type: ignore[attr-defined]  # a line edit
        clerk.open_door("not-the-password")
        clerk.until(lambda: clerk.find("button_unlock").isEnabled() and clerk.find("unlock_error").isVisible())
    clerk.find("field_password").clear()  # type: ignore[attr-defined]
    clerk.open_door()
    clerk.until(lambda: "秒再试" in words(clerk, "unlock_error"))


def test_a_lost_password_is_set_anew_by_the_printed_groups(start: StartProgram, tmp_path: Path) -> None:
    folder = tmp_path / "数据"
    key = set_up_office(folder)
    clerk = start(folder)
    clerk.at("unlock_window")
    clerk.click("button_recover")
    slipped = key[:2] + ("A" if key[2] != "A" else "B") + key[3:]
    clerk.type("field_recovery_key", slipped.lower())
    clerk.type("field_new_password", "new-one-2027")
    clerk.type("field_new_password_again", "new-one-2027")
    clerk.click("button_reset_password")
    clerk.until(lambda: "第1组" in words(clerk, "recover_error"))
    clerk.find("field_recovery_key").clear()  # type: ignore[attr-defined]  # a line edit
    clerk.type("field_recovery_key", key.replace("-", " ").lower())
    clerk.click("button_reset_password")
    clerk.on_page("workbench")
    clerk.leave()
    session.open_store(folder, "new-one-2027").close()


def test_capitals_that_are_locked_are_told_while_typing(start: StartProgram, tmp_path: Path) -> None:
    set_up_office(tmp_path / "数据")
    clerk = start(tmp_path / "数据")
    clerk.at("unlock_window")
    clerk.type("field_password", "a")
    assert not clerk.seen("caps_lock")
    from PySide6.QtTest import QTest

    QTest.sendKeyEvent(QTest.KeyAction.Click, clerk.find("field_password"), Qt.Key.Key_B, "B", Qt.KeyboardModifier(0))
    assert clerk.seen("caps_lock")


@pytest.mark.parametrize("name", ["家访台账.db", "vault.json"])
@pytest.mark.usefixtures("loud_log")
def test_damaged_data_gives_a_page_with_the_next_step_and_a_retry(
    start: StartProgram, tmp_path: Path, name: str
) -> None:
    folder = tmp_path / "数据"
    set_up_office(folder)
    broken = [folder / name, *folder.glob("vault-copy.json" if name == "vault.json" else name)]
    whole = {path: path.read_bytes() for path in broken}
    for path, data in whole.items():
        path.write_bytes(data[:60] + b"\0" * 2000 + data[2060:])
    clerk = start(folder, password=password_file(tmp_path))
    clerk.at("trouble_window")
    assert words(clerk, "trouble_head") == "数据文件损坏，没有打开"
    clerk.click("button_trouble_details")
    assert "damaged" in words(clerk, "trouble_details")
    for path, data in whole.items():
        path.write_bytes(data)
    clerk.click("button_retry")
    clerk.on_page("workbench")


@pytest.mark.usefixtures("loud_log")
def test_data_in_use_elsewhere_says_so_and_opens_once_it_is_free(start: StartProgram, tmp_path: Path) -> None:
    folder = tmp_path / "数据"
    set_up_office(folder)
    other = session.open_store(folder, PASSWORD)
    clerk = start(folder, password=password_file(tmp_path))
    clerk.at("trouble_window")
    assert words(clerk, "trouble_head") == "数据正在被另一个窗口或程序使用"
    other.close()
    clerk.click("button_retry")
    clerk.on_page("workbench")


def test_a_copied_folder_works_and_says_that_it_is_a_copy(start: StartProgram, tmp_path: Path) -> None:
    import shutil

    set_up_office(tmp_path / "数据")
    session.open_store(tmp_path / "数据", PASSWORD).close()
    shutil.copytree(tmp_path / "数据", tmp_path / "副本")
    clerk = start(tmp_path / "副本", password=password_file(tmp_path))
    clerk.on_page("workbench")
    assert "副本" in words(clerk, "notice_words")
    clerk.click("button_notice_seen")
    assert not clerk.seen("notice")


@pytest.mark.usefixtures("loud_log")
def test_a_password_file_that_is_not_there_is_told(start: StartProgram, tmp_path: Path) -> None:
    set_up_office(tmp_path / "数据")
    clerk = start(tmp_path / "数据", password=tmp_path / "没有.txt")
    clerk.at("trouble_window")
    assert "没有找到密码文件" in words(clerk, "trouble_sentence")


def test_setting_up_can_be_left_only_knowingly_before_the_recovery_sheet_is_kept(
    start: StartProgram, tmp_path: Path
) -> None:
    clerk = start(tmp_path / "数据")
    clerk.at("wizard")
    clerk.click("check_accept_rules")
    clerk.click("button_wizard_next")
    clerk.type("field_unit", "德政镇")
    clerk.click("button_wizard_next")
    clerk.type("field_operator", "王敏")
    clerk.type("field_password", PASSWORD)
    clerk.type("field_password_again", PASSWORD)
    clerk.click("button_wizard_next")
    clerk.until(lambda: clerk.seen("check_recovery_kept"))
    assert not clerk.window.close()
    question = clerk.dialog("dialog_leave_wizard")
    clerk.click("dialog_cancel", question)
    clerk.click("check_recovery_kept")
    assert clerk.window.close()
    session.open_store(tmp_path / "数据", PASSWORD).close()


def test_a_second_start_asks_the_first_window_forward(qtbot: QtBot, tmp_path: Path) -> None:
    first, second = FirstWindow(tmp_path), FirstWindow(tmp_path)
    assert not first.is_taken()
    first.listen()
    with qtbot.waitSignal(first.forward_wanted):
        assert second.is_taken()
    elsewhere = FirstWindow(tmp_path / "别处")
    assert not elsewhere.is_taken()
    first.close()


@pytest.mark.parametrize(
    ("typed", "enough"),
    [("", False), ("1234567", False), ("12345678", False), ("123456789012", True), ("kao-shan-tun", True),
     ("密码要长一点才好", True)],
)  # fmt: skip
def test_strength_is_said_as_the_store_will_judge_it(typed: str, enough: bool, tmp_path: Path) -> None:
    assert strength(typed).is_enough == enough
    if typed:
        try:
            session.create(tmp_path / "数据", password=typed, role="unit", unit="德政镇", operator="王敏").store.close()
            taken = True
        except UserError as error:
            assert error.code == "weak_password"
            taken = False
        assert taken == enough


def test_folder_and_password_file_come_from_arguments_or_the_environment(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("JIAFANG_DATA", str(tmp_path / "甲"))
    monkeypatch.setenv("JIAFANG_PASSWORD_FILE", str(tmp_path / "密码.txt"))
    options = read_options([])
    assert (options.folder, options.password_file) == (tmp_path / "甲", tmp_path / "密码.txt")
    options = read_options(["--data", str(tmp_path / "乙"), "--password-file", str(tmp_path / "丙.txt")])
    assert (options.folder, options.password_file) == (tmp_path / "乙", tmp_path / "丙.txt")


def pictures(folder: Path, password: Path, out: Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "ui.app", "--data", folder, "--password-file", password, "--screenshots", out],
        cwd=ROOT, capture_output=True, text=True, encoding="utf-8", check=False,
        env={**os.environ, "QT_QPA_PLATFORM": "offscreen", "PYTHONUTF8": "1"},
    )  # fmt: skip


def test_screenshots_are_all_of_one_size_and_all_different_and_change_nothing(tmp_path: Path) -> None:
    folder, out = tmp_path / "数据", tmp_path / "图 片"
    set_up_office(folder)
    done = pictures(folder, password_file(tmp_path), out)
    assert done.returncode == 0, done.stdout + done.stderr
    drawn = sorted(out.glob("*.png"))
    assert len(drawn) >= 30
    assert {(image.width(), image.height()) for image in map(QImage, map(str, drawn))} == {(1366, 768)}
    assert len({hashlib.sha256(path.read_bytes()).digest() for path in drawn}) == len(drawn)
    store = session.open_store(folder, PASSWORD)
    assert store.counts()["visits"] == 0 and store.counts()["drafts"] == 0
    store.close()


def test_screenshots_without_data_or_with_a_wrong_password_are_refused_by_the_contract(tmp_path: Path) -> None:
    set_up_office(tmp_path / "数据")
    wrong = tmp_path / "错.txt"
    wrong.write_text("not-the-password\n", "utf-8")
    assert pictures(tmp_path / "没有", wrong, tmp_path / "图").returncode == 3
    refused = pictures(tmp_path / "数据", wrong, tmp_path / "图")
    assert refused.returncode == 4
    assert "密码不对" in refused.stderr


def test_a_second_start_by_password_file_is_told_by_the_lock_and_asks_the_first_window_forward(
    clerk: Clerk, qtbot: QtBot, tmp_path: Path
) -> None:
    one, other = OneWindow(clerk.program), OneWindow(Program(clerk.program.folder, password_file=tmp_path / "密码.txt"))
    one.settle()
    assert not other.is_elsewhere()  # not asked before the store is
    assert one.first is not None
    with qtbot.waitSignal(one.first.forward_wanted):
        assert other.program.brought_forward()
    one.close()
    assert not other.program.brought_forward()
