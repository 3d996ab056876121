"""The program in a process of its own, typing into a new sheet and then standing there, waiting to be killed.

Run as ``python killed_window.py DATA PASSWORD_FILE TEXT``; says ``typed`` once the last key was sent.
"""

from __future__ import annotations

import sys
from pathlib import Path

from PySide6.QtCore import QTimer
from PySide6.QtGui import QInputMethodEvent
from PySide6.QtWidgets import QApplication

from ui.app import make_application
from ui.program import Program
from ui.shell import MainWindow


def main(folder: Path, password: Path, text: str) -> None:
    app = make_application()
    program = Program(folder, password_file=password)
    program.start()
    timer = QTimer()
    timer.setInterval(20)

    def try_to_type() -> None:
        window = program.window
        if not isinstance(window, MainWindow):
            return
        if window.desk.current == "workbench":
            window.desk.open("visit", {"fresh": True})
        page = window.desk.page
        if page is not None and page.is_ready:  # type: ignore[attr-defined]  # the editor
            timer.stop()
            type_into(page.canvas.cells["account"], text)  # type: ignore[attr-defined]

    timer.timeout.connect(try_to_type)
    timer.start()
    app.exec()


def type_into(cell: object, text: str) -> None:
    cell.setFocus()  # type: ignore[attr-defined]  # a cell of the paper
    for char in text:
        event = QInputMethodEvent("", [])
        event.setCommitString(char)
        QApplication.sendEvent(cell, event)  # type: ignore[call-overload]
    sys.stdout.write("typed\n")
    sys.stdout.flush()


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]), sys.argv[3])
