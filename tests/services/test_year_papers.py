"""Papers of the year over a real store: meetings, 资料自查, signing and pre-visit lists, batches, the bound year."""

from __future__ import annotations

import re
import subprocess
from datetime import date
from pathlib import Path
from typing import Any

import docx
import pytest
from offices import ACCOUNT, visit

from jiafang_desktop.common.errors import UserError
from jiafang_desktop.common.progress import run_to_end
from jiafang_desktop.domain.cadres import CadreContent
from jiafang_desktop.domain.changes import Edit, new_record_id
from jiafang_desktop.domain.problems import ProblemContent
from jiafang_desktop.domain.prompts import prompts_for
from jiafang_desktop.domain.visits import PRIORITIES, Leader, Topics
from jiafang_desktop.paper import QtRenderer
from jiafang_desktop.services import (
    concern_papers,
    concerns,
    form_batches,
    inspection,
    meetings,
    previsit,
    problems,
    reports,
    signing,
    visits,
    yearbook,
)
from jiafang_desktop.store import Store

RENDERER = QtRenderer()
MEETING = {
    "on": "2026-10-09", "attendees": ["钱永和", "周文斌"], "minutes": "听取三季度情况。",
    "decisions": ["协调工会补助", {"text": "更换热水器", "responsible": "党政办", "due_date": "2026-10-20"}],
}  # fmt: skip


def add(store: Store, *found: ProblemContent, **changed: Any) -> str:
    content = visit(**({"nothing_to_solve": not found} | changed))
    return visits.register(store, content, by=store.operator, problems=found).id


def refusal(verb: Any, *args: Any, **named: Any) -> UserError:
    with pytest.raises(UserError) as caught:
        verb(*args, **named)
    return caught.value


def words_of(path: Path) -> str:
    document = docx.Document(str(path))
    cells = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    return "\n".join([*(paragraph.text for paragraph in document.paragraphs), *cells])


def pages_of(path: Path) -> list[str]:
    done = subprocess.run(["pdftotext", "-layout", str(path), "-"], capture_output=True, check=True)
    return done.stdout.decode("utf-8").removesuffix("\f").split("\f")


# ------------------------------------------------------------------------------------------- meetings


def test_a_meeting_is_kept_as_it_was_typed_and_listed_by_its_day(office: Store) -> None:
    late = meetings.add(office, MEETING, by=office.operator).id
    early = meetings.add(office, {"on": "2026-04-02"}, by=office.operator).id
    assert [meeting.id for meeting in meetings.listing(office)] == [early, late]
    shown = meetings.meeting_json(meetings.show(office, late))
    assert shown["attendees"] == ["钱永和", "周文斌"] and shown["minutes"] == "听取三季度情况。"
    assert shown["decisions"][1] == {
        "text": "更换热水器", "responsible": "党政办", "due_date": "2026-10-20", "visit": None, "n": None,
    }  # fmt: skip
    meetings.delete(office, early, by=office.operator)
    assert refusal(meetings.show, office, early).code == "not_found"


@pytest.mark.parametrize(("wrong", "code", "field"), [
    ({"minutes": "x"}, "bad_input", "on"), ({"on": "2026-13-01"}, "bad_date", "on"),
    ({"on": "2026-10-09", "place": "三楼"}, "unknown_field", "place"),
    ({"on": "2026-10-09", "decisions": "x"}, "bad_input", "decisions"),
    ({"on": "2026-10-09", "decisions": [""]}, "bad_input", "decisions.0"),
    ({"on": "2026-10-09", "decisions": [{"text": "x", "who": "y"}]}, "unknown_field", "decisions.0.who"),
    ({"on": "2026-10-09", "attendees": [3]}, "bad_input", "attendees"),
])  # fmt: skip
def test_a_meeting_is_read_strictly(office: Store, wrong: dict[str, Any], code: str, field: str) -> None:
    error = refusal(meetings.add, office, wrong, by=office.operator)
    assert (error.code, error.details["field"]) == (code, field)
    assert meetings.listing(office) == []


