"""What every test stands on: one Qt application, a machine memory of its own, cheap keys, and no unexpected log line.

Folders with windows, stores or the command line add their own things beside this.
"""

from __future__ import annotations

import logging
from collections.abc import Iterator

import pytest
from PySide6.QtWidgets import QApplication

from jiafang_desktop.store import vault

_KEPT_OUT = ("JIAFANG_DATA", "JIAFANG_PASSWORD_FILE", "JIAFANG_STATE")
REAL_KEY_COSTS = {name: getattr(vault, name) for name in ("_MEMORY_KIB", "_PASSES")}


@pytest.fixture(scope="session", autouse=True)
def machine(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """What the program remembers of this machine lies in a folder of the test run; keys are derived at little cost.

    A vault says how its slots were derived, so programs started by a test open them as quickly.
    """
    with pytest.MonkeyPatch.context() as patch:
        for name in _KEPT_OUT:
            patch.delenv(name, raising=False)
        patch.setenv("JIAFANG_STATE", str(tmp_path_factory.mktemp("state")))
        patch.setattr(vault, "_MEMORY_KIB", 64)
        patch.setattr(vault, "_PASSES", 1)
        yield


@pytest.fixture(scope="session", autouse=True)
def application(qapp: QApplication) -> QApplication:
    """Windows' own application from the start: papers painted first would make one that can't show windows."""
    return qapp


@pytest.fixture
def real_key_costs(monkeypatch: pytest.MonkeyPatch) -> None:
    """Keys derived as dearly as the program does."""
    for name, cost in REAL_KEY_COSTS.items():
        monkeypatch.setattr(vault, name, cost)


@pytest.fixture
def loud_log() -> None:
    """For tests of what goes wrong: warnings in the log are meant."""


@pytest.fixture(autouse=True)
def quiet_log(caplog: pytest.LogCaptureFixture, request: pytest.FixtureRequest) -> Iterator[None]:
    """A warning or worse in any log fails the test, unless what goes wrong is the test's very matter (``loud_log``)."""
    yield
    loud = [record for phase in ("setup", "call") for record in caplog.get_records(phase)]
    loud = [record for record in loud if record.levelno >= logging.WARNING]
    assert not loud or "loud_log" in request.fixturenames, [record.getMessage() for record in loud]
