"""A page of the sheet: the title row and the body under it.

What stands in the body is each page's; going from page to page is the shell's.
"""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QEvent, QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPainterPath, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QScrollArea, QSizePolicy, QVBoxLayout, QWidget

from jiafang_desktop.domain.changes import Changes
from jiafang_desktop.domain.visits import STATUSES
from ui import theme
from ui.context import Context
from ui.widgets import buttons
from ui.widgets.phase import PhaseLabel

TITLE_ROW_PX, PADDING_PX = 64, 24


class Page(QWidget):
    """Title row (64) and ``body``. The shell calls ``opened``, ``refresh``, ``may_leave`` and ``find``."""

    def __init__(self, ctx: Context, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.ctx = ctx
        self.title_row = TitleRow(ctx, self)
        self.body = QVBoxLayout()
        self.body.setContentsMargins(0, 0, 0, 0)
        self.body.setSpacing(0)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.title_row)
        column.addWidget(hairline(self))
        column.addLayout(self.body, 1)

    # -- the title row -----------------------------------------------------------------------------------------

    def set_title(
        self, title: str, *, back: tuple[str, str] | None = None, status: str | None = None, caption: str = ""
    ) -> None:
        """The title; ``back`` = (words, page) leads there; ``status`` is a visit's state; ``caption`` comes after."""
        self.title_row.show_title(title, back=back, status=status, caption=caption)
        self.setAccessibleName(title)

    def add_action(self, button: QPushButton) -> None:
        """A further button, left of those before the primary, in the order of adding."""
        self.title_row.add_action(button)

    def set_primary(self, button: QPushButton) -> None:
        """The one main act, at the far right."""
        self.title_row.set_primary(button)

    # -- what the shell asks -----------------------------------------------------------------------------------

    def opened(self, **where: Any) -> None:
        """The page came to the front, perhaps with a place to show."""

    def refresh(self, changes: Changes) -> None:
        """Something was written; re-read only what it names."""

    def may_leave(self) -> bool:
        """Called before another page or the end; False keeps the page in front."""
        return True

    def find(self) -> None:
        """Ctrl+F."""

    def paintEvent(self, event: QPaintEvent) -> None:
        """White, with the sheet's lower corners: a square child would cover them."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        path = QPainterPath()
        radius = theme.dp(6) - 1
        path.addRoundedRect(QRectF(self.rect()), radius, radius)
        painter.fillPath(path, theme.color("paper"))


class TitleRow(QWidget):
    """Back link · short rule · title · state · caption … buttons, primary."""

    def __init__(self, ctx: Context, parent: QWidget) -> None:
        super().__init__(parent)
        self._ctx = ctx
        self._back_to = ""
        self._primary: QPushButton | None = None
        self.setObjectName("title_row")
        self.setFixedHeight(theme.dp(TITLE_ROW_PX))
        self.back = buttons.quiet("", "button_back", parent=self)
        self.back.set_icon("chevron_left", "ink")
        self.back.clicked.connect(lambda: ctx.open(self._back_to))
        self.back.setToolTip("Alt+←")
        self._rule = QFrame(self)
        self._rule.setProperty("role", "rule")
        self._rule.setFixedSize(1, theme.dp(20))
        self.title = ElidedLabel(self)
        self.title.setObjectName("page_title")
        self.title.setProperty("role", "title")
        self.status = PhaseLabel(parent=self)
        self.caption = ElidedLabel(self)
        self.caption.setObjectName("page_caption")
        self.caption.setProperty("role", "caption")
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(theme.dp(PADDING_PX), 0, theme.dp(PADDING_PX), 0)
        self._row.setSpacing(0)
        self._row.addWidget(self.back)
        self._row.addWidget(self._rule)
        self._gap = QWidget(self)
        self._gap.setFixedWidth(theme.dp(16))
        self._row.addWidget(self._gap)
        self._row.addWidget(self.title)
        self._row.addSpacing(theme.dp(12))
        self._row.addWidget(self.status)
        self._status_gap = QWidget(self)
        self._status_gap.setFixedWidth(theme.dp(12))
        self._row.addWidget(self._status_gap)
        self._row.addWidget(self.caption, 1)
        self._actions = QHBoxLayout()
        self._actions.setSpacing(theme.dp(8))
        self._row.addLayout(self._actions)
        for widget in (self.back, self._rule, self._gap, self.status, self._status_gap):
            widget.hide()

    def show_title(self, title: str, *, back: tuple[str, str] | None, status: str | None, caption: str) -> None:
        self.title.set_words(title)
        if back is not None and self.back.accessibleName() != f"返回{back[0]}":
            self.back.setText(back[0])
            self.back.setAccessibleName(f"返回{back[0]}")
        self._back_to = back[1] if back is not None else ""
        for widget in (self.back, self._rule, self._gap):
            widget.setVisible(back is not None)
        left = theme.dp(PADDING_PX) - (theme.dp(12) if back is not None else 0)
        self._row.setContentsMargins(left, 0, theme.dp(PADDING_PX), 0)
        if status is not None:
            self.status.set_phase(status, STATUSES.get(status, status))
        self.status.setVisible(status is not None)
        self._status_gap.setVisible(status is not None)
        self.caption.set_words(caption)

    def add_action(self, button: QPushButton) -> None:
        """Before the primary."""
        place = self._actions.count() - (1 if self._primary is not None else 0)
        self._actions.insertWidget(place, button)

    def set_primary(self, button: QPushButton) -> None:
        """Last in the row."""
        self._primary = button
        self._actions.addWidget(button)


class ElidedLabel(QLabel):
    """A line that shortens with … where there is no room, whole in its tip."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._words = ""
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Preferred)

    def set_words(self, words: str) -> None:
        """Other words."""
        if words != self._words:
            self._words = words
            self.setAccessibleName(words)
            self._fit()
            self.updateGeometry()

    def words(self) -> str:
        """All of them, cut short on screen or not."""
        return self._words

    def sizeHint(self) -> QSize:
        """As wide as all the words."""
        self.ensurePolished()
        return QSize(self.fontMetrics().horizontalAdvance(self._words) + 1, super().sizeHint().height())

    def minimumSizeHint(self) -> QSize:
        """May be cut down to a few characters."""
        self.ensurePolished()
        least = self.fontMetrics().horizontalAdvance("中中…")
        return QSize(min(self.sizeHint().width(), least), super().minimumSizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Shorten to what there is."""
        super().resizeEvent(event)
        self._fit()

    def changeEvent(self, event: QEvent) -> None:
        """Another font, another length."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange:
            self._fit()

    def _fit(self) -> None:
        shown = self.fontMetrics().elidedText(self._words, Qt.TextElideMode.ElideRight, max(self.width(), 1))
        cut = self.width() > 0 and self.isVisible() and shown != self._words
        self.setToolTip(self._words if cut else "")
        self.setText(shown if cut else self._words)


def scrolled(inner: QWidget, name: str) -> QScrollArea:
    """``inner`` (which has an object name) to be scrolled up and down on the page's own ground."""
    scroll = QScrollArea()
    scroll.setObjectName(name)
    scroll.setFrameShape(QFrame.Shape.NoFrame)
    scroll.setWidgetResizable(True)
    scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    scroll.setWidget(inner)
    scroll.setStyleSheet(f"#{name}, #{inner.objectName()} {{ background: transparent; }}")
    scroll.viewport().setAutoFillBackground(False)
    return scroll


def hairline(parent: QWidget | None = None) -> QFrame:
    """A decorative rule between sections (QFrame.HLine is two-tone in Fusion)."""
    line = QFrame(parent)
    line.setProperty("role", "hairline")
    line.setFixedHeight(1)
    return line
