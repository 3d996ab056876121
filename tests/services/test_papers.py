"""The paper's life over a real store: printed, overprinted, filed; its files opened again as others open them."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import docx
import openpyxl
import pytest
from offices import ACCOUNT, PASSWORD, set_up, visit

from jiafang_desktop.common.errors import UserError
from jiafang_desktop.common.progress import Progress, run_to_end
from jiafang_desktop.domain import match_code
from jiafang_desktop.domain.problems import ProblemContent
from jiafang_desktop.domain.visits import Leader, Visit
from jiafang_desktop.paper import QtRenderer
from jiafang_desktop.services import batches, forms, ledgers, prints, problems, session, settings, undo, visits
from jiafang_desktop.store import Store

DAY = date(2026, 9, 17)
RENDERER = QtRenderer()


def refusal(verb: Any, *args: Any, **named: Any) -> UserError:
    with pytest.raises(UserError) as caught:
        verb(*args, **named)
    return caught.value


def add(store: Store, **changed: Any) -> str:
    return visits.register(store, visit(**changed), by=store.operator).id


def stored(store: Store, rec: str) -> Visit:
    return visits.show(store, rec)


def written(store: Store, rec: str, target: Path, **named: Any) -> forms.Written:
    return forms.write_record(store, rec, target, renderer=RENDERER, by=store.operator, **named)


def words_of(path: Path) -> str:
    document = docx.Document(str(path))
    cells = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    return "\n".join([*(paragraph.text for paragraph in document.paragraphs), *cells])


def printed_words(store: Store, rec: str, cell: str, **named: Any) -> str:
    sheet = forms.sheet(store, rec, **named)
    return "".join(run.text for page in sheet.pages for run in page.runs if run.cell == cell)


# ------------------------------------------------------------------------------------------- files


def test_the_word_form_says_what_was_recorded(office: Store, tmp_path: Path) -> None:
    target = tmp_path / "新 文件夹" / "记录单.docx"
    made = written(office, add(office), target)
    words = words_of(target)
    for said in ("德政镇人民政府", "2026年9月16日", "张建国", "东街村建设路36号", "王秀兰", "钱永和", ACCOUNT):
        assert said in words
    assert made.as_json() == {
        "file": str(target), "files": [str(target)], "pages": 1, "font_pt": 14, "continuation": False,
        "match_code": made.match_code,
    }  # fmt: skip
    assert "【" not in words


def test_pdf_and_pictures_are_drawn_from_the_same_plan(office: Store, tmp_path: Path) -> None:
    rec = add(office, account=ACCOUNT * 12)
    pdf = written(office, rec, tmp_path / "记录单.pdf")
    assert (tmp_path / "记录单.pdf").read_bytes().startswith(b"%PDF-")
    pictures = written(office, rec, tmp_path / "记录单.png")
    assert pdf.pages == pictures.pages > 1 and pdf.continuation
    assert [path.name for path in pictures.files][:2] == ["记录单.png", "记录单-2.png"]
    assert all(path.read_bytes().startswith(b"\x89PNG") for path in pictures.files)
    assert forms.fit(office, rec) == {
        "pages": pdf.pages, "font_pt": 12, "continuation": True,
        "overflow_characters": forms.plan_of(office, stored(office, rec)).carried_characters,
    }  # fmt: skip


def test_a_file_that_is_there_is_kept_unless_replaced(office: Store, tmp_path: Path) -> None:
    rec, target = add(office), tmp_path / "记录单.pdf"
    target.write_text("老文件")
    assert refusal(written, office, rec, target).code == "file_exists"
    assert target.read_text() == "老文件"
    written(office, rec, target, replace=True)
    assert target.read_bytes().startswith(b"%PDF-")
    assert [path.name for path in tmp_path.iterdir() if path.is_file()] == ["记录单.pdf"]


def test_other_kinds_of_files_are_refused(office: Store, tmp_path: Path) -> None:
    assert refusal(written, office, add(office), tmp_path / "记录单.wps").code == "unsupported_format"
    assert list(tmp_path.glob("记录单*")) == []


def test_nobody_at_home_but_the_person_prints_none_twice(office: Store, tmp_path: Path) -> None:
    for name in ("无", None):
        rec = add(office, visitee_spouse_name=name, visitee_spouse_work=None)
        assert printed_words(office, rec, "spouse_name") == printed_words(office, rec, "spouse_work") == "无"


def test_an_empty_resolution_prints_the_problems_own(office: Store) -> None:
    found = (ProblemContent("夜间值班多"), ProblemContent("老母就医"))
    made = visits.register(office, visit(nothing_to_solve=False, resolution=None), by=office.operator, problems=found)
    problems.resolve(office, made.id, 2, text="已办理门诊慢性病", on=DAY, by=office.operator)
    assert printed_words(office, made.id, "resolution") == "已办理门诊慢性病"
    assert stored(office, made.id).content.resolution is None


# ------------------------------------------------------------------------------------------- match codes


def test_the_same_words_have_the_same_code_and_are_logged_once(office: Store, tmp_path: Path) -> None:
    rec = add(office)
    first = written(office, rec, tmp_path / "a.pdf")
    again = written(office, rec, tmp_path / "b.docx")
    assert first.match_code is not None and match_code.read_code(first.match_code) == again.match_code
    assert first.changes.touches("print") and again.changes.records == ()
    visits.edit(office, rec, {"visitee_address": "西街村"}, by=office.operator)
    third = written(office, rec, tmp_path / "c.pdf")
    found = prints.versions(office, rec)
    assert [(one["code"], one["version"]) for one in found] == [(first.match_code, 1), (third.match_code, 2)]
    assert found[0]["revision"] != found[1]["revision"]
    assert "东街村" not in repr(office.values.all("print"))
    assert stored(office, rec).paper.printed_on is None


def test_two_records_that_say_the_same_have_different_codes(office: Store, tmp_path: Path) -> None:
    rec, other = add(office), add(office, date=date(2025, 9, 16))
    visits.edit(office, other, {"date": "2026-09-16", "number": 2}, by=office.operator)
    visits.edit(office, rec, {"number": 3}, by=office.operator)
    visits.edit(office, other, {"number": 1}, by=office.operator)
    first = written(office, other, tmp_path / "a.pdf").match_code
    visits.edit(office, other, {"number": 9}, by=office.operator)
    visits.edit(office, rec, {"number": 1}, by=office.operator)
    assert written(office, rec, tmp_path / "b.pdf").match_code != first


# ------------------------------------------------------------------------------------------- printed, reprinted


def test_printing_freezes_the_layout_for_the_resolution_to_come(office: Store, tmp_path: Path) -> None:
    rec = add(office, resolution=None)
    assert refusal(forms.sheet, office, rec, overprint="resolution").code == "not_printed"
    visits.mark_paper(office, rec, "printed", on=DAY, by=office.operator)
    before = forms.sheet(office, rec)
    assert refusal(forms.sheet, office, rec, overprint="resolution").code == "nothing_to_print"
    visits.edit(office, rec, {"resolution": "已协调解决，家属表示感谢。" * 12}, by=office.operator)
    only = forms.sheet(office, rec, overprint="resolution")
    assert {run.cell for run in only.pages[0].runs} == {"resolution"} and only.pages[0].rules == ()
    box = before.pages[0].box("resolution")
    assert all(box.y_mm < run.baseline_mm < box.y_mm + box.height_mm for run in only.pages[0].runs)
    made = written(office, rec, tmp_path / "套打.pdf", overprint="resolution")
    assert (made.pages, made.files[0].read_bytes()[:5]) == (1, b"%PDF-")
    in_word = written(office, rec, tmp_path / "套打.docx", overprint="resolution")
    assert set(words_of(in_word.files[0]).split()) == {"已协调解决，家属表示感谢。" * 12}


def test_only_what_the_paper_no_longer_says_wants_a_reprint(office: Store) -> None:
    rec, unit = add(office, resolution=None), office.installation.unit
    assert not forms.needs_reprint(stored(office, rec), unit)
    visits.mark_paper(office, rec, "printed", on=DAY, by=office.operator)
    visits.edit(office, rec, {"matter": "台账的话", "remark": "备注", "resolution": "已协调解决"}, by=office.operator)
    assert not forms.needs_reprint(stored(office, rec), unit)
    visits.mark_overprinted(office, rec, by=office.operator)
    visits.edit(office, rec, {"resolution": "又改了"}, by=office.operator)
    assert forms.needs_reprint(stored(office, rec), unit)
    visits.mark_paper(office, rec, "printed", on=DAY, by=office.operator)
    assert not forms.needs_reprint(stored(office, rec), unit)
    visits.edit(office, rec, {"visitee_post": "副主任"}, by=office.operator)
    assert forms.needs_reprint(stored(office, rec), unit)


def test_ticks_are_set_and_taken_off_but_not_under_a_signature(office: Store) -> None:
    rec = add(office)
    for state in ("printed", "signed", "sealed"):
        visits.mark_paper(office, rec, state, on=DAY, by=office.operator)
    paper = stored(office, rec).paper
    assert (paper.printed_on, paper.signed_on, paper.sealed_on) == (DAY, DAY, DAY) and paper.layout
    error = refusal(visits.mark_paper, office, rec, "printed", on=None, by=office.operator)
    assert error.code == "paper_signed"
    for state in ("sealed", "signed", "printed"):
        visits.mark_paper(office, rec, state, on=None, by=office.operator)
    paper = stored(office, rec).paper
    assert (paper.printed_on, paper.signed_on, paper.layout, paper.printed_state) == (None, None, None, None)
    assert refusal(visits.mark_paper, office, rec, "framed", on=DAY, by=office.operator).code == "bad_input"


def test_the_units_choices_of_label_and_date_reach_the_paper(office: Store) -> None:
    rec = add(office)
    settings.change(office, by=office.operator, label_on_record=True, date_blank=True)
    said = [run.text for run in forms.sheet(office, rec).pages[0].runs]
    assert "附件2" in said and "2026年9月16日" not in said


def test_the_editor_plans_without_a_store(office: Store) -> None:
    shown = Visit(id="", content=visit(leaders=(Leader("", None),)), registered=False, recorded_on=None)
    planned = forms.plan(forms.fields_of(shown, "德政镇"))
    assert planned.fields.unit == "德政镇" and len(planned.pages) == 1
    single = replace(shown, content=visit(visitee_spouse_name=None, visitee_spouse_work=None))
    assert forms.fields_of(single, "德政镇").text("spouse_name") == ""


# ------------------------------------------------------------------------------------------- filing


def test_a_record_is_filed_with_a_place_or_a_scan(office: Store, tmp_path: Path) -> None:
    first, second = add(office), add(office)
    assert refusal(visits.archive, office, first, paper_at=" ", by=office.operator).code == "no_paper"
    visits.archive(office, first, paper_at="党政办文件柜", by=office.operator)
    kept = stored(office, first)
    assert (kept.status, kept.archived_on, kept.paper.place) == ("archived", date(2026, 11, 24), "党政办文件柜")
    assert refusal(visits.archive, office, first, paper_at="别处", by=office.operator).code == "already_archived"
    scan = tmp_path / "扫描.dat"
    scan.write_bytes(b"\xff\xd8\xff\xe0" + b"0" * 2000)
    sha256 = visits.attach(office, second, scan, by=office.operator)
    assert office.blobs.get(sha256) == scan.read_bytes()
    assert [(one["sha256"], one["type"], one["size"]) for one in visits.scans(office, second)] == [
        (sha256, "jpg", 2004)
    ]
    assert visits.attach(office, second, scan, by=office.operator).changes.records == ()
    visits.archive(office, second, by=office.operator)
    assert stored(office, second).status == "archived"


def test_the_gate_holds_open_problems_and_empty_cells_back(office: Store) -> None:
    rec = add(office, nothing_to_solve=False, account=None)
    assert refusal(visits.archive, office, rec, paper_at="柜", by=office.operator).code == "problems_open"
    problems.add(office, rec, ProblemContent("夜间值班多"), by=office.operator)
    assert refusal(visits.archive, office, rec, paper_at="柜", by=office.operator).details == {"problems": [1]}
    problems.resolve(office, rec, 1, text="好", on=DAY, outcome="tracking", by=office.operator)
    error = refusal(visits.archive, office, rec, paper_at="柜", by=office.operator)
    assert (error.code, error.details["missing"]) == ("form_incomplete", ["account"])
    visits.edit(office, rec, {"account": "送上问候。"}, by=office.operator)
    settings.change(office, by=office.operator, archive_outcomes=("solved",))
    assert refusal(visits.archive, office, rec, paper_at="柜", by=office.operator).code == "problems_open"
    problems.resolve(office, rec, 1, text="好", on=DAY, by=office.operator)
    visits.archive(office, rec, paper_at="柜", by=office.operator)


@pytest.mark.parametrize("data", [b"", b"GIF89a", b"PK\x03\x04", "张三".encode()])
def test_only_pictures_and_pdfs_are_scans(office: Store, tmp_path: Path, data: bytes) -> None:
    path = tmp_path / "扫描.jpg"
    path.write_bytes(data)
    rec = add(office)
    assert refusal(visits.attach, office, rec, path, by=office.operator).code == "unsupported_format"
    assert refusal(visits.attach, office, rec, tmp_path / "没有.pdf", by=office.operator).code == "not_found"
    assert visits.scans(office, rec) == []


# ------------------------------------------------------------------------------------------- ledgers


def test_the_ledger_lists_registered_visits_by_number(office: Store, tmp_path: Path) -> None:
    add(office, number=2, matter="二")
    add(office, number=1, matter="一")
    void = add(office, number=3, matter="三")
    visits.delete(office, void, reason="重复", by=office.operator)
    add(office, date=date(2025, 9, 16))
    visits.add_many(office, [visit()], by=office.operator, draft=True)
    planned = ledgers.plan(office, year=2026)
    assert ([row.number for row in planned.entries], planned.variant, planned.unit) == ([1, 2], "matrix", "德政镇")
    assert [row.void for row in ledgers.plan(office, year=2026, include_void=True).entries] == [False, False, True]
    assert ledgers.plan(office, year=2026, quarter=4).rows == 0
    made = ledgers.write(office, tmp_path / "台账.xlsx", renderer=RENDERER, year=2026, variant="plain")
    assert (made["rows"], made["pages"], made["files"]) == (2, 1, [made["file"]])
    sheet = openpyxl.load_workbook(made["file"]).active
    assert sheet is not None
    assert [[cell.value for cell in row][6] for row in sheet.iter_rows(min_row=4)] == ["一", "二"]


def test_a_ledger_is_planned_in_small_steps_with_the_same_pages(office: Store) -> None:
    visits.add_many(office, [visit(matter=f"看望慰问 {number}") for number in range(250)], by=office.operator)
    steps: list[Progress] = []
    planned = run_to_end(ledgers.planning(office, year=2026), show=steps.append)
    assert planned == ledgers.plan(office, year=2026) and planned.rows == 250
    assert {step.stage for step in steps} == {"正在读取台账", "正在排版"} and len(steps) > 20


def test_the_ledger_is_written_as_word_and_pdf_and_a_bad_choice_refused(office: Store, tmp_path: Path) -> None:
    add(office)
    for suffix in (".docx", ".pdf"):
        made = ledgers.write(office, tmp_path / f"台账{suffix}", renderer=RENDERER, year=2026)
        assert (made["rows"], made["pages"]) == (1, 1) and Path(made["file"]).stat().st_size > 1000
    assert "张建国" in words_of(tmp_path / "台账.docx")
    for wrong in ({"variant": "round"}, {"quarter": 5}):
        assert refusal(ledgers.plan, office, year=2026, **wrong).code == "bad_input"
    assert (
        refusal(ledgers.write, office, tmp_path / "台账.et", renderer=RENDERER, year=2026).code == "unsupported_format"
    )


def test_the_county_prints_each_units_ledger(county_office: Store) -> None:
    add(county_office, unit="德政镇")
    add(county_office, unit="双井镇")
    planned = ledgers.plan(county_office, year=2026, unit="双井镇")
    assert (planned.unit, planned.rows) == ("双井镇", 1)


# ------------------------------------------------------------------------------------------- several at once


def test_several_sheets_are_printed_signed_and_placed_each_in_one_step(office: Store) -> None:
    recs = [add(office), add(office), add(office)]
    visits.archive(office, recs[2], paper_at="柜", by=office.operator)
    changes = batches.mark_printed(office, recs, on=DAY, by=office.operator)
    assert set(changes.ids("visit")) == set(recs[:2])
    assert all(stored(office, rec).paper.layout for rec in recs[:2])
    batches.mark_signed(office, recs, on=DAY, by=office.operator)
    assert refusal(batches.mark_signed, office, recs, on=DAY, by=office.operator).code == "nothing_to_do"
    changes = batches.set_place(office, recs, place="2026年家访盒", by=office.operator)
    assert stored(office, recs[0]).paper.place == "2026年家访盒"
    undo.undo(office, changes, by=office.operator)
    assert stored(office, recs[0]).paper.place is None
    visits.archive(office, recs[0], paper_at="柜", by=office.operator)
    assert refusal(batches.mark_printed, office, [recs[0], recs[2]], on=DAY, by=office.operator).code == "nothing_to_do"


def test_a_newer_database_still_prints_and_only_the_log_is_left_out(tmp_path: Path) -> None:
    store = set_up(tmp_path / "数据")
    known, fresh = add(store), add(store)
    code = written(store, known, tmp_path / "一.pdf").match_code
    store._opened.engine.run("PRAGMA user_version = 9000")
    store.close()
    store = session.open_store(tmp_path / "数据", PASSWORD)
    try:
        assert store.read_only
        assert written(store, known, tmp_path / "二.pdf").match_code == code
        assert written(store, fresh, tmp_path / "三.docx").match_code is None
        assert ledgers.write(store, tmp_path / "台账.xlsx", renderer=RENDERER, year=2026)["rows"] == 2
        assert refusal(visits.edit, store, known, {"matter": "x"}, by=store.operator).code == "newer_database"
    finally:
        store.close()
