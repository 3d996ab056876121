"""Desks for whole days: a program over a fresh folder, closed again whatever happened."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from clerk import Clerk, StartProgram, password_file, set_up_office
from pytestqt.qtbot import QtBot

from jiafang_desktop.paper import printing


@pytest.fixture
def start(qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> Iterator[StartProgram]:
    """Starts the program, as often as a test wants; no printer is connected to this desk."""
    monkeypatch.setattr(printing, "printers", list)
    started: list[Clerk] = []

    def start(folder: Path, **named: Path) -> Clerk:
        clerk = Clerk(qtbot, folder, **named)
        started.append(clerk)
        return clerk

    yield start
    for clerk in started:
        if clerk.program.window is not None:
            clerk.leave()


@pytest.fixture
def clerk(start: StartProgram, tmp_path: Path) -> Clerk:
    """At the 工作台 of a fresh office."""
    folder = tmp_path / "家访 数据"
    set_up_office(folder)
    clerk = start(folder, password=password_file(tmp_path))
    clerk.on_page("workbench")
    return clerk
