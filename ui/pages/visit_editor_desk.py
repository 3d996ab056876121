"""How the editor lies in its window: paper and foot bar left, the panel right, folded to a strip where it is narrow.

Places and sizes only; what is typed is the page's business.
"""

from __future__ import annotations

from PySide6.QtCore import QRect, Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from ui import theme
from ui.pages.visit_editor_plan import scale_for
from ui.widgets.paper_canvas import PaperCanvas
from ui.widgets.paper_foot import PaperFoot
from ui.widgets.side_panel import COMPACT_BELOW_PX, NORMAL_PX, STRIP_PX, WIDE_PX, SidePanel, SideStrip

_WIDE_FROM_PX = 1700
_MARGIN_PX = 12


class EditorDesk:
    """``row`` is the layout to add to the page; ``scroll`` holds the paper."""

    def __init__(self, page: QWidget, canvas: PaperCanvas, foot: PaperFoot, panel: SidePanel, strip: SideStrip) -> None:
        self._page, self.panel, self.strip = page, panel, strip
        self.is_whole = False
        self.is_compact = False
        self._open = False
        self.scroll = QScrollArea(page)
        self.scroll.setObjectName("paper_scroll")
        self.scroll.setProperty("ground", "desk")
        self.scroll.setFrameShape(QFrame.Shape.NoFrame)
        self.scroll.setWidgetResizable(True)
        self.scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.scroll.setWidget(canvas)
        left = QVBoxLayout()
        left.setSpacing(0)
        left.addWidget(self.scroll, 1)
        left.addWidget(foot)
        parting = QFrame(page)
        parting.setFixedWidth(1)
        parting.setStyleSheet(f"background: {theme.color('hair').name()}; border: none;")
        self.row = QHBoxLayout()
        self.row.setContentsMargins(0, 0, 0, 0)
        self.row.setSpacing(0)
        self.row.addLayout(left, 1)
        for widget in (parting, strip, panel):
            self.row.addWidget(widget)

    def scale(self) -> float:
        """px per mm for the view as it is."""
        return scale_for(self.scroll.viewport().size(), whole=self.is_whole)

    def reveal(self, rect: QRect) -> None:
        """Scroll a rectangle of the canvas wholly into sight, or its top where it is taller than the view."""
        room, air = self.scroll.viewport().height(), theme.dp(_MARGIN_PX)
        margin = air if rect.height() + 2 * air < room else 0
        top, bottom = rect.top() - margin, rect.bottom() + margin
        if rect.height() > room:
            bottom = top + room
        bar = self.scroll.verticalScrollBar()
        if top < bar.value():
            bar.setValue(top)
        elif bottom > bar.value() + room:
            bar.setValue(bottom - room)

    @property
    def is_panel_over_paper(self) -> bool:
        """Whether the panel lies over the desk just now."""
        return self.is_compact and self._open

    def fold_panel(self) -> None:
        """Back to the strip where the window is compact."""
        self._open = False
        self.place_panel()

    def open_panel(self, word: str) -> None:
        """Show a section of the panel, opening the panel where it is folded."""
        self._open = True
        self.place_panel()
        section = self.panel.sections.get(word)
        if section is not None:
            self.panel.ensureWidgetVisible(section, 0, theme.dp(16))

    def place_panel(self) -> None:
        """Beside the paper, or under 1240 logical px as a strip with the panel over the desk on demand."""
        page, panel = self._page, self.panel
        window_px = page.window().width()
        self.is_compact = window_px < theme.dp(COMPACT_BELOW_PX)
        self.strip.setVisible(self.is_compact)
        if not self.is_compact:
            if self.row.indexOf(panel) < 0:
                self.row.addWidget(panel)
            panel.setFixedWidth(theme.dp(WIDE_PX if window_px >= theme.dp(_WIDE_FROM_PX) else NORMAL_PX))
            panel.setStyleSheet("")
            panel.show()
            return
        self.row.removeWidget(panel)
        panel.setParent(page)
        width = theme.dp(NORMAL_PX)
        top = self.scroll.mapTo(page, self.scroll.rect().topLeft()).y()
        panel.setFixedWidth(width)
        panel.setStyleSheet(f"#side_panel {{ border: none; border-left: 1px solid {theme.color('edge').name()}; }}")
        panel.setGeometry(page.width() - width - theme.dp(STRIP_PX), top, width, page.height() - top)
        panel.setVisible(self._open)
        panel.raise_()
