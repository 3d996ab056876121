"""A record editor on a real store in a real (offscreen) window, for tests.

Only the application's status line and other pages are left out: what is said is collected.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from editor_driver import EditorWindow
from PySide6.QtWidgets import QApplication, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from jiafang_desktop.domain.cadres import CadreContent
from jiafang_desktop.domain.changes import Edit, new_record_id
from jiafang_desktop.domain.visits import Visit
from jiafang_desktop.paper import QtRenderer
from jiafang_desktop.services import drafts, session, visits
from ui.context import Context
from ui.pages.visit_editor import VisitEditorPage
from ui.tasks import Tasks

PASSWORD = "kao-shan-tun-2026"


@contextmanager
def open_editor(folder: Path, qtbot: QtBot) -> Iterator[EditorWindow]:
    """The editor over a fresh unit's data in ``folder``."""
    created = session.create(
        folder, password=PASSWORD, role="unit", unit="德政镇", unit_type="township", county="魏县", operator="王敏"
    )
    tasks = Tasks(created.store)
    store = created.store
    ctx = Context(tasks=tasks, installation=store.installation, operator=store.operator, renderer=QtRenderer())
    said: list[str] = []
    ctx.said.connect(said.append)
    window = QWidget()
    window.resize(1366, 728)
    page = VisitEditorPage(ctx)
    column = QVBoxLayout(window)
    column.addWidget(page)
    qtbot.addWidget(window)
    with qtbot.waitExposed(window):
        window.show()
    window.activateWindow()
    qtbot.waitUntil(lambda: QApplication.activeWindow() is window)

    def ask(verb: Any, *args: Any, **named: Any) -> Any:
        answers: list[Any] = []
        tasks.run(verb, *args, **named).then(answers.append)
        qtbot.waitUntil(lambda: bool(answers))
        return answers[0]

    def add_cadre(**fields: str) -> None:
        edit = Edit(kind="cadre", rec=new_record_id(), fields=CadreContent(**fields).to_fields())
        ask(lambda opened: opened.append([edit], by=opened.operator))

    def stored(visit_id: str) -> Visit:
        found: Visit = ask(visits.show, visit_id)
        return found

    yield EditorWindow(
        page, qtbot, said=said, stored=stored, drafts=lambda: ask(drafts.listing), add_cadre=add_cadre
    )  # fmt: skip
    page.may_leave()
    tasks.close()
