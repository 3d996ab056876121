"""办理时限与分工, 领导分工 and 节假日 in 设置: files taken over or refused, entries added, ended, taken back."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from clerk import Clerk
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QFileDialog
from test_undone_and_refused import ask

from jiafang_desktop.services import leaders, rules
from jiafang_desktop.services.rules import Rules


def hand_over(monkeypatch: pytest.MonkeyPatch, folder: Path, data: object) -> None:
    path = folder / "规则.json"
    path.write_text(data if isinstance(data, str) else json.dumps(data, ensure_ascii=False), "utf-8")
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_args, **_named: (str(path), ""))


def sentences(page: object) -> str:
    return "\n".join(label.text() for label in page.rules.sentences)  # type: ignore[attr-defined]  # the page's own


def test_the_countys_rules_are_taken_over_shown_in_sentences_and_taken_back(
    clerk: Clerk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    clerk.click("nav_settings")
    page = clerk.on_page("settings")
    clerk.until(lambda: "建议15个工作日办结，过了不算超期" in sentences(page))
    page.scroll.ensureWidgetVisible(page.rules)
    hand_over(monkeypatch, tmp_path, {
        "levels": {"ordinary": {"role": "unit_head", "limit": {"working_days": 10}}},
        "archive_outcomes": ["solved", "partly_solved", "referred"],
    })  # fmt: skip
    clerk.click("button_set_rules", page)
    clerk.until(lambda: "单位一把手办理，10个工作日内办结" in sentences(page))
    assert "政策所限已解释说明" in sentences(page).partition("；")[2]
    assert page.rules.version.text().startswith("现行第 1 版")
    clerk.click("button_undo")
    clerk.until(lambda: page.rules.version.text().startswith("还没有读入县里的规则"))


@pytest.mark.parametrize(
    "wrong",
    [{"levels": {"ordinary": {"role": "x"}}}, {"levels": {"ordinary": {"limit": {"working_days": 0}}}}, "不是规则"],
)
def test_a_wrong_rules_file_is_refused_and_changes_nothing(
    clerk: Clerk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, wrong: object
) -> None:
    clerk.click("nav_settings")
    page = clerk.on_page("settings")
    page.scroll.ensureWidgetVisible(page.rules)
    hand_over(monkeypatch, tmp_path, wrong)
    clerk.click("button_set_rules", page)
    dialog = clerk.dialog("dialog_error")
    assert "没有改动" in clerk.find("message_head", dialog).text()  # type: ignore[attr-defined]  # a label
    clerk.click("dialog_ok", dialog)
    known = ask(clerk, rules.read)
    assert isinstance(known, Rules) and known.version == 0


def test_a_leader_is_added_ended_and_removed_again(clerk: Clerk) -> None:
    clerk.click("nav_settings")
    page = clerk.on_page("settings")
    page.scroll.ensureWidgetVisible(page.leaders)
    clerk.click("button_add_leader", page)
    form = clerk.dialog("dialog_leader")
    clerk.click("dialog_ok", form)
    assert clerk.find("dialog_error", form).text() == "请写姓名。"  # type: ignore[attr-defined]
    clerk.type("field_leader_name", "孙丽华", form)
    clerk.type("field_leader_sections", "民政办、财政所", form)
    clerk.type("field_leader_since", "2024.3.1", form)
    clerk.click("dialog_ok", form)
    clerk.until(lambda: len(page.leaders.rows) == 1)
    row = page.leaders.rows[0]
    assert (row.scope, row.term, row.is_current) == ("分管民政办、财政所", "2024.3.1起", True)

    view = page.leaders.table.view
    QTest.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, pos=view.row_rect(0).center())
    clerk.click("button_end_leader", page)
    dialog = clerk.dialog("dialog_end_leader")
    clerk.find("field_leader_last_day", dialog).setText("2023.1.1")  # type: ignore[attr-defined]
    clerk.click("dialog_ok", dialog)
    assert clerk.find("dialog_error", dialog).text() == "离任早于到任，请核对。"  # type: ignore[attr-defined]
    clerk.find("field_leader_last_day", dialog).setText("2025.6.30")  # type: ignore[attr-defined]
    clerk.click("dialog_ok", dialog)
    clerk.until(lambda: not page.leaders.rows[0].is_current)
    clerk.until(lambda: not clerk.find("button_end_leader", page).isEnabled())
    clerk.click("button_remove_leader", page)
    clerk.until(lambda: page.leaders.rows == [])
    clerk.click("button_undo")
    clerk.until(lambda: len(page.leaders.rows) == 1)
    assert ask(clerk, leaders.listing)[0].name == "孙丽华"  # type: ignore[index]  # a list


def test_next_years_holidays_are_read_in_and_said(
    clerk: Clerk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    clerk.click("nav_settings")
    page = clerk.on_page("settings")
    clerk.until(lambda: page.holidays.words.text())
    page.scroll.ensureWidgetVisible(page.holidays)
    assert "2031" not in page.holidays.words.text()
    hand_over(monkeypatch, tmp_path, {
        "year": 2031, "source": "国务院办公厅通知", "workdays": [],
        "holidays": [{"name": "元旦", "from": "2031-01-01", "to": "2031-01-01"}],
    })  # fmt: skip
    clerk.click("button_load_holidays", page)
    clerk.until(lambda: "2031" in page.holidays.words.text())
    assert clerk.said() == "读入 2031 年节假日"
    hand_over(monkeypatch, tmp_path, {"year": 2031})
    clerk.click("button_load_holidays", page)
    clerk.click("dialog_ok", clerk.dialog("dialog_error"))
