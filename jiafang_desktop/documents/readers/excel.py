"""xlsx and xlsm by calamine; a sparse reader of ours takes over for sheets whose used corner lies absurdly far out."""

from __future__ import annotations

import io
import re
import zipfile

from jiafang_desktop.documents.readers import Refused, Sink, damaged, package


def read(data: bytes, sink: Sink) -> None:
    """Every worksheet, in tab order, by calamine."""
    import python_calamine as calamine

    try:
        book = calamine.load_workbook(io.BytesIO(data))
    except calamine.PasswordError:
        raise Refused(
            "encrypted_file", "这个工作簿设了打开密码，读不出来。", "请去掉密码、另存为xlsx后再导入。"
        ) from None
    except (calamine.CalamineError, calamine.XmlError, calamine.ZipError, OSError, ValueError):
        raise damaged() from None
    sink.format("xlsx")
    parts = package.sheet_parts(data)
    styles = package.padded_styles(data)
    for meta in book.sheets_metadata:
        if meta.typ is not calamine.SheetTypeEnum.WorkSheet:
            continue
        try:
            sheet = book.get_sheet_by_name(meta.name)
        except (calamine.CalamineError, calamine.XmlError, calamine.ZipError, ValueError):
            raise damaged() from None
        sink.sheet(meta.name, hidden=meta.visible is not calamine.SheetVisibleEnum.Visible)
        if sheet.start is not None:
            padded = package.padded_cells(data, parts[meta.name], styles) if styles and meta.name in parts else {}
            _rows(sheet, sink, padded)
        sink.merges(
            (top + 1, left, bottom + 1, right) for (top, left), (bottom, right) in sheet.merged_cell_ranges or ()
        )
        if meta.name in parts:
            sink.hidden_rows(package.hidden_rows(data, parts[meta.name]))


def _rows(sheet: object, sink: Sink, padded: dict[int, dict[int, int]]) -> None:
    top, left = sheet.start  # type: ignore[attr-defined]  # calamine's sheet; the import stays inside read()
    # iter_rows begins at row 1 whatever the used area, and at the area's first column.
    pad: list[object] = [""] * left
    used = sheet.to_python(skip_empty_area=True) if sheet.height * sheet.width < 2_000_000 else None  # type: ignore[attr-defined]  # as above
    if used is None:
        rows, number = sheet.iter_rows(), 0  # type: ignore[attr-defined]  # as above
    else:
        rows, number = iter(used), top
    for cells in rows:
        number += 1
        row = pad + cells if left else cells
        for column, width in padded.get(number, {}).items() if padded else ():
            if column < len(row):
                row[column] = package.with_zeros(row[column], width)
        while row and row[-1] == "":
            row.pop()
        if row:
            sink.row(number, row)


# ------------------------------------------------------------------------------------------- sparse reading


def read_sparse(data: bytes, sink: Sink) -> None:
    """The same, cell by cell with expat: slower, but a text at XFD1048576 costs one cell, not a rectangle."""
    from xml.etree.ElementTree import ParseError

    from defusedxml.common import DefusedXmlException

    parts = package.sheet_parts(data)
    if not parts:
        raise damaged()
    sink.format("xlsx")
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            shared = _shared_strings(archive)
            dates = _date_styles(archive)
            for name, part in parts.items():
                if part in archive.namelist():
                    _sparse_sheet(archive, part, name, shared, dates, sink)
    except (ParseError, DefusedXmlException, zipfile.BadZipFile, ValueError, IndexError, EOFError):
        raise damaged() from None


def _shared_strings(archive: zipfile.ZipFile) -> list[str]:
    from defusedxml.ElementTree import iterparse

    if "xl/sharedStrings.xml" not in archive.namelist():
        return []
    strings: list[str] = []
    with archive.open("xl/sharedStrings.xml") as stream:
        for _, element in iterparse(stream):
            if element.tag.endswith("}si"):
                strings.append("".join(part.text or "" for part in element.iter() if part.tag.endswith("}t")))
                element.clear()
    return strings


def _date_styles(archive: zipfile.ZipFile) -> frozenset[int]:
    from defusedxml import ElementTree

    if "xl/styles.xml" not in archive.namelist():
        return frozenset()
    root = ElementTree.fromstring(archive.read("xl/styles.xml"))
    formats = {int(e.get("numFmtId", "0")): e.get("formatCode", "") for e in root.iter() if e.tag.endswith("}numFmt")}
    found = set()
    for group in root.iter():
        if group.tag.endswith("}cellXfs"):
            for index, xf in enumerate(group):
                number = int(xf.get("numFmtId", "0"))
                code = re.sub(r'"[^"]*"|\[[^\]]*\]', "", formats.get(number, ""))
                if 14 <= number <= 22 or 27 <= number <= 36 or 50 <= number <= 58 or re.search(r"[yd年月]", code):
                    found.add(index)
    return frozenset(found)


def _sparse_sheet(
    archive: zipfile.ZipFile, part: str, name: str, shared: list[str], dates: frozenset[int], sink: Sink
) -> None:
    from defusedxml.ElementTree import iterparse

    from jiafang_desktop.documents.grids import column_index

    sink.sheet(name)
    merges: list[tuple[int, int, int, int]] = []
    with archive.open(part) as stream:
        for _, element in iterparse(stream):
            tag = element.tag.rpartition("}")[2]
            if tag == "row":
                cells: dict[int, object] = {}
                for cell in element:
                    letters = re.match(r"[A-Z]+", cell.get("r", "A"))
                    value = _sparse_value(cell, shared, dates)
                    if value != "" and letters:
                        cells[column_index(letters.group())] = value
                kept = {at: value for at, value in cells.items() if at < 512}  # a stray mark at XFD is nobody's data
                if kept and any(str(value).strip() for value in kept.values()):
                    sink.row(int(element.get("r", "0")), [kept.get(at, "") for at in range(max(kept) + 1)])
                element.clear()
            elif tag == "mergeCell":
                match = re.match(r"([A-Z]+)(\d+):([A-Z]+)(\d+)$", element.get("ref", ""))
                if match:
                    left, top, right, bottom = match.groups()
                    merges.append((int(top), column_index(left), int(bottom), column_index(right)))
    sink.merges(merges)


def _sparse_value(cell: object, shared: list[str], dates: frozenset[int]) -> object:
    from datetime import datetime, timedelta

    kind = cell.get("t", "n")  # type: ignore[attr-defined]  # an Element; the stub of defusedxml says object
    if kind == "inlineStr":
        return "".join(part.text or "" for part in cell.iter() if part.tag.endswith("}t"))  # type: ignore[attr-defined]  # as above
    value = next((child.text or "" for child in cell if child.tag.endswith("}v")), "")  # type: ignore[attr-defined]  # as above
    if value == "" or kind == "e":
        return ""
    if kind == "s":
        return shared[int(value)]
    if kind == "b":
        return value == "1"
    if kind in ("str", "d"):
        return value
    number = float(value)
    if int(cell.get("s", "0")) in dates and 1 <= number < 100_000:  # type: ignore[attr-defined]  # as above
        return datetime(1899, 12, 30) + timedelta(days=number)
    return number
