"""Offices for the services' tests: a real store each, and a clock that stands on 24 November 2026."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from offices import set_up

from jiafang_desktop.common import clock
from jiafang_desktop.store import Store


@pytest.fixture(autouse=True)
def november() -> Iterator[None]:
    clock.set_clock(lambda: datetime(2026, 11, 24, 15, 42, tzinfo=UTC))
    yield
    clock.set_clock(None)


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Store]:
    store = set_up(tmp_path / "数据")
    yield store
    store.close()


@pytest.fixture
def county_office(tmp_path: Path) -> Iterator[Store]:
    store = set_up(tmp_path / "县", "county", unit="中共魏县县委组织部", ledger_unit="县委组织部")
    yield store
    store.close()
