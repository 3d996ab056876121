"""From the form to the paper: plans the sheet on each change and tells canvas, rulers and foot bar what came out.

Planning itself is services.forms'; here is also the choice of scale at which 14 pt is a whole number of px.
"""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import QSize

from jiafang_desktop.common.errors import UserError
from jiafang_desktop.domain import signatures, visit_rules
from jiafang_desktop.domain.pages import MM_PER_PT
from jiafang_desktop.domain.problems import Problem
from jiafang_desktop.domain.signatures import Signature, Slot
from jiafang_desktop.domain.visits import Visit
from jiafang_desktop.services import forms, settings
from jiafang_desktop.services.settings import Settings
from jiafang_desktop.services.signature_pad import Pad
from ui import theme
from ui.models.visit_form import LONG_CELLS, VisitForm
from ui.tasks import Tasks
from ui.widgets.paper_canvas import PaperCanvas
from ui.widgets.paper_foot import rulers_of
from ui.widgets.paper_ruler import Ruler
from ui.widgets.paper_view import px_per_mm_for

_TABLE_MM = (156.0, 206.0)  # width, and height from the title to the signatures
_WHOLE_MM = 219.0  # with the notes below
_EDGES_PX = 60 + 12 + 140  # side margins of the page, desk at its left, rulers at its right
_BASE_PX, _LARGEST_PX, _SMALLEST_PX, _SMALLEST_WHOLE_PX = 17, 24, 12, 9


class PaperPlanner:
    """Keeps canvas and figures in step with the form."""

    def __init__(self, form: VisitForm, canvas: PaperCanvas, *, unit: str, county: str) -> None:
        self._form, self._canvas, self._unit, self._county = form, canvas, unit, county
        self._settings: Settings | None = None
        self.pad = Pad()  # who signed what on the pad; drawn while the paper still says so
        self.rulers: tuple[Ruler, ...] = ()
        self.overflow = 0

    def read_settings(self, tasks: Tasks) -> None:
        """Ask for the unit's choices of sizes and label; what is planned from then on follows them."""

        def take(found: Settings) -> None:
            self._settings = found

        tasks.run(settings.read).then(take)

    def replan(self, visit: Visit | None, problems: tuple[Problem, ...]) -> None:
        """Plan what is typed, an open composition included, and show it."""
        shown = self._form.printable(visit, self._canvas.shown_text)
        fields = forms.fields_of(with_problems(shown, problems), self._unit, county=self._county)
        frozen = visit.paper.layout if visit is not None else None
        plan = forms.plan(fields, frozen=frozen, settings=self._settings)
        signed = self._signed(visit, problems)
        if signed:
            plan = forms.marked(plan, signed=signed)
        # an empty resolution is printed from the problems: that text is counted too
        texts = {cell: self._canvas.shown_text(cell) or getattr(fields, cell) or "" for cell in LONG_CELLS}
        self.rulers = rulers_of(plan, texts)
        self.overflow = plan.carried_characters + plan.overflow_characters
        self._canvas.set_sheet(plan.sheet)
        self._canvas.set_rulers(self.rulers)

    def _signed(self, visit: Visit | None, problems: tuple[Problem, ...]) -> list[tuple[Slot, Signature]]:
        """The signatures given for what is typed now, as it would be stored."""
        places = [place for place in self.pad.places if place.signature is not None]
        if visit is None or not places:
            return []
        try:
            content = visit_rules.tidied(self._form.content())
        except UserError:  # what can't be stored was signed by nobody
            return []
        typed = with_problems(replace(visit, content=content), problems)
        words = forms.printed_words(forms.fields_of(typed, self._unit, county=self._county))
        slots = {slot.key: slot for slot in signatures.slots(typed.content)}
        return [
            (place.slot, place.signature) for place in places
            if place.signature is not None and place.slot.key in slots
            and signatures.said(visit.id, slots[place.slot.key], words) == place.said
        ]  # fmt: skip


def with_problems(visit: Visit, problems: tuple[Problem, ...]) -> Visit:
    """A draft's problems stand in for stored ones, so an empty 解决情况 is drafted from them."""
    return replace(visit, problems=problems) if problems and not visit.problems else visit


def font_px_for(view: QSize, *, whole: bool) -> int:
    """How many px 14 pt take in a view of this size: 17 at 1366×768, more where the table then still shows whole."""
    per_mm = 14 * MM_PER_PT
    by_width = int((view.width() - theme.dp(_EDGES_PX)) / _TABLE_MM[0] * per_mm)
    if whole:
        by_height = int((view.height() - theme.dp(76)) / _WHOLE_MM * per_mm)
        return max(min(by_width, by_height, theme.dp(_LARGEST_PX)), theme.dp(_SMALLEST_WHOLE_PX))
    by_height = int((view.height() - theme.dp(44)) / _TABLE_MM[1] * per_mm)
    wanted = max(theme.dp(_BASE_PX), min(by_height, theme.dp(_LARGEST_PX)))
    return max(min(wanted, by_width), theme.dp(_SMALLEST_PX))


def scale_for(view: QSize, *, whole: bool) -> float:
    """px per mm for a view of this size."""
    return px_per_mm_for(font_px_for(view, whole=whole))
