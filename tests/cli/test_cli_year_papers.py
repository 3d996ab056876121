"""Papers of the year on the command line: the contract's keys, files, refusals."""

from __future__ import annotations

import json
import subprocess
from pathlib import Path
from typing import Any

import docx
import pytest
from cli_driver import VISIT, Office

MEETING = {"on": "2026-10-09", "attendees": ["钱永和"], "minutes": "听取汇报。", "decisions": ["协调工会补助"]}
CONCERN = {
    "cadre": {"name": "张建国", "unit": "德政镇", "post": "主任"}, "raised_on": "2026-09-02", "source": "mini_program",
    "text": "母亲卧床，希望调整值班。", "priority": "illness",
}  # fmt: skip


@pytest.fixture
def busy(fresh: Office) -> Office:
    """Three visits in the third quarter, one problem solved, one concern."""
    many = [VISIT | {"date": f"2026-{month:02d}-05"} for month in (7, 8, 9)]
    added = fresh.done("visits", "add", "--file", fresh.written("v.json", many))["added"]
    fresh.done("problems", "resolve", added[0]["id"], "1", "--text", "护理床已借到。", "--on", "2026-09-20")
    fresh.done("concerns", "add", "--file", fresh.written("c.json", CONCERN))
    return fresh


def words_of(path: Path) -> str:
    document = docx.Document(str(path))
    cells = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    return "\n".join([*(paragraph.text for paragraph in document.paragraphs), *cells])


def pages_of(path: Path) -> int:
    done = subprocess.run(["pdfinfo", str(path)], capture_output=True, check=True)
    return int(next(line.split()[1] for line in done.stdout.decode().splitlines() if line.startswith("Pages")))


def test_the_summarys_figures_are_their_rows_and_its_papers_are_written(busy: Office, tmp_path: Path) -> None:
    when = ("--year", "2026", "--quarter", "3")
    answer = busy.done("summary", *when)
    figures = answer["figures"]
    for name in (
        "visits",
        "visitees",
        "open",
        "overdue",
        "ordinary",
        "concerns_received",
        "concerns_done",
        "late_entries",
    ):
        assert figures[name]["value"] == len(figures[name]["rows"])
    assert (figures["visits"]["value"], figures["visitees"]["value"], figures["problems"]["value"]) == (3, 1, 3)
    assert (figures["outcome_solved"]["value"], figures["open"]["value"]) == (1, 2)
    assert answer["reconciles"] is True and answer["nil_report"] is False
    listed = {visit["id"] for visit in busy.done("visits", "list", *when)["visits"]}
    assert set(figures["visits"]["rows"]) == listed
    problems = {problem["id"] for problem in busy.done("problems", "list")["problems"]}
    assert set(figures["problems"]["rows"]) == problems
    for suffix, begin in ((".docx", b"PK"), (".xlsx", b"PK"), (".pdf", b"%PDF")):
        written = busy.done("summary", *when, "--to", tmp_path / f"总结{suffix}")
        assert Path(written["file"]).read_bytes().startswith(begin)
    assert busy.refused("summary", *when, "--to", tmp_path / "总结.docx")["code"] == "file_exists"
    assert "共开展家访3次" in words_of(tmp_path / "总结.docx")
    assert "对得上" in busy.told("summary", *when)
    assert busy.done("summary", "--year", "2025", "--quarter", "1")["nil_report"] is True


def test_edited_sections_are_kept_from_a_file(busy: Office, tmp_path: Path) -> None:
    text = tmp_path / "打算.txt"
    text.write_text("下季度重点走访困难职工。\n", "utf-8")
    when = ("--year", "2026", "--quarter", "3")
    busy.done("summary", *when, "--keep", f"next={text}")
    section = busy.done("summary", *when)["sections"]["next"]
    assert (section["text"], section["edited"]) == ("下季度重点走访困难职工。", True)
    assert busy.done("summary", *when, "--redraft", "next")["sections"]["next"]["edited"] is False
    assert busy.refused("summary", *when, "--keep", f"praise={text}")["code"] == "bad_input"


