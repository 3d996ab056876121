"""Writes visible placeholders into the places that were bound, and nothing else.

A cell's first paragraph and its letters' look are kept; what stood there as a sample goes. Filling is filling's.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from copy import deepcopy

from lxml import etree

from jiafang_desktop.common.errors import UserError
from jiafang_desktop.documents.adopt.find import span_of
from jiafang_desktop.documents.adopt.names import PLACEHOLDERS
from jiafang_desktop.documents.adopt.outline import Cell, Element, Outline, letters_of, words_of
from jiafang_desktop.documents.adopt.shapes import Binding
from jiafang_desktop.documents.forms.template import XML_SPACE, W

_PLACE = re.compile(r"(?:(t\d+r\d+c\d+)(?:(\+)|p(\d+))?|p(\d+))")


def put(outline: Outline, bindings: Iterable[Binding]) -> None:
    """Put every binding's placeholder; places in one line from its end, so that they stay true.

    Raises:
        UserError: ``bad_input`` for a place the form does not have.
    """
    lines: list[tuple[Element, int, int, str]] = []
    whole: dict[str, list[Binding]] = {}
    for binding in bindings:
        match = _PLACE.fullmatch(binding.at)
        cell = outline.cell(match[1]) if match and match[1] else None
        if match is None or (match[1] and cell is None):
            raise _unknown(binding)
        if cell is not None and match[2]:
            _put_behind(cell, binding)
        elif cell is not None and match[3] is None:
            whole.setdefault(binding.at, []).append(binding)
        else:
            lines.append(_line_of(outline, binding, cell, int(match[3] or match[4])))
    for at, several in whole.items():
        cell = outline.cell(at)
        assert cell is not None
        _put_alone(cell, several)
    for paragraph, start, end, name in sorted(lines, key=lambda line: -line[1]):
        replace_letters(paragraph, start, end, _shown(name))


def _line_of(outline: Outline, binding: Binding, cell: Cell | None, number: int) -> tuple[Element, int, int, str]:
    paragraphs = cell.paragraphs if cell is not None else outline.paragraphs
    if not 1 <= number <= len(paragraphs):
        raise _unknown(binding)
    paragraph = paragraphs[number - 1]
    span = span_of(binding.field, words_of(paragraph)) if binding.field in ("unit", "date", "number", "year") else None
    length = len(letters_of(paragraph))
    start, end = (span.start, span.end) if span is not None else (length, length)
    return paragraph, start, end, binding.field


def _unknown(binding: Binding) -> UserError:
    return UserError(
        "bad_input", f"这个文档里没有“{binding.at}”这个位置。", hint="请照预览里列出的位置填写。",
        details={"field": binding.field, "at": binding.at},
    )  # fmt: skip


def _shown(field: str) -> str:
    return f"【{PLACEHOLDERS[field]}】"


def _put_alone(cell: Cell, bindings: list[Binding]) -> None:
    """The placeholder as all that the cell holds, one paragraph each where several fields share it."""
    paragraphs = cell.paragraphs
    first = paragraphs[0] if paragraphs else etree.SubElement(cell.element, W + "p")
    look = _look_of(first)
    for element in list(cell.element):
        if element is not first and element.tag != W + "tcPr":
            cell.element.remove(element)
    if first.getparent() is not cell.element:  # it stood in a content control, which would keep the sample
        cell.element.append(first)
    after = first
    for place, binding in enumerate(bindings):
        paragraph = first if place == 0 else deepcopy(first)
        if place:
            after.addnext(paragraph)
        for element in list(paragraph):
            if element.tag != W + "pPr":
                paragraph.remove(element)
        paragraph.append(_run(_shown(binding.field), look))
        after = paragraph


def _look_of(paragraph: Element) -> Element | None:
    """The look of the paragraph's letters: the first run's, else what Word keeps for letters to come."""
    for run in paragraph.iter(W + "r"):
        look = run.find(W + "rPr")
        if look is not None and look.find(W + "vanish") is None:
            return look
    return paragraph.find(f"{W}pPr/{W}rPr")


def _run(words: str, look: Element | None) -> Element:
    run = etree.Element(W + "r")
    if look is not None:
        kept = deepcopy(look)
        for mark in ("ins", "del", "moveFrom", "moveTo", "rPrChange"):
            for element in kept.findall(W + mark):
                kept.remove(element)
        run.append(kept)
    text = etree.SubElement(run, W + "t")
    text.text = words
    text.set(XML_SPACE, "preserve")
    return run


def _put_behind(cell: Cell, binding: Binding) -> None:
    """Behind the label in the same cell: in its line, in place of a sample there."""
    for place, paragraph in enumerate(cell.paragraphs):
        words = words_of(paragraph)
        colon = next((at for at, char in enumerate(words) if char in ":："), None)
        last = place == len(cell.paragraphs) - 1
        if colon is None and not last:
            continue
        start = len(words) if colon is None else colon + 1
        replace_letters(paragraph, start, len(words), _shown(binding.field))
        for later in cell.paragraphs[place + 1 :]:
            if binding.field not in ("leader_signature", "recorder_signature"):
                later.getparent().remove(later)
        return


def replace_letters(paragraph: Element, start: int, end: int, words: str) -> None:
    """Letters ``start`` to ``end`` of a paragraph become ``words``, in the look of the run they began in; tabs stay."""
    letters = letters_of(paragraph)
    owner = next((letter.text for letter in letters[start:end] if letter.text is not None), None)
    if owner is None:
        owner = next((letter.text for letter in reversed(letters[:start]) if letter.text is not None), None)
    if owner is None:
        paragraph.append(_run(words, _look_of(paragraph)))
        return
    kept: dict[Element, list[str]] = {letter.text: [] for letter in letters if letter.text is not None}
    put = False
    for at, letter in enumerate(letters):
        if at >= start and not put and (letter.text is owner or at >= end):
            kept[owner].append(words)
            put = True
        if letter.text is not None and not start <= at < end:
            kept[letter.text].append(letter.char)
    if not put:
        kept[owner].append(words)
    for text, chars in kept.items():
        text.text = "".join(chars)
        text.set(XML_SPACE, "preserve")
