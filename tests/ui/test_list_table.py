"""Lists: very many rows by windows, ticks, keys, typing ahead, copying, widths."""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import pytest
from PySide6.QtCore import QEvent, QPoint, Qt
from PySide6.QtGui import QContextMenuEvent, QGuiApplication, QHelpEvent
from PySide6.QtTest import QAbstractItemModelTester, QTest
from PySide6.QtWidgets import QApplication, QToolTip
from pytestqt.qtbot import QtBot

from ui import theme
from ui.models.windowed import WindowedModel
from ui.widgets.table import Column, ListTable
from ui.widgets.table_keys import as_tsv

NAMES = ("张建国", "冯德胜", "刘　红", "高振华", "韩雪梅", "吴国平", "郑晓燕")


@dataclass(frozen=True)
class Row:
    id: str
    number: int
    name: str
    post: str


def row_at(place: int) -> Row:
    post = f"第 {place} 位，综合行政执法队副队长兼安监站站长、应急管理办公室负责人"
    return Row(f"r{place}", place + 1, NAMES[place % len(NAMES)], post)


COLUMNS = (
    Column("number", "序号", 64, 0, "right", lambda row: str(row.number), sorts=True),
    Column("name", "姓名", 92, 0, "left", lambda row: row.name, sorts=True),
    Column("post", "职务", 150, 2, "left", lambda row: row.post, caption=True),
    Column("state", "状态", 100, 1, "left", lambda _row: "办理中", phase=lambda _row: "in_progress"),
)


class Source:
    """Brings rows when told to, as the store's thread would: later, not at once."""

    def __init__(self, count: int) -> None:
        self.ids = [f"r{place}" for place in range(count)]
        self.asked: list[tuple[str, ...]] = []
        self._waiting: list[tuple[tuple[str, ...], Callable[[Sequence[Any]], None]]] = []

    def fetch(self, ids: tuple[str, ...], answer: Callable[[Sequence[Any]], None]) -> None:
        self.asked.append(ids)
        self._waiting.append((ids, answer))

    def bring(self) -> None:
        while self._waiting:
            ids, answer = self._waiting.pop(0)
            answer([row_at(int(name[1:])) for name in ids])
            QApplication.processEvents()


