"""The application's one style sheet, made from theme's names and figures.

Selectors go by class and by the ``kind`` property the kit's widgets carry. What a sheet does badly (column heads,
ticks, arrows, glyphs) is painted by the widgets themselves.
"""

from __future__ import annotations

from ui.theme import dp, focus_px, name


def sheet() -> str:
    """All rules."""
    return "\n".join((_buttons(), _fields(), _choices(), _lists(), _words(), _scroll_bars()))


def _box(height_px: int, side_px: float, *, border_px: int = 1) -> str:
    """min- and max-height and padding of a box that is ``height_px`` high outside (the box model adds the border)."""
    inner = dp(height_px) - 2 * border_px
    side = dp(side_px) - border_px
    return f"min-height: {inner}px; max-height: {inner}px; padding: 0 {max(side, 0)}px;"


def _ring(height_px: int, side_px: float) -> str:
    """The focus border: wider, the padding narrower by as much, so nothing moves."""
    ring = focus_px()
    return f"border: {ring}px solid {name('accent')}; {_box(height_px, side_px, border_px=ring)}"


def _buttons() -> str:
    radius = f"border-radius: {dp(4)}px;"
    accent, hover, pressed = name("accent"), name("accent_hover"), name("accent_pressed")
    paper, desk, desk2, ink, disabled = (name(token) for token in ("paper", "desk", "desk2", "ink", "disabled"))
    line, edge = name("line"), name("edge")
    rules = [
        f'QPushButton[kind="primary"] {{ background: {accent}; color: #FFFFFF; border: 1px solid {accent};'
        f" font-weight: 700; {radius} }}",
        f'QPushButton[kind="primary"]:hover {{ background: {hover}; border-color: {hover}; }}',
        f'QPushButton[kind="primary"]:pressed {{ background: {pressed}; border-color: {pressed}; }}',
        f'QPushButton[kind="primary"]:disabled {{ background: {desk2}; border-color: {desk2}; color: {disabled}; }}',
        f'QPushButton[kind="plain"] {{ background: {paper}; color: {ink}; border: 1px solid {line};'
        f" border-bottom-color: {edge}; {radius} }}",
        f'QPushButton[kind="plain"]:hover {{ background: {desk}; }}',
        f'QPushButton[kind="plain"]:pressed {{ background: {desk2}; }}',
        f'QPushButton[kind="plain"]:disabled {{ color: {disabled}; border-bottom-color: {line}; }}',
        f'QPushButton[kind="quiet"] {{ background: transparent; color: {ink};'
        f" border: 1px solid transparent; {radius} }}",
        f'QPushButton[kind="quiet"]:hover {{ background: {desk}; }}',
        f'QPushButton[kind="quiet"]:pressed, QPushButton[kind="quiet"]:checked {{ background: {desk2}; }}',
        f'QPushButton[kind="quiet"]:disabled {{ color: {disabled}; background: transparent; }}',
    ]
    for height, size in ((32, "normal"), (36, "tall")):
        for kind, side in (("primary", 18), ("plain", 15), ("quiet", 12)):
            chosen = f'QPushButton[kind="{kind}"][stature="{size}"]'
            rules.append(f"{chosen} {{ {_box(height, side)} }}")
            if kind == "primary":  # a ring in the button's own ink would not be seen: white inside the edge
                rules.append(f"{chosen}:focus {{ border: {focus_px()}px solid {name('tint2')}; outline: none; "
                             f"background: {hover}; {_box(height, side, border_px=focus_px())} }}")  # fmt: skip
            else:
                rules.append(f"{chosen}:focus {{ {_ring(height, side)} outline: none; }}")
    rules += [
        f'QPushButton[kind="link"] {{ background: transparent; color: {accent}; border: none; text-align: left;'
        f" border-bottom: 2px solid transparent; padding: {dp(2)}px 0 0 0; min-height: {dp(20)}px; }}",
        f'QPushButton[kind="link"]:hover {{ color: {hover}; text-decoration: underline; }}',
        f'QPushButton[kind="link"]:focus {{ border-bottom: {focus_px()}px dotted {accent}; outline: none; }}',
        f'QPushButton[kind="link"]:disabled {{ color: {disabled}; }}',
    ]
    return "\n".join(rules)


