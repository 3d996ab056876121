"""Rosters on the command line: preview and apply, questions, columns, and files that are none."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import pytest
from cli_driver import Office

HEAD = ["姓名", "单位", "职务", "出生年月", "联系电话"]
ZHANG = ["张三丰", "德政镇", "党委书记", "1975.03", "13800001234"]
LI = ["李思雨", "德政镇", "镇长", "1980年7月", 13900001234]
COUNTS = {"rows", "new", "same", "changed", "check", "skipped", "problems"}


def workbook(path: Path, *rows: Sequence[Any], **sheets: Sequence[Sequence[Any]]) -> Path:
    import openpyxl

    book = openpyxl.Workbook()
    first = book.active
    assert first is not None
    for row in rows:
        first.append(list(row))
    for name, content in sheets.items():
        sheet = book.create_sheet(name)
        for row in content:
            sheet.append(list(row))
    book.save(path)
    return path


def test_a_preview_and_its_import_print_the_same_object(fresh: Office, tmp_path: Path) -> None:
    path = workbook(tmp_path / "名册 一.xlsx", ["德政镇干部名册"], HEAD, ZHANG, [], LI)
    preview = fresh.done("roster", "import", path)
    assert {"file", "format", "sheet", "header_row", "columns", "people", "skipped", "questions", "counts"} <= set(
        preview
    )
    assert set(preview["counts"]) == COUNTS
    assert (preview["format"], preview["header_row"], preview["applied"]) == ("xlsx", 2, False)
    assert preview["columns"]["name"] == "A"
    first = preview["people"][0]
    assert (first["row"], first["name"], first["birth_date"], first["status"]) == (3, "张三丰", "1975-03", "new")
    assert fresh.done("roster", "list")["people"] == []
    applied = fresh.done("roster", "import", path, "--apply")
    assert applied | {"applied": False} == preview
    again = fresh.done("roster", "import", path, "--apply")
    assert (again["counts"]["new"], again["counts"]["same"]) == (0, 2)


def test_people_are_listed_found_and_shown(fresh: Office, tmp_path: Path) -> None:
    fresh.done("roster", "import", workbook(tmp_path / "a.xlsx", HEAD, ZHANG, LI), "--apply")
    listed = fresh.done("roster", "list")
    assert (listed["total"], len(listed["people"])) == (2, 2)
    for words in ("李思", "lisiyu", "lsy"):
        found = fresh.done("roster", "list", "--query", words)["people"]
        assert [person["name"] for person in found] == ["李思雨"]
    person = fresh.done("roster", "show", found[0]["id"])
    assert (person["name"], person["phone"], person["address"]) == ("李思雨", "13900001234", None)
    assert len(fresh.done("roster", "list", "--limit", "1", "--offset", "1")["people"]) == 1
    assert fresh.refused("roster", "show", "nobody")["code"] == "not_found"
    assert "李思雨" in fresh.told("roster", "list")
    assert "姓名：李思雨" in fresh.told("roster", "show", found[0]["id"])


def test_sheet_columns_and_unit_can_be_named(fresh: Office, tmp_path: Path) -> None:
    path = workbook(tmp_path / "a.xlsx", ["说明"], 甲=[HEAD, ZHANG], 乙=[["某某", "姓名"], ["王五", "赵六"]])
    assert fresh.done("roster", "import", path, "--sheet", "甲")["people"][0]["name"] == "张三丰"
    chosen = fresh.done("roster", "import", path, "--sheet", "乙", "--column", "name=a", "--unit", "北皋镇")
    assert (chosen["columns"]["name"], chosen["people"][0]["name"]) == ("A", "王五")
    assert chosen["people"][0]["unit"] == "北皋镇"
    assert fresh.refused("roster", "import", path, "--sheet", "没有这张")["code"] == "not_found"
    assert fresh.refused("roster", "import", path, "--column", "nam=A")["code"] == "unknown_field"
    assert fresh.call("roster", "import", path, "--column", "name").status == 2


def test_an_open_question_stops_the_import_until_it_is_answered(tmp_path: Path) -> None:
    from cli_driver import set_up

    county = set_up(tmp_path / "县", "county", "中共魏县县委组织部")
    path = workbook(tmp_path / "a.xlsx", ["姓名", "职务"], ["张三丰", "干事"], ["李思雨", "干事"])
    asked = county.done("roster", "import", path)["questions"]
    assert [question["code"] for question in asked] == ["missing_column"]
    assert county.refused("roster", "import", path, "--apply")["code"] == "questions_open"
    assert county.done("roster", "list")["total"] == 0
    applied = county.done("roster", "import", path, "--answer", f"{asked[0]['id']}=北皋镇", "--apply")
    assert applied["counts"]["new"] == 2
    assert {person["unit"] for person in county.done("roster", "list")["people"]} == {"北皋镇"}
    stray = county.done("roster", "import", path, "--unit", "北皋镇", "--answer", "没有=甲")
    assert any("没有" in warning for warning in stray["warnings"])


def test_a_csv_in_the_offices_encoding_is_read(fresh: Office, tmp_path: Path) -> None:
    path = tmp_path / "名册.csv"
    path.write_bytes("姓名,单位,职务\r\n王䶮,德政镇,干事\r\n".encode("gb18030"))
    found = fresh.done("roster", "import", path)
    assert (found["format"], found["people"][0]["name"]) == ("csv", "王䶮")


def _ole(*streams: str) -> bytes:
    """A compound file with these (empty) streams, as Excel's encrypted files and old WPS files are."""
    import struct

    header = bytearray(512)
    header[:8] = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
    struct.pack_into("<HHHHH", header, 24, 0x3E, 3, 0xFFFE, 9, 6)
    struct.pack_into("<III", header, 44, 1, 1, 0)
    struct.pack_into("<IIIIII", header, 56, 4096, 0xFFFFFFFE, 0, 0xFFFFFFFE, 0, 0)
    header[76:] = b"\xff" * (512 - 76)
    directory = bytearray()
    for name in ("Root Entry", *streams):
        entry = bytearray(128)
        raw = name.encode("utf-16-le") + b"\x00\x00"
        entry[: len(raw)] = raw
        struct.pack_into("<HB", entry, 64, len(raw), 5 if name == "Root Entry" else 2)
        directory += entry
    return bytes(header) + bytes(directory.ljust(1024, b"\x00"))