def test_a_decision_becomes_a_measure_of_a_problem_on_the_agenda(office: Store) -> None:
    rec = add(office, ProblemContent("缺人照料", due_date=date(2026, 10, 1)), ProblemContent("路灯"))
    agenda = meetings.agenda(office)
    assert [one.problem.content.text for one in agenda] == ["缺人照料", "路灯"] and agenda[0].is_overdue
    meeting = meetings.add(office, MEETING, by=office.operator).id
    meetings.measure(office, meeting, 0, visit=rec, position=1, by=office.operator)
    step = visits.show(office, rec).problems[0].progress[0]
    assert (step.on, step.text) == (date(2026, 10, 9), "汇报分析会议定：协调工会补助")
    assert meetings.show(office, meeting).decisions[0].visit == rec
    assert refusal(meetings.measure, office, meeting, 0, visit=rec, position=1, by=office.operator).code == "bad_input"
    meetings.edit(office, meeting, MEETING | {"minutes": "补记。"}, by=office.operator)
    assert meetings.show(office, meeting).decisions[0].visit == rec


def test_minutes_are_written_with_decisions_and_signatures(office: Store, tmp_path: Path) -> None:
    meeting = meetings.add(office, MEETING, by=office.operator).id
    meetings.write_minutes(office, meeting, tmp_path / "会议.docx", renderer=RENDERER)
    words = words_of(tmp_path / "会议.docx")
    for said in (
        "2026年10月9日",
        "钱永和、周文斌",
        "1．协调工会补助。",
        "2．更换热水器（党政办负责，2026年10月20日前完成）。",
    ):
        assert said in words


# ------------------------------------------------------------------------------------------- self-check


def test_the_self_check_names_what_each_record_lacks(office: Store) -> None:
    filed = add(office)
    visits.archive(office, filed, paper_at="档案柜", by=office.operator)
    bare = add(office, ProblemContent("路灯", due_date=date(2026, 10, 1)), account=None, number=4)
    concern = concerns.add(office, concerns.read_json({
        "cadre": {"name": "王海", "unit": None, "post": None}, "raised_on": None, "source": "unit", "text": "入托",
        "priority": None, "level": None,
    })[0], by=office.operator).id  # fmt: skip
    concerns.decline(office, concern, reason="不属实", by=office.operator)
    answer = inspection.inspection_json(run_to_end(inspection.look(office)))
    items = [(item["visit"] or item["concern"], item["number"], item["code"]) for item in answer["items"]]
    assert (filed, 1, "late_without_reason") in items and sum(1 for item in items if item[0] == filed) == 1
    for code in ("form_incomplete", "problems_open_late", "late_without_reason", "not_printed", "not_signed"):
        assert (bare, 4, code) in items
    assert (None, 2, "number_missing") in items and (concern, 1, "concern_unreported") in items
    assert answer["total"] == len(items) == sum(answer["counts"].values()) and answer["visits"] == 2
    assert all(item["message"].endswith("。") for item in answer["items"])
    third = run_to_end(inspection.look(office, year=2026, quarter=1))
    assert third.findings == () and third.visits == 0


# ------------------------------------------------------------------------------------------- signing


def test_the_signing_list_has_what_waits_for_a_leader(office: Store, tmp_path: Path) -> None:
    mine = add(office, visitee_name="张建国")
    add(office, leaders=(Leader("周文斌", "组织委员"),), visitee_name="李卫东")
    signed = add(office, visitee_name="王海")
    visits.mark_paper(office, signed, "printed", on=date(2026, 9, 17), by=office.operator)
    visits.mark_paper(office, signed, "signed", on=date(2026, 9, 18), by=office.operator)
    assert [(one.leader, len(one.visits)) for one in signing.waiting(office)] == [("钱永和", 1), ("周文斌", 2)]
    written = signing.write(office, tmp_path / "待签.docx", leader="钱　永和", renderer=RENDERER)
    assert written.records == 1
    words = words_of(tmp_path / "待签.docx")
    assert "张建国" in words and "李卫东" not in words and "王海" not in words and "未打印" in words
    visits.mark_paper(office, mine, "printed", on=date(2026, 9, 17), by=office.operator)
    signing.write(office, tmp_path / "全部.pdf", renderer=RENDERER)
    pages = pages_of(tmp_path / "全部.pdf")
    assert len(pages) == 2 and "已打印" in pages[0]
    nobody = signing.write(office, tmp_path / "无.docx", leader="没有的人", renderer=RENDERER)
    assert nobody.records == 0 and "没有等候签字" in words_of(tmp_path / "无.docx")


# ------------------------------------------------------------------------------------------- before the visit


