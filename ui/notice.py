"""A strip at the top of the sheet for what concerns all pages: read-only data, a copied folder.

Only what the store said when it was opened; messages of single acts belong to the status line.
"""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QLabel, QWidget

from ui import icons, theme
from ui.widgets import buttons


class Notice(QWidget):
    """Amber words and 知道了; hidden when there is nothing to say."""

    def __init__(self, words: tuple[str, ...], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("notice")
        self.setAccessibleName("提示")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setStyleSheet(
            f"#notice {{ background: {theme.name('amber_tint')}; border-bottom: 1px solid {theme.name('hair')};"
            f" border-top-left-radius: {theme.dp(6) - 1}px; border-top-right-radius: {theme.dp(6) - 1}px; }}"
        )
        picture = QLabel()
        picture.setPixmap(icons.pixmap("info", theme.dp(16), "amber"))
        self.words = QLabel("　".join(words))
        self.words.setObjectName("notice_words")
        self.words.setWordWrap(True)
        self.words.setStyleSheet(f"color: {theme.name('amber')}; background: transparent;")
        close = buttons.link("知道了", "button_notice_seen")
        close.clicked.connect(self.hide)
        row = QHBoxLayout(self)
        row.setContentsMargins(theme.dp(24), theme.dp(8), theme.dp(24), theme.dp(8))
        row.setSpacing(theme.dp(8))
        row.addWidget(picture)
        row.addWidget(self.words, 1)
        row.addWidget(close)
        self.setVisible(bool(words))
