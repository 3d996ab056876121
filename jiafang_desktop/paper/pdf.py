"""A sheet as a PDF file: page by page, fonts embedded, and text that copies back as it was typed.

Written by us rather than by Qt, whose PDFs lose 𬭎, turn 一 into a Kangxi radical when copied, and name the program
that made them (docs/decisions/0006-paper.md). Each typed character has its own code here, whatever glyph draws it.
No dates, names or identifiers are in the file: the same sheet gives the same bytes.
"""

from __future__ import annotations

from typing import BinaryIO

from jiafang_desktop.domain.pages import MM_PER_PT, Page, Rule, Run, Sheet
from jiafang_desktop.paper.application import ensure_application
from jiafang_desktop.paper.pdf_file import PdfFile, text_string
from jiafang_desktop.paper.pdf_fonts import PdfFonts
from jiafang_desktop.paper.setting import Letter, set_page

_GAP_EM = 0.08  # readers see a space in wider gaps, so a stretched line says what it says


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
    for run, letters in set_page(page):
        if letters:
            parts.append(_run(run, letters, fonts, height))
    return "\n".join(parts).encode("ascii")


def _rule(rule: Rule, height: float) -> str:
    """Straight rules end in squares, so that the corners of a table close."""
    straight = rule.x1_mm == rule.x2_mm or rule.y1_mm == rule.y2_mm
    x1, y1, x2, y2 = (
        _number(value)
        for value in (_pt(rule.x1_mm), height - _pt(rule.y1_mm), _pt(rule.x2_mm), height - _pt(rule.y2_mm))
    )
    return f"{_number(rule.width_pt)} w {2 if straight else 0} J {x1} {y1} m {x2} {y2} l S"


def _run(run: Run, letters: list[Letter], fonts: PdfFonts, height: float) -> str:
    baseline = height - _pt(run.baseline_mm)
    shown = []
    gaps = False
    at = 0
    while at < len(letters):  # one stretch per font: nearly always the whole run
        end = at + 1
        while end < len(letters) and letters[end].font is letters[at].font:
            end += 1
        name, array, wide = _stretch(run, letters[at:end], fonts)
        left = _pt(run.x_mm + letters[at].place_mm)
        shown.append(f"/{name} {_number(run.size_pt)} Tf 1 0 0 1 {_number(left)} {_number(baseline)} Tm {array}")
        gaps = gaps or wide
        at = end
    text = " ".join(shown)
    if run.gray:
        text = f"0.5 g {text} 0 g"
    if not gaps:
        return f"BT {text} ET"
    said = text_string(run.text).decode("ascii")
    return f"/Span<</ActualText{said}>>BDC BT {text} ET EMC"


def _stretch(run: Run, letters: list[Letter], fonts: PdfFonts) -> tuple[str, str, bool]:
    """(font's name, the text operator, whether a gap is wide) of letters in one font."""
    embedded = fonts.font(letters[0].font)
    em_mm = run.size_pt * MM_PER_PT
    start = letters[0].place_mm
    parts, codes = [], ""
    pen = 0  # thousandths of an em the letters so far moved it
    wide = False
    for letter in letters:
        place = round((letter.place_mm - start) / em_mm * 1000)
        if abs(place - pen) > 1:
            parts.append(f"<{codes}>{pen - place}" if codes else f"{pen - place}")
            wide = wide or place - pen > _GAP_EM * 1000
            pen, codes = place, ""
        codes += f"{embedded.code(letter):04X}"
        pen += embedded.width(letter)
    if not parts:
        return embedded.name, f"<{codes}> Tj", wide
    return embedded.name, f"[{''.join(parts)}<{codes}>] TJ", wide
