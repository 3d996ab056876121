"""领导个人家访情况: one leader's own visits of a year or of all years, as a list and as a paper.

Reading and the paper are services.leader_visits'; a row leads to its record. Posts under one name stand apart.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout

from jiafang_desktop.domain.changes import Changes
from jiafang_desktop.domain.pages import Sheet
from jiafang_desktop.services import leader_visits, lists, reports
from jiafang_desktop.services.leader_visits import LeaderVisits, OneLeader
from ui import theme
from ui.context import Context
from ui.dialogs.export_done import save_as
from ui.dialogs.preview import PreviewDialog
from ui.dialogs.print_dialog import PrintDialog
from ui.models.leader_list import LeaderRow, post_of, rows_of, summary_words
from ui.models.visit_list import spaced
from ui.widgets import buttons, fields
from ui.widgets.chips import ChipBar
from ui.widgets.page import ElidedLabel, Page, hairline
from ui.widgets.side_fields import caption
from ui.widgets.table import Column, ListTable

_ALL = "all"


def sheet(store: Any, name: str, year: int | None, post: str | None) -> Sheet:
    """The paper's pages."""
    return reports.sheet(leader_visits.report(store, leader_visits.read(store, name, year=year, post=post)))


def choices(store: Any, year: int | None) -> tuple[tuple[str, ...], tuple[int, ...]]:
    """Who went in a year, and the years there are, newest first."""
    return lists.visit_leaders(store, year=year), tuple(sorted(store.visits.years(), reverse=True))


