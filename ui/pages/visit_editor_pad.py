"""Signing on the pad from the editor, and the 核对码 beside the paper: both read anew whenever they may have changed.

Who may sign and what holds is services.signature_pad's; the dialog only hands back strokes.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from jiafang_desktop.domain.changes import Changes
from jiafang_desktop.domain.pages import Sheet
from jiafang_desktop.domain.visits import Visit
from jiafang_desktop.services import forms, prints, signature_pad
from jiafang_desktop.services.session import Store
from jiafang_desktop.services.signature_pad import Pad, Place
from ui.dialogs.signature_pad import SignaturePadDialog

if TYPE_CHECKING:
    from ui.pages.visit_editor import VisitEditorPage

_NO_PAD = Pad()
_KINDS = ("visit", "problem", "signature", "print", "rules", "installation")


@dataclass(frozen=True, slots=True)
class OnPaper:
    """What stands on the form besides its words: places for signatures, and the code of what it says now."""

    pad: Pad = _NO_PAD
    code: str | None = None


def read(store: Store, visit_id: str) -> OnPaper:
    """As it is now.

    Raises:
        UserError: ``not_found``.
    """
    visit = store.visits.get(visit_id)
    code = prints.code_of(store, visit, forms.words_of(store, visit))
    return OnPaper(signature_pad.read(store, visit_id), code)


def to_sign(store: Store, visit_id: str) -> tuple[Pad, Sheet]:
    """The places, and the very sheet they belong to.

    Raises:
        UserError: ``not_found``.
    """
    return signature_pad.read(store, visit_id), forms.sheet(store, visit_id)


class PadActs:
    """Follows the visit in the editor."""

    def __init__(self, page: VisitEditorPage) -> None:
        self._page, self._ctx = page, page.ctx
        self._visit: Visit | None = None
        self._read_for: str | None = "nothing yet"
        self.shown = OnPaper()
        self.section = page.panel.paper
        self.section.pad.sign_wanted.connect(self.sign)
        self.section.pad.clear_wanted.connect(self.clear)
        page.ctx.tasks.changed.connect(self._changed)

    def follow(self, visit: Visit | None) -> None:
        """Another visit, or the same one in another state, is shown."""
        self._visit = visit
        if (visit.id if visit else None) != self._read_for:
            self._read_for = visit.id if visit else None
            self.shown = OnPaper()
            self._read()
        self._show()

    def _read(self) -> None:
        visit = self._visit
        if visit is not None:
            pending = self._ctx.tasks.run(read, visit.id)
            pending.then(lambda found: self._take(visit.id, found)).fail(lambda error: self._ctx.error(error, None))

    def _take(self, of: str, found: OnPaper) -> None:
        if self._visit is not None and self._visit.id == of and found != self.shown:
            self.shown = found
            self._show()
            self._page.replan()

    def _show(self) -> None:
        visit = self._visit
        open_ = visit is not None and not visit.deleted and visit.archived_on is None
        self.section.pad.show_pad(self.shown.pad, writable=open_)
        self.section.show_code(self.shown.code)
        self._page.planner.pad = self.shown.pad

    def _changed(self, changes: Changes) -> None:
        if self._visit is not None and changes.touches(*_KINDS):
            self._read()

    # -- acts --------------------------------------------------------------------------------------------------

    def sign(self, slot: str) -> None:
        """Open the pad over the sheet as it is stored, what is typed saved first."""
        page, visit = self._page, self._visit
        if visit is None:
            return
        page.finish_composition()
        page.acts.commit()
        pending = self._ctx.tasks.run(to_sign, visit.id)
        pending.then(lambda found: self._ask(visit.id, slot, *found)).fail(page.acts.show_refusal)

    def _ask(self, visit_id: str, slot: str, pad: Pad, sheet: Sheet) -> None:
        place = next((one for one in pad.places if one.slot.key == slot), None)
        if place is None:  # who signs was changed by what was just saved
            self._read()
            return
        dialog = SignaturePadDialog(sheet, place.slot, parent=self._page.window())
        dialog.accepted.connect(lambda: self._keep(visit_id, place, dialog))
        dialog.open()

    def _keep(self, visit_id: str, place: Place, dialog: SignaturePadDialog) -> None:
        pending = self._ctx.tasks.run(
            signature_pad.sign, visit_id, place.slot.key, dialog.strokes(), said=place.said, by=self._ctx.operator
        )
        pending.then(lambda _changes: self._ctx.say_undoable(f"{place.slot.name}签名"))
        pending.fail(self._page.acts.show_refusal)

    def clear(self, slot: str) -> None:
        """Take a signature off; 撤销 brings it back while the form says the same."""
        visit = self._visit
        if visit is not None:
            pending = self._ctx.tasks.run(signature_pad.clear, visit.id, slot, by=self._ctx.operator)
            pending.then(lambda _changes: self._ctx.say_undoable("清除签名")).fail(self._page.acts.show_refusal)
