"""模板检查: which placeholders a Word template has, and everything a hand may have damaged.

Missing, doubled, unknown, half-written, split by formatting, in text boxes, under tracked changes.
"""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterator
from dataclasses import dataclass

from jiafang_desktop.documents.adopt import outline
from jiafang_desktop.documents.adopt.names import FIELDS, LEDGER, NEEDED, PLACEHOLDERS, RECORD
from jiafang_desktop.documents.adopt.outline import Element, Outline, letters_of, words_of
from jiafang_desktop.documents.adopt.package import open_package
from jiafang_desktop.documents.adopt.shapes import Finding
from jiafang_desktop.documents.forms.template import PLACEHOLDER, W

FIELD_TITLES = {**PLACEHOLDERS, "date": "日期（时间）"}
# Words the program's own templates have beside fields.
_OWN = ("附件", "转续页")
_HALF = re.compile(r"【[^【】]{0,20}(?:$|(?=【))|(?:^|(?<=】))[^【】]{0,20}】")


@dataclass(frozen=True, slots=True)
class Check:
    """``placeholders`` in reading order, each as often as it stands there."""

    placeholders: tuple[str, ...]
    problems: tuple[Finding, ...]


def check(data: bytes) -> Check:
    """A template, looked through.

    Raises:
        UserError: ``unsupported_format encrypted_file too_large``.
    """
    package = open_package(data)
    found = outline.read(package.root)
    slots = [(slot, where) for slot, _, where in slots_of(found)]
    problems = [
        *_unknown(slots), *_doubled(slots), *_missing([slot for slot, _ in slots]), *_halves(found), *_split(found),
        *_in_boxes(package.root), *_tracked(package.root),
    ]  # fmt: skip
    if not slots:
        problems.insert(0, Finding(
            "no_placeholders", "这个文档里没有填写项（【家访对象姓名】这样的标记）。",
            "请用“采用本县表单”把它变成模板。",
        ))  # fmt: skip
    return Check(tuple(slot for slot, _ in slots), tuple(problems))


def slots_of(found: Outline) -> Iterator[tuple[str, str, str]]:
    """(placeholder, place, place for people) of every one in paragraphs and cells, in reading order."""
    for number, paragraph in enumerate(found.paragraphs, start=1):
        for match in PLACEHOLDER.finditer(words_of(paragraph)):
            yield match[1], f"p{number}", f"表外第{number}段"
    for cell in found.cells():
        for match in PLACEHOLDER.finditer(cell.text):
            yield match[1], cell.at, cell.where


def _unknown(slots: list[tuple[str, str]]) -> Iterator[Finding]:
    for slot, where in slots:
        if slot in FIELDS or slot in _OWN:
            continue
        like = difflib.get_close_matches(slot, FIELDS, n=1, cutoff=0.5)
        hint = f"是不是【{like[0]}】？请在Word中改正。" if like else "请在Word中改正或删去。"
        yield Finding("unknown", f"{where}有不认识的填写项【{slot}】。", hint)


def _doubled(slots: list[tuple[str, str]]) -> Iterator[Finding]:
    seen: dict[str, str] = {}
    told: set[str] = set()
    for slot, where in slots:
        name = FIELDS.get(slot)
        if name is None:
            continue
        if name in seen and name not in told:
            told.add(name)
            yield Finding("doubled", f"【{slot}】有两处：{seen[name]}和{where}，两处都会填上。", "多出的一处请删去。")
        seen.setdefault(name, where)


def _missing(slots: list[str]) -> Iterator[Finding]:
    have = {FIELDS[slot] for slot in slots if slot in FIELDS}
    if not have:
        return
    kind = "record" if have & {"account", "resolution", "address"} else "ledger"
    for name in RECORD if kind == "record" else LEDGER:
        if name in have or (kind == "ledger" and name in ("unit", "matter")) or name.endswith("_signature"):
            continue
        weight = "必填的" if name in NEEDED[kind] else ""
        yield Finding(
            "missing", f"缺少{weight}填写项【{PLACEHOLDERS[name]}】。", "请在应填的地方补上这几个字，连同【】。"
        )


def _paragraphs(found: Outline) -> Iterator[tuple[Element, str]]:
    """Every paragraph with its place for people, those of cells too."""
    for at, paragraph in enumerate(found.paragraphs, start=1):
        yield paragraph, f"表外第{at}段"
    for cell in found.cells():
        for paragraph in cell.paragraphs:
            yield paragraph, cell.where


def _halves(found: Outline) -> Iterator[Finding]:
    for paragraph, where in _paragraphs(found):
        for match in _HALF.finditer(PLACEHOLDER.sub("", words_of(paragraph))):
            if match.group():
                yield Finding("broken", f"{where}的“{match.group()}”少了一半括号，不会填写。", "请补成【……】的样子。")


def _split(found: Outline) -> Iterator[Finding]:
    for paragraph, where in _paragraphs(found):
        letters = letters_of(paragraph)
        words = "".join(letter.char for letter in letters)
        for match in PLACEHOLDER.finditer(words):
            texts = [letter.text for letter in letters[match.start() : match.end()]]
            looks = {_look(text) for text in texts if text is not None}
            if len({id(text) for text in texts}) > 1 and len(looks) > 1:
                yield Finding(
                    "split", f"{where}的【{match[1]}】被分成了几种字体字号，会照第一个字的样子填。",
                    "想要别的样子，请选中整个标记再设字体。",
                )  # fmt: skip


def _look(text: Element) -> bytes:
    from lxml import etree

    look = text.getparent().find(W + "rPr")
    return etree.tostring(look) if look is not None else b""


def _in_boxes(root: Element) -> Iterator[Finding]:
    for box in root.iter(W + "txbxContent"):
        if any(parent.tag.endswith("}Fallback") for parent in box.iterancestors()):
            continue
        words = "".join(words_of(paragraph) for paragraph in box.iter(W + "p"))
        for match in PLACEHOLDER.finditer(words):
            yield Finding("text_box", f"【{match[1]}】在文本框里，不会填写。", "请把它移到表格或正文里。")


def _tracked(root: Element) -> Iterator[Finding]:
    for tag in ("ins", "del", "moveFrom", "moveTo"):
        for change in root.iter(W + tag):
            words = "".join((text.text or "") for text in change.iter(W + "t", W + "delText"))
            if "【" in words or "】" in words:
                yield Finding("tracked_changes", f"“{words[:20]}”处在修订中。", "请在Word中接受或拒绝全部修订后保存。")
