"""Strangers' files are opened in a child: kinds by content, limits, refusals a clerk can act on."""

from __future__ import annotations

import io
import struct
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from jiafang_desktop.common.errors import CancelledError, UserError
from jiafang_desktop.common.progress import Progress
from jiafang_desktop.documents.grids import DateCell, column_index, column_letter, text_of
from jiafang_desktop.documents.sandbox import read_grids


def _workbook(rows: list[list[object]]) -> bytes:
    import openpyxl

    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    for row in rows:
        sheet.append(row)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def _ole(*streams: str) -> bytes:
    """A compound file whose directory holds the named (empty) streams ([MS-CFB])."""
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


def _zip(**parts: bytes) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in parts.items():
            archive.writestr(name.replace("__", "/"), data)
    return out.getvalue()


def _bomb() -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as archive:
        archive.writestr("xl/workbook.xml", "<workbook/>")
        with archive.open("xl/worksheets/sheet1.xml", "w") as part:
            for _ in range(120):
                part.write(b" " * 1_000_000)
    return out.getvalue()


REFUSED: dict[str, tuple[str, Callable[[], bytes]]] = {
    "an empty file": ("unsupported_format", lambda: b""),
    "only white space": ("unsupported_format", lambda: b"\r\n \t\r\n"),
    "a PDF": ("unsupported_format", lambda: b"%PDF-1.7\n..."),
    "a picture": ("unsupported_format", lambda: b"\x89PNG\r\n\x1a\n" + bytes(100)),
    "a Word document": (
        "unsupported_format",
        lambda: _zip(**{"word__document.xml": b"<w/>", "[Content_Types].xml": b"<t/>"}),
    ),
    "an archive": ("unsupported_format", lambda: _zip(**{"a.txt": b"x"})),
    "an ODS sheet": ("unsupported_format", lambda: _zip(mimetype=b"application/vnd.oasis", **{"content.xml": b"<x/>"})),
    "half a workbook": ("unsupported_format", lambda: _workbook([["姓名"]])[:1500]),
    "a workbook of rubbish": ("unsupported_format", lambda: _zip(**{"xl__workbook.xml": b"<not xml"})),
    "WPS's own format": ("unsupported_format", lambda: _ole("ETExtData", "Contents")),
    "a Word 97 document": ("unsupported_format", lambda: _ole("WordDocument", "1Table")),
    "a torn old workbook": ("unsupported_format", lambda: _ole("Workbook")),
    "an encrypted workbook": ("encrypted_file", lambda: _ole("EncryptionInfo", "EncryptedPackage")),
    "binary rubbish": ("unsupported_format", lambda: bytes(range(256)) * 40),
    "a zip bomb": ("too_large", _bomb),
    "too many parts": ("too_large", lambda: _zip(**{f"xl__worksheets__s{at}.xml": b"" for at in range(3100)})),
}


@pytest.mark.parametrize("name", REFUSED)
def test_what_is_no_table_is_refused_with_a_next_step(name: str, tmp_path: Path) -> None:
    code, make = REFUSED[name]
    file = tmp_path / "名册.xlsx"
    file.write_bytes(make())
    with pytest.raises(UserError) as refused:
        read_grids(file)
    assert refused.value.code == code
    assert refused.value.exit_status == 3
    assert refused.value.message.endswith("。")
    assert refused.value.hint


def test_files_that_are_not_there_or_are_folders_are_refused(tmp_path: Path) -> None:
    for path, code in ((tmp_path / "没有.xlsx", "not_found"), (tmp_path, "unsupported_format")):
        with pytest.raises(UserError) as refused:
            read_grids(path)
        assert refused.value.code == code


def test_a_text_in_the_sheet_s_last_cell_costs_no_rectangle_of_memory(tmp_path: Path) -> None:
    import openpyxl

    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    sheet["A1"], sheet["B2"] = "姓名", 13800001234
    sheet.cell(1_048_576, 16_384, "x")
    sheet.cell(1_000_000, 3, "y")
    file = tmp_path / "ghost.xlsx"
    book.save(file)
    grid = read_grids(file).sheets[0]
    assert grid.numbers == [1, 2, 1_000_000]
    assert text_of(grid.rows[1][1]) == "13800001234"


def test_a_million_formatted_empty_rows_are_only_air(tmp_path: Path) -> None:
    import xlsxwriter

    file = tmp_path / "air.xlsx"
    book = xlsxwriter.Workbook(str(file), {"constant_memory": True})
    sheet = book.add_worksheet()
    style = book.add_format({"border": 1})
    sheet.write_row(0, 0, ["姓名", "单位"])
    sheet.write_row(1, 0, ["张三丰", "德政镇"])
    for row in range(2, 200_000):
        sheet.write_blank(row, 0, None, style)
    book.close()
    assert read_grids(file).sheets[0].numbers == [1, 2]


