"""A sheet as a PDF file: page by page, fonts embedded, and text that copies back as it was typed.

Written by us rather than by Qt, whose PDFs lose 𬭎, turn 一 into a Kangxi radical when copied, and name the program
that made them (docs/decisions/0006-paper.md). Each typed character has its own code here, whatever glyph draws it.
No dates, names or identifiers are in the file: the same sheet gives the same bytes.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from typing import BinaryIO

from jiafang_desktop.domain.pages import MM_PER_PT, Page, Rule, Run, Sheet, Stroke
from jiafang_desktop.paper.application import ensure_application
from jiafang_desktop.paper.pdf_file import PdfFile, text_string
from jiafang_desktop.paper.pdf_fonts import PdfFonts
from jiafang_desktop.paper.setting import Piece, set_page, stretches

# Thousandths of an em. Readers see a space in a wider gap: a line stretched so far says itself what it says.
_GAP, _TOLERANCE = 80, 1.5


def write_pdf(sheet: Sheet, file: BinaryIO, *, title: str) -> None:
    """Write ``sheet``; memory does not grow with the pages but for their places in the file."""
    ensure_application()
    pdf = PdfFile(file)
    fonts = PdfFonts(pdf)
    tree, resources = pdf.reserve(), pdf.reserve()
    kids = []
    for page in sheet.pages:
        content = pdf.add_stream(b"", _content(page, fonts))
        box = f"[0 0 {_number(_pt(page.width_mm))} {_number(_pt(page.height_mm))}]"
        kids.append(pdf.add(
            f"<</Type/Page/Parent {tree} 0 R/MediaBox{box}/Resources {resources} 0 R/Contents {content} 0 R>>".encode()
        ))  # fmt: skip
    pdf.put(resources, b"<</Font<<" + fonts.finish() + b">>>>")
    pdf.put(tree, f"<</Type/Pages/Count {len(kids)}/Kids[{' '.join(f'{kid} 0 R' for kid in kids)}]>>".encode())
    root = pdf.add(
        f"<</Type/Catalog/Pages {tree} 0 R/Lang(zh-CN)/ViewerPreferences<</DisplayDocTitle true>>>>".encode()
    )
    info = pdf.add(b"<</Title" + text_string(title) + b">>")
    pdf.finish(root=root, info=info)


def _pt(millimetres: float) -> float:
    return millimetres / MM_PER_PT


def _number(value: float) -> str:
    return f"{value:.3f}".rstrip("0").rstrip(".")


def _content(page: Page, fonts: PdfFonts) -> bytes:
    height = _pt(page.height_mm)
    parts = ["0 g 0 G"]
    parts += [_rule(rule, height) for rule in page.rules]
    parts += [_stroke(stroke, height) for stroke in page.strokes]
    parts += [_run(run, pieces, fonts, height) for run, pieces in set_page(page) if pieces]
    return "\n".join(parts).encode("ascii")


@lru_cache(maxsize=1024)
def _rule(rule: Rule, height: float) -> str:
    """Straight rules end in squares, so that the corners of a table close."""
    straight = rule.x1_mm == rule.x2_mm or rule.y1_mm == rule.y2_mm
    x1, y1, x2, y2 = (
        _number(value)
        for value in (_pt(rule.x1_mm), height - _pt(rule.y1_mm), _pt(rule.x2_mm), height - _pt(rule.y2_mm))
    )
    return f"{_number(rule.width_pt)} w {2 if straight else 0} J {x1} {y1} m {x2} {y2} l S"


def _stroke(stroke: Stroke, height: float) -> str:
    """Lines with round ends and joins; stretches of one width are one path."""
    parts, wide, end = ["1 J 1 j"], "", ""
    for (x1, y1, _), (x2, y2, width) in stretches(stroke):
        start = f"{_number(_pt(x1))} {_number(height - _pt(y1))}"
        said = _number(round(_pt(width), 1))
        if said != wide or start != end:
            if wide:
                parts.append("S")
            parts += [f"{said} w", f"{start} m"]
        wide, end = said, f"{_number(_pt(x2))} {_number(height - _pt(y2))}"
        parts.append(f"{end} l")
    return " ".join([*parts, "S 0 j"])


def _run(run: Run, pieces: list[Piece], fonts: PdfFonts, height: float) -> str:
    baseline = _number(height - _pt(run.baseline_mm))
    size = _number(run.size_pt)
    shown = []
    gaps = False
    for piece in pieces:
        used = fonts.font_of(piece)
        array, wide = _shown(piece, used.codes, run.size_pt * MM_PER_PT)
        left = _number(_pt(run.x_mm + piece.places_mm[0]))
        shown.append(f"/{used.name} {size} Tf 1 0 0 1 {left} {baseline} Tm {array}")
        gaps = gaps or wide
    text = " ".join(shown)
    if run.gray:
        text = f"0.5 g {text} 0 g"
    if not gaps:
        return f"BT {text} ET"
    said = text_string(run.text).decode("ascii")
    return f"/Span<</ActualText{said}>>BDC BT {text} ET EMC"


def _shown(piece: Piece, codes: Mapping[str, tuple[str, int]], em_mm: float) -> tuple[str, bool]:
    """(the operator that shows the piece's letters at their places, whether readers would see a gap in it)."""
    scale = 1000 / em_mm
    start = piece.places_mm[0] * scale
    stretches: list[str] = []
    row: list[str] = []
    pen = 0  # thousandths of an em that the letters so far moved it
    wide = False
    for char, place in zip(piece.text, piece.places_mm, strict=True):
        code, width = codes[char]
        off = place * scale - start - pen
        if not -_TOLERANCE < off < _TOLERANCE:
            moved = round(off)
            stretches.append(f"<{''.join(row)}>{-moved}" if row else str(-moved))
            wide = wide or moved > _GAP
            pen += moved
            row = []
        row.append(code)
        pen += width
    if not stretches:
        return f"<{''.join(row)}> Tj", wide
    return f"[{''.join(stretches)}<{''.join(row)}>] TJ", wide
