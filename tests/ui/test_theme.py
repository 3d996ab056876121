"""The desk's names: every colour and drawing asked for exists, contrast holds, sizes follow the slider."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from ui import icons, theme

UI = Path(theme.__file__).parent


@pytest.fixture
def dressed(qtbot: QtBot) -> Iterator[QApplication]:
    app = QApplication.instance()
    assert isinstance(app, QApplication)
    theme.apply(app, scale=1.0, contrast=False)
    yield app
    theme.apply(app, scale=1.0, contrast=False)


def _sources() -> Iterator[tuple[Path, str]]:
    for path in UI.rglob("*.py"):
        yield path, path.read_text(encoding="utf-8")


def _contrast(one: QColor, other: QColor) -> float:
    def light(color: QColor) -> float:
        parts = (part / 12.92 if part <= 0.03928 else ((part + 0.055) / 1.055) ** 2.4 for part in color.getRgbF()[:3])
        return sum(weight * part for weight, part in zip((0.2126, 0.7152, 0.0722), parts, strict=True))

    high, low = sorted((light(one), light(other)), reverse=True)
    return (high + 0.05) / (low + 0.05)


def test_every_colour_asked_for_by_name_exists() -> None:
    asked = set()
    for path, text in _sources():
        for call in re.findall(r"theme\.(?:color|name)\(([^()]*)\)", text):
            asked |= {(path.name, token) for token in re.findall(r"[\"']([a-z0-9_]+)[\"']", call)}
    assert len(asked) > 60
    compared = {"header", "above", "known", "must", "void"}  # what the ink depends on, not inks
    assert {item for item in asked if item[1] not in theme.TOKENS | dict.fromkeys(compared)} == set()


def test_every_drawing_asked_for_exists() -> None:
    known = set(icons.names())
    asked = set()
    for _, text in _sources():
        asked |= set(re.findall(r"icon=\"([a-z_]+)\"", text))
        asked |= set(re.findall(r"icons\.(?:pixmap|icon)\(\"([a-z_]+)\"", text))
    assert len(asked) > 10
    assert asked - known == set()


def test_words_can_be_read_on_every_ground_they_stand_on(dressed: QApplication) -> None:
    for high in (False, True):
        theme.apply(dressed, contrast=high)
        for ink, grounds in (
            ("ink", "paper desk tint"), ("ink2", "paper desk tint"), ("ink3", "paper desk tint"),
            ("accent", "paper desk tint"), ("red", "paper red_tint"), ("amber", "paper amber_tint"),
        ):  # fmt: skip
            for ground in grounds.split():
                assert _contrast(theme.color(ink), theme.color(ground)) >= 4.5, (ink, ground, high)
        assert _contrast(QColor("#FFFFFF"), theme.color("accent")) >= 7
        assert _contrast(theme.color("edge"), theme.color("paper")) >= 3


def test_sizes_follow_the_slider_and_nothing_goes_below_twelve(dressed: QApplication) -> None:
    theme.apply(dressed, scale=1.25)
    assert (theme.dp(32), theme.font(14).pixelSize(), dressed.font().pixelSize()) == (40, 18, 18)
    assert "min-height: 38px" in dressed.styleSheet()
    theme.apply(dressed, scale=0.5)
    assert theme.font(12).pixelSize() == 12


def test_a_font_handed_out_can_be_changed_without_harm(dressed: QApplication) -> None:
    one = theme.font(14)
    one.setPixelSize(99)
    assert theme.font(14).pixelSize() == 14
    assert theme.font(14, bold=True).weight() == 700
    assert theme.font(14).families()[0] == "Microsoft YaHei UI"


def test_high_contrast_is_black_on_white(dressed: QApplication) -> None:
    theme.apply(dressed, contrast=True)
    assert theme.name("desk") == "#ffffff"
    assert theme.name("ink2") == theme.name("hair") == "#000000"
    assert theme.focus_px() == 3


def test_a_drawing_takes_the_ink_and_the_size_asked_for(dressed: QApplication) -> None:
    for name in icons.names():
        image = icons.pixmap(name, 18, "red").toImage()
        drawn = [image.pixelColor(x, y) for x in range(18) for y in range(18)]
        assert {color.name() for color in drawn if color.alpha() == 255} <= {theme.name("red")}, name
        assert sum(1 for color in drawn if color.alpha() > 40) > 8, name
        edge = [image.pixelColor(x, y).alpha() for x in (0, 17) for y in range(18)]
        assert max(edge) < 200, f"{name} is cut at its edge"
