"""The lock over the whole window: nothing of the page shows through, what is typed stays behind it.

When it locks and what comes back is ui.shell's; whether the password is right, the store's.
"""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from jiafang_desktop.services import session
from ui import theme
from ui.context import Context
from ui.unlock import CARD_PX, UnlockCard, foot


class LockCover(QWidget):
    """Over the whole window while it is locked; nothing of the page shows through."""

    unlocked = Signal()

    def __init__(self, ctx: Context) -> None:
        super().__init__()
        self.setObjectName("lock_cover")
        self.setAccessibleName("已锁定")
        self._ctx = ctx
        here = ctx.installation
        self.card = UnlockCard(
            here.ledger_unit or here.unit,
            f"{here.county}领导干部家访台账　已锁定",
            operator=ctx.operator.name,
            recover=False,
        )
        box = QWidget()
        box.setObjectName("lock_box")
        box.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        box.setStyleSheet(f"#lock_box {{ background: {theme.name('paper')}; border: 1px solid {theme.name('line')}; }}")
        box.setFixedWidth(theme.dp(CARD_PX))
        inner = QVBoxLayout(box)
        inner.setContentsMargins(1, 1, 1, 1)
        inner.setSpacing(0)
        inner.addWidget(self.card)
        inner.addWidget(
            foot("没有写完的内容已经保存，解锁后在原处接着写。", "忘记密码：关闭程序再打开，用密码找回单重设。")
        )
        column = QVBoxLayout(self)
        column.addStretch(2)
        column.addWidget(box, 0, Qt.AlignmentFlag.AlignHCenter)
        column.addStretch(3)
        self.card.tried.connect(self._try)

    def begin(self) -> None:
        """Ask for the password."""
        self.card.begin()

    def paintEvent(self, event: QPaintEvent) -> None:
        """The darker desk."""
        QPainter(self).fillRect(self.rect(), theme.color("desk2"))

    def _try(self, password: str) -> None:
        self.card.set_busy(True)
        self._ctx.tasks.run(session.confirm_password, password).then(lambda _: self._open()).fail(self.card.refuse)

    def _open(self) -> None:
        self.card.begin()
        self.unlocked.emit()
