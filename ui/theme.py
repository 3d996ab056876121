"""The quiet desk: colours, type and sizes by name, and giving them to the application once.

Whoever paints asks here for ``color``, ``font`` and ``dp`` and never writes a figure of its own. How widgets are
dressed with these is theme_sheet's.
"""

from __future__ import annotations

import sys
from functools import cache

from PySide6.QtGui import QColor, QFont, QGuiApplication, QPalette
from PySide6.QtWidgets import QApplication

TOKENS = {
    "desk": "#F2F0EB", "desk2": "#E9E6DF", "paper": "#FFFFFF", "warm": "#F7F4EE",
    "ink": "#1D2124", "ink2": "#53585C", "ink3": "#676B6E",
    "hair": "#E3DFD7", "line": "#CBC6BC", "edge": "#86817A",
    "accent": "#17545A", "accent_hover": "#124449", "accent_pressed": "#0D3236", "tint": "#E9F1F1", "tint2": "#D0E1E2",
    "red": "#B0261C", "red_tint": "#FBEEEC", "amber": "#85560A", "amber_tint": "#FAF3E2", "disabled": "#9C9C98",
    "handle": "#BDB8AC",
}  # fmt: skip
# High contrast (THEME, Layout): desk is paper, every line and ink black; states stay apart because they are shapes.
_HIGH = TOKENS | {
    "desk": "#FFFFFF", "desk2": "#FFFFFF", "warm": "#FFFFFF", "ink": "#000000", "ink2": "#000000", "ink3": "#000000",
    "hair": "#000000", "line": "#000000", "edge": "#000000", "tint": "#FFF7C2", "tint2": "#FFE97A",
    "red_tint": "#FFFFFF", "amber_tint": "#FFFFFF", "disabled": "#5C5C5C", "handle": "#000000",
}  # fmt: skip
# Under a high-contrast theme of the system the palette speaks, painters read it through the same names.
_ROLES = {
    "desk": QPalette.ColorRole.Window, "desk2": QPalette.ColorRole.Button, "paper": QPalette.ColorRole.Base,
    "warm": QPalette.ColorRole.Base, "tint": QPalette.ColorRole.Base, "tint2": QPalette.ColorRole.Base,
    "red_tint": QPalette.ColorRole.Base, "amber_tint": QPalette.ColorRole.Base,
    "accent": QPalette.ColorRole.Highlight, "accent_hover": QPalette.ColorRole.Highlight,
    "accent_pressed": QPalette.ColorRole.Highlight, "disabled": QPalette.ColorRole.PlaceholderText,
}  # fmt: skip
# A CJK family first: a Latin one first lets the fallback mix SC and JP glyphs and moves the baseline.
FAMILIES = (
    "Microsoft YaHei UI", "Microsoft YaHei", "Noto Sans CJK SC", "Noto Sans SC", "Source Han Sans SC",
    "Source Han Sans CN", "PingFang SC", "WenQuanYi Micro Hei",
)  # fmt: skip
SIZES = (12, 14, 16, 20, 28, 32)
_SMALLEST, _LARGEST = 1.0, 1.6  # of the size slider; below 100 % nothing may go under 12 px


class _State:
    """What is in force. One process has one look."""

    scale = 1.0
    contrast = False
    system = False
    applied = False


def scale() -> float:
    """The factor of the size slider, 1.0 at 100 %; the screen's own scale is Qt's business."""
    return _State.scale


def dp(px: float) -> int:
    """``px`` of the drawings (100 %) in px of the window."""
    return round(px * _State.scale)


def color(token: str) -> QColor:
    """A colour by its name in THEME; KeyError for a name that is none."""
    if _State.system:
        assert token in TOKENS, token
        return QGuiApplication.palette().color(_ROLES.get(token, QPalette.ColorRole.WindowText))
    return QColor((_HIGH if _State.contrast else TOKENS)[token])


def name(token: str) -> str:
    """``color`` as #rrggbb, for sheets."""
    return color(token).name()


def font(px: int, *, bold: bool = False) -> QFont:
    """The interface's face at ``px`` of the drawings; weights 400 and 700 only."""
    return QFont(_font(dp(px), bold))


@cache
def _font(px: int, bold: bool) -> QFont:
    made = QFont(list(FAMILIES))
    made.setPixelSize(px)
    made.setWeight(QFont.Weight.Bold if bold else QFont.Weight.Normal)
    made.setHintingPreference(QFont.HintingPreference.PreferVerticalHinting)
    return made


def focus_px() -> int:
    """Width of the focus ring."""
    return 3 if _State.contrast or _State.system else 2


def is_high_contrast() -> bool:
    """Whether the program's or the system's high contrast is in force."""
    return _State.contrast or _State.system


def is_system_contrast() -> bool:
    """Whether the system's own high-contrast theme is in force: then no sheet of ours is worn."""
    return _State.system


def apply(app: QApplication, *, scale: float | None = None, contrast: bool | None = None) -> None:
    """Dress the application: style, palette, font, one style sheet. Again with other figures re-dresses it.

    Widgets that asked for ``dp`` or ``color`` while they were built keep what they got: whoever changes the size
    builds its pages anew.
    """
    from ui.theme_sheet import sheet  # asks this module for its figures

    before = (_State.scale, _State.contrast, _State.system, _State.applied)
    if scale is not None:
        _State.scale = min(max(scale, _SMALLEST), _LARGEST)
    if contrast is not None:
        _State.contrast = contrast
    _State.system = _system_high_contrast()
    _State.applied = True
    if before == (_State.scale, _State.contrast, _State.system, True):
        return
    app.setStyle("Fusion")
    app.setFont(font(14))
    if _State.system:
        app.setPalette(app.style().standardPalette())
        app.setStyleSheet("")
    else:
        app.setPalette(_palette())
        app.setStyleSheet(sheet())


def ensure_applied() -> None:
    """Dress the application if nobody did yet (a single page in a test, a small tool window)."""
    app = QApplication.instance()
    if not _State.applied and isinstance(app, QApplication):
        apply(app)


def _palette() -> QPalette:
    palette = QPalette()
    role = QPalette.ColorRole
    for token, roles in {
        "desk": (role.Window, role.Button, role.AlternateBase),
        "paper": (role.Base, role.ToolTipBase, role.HighlightedText),
        "ink": (role.WindowText, role.Text, role.ButtonText, role.ToolTipText), "ink3": (role.PlaceholderText,),
        "accent": (role.Highlight, role.Link, role.LinkVisited, role.Accent), "line": (role.Mid,), "edge": (role.Dark,),
        "hair": (role.Midlight,), "desk2": (role.Light,),
    }.items():  # fmt: skip
        for one in roles:
            palette.setColor(one, color(token))
    for one in (role.WindowText, role.Text, role.ButtonText):
        palette.setColor(QPalette.ColorGroup.Disabled, one, color("disabled"))
    return palette


def _system_high_contrast() -> bool:
    """Whether Windows reports a high-contrast theme; other systems have no such switch Qt 6.8 could ask for."""
    if sys.platform != "win32":
        return False
    import ctypes

    class HighContrast(ctypes.Structure):
        _fields_ = (("cbSize", ctypes.c_uint), ("dwFlags", ctypes.c_uint), ("lpszDefaultScheme", ctypes.c_wchar_p))

    asked = HighContrast(cbSize=ctypes.sizeof(HighContrast))
    get_high_contrast, is_on = 0x0042, 0x0001
    done = ctypes.windll.user32.SystemParametersInfoW(get_high_contrast, asked.cbSize, ctypes.byref(asked), 0)
    return bool(done and asked.dwFlags & is_on)
