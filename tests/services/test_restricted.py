"""Canaries: words only their author and the permitted may see, looked for wherever the program writes or answers."""

from __future__ import annotations

import json
import logging
import subprocess
import zipfile
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from clerks import OWNER, PERMITTED, PLAIN, Clerks
from offices import visit

from jiafang_desktop.common.errors import UserError
from jiafang_desktop.common.progress import run_to_end
from jiafang_desktop.domain.guidance import NAMES
from jiafang_desktop.domain.problems import ProblemContent
from jiafang_desktop.domain.visits import Topics, VisitQuery
from jiafang_desktop.paper import QtRenderer
from jiafang_desktop.services import (
    batches,
    concern_reports,
    concerns,
    drafts,
    forms,
    guidance,
    ledgers,
    lists,
    problems,
    undo,
    visit_json,
    visits,
)
from jiafang_desktop.store import Store

CANARY = "金丝雀绝不外传"
SHEET = {name: f"{CANARY}之{title}" for name, title in NAMES.items()}
RENDERER = QtRenderer()
ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture
def clerks(tmp_path: Path) -> Iterator[Clerks]:
    office = Clerks(tmp_path / "数据")
    yield office
    office.store.close()


def with_canaries(store: Store, **changed: Any) -> str:
    content = visit(topics=Topics(advice_leaders=CANARY), priority="warning_sign", nothing_to_solve=False, **changed)
    rec = visits.register(store, content, by=store.operator, problems=[ProblemContent("家里缺人手")]).id
    guidance.write(store, rec, SHEET, by=store.operator)
    return rec


def refusal(verb: Any, *args: Any, **named: Any) -> UserError:
    with pytest.raises(UserError) as caught:
        verb(*args, **named)
    return caught.value


def text_of(path: Path) -> str:
    """All text of a written file, packed parts too."""
    data = path.read_bytes()
    if zipfile.is_zipfile(path):
        with zipfile.ZipFile(path) as parts:
            return "".join(parts.read(name).decode("utf-8", "replace") for name in parts.namelist())
    if data.startswith(b"%PDF"):
        done = subprocess.run(["pdftotext", "-raw", path, "-"], capture_output=True, check=True)
        return done.stdout.decode("utf-8") + data.decode("latin-1")
    return data.decode("utf-8", "replace") + data.decode("utf-16", "replace")


def test_the_author_too_finds_it_on_no_paper(clerks: Clerks, tmp_path: Path) -> None:
    store = clerks.at(PERMITTED)
    rec = with_canaries(store)
    named: dict[str, Any] = {"renderer": RENDERER}
    out = tmp_path / "outputs"
    for suffix in ("docx", "pdf", "png"):
        forms.write_record(store, rec, out / f"记录单.{suffix}", by=store.operator, **named)
    for suffix in ("docx", "pdf", "xlsx", "png"):
        ledgers.write(store, out / f"台账.{suffix}", year=2026, **named)
    many = batches.write_records(store, [rec], out, suffix=".docx", by=store.operator, **named)
    assert len(run_to_end(many)) == 1
    written = sorted(out.iterdir())
    assert len(written) >= 8
    for path in written:
        assert CANARY not in text_of(path), path.name
        assert CANARY not in path.name
    assert "王秀兰" in text_of(out / "记录单.docx")  # what may be found is found this way
    assert "张建国" in text_of(out / "台账.pdf")


def test_the_drawn_pages_are_the_same_with_it_and_without(clerks: Clerks) -> None:
    """Pictures are drawn of these pages and of nothing else."""
    store = clerks.at(PERMITTED)
    rec = visits.register(store, visit(priority="warning_sign"), by=store.operator).id
    before = (forms.sheet(store, rec), ledgers.plan(store, year=2026).sheet)
    visits.edit(store, rec, {"topic_advice_leaders": CANARY}, by=store.operator)
    guidance.write(store, rec, SHEET, by=store.operator)
    assert (forms.sheet(store, rec), ledgers.plan(store, year=2026).sheet) == before


def test_no_search_list_or_report_has_it_for_anybody(clerks: Clerks) -> None:
    rec = with_canaries(clerks.at(PERMITTED))
    concern = concerns.add(
        clerks.store, {"cadre": {"name": "张建国"}, "text": "缺人手", "source": "unit", "priority": "hardship"},
        by=clerks.store.operator,
    ).id  # fmt: skip
    visits.edit(clerks.store, rec, {"concerns": [concern]}, by=clerks.store.operator)
    for password in (PERMITTED, PLAIN, OWNER):
        store = clerks.at(password)
        for words in (CANARY, CANARY[:2], CANARY[:3], "jinsique"):
            assert visits.listing(store, VisitQuery(text=words)) == []
            assert lists.visit_index(store, VisitQuery(text=words)).ids == ()
        assert CANARY not in json.dumps(visit_json.listed(store, VisitQuery()), ensure_ascii=False)
        assert CANARY not in json.dumps(visit_json.problems_json(store), ensure_ascii=False)
        assert CANARY not in repr(concern_reports.report_fields(store, concern))