def test_cancelling_while_rows_arrive_ends_the_child_and_the_reading(tmp_path: Path) -> None:
    file = tmp_path / "long.csv"
    file.write_text("姓名,单位\n" + "张三丰,德政镇\n" * 30_000, encoding="utf-8")

    def stop(step: Progress) -> None:
        assert step.done > 0
        raise CancelledError

    with pytest.raises(CancelledError):
        read_grids(file, progress=stop)


def test_dates_numbers_and_formulas_keep_what_the_sheet_shows(tmp_path: Path) -> None:
    import xlsxwriter

    file = tmp_path / "types.xlsx"
    book = xlsxwriter.Workbook(str(file))
    sheet = book.add_worksheet()
    sheet.write_datetime(
        0, 0, __import__("datetime").datetime(1975, 3, 8), book.add_format({"num_format": "yyyy-mm-dd"})
    )
    sheet.write_number(0, 1, 13800001234)
    sheet.write_formula(0, 2, '="德政"&"镇"', None, "德政镇")
    sheet.write_number(0, 3, 1980.1)
    book.close()
    row = read_grids(file).sheets[0].rows[0]
    assert row[0] == "1975-03-08" and isinstance(row[0], DateCell)
    assert [text_of(cell) for cell in row[1:]] == ["13800001234", "德政镇", "1980.1"]


def test_numbers_are_never_shown_scientifically() -> None:
    assert text_of(1.3e15) == "1300000000000000"
    assert text_of(1e-7) == "0.0000001"
    assert text_of(True) == "是"


def test_columns_are_named_as_excel_names_them() -> None:
    for index, letters in ((0, "A"), (25, "Z"), (26, "AA"), (701, "ZZ"), (702, "AAA"), (16383, "XFD")):
        assert column_letter(index) == letters
        assert column_index(letters) == index
    with pytest.raises(ValueError, match="1"):
        column_index("1")


def test_entities_in_a_spreadsheet_of_xml_are_not_expanded(tmp_path: Path) -> None:
    file = tmp_path / "laughs.xls"
    file.write_text(
        '<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "哈哈哈哈哈哈"><!ENTITY b "&a;&a;&a;">]>'
        '<Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet"><Worksheet><Table>'
        "<Row><Cell><Data>&b;</Data></Cell></Row></Table></Worksheet></Workbook>",
        encoding="utf-8",
    )
    with pytest.raises(UserError) as refused:
        read_grids(file)
    assert refused.value.code == "unsupported_format"


def _row(*cells: str) -> str:
    return "<tr>" + "".join(f"<td>{cell}</td>" for cell in cells) + "</tr>"


def test_tables_of_one_page_stand_one_below_another_as_excel_shows_them(tmp_path: Path) -> None:
    file = tmp_path / "page.xls"
    title, body = (
        f"<table>{_row('德政镇名册')}</table>",
        f"<table>{_row('姓名', '单位')}{_row('张三丰', '德政镇')}</table>",
    )
    file.write_text(f"<html><meta charset=utf-8>{title}<p>2025年6月</p>{body}</html>", encoding="utf-8")
    grid = read_grids(file).sheets[0]
    assert list(zip(grid.numbers, grid.rows, strict=True)) == [
        (1, ["德政镇名册"]), (2, ["2025年6月"]), (3, ["姓名", "单位"]), (4, ["张三丰", "德政镇"]),
    ]  # fmt: skip


def test_a_saved_web_page_of_excel_has_a_sheet_for_each_page(tmp_path: Path) -> None:
    frame = "<html><xml><x:Name>名册</x:Name></xml><frameset><frame src=s.htm></frameset></html>"
    parts = (frame, f"<html><body><table>{_row('姓名')}{_row('张三丰')}</table></body></html>")
    file = tmp_path / "book.xls"
    file.write_bytes(
        b'MIME-Version: 1.0\r\nContent-Type: multipart/related; boundary="b"\r\n\r\n'
        + b"".join(
            b'--b\r\nContent-Transfer-Encoding: 8bit\r\nContent-Type: text/html; charset="gb2312"\r\n\r\n'
            + part.encode("gb18030")
            + b"\r\n"
            for part in parts
        )
        + b"--b--\r\n"
    )
    book = read_grids(file)
    assert [(sheet.name, sheet.rows) for sheet in book.sheets] == [("名册", [["姓名"], ["张三丰"]])]
