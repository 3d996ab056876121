"""Writes templates_docx/*.docx, the blank official forms, from the layout tables of documents.forms and .ledgers.

Run when a measure or a word of a form changes: ``python packaging/make_templates.py``. Placeholders are visible 【…】,
so that a clerk can move them in Word; the filler knows nothing else of the templates. Nothing of the program imports
this.
"""

from __future__ import annotations

import itertools
import sys
import zipfile
from pathlib import Path
from xml.sax.saxutils import escape

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from jiafang_desktop.documents.forms import layout as form  # noqa: E402  (the repository's own package)
from jiafang_desktop.documents.forms.fields import PLACEHOLDERS  # noqa: E402
from jiafang_desktop.documents.forms.layout import CONTINUED, CONTINUED_TITLE, RECORD, ROWS, Cell, Label  # noqa: E402
from jiafang_desktop.documents.ledgers import layout as ledger  # noqa: E402

TARGET = ROOT / "templates_docx"
FANGSONG, XIAOBIAOSONG, HEITI = "仿宋_GB2312", "方正小标宋简体", "黑体"
NAMESPACES = (
    'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" '
    'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships" '
    'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" '
    'xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing" '
    'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" '
    'xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape" '
    'xmlns:w15="http://schemas.microsoft.com/office/word/2012/wordml" '
    'xmlns:v="urn:schemas-microsoft-com:vml"'
)
XML = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'


def twips(mm: float) -> int:
    return round(mm / 25.4 * 1440)


def fonts(face: str) -> str:
    return f'<w:rFonts w:ascii="{face}" w:hAnsi="{face}" w:eastAsia="{face}" w:cs="{face}" w:hint="eastAsia"/>'


def run(text: str, size_pt: float, face: str = FANGSONG) -> str:
    half = round(size_pt * 2)
    inner = "".join(
        "<w:tab/>" if piece == "\t" else f'<w:t xml:space="preserve">{escape(piece)}</w:t>'
        for piece in text.replace("\t", "\0\t\0").split("\0") if piece
    )  # fmt: skip
    return f'<w:r><w:rPr>{fonts(face)}<w:sz w:val="{half}"/><w:szCs w:val="{half}"/></w:rPr>{inner}</w:r>'


def paragraph(
    *runs: str, line_pt: float, align: str = "left", before_mm: float = 0.0, after_pt: float = 0.0,
    indent: str = "", tabs: str = "",
) -> str:  # fmt: skip
    """A paragraph with nothing left to a style: exact line, no grid, no room between Chinese and Latin."""
    spacing = (
        f'<w:spacing w:before="{twips(before_mm)}" w:after="{round(after_pt * 20)}" '
        f'w:line="{round(line_pt * 20)}" w:lineRule="exact"/>'
    )
    return (
        f'<w:p><w:pPr><w:widowControl w:val="0"/>{tabs}<w:kinsoku/><w:overflowPunct/><w:autoSpaceDE w:val="0"/>'
        f'<w:autoSpaceDN w:val="0"/><w:snapToGrid w:val="0"/>{spacing}{indent}<w:jc w:val="{align}"/></w:pPr>'
        f"{''.join(runs)}</w:p>"
    )


def table_cell(width_mm: float, content: str, *, span: int = 1, top: bool = False, extra: str = "") -> str:
    grid_span = f'<w:gridSpan w:val="{span}"/>' if span > 1 else ""
    align = "top" if top else "center"
    return (
        f'<w:tc><w:tcPr><w:tcW w:w="{twips(width_mm)}" w:type="dxa"/>{grid_span}{extra}<w:vAlign w:val="{align}"/>'
        f"</w:tcPr>{content}</w:tc>"
    )


def table_row(height_mm: float, cells: str, *, header: bool = False) -> str:
    repeat = "<w:tblHeader/>" if header else ""
    return (
        f'<w:tr><w:trPr><w:cantSplit/><w:trHeight w:val="{twips(height_mm)}" w:hRule="exact"/>{repeat}</w:trPr>'
        f"{cells}</w:tr>"
    )


