"""Backups on the command line: made and proven, a flipped byte told, restored into new folders by password or slip."""

from __future__ import annotations

import hashlib
import os
import shutil
from pathlib import Path

from cli_driver import PASSWORD, Answer, Office, call, process

from jiafang_desktop.services import session


def backed_up(office: Office, *words: str | Path) -> Path:
    return Path(office.done("backup", "now", *words)["file"])


def with_password(file: Path, *words: str | Path) -> Answer:
    return call("--password-file", file, "--json", *words)


def test_a_backup_says_its_file_digest_records_and_that_it_was_proven(fresh: Office, tmp_path: Path) -> None:
    fresh.add()
    made = fresh.done("backup", "now")
    path = Path(made["file"])
    assert path.is_absolute() and path.parent == fresh.folder / "备份"
    assert made["sha256"] == hashlib.sha256(path.read_bytes()).hexdigest()
    assert made["verified"] is True and made["records"] > 0 and made["second"] is None
    elsewhere = backed_up(fresh, "--to", tmp_path / "U盘 一")
    assert elsewhere.parent == tmp_path / "U盘 一"
    listed = fresh.done("backup", "list")
    assert [one["file"] for one in listed["backups"]] == [made["file"]]
    assert listed["backups"][0]["verified"] is True and listed["changed"] is False
    fresh.add()
    assert fresh.done("backup", "list")["changed"] is True
    assert "完好" in fresh.told("backup", "now")
    assert "完好" in fresh.told("backup", "list")


def test_verifying_needs_the_file_and_its_password_alone(fresh: Office, tmp_path: Path) -> None:
    fresh.add()
    path = backed_up(fresh, "--to", tmp_path / "处")
    found = with_password(fresh.password_file, "backup", "verify", path)
    assert found.status == 0
    assert found.json["ok"] is found.json["verified"] is True
    assert min(found.json[name] for name in ("records", "revisions", "pages_authenticated")) > 0
    wrong = tmp_path / "错.txt"
    wrong.write_text("not-this-password", "utf-8")
    refused = with_password(wrong, "backup", "verify", path)
    assert (refused.status, refused.code) == (4, "wrong_password")
    assert (call("--json", "backup", "verify", path).status) == 4
    gone = with_password(fresh.password_file, "backup", "verify", tmp_path / "没有.jfbak")
    assert (gone.status, gone.code) == (3, "not_found")