def _fields() -> str:
    line, edge, ink, paper, red = (name(token) for token in ("line", "edge", "ink", "paper", "red"))
    base = (
        f"background: {paper}; color: {ink}; border: 1px solid {line}; border-bottom-color: {edge};"
        f" border-radius: {dp(4)}px; selection-background-color: {name('tint2')}; selection-color: {ink};"
    )
    hold = f"placeholder-text-color: {name('ink3')};"
    off = f"background: {name('desk')}; color: {name('ink2')}; border-bottom-color: {line};"
    rules = [f"QLineEdit {{ {base} {hold} {_box(32, 8)} }}", f"QLineEdit:focus {{ {_ring(32, 8)} }}",
             f"QLineEdit:disabled, QLineEdit:read-only {{ {off} }}",
             f"QLineEdit[tall=\"true\"] {{ {_box(36, 8)} }}", f"QLineEdit[tall=\"true\"]:focus {{ {_ring(36, 8)} }}",
             f"QLineEdit[error=\"true\"] {{ border-color: {red}; }}",
             f"QComboBox {{ {base} {_box(32, 10)} combobox-popup: 0; }}", f"QComboBox:focus {{ {_ring(32, 10)} }}",
             f"QComboBox[tall=\"true\"] {{ {_box(36, 10)} }}", f"QComboBox[tall=\"true\"]:focus {{ {_ring(36, 10)} }}",
             f"QComboBox:disabled {{ {off} }}",
             f"QComboBox[error=\"true\"] {{ border-color: {red}; }}",
             f"QComboBox::drop-down {{ border: none; width: {dp(28)}px; }}",
             "QComboBox::down-arrow { image: none; width: 0; height: 0; }",
             f"QPlainTextEdit[kind=\"field\"] {{ {base} {hold} padding: {dp(4)}px {dp(4)}px; }}",
             f"QPlainTextEdit[kind=\"field\"]:focus {{ border: {focus_px()}px solid {name('accent')};"
             f" padding: {dp(4) - focus_px() + 1}px {dp(4) - focus_px() + 1}px; }}",
             f"QPlainTextEdit[kind=\"field\"]:disabled, QPlainTextEdit[kind=\"field\"]:read-only {{ {off} }}",
             f"QPlainTextEdit[error=\"true\"] {{ border-color: {red}; }}",
             f"QAbstractSpinBox {{ {base} {_box(32, 8)} }}", f"QAbstractSpinBox:focus {{ {_ring(32, 8)} }}",
             f"QAbstractSpinBox:disabled {{ {off} }}",
             "QAbstractSpinBox::up-button, QAbstractSpinBox::down-button { border: none; background: transparent;"
             f" width: {dp(22)}px; }}",
             "QAbstractSpinBox::up-arrow, QAbstractSpinBox::down-arrow { image: none; width: 0; height: 0; }",
             "QAbstractSpinBox QLineEdit, QAbstractSpinBox QLineEdit:focus, QComboBox QLineEdit,"
             " QComboBox QLineEdit:focus { border: none; padding: 0; min-height: 0; background: transparent; }",
             ]  # fmt: skip
    return "\n".join(rules)


def _choices() -> str:
    ring, accent, edge, paper = focus_px(), name("accent"), name("edge"), name("paper")
    side = dp(16)
    return "\n".join((
        f"QRadioButton {{ background: transparent; spacing: {dp(8)}px; min-height: {dp(28)}px; }}",
        f"QRadioButton::indicator {{ width: {side}px; height: {side}px; border: 1px solid {edge};"
        f" border-radius: {side // 2 + 1}px; background: {paper}; }}",
        f"QRadioButton::indicator:checked {{ width: {side - dp(10) + 2}px; height: {side - dp(10) + 2}px;"
        f" border: {dp(5)}px solid {accent}; border-radius: {side // 2 + 1}px; }}",
        f"QRadioButton:focus {{ color: {accent}; outline: none; }}",
        f"QRadioButton:focus::indicator {{ border-color: {accent}; }}",
        f"QRadioButton::indicator:focus {{ border: {ring}px solid {accent}; }}",
        f"QRadioButton:disabled {{ color: {name('disabled')}; }}",
    ))  # fmt: skip


