"""工作台: what waits to be done, as numbers that open their rows; the year so far; one next step.

Reading is services.workbench's, words are todo_words'; every row leads to the sheet it is about.
"""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QResizeEvent, QShortcut
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QStackedWidget, QVBoxLayout, QWidget

from jiafang_desktop.common import clock
from jiafang_desktop.domain.changes import Changes
from jiafang_desktop.services import backups, workbench
from jiafang_desktop.services.workbench import Waiting, Workbench
from ui import theme
from ui.context import Context
from ui.dialogs.figure_rows import open_rows
from ui.models.summary_rows import visits_of
from ui.models.todo_words import (
    TodoWords,
    day_words,
    drafts_caption,
    file_caption,
    leaders_caption,
    overdue_caption,
    plans_caption,
    quarter_state,
    soon_caption,
    words_of,
)
from ui.pages import plan_acts
from ui.pages.workbench_side import WorkbenchSide
from ui.widgets import buttons
from ui.widgets.desk_numbers import DeskNumbers, Figure
from ui.widgets.empty import EmptyState
from ui.widgets.page import Page, hairline, scrolled
from ui.widgets.todo_rows import TodoHead, TodoRows

_MOST_ROWS, _MORE_ROWS = 60, 240
_KINDS = (
    "visit", "problem", "cadre", "concern", "rules", "leaders", "calendar", "setting", "plan", "summary",
    "summary_report", "signature",
)  # fmt: skip
_HEADS = {
    "overdue": ("已超期", "应先办"), "soon": ("7 日内到期", "先急后缓"), "unsigned": ("待签字", "打印出来请领导签名"),
    "to_file": ("待归档", "盖章后写明存放处"),
    "drafts": ("未登记草稿", "写完登记后才进台账"), "reprint": ("需重印", "打印后内容改动过"),
    "unreported": ("办完未报县里", "报送后记下日期"),
    "plans": ("计划家访", "去过以后从这里登记"),
}  # fmt: skip
_COUNTED = {"overdue": "件", "soon": "件", "unreported": "件", "plans": "次"}  # the rest are sheets: 份
_NOTHING = {
    "overdue": "没有超期的问题和诉求。", "soon": "7 日内没有要到期的。",
    "unsigned": "没有等领导签字的记录单。", "to_file": "没有待归档的记录单。",
    "drafts": "没有写了一半的草稿。", "reprint": "没有需要重印的记录单。", "unreported": "办完的诉求都报过了。",
    "plans": "7 日内没有计划。",
}  # fmt: skip


