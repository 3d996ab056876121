"""Attaching concerns to the visit in hand: a list to choose from, this person's first; another's is said, not refused.

The form carries their ids like any other field, with undo; which concerns there are is services.concerns' to say.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from jiafang_desktop.common import clock
from jiafang_desktop.common.chinese import squeeze
from jiafang_desktop.domain.concerns import STATUSES
from jiafang_desktop.services.concern_lists import listing
from jiafang_desktop.services.concern_office import ConcernOffice, ConcernView
from ui import theme
from ui.models.concern_list import row_of
from ui.models.visit_list import spaced
from ui.widgets.side_concerns import LinkedConcern
from ui.widgets.side_dialog import FormDialog
from ui.widgets.table import HEAD_PX, ROW_PX, Column, ListTable

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from ui.pages.visit_editor import VisitEditorPage

_LONGEST = 60
_GONE = ("referred", "declined")


def linked(store: Any, ids: tuple[str, ...]) -> list[ConcernView]:
    """The attached ones as they stand."""
    office = ConcernOffice(store)
    return [office.view(concern) for concern in store.concerns.many(list(ids))]


class ConcernLinks:
    """Keeps the panel's section in step with the form."""

    def __init__(self, page: VisitEditorPage) -> None:
        self._page = page
        self._shown: tuple[tuple[str, ...], str, bool] | None = None
        section = page.panel.concerns
        section.add_wanted.connect(self.choose)
        section.remove_wanted.connect(self._remove)
        section.open_wanted.connect(lambda rec: page.ctx.open("concerns", concern=rec))
        page.form.changed.connect(lambda names, _walked: self.show() if names & {"concerns", "visitee_name"} else None)

    def forget(self) -> None:
        """Another visit, or this one as it is now: how far its concerns are is asked anew."""
        self._shown = None

    def show(self) -> None:
        """What the form names; asked anew only where something of it changed."""
        page = self._page
        state = (tuple(page.form["concerns"]), squeeze(page.form["visitee_name"]), page.is_writable)
        if state == self._shown:
            return
        self._shown = state
        if not state[0]:
            page.panel.concerns.show_concerns((), writable=state[2])
            return
        pending = page.ctx.tasks.run(linked, state[0])
        pending.then(lambda views: self._found(state, views)).fail(lambda error: page.ctx.error(error, page))

    def _found(self, state: tuple[tuple[str, ...], str, bool], views: Sequence[ConcernView]) -> None:
        if state == self._shown:
            rows = [_words(view, visitee=state[1]) for view in views]
            self._page.panel.concerns.show_concerns(rows, writable=state[2])

    def choose(self) -> None:
        """＋ 关联."""
        page = self._page
        pending = page.ctx.tasks.run(listing)
        pending.then(self._choose_from).fail(lambda error: page.ctx.error(error, page))

    def _choose_from(self, views: Sequence[ConcernView]) -> None:
        page = self._page
        known = set(page.form["concerns"])
        name = squeeze(page.form["visitee_name"])
        open_ones = [view for view in views if view.id not in known and view.concern.is_open]
        open_ones.sort(key=lambda view: squeeze(view.concern.content.name) != name)
        dialog = ChooseConcern(open_ones, page.window())
        dialog.accepted.connect(lambda: self._set((*page.form["concerns"], dialog.chosen()), "关联诉求"))
        dialog.open()

    def _remove(self, rec: str) -> None:
        self._set(tuple(one for one in self._page.form["concerns"] if one != rec), "取消关联诉求")

    def _set(self, ids: tuple[str, ...], label: str) -> None:
        self._page.form.set_values({"concerns": ids}, label=label)


def _words(view: ConcernView, *, visitee: str) -> LinkedConcern:
    concern, content = view.concern, view.concern.content
    text = " ".join(content.text.split())
    number = f"第 {concern.number} 号" if concern.number is not None else "未编号"
    warning = ""
    if visitee and squeeze(content.name) != visitee:
        warning = f"这件诉求是{content.name}的，请核对"
    elif view.status in _GONE:
        warning = f"这件诉求已{STATUSES[view.status]}，请核对"
    short = text if len(text) <= _LONGEST else text[: _LONGEST - 1] + "…"
    return LinkedConcern(view.id, f"{number}　{STATUSES[view.status]}", short, warning)


class ChooseConcern(FormDialog):
    """One of the open concerns; ``chosen()`` after acceptance."""

    def __init__(self, views: Sequence[ConcernView], parent: QWidget | None = None) -> None:
        super().__init__(
            "关联哪件诉求", "同一个人的排在前面。一件诉求可以家访几次，一次家访也可以办几件。", accept_text="关联",
            name="dialog_choose_concern", parent=parent,
        )  # fmt: skip
        self.setMinimumWidth(theme.dp(760))
        today = clock.today()
        self.table = ListTable("table_choose_concern", (
            Column("number", "序号", 56, 0, "right", lambda row: str(row.number or "")),
            Column("name", "反映人", 84, 0, "left", lambda row: spaced(row.name)),
            Column("raised", "反映时间", 100, 0, "left", lambda row: row.raised),
            Column("text", "诉求", 200, 4, "left", lambda row: row.text),
            Column("status", "状态", 110, 0, "left", lambda row: STATUSES[row.status], phase=lambda row: row.status),
        ), label="诉求")  # fmt: skip
        self.table.set_rows([row_of(view, today=today) for view in views])
        self.table.set_message("没有还在办的诉求。")
        self.table.setFixedHeight(theme.dp(HEAD_PX + 7 * ROW_PX) + 2)
        self.body.addWidget(self.table)
        self.table.activated.connect(lambda _rec: self.try_accept())
        if views:
            self.table.set_current(views[0].id)
        self.table.view.setFocus()

    def check(self) -> tuple[QWidget, str] | None:
        """One is needed."""
        return None if self.table.current_id() is not None else (self.table.view, "请选一件诉求。")

    def chosen(self) -> str:
        """Its id."""
        return self.table.current_id() or ""