def test_a_flipped_byte_anywhere_exits_with_5(fresh: Office, tmp_path: Path) -> None:
    fresh.add()
    path = backed_up(fresh, "--to", tmp_path / "处")
    whole = path.read_bytes()
    for part in [*range(12), 11.9999]:
        at = int(len(whole) * part / 12)
        path.write_bytes(whole[:at] + bytes([whole[at] ^ 0x10]) + whole[at + 1 :])
        answer = with_password(fresh.password_file, "backup", "verify", path)
        assert (answer.status, answer.code) == (5, "damaged"), at
    for broken in (b"", b"not a backup" * 1000, whole[: len(whole) // 2], whole[:-1]):
        path.write_bytes(broken)
        assert with_password(fresh.password_file, "backup", "verify", path).status == 5
        restored = with_password(fresh.password_file, "backup", "restore", path, "--into", tmp_path / "新")
        assert restored.status == 5
        assert not (tmp_path / "新").exists()


def test_a_restored_folder_holds_what_the_backup_held(fresh: Office, tmp_path: Path) -> None:
    visit = fresh.filed()
    made = fresh.done("backup", "now", "--to", tmp_path / "处")
    fresh.add()
    into = tmp_path / "新 文件夹"
    answer = with_password(fresh.password_file, "backup", "restore", made["file"], "--into", into)
    assert answer.status == 0, answer.out
    assert (answer.json["records"], answer.json["verified"]) == (made["records"], True)
    assert answer.json["missing_scans"] == answer.json["warnings"] == []
    second = Office(into, fresh.password_file)
    assert [one["id"] for one in second.done("visits", "list")["visits"]] == [visit]
    assert second.done("info")["install_id"] == answer.json["install_id"] != fresh.done("info")["install_id"]
    assert second.done("check")["ok"] is True
    assert second.add() and fresh.add()
    again = with_password(fresh.password_file, "backup", "restore", made["file"], "--into", into)
    assert (again.status, again.code) == (3, "folder_not_empty")


def test_a_forgotten_password_is_no_hindrance_with_the_slip(tmp_path: Path) -> None:
    created = session.create(
        tmp_path / "数据", password=PASSWORD, role="unit", unit="德政镇", operator="王敏", unit_type="township"
    )
    created.store.close()
    first, slip, new = tmp_path / "旧.txt", tmp_path / "找回单.txt", tmp_path / "新.txt"
    first.write_text(PASSWORD, "utf-8")
    slip.write_text(created.recovery_key + "\n", "utf-8")
    new.write_text("xin-mi-ma-2027\r\n", "utf-8")
    path = backed_up(Office(tmp_path / "数据", first), "--to", tmp_path / "处")
    shutil.rmtree(tmp_path / "数据")
    words = ("backup", "restore", path, "--into", tmp_path / "恢复", "--recovery-key-file", slip)
    assert with_password(new, *words).status == 0
    assert Office(tmp_path / "恢复", new).done("info")["operator"] == "王敏"
    assert Office(tmp_path / "恢复", first).refused("info", status=4)["code"] == "wrong_password"


def test_another_pc_restores_from_a_stick_and_goes_on_as_itself(fresh: Office, tmp_path: Path) -> None:
    fresh.add()
    backed_up(fresh, "--to", tmp_path / "U盘")
    stick = shutil.copytree(tmp_path / "U盘", tmp_path / "另一台的U盘")
    (path,) = stick.glob("*.jfbak")
    env = {"JIAFANG_STATE": str(tmp_path / "另一台")}
    into = tmp_path / "另一台的数据"
    done = process("--password-file", fresh.password_file, "--json", "backup", "restore", path, "--into", into, env=env)
    assert done.returncode == 0, done.stdout.decode()
    told = process("--data", into, "--password-file", fresh.password_file, "--json", "info", env=env)
    assert b'"warnings": []' in told.stdout


def test_a_missing_scan_is_named_by_verify_and_restore(fresh: Office, tmp_path: Path) -> None:
    from jiafang_desktop.store import Store

    store = Store.open(fresh.folder, password=PASSWORD)
    name = store.blobs.put(os.urandom(5000))
    store.close()
    path = backed_up(fresh, "--to", tmp_path / "处")
    shutil.rmtree(tmp_path / "处" / "blobs")
    answer = with_password(fresh.password_file, "backup", "verify", path)
    assert (answer.status, answer.json["missing_scans"]) == (5, [name])
    restored = with_password(fresh.password_file, "backup", "restore", path, "--into", tmp_path / "新")
    assert (restored.status, restored.json["missing_scans"]) == (0, [name])
    assert restored.json["warnings"]


def test_an_import_is_preceded_by_a_backup_of_what_was_there(fresh: Office, tmp_path: Path) -> None:
    roster = tmp_path / "名册.csv"
    roster.write_text("姓名,职务\n李思雨,镇长\n", "utf-8")
    fresh.done("roster", "import", roster, "--apply")
    assert fresh.done("backup", "list")["backups"] == []  # nothing could be lost yet
    roster.write_text("姓名,职务\n李思雨,镇长\n周文斌,组织委员\n", "utf-8")
    fresh.done("roster", "import", roster, "--apply")
    (one,) = fresh.done("backup", "list")["backups"]
    assert one["verified"] is False
    restored = with_password(fresh.password_file, "backup", "restore", one["file"], "--into", tmp_path / "新")
    assert restored.status == 0
    assert Office(tmp_path / "新", fresh.password_file).done("info")["counts"]["cadres"] == 1
