"""The quarter's summary over a real store: figures that open their rows, edited text kept, nothing restricted in it."""

from __future__ import annotations

import io
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import docx
import openpyxl
import pytest
from clerks import OWNER, PLAIN, Clerks
from offices import visit

from jiafang_desktop.common.errors import UserError
from jiafang_desktop.domain.problems import ProblemContent
from jiafang_desktop.domain.visits import Topics, Visitee
from jiafang_desktop.paper import QtRenderer
from jiafang_desktop.services import concerns, meetings, problems, summary, summary_papers, undo, visits
from jiafang_desktop.store import Store

RENDERER = QtRenderer()
SECRET = "希望主要领导少开会多到村里走走"


@pytest.fixture
def clerks(tmp_path: Path) -> Iterator[Clerks]:
    office = Clerks(tmp_path / "数据")
    yield office
    office.store.close()


def add(store: Store, *found: ProblemContent, **changed: Any) -> str:
    content = visit(**({"nothing_to_solve": not found} | changed))
    return visits.register(store, content, by=store.operator, problems=found).id


def third(store: Store) -> summary.Summary:
    return summary.read(store, year=2026, quarter=3)


def value(found: summary.Summary, name: str) -> int | None:
    return found.figures[name].value


def a_quarter(store: Store) -> dict[str, str]:
    """Three visits, one of them late by its recording, with four problems, and two concerns."""
    by = store.operator
    made = {
        "two": add(store, ProblemContent("老母亲缺人照料", responsible="工会", due_date=date(2026, 10, 20)),
                   ProblemContent("会议太多", "advice")),
        "sign": add(store, ProblemContent("酒后言语随意", "warning_sign"), date=date(2026, 8, 2),
                    priority="warning_sign", visitee=Visitee("李卫东", "科员")),
        "usual": add(store, date=date(2026, 7, 9), priority=None),
        "earlier": add(store, ProblemContent("村路坑洼"), date=date(2026, 5, 6), priority=None),
        "void": add(store, date=date(2026, 9, 1)), "next": add(store, date=date(2026, 10, 8)),
    }  # fmt: skip
    visits.delete(store, made["void"], reason="写错", by=by)
    problems.resolve(store, made["two"], 2, text="已合并会议。", on=date(2026, 9, 30), outcome="explained", by=by)
    problems.resolve(store, made["earlier"], 1, text="已修好。", on=date(2026, 7, 20), by=by)
    for day in ("2026-07-01", "2026-09-30", "2026-10-01"):
        data = {
            "cadre": {"name": "王海", "unit": None, "post": None}, "raised_on": day, "source": "mini_program",
            "text": f"孩子入托{day}", "priority": None, "level": None,
        }  # fmt: skip
        made[day] = concerns.add(store, concerns.read_json(data)[0], by=by).id
    concerns.refer(store, made["2026-07-01"], reason="转教育局", by=by)
    return made


def test_figures_count_the_quarter_and_open_their_rows(office: Store) -> None:
    made = a_quarter(office)
    found = third(office)
    expected = {
        "visits": 3, "visitees": 2, "priority": 2, "priority_illness": 1, "priority_warning_sign": 1, "ordinary": 1,
        "problems": 3, "problems_difficulty": 1, "problems_advice": 1, "problems_warning_sign": 1,
        "outcome_explained": 1, "outcome_solved": 0, "open": 2, "overdue": 1, "earlier_resolved": 1, "earlier_open": 0,
        "concerns_received": 2, "concerns_referred": 1, "concerns_done": 0, "concerns_open": 1, "late_entries": 3,
        "done_percent": 33,
    }  # fmt: skip
    assert {name: value(found, name) for name in expected} == expected
    assert found.reconciles and not found.nil_report
    assert set(found.figures["visits"].rows or ()) == {made["two"], made["sign"], made["usual"]}
    for figure in found.figures.values():
        assert figure.rows is None or figure.value == len(figure.rows)
    for row in found.figures["open"].rows or ():
        assert office.problems.get(row).is_open


def test_sections_are_drafted_from_facts_and_leave_signs_of_trouble_unquoted(office: Store) -> None:
    a_quarter(office)
    meetings.add(office, {"on": "2026-09-28", "decisions": ["每周回访一次老人"]}, by=office.operator)
    texts = {section.key: section.text for section in third(office).sections}
    assert "共开展家访3次，走访干部2名" in texts["progress"] and "补录3次" in texts["progress"]
    assert "老母亲缺人照料" in texts["problems"] and "苗头性问题1个" in texts["problems"]
    assert "酒后" not in "".join(texts.values())
    assert (
        "政策所限已解释说明1个" in texts["resolution"] and "以前季度转入的问题1个，本季度办结1个" in texts["resolution"]
    )
    assert "工会负责，10月20日前办结" in texts["next"] and "每周回访一次老人" in texts["next"]


