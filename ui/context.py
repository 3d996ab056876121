"""What every page is handed: the store's thread, the office, the operator, and ways to speak and to go elsewhere.

The shell listens; a page alone (in a test) works without one. No page knows the shell.
"""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import SIGNAL, QObject, Signal
from PySide6.QtWidgets import QWidget

from jiafang_desktop.common import clock
from jiafang_desktop.common.errors import UserError
from jiafang_desktop.domain.late_entry import REPORT_DAYS
from ui import theme
from ui.tasks import Tasks

if TYPE_CHECKING:
    from jiafang_desktop.domain.changes import Changes, Operator
    from jiafang_desktop.domain.units import Installation

_log = logging.getLogger(__name__)


class Context(QObject):
    """One per unlocked window."""

    said = Signal(str)  # the status line shows it
    said_undoable = Signal(str, object)  # what was done, and the Changes that 撤销 takes back
    page_wanted = Signal(str, dict)  # a page's name and where in it
    error_raised = Signal(object, object)  # UserError, the widget it belongs to or None
    year_changed = Signal(int)
    counted = Signal(str, int)  # a page of the navigation, and how many wait there
    backups_changed = Signal()  # one was made, or the second place is another
    office_renamed = Signal()  # papers, navigation and title name it anew
    switch_wanted = Signal()  # 换人登录: this window is done with, the door is shown again

    def __init__(
        self, *, tasks: Tasks, installation: Installation, operator: Operator, renderer: Any,
        parent: QObject | None = None,
    ) -> None:  # fmt: skip
        super().__init__(parent)
        theme.ensure_applied()
        self.tasks, self.installation, self.operator, self.renderer = tasks, installation, operator, renderer
        self.year = clock.today().year
        self.report_days = REPORT_DAYS  # what the rules say; later records are 补录
        self.offset_mm = (0.0, 0.0)  # what the settings say of the printer; print dialogs begin with it
        self.last_changes: Changes | None = None
        tasks.changed.connect(self._remember)
        tasks.refused.connect(lambda error: self.error(error, None))

    def say(self, words: str) -> None:
        """A sentence for the status line."""
        self.said.emit(words)

    def say_undoable(self, words: str) -> None:
        """The same for what was just written and can be taken back by 撤销."""
        if self.last_changes is None:
            self.said.emit(words)
        else:
            self.said_undoable.emit(words, self.last_changes)

    def error(self, error: Exception, parent: QWidget | None) -> None:
        """A refusal a clerk can act on, shown by the shell, or by its dialog where there is no shell."""
        if self.receivers(SIGNAL("error_raised(PyObject,PyObject)")):
            self.error_raised.emit(error, parent)
            return
        from ui.dialogs.message import show_defect, show_error

        if isinstance(error, UserError):
            show_error(error, parent)
        else:
            _log.error("a defect reached the window", exc_info=error)
            show_defect(error, parent)

    def open(self, page: str, **where: Any) -> None:
        """Go to a page: workbench, visits, visit, ledger, roster, roster_import, settings."""
        self.page_wanted.emit(page, where)

    def rename(self, installation: Installation) -> None:
        """The unit is called otherwise from now on."""
        if installation != self.installation:
            self.installation = installation
            self.office_renamed.emit()

    def set_year(self, year: int) -> None:
        """The navigation's year; pages that go by years follow."""
        if year != self.year:
            self.year = year
            self.year_changed.emit(year)

    def _remember(self, changes: Changes) -> None:
        self.last_changes = changes
