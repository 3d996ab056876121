"""Offices for the command line's tests."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from cli_driver import Office, set_up


@pytest.fixture(scope="session", autouse=True)
def screen() -> Iterator[None]:
    """Programs started by these tests draw without a display."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("QT_QPA_PLATFORM", "offscreen")
        yield


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> Office:
    """A unit's data, shared by the tests of a file."""
    return set_up(tmp_path_factory.mktemp("单位"))


@pytest.fixture
def fresh(tmp_path: Path) -> Office:
    """A unit's data of one test's own."""
    return set_up(tmp_path / "新单位")
