"""The one thread that owns the store: verbs go there in the order they were asked for, results come back to the window.

Long verbs (generators) are stepped, and whatever short was asked meanwhile is done between two steps, so what is typed
is kept while a roster is imported. Nothing here knows what a verb does.
"""

from __future__ import annotations

import logging
import threading
from collections import deque
from collections.abc import Callable, Generator
from types import GeneratorType
from typing import Any

from PySide6.QtCore import QCoreApplication, QEvent, QObject, Qt, Signal

from jiafang_desktop.common.errors import CancelledError, UserError
from jiafang_desktop.domain.changes import Changes

_log = logging.getLogger(__name__)


class Pending:
    """A verb that was asked for. Handlers are called on the window's thread; each of these methods gives the Pending.

    Exactly one end is told: ``then(result)``, ``fail(UserError)``, or nothing when it was cancelled or is a defect
    (``Tasks.defect`` tells that one). ``ended()`` handlers are called after any of the four.
    """

    def __init__(self, verb: Callable[[], Any], gate: _Gate) -> None:
        self._verb, self._gate = verb, gate
        self._then: list[Callable[[Any], object]] = []
        self._fail: list[Callable[[UserError], object]] = []
        self._progress: list[Callable[[Any], object]] = []
        self._ended: list[Callable[[], object]] = []
        self._cancelled = threading.Event()
        self._lock = threading.Lock()
        self._step: Any = None  # the newest Progress not told yet; older ones are passed over
        self._settled: tuple[str, Any] | None = None

    def then(self, handler: Callable[[Any], object]) -> Pending:
        """Call ``handler(result)`` when the verb is done."""
        if self._settled is not None and self._settled[0] == "done":
            handler(self._settled[1])
        self._then.append(handler)
        return self

    def fail(self, handler: Callable[[UserError], object]) -> Pending:
        """Call ``handler(error)`` when it is refused; without one the error is shown by ``Tasks.refused``."""
        if self._settled is not None and self._settled[0] == "refused":
            handler(self._settled[1])
        self._fail.append(handler)
        return self

    def progress(self, handler: Callable[[Any], object]) -> Pending:
        """Call ``handler(step)`` with the steps of a long verb, no oftener than the window keeps up with."""
        self._progress.append(handler)
        return self

    def ended(self, handler: Callable[[], object]) -> Pending:
        """Call ``handler()`` after the end, whatever it was: to give a button back, to hide a bar."""
        if self._settled is not None:
            handler()
        self._ended.append(handler)
        return self

    def cancel(self) -> None:
        """Ask it to stop. What waits is not begun, a long verb is closed at its next step and leaves nothing behind.

        A short verb under way can't be stopped: it ends, and what it wrote is told by ``Tasks.changed``, but its
        handlers are not called.
        """
        self._cancelled.set()

    @property
    def is_settled(self) -> bool:
        """Whether its end was told."""
        return self._settled is not None

    # -- the store's thread ------------------------------------------------------------------------------------

    def _told(self, step: Any) -> None:
        with self._lock:
            waiting, self._step = self._step is not None, step
        if not waiting:
            self._gate.stepped.emit(self)

    def _take_step(self) -> Any:
        with self._lock:
            step, self._step = self._step, None
        return step


class _Gate(QObject):
    """Lives on the window's thread; its signals carry news there."""

    stepped = Signal(object)  # Pending
    ended = Signal(object, str, object)  # Pending, how, result or error


