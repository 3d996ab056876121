"""CSV and other text tables: the encoding by BOM, then UTF-8, then GB18030; the delimiter by what divides evenly."""

from __future__ import annotations

import csv
import io
import re
from collections import Counter

from jiafang_desktop.documents.readers import Refused, Sink

_DELIMITERS = (",", "\t", ";", "|", "，", "、", "  ", " ")


def decode(data: bytes) -> str:
    """Text of bytes in any usual encoding; Refused when it is no text at all."""
    for mark, name in ((b"\xef\xbb\xbf", "utf-8-sig"), (b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16")):
        if data.startswith(mark):
            return data.decode(name, errors="replace")
    head = data[:2000]
    if head.count(0) > len(head) // 8:
        even = head[::2].count(0) > head[1::2].count(0)
        text = data.decode("utf-16-be" if even else "utf-16-le", errors="replace")
        return text if _readable(text) else _refuse()
    for name in ("utf-8", "gb18030"):  # GBK fails on 䶮, GB18030 does not
        try:
            text = data.decode(name)
        except UnicodeDecodeError:
            continue
        return text if _readable(text) else _refuse()
    # UTF-16 without a mark holding Chinese only has hardly any zero byte.
    for name in ("utf-16-le", "utf-16-be"):
        text = data.decode(name, errors="replace")
        if "\n" in text and _readable(text) and "\ufffd" not in text:
            return text
    text = data.decode("gb18030", errors="replace")
    return text if text.count("\ufffd") * 15 < len(text) and _readable(text) else _refuse()


def _readable(text: str) -> bool:
    head = text[:4000]
    odd = sum(1 for char in head if ord(char) < 32 and char not in "\r\n\t\x1a\x0b\x0c")
    return odd * 100 <= len(head) or (odd < 4 and odd * 10 < len(head))


def _refuse() -> str:
    raise Refused("unsupported_format", "认不出这是什么文件。", "请提供Excel表格（.xlsx、.xls）或CSV文件。")


def read(data: bytes, sink: Sink) -> None:
    """One sheet of text cells."""
    text = decode(data).replace("\r\n", "\n").replace("\r", "\n").replace("\x00", "").rstrip("\x1a")
    forced = None
    if text[:4].lower() == "sep=":
        first, _, text = text.partition("\n")
        forced = first[4:5] or None
    sink.format("csv")
    sink.sheet("文本")
    delimiter = forced or _delimiter(text)
    offset = 1 if forced else 0
    number = offset
    for number, cells in enumerate(_split(text, delimiter), start=1 + offset):
        row: list[object] = [_unguarded(cell) for cell in cells]
        while row and row[-1] == "":
            row.pop()
        if row:
            sink.row(number, row)


def _unguarded(cell: str) -> str:
    """Excel's ="00123" and a leading apostrophe both mean: this is text."""
    text = cell.strip()
    if len(text) > 3 and text.startswith('="') and text.endswith('"'):
        return text[2:-1].replace('""', '"')
    return text[1:] if text.startswith("'") and text[1:].isdigit() else text


def _split(text: str, delimiter: str) -> list[list[str]]:
    csv.field_size_limit(1_000_000)
    if delimiter.isspace() and delimiter != "\t":
        several = r"[ \u3000]{2,}|\t+" if len(delimiter) > 1 else r"[ \u3000\t]+"
        return [re.split(several, line.strip()) for line in text.split("\n")]
    try:
        return list(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=False))
    except csv.Error:
        return [line.split(delimiter) for line in text.split("\n")]


def _delimiter(text: str) -> str:
    """The one that divides most lines into the same number (at least two) of parts."""
    lines = [line for line in text.split("\n")[:300] if line.strip()]
    sample = "\n".join(lines)
    best, best_score = ",", 0.0
    for rank, delimiter in enumerate(_DELIMITERS):
        counts = Counter(len(row) for row in _split(sample, delimiter) if len(row) > 1)
        if not counts:
            continue
        width, agreed = max(counts.items(), key=lambda item: item[1] * min(item[0], 12))
        score = agreed * min(width, 12) - rank * 0.01
        if delimiter in (" ", "、", "，", "  "):
            score *= 0.45  # these also stand inside cells
        if score > best_score:
            best, best_score = delimiter, score
    return best
