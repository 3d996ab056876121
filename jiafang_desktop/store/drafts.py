"""Typing that is no record yet: kept at once and durably, outside the log, until it is registered or discarded."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from typing import Any

from jiafang_desktop.common import clock
from jiafang_desktop.domain.drafts import DraftInfo
from jiafang_desktop.store.engine import Engine


class DraftKeeper:
    """What ``Store.drafts`` offers. ``may_write`` raises where nothing may be written."""

    def __init__(self, engine: Engine, may_write: Callable[[], None]) -> None:
        self._engine, self._may_write = engine, may_write

    def keep(self, key: str, content: Mapping[str, Any]) -> None:
        """Keep a draft in place of an earlier one; it is on the disk when this returns."""
        self._may_write()
        text = json.dumps(content, ensure_ascii=True, allow_nan=False)  # ASCII: half characters are kept too
        self._engine.run("INSERT OR REPLACE INTO draft VALUES (?, ?, ?)", (key, clock.stamp(), text))

    def get(self, key: str) -> dict[str, Any] | None:
        """A draft's content, None where there is none."""
        text = self._engine.value("SELECT content FROM draft WHERE key = ?", (key,))
        if text is None:
            return None
        content: dict[str, Any] = json.loads(text)
        return content

    def keys(self, prefix: str = "") -> list[DraftInfo]:
        """Drafts whose key begins so, the latest first."""
        sql = "SELECT key, saved_at FROM draft WHERE substr(key, 1, ?) = ? ORDER BY saved_at DESC, key"
        return [DraftInfo(key, saved_at) for key, saved_at in self._engine.all(sql, (len(prefix), prefix))]

    def discard(self, key: str) -> None:
        """Forget a draft; one that is not there does no harm."""
        self._may_write()
        self._engine.run("DELETE FROM draft WHERE key = ?", (key,))