class Desk:
    def __init__(self, qtbot: QtBot, count: int, *, ticks: bool = True) -> None:
        self.source = Source(count)
        self.table = ListTable("table_people", COLUMNS, ticks=ticks, label="人员")
        self.model = WindowedModel(COLUMNS, self.source.fetch, self.table)
        if count < 1000:  # it looks at every cell after each reset
            mode = QAbstractItemModelTester.FailureReportingMode.Fatal
            self.tester = QAbstractItemModelTester(self.model, mode, self.table)
        self.table.set_model(self.model)
        self.table.resize(640, 420)
        qtbot.addWidget(self.table)
        with qtbot.waitExposed(self.table):
            self.table.show()
        self.table.activateWindow()
        self.table.view.clearFocus()  # a window gives it to its only child
        self.model.set_ids(self.source.ids)
        self.settle()

    def settle(self) -> None:
        QApplication.processEvents()
        self.source.bring()
        QApplication.processEvents()

    def key(self, key: Qt.Key, held: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
        QTest.keyClick(self.table.view, key, held)

    def at(self, place: int, x: int) -> QPoint:
        return QPoint(x, self.table.view.row_rect(place).center().y())

    def click(self, place: int, x: int, held: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
        QTest.mouseClick(self.table.view.viewport(), Qt.MouseButton.LeftButton, held, self.at(place, x))


@pytest.fixture
def desk(qtbot: QtBot) -> Iterator[Desk]:
    theme.ensure_applied()
    yield Desk(qtbot, 500)


def test_a_frame_of_a_hundred_thousand_rows_is_painted_in_a_blink(qtbot: QtBot) -> None:
    desk = Desk(qtbot, 100_000)
    view, times = desk.table.view, []
    for value in range(0, 3600, 90):
        started = time.perf_counter()
        view.verticalScrollBar().setValue(value)
        view.viewport().repaint()
        times.append(time.perf_counter() - started)
        desk.settle()
    assert statistics.median(times) < 0.1  # about 10 ms alone on a small machine


def test_only_the_rows_around_the_view_are_fetched_of_a_hundred_thousand(qtbot: QtBot) -> None:
    desk = Desk(qtbot, 100_000)
    assert sum(len(ids) for ids in desk.source.asked) <= 256
    bar = desk.table.view.verticalScrollBar()
    for value in range(0, bar.maximum(), bar.maximum() // 300):  # a dragged scroll bar
        bar.setValue(value)
    desk.settle()
    bar.setValue(bar.maximum())
    desk.settle()
    assert desk.model.peek(99_999) == row_at(99_999)
    assert sum(len(ids) for ids in desk.source.asked) < 30_000


def test_the_arrow_keys_home_and_end_take_rows_in_hand(desk: Desk) -> None:
    heard: list[object] = []
    desk.table.current_changed.connect(heard.append)
    desk.table.view.setFocus(Qt.FocusReason.TabFocusReason)
    assert desk.table.current_id() == "r0"
    desk.key(Qt.Key.Key_Down)
    desk.key(Qt.Key.Key_Down)
    desk.key(Qt.Key.Key_Up)
    desk.key(Qt.Key.Key_End)
    desk.key(Qt.Key.Key_Home)
    assert heard == ["r0", "r1", "r2", "r1", "r499", "r0"]


def test_space_ticks_and_shift_space_ticks_a_range(desk: Desk) -> None:
    desk.table.view.setFocus(Qt.FocusReason.TabFocusReason)
    desk.key(Qt.Key.Key_Space)
    for _ in range(3):
        desk.key(Qt.Key.Key_Down)
    desk.key(Qt.Key.Key_Space, Qt.KeyboardModifier.ShiftModifier)
    assert desk.model.ticked_in_order() == ("r0", "r1", "r2", "r3")
    assert desk.table.view.accessibleDescription() == "已选 4 行"
    desk.key(Qt.Key.Key_Space)
    assert desk.model.ticked_in_order() == ("r0", "r1", "r2")


def test_a_click_on_the_box_ticks_and_on_the_words_takes_in_hand(desk: Desk) -> None:
    opened: list[str] = []
    desk.table.activated.connect(opened.append)
    desk.click(2, 17)
    desk.click(5, 17, Qt.KeyboardModifier.ShiftModifier)
    assert desk.model.ticked_in_order() == ("r2", "r3", "r4", "r5")
    desk.click(7, 200)
    assert desk.table.current_id() == "r7"
    assert "r7" not in desk.model.ticked
    assert opened == []


def test_enter_and_a_double_click_open(desk: Desk) -> None:
    opened: list[str] = []
    desk.table.activated.connect(opened.append)
    desk.table.set_current("r3")
    desk.key(Qt.Key.Key_Return)
    QTest.mouseDClick(desk.table.view.viewport(), Qt.MouseButton.LeftButton, pos=desk.at(4, 200))
    assert opened == ["r3", "r4"]


def test_letters_go_to_a_name_by_initials_pinyin_or_number(desk: Desk) -> None:
    view = desk.table.view
    view.setFocus(Qt.FocusReason.TabFocusReason)
    QTest.keyClicks(view, "gzh")
    assert desk.table.current_id() == "r3"
    view.ahead.forget()
    QTest.keyClicks(view, "hanxue")
    assert desk.table.current_id() == "r4"
    view.ahead.forget()
    QTest.keyClicks(view, "42")
    assert desk.table.current_id() == "r41"
    view.ahead.forget()
    QTest.keyClicks(view, "zz")  # the same letter again goes on to the next one
    assert desk.table.current_id() in {"r42", "r48"}


def test_copied_rows_go_into_excel_with_their_heads_and_never_as_formulas(desk: Desk) -> None:
    desk.model.tick(("r0", "r450"), on=True)  # the second was never shown: it is fetched for this
    desk.key(Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    desk.settle()
    lines = QGuiApplication.clipboard().text().splitlines()
    assert lines[0] == "序号\t姓名\t职务\t状态"
    assert lines[1].startswith("1\t张建国\t第 0 位")
    assert lines[2].startswith("451\t刘　红\t第 450 位")
    risky = Row("x", 1, "=1+1", "一\t二\n三")
    assert as_tsv([risky], COLUMNS[:3]).splitlines()[1] == "1\t'=1+1\t一 二 三"


def test_hidden_columns_give_their_width_to_the_others_and_are_not_copied(desk: Desk) -> None:
    view = desk.table.view
    widths = [view.columnWidth(section) for section in range(len(COLUMNS))]
    assert sum(widths) == view.viewport().width()
    desk.table.set_hidden(("post",))
    assert sum(view.columnWidth(s) for s in (0, 1, 3)) == view.viewport().width()
    desk.table.set_current("r0")
    desk.table.view.copy()
    assert QGuiApplication.clipboard().text().splitlines()[0] == "序号\t姓名\t状态"
    desk.table.set_hidden(())
    assert [view.columnWidth(section) for section in range(len(COLUMNS))] == widths


def test_spare_width_is_shared_by_weight_and_missing_width_is_taken_alike(desk: Desk) -> None:
    view = desk.table.view
    desk.table.resize(1200, 420)
    QApplication.processEvents()
    spare = view.viewport().width() - (64 + 32 + 92 + 150 + 100)
    assert view.columnWidth(1) == 92
    assert abs(view.columnWidth(2) - 150 - spare * 2 / 3) <= 2
    desk.table.resize(400, 420)
    QApplication.processEvents()
    assert view.columnWidth(2) < 150
    assert view.columnWidth(3) <= 100


def test_the_head_that_sorts_tells_its_column(desk: Desk) -> None:
    heard: list[str] = []
    desk.table.sort_chosen.connect(heard.append)
    head = desk.table.head
    for section in (0, 1, 2):
        x = head.sectionViewportPosition(section) + 50
        QTest.mouseClick(head.viewport(), Qt.MouseButton.LeftButton, pos=QPoint(x, 10))
    assert heard == ["number", "name"]  # posts don't sort


def test_a_menu_is_asked_for_by_mouse_and_by_key(desk: Desk) -> None:
    heard: list[str] = []
    desk.table.context_wanted.connect(lambda name, _at: heard.append(name))
    view = desk.table.view
    for reason, place in ((QContextMenuEvent.Reason.Mouse, 3), (QContextMenuEvent.Reason.Keyboard, 0)):
        at = desk.at(place, 200)
        event = QContextMenuEvent(reason, at, view.viewport().mapToGlobal(at))
        QApplication.sendEvent(view.viewport(), event)
    assert heard == ["r3", "r3"]


def test_words_cut_short_are_whole_in_the_tip(desk: Desk) -> None:
    view = desk.table.view
    at = QPoint(view.columnViewportPosition(2) + 20, desk.at(1, 0).y())
    QApplication.sendEvent(view.viewport(), QHelpEvent(QEvent.Type.ToolTip, at, view.viewport().mapToGlobal(at)))
    assert QToolTip.text() == row_at(1).post
    QToolTip.hideText()


def test_a_list_without_rows_says_why(desk: Desk) -> None:
    desk.model.set_ids(())
    desk.table.set_message("没有符合条件的家访。")
    before = desk.table.view.viewport().grab().toImage()
    desk.table.set_message("")
    assert desk.table.current_id() is None
    assert desk.table.view.viewport().grab().toImage() != before


def test_a_short_list_needs_no_fetching(qtbot: QtBot) -> None:
    table = ListTable("table_short", COLUMNS)
    qtbot.addWidget(table)
    table.set_rows([row_at(place) for place in range(3)])
    table.set_current("r2")
    assert table.current_id() == "r2"
    table.set_rows([row_at(2)])
    assert table.model.ids == ("r2",)
