"""查找任何内容 (Ctrl+K): one field over the desk; records, pages and acts below it as they are typed.

A sheet over the page, not a window of its own: input methods stay at home and the lock covers it. What hits read like
is ui.models.find_rows', asking services.find's; choosing opens a page or tells an act to the desk.
"""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QObject, QRectF, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter, QPainterPath, QPaintEvent, QPen, QResizeEvent
from PySide6.QtWidgets import QApplication, QLabel, QVBoxLayout, QWidget
from shiboken6 import isValid

from jiafang_desktop.services import find
from jiafang_desktop.services.find import Found
from ui import theme
from ui.context import Context
from ui.models.find_rows import FoundRow, latest_rows, rows_of
from ui.tasks import Pending
from ui.widgets import fields
from ui.widgets.found_list import FoundList
from ui.widgets.page import hairline

_WIDTH_PX, _TOP_PX, _LEAST_MARGIN_PX = 720, 72, 40
_VEIL = 150  # of 255: the page behind is still known
_NOTHING = (
    "没有找到“{}”。可以打姓名、拼音首字母（如 zjg）、职务，或事由、谈话、诉求里的词；"
    "几个词中间空一格。也可以打页面和功能的名称。"
)  # fmt: skip
_BEGIN = "打姓名、拼音首字母、事由或诉求里的词；也可以打页面和功能的名称，如“导入名册”“dytz”。"


