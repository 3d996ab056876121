"""``check`` finds what was changed behind the log, and says of which record in Chinese."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
import store_samples as samples

from jiafang_desktop.common.progress import run_to_end
from jiafang_desktop.domain.checks import CheckReport
from jiafang_desktop.store import Store


def checked(store: Store) -> CheckReport:
    return run_to_end(store.check())


def behind(store: Store, sql: str, *values: Any) -> None:
    """Change a row as somebody with the key and an SQL tool could."""
    assert store._opened.engine.run(sql, values) >= 1


@pytest.fixture(scope="module")
def kept(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Store, str]]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("JIAFANG_STATE", str(tmp_path_factory.mktemp("state")))
        folder = tmp_path_factory.mktemp("kept") / "data"
        made, _ = Store.create(folder, password=samples.PASSWORD, installation=samples.HERE, operator_name="王小二")
    yield made, samples.add_visit(made)
    made.close()


@pytest.fixture
def one(kept: tuple[Store, str]) -> Iterator[tuple[Store, str]]:
    """A store with one visit; what a test changes is taken back."""
    engine = kept[0]._opened.engine
    engine.run("BEGIN")
    yield kept
    engine.run("ROLLBACK")


def test_an_untouched_store_is_whole_and_counts_what_was_looked_at(store: Store) -> None:
    visit = samples.add_visit(store)
    samples.add_problem(store, visit)
    samples.add_cadre(store, "解珍")
    report = checked(store)
    assert report.problems == ()
    assert report.ok
    assert report.revisions == store.counts()["revisions"] == 4
    assert report.rows_compared == 4 + 3
    assert report.pages_authenticated == store._opened.engine.value("PRAGMA page_count")
    assert set(report.as_json()) == {"ok", "problems", "revisions", "rows_compared", "pages_authenticated"}


@pytest.mark.parametrize(
    "sql",
    [
        "UPDATE record SET state = replace(state, '母亲住院', '父亲住院') WHERE kind = 'visit'",
        "UPDATE record SET state = 'nonsense' WHERE kind = 'visit'",
        "UPDATE record SET heads = zeroblob(32) WHERE kind = 'visit'",
        "UPDATE visit SET facts = 0",
        "UPDATE visit SET number = 2",
        "UPDATE visit SET visitee = '李四'",
        "DELETE FROM visit",
    ],
)
def test_a_row_changed_behind_the_log_is_named(one: tuple[Store, str], sql: str) -> None:
    store, rec = one
    behind(store, sql)
    (problem,) = checked(store).problems
    assert problem["record"] == rec
    assert "第1号家访（张三丰，2026-11-03）" in problem["message"]


@pytest.mark.parametrize(
    ("sql", "code"),
    [
        (
            "UPDATE revision SET fields = replace(fields, '母亲住院', '父亲住院') WHERE kind = 'visit'",
            "revision_changed",
        ),
        ("UPDATE revision SET operator = 'somebody' WHERE kind = 'visit'", "revision_changed"),
        ("UPDATE revision SET lamport = 99 WHERE kind = 'visit'", "revision_changed"),
    ],
)
def test_a_changed_revision_is_named(one: tuple[Store, str], sql: str, code: str) -> None:
    store, rec = one
    behind(store, sql)
    found = checked(store).problems
    assert code in {problem["code"] for problem in found}
    assert {problem["record"] for problem in found} == {rec}


def test_a_row_out_of_nowhere_and_a_lost_log_are_found(store: Store) -> None:
    rec = samples.add_cadre(store, "解珍")
    engine = store._opened.engine
    engine.run("PRAGMA foreign_keys = OFF")
    behind(store, "INSERT INTO cadre VALUES (999, 'x', '某人', '', '', 0)")
    behind(store, "DELETE FROM revision WHERE kind = 'cadre'")
    codes = {(problem["code"], problem["record"]) for problem in checked(store).problems}
    assert codes == {("stray_row", "x"), ("no_revision", rec)}


def test_sort_keys_and_search_are_no_content(store: Store) -> None:
    samples.add_visit(store)
    behind(store, "UPDATE visit SET visitee_key = 'x', unit_key = 'y'")
    behind(store, "DELETE FROM search_visit")
    assert checked(store).ok


def test_a_broken_page_is_found_by_its_mac(store: Store) -> None:
    for number in range(60):
        samples.add_cadre(store, "解珍", remark=f"第{number}人" * 30)
    engine = store._opened.engine
    pages = engine.value("PRAGMA page_count")
    with store.database.open("r+b") as file:
        file.seek(4096 * (pages // 2) + 100)
        byte = file.read(1)
        file.seek(-1, 1)
        file.write(bytes([byte[0] ^ 1]))
    report = checked(store)
    assert not report.ok
    assert report.problems[0]["code"] == "page"
    assert report.pages_authenticated == pages - 1