def test_another_account_gets_null_and_a_mark(clerks: Clerks) -> None:
    rec = with_canaries(clerks.at(PERMITTED))
    store = clerks.at(PLAIN)
    shown = visit_json.shown(store, rec)
    assert (shown["topics"]["advice_leaders"], shown["restricted"]) == (None, True)
    history = visit_json.history_json(visits.history(store, rec))
    assert (history[0]["after"]["topics.advice_leaders"], history[0]["restricted"]) == (None, True)
    sheet = guidance.guidance_json(guidance.read(store, rec))
    assert sheet == {"visit": rec, **dict.fromkeys(SHEET), "restricted": True, "note": guidance.NOTE}
    everything = [shown, history, sheet, repr(visits.show(store, rec)), repr(guidance.history(store, rec))]
    assert CANARY not in json.dumps(everything, ensure_ascii=False)
    for password in (PERMITTED, OWNER):
        store = clerks.at(password)
        shown = visit_json.shown(store, rec)
        assert (shown["topics"]["advice_leaders"], shown["restricted"]) == (CANARY, False)
        assert guidance.read(store, rec).texts() == SHEET


def test_what_another_account_saves_never_clears_it(clerks: Clerks) -> None:
    rec = with_canaries(clerks.at(PERMITTED))
    store = clerks.at(PLAIN)
    content = replace(visits.show(store, rec).content, account="另写的情况", matter="看望")  # as the editor has it
    visits.edit(store, rec, content.to_fields(), by=store.operator)
    patch = visit_json.read_patch({"topics": None, "remark": "补记"})
    visits.edit(store, rec, patch, by=store.operator)
    assert refusal(visits.edit, store, rec, {"topic_advice_leaders": "我的话"}, by=store.operator).code == "restricted"
    assert refusal(guidance.write, store, rec, {"causes": None}, by=store.operator).code == "not_permitted"
    shown = visits.show(clerks.at(PERMITTED), rec).content
    assert (shown.topics.advice_leaders, shown.account, shown.remark) == (CANARY, "另写的情况", "补记")
    assert guidance.read(clerks.store, rec).texts() == SHEET


def test_correcting_and_voiding_leave_it_as_it_is(clerks: Clerks) -> None:
    rec = with_canaries(clerks.at(PERMITTED))
    store = clerks.at(PLAIN)
    problems.resolve(store, rec, 1, text="已安排", on=date(2026, 11, 20), by=store.operator)
    visits.archive(store, rec, paper_at="档案柜", by=store.operator)
    patch = visit_json.read_patch({"topics": {"advice_leaders": None}, "matter": "看望老人"})
    visits.correct(store, rec, patch, reason="写错", by=store.operator)
    guidance.write(clerks.at(PERMITTED), rec, {"follow_up": "已谈话"}, by=clerks.store.operator)
    store = clerks.at(OWNER)
    assert visits.show(store, rec).content.topics.advice_leaders == CANARY
    assert guidance.read(store, rec).follow_up == "已谈话"


def test_undo_gives_nobody_what_he_may_not_see(clerks: Clerks) -> None:
    store = clerks.at(PERMITTED)
    rec = with_canaries(store)
    changes = visits.edit(store, rec, {"topic_advice_leaders": "换过的话", "remark": "记"}, by=store.operator)
    store = clerks.at(PLAIN)
    assert refusal(undo.undo, store, changes, by=store.operator).code == "restricted"
    assert visits.show(store, rec).content.topics.advice_leaders is None
    mine = visits.edit(store, rec, {"matter": "看望"}, by=store.operator)
    undo.undo(store, mine, by=store.operator)
    store = clerks.at(PERMITTED)
    undo.undo(store, changes, by=store.operator)
    assert visits.show(store, rec).content.topics.advice_leaders == CANARY


def test_anothers_unsaved_typing_is_his_own(clerks: Clerks) -> None:
    store = clerks.at(PERMITTED)
    typed = {"form": {"topic_advice_leaders": CANARY, "matter": "看望"}, "visitee_name": "张建国"}
    drafts.keep(store, "visit:new:1", typed)
    store = clerks.at(PLAIN)
    assert lists.visit_index(store, VisitQuery()).drafts == ()
    assert (drafts.load(store, "visit:new:1"), drafts.listing(store)) == (None, [])
    drafts.keep(store, "visit:new:1", {"form": {"matter": "别的"}})
    drafts.discard(store, "visit:new:1")
    assert drafts.load(clerks.at(PERMITTED), "visit:new:1") == typed


def test_nothing_of_it_is_logged_or_lies_about(
    clerks: Clerks, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    store = clerks.at(PERMITTED)
    rec = with_canaries(store)
    drafts.keep(store, f"visit:{rec}", {"form": {"topic_advice_leaders": CANARY}})
    store = clerks.at(PLAIN)
    error = refusal(visits.edit, store, rec, {"topic_advice_leaders": CANARY}, by=store.operator)
    assert CANARY not in json.dumps(error.as_json(), ensure_ascii=False)
    store.close()
    assert CANARY not in caplog.text
    for path in tmp_path.rglob("*"):
        assert CANARY not in path.name
        if path.is_file():
            data = path.read_bytes()
            assert not any(CANARY.encode(code) in data for code in ("utf-8", "utf-16-le", "gb18030")), path


def test_no_paper_or_list_is_made_from_these_fields() -> None:
    """Whoever makes a new paper of visits does not name them; dumping whole records is what readers hide them from."""
    makers = [path for room in ("documents", "paper") for path in (ROOT / "jiafang_desktop" / room).rglob("*.py")]
    assert len(makers) > 40
    for path in makers:
        text = path.read_text("utf-8")
        assert "advice_leaders" not in text, path
        assert "domain.guidance" not in text, path
