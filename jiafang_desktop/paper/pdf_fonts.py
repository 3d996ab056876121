"""The fonts of a PDF: only the glyphs used, as TrueType outlines taken from Qt, so any installed font will do.

Each typed character has a code of its own, its glyph already moved to the middle of the room the plan gives it.
"""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from typing import Any

from PySide6.QtGui import QPainterPath

from jiafang_desktop.paper.fonts import UNITS, Glyph, Typeface
from jiafang_desktop.paper.pdf_file import PdfFile
from jiafang_desktop.paper.setting import Piece

# Outlines are written in coarser units than they are asked at: 1/1000 of 14 points is 0.005 mm, a quarter of the finest
# printer's dot, and nearly halves the file.
EM = 1000
_CURVE_ERROR = 0.7
_NAMES = {"仿宋_GB2312": "FangSong_GB2312", "仿宋": "FangSong", "方正小标宋简体": "FZXiaoBiaoSong-B05S",
          "黑体": "SimHei", "宋体": "SimSun"}  # fmt: skip


class EmbeddedFont:
    """The characters of one font a document uses.

    ``codes`` has each one's code as it stands in text strings, and how far it moves the pen in thousandths of an em.
    """

    def __init__(self, font: Typeface, name: str) -> None:
        self.font = font
        self.name = name
        self.glyphs: list[tuple[str, Glyph]] = []
        self.codes: dict[str, tuple[str, int]] = {}

    def learn(self, piece: Piece) -> None:
        """Give what is new in ``piece`` its codes, from 1 on."""
        for char, glyph in zip(piece.text, piece.glyphs, strict=True):
            if char not in self.codes:
                self.glyphs.append((char, glyph))
                self.codes[char] = (f"{len(self.glyphs):04X}", round(glyph.slot_em * 1000))


class PdfFonts:
    """All fonts of a document."""

    def __init__(self, pdf: PdfFile) -> None:
        self._pdf = pdf
        self._fonts: dict[str, EmbeddedFont] = {}

    def font_of(self, piece: Piece) -> EmbeddedFont:
        """The document's use of the piece's font, which knows all its characters."""
        name = piece.font.name
        if name not in self._fonts:
            self._fonts[name] = EmbeddedFont(piece.font, f"F{len(self._fonts) + 1}")
        used = self._fonts[name]
        if not used.codes.keys() >= set(piece.text):
            used.learn(piece)
        return used

    def finish(self) -> bytes:
        """Write the fonts; the entries of the pages' font dictionary."""
        return b"".join(b"/%b %d 0 R" % (used.name.encode(), self._write(used)) for used in self._fonts.values())

    def _write(self, used: EmbeddedFont) -> int:
        program = font_program(used)
        name = _tag(used) + "+" + _ascii_name(used.font.name)
        file = self._pdf.add_stream(b"/Length1 %d" % len(program), program)
        descriptor = self._pdf.add(
            f"<</Type/FontDescriptor/FontName/{name}/Flags 4/FontBBox[-200 -300 1200 1100]/ItalicAngle 0/Ascent 880"
            f"/Descent -120/CapHeight 740/StemV 80/FontFile2 {file} 0 R>>".encode()
        )
        widths = " ".join(str(round(glyph.slot_em * 1000)) for _, glyph in used.glyphs)
        descendant = self._pdf.add(
            f"<</Type/Font/Subtype/CIDFontType2/BaseFont/{name}/CIDToGIDMap/Identity/DW 1000/W[1[{widths}]]"
            f"/CIDSystemInfo<</Registry(Adobe)/Ordering(Identity)/Supplement 0>>/FontDescriptor {descriptor} 0 R>>"
            .encode()
        )  # fmt: skip
        unicode = self._pdf.add_stream(b"", _to_unicode([char for char, _ in used.glyphs]))
        return self._pdf.add(
            f"<</Type/Font/Subtype/Type0/BaseFont/{name}/Encoding/Identity-H/DescendantFonts[{descendant} 0 R]"
            f"/ToUnicode {unicode} 0 R>>".encode()
        )


