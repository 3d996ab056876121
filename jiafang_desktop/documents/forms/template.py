"""A Word template with visible 【…】 placeholders: read once, checked, copied for every paper, written as a package.

What goes into which placeholder is decided in fill and documents.ledgers.fill; nothing here knows the forms.
"""

from __future__ import annotations

import io
import re
import struct
import zipfile
import zlib
from collections.abc import Collection, Sequence
from copy import deepcopy
from dataclasses import dataclass
from typing import Any

from lxml import etree

from jiafang_desktop.common.errors import UserError

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
XML_SPACE = "{http://www.w3.org/XML/1998/namespace}space"
DOCUMENT = "word/document.xml"
PLACEHOLDER = re.compile(r"【([^【】]{1,20})】")
# What XML cannot carry; line feeds become paragraphs before this.
_FORBIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_TYPES, _LINKS = b"[Content_Types].xml", b"word/_rels/document.xml.rels"
_IMAGE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/image"
_HINT = "请用程序自带的模板，或在Word中补正后再试。"

Element = Any  # lxml's stubs call it etree._Element; elements are passed through as they come


@dataclass(frozen=True, slots=True)
class _Part:
    """A packed file of the package, as it will stand in every copy."""

    name: bytes
    crc: int
    packed: bytes
    size: int


class Template:
    """A parsed template. ``body()`` gives a fresh copy of the body with its placeholders' places."""

    def __init__(self, data: bytes, *, name: str, expected: Collection[str], optional: Collection[str] = ()) -> None:
        """Read and check a template.

        Raises:
            UserError: ``template_damaged`` — no Word document, or placeholders missing or unknown, by name.
        """
        self._parts, document = _read_package(data, name)
        try:
            parser = etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=False, remove_comments=True)
            self._root = etree.fromstring(document, parser)
        except etree.XMLSyntaxError as error:
            raise _damaged(name, "内容不完整") from error
        body = self._root.find(f"{W}body")
        if body is None:
            raise _damaged(name, "没有正文")
        self._body = body
        self._slots = _join_placeholders(body)
        _check_names(name, [slot for slot, _ in self._slots], expected, optional)
        self._frame = _frame_of(self._root, body)

    def copy(self) -> tuple[Element, dict[str, list[Element]]]:
        """(body, text elements by placeholder): a deep copy to be filled."""
        body = deepcopy(self._body)
        texts = list(body.iter(f"{W}t"))
        slots: dict[str, list[Element]] = {}
        for slot, index in self._slots:
            slots.setdefault(slot, []).append(texts[index])
        return body, slots

    def package(
        self, body: Element, *, replacing: tuple[str, str] | None = None, pictures: Sequence[bytes] = ()
    ) -> bytes:
        """The whole document with ``body`` in it; the other parts' packed bytes are reused as they are.

        ``replacing`` is (mark, markup): markup too long to build as elements, put where the mark stands. ``pictures``
        are PNG files, known to the body as ``picture_id`` 1, 2, ….
        """
        inner: bytes = etree.tostring(body, encoding="utf-8")
        if replacing is not None:
            inner = inner.replace(replacing[0].encode("utf-8"), replacing[1].encode("utf-8"), 1)
        # The copy stands alone and repeats the namespaces; its own start tag is replaced by the document's frame.
        start = inner.index(b">") + 1
        head, tail = self._frame
        parts = _with_pictures(self._parts, pictures) if pictures else self._parts
        return _write_package(parts, b"".join((head, inner[start : inner.rindex(b"</")], tail)))


def picture_id(number: int) -> str:
    """The relationship under which a document knows its ``number``-th picture."""
    return f"rIdPicture{number}"


def clean(text: str) -> str:
    """``text`` without what XML cannot carry; tabs become a wide space as the planner counts them."""
    return _FORBIDDEN.sub("", text).replace("\t", "\u3000")


def ancestor(element: Element, tag: str) -> Element | None:
    """The nearest ancestor ``tag`` (without namespace)."""
    found = element.getparent()
    while found is not None and found.tag != W + tag:
        found = found.getparent()
    return found


def parent(element: Element, tag: str) -> Element:
    """The nearest ancestor ``tag``, where there always is one (a text's paragraph)."""
    found = ancestor(element, tag)
    if found is None:
        raise LookupError(tag)
    return found


