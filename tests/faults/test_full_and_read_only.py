"""A full disk and a folder nobody may write to: a sentence with the next step, nothing half done."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from jiafang_desktop.common.errors import UserError
from jiafang_desktop.common.progress import run_to_end
from jiafang_desktop.domain.changes import Edit, new_record_id
from jiafang_desktop.domain.units import Installation
from jiafang_desktop.domain.visits import VisitQuery
from jiafang_desktop.services import backup_restore, backups
from jiafang_desktop.store import Store

ROOT = Path(__file__).resolve().parents[2]
PASSWORD = "德政镇的密码很长"
HERE = Installation("install-1", "unit", "德政镇", "township", "魏县", "德政镇")


def refusal(work: Callable[[], object]) -> UserError:
    with pytest.raises(UserError) as caught:
        work()
    assert caught.value.hint
    return caught.value


def people(count: int) -> list[Edit]:
    return [
        Edit("cadre", new_record_id(), {"name": "张三丰", "remark": "备注" * 200, "deleted": False})
        for _ in range(count)
    ]


def test_a_save_that_does_not_fit_leaves_everything_as_it_was(tmp_path: Path) -> None:
    store, _ = Store.create(tmp_path / "data", password=PASSWORD, installation=HERE, operator_name="王小二")
    store.append(people(3), by=store.operator)
    before = store.counts()
    engine = store._opened.engine
    engine.run(f"PRAGMA max_page_count = {engine.value('PRAGMA page_count') + 3}")
    assert refusal(lambda: store.append(people(300), by=store.operator)).code == "disk_full"
    assert store.counts() == before
    engine.run("PRAGMA max_page_count = 1000000")
    store.append(people(300), by=store.operator)
    assert store.counts()["cadres"] == 303
    assert run_to_end(store.check()).ok
    store.close()


@pytest.fixture
def small_disk() -> Iterator[Path]:
    """A file system of one megabyte, where this machine lets us make one."""
    place = Path(tempfile.mkdtemp())
    made = sys.platform == "linux" and shutil.which("mount") and subprocess.run(
        ["mount", "-t", "tmpfs", "-o", "size=1m", "tmpfs", str(place)], capture_output=True, check=False
    ).returncode == 0  # fmt: skip
    if not made:
        place.rmdir()
        pytest.skip("only root on Linux may make a small disk")
    try:
        yield place
    finally:
        subprocess.run(["umount", str(place)], capture_output=True, check=True)
        place.rmdir()


def test_a_disk_that_is_really_full(small_disk: Path) -> None:
    folder = small_disk / "data"
    store, _ = Store.create(folder, password=PASSWORD, installation=HERE, operator_name="王小二")
    store.append(people(20), by=store.operator)
    before, vault = store.counts(), (folder / "vault.json").read_bytes()
    (small_disk / "someone else's").write_bytes(bytes(shutil.disk_usage(small_disk).free - 8192))
    assert refusal(lambda: store.append(people(200), by=store.operator)).code == "disk_full"
    assert refusal(lambda: store.blobs.put(os.urandom(400_000))).code == "disk_full"
    assert refusal(lambda: store.drafts.keep("a", {"text": "长" * 100_000})).code == "disk_full"
    assert store.counts() == before
    assert [path for path in folder.rglob("*.new") if path.is_file()] == []
    assert refusal(
        lambda: Store.create(small_disk / "b", password=PASSWORD, installation=HERE, operator_name="甲")
    ).code == ("disk_full")
    assert not Store.exists(small_disk / "b")
    (small_disk / "someone else's").unlink()
    store.append(people(20), by=store.operator)
    assert run_to_end(store.check()).ok
    assert (folder / "vault.json").read_bytes() == vault
    store.close()
    again = Store.open(folder, password=PASSWORD)
    assert again.counts()["cadres"] == 40
    again.close()


READER = """
import os, pkgutil, sys
from pathlib import Path
import argon2.low_level, cryptography.exceptions, jiafang_desktop.store as room
import cryptography.hazmat.primitives.ciphers.aead, cryptography.hazmat.primitives.kdf.hkdf
for module in pkgutil.iter_modules(room.__path__):
    __import__(f"jiafang_desktop.store.{module.name}")
if os.geteuid() == 0:  # root may write everywhere, so it steps down once everything is imported
    os.setegid(65534)
    os.seteuid(65534)