def test_meetings_are_taken_down_listed_and_written(busy: Office, tmp_path: Path) -> None:
    meeting = busy.done("meetings", "add", "--file", busy.written("m.json", MEETING))["id"]
    listed = busy.done("meetings", "list")
    assert listed["total"] == 1 and listed["meetings"][0]["id"] == meeting
    assert {"on", "attendees", "minutes", "decisions"} <= set(listed["meetings"][0])
    agenda = busy.done("meetings", "agenda")["problems"]
    assert len(agenda) == 2
    visit, number = agenda[0]["visit"], str(agenda[0]["n"])
    decided = busy.done("meetings", "measure", meeting, "1", "--visit", visit, "--problem", number)["decisions"][0]
    assert (decided["visit"], decided["n"]) == (visit, int(number))
    busy.done("meetings", "minutes", meeting, "--to", tmp_path / "会议.docx")
    assert "协调工会补助" in words_of(tmp_path / "会议.docx")
    wrong = busy.written("m2.json", MEETING | {"place": "三楼"})
    assert busy.refused("meetings", "add", "--file", wrong)["code"] == "unknown_field"
    assert "协调工会补助" in busy.told("meetings", "list", "--year", "2026")
    assert busy.done("meetings", "list", "--year", "2025")["total"] == 0


def test_the_self_check_lists_what_is_missing(busy: Office, tmp_path: Path) -> None:
    answer = busy.done("inspect", "list", "--to", tmp_path / "自查.docx")
    assert {"visit", "concern", "number", "code", "message"} <= set(answer["items"][0])
    assert answer["counts"]["not_printed"] == 3 and answer["counts"]["late_without_reason"] == 3
    assert "家访资料自查清单" in words_of(tmp_path / "自查.docx")
    only = busy.done("inspect", "list", "--code", "not_signed")
    assert {item["code"] for item in only["items"]} == {"not_signed"}
    assert "没有打印" in busy.told("inspect", "list")


def test_lists_to_take_along_lie_where_asked_or_in_the_current_folder(
    busy: Office, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    visit = busy.done("visits", "list")["visits"][0]["id"]
    monkeypatch.chdir(tmp_path)
    first, second = (Path(busy.done("forms", "previsit", visit)["file"]) for _ in range(2))
    assert (first.name, second.name) == ("家访前一页纸.pdf", "家访前一页纸(2).pdf") and pages_of(first) == 1
    written = busy.done("forms", "signing", "--leader", "钱永和", "--to", tmp_path / "待签.docx")
    assert written["records"] == 3 and len(written["leaders"][0]["visits"]) == 3
    assert Path(busy.done("forms", "signing", "--leader", "钱永和")["file"]).parent == tmp_path
    assert busy.refused("forms", "previsit", "nobody")["code"] == "not_found"
    nobody = busy.done("forms", "signing", "--leader", "钱永合", "--to", tmp_path / "无.docx")
    assert nobody["records"] == 0 and "核对姓名" in nobody["warnings"][0]


def test_batches_count_the_pages_of_their_file(busy: Office, tmp_path: Path) -> None:
    when = ("--year", "2026", "--quarter", "3")
    pdf = busy.done("forms", "batch", *when, "--to", tmp_path / "批.pdf")
    assert (pdf["records"], pdf["pages"]) == (3, 5) and pages_of(tmp_path / "批.pdf") == 5
    word = busy.done("forms", "batch", *when, "--to", tmp_path / "批.docx")
    assert (word["records"], word["pages"], word["files"]) == (3, 5, [str(tmp_path / "批.docx")])
    folder = busy.done("forms", "batch", *when, "--to", tmp_path / "记录单")
    assert (folder["records"], folder["pages"]) == (3, 3)
    assert sorted(folder["files"]) == sorted(str(path) for path in (tmp_path / "记录单").iterdir())
    assert busy.refused("forms", "batch", "--year", "2020", "--to", tmp_path / "a.pdf")["code"] == "nothing_to_do"
    bound = busy.done("forms", "yearbook", "--year", "2026", "--to", tmp_path / "年.pdf")
    assert pages_of(tmp_path / "年.pdf") == bound["pages"] and bound["records"] == 3


def test_a_concerns_report_is_written_and_marked_as_sent(busy: Office, tmp_path: Path) -> None:
    concern = busy.done("concerns", "list")["concerns"][0]["id"]
    busy.done("concerns", "triage", concern, "--level", "serious")
    assert Path(busy.done("concerns", "report", concern, "--to", tmp_path / "报告.docx")["file"]).is_file()
    assert "母亲卧床" in words_of(tmp_path / "报告.docx")
    assert busy.done("concerns", "reported", concern, "--on", "2026-11-03")["reported_on"] == "2026-11-03"
    assert busy.done("concerns", "reported", concern, "--undo")["reported_on"] is None


def test_everything_can_be_taken_out(busy: Office, tmp_path: Path) -> None:
    answer = busy.done("export", "--all", "--to", tmp_path / "导出")
    assert all(Path(name).is_file() for name in answer["files"])
    visits: dict[str, Any] = json.loads((tmp_path / "导出" / "家访.json").read_text("utf-8"))
    assert visits["total"] == 3
    assert busy.call("export", "--to", tmp_path / "b").status == 2
