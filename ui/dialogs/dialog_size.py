"""How large a dialog for looking at things opens: its wish, but never past the window it belongs to.

Small dialogs that ask something are as large as their words and need nothing of this.
"""

from __future__ import annotations

from PySide6.QtWidgets import QDialog, QWidget

from ui import theme

_AIR_PX = 48  # of the window that stays in sight around it, the system's title bar included


def open_within(dialog: QDialog, width_px: int, height_px: int, *, window: QWidget | None) -> None:
    """Give ``dialog`` its size in px at 100 %, cut to ``window`` and to the screen."""
    width, height = theme.dp(width_px), theme.dp(height_px)
    if window is not None:
        room = window.screen().availableSize().boundedTo(window.size()) if window.isVisible() else window.size()
        width = min(width, max(room.width() - theme.dp(_AIR_PX), 1))
        height = min(height, max(room.height() - theme.dp(_AIR_PX), 1))
    dialog.resize(width, height)
