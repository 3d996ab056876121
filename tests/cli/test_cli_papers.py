"""Papers on the command line: what is written, under which names, and what is refused."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest
from cli_driver import VISIT, Office

LONG = "本次家访了解到家庭情况和工作中的实际困难，逐项记下并说明办理时限。" * 40


@pytest.fixture(scope="module")
def visit(office: Office) -> str:
    return office.add()


def text_of(pdf: str) -> str:
    done = subprocess.run(["pdftotext", "-layout", pdf, "-"], capture_output=True, check=True)
    return done.stdout.decode("utf-8")


def test_a_record_is_written_in_three_formats_into_folders_that_are_made(
    office: Office, visit: str, tmp_path: Path
) -> None:
    for suffix, begin in ((".docx", b"PK"), (".pdf", b"%PDF"), (".png", b"\x89PNG")):
        target = tmp_path / "新 文件夹" / "内层" / f"记录单{suffix}"
        written = office.done("forms", "record", visit, "--to", target)
        assert {"file", "files", "pages", "font_pt", "continuation", "match_code", "warnings"} <= set(written)
        assert (written["file"], written["files"]) == (str(target), [str(target)])
        assert (written["pages"], written["font_pt"], written["continuation"]) == (1, 14, False)
        assert target.read_bytes().startswith(begin)
    assert "张建国" in text_of(str(target.with_suffix(".pdf")))


def test_a_long_record_continues_and_its_pictures_are_numbered(office: Office, tmp_path: Path) -> None:
    long = office.add(account=LONG)
    fit = office.done("forms", "fit", long)
    assert set(fit) >= {"pages", "font_pt", "continuation", "overflow_characters"}
    assert (fit["continuation"], fit["font_pt"]) == (True, 12)
    written = office.done("forms", "record", long, "--to", tmp_path / "长.png")
    names = [tmp_path / "长.png", *(tmp_path / f"长-{page}.png" for page in range(2, fit["pages"] + 1))]
    assert written["files"] == [str(name) for name in names]
    assert all(name.is_file() for name in names)
    assert office.told("forms", "fit", long).count("续页") == 1


def test_what_is_there_is_replaced_only_when_asked(office: Office, visit: str, tmp_path: Path) -> None:
    target = tmp_path / "记录单.docx"
    target.write_text("别人的文件", "utf-8")
    assert office.refused("forms", "record", visit, "--to", target)["code"] == "file_exists"
    assert target.read_text("utf-8") == "别人的文件"
    office.done("forms", "record", visit, "--to", target, "--replace")
    assert target.read_bytes().startswith(b"PK")
    assert list(tmp_path.iterdir()) == [target]


def test_a_file_open_in_wps_is_named(office: Office, visit: str, tmp_path: Path) -> None:
    target = tmp_path / "台账.xlsx"
    office.done("forms", "ledger", "--year", "2026", "--to", target)
    (tmp_path / ".~lock.台账.xlsx#").write_text("x", "utf-8")
    error = office.refused("forms", "ledger", "--year", "2026", "--to", target, "--replace")
    assert error["code"] == "file_busy"
    assert "WPS" in error["message"] + error["hint"]


def test_other_formats_and_unknown_visits_are_refused(office: Office, visit: str, tmp_path: Path) -> None:
    assert office.refused("forms", "record", visit, "--to", tmp_path / "a.doc")["code"] == "unsupported_format"
    assert office.refused("forms", "record", "nobody", "--to", tmp_path / "a.docx")["code"] == "not_found"
    assert office.refused("forms", "fit", "nobody")["code"] == "not_found"
    assert list(tmp_path.iterdir()) == []


def test_the_resolution_is_overprinted_after_the_sheet_was_printed(office: Office, tmp_path: Path) -> None:
    visit = office.add()
    target = tmp_path / "套打.pdf"
    assert (
        office.refused("forms", "record", visit, "--to", target, "--overprint", "resolution")["code"] == "not_printed"
    )
    office.done("visits", "mark", visit, "--printed")
    office.done("problems", "resolve", visit, "1", "--text", "护理床已经借到。", "--on", "2026-10-01")
    office.done("forms", "record", visit, "--to", target, "--overprint", "resolution")
    words = text_of(str(target))
    assert "护理床已经借到" in words.replace(" ", "").replace("\n", "")
    assert "张建国" not in words


@pytest.mark.parametrize("variant", ["matrix", "plain"])
def test_a_ledger_counts_visits_not_rulings(fresh: Office, tmp_path: Path, variant: str) -> None:
    many = [VISIT | {"date": f"2026-{month:02d}-05"} for month in (1, 2, 5, 5, 11)]
    fresh.done("visits", "add", "--file", fresh.written("v.json", many))
    for suffix in (".docx", ".pdf", ".xlsx"):
        target = tmp_path / f"台账{suffix}"
        written = fresh.done("forms", "ledger", "--year", "2026", "--variant", variant, "--to", target)
        assert (written["rows"], written["pages"], written["file"]) == (5, 1, str(target))
    quarter = fresh.done("forms", "ledger", "--year", "2026", "--quarter", "2", "--to", tmp_path / "二季度.pdf")
    assert quarter["rows"] == 2
    assert "张建国" in text_of(str(tmp_path / "台账.pdf"))
    assert fresh.done("forms", "ledger", "--year", "2024", "--to", tmp_path / "空.docx")["rows"] == 0
    assert "台账5条" in fresh.told("forms", "ledger", "--year", "2026", "--to", tmp_path / "再.docx")


def test_characters_no_font_has_are_told_beside_the_file(office: Office, tmp_path: Path) -> None:
    strange = office.add(matter="张\U000f0000", account="家里的\U000f0001字没有人会念。")
    answer = office.done("forms", "record", strange, "--to", tmp_path / "缺字.pdf")
    (warning,) = (words for words in answer["warnings"] if "字形" in words)
    assert "\U000f0001" in warning and "〓" in warning
    answer = office.done("forms", "record", strange, "--to", tmp_path / "缺字.docx")
    assert "〓" not in "".join(answer["warnings"])
