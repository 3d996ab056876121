"""Picking people from the roster in the name cells, and what a pick fills.

The list itself is ui.widgets.name_completer's, searching services.rosters'.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from PySide6.QtWidgets import QWidget

from jiafang_desktop.domain.cadres import Cadre, CadreContent
from jiafang_desktop.services import rosters
from ui.context import Context
from ui.models.visit_form import PAPER_CELLS, VisitForm
from ui.widgets.name_completer import NameCompleter, line_at
from ui.widgets.paper_canvas import PaperCanvas


class NamePicker:
    """Names for 家访对象 and 家访领导; one pick is one step to undo."""

    def __init__(self, ctx: Context, form: VisitForm, canvas: PaperCanvas, host: QWidget) -> None:
        self._ctx, self._form, self._canvas = ctx, form, canvas
        self.completer = NameCompleter(self._ask, host)
        for name in ("visitee_name", "leader_name"):
            self.completer.watch(canvas.cells[name])
        self.completer.chosen.connect(self._picked)

    def _ask(self, text: str, answer: Callable[[Sequence[Cadre]], None]) -> None:
        self._ctx.tasks.run(rosters.complete, text).then(answer)

    def _picked(self, cell: str, person: Cadre) -> None:
        values = self._visitee(person) if cell == "visitee_name" else self._leader(person, cell)
        self._form.set_values(values, label=f"从名册选{person.content.name}")
        for name in values.keys() & set(PAPER_CELLS):
            self._canvas.cells[name].set_text(self._form[name], place=len(self._form[name]))
        self._canvas.step(cell, 1)

    def _visitee(self, person: Cadre) -> dict[str, Any]:
        content = person.content
        values = {
            "visitee_name": content.name, "visitee_post": self._post(content), "address": content.address,
            "spouse_name": content.spouse_name, "spouse_work": content.spouse_work, "visitee_unit": content.unit,
            "visitee_cadre": person.id,
        }  # fmt: skip
        return {name: value for name, value in values.items() if value}  # what the roster does not know stays as typed

    def _post(self, content: CadreContent) -> str:
        here = self._ctx.installation
        return printed_post(content, own=(here.unit, here.ledger_unit))

    def _leader(self, person: Cadre, cell: str) -> dict[str, Any]:
        row, _ = line_at(self._canvas.cells[cell])
        names, posts = self._form["leader_name"].split("\n"), self._form["leader_post"].split("\n")
        posts += [""] * (len(names) - len(posts))
        names[row], posts[row] = person.content.name, self._post(person.content) or posts[row]
        return {"leader_name": "\n".join(names), "leader_post": "\n".join(posts)}


def printed_post(content: CadreContent, *, own: Sequence[str]) -> str:
    """The post as the form prints it, 农业综合服务中心主任: a roster may keep its parts apart.

    A unit that is none of our ``own`` names stands before it too; a part that the post already says does not.
    """
    post = content.post or ""
    unit = content.unit or ""
    if any(name and (name in unit or unit in name) for name in own):
        unit = ""
    for part in (content.section or "", unit):
        post = part + post if post and part not in post else post
    return post
