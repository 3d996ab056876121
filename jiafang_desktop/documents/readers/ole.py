"""OLE and bare BIFF .xls by xlrd, with merged cells, hidden rows and dates by number format."""

from __future__ import annotations

import io
import struct

from jiafang_desktop.documents.readers import Refused, Sink, damaged
from jiafang_desktop.documents.readers.package import with_zeros, zero_width


def read(data: bytes, sink: Sink) -> None:
    """Every worksheet of a BIFF workbook."""
    import xlrd

    quiet = io.StringIO()
    try:
        book = xlrd.open_workbook(file_contents=data, formatting_info=True, logfile=quiet)
    except xlrd.XLRDError as error:
        if "encrypt" in str(error).lower() or "password" in str(error).lower():
            raise Refused(
                "encrypted_file",
                "这个工作簿设了打开密码，读不出来。",
                "请用WPS或Excel打开它，去掉密码、另存为xlsx后再导入。",
            ) from None
        raise damaged() from None
    except NotImplementedError:
        book = xlrd.open_workbook(file_contents=data, logfile=quiet)
    except (
        xlrd.compdoc.CompDocError,
        struct.error,
        IndexError,
        KeyError,
        ValueError,
        AssertionError,
        TypeError,
        AttributeError,
        UnicodeDecodeError,
    ):
        raise damaged() from None
    sink.format("xls")
    padded = _padded_styles(book)
    for sheet in book.sheets():
        sink.sheet(sheet.name, hidden=bool(sheet.visibility))
        for index in range(sheet.nrows):
            row: list[object] = [
                _value(xlrd, kind, value, book.datemode)
                for kind, value in zip(sheet.row_types(index), sheet.row_values(index), strict=True)
            ]
            if padded:
                styles = (padded.get(sheet.cell_xf_index(index, column), 0) for column in range(len(row)))
                row = [with_zeros(v, width) if width else v for v, width in zip(row, styles, strict=True)]
            while row and row[-1] == "":
                row.pop()
            if row:
                sink.row(index + 1, row)
        sink.merges((top + 1, left, bottom, right - 1) for top, bottom, left, right in sheet.merged_cells)
        sink.hidden_rows(number + 1 for number, info in sheet.rowinfo_map.items() if info.hidden)


def _padded_styles(book: object) -> dict[int, int]:
    """Style → digits, for formats like 000000; empty where the file's formats could not be read."""
    formats: dict[int, object] = getattr(book, "format_map", {})
    widths = {key: zero_width(getattr(form, "format_str", "") or "") for key, form in formats.items()}
    styles = enumerate(getattr(book, "xf_list", []))
    return {index: widths[xf.format_key] for index, xf in styles if widths.get(xf.format_key)}


def _value(xlrd: object, kind: int, value: object, datemode: int) -> object:
    if kind in (0, 5, 6):  # empty, error, blank
        return ""
    if kind == 4:
        return bool(value)
    if kind == 3:
        try:
            return xlrd.xldate_as_datetime(value, datemode)  # type: ignore[attr-defined]  # the module, imported by read()
        except (ValueError, OverflowError):
            return value
    return value
