"""A process of its own that types into the record editor and then just stands there, waiting to be killed.

Run as ``python typing_child.py FOLDER``; says ``typed`` once the last key was sent.
"""

from __future__ import annotations

import sys
from pathlib import Path

from PySide6.QtCore import QTimer
from PySide6.QtGui import QInputMethodEvent
from PySide6.QtWidgets import QApplication, QVBoxLayout, QWidget

from jiafang_desktop.paper import QtRenderer
from jiafang_desktop.services import session
from ui.context import Context
from ui.pages.visit_editor import VisitEditorPage
from ui.tasks import Tasks

PASSWORD = "kao-shan-tun-2026"
TYPED = "送上镇党委的问候，看到院落整洁"


def main(folder: Path) -> None:
    app = QApplication([])
    created = session.create(
        folder, password=PASSWORD, role="unit", unit="德政镇", unit_type="township", county="魏县", operator="王敏"
    )
    store = created.store
    ctx = Context(
        tasks=Tasks(store), installation=store.installation, operator=store.operator, renderer=QtRenderer()
    )  # fmt: skip
    window = QWidget()
    column = QVBoxLayout(window)
    page = VisitEditorPage(ctx)
    column.addWidget(page)
    window.show()
    window.activateWindow()
    page.opened(fresh=True)
    QTimer.singleShot(0, lambda: type_into(page))
    app.exec()


def type_into(page: VisitEditorPage) -> None:
    cell = page.canvas.cells["account"]
    cell.setFocus()
    for char in TYPED:
        event = QInputMethodEvent("", [])
        event.setCommitString(char)
        QApplication.sendEvent(cell, event)
    sys.stdout.write("typed\n")
    sys.stdout.flush()


if __name__ == "__main__":
    main(Path(sys.argv[1]))
