"""Which font sets what: one font a cell, the rare characters found, what is in no font named before printing."""

from __future__ import annotations

from dataclasses import replace

import pytest
from paper_samples import FIELDS

from jiafang_desktop.documents.forms.fit import plan_record
from jiafang_desktop.domain.pages import FACES, Page, Run
from jiafang_desktop.paper import fonts
from jiafang_desktop.paper.setting import set_page

pytestmark = pytest.mark.usefixtures("qapp")


@pytest.mark.parametrize("face", FACES)
def test_every_face_has_a_font_for_the_forms_own_words(face: str) -> None:
    words = "魏县领导干部家访记录单台账（续页）单位：盖章年月日序号职务0123456789.，。；“”——"
    assert fonts.families(face)
    assert fonts.typeface(face, words).glyph("家") is not None
    assert fonts.missing(words) == ""


def test_faces_are_told_apart() -> None:
    names = {face: fonts.typeface(face, "家访").name for face in FACES}
    assert len(set(names.values())) == 4


@pytest.mark.parametrize("char", ["䶮", "龑", "𬭎", "㛃", "堃", "喆", "赟", "镕", "玥", "犇"])
def test_characters_of_names_are_in_some_font(char: str) -> None:
    assert fonts.missing(char) == ""


def test_what_no_font_has_is_named_once_in_its_order() -> None:
    assert fonts.missing("王\U000f0000一\U000f0001\U000f0000 \n\t\u200b") == "\U000f0000\U000f0001"
    assert fonts.missing("") == ""


def test_a_sheet_tells_all_it_lacks() -> None:
    sheet = plan_record(replace(FIELDS, visitee_name="王\U000f0000", account="去\U000f0001家。")).sheet
    assert fonts.missing_on(sheet) == "\U000f0000\U000f0001"
    assert fonts.missing_on(plan_record(FIELDS).sheet) == ""


def test_a_cell_with_one_rare_character_is_set_whole_in_another_font() -> None:
    page = plan_record(replace(FIELDS, visitee_name="张䶮", account="去张䶮家。\n" + "问候一声。" * 20)).sheet.pages[0]
    used: dict[str, set[str]] = {}
    for run, pieces in set_page(page):
        used.setdefault(run.cell, set()).update(piece.font.name for piece in pieces)
    assert len(used["visitee_name"]) == len(used["account"]) == len(used["visitee_post"]) == 1
    assert used["visitee_name"] == used["account"] != used["visitee_post"]
    assert used["resolution"] == used["visitee_post"]


def pieces_of(text: str) -> list[tuple[str, str]]:
    run = Run(0, 10, text, "fangsong", 14, tuple(5.0 * at for at in range(len(text))), "account", 0)
    [(_, pieces)] = set_page(Page(210, 297, (run,), ()))
    return [(piece.text, piece.font.name) for piece in pieces]


def test_dashes_touch_in_every_font() -> None:
    run = Run(0, 10, "䶮——", "fangsong", 14, (0.0, 5.0, 10.0), "account", 0)
    [(_, pieces)] = set_page(Page(210, 297, (run,), ()))
    dashes = [glyph for piece in pieces for char, glyph in zip(piece.text, piece.glyphs, strict=True) if char == "—"]
    assert len(dashes) == 2
    assert all(glyph.fills for glyph in dashes)


def test_what_needs_no_ink_is_left_out_and_moves_nothing() -> None:
    [(text, _)] = pieces_of("张\u200b三\ufe0f")
    assert text.replace("\u200b", "").replace("\ufe0f", "") == "张三"


def test_a_character_in_no_font_becomes_the_printers_mark() -> None:
    run = Run(0, 10, "王\U000f0000", "fangsong", 14, (0.0, 5.0), "account", 0)
    [(_, pieces)] = set_page(Page(210, 297, (run,), ()))
    last = pieces[-1]
    assert last.text[-1] == "\U000f0000"
    assert last.glyphs[-1] == last.font.glyph(fonts.MISSING)


def test_letters_stand_in_the_middle_of_their_room() -> None:
    font = fonts.typeface("fangsong", "䶮1·")
    for char in "1·":
        glyph = font.glyph(char)
        assert glyph is not None
        advance = font.outlines.advancesForGlyphIndexes([glyph.index])[0].x() / fonts.UNITS
        assert glyph.shift_em == pytest.approx((glyph.slot_em - advance) / 2)
