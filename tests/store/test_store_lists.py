"""What lists read: order, filters, counts by status, search, names being typed, numbers."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from typing import Any

import pytest
import store_samples as samples
from hypothesis import given
from hypothesis import strategies as st
from pypinyin import Style, lazy_pinyin

from jiafang_desktop.common import chinese
from jiafang_desktop.common.errors import UserError
from jiafang_desktop.common.progress import run_to_end
from jiafang_desktop.domain.cadres import CadreQuery
from jiafang_desktop.domain.changes import Edit, new_record_id
from jiafang_desktop.domain.problems import OUTCOMES, Problem, ProblemContent
from jiafang_desktop.domain.visits import STATUSES, Visit, VisitQuery
from jiafang_desktop.store import Store, rows, search_upkeep, spelling
from jiafang_desktop.store.tables import facts_with, held_back, settled, status_of

Query = VisitQuery


@pytest.fixture(scope="module")
def shared(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    """One store for the tests that only read."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("JIAFANG_STATE", str(tmp_path_factory.mktemp("state")))
        folder = tmp_path_factory.mktemp("shared") / "data"
        made, _ = Store.create(folder, password=samples.PASSWORD, installation=samples.HERE, operator_name="王小二")
    yield made
    made.close()


@pytest.fixture(scope="module")
def five(shared: Store) -> dict[str, str]:
    """Five visits by name: two years, one void, one draft."""
    store, add = shared, samples.add_visit
    return {
        "甲": add(store, "张三丰", number=2, date="2026-02-03"),
        "乙": add(store, "李思雨", number=10, date="2026-08-01", priority="illness"),
        "丙": add(store, "单雄信", number=1, date="2025-12-31", leaders=[{"name": "赵一鸣", "post": None}]),
        "废": add(store, "王五", number=3, date="2026-03-03", deleted=True, delete_reason="重复"),
        "稿": add(store, "解珍", number=None, date=None, registered=False),
    }


def names(five: dict[str, str], ids: list[str]) -> str:
    by_id = {rec: name for name, rec in five.items()}
    return "".join(by_id[rec] for rec in ids)


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        (Query(), "丙甲乙"), (Query(year=2026), "甲乙"), (Query(quarter=1), "甲"), (Query(year=2024), ""),
        (Query(include_deleted=True), "丙甲废乙"), (Query(include_drafts=True), "丙甲乙稿"),
        (Query(statuses=("void",), include_deleted=True), "废"), (Query(statuses=("draft",)), ""),
        (Query(statuses=("registered",), year=2026), "甲乙"), (Query(statuses=("archived",)), ""),
        (Query(leader="赵一鸣"), "丙"), (Query(leader="赵一"), ""), (Query(priority="illness"), "乙"),
        (Query(unit="德政镇"), "丙甲乙"), (Query(unit="大辛庄镇"), ""),
        (Query(order="number_desc"), "乙甲丙"), (Query(order="date_desc"), "乙甲丙"),
        (Query(order="visitee"), "乙丙甲"), (Query(order="visitee", include_drafts=True), "乙丙稿甲"),
    ],
)  # fmt: skip
def test_queries_name_visits_in_their_order(shared: Store, five: dict[str, str], query: Query, expected: str) -> None:
    store = shared
    assert names(five, store.visits.ids(query)) == expected
    assert sum(store.visits.facets(query).values()) == len(expected)


def test_a_county_lists_by_unit_in_pinyin_order(store: Store) -> None:
    other = samples.add_visit(store, unit="北台头乡", number=9)
    own = samples.add_visit(store, number=1)
    assert store.visits.ids(Query()) == [other, own]
    assert store.visits.ids(Query(year=2026)) == [other, own]
    assert store.visits.ids(Query(unit="北台头乡")) == [other]


