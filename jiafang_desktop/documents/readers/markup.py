"""HTML tables (and .mht) and XML-2003 spreadsheets, which often wear the name .xls."""

from __future__ import annotations

import email
import email.policy
import re
from typing import Any

from jiafang_desktop.documents.readers import Sink, damaged
from jiafang_desktop.documents.readers.delimited import decode
from jiafang_desktop.documents.readers.package import with_zeros, zero_width


def read_mht(data: bytes, sink: Sink) -> None:
    """A saved web page: its HTML parts one after another."""
    message = email.message_from_bytes(data, policy=email.policy.default)
    pages = [part.get_payload(decode=True) for part in message.walk() if part.get_content_type() == "text/html"]
    found = [_decoded(page) for page in pages if isinstance(page, bytes)]
    if not found:
        raise damaged()
    # The page that frames the sheets knows their names; each sheet has a page of its own.
    _read_pages(found, sink)


def read_html(data: bytes, sink: Sink) -> None:
    """Innermost tables stand one below another on one sheet, as Excel shows a page; colspan and rowspan are merges."""
    _read_pages([_decoded(data)], sink)


def _read_pages(pages: list[str], sink: Sink) -> None:
    sink.format("html")
    titles = [title for page in pages for title in re.findall(r"<x:Name>([^<]{1,31})</x:Name>", page)]
    groups = [tables for tables in map(_tables, pages) if tables]
    every = [table for tables in groups for table in tables]
    if len(titles) == len(every) != len(groups):
        groups = [[table] for table in every]  # an exporter that writes its sheets as tables of one page
    for index, tables in enumerate(groups):
        sink.sheet(titles[index] if len(titles) == len(groups) else f"表{index + 1}")
        _page_tables(tables, sink)


def _tables(page: str) -> list[Any]:
    from lxml import html
    from lxml.etree import LxmlError

    if "<table" not in page.lower():
        return []
    try:
        root = html.document_fromstring(re.sub(r"^\s*<\?xml[^>]*\?>", "", page), parser=html.HTMLParser(encoding=None))
    except (LxmlError, ValueError):
        raise damaged() from None
    return [table for table in root.iter("table") if not any(inner is not table for inner in table.iter("table"))]


def _decoded(data: bytes) -> str:
    if data[:2] in (b"\xff\xfe", b"\xfe\xff") or data[:3] == b"\xef\xbb\xbf":
        return decode(data)
    declared = re.search(rb"charset\s*=\s*[\"']?([\w-]+)", data[:4096], re.IGNORECASE)
    if declared:
        name = declared.group(1).decode("ascii").lower()
        name = "gb18030" if name in ("gb2312", "gbk", "gb18030", "gb_2312-80") else name
        try:
            return data.decode(name)
        except (LookupError, UnicodeDecodeError):
            pass  # the page lies about itself; look at the bytes
    return decode(data)


def _words_before(table: Any) -> str:
    """A caption standing in paragraphs before the table (单位：…), so that it can give the unit."""
    words = [
        (element.text_content() or "").strip()
        for element in table.itersiblings(preceding=True)
        if isinstance(element.tag, str) and element.tag != "script" and next(element.iter("table"), None) is None
    ]
    return " ".join(word for word in reversed(words[:4]) if word and len(word) < 80)


def _page_tables(tables: list[Any], sink: Sink) -> None:
    taken: dict[tuple[int, int], str] = {}
    merges: list[tuple[int, int, int, int]] = []
    number = 1
    for table in tables:
        before = _words_before(table)
        if before:
            taken[(number, 0)] = before
            number += 1
        number = _table(table, taken, merges, number)
    rows: dict[int, list[object]] = {}
    for (at, column), text in sorted(taken.items()):
        cells = rows.setdefault(at, [])
        cells.extend("" for _ in range(column - len(cells)))
        cells.append(text)
    for at in sorted(rows):
        while rows[at] and rows[at][-1] == "":
            rows[at].pop()
        if rows[at]:
            sink.row(at, rows[at])
    sink.merges(merges)


def _table(table: Any, taken: dict[tuple[int, int], str], merges: list[tuple[int, int, int, int]], number: int) -> int:
    """Put a table's cells into ``taken`` from row ``number`` on; gives the row after it."""
    captions = [caption.text_content().strip() for caption in table.iter("caption")]
    for caption in filter(None, captions):
        taken[(number, 0)] = caption
        number += 1
    for row in table.iter("tr"):
        column = 0
        for cell in row:
            if cell.tag not in ("td", "th"):
                continue
            while (number, column) in taken:
                column += 1
            across, down = _span(cell, "colspan"), _span(cell, "rowspan")
            taken[(number, column)] = _cell_text(cell)
            if across > 1 or down > 1:
                merges.append((number, column, number + down - 1, column + across - 1))
                for below in range(down):
                    for beside in range(across):
                        taken.setdefault((number + below, column + beside), "")
            column += across
        number += 1
    return number


