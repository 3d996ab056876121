"""Setting up: from the rules to the 密码找回单, one step open at a time. The data is made between the third and fourth.

What a step asks is its own; opening the main window afterwards is ui.program's.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtGui import QCloseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QStackedWidget, QVBoxLayout, QWidget

from jiafang_desktop.common.errors import UserError
from jiafang_desktop.paper import QtRenderer
from jiafang_desktop.services import session
from ui import icons, theme
from ui.background import Background
from ui.context import Context
from ui.dialogs.message import confirm, show_error
from ui.first_run.after import ReadyStep, RecoveryStep
from ui.first_run.rail import Rail
from ui.first_run.steps import NoticeStep, PersonStep, Step, UnitStep
from ui.tasks import Tasks
from ui.widgets import buttons
from ui.widgets.page import hairline

_WIDTH_PX, _HEIGHT_PX = 918, 600
_NOTICE, _UNIT, _PERSON, _RECOVERY, _READY = range(5)


class Wizard(QWidget):
    """``finished(ctx, page, where)`` leads on; ``broke(Exception)`` tells a defect."""

    finished = Signal(object, str, dict)
    broke = Signal(object)
    restore_wanted = Signal()

    def __init__(self, folder: Path) -> None:
        super().__init__()
        self.setObjectName("wizard")
        self.setWindowTitle("领导干部家访台账　首次使用")
        self.setWindowIcon(icons.icon("ledger", 32, "accent"))
        self.setFixedSize(theme.dp(_WIDTH_PX), theme.dp(_HEIGHT_PX))
        self._folder = folder
        self.ctx: Context | None = None
        self.notice, self.unit, self.person = NoticeStep(), UnitStep(), PersonStep()
        self.recovery, self.ready = RecoveryStep(), ReadyStep(self._finish)
        self.steps: tuple[Step, ...] = (self.notice, self.unit, self.person, self.recovery, self.ready)
        self.rail = Rail([*(step.title for step in self.steps[:-1]), "开始使用"])
        self.stack = QStackedWidget()
        for step in self.steps:
            self.stack.addWidget(step)
            step.changed.connect(self._show)
        self.note = QLabel()
        self.note.setObjectName("wizard_note")
        self.note.setProperty("role", "caption")
        self.restore = buttons.link("已有备份，从备份恢复…", "button_restore_backup")
        self.back = buttons.plain("上一步", "button_wizard_back")
        self.next = buttons.primary("下一步", "button_wizard_next")
        self._build()
        self.back.clicked.connect(lambda: self.go(self.current - 1))
        self.next.clicked.connect(self._next)
        self.restore.clicked.connect(self.restore_wanted)
        self.rail.back_wanted.connect(self.go)
        self.go(_NOTICE)

    def _build(self) -> None:
        dp = theme.dp
        foot = QHBoxLayout()
        foot.setContentsMargins(dp(40), dp(16), dp(40), dp(16))
        foot.setSpacing(dp(8))
        foot.addWidget(self.restore)
        foot.addWidget(self.note, 1)
        foot.addWidget(self.back)
        foot.addWidget(self.next)
        right = QVBoxLayout()
        right.setSpacing(0)
        right.addWidget(self.stack, 1)
        right.addWidget(hairline())
        right.addLayout(foot)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        row.addWidget(self.rail)
        row.addLayout(right, 1)

    def paintEvent(self, event: QPaintEvent) -> None:
        """White paper."""
        QPainter(self).fillRect(self.rect(), theme.color("paper"))

    # -- going from step to step -------------------------------------------------------------------------------

    @property
    def current(self) -> int:
        """Which step is open."""
        return self.stack.currentIndex()

    def go(self, place: int) -> None:
        """Open a step."""
        self.stack.setCurrentIndex(place)
        self._show()
        self.steps[place].begin()

    def _show(self) -> None:
        place = self.current
        made = self.ctx is not None
        results = {number: step.result() for number, step in enumerate(self.steps[:place])}
        self.rail.show_step(place, results=results, locked_to=_RECOVERY if made else 0)
        self.restore.setVisible(place == _NOTICE)
        self.back.setVisible(0 < place < _RECOVERY)  # what is made can't be asked anew
        self.next.setVisible(place != _READY)
        self.next.setEnabled(self.steps[place].is_ready())
        self.next.set_words("建立数据" if place == _PERSON else "下一步")
        self.note.setText(self._note(place))
        self.note.setToolTip(str(self._folder))

    def _note(self, place: int) -> str:
        if place == _NOTICE and not self.notice.is_ready():
            return "勾选后可以往下走"
        if place == _RECOVERY and not self.recovery.is_ready():
            return "打印封存并勾选后可以往下走"
        if place == _PERSON:
            name = str(self._folder)
            return f"数据存在 {name}" if len(name) < 44 else f"数据存在 …{name[-42:]}"
        return ""

    def _next(self) -> None:
        place = self.current
        if not self.steps[place].check():
            return
        if place == _PERSON:
            self._create()
        else:
            self.go(place + 1)

    # -- making the data ---------------------------------------------------------------------------------------

    def _create(self) -> None:
        values = {
            **self.unit.values(),
            "operator": self.person.operator.text().strip(),
            "password": self.person.first.text(),
        }
        folder = self._folder
        self.next.setEnabled(False)
        self.back.setEnabled(False)
        self.note.setText("正在建立加密的数据…")
        pending = Background(lambda: session.create(folder, **values), self)
        pending.done.connect(self._created)
        pending.refused.connect(self._refused)
        pending.broke.connect(self._broke)
        pending.start()

    def _created(self, created: session.Created) -> None:
        store = created.store
        self.ctx = Context(
            tasks=Tasks(store), installation=store.installation, operator=store.operator, renderer=QtRenderer()
        )
        self.recovery.panel.show_key(self.ctx, created.recovery_key)
        self.person.first.clear()
        self.person.again.clear()
        self.back.setEnabled(True)
        self.go(_RECOVERY)

    def _refused(self, error: UserError) -> None:
        self.back.setEnabled(True)
        self._show()
        if error.code == "weak_password":
            self.person.refuse(error.message + error.hint)
        else:
            show_error(error, self)

    def _broke(self, error: Exception) -> None:
        self.back.setEnabled(True)
        self._show()
        self.broke.emit(error)

    def _finish(self, page: str, where: dict[str, Any]) -> None:
        ctx, self.ctx = self.ctx, None
        if ctx is not None:
            self.recovery.panel.forget()
            self.finished.emit(ctx, page, where)

    # -- the end -----------------------------------------------------------------------------------------------

    def closeEvent(self, event: QCloseEvent) -> None:
        """Not without the 密码找回单, unless asked twice; the data made so far stays."""
        if self.ctx is None:
            super().closeEvent(event)
            return
        if self.current == _RECOVERY and not self.recovery.is_ready():
            event.ignore()
            confirm(
                "还没有封存密码找回单", "现在退出，以后就看不到它了；忘记密码时数据将打不开。", accept="仍要退出",
                act=self._leave, parent=self, name="dialog_leave_wizard",
            )  # fmt: skip
            return
        self._close_store()
        super().closeEvent(event)

    def _leave(self) -> None:
        self._close_store()
        self.close()

    def _close_store(self) -> None:
        ctx, self.ctx = self.ctx, None
        if ctx is not None:
            ctx.tasks.close()