def test_years_numbers_and_windows(shared: Store, five: dict[str, str]) -> None:
    visits = shared.visits
    assert visits.years()[-2:] == [2025, 2026]
    assert (visits.next_number(None, 2026), visits.next_number("德政镇", 2025), visits.next_number(None, 2030)) == (
        11,
        2,
        1,
    )
    assert visits.number_taken(None, 2026, 3) == five["废"]
    assert visits.number_taken(None, 2026, 2, other_than=five["甲"]) is None
    assert visits.number_taken("北台头乡", 2026, 2) is None
    assert [visit.id for visit in visits.many([five["乙"], "none", five["甲"]])] == [five["乙"], five["甲"]]
    with pytest.raises(UserError):
        visits.get("none")


def test_a_status_follows_the_problems_without_being_stored(store: Store) -> None:
    visit = samples.add_visit(store)
    first = samples.add_problem(store, visit)
    second = samples.add_problem(store, visit, "上学远", position=2)

    def status() -> str:
        (only,) = store.visits.facets(Query(include_deleted=True))
        assert only == store.visits.get(visit).status
        return only

    assert status() == "registered"
    samples.change(store, "problem", first, progress=[{"text": "已联系", "on": "2026-11-05"}])
    assert status() == "in_progress"
    samples.change(store, "problem", first, outcome="solved")
    assert [problem.id for problem in store.problems.open()] == [second]
    samples.change(store, "problem", second, deleted=True)
    assert status() == "ready"
    assert [problem.id for problem in store.problems.of(visit)] == [first]
    samples.change(store, "visit", visit, archived_on="2026-11-20")
    assert status() == "archived"
    samples.change(store, "visit", visit, deleted=True)
    assert status() == "void"
    assert store.problems.all() == []
    assert store.problems.get(second).deleted


def test_problems_come_by_visit_and_place(store: Store) -> None:
    late = samples.add_visit(store, number=9)
    early = samples.add_visit(store, number=1, date="2025-01-01")
    texts = [samples.add_problem(store, visit, text) for visit, text in ((late, "后"), (early, "前"))]
    assert [problem.id for problem in store.problems.all()] == texts[::-1]
    assert [problem.id for problem in store.problems.all(year=2026, open_only=True)] == texts[:1]


@given(
    st.fixed_dictionaries(
        {
            "registered": st.booleans(), "deleted": st.booleans(), "nothing_to_solve": st.booleans(),
            "archived_on": st.sampled_from([None, "2026-11-20"]),
        }
    ),
    st.lists(st.tuples(st.booleans(), st.sampled_from([None, *OUTCOMES, "elsewhere"])), max_size=3),
    st.sets(st.sampled_from(list(OUTCOMES))),
)  # fmt: skip
def test_facts_and_the_domain_agree_on_every_status(
    state: dict[str, Any], problems: list[tuple[bool, str | None]], allowed: set[str]
) -> None:
    from jiafang_desktop.domain.problems import ProgressNote

    notes = (ProgressNote("已联系", date(2026, 11, 5)),)
    shapes = tuple(
        Problem(str(at), "v", at, ProblemContent("x"), progress=notes if noted else (), outcome=outcome)
        for at, (noted, outcome) in enumerate(problems)
    )
    table = [rows.problem_row(at, problem.id, problem.to_fields()) for at, problem in enumerate(shapes)]
    steps = sum(1 << step for step in {row[5] for row in table if row[5] > 1})
    facts = rows.ProblemFacts(len(table), sum(row[4] for row in table), sum(row[5] > 0 for row in table), steps)
    found = rows.visit_facts(state, facts)
    status = Visit.from_fields("v", state, problems=shapes, outcomes=tuple(allowed)).status
    holding = held_back(allowed)
    assert status_of(found, holding=holding) == status
    assert settled(found, holding) in facts_with([status])
    assert sorted(fact for name in STATUSES for fact in facts_with([name])) == list(range(128))


