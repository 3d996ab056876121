"""The main window: the desk, and over it the lock. What is typed outlives locking, other letters and the window's end.

Pages are the desk's; opening the data is ui.program's.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QCloseEvent, QGuiApplication, QKeySequence, QShortcut
from PySide6.QtWidgets import QApplication, QDialog, QLineEdit, QPlainTextEdit, QStackedLayout, QWidget

from jiafang_desktop.common.errors import UserError
from ui import icons, theme
from ui.backup_watch import BackupWatch
from ui.context import Context
from ui.desk import Desk
from ui.idle import USUAL_MINUTES, IdleWatch
from ui.open_sheet import interrupted
from ui.undo_line import UndoLine

if TYPE_CHECKING:
    from jiafang_desktop.domain.changes import Changes
    from jiafang_desktop.services.settings import Settings
    from ui.lock_cover import LockCover

_LEAST = (1024, 620)
_NORMAL = (1366, 728)
_SEEN_MS = 5  # so that the screen has what was painted before the page's making holds everything up
_UNSEEN_MS = 400  # a window nobody sees (minimised at the start) begins all the same


class MainWindow(QWidget):
    """One unlocked office. ``defect(Exception)`` is told for what no page handles; ``closed`` once it is gone;
    ``switched`` once everything is kept and somebody else is to open the data.

    ``size`` of letters is known before the window shows; pages and the other settings come right after its first paint.
    """

    defect = Signal(object)
    closed = Signal()
    switched = Signal()

    def __init__(self, ctx: Context, *, size: int = 100, notices: tuple[str, ...] = ()) -> None:
        super().__init__()
        self.setObjectName("main_window")
        self.ctx = ctx
        self.settings: Settings | None = None  # until they were read
        self._size = size
        self._notices = notices
        self._several = False  # more than one 经办人, as far as was read
        self._first: tuple[str, dict[str, Any]] | None = None
        self._focus: QWidget | None = None
        self._hidden: list[QDialog] = []
        self._name_office()
        self.setWindowIcon(icons.icon("ledger", 32, "accent"))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose, False)
        theme.apply(_application(), scale=size / 100)
        self.undo = UndoLine(ctx, self)
        self.desk = Desk(ctx, self.undo, size=size, notices=notices)
        self._cover: LockCover | None = None
        self.layers = QStackedLayout(self)
        self.layers.setContentsMargins(0, 0, 0, 0)
        self.layers.addWidget(self.desk)
        self.watch = IdleWatch(USUAL_MINUTES, self)
        self.backups = BackupWatch(ctx, self)
        self._fit_screen()
        self._connect()

    def _fit_screen(self) -> None:
        screen = QGuiApplication.primaryScreen()
        width, height = _NORMAL
        # a screen smaller than the least window is none: drawing without a display reports such a one
        room = screen.availableSize() if screen is not None else None
        if room is not None and room.width() >= _LEAST[0]:
            width, height = min(width, room.width()), min(height, room.height())
        self.setMinimumSize(min(_LEAST[0], width), min(_LEAST[1], height))
        self.resize(width, height)

    def _connect(self) -> None:
        ctx = self.ctx
        ctx.error_raised.connect(self._show_error)
        ctx.tasks.defect.connect(self.defect)
        ctx.office_renamed.connect(self._renamed)
        ctx.tasks.changed.connect(self._settings_changed)
        ctx.switch_wanted.connect(self.switch)
        ctx.backups_changed.connect(self.backups.read)
        self.backups.known.connect(lambda last: self.desk.status.show_backup(last))
        self._follow_desk()
        self.watch.idle.connect(self.lock)
        lock = QShortcut(QKeySequence("Ctrl+L"), self)
        lock.activated.connect(self.lock)

    def _follow_desk(self) -> None:
        self.desk.status.size_chosen.connect(self.choose_size)
        self.desk.nav.lock_wanted.connect(self.lock)
        self._show_operator()
        if self.backups.last is not None:
            self.desk.status.show_backup(self.backups.last)

    def begin_soon(self, page: str, where: dict[str, Any]) -> None:
        """Open the first page right after the first paint: a person sees the window while the page is made."""
        self.desk.expect(page)
        self._first = (page, where)
        self.desk.painted.connect(lambda: QTimer.singleShot(_SEEN_MS, self.begin))
        QTimer.singleShot(_UNSEEN_MS, self.begin)

    def begin(self) -> None:
        """Open the first page now, if that was not done yet."""
        if self._first is None:
            return
        (page, where), self._first = self._first, None
        self.desk.setFocus(Qt.FocusReason.OtherFocusReason)  # no ring anywhere until the first key
        self.desk.open(page, where)
        self.ctx.tasks.run(interrupted).then(lambda where: self.desk.go_on(where))  # perhaps a desk built anew
        self._read_settings()
        self._read_accounts()
        self.backups.read()

    def _name_office(self) -> None:
        here = self.ctx.installation
        self.setWindowTitle(f"{here.county}领导干部家访台账 — {here.own_ledger}")

    def _renamed(self) -> None:
        self._name_office()
        self._build_anew(said=f"单位名称已改为“{self.ctx.installation.own_ledger}”")

    # -- messages ----------------------------------------------------------------------------------------------

    def _show_error(self, error: object, parent: object) -> None:
        if isinstance(error, UserError):
            from ui.dialogs.message import show_error

            show_error(error, parent if isinstance(parent, QWidget) else self)
        elif isinstance(error, Exception):
            self.defect.emit(error)

    # -- settings ----------------------------------------------------------------------------------------------

    def _settings_changed(self, changes: Changes) -> None:
        if changes.touches("setting", "rules"):
            self._read_settings()
        if changes.touches("account"):
            self._read_accounts()

    def _read_accounts(self) -> None:
        from jiafang_desktop.services import accounts

        self.ctx.tasks.run(accounts.are_used).then(self.take_several)

    def take_several(self, several: bool) -> None:
        """Whether there is more than one 经办人: only then it matters who is at work."""
        self._several = several
        self._show_operator()

    def _show_operator(self) -> None:
        self.desk.nav.show_operator(self.ctx.operator.name if self._several else "")

    def _read_settings(self) -> None:
        from jiafang_desktop.services import settings

        self.ctx.tasks.run(settings.read).then(self.take_settings)

    def take_settings(self, known: Settings) -> None:
        """Follow the settings as they are stored now."""
        before, self.settings = self.settings, known
        self.ctx.offset_mm, self.ctx.report_days = known.offset_mm, known.report_days
        if before is None or known.lock_minutes != before.lock_minutes:
            self.watch.set_minutes(known.lock_minutes)
        if known.font_scale != self._size:
            self._size = known.font_scale
            self._build_anew()

    def choose_size(self, percent: int) -> None:
        """Another size of letters: stored like any choice, and the desk is built anew."""
        from jiafang_desktop.services import settings

        pending = self.ctx.tasks.run(settings.change, by=self.ctx.operator, font_scale=percent)
        pending.fail(lambda error: self.ctx.error(error, self))

    def _build_anew(self, *, said: str = "") -> None:
        page, where = self.desk.place()
        self.desk.may_leave()
        theme.apply(_application(), scale=self._size / 100)
        old = self.desk
        words = old.status.words
        self.desk = Desk(self.ctx, self.undo, size=self._size, notices=self._notices)
        self._follow_desk()
        self.layers.insertWidget(0, self.desk)
        if self.layers.currentWidget() is old:
            self.layers.setCurrentWidget(self.desk)
        self.layers.removeWidget(old)
        old.hide()
        old.deleteLater()
        self.desk.open(page, where)
        self.desk.status.say(said or words or f"字号已改为 {self._size}%")

    # -- locking -----------------------------------------------------------------------------------------------

    @property
    def is_locked(self) -> bool:
        """Whether the cover is up."""
        return self._cover is not None and self.layers.currentWidget() is self._cover

    @property
    def cover(self) -> LockCover:
        """Made when it is first needed: most mornings open without."""
        if self._cover is None:
            from ui.lock_cover import LockCover

            self._cover = LockCover(self.ctx)
            self._cover.unlocked.connect(self.unlock)
            self._cover.switch_wanted.connect(self.switch)
            self.layers.addWidget(self._cover)
        return self._cover

    def lock(self) -> None:
        """Cover everything; what is typed is kept in the draft table and stays where it stands."""
        if self.is_locked:
            return
        self._focus = QApplication.focusWidget()
        self.desk.may_leave()
        while (popup := QApplication.activePopupWidget()) is not None:
            popup.close()
        self._hidden = [
            window for window in QApplication.topLevelWidgets()
            if isinstance(window, QDialog) and window.isVisible() and window is not self
        ]  # fmt: skip
        for dialog in self._hidden:
            dialog.hide()
        if self._hidden:
            self.activateWindow()  # the keys were the dialog's
        self.layers.setCurrentWidget(self.cover)
        self.cover.begin(several=self._several, unfinished=any(_is_typed_into(dialog) for dialog in self._hidden))

    def unlock(self) -> None:
        """The same page, the same text, the caret where it was."""
        self.layers.setCurrentWidget(self.desk)
        self.watch.touch()
        for dialog in self._hidden:
            dialog.show()
        focus, self._focus = self._focus, None
        if self._hidden:
            self._hidden[-1].activateWindow()
        elif focus is not None and self.desk.isAncestorOf(focus):
            focus.setFocus(Qt.FocusReason.OtherFocusReason)
        self._hidden = []

    def switch(self) -> None:
        """换人登录: everything typed is kept, then this window is done with."""
        if self.desk.leave():
            self.watch.set_minutes(0)
            self.backups.skip()  # nobody at the door is kept waiting; the next window backs up what is new
            self.switched.emit()

    # -- the end -----------------------------------------------------------------------------------------------

    def come_forward(self) -> None:
        """Another start asked for the window."""
        if self.isMinimized():
            self.showNormal()
        self.show()
        self.raise_()
        self.activateWindow()

    def closeEvent(self, event: QCloseEvent) -> None:
        """Everything typed is kept first, then backed up; that can be skipped."""
        if not self.desk.leave() or not self.backups.may_close():
            event.ignore()
            return
        self.desk.hide()
        super().closeEvent(event)
        self.closed.emit()


def _is_typed_into(dialog: QDialog) -> bool:
    """Whether words may stand in a dialog that nothing else has."""
    if getattr(dialog, "keeps_drafts", False):
        return False
    fields = dialog.findChildren(QLineEdit) + dialog.findChildren(QPlainTextEdit)
    return any(field.isVisibleTo(dialog) and not field.isReadOnly() for field in fields)


def _application() -> QApplication:
    app = QApplication.instance()
    assert isinstance(app, QApplication)
    return app
