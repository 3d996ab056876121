"""撤销 and 重做 of what was stored: the last acts that said they can be taken back, newest first.

Taking a transaction back is services.undo's; undo while typing belongs to the editor's own stack.
"""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QObject, Signal

from jiafang_desktop.common.errors import UserError
from jiafang_desktop.domain.changes import Changes
from ui.context import Context

_MOST = 30


@dataclass(frozen=True, slots=True)
class _Act:
    words: str
    changes: Changes


class UndoLine(QObject):
    """``changed`` tells that another act would be taken back now; ``is_busy`` while one is under way."""

    changed = Signal()

    def __init__(self, ctx: Context, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._ctx = ctx
        self._done: list[_Act] = []
        self._undone: list[_Act] = []
        self.is_busy = False

    @property
    def undo_words(self) -> str | None:
        """What 撤销 takes back."""
        return self._done[-1].words if self._done else None

    @property
    def redo_words(self) -> str | None:
        """What 重做 brings again."""
        return self._undone[-1].words if self._undone else None

    def push(self, words: str, changes: object) -> None:
        """An act that can be taken back; what had been undone before it can't come again."""
        if isinstance(changes, Changes) and changes.records:
            self._done = [*self._done[-_MOST + 1 :], _Act(words, changes)]
            self._undone = []
            self.changed.emit()

    def undo(self) -> None:
        """Take the last act back."""
        self._turn(self._done, self._undone, "已撤销")

    def redo(self) -> None:
        """Bring the act undone last again: taking the taking back back."""
        self._turn(self._undone, self._done, "已重做")

    def _turn(self, source: list[_Act], target: list[_Act], said: str) -> None:
        if self.is_busy or not source:
            return
        from jiafang_desktop.services import undo

        act = source.pop()
        self.is_busy = True
        self.changed.emit()

        def done(changes: Changes) -> None:
            self.is_busy = False
            target.append(_Act(act.words, changes))
            self._ctx.say(f"{said}：{act.words}")
            self.changed.emit()

        def refused(error: UserError) -> None:
            self.is_busy = False
            self.changed.emit()
            self._ctx.error(error, None)

        self._ctx.tasks.run(undo.undo, act.changes, by=self._ctx.operator).then(done).fail(refused)
