"""总结报送: figures that open their rows, a text edited and kept, redrafted, refused where it quotes, exported."""

from __future__ import annotations

from pathlib import Path
from zipfile import ZipFile

import pytest
from clerk import Clerk
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QFileDialog
from test_undone_and_refused import ask

from jiafang_desktop.common import clock
from jiafang_desktop.domain.problems import ProblemContent
from jiafang_desktop.domain.visits import WAYS, Leader, Topics, VisitContent, Visitee
from jiafang_desktop.services import visits

_SECRET = "有的领导开会太多，基层干部夜里还要补材料"


def visit(clerk: Clerk, name: str, *problems: ProblemContent, advice: str | None = None) -> None:
    content = VisitContent(
        visitee=Visitee(name=name, post="民政办科员"), date=clock.today(), leaders=(Leader("孙丽华", "副镇长"),),
        recorder="王敏", met=("本人",), ways=WAYS, matter="看望", account="到家中看望。",
        topics=Topics(advice_leaders=advice), nothing_to_solve=not problems,
    )  # fmt: skip
    ask(clerk, visits.register, content, by=clerk.main.ctx.operator, problems=problems)


def this_quarter(clerk: Clerk) -> object:
    clerk.click("nav_summary")
    page = clerk.on_page("summary")
    clerk.click(f"chip_{(clock.today().month + 2) // 3}", page)
    clerk.until(lambda: page.view is not None and page.view.found.quarter == (clock.today().month + 2) // 3)
    clerk.until(lambda: clerk.main.ctx.tasks.is_idle)
    return page


def rewrite(clerk: Clerk, page: object, words: str) -> None:
    field = page.sections["next"].text  # type: ignore[attr-defined]  # the page's own
    page.scroll.ensureWidgetVisible(field)  # type: ignore[attr-defined]
    QTest.mouseClick(field.viewport(), Qt.MouseButton.LeftButton)
    clerk.until(field.hasFocus)
    clerk.key(Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    clerk.commit(words)
    clerk.key(Qt.Key.Key_Tab)


def test_a_figure_opens_as_many_rows_as_it_says_and_a_row_opens_its_record(clerk: Clerk) -> None:
    visit(clerk, "何玉梅", ProblemContent("门诊认定"))
    visit(clerk, "左卫国")
    page = this_quarter(clerk)
    assert page.figures.buttons["visits"].text() == "2"  # type: ignore[attr-defined]
    clerk.click("figure_open")
    dialog = clerk.dialog("dialog_figure_rows")
    table = dialog.table  # type: ignore[attr-defined]
    assert len(table.model.ids) == 1
    QTest.keyClick(table.view, Qt.Key.Key_Return)
    editor = clerk.on_page("visit")
    clerk.until(lambda: editor.visit is not None)
    assert editor.form["visitee_name"] == "何玉梅"


def test_an_edited_section_outlives_new_visits_and_can_go_back_to_the_draft(clerk: Clerk) -> None:
    visit(clerk, "何玉梅", ProblemContent("门诊认定"))
    page = this_quarter(clerk)
    editor = page.sections["next"]  # type: ignore[attr-defined]
    draft = editor.words
    rewrite(clerk, page, "下季度走访所有困难干部。")
    clerk.until(lambda: clerk.said() == "改写“下步打算”")
    visit(clerk, "左卫国", ProblemContent("陪护难以兼顾"))
    clerk.until(lambda: "又有变化" in editor.note.text())
    assert editor.words == "下季度走访所有困难干部。"
    clerk.click("button_draft_next", page)  # type: ignore[arg-type]
    clerk.until(lambda: not editor.section.edited and "陪护难以兼顾" in editor.words)
    assert editor.words != draft


def test_what_is_restricted_is_refused_and_stays_in_the_field(clerk: Clerk) -> None:
    visit(clerk, "何玉梅", ProblemContent("门诊认定"), advice=_SECRET)
    page = this_quarter(clerk)
    rewrite(clerk, page, f"群众说{_SECRET}。")
    editor = page.sections["next"]  # type: ignore[attr-defined]
    clerk.until(lambda: "不能写进总结" in editor.note.text())
    assert _SECRET in editor.words and not editor.section.edited


def test_the_summary_is_written_as_word_and_a_quarter_without_visits_is_a_nil_report(
    clerk: Clerk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = this_quarter(clerk)
    assert page.title_row.caption.words().startswith("零报告")  # type: ignore[attr-defined]
    target = tmp_path / "总结.docx"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_args, **_named: (str(target), ""))
    clerk.click("button_summary_word")
    clerk.dialog("dialog_export_done").reject()
    assert "零报告" in ZipFile(target).read("word/document.xml").decode("utf-8")