# The order ECMA-376 17.3.1.26 and 17.3.2.28 prescribe, as far as templates made in Word use it.
_ORDER = (
    *("pStyle", "keepNext", "keepLines", "pageBreakBefore", "framePr", "widowControl", "numPr", "suppressLineNumbers"),
    *("pBdr", "shd", "tabs", "suppressAutoHyphens", "kinsoku", "wordWrap", "overflowPunct", "topLinePunct"),
    *("autoSpaceDE", "autoSpaceDN", "bidi", "adjustRightInd", "snapToGrid", "spacing", "ind", "contextualSpacing"),
    *("mirrorIndents", "suppressOverlap", "jc", "textDirection", "textAlignment", "outlineLvl", "divId", "cnfStyle"),
    *("rPr", "sectPr", "pPrChange"),
)
_RUN_ORDER = (
    *("rStyle", "rFonts", "b", "bCs", "i", "iCs", "caps", "smallCaps", "strike", "dstrike", "outline", "shadow"),
    *("emboss", "imprint", "noProof", "snapToGrid", "vanish", "webHidden", "color", "spacing", "w", "kern"),
    *("position", "sz", "szCs", "highlight", "u", "effect", "bdr", "shd", "fitText", "vertAlign", "rtl", "cs", "em"),
    *("lang", "eastAsianLayout", "specVanish", "oMath", "rPrChange"),
)


def child(element: Element, tag: str) -> Element:
    """The child ``tag`` of ``element``; made at its prescribed place when it is missing, properties first."""
    found = element.find(W + tag)
    if found is not None:
        return found
    found = etree.Element(W + tag)
    order = {f"{W}pPr": _ORDER, f"{W}rPr": _RUN_ORDER}.get(element.tag, ())
    at = 0
    if tag in order:
        before = {W + name for name in order[: order.index(tag)]}
        at = sum(1 for other in element if other.tag in before)
    element.insert(at, found)
    return found


def set_text(text_element: Element, text: str) -> None:
    """The words of a ``w:t``, outer spaces kept."""
    text_element.text = clean(text)
    text_element.set(XML_SPACE, "preserve")


def replace_slot(text_element: Element, slot: str, value: str) -> None:
    """Put ``value`` where 【slot】 stands in a text with other words around it."""
    set_text(text_element, (text_element.text or "").replace(f"【{slot}】", value))


def set_size(text_element: Element, size_pt: float) -> None:
    """Letters of the run around a text, in half points as OOXML has them."""
    properties = child(text_element.getparent(), "rPr")
    for tag in ("sz", "szCs"):
        child(properties, tag).set(W + "val", str(round(size_pt * 2)))


def set_line(paragraph: Element, line_pt: float) -> None:
    """An exact line."""
    spacing = child(child(paragraph, "pPr"), "spacing")
    spacing.set(W + "line", str(round(line_pt * 20)))
    spacing.set(W + "lineRule", "exact")


def set_outdent(paragraph: Element, by_mm: float) -> None:
    """The paragraph ``by_mm`` wider than its cell leaves it, on both sides."""
    indent = child(child(paragraph, "pPr"), "ind")
    for side in ("left", "right"):
        indent.set(W + side, str(-round(by_mm / 25.4 * 1440)))


def set_row_height(row: Element, height_mm: float) -> None:
    """An exact row height."""
    height = child(child(row, "trPr"), "trHeight")
    height.set(W + "val", str(round(height_mm / 25.4 * 1440)))
    height.set(W + "hRule", "exact")


def _damaged(name: str, reason: str, **details: Any) -> UserError:
    return UserError("template_damaged", f"模板“{name}”不能用：{reason}。", hint=_HINT, details=details)


def _read_package(data: bytes, name: str) -> tuple[list[_Part], bytes]:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as package:
            files = {info.filename: package.read(info) for info in package.infolist() if not info.is_dir()}
    except (zipfile.BadZipFile, zlib.error, NotImplementedError, RuntimeError, EOFError) as error:
        raise _damaged(name, "不是完好的Word文档（.docx）") from error
    document = files.pop(DOCUMENT, None)
    if document is None:
        raise _damaged(name, "不是Word文档（.docx）")
    return [_pack(part, content) for part, content in files.items()], document


def _pack(name: str, content: bytes, level: int = 9) -> _Part:
    packer = zlib.compressobj(level, zlib.DEFLATED, -15)
    return _Part(name.encode("utf-8"), zlib.crc32(content), packer.compress(content) + packer.flush(), len(content))


