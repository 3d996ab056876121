"""沿用上次家庭信息: a quiet link under the paper fills address and spouse from the last visit, as one undo step.

Which visit that is, services.family says. What is typed already is never overwritten without being asked about.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QLabel, QWidget

from jiafang_desktop.services import family
from jiafang_desktop.services.family import Family
from ui.models.typed_date import dotted
from ui.models.visit_form import TITLES
from ui.widgets import buttons
from ui.widgets.side_dialog import FormDialog

if TYPE_CHECKING:
    from ui.pages.visit_editor import VisitEditorPage

_CELLS = ("address", "spouse_name", "spouse_work")
_OFFERED_AT = ("visitee_name", "visitee_post", *_CELLS)  # cells in which the link is shown
_LABEL = "沿用上次家庭信息"


class FamilyActs:
    """``last`` is what the last visit to the person in the form says, None while nobody is known."""

    def __init__(self, page: VisitEditorPage) -> None:
        self._page = page
        self.last: Family | None = None
        self._asked: tuple[str, str | None, str | None, str | None] = ("", None, None, None)
        page.form.changed.connect(self._form_changed)
        page.canvas.entered.connect(lambda _name: self.offer())
        page.canvas.left.connect(lambda _name: self.offer())
        page.foot.link.clicked.connect(self.take)

    # -- knowing -----------------------------------------------------------------------------------------------

    def _form_changed(self, names: frozenset[str], _walked: bool) -> None:
        if names & {"visitee_name", "visitee_cadre", "visitee_unit"}:
            self._ask()
        if names & {"visitee_name", *_CELLS}:
            self.offer()

    def _ask(self) -> None:
        page, form = self._page, self._page.form
        visit_id = page.visit.id if page.visit is not None else None
        name = str(form["visitee_name"]).strip()
        asked = (name, form["visitee_cadre"], form["visitee_unit"], visit_id)
        if asked == self._asked:
            return
        self._asked, self.last = asked, None
        if len(name) < 2 or name.isascii():  # half a name, or the letters it is being found by
            return

        def take(found: Family | None) -> None:
            if self._asked == asked:
                self.last = found
                self.offer()

        page.ctx.tasks.run(
            family.of_last_visit, name, unit=form["visitee_unit"], cadre=form["visitee_cadre"], other_than=visit_id
        ).then(take).fail(lambda error: page.ctx.error(error, page))

    def _told(self) -> dict[str, str]:
        """Cell → what the last visit says, where it says anything else than what stands there."""
        last = self.last
        if last is None or not self._page.is_writable or self._asked[0] != str(self._page.form["visitee_name"]).strip():
            return {}
        told = {"address": last.address, "spouse_name": last.spouse_name, "spouse_work": last.spouse_work}
        return {cell: text for cell, text in told.items() if text and text != self._page.form[cell].strip()}

    def _open_cells(self, told: dict[str, str]) -> dict[str, str]:
        return {cell: text for cell, text in told.items() if not self._page.form[cell].strip()}

    # -- offering ----------------------------------------------------------------------------------------------

    def offer(self) -> None:
        """Show the link where it would fill something that is still open."""
        here = self._page.canvas.focused() in _OFFERED_AT
        fills = self._open_cells(self._told()) if here else {}
        self._page.foot.offer(f"{_LABEL}（{self._when()}）" if fills else "")

    def more(self) -> Sequence[tuple[str, Callable[[], None]]]:
        """The same for 更多, also where everything is typed already."""
        return ((f"{_LABEL}（{self._when()}）", self.take),) if self._told() else ()

    def _when(self) -> str:
        if self.last is None:
            return ""
        return dotted(self.last.on) if self.last.on is not None else f"第 {self.last.number} 号"

    # -- filling -----------------------------------------------------------------------------------------------

    def take(self) -> None:
        """Fill what is open; ask where something else is typed already."""
        told = self._told()
        fills = self._open_cells(told)
        if len(fills) < len(told):
            dialog = FamilyDialog(
                {cell: (self._page.form[cell].strip(), told[cell]) for cell in told if cell not in fills},
                when=self._when(), fills=len(fills), parent=self._page.window(),
            )  # fmt: skip
            dialog.accepted.connect(lambda: self._fill(told if dialog.replaces else fills))
            dialog.open()
        elif fills:
            self._fill(fills)

    def _fill(self, values: dict[str, str]) -> None:
        page = self._page
        if not values:
            return
        page.form.set_values(values, label=_LABEL)
        for cell in values:
            page.canvas.cells[cell].set_text(page.form[cell], place=len(page.form[cell]))
        page.ctx.say(f"已沿用 {self._when()} 家访时的家庭信息，请核对；Ctrl+Z 撤回")
        self.offer()


class FamilyDialog(FormDialog):
    """What is typed beside what the last visit said; ``replaces`` tells which way was chosen."""

    def __init__(
        self, clashes: dict[str, tuple[str, str]], *, when: str, fills: int, parent: QWidget | None = None
    ) -> None:
        super().__init__(
            "有的栏已经填了", f"上次家访（{when}）写的不一样，请看用哪个。",
            accept_text="只填空着的" if fills else "换成上次的", name="dialog_family", parent=parent,
        )  # fmt: skip
        self.replaces = not fills
        for cell, (typed, told) in clashes.items():
            words = QLabel(f"{TITLES[cell]}：现在是“{typed}”，上次是“{told}”", self)
            words.setObjectName(f"family_{cell}")
            words.setWordWrap(True)
            self.body.addWidget(words)
        if fills:
            other = buttons.link("换成上次的", "family_replace")
            other.clicked.connect(self._replace)
            self.foot.insertWidget(0, other)

    def _replace(self) -> None:
        self.replaces = True
        self.accept()
