"""交接: everything on hand, counted as the 工作台 counts it; nothing restricted and no secrets in the papers."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import docx
import openpyxl
import pytest
from clerks import PERMITTED, Clerks
from offices import PASSWORD, visit

from jiafang_desktop.common.errors import UserError
from jiafang_desktop.common.progress import run_to_end
from jiafang_desktop.domain.problems import ProblemContent
from jiafang_desktop.domain.visits import Topics, VisitQuery
from jiafang_desktop.paper import QtRenderer
from jiafang_desktop.services import backups, concerns, guidance, handover, leaders, meetings, plans, visits, workbench
from jiafang_desktop.services.handover import FILES, Parties
from jiafang_desktop.store import Store

CANARY = "金丝雀只给少数人看"


def fill(store: Store) -> None:
    """One of everything that can be on hand."""
    by = store.operator
    late = [ProblemContent("门诊认定", responsible="医保站", due_date=date(2026, 11, 1))]
    visits.register(
        store, visit(nothing_to_solve=False, topics=Topics(advice_leaders=CANARY)), by=by, problems=late
    )  # fmt: skip
    filed = visits.register(store, visit(date=date(2026, 10, 1)), by=by).id
    visits.archive(store, filed, paper_at="党政办文件柜", by=by)
    ready = visits.register(store, visit(date=date(2025, 12, 1)), by=by).id
    visits.mark_paper(store, ready, "signed", on=date(2025, 12, 2), by=by)
    visits.add_many(store, [visit()], by=by, draft=True)
    sign = [ProblemContent("夜不归宿", kind="warning_sign")]
    sensitive = visit(date=date(2026, 11, 3), nothing_to_solve=False, priority="warning_sign")
    seen = visits.register(store, sensitive, by=by, problems=sign).id
    guidance.write(store, seen, {"causes": CANARY}, by=by)
    for source, text in (("unit", "希望调整值班"), ("masses", "有人反映他常去赌钱")):
        data = {"cadre": {"name": "何玉梅"}, "source": source, "text": text, "priority": None}
        concerns.add(store, data, by=by)
    plans.add(store, {"visitee": {"name": "何玉梅"}, "when": "2027-01"}, by=by)
    meetings.add(store, {"on": "2026-10-09", "decisions": ["协调工会补助"]}, by=by)
    table = [{"name": "周文斌", "role": "deputy_in_charge", "post": "组织委员", "sections": ["财政所"]},
             {"name": "前任", "role": "unit_head", "to": "2020-01-01"}]  # fmt: skip
    leaders.set_leaders(store, table, by=by)


def words_of(folder: Path) -> str:
    document = docx.Document(str(folder / FILES[0]))
    cells = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    book = openpyxl.load_workbook(folder / FILES[1])
    sheets = [str(cell) for sheet in book for row in sheet.values for cell in row if cell is not None]
    return "\n".join([*(paragraph.text for paragraph in document.paragraphs), *cells, *sheets])


def test_every_figure_is_the_workbenchs_and_the_length_of_its_rows(office: Store) -> None:
    fill(office)
    found = run_to_end(handover.gather(office))
    bench = run_to_end(workbench.read(office, year=2026))
    counts = found.counts
    assert counts == {
        "concerns": 2, "unjudged": 2, "unreported": 0, "visits": 3, "unsigned": 2, "reprint": 0, "to_file": 1,
        "problems": 2, "overdue": len(bench.overdue), "drafts": 1, "plans": 1, "decisions": 1, "cadres": 0, "scans": 0,
    }  # fmt: skip
    for name in ("unsigned", "to_file", "reprint", "unreported", "drafts", "problems", "overdue"):
        assert counts[name] == len(getattr(bench, name))
    answer = handover.handover_json(found)
    for name, rows in answer["rows"].items():
        assert len(rows) == counts[name]
    assert answer["years"] == [
        {"year": 2025, "visits": 1, "archived": 0, "places": []},
        {"year": 2026, "visits": 3, "archived": 1, "places": [{"place": "党政办文件柜", "papers": 1}]},
    ]
    open_ids = office.visits.ids(VisitQuery(statuses=("registered", "in_progress", "ready")))
    assert set(answer["rows"]["visits"]) == set(open_ids)


def test_the_papers_name_what_is_open_and_who_signs_and_nothing_restricted_or_secret(
    office: Store, tmp_path: Path
) -> None:
    fill(office)
    parties = Parties("王敏", "李娟", None, "县委机要柜，11月20日")
    _, made = run_to_end(handover.write(office, tmp_path / "交接", parties=parties, renderer=QtRenderer()))
    assert [path.name for path in made] == list(FILES)
    words = words_of(tmp_path / "交接")
    for told in (
        "门诊认定", "希望调整值班", "协调工会补助", "何玉梅", "2027年1月", "周文斌", "党政办文件柜",
        "移交人（王敏）签字：",
        "接交人（李娟）签字：", "监交人签字：", "县委机要柜，11月20日", "当面交接", "未打印",
    ):  # fmt: skip
        assert told in words
    for kept in (CANARY, "夜不归宿", "赌钱", PASSWORD, "前任"):
        assert kept not in words


def test_an_account_without_the_right_hands_over_as_much_and_sees_no_more(tmp_path: Path) -> None:
    clerks = Clerks(tmp_path / "数据")
    fill(clerks.store)
    mine = run_to_end(handover.gather(clerks.store)).counts
    other = clerks.at(PERMITTED)
    found, _ = run_to_end(handover.write(other, tmp_path / "交接", renderer=QtRenderer()))
    assert found.operator == "赵五"
    assert {**found.counts, "drafts": 0} == {**mine, "drafts": 0}
    assert CANARY not in words_of(tmp_path / "交接")
    clerks.store.close()


def test_where_the_latest_backup_lies_stands_on_the_list_unless_somebody_wrote_another_place(
    office: Store, tmp_path: Path
) -> None:
    fill(office)
    assert run_to_end(handover.gather(office)).backup is None
    run_to_end(backups.now(office))
    known = run_to_end(handover.gather(office)).backup
    assert known is not None and known.startswith("2026年11月24日，")
    run_to_end(handover.write(office, tmp_path / "一", renderer=QtRenderer()))
    assert known in words_of(tmp_path / "一")
    run_to_end(handover.write(office, tmp_path / "二", parties=Parties(backup_at="机要柜"), renderer=QtRenderer()))
    assert "机要柜" in words_of(tmp_path / "二") and known not in words_of(tmp_path / "二")


def test_nothing_on_hand_is_said_in_sentences(office: Store, tmp_path: Path) -> None:
    run_to_end(handover.write(office, tmp_path, renderer=QtRenderer()))
    words = words_of(tmp_path)
    for sentence in (
        "没有未办结的诉求。",
        "登记的家访都已归档。",
        "没有未办结的问题。",
        "没有未家访的计划。",
        "还没有登记家访。",
    ):
        assert sentence in words


def test_papers_that_are_there_are_not_overwritten_unasked(office: Store, tmp_path: Path) -> None:
    (tmp_path / FILES[1]).write_bytes(b"theirs")
    with pytest.raises(UserError) as refused:
        run_to_end(handover.write(office, tmp_path, renderer=QtRenderer()))
    assert refused.value.code == "file_exists"
    assert not (tmp_path / FILES[0]).exists()
    assert (tmp_path / FILES[1]).read_bytes() == b"theirs"
    run_to_end(handover.write(office, tmp_path, renderer=QtRenderer(), replace=True))
    assert (tmp_path / FILES[1]).read_bytes() != b"theirs"
