"""Filling 1,000 record forms: ours against docxtpl, python-docx and docx-mailmerge2, with the same form and words.

Each peer gets the official form with its own kind of placeholder, made here from ours, and must bring out every word.
"""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Callable, Mapping
from copy import deepcopy
from pathlib import Path

from bench import samples
from bench.measure import Figure, Goal, alternate, compared
from jiafang_desktop.common import paths
from jiafang_desktop.documents.forms.fields import PLACEHOLDERS, RecordFields, date_text
from jiafang_desktop.documents.forms.fill import RECORD_TEMPLATE, fill_record
from jiafang_desktop.documents.forms.fit import plan_record

TITLE = "Filling record forms in Word"
SIZES = {"records": 1000}
TINY = {"records": 6}
_ROUNDS = 10  # each of a tenth of the records

Words = dict[str, str]
_DOCUMENT = "word/document.xml"
_RUN = re.compile(r"<w:r>(<w:rPr>(?:(?!</w:rPr>).)*</w:rPr>)?(<w:tab/>)?<w:t[^>]*>([^<]*)</w:t></w:r>")
_SLOT = re.compile(r"【([^【】]+)】")
_FIELD_OF = {title: field for field, title in PLACEHOLDERS.items()} | {"附件": "label"}


def measure(sizes: Mapping[str, int], *, rounds: int, scratch: Path) -> list[Figure]:
    """Milliseconds a form, all in memory, in rounds of a tenth of the records each."""
    records = list(_records(sizes["records"]))
    words = [_words(fields) for fields in records]
    plans = [plan_record(fields) for fields in records]
    peers = _peers(scratch)
    _check(fill_record(plans[0]), words[0], "ours")
    for name, fill in peers.items():
        _check(fill(words[0]), words[0], name)
    chunk = max(1, len(records) // _ROUNDS)

    def part(fill: Callable[[int], object]) -> Callable[[int], None]:
        def work(turn: int) -> None:
            for index in range(turn * chunk, (turn + 1) * chunk):
                fill(index)

        return work

    seconds = alternate(
        {
            "ours": part(lambda index: fill_record(plans[index])),
            **{name: part(_filling(fill, words)) for name, fill in peers.items()},
            "planned": part(lambda index: fill_record(plan_record(records[index]))),
        },
        rounds=min(_ROUNDS, len(records)),
    )
    planned = seconds.pop("planned")
    goal = Goal(4.5, least=True)
    return [
        compared(
            "a form filled from its plan", seconds, per=chunk, faster=True, goal=goal,
            note="Placeholders to bytes of a Word file. Ours also sets sizes and row heights as planned.",
        ),
        compared(
            "a form planned and filled", {**seconds, "ours": planned}, per=chunk, faster=True, goal=goal,
            note="Ours with breaking the lines and fitting the pages first, which no peer does.",
        ),
    ]  # fmt: skip


def _filling(fill: Callable[[Words], object], words: list[Words]) -> Callable[[int], object]:
    return lambda index: fill(words[index])


def _records(count: int) -> list[RecordFields]:
    return [
        RecordFields(
            unit=samples.SEAL, date=content.date, number=content.number, visitee_name=content.visitee.name,
            visitee_post=content.visitee.post, address=content.visitee.address, spouse_name=content.visitee.spouse_name,
            spouse_work=content.visitee.spouse_work, account=content.account, resolution=content.resolution,
            leaders=tuple((leader.name, leader.post) for leader in content.leaders),
        )
        for content in samples.contents(count)
    ]  # fmt: skip


def _words(fields: RecordFields) -> Words:
    leader, post = fields.leaders[0]
    short = ("visitee_name", "visitee_post", "address", "spouse_name", "spouse_work")
    return {
        "label": "", "county": fields.county, "unit": fields.unit, "date": date_text(fields.date),
        "number": str(fields.number), **{cell: fields.text(cell) for cell in short},
        "account": fields.long_text("account"), "resolution": fields.long_text("resolution"),
        "leader_name": leader, "leader_post": post or "",
    }  # fmt: skip


def _check(document: bytes, words: Words, who: str) -> None:
    """Every word is on the paper, or the comparison would be of something else."""
    with zipfile.ZipFile(io.BytesIO(document)) as package:
        text = "".join(re.findall(r"<w:t(?: [^>]*)?>([^<]*)</w:t>", package.read(_DOCUMENT).decode("utf-8")))
    for cell, value in words.items():
        for line in value.split("\n"):
            if line not in text:
                raise AssertionError(f"{who} left out {cell}: {line}")
    if _SLOT.search(text) or "{{" in text:
        raise AssertionError(f"{who} left a placeholder")


# ------------------------------------------------------------------------------------------------- peers


def _peers(scratch: Path) -> dict[str, Callable[[Words], bytes]]:
    blank = paths.template(RECORD_TEMPLATE)
    jinja = _changed(blank, scratch / "docxtpl.docx", lambda field: f"{{{{ {field} }}}}")
    merge = _changed(blank, scratch / "mailmerge.docx", None)
    return {
        "docxtpl": lambda words: _docxtpl(jinja, words),
        "python-docx": lambda words: _python_docx(blank, words),
        "docx-mailmerge2": lambda words: _mailmerge(merge, words),
    }


def _changed(blank: Path, target: Path, tag: Callable[[str], str] | None) -> Path:
    """The official form with other placeholders: text tags, or Word's merge fields where ``tag`` is None."""

    def run(match: re.Match[str]) -> str:
        before, text = (match[1] or "") + (match[2] or ""), match[3]
        if tag is not None:
            return match[0].replace(text, _SLOT.sub(lambda slot: tag(_FIELD_OF[slot[1]]), text))
        pieces = []
        for at, piece in enumerate(_SLOT.split(text)):
            words = f'<w:r>{before}<w:t xml:space="preserve">{piece if at % 2 == 0 else "«x»"}</w:t></w:r>'
            if at % 2:
                words = f'<w:fldSimple w:instr=" MERGEFIELD {_FIELD_OF[piece]} ">{words}</w:fldSimple>'
            if piece:
                pieces.append(words)
        return "".join(pieces)

    with zipfile.ZipFile(blank) as source, zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as package:
        for part in source.namelist():
            data = source.read(part)
            if part == _DOCUMENT:
                data = _RUN.sub(run, data.decode("utf-8")).encode("utf-8")
            package.writestr(part, data)
    return target


def _docxtpl(template: Path, words: Words) -> bytes:
    from docxtpl import DocxTemplate, Listing

    document = DocxTemplate(template)
    long = {cell: Listing(words[cell].replace("\n", "\a")) for cell in ("account", "resolution")}  # \a: a new paragraph
    document.render({**words, **long})
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def _python_docx(template: Path, words: Words) -> bytes:
    import docx

    document = docx.Document(str(template))
    cells = [cell for row in document.tables[0].rows for cell in row.cells]
    paragraphs = [*document.paragraphs, *(paragraph for cell in cells for paragraph in cell.paragraphs)]
    for paragraph in paragraphs:
        for run in paragraph.runs:
            found = _SLOT.search(run.text)
            if found is None:
                continue
            first, *more = words[_FIELD_OF[found[1]]].split("\n")
            run.text = run.text.replace(found[0], first)
            for line in reversed(more):
                copied = deepcopy(paragraph._p)
                paragraph._p.addnext(copied)
                docx.text.paragraph.Paragraph(copied, paragraph._parent).runs[0].text = line
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def _mailmerge(template: Path, words: Words) -> bytes:
    from mailmerge import MailMerge

    out = io.BytesIO()
    with MailMerge(str(template)) as document:
        document.merge(**words)
        document.write(out)
    return out.getvalue()
