"""What the person sees from the start to the end: set-up, the door, the main window, or why it can't be opened.

Holds the one window in front and the store's thread behind it. Arguments and Qt's own set-up are ui.app's.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, QTimer, Signal
from PySide6.QtWidgets import QApplication, QWidget

from jiafang_desktop.common.errors import UserError
from jiafang_desktop.paper import QtRenderer
from jiafang_desktop.services import session
from ui import log_file
from ui.background import Background
from ui.context import Context
from ui.tasks import Tasks

if TYPE_CHECKING:
    from ui.unlock import UnlockWindow


class Program(QObject):
    """``window`` is the window in front; ``shown`` tells when another one took its place."""

    shown = Signal(object)
    _elsewhere = Signal(object)

    def __init__(self, folder: Path, *, password_file: Path | None = None, log: Path | None = None) -> None:
        super().__init__()
        self.folder, self.log = folder, log
        self._password_file = password_file
        self.window: QWidget | None = None
        self.ctx: Context | None = None
        self.brought_forward: Callable[[], bool] = bool  # asks another start's window to the front, if there is one
        self._showing_defect = False
        self._elsewhere.connect(self.show_defect)

    @property
    def opens_directly(self) -> bool:
        """Whether a password file lets in without a door."""
        return self._password_file is not None

    # -- the start ---------------------------------------------------------------------------------------------

    def start(self) -> None:
        """Set-up where there is no data yet, else the door; straight in with a password file."""
        try:
            there = session.exists(self.folder)
            password = session.read_password(self._password_file) if there and self._password_file else None
        except UserError as error:
            self.show_trouble(error)
            return
        if not there:
            self.show_first_run()
            return
        if password is None:
            self.show_unlock()
            return
        self._open_directly(password)

    def _open_directly(self, password: str) -> None:
        pending = Background(lambda: _open(self.folder, password), self)
        pending.done.connect(lambda opened: self.show_main(*opened))
        pending.refused.connect(self._refused_at_start)
        pending.broke.connect(self._broke_at_start)
        pending.start()
        # what the window is made of is loaded while the other thread works the key out
        import ui.shell  # noqa: F401  (loaded, not used)

    def _refused_at_start(self, error: UserError) -> None:
        if error.code == "wrong_password":
            self.show_unlock().refuse(error)
        elif error.code == "in_use" and self.brought_forward():
            QApplication.quit()
        else:
            self.show_trouble(error)

    def _broke_at_start(self, error: Exception) -> None:
        """A window has to say so: nobody reads a console here."""
        log_file.defect(error)
        self.show_trouble(UserError("defect", "程序出了差错，没有打开数据。", hint="请重试。不成请找技术人员。"))

    def show_first_run(self) -> QWidget:
        """The wizard."""
        from ui.first_run.wizard import Wizard

        wizard = Wizard(self.folder)
        wizard.finished.connect(self._set_up)
        wizard.broke.connect(self.show_defect)
        wizard.restore_wanted.connect(self.show_restore)
        self._show(wizard)
        return wizard

    def _set_up(self, ctx: Context, page: str, where: dict[str, Any]) -> None:
        """The wizard made the data and leads to its first page."""
        self._enter(ctx, 100, (), page, where)

    def show_unlock(self) -> UnlockWindow:
        """The door."""
        from ui.unlock import UnlockWindow

        door = UnlockWindow(place=str(self.folder))
        door.tried.connect(lambda password: self._try(door, lambda: _open(self.folder, password)))
        door.recover_tried.connect(lambda key, new: self._try(door, lambda: _recover(self.folder, key, new)))
        door.restore_wanted.connect(self.show_restore)
        self._show(door)
        return door

    def _try(self, door: UnlockWindow, work: Callable[[], tuple[Any, int]]) -> None:
        door.set_busy(True)

        def refused(error: UserError) -> None:
            if error.code in ("wrong_password", "wrong_recovery_key", "weak_password", "bad_input"):
                door.refuse(error)
            else:
                self.show_trouble(error)

        def broke(error: Exception) -> None:
            door.set_busy(False)
            self.show_defect(error)

        pending = Background(work, door)
        pending.done.connect(lambda opened: self.show_main(*opened))
        pending.refused.connect(refused)
        pending.broke.connect(broke)
        pending.start()

    def show_trouble(self, error: UserError) -> QWidget:
        """Why the data can't be opened, and the next step."""
        from ui.trouble import TroubleWindow

        log_file.LOG.info("not opened: %s", error.code)
        window = TroubleWindow(error, folder=self.folder, log=self.log)
        window.retry_wanted.connect(self.start)
        window.restore_wanted.connect(self.show_restore)
        self._show(window)
        return window

    def show_restore(self) -> QWidget:
        """A backup takes the place of what lies here, if anything does; then the door to it."""
        from ui.dialogs.restore import RestoreDialog

        assert self.window is not None
        dialog = RestoreDialog(self.window, instead=self.folder)
        dialog.restored.connect(lambda _restored: self.start())
        dialog.broke.connect(self.show_defect)
        dialog.open()
        return dialog

    # -- the main window ---------------------------------------------------------------------------------------

    def show_main(self, store: Any, size: int = 100) -> QWidget:
        """The opened data in its window, with letters of ``size`` percent."""
        notices = tuple(store.warnings)
        tasks = Tasks(store)
        ctx = Context(
            tasks=tasks, installation=store.installation, operator=store.operator, renderer=QtRenderer(), parent=self
        )  # fmt: skip
        return self._enter(ctx, size, notices, "workbench", {})

    def _enter(self, ctx: Context, size: int, notices: tuple[str, ...], page: str, where: dict[str, Any]) -> QWidget:
        from ui.shell import MainWindow

        self.ctx = ctx
        window = MainWindow(ctx, size=size, notices=notices)
        window.defect.connect(self.show_defect)
        window.closed.connect(self._main_closed)
        window.switched.connect(self._switched)
        log_file.LOG.info("opened install %s", ctx.installation.install_id)
        window.begin_soon(page, where)
        self._show(window)
        return window

    def _main_closed(self) -> None:
        self.close()
        QTimer.singleShot(0, QApplication.quit)

    def _switched(self) -> None:
        """换人登录: the data is closed as at the end, and the door asks who opens it now."""
        ctx = self.ctx
        if ctx is None:
            return
        ctx.blockSignals(True)  # what ends now is told to nobody: the window is done with
        self.close()
        self.show_unlock()
        ctx.deleteLater()

    # -- for all windows ---------------------------------------------------------------------------------------

    def _show(self, window: QWidget) -> None:
        before, self.window = self.window, window
        window.show()
        window.raise_()
        window.activateWindow()
        if before is not None:
            before.hide()
            before.deleteLater()
        self.shown.emit(window)

    def come_forward(self) -> None:
        """Another start asked for us."""
        window = self.window
        if window is not None:
            if window.isMinimized():
                window.showNormal()
            window.raise_()
            window.activateWindow()

    def show_defect(self, error: BaseException) -> None:
        """A calm dialog with the log's place; one at a time, whatever else goes wrong meanwhile."""
        if not isinstance(error, Exception):
            return
        log_file.defect(error)
        if self._showing_defect:
            return
        from ui.dialogs.message import show_defect

        self._showing_defect = True
        dialog = show_defect(error, self.window, log=self.log)
        dialog.finished.connect(self._defect_seen)

    def _defect_seen(self) -> None:
        self._showing_defect = False

    def defect_elsewhere(self, error: BaseException | None) -> None:
        """The same from another thread."""
        if error is not None:
            self._elsewhere.emit(error)

    def close(self) -> None:
        """Do what was accepted and close the store."""
        ctx, self.ctx = self.ctx, None
        if ctx is not None:
            ctx.tasks.close()


def _open(folder: Path, password: str) -> tuple[Any, int]:
    store = session.open_store(folder, password)
    return store, session.letter_size(store)


def _recover(folder: Path, key: str, new_password: str) -> tuple[Any, int]:
    session.recover(folder, recovery_key=key, new_password=new_password)
    return _open(folder, new_password)
