"""The four buttons: primary, plain, quiet and link. A button names its act and amount; none is red.

Looks are the style sheet's; here are names, icons and keys.
"""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QPushButton, QSizePolicy, QWidget

from ui import icons, theme

_ICON_PX = 16
_INKS = {"primary": "paper", "plain": "ink2", "quiet": "ink2", "link": "accent"}


class Button(QPushButton):
    """A push button that Enter presses too, as clerks expect."""

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter and Return click."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and not event.isAutoRepeat():
            self.click()
        else:
            super().keyPressEvent(event)

    def set_words(self, words: str) -> None:
        """Other words on it and for screen readers; an icon keeps its gap."""
        self.setText(words if self.icon().isNull() else f" {words}")
        self.setAccessibleName(words)

    def set_icon(self, name: str, token: str | None = None) -> None:
        """Put a drawing before the words."""
        kind = str(self.property("kind"))
        side = theme.dp(_ICON_PX)
        self.setIcon(icons.icon(name, side, token or _INKS[kind]))
        self.setIconSize(QSize(side, side))


def primary(
    words: str, name: str, *, icon: str | None = None, tall: bool = False, parent: QWidget | None = None
) -> Button:
    """The one main act of a page, at the far right."""
    return _button("primary", words, name, icon, tall, parent)


def plain(
    words: str, name: str, *, icon: str | None = None, tall: bool = False, parent: QWidget | None = None
) -> Button:
    """An act with an outline and a darker lower edge."""
    return _button("plain", words, name, icon, tall, parent)


def quiet(
    words: str, name: str, *, icon: str | None = None, tall: bool = False, parent: QWidget | None = None
) -> Button:
    """An act without a border."""
    return _button("quiet", words, name, icon, tall, parent)


def link(words: str, name: str, *, icon: str | None = None, parent: QWidget | None = None) -> Button:
    """An act in the middle of words."""
    made = _button("link", words, name, icon, False, parent)
    made.setCursor(Qt.CursorShape.PointingHandCursor)
    made.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
    return made


def square(words: str, name: str, icon: str, *, size_px: int = 32, parent: QWidget | None = None) -> Button:
    """An icon alone (‹ › × ··· only), its words in the tip and for screen readers."""
    made = _button("quiet", "", name, icon, False, parent)
    made.setAccessibleName(words)
    made.setToolTip(words)
    made.setProperty("stature", "square")
    made.setFixedSize(theme.dp(size_px), theme.dp(size_px))
    return made


def _button(kind: str, words: str, name: str, icon: str | None, tall: bool, parent: QWidget | None) -> Button:
    made = Button(parent)
    made.setObjectName(name)
    made.setProperty("kind", kind)
    made.setProperty("stature", "tall" if tall else "normal")
    made.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
    if icon is not None:
        made.set_icon(icon)
    made.set_words(words)
    return made