class LeaderVisitsPage(Page):
    """``opened(leader=…, year=…)``; without a leader the one who went most often is shown."""

    def __init__(self, ctx: Context) -> None:
        super().__init__(ctx)
        self.setObjectName("page_leader_visits")
        self.ctx = ctx
        self.found: LeaderVisits | None = None
        self.rows: list[LeaderRow] = []
        self._name, self._post, self._turn, self._filling = "", _ALL, 0, False
        self.set_title("领导个人家访情况", back=("家访", "visits"))
        self.button_excel = buttons.quiet("导出 Excel", "button_leader_excel", icon="file")
        self.button_word = buttons.quiet("导出 Word", "button_leader_word", icon="file")
        self.button_preview = buttons.quiet("预览", "button_leader_preview", icon="eye")
        self.button_print = buttons.primary("打印", "button_print_leader", icon="print")
        for button in (self.button_excel, self.button_word, self.button_preview):
            self.add_action(button)
        self.set_primary(self.button_print)
        self.leader = fields.combo("field_leader_visits_name", "家访领导")
        self.leader.setMinimumWidth(theme.dp(140))
        self.time = fields.combo("field_leader_visits_year", "时间")
        self.time.setMinimumWidth(theme.dp(120))
        self.chips = ChipBar("chips_posts")
        self.summary = ElidedLabel()
        self.summary.setObjectName("leader_visits_summary")
        self.summary.setProperty("role", "caption")
        self.table = ListTable("table_leader_visits", (
            Column("number", "序号", 56, 0, "right", lambda row: row.number),
            Column("day", "时间", 104, 0, "left", lambda row: row.day),
            Column("visitee", "家访对象", 84, 0, "left", lambda row: spaced(row.visitee)),
            Column("post", "职务", 150, 2, "left", lambda row: row.visitee_post, caption=True),
            Column("matter", "事由", 170, 3, "left", lambda row: row.matter),
            Column("problems", "问题和结果", 180, 4, "left", lambda row: row.problems, caption=True),
            Column("paper", "记录单", 100, 0, "left", lambda row: row.paper, phase=lambda row: row.status),
        ), label="领导个人家访情况")  # fmt: skip
        self.table.set_rows(())
        self._build()
        self.leader.currentIndexChanged.connect(lambda _place: self._picked())
        self.time.currentIndexChanged.connect(lambda _place: self._picked())
        self.chips.chosen.connect(self._choose_post)
        self.table.activated.connect(self._open)
        self.button_print.clicked.connect(lambda: self._with_sheet(self._print))
        self.button_preview.clicked.connect(lambda: self._with_sheet(self._preview))
        self.button_word.clicked.connect(lambda: self.export(".docx"))
        self.button_excel.clicked.connect(lambda: self.export(".xlsx"))

    def _build(self) -> None:
        top = QHBoxLayout()
        top.setContentsMargins(theme.dp(24), theme.dp(12), theme.dp(24), theme.dp(8))
        top.setSpacing(theme.dp(8))
        for words, widget in (("家访领导", self.leader), ("时间", self.time)):
            label = caption(words)
            label.setWordWrap(False)
            top.addWidget(label)
            top.addWidget(widget)
            top.addSpacing(theme.dp(12))
        top.addWidget(self.chips)
        top.addWidget(self.summary, 1)
        inset = QVBoxLayout()
        inset.setContentsMargins(theme.dp(16), 0, theme.dp(14), theme.dp(8))
        inset.addWidget(self.table)
        self.body.addLayout(top)
        self.body.addWidget(hairline())
        self.body.addLayout(inset, 1)

    # -- reading -----------------------------------------------------------------------------------------------

    def opened(self, leader: str | None = None, year: int | None = None, **_: object) -> None:
        """The page came to the front, perhaps for a leader."""
        if leader is not None and leader != self._name:
            self._name, self._post = leader, _ALL
        chosen = year if year is not None else self.time.currentData() if self.time.count() else self.ctx.year
        self._ask_choices(chosen)

    def where(self) -> dict[str, Any]:
        """Whose visits are shown."""
        return {"leader": self._name or None, "year": self.time.currentData()}

    def refresh(self, changes: Changes) -> None:
        """A visit was changed."""
        if changes.touches("visit", "problem"):
            self.read_again()

    def _ask_choices(self, year: int | None) -> None:
        pending = self.ctx.tasks.run(choices, year)
        pending.then(lambda found: self._fill(*found, year)).fail(lambda error: self.ctx.error(error, self))

    def _fill(self, names: Sequence[str], years: Sequence[int], year: int | None) -> None:
        self._filling = True
        known = list(names)
        if self._name and self._name not in known:
            known.insert(0, self._name)
        self._name = self._name or (known[0] if known else "")
        self.leader.clear()
        for name in known:
            self.leader.addItem(name, name)
        self.leader.setCurrentIndex(max(self.leader.findData(self._name), 0))
        self.time.clear()
        for one in sorted({*years, self.ctx.year}, reverse=True):
            self.time.addItem(f"{one} 年", one)
        self.time.addItem("历年", None)
        self.time.setCurrentIndex(max(self.time.findData(year), 0) if year is not None else self.time.count() - 1)
        self._filling = False
        self.read_again()

    def _picked(self) -> None:
        if not self._filling:
            self._name, self._post = self.leader.currentData() or "", _ALL
            self.read_again()

    def read_again(self) -> None:
        """Ask for the visits of the leader chosen."""
        self._turn += 1
        turn = self._turn
        if not self._name:
            self._show_nothing()
            return
        pending = self.ctx.tasks.run(leader_visits.read, self._name, year=self.time.currentData())
        pending.then(lambda found: self._read(found) if turn == self._turn else None)
        pending.fail(lambda error: self.ctx.error(error, self))

    def _show_nothing(self) -> None:
        self.found, self.rows = None, []
        self._show()

    def _read(self, found: LeaderVisits) -> None:
        self.found = found
        self.rows = rows_of(found, unit=self.ctx.installation.unit)
        self._show()

    def _shown_people(self) -> tuple[OneLeader, ...]:
        people = self.found.people if self.found is not None else ()
        return people if self._post == _ALL else tuple(one for one in people if post_of(one) == self._post)

    def _show(self) -> None:
        people = self.found.people if self.found is not None else ()
        if self._post not in {post_of(one) for one in people}:
            self._post = _ALL
        several = len(people) > 1
        chips: list[tuple[str, str, int, str | None]] = [(_ALL, "全部", self.found.total if self.found else 0, None)]
        chips += [(post_of(one), post_of(one), len(one.visits), None) for one in people]
        self.chips.set_chips(chips if several else [])
        self.chips.choose(self._post)
        self.chips.setVisible(several)
        shown = [row for row in self.rows if self._post in (_ALL, row.post)]
        current = self.table.current_id()
        self.table.set_rows(shown)
        if shown:
            self.table.set_current(current if current in {row.id for row in shown} else shown[0].id)
        self.table.set_message("" if shown else "这段时间没有家访。" if self._name else "还没有登记家访。")
        self.summary.set_words(summary_words(self._shown_people()) if people else "")
        for button in (self.button_excel, self.button_word, self.button_preview, self.button_print):
            button.setEnabled(bool(people))

    def _choose_post(self, key: str) -> None:
        self._post = key
        self._show()

    def _open(self, rec: str) -> None:
        self.ctx.open("visit", visit_id=next(row.visit for row in self.rows if row.id == rec))

    # -- on paper ----------------------------------------------------------------------------------------------

    def _chosen_post(self) -> str | None:
        """The post chosen; "" is none written."""
        if self._post == _ALL:
            return None
        return next((one.post or "" for one in self._shown_people()), None)

    def _with_sheet(self, act: Any) -> None:
        pending = self.ctx.tasks.run(sheet, self._name, self.time.currentData(), self._chosen_post())
        pending.then(act).fail(lambda error: self.ctx.error(error, self))

    def _print(self, made: Sheet) -> None:
        PrintDialog(self.ctx, made, "领导个人家访情况", parent=self.window()).open()

    def _preview(self, made: Sheet) -> None:
        PreviewDialog(self.ctx, made, parent=self.window(), on_print=lambda: self._print(made)).open()

    def export(self, suffix: str) -> None:
        """Word or Excel; the file's name tells nobody whose it is."""
        name, year, post = self._name, self.time.currentData(), self._chosen_post()

        def make(store: Any, target: Path, **named: Any) -> list[Path]:
            found = leader_visits.read(store, name, year=year, post=post)
            return leader_visits.write(store, target, found, **named)

        def write(target: Path) -> Any:
            return self.ctx.tasks.run(make, target, renderer=self.ctx.renderer, replace=True)

        period = f"{year}年" if year is not None else "历年"
        save_as(
            self.ctx,
            self,
            head="个人家访情况",
            suggested=f"{period}领导干部个人家访情况{suffix}",
            suffix=suffix,
            write=write,
        )