class FindAnything(QWidget):
    """Over ``desk``, which it fills. ``act_wanted(verb)`` is for the desk; pages are opened through ``ctx``."""

    act_wanted = Signal(str)
    closed = Signal()

    def __init__(self, ctx: Context, desk: QWidget) -> None:
        super().__init__(desk)
        self.setObjectName("find_anything")
        self.setAccessibleName("查找任何内容")
        self.ctx = ctx
        self._turn = 0
        self._pending: Pending | None = None
        self._came_from = QApplication.focusWidget()
        self.sheet = _Sheet(self)
        self.field = fields.search_edit("field_find_anything", "查找任何内容：姓名、拼音、事由、页面名称")
        self.field.setPlaceholderText("姓名、拼音首字母、事由、诉求，或页面和功能的名称")
        self.rows = FoundList()
        self.message = QLabel()
        self.message.setObjectName("find_message")
        self.message.setWordWrap(True)
        self.message.setProperty("role", "second")
        self.keys = QLabel("↑↓ 选择　回车打开　Esc 关闭")
        self.keys.setProperty("role", "caption")
        self._build()
        self.field.textChanged.connect(self.ask)
        self.field.installEventFilter(self)
        self.rows.chosen.connect(self.choose)
        self.rows.current_changed.connect(self._say_current)
        desk.installEventFilter(self)
        self.setGeometry(desk.rect())
        self.show()
        self.raise_()
        self.field.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.ask()

    def _build(self) -> None:
        pad = theme.dp(16)
        column = QVBoxLayout(self.sheet)
        column.setContentsMargins(1, pad, 1, theme.dp(8))
        column.setSpacing(0)
        upper = QVBoxLayout()
        upper.setContentsMargins(pad, 0, pad, theme.dp(12))
        upper.addWidget(self.field)
        column.addLayout(upper)
        column.addWidget(hairline(self.sheet))
        column.addWidget(self.rows)
        middle = QVBoxLayout()
        middle.setContentsMargins(pad, 0, pad, 0)
        self.message.setContentsMargins(0, theme.dp(16), 0, theme.dp(16))
        middle.addWidget(self.message)
        column.addLayout(middle)
        column.addWidget(hairline(self.sheet))
        foot = QVBoxLayout()
        foot.setContentsMargins(pad, theme.dp(8), pad, 0)
        foot.addWidget(self.keys)
        column.addLayout(foot)

    # -- asking ------------------------------------------------------------------------------------------------

    def ask(self) -> None:
        """Every keystroke asks; what was asked before and not begun is not begun, what comes too late is dropped."""
        self._turn += 1
        turn, text = self._turn, self.field.text()
        if self._pending is not None:
            self._pending.cancel()
        if text.strip():
            self._pending = self.ctx.tasks.run(find.find, text)
        else:
            self._pending = self.ctx.tasks.run(find.latest)
        self._pending.then(lambda found: self._answer(turn, found)).fail(lambda error: self.ctx.error(error, self))

    def _answer(self, turn: int, found: Found) -> None:
        if turn != self._turn:
            return
        typed = found.text.strip()
        rows = rows_of(found) if typed else latest_rows(found)
        self._show(rows, "" if rows and typed else _NOTHING.format(typed) if typed else _BEGIN)

    def _show(self, rows: Sequence[FoundRow], words: str) -> None:
        self.rows.show_rows(rows, self.field.text())
        self.rows.setVisible(bool(rows))
        self.message.setText(words)
        self.message.setVisible(bool(words))
        self._place()

    def _say_current(self, row: object) -> None:
        self.field.setAccessibleDescription(row.spoken if isinstance(row, FoundRow) else "")

    # -- choosing and closing ----------------------------------------------------------------------------------

    def choose(self, row: FoundRow) -> None:
        """Go there, or have the desk do it."""
        self.close_sheet()
        if row.verb:
            self.act_wanted.emit(row.verb)
        else:
            self.ctx.open(row.page, **row.where)

    def close_sheet(self) -> None:
        """Away with it; the keys go back to where they were."""
        if self._pending is not None:
            self._pending.cancel()
        self._turn += 1
        held = self.isAncestorOf(QApplication.focusWidget() or self)
        self.hide()
        back = self._came_from
        if held and back is not None and isValid(back) and back.isVisible():  # a page may have let go of it meanwhile
            back.setFocus(Qt.FocusReason.OtherFocusReason)
        self.closed.emit()
        self.deleteLater()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Arrows and Enter are the list's while the field has the keys; the sheet goes with the desk's size."""
        if watched is self.field and isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            return self._take_key(event)
        if event.type() == QEvent.Type.Resize and watched is self.parent():
            self.setGeometry(self.parentWidget().rect())
        return super().eventFilter(watched, event)

    def _take_key(self, event: QKeyEvent) -> bool:
        steps = {
            Qt.Key.Key_Down: 1, Qt.Key.Key_Tab: 1, Qt.Key.Key_Up: -1, Qt.Key.Key_Backtab: -1, Qt.Key.Key_PageDown: 6,
            Qt.Key.Key_PageUp: -6,
        }  # fmt: skip
        key = Qt.Key(event.key())
        if key == Qt.Key.Key_Escape:
            self.close_sheet()
        elif key in steps:
            self.rows.step(steps[key])
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.rows.choose_current()
        else:
            return False
        return True

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Beside the sheet: away with it."""
        if not self.sheet.geometry().contains(event.position().toPoint()):
            self.close_sheet()

    # -- place and paint ---------------------------------------------------------------------------------------

    def _place(self) -> None:
        dp = theme.dp
        width = min(dp(_WIDTH_PX), self.width() - 2 * dp(_LEAST_MARGIN_PX))
        top = dp(_TOP_PX)
        room = self.height() - top - dp(_LEAST_MARGIN_PX)
        self.sheet.setFixedWidth(width)
        self.rows.fit(room - dp(140))
        layout = self.sheet.layout()
        assert layout is not None
        layout.activate()
        height = layout.heightForWidth(width) if layout.hasHeightForWidth() else self.sheet.sizeHint().height()
        self.sheet.setGeometry((self.width() - width) // 2, top, width, min(height, room))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """In the middle of the desk."""
        super().resizeEvent(event)
        self._place()

    def paintEvent(self, event: QPaintEvent) -> None:
        """The desk's grey over the page, so that the sheet stands alone."""
        veil = theme.color("desk")
        veil.setAlpha(_VEIL)
        QPainter(self).fillRect(self.rect(), veil)


class _Sheet(QWidget):
    """White with the desk's own outline."""

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        path = QPainterPath()
        radius = theme.dp(6)
        path.addRoundedRect(QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5), radius, radius)
        painter.fillPath(path, theme.color("paper"))
        painter.setPen(QPen(theme.color("edge"), 1))
        painter.drawPath(path)
