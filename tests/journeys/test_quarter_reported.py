"""From the pictures on the 工作台 to their rows, and a quarter's summary reported, moved on and taken back."""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import pytest
from clerk import Clerk
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QFileDialog
from test_undone_and_refused import ask

from jiafang_desktop.common import clock
from jiafang_desktop.domain.problems import ProblemContent
from jiafang_desktop.domain.visits import WAYS, Leader, VisitContent, Visitee
from jiafang_desktop.services import problems, visits


def visit(clerk: Clerk, name: str, found: Sequence[ProblemContent] = ()) -> str:
    content = VisitContent(
        visitee=Visitee(name=name, post="民政办科员"), date=clock.today(), leaders=(Leader("孙丽华", "副镇长"),),
        recorder="王敏", met=("本人",), ways=WAYS, matter="看望", account="到家中看望。", nothing_to_solve=not found,
    )  # fmt: skip
    made: list[Any] = []
    clerk.main.ctx.tasks.run(visits.register, content, by=clerk.main.ctx.operator, problems=found).then(made.append)
    clerk.until(lambda: made)
    return str(made[0].id)


def on_workbench(clerk: Clerk) -> Any:
    clerk.click("nav_workbench")
    page = clerk.on_page("workbench")
    clerk.until(lambda: page.bench is not None and page.bench.has_any)
    return page


def test_every_picture_of_the_year_opens_as_many_visits_as_it_says(clerk: Clerk) -> None:
    visit(clerk, "何玉梅", [ProblemContent("门诊认定")])
    visit(clerk, "左卫国")
    side = on_workbench(clerk).side
    month = clock.today().month
    quarter = (month + 2) // 3
    picture = side.chart.months[month - 1]
    assert picture.accessibleName() == f"{month}月家访 2 次：待归档 1，办理中 1"
    for button, rows in (
        ("button_year_visits", 2), ("button_year_archived", 0), (f"chart_month_{month}", 2),
        (f"chart_quarter_{quarter}", 2),
    ):  # fmt: skip
        clerk.click(button)
        dialog: Any = clerk.dialog("dialog_figure_rows")
        assert len(dialog.table.model.ids) == rows, button
        dialog.reject()
        clerk.until(lambda: not clerk.seen("dialog_figure_rows"))
    picture.setFocus()
    QTest.keyClick(picture, Qt.Key.Key_Left)
    assert side.chart.focusWidget() is not picture


def test_a_reported_quarter_prints_what_was_reported_tells_what_moved_and_can_be_taken_back(
    clerk: Clerk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    rec = visit(clerk, "何玉梅", [ProblemContent("门诊认定")])
    on_workbench(clerk)
    today = clock.today()
    clerk.click(f"quarter_{today.year}-{(today.month + 2) // 3}")
    page = clerk.on_page("summary")
    clerk.until(lambda: page.view is not None)
    clerk.click("button_mark_reported")
    clerk.click("dialog_ok", clerk.dialog("dialog_mark_reported"))
    clerk.until(lambda: page.view.found.reported is not None and "上报（王敏）" in page.bar.state.text())
    assert not page.bar.button_changes.isVisible()
    ask(clerk, problems.resolve, rec, 1, text="已办好。", on=today, outcome="solved", by=clerk.main.ctx.operator)
    clerk.until(page.bar.button_changes.isVisible)
    clerk.click("button_report_changes")
    dialog: Any = clerk.dialog("dialog_report_changes")
    told = {one.title: (one.then.value, one.now.value) for one in dialog.rows.values()}
    assert told["正在办理"] == (1, 0) and told["已解决"] == (0, 1)
    QTest.keyClick(dialog.table.view, Qt.Key.Key_Return)
    rows: Any = clerk.dialog("dialog_figure_rows")
    assert len(rows.table.model.ids) == 1
    rows.reject()
    dialog.reject()
    target = tmp_path / "总结.docx"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_args, **_named: (str(target), ""))
    clerk.click("button_summary_word")
    clerk.dialog("dialog_export_done").reject()
    assert "继续办理尚未办结的1个问题" in _plain(target)
    clerk.click("button_revoke_report")
    reason = clerk.dialog("dialog_revoke_report")
    clerk.type("field_reason", "县里退回补充", reason)
    clerk.click("dialog_ok", reason)
    clerk.until(page.bar.button_mark.isVisible)
    assert clerk.said() == "撤回“已上报”"
    clerk.click("button_undo")
    clerk.until(lambda: page.view.found.reported is not None)
    assert page.view.found.reported.on == today


def _plain(path: Path) -> str:
    return re.sub(r"<[^>]+>", "", ZipFile(path).read("word/document.xml").decode("utf-8"))