def test_the_page_to_carry_along_tells_whats_known_and_keeps_quiet_about_the_rest(
    office: Store, tmp_path: Path
) -> None:
    """What the masses reported, signs of trouble, advice about leaders, accounts and priorities stay in the office."""
    by = office.operator
    cadre = new_record_id()
    content = CadreContent("张建国", "德政镇", post="主任", phone="13900001111", birth_date="1975-03", gender="男")
    office.append([Edit("cadre", cadre, content.to_fields() | {"deleted": False})], by=by)
    add(office, ProblemContent("老人缺人照料", responsible="工会"), ProblemContent("酒后言语随意", "warning_sign"),
        visitee_cadre=cadre, topics=Topics(advice_leaders="领导架子大"), matter="群众反映饮酒", date=date(2026, 3, 1),
        priority="warning_sign")  # fmt: skip
    planned = add(office, visitee_cadre=cadre, priority="warning_sign", date=date(2026, 11, 25))
    written = previsit.write(office, planned, tmp_path / "一页纸.docx", renderer=RENDERER)
    words = words_of(tmp_path / "一页纸.docx")
    for said in (
        "用后收回",
        "张建国",
        "13900001111",
        "1975年3月生",
        "老人缺人照料（工会负责）",
        "2026年3月1日",
        "“看”",
        "三 个 一",
    ):
        assert said in words, said
    for secret in ("酒", "架子", "群众反映", "苗头", ACCOUNT[:12]):
        assert secret not in words, secret
    assert written.withheld == 1
    for rec in (planned, cadre):
        assert len(reports.sheet(previsit.report(previsit.subject(office, rec))).pages) == 1
    assert refusal(previsit.subject, office, "nobody").code == "not_found"


def test_it_is_one_page_however_much_is_known(office: Store) -> None:
    long = "因连续暴雨造成房屋漏水和院墙倒塌，需要联系施工队尽快修缮，并协调临时住处。" * 4
    for month in range(1, 10):
        add(office, *[ProblemContent(long, responsible="社会事务服务中心")] * 3, date=date(2026, month, 5), matter=long)
    planned = add(office, date=date(2026, 11, 25), priority="illness")
    found = previsit.subject(office, planned)
    assert len(found.earlier) == 9 and len(found.open_problems) == 27
    drawn = reports.sheet(previsit.report(found))
    assert len(drawn.pages) == 1
    assert "另有" in "".join(run.text for run in drawn.pages[0].runs)


@pytest.mark.parametrize("priority", [None, *PRIORITIES])
def test_prompts_fit_the_visit_and_never_name_its_priority(priority: str | None) -> None:
    prompts = prompts_for(priority)
    assert list(prompts) == ["看", "谈", "听", "访"] and all(prompts.values())
    whole = "".join(prompts.values())
    assert not any(word in whole for word in ("苗头", "倾向", "群众反映", "没有", "问题不大"))
    assert (whole != "".join(prompts_for(None).values())) == (priority not in (None, "other"))


# ------------------------------------------------------------------------------------------- many forms


def test_each_form_of_a_batch_begins_a_sheets_front(office: Store, tmp_path: Path) -> None:
    for number, account in ((1, ACCOUNT), (2, ACCOUNT * 12), (3, ACCOUNT)):
        add(office, account=account, visitee_name=f"张建{number}", number=number)
    add(office, date=date(2026, 2, 1), number=4)
    written = run_to_end(form_batches.write(
        office, tmp_path / "批.pdf", year=2026, quarter=3, renderer=RENDERER, by=office.operator
    ))  # fmt: skip
    pages = pages_of(tmp_path / "批.pdf")
    assert written.records == 3 and written.pages == len(pages)
    begins = [at for at, page in enumerate(pages) if "记录单" in page and "记录单（续页）" not in page]
    assert len(begins) == 3 and all(at % 2 == 0 for at in begins)
    assert sum(1 for page in pages if not page.strip()) == written.pages - 1 - 2 - 1 or written.pages % 2
    word = run_to_end(form_batches.write(
        office, tmp_path / "批.docx", year=2026, quarter=3, renderer=RENDERER, by=office.operator
    ))  # fmt: skip
    assert word.pages == written.pages
    turns = [paragraph for paragraph in docx.Document(str(tmp_path / "批.docx")).paragraphs
             if paragraph.paragraph_format.page_break_before]  # fmt: skip
    assert len(turns) == written.pages - 1


