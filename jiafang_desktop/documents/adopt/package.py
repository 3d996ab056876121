"""A Word document as a package: told apart from what is none, its body parsed and written again, nothing else touched.

What the body holds is outline's. Limits on size come first; entities, networks and macros never.
"""

from __future__ import annotations

import io
import re
import zipfile
import zlib
from dataclasses import dataclass
from typing import Any

from lxml import etree

from jiafang_desktop.common.errors import UserError
from jiafang_desktop.documents.forms.template import DOCUMENT
from jiafang_desktop.documents.readers import Refused, sniff

_MACROS = re.compile(r"(^|/)vba(Project|Data)\.(bin|xml)$", re.IGNORECASE)
_EXTERNAL = re.compile(rb'(<Relationship\b[^>]*?TargetMode="External"[^>]*?>)')
_TARGET = re.compile(rb'Target="[^"]*"')
_HARMLESS = b"about:blank"
_SAVE_AS = "请用WPS或Word打开它，另存为“Word文档（.docx）”后再选。"


@dataclass(slots=True)
class Package:
    """``parts`` in their order, with the document's own part among them; ``root`` is that part parsed.

    ``links`` counts references to files or addresses outside, which were made to lead nowhere.
    """

    parts: list[tuple[zipfile.ZipInfo, bytes]]
    root: Any
    links: int = 0
    protected: bool = False

    def with_body(self) -> bytes:
        """The document again; every other part's bytes as they are."""
        out = io.BytesIO()
        with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as written:
            for info, content in self.parts:
                data = _xml(self.root) if info.filename == DOCUMENT else content
                copy = zipfile.ZipInfo(info.filename, date_time=(1980, 1, 1, 0, 0, 0))
                copy.compress_type = zipfile.ZIP_DEFLATED
                written.writestr(copy, data)
        return out.getvalue()


def open_package(data: bytes) -> Package:
    """A .docx, opened.

    Raises:
        UserError: ``unsupported_format encrypted_file too_large``, each with what to do.
    """
    try:
        kind = sniff.kind_of(data, words=True)
    except Refused as refusal:
        raise UserError(refusal.code, refusal.message, hint=_instead(refusal.hint)) from None
    if kind != "docx":
        raise UserError("unsupported_format", "这不是Word文档。", hint="请选择Word文档（.docx）的记录单或台账。")
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            parts = [(info, archive.read(info)) for info in archive.infolist() if not info.is_dir()]
    except (zipfile.BadZipFile, zlib.error, NotImplementedError, RuntimeError, EOFError):
        raise _damaged() from None
    names = frozenset(info.filename for info, _ in parts)
    if any(_MACROS.search(name) for name in names):
        raise UserError("unsupported_format", "这个文档带有宏（.docm），不能用作模板。", hint=_SAVE_AS)
    by_name = {info.filename: content for info, content in parts}
    if DOCUMENT not in by_name:
        raise _damaged()
    kept, links = _without_links(parts)
    is_protected = b"documentProtection" in by_name.get("word/settings.xml", b"")
    return Package(kept, _parsed(by_name[DOCUMENT]), links, is_protected)


def _instead(hint: str) -> str:
    return _SAVE_AS if "Excel" in hint or "名册" in hint else hint.replace("再导入", "再选")


def _damaged() -> UserError:
    return UserError("unsupported_format", "这个Word文档已损坏或没有下载完整，读不出来。", hint=_SAVE_AS)


def _parsed(content: bytes) -> Any:
    if b"<!DOCTYPE" in content[:4096]:
        raise _damaged()
    try:
        return etree.fromstring(
            content, etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=False, load_dtd=False)
        )
    except etree.XMLSyntaxError:
        raise _damaged() from None


def _xml(root: Any) -> bytes:
    written: bytes = etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)
    return written


def _without_links(parts: list[tuple[zipfile.ZipInfo, bytes]]) -> tuple[list[tuple[zipfile.ZipInfo, bytes]], int]:
    """References outside lead nowhere from here on: an opened form must fetch nothing."""
    kept, links = [], 0
    for info, content in parts:
        if info.filename.endswith(".rels"):
            found = [link for link in _EXTERNAL.findall(content) if b'Target="' + _HARMLESS not in link]
            links += len(found)
            for link in found:
                content = content.replace(link, _TARGET.sub(b'Target="' + _HARMLESS + b'"', link, count=1))
        kept.append((info, content))
    return kept, links
