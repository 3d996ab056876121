"""What kind of file some bytes are, by content alone, and the limits a zip must keep before anything parses it."""

from __future__ import annotations

import io
import re
import zipfile

from jiafang_desktop.documents.readers import SAVE_AS_HINT, Refused, damaged, too_large

MAX_FILE = 80 * 1024 * 1024
_MAX_ENTRIES = 3000
_MAX_UNPACKED = 400 * 1024 * 1024
_MAX_RATIO = 200  # an honest sheet with a million formatted empty rows packs about 60 : 1
_RATIO_FROM = 48 * 1024 * 1024
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ALIENS = (
    (b"%PDF", "PDF文件"), (b"\x89PNG", "图片"), (b"\xff\xd8\xff", "图片"), (b"GIF8", "图片"), (b"BM", "图片"),
    (b"II*\x00", "图片"), (b"MM\x00*", "图片"), (b"Rar!", "压缩包"), (b"7z\xbc\xaf", "压缩包"), (b"\x1f\x8b", "压缩包"),
    (b"{\\rtf", "Word文档"), (b"MZ", "程序文件"), (b"\x7fELF", "程序文件"), (b"SQLite format 3", "数据库文件"),
)  # fmt: skip


def kind_of(data: bytes, *, words: bool = False, pages: bool = False) -> str:
    """xlsx, xls, html, xml2003, mht or text, docx where ``words`` are wanted too and pdf where ``pages`` are; anything
    else is Refused."""
    if not data.strip(b"\x00\r\n\t \xef\xbb\xbf"):
        raise Refused(
            "unsupported_format", "这是一个空文件，里面什么也没有。", "请确认选对了文件，或重新保存一次再导入。"
        )
    if pages and data.startswith(b"%PDF"):
        return "pdf"
    if data.startswith(b"PK"):
        return _zip_kind(data, words=words)
    if data.startswith(_OLE):
        return _ole_kind(data, words=words)
    if words and data.startswith(b"{\\rtf"):
        raise _old_word("这是RTF文档，不能直接读。")
    if data[:2] == b"\x09\x08" or data[:4] in (b"\x09\x04\x06\x00", b"\x09\x02\x06\x00", b"\x09\x00\x04\x00"):
        return "xls"  # a bare BIFF stream without its OLE wrapping, as old exporters write
    for magic, name in _ALIENS:
        if (
            data.startswith(magic)
            and not (magic == b"BM" and _is_text(data))
            and not (magic == b"MZ" and _is_text(data))
        ):
            raise Refused("unsupported_format", f"这是{name}，不是表格。", "请提供Excel表格（.xlsx、.xls）或CSV文件。")
    head = _head_text(data).lstrip("\ufeff \r\n\t").lower()
    if head.startswith("mime-version") or "content-type: multipart/related" in head[:2000]:
        return "mht"
    if "urn:schemas-microsoft-com:office:spreadsheet" in head and ("<workbook" in head or ":workbook" in head):
        return "xml2003"
    if head.startswith(("<html", "<!doctype html", "<table", "<meta", "<head", "<style", "<body")) or (
        head.startswith("<") and ("<table" in head or "<html" in head)
    ):
        return "html"
    if head.startswith("<?xml"):
        raise Refused("unsupported_format", "这是XML文件，但不是Excel的表格。", SAVE_AS_HINT)
    return "text"


def _head_text(data: bytes) -> str:
    head = data[:8192]
    if head[:2] in (b"\xff\xfe", b"\xfe\xff"):
        return head.decode("utf-16", errors="ignore")
    return head.decode("utf-8", errors="ignore")


def _is_text(data: bytes) -> bool:
    return b"\x00" not in data[:4096]


def _old_word(what: str) -> Refused:
    return Refused("unsupported_format", what, "请用WPS或Word打开它，另存为“Word文档（.docx）”后再导入。")


def _zip_kind(data: bytes, *, words: bool) -> str:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            entries = archive.infolist()
    except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError):
        raise damaged() from None
    names = {entry.filename.replace("\\", "/").lower() for entry in entries}
    if len(entries) > _MAX_ENTRIES:
        raise too_large("里面的零件太多")
    total = sum(entry.file_size for entry in entries)
    packed = sum(entry.compress_size for entry in entries)
    if total > _MAX_UNPACKED or (total > _RATIO_FROM and total > _MAX_RATIO * max(packed, 1)):
        raise too_large("展开后太大")
    if any(entry.flag_bits & 1 for entry in entries):
        raise Refused("encrypted_file", "这个文件加了密码，读不出来。", "请解除密码、另存为xlsx后再导入。")
    if "xl/workbook.xml" in names or any(name.startswith("xl/worksheets/") and name.endswith(".xml") for name in names):
        return "xlsx"
    if "xl/workbook.bin" in names:
        raise Refused("unsupported_format", "这是二进制工作簿（.xlsb），不能直接读。", SAVE_AS_HINT)
    if words and any(re.fullmatch(r"word/document\d*\.xml", name) for name in names):
        return "docx"
    if any(name.startswith("word/") for name in names):
        raise Refused("unsupported_format", "这是Word文档，不是表格。", "请把名册做成Excel表格（.xlsx）后再导入。")
    if any(name.startswith("ppt/") for name in names):
        raise Refused("unsupported_format", "这是演示文稿，不是表格。", "请提供Excel表格（.xlsx、.xls）或CSV文件。")
    if "content.xml" in names:
        raise Refused("unsupported_format", "这是ODF格式的文件（.ods等），不能直接读。", SAVE_AS_HINT)
    raise Refused("unsupported_format", "这是压缩包，不是表格。", "请先解压，再选里面的Excel表格导入。")


def _ole_kind(data: bytes, *, words: bool) -> str:
    names = _ole_names(data)
    if "EncryptedPackage" in names or "EncryptionInfo" in names:
        if words:
            raise Refused(
                "encrypted_file", "这个文件设了打开密码，读不出来。", "请用WPS打开它，去掉密码，另存后再导入。"
            )
        raise Refused(
            "encrypted_file", "这个工作簿设了打开密码，读不出来。",
            "请用WPS或Excel打开它，在“文件—文档加密（保护工作簿）”里去掉密码，另存为xlsx后再导入。",
        )  # fmt: skip
    if "Workbook" in names or "Book" in names:
        return "xls"
    if "WordDocument" in names:
        if words:
            raise _old_word("这是旧版Word文档（.doc）或WPS文字（.wps），不能直接读。")
        raise Refused(
            "unsupported_format", "这是Word或WPS文字文档，不是表格。", "请把名册做成Excel表格（.xlsx）后再导入。"
        )
    raise Refused(
        "unsupported_format", "这是WPS自己的格式（如.et、.wps）或其他不认识的文件，不能直接读。", SAVE_AS_HINT
    )


def _ole_names(data: bytes) -> frozenset[str]:
    """Names in the OLE directory ([MS-CFB] 2.6): 128-byte entries, UTF-16 name, its length in bytes at 64."""
    names = set()
    for wanted in ("EncryptedPackage", "EncryptionInfo", "Workbook", "Book", "WordDocument"):
        needle = wanted.encode("utf-16-le") + b"\x00\x00"
        at = data.find(needle)
        while at >= 0:
            if at % 128 == 0 and data[at + 64 : at + 66] == len(needle).to_bytes(2, "little"):
                names.add(wanted)
                break
            at = data.find(needle, at + 2)
    return frozenset(names)