def table(edges_mm: tuple[float, ...], margin_mm: float, rows: str) -> str:
    def border(name: str, points: float) -> str:
        return f'<w:{name} w:val="single" w:sz="{round(points * 8)}" w:space="0" w:color="000000"/>'

    frame = "".join(border(name, form.OUTER_PT) for name in ("top", "left", "bottom", "right"))
    inner = "".join(border(name, form.INNER_PT) for name in ("insideH", "insideV"))
    marks = [twips(edge) for edge in edges_mm]
    grid = "".join(f'<w:gridCol w:w="{b - a}"/>' for a, b in itertools.pairwise(marks))
    margin = "".join(
        f'<w:{side} w:w="{twips(mm)}" w:type="dxa"/>'
        for side, mm in (("top", 0.0), ("left", margin_mm), ("bottom", 0.0), ("right", margin_mm))
    )
    return (
        f'<w:tbl><w:tblPr><w:tblW w:w="{marks[-1]}" w:type="dxa"/><w:jc w:val="center"/>'
        f'<w:tblBorders>{frame}{inner}</w:tblBorders><w:tblLayout w:type="fixed"/>'
        f"<w:tblCellMar>{margin}</w:tblCellMar></w:tblPr><w:tblGrid>{grid}</w:tblGrid>{rows}</w:tbl>"
    )


# ---------------------------------------------------------------- 附件2


def label_content(cell: Cell, *, continued: bool) -> str:
    """A label in one piece, kept to its lines by the paragraph's indents: searchable, and no breaks to trip over."""
    label = cell.label or Label(())
    inner = form.inner_mm(cell)
    longest = max(len(line) for line in label.lines)
    room = (longest + 0.45) * form.mm(RECORD.short_pt)
    if cell.field:  # signatures: top left
        indent = f'<w:ind w:left="0" w:right="{twips(max(0.0, inner - room))}"/>'
        return paragraph(run(label.text, RECORD.short_pt), line_pt=label.line_pt, indent=indent,
                         before_mm=form.SIGNATURE_TOP_MM)  # fmt: skip
    side = twips(max(0.0, (inner - room) / 2))
    indent = f'<w:ind w:left="{side}" w:right="{side}"/>'
    found = paragraph(run(label.text, RECORD.short_pt), line_pt=label.line_pt, align="center", indent=indent)
    if continued:
        found += paragraph(run(CONTINUED, RECORD.notes_pt), line_pt=label.line_pt, align="center")
    return found


def value_content(field: str) -> str:
    placeholder = run(f"【{PLACEHOLDERS[field]}】", RECORD.short_pt)
    if field in form.LONG_CELLS:
        size, line = form.STEPS[0]
        return paragraph(placeholder, line_pt=line, align="both", indent=f'<w:ind w:firstLine="{round(size * 40)}"/>')
    return paragraph(placeholder, line_pt=RECORD.leader_line_pt, align="center")


def record_rows(names: tuple[str, ...], *, continued: bool) -> str:
    rows = ""
    for name in names:
        cells = ""
        for cell in ROWS[name].cells:
            width = RECORD.grid_mm[cell.right] - RECORD.grid_mm[cell.left]
            top = cell.field in form.LONG_CELLS or bool(cell.label and cell.field)
            content = (
                label_content(cell, continued=continued and name in form.LONG_CELLS) if cell.label
                else value_content(cell.field)
            )  # fmt: skip
            cells += table_cell(width, content, span=cell.right - cell.left, top=top)
        # With the place of 附件2 kept over the title, the blank template stays on one page.
        share = 1.0 if continued or name not in form.LONG_CELLS else RECORD.long_labelled_mm / RECORD.long_mm
        rows += table_row(ROWS[name].height_mm * share, cells)
    return rows