@pytest.fixture(scope="module")
def sought(shared: Store, five: dict[str, str]) -> str:
    """The visit of 2020; there is no other."""
    return samples.add_visit(shared, date="2020-05-06", number=77)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("张三丰", True), ("张丰", False), ("三丰", True), ("zhangsf", False), ("zhangsanfeng", True), ("ZSF", True),
        ("sanf", True), ("ｚｓｆ", True), ("住院", True), ("县医院住", True), ("医院县", False), ("住院 张", True),
        ("住院 李四", False), ("李思雨", True), ("ke yuan", False), ("科员", True), ("书记脾气急", False),
        ("脾气", False),
        ("母 亲", True), ("，", False), ("；", False), ('"', False), ("OR", False), ("住院，花费", True), ("*", False),
    ],
)  # fmt: skip
def test_visits_are_found_by_names_matter_and_account_never_by_restricted_fields(
    shared: Store, sought: str, text: str, found: bool
) -> None:
    assert shared.visits.ids(Query(text=text, year=2020)) == ([sought] if found else [])


def test_search_follows_changes(store: Store) -> None:
    rec = samples.add_visit(store)
    samples.change(store, "visit", rec, account="改成了子女升学", visitee_name="仇和")
    assert store.visits.ids(Query(text="花费")) == []
    for text in ("升学", "qiuhe", "仇和"):
        assert store.visits.ids(Query(text=text)) == [rec]


def test_rare_characters_are_found(store: Store) -> None:
    for rare in ("䶮", "𬭛", "〇", "㐂", "·"):
        rec = samples.add_visit(store, f"李{rare}明")
        assert store.visits.ids(Query(text=f"李{rare}明")) == [rec]


@pytest.mark.parametrize(("kept", "typed"), [("刘龑", "刘䶮"), ("刘䶮", "刘龑"), ("赵鎔", "镕"), ("张　三", "张三")])
def test_a_name_is_found_in_either_form_of_its_characters(store: Store, kept: str, typed: str) -> None:
    visit, cadre = samples.add_visit(store, kept), samples.add_cadre(store, kept)
    assert store.visits.ids(Query(text=typed)) == [visit]
    assert store.finder.newest("cadre", typed) == [cadre]
    assert [found.id for found in store.cadres.complete(typed)] == [cadre]


def test_names_are_completed_by_characters_pinyin_and_initials_beginnings_first(store: Store) -> None:
    for name in ("张建国", "章子健", "李张建", "解珍", "曾一", "王健", "欧阳建"):
        samples.add_cadre(store, name)

    def complete(text: str, limit: int = 12) -> list[str]:
        return [cadre.content.name for cadre in store.cadres.complete(text, limit)]

    assert complete("zhang") == ["张建国", "章子健", "李张建"]
    assert complete("z") == ["曾一", "张建国", "章子健", "李张建", "解珍"]
    assert complete("zj") == complete("ZJ")
    assert complete("zj") == ["张建国", "李张建", "章子健"]
    assert complete("zhangjianguo") == ["张建国"]
    assert complete("张建") == ["张建国", "李张建"]
    assert complete("建张") == []
    assert complete("xie") == complete("jie") == ["解珍"]
    assert complete("zeng") == ["曾一"]
    assert complete("建", 1) == ["李张建"]
    assert complete("") == complete("  ") == complete("-") == []


def test_people_come_in_pinyin_order_and_are_filtered(store: Store) -> None:
    recs = {name: samples.add_cadre(store, name, unit=unit, post="副镇长") for name, unit in
            (("赵一", "德政镇"), ("安二", "北皋镇"), ("马三", "德政镇"))}  # fmt: skip
    samples.change(store, "cadre", recs["马三"], deleted=True)

    def listed(query: CadreQuery) -> list[str]:
        return [cadre.content.name for cadre in store.cadres.many(store.cadres.ids(query))]

    assert listed(CadreQuery()) == ["安二", "赵一"]
    assert listed(CadreQuery(include_deleted=True)) == ["安二", "马三", "赵一"]
    assert listed(CadreQuery(unit="德政镇")) == ["赵一"]
    assert listed(CadreQuery(text="德政")) == listed(CadreQuery(text="dzz")) == ["赵一"]
    assert listed(CadreQuery(text="fuzhen zhao")) == ["赵一"]
    assert [cadre.content.name for cadre in store.cadres.all()] == ["赵一", "安二"]
    assert store.cadres.get(recs["马三"]).deleted