from jiafang_desktop.store import Store
from jiafang_desktop.common.errors import UserError
from jiafang_desktop.domain.changes import Edit
from jiafang_desktop.domain.visits import VisitQuery
folder = Path(sys.argv[1])
try:
    store = Store.open(folder, password=sys.argv[2])
    print(store.read_only, len(store.visits.ids(VisitQuery())), store.counts()["cadres"], len(store.warnings))
    for work in (
        lambda: store.append([Edit("cadre", "x", {"name": "a"})], by=store.operator),
        lambda: store.drafts.keep("a", {}), lambda: store.blobs.put(b"a"), lambda: store.change_password("x" * 9),
    ):
        try:
            work()
            print("written")
        except UserError as error:
            print(error.code)
    store.close()
except UserError as error:
    print(error.code, bool(error.hint))
"""


def as_somebody_else(folder: Path, state: Path) -> list[str]:
    """What a user who may only read gets to see."""
    result = subprocess.run(
        [sys.executable, "-c", READER, str(folder), PASSWORD], cwd=ROOT, capture_output=True, text=True, check=False,
        env={**os.environ, "JIAFANG_STATE": str(state)},
    )  # fmt: skip
    assert result.returncode == 0, result.stderr
    return result.stdout.split("\n")[:-1]


@pytest.fixture
def read_only_folder() -> Iterator[Path]:
    """A data folder of three people that may be read by all and written by none."""
    place = Path(tempfile.mkdtemp())
    folder = place / "data"
    store, _ = Store.create(folder, password=PASSWORD, installation=HERE, operator_name="王小二")
    store.append(people(3), by=store.operator)
    store.close()
    place.chmod(0o755)
    for path in [folder, *folder.rglob("*")]:
        path.chmod(0o555 if path.is_dir() else 0o444)
    yield folder
    for path in [folder, *folder.rglob("*")]:
        path.chmod(0o755)
    shutil.rmtree(place)


@pytest.mark.skipif(sys.platform == "win32", reason="a user's rights are set otherwise there")
def test_a_read_only_folder_is_read_and_every_write_is_refused(read_only_folder: Path, tmp_path: Path) -> None:
    assert as_somebody_else(read_only_folder, tmp_path / "state") == ["True 0 3 1", *["read_only"] * 4]


@pytest.mark.skipif(sys.platform == "win32", reason="a user's rights are set otherwise there")
def test_a_read_only_folder_with_an_unfinished_save_is_not_read_wrongly(read_only_folder: Path, tmp_path: Path) -> None:
    journal = next(read_only_folder.glob("*.db")).with_suffix(".db-journal")
    journal.unlink(missing_ok=True)
    journal.write_bytes(b"something SQLite would have to undo")
    journal.chmod(0o444)
    assert as_somebody_else(read_only_folder, tmp_path / "state") == ["read_only True"]


def test_a_lost_page_of_a_growing_file_is_refused(tmp_path: Path) -> None:
    store, _ = Store.create(tmp_path / "data", password=PASSWORD, installation=HERE, operator_name="王小二")
    store.append(people(200), by=store.operator)
    store.close()
    size = store.database.stat().st_size
    os.truncate(store.database, size - 5 * 4096)

    def read_all() -> None:
        again = Store.open(tmp_path / "data", password=PASSWORD)
        try:
            again.visits.many(again.visits.ids(VisitQuery()))
            list(again.cadres.all())
            assert not run_to_end(again.check()).ok
            raise UserError("damaged", "found by check", hint="-")
        finally:
            again.close()

    assert refusal(read_all).code == "damaged"


def test_a_backup_that_does_not_fit_leaves_earlier_ones_and_the_data_alone(small_disk: Path, tmp_path: Path) -> None:
    store, _ = Store.create(tmp_path / "data", password=PASSWORD, installation=HERE, operator_name="王小二")
    store.append(people(20), by=store.operator)
    first = run_to_end(backups.now(store, to=small_disk / "备份"))
    store.append(people(900), by=store.operator)
    error = refusal(lambda: run_to_end(backups.now(store, to=small_disk / "备份")))
    assert error.code == "disk_full" and "备份" in error.message
    assert [path.name for path in (small_disk / "备份").iterdir()] == [first.written.facts.path.name]
    assert refusal(
        lambda: run_to_end(
            backup_restore.restore(
                run_to_end(backups.now(store, to=tmp_path / "别处")).written.facts.path, small_disk / "恢复",
                password=PASSWORD,
            )
        )
    ).code == "disk_full"  # fmt: skip
    assert not (small_disk / "恢复").exists()
    assert run_to_end(backup_restore.verify(first.written.facts.path, password=PASSWORD)).holds
    assert run_to_end(store.check()).ok
    store.close()