def record_body(*, continued: bool) -> str:
    title = f"【{PLACEHOLDERS['county']}】领导干部家访记录单" + (CONTINUED_TITLE if continued else "")
    tabs = (
        f'<w:tabs><w:tab w:val="left" w:pos="{twips(RECORD.date_tab_mm)}"/>'
        f'<w:tab w:val="right" w:pos="{twips(RECORD.number_tab_mm)}"/></w:tabs>'
    )
    head = [
        run("单位：", RECORD.head_pt),
        run(f"【{PLACEHOLDERS['unit']}】{form.SEAL}", RECORD.head_pt),
        run(f"\t【{PLACEHOLDERS['date']}】", RECORD.head_pt),
        run(f"\t序号：【{PLACEHOLDERS['number']}】", RECORD.head_pt),
    ]
    body = ""
    if not continued:
        body += paragraph(run(f"【{form.LABEL_PLACEHOLDER}】", RECORD.label_pt, HEITI), line_pt=RECORD.label_line_pt)
    body += paragraph(run(title, RECORD.title_pt, XIAOBIAOSONG), line_pt=RECORD.title_line_pt, align="center",
                      after_pt=RECORD.title_after_pt)  # fmt: skip
    body += paragraph(*head, line_pt=RECORD.head_line_pt, tabs=tabs)
    names = form.CONTINUED_ROWS if continued else form.FIRST_ROWS
    body += table(RECORD.grid_mm, RECORD.margin_mm, record_rows(names, continued=continued))
    size, line = RECORD.notes_pt, RECORD.notes_line_pt
    body += paragraph(run(RECORD.notes_head + RECORD.notes[0], size), line_pt=line)
    indent = f'<w:ind w:left="{round(len(RECORD.notes_head) * size * 20)}"/>'
    for note in RECORD.notes[1:]:
        body += paragraph(run(note, size), line_pt=line, indent=indent)
    return body + section(RECORD.page_width_mm, RECORD.page_height_mm, RECORD.top_mm, RECORD.bottom_mm,
                          RECORD.left_mm, RECORD.right_mm)  # fmt: skip


# ---------------------------------------------------------------- 附件1


def diagonal_header(column: ledger.Column, layout: ledger.LedgerLayout) -> str:
    """内容╲时间: the cell's own diagonal for Word and WPS, a drawn line for LibreOffice, which has no such border.

    LibreOffice knows no w15 and takes the fallback; Word takes the empty choice.
    """
    width, height = round(column.width_mm * 36000), round(layout.header_mm * 36000)
    shape = (
        '<w:drawing><wp:anchor distT="0" distB="0" distL="0" distR="0" simplePos="0" relativeHeight="2" behindDoc="1" '
        'locked="0" layoutInCell="1" allowOverlap="1"><wp:simplePos x="0" y="0"/>'
        f'<wp:positionH relativeFrom="column"><wp:posOffset>{-round(layout.word_margin_mm * 36000)}</wp:posOffset>'
        '</wp:positionH><wp:positionV relativeFrom="paragraph"><wp:posOffset>0</wp:posOffset></wp:positionV>'
        f'<wp:extent cx="{width}" cy="{height}"/><wp:effectExtent l="0" t="0" r="0" b="0"/><wp:wrapNone/>'
        '<wp:docPr id="1" name="斜线"/><wp:cNvGraphicFramePr/><a:graphic><a:graphicData '
        'uri="http://schemas.microsoft.com/office/word/2010/wordprocessingShape"><wps:wsp><wps:cNvCnPr/><wps:spPr>'
        f'<a:xfrm><a:off x="0" y="0"/><a:ext cx="{width}" cy="{height}"/></a:xfrm>'
        '<a:prstGeom prst="line"><a:avLst/></a:prstGeom><a:ln w="9525"><a:solidFill><a:srgbClr val="000000"/>'
        "</a:solidFill></a:ln></wps:spPr><wps:bodyPr/></wps:wsp></a:graphicData></a:graphic></wp:anchor></w:drawing>"
    )
    fallback = f"<mc:Fallback>{shape}</mc:Fallback>"
    line = f'<w:r><mc:AlternateContent><mc:Choice Requires="w15"/>{fallback}</mc:AlternateContent></w:r>'
    size = layout.header_pt
    pitch = layout.header_mm / 2 / form.mm(1.0)
    content = paragraph(line, run(ledger.MATRIX_HEAD[0], size, HEITI), line_pt=pitch, align="right")
    content += paragraph(run(ledger.MATRIX_HEAD[1], size, HEITI), line_pt=pitch)
    border = '<w:tcBorders><w:tl2br w:val="single" w:sz="6" w:space="0" w:color="000000"/></w:tcBorders>'
    return table_cell(column.width_mm, content, extra=border)


