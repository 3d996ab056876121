"""Opening a data folder: once at a time, copies and rollbacks noticed, never refused; damage and newer files told."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
import store_samples as samples
from store_samples import HERE, PASSWORD

from jiafang_desktop.common.errors import UserError
from jiafang_desktop.common.progress import run_to_end
from jiafang_desktop.domain.visits import VisitQuery
from jiafang_desktop.store import Store
from jiafang_desktop.store.engine import DATABASE_NAME, PRAGMAS
from jiafang_desktop.store.migrations import LATEST

ROOT = Path(__file__).resolve().parents[2]


def refusal(work: Callable[[], object]) -> UserError:
    with pytest.raises(UserError) as caught:
        work()
    assert caught.value.hint
    return caught.value


def opened(folder: Path) -> Store:
    return Store.open(folder, password=PASSWORD)


def test_everything_is_there_after_closing(store: Store, reopen: Callable[[], Store], folder: Path) -> None:
    rec = samples.add_visit(store)
    visit = store.visits.get(rec)
    store.close()
    store.close()
    assert Store.exists(folder)
    again = reopen()
    assert again.visits.get(rec) == visit
    assert again.installation == HERE
    assert again.operator == store.operator
    assert (again.warnings, again.read_only, again.schema) == ((), False, LATEST)


def test_the_settings_of_the_file_are_storages(store: Store) -> None:
    value = store._opened.engine.value
    assert value("PRAGMA journal_mode") == "truncate"
    assert value("PRAGMA locking_mode") == "exclusive"
    ones = ("foreign_keys", "cell_size_check", "secure_delete")
    assert [value(f"PRAGMA {name}") for name in ones] == [1, 1, 1]
    assert value("PRAGMA synchronous") == 2
    assert value("PRAGMA trusted_schema") == 0
    assert str(value("PRAGMA cipher_version")).startswith("4.")
    assert {name for name, _ in PRAGMAS} >= {*ones, "journal_mode", "locking_mode", "synchronous", "trusted_schema"}


def test_no_word_of_it_can_be_read_without_the_key(store: Store, folder: Path) -> None:
    samples.add_visit(store, "张三丰", account="极其私密的谈话")
    store.drafts.keep("visit:new:1", {"account": "极其私密的草稿"})
    store.blobs.put("极其私密的扫描件".encode() * 100)
    store.close()
    for path in folder.rglob("*"):
        if path.is_file():
            assert "极其私密".encode() not in path.read_bytes()
            assert "张三丰".encode() not in path.read_bytes()


def test_a_second_store_in_a_folder_is_refused(store: Store, folder: Path) -> None:
    error = refusal(lambda: Store.create(folder, password=PASSWORD, installation=HERE, operator_name="甲"))
    assert error.code == "in_use"
    store.close()
    error = refusal(lambda: Store.create(folder, password=PASSWORD, installation=HERE, operator_name="甲"))
    assert error.code == "file_exists"
    opened(folder).close()


def test_refused_creations_leave_no_folder_behind(folder: Path) -> None:
    assert refusal(lambda: Store.create(folder, password="1234", installation=HERE, operator_name="甲")).code == (
        "weak_password"
    )
    assert refusal(lambda: Store.create(folder, password=PASSWORD, installation=HERE, operator_name=" ")).code == (
        "bad_input"
    )
    assert not folder.exists()
    assert refusal(lambda: opened(folder)).code == "not_found"


def test_one_process_at_a_time(store: Store, folder: Path) -> None:
    code = (
        "import sys; from pathlib import Path; from jiafang_desktop.store import Store\n"
        "from jiafang_desktop.common.errors import UserError\n"
        "try: Store.open(Path(sys.argv[1]), password=sys.argv[2]).close(); print('opened')\n"
        "except UserError as error: print(error.code, error.exit_status)\n"
    )
    command = [sys.executable, "-c", code, str(folder), PASSWORD]
    tried = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True)
    assert tried.stdout.strip() == "in_use 4"
    store.close()
    tried = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True)
    assert tried.stdout.strip() == "opened"


def test_a_moved_folder_is_the_same_one(store: Store, folder: Path) -> None:
    store.close()
    moved = folder.rename(folder.with_name("搬了家"))
    again = opened(moved)
    assert again.warnings == ()
    assert again.installation.install_id == HERE.install_id
    again.close()


def test_a_copied_folder_goes_on_as_a_new_install_and_the_original_as_itself(store: Store, folder: Path) -> None:
    rec = samples.add_visit(store)
    store.close()
    copy = folder.with_name("副本")
    shutil.copytree(folder, copy)
    second = opened(copy)
    assert second.installation.install_id != HERE.install_id
    assert "副本" in second.warnings[0]
    samples.change(second, "visit", rec, matter="在副本里改的")
    assert run_to_end(second.check()).ok
    second.close()
    for place, install, warned in ((copy, second.installation.install_id, 0), (folder, HERE.install_id, 0)):
        again = opened(place)
        assert (again.installation.install_id, len(again.warnings)) == (install, warned)
        again.close()


def test_a_rolled_back_folder_goes_on_as_a_new_install(store: Store, folder: Path) -> None:
    samples.add_visit(store)
    store.close()
    older = (folder / DATABASE_NAME).read_bytes()
    again = opened(folder)
    samples.add_visit(again, number=2)
    again.close()
    (folder / DATABASE_NAME).write_bytes(older)
    rolled = opened(folder)
    assert "旧" in rolled.warnings[0]
    assert rolled.installation.install_id != HERE.install_id
    assert rolled.counts()["visits"] == 1
    samples.add_visit(rolled, number=2)
    rolled.close()
    assert opened(folder).warnings == ()


def test_another_machine_goes_on_as_a_new_install(
    store: Store, folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    store.close()
    monkeypatch.setenv("JIAFANG_STATE", str(tmp_path / "other machine"))
    again = opened(folder)
    assert "另一台电脑" in again.warnings[0]
    again.close()
    assert opened(folder).warnings == ()


def test_a_state_folder_that_takes_nothing_stops_nobody(
    store: Store, folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    store.close()
    (tmp_path / "a file").write_text("no folder")
    monkeypatch.setenv("JIAFANG_STATE", str(tmp_path / "a file" / "state"))
    again = opened(folder)
    assert again.warnings == ()
    samples.add_visit(again)
    again.close()


def test_a_newer_database_is_read_and_not_written(store: Store, folder: Path) -> None:
    rec = samples.add_visit(store)
    store._opened.engine.run("PRAGMA user_version = 99")
    store.close()
    newer = opened(folder)
    assert newer.read_only
    assert "更新版本" in newer.warnings[0]
    assert newer.visits.get(rec).content.matter == "母亲住院"
    for write in (
        lambda: samples.add_visit(newer), lambda: newer.drafts.keep("a", {}), lambda: newer.blobs.put(b"a"),
        lambda: newer.change_password("另一个长密码啊"),
    ):  # fmt: skip
        assert refusal(write).code == "newer_database"
    newer.close()


@pytest.mark.parametrize("what", ["cut", "empty", "flipped", "noise", "gone", "vault gone"])
def test_a_damaged_folder_says_so_with_the_next_step(store: Store, folder: Path, what: str) -> None:
    samples.add_visit(store)
    store.close()
    path = folder / DATABASE_NAME
    content = bytearray(path.read_bytes())
    content[30] ^= 4
    if what == "cut":
        path.write_bytes(content[:5000])
    elif what == "empty":
        path.write_bytes(b"")
    elif what == "flipped":
        path.write_bytes(content)
    elif what == "noise":
        path.write_bytes(os.urandom(20000))
    elif what == "gone":
        path.unlink()
    else:
        for name in ("vault.json", "vault-copy.json"):
            (folder / name).unlink()
    error = refusal(lambda: opened(folder))
    assert (error.code, error.exit_status) == ("damaged", 5)
    assert "备份" in error.hint


def test_the_operators_name_and_other_values_have_a_history(store: Store) -> None:
    samples.change(store, "setting", "setting:lock_minutes", value=10)
    samples.change(store, "setting", "setting:lock_minutes", value=5)
    samples.change(store, "setting", "setting:cleared", value=None)
    samples.change(store, "column_map", "column_map:abc", value={"name": "B"})
    assert store.values.get("setting", "lock_minutes") == 5
    assert store.values.get("setting", "nobody set this") is None
    assert store.values.all("setting") == {"lock_minutes": 5}
    assert store.values.all("column_map") == {"abc": {"name": "B"}}
    assert [view.after["value"] for view in store.history("setting:lock_minutes")] == [10, 5]


def test_drafts_are_kept_in_place_and_listed_latest_first(store: Store, reopen: Callable[[], Store]) -> None:
    store.drafts.keep("visit:new:1", {"account": "一", "half": "\ud842"})
    store.drafts.keep("visit:new:1", {"account": "二", "half": "\ud842"})
    store.drafts.keep("other", {})
    store.close()
    again = reopen()
    assert again.drafts.get("visit:new:1") == {"account": "二", "half": "\ud842"}
    assert [info.key for info in again.drafts.keys("visit:")] == ["visit:new:1"]
    assert len(again.drafts.keys()) == again.counts()["drafts"] == 2
    again.drafts.discard("visit:new:1")
    again.drafts.discard("visit:new:1")
    assert again.drafts.get("visit:new:1") is None
    assert again.visits.ids(VisitQuery(include_drafts=True)) == []
