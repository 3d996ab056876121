"""The paper as a place to type: lines, carets and selection are the planner's, keys and input methods are real."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QInputMethodEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from jiafang_desktop.documents.forms.fields import RecordFields
from jiafang_desktop.documents.forms.fit import plan_record
from ui.models.visit_form import PAPER_CELLS, VisitForm
from ui.widgets.paper_canvas import PaperCanvas
from ui.widgets.paper_foot import rulers_of, words_for
from ui.widgets.paper_view import px_per_mm_for

ACCOUNT = (
    "9月16日下班后，到张建国同志家中家访，送上镇党委的问候。看：北房四间，院落整洁，老母亲卧床，需人照料。谈：今年任务重、加班多，"
    "担心照顾不好老人，思想总体稳定。听：爱人支持其工作，希望夜间值班适当照顾，并帮助办理慢性病门诊待遇。访：对其正常诉求逐项了解，"
    "当场送去护理用品，约定联系人。"
)


class Desk:
    """A canvas fed by the planner itself, as the page does it."""

    def __init__(self, canvas: PaperCanvas) -> None:
        self.canvas, self.form = canvas, VisitForm()
        self.form.changed.connect(self._changed)
        canvas.typed.connect(self.form.type_text)
        canvas.undo_wanted.connect(self.form.undo)
        canvas.redo_wanted.connect(self.form.redo)
        for signal in (canvas.composing, canvas.entered, canvas.left):
            signal.connect(lambda _name: self.replan())
        self.replan()

    def _changed(self, names: frozenset[str], walked: bool) -> None:
        for name in names & set(PAPER_CELLS) if walked else ():
            self.canvas.cells[name].set_text(self.form[name])
        self.replan()

    def replan(self) -> None:
        content = self.form.printable(None, self.canvas.shown_text).content
        visitee = content.visitee
        self.plan = plan_record(RecordFields(
            unit="德政镇", date=content.date, number=content.number, visitee_name=visitee.name,
            visitee_post=visitee.post, address=visitee.address, spouse_name=visitee.spouse_name,
            spouse_work=visitee.spouse_work, account=content.account, resolution=content.resolution,
            leaders=tuple((leader.name, leader.post) for leader in content.leaders),
        ))  # fmt: skip
        texts = {cell: self.canvas.shown_text(cell) for cell in ("account", "resolution")}
        self.rulers = rulers_of(self.plan, texts)
        self.canvas.set_sheet(self.plan.sheet)
        self.canvas.set_rulers(self.rulers)

    def enter(self, name: str) -> None:
        self.canvas.cells[name].setFocus(Qt.FocusReason.TabFocusReason)

    def commit(self, text: str, preedit: str = "") -> None:
        event = QInputMethodEvent(preedit, [])
        event.setCommitString(text)
        QApplication.sendEvent(QApplication.focusWidget(), event)

    def key(self, key: Qt.Key, held: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
        QTest.keyClick(QApplication.focusWidget(), key, held)


@pytest.fixture
def desk(qtbot: QtBot) -> Iterator[Desk]:
    canvas = PaperCanvas()
    canvas.set_scale(px_per_mm_for(17))
    canvas.resize(808, 900)
    qtbot.addWidget(canvas)
    with qtbot.waitExposed(canvas):
        canvas.show()
    canvas.activateWindow()
    qtbot.waitUntil(lambda: QApplication.activeWindow() is canvas)
    yield Desk(canvas)


def test_enter_and_tab_go_through_the_cells_as_the_paper_reads(desk: Desk) -> None:
    desk.enter("date")
    seen = []
    for _ in PAPER_CELLS:
        focused = desk.canvas.focused()
        assert focused is not None
        seen.append(focused)
        desk.key(Qt.Key.Key_Tab if focused in ("account", "resolution") else Qt.Key.Key_Return)
    assert tuple(seen) == PAPER_CELLS
    desk.key(Qt.Key.Key_Backtab)
    assert desk.canvas.focused() == "leader_name"


def test_enter_in_a_long_cell_begins_a_paragraph_and_ctrl_enter_leaves_it(desk: Desk) -> None:
    desk.enter("account")
    desk.commit("一")
    desk.key(Qt.Key.Key_Return)
    desk.commit("二")
    assert desk.form["account"] == "一\n二"
    desk.key(Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert desk.canvas.focused() == "resolution"


def test_ascii_keys_and_committed_chinese_land_in_the_cell(desk: Desk) -> None:
    desk.enter("address")
    desk.commit("建设路")
    QTest.keyClicks(desk.canvas.cells["address"], "36")
    desk.commit("号")
    assert desk.form["address"] == "建设路36号"
    printed = "".join(run.text for run in desk.plan.sheet.pages[0].runs if run.cell == "address")
    assert printed == "建设路36号"


def test_keys_of_an_open_composition_are_not_eaten(desk: Desk) -> None:
    desk.enter("visitee_name")
    desk.commit("张")
    desk.commit("", preedit="jian")
    assert desk.canvas.shown_text("visitee_name") == "张jian"
    assert desk.form["visitee_name"] == "张"
    for key in (Qt.Key.Key_Tab, Qt.Key.Key_Return, Qt.Key.Key_Down, Qt.Key.Key_Escape):
        desk.key(key)
    desk.key(Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert desk.canvas.focused() == "visitee_name"
    assert desk.form["visitee_name"] == "张"
    desk.commit("建国")
    assert desk.form["visitee_name"] == "张建国"


def test_the_composition_is_shown_underlined_on_the_paper(desk: Desk) -> None:
    desk.enter("account")
    desk.commit("看：")
    desk.commit("", preedit="beifang")
    caret = desk.canvas.caret_rect("account")
    image = desk.canvas.grab().toImage()
    line = caret.bottom() + 2
    dark = [x for x in range(caret.left() - 40, caret.left() - 4) if image.pixelColor(x, line).lightness() < 90]
    assert len(dark) > 30


def test_home_end_and_arrows_follow_the_printed_lines(desk: Desk) -> None:
    desk.enter("account")
    desk.commit(ACCOUNT)
    cell = desk.canvas.cells["account"]
    starts = [line.start for line in desk.plan.pages[0].account.lines]  # type: ignore[union-attr]  # it is filled
    desk.key(Qt.Key.Key_Home)
    assert cell.place() == starts[-1]
    desk.key(Qt.Key.Key_Up)
    assert cell.place() == starts[-2]
    desk.key(Qt.Key.Key_End)
    assert (cell.place(), cell.at_line_end) == (starts[-1], True)
    below = desk.canvas.caret_rect("account").top()
    desk.key(Qt.Key.Key_Down)
    assert desk.canvas.caret_rect("account").top() > below
    desk.key(Qt.Key.Key_PageUp)
    desk.key(Qt.Key.Key_Home)
    assert cell.place() == 0
    desk.key(Qt.Key.Key_End, Qt.KeyboardModifier.ShiftModifier)
    assert cell.selection() == (0, starts[1])


def test_a_click_puts_the_caret_where_the_printed_character_stands(desk: Desk) -> None:
    desk.enter("account")
    desk.commit(ACCOUNT)
    desk.enter("address")
    first, second = desk.plan.pages[0].account.lines[:2]  # type: ignore[union-attr]  # it is filled
    run = next(r for r in desk.plan.sheet.pages[0].runs if r.cell == "account" and r.start == second.start)
    at = desk.canvas._frames[0].to_px(run.x_mm + run.places_mm[4] + 0.2, run.baseline_mm - 1, desk.canvas.px_per_mm)
    cell = desk.canvas.cells["account"]
    spot = QPoint(round(at[0]), round(at[1])) - cell.pos()
    QTest.mouseClick(cell.viewport(), Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, spot)
    assert desk.canvas.focused() == "account"
    assert cell.place() == first.end + 4


def test_a_date_is_typed_as_the_office_likes_and_prints_as_the_form_wants(desk: Desk) -> None:
    desk.enter("date")
    QTest.keyClicks(desk.canvas.cells["date"], "2026-11-3")
    assert "".join(run.text for run in _shown(desk, "date")) == "2026-11-3"
    desk.key(Qt.Key.Key_Return)
    assert "2026年11月3日" in "".join(run.text for run in desk.plan.sheet.pages[0].runs)


def _shown(desk: Desk, cell: str) -> list[object]:
    assert desk.canvas._sheet is not None
    return [run for run in desk.canvas._sheet.pages[0].runs if run.cell == cell]


def test_undo_and_redo_cross_cells(desk: Desk) -> None:
    desk.enter("address")
    desk.commit("东街")
    desk.enter("account")
    desk.commit("问候")
    control = Qt.KeyboardModifier.ControlModifier
    desk.key(Qt.Key.Key_Z, control)
    desk.key(Qt.Key.Key_Z, control)
    assert (desk.form["address"], desk.form["account"]) == ("", "")
    desk.key(Qt.Key.Key_Y, control)
    desk.key(Qt.Key.Key_Y, control)
    assert (desk.canvas.cells["address"].text(), desk.canvas.cells["account"].text()) == ("东街", "问候")


def test_full_cells_say_in_words_what_will_happen(desk: Desk) -> None:
    desk.enter("account")
    desk.commit(ACCOUNT)
    account = desk.rulers[0]
    assert words_for(account, overflow=0).text == "本页可容 7 行，还剩 1 行"
    desk.commit(ACCOUNT)
    smaller = words_for(desk.rulers[0], overflow=0)
    assert smaller.amber
    assert "缩小" in smaller.text
    desk.commit(ACCOUNT * 2)
    spilled = words_for(desk.rulers[0], overflow=desk.plan.carried_characters)
    assert spilled.amber
    assert "转续页" in spilled.text
    assert len(desk.plan.sheet.pages) == 2


def test_text_on_a_continuation_page_is_reached_by_click_and_keys(desk: Desk) -> None:
    desk.enter("account")
    desk.commit(ACCOUNT * 4)
    cell = desk.canvas.cells["account"]
    page = desk.canvas._frames[1].rect
    assert desk.canvas.caret_rect("account").top() > page.top()
    desk.enter("address")
    box = desk.canvas._cell_rects("account")[1]
    QTest.mouseClick(desk.canvas, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, box.center())
    assert desk.canvas.focused() == "account"
    assert cell.place() > len(ACCOUNT)


def test_rare_characters_beyond_the_basic_plane_keep_their_places(desk: Desk) -> None:
    desk.enter("visitee_name")
    desk.commit("𠮷田")
    cell = desk.canvas.cells["visitee_name"]
    assert cell.place() == 2
    desk.key(Qt.Key.Key_Left)
    desk.commit("小")
    assert desk.form["visitee_name"] == "𠮷小田"


def test_leaders_stand_one_per_line(desk: Desk) -> None:
    desk.enter("leader_name")
    desk.commit("钱永和")
    desk.key(Qt.Key.Key_Return, Qt.KeyboardModifier.AltModifier)
    desk.commit("周文斌")
    assert desk.form["leader_name"] == "钱永和\n周文斌"
    desk.key(Qt.Key.Key_Return)
    assert desk.canvas.focused() == "leader_post"


def test_fourteen_points_are_whole_pixels_at_every_scale(desk: Desk) -> None:
    for pixels in (16, 17, 18, 19, 21):
        assert 14 * 25.4 / 72 * px_per_mm_for(pixels) == pytest.approx(pixels)
