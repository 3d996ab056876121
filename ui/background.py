"""One piece of work beside the window before there is a store thread: opening, creating, resetting a password.

Once a store is open its work belongs to ui.tasks.
"""

from __future__ import annotations

import threading
from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QObject, Signal

from jiafang_desktop.common.errors import UserError


class Background(QObject):
    """Runs a function on a thread of its own and tells the window what came of it.

    ``done(result)``, ``refused(UserError)`` or ``broke(Exception)`` is emitted on the thread this object lives in.
    """

    done = Signal(object)
    refused = Signal(object)
    broke = Signal(object)
    _ended = Signal(object, object)

    def __init__(self, work: Callable[[], Any], parent: QObject) -> None:
        super().__init__(parent)
        self._work = work
        self._ended.connect(self._deliver)
        self._thread = threading.Thread(target=self._run, name="jiafang-opening", daemon=True)

    def start(self) -> Background:
        """Begin; chainable."""
        self._thread.start()
        return self

    def _run(self) -> None:
        try:
            result, error = self._work(), None
        except Exception as caught:  # carried to the window, which tells refusals from defects
            result, error = None, caught
        self._ended.emit(result, error)

    def _deliver(self, result: object, error: object) -> None:
        self._thread.join()
        if error is None:
            self.done.emit(result)
        elif isinstance(error, UserError):
            self.refused.emit(error)
        else:
            self.broke.emit(error)
        self.deleteLater()