@given(st.text("张单长乐重庆任解·Aa1 䶮", max_size=5))
def test_quick_pinyin_is_pypinyins(text: str) -> None:
    assert spelling.syllables(text) == tuple(lazy_pinyin(text, style=Style.TONE3, neutral_tone_with_five=True))
    assert spelling.name_key(text) == chinese.sort_key(text)


@given(st.text())
def test_texts_are_compared_as_chinese_squeezes_them(text: str) -> None:
    plain = chinese.squeeze(chinese.halfwidth(text)).lower()
    assert spelling.normal(text) == "".join(spelling.VARIANTS.get(char, char) for char in plain)


def test_lists_of_a_hundred_thousand_read_an_index_alone(store: Store) -> None:
    """The plan, not the clock: whatever the machine, no list sorts rows or reads the table."""
    engine = store._opened.engine
    for query in (Query(), Query(year=2026), Query(unit="德政镇", year=2026), Query(order="number_desc"),
                  Query(order="date_desc"), Query(order="visitee")):  # fmt: skip
        ids = engine.select
        plans: list[str] = []

        def explained(peewee_query: Any, plans: list[str] = plans) -> list[tuple[Any, ...]]:
            sql, values = peewee_query.sql()
            plans.extend(row[3] for row in engine.all("EXPLAIN QUERY PLAN " + sql, values))
            return []

        engine.select = explained  # type: ignore[method-assign]  # looks at the plan in place of running it
        store.visits.ids(query)
        engine.select = ids  # type: ignore[method-assign]
        assert all("COVERING INDEX" in plan for plan in plans), (query, plans)
        assert not any("TEMP B-TREE" in plan for plan in plans), (query, plans)


def test_many_people_are_stored_in_one_go(store: Store) -> None:
    edits = [
        Edit("cadre", new_record_id(), {"name": f"张{number}", "unit": None, "deleted": False})
        for number in range(1500)
    ]
    assert len(store.append(edits, by=store.operator).records) == 1500
    assert store.counts()["cadres"] == 1500
    assert len(store.cadres.many(store.cadres.ids(CadreQuery()))) == 1500
    assert len(store.visits.many([str(number) for number in range(2000)])) == 0
    assert json.loads(json.dumps(store.counts()))["revisions"] == 1501


def test_months_count_visits_and_leave_void_and_undated_ones_out(shared: Store, five: dict[str, str]) -> None:
    counts = shared.visits.months(VisitQuery(year=2026))
    assert (len(counts), counts[1][:2], counts[2], counts[7][:2]) == (12, (1, 0), (0, 0, 0), (1, 0))
    for month, (found, _, ready) in enumerate(counts, start=1):
        query = VisitQuery(year=2026, month=month)
        assert found == len(shared.visits.ids(query))
        assert ready == len(shared.visits.ids(replace(query, statuses=("ready",))))
    filed = samples.add_visit(shared, "赵子龙", number=9, date="2024-08-02", archived_on="2024-09-01")
    assert shared.visits.get(filed).archived_on is not None
    assert shared.visits.months(VisitQuery(year=2024))[7][:2] == (1, 1)


@pytest.mark.parametrize("order", ["unit_year_number", "number_desc", "date_desc", "visitee"])
@pytest.mark.parametrize("year", [None, 2026])
def test_a_packed_list_is_the_list_forwards_and_backwards(
    shared: Store, five: dict[str, str], order: str, year: int | None
) -> None:
    query = Query(year=year, order=order, include_drafts=True, include_deleted=True)
    plain = shared.visits.ids(query)
    assert plain and shared.visits.listing(query) == plain
    assert shared.visits.listing(query, backwards=True) == plain[::-1]
    assert shared.visits.listing(Query(year=1999)) == ()