def test_a_folder_gets_a_form_each_under_names_that_tell_nobody(office: Store, tmp_path: Path) -> None:
    add(office, visitee_name="张建国")
    add(office, visitee_name="李卫东")
    folder = tmp_path / "记录单"
    written = run_to_end(form_batches.write(office, folder, year=2026, renderer=RENDERER, by=office.operator))
    assert sorted(path.name for path in folder.iterdir()) == [
        "2026年第001号家访记录单.docx", "2026年第002号家访记录单.docx",
    ]  # fmt: skip
    assert (written.records, written.pages) == (2, 2)
    again = form_batches.write(office, folder, year=2026, renderer=RENDERER, by=office.operator)
    assert refusal(run_to_end, again).code == "file_exists"
    nothing = form_batches.write(office, tmp_path / "a.pdf", year=2020, renderer=RENDERER, by=office.operator)
    assert refusal(run_to_end, nothing).code == "nothing_to_do"
    wrong = form_batches.write(office, tmp_path / "a.png", year=2026, renderer=RENDERER, by=office.operator)
    assert refusal(run_to_end, wrong).code == "unsupported_format"


def test_the_bound_year_has_cover_contents_ledger_forms_and_what_is_missing(office: Store, tmp_path: Path) -> None:
    for number in (1, 2, 4):
        add(office, number=number, visitee_name=f"张建{number}", date=date(2026, 3, number))
    void = add(office, number=5, visitee_name="王海")
    visits.delete(office, void, reason="写错", by=office.operator)
    written = run_to_end(yearbook.write(office, tmp_path / "年.pdf", year=2026, renderer=RENDERER))
    pages = pages_of(tmp_path / "年.pdf")
    assert written.pages == len(pages) and written.records == 3
    assert "2026年度" in pages[0] and "目" in pages[2]
    rows = dict(re.findall(r"(家访台账|缺项清单|张建\d)[^\n]*?(\d+)\n", pages[2]))
    bound = pages[4:]
    assert "家访台账" in bound[int(rows["家访台账"]) - 1] and "缺年序号" not in bound[0]
    starts = {name: int(page) for name, page in rows.items() if name.startswith("张建")}
    assert len(starts) == 3
    for name, page in starts.items():
        assert page % 2 == 1 and name in bound[page - 1] and "记录单" in bound[page - 1]
    assert "缺序号3" in bound[int(rows["缺项清单"]) - 1]
    assert not any("王海" in page and "记录单" in page for page in bound[2:-1])
    assert (
        refusal(run_to_end, yearbook.write(office, tmp_path / "b.pdf", year=2020, renderer=RENDERER)).code
        == "nothing_to_do"
    )


# ------------------------------------------------------------------------------------------- a concern's report


def test_a_concerns_report_says_how_it_was_handled_on_one_page(office: Store, tmp_path: Path) -> None:
    by = office.operator
    concern = concerns.add(office, concerns.read_json({
        "cadre": {"name": "张建国", "unit": "德政镇", "post": "主任"}, "raised_on": "2026-09-01",
        "source": "mini_program",
        "text": "母亲卧床，希望调整值班。", "priority": "illness", "level": None,
    })[0], by=by).id  # fmt: skip
    concerns.triage(office, concern, level="serious", due=date(2026, 9, 10), by=by)
    rec = add(office, ProblemContent("夜间值班照顾不上老人"), concerns=(concern,), account=ACCOUNT * 6,
              topics=Topics(advice_leaders="领导架子大"))  # fmt: skip
    problems.progress(office, rec, 1, text="党政办研究调整值班表。", on=date(2026, 9, 18), by=by)
    problems.resolve(office, rec, 1, text="十月起不再排夜班。", on=date(2026, 9, 28), by=by)
    concern_papers.write(office, concern, tmp_path / "报告.docx", renderer=RENDERER)
    words = words_of(tmp_path / "报告.docx")
    for said in (
        "诉求办理情况报告", "中共魏县县委组织部：", "张建国", "特别困难", "母亲卧床",
        "2026年9月18日，党政办研究调整值班表", "已解决：十月起不再排夜班。", "超过办理期限18天",
        "德政镇人民政府（盖章）",
    ):  # fmt: skip
        assert said in words, said
    assert "架子" not in words
    concern_papers.write(office, concern, tmp_path / "报告.pdf", renderer=RENDERER)
    assert len(pages_of(tmp_path / "报告.pdf")) == 1
