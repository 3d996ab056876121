"""Typing that is no record yet: kept at once and durably, outside the log, until it is registered or discarded.

What somebody types is his own until it is a record: it may hold what others are not to see. So every account has
drafts of its own, which its author's id in front of the key keeps apart.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from jiafang_desktop.common import clock
from jiafang_desktop.domain.drafts import DraftInfo
from jiafang_desktop.store.engine import Engine

_MARK, _END = "@", ":"  # no key of a window begins with the mark


def _owner_alone() -> Sequence[str]:
    return ("",)


class DraftKeeper:
    """What ``Store.drafts`` offers. ``may_write`` raises where nothing may be written; ``authors`` are the accounts
    whose drafts are at hand, the one who types first, "" for the owner."""

    def __init__(
        self, engine: Engine, may_write: Callable[[], None], *, authors: Callable[[], Sequence[str]] = _owner_alone
    ) -> None:  # fmt: skip
        self._engine, self._may_write, self._authors = engine, may_write, authors

    def keep(self, key: str, content: Mapping[str, Any]) -> None:
        """Keep a draft in place of an earlier one; it is on the disk when this returns."""
        self._may_write()
        text = json.dumps(content, ensure_ascii=True, allow_nan=False)  # ASCII: half characters are kept too
        place = _before(self._authors()[0]) + key
        self._engine.run("INSERT OR REPLACE INTO draft VALUES (?, ?, ?)", (place, clock.stamp(), text))

    def get(self, key: str) -> dict[str, Any] | None:
        """A draft's content, None where there is none."""
        for author in self._authors():
            text = self._engine.value("SELECT content FROM draft WHERE key = ?", (_before(author) + key,))
            if text is not None:
                content: dict[str, Any] = json.loads(text)
                return content
        return None

    def keys(self, prefix: str = "") -> list[DraftInfo]:
        """Drafts whose key begins so, the latest first."""
        sql = "SELECT key, saved_at FROM draft WHERE substr(key, 1, ?) = ? ORDER BY saved_at DESC, key"
        found: dict[str, DraftInfo] = {}
        for author in self._authors():
            before = _before(author)
            for place, saved_at in self._engine.all(sql, (len(before + prefix), before + prefix)):
                key = place[len(before) :]
                if author or not key.startswith(_MARK):
                    found.setdefault(key, DraftInfo(key, saved_at))
        return sorted(sorted(found.values(), key=lambda i: i.key), key=lambda i: str(i.saved_at), reverse=True)

    def discard(self, key: str) -> None:
        """Forget a draft; one that is not there does no harm."""
        self._may_write()
        for author in self._authors():
            self._engine.run("DELETE FROM draft WHERE key = ?", (_before(author) + key,))


def _before(author: str) -> str:
    return f"{_MARK}{author}{_END}" if author else ""
