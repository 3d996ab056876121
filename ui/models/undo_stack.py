"""One stack of undo and redo for a whole form: what changed, in which field, under which Chinese name.

It knows fields and values only; cells, carets and windows are the form's and the editor's business.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

_PAUSE_S = 3.0  # a longer pause begins a new step, so one Ctrl+Z never takes back two thoughts
_SENTENCE_ENDS = "。；！？\n"


@dataclass(slots=True)
class Step:
    """Fields before and after; ``label`` says in Chinese what was done (录入问题解决情况)."""

    label: str
    before: dict[str, Any]
    after: dict[str, Any]
    typed: str = ""  # "insert" or "delete" while further keys may join this step
    edge: int = 0  # where the next joining key has to be
    at: float = field(default=0.0)

    @property
    def field_name(self) -> str:
        """The first field the step touched: where the caret goes on undo."""
        return next(iter(self.after))


class UndoStack:
    """Steps done and undone. ``clock`` gives seconds and can be stood in for."""

    def __init__(self, *, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._done: list[Step] = []
        self._undone: list[Step] = []
        self._closed = True

    def push(self, label: str, before: Mapping[str, Any], after: Mapping[str, Any]) -> None:
        """One whole act."""
        self._add(Step(label, dict(before), dict(after), at=self._clock()))
        self._closed = True

    def push_typing(self, label: str, name: str, before: str, after: str) -> None:
        """Keys in a text field; neighbouring ones of one kind join into a step until a sentence or a pause ends it."""
        start, removed, added = difference(before, after)
        kind = "insert" if added and not removed else "delete" if removed and not added else ""
        now = self._clock()
        last = self._done[-1] if self._done and not self._undone and not self._closed else None
        if last is not None and kind and last.typed == kind and last.field_name == name and now - last.at < _PAUSE_S:
            touches = start == last.edge if kind == "insert" else last.edge in (start, start + len(removed))
            if touches:
                last.after[name] = after
                last.edge, last.at = start + len(added), now
                self._closed = added.endswith(tuple(_SENTENCE_ENDS))
                return
        self._add(Step(label, {name: before}, {name: after}, typed=kind, edge=start + len(added), at=now))
        self._closed = added.endswith(tuple(_SENTENCE_ENDS))

    def close_run(self) -> None:
        """What is typed next is a step of its own (the caret moved, the cell was left, something was saved)."""
        self._closed = True

    def undo(self) -> Step | None:
        """Take the last step off and give it, or None."""
        if not self._done:
            return None
        step = self._done.pop()
        self._undone.append(step)
        self._closed = True
        return step

    def redo(self) -> Step | None:
        """Put the last undone step back and give it, or None."""
        if not self._undone:
            return None
        step = self._undone.pop()
        self._done.append(step)
        self._closed = True
        return step

    def clear(self) -> None:
        """Forget everything (another visit was opened)."""
        self._done.clear()
        self._undone.clear()
        self._closed = True

    @property
    def undo_label(self) -> str:
        """What Ctrl+Z would take back, or an empty string."""
        return self._done[-1].label if self._done else ""

    @property
    def redo_label(self) -> str:
        """What Ctrl+Y would do again, or an empty string."""
        return self._undone[-1].label if self._undone else ""

    def _add(self, step: Step) -> None:
        self._done.append(step)
        self._undone.clear()


def difference(before: str, after: str) -> tuple[int, str, str]:
    """Where two texts part, what went and what came: ``(start, removed, added)``."""
    start = 0
    shortest = min(len(before), len(after))
    while start < shortest and before[start] == after[start]:
        start += 1
    tail = 0
    while tail < shortest - start and before[-1 - tail] == after[-1 - tail]:
        tail += 1
    return start, before[start : len(before) - tail], after[start : len(after) - tail]
