"""送审稿: marked outside the form, nothing restricted on it but a count, and no print."""

from __future__ import annotations

import subprocess
from dataclasses import replace
from datetime import date
from pathlib import Path

import docx
import pytest
from offices import ACCOUNT, visit

from jiafang_desktop.common.errors import UserError
from jiafang_desktop.domain.pages import Sheet
from jiafang_desktop.domain.visits import Topics, Visit
from jiafang_desktop.paper import QtRenderer
from jiafang_desktop.services import forms, guidance, prints, review_drafts, rules, signature_pad, visits
from jiafang_desktop.store import Store

RENDERER = QtRenderer()
CANARY = "希望镇长少开会"
STROKES = (tuple((300 + 40 * at, 300 + 90 * (at % 7), 45) for at in range(60)),)


def add(store: Store, **changed: object) -> str:
    return visits.register(store, visit(**changed), by=store.operator).id


def warned(store: Store) -> str:
    """A visit for signs of trouble, with advice about leaders and a guidance sheet."""
    topics = Topics(advice_leaders=CANARY)
    rec = add(store, priority="warning_sign", topics=topics)
    guidance.write(store, rec, {"causes": "工作压力较大，" + CANARY}, by=store.operator)
    return rec


def words(sheet: Sheet, page: int = 0) -> list[str]:
    return [run.text for run in sheet.pages[page].runs]


def test_the_form_is_marked_in_gray_above_it_and_is_else_the_very_form(office: Store) -> None:
    rec = add(office, account=ACCOUNT * 12)
    draft, form = review_drafts.sheet(office, rec), forms.sheet(office, rec)
    assert len(draft.pages) == len(form.pages) > 1 and draft.title == "领导干部家访记录单送审稿"
    for marked, bare in zip(draft.pages, form.pages, strict=True):
        more = [run for run in marked.runs if run not in bare.runs]
        assert [run.text for run in more] == ["送审稿", "2026年11月24日　供审核用，不签名、不盖章、不归档"]
        assert all(run.gray and run.baseline_mm < 37 for run in more)
        assert all(run.x_mm >= 28 and run.x_mm + run.places_mm[-1] < 184 for run in more)
        assert (marked.rules, marked.boxes) == (bare.rules, bare.boxes)


def test_what_few_may_see_is_a_count_and_no_word_of_it(office: Store, tmp_path: Path) -> None:
    rec = warned(office)
    for suffix in (".docx", ".pdf"):
        made = review_drafts.write(office, visits.show(office, rec), tmp_path / f"送审稿{suffix}", renderer=RENDERER)
        assert made.withheld == 2
    document = docx.Document(str(tmp_path / "送审稿.docx"))
    assert "另有限制知悉内容2项，不随稿" in [paragraph.text for paragraph in document.paragraphs]
    assert CANARY not in document.element.xml
    text = subprocess.run(["pdftotext", str(tmp_path / "送审稿.pdf"), "-"], capture_output=True, check=True).stdout
    plain = "".join(text.decode("utf-8").split())
    assert "送审稿" in plain and "另有限制知悉内容2项，不随稿" in plain and CANARY not in plain
    assert not any("限制知悉" in text for text in words(review_drafts.sheet(office, add(office))))


def test_what_this_account_may_not_see_is_counted_too(office: Store) -> None:
    content = visit(topics=Topics())
    hidden = Visit("", content, True, None, hidden=frozenset({"topic_advice_leaders"}))
    assert review_drafts.withheld(office, hidden) == 1


def test_a_draft_for_review_is_no_print(office: Store, tmp_path: Path) -> None:
    rec = add(office)
    before = office.history(rec)
    review_drafts.write(office, visits.show(office, rec), tmp_path / "a.pdf", renderer=RENDERER)
    paper = visits.show(office, rec).paper
    assert (paper.printed_on, paper.layout, paper.printed_state) == (None, None, None)
    assert office.history(rec) == before and prints.versions(office, rec) == []
    assert office.values.all("print") == {}


def test_neither_code_nor_signature_stands_on_it_whatever_the_rules_allow(office: Store) -> None:
    rules.set_rules(office, {"code_on_paper": True, "signature_pad": True}, by=office.operator)
    rec = add(office)
    place = signature_pad.read(office, rec).places[0]
    signature_pad.sign(office, rec, "leader1", STROKES, said=place.said, by=office.operator)
    visits.mark_paper(office, rec, "printed", on=date(2026, 11, 24), by=office.operator)
    draft = review_drafts.sheet(office, rec)
    assert draft.pages[0].strokes == () and not any("核对码" in text for text in words(draft))


def test_what_is_typed_and_not_stored_yet_can_be_reviewed(office: Store) -> None:
    typed = Visit("", replace(visit(), topics=Topics(advice_leaders=CANARY)), registered=False, recorded_on=None)
    draft = review_drafts.sheet_of(office, typed)
    assert "张建国" in words(draft) and "另有限制知悉内容1项，不随稿" in words(draft)


def test_a_quarters_summary_is_marked_on_every_page(office: Store, tmp_path: Path) -> None:
    warned(office)
    draft = review_drafts.summary_sheet(office, year=2026, quarter=3)
    assert draft.pages and all("送审稿" in words(draft, page) for page in range(len(draft.pages)))
    made = review_drafts.write_summary(office, tmp_path / "总结.pdf", year=2026, quarter=3, renderer=RENDERER)
    assert made.pages == len(draft.pages) and made.files[0].read_bytes().startswith(b"%PDF")
    with pytest.raises(UserError) as refused:
        review_drafts.write_summary(office, tmp_path / "总结.docx", year=2026, quarter=3, renderer=RENDERER)
    assert refused.value.code == "unsupported_format"
