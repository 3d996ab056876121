"""``forms review`` and who signed on the pad, on the command line."""

from __future__ import annotations

from pathlib import Path

from cli_driver import Office

from jiafang_desktop.services import session, signature_pad


def test_a_draft_for_review_is_written_and_ticks_nothing(office: Office, tmp_path: Path) -> None:
    rec = office.add(topics={"advice_leaders": "多下村"})
    written = office.done("forms", "review", rec, "--to", tmp_path / "送审稿.docx")
    assert (written["pages"], written["withheld"]) == (1, 1)
    assert Path(written["file"]).read_bytes().startswith(b"PK")
    shown = office.done("visits", "show", rec)
    assert shown["paper"]["printed_on"] is None and not shown["paper"]["layout_frozen"]
    assert shown["match_code"] is None and shown["signatures"] == []
    told = office.told("forms", "review", rec, "--to", tmp_path / "又一份.pdf")
    assert "不随稿" in told and "多下村" not in told


def test_a_quarters_summary_is_reviewed_by_its_quarter_and_half_a_question_is_refused(
    office: Office, tmp_path: Path
) -> None:
    written = office.done("forms", "review", "--year", "2026", "--quarter", "3", "--to", tmp_path / "总结.pdf")
    assert written["pages"] >= 1
    for args in ((), ("--year", "2026"), ("x", "--year", "2026", "--quarter", "3")):
        refused = office.refused("forms", "review", *args, "--to", tmp_path / "a.pdf")
        assert refused["code"] == "bad_input" and refused["hint"]
    assert not (tmp_path / "a.pdf").exists()


def test_show_tells_who_signed_on_the_pad_and_when_and_no_stroke(office: Office) -> None:
    rec = office.add()
    office.done("rules", "set", "--file", office.written("签字板.json", {"signature_pad": True}))
    store = session.open_store(office.folder, session.read_password(office.password_file))
    place = signature_pad.read(store, rec).places[0]
    strokes = (tuple((300 + 40 * at, 300 + 90 * (at % 7), 45) for at in range(60)),)
    signature_pad.sign(store, rec, place.slot.key, strokes, said=place.said, by=store.operator)
    store.close()
    (signed,) = office.done("visits", "show", rec)["signatures"]
    assert set(signed) == {"role", "name", "at", "operator"} and signed["name"] == place.slot.name
    assert f"家访领导签字板签名：{place.slot.name}" in office.told("visits", "show", rec).replace(" ", "")
    office.done("visits", "edit", rec, "--file", office.written("改.json", {"account": "改过一句"}))
    assert office.done("visits", "show", rec)["signatures"] == []
    office.done("rules", "set", "--file", office.written("签字板.json", {"signature_pad": False}))
