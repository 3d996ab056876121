"""Every bench runs, at tiny sizes, and writes figures that make sense. How long it takes is no test's business."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from bench import measure, report
from bench.__main__ import BENCHES
from bench.measure import Figure, Goal, alternate, compared

ROOT = Path(__file__).resolve().parents[1]


def run(*words: str | Path) -> str:
    command = [sys.executable, "-X", "utf8", "-m", "bench", *(str(word) for word in words)]
    got = subprocess.run(
        command, cwd=ROOT, env={**os.environ, "QT_QPA_PLATFORM": "offscreen"}, capture_output=True, text=True,
        encoding="utf-8", check=False,
    )  # fmt: skip
    assert got.returncode == 0, got.stdout + got.stderr
    return got.stdout


@pytest.mark.parametrize("name", BENCHES)
def test_a_bench_writes_its_table_and_json(name: str, tmp_path: Path) -> None:
    shown = run("--tiny", "--rounds", "2", "--to", tmp_path, name)
    whole: dict[str, Any] = json.loads((tmp_path / "performance.json").read_text("utf-8"))
    figures = whole["benches"][name]
    assert figures and list(whole["benches"]) == [name]
    for figure in figures:
        assert figure["ours"] > 0
        assert all(value > 0 for value in figure["peers"].values())
        assert (figure["ratio"] is None) == (not figure["peers"])
        assert (figure["goal"] is None) == (figure["met"] is None)
        assert figure["what"] in shown
    page = (tmp_path / "performance.md").read_text("utf-8")
    assert page.count("\n| ") >= len(figures)
    assert str(ROOT) not in page + json.dumps(whole)


def test_everybody_runs_in_every_round_and_takes_turns_in_front() -> None:
    order: list[tuple[str, int]] = []
    works = {name: lambda turn, name=name: order.append((name, turn)) for name in "ABC"}
    seconds = alternate(works, rounds=3)
    assert "".join(name for name, _ in order) == "ABC" + "ABC" + "BCA" + "CAB"
    assert [turn for _, turn in order[3:]] == [0] * 3 + [1] * 3 + [2] * 3
    assert {name: len(values) for name, values in seconds.items()} == {"A": 3, "B": 3, "C": 3}


def test_a_ratio_is_one_of_medians() -> None:
    slow = compared("x", {"ours": [2.0, 3.0, 90.0], "peer": [1.0, 2.0, 4.0]}, goal=Goal(1.3))
    assert (slow.ours, slow.peers, slow.ratio, slow.met) == (3000.0, {"peer": 2000.0}, 1.5, False)
    assert slow.spread == (1.5, 22.5)
    quick = compared(
        "x", {"ours": [1.0], "peer": [9.0], "other": [2.0]}, faster=True, goal=Goal(4.5, least=True), per=10
    )
    assert (quick.ours, quick.ratio, quick.met) == (100.0, 9.0, True)


def test_a_goal_for_memory_looks_at_ours_alone() -> None:
    held = compared("x", {"ours": [101.0], "peer": [500.0]}, unit="MB", goal=Goal(100, "MB"))
    assert (held.ours, held.met) == (101.0, False)


def test_a_missed_goal_is_told_in_the_page_and_at_the_terminal() -> None:
    missed = [Figure("a thing", 3.0, "ms", {"peer": 2.0}, 1.5, (1.4, 1.6), goal=Goal(1.3), met=False).as_json()]
    page = report.page({"x": missed}, {"x": ("X", "Told.")}, rounds=1, on=report.machine(), day="2026-01-01")
    assert "**missed**" in page and "0 of 1 goals met; missed: a thing." in page
    assert "MISSED" in report.plain(missed)[0]


def test_memory_of_a_process_is_its_own() -> None:
    assert 1 < measure.resident_mb() <= measure.peak_mb() < 10_000
