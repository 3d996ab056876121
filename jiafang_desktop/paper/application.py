"""Qt's application object, which fonts and printers need: the windows' own, else a windowless one made once."""

from __future__ import annotations

import os
import sys

from PySide6.QtGui import QGuiApplication

_made: list[QGuiApplication] = []  # kept until the process ends: Qt's fonts must not outlive their application


def ensure_application() -> None:
    """Make a QGuiApplication that opens no window, unless there is one. To be called first on the main thread."""
    if QGuiApplication.instance() is not None:
        return
    # On Windows and macOS the native platform knows the installed fonts; elsewhere a server may have no display.
    if sys.platform not in ("win32", "darwin"):
        os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    _made.append(QGuiApplication(["jiafang"]))
