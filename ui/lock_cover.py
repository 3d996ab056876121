"""The lock over the whole window: nothing of the page shows through, what is typed stays behind it.

It opens to whoever opened the data; somebody else goes by 换人登录, which asks twice where a dialog would be lost. When
it locks and what comes back is ui.shell's; whether the password is right, the store's.
"""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from jiafang_desktop.services import session
from ui import theme
from ui.context import Context
from ui.unlock import CARD_PX, UnlockCard, foot
from ui.widgets import buttons
from ui.widgets.side_fields import caption

_LOST = "里面有一个没填完的小窗，换人后不保留；别的内容都已经保存。"


class LockCover(QWidget):
    """Over the whole window while it is locked; nothing of the page shows through.

    ``switch_wanted``: somebody else is to open the data.
    """

    unlocked = Signal()
    switch_wanted = Signal()

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
        self.button_switch = buttons.link("换人登录", "button_switch")
        self.card.links.insertWidget(0, self.button_switch)
        self._lost = caption(_LOST, "amber")
        self._lost.setObjectName("lock_lost")
        self._lost.setContentsMargins(theme.dp(40), 0, theme.dp(40), theme.dp(20))
        box = QWidget()
        box.setObjectName("lock_box")
        box.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        box.setStyleSheet(f"#lock_box {{ background: {theme.name('paper')}; border: 1px solid {theme.name('line')}; }}")
        box.setFixedWidth(theme.dp(CARD_PX))
        inner = QVBoxLayout(box)
        inner.setContentsMargins(1, 1, 1, 1)
        inner.setSpacing(0)
        inner.addWidget(self.card)
        inner.addWidget(self._lost)
        inner.addWidget(
            foot("没有写完的内容已经保存，解锁后在原处接着写。", "忘记密码：关闭程序再打开，用密码找回单重设。")
        )
        column = QVBoxLayout(self)
        column.addStretch(2)
        column.addWidget(box, 0, Qt.AlignmentFlag.AlignHCenter)
        column.addStretch(3)
        self.card.tried.connect(self._try)
        self.button_switch.clicked.connect(self._switch)
        self.begin()

    def begin(self, *, several: bool = False, unfinished: bool = False) -> None:
        """Ask for the password. ``several`` work here, so that somebody else may want the place; a dialog is
        ``unfinished`` behind the cover."""
        self._unfinished = unfinished
        self._lost.hide()
        self.button_switch.set_words("换人登录")
        self.button_switch.setVisible(several)
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

    def _switch(self) -> None:
        if not self._unfinished:
            self.switch_wanted.emit()
            return
        self._unfinished = False  # said now; the next press goes
        self._lost.show()
        self.button_switch.set_words("不要了，换人登录")
