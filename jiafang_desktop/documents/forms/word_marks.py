"""Marks in Word documents: lines outside the form as frames on the page, signatures as pictures over their cells.

Frames and pictures stand at places of their own, so that no line of the form moves. What stands where is marks'.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from xml.sax.saxutils import escape, quoteattr

from lxml import etree

from jiafang_desktop.common.chinese import squeeze
from jiafang_desktop.documents.forms.layout import RECORD, ROWS, Cell, mm
from jiafang_desktop.documents.forms.marks import Ink, Words, ink_place, strokes_in, words_of
from jiafang_desktop.documents.forms.plan import RecordPlan
from jiafang_desktop.documents.forms.template import Element, W, clean, picture_id
from jiafang_desktop.domain.pages import Box, Stroke

StrokesPng = Callable[[Sequence[Stroke], float, float], bytes]  # strokes, width and height in mm → a PNG
_EMU_PER_MM = 36000
_FACES = {"fangsong": "仿宋_GB2312", "heiti": "黑体"}
_GRAY = "808080"
_WIDER = 0.25  # room for faces with wider digits, and for blanks that some programs set beside them
_SPACES = (
    'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" '
    'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships" '
    'xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing" '
    'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" '
    'xmlns:pic="http://schemas.openxmlformats.org/drawingml/2006/picture"'
)


class WordMarks:
    """The marks of one Word document; ``pictures`` collects what its package must hold beside the text."""

    def __init__(self, png: StrokesPng | None) -> None:
        self._png = png
        self._drawn: dict[tuple[Ink, float, float], int] = {}
        self._count = 0
        self.pictures: list[bytes] = []

    def put(self, body: Element, plan: RecordPlan) -> None:
        """Add the form's marks to one page's body."""
        frames(body, words_of(plan.marks))
        for ink in plan.marks.inks:
            paragraph = _signature_paragraph(body, ink.cell)
            if paragraph is not None:
                paragraph.append(self._anchored(ink, ink_place(_cell_box(ink.cell, plan.leaders_mm), ink)))

    def _anchored(self, ink: Ink, place: Box) -> Element:
        """A run that holds the picture, its place told from the cell's corner."""
        key = (ink, place.width_mm, place.height_mm)
        if key not in self._drawn:
            if self._png is None:
                raise ValueError("signatures need somebody who draws them")
            own = Box(place.cell, 0.0, 0.0, place.width_mm, place.height_mm)
            self.pictures.append(self._png(strokes_in(own, ink), place.width_mm, place.height_mm))
            self._drawn[key] = len(self.pictures)
        self._count += 1
        return _picture_run(self._count, self._drawn[key], place)


def frames(body: Element, lines: Sequence[Words]) -> None:
    """Lines at places of the page, behind the body's first paragraph: it may have to begin a page."""
    first = body.find(f"{W}p")
    for line in reversed(lines):
        first.addnext(_frame(line))


def _frame(line: Words) -> Element:
    face, half = _FACES[line.face], round(line.size_pt * 2)
    more = line.width_mm * _WIDER + mm(line.size_pt)
    width, left = line.width_mm + more, line.left_mm - line.align * more
    height = round(line.line_pt * 20)
    text = escape(clean(line.text))
    return etree.fromstring(
        f'<w:p {_SPACES}><w:pPr><w:framePr w:w="{_twips(width)}" w:h="{height}" w:hRule="exact" w:wrap="around" '
        f'w:vAnchor="page" w:hAnchor="page" w:x="{_twips(left)}" w:y="{_twips(line.top_mm)}"/>'
        f'<w:widowControl w:val="0"/><w:snapToGrid w:val="0"/><w:spacing w:before="0" w:after="0" w:line="{height}" '
        f'w:lineRule="exact"/><w:jc w:val="{"right" if line.align else "left"}"/></w:pPr><w:r><w:rPr>'
        f'<w:rFonts w:ascii="{face}" w:hAnsi="{face}" w:eastAsia="{face}" w:cs="{face}" w:hint="eastAsia"/>'
        f'<w:color w:val="{_GRAY}"/><w:sz w:val="{half}"/><w:szCs w:val="{half}"/></w:rPr>'
        f'<w:t xml:space="preserve">{text}</w:t></w:r></w:p>'
    )


def _picture_run(number: int, picture: int, place: Box) -> Element:
    size = f'cx="{_emu(place.width_mm)}" cy="{_emu(place.height_mm)}"'
    name = quoteattr(f"签名{number}")
    left, top = place.x_mm - RECORD.margin_mm, place.y_mm
    return etree.fromstring(
        f'<w:r {_SPACES}><w:drawing><wp:anchor distT="0" distB="0" distL="0" distR="0" simplePos="0" '
        f'relativeHeight="{number}" behindDoc="0" locked="1" layoutInCell="1" allowOverlap="1">'
        '<wp:simplePos x="0" y="0"/>'
        f'<wp:positionH relativeFrom="column"><wp:posOffset>{_emu(left)}</wp:posOffset></wp:positionH>'
        f'<wp:positionV relativeFrom="paragraph"><wp:posOffset>{_emu(top)}</wp:posOffset></wp:positionV>'
        f'<wp:extent {size}/><wp:effectExtent l="0" t="0" r="0" b="0"/><wp:wrapNone/>'
        f'<wp:docPr id="{number}" name={name}/><wp:cNvGraphicFramePr/>'
        '<a:graphic><a:graphicData uri="http://schemas.openxmlformats.org/drawingml/2006/picture"><pic:pic>'
        f'<pic:nvPicPr><pic:cNvPr id="{number}" name={name}/><pic:cNvPicPr/></pic:nvPicPr>'
        f'<pic:blipFill><a:blip r:embed="{picture_id(picture)}"/><a:stretch><a:fillRect/></a:stretch></pic:blipFill>'
        f'<pic:spPr><a:xfrm><a:off x="0" y="0"/><a:ext {size}/></a:xfrm><a:prstGeom prst="rect"><a:avLst/>'
        "</a:prstGeom></pic:spPr></pic:pic></a:graphicData></a:graphic></wp:anchor></w:drawing></w:r>"
    )


def _signature_paragraph(body: Element, cell: str) -> Element | None:
    """The label's paragraph in the last row; a template of the unit's own may have none."""
    label = _cell(cell).label
    wanted = squeeze(label.text) if label is not None else ""
    for paragraph in reversed(list(body.iter(f"{W}p"))):
        if squeeze("".join(text.text or "" for text in paragraph.iter(f"{W}t"))) == wanted:
            return paragraph
    return None


def _cell(name: str) -> Cell:
    return next(cell for cell in ROWS["leaders"].cells if cell.field == name)


def _cell_box(name: str, height_mm: float) -> Box:
    """The cell with its corner at nought."""
    cell = _cell(name)
    return Box(name, 0.0, 0.0, RECORD.grid_mm[cell.right] - RECORD.grid_mm[cell.left], height_mm)


def _twips(millimetres: float) -> int:
    return round(millimetres / 25.4 * 1440)


def _emu(millimetres: float) -> int:
    return round(millimetres * _EMU_PER_MM)
