"""签字板 over a real store: who may sign, what a signature is bound to, and where it counts."""

from __future__ import annotations

import json
import zipfile
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import docx
import pytest
from offices import visit
from PySide6.QtGui import QImage

from jiafang_desktop.common import clock
from jiafang_desktop.common.errors import UserError
from jiafang_desktop.common.progress import run_to_end
from jiafang_desktop.domain.changes import Edit
from jiafang_desktop.domain.problems import ProblemContent
from jiafang_desktop.domain.signatures import Signature
from jiafang_desktop.paper import QtRenderer
from jiafang_desktop.services import (
    form_batches,
    forms,
    inspection,
    problems,
    rules,
    session,
    signature_pad,
    signatures,
    signing,
    undo,
    verification,
    visit_history,
    visit_json,
    visits,
    workbench,
)
from jiafang_desktop.store import Store

RENDERER = QtRenderer()
STROKES = (tuple((300 + 40 * at, 300 + 90 * (at % 7), 45) for at in range(60)), ((2000, 200, 30), (2400, 1000, 60)))


def with_pad(store: Store, **more: Any) -> Store:
    rules.set_rules(store, {"signature_pad": True, **more}, by=store.operator)
    return store


def add(store: Store, **changed: Any) -> str:
    return visits.register(store, visit(**changed), by=store.operator).id


def pad(store: Store, rec: str) -> dict[str, signature_pad.Place]:
    return {place.slot.key: place for place in signature_pad.read(store, rec).places}


def sign(store: Store, rec: str, slot: str = "leader1", **named: Any) -> Any:
    said = named.pop("said", None) or pad(store, rec)[slot].said
    return signature_pad.sign(store, rec, slot, named.pop("strokes", STROKES), said=said, by=store.operator)


def sign_all(store: Store, rec: str) -> None:
    for slot in pad(store, rec):
        sign(store, rec, slot)


def refusal(verb: Any, *args: Any, **named: Any) -> UserError:
    with pytest.raises(UserError) as caught:
        verb(*args, **named)
    return caught.value


def drawn(store: Store, rec: str) -> list[int]:
    """Strokes on each page."""
    return [len(page.strokes) for page in forms.sheet(store, rec).pages]


# ------------------------------------------------------------------------------------------- only where allowed


def test_where_the_rules_keep_to_ink_there_is_no_pad_and_nothing_can_be_signed(office: Store) -> None:
    rec = add(office)
    before = forms.sheet(office, rec)
    assert signature_pad.read(office, rec) == signature_pad.Pad()
    refused = refusal(signature_pad.sign, office, rec, "leader1", STROKES, said="", by=office.operator)
    assert refused.code == "pad_off" and "用笔" in refused.message and refused.hint
    with_pad(office)
    assert forms.sheet(office, rec) == before
    sign(office, rec)
    assert drawn(office, rec) == [2]
    rules.set_rules(office, {"signature_pad": False}, by=office.operator)
    assert forms.sheet(office, rec) == before and visit_json.shown(office, rec)["signatures"] == []


def test_leaders_and_the_recorder_have_a_place_each_and_a_draft_has_none(office: Store) -> None:
    rec = add(with_pad(office))
    found = signature_pad.read(office, rec)
    assert [(place.slot.role, place.slot.name) for place in found.places] == [
        ("leader", "钱永和"), ("leader", "周文斌"), ("recorder", "王敏"),
    ]  # fmt: skip
    draft = visits.add_many(office, [visit()], by=office.operator, draft=True)[0].id
    assert signature_pad.read(office, draft).places == ()
    assert refusal(signature_pad.sign, office, draft, "leader1", STROKES, said="", by=office.operator).code == (
        "not_registered"
    )
    assert len(pad(office, add(office, recorder=None))) == 2


