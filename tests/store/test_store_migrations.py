"""An old file becomes a new one by a verified copy; a fresh one has the same schema; a released one still opens."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from store_samples import PASSWORD

from jiafang_desktop.common.progress import run_to_end
from jiafang_desktop.domain.visits import VisitQuery
from jiafang_desktop.store import Store
from jiafang_desktop.store.engine import Engine
from jiafang_desktop.store.migrations import LATEST, STEPS, apply_steps, migrate_copy

KEY = bytes(range(32))
FROZEN = Path(__file__).with_name("frozen")


def schema(engine: Engine) -> list[tuple[object, ...]]:
    return engine.all("SELECT type, name, tbl_name, sql FROM sqlite_master ORDER BY type, name")


def add_colour(engine: Engine) -> None:
    engine.run("ALTER TABLE draft ADD COLUMN colour TEXT NOT NULL DEFAULT 'red'")


def fail_half_way(engine: Engine) -> None:
    engine.run("CREATE TABLE half (x)")
    raise RuntimeError("pulled the plug")


@pytest.fixture
def old(tmp_path: Path) -> Path:
    path = tmp_path / "old.db"
    engine = Engine(path, KEY)
    apply_steps(engine)
    engine.run("INSERT INTO draft VALUES ('a', 'b', 'c')")
    engine.close()
    return path


def test_fresh_equals_migrated(old: Path, tmp_path: Path) -> None:
    migrate_copy(old, KEY, steps=(*STEPS, add_colour))
    fresh = Engine(tmp_path / "fresh.db", KEY)
    apply_steps(fresh, steps=(*STEPS, add_colour))
    migrated = Engine(old, KEY)
    assert schema(migrated) == schema(fresh)
    assert migrated.schema == fresh.schema == LATEST + 1
    assert migrated.all("SELECT * FROM draft") == [("a", "b", "c", "red")]
    migrated.close()
    fresh.close()
    assert sorted(path.name for path in tmp_path.iterdir() if "migrating" in path.name) == []


def test_a_migration_that_fails_leaves_the_old_file_as_it_was(old: Path) -> None:
    before = old.read_bytes()
    with pytest.raises(RuntimeError):
        migrate_copy(old, KEY, steps=(*STEPS, fail_half_way))
    assert old.read_bytes() == before
    assert [path.name for path in old.parent.iterdir() if "migrating" in path.name] == []


def test_a_folder_of_every_released_schema_opens_and_is_whole(tmp_path: Path) -> None:
    """``frozen/N`` was written by the version that brought schema N (write_frozen); they never change."""
    frozen = sorted(FROZEN.iterdir())
    assert [path.name for path in frozen] == [str(number) for number in range(1, LATEST + 1)]
    for path in frozen:
        folder = tmp_path / path.name
        shutil.copytree(path, folder)
        store = Store.open(folder, password=PASSWORD)
        assert store.schema == LATEST
        (visit,) = store.visits.many(store.visits.ids(VisitQuery(text="住院")))
        assert (visit.number, visit.status, visit.content.visitee.name) == (1, "registered", "张三丰")
        assert [problem.content.text for problem in visit.problems] == ["看病难"]
        assert [cadre.content.name for cadre in store.cadres.complete("xz")] == ["解珍"]
        assert store.finder.newest("problem", "看病") == [visit.problems[0].id]
        assert store.drafts.get("visit:new:1") == {"account": "没写完"}
        assert store.blobs.get(FROZEN_BLOB) == b"scan"
        assert run_to_end(store.check()).ok
        store.close()


FROZEN_BLOB = "59ad1b2fc74287ded1bba7af67765d23ad4a49f1ae51902cc2ed3f8ebee96cfa"
