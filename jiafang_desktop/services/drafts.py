"""Drafts: what somebody is typing, kept word for word until it becomes a record or is thrown away.

They live in a table of their own, not in the log (docs/decisions/0007); what they mean is the editor's business.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from jiafang_desktop.domain.changes import Json
from jiafang_desktop.domain.drafts import DraftInfo

if TYPE_CHECKING:
    from jiafang_desktop.store import Store

__all__ = ["DraftInfo", "discard", "keep", "listing", "load"]


def keep(store: Store, key: str, content: Mapping[str, Json]) -> None:
    """Keep ``content`` under ``key``; it is on disk when this returns.

    Raises:
        UserError: ``disk_full read_only``.
    """
    store.drafts.keep(key, dict(content))


def load(store: Store, key: str) -> dict[str, Json] | None:
    """What is kept under ``key``; None when nothing is."""
    return store.drafts.get(key)


def listing(store: Store, prefix: str = "") -> list[DraftInfo]:
    """The drafts whose keys begin so."""
    return store.drafts.keys(prefix)


def discard(store: Store, key: str) -> None:
    """Throw a draft away; nothing happens when there is none."""
    store.drafts.discard(key)