def test_edited_text_survives_redrafting_says_that_facts_moved_on_and_can_be_undone(office: Store) -> None:
    a_quarter(office)
    by = office.operator
    changes = summary.keep_text(office, year=2026, quarter=3, section="next", text="下季度重点走访困难职工。", by=by)
    assert changes.touches("summary")
    kept = {section.key: section for section in third(office).sections}
    assert kept["next"].text == "下季度重点走访困难职工。" and kept["next"].edited and not kept["next"].outdated
    add(office, ProblemContent("水管漏水"), date=date(2026, 9, 29))
    moved = {section.key: section for section in third(office).sections}
    assert moved["next"].text == "下季度重点走访困难职工。" and moved["next"].outdated
    assert "家访4次" in moved["progress"].text
    assert any("请核对" in warning for warning in third(office).warnings)
    summary.keep_text(office, year=2026, quarter=3, section="next", text="  ", by=by)
    assert not any(section.edited for section in third(office).sections)
    undone = summary.keep_text(office, year=2026, quarter=3, section="problems", text="另写。", by=by)
    undo.undo(office, undone, by=by)
    assert not any(section.edited for section in third(office).sections)
    draft = third(office).sections[0].draft
    assert not summary.keep_text(office, year=2026, quarter=3, section="progress", text=draft, by=by).records


def test_other_quarters_and_sections_are_refused(office: Store) -> None:
    for wrong in ({"quarter": 5, "section": "next"}, {"quarter": 3, "section": "praise"}):
        with pytest.raises(UserError) as caught:
            summary.keep_text(office, year=2026, text="x", by=office.operator, **wrong)  # type: ignore[arg-type]
        assert caught.value.code == "bad_input"


def test_nothing_about_leaders_slips_into_the_summary(office: Store, tmp_path: Path) -> None:
    """Also not by way of a problem somebody copied it into: that problem is counted, not quoted."""
    add(office, ProblemContent(f"家属{SECRET}"), topics=Topics(advice_leaders=f"{SECRET}。"))
    found = third(office)
    assert value(found, "problems") == 1
    assert "少开会" not in "".join(section.text for section in found.sections)
    with pytest.raises(UserError) as caught:
        summary.keep_text(office, year=2026, quarter=3, section="problems", text=f"群众{SECRET}", by=office.operator)
    assert caught.value.code == "restricted_text"
    summary_papers.write(office, tmp_path / "总结.docx", year=2026, quarter=3, renderer=RENDERER)
    assert "少开会" not in words_of(tmp_path / "总结.docx")


def test_a_text_kept_before_the_advice_was_recorded_keeps_the_paper_from_being_written(
    office: Store, tmp_path: Path
) -> None:
    rec = add(office)
    summary.keep_text(office, year=2026, quarter=3, section="problems", text=f"{SECRET}。", by=office.operator)
    visits.edit(office, rec, {"topic_advice_leaders": SECRET}, by=office.operator)
    assert any("不能写进总结" in warning for warning in third(office).warnings)
    with pytest.raises(UserError) as caught:
        summary_papers.write(office, tmp_path / "总结.docx", year=2026, quarter=3, renderer=RENDERER)
    assert caught.value.code == "restricted_text" and not list(tmp_path.glob("*.docx"))


def test_an_account_that_sees_less_is_told_that_it_could_not_check(clerks: Clerks) -> None:
    store = clerks.at(OWNER)
    add(store, topics=Topics(advice_leaders=SECRET))
    assert not third(store).warnings
    assert any("看不到" in warning for warning in third(clerks.at(PLAIN)).warnings)


def words_of(path: Path) -> str:
    document = docx.Document(str(path))
    cells = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    return "\n".join([*(paragraph.text for paragraph in document.paragraphs), *cells])


def test_the_word_summary_has_its_sections_approver_seal_and_figures(office: Store, tmp_path: Path) -> None:
    a_quarter(office)
    summary_papers.write(office, tmp_path / "总结.docx", year=2026, quarter=3, renderer=RENDERER)
    words = words_of(tmp_path / "总结.docx")
    for said in (
        "德政镇人民政府\n2026年第三季度领导干部家访工作总结", "中共魏县县委组织部：", "一、家访进展情况",
        "二、发现的问题", "三、解决情况", "四、下步打算", "审定人（签字）：", "填报人：王敏", "德政镇人民政府（盖章）",
        "2026年11月24日", "家访工作统计表",
    ):  # fmt: skip
        assert said in words, said
    assert "零报告" not in words


def test_a_quarter_without_visits_is_a_nil_report(office: Store, tmp_path: Path) -> None:
    found = summary.read(office, year=2026, quarter=1)
    assert found.nil_report and found.reconciles and value(found, "done_percent") is None
    summary_papers.write(office, tmp_path / "零.docx", year=2026, quarter=1, renderer=RENDERER)
    assert "（零报告）" in words_of(tmp_path / "零.docx")


def test_the_workbook_has_the_rows_behind_the_figures(office: Store, tmp_path: Path) -> None:
    a_quarter(office)
    add(office, topics=Topics(advice_leaders=SECRET))
    summary_papers.write(office, tmp_path / "总结.xlsx", year=2026, quarter=3, renderer=RENDERER)
    book = openpyxl.load_workbook(io.BytesIO((tmp_path / "总结.xlsx").read_bytes()))
    assert book.sheetnames == ["统计", "家访", "问题", "诉求"]
    figures = {row[0]: row[1] for row in book["统计"].iter_rows(min_row=2, values_only=True)}
    assert figures["家访次数"] == book["家访"].max_row - 1 == 4
    assert book["问题"].max_row - 1 == 4 and book["诉求"].max_row - 1 == 2
    assert book["家访"]["B2"].value.date().year == 2026
    texts = [str(cell) for sheet in book for row in sheet.iter_rows(values_only=True) for cell in row]
    assert not any("少开会" in text for text in texts)
