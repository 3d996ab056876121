"""What an xlsx package says beside its values: where sheets lie, hidden rows, numbers shown with leading zeros.

calamine gives none of it. Values are excel's business.
"""

from __future__ import annotations

import io
import re
import zipfile

_SCAN_LIMIT = 12 * 1024 * 1024
_HIDDEN_ROW = re.compile(rb'<row\b[^>]*\br="(\d+)"[^>]*\bhidden="(?:1|true)"')
_CELL = re.compile(rb"<(?:\w+:)?c\b([^>]*)>")
_PLACE = re.compile(rb'\br="([A-Z]{1,3})(\d+)"')
_STYLE = re.compile(rb'\bs="(\d+)"')
_ZEROS = re.compile(r"^(0{2,20})(?:_.|\\.|;.*)*$")


def sheet_parts(data: bytes) -> dict[str, str]:
    """Sheet name → part; empty where the workbook is unusual."""
    from defusedxml import ElementTree
    from defusedxml.common import DefusedXmlException

    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            book = ElementTree.fromstring(archive.read("xl/workbook.xml"))
            links = ElementTree.fromstring(archive.read("xl/_rels/workbook.xml.rels"))
    except (KeyError, ElementTree.ParseError, DefusedXmlException, zipfile.BadZipFile, ValueError):
        return {}
    targets = {link.get("Id", ""): link.get("Target", "") for link in links}
    parts = {}
    for element in book.iter():
        if element.tag.endswith("}sheet"):
            target = next((targets.get(value, "") for key, value in element.attrib.items() if key.endswith("}id")), "")
            parts[element.get("name", "")] = target.lstrip("/") if target.startswith("/") else f"xl/{target}"
    return parts


def hidden_rows(data: bytes, part: str) -> list[int]:
    """Numbers of the rows a sheet hides; empty for very long sheets, where looking costs too much."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        try:
            info = archive.getinfo(part)
        except KeyError:
            return []
        if info.file_size > _SCAN_LIMIT:
            return []
        return [int(number) for number in _HIDDEN_ROW.findall(archive.read(info))]


def zero_width(number_format: str) -> int:
    """How many digits a format like 000000 shows at least; 0 for every other format."""
    match = _ZEROS.match(number_format)
    return len(match.group(1)) if match else 0


def padded_styles(data: bytes) -> dict[int, int]:
    """Cell style → digits, for styles that show 123 as 000123; mostly empty, and then nothing else is looked at."""
    from defusedxml import ElementTree
    from defusedxml.common import DefusedXmlException

    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            raw = archive.read("xl/styles.xml")
            if b'"00' not in raw:
                return {}
            root = ElementTree.fromstring(raw)
    except (KeyError, ElementTree.ParseError, DefusedXmlException, zipfile.BadZipFile, ValueError):
        return {}
    widths = {
        e.get("numFmtId", ""): zero_width(e.get("formatCode", "")) for e in root.iter() if e.tag.endswith("}numFmt")
    }
    found = {}
    for group in root.iter():
        if group.tag.endswith("}cellXfs"):
            found = {index: widths.get(xf.get("numFmtId", ""), 0) for index, xf in enumerate(group)}
    return {index: width for index, width in found.items() if width}


def padded_cells(data: bytes, part: str, styles: dict[int, int]) -> dict[int, dict[int, int]]:
    """Row number → column → digits, for a sheet's cells of those styles."""
    from jiafang_desktop.documents.grids import column_index

    cells: dict[int, dict[int, int]] = {}
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        try:
            info = archive.getinfo(part)
        except KeyError:
            return {}
        if info.file_size > _SCAN_LIMIT:
            return {}
        for match in _CELL.finditer(archive.read(info)):
            style, place = _STYLE.search(match.group(1)), _PLACE.search(match.group(1))
            width = styles.get(int(style.group(1)), 0) if style else 0
            if width and place:
                column = column_index(place.group(1).decode("ascii"))
                cells.setdefault(int(place.group(2)), {})[column] = width
    return cells


def with_zeros(value: object, width: int) -> object:
    """A whole number as the text its format shows."""
    if isinstance(value, (int, float)) and not isinstance(value, bool) and value >= 0 and float(value).is_integer():
        return str(int(value)).zfill(width)
    return value