def _lists() -> str:
    paper, line, tint, ink, desk = (name(token) for token in ("paper", "line", "tint", "ink", "desk"))
    return "\n".join((
        f"QComboBox QAbstractItemView {{ background: {paper}; border: 1px solid {line}; outline: none;"
        f" padding: {dp(4)}px 0; }}",
        f"QComboBox QAbstractItemView::item {{ min-height: {dp(32)}px; padding: 0 {dp(10)}px; color: {ink}; }}",
        f"QComboBox QAbstractItemView::item:selected {{ background: {tint}; color: {ink}; }}",
        f"QMenu {{ background: {paper}; border: 1px solid {line}; padding: {dp(4)}px 0; }}",
        f"QMenu::item {{ padding: {dp(7)}px {dp(24)}px {dp(7)}px {dp(16)}px; color: {ink}; background: transparent; }}",
        f"QMenu::item:selected {{ background: {tint}; }}",
        f"QMenu::item:disabled {{ color: {name('disabled')}; }}",
        f"QMenu::item:checked {{ font-weight: 700; color: {name('accent')}; }}",
        f"QMenu::separator {{ height: 1px; background: {name('hair')}; margin: {dp(4)}px 0; }}",
        "QMenu::indicator { width: 0; }",
        f"QToolTip {{ background: {paper}; color: {ink}; border: 1px solid {name('edge')};"
        f" padding: {dp(4)}px {dp(8)}px; }}",
        f"QDialog, QInputDialog {{ background: {paper}; }}",
        f"QMainWindow {{ background: {desk}; }}",
    ))  # fmt: skip


def _words() -> str:
    """Labels by their place: ``role`` is caption, hint, section, title, figure, head, error or warn."""
    rules = ["QLabel { background: transparent; }"]
    for role, px, token, bold in (
        ("caption", 12, "ink2", False), ("count", 12, "ink2", False), ("section", 16, "ink", True),
        ("head", 14, "ink", True), ("title", 20, "ink", True), ("unit", 28, "ink", True), ("figure", 32, "ink", True),
        ("second", 14, "ink2", False), ("error", 12, "red", False), ("warn", 12, "amber", False),
        ("done", 12, "accent", False), ("red", 14, "red", True), ("nav", 16, "ink", True),
    ):  # fmt: skip
        weight = 700 if bold else 400
        rules.append(f'QLabel[role="{role}"] {{ font-size: {dp(px)}px; color: {name(token)}; font-weight: {weight}; }}')
    rules.append(f'QFrame[role="hairline"] {{ background: {name("hair")}; border: none; }}')
    rules.append(f'QFrame[role="rule"] {{ background: {name("line")}; border: none; }}')
    return "\n".join(rules)


def _scroll_bars() -> str:
    wide, air = dp(10), dp(2)
    handle, dark = name("handle"), name("edge")
    return "\n".join((
        "QScrollBar { background: transparent; border: none; }",
        f"QScrollBar:vertical {{ width: {wide}px; margin: 0; }}",
        f"QScrollBar:horizontal {{ height: {wide}px; margin: 0; }}",
        f"QScrollBar::handle {{ background: {handle}; border-radius: {dp(3)}px; margin: {air}px; }}",
        f"QScrollBar::handle:hover, QScrollBar::handle:pressed {{ background: {dark}; }}",
        f"QScrollBar::handle:vertical {{ min-height: {dp(32)}px; }}",
        f"QScrollBar::handle:horizontal {{ min-width: {dp(32)}px; }}",
        f'QAbstractScrollArea[ground="desk"] QScrollBar {{ background: {name("desk")}; }}',
        f"QAbstractScrollArea::corner {{ background: {name('paper')}; border: none; }}",
        "QScrollBar::add-line, QScrollBar::sub-line { width: 0; height: 0; }",
        "QScrollBar::add-page, QScrollBar::sub-page { background: transparent; }",
    ))  # fmt: skip
