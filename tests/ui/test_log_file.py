"""The log: a long one makes room for a new one, and one start can't fill a disk."""

from __future__ import annotations

from pathlib import Path

import pytest

from ui import log_file


def test_a_long_log_becomes_the_older_one_and_the_one_before_goes(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(log_file, "_KEPT_BYTES", 200)
    for start in range(3):
        place = log_file.begin(tmp_path / "数据")
        log_file.LOG.info("start %s %s", start, "x" * 300)
        log_file.end()
    assert sorted(path.name for path in place.parent.iterdir()) == ["jiafang-gui.log", "jiafang-gui.log.1"]
    assert "start 2" in place.read_text("utf-8")
    assert "start 1" in place.with_name("jiafang-gui.log.1").read_text("utf-8")


def test_what_goes_wrong_over_and_over_is_written_down_only_so_often(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(log_file, "_MOST_BYTES", 1000)
    place = log_file.begin(tmp_path / "数据")
    for _ in range(100):
        log_file.LOG.info("again %s", "x" * 100)
    log_file.end()
    assert 1000 <= place.stat().st_size < 1300