def ledger_body(variant: str) -> str:
    layout, columns = ledger.LEDGER, ledger.VARIANTS[variant]
    header = ""
    for column in columns:
        if column.diagonal:
            header += diagonal_header(column, layout)
            continue
        content = "".join(
            paragraph(run(line, layout.header_pt, HEITI), line_pt=layout.header_line_pt, align="center")
            for line in column.heading
        )
        header += table_cell(column.width_mm, content)
    body = "".join(
        table_cell(column.width_mm, paragraph(
            run(f"【{column.placeholder}】", layout.body_pt), line_pt=layout.body_line_pt, align=column.align,
        )) for column in columns
    )  # fmt: skip
    edges = [0.0]
    for column in columns:
        edges.append(edges[-1] + column.width_mm)
    title = paragraph(run("【县名】领导干部家访台账", layout.title_pt, XIAOBIAOSONG), line_pt=layout.title_line_pt,
                      align="center")  # fmt: skip
    tabs = f'<w:tabs><w:tab w:val="right" w:pos="{twips(layout.width_mm)}"/></w:tabs>'
    unit, year = run("单位：【单位】", layout.head_pt), run("\t【年度】", layout.head_pt)
    head = paragraph(unit, year, line_pt=layout.head_line_pt, tabs=tabs)
    rows = table_row(layout.header_mm, header, header=True) + table_row(layout.row_mm, body)
    last = paragraph(line_pt=1.0)
    footer = '<w:footerReference w:type="default" r:id="rId3"/>'
    return title + head + table(tuple(edges), layout.word_margin_mm, rows) + last + section(
        layout.page_width_mm, layout.page_height_mm, layout.top_mm, layout.bottom_mm, layout.left_mm,
        layout.right_mm, footer=footer, footer_mm=layout.footer_mm,
    )  # fmt: skip


def footer_part() -> str:
    size = ledger.LEDGER.footer_pt

    def number(name: str) -> str:
        return f'<w:fldSimple w:instr=" {name} ">{run("1", size)}</w:fldSimple>'

    content = paragraph(run("第 ", size), number("PAGE"), run(" 页　共 ", size), number("NUMPAGES"), run(" 页", size),
                        line_pt=ledger.LEDGER.footer_line_pt, align="center")  # fmt: skip
    return f"{XML}<w:ftr {NAMESPACES}>{content}</w:ftr>"


# ---------------------------------------------------------------- the package


def section(
    width: float, height: float, top: float, bottom: float, left: float, right: float, *, footer: str = "",
    footer_mm: float = 15.0,
) -> str:  # fmt: skip
    orient = ' w:orient="landscape"' if width > height else ""
    return (
        f'<w:sectPr>{footer}<w:pgSz w:w="{twips(width)}" w:h="{twips(height)}"{orient}/>'
        f'<w:pgMar w:top="{twips(top)}" w:right="{twips(right)}" w:bottom="{twips(bottom)}" w:left="{twips(left)}" '
        f'w:header="{twips(15)}" w:footer="{twips(footer_mm)}" w:gutter="0"/></w:sectPr>'
    )


STYLES = (
    f'{XML}<w:styles {NAMESPACES}><w:docDefaults><w:rPrDefault><w:rPr>{fonts(FANGSONG)}<w:sz w:val="28"/>'
    '<w:szCs w:val="28"/><w:lang w:val="en-US" w:eastAsia="zh-CN" w:bidi="ar-SA"/></w:rPr></w:rPrDefault>'
    '<w:pPrDefault><w:pPr><w:autoSpaceDE w:val="0"/><w:autoSpaceDN w:val="0"/><w:snapToGrid w:val="0"/></w:pPr>'
    "</w:pPrDefault></w:docDefaults>"
    '<w:style w:type="paragraph" w:default="1" w:styleId="a"><w:name w:val="Normal"/><w:qFormat/><w:pPr>'
    '<w:autoSpaceDE w:val="0"/><w:autoSpaceDN w:val="0"/><w:snapToGrid w:val="0"/></w:pPr></w:style>'
    '<w:style w:type="table" w:default="1" w:styleId="a1"><w:name w:val="Normal Table"/><w:uiPriority w:val="99"/>'
    '<w:semiHidden/><w:tblPr><w:tblInd w:w="0" w:type="dxa"/><w:tblCellMar><w:top w:w="0" w:type="dxa"/>'
    '<w:left w:w="0" w:type="dxa"/><w:bottom w:w="0" w:type="dxa"/><w:right w:w="0" w:type="dxa"/></w:tblCellMar>'
    "</w:tblPr></w:style></w:styles>"
)
SETTINGS = (
    f'{XML}<w:settings {NAMESPACES}><w:zoom w:percent="100"/><w:defaultTabStop w:val="420"/>'
    '<w:characterSpacingControl w:val="compressPunctuation"/><w:compat><w:doNotExpandShiftReturn/>'
    '<w:useFELayout/><w:compatSetting w:name="compatibilityMode" '
    'w:uri="http://schemas.microsoft.com/office/word" w:val="15"/></w:compat>'
    '<w:themeFontLang w:val="en-US" w:eastAsia="zh-CN"/></w:settings>'
)
TYPES = "application/vnd.openxmlformats-officedocument.wordprocessingml."
RELATION = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/"
PACKAGE = "http://schemas.openxmlformats.org/package/2006/"


