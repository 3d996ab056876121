"""核对码 at the foot of the form: only where the rules say so, in gray outside the form, and read back by verify."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path

import docx
import pytest
from offices import ACCOUNT, visit

from jiafang_desktop.common.progress import run_to_end
from jiafang_desktop.domain import match_code
from jiafang_desktop.domain.pages import Run, Sheet
from jiafang_desktop.paper import QtRenderer
from jiafang_desktop.services import batches, form_batches, forms, prints, rules, verification, visit_json, visits
from jiafang_desktop.store import Store

RENDERER = QtRenderer()
TODAY = date(2026, 11, 24)


@pytest.fixture
def coded(office: Store) -> Store:
    rules.set_rules(office, {"code_on_paper": True}, by=office.operator)
    return office


def add(store: Store, **changed: object) -> str:
    return visits.register(store, visit(**changed), by=store.operator).id


def feet(sheet: Sheet) -> list[Run]:
    return [run for page in sheet.pages for run in page.runs if run.text.startswith("核对码")]


def written(store: Store, rec: str, target: Path, **named: object) -> forms.Written:
    return forms.write_record(store, rec, target, renderer=RENDERER, by=store.operator, **named)  # type: ignore[arg-type]


def test_no_code_is_on_paper_until_the_rules_want_it_though_the_screen_shows_it(office: Store, tmp_path: Path) -> None:
    rec = add(office)
    made = written(office, rec, tmp_path / "a.docx")
    assert made.match_code and visit_json.shown(office, rec)["match_code"] == made.match_code
    assert feet(forms.sheet(office, rec)) == []
    assert "核对码" not in docx.Document(str(tmp_path / "a.docx")).element.xml


def test_the_code_stands_small_and_gray_below_the_form_on_every_page(coded: Store) -> None:
    rec = add(coded, account=ACCOUNT * 12)
    sheet = forms.sheet_to_print(coded, rec, by=coded.operator)
    found = feet(sheet)
    assert len(found) == len(sheet.pages) > 1
    code = visit_json.shown(coded, rec)["match_code"]
    for run in found:
        assert run.text == f"核对码：{match_code.shown(code)}" and run.gray and run.size_pt == 7
        assert 262 < run.baseline_mm < 292 and run.x_mm + run.places_mm[-1] < 210 - 26
    lowest = max(rule.y2_mm for page in sheet.pages for rule in page.rules)
    assert lowest < 262


def test_a_sheet_printed_in_the_window_is_logged_when_it_is_ticked_and_found_by_its_code(coded: Store) -> None:
    rec = add(coded)
    printed = forms.sheet_to_print(coded, rec, by=coded.operator)
    assert prints.versions(coded, rec) == []
    visits.mark_paper(coded, rec, "printed", on=TODAY, by=coded.operator)
    verdict = verification.verify(coded, feet(printed)[0].text.removeprefix("核对码："))
    assert verdict.matches and verdict.visit is not None and verdict.visit.id == rec and verdict.version == 1
    visits.edit(coded, rec, {"visitee_address": "西街村"}, by=coded.operator)
    assert feet(forms.sheet(coded, rec))[0].text != feet(printed)[0].text


def test_a_tick_for_a_day_gone_by_makes_up_no_print_and_ticking_twice_logs_once(office: Store) -> None:
    rec, other = add(office), add(office)
    visits.mark_paper(office, rec, "printed", on=date(2026, 10, 9), by=office.operator)
    assert prints.versions(office, rec) == []
    for _ in range(2):
        batches.mark_printed(office, [rec, other], on=TODAY, by=office.operator)
    assert len(prints.versions(office, rec)) == len(prints.versions(office, other)) == 1


@pytest.mark.parametrize("suffix", [".docx", ".pdf"])
def test_the_file_opened_again_says_the_code_and_verify_reads_it_back(
    coded: Store, tmp_path: Path, suffix: str
) -> None:
    rec = add(coded)
    target = tmp_path / f"记录单{suffix}"
    made = written(coded, rec, target)
    assert made.match_code is not None
    if suffix == ".docx":
        document = docx.Document(str(target))
        (foot,) = [paragraph for paragraph in document.paragraphs if "核对码" in paragraph.text]
        assert foot.text == f"核对码：{match_code.shown(made.match_code)}"
        assert foot.runs[0].font.size is not None and foot.runs[0].font.size.pt == 7
        assert str(foot.runs[0].font.color.rgb) == "808080"
        frame = re.search(r'<w:framePr[^>]*w:vAnchor="page"[^>]*w:y="(\d+)"', foot._p.xml)
        assert frame is not None and int(frame[1]) / 1440 * 25.4 > 262
    verdict = verification.verify(coded, str(target))
    assert verdict.matches and verdict.version == 1


def test_forms_in_one_file_have_a_code_each(coded: Store, tmp_path: Path) -> None:
    recs = [add(coded) for _ in range(3)]
    target = tmp_path / "一季度.docx"
    run_to_end(form_batches.write(coded, target, year=2026, renderer=RENDERER, by=coded.operator))
    found = [paragraph.text for paragraph in docx.Document(str(target)).paragraphs if "核对码" in paragraph.text]
    codes = [visit_json.shown(coded, rec)["match_code"] for rec in recs]
    assert found == [f"核对码：{match_code.shown(code)}" for code in codes]


def test_overprinting_leaves_the_code_that_is_on_the_signed_sheet_alone(coded: Store, tmp_path: Path) -> None:
    rec = add(coded, resolution=None)
    visits.mark_paper(coded, rec, "printed", on=TODAY, by=coded.operator)
    visits.edit(coded, rec, {"resolution": "已协调解决"}, by=coded.operator)
    assert feet(forms.sheet_to_print(coded, rec, overprint="resolution", by=coded.operator)) == []
    written(coded, rec, tmp_path / "套打.docx", overprint="resolution")
    assert "核对码" not in docx.Document(str(tmp_path / "套打.docx")).element.xml
    visits.mark_overprinted(coded, rec, by=coded.operator)
    assert [one["overprint"] for one in prints.versions(coded, rec)] == [None, "resolution"]
