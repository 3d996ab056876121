"""Opening a sheet of the record editor: a stored visit, a draft, a new one, a correction, with what was left unsaved.

Fills the page's form and tells the keeper which draft it is; showing is the page's.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from jiafang_desktop.common.errors import UserError
from jiafang_desktop.domain.changes import new_record_id
from jiafang_desktop.domain.visits import Visit
from jiafang_desktop.services import drafts, visits
from ui.models.typed_date import dotted
from ui.pages.visit_editor_keep import CORRECTION_PREFIX, NEW_PREFIX, STORED_PREFIX

if TYPE_CHECKING:
    from ui.pages.visit_editor import VisitEditorPage


class SheetOpener:
    """``stored``, ``draft`` or ``latest`` opens; the page shows it once it is there."""

    def __init__(self, page: VisitEditorPage) -> None:
        self._page = page

    def stored(self, visit_id: str) -> None:
        """A visit, with what was typed into it and not saved."""
        self._run(visits.show, visit_id).then(self._stored)

    def latest(self) -> None:
        """The sheet somebody began last, else a new one."""
        self._run(drafts.listing, NEW_PREFIX).then(self._latest)

    def _run(self, verb: Callable[..., Any], *args: Any) -> Any:
        return self._page.ctx.tasks.run(verb, *args).fail(self._failed)

    def _latest(self, found: Sequence[drafts.DraftInfo]) -> None:
        latest = max(found, key=lambda info: info.saved_at, default=None)
        self.draft(latest.key if latest else None)

    def draft(self, key: str | None, start: Mapping[str, Any] | None = None) -> None:
        """A sheet begun before, or (None) a new one that begins with ``start``."""
        page = self._page
        page.form.load_json({"recorder": page.ctx.operator.name, **(start or {})})
        if key is None:
            page.keeper.follow(NEW_PREFIX + new_record_id())
            if start:
                page.keeper.changed()  # whom it is for must not be lost with the window
            page.shown()
        else:
            page.keeper.follow(key)
            self._run(drafts.load, key).then(self._resume)

    def _stored(self, visit: Visit) -> None:
        page = self._page
        page.visit = visit
        page.form.load(visit.content)
        key = STORED_PREFIX + visit.id
        if page.is_writable:
            page.keeper.follow(key)
            self._run(drafts.load, key).then(self._resume)
        elif visit.archived_on is not None and not visit.deleted:
            key = CORRECTION_PREFIX + visit.id
            self._run(drafts.load, key).then(self._resume_correction)
        else:
            page.shown()

    def _resume_correction(self, kept: dict[str, object] | None) -> None:
        """更正 that was left before it was saved goes on, with its reason."""
        page = self._page
        if page.visit is not None and kept and isinstance(kept.get("form"), dict) and kept.get("reason"):
            page.correcting = str(kept["reason"])
            page.keeper.follow(CORRECTION_PREFIX + page.visit.id, reason=page.correcting)
            page.form.load_json(kept["form"])  # type: ignore[arg-type]  # checked above
            page.keeper.loaded()
            page.ctx.say("已接着上次没写完的更正")
        page.shown()

    def _resume(self, kept: dict[str, object] | None) -> None:
        page = self._page
        if kept and isinstance(kept.get("form"), dict):
            page.form.load_json(kept["form"])  # type: ignore[arg-type]  # checked the line before
            page.keeper.loaded()
            if page.visit is not None and page.form.content() == page.visit.content and not page.form.errors():
                page.keeper.forget()  # saved after all: the window closed before its draft was dropped
            else:
                page.ctx.say("已接着上次没写完的内容")
        page.shown()

    def _failed(self, error: UserError) -> None:
        page = self._page
        page.ctx.error(error, page)
        page.ctx.open("visits")

    # -- 更正 ---------------------------------------------------------------------------------------------------

    def begin_correction(self, reason: str) -> None:
        """An archived record can be typed into until the correction is saved or given up."""
        page = self._page
        page.correcting = reason
        if page.visit is not None:
            page.keeper.follow(CORRECTION_PREFIX + page.visit.id, reason=reason)
        page.set_read_only(False)
        page.show_state()

    def end_correction(self) -> None:
        """Read-only again, showing what is stored."""
        page = self._page
        page.correcting = None
        page.keeper.forget()
        page.keeper.follow(None)
        if page.visit is not None:
            page.form.load(page.visit.content)
        page.set_read_only(True)
        page.show_state()


def title_of(page: VisitEditorPage) -> dict[str, Any]:
    """What the title row says of the sheet: whose it is, its state, its day and number."""
    visit, form = page.visit, page.form
    day = form.content().date
    parts = [dotted(day) if day else "", f"第 {visit.number} 号" if visit and visit.number else ""]
    if page.correcting is not None:
        parts.append("正在更正")
    return {
        "title": str(form["visitee_name"]).strip() or "新家访", "back": ("家访", "visits"),
        "status": visit.status if visit else "draft", "caption": "　".join(part for part in parts if part),
    }  # fmt: skip