def write(name: str, body: str, title: str, *, footer: str = "") -> None:
    """One template: the parts in the order Word writes them, no dates, so that a rebuild gives the same bytes."""
    overrides = {"document": "document.main", "styles": "styles", "settings": "settings"}
    parts = {"styles": ("rId1", STYLES), "settings": ("rId2", SETTINGS)}
    if footer:
        overrides["footer1"] = "footer"
        parts["footer1"] = ("rId3", footer)
    types = "".join(
        f'<Override PartName="/word/{part}.xml" ContentType="{TYPES}{kind}+xml"/>' for part, kind in overrides.items()
    )
    relations = "".join(
        f'<Relationship Id="{rid}" Type="{RELATION}{part.rstrip("1")}" Target="{part}.xml"/>'
        for part, (rid, _) in parts.items()
    )
    named = f'xmlns="{PACKAGE}relationships"'
    files = {
        "[Content_Types].xml": f'{XML}<Types xmlns="{PACKAGE}content-types"><Default Extension="rels" '
        'ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" '
        f'ContentType="application/xml"/>{types}<Override PartName="/docProps/core.xml" '
        'ContentType="application/vnd.openxmlformats-package.core-properties+xml"/></Types>',
        "_rels/.rels": f'{XML}<Relationships {named}><Relationship Id="rId1" '
        f'Type="{RELATION}officeDocument" Target="word/document.xml"/><Relationship Id="rId2" '
        f'Type="{PACKAGE}relationships/metadata/core-properties" Target="docProps/core.xml"/></Relationships>',
        "word/document.xml": f'{XML}<w:document {NAMESPACES} mc:Ignorable="w15"><w:body>{body}</w:body></w:document>',
        "word/_rels/document.xml.rels": f"{XML}<Relationships {named}>{relations}</Relationships>",
        "word/styles.xml": STYLES,
        "word/settings.xml": SETTINGS,
        "docProps/core.xml": f'{XML}<cp:coreProperties xmlns:cp="{PACKAGE}metadata/core-properties" '
        f'xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:title>{title}</dc:title></cp:coreProperties>',
    }
    if footer:
        files["word/footer1.xml"] = footer
    TARGET.mkdir(exist_ok=True)
    with zipfile.ZipFile(TARGET / name, "w", zipfile.ZIP_DEFLATED) as package:
        for part, text in files.items():
            package.writestr(zipfile.ZipInfo(part, (1980, 1, 1, 0, 0, 0)), text, zipfile.ZIP_DEFLATED)


def main() -> None:
    """Write all four templates."""
    write("家访记录单.docx", record_body(continued=False), "领导干部家访记录单")
    write("家访记录单续页.docx", record_body(continued=True), "领导干部家访记录单（续页）")
    write("家访台账(八列).docx", ledger_body("plain"), "领导干部家访台账", footer=footer_part())
    write("家访台账(内容时间).docx", ledger_body("matrix"), "领导干部家访台账", footer=footer_part())
    print("templates_docx:", *sorted(path.name for path in TARGET.glob("*.docx")))


if __name__ == "__main__":
    main()
