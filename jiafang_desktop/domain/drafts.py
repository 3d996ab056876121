"""A draft as lists name it. What is in one is the editor's own; keeping it is the store's."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class DraftInfo:
    """``saved_at`` is ISO 8601 with offset."""

    key: str
    saved_at: str
