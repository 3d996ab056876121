"""Backups in the window: by itself, by hand, to a second place, at closing; restored at the door and on another PC."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from clerk import PASSWORD, Clerk, StartProgram, password_file, set_up_office
from PySide6.QtWidgets import QFileDialog, QLabel, QLineEdit

from jiafang_desktop.common.progress import run_to_end
from jiafang_desktop.domain.cadres import CadreContent
from jiafang_desktop.services import backups, rosters, session


def add_person(store: Any, name: str = "李思雨") -> Any:
    return rosters.add_person(store, CadreContent(name=name, unit="德政镇"), by=store.operator)[1]


def written(clerk: Clerk, verb: Any, *args: Any) -> Any:
    found: list[Any] = []
    clerk.main.ctx.tasks.run(verb, *args).then(found.append)
    clerk.until(lambda: found)
    return found[0]


def made_backup(folder: Path, place: Path) -> Path:
    """One person, backed up to ``place``; the folder is closed again."""
    store = session.open_store(folder, PASSWORD)
    add_person(store)
    path = run_to_end(backups.now(store, to=place)).written.facts.path
    store.close()
    return path


def on_settings(clerk: Clerk) -> Any:
    clerk.click("nav_settings")
    return clerk.on_page("settings").backups


def label(clerk: Clerk, name: str) -> str:
    found = clerk.find(name)
    return str(found.property("text") or getattr(found, "words", ""))


def test_every_half_hour_a_backup_is_made_if_something_changed(clerk: Clerk) -> None:
    clerk.main.backups.tick()
    clerk.until(lambda: clerk.main.ctx.tasks.is_idle)
    assert not clerk.main.desk.status.backup.isVisible()  # nothing to lose yet, nothing to say
    written(clerk, add_person)
    clerk.main.backups.tick()
    clerk.until(lambda: clerk.main.desk.status.backup.text().startswith("已备份"))
    assert len(written(clerk, backups.listing)) == 1
    clerk.main.backups.tick()
    clerk.until(lambda: clerk.main.ctx.tasks.is_idle)
    assert len(written(clerk, backups.listing)) == 1


def test_typing_and_lists_go_on_while_a_backup_is_made(clerk: Clerk) -> None:
    written(clerk, add_person)
    clerk.main.backups.tick()
    assert written(clerk, lambda store: store.counts())["cadres"] == 1  # answered between two steps
    written(clerk, add_person, "周文斌")
    clerk.until(lambda: clerk.main.ctx.tasks.is_idle)
    assert written(clerk, backups.last).changed


def test_a_backup_by_hand_says_what_it_holds_and_can_be_verified(clerk: Clerk) -> None:
    written(clerk, add_person)
    section = on_settings(clerk)
    clerk.click("button_backup_now")
    clerk.until(lambda: "读回核对完好" in label(clerk, "backup_result"))
    clerk.until(lambda: clerk.main.ctx.tasks.is_idle and section.rows)
    assert "已读回核对" in label(clerk, "backup_last")
    assert clerk.main.desk.status.backup.text().startswith("已备份")
    section.table.set_current(section.rows[0].id)
    clerk.click("button_verify_backup")
    clerk.until(lambda: "完好：核对了" in label(clerk, "backup_result"))
    clerk.until(lambda: clerk.main.ctx.tasks.is_idle)
    path: Path = section.rows[0].backup.path
    content = bytearray(path.read_bytes())
    content[len(content) // 2] ^= 1
    path.write_bytes(content)
    clerk.click("button_verify_backup")
    clerk.until(lambda: "已损坏" in label(clerk, "backup_result"))


def test_a_second_place_is_asked_for_and_gets_its_copy_at_once(
    clerk: Clerk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    stick = tmp_path / "U盘"
    stick.mkdir()
    written(clerk, add_person)
    clerk.click("nav_workbench")
    page = clerk.on_page("workbench")
    clerk.until(lambda: "请再选一处" in page.side.backup.todo.text())
    page.side.backup.button.click()
    clerk.on_page("settings")
    monkeypatch.setattr(QFileDialog, "getExistingDirectory", lambda *_: str(stick))
    clerk.click("button_choose_second")
    notice = clerk.dialog("dialog_notice")  # the same disk as the data, in a test
    assert "同一块磁盘" in notice.accessibleName() + label_of(notice, "message_head")
    clerk.click("dialog_ok", notice)
    clerk.until(lambda: "第二处也放好了" in label(clerk, "backup_result"))
    assert len(list(stick.glob("*.jfbak"))) == 1
    clerk.click("nav_workbench")
    clerk.on_page("workbench")
    clerk.until(lambda: "今天" in page.side.backup.own.toolTip() and not page.side.backup.todo.isVisible())


def label_of(parent: Any, name: str) -> str:
    found = parent.findChild(QLabel, name)
    return str(found.text()) if found is not None else ""


def test_a_place_that_is_gone_is_a_quiet_line_and_stops_nobody(clerk: Clerk, tmp_path: Path) -> None:
    written(clerk, add_person)
    (clerk.program.folder / "备份").write_text("a file where backups should be")
    clerk.main.backups.tick()
    clerk.until(lambda: clerk.main.desk.status.backup.text() == "备份没有成")
    assert not clerk.seen("dialog_error")
    written(clerk, add_person, "周文斌")
    (clerk.program.folder / "备份").unlink()
    clerk.main.backups.tick()
    clerk.until(lambda: clerk.main.desk.status.backup.text().startswith("已备份"))


def test_closing_backs_up_first_and_then_closes_by_itself(clerk: Clerk) -> None:
    written(clerk, add_person)
    window, folder = clerk.main, clerk.program.folder
    assert not window.close()
    clerk.until(lambda: clerk.program.ctx is None)
    assert not window.isVisible()
    clerk.leave()
    store = session.open_store(folder, PASSWORD)
    known = backups.last(store)
    assert known.proven and not known.changed
    store.close()


def test_closing_can_be_skipped_and_nothing_is_lost_by_it(clerk: Clerk) -> None:
    written(clerk, add_person)
    window, folder = clerk.main, clerk.program.folder
    window.close()
    window.backups._say_so()  # as after a quarter of a second
    clerk.click("button_skip_backup", clerk.dialog("dialog_closing_backup"))
    clerk.until(lambda: clerk.program.ctx is None)
    clerk.leave()
    store = session.open_store(folder, PASSWORD)
    assert store.counts()["cadres"] == 1
    assert list((folder / "备份").glob("*.writing")) == []
    store.close()


def test_from_the_settings_a_backup_is_restored_beside_the_data(clerk: Clerk, tmp_path: Path) -> None:
    written(clerk, add_person)
    path = written(clerk, lambda store: backups.now(store)).written.facts.path
    on_settings(clerk)
    clerk.click("button_restore_backup")
    dialog = clerk.dialog("dialog_restore")
    fill(dialog, field_backup_file=str(path), field_restore_folder=str(tmp_path / "恢复"))
    clerk.click("dialog_ok", dialog)
    assert "请输入做备份那时的密码" in label_of(dialog, "dialog_error")
    fill(dialog, field_backup_password="not-the-password")
    clerk.click("dialog_ok", dialog)
    clerk.until(lambda: "密码不对" in label_of(dialog, "dialog_error"))
    fill(dialog, field_backup_password=PASSWORD)
    clerk.click("dialog_ok", dialog)
    clerk.until(lambda: "逐条核对过，完好" in label_of(dialog, "restore_words"))
    dialog.reject()
    store = session.open_store(tmp_path / "恢复", PASSWORD)
    assert store.counts()["cadres"] == 1
    store.close()


def fill(dialog: Any, **texts: str) -> None:
    for name, text in texts.items():
        field = dialog.findChild(QLineEdit, name)
        assert field is not None, name
        field.setText(text)


def test_damaged_data_are_replaced_by_a_backup_and_kept_under_another_name(start: StartProgram, tmp_path: Path) -> None:
    folder = tmp_path / "数据"
    set_up_office(folder)
    path = made_backup(folder, tmp_path / "U盘")
    database = next(folder.glob("*.db"))
    database.write_bytes(b"x" * 20_000)
    clerk = start(folder, password=password_file(tmp_path))
    clerk.at("trouble_window")
    clerk.click("button_restore_backup")
    dialog = clerk.dialog("dialog_restore")
    fill(dialog, field_backup_file=str(path), field_backup_password=PASSWORD)
    clerk.click("dialog_ok", dialog)
    clerk.on_page("workbench")
    assert written(clerk, lambda store: store.counts())["cadres"] == 1
    (aside,) = tmp_path.glob("数据（*换下）")
    assert next(aside.glob("*.db")).read_bytes() == b"x" * 20_000


def test_a_new_pc_begins_with_a_backup_and_the_recovery_slip(start: StartProgram, tmp_path: Path) -> None:
    key = set_up_office(tmp_path / "旧电脑")
    path = made_backup(tmp_path / "旧电脑", tmp_path / "U盘")
    folder = tmp_path / "新电脑"
    clerk = start(folder)
    clerk.at("wizard")
    clerk.click("button_restore_backup")
    dialog = clerk.dialog("dialog_restore")
    fill(dialog, field_backup_file=str(path))
    clerk.click("check_restore_by_key", dialog)
    fill(
        dialog, field_restore_key=key.lower(), field_restore_new_password="xin-dian-nao-2027",
        field_restore_new_password_again="xin-dian-nao-2027",
    )  # fmt: skip
    clerk.click("dialog_ok", dialog)
    clerk.open_door("xin-dian-nao-2027")
    clerk.on_page("workbench")
    assert written(clerk, lambda store: store.counts())["cadres"] == 1
    assert [one.name for one in tmp_path.iterdir() if "恢复" in one.name or "换下" in one.name] == []


def test_a_file_that_is_no_backup_is_refused_in_the_dialog(start: StartProgram, tmp_path: Path) -> None:
    folder = tmp_path / "数据"
    set_up_office(folder)
    broken = tmp_path / "坏的.jfbak"
    broken.write_bytes(b"x" * 8192)
    clerk = start(folder)
    clerk.at("unlock_window")
    clerk.click("button_restore_backup")
    dialog = clerk.dialog("dialog_restore")
    fill(dialog, field_backup_file=str(broken), field_backup_password=PASSWORD)
    clerk.click("dialog_ok", dialog)
    clerk.until(lambda: "已损坏" in label_of(dialog, "dialog_error"))
    dialog.reject()
    assert session.exists(folder)
    clerk.open_door()
    clerk.on_page("workbench")