class WorkbenchPage(Page):
    """The first page of every morning."""

    def __init__(self, ctx: Context) -> None:
        super().__init__(ctx)
        self.setObjectName("page_workbench")
        self.ctx = ctx
        self.bench: Workbench | None = None
        self._chosen = ""
        self._turn, self._most = 0, _MOST_ROWS
        self.numbers = DeskNumbers()
        self.rows, self.following = TodoRows("todo"), TodoRows("next")
        self.side = WorkbenchSide()
        self._build()
        self._connect()

    def _build(self) -> None:
        self.button_new = buttons.primary("登记家访", "button_new_visit", icon="plus")
        self.button_new.setToolTip("Ctrl+N")
        self.set_primary(self.button_new)
        self.button_concern = buttons.plain("登记诉求", "button_new_concern", icon="plus")
        self.add_action(self.button_concern)
        self.head, self.count = _section(), _caption()
        self.next_head, self.next_count = _section("接下来"), _caption()
        self.button_all = buttons.quiet("全部问题", "button_all_problems")
        self.nothing = QLabel()
        self.nothing.setProperty("role", "second")
        self.nothing.setFixedHeight(theme.dp(40))
        self.more = buttons.link("", "button_more_rows")
        self.parting = QFrame()
        self.parting.setProperty("role", "hairline")
        self.parting.setFixedWidth(1)
        self.empty = self._first_steps()
        self.pane = QStackedWidget()
        self.pane.addWidget(self._whole())
        self.pane.addWidget(self.empty)
        self.pane.hide()  # until the first reading
        self.body.addWidget(self.pane)
        self._show_title()

    def _whole(self) -> QWidget:
        """Numbers over rows and side."""
        lower = QHBoxLayout()
        lower.setSpacing(0)
        lower.addWidget(scrolled(self._listing(), "workbench_scroll"), 1)
        lower.addWidget(self.parting)
        lower.addWidget(self.side)
        whole = QWidget()
        page = QVBoxLayout(whole)
        page.setContentsMargins(0, 0, 0, 0)
        page.setSpacing(0)
        page.addWidget(self.numbers)
        page.addWidget(hairline())
        page.addLayout(lower, 1)
        return whole

    def _listing(self) -> QWidget:
        """The open number's rows, then what follows."""
        self._next_part = QWidget()
        below = QVBoxLayout(self._next_part)
        below.setContentsMargins(0, theme.dp(24), 0, 0)
        below.setSpacing(0)
        heads = _head_row(self.next_head, self.next_count)
        heads.addWidget(self.button_all)
        below.addLayout(heads)
        below.addWidget(_edge())
        below.addWidget(self.following)
        inner = QWidget()
        inner.setObjectName("workbench_rows")
        column = QVBoxLayout(inner)
        column.setContentsMargins(theme.dp(24), theme.dp(16), theme.dp(24), theme.dp(24))
        column.setSpacing(0)
        column.addLayout(_head_row(self.head, self.count))
        for widget in (TodoHead(), self.nothing, self.rows, self.more, self._next_part):
            column.addWidget(widget)
        column.addStretch(1)
        return inner

    def _first_steps(self) -> EmptyState:
        return EmptyState(
            "从这里开始", "要办的事会列在这一页：没办完的问题、要签字的单子、要归档的材料。",
            ways=[
                ("people", "先导入干部名册", "现有的Excel、WPS名册直接导入，填姓名就带出职务、住址", "导入名册",
                 "button_start_roster", self._import),
                ("plus", "登记一次家访", "照着纸质记录单的样子填，随填随存", "登记家访",
                 "button_start_visit", self._new),
                ("settings", "核对单位名称和打印", "名称印在表上，台账版式、打印位置也在那里", "打开设置",
                 "button_start_settings", self._settings),
            ],
        )  # fmt: skip

    def _connect(self) -> None:
        ctx = self.ctx
        self.button_new.clicked.connect(self._new)
        self.button_concern.clicked.connect(lambda: self.ctx.open("concerns", new=True))
        self.button_all.clicked.connect(lambda: self.ctx.open("problems"))
        self.numbers.chosen.connect(self._open_number)
        self.more.clicked.connect(self._show_more)
        self.rows.opened.connect(self._open_row)
        self.following.opened.connect(self._open_row)
        self.side.rows_wanted.connect(lambda title, query: open_rows(ctx, self, title, visits_of, query))
        self.side.quarter_wanted.connect(lambda one: ctx.open("summary", year=one.year, quarter=one.quarter))
        self.side.roster_wanted.connect(self._import)
        self.side.backup.wanted.connect(lambda: self.ctx.open("settings", section="备份"))
        self.ctx.backups_changed.connect(self._read_backups)
        self.ctx.year_changed.connect(lambda _year: self.read_again() if self.isVisible() else None)
        shortcut = QShortcut(QKeySequence("Ctrl+N"), self)
        shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        shortcut.activated.connect(self._new)

    # -- reading -----------------------------------------------------------------------------------------------

    def opened(self, number: str | None = None, **_: object) -> None:
        """The page came to the front, perhaps with a number to open."""
        if number is not None:
            self._chosen = number
        self.read_again()

    def refresh(self, changes: Changes) -> None:
        """Anything about visits or people changes the numbers."""
        if changes.touches(*_KINDS):
            self.read_again()

    def _read_backups(self) -> None:
        pending = self.ctx.tasks.run(backups.last)
        pending.then(lambda last: self.side.backup.show_last(last, clock.now()))
        pending.fail(lambda error: self.ctx.error(error, self))

    def read_again(self) -> None:
        """Ask what waits."""
        self._read_backups()
        self._turn += 1
        turn = self._turn
        pending = self.ctx.tasks.run(workbench.read, year=self.ctx.year)
        pending.then(lambda bench: self._read(turn, bench)).fail(lambda error: self.ctx.error(error, self))

    def _read(self, turn: int, bench: Workbench) -> None:
        if turn == self._turn:
            self.bench = bench
            self.show_bench()

    # -- showing -----------------------------------------------------------------------------------------------

    def show_bench(self) -> None:
        """Numbers, rows, side."""
        bench = self.bench
        if bench is None:
            return
        self.pane.show()
        self.pane.setCurrentIndex(0 if bench.has_any else 1)
        self._show_title()
        figures = self._figures(bench)
        if self._chosen not in {figure.key for figure in figures}:
            self._chosen = next((figure.key for figure in figures if figure.count), figures[0].key)
        self.numbers.show_figures(figures, chosen=self._chosen)
        self._show_rows()
        self.side.show_year(bench, self.ctx.year, today=clock.today())
        self.side.show_roster(bench.cadres)
        self.ctx.counted.emit("concerns", bench.unjudged)

    def _figures(self, bench: Workbench) -> list[Figure]:
        figures = [
            Figure("overdue", "已超期", len(bench.overdue), overdue_caption(bench), is_late=True),
            Figure("soon", "7 日内到期", len(bench.soon), soon_caption(bench, clock.today())),
            Figure("unsigned", "待签字", len(bench.unsigned), leaders_caption(bench.unsigned)),
            Figure("to_file", "待归档", len(bench.to_file), file_caption(bench.to_file)),
        ]
        for key, words, rows, caption in (
            ("reprint", "需重印", bench.reprint, "打印后内容改动过"),
            ("drafts", "草稿", bench.drafts, drafts_caption(bench.drafts, clock.today())),
            ("unreported", "未报县里", bench.unreported, "办完的诉求"),
            ("plans", "计划家访", bench.plans, plans_caption(bench.plans)),
        ):  # fmt: skip
            if rows:
                figures.append(Figure(key, words, len(rows), caption))
        return figures

    def _rows_of(self, bench: Workbench) -> tuple[Waiting, ...]:
        found: tuple[Waiting, ...] = getattr(bench, self._chosen)
        return found

    def _show_rows(self) -> None:
        bench = self.bench
        if bench is None:
            return
        waiting = self._rows_of(bench)
        head, caption = _HEADS[self._chosen]
        self.head.setText(head)
        self.count.setText(f"{len(waiting)} {_COUNTED.get(self._chosen, '份')}，{caption}")
        self.count.setVisible(bool(waiting))
        self.rows.show_rows(self._words(waiting[: self._most]))
        self.nothing.setText(_NOTHING[self._chosen])
        self.nothing.setVisible(not waiting)
        left = len(waiting) - self._most
        self.more.setVisible(left > 0)
        self.more.set_words(f"还有 {left} {_COUNTED.get(self._chosen, '份')}，再往下列")
        shown = {one.key for one in waiting}
        every = (*bench.to_report, *bench.following)
        rest = [one for one in every if one.key not in shown]
        self.following.show_rows(self._words(rest[:_MOST_ROWS]))
        self.next_count.setText(f"先急后缓，共 {len(rest)} 件")
        self._next_part.setVisible(bool(rest))

    def _words(self, waiting: tuple[Waiting, ...] | list[Waiting]) -> list[TodoWords]:
        today = clock.today()
        return [words_of(one, today=today) for one in waiting]

    def _show_title(self) -> None:
        caption = day_words(clock.today())
        if self.bench is not None and self.side.isHidden() and self.bench.has_any:
            due = [one for one in self.bench.quarters if one.is_due]
            caption += f"　　{quarter_state(due[0])}" if due else ""
            caption += f"　　本年 {self.bench.visits} 次，已归档 {self.bench.archived} 次"
        self.set_title("工作台", caption=caption)

    # -- what the clerk does -----------------------------------------------------------------------------------

    def _open_number(self, key: str) -> None:
        self._chosen, self._most = key, _MOST_ROWS
        self._show_rows()

    def _show_more(self) -> None:
        self._most += _MORE_ROWS
        self._show_rows()

    def _open_row(self, words: TodoWords) -> None:
        if words.page == "plan_record":
            plan_acts.record(self.ctx, words.key, self)
            return
        self.ctx.open(words.page, **words.where)

    def _new(self) -> None:
        self.ctx.open("visit", fresh=True)

    def _import(self) -> None:
        self.ctx.open("roster_import")

    def _settings(self) -> None:
        self.ctx.open("settings")

    def resizeEvent(self, event: QResizeEvent) -> None:
        """THEME, Compact: under 1240 logical px the right column becomes 本年进度 in the title row."""
        super().resizeEvent(event)
        compact = self.window().width() < theme.dp(1240)
        if compact != self.side.isHidden():
            self.side.setVisible(not compact)
            self.parting.setVisible(not compact)
            self._show_title()
        wide = self.width() >= theme.dp(1500)
        self.side.setFixedWidth(theme.dp(420 if wide else 312))


def _section(words: str = "") -> QLabel:
    label = QLabel(words)
    label.setProperty("role", "section")
    return label


def _caption() -> QLabel:
    label = QLabel()
    label.setProperty("role", "caption")
    return label


def _head_row(head: QLabel, count: QLabel) -> QHBoxLayout:
    row = QHBoxLayout()
    row.setSpacing(theme.dp(8))
    row.addWidget(head)
    row.addWidget(count)
    row.addStretch(1)
    head.setFixedHeight(theme.dp(32))
    return row


def _edge() -> QFrame:
    line = QFrame()
    line.setFixedHeight(1)
    line.setStyleSheet(f"background: {theme.name('edge')}; border: none;")
    return line
