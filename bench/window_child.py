"""One process of ``window``: ``python -m bench.window_child ours|bare|empty STARTED [FOLDER PASSWORD_FILE KEY_FILE]``.

STARTED is the parent's monotonic clock just before it started this process; on one machine that clock is everybody's.
"""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Callable
from pathlib import Path

STARTED = float(sys.argv[2]) if len(sys.argv) > 2 else 0.0
_QUIET_TURNS = 5  # of a timer that only fires when no event waits
_QUIET_S = 0.003
_PATIENCE_S = 60


def watch(find: Callable[[], object], is_idle: Callable[[], bool], done: Callable[[float, float], None]) -> object:
    """Call ``done(painted, idle)`` once: seconds since STARTED at which the window had been painted, and all was quiet.

    A window is exposed, and by that painted, before a timer of a millisecond fires next.
    """
    from PySide6.QtCore import QTimer

    timer = QTimer()
    state = {"painted": 0.0, "turns": 0.0, "since": 0.0, "last": 0.0}

    def look() -> None:
        now = time.monotonic()
        if now - STARTED > _PATIENCE_S:
            sys.stderr.write("the window did not come, or never came to rest\n")
            os._exit(1)  # whatever is in the way, the bench must not hang
        if not state["painted"]:
            window = find()
            handle = window.windowHandle() if window is not None else None  # type: ignore[attr-defined]  # a QWidget
            if handle is None or not handle.isExposed():
                return
            state["painted"] = now
            timer.setInterval(0)
        if not is_idle() or now - state["last"] > _QUIET_S:
            state["turns"], state["since"] = 0, now
        state["turns"] += 1
        state["last"] = now
        if state["turns"] > _QUIET_TURNS:
            timer.stop()
            done(state["painted"] - STARTED, state["since"] - STARTED)

    timer.timeout.connect(look)
    timer.start(1)
    return timer


def bare(label: str) -> None:
    """A main window of our size with at most one word in it."""
    from PySide6.QtWidgets import QApplication, QLabel, QMainWindow

    app = QApplication(["bare"])
    window = QMainWindow()
    window.resize(1366, 728)
    if label:
        window.setCentralWidget(QLabel(label))
    window.show()

    def done(painted: float, idle: float) -> None:
        tell(painted, idle)
        app.quit()

    timer = watch(lambda: window, lambda: True, done)
    app.exec()
    del timer


def derived_before(key_file: Path) -> list[float]:
    """Have the password's key derived once for all runs: the first keeps it beside the data, later ones find it there.

    Left out so, nothing can hide behind it and nothing of ours is taken off with it. Gives the list that will hold how
    long it took.
    """
    from argon2 import low_level

    spent: list[float] = []
    derive = low_level.hash_secret_raw

    def remembered(*args: object, **named: object) -> bytes:
        if key_file.exists():
            return key_file.read_bytes()
        start = time.monotonic()
        key: bytes = derive(*args, **named)  # type: ignore[arg-type]  # passed on as they came
        spent.append(time.monotonic() - start)
        key_file.write_bytes(key)
        return key

    low_level.hash_secret_raw = remembered
    return spent


def ours(folder: str, password_file: str, key_file: str) -> None:
    """The program as ``jiafang-gui`` starts it, let in by a password file."""
    spent = derived_before(Path(key_file))

    import ui.app
    from ui.program import Program

    class Watched(Program):
        """Looks at itself from its own event loop."""

        def start(self) -> None:
            super().start()
            self.timer = watch(self._main_window, self._is_idle, self._done)

        def _main_window(self) -> object:
            return self.window if self.window is not None and self.window.objectName() == "main_window" else None

        def _is_idle(self) -> bool:
            return self.ctx is not None and self.ctx.tasks.is_idle

        def _done(self, painted: float, idle: float) -> None:
            from PySide6.QtWidgets import QApplication

            tell(painted, idle, sum(spent))
            QApplication.quit()

    ui.app.Program = Watched
    status = ui.app.main(["--data", folder, "--password-file", password_file])
    if status:
        sys.exit(status)


def tell(painted: float, idle: float, derivation: float = 0.0) -> None:
    """Print what was seen; the parent reads the last line."""
    from bench.measure import answer, resident_mb

    answer(painted=painted, idle=idle, derivation=derivation, resident=resident_mb())


def main() -> None:
    """Open one window, look, close it."""
    who = sys.argv[1]
    if who == "ours":
        ours(*sys.argv[3:6])
    else:
        bare("家访台账" if who == "bare" else "")


if __name__ == "__main__":
    main()
