"""The parts of a .docx around its words: styles, settings, page numbers, properties.

The same paper gives the same bytes. No name of a person, of the program or of this machine stands in the properties.
"""

from __future__ import annotations

import io
import zipfile
from xml.sax.saxutils import escape

from lxml import etree

from jiafang_desktop.documents.reports.layout import REPORT, WORD_FACES
from jiafang_desktop.documents.reports.markup import Element, el, field_run, font, size, text_run, twentieths

_XML = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml"
_CLOSER = -5  # a quarter point between letters of 16 points: 28 of them share 156 mm
_STAMP = (1980, 1, 1, 0, 0, 0)
_PARTS = ("styles", "settings", "footer1", "footer2")


def package(document: Element, *, title: str, numbered: bool) -> bytes:
    """The whole file."""
    if numbered:
        for number, reference in enumerate(document.iter("{*}footerReference"), start=1):
            reference.set(f"{{{_OFFICE}}}id", f"footer{number}")
    parts: dict[str, str | bytes] = {
        "[Content_Types].xml": _content_types(), "_rels/.rels": _root_relations(),
        "docProps/core.xml": _core(title), "word/_rels/document.xml.rels": _relations(),
        "word/document.xml": _part(document), "word/styles.xml": _part(_styles()),
        "word/settings.xml": _part(_settings(numbered=numbered)), "word/footer1.xml": _part(_footer("right")),
        "word/footer2.xml": _part(_footer("left")),
    }  # fmt: skip
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as file:
        for name, content in parts.items():
            file.writestr(zipfile.ZipInfo(name, _STAMP), content, zipfile.ZIP_DEFLATED)
    return target.getvalue()


def _part(root: Element) -> bytes:
    made: bytes = etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)
    return made


def _content_types() -> str:
    overrides = "".join(
        f'<Override PartName="/word/{name}.xml" ContentType="{_WORD}.{kind}+xml"/>'
        for name, kind in (("document", "document.main"), *((part, part.rstrip("12")) for part in _PARTS))
    )
    return (
        f'{_XML}<Types xmlns="{_PACKAGE}/content-types">'
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        f'<Default Extension="xml" ContentType="application/xml"/>{overrides}'
        '<Override PartName="/docProps/core.xml" '
        'ContentType="application/vnd.openxmlformats-package.core-properties+xml"/></Types>'
    )


def _root_relations() -> str:
    return (
        f'{_XML}<Relationships xmlns="{_PACKAGE}/relationships">'
        f'<Relationship Id="document" Type="{_OFFICE}/officeDocument" Target="word/document.xml"/>'
        f'<Relationship Id="core" Type="{_PACKAGE}/relationships/metadata/core-properties" '
        'Target="docProps/core.xml"/></Relationships>'
    )


def _relations() -> str:
    listed = "".join(
        f'<Relationship Id="{name}" Type="{_OFFICE}/{name.rstrip("12")}" Target="{name}.xml"/>' for name in _PARTS
    )
    return f'{_XML}<Relationships xmlns="{_PACKAGE}/relationships">{listed}</Relationships>'


def _core(title: str) -> str:
    return (
        f'{_XML}<cp:coreProperties xmlns:cp="{_PACKAGE}/metadata/core-properties" '
        f'xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:title>{escape(title)}</dc:title></cp:coreProperties>'
    )


def _settings(*, numbered: bool) -> Element:
    compatibility = el("compat")
    setting = el("compatSetting", name="compatibilityMode", uri="http://schemas.microsoft.com/office/word", val=15)
    compatibility.append(setting)
    parts = [el("evenAndOddHeaders")] if numbered else []
    return el("settings", *parts, el("characterSpacingControl", val="compressPunctuation"), compatibility)


def _footer(side: str) -> Element:
    """— 1 — in 4号 宋体, a character in from the outer edge."""
    words = [text_run("— "), *field_run("PAGE"), text_run(" —")]
    look = el("pPr", el("pStyle", val="Footer"), el("ind", **{side: 280}), el("jc", val=side))
    return el("ftr", el("p", look, *words))


def _styles() -> Element:
    layout = REPORT
    line = twentieths(layout.line_pt)
    common = [el("kinsoku"), el("overflowPunct"), el("autoSpaceDE", val=0), el("autoSpaceDN", val=0)]
    normal = _style(
        "Normal", "Normal", face="fangsong", size_pt=layout.body_pt, line=line, align="both", extra=common, base=None
    )
    normal.set(f"{{{normal.nsmap['w']}}}default", "1")
    note, number = twentieths(layout.note_line_pt), twentieths(20.0)
    return el(
        "styles", _defaults(), normal,
        _style("Title", "Title", face="xiaobiaosong", size_pt=layout.title_pt, line=twentieths(layout.title_line_pt),
               align="center", body=False),
        _style("Heading1", "heading 1", face="heiti", line=line, align="both", indent=2, level=0, keep=True),
        _style("Heading2", "heading 2", face="kaiti", line=line, align="both", indent=2, level=1, keep=True),
        _style("Text", "正文段落", line=line, align="both", indent=2),
        _style("Flush", "正文顶格", line=line, align="left"),
        _style("Small", "说明文字", size_pt=layout.note_pt, line=note, align="left", body=False),
        _style("Cell", "表格文字", size_pt=layout.table_pt, line=twentieths(layout.table_line_pt), align="center",
               body=False),
        _style("Footer", "footer", face="songti", size_pt=layout.number_pt, line=number, align="center", body=False),
    )  # fmt: skip


def _defaults() -> Element:
    language = el("lang", val="zh-CN", eastAsia="zh-CN")
    runs = el("rPr", font(WORD_FACES["fangsong"]), *size(REPORT.body_pt), language)
    return el("docDefaults", el("rPrDefault", runs), el("pPrDefault", el("pPr", el("widowControl", val=0))))


def _style(
    name: str, title: str, *, face: str | None = None, size_pt: float | None = None, line: int, align: str,
    indent: int = 0, level: int | None = None, keep: bool = False, body: bool = True,
    extra: list[Element] | None = None, base: str | None = "Normal",
) -> Element:  # fmt: skip
    """A paragraph style: exact line, no room around; ``indent`` characters on the first line; ``body``: 28 letters a
    line."""
    parts = [el("keepNext")] if keep else []
    parts += [el("widowControl", val=0), *(extra or ()), el("snapToGrid", val=0)]
    parts.append(el("spacing", before=0, after=0, line=line, lineRule="exact"))
    if indent:
        parts.append(el("ind", firstLineChars=indent * 100, firstLine=indent * 320))
    parts.append(el("jc", val=align))
    if level is not None:
        parts.append(el("outlineLvl", val=level))
    runs = el("rPr")
    if face:
        runs.append(font(WORD_FACES[face]))
    runs.append(el("spacing", val=_CLOSER if body else 0))
    if size_pt:
        runs.extend(size(size_pt))
    made = el("style", el("name", val=title), type="paragraph", styleId=name)
    if base:
        made.append(el("basedOn", val=base))
    made.extend([el("qFormat"), el("pPr", *parts), runs])
    return made