def test_no_stroke_a_slip_or_what_no_pad_gives_is_no_signature(office: Store) -> None:
    rec = add(with_pad(office))
    for strokes in ((), (((10, 10, 40), (40, 40, 40)),), (((10, 10.5, 40),),), (((0, 0, 40),) * 9000,)):
        assert refusal(sign, office, rec, strokes=strokes).code == "bad_input"
    assert refusal(sign, office, rec, said="x").code == "changed_since"
    assert drawn(office, rec) == [0]


# ------------------------------------------------------------------------------------------- what it is bound to


SWAPPED = [{"name": "周文斌", "post": "组织委员"}, {"name": "钱永和", "post": "镇长"}]


@pytest.mark.parametrize("patch", [
    {"account": "另一番话"}, {"resolution": "已解决"}, {"visitee_post": "副主任"}, {"date": "2026-09-17"},
    {"number": 9}, {"visitee_address": "西街村"}, {"leaders": SWAPPED},
])  # fmt: skip
def test_any_edit_of_what_the_form_prints_takes_the_signatures_off(office: Store, patch: dict[str, Any]) -> None:
    rec = add(with_pad(office))
    sign_all(office, rec)
    assert drawn(office, rec) == [6] and signature_pad.read(office, rec).complete
    changes = visits.edit(office, rec, patch, by=office.operator)
    assert drawn(office, rec) == [0] and not signature_pad.read(office, rec).complete
    assert all(place.lapsed and place.signature is None for place in pad(office, rec).values())
    assert visit_json.shown(office, rec)["signatures"] == []
    undo.undo(office, changes, by=office.operator)
    assert drawn(office, rec) == [6]


def test_a_problem_settled_changes_the_drafted_resolution_and_so_the_signature(office: Store) -> None:
    with_pad(office)
    found = (ProblemContent("夜间值班多"),)
    content = visit(nothing_to_solve=False, resolution=None)
    rec = visits.register(office, content, by=office.operator, problems=found).id
    sign(office, rec)
    problems.progress(office, rec, 1, text="已联系", on=date(2026, 9, 20), by=office.operator)
    assert drawn(office, rec) == [2]
    problems.resolve(office, rec, 1, text="调整了班次", on=date(2026, 9, 30), by=office.operator)
    assert drawn(office, rec) == [0]


def test_what_does_not_print_and_the_names_of_the_signers_are_told_apart(office: Store) -> None:
    rec = add(with_pad(office))
    sign_all(office, rec)
    visits.edit(office, rec, {"remark": "另附照片", "matter": "看望"}, by=office.operator)
    assert drawn(office, rec) == [6]
    visits.edit(office, rec, {"recorder": "李四"}, by=office.operator)
    assert drawn(office, rec) == [4] and pad(office, rec)["recorder"].lapsed


def test_an_office_called_otherwise_prints_another_form_which_nobody_signed(office: Store) -> None:
    rec = add(with_pad(office))
    sign(office, rec)
    session.change_unit(office, unit="德政镇党委", by=office.operator)
    assert drawn(office, rec) == [0]


def test_strokes_put_under_another_record_or_another_name_are_no_signature(office: Store) -> None:
    rec, other = add(with_pad(office)), add(office)
    sign(office, rec)
    value = office.values.get(signatures.KIND, f"{rec}:leader1")
    for target, slot, more in (
        (other, "leader1", {}), (other, "leader1", {"visit": other}), (rec, "leader2", {}),
        (rec, "leader2", {"slot": "leader2", "name": "周文斌"}), (rec, "recorder", {"slot": "recorder"}),
        (rec, "leader1", {"strokes": [[100, 100, 40, 2000, 900, 40]]}),
    ):  # fmt: skip
        copied = Edit(signatures.KIND, signatures.record_id(target, slot), {"value": {**value, **more}})
        changes = office.append([copied], by=office.operator)
        assert pad(office, target)[slot].signature is None and drawn(office, target) in ([0], [2])
        undo.undo(office, changes, by=office.operator)
    assert drawn(office, rec) == [2] and drawn(office, other) == [0]


