"""Small helpers for WordprocessingML: elements, runs, paragraphs and tables, with measures in millimetres and points.

What a paper says and which style it takes is decided in word; the package around it is package's.
"""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from typing import Any

from lxml import etree

from jiafang_desktop.documents.forms.template import XML_SPACE, W, clean

Element = Any  # lxml's stubs call it etree._Element; elements are passed through as they come
NAMESPACES = {
    "w": "http://schemas.openxmlformats.org/wordprocessingml/2006/main",
    "r": "http://schemas.openxmlformats.org/officeDocument/2006/relationships",
}


def twips(millimetres: float) -> int:
    """Twentieths of a point."""
    return round(millimetres / 25.4 * 1440)


def twentieths(points: float) -> int:
    """Points as spacing has them."""
    return round(points * 20)


def el(tag: str, *children: Element, **attributes: str | int) -> Element:
    """``<w:tag w:name="value">`` with children; attribute names as Word has them."""
    element = etree.Element(W + tag, nsmap=NAMESPACES)
    for name, value in attributes.items():
        element.set(W + name, str(value))
    element.extend([child for child in children if child is not None])
    return element


def font(face: str) -> Element:
    """One face for every script, so that digits do not fall into another one."""
    return el("rFonts", ascii=face, hAnsi=face, eastAsia=face, cs=face, hint="eastAsia")


def size(points: float) -> tuple[Element, Element]:
    """Letters, in half points."""
    half = round(points * 2)
    return el("sz", val=half), el("szCs", val=half)


def text_run(text: str, *, face: str | None = None, size_pt: float | None = None) -> Element:
    """A run; line feeds in ``text`` become line breaks."""
    run = el("r")
    if face or size_pt:
        properties = el("rPr")
        if face:
            properties.append(font(face))
        if size_pt:
            properties.extend(size(size_pt))
        run.append(properties)
    for number, line in enumerate(text.split("\n")):
        if number:
            run.append(el("br"))
        words = el("t")
        words.text = clean(line)
        words.set(XML_SPACE, "preserve")
        run.append(words)
    return run


def field_run(code: str) -> list[Element]:
    """A field such as PAGE, in the three runs Word itself writes."""
    instruction = el("instrText")
    instruction.text = f" {code} "
    instruction.set(XML_SPACE, "preserve")
    shown = el("t")
    shown.text = "1"
    return [
        el("r", el("fldChar", fldCharType="begin")), el("r", instruction),
        el("r", el("fldChar", fldCharType="separate")), el("r", shown), el("r", el("fldChar", fldCharType="end")),
    ]  # fmt: skip


def paragraph(style: str, *runs: Element, properties: Sequence[Element] = ()) -> Element:
    """A paragraph of a style; ``properties`` in the order ECMA-376 17.3.1.26 asks for."""
    return el("p", el("pPr", el("pStyle", val=style), *properties), *runs)


def table(widths_mm: Sequence[float], rows: Sequence[Element], *, frame_pt: float, rule_pt: float) -> Element:
    """A ruled table of fixed columns."""

    def border(name: str, points: float) -> Element:
        return el(name, val="single", sz=round(points * 8), space=0, color="000000")

    marks = [twips(edge) for edge in itertools.accumulate(widths_mm, initial=0.0)]
    borders = [border(name, frame_pt) for name in ("top", "left", "bottom", "right")]
    borders += [border(name, rule_pt) for name in ("insideH", "insideV")]
    properties = el(
        "tblPr", el("tblW", w=marks[-1], type="dxa"), el("jc", val="center"), el("tblBorders", *borders),
        el("tblLayout", type="fixed"),
        el("tblCellMar", *(el(side, w=twips(mm), type="dxa") for side, mm in (("left", 1.5), ("right", 1.5)))),
    )  # fmt: skip
    grid = el("tblGrid", *(el("gridCol", w=b - a) for a, b in itertools.pairwise(marks)))
    return el("tbl", properties, grid, *rows)


def table_row(cells: Sequence[Element], *, least_mm: float, header: bool = False) -> Element:
    """A row that no page parts, at least so high; a ``header`` is repeated on every page."""
    properties = el("trPr", el("cantSplit"), el("trHeight", val=twips(least_mm), hRule="atLeast"))
    if header:
        properties.append(el("tblHeader"))
    return el("tr", properties, *cells)


def table_cell(width_mm: float, paragraphs: Sequence[Element]) -> Element:
    """A cell with its words in the middle."""
    return el("tc", el("tcPr", el("tcW", w=twips(width_mm), type="dxa"), el("vAlign", val="center")), *paragraphs)
