"""核对: papers written, altered and printed again are told apart by their code and by their words."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import docx
import pytest
from offices import ACCOUNT, set_up, visit

from jiafang_desktop.common.errors import UserError
from jiafang_desktop.domain import match_code
from jiafang_desktop.domain.visits import Leader
from jiafang_desktop.paper import QtRenderer
from jiafang_desktop.services import forms, verification, visits
from jiafang_desktop.store import Store

RENDERER = QtRenderer()


def add(store: Store, **changed: object) -> str:
    return visits.register(store, visit(**changed), by=store.operator).id


def written(store: Store, rec: str, target: Path) -> str:
    made = forms.write_record(store, rec, target, renderer=RENDERER, by=store.operator)
    assert made.match_code is not None
    return made.match_code


@pytest.mark.parametrize("suffix", [".docx", ".pdf"])
def test_an_untouched_paper_says_what_is_stored(office: Store, tmp_path: Path, suffix: str) -> None:
    rec, target = add(office), tmp_path / f"记录单{suffix}"
    code = written(office, rec, target)
    for asked in (str(target), code, match_code.shown(code).lower()):
        found = verification.verify(office, asked)
        assert (found.matches, found.visit and found.visit.id, found.version) == (True, rec, 1)
        assert found.as_json()["differences"] == []
        assert found.words.startswith("此纸为2026年11月24日打印稿")


@pytest.mark.parametrize("suffix", [".docx", ".pdf"])
def test_a_paper_with_further_pages_and_several_leaders_is_read_whole(
    office: Store, tmp_path: Path, suffix: str
) -> None:
    leaders = (Leader("钱永和", "党委副书记、镇长"), Leader("周文斌", "组织委员"), Leader("阿不都·买买提", "副镇长"))
    rec = add(office, account="\n".join([ACCOUNT] * 9), resolution="已协调解决。" * 60, leaders=leaders)
    target = tmp_path / f"记录单{suffix}"
    written(office, rec, target)
    assert verification.of_file(office, target).matches


@pytest.mark.parametrize("suffix", [".docx", ".pdf"])
def test_a_resolution_added_after_printing_is_told(office: Store, tmp_path: Path, suffix: str) -> None:
    rec, target = add(office, resolution=None, nothing_to_solve=False), tmp_path / f"记录单{suffix}"
    code = written(office, rec, target)
    visits.edit(office, rec, {"resolution": "已调整值班。"}, by=office.operator)
    for asked in (str(target), code):
        found = verification.verify(office, asked)
        assert not found.matches and found.version == 1
        assert found.words == "此纸为2026年11月24日打印稿，之后补充了解决情况。"
        assert found.as_json()["differences"] == [
            {"field": "resolution", "title": "家访问题解决情况", "paper": "", "stored": "已调整值班。"}
        ]


def test_a_code_names_the_cells_that_changed_without_keeping_their_words(office: Store, tmp_path: Path) -> None:
    rec = add(office)
    first = written(office, rec, tmp_path / "1.pdf")
    visits.edit(office, rec, {"visitee_address": "西街村9号", "account": ACCOUNT + "又记。"}, by=office.operator)
    second = written(office, rec, tmp_path / "2.pdf")
    found = verification.of_code(office, first)
    assert [(one.field, one.paper) for one in found.differences] == [("address", None), ("account", None)]
    assert found.words == "此纸为2026年11月24日打印稿，之后改动了家庭住址、家访情况记录。"
    now = verification.of_code(office, second)
    assert now.matches and now.version == 2
    assert verification.of_file(office, tmp_path / "1.pdf").differences[0].paper == "东街村建设路36号"
    assert "东街村" not in repr(office.values.all("print"))


def test_a_word_file_altered_outside_is_found_out(office: Store, tmp_path: Path) -> None:
    rec, target = add(office), tmp_path / "记录单.docx"
    written(office, rec, target)
    document = docx.Document(str(target))
    for paragraph in document.tables[0].rows[1].cells[-1].paragraphs:
        for run in paragraph.runs:
            run.text = run.text.replace("36号", "63号")
    document.save(str(target))
    found = verification.of_file(office, target)
    assert not found.matches and found.version is None and found.visit is not None and found.visit.id == rec
    assert [(one.field, one.paper) for one in found.differences] == [("address", "东街村建设路63号")]
    assert "可能在程序外改过" in found.words


def test_a_deleted_record_is_still_known_and_said_to_be_void(office: Store, tmp_path: Path) -> None:
    rec = add(office)
    code = written(office, rec, tmp_path / "记录单.pdf")
    visits.delete(office, rec, reason="登记错了", by=office.operator)
    for asked in (code, str(tmp_path / "记录单.pdf")):
        found = verification.verify(office, asked)
        assert found.visit is not None and "这条记录已作废" in found.words


def test_codes_of_nobody_and_mistyped_ones_are_told_apart(office: Store, tmp_path: Path) -> None:
    code = written(office, add(office), tmp_path / "a.pdf")
    wrong = code[:-1] + ("2" if code[-1] != "2" else "3")
    with pytest.raises(UserError) as caught:
        verification.verify(office, wrong)
    assert caught.value.code == "bad_code"
    found = verification.verify(office, match_code.code_of(b"k" * 32, b"nothing"))
    assert found.as_json()["visit"] is None and not found.matches and found.as_json()["differences"] == []


def test_a_name_corrected_later_is_found_by_the_number(office: Store, tmp_path: Path) -> None:
    rec = add(office)
    written(office, rec, tmp_path / "记录单.pdf")
    visits.edit(office, rec, {"visitee_name": "张建郭"}, by=office.operator)
    found = verification.of_file(office, tmp_path / "记录单.pdf")
    assert found.visit is not None and found.visit.id == rec
    assert [(one.field, one.paper, one.stored) for one in found.differences] == [("visitee_name", "张建国", "张建郭")]


def test_a_paper_of_another_office_fits_nothing_here(office: Store, tmp_path: Path) -> None:
    other = set_up(tmp_path / "另一处", unit="大辛庄乡人民政府", ledger_unit="大辛庄乡")
    code = written(other, add(other, visitee_name="李向前"), tmp_path / "别处.pdf")
    other.close()
    add(office)
    for asked in (code, str(tmp_path / "别处.pdf")):
        assert verification.verify(office, asked).as_json() == {
            "matches": False, "visit": None, "version": None, "printed_at": None, "differences": [],
            "message": verification.verify(office, asked).words,
        }  # fmt: skip


def test_what_is_no_form_is_refused_in_words(office: Store, tmp_path: Path) -> None:
    blank = docx.Document()
    blank.add_paragraph("会议通知")
    blank.save(str(tmp_path / "通知.docx"))
    (tmp_path / "坏.pdf").write_bytes(b"%PDF-1.7\nnothing")
    for name, code in (("通知.docx", "not_a_form"), ("坏.pdf", "unsupported_format"), ("没有.pdf", "not_found")):
        with pytest.raises(UserError) as caught:
            verification.verify(office, str(tmp_path / name))
        assert caught.value.code == code and caught.value.hint


@pytest.mark.skipif(shutil.which("soffice") is None, reason="LibreOffice is not installed here")
def test_a_pdf_made_by_a_word_processor_is_read_too(office: Store, tmp_path: Path) -> None:
    rec = add(office, account="\n".join([ACCOUNT] * 6))
    written(office, rec, tmp_path / "记录单.docx")
    subprocess.run(
        ["soffice", f"-env:UserInstallation=file://{tmp_path}/profile", "--headless", "--convert-to", "pdf",
         "--outdir", str(tmp_path), str(tmp_path / "记录单.docx")],
        check=True, capture_output=True,
    )  # fmt: skip
    found = verification.of_file(office, tmp_path / "记录单.pdf")
    assert found.matches, found.differences