def test_copying_a_visit_carries_no_signature_along(office: Store) -> None:
    rec = add(with_pad(office))
    sign_all(office, rec)
    copied = visits.register(office, replace(visits.show(office, rec).content, number=None), by=office.operator).id
    assert drawn(office, copied) == [0] and not any(place.lapsed for place in pad(office, copied).values())


def test_the_form_changed_while_it_was_being_signed_is_not_signed(office: Store) -> None:
    rec = add(with_pad(office))
    shown = pad(office, rec)["leader1"].said
    visits.edit(office, rec, {"account": "后来改的"}, by=office.operator)
    refused = refusal(sign, office, rec, said=shown)
    assert refused.code == "changed_since" and refused.hint
    assert drawn(office, rec) == [0]


def test_signing_and_clearing_are_undone_like_anything_else(office: Store) -> None:
    rec = add(with_pad(office))
    changes = sign(office, rec)
    undone = undo.undo(office, changes, by=office.operator)
    assert drawn(office, rec) == [0] and not pad(office, rec)["leader1"].lapsed
    undo.undo(office, undone, by=office.operator)
    assert drawn(office, rec) == [2]
    cleared = signature_pad.clear(office, rec, "leader1", by=office.operator)
    assert drawn(office, rec) == [0]
    assert signature_pad.clear(office, rec, "leader1", by=office.operator).records == ()
    undo.undo(office, cleared, by=office.operator)
    assert drawn(office, rec) == [2]


def test_a_filed_record_is_neither_signed_nor_cleared_any_more(office: Store) -> None:
    rec = add(with_pad(office))
    sign(office, rec)
    visits.archive(office, rec, paper_at="档案柜", by=office.operator)
    assert refusal(sign, office, rec, "leader2").code == "archived"
    assert refusal(signature_pad.clear, office, rec, "leader1", by=office.operator).code == "archived"
    assert drawn(office, rec) == [2]


def test_signatures_outlive_closing_and_what_a_newer_program_wrote_is_left_alone(office: Store) -> None:
    rec = add(with_pad(office))
    sign(office, rec)
    value = office.values.get(signatures.KIND, f"{rec}:leader1")
    assert json.loads(json.dumps(value)) == value and Signature.from_json(value) is not None
    newer = Edit(signatures.KIND, signatures.record_id(rec, "leader1"), {"value": {**value, "v": 2}})
    office.append([newer], by=office.operator)
    assert pad(office, rec)["leader1"].signature is None


# ------------------------------------------------------------------------------------------- where it counts


def test_visits_show_tells_who_signed_and_when_and_no_stroke(office: Store) -> None:
    rec = add(with_pad(office))
    sign(office, rec)
    told = visit_json.shown(office, rec)["signatures"]
    assert told == [{"role": "leader", "name": "钱永和", "at": clock.stamp(), "operator": "王敏"}]
    assert "2400" not in json.dumps(visit_json.shown(office, rec))
    entries = visit_history.told(office, rec)
    assert (entries[0].act, entries[0].note) == ("家访领导在签字板上签名", "钱永和")


def test_nobody_waits_for_whom_has_signed_on_the_pad(office: Store) -> None:
    rec = add(with_pad(office))

    def waiting() -> list[str]:
        return [one.leader for one in signing.waiting(office)]

    def unsigned() -> list[str]:
        return [one.key for one in run_to_end(workbench.read(office, year=2026)).unsigned]

    assert sorted(waiting()) == ["周文斌", "钱永和"] and unsigned() == [rec]
    sign(office, rec, "leader1")
    assert waiting() == ["周文斌"] and unsigned() == [rec]
    sign(office, rec, "leader2")
    assert waiting() == [] and unsigned() == []
    assert "not_signed" not in run_to_end(inspection.look(office)).counts
    visits.edit(office, rec, {"account": "改了一句"}, by=office.operator)
    assert sorted(waiting()) == ["周文斌", "钱永和"] and unsigned() == [rec]
    assert visits.show(office, rec).paper.signed_on is None


