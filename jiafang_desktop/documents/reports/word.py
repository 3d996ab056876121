"""A paper as a Word document a clerk goes on writing in: real styles and heads, nothing set by empty spaces.

GB/T 9704-2012: 版心 156 × 225, 22 lines of 28 characters, page numbers — 1 — outside left and right. The letters' own
spacing makes the 28: LibreOffice reads a grid of characters otherwise than Word does. Word breaks lines and pages
itself. The same blocks are drawn by draw.
"""

from __future__ import annotations

from jiafang_desktop.documents.reports.blocks import (
    Addressee,
    Block,
    Ending,
    Heading,
    Note,
    PageTurn,
    Report,
    Signatures,
    Space,
    Table,
    Text,
    Title,
    day_words,
)
from jiafang_desktop.documents.reports.endings import ending_indents
from jiafang_desktop.documents.reports.layout import REPORT, WORD_FACES
from jiafang_desktop.documents.reports.markup import (
    Element,
    el,
    paragraph,
    table,
    table_cell,
    table_row,
    text_run,
    twentieths,
    twips,
)
from jiafang_desktop.documents.reports.package import package
from jiafang_desktop.domain.pages import MM_PER_PT

_EM = 320  # one letter of 16 points, in twips


def report_docx(report: Report) -> bytes:
    """The paper as the bytes of a .docx."""
    body = el("body")
    turn = False
    for block in report.blocks:
        if isinstance(block, PageTurn):
            turn = True
            continue
        for element in _elements(block):
            if turn and element.tag.endswith("}p"):
                element[0].insert(1, el("pageBreakBefore"))
                turn = False
            body.append(element)
    if len(body) and body[-1].tag.endswith("}tbl"):  # Word wants a paragraph behind a table; it takes no room
        body.append(paragraph("Small", properties=[el("spacing", line=20, lineRule="exact")]))
    body.append(_section(report))
    return package(el("document", body), title=report.name, numbered=report.numbered)


def _section(report: Report) -> Element:
    layout = REPORT
    parts = []
    if report.numbered:
        parts = [el("footerReference", type=kind) for kind in ("default", "even")]
    section = el(
        "sectPr", *parts, el("pgSz", w=twips(layout.page_width_mm), h=twips(layout.page_height_mm)),
        el(
            "pgMar", top=twips(layout.top_mm), right=twips(layout.right_mm), bottom=twips(layout.bottom_mm),
            left=twips(layout.left_mm), header=twips(15.0), footer=twips(layout.footer_mm), gutter=0,
        ),
    )  # fmt: skip
    if report.middle:
        section.append(el("vAlign", val="center"))
    section.append(el("docGrid", type="lines", linePitch=twentieths(layout.line_pt)))
    return section


def _elements(block: Block) -> list[Element]:
    if isinstance(block, Title):
        return [paragraph("Title", text_run("\n".join(block.lines)))]
    if isinstance(block, Heading):
        return [paragraph(f"Heading{block.level}", text_run(block.text))]
    if isinstance(block, Text):
        style = "Text" if block.indent else "Flush"
        return [paragraph(style, text_run(line)) for line in block.text.split("\n")]
    if isinstance(block, Addressee):
        return [paragraph("Flush", text_run(f"{block.name}："))]
    if isinstance(block, Note):
        face = WORD_FACES[block.face] if block.face != "fangsong" else None
        return [paragraph("Small", text_run(block.text, face=face), properties=[el("jc", val=block.align)])]
    if isinstance(block, Table):
        return [_table(block)]
    if isinstance(block, Signatures):
        return [_signatures(block)]
    if isinstance(block, Ending):
        return _ending(block)
    return _space(block)


def _space(block: Block) -> list[Element]:
    lines = block.lines if isinstance(block, Space) else 1.0
    if not lines:
        return []
    exact = twentieths(REPORT.line_pt * lines)
    return [paragraph("Flush", properties=[el("spacing", line=exact, lineRule="exact")])]


def _ending(block: Ending) -> list[Element]:
    unit_right, day_right = ending_indents(block)
    return [
        paragraph(
            "Flush", text_run(words), properties=[*keep, el("ind", right=round(right * _EM)), el("jc", val="right")]
        )
        for words, right, keep in (
            (block.unit, unit_right, [el("keepNext")]), (day_words(block.day), day_right, []),
        )
    ]  # fmt: skip


def _signatures(block: Signatures) -> Element:
    """Words at tabs that part the line evenly."""
    share = REPORT.width_mm / len(block.words)
    stops = [el("tab", val="left", pos=twips(share * number)) for number in range(1, len(block.words))]
    made = paragraph("Flush", properties=[el("keepNext"), el("tabs", *stops)] if stops else [el("keepNext")])
    for number, words in enumerate(block.words):
        if number:
            made.append(el("r", el("tab")))
        made.append(text_run(words))
    return made


def _table(block: Table) -> Element:
    size_pt = block.size_pt or REPORT.table_pt
    line = twentieths(size_pt * REPORT.table_line_pt / REPORT.table_pt)
    least = block.least_mm or REPORT.least_row_mm

    def cell(words: str, width_mm: float, align: str, face: str) -> Element:
        named = WORD_FACES[face] if face != "fangsong" else None
        side = align if align != "left" else "both"
        paragraphs = [
            paragraph(
                "Cell", text_run(part, face=named, size_pt=block.size_pt),
                properties=[el("spacing", line=line, lineRule="exact"), el("jc", val=side)],
            ) for part in words.split("\n")
        ]  # fmt: skip
        return table_cell(width_mm, paragraphs)

    rows = []
    if block.header:
        heads = [cell(column.title, column.width_mm, "center", "heiti") for column in block.columns]
        rows.append(table_row(heads, least_mm=max(REPORT.least_row_mm, 10.0), header=True))
    for row in block.rows:
        cells = [
            cell(words, column.width_mm, column.align, column.face)
            for words, column in zip(row, block.columns, strict=True)
        ]
        rows.append(table_row(cells, least_mm=max(least, REPORT.row_extra_pt * MM_PER_PT)))
    widths = [column.width_mm for column in block.columns]
    return table(widths, rows, frame_pt=REPORT.frame_pt, rule_pt=REPORT.rule_pt)
