"""What goes wrong around the program: two at once, damaged and newer data, full and read-only disks, altered rows."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from cli_driver import PASSWORD, VISIT, Office, process, set_up

from jiafang_desktop.store import Store

HOLDER = (
    "import sys; from pathlib import Path; from jiafang_desktop.store import Store\n"
    "store = Store.open(Path(sys.argv[1]), password=sys.argv[2]); print('open', flush=True); sys.stdin.read()"
)


def test_a_second_process_is_told_that_the_data_are_in_use(fresh: Office) -> None:
    command = [sys.executable, "-c", HOLDER, str(fresh.folder), PASSWORD]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as holder:
        assert holder.stdin is not None and holder.stdout is not None
        assert holder.stdout.readline() == b"open\n"
        second = process(*fresh.where, "--json", "visits", "list")
        assert second.returncode == 4
        assert b'"in_use"' in second.stdout
        holder.stdin.close()
    assert fresh.done("visits", "list")["total"] == 0


def test_of_two_that_add_at_once_each_is_done_or_told_in_use(fresh: Office) -> None:
    path = fresh.written("v.json", VISIT)
    command = [sys.executable, "-m", "jiafang_desktop.cli", *map(str, fresh.where), "--json"]
    children = [subprocess.Popen([*command, "visits", "add", "--file", path], stdout=subprocess.PIPE) for _ in range(3)]
    outs = [child.communicate()[0] for child in children]
    assert {child.returncode for child in children} <= {0, 4}
    assert all(b'"in_use"' in out for child, out in zip(children, outs, strict=True) if child.returncode == 4)
    assert fresh.done("visits", "list")["total"] == [child.returncode for child in children].count(0)


def test_every_flipped_byte_is_noticed(fresh: Office) -> None:
    for _ in range(3):
        fresh.add()
    database = Path(fresh.done("info")["database"])
    whole = database.read_bytes()
    for part in range(1, 12):
        at = len(whole) * part // 12
        database.write_bytes(whole[:at] + bytes([whole[at] ^ 0x10]) + whole[at + 1 :])
        answer = fresh.call("check")
        assert answer.status == 5, (at, answer.out)
        found = answer.json
        assert found.get("ok") is False or found["error"]["code"] == "damaged"
    database.write_bytes(whole)
    assert fresh.done("check")["ok"] is True


def test_a_database_that_is_cut_off_or_no_database_is_damaged(fresh: Office) -> None:
    database = Path(fresh.done("info")["database"])
    whole = database.read_bytes()
    for broken in (b"", b"not a database" * 1000, whole[: len(whole) // 2]):
        database.write_bytes(broken)
        assert 5 in (fresh.call("visits", "list").status, fresh.call("check").status), len(broken)
    database.unlink()
    assert fresh.refused("info", status=5)["code"] == "damaged"


def test_check_names_the_record_whose_row_was_changed_behind_the_log(fresh: Office) -> None:
    visit = fresh.add()
    sound = fresh.done("check")
    assert {"ok", "problems", "revisions", "rows_compared", "pages_authenticated"} <= set(sound)
    assert sound["ok"] is True
    assert min(sound["revisions"], sound["rows_compared"], sound["pages_authenticated"]) > 0
    store = Store.open(fresh.folder, password=PASSWORD)
    store._opened.engine.run("UPDATE visit SET number = 99 WHERE rec = ?", (visit,))
    store.close()
    answer = fresh.call("check")
    assert (answer.status, answer.json["ok"]) == (5, False)
    assert visit in str(answer.json["problems"])


def test_a_newer_database_is_read_and_not_written(fresh: Office) -> None:
    visit = fresh.add()
    store = Store.open(fresh.folder, password=PASSWORD)
    store._opened.engine.run("PRAGMA user_version = 9000")
    store.close()
    listed = fresh.done("visits", "list")
    assert listed["total"] == 1
    assert any("更新" in warning or "新版" in warning for warning in listed["warnings"])
    patch = fresh.written("p.json", {"remark": "x"})
    assert fresh.refused("visits", "edit", visit, "--file", patch)["code"] == "newer_database"
    assert fresh.done("forms", "record", visit, "--to", fresh.folder.parent / "记录单.docx")["pages"] == 1


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A disk of two megabytes that can be filled or made read-only."""
    place = tmp_path / "小盘"
    place.mkdir()
    mount = ["mount", "-t", "tmpfs", "-o", "size=2m", "tmpfs", str(place)]
    try:
        mounted = subprocess.run(mount, capture_output=True, check=False).returncode == 0
    except OSError:
        mounted = False
    if not mounted:
        pytest.skip("no small file system can be made here (not root)")
    yield place
    subprocess.run(["umount", "-l", str(place)], check=False)


def fill(place: Path) -> None:
    """Take all room that is left."""
    with (place / "填满").open("wb", buffering=0) as filler:
        try:
            while filler.write(bytes(4096)):
                pass
        except OSError:
            return


def test_a_full_disk_refuses_and_leaves_nothing_half_done(small_disk: Path, tmp_path: Path) -> None:
    office = set_up(small_disk / "单位")
    visit = office.add()
    many = [VISIT | {"account": "很长的情况记录。" * 5000}] * 20
    big = tmp_path / "大.json"
    big.write_text(json.dumps(many), "utf-8")
    fill(small_disk)
    assert office.refused("visits", "add", "--file", big)["code"] == "disk_full"
    target = small_disk / "纸" / "记录单.pdf"
    assert office.refused("forms", "ledger", "--year", "2026", "--to", target)["code"] == "disk_full"
    assert not target.exists()
    (small_disk / "填满").unlink()
    assert [one["id"] for one in office.done("visits", "list")["visits"]] == [visit]
    assert office.done("check")["ok"] is True


def test_setting_up_on_a_full_disk_leaves_nothing(small_disk: Path, tmp_path: Path) -> None:
    fill(small_disk)
    password = tmp_path / "密码.txt"
    password.write_text(PASSWORD, "utf-8")
    office = Office(small_disk / "数据", password)
    refused = office.refused("init", "--role", "unit", "--unit", "德政镇", "--operator", "甲")
    assert refused["code"] in ("disk_full", "not_writable")
    assert office.refused("info")["code"] == "not_found"


def test_a_read_only_folder_is_read_and_refuses_changes(small_disk: Path, tmp_path: Path) -> None:
    office = set_up(small_disk / "单位")
    visit = office.add()
    patch = tmp_path / "p.json"
    patch.write_text('{"remark": "x"}', "utf-8")
    subprocess.run(["mount", "-o", "remount,ro", str(small_disk)], check=True)
    listed = office.done("visits", "list")
    assert listed["total"] == 1
    assert listed["warnings"]
    assert office.refused("visits", "edit", visit, "--file", patch)["code"] == "read_only"
    assert office.refused("forms", "record", visit, "--to", small_disk / "a.pdf")["code"] == "not_writable"
    assert office.done("forms", "record", visit, "--to", tmp_path / "a.docx")["pages"] == 1


def test_a_copied_folder_works_on_under_a_new_install_and_says_so(fresh: Office, tmp_path: Path) -> None:
    fresh.add()
    before = fresh.done("info")["install_id"]
    copy = Office(tmp_path / "副本", fresh.password_file)
    shutil.copytree(fresh.folder, copy.folder)
    info = copy.done("info")
    assert len(info["warnings"]) == 1
    assert info["install_id"] != before
    assert copy.add()
    assert fresh.done("info")["install_id"] == before
