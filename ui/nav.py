"""The navigation on the desk: unit, year, pages, who is at work, 查找. The desk paints the chosen row with the sheet.

Which pages there are is told by the shell; nothing is opened here.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QPoint, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFocusEvent, QFontMetrics, QKeyEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QButtonGroup, QLabel, QMenu, QSizePolicy, QVBoxLayout, QWidget

from ui import icons, theme
from ui.widgets.painted_button import UP_AND_DOWN, PaintedButton

WIDTH_PX = 176
ROW_PX = 40
_TOP_PX = 72  # where the first row begins below the desk's first white line
_LEFT_PX = 8  # where the chosen row's tab begins


@dataclass(frozen=True, slots=True)
class Entry:
    """A page of the navigation; ``parted`` draws a hairline before it."""

    page: str
    words: str
    icon: str
    parted: bool = False


class _Row(PaintedButton):
    """One page: icon and word; chosen rows are accent and bold, the keys show as a ring inside."""

    STEPS = UP_AND_DOWN

    def __init__(self, entry: Entry, shortcut: str) -> None:
        super().__init__(f"nav_{entry.page}")
        self.entry = entry
        self.setAccessibleName(entry.words)
        self.setToolTip(f"{entry.words}　{shortcut}")
        self.setCheckable(True)
        self.setFixedHeight(theme.dp(ROW_PX))
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self._count = 0

    def show_count(self, count: int) -> None:
        """How many wait there; 0 shows nothing."""
        if count != self._count:
            self._count = count
            self.setAccessibleDescription(f"{count} 件等着办" if count else "")
            self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Words, icon, accent bar; the tab itself lies under this on the desk."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        on = self.isChecked()
        dp, height = theme.dp, self.height()
        area = QRectF(dp(_LEFT_PX) + 0.5, 0.5, self.width() - dp(_LEFT_PX) * 2 - 1.0, height - 1.0)
        if not on and (self.isDown() or self.underMouse()):
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(theme.color("desk2"))
            painter.drawRoundedRect(area, dp(4), dp(4))
        if on:
            painter.fillRect(QRect(dp(_LEFT_PX), (height - dp(20)) // 2, dp(3), dp(20)), theme.color("accent"))
        if self.hasFocus():
            painter.setPen(QPen(theme.color("accent"), 2))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(area.adjusted(5, 3, -1, -3) if on else area.adjusted(1, 1, -1, -1), dp(4), dp(4))
        size = dp(18)
        picture = icons.pixmap(self.entry.icon, size, "accent" if on else "ink2")
        painter.drawPixmap(QRect(dp(22), (height - size) // 2, size, size), picture)
        painter.setFont(theme.font(14, bold=on))
        painter.setPen(theme.color("accent" if on else "ink"))
        words = QRect(dp(50), 0, self.width() - dp(58), height)
        painter.drawText(words, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, self.entry.words)
        if self._count:
            painter.setFont(theme.font(12))
            painter.setPen(theme.color("ink2"))
            right = QRect(0, 0, self.width() - dp(18), height)
            painter.drawText(right, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, str(self._count))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """→ opens too: the page lies there."""
        if event.key() == Qt.Key.Key_Right:
            self.click()
        else:
            super().keyPressEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """The ring comes."""
        super().focusInEvent(event)
        self.update()


class _Quiet(QAbstractButton):
    """The year switch and 查找: words on the desk that turn darker under the mouse."""

    def __init__(
        self, name: str, label: str, *, left: str = "", right: str = "", icon: str = "", small: bool = False
    ) -> None:
        super().__init__()
        self.setObjectName(name)
        self.setAccessibleName(label)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)  # painted anew when the mouse comes and goes
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setText(left)
        self._right, self._icon, self._small = right, icon, small
        self.setFixedHeight(theme.dp(24 if small else ROW_PX))

    def sizeHint(self) -> QSize:
        """As wide as the navigation."""
        return QSize(theme.dp(WIDTH_PX), self.height())

    def paintEvent(self, event: QPaintEvent) -> None:
        """Icon, words, and what stands at the right."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        dp, height = theme.dp, self.height()
        left = QRectF(dp(12) + 0.5, 0.5, self.width() - dp(24) - 1.0, height - 1.0)
        if self.isDown() or self.underMouse():
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(theme.color("desk2"))
            painter.drawRoundedRect(left, dp(4), dp(4))
        if self.hasFocus():
            painter.setPen(QPen(theme.color("accent"), 2))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(left.adjusted(0.5, 0.5, -0.5, -0.5), dp(4), dp(4))
        at, flags = dp(20), Qt.AlignmentFlag.AlignVCenter
        if self._icon and not self._small:
            size = dp(18)
            painter.drawPixmap(QRect(dp(22), (height - size) // 2, size, size), icons.pixmap(self._icon, size, "ink2"))
            at = dp(50)
        painter.setFont(theme.font(12 if self._small else 14))
        painter.setPen(theme.color("ink2" if self._small else "ink"))
        words = QRect(at, 0, self.width() - at, height)
        painter.drawText(words, Qt.AlignmentFlag.AlignLeft | flags, self.text())
        if self._small and self._icon:
            size = dp(14)
            end = at + painter.fontMetrics().horizontalAdvance(self.text()) + dp(4)
            painter.drawPixmap(QRect(end, (height - size) // 2, size, size), icons.pixmap(self._icon, size, "ink2"))
        if self._right:
            painter.setFont(theme.font(12))
            painter.setPen(theme.color("ink2"))
            painter.drawText(
                QRect(0, 0, self.width() - dp(18), height), Qt.AlignmentFlag.AlignRight | flags, self._right
            )


class Nav(QWidget):
    """``chosen(page)`` asks for a page, ``year_chosen`` for a year, ``find_wanted`` for 查找任何内容,
    ``switch_wanted`` for another 经办人."""

    chosen = Signal(str)
    year_chosen = Signal(int)
    years_wanted = Signal()
    find_wanted = Signal()
    lock_wanted = Signal()
    switch_wanted = Signal()

    def __init__(self, entries: Sequence[Entry], *, unit: str, year: int, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("nav")
        self.setAccessibleName("导航")
        self.setFixedWidth(theme.dp(WIDTH_PX))
        self.rows: dict[str, _Row] = {}
        self._group = QButtonGroup(self)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, theme.dp(14), 0, theme.dp(18))
        column.setSpacing(0)
        column.addWidget(self._unit(unit))
        self.year = _Quiet("nav_year", "切换年度", left=f"{year}年度", icon="chevron_down", small=True)
        self.year.clicked.connect(self.years_wanted)
        column.addWidget(self.year)
        column.addSpacing(theme.dp(_TOP_PX) - theme.dp(14) - theme.dp(28) - theme.dp(24) + theme.dp(16))
        for place, entry in enumerate(entries, start=1):
            if entry.parted:
                column.addWidget(_Hairline())
            row = _Row(entry, f"Ctrl+{place}")
            row.clicked.connect(lambda _=False, page=entry.page: self.chosen.emit(page))
            row.stepped.connect(lambda by, page=entry.page: self._step(page, by))
            self._group.addButton(row)
            self.rows[entry.page] = row
            column.addWidget(row)
        column.addStretch(1)
        self.operator = _Quiet("nav_operator", "经办人", right="换人", icon="person")
        self.operator.clicked.connect(self._offer_switch)
        self.operator.hide()
        column.addWidget(self.operator)
        self.find = _Quiet("nav_find", "查找任何内容", left="查找", right="Ctrl+K", icon="search")
        self.find.setToolTip("查找任何内容　Ctrl+K；只在这一页查找　Ctrl+F")
        self.find.clicked.connect(self.find_wanted)
        column.addWidget(self.find)

    def _unit(self, unit: str) -> QLabel:
        label = QLabel(unit)
        label.setObjectName("nav_unit")
        label.setFixedHeight(theme.dp(28))
        label.setContentsMargins(theme.dp(20), 0, theme.dp(8), 0)
        bold = theme.font(16, bold=True)
        label.setProperty("role", "nav")
        room = theme.dp(WIDTH_PX - 28)
        label.setToolTip(unit)
        label.setText(QFontMetrics(bold).elidedText(unit, Qt.TextElideMode.ElideRight, room))
        return label

    def choose(self, page: str | None) -> None:
        """Show which page is open; None when it belongs to no row."""
        self._group.setExclusive(False)
        for name, row in self.rows.items():
            row.setChecked(name == page)
        self._group.setExclusive(True)

    def row_rect(self, page: str) -> QRect:
        """Where the page's row lies, in this widget."""
        return self.rows[page].geometry()

    def show_count(self, page: str, count: int) -> None:
        """How many wait on a page."""
        if page in self.rows:
            self.rows[page].show_count(count)

    def show_year(self, year: int) -> None:
        """The year the pages show."""
        self.year.setText(f"{year}年度")
        self.year.update()

    def show_operator(self, name: str) -> None:
        """Who is at work; empty where nobody else ever is."""
        room = theme.dp(WIDTH_PX - 50 - 18 - 32)
        self.operator.setText(QFontMetrics(theme.font(14)).elidedText(name, Qt.TextElideMode.ElideRight, room))
        self.operator.setAccessibleName(f"经办人{name}，换人登录")
        self.operator.setToolTip(f"现在办理的是{name}，改动都记在他名下")
        self.operator.setVisible(bool(name))

    def _offer_switch(self) -> None:
        menu = QMenu(self)
        menu.setObjectName("menu_operator")
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        for words, name, wanted in (
            ("换人登录", "menu_switch", self.switch_wanted), ("锁上\tCtrl+L", "menu_lock", self.lock_wanted),
        ):  # fmt: skip
            action = menu.addAction(words)
            action.setObjectName(name)
            action.triggered.connect(wanted)
        menu.popup(self.operator.mapToGlobal(self.operator.rect().topLeft()) - QPoint(0, menu.sizeHint().height()))

    def offer_years(self, years: Sequence[int], *, present: int) -> None:
        """The menu below the year."""
        menu = QMenu(self)
        menu.setObjectName("menu_year")
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        for year in years:
            action = menu.addAction(f"{year}年度")
            action.setObjectName(f"year_{year}")
            action.setCheckable(True)
            action.setChecked(year == present)
            action.triggered.connect(lambda _=False, year=year: self.year_chosen.emit(year))
        menu.popup(self.year.mapToGlobal(self.year.rect().bottomLeft()))

    def _step(self, page: str, by: int) -> None:
        names = list(self.rows)
        place = names.index(page) + by
        if 0 <= place < len(names):
            self.rows[names[place]].setFocus(Qt.FocusReason.TabFocusReason)
        elif place == len(names):
            self.find.setFocus(Qt.FocusReason.TabFocusReason)


class _Hairline(QWidget):
    def __init__(self) -> None:
        super().__init__()
        self.setFixedHeight(theme.dp(17))

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        inset = theme.dp(20)
        painter.fillRect(
            QRect(inset, self.height() // 2, self.width() - 2 * inset + theme.dp(4), 1), theme.color("line")
        )