def _span(cell: Any, name: str) -> int:
    value = str(cell.get(name, "1")).strip()
    return min(max(int(value), 1), 500) if value.isdigit() else 1


def _cell_text(cell: Any) -> str:
    number = cell.get("x:num")  # Excel's own page keeps every digit there when it shows 1.38E+10
    if number and re.match(r"^\d+(\.\d+)?$", number) and "E+" in cell.text_content():
        return str(number)
    for mark in cell.iter("br"):
        mark.tail = "\n" + (mark.tail or "")
    text = re.sub(r"[ \t\r\f]*\n[ \t\r\f]*", "\n", cell.text_content().replace("\xa0", " "))
    return str(text).strip()


def read_xml2003(data: bytes, sink: Sink) -> None:
    """SpreadsheetML 2003: ss:Index, ss:MergeAcross and ss:MergeDown, typed ss:Data."""
    from xml.etree.ElementTree import ParseError

    from defusedxml import ElementTree
    from defusedxml.common import DefusedXmlException

    # expat knows no GB encodings, so the text is decoded here and the declaration dropped.
    declared = re.match(rb"\s*<\?xml[^>]*encoding=[\"'](gb2312|gbk|gb18030)[\"']", data[:200], re.IGNORECASE)
    text = data.decode("gb18030", errors="replace") if declared else decode(data)
    try:
        root = ElementTree.fromstring(re.sub(r"^\s*<\?xml[^>]*\?>", "", text.lstrip("\ufeff")))
    except (ParseError, DefusedXmlException, ValueError):
        raise damaged() from None
    sink.format("xml2003")
    padded = _padded_styles(root)
    for sheet in root.iter():
        if _tag(sheet) == "Worksheet":
            visible = [part.text for part in sheet.iter() if _tag(part) == "Visible"]
            sink.sheet(_get(sheet, "Name") or "表", hidden=bool(visible) and visible[0] != "SheetVisible")
            _spreadsheet_rows(sheet, sink, padded)


def _padded_styles(root: Any) -> dict[str, int]:
    """Style → digits, for styles that show 123 as 000123."""
    found = {}
    for style in (part for part in root.iter() if _tag(part) == "Style"):
        for form in (part for part in style if _tag(part) == "NumberFormat"):
            width = zero_width(_get(form, "Format") or "")
            if width:
                found[_get(style, "ID") or ""] = width
    return found


def _spreadsheet_rows(sheet: Any, sink: Sink, padded: dict[str, int]) -> None:
    number = 0
    merges: list[tuple[int, int, int, int]] = []
    hidden: list[int] = []
    for row in (part for part in sheet.iter() if _tag(part) == "Row"):
        number = int(_get(row, "Index") or number + 1)
        if _get(row, "Hidden") == "1":
            hidden.append(number)
        cells: list[object] = []
        column = 0
        for cell in (part for part in row if _tag(part) == "Cell"):
            column = int(_get(cell, "Index") or column + 1)
            while any(
                top < number <= bottom and left <= column - 1 <= right for top, left, bottom, right in merges[-40:]
            ):
                if _get(cell, "Index"):
                    break
                column += 1
            across, down = int(_get(cell, "MergeAcross") or 0), int(_get(cell, "MergeDown") or 0)
            cells.extend("" for _ in range(column - 1 - len(cells)))
            width = padded.get(_get(cell, "StyleID") or "", 0) if padded else 0
            cells.append(with_zeros(_data(cell), width) if width else _data(cell))
            if across or down:
                merges.append((number, column - 1, number + down, column - 1 + across))
            column += across
        while cells and cells[-1] == "":
            cells.pop()
        if cells:
            sink.row(number, cells)
    sink.merges(merges)
    sink.hidden_rows(hidden)


def _data(cell: Any) -> object:
    from datetime import datetime

    for part in cell:
        if _tag(part) == "Data":
            text = "".join(part.itertext())
            kind = _get(part, "Type")
            if kind == "Number" and re.match(r"^-?\d+(\.\d+)?([eE][+-]?\d+)?$", text):
                return float(text)
            if kind == "DateTime":
                try:
                    return datetime.fromisoformat(text)
                except ValueError:
                    return text
            return "" if kind == "Error" else text
    return ""


def _tag(element: Any) -> str:
    return str(element.tag).rpartition("}")[2]


def _get(element: Any, name: str) -> str | None:
    for key, value in element.attrib.items():
        if key.rpartition("}")[2] == name:
            return str(value)
    return None
