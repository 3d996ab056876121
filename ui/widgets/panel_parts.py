"""Small parts that panels beside a list are made of: words in one of the theme's inks, and emptying a layout."""

from __future__ import annotations

from PySide6.QtWidgets import QLabel, QLayout

from ui import theme


def words(text: str, px: int, token: str, *, bold: bool = False) -> QLabel:
    """A label that wraps, ``px`` at 100 %, in the ink ``token`` names."""
    label = QLabel(text)
    label.setWordWrap(True)
    weight = 700 if bold else 400
    label.setStyleSheet(
        f"font-size: {theme.dp(px)}px; font-weight: {weight}; color: {theme.name(token)}; background: transparent;"
    )
    return label


def empty(layout: QLayout) -> None:
    """Take every widget out and away."""
    while layout.count():
        item = layout.takeAt(0)
        widget = item.widget() if item is not None else None
        if widget is not None:
            widget.hide()
            widget.deleteLater()
