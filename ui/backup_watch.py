"""Backs the data up while the window is open: every half hour if something changed, and once more when it closes.

Works on the store's thread between other things, says so in the status line and never stands in the way. What is
backed up and whether it is due is services.backups'.
"""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QWidget

from jiafang_desktop.common.errors import UserError
from jiafang_desktop.common.progress import Progress
from jiafang_desktop.services import backups
from jiafang_desktop.services.backups import Last
from ui.context import Context
from ui.tasks import Pending

if TYPE_CHECKING:
    from ui.dialogs.closing_backup import ClosingBackup

_PATIENCE_MS = 250  # a backup that is made sooner closes the window without a word
_log = logging.getLogger(__name__)


class BackupWatch(QObject):
    """``known(Last)`` tells how it stands, whenever that was asked or changed."""

    known = Signal(object)

    def __init__(self, ctx: Context, window: QWidget) -> None:
        super().__init__(window)
        self._ctx, self._window = ctx, window
        self.last: Last | None = None
        self._pending: Pending | None = None
        self._closing = False
        self._may_close = False
        self._dialog: ClosingBackup | None = None
        self._timer = QTimer(self)
        self._timer.setInterval(backups.EVERY_MINUTES * 60_000)
        self._timer.timeout.connect(self.tick)
        self._timer.start()

    def read(self) -> None:
        """Ask how it stands."""
        self._ctx.tasks.run(backups.last).then(self._take).fail(lambda error: _log.info("not read: %s", error.code))

    def tick(self) -> None:
        """Back up, if something changed and nothing is under way."""
        if self._pending is not None:
            return
        pending = self._ctx.tasks.run(backups.automatic)
        self._pending = pending
        pending.progress(self._step).fail(self._failed).ended(self._ended)

    def _take(self, last: Last) -> None:
        self.last = last
        self.known.emit(last)

    def _failed(self, error: UserError) -> None:
        """Quietly: the status line and the workbench tell it until one succeeds."""
        _log.info("no backup: %s", error.code)
        self._ctx.say(error.message)

    def _ended(self) -> None:
        self._pending = None
        if self._closing:
            self._leave()
        elif not self._may_close:
            self._ctx.backups_changed.emit()  # our own reading again hangs on it too

    # -- the end -------------------------------------------------------------------------------------------------

    def may_close(self) -> bool:
        """Whether the window may go now; the first time asked it begins the last backup, and closes the window after.

        Nobody who logs off or shuts down is kept waiting.
        """
        app = QGuiApplication.instance()
        if self._may_close or (isinstance(app, QGuiApplication) and app.isSavingSession()):
            return True
        if not self._closing:
            self._closing = True
            self._timer.stop()
            self.tick()
            QTimer.singleShot(_PATIENCE_MS, self._say_so)
        return False

    def skip(self) -> None:
        """Close without it: what was begun is taken back, earlier backups are as they were."""
        if self._pending is not None:
            self._pending.cancel()
        if self._closing:
            self._leave()

    def _leave(self) -> None:
        self._closing, self._may_close = False, True
        if self._dialog is not None:
            self._dialog.hide()
        self._window.close()

    def _say_so(self) -> None:
        if not self._closing or self._dialog is not None:
            return
        from ui.dialogs.closing_backup import ClosingBackup

        self._dialog = ClosingBackup(self._window)
        self._dialog.skip_wanted.connect(self.skip)
        self._dialog.show()

    def _step(self, step: Progress) -> None:
        if self._dialog is not None:
            self._dialog.show_step(step)
