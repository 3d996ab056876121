"""Remembers which sheet is being typed into, so that a window that died opens again where it was.

The text itself is in its own draft (visit_editor_keep); here is only the draft's key, kept as a draft too, and gone as
soon as the sheet is left as it should be.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from jiafang_desktop.services import drafts

if TYPE_CHECKING:
    from jiafang_desktop.services.session import Store
    from ui.pages.visit_editor_keep import Keeper
    from ui.tasks import Tasks

MARK = "window:open"


class OpenSheet:
    """Follows the editor of one desk."""

    def __init__(self, tasks: Tasks) -> None:
        self._tasks = tasks
        self._marked: str | None = None
        self._is_inside = False

    def follow(self, keeper: Keeper) -> None:
        """Note the key whenever something was kept under another one."""
        keeper.kept.connect(lambda _at: self._note(keeper.key))

    def _note(self, key: str | None) -> None:
        # what was kept on leaving is told a moment later
        if self._is_inside and key is not None and key != self._marked:
            self._marked = key
            self._tasks.run(drafts.keep, MARK, {"key": key})

    def entered(self) -> None:
        """A sheet is in front."""
        self._is_inside = True

    def left(self) -> None:
        """The sheet was left, everything is in order."""
        self._is_inside = False
        if self._marked is not None:
            self._marked = None
            self._tasks.run(drafts.discard, MARK)


def interrupted(store: Store) -> dict[str, Any] | None:
    """Where the editor has to be opened to go on with the sheet that was being typed; None after an orderly end.

    Told once: what is left behind by then is a draft like any other.
    """
    kept = drafts.load(store, MARK)
    if kept is None:
        return None
    if not store.read_only:
        drafts.discard(store, MARK)
    key = str(kept.get("key") or "")
    if drafts.load(store, key) is None:
        return None
    from ui.pages.visit_editor_keep import NEW_PREFIX  # wanted only where a window died

    if key.startswith(NEW_PREFIX):
        return {"draft_key": key}
    return {"visit_id": key.rpartition(":")[2]}
