"""查找: people, visits, concerns, problems and meetings by what somebody types, and never what few may see."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from clerks import OWNER, PERMITTED, PLAIN, Clerks
from offices import visit

from jiafang_desktop.domain.cadres import CadreContent
from jiafang_desktop.domain.concerns import ConcernContent
from jiafang_desktop.domain.guidance import NAMES
from jiafang_desktop.domain.problems import ProblemContent
from jiafang_desktop.domain.visits import Leader, Topics, Visitee
from jiafang_desktop.services import concerns, drafts, find, guidance, meetings, problems, rosters, undo, visits
from jiafang_desktop.store import Store

CANARY = "金丝雀绝不外传"


def titles(store: Store, text: str) -> list[tuple[str, str]]:
    """(Kind, a few words) of each hit."""
    words = []
    for hit in find.find(store, text).hits:
        record = hit.record
        content = getattr(record, "content", None)
        name = getattr(content, "name", None) or getattr(getattr(content, "visitee", None), "name", None)
        words.append((hit.kind, name or hit.piece))
    return words


@pytest.fixture
def full(office: Store) -> Store:
    """One of everything."""
    by = office.operator
    rosters.add_person(office, CadreContent(name="冯德胜", unit="德政镇", post="财政所副所长"), by=by)
    met = visit(
        visitee=Visitee(name="冯德胜", post="财政所副所长"), matter="母亲患病", nothing_to_solve=False,
        account="到冯德胜家中走访，老母亲患脑梗，每月药费2600元，希望夜间值班适当照顾。",
        leaders=(Leader("韩雪梅", "镇长"),),
    )  # fmt: skip
    rec = visits.register(office, met, by=by, problems=[ProblemContent("夜间值班排得太密", responsible="吴国平")]).id
    problems.progress(office, rec, 1, text="已同党政办商量轮换办法", on=date(2026, 11, 20), by=by)
    concerns.add(office, ConcernContent(name="何玉梅", post="科员", text="想申请县城的周转房"), by=by)
    meetings.add(office, {
        "on": "2026-11-18", "attendees": ["韩雪梅", "吴国平"], "minutes": "研究了值班轮换", "decisions": ["建立轮换表"],
    }, by=by)  # fmt: skip
    return office


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("冯德胜", ["visit", "cadre"]), ("冯　德胜", ["visit", "cadre"]), ("fds", ["visit", "cadre"]),
        ("fengd", ["visit", "cadre"]), ("ＦＤＳ", ["visit", "cadre"]), ("德胜", ["visit", "cadre"]),
        ("财政所", ["visit", "cadre"]), ("脑梗", ["visit"]), ("老母亲患脑梗", ["visit"]), ("母亲老", []),
        ("2600", ["visit"]), ("冯 脑梗", ["visit"]), ("何 脑梗", []), ("值班", ["visit", "problem", "meeting"]),
        ("轮换", ["problem", "meeting"]), ("吴国平", ["problem", "meeting"]), ("wgp", ["problem", "meeting"]),
        ("周转房", ["concern"]), ("hym", ["concern"]), ("韩雪梅", ["visit", "meeting"]), ("轮换表", ["meeting"]),
        ("", []), ("，", []), ('"', []), ("*", []), ("OR", []), ("没有这样的词", []),
    ],
)  # fmt: skip
def test_everything_is_found_by_names_pinyin_and_words(full: Store, text: str, found: list[str]) -> None:
    assert [hit.kind for hit in find.find(full, text).hits] == found


def test_a_hit_shows_where_its_word_stands(full: Store) -> None:
    (hit,) = find.find(full, "脑梗").hits
    assert "脑梗" in hit.piece and hit.piece.startswith("…") and len(hit.piece) <= 50
    assert [hit.piece for hit in find.find(full, "fds").hits] == ["", ""]


def test_whoever_is_called_so_comes_before_those_where_he_is_mentioned(full: Store) -> None:
    for number in range(4):
        met = visit(visitee=Visitee(name=f"另{'一二三四'[number]}"), account="与冯德胜同院居住。", number=None)
        visits.register(full, met, by=full.operator)
    found = find.find(full, "冯德胜", limit=3)
    assert [hit.record.content.visitee.name for hit in found.of("visit")] == ["冯德胜", "另四", "另三"]  # type: ignore[union-attr]
    assert found.more == {"visit"}


def test_void_visits_and_deleted_concerns_are_gone_until_they_come_back(full: Store) -> None:
    (hit,) = find.find(full, "脑梗").hits
    voided = visits.delete(full, hit.id, reason="重复登记", by=full.operator)
    assert titles(full, "值班") == [("meeting", "研究了值班轮换")]
    undo.undo(full, voided, by=full.operator)
    assert [hit.kind for hit in find.find(full, "值班").hits] == ["visit", "problem", "meeting"]


def test_unfinished_sheets_are_found_and_lead_what_is_latest(full: Store) -> None:
    drafts.keep(full, "visit:new:1", {"visitee_name": "龚建国", "form": {"matter": "节日慰问"}})
    assert [(hit.kind, hit.id) for hit in find.find(full, "gjg").of("visit")] == [("draft", "visit:new:1")]
    latest = find.latest(full)
    assert [hit.kind for hit in latest.hits] == ["draft", "meeting", "concern", "visit"]
    assert find.latest(full, limit=2).hits == latest.hits[:2]


def test_a_fresh_office_has_nothing_latest(office: Store) -> None:
    assert find.latest(office).hits == () and find.find(office, "张").hits == ()


@pytest.fixture
def clerks(tmp_path: Path) -> Iterator[Clerks]:
    office = Clerks(tmp_path / "数据")
    yield office
    office.store.close()


def test_words_only_few_may_see_are_found_by_nobody_not_even_their_author(clerks: Clerks) -> None:
    store = clerks.store
    content = visit(topics=Topics(advice_leaders=CANARY), priority="warning_sign", nothing_to_solve=False)
    rec = visits.register(store, content, by=store.operator, problems=[ProblemContent("家里缺人手")]).id
    guidance.write(store, rec, {name: f"{CANARY}之{title}" for name, title in NAMES.items()}, by=store.operator)
    drafts.keep(store, "visit:new:1", {"visitee_name": "龚建国", "form": {"account": CANARY}})
    for password in (OWNER, PLAIN, PERMITTED):
        store = clerks.at(password)
        words = [CANARY, "金丝雀", "金", "绝不", "jsq", "jinsique", "外传 之"]
        hits = [hit for text in words for hit in find.find(store, text).hits if hit.kind != "draft"]
        everything = (find.find(store, "家里缺人手"), find.find(store, content.visitee.name), find.latest(store))
        assert hits == [] and all(one.hits for one in everything)
        shown = [hit.piece for one in everything for hit in one.hits]
        assert not any("金丝雀" in piece for piece in shown)
        if password == PLAIN:  # nor does another account's typing show
            assert CANARY not in repr(list(everything)) and find.find(store, "gjg").hits == ()
