"""Stores for the store's tests, each with a state folder of its own."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from store_samples import HERE, PASSWORD

from jiafang_desktop.store import Store


@pytest.fixture(autouse=True)
def state(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The per-user state folder of this test's machine."""
    folder = tmp_path / "state"
    monkeypatch.setenv("JIAFANG_STATE", str(folder))
    return folder


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "家访 数据"


@pytest.fixture
def created(folder: Path) -> Iterator[tuple[Store, str]]:
    store, key = Store.create(folder, password=PASSWORD, installation=HERE, operator_name="王小二")
    yield store, key
    store.close()


@pytest.fixture
def store(created: tuple[Store, str]) -> Store:
    return created[0]


@pytest.fixture
def reopen(folder: Path) -> Iterator[Callable[[], Store]]:
    """Open the folder again; whatever is open at the end is closed."""
    opened: list[Store] = []

    def again() -> Store:
        for earlier in opened:
            earlier.close()
        opened.append(Store.open(folder, password=PASSWORD))
        return opened[-1]

    yield again
    for earlier in opened:
        earlier.close()
