"""docx: every table of the body as a sheet of its own, and the paragraphs between tables as sheets without a name.

Plain text only: what was deleted, hidden or merely instructs Word is left out. What a table means is history's.
"""

from __future__ import annotations

import io
import re
import zipfile
from collections import defaultdict
from collections.abc import Iterator
from typing import Any

from jiafang_desktop.documents.readers import Refused, Sink

_UNSEEN = frozenset(
    ("del", "moveFrom", "instrText", "delText", "rPr", "pPr", "tcPr", "trPr", "tblPr", "rt", "Fallback", "fldData")
)
_WRAPPERS = frozenset(("sdt", "sdtContent", "customXml", "ins", "moveTo", "smartTag"))
_BREAKS = {"br": "\n", "cr": "\n", "tab": "\t", "noBreakHyphen": "-", "softHyphen": ""}
_TICKS = {"F052": "☑", "F0FE": "☑", "F0FC": "√", "F0A3": "□", "F0A8": "□", "F06F": "□"}
_MOST_COLUMNS = 200


def read(data: bytes, sink: Sink) -> None:
    """The document's body from top to bottom; the words of page headers stand first."""
    from xml.etree.ElementTree import ParseError

    from defusedxml import ElementTree
    from defusedxml.common import DefusedXmlException

    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            root = ElementTree.fromstring(archive.read(_main_part(archive)))
            names = [name for name in archive.namelist() if re.fullmatch(r"word/header\d*\.xml", name)]
            heads = [ElementTree.fromstring(archive.read(name)) for name in sorted(names)[:20]]
    except (KeyError, ParseError, DefusedXmlException, zipfile.BadZipFile, ValueError, EOFError):
        raise _damaged() from None
    body = next((part for part in root if _tag(part) == "body"), None)
    if body is None:
        raise _damaged()
    sink.format("docx")
    reader = _Reader(sink)
    for head in heads:
        reader.blocks(head)
    reader.blocks(body)
    reader.end()


def _damaged() -> Refused:
    return Refused(
        "unsupported_format", "这个Word文档已损坏或没有下载完整，读不出来。",
        "请用WPS或Word打开它，另存为“Word文档（.docx）”后再导入；打不开时请找原来的文件。",
    )  # fmt: skip


def _main_part(archive: zipfile.ZipFile) -> str:
    from defusedxml import ElementTree

    if "word/document.xml" in archive.namelist():
        return "word/document.xml"
    for link in ElementTree.fromstring(archive.read("_rels/.rels")):
        if str(link.get("Type", "")).endswith("/officeDocument"):
            return str(link.get("Target", "")).lstrip("/")
    raise KeyError("officeDocument")


