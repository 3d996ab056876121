"""One list of ``search``: ``python -m bench.search_child ours|QSqlTableModel OFFICE PASSWORD_FILE PLAIN``.

Opens an empty list, then all rows, goes to the end, the middle and the end again; prints seconds and megabytes.
"""

from __future__ import annotations

import os
import statistics
import sys
import time
from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QEvent, QObject
from PySide6.QtWidgets import QWidget

from bench.measure import answer, resident_mb

_JUMPS = 9
_PATIENCE_S, _BEAT_MS = 600.0, 100
_SIZE = (1180, 640)  # of the sheet in a window of 1366×768


def until(happened: Callable[[], bool]) -> None:
    """Let events through until it has; asleep between them, so that the store's thread has the processor."""
    from PySide6.QtCore import QEventLoop, QTimer
    from PySide6.QtWidgets import QApplication

    end = time.monotonic() + _PATIENCE_S
    heart = QTimer()
    heart.start(_BEAT_MS)
    while not happened():
        if time.monotonic() > end:
            raise TimeoutError("the list never came")
        QApplication.processEvents(QEventLoop.ProcessEventsFlag.WaitForMoreEvents)


class Painted(QObject):
    """``since`` is true once a widget is painted while something holds."""

    def __init__(self, widget: QWidget, holds: Callable[[], bool]) -> None:
        super().__init__()
        self.since, self._holds = False, holds
        widget.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802  (Qt's name)
        self.since = self.since or (event.type() == QEvent.Type.Paint and self._holds())
        return False


def ours(office: Path, secret: Path) -> None:
    """The 家访 page over the store's thread, as the program has it."""
    from PySide6.QtCore import Qt
    from PySide6.QtTest import QTest
    from PySide6.QtWidgets import QApplication

    from jiafang_desktop.store import Store
    from ui.context import Context
    from ui.pages.visits import VisitsPage
    from ui.tasks import Tasks

    app = QApplication(["bench"])
    store = Store.open(office, password=secret.read_text("utf-8").strip())
    tasks = Tasks(store)
    ctx = Context(tasks=tasks, installation=store.installation, operator=store.operator, renderer=None)
    page = VisitsPage(ctx)
    page.resize(*_SIZE)
    page.show()
    page.opened(text="没有人这样写过", every_year=True)
    until(lambda: tasks.is_idle)
    before = resident_mb()
    model, view = page.model, page.table.view
    started = time.perf_counter()
    page.opened(text="", every_year=True)
    until(lambda: bool(model.ids) and model.peek(0) is not None)
    view.viewport().repaint()
    listed = time.perf_counter() - started
    until(lambda: tasks.is_idle)
    jumps = []
    last = len(model.ids) - 1
    seen = Painted(view.viewport(), lambda: model.peek(last) is not None)
    for _ in range(_JUMPS):
        seen.since = False
        started = time.perf_counter()
        QTest.keyClick(view, Qt.Key.Key_End)
        until(lambda: seen.since)
        jumps.append(time.perf_counter() - started)
        model.forget()  # so that the next jump fetches what it shows
        model._rows.clear()
        view.setCurrentIndex(model.index(last // 2, view.first_column()))
        until(lambda: tasks.is_idle)
    tell(listed, jumps, before)
    page.close()
    tasks.close()
    del app


def peer(plain: Path) -> None:
    """A QTableView over a QSqlTableModel; it fetches all rows to know where the end is, once."""
    from PySide6.QtSql import QSqlDatabase, QSqlTableModel
    from PySide6.QtWidgets import QApplication, QTableView

    app = QApplication(["bench"])
    database = QSqlDatabase.addDatabase("QSQLITE")
    database.setDatabaseName(str(plain))
    database.open()
    model = QSqlTableModel(None, database)
    model.setTable("visits")
    model.setFilter("id < 0")
    model.select()
    view = QTableView()
    view.setModel(model)
    view.resize(*_SIZE)
    view.show()
    until(lambda: view.windowHandle().isExposed())
    before = resident_mb()
    started = time.perf_counter()
    model.setFilter("")
    model.select()
    view.viewport().repaint()
    listed = time.perf_counter() - started
    started = time.perf_counter()
    while model.canFetchMore():
        model.fetchMore()
    view.scrollToBottom()
    view.viewport().repaint()
    tell(listed, [time.perf_counter() - started], before)
    del app


def tell(listed: float, jumps: list[float], before: float) -> None:
    """Print what was seen."""
    answer(listed=listed, jump=statistics.median(jumps), slowest=max(jumps), added=resident_mb() - before)


def main() -> None:
    """One list."""
    who, office, secret, plain = sys.argv[1], *map(Path, sys.argv[2:5])
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    if who == "ours":
        ours(office, secret)
    else:
        peer(plain)


if __name__ == "__main__":
    main()