def _bomb() -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as archive:
        archive.writestr("xl/workbook.xml", "<workbook/>")
        with archive.open("xl/worksheets/sheet1.xml", "w") as part:
            for _ in range(120):
                part.write(b" " * 1_000_000)
    return out.getvalue()


@pytest.mark.parametrize(
    ("name", "make", "codes"),
    [
        ("加密.xlsx", lambda: _ole("EncryptionInfo", "EncryptedPackage"), {"encrypted_file"}),
        ("旧表.et", lambda: _ole("ETExtData"), {"unsupported_format"}),
        ("文稿.wps", lambda: _ole("WordDocument"), {"unsupported_format"}),
        ("炸弹.xlsx", _bomb, {"too_large"}),
        ("空.xlsx", lambda: b"", {"unsupported_format"}),
        ("通知.txt", lambda: "各单位：\n请于月底前报送材料。\n".encode(), {"not_a_roster", "unsupported_format"}),
        ("图.xlsx", lambda: b"\x89PNG\r\n\x1a\n" + bytes(100), {"unsupported_format"}),
    ],
)  # fmt: skip
def test_files_that_are_no_roster_are_refused_by_their_kind(
    office: Office, tmp_path: Path, name: str, make: Callable[[], bytes], codes: set[str]
) -> None:
    path = tmp_path / name
    path.write_bytes(make())
    assert office.refused("roster", "import", path, "--apply")["code"] in codes


def test_a_sheet_without_people_says_what_was_seen(office: Office, tmp_path: Path) -> None:
    path = workbook(
        tmp_path / "通知.xlsx", ["关于报送半年材料的通知"], ["各单位要对照要求，于月底前报送。"], [2026, 300]
    )
    assert office.refused("roster", "import", path)["code"] == "not_a_roster"
    assert office.refused("roster", "import", tmp_path / "没有.xlsx")["code"] == "not_found"


def test_a_person_reads_the_preview_in_chinese(office: Office, tmp_path: Path) -> None:
    path = workbook(tmp_path / "a.xlsx", HEAD, ZHANG, ["李四", "德政镇", "干事", "1975.13", None])
    told = office.told("roster", "import", path)
    assert "张三丰" in told
    assert "预览" in told
    assert "1975.13" in told
