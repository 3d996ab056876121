"""What was typed outlives the process: killed without warning, at most two seconds of typing are at risk."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from jiafang_desktop.services import drafts, session

HERE = Path(__file__).parent
PASSWORD = "kao-shan-tun-2026"
AT_RISK_S = 2.0


def test_text_typed_two_seconds_before_a_kill_is_still_there(tmp_path: Path) -> None:
    folder = tmp_path / "家访 数据"
    root = HERE.parents[1]
    child = subprocess.Popen(
        [sys.executable, str(HERE / "typing_child.py"), str(folder)], stdout=subprocess.PIPE, text=True,
        env={**os.environ, "QT_QPA_PLATFORM": "offscreen", "PYTHONPATH": str(root)}, cwd=root,
    )  # fmt: skip
    try:
        assert child.stdout is not None
        assert child.stdout.readline().strip() == "typed"
        with pytest.raises(subprocess.TimeoutExpired):
            child.wait(AT_RISK_S)  # the promise is about time, so time has to pass
    finally:
        child.kill()
        child.wait()
        if child.stdout is not None:
            child.stdout.close()
    store = session.open_store(folder, PASSWORD)
    try:
        kept = [drafts.load(store, info.key) for info in drafts.listing(store, "visit:new:")]
    finally:
        store.close()
    assert [draft["form"]["account"] for draft in kept if draft] == ["送上镇党委的问候，看到院落整洁"]