class _Reader:
    """Hands blocks to the sink in their order; keeps the counters of automatic numbering."""

    def __init__(self, sink: Sink) -> None:
        self._sink = sink
        self._words: list[str] = []
        self._tables = 0
        self._counted: dict[tuple[str, str], int] = defaultdict(int)

    def blocks(self, element: Any) -> None:
        """The paragraphs and tables in ``element``, wrappers looked through."""
        for child in element:
            tag = _tag(child)
            if tag == "p":
                self._words.append(self._paragraph(child))
            elif tag == "tbl":
                self._table(child)
            elif tag in _WRAPPERS:
                self.blocks(child)

    def end(self) -> None:
        """The paragraphs behind the last table."""
        lines = [line for words in self._words for line in words.split("\n")]
        self._words = []
        if any(line.strip() for line in lines):
            self._sink.sheet("")
            for number, line in enumerate(lines, start=1):
                if line.strip():
                    self._sink.row(number, [line])

    def _table(self, table: Any) -> None:
        rows = list(_children(table, "tr"))
        if self._only_frames(rows):
            for row in rows:
                for cell in _children(row, "tc"):
                    self.blocks(cell)
            return
        self.end()
        self._tables += 1
        self._sink.sheet(f"表{self._tables}")
        open_merges: dict[int, list[int]] = {}
        merges: list[list[int]] = []
        for number, row in enumerate(rows, start=1):
            self._row(number, row, open_merges, merges)
        self._sink.merges(merge for merge in merges if merge[0] != merge[2] or merge[1] != merge[3])

    def _only_frames(self, rows: list[Any]) -> bool:
        """A table that merely holds other tables in place."""
        inner = [table for row in rows for table in row.iter() if _tag(table) == "tbl"]
        cells = sum(1 for row in rows for _ in _children(row, "tc"))
        return cells <= 3 and any(sum(1 for part in table.iter() if _tag(part) == "tc") >= 6 for table in inner)

    def _row(self, number: int, row: Any, open_merges: dict[int, list[int]], merges: list[list[int]]) -> None:
        cells: list[object] = []
        column = _number(row, "trPr", "gridBefore")
        cells.extend("" for _ in range(column))
        for cell in _children(row, "tc"):
            if column >= _MOST_COLUMNS:
                break
            width = max(_number(cell, "tcPr", "gridSpan"), 1)
            merge = _property(cell, "tcPr", "vMerge")
            continued = merge is not None and _value(merge) != "restart" and column in open_merges
            if continued:
                open_merges[column][2] = number
            else:
                merges.append([number, column, number, column + width - 1])
                open_merges.pop(column, None)
                if merge is not None:
                    open_merges[column] = merges[-1]
            text = self._cell(cell)
            cells.append("" if continued else text)
            cells.extend("" for _ in range(width - 1))
            column += width
        while cells and cells[-1] == "":
            cells.pop()
        if cells:
            self._sink.row(number, cells)

    def _cell(self, cell: Any) -> str:
        return "\n".join(self._texts(cell)).strip("\n")

    def _texts(self, element: Any) -> Iterator[str]:
        for child in element:
            tag = _tag(child)
            if tag == "p":
                yield self._paragraph(child)
            elif tag == "tbl":
                for row in _children(child, "tr"):
                    yield "　".join(self._cell(cell) for cell in _children(row, "tc"))
            elif tag in _WRAPPERS:
                yield from self._texts(child)

    def _paragraph(self, paragraph: Any) -> str:
        text = "".join(self._runs(paragraph))
        numbering = _property(paragraph, "pPr", "numPr")
        if numbering is not None:
            key = (_inner(numbering, "numId"), _inner(numbering, "ilvl"))
            if key[0] not in ("", "0"):
                self._counted[key] += 1
                # An automatic number is all that such a cell shows (序号).
                text = text if text.strip() else str(self._counted[key])
        return text

    def _runs(self, element: Any) -> Iterator[str]:
        for child in element:
            tag = _tag(child)
            if tag == "t":
                yield child.text or ""
            elif tag in _BREAKS:
                yield _BREAKS[tag]
            elif tag == "sym":
                yield _TICKS.get(_attribute(child, "char").upper(), "")
            elif tag == "txbxContent":
                yield "\n" + "\n".join(self._texts(child)) + "\n"
            elif tag in _UNSEEN or (tag == "r" and _property(child, "rPr", "vanish") is not None):
                continue
            else:
                yield from self._runs(child)


def _tag(element: Any) -> str:
    return str(element.tag).rpartition("}")[2]


def _children(element: Any, wanted: str) -> Iterator[Any]:
    for child in element:
        if _tag(child) == wanted:
            yield child
        elif _tag(child) in _WRAPPERS:
            yield from _children(child, wanted)


def _property(element: Any, group: str, name: str) -> Any:
    for child in element:
        if _tag(child) == group:
            return next((part for part in child if _tag(part) == name), None)
    return None


def _attribute(element: Any, name: str) -> str:
    return next((str(value) for key, value in element.attrib.items() if key.rpartition("}")[2] == name), "")


def _value(element: Any) -> str:
    return _attribute(element, "val")


def _inner(element: Any, name: str) -> str:
    return next((_value(part) for part in element if _tag(part) == name), "")


def _number(element: Any, group: str, name: str) -> int:
    found = _property(element, group, name)
    text = _value(found) if found is not None else ""
    return min(int(text), _MOST_COLUMNS) if text.isdigit() else 0