def font_program(used: EmbeddedFont) -> bytes:
    """A TrueType font of the used glyphs, in the order of their codes."""
    from fontTools.fontBuilder import FontBuilder  # 0.1 s, wanted by PDFs only
    from fontTools.pens.cu2quPen import Cu2QuPen
    from fontTools.pens.ttGlyphPen import TTGlyphPen

    names = [".notdef", *(f"g{code}" for code in range(1, len(used.glyphs) + 1))]
    shapes: dict[str, Any] = {".notdef": TTGlyphPen(None).glyph()}
    metrics = {".notdef": (EM, 0)}
    for name, (_, glyph) in zip(names[1:], used.glyphs, strict=True):
        pen = TTGlyphPen(None)
        _draw(used.font.outlines.pathForGlyph(glyph.index), Cu2QuPen(pen, _CURVE_ERROR), glyph.shift_em)
        shapes[name] = pen.glyph()
        metrics[name] = (round(glyph.slot_em * EM), 0)
    builder = FontBuilder(EM, isTTF=True)
    builder.setupGlyphOrder(names)
    builder.setupGlyf(shapes)
    for name, shape in shapes.items():
        metrics[name] = (metrics[name][0], getattr(shape, "xMin", 0))
    builder.setupHorizontalMetrics(metrics)
    builder.setupHorizontalHeader(ascent=round(0.88 * EM), descent=round(-0.12 * EM))
    builder.updateHead(created=0, modified=0)
    builder.font.recalcTimestamp = False
    out = io.BytesIO()
    builder.font.save(out)
    return out.getvalue()


def _draw(path: QPainterPath, pen: Any, shift_em: float) -> None:
    """Hand Qt's outline to a fontTools pen, upside up, in units of the file."""
    shift = shift_em * EM
    is_open = False
    elements = iter(_elements(path))
    for kind, x, y in elements:
        point = (x + shift, y)
        if kind is QPainterPath.ElementType.MoveToElement:
            if is_open:
                pen.closePath()
            pen.moveTo(point)
            is_open = True
        elif kind is QPainterPath.ElementType.LineToElement:
            pen.lineTo(point)
        else:
            (_, x2, y2), (_, x3, y3) = next(elements), next(elements)
            pen.curveTo(point, (x2 + shift, y2), (x3 + shift, y3))
    if is_open:
        pen.closePath()


def _elements(path: QPainterPath) -> Iterator[tuple[Any, float, float]]:
    scale = EM / UNITS
    for index in range(path.elementCount()):
        element: Any = path.elementAt(index)
        yield element.type, element.x * scale, -element.y * scale


def _to_unicode(chars: list[str]) -> bytes:
    """Which character each code stands for."""
    lines = [
        "/CIDInit/ProcSet findresource begin 12 dict begin begincmap",
        "/CIDSystemInfo<</Registry(Adobe)/Ordering(UCS)/Supplement 0>>def",
        "/CMapName/Adobe-Identity-UCS def /CMapType 2 def",
        "1 begincodespacerange <0000><FFFF> endcodespacerange",
    ]
    for at in range(0, len(chars), 100):
        some = chars[at : at + 100]
        lines.append(f"{len(some)} beginbfchar")
        lines += [f"<{at + n:04X}><{char.encode('utf-16-be').hex().upper()}>" for n, char in enumerate(some, start=1)]
        lines.append("endbfchar")
    lines.append("endcmap CMapName currentdict/CMap defineresource pop end end")
    return "\n".join(lines).encode("ascii")


def _tag(used: EmbeddedFont) -> str:
    """Six letters that tell one subset from another."""
    number = int(used.name[1:])
    return "JIAF" + chr(65 + number // 26) + chr(65 + number % 26)


def _ascii_name(family: str) -> str:
    return re.sub(r"[^A-Za-z0-9_-]", "", _NAMES.get(family, family)) or "Hanzi"
