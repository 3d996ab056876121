"""领导个人家访情况: every spelling of a name found, namesakes kept apart, figures, paper and workbook."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import docx
import openpyxl
from offices import visit

from jiafang_desktop.domain.problems import ProblemContent
from jiafang_desktop.domain.visits import Leader, VisitQuery
from jiafang_desktop.paper import QtRenderer
from jiafang_desktop.services import leader_visits, leaders, lists, problems, visits
from jiafang_desktop.store import Store


def went(store: Store, on: date, *people: Leader, name: str = "张建国", found: str | None = None) -> str:
    problem = [ProblemContent(found)] if found else []
    content = visit(date=on, leaders=people, visitee_name=name, nothing_to_solve=not problem)
    return visits.register(store, content, by=store.operator, problems=problem).id


def test_a_name_with_a_space_in_it_is_the_same_name_and_a_longer_one_is_not(office: Store) -> None:
    mine = [
        went(office, date(2026, 3, 1), Leader("张　三", "镇长")),
        went(office, date(2026, 4, 1), Leader("张三", "镇长")),
        went(office, date(2026, 5, 1), Leader("李四"), Leader("张 三", "镇长")),
    ]  # fmt: skip
    went(office, date(2026, 6, 1), Leader("张三丰", "书记"))
    for name in ("张三", "张　三", " 张三 "):
        found = leader_visits.read(office, name, year=2026)
        assert [one.id for one in found.people[0].visits] == mine
        assert len(found.people) == 1 and found.total == 3
        assert office.visits.ids(VisitQuery(leader=name)) == mine
    assert lists.visit_leaders(office, year=2026)[0] == "张三"


def test_namesakes_with_different_posts_are_never_added_up(office: Store) -> None:
    first = went(office, date(2026, 3, 1), Leader("张三", "镇长"))
    second = went(office, date(2026, 4, 1), Leader("张三", "武装部长"))
    third = went(office, date(2026, 5, 1), Leader("张三"))
    again = went(office, date(2026, 5, 2), Leader("张三", "镇　长"))
    both = went(office, date(2026, 6, 1), Leader("张三", "镇长"), Leader("张三", "武装部长"))
    found = leader_visits.read(office, "张三")
    by_post = {one.post: [visit.id for visit in one.visits] for one in found.people}
    assert by_post == {"镇长": [first, again, both], "武装部长": [second, both], None: [third]}
    assert found.total == 5
    only = leader_visits.read(office, "张三", post="武装部长")
    assert [visit.id for visit in only.people[0].visits] == [second, both]
    blank = leader_visits.read(office, "张三", post="")
    assert [visit.id for visit in blank.people[0].visits] == [third]


def test_drafts_and_void_visits_do_not_count_and_years_are_parted(office: Store) -> None:
    last = went(office, date(2025, 12, 31), Leader("张三", "镇长"))
    first = went(office, date(2026, 1, 1), Leader("张三", "镇长"))
    void = went(office, date(2026, 1, 2), Leader("张三", "镇长"))
    visits.delete(office, void, reason="登记错了", by=office.operator)
    visits.add_many(office, [visit(leaders=(Leader("张三", "镇长"),))], by=office.operator, draft=True)
    assert [one.id for one in leader_visits.read(office, "张三", year=2026).people[0].visits] == [first]
    assert [one.id for one in leader_visits.read(office, "张三").people[0].visits] == [last, first]


def test_figures_are_what_the_rows_say(office: Store) -> None:
    one = went(office, date(2026, 3, 1), Leader("张三"), found="母亲卧床缺人照料")
    went(office, date(2026, 4, 1), Leader("张三"), found="孩子入学")
    went(office, date(2026, 5, 1), Leader("张三"), name="何玉梅")
    problems.resolve(office, one, 1, text="已借到护理床。", on=date(2026, 3, 9), by=office.operator)
    visits.mark_paper(office, one, "signed", on=date(2026, 3, 2), by=office.operator)
    person = leader_visits.read(office, "张三").people[0]
    assert person.figures == {
        "visits": 3, "visitees": 2, "problems": 2, "open": 1, "unsigned": 2, "archived": 0,
    }  # fmt: skip
    assert leader_visits.figures_words(person) == "家访3次、2人，发现问题2个，其中1个还在办；待签字2份。"


def test_a_leader_who_did_not_go_gets_an_empty_paper_under_the_post_of_the_table(office: Store) -> None:
    leaders.set_leaders(
        office, [{"name": "周文斌", "role": "deputy_in_charge", "post": "组织委员"}], by=office.operator
    )
    found = leader_visits.read(office, "周文斌", year=2026)
    assert (found.total, [one.post for one in found.people]) == (0, ["组织委员"])
    assert leader_visits.read(office, "没有此人").people[0].post is None


def test_the_paper_and_the_workbook_tell_the_same_and_keep_signs_of_trouble_short(
    office: Store, tmp_path: Path
) -> None:
    went(office, date(2026, 3, 1), Leader("张三", "镇长"), found="孩子入学要协调")
    sign = [ProblemContent("经常夜不归宿", kind="warning_sign")]
    content = visit(date=date(2026, 4, 1), leaders=(Leader("张三", "武装部长"),), nothing_to_solve=False)
    visits.register(office, content, by=office.operator, problems=sign)
    found = leader_visits.read(office, "张三", year=2026)
    renderer = QtRenderer()
    for suffix in (".docx", ".xlsx", ".pdf"):
        assert leader_visits.write(office, tmp_path / f"情况{suffix}", found, renderer=renderer)
    document = docx.Document(str(tmp_path / "情况.docx"))
    cells = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    words = "\n".join([*(paragraph.text for paragraph in document.paragraphs), *cells])
    assert "孩子入学要协调（办理中）" in words and "没有合并" in words
    assert len(document.tables) == 2
    book = openpyxl.load_workbook(tmp_path / "情况.xlsx")
    rows = list(book["家访"].values)
    assert len(rows) == 3
    every = "\n".join(str(cell) for sheet in book for row in sheet.values for cell in row)
    for told in (words, every, str(leader_visits.leader_json(office, found))):
        assert "夜不归宿" not in told
    assert "苗头性问题（办理中）" in words
