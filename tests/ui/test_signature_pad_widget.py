"""The pad under a tablet's pen and from the keyboard: whole units, as wide as the pen is pressed, nothing outside."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import QInputDevice, QPointingDevice, QTabletEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from jiafang_desktop.domain.pages import Page, Sheet
from jiafang_desktop.domain.signatures import PAD_UNITS, Slot, tidied
from ui import theme
from ui.dialogs.signature_pad import SignaturePadDialog
from ui.widgets.signature_pad import SignaturePad


def pad(qtbot: QtBot) -> SignaturePad:
    app = QApplication.instance()
    assert isinstance(app, QApplication)
    theme.apply(app, scale=1.0)
    made = SignaturePad("签名框")
    made.set_width(420)
    qtbot.addWidget(made)
    with qtbot.waitExposed(made):
        made.show()
    return made


def pen(target: SignaturePad, kind: QEvent.Type, x: float, y: float, pressure: float) -> None:
    device = QPointingDevice(
        "笔", 1, QInputDevice.DeviceType.Stylus, QPointingDevice.PointerType.Pen,
        QInputDevice.Capability.Position | QInputDevice.Capability.Pressure, 1, 1,
    )  # fmt: skip
    at = QPointF(x, y)
    held = Qt.MouseButton.LeftButton
    event = QTabletEvent(
        kind, device, at, QPointF(target.mapToGlobal(at)), pressure, 0, 0, 0, 0, 0,
        Qt.KeyboardModifier.NoModifier, held, held,
    )  # fmt: skip
    QApplication.sendEvent(target, event)
    assert event.isAccepted()


def test_a_pen_draws_as_wide_as_it_is_pressed_and_never_over_the_edge(qtbot: QtBot) -> None:
    board = pad(qtbot)
    pen(board, QEvent.Type.TabletPress, 40, 40, 0.1)
    pen(board, QEvent.Type.TabletMove, 200, 90, 0.9)
    pen(board, QEvent.Type.TabletMove, 900, -50, 0.9)
    pen(board, QEvent.Type.TabletRelease, 900, -50, 0.0)
    pen(board, QEvent.Type.TabletMove, 10, 10, 0.0)  # in the air
    (line,) = board.strokes
    assert [type(value) for point in line for value in point] == [int] * 9
    assert line[0][2] < line[1][2] and (line[2][0], line[2][1]) == (PAD_UNITS[0], 0)
    assert tidied(board.strokes) == board.strokes


def test_points_closer_than_a_tenth_of_a_millimetre_are_one(qtbot: QtBot) -> None:
    board = pad(qtbot)
    QTest.mousePress(board, Qt.MouseButton.LeftButton, pos=QPoint(50, 50))
    for step in range(1, 41):
        QTest.mouseMove(board, QPoint(50 + step, 50))
    for _ in range(40):
        QTest.mouseMove(board, QPoint(90, 50))
    QTest.mouseRelease(board, Qt.MouseButton.LeftButton, pos=QPoint(90, 50))
    assert 10 <= len(board.strokes[0]) <= 41


def test_delete_clears_backspace_takes_one_back_and_tab_leads_round(qtbot: QtBot) -> None:
    app = QApplication.instance()
    assert isinstance(app, QApplication)
    theme.apply(app, scale=1.0)
    dialog = SignaturePadDialog(Sheet("记录单", (Page(210.0, 297.0, (), ()),)), Slot("leader1", "leader", "钱永和"))
    qtbot.addWidget(dialog)
    with qtbot.waitExposed(dialog):
        dialog.show()
    dialog.activateWindow()
    qtbot.waitUntil(dialog.pad.hasFocus)
    for x in (40, 80):
        QTest.mousePress(dialog.pad, Qt.MouseButton.LeftButton, pos=QPoint(x, 30))
        QTest.mouseMove(dialog.pad, QPoint(x + 60, 90))
        QTest.mouseRelease(dialog.pad, Qt.MouseButton.LeftButton, pos=QPoint(x + 60, 90))
    QTest.keyClick(dialog.pad, Qt.Key.Key_Backspace)
    assert len(dialog.pad.strokes) == 1
    names = []
    for _ in range(6):
        QTest.keyClick(QApplication.focusWidget(), Qt.Key.Key_Tab)
        names.append(QApplication.focusWidget().objectName())
    assert names == ["pad_clear", "pad_take_back", "dialog_cancel", "dialog_ok", "signed_sheet", "signature_pad"]
    QTest.keyClick(dialog.pad, Qt.Key.Key_Delete)
    assert dialog.pad.strokes == () and not dialog.button_clear.isEnabled()
    assert dialog.height() <= 768 - 40 and dialog.pad.accessibleName() == "家访领导钱永和的签名框"
