"""The desk: navigation, the sheet with the open page, the status line — and the one outline that joins them.

Opens pages by name, tells them what changed, and paints the index tab. What a page shows is its own business; the
window around (locking, closing) is ui.shell's.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QRectF, Qt, QTimer, Signal
from PySide6.QtGui import QKeySequence, QPainter, QPainterPath, QPaintEvent, QPen, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from jiafang_desktop.common import clock
from ui import theme
from ui.context import Context
from ui.makers import MAKERS
from ui.nav import WIDTH_PX, Entry, Nav
from ui.open_sheet import OpenSheet
from ui.status_line import HEIGHT_PX, StatusLine
from ui.undo_line import UndoLine

if TYPE_CHECKING:
    from jiafang_desktop.domain.changes import Changes
    from jiafang_desktop.services import lists
    from ui.dialogs.find_anything import FindAnything
    from ui.widgets.page import Page

_MARGIN_PX, _TAB_LEFT_PX, _RADIUS_PX = 8, 8, 6
ENTRIES = (
    Entry("workbench", "工作台", "workbench"), Entry("concerns", "诉求", "chat"), Entry("visits", "家访", "home"),
    Entry("ledger", "台账", "ledger"), Entry("summary", "总结报送", "upload"),
    Entry("files", "资料", "folder", parted=True), Entry("roster", "名册", "people"),
    Entry("settings", "设置", "settings"),
)  # fmt: skip
# Pages that lie behind another one in the navigation.
_BEHIND = {"visit": "visits", "roster_import": "roster", "concerns_import": "concerns",
           "problems": "visits", "signing": "visits", "leader_visits": "visits", "visits_import": "visits"}  # fmt: skip
_TIDY_MS = 120_000
_SEARCHABLE = ("concerns", "problems", "visits", "ledger", "roster", "signing", "files")


class Desk(QWidget):
    """Built anew when the size of letters changes; ``place`` and ``open`` carry the page over.

    ``painted`` tells the first painting.
    """

    painted = Signal()

    def __init__(self, ctx: Context, undo: UndoLine, *, size: int, notices: tuple[str, ...] = ()) -> None:
        super().__init__()
        self.setObjectName("desk")
        self.ctx = ctx
        self.pages: dict[str, Page] = {}
        self.current: str | None = None
        self._expected = ""
        self._where: dict[str, Any] = {}
        self._was_painted = False
        self._waiting: dict[str, Changes] = {}  # what hidden pages have still to be told
        self._undo = undo
        self._sheet = OpenSheet(ctx.tasks)
        self._interrupted: dict[str, Any] | None = None
        self.finder: FindAnything | None = None
        self.nav = Nav(ENTRIES, unit=ctx.installation.ledger_unit or ctx.installation.unit, year=ctx.year)
        self.stack = QStackedWidget()
        self.stack.setObjectName("sheet")
        self.status = StatusLine(size=size)
        self._build()
        self._connect()
        if notices:
            self.show_notice(notices)

    def _build(self) -> None:
        sheet = QVBoxLayout()
        sheet.setContentsMargins(1, 1, 1, 1)  # the outline belongs to the desk
        sheet.setSpacing(0)
        self._sheet_column = sheet
        sheet.addWidget(self.stack, 1)
        right = QVBoxLayout()
        right.setContentsMargins(0, theme.dp(_MARGIN_PX), theme.dp(_MARGIN_PX), 0)
        right.setSpacing(0)
        right.addLayout(sheet, 1)
        right.addWidget(self.status)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        row.addWidget(self.nav)
        row.addLayout(right, 1)

    def _connect(self) -> None:
        ctx, nav, status = self.ctx, self.nav, self.status
        nav.chosen.connect(lambda page: self.open(page, {}))
        nav.find_wanted.connect(self.find_anything)
        nav.years_wanted.connect(self._ask_years)
        nav.year_chosen.connect(ctx.set_year)
        nav.switch_wanted.connect(ctx.switch_wanted)
        ctx.year_changed.connect(nav.show_year)
        ctx.counted.connect(nav.show_count)
        ctx.said.connect(status.say)
        ctx.said_undoable.connect(self._said_undoable)
        ctx.page_wanted.connect(self.open)
        ctx.tasks.changed.connect(self._changed)
        status.undo_wanted.connect(self._undo.undo)
        status.redo_wanted.connect(self._undo.redo)
        status.backup_wanted.connect(lambda: self.open("settings", {"section": "备份"}))
        self._undo.changed.connect(self._show_undo)
        self._show_undo()
        for place, entry in enumerate(ENTRIES, start=1):
            self._shortcut(f"Ctrl+{place}", lambda page=entry.page: self.open(page, {}))
        self._shortcut("Ctrl+F", self.find)
        self._shortcut("Ctrl+K", self.find_anything)
        self._shortcut("F1", self.help)
        self._walk = self._shortcut("F6", self.walk)
        self._tidy_later()
        self._undo_keys = [self._shortcut("Ctrl+Z", self._undo.undo), self._shortcut("Ctrl+Y", self._undo.redo)]

    def _tidy_later(self) -> None:
        """Some minutes after the window came nobody waits for the store: time for its upkeep."""
        timer = QTimer(self)
        timer.setSingleShot(True)
        timer.setInterval(_TIDY_MS)
        timer.timeout.connect(self._tidy)
        timer.start()

    def _tidy(self) -> None:
        from jiafang_desktop.services import upkeep

        self.ctx.tasks.run(upkeep.tidy).fail(lambda _error: None)  # a full disk is told where something is saved

    def _shortcut(self, keys: str, act: Callable[[], object]) -> QShortcut:
        shortcut = QShortcut(QKeySequence(keys), self)
        shortcut.setContext(Qt.ShortcutContext.WindowShortcut)
        shortcut.activated.connect(act)
        return shortcut

    def show_notice(self, words: tuple[str, ...]) -> QWidget:
        """Say something about all pages over whichever is in front."""
        from ui.notice import Notice

        notice = Notice(words)
        self._sheet_column.insertWidget(0, notice)
        return notice

    # -- pages -------------------------------------------------------------------------------------------------

    @property
    def page(self) -> Page | None:
        """The page in front."""
        return self.pages.get(self.current) if self.current else None

    def place(self) -> tuple[str, dict[str, Any]]:
        """Where we are, so that a desk built anew can go there again; a page may know better than how it was opened."""
        page = self.page
        known = getattr(page, "where", None)
        return self.current or "workbench", known() if callable(known) else dict(self._where)

    def expect(self, name: str) -> None:
        """Show which page is about to come, so that the first painting is what stays."""
        self._expected = name
        self.nav.choose(_BEHIND.get(name, name))

    def go_on(self, where: dict[str, Any] | None) -> None:
        """The window died over this sheet: open it, and once more at the next 登记家访 if it was only looked at."""
        if where is not None:
            self.open("visit", where)
            self._interrupted = where

    def open(self, name: str, where: dict[str, Any]) -> None:
        """Bring a page to the front, if the one in front lets go."""
        if self.finder is not None:
            self.finder.close_sheet()
        if name == "visit" and where.get("fresh") and "start" not in where and self._interrupted is not None:
            where, self._interrupted = self._interrupted, None
        before = self.page
        if before is not None and not before.may_leave():
            self.nav.choose(_BEHIND.get(self.current or "", self.current))
            return
        page = self.pages.get(name)
        if page is None:
            page = MAKERS[name](self.ctx)
            keeper = getattr(page, "keeper", None)
            if keeper is not None:
                self._sheet.follow(keeper)
            self.pages[name] = page
            self.stack.addWidget(page)
        if name == "visit":
            self._sheet.entered()
        else:
            self._sheet.left()
        self.current, self._where = name, dict(where)
        self.stack.setCurrentWidget(page)
        self.nav.choose(_BEHIND.get(name, name))
        # the editor has its own panel to go to and its own steps to undo
        own = name == "visit"
        self._walk.setEnabled(not own)
        for keys in self._undo_keys:
            keys.setEnabled(not own)
        waiting = self._waiting.pop(name, None)
        if waiting is not None:
            page.refresh(waiting)
        page.opened(**where)
        self.update()

    def may_leave(self) -> bool:
        """Whether the page in front lets go; what is typed is kept by it."""
        return self.page is None or self.page.may_leave()

    def leave(self) -> bool:
        """The window closes."""
        if not self.may_leave():
            return False
        self._sheet.left()
        return True

    def _changed(self, changes: Changes) -> None:
        for name, page in self.pages.items():
            if name == self.current:
                page.refresh(changes)
            else:
                known = self._waiting.get(name)
                self._waiting[name] = known.with_more(changes) if known is not None else changes

    # -- what the keys and the navigation ask ------------------------------------------------------------------

    def find(self) -> None:
        """Ctrl+F: the page's own search; where a page has none, that of everything."""
        page = self.page
        if page is None or self.current not in _SEARCHABLE:
            self.find_anything()
        else:
            page.find()

    def find_anything(self) -> None:
        """Ctrl+K: records, pages and acts by what is typed; again: from the beginning."""
        from ui.dialogs.find_anything import FindAnything

        if self.finder is None:
            self.finder = FindAnything(self.ctx, self)
            self.finder.act_wanted.connect(self._do)
            self.finder.closed.connect(self._finder_closed)
        else:
            self.finder.field.setFocus(Qt.FocusReason.ShortcutFocusReason)
            self.finder.field.selectAll()

    def _finder_closed(self) -> None:
        self.finder = None

    def _do(self, verb: str) -> None:
        if verb == "help":
            self.help()
        else:
            self.nav.lock_wanted.emit()

    def help(self) -> None:
        """F1: a short page about the one in front."""
        from ui.dialogs.help import HelpDialog

        HelpDialog(self.current or "workbench", self.window()).open()

    def walk(self) -> None:
        """F6: from the navigation into the sheet, to the status line, and round again."""
        focus = self.window().focusWidget()
        page = self.page
        if focus is not None and self.nav.isAncestorOf(focus) and page is not None:
            page.setFocus(Qt.FocusReason.TabFocusReason)
            if (not page.hasFocus() and not page.isAncestorOf(self.window().focusWidget() or self)) or page.hasFocus():
                page.focusNextChild()
        elif focus is not None and page is not None and (page is focus or page.isAncestorOf(focus)):
            (self.status.undo if self.status.undo.isEnabled() else self.status.percent).setFocus(
                Qt.FocusReason.TabFocusReason
            )
        else:
            row = self.nav.rows.get(_BEHIND.get(self.current or "", self.current or ""))
            (row or self.nav.find).setFocus(Qt.FocusReason.TabFocusReason)

    def _ask_years(self) -> None:
        from jiafang_desktop.services import lists

        def offer(choices: lists.LedgerChoices) -> None:
            years = sorted({*choices.years, clock.today().year, self.ctx.year}, reverse=True)
            self.nav.offer_years(years, present=self.ctx.year)

        self.ctx.tasks.run(lists.ledger_choices).then(offer).fail(lambda error: self.ctx.error(error, self))

    def _said_undoable(self, words: str, changes: object) -> None:
        self.status.say(words)
        self._undo.push(words, changes)

    def _show_undo(self) -> None:
        self.status.show_undo(self._undo.undo_words, self._undo.redo_words)
        self.status.set_busy(self._undo.is_busy)

    # -- the outline -------------------------------------------------------------------------------------------

    def outline(self) -> QPainterPath:
        """Sheet and index tab as one path."""
        dp = theme.dp
        left, top = dp(WIDTH_PX) + 0.5, dp(_MARGIN_PX) + 0.5
        right, bottom = self.width() - dp(_MARGIN_PX) - 0.5, self.height() - dp(HEIGHT_PX) - 0.5
        sheet = QPainterPath()
        sheet.addRoundedRect(QRectF(left, top, right - left, bottom - top), dp(_RADIUS_PX), dp(_RADIUS_PX))
        page = self.current or self._expected
        page = _BEHIND.get(page, page)
        if page not in self.nav.rows:
            return sheet
        row = self.nav.row_rect(page)
        tab = QPainterPath()
        reach = left + 2 * dp(_RADIUS_PX)  # far enough under the sheet that no round corner is left at the joint
        tab.addRoundedRect(
            QRectF(dp(_TAB_LEFT_PX) + 0.5, row.top() + 0.5, reach - dp(_TAB_LEFT_PX), row.height() - 1.0),
            dp(_RADIUS_PX), dp(_RADIUS_PX),
        )  # fmt: skip
        return sheet.united(tab)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Desk, then paper with one stroke around."""
        painter = QPainter(self)
        painter.fillRect(self.rect(), theme.color("desk"))
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(theme.color("line"), 1))
        painter.setBrush(theme.color("paper"))
        painter.drawPath(self.outline())
        if not self._was_painted:
            self._was_painted = True
            self.painted.emit()