def _with_pictures(parts: list[_Part], pictures: Sequence[bytes]) -> list[_Part]:
    """The parts with PNG files among them, told in the content types and the document's relationships."""
    links = "".join(
        f'<Relationship Id="{picture_id(number)}" Type="{_IMAGE}" Target="media/signature{number}.png"/>'
        for number in range(1, len(pictures) + 1)
    )
    found: list[_Part] = []
    for part in parts:
        text = zlib.decompress(part.packed, -15).decode("utf-8") if part.name in (_TYPES, _LINKS) else ""
        if part.name == _TYPES and 'Extension="png"' not in text:
            part = _pack("[Content_Types].xml", _before_end(text, '<Default Extension="png" ContentType="image/png"/>'))
        elif part.name == _LINKS:
            part = _pack(_LINKS.decode(), _before_end(text, links))
        found.append(part)
    found += [_pack(f"word/media/signature{at}.png", data, level=1) for at, data in enumerate(pictures, start=1)]
    return found


def _before_end(text: str, more: str) -> bytes:
    at = text.rindex("</")
    return (text[:at] + more + text[at:]).encode("utf-8")


def _write_package(parts: list[_Part], document: bytes) -> bytes:
    """A zip of parts packed long ago and one packed now (PKWARE APPNOTE 4.3.7, 4.3.12, 4.3.16; all UTF-8 names)."""
    out: list[bytes] = []
    directory: list[bytes] = []
    offset = 0
    for part in (*parts, _pack(DOCUMENT, document, level=1)):
        # version 2.0, flag bit 11 = UTF-8, deflate, 1980-01-01
        common = struct.pack("<HHHHHLLLHH", 20, 0x800, 8, 0, 0x21, part.crc, len(part.packed), part.size,
                             len(part.name), 0)  # fmt: skip
        out += (b"PK\x03\x04", common, part.name, part.packed)
        place = struct.pack("<HHHLL", 0, 0, 0, 0, offset)
        directory += (b"PK\x01\x02", struct.pack("<H", 20), common, place, part.name)
        offset += 4 + len(common) + len(part.name) + len(part.packed)
    index = b"".join(directory)
    count = len(parts) + 1
    return b"".join((*out, index, b"PK\x05\x06", struct.pack("<HHHHLLH", 0, 0, count, count, len(index), offset, 0)))


def _frame_of(root: Element, body: Element) -> tuple[bytes, bytes]:
    """What stands around the body's content in the document part."""
    frame = deepcopy(root)
    hole = frame.find(f"{W}body")
    for element in list(hole):
        hole.remove(element)
    hole.text = "\0".replace("\0", "HOLE")
    text: bytes = etree.tostring(frame, xml_declaration=True, encoding="UTF-8", standalone=True)
    head, tail = text.split(b"HOLE")
    return head, tail


def _join_placeholders(body: Element) -> list[tuple[str, int]]:
    """Join runs that Word split inside a 【…】, and give (placeholder, index of its w:t) in document order."""
    for paragraph in body.iter(f"{W}p"):
        texts = [text for text in paragraph.iter(f"{W}t") if parent(text, "p") is paragraph]
        if len(texts) > 1:
            _join(texts)
    found = []
    for index, text in enumerate(body.iter(f"{W}t")):
        found += [(match.group(1), index) for match in PLACEHOLDER.finditer(text.text or "")]
    return found


def _join(texts: list[Element]) -> None:
    """Move a placeholder spread over several texts into the one it begins in, which keeps its formatting."""
    joined = "".join(text.text or "" for text in texts)
    owner = [which for which, text in enumerate(texts) for _ in text.text or ""]
    for match in PLACEHOLDER.finditer(joined):
        for at in range(match.start(), match.end()):
            owner[at] = owner[match.start()]
    for which, text in enumerate(texts):
        text.text = "".join(char for char, at in zip(joined, owner, strict=True) if at == which)


def _check_names(name: str, found: list[str], expected: Collection[str], optional: Collection[str]) -> None:
    unknown = sorted({slot for slot in found if slot not in expected and slot not in optional})
    missing = [slot for slot in expected if slot not in found]
    if unknown:
        listed = "".join(f"【{slot}】" for slot in unknown)
        raise _damaged(name, f"有不认识的填写项{listed}", unknown=unknown, missing=missing)
    if missing:
        listed = "".join(f"【{slot}】" for slot in missing)
        raise _damaged(name, f"缺少填写项{listed}", unknown=unknown, missing=missing)