class Tasks(QObject):
    """``changed(Changes)`` tells what any verb wrote, before its own handlers are called; ``refused(UserError)`` a
    refusal nobody handles; ``defect(Exception)`` anything else that escaped a verb (it is logged whole first).
    """

    changed = Signal(object)
    refused = Signal(object)
    defect = Signal(object)

    def __init__(self, store: Any, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._store = store
        self._gate = _Gate()
        self._gate.stepped.connect(self._stepped, Qt.ConnectionType.QueuedConnection)
        self._gate.ended.connect(self._ended, Qt.ConnectionType.QueuedConnection)
        self._news = threading.Condition()
        self._waiting: deque[Pending] = deque()
        self._open = True
        self._unsettled = 0
        self._thread = threading.Thread(target=self._work, name="store", daemon=True)
        self._thread.start()

    # -- the window's thread -----------------------------------------------------------------------------------

    def run(self, verb: Callable[..., Any], *args: Any, **named: Any) -> Pending:
        """Ask for ``verb(store, *args, **named)`` on the store's thread."""
        pending = Pending(lambda: verb(self._store, *args, **named), self._gate)
        with self._news:
            if not self._open:
                _log.warning("asked after the store was closed: %s", getattr(verb, "__qualname__", verb))
                pending._settled = ("cancelled", None)
                return pending
            self._unsettled += 1
            self._waiting.append(pending)
            self._news.notify()
        return pending

    @property
    def is_idle(self) -> bool:
        """Whether everything asked for was done and told."""
        return self._unsettled == 0

    def close(self) -> None:
        """Do what was accepted, tell it, then close the store. Returns when the thread is gone."""
        with self._news:
            if not self._open:
                return
            self._open = False
            self._news.notify()
        self._thread.join()
        QCoreApplication.sendPostedEvents(self, QEvent.Type.MetaCall)

    def _stepped(self, pending: Pending) -> None:
        step = pending._take_step()
        if step is not None and not pending._cancelled.is_set():
            for handler in list(pending._progress):
                handler(step)

    def _ended(self, pending: Pending, how: str, outcome: Any) -> None:
        self._unsettled -= 1
        if how == "done":
            written = changes_in(outcome)
            if written is not None:
                self.changed.emit(written)
        if pending._cancelled.is_set() and how != "defect":
            how = "cancelled"
        pending._settled = (how, outcome)
        try:
            self._tell(pending, how, outcome)
        finally:
            for handler in list(pending._ended):
                handler()

    def _tell(self, pending: Pending, how: str, outcome: Any) -> None:
        if how == "done":
            for handler in list(pending._then):
                handler(outcome)
        elif how == "refused" and pending._fail:
            for refusal in list(pending._fail):
                refusal(outcome)
        elif how == "refused":
            self.refused.emit(outcome)
        elif how == "defect":
            self.defect.emit(outcome)

    # -- the store's thread ------------------------------------------------------------------------------------

    def _work(self) -> None:
        long: deque[tuple[Pending, Generator[Any, None, Any]]] = deque()
        try:
            while True:
                pending = self._next(wait=not long)
                if pending is not None:
                    self._begin(pending, long)
                elif long:
                    self._step_one(long)
                else:
                    return
        finally:
            self._store.close()

    def _next(self, *, wait: bool) -> Pending | None:
        """The next verb asked for; None at once while a long one goes on, or when all is done and closed."""
        with self._news:
            while wait and not self._waiting and self._open:
                self._news.wait()
            return self._waiting.popleft() if self._waiting else None

    def _begin(self, pending: Pending, long: deque[tuple[Pending, Generator[Any, None, Any]]]) -> None:
        if pending._cancelled.is_set():
            self._end(pending, "cancelled", None)
            return
        result = self._guarded(pending, pending._verb)
        if result is None:
            return
        if isinstance(result[0], GeneratorType):
            long.append((pending, result[0]))
        else:
            self._end(pending, "done", result[0])

    def _step_one(self, long: deque[tuple[Pending, Generator[Any, None, Any]]]) -> None:
        """One step of the long verb begun first; the next one has its turn when that is done."""
        pending, generator = long[0]
        if pending._cancelled.is_set():
            long.popleft()
            if self._guarded(pending, generator.close) is not None:
                self._end(pending, "cancelled", None)
            return

        def step() -> tuple[bool, Any]:
            try:
                return False, next(generator)
            except StopIteration as end:
                return True, end.value

        result = self._guarded(pending, step)
        if result is None:
            long.popleft()
            return
        done, value = result[0]
        if done:
            long.popleft()
            self._end(pending, "done", value)
        else:
            pending._told(value)

    def _guarded(self, pending: Pending, call: Callable[[], Any]) -> tuple[Any] | None:
        """The result in a tuple, or None when the verb ended by an exception, which is told."""
        try:
            return (call(),)
        except UserError as error:
            self._end(pending, "refused", error)
        except CancelledError:
            self._end(pending, "cancelled", None)
        except Exception as error:  # the thread outlives any defect: what is typed must still be kept
            _log.exception("a verb failed by a defect")
            self._end(pending, "defect", error)
        return None

    def _end(self, pending: Pending, how: str, outcome: Any) -> None:
        self._gate.ended.emit(pending, how, outcome)


def changes_in(result: Any) -> Changes | None:
    """What a verb's result says was written: itself, its ``changes``, or those of its parts, as one."""
    found = tuple(_changes(result))
    if not found:
        return None
    return found[0] if len(found) == 1 else Changes(tuple(record for one in found for record in one.records))


def _changes(result: Any) -> list[Changes]:
    if isinstance(result, Changes):
        return [result]
    if isinstance(result, tuple | list):
        return [one for part in result for one in _changes(part)] if len(result) <= _MOST_PARTS else []
    held = getattr(result, "changes", None)
    return [held] if isinstance(held, Changes) else []


_MOST_PARTS = 4096  # a longer list is rows that were read
