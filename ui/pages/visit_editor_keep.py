"""Keeping what is typed: every change reaches the draft table within two seconds, whatever happens to the window.

It writes drafts and nothing else; registering and editing visits is in visit_editor_acts.
"""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QObject, QTimer, Signal

from jiafang_desktop.common import clock
from jiafang_desktop.common.errors import UserError
from jiafang_desktop.services import drafts
from ui.models.visit_form import VisitForm
from ui.tasks import Tasks

# Started at the first unkept key and not restarted by later ones: at most this much typing is ever at risk.
_WAIT_MS = 800
NEW_PREFIX = "visit:new:"
STORED_PREFIX = "visit:"
CORRECTION_PREFIX = "correct:"


class Keeper(QObject):
    """Writes the form under ``key`` soon after each change; ``kept`` tells the time of the last write."""

    kept = Signal(str)
    failed = Signal(object)

    def __init__(self, tasks: Tasks, form: VisitForm, parent: QObject) -> None:
        super().__init__(parent)
        self._tasks, self._form = tasks, form
        self.key: str | None = None
        self.reason: str | None = None  # of a correction, which goes on only with it
        self._dirty = False
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(_WAIT_MS)
        self._timer.timeout.connect(self.keep_now)

    def follow(self, key: str | None, *, reason: str | None = None) -> None:
        """Keep under another key from now on (None: keep nothing, the record is read-only)."""
        self._timer.stop()
        self._dirty = False
        self.key, self.reason = key, reason

    def changed(self) -> None:
        """Something was typed."""
        self._dirty = True
        if self.key is not None and not self._timer.isActive():
            self._timer.start()

    def loaded(self) -> None:
        """What stands in the form came from the draft just now: nothing of it is unkept."""
        self._timer.stop()
        self._dirty = False

    @property
    def is_dirty(self) -> bool:
        """Whether something typed is not in the draft table yet."""
        return self._dirty

    def keep_now(self) -> None:
        """Write at once if anything is unkept (focus left, window closes)."""
        self._timer.stop()
        if not self._dirty or self.key is None:
            return
        self._dirty = False
        pending = self._tasks.run(drafts.keep, self.key, self.content())
        pending.then(lambda _: self.kept.emit(clock.now().strftime("%H:%M"))).fail(self._failed)

    def content(self) -> dict[str, Any]:
        """What the draft holds: the form word for word, and what lists show of it."""
        visitee = str(self._form["visitee_name"]).strip()
        content = {"form": self._form.to_json(), "visitee_name": visitee, "date": self._form["date"]}
        return content if self.reason is None else {**content, "reason": self.reason}

    def forget(self, key: str | None = None) -> None:
        """A draft became a record: drop it (the one kept under now, unless ``key`` names another)."""
        key = key or self.key
        if key == self.key:
            self._timer.stop()
            self._dirty = False
        if key is not None:
            self._tasks.run(drafts.discard, key)

    def _failed(self, error: UserError) -> None:
        self._dirty = True
        self.failed.emit(error)
