"""An account without the right walks through every page: no window, title or list ever has the restricted words."""

from __future__ import annotations

from pathlib import Path

import pytest
from clerk import PASSWORD, Clerk, StartProgram, second_account, set_up_office
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QWidget

from jiafang_desktop.common import clock
from jiafang_desktop.domain.guidance import NAMES
from jiafang_desktop.domain.problems import ProblemContent
from jiafang_desktop.domain.visits import WAYS, Leader, Topics, VisitContent, Visitee
from jiafang_desktop.services import concerns, guidance, meetings, session, visits

PLAIN = "li-si-de-mi-ma-2026"
CANARY = "金丝雀绝不外传"
PAGES = ("workbench", "concerns", "visits", "ledger", "summary", "files", "roster", "settings")
_PROPERTIES = ("text", "plainText", "windowTitle", "toolTip", "accessibleName", "accessibleDescription", "whatsThis")


@pytest.fixture
def walked(tmp_path: Path, start: StartProgram) -> tuple[Clerk, str]:
    """At the 工作台 of an office with restricted words, as somebody who may not see them."""
    folder = tmp_path / "数据"
    set_up_office(folder)
    second_account(folder, "李四", PLAIN)
    store = session.open_store(folder, PASSWORD)
    by = store.operator
    asked = {"cadre": {"name": "张建国"}, "source": "masses", "text": "缺人手", "priority": "warning_sign"}
    concern = concerns.add(store, asked, by=by).id
    content = VisitContent(
        visitee=Visitee("张建国", "中心主任"), date=clock.today(), leaders=(Leader("钱永和", "镇长"),),
        recorder="王敏", met=("本人",), ways=WAYS, matter="看望", account="到家中看望。", priority="warning_sign",
        concerns=(concern,), topics=Topics(advice_leaders=CANARY),
    )  # fmt: skip
    rec = visits.register(store, content, by=by, problems=[ProblemContent("家里缺人手")]).id
    guidance.write(store, rec, {name: f"{CANARY}{title}" for name, title in NAMES.items()}, by=by)
    visits.edit(store, rec, {"topic_advice_leaders": f"{CANARY}二"}, by=by)
    held = {
        "on": clock.today().isoformat(),
        "attendees": ["钱永和"],
        "minutes": "逐件研究。",
        "decisions": ["安排护工"],
    }
    meetings.add(store, held, by=by)
    store.close()
    clerk = start(folder)
    clerk.open_door(PLAIN)
    clerk.on_page("workbench")
    return clerk, rec


def shown() -> str:
    """Every word any widget has, seen or not, with the rows of every list."""
    words = []
    for widget in QApplication.allWidgets():
        words += [str(widget.property(name) or "") for name in _PROPERTIES]
        words += rows_of(widget)
    return "\n".join(words)


def rows_of(widget: QWidget) -> list[str]:
    model = getattr(widget, "model", None)
    model = model() if callable(model) else model
    if model is None or not hasattr(model, "rowCount"):
        return []
    roles = (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole, Qt.ItemDataRole.AccessibleTextRole)
    places = [(row, column) for row in range(model.rowCount()) for column in range(model.columnCount())]
    found = [str(model.data(model.index(row, column), role) or "") for row, column in places for role in roles]
    own = getattr(model, "row", None)
    return found + ([repr(own(row)) for row in range(model.rowCount())] if own is not None else [])


def test_no_page_or_dialog_shows_what_the_account_may_not_see(walked: tuple[Clerk, str]) -> None:
    clerk, rec = walked
    seen = ""
    for name in PAGES:
        clerk.click(f"nav_{name}")
        clerk.on_page(name)
        seen += shown()
    for name in ("problems", "signing"):
        clerk.main.ctx.open(name)
        clerk.on_page(name)
        seen += shown()
    clerk.main.ctx.open("visit", visit_id=rec)
    editor = clerk.on_page("visit")
    clerk.until(lambda: editor.is_ready and editor.visit is not None)
    seen += shown()
    clerk.click("button_preview")
    clerk.dialog("dialog_preview")
    seen += shown()
    clerk.dialog("dialog_preview").reject()
    editor.acts.history()
    clerk.dialog("dialog_history")
    seen += shown()
    clerk.dialog("dialog_history").reject()
    assert CANARY not in seen
    assert "张建国" in seen and "家里缺人手" in seen and "安排护工" in seen  # what may be seen is found this way
