"""组织督导情况 of the visit in hand: what the panel says of it, and opening its dialog.

Asked of the store only where 优先情形 calls for the sheet. Rights are services.guidance's, the texts the dialog's.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from jiafang_desktop.domain.guidance import NAMES
from jiafang_desktop.domain.visits import Visit
from jiafang_desktop.services import accounts, drafts, guidance
from ui.dialogs.guidance import GuidanceDialog, Standing
from ui.models.guidance_sheet import DRAFT_PREFIX, filled
from ui.models.typed_date import dotted

if TYPE_CHECKING:
    from ui.pages.visit_editor import VisitEditorPage

_CLOSED = "由有“查看限制内容”权限的经办人填写；您的账户没有这项权限"


def standing(store: Any, visit_id: str) -> Standing:
    """The sheet as this account sees it, with its own unsaved typing."""
    sheet = guidance.read(store, visit_id)
    return Standing(sheet, accounts.may(store, "sensitive"), drafts.load(store, DRAFT_PREFIX + visit_id))


class GuidanceActs:
    """Keeps the panel's section in step with the visit."""

    def __init__(self, page: VisitEditorPage) -> None:
        self._page = page
        self._shown: str | None = None  # the visit whose sheet the section tells of
        page.panel.guidance.open_wanted.connect(self.open)
        page.form.changed.connect(
            lambda names, _walked: self.follow(page.visit) if "priority" in names else None
        )  # fmt: skip

    def follow(self, visit: Visit | None) -> None:
        """Another visit, or 优先情形 changed."""
        section = self._page.panel.guidance
        wanted = visit.id if visit is not None and section.is_wanted else None
        if visit is None:
            section.show_state("登记以后填写", button="")
        if wanted != self._shown:
            self._shown = wanted
            if wanted is not None:
                section.show_state("", button="")
                self.ask()

    def ask(self) -> None:
        """How far the sheet is now."""
        rec = self._shown
        if rec is not None:
            self._page.ctx.tasks.run(standing, rec).then(lambda found: self._take(rec, found))

    def _take(self, rec: str, found: Standing) -> None:
        visit = self._page.visit
        if rec != self._shown or visit is None:
            return
        section, known = self._page.panel.guidance, filled(found.sheet)
        words = "还没有填写" if not known else f"已填：{'、'.join(known)}" if len(known) < len(NAMES) else "各栏都已填"
        if not found.may_write:
            section.show_state(words if known else _CLOSED, button="查看" if known or found.draft else "")
        elif found.draft is not None:
            section.show_state(f"{words}；有没保存的字", button="接着写", token="amber")
        elif visit.deleted:
            section.show_state(words, button="查看" if known else "")
        else:
            section.show_state(words, button="打开" if known else "填写")

    def open(self) -> None:
        """The dialog; a change of 优先情形 is stored before, since the sheet belongs to it."""
        page = self._page
        page.acts.commit()
        if page.visit is not None:
            rec = page.visit.id
            pending = page.ctx.tasks.run(standing, rec)
            pending.then(self._open).fail(lambda error: page.ctx.error(error, page))

    def _open(self, found: Standing) -> None:
        page, visit = self._page, self._page.visit
        if visit is None or visit.id != found.sheet.visit:
            return
        content = visit.content
        who = "　".join(part for part in (content.visitee.name, dotted(content.date) if content.date else "") if part)
        dialog = GuidanceDialog(page.ctx, found, who=who, is_void=visit.deleted, parent=page.window())
        dialog.finished.connect(lambda _result: self.ask())
        dialog.open()
