"""Offices for the command line's tests; the machine's own memory of data folders is kept out of it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from cli_driver import Office, set_up

from jiafang_desktop.store import vault

_KEPT_OUT = ("JIAFANG_DATA", "JIAFANG_PASSWORD_FILE", "JIAFANG_STATE", "QT_QPA_PLATFORM")


@pytest.fixture(scope="session", autouse=True)
def machine(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """What the program remembers of this machine lies in a folder of the test run; keys are derived at little cost."""
    with pytest.MonkeyPatch.context() as patch:
        for name in _KEPT_OUT:
            patch.delenv(name, raising=False)
        patch.setenv("JIAFANG_STATE", str(tmp_path_factory.mktemp("state")))
        # Slots say how they were derived, so the installed program opens them quickly too.
        patch.setattr(vault, "_MEMORY_KIB", 64)
        patch.setattr(vault, "_PASSES", 1)
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