def test_leaders_are_counted_over_a_year_without_void_visits(store: Store) -> None:
    both = [{"name": "韩雪梅", "post": None}, {"name": "吴国平", "post": None}]
    samples.add_visit(store, leaders=both)
    samples.add_visit(store, leaders=both[:1], number=2)
    samples.add_visit(store, leaders=both, number=3, deleted=True)
    samples.add_visit(store, leaders=both, number=1, date="2020-05-06")
    assert store.visits.leaders(year=2026) == {"韩雪梅": 2, "吴国平": 1}
    assert store.visits.leaders() == {"韩雪梅": 3, "吴国平": 2}


def test_the_finder_gives_the_newest_of_a_kind_and_passes_over_what_is_gone(store: Store) -> None:
    visits = [samples.add_visit(store, number=number) for number in range(1, 6)]
    problem = samples.add_problem(store, visits[0], "老母亲看病花费多")
    samples.add_problem(store, visits[4], "看病花费多")
    concern = {"name": "冯德胜", "source": "unit", "text": "子女入学有困难", "deleted": False}
    store.append([samples.Edit("concern", "concern-1", concern)], by=store.operator)
    meeting = {"on": "2026-11-03", "attendees": ["韩雪梅"], "minutes": "听取入学情况", "decisions": []}
    store.append([samples.Edit("meeting", "meeting:1", {"value": meeting})], by=store.operator)
    samples.change(store, "visit", visits[4], deleted=True)
    find = store.finder.newest
    assert find("visit", "zsf", limit=3) == visits[3:0:-1]
    assert find("problem", "看病花费多") == [problem] and find("problem", "花费看病") == []
    assert (find("concern", "fds"), find("concern", "入学有困难"), find("concern", "韩")) == (
        ["concern-1"],
        ["concern-1"],
        [],
    )
    assert (find("meeting", "hanxm"), find("meeting", "hxm 入学")) == ([], ["meeting:1"])
    assert store.finder.latest(("visit", "meeting"), limit=2) == [("meeting", "meeting:1"), ("visit", visits[3])]
    samples.change(store, "meeting", "meeting:1", value=None)
    samples.change(store, "concern", "concern-1", text="改成了住房", deleted=False)
    assert (find("meeting", "入学"), find("concern", "入学"), find("concern", "住房")) == ([], [], ["concern-1"])


def test_upkeep_puts_the_search_index_together_and_finds_the_same(store: Store) -> None:
    for number in range(1, 30):
        samples.add_visit(store, number=number, account=f"第{number}样，母亲住院。")
    engine, before = store._opened.engine, store.visits.ids(Query(text="住院"))
    assert len(before) == 29 and search_upkeep.parts(engine, "search_visit") > 3
    assert run_to_end(store.tidy_search()) > 0
    assert search_upkeep.parts(engine, "search_visit") == 1
    assert (
        store.visits.ids(Query(text="住院")) == before and store.finder.newest("visit", "zsf", limit=40) == before[::-1]
    )
    assert run_to_end(store.tidy_search()) == 0
    samples.change(store, "visit", before[0], account="改了")
    assert store.visits.ids(Query(text="住院")) == before and run_to_end(store.check()).ok  # its matter still says so


def test_a_whole_name_comes_before_longer_texts_and_both_are_found_once(store: Store) -> None:
    named = samples.add_visit(store, "冯德胜")
    mentioned = [samples.add_visit(store, "何玉梅", account=f"与冯德胜同院，第{at}次。") for at in range(3)]
    apart = samples.add_visit(store, "冯德", account="取胜。")
    assert store.finder.newest("visit", "冯德胜") == [named, *mentioned[::-1]] and apart not in mentioned
    assert store.finder.newest("visit", "冯德胜 同院") == mentioned[::-1]