def test_a_sheet_printed_with_all_signatures_is_signed_from_then_on(office: Store) -> None:
    rec, half = add(with_pad(office)), add(office)
    sign_all(office, rec)
    sign(office, half, "leader1")
    for one in (rec, half):
        visits.mark_paper(office, one, "printed", on=date(2026, 11, 24), by=office.operator)
    assert visits.show(office, rec).paper.signed_on == date(2026, 11, 24)
    assert visits.show(office, half).paper.signed_on is None


# ------------------------------------------------------------------------------------------- on paper and in Word


def test_word_has_each_signature_as_a_clear_picture_of_600_dots_within_its_cell(office: Store, tmp_path: Path) -> None:
    rec = add(with_pad(office))
    sign_all(office, rec)
    target = tmp_path / "记录单.docx"
    forms.write_record(office, rec, target, renderer=RENDERER, by=office.operator)
    document = docx.Document(str(target))
    with zipfile.ZipFile(target) as package:
        names = [name for name in package.namelist() if name.endswith(".png")]
        pictures = [QImage.fromData(package.read(name)) for name in names]
        text = package.read("word/document.xml").decode()
    assert len(pictures) == 3 and text.count("<wp:anchor") == 3
    for picture in pictures:
        assert picture.hasAlphaChannel() and round(picture.dotsPerMeterX() * 0.0254) == 600
        assert picture.width() <= 30 / 25.4 * 600 + 1 and picture.height() <= 13 / 25.4 * 600 + 1
        alphas = {picture.pixelColor(x, y).alpha() for x in range(picture.width()) for y in range(picture.height())}
        assert {0, 255} <= alphas
    signing_cells = [cell for cell in document.tables[0].rows[-1].cells if "签名" in cell.text]
    assert [cell._tc.xml.count("<wp:anchor") for cell in signing_cells] == [2, 1]


def test_a_form_without_signatures_is_the_same_file_as_before_pads_were_allowed(office: Store, tmp_path: Path) -> None:
    rec = add(office)
    forms.write_record(office, rec, tmp_path / "a.docx", renderer=RENDERER, by=office.operator)
    with_pad(office)
    forms.write_record(office, rec, tmp_path / "b.docx", renderer=RENDERER, by=office.operator)
    assert (tmp_path / "a.docx").read_bytes() == (tmp_path / "b.docx").read_bytes()


def test_many_forms_in_one_file_have_their_own_signatures(office: Store, tmp_path: Path) -> None:
    recs = [add(with_pad(office)) for _ in range(3)]
    for rec in recs[:2]:
        sign(office, rec)
    target = tmp_path / "一季度.docx"
    run_to_end(form_batches.write(office, target, year=2026, renderer=RENDERER, by=office.operator))
    document = docx.Document(str(target))
    assert [table._tbl.xml.count("<wp:anchor") for table in document.tables] == [1, 1, 0]


def test_overprinting_the_resolution_draws_no_signature_a_second_time(office: Store) -> None:
    rec = add(with_pad(office))
    visits.mark_paper(office, rec, "printed", on=date(2026, 11, 24), by=office.operator)
    sign_all(office, rec)
    assert [page.strokes for page in forms.sheet(office, rec, overprint="resolution").pages] == [()]


@pytest.mark.parametrize("suffix", [".docx", ".pdf"])
def test_a_signed_paper_read_back_still_equals_what_is_stored(office: Store, tmp_path: Path, suffix: str) -> None:
    rec = add(with_pad(office, code_on_paper=True))
    sign_all(office, rec)
    target = tmp_path / f"记录单{suffix}"
    forms.write_record(office, rec, target, renderer=RENDERER, by=office.operator)
    verdict = verification.verify(office, str(target))
    assert verdict.matches and verdict.visit is not None and verdict.visit.id == rec
