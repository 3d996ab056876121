"""The demo as dev.py runs it: a process of its own, a path with a space and Chinese, every state and paper there."""

from __future__ import annotations

import re
import shutil
import zipfile
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from cli_driver import Answer, Office, call, process

from jiafang_desktop.cli.desk import LateRenderer
from jiafang_desktop.domain.concerns import SOURCES
from jiafang_desktop.domain.concerns import STATUSES as CONCERN_STATUSES
from jiafang_desktop.domain.problems import LEVELS
from jiafang_desktop.domain.rules import ROLES
from jiafang_desktop.domain.visits import PRIORITIES
from jiafang_desktop.services import concerns, leaders, meetings, session
from jiafang_desktop.services.demo import make
from jiafang_desktop.services.demo_concerns import ASKS, EXPORTED
from jiafang_desktop.services.demo_office import Office as OfficeTale
from jiafang_desktop.services.demo_people import UNIT, township_people
from jiafang_desktop.services.demo_stories import FIRST_HALF, Story
from jiafang_desktop.services.demo_stories_later import SECOND_HALF
from jiafang_desktop.services.demo_year import days_of, tell

STORIES = (*FIRST_HALF, *SECOND_HALF)


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Path:
    place = tmp_path_factory.mktemp("演示 一")
    done = process("demo", "--to", place / "out", "--json", env={"LC_ALL": "C", "PYTHONUTF8": "0"})
    assert done.returncode == 0, done.stdout.decode()
    assert done.stderr == b""
    return place / "out"


@pytest.fixture(scope="module")
def unit(demo: Path) -> Iterator[Office]:
    yield Office(demo / "unit", demo / "密码.txt")


def quarters_before(today: date, count: int) -> list[tuple[int, int]]:
    """The quarters that were over before ``today``'s began, the latest first."""
    present = today.year * 4 + (today.month - 1) // 3
    return [((present - back) // 4, (present - back) % 4 + 1) for back in range(1, count + 1)]


def texts(story: Story) -> str:
    troubles = [" ".join([t.text, *(s.text for s in t.steps), t.ended.text if t.ended else ""]) for t in story.troubles]
    return " ".join([story.matter, story.account, story.resolution or "", *troubles])


def test_every_status_and_a_plausible_year_are_there(unit: Office) -> None:
    listed = unit.done("visits", "list", "--drafts", "--deleted")
    assert 27 <= listed["total"] <= 35
    statuses = {visit["status"] for visit in listed["visits"]}
    assert statuses == {"draft", "registered", "in_progress", "ready", "archived", "void"}
    assert any(visit["late_entry"] for visit in listed["visits"])
    assert len({leader["name"] for visit in listed["visits"] for leader in visit["leaders"]}) >= 5
    priorities = {visit["priority"] for visit in listed["visits"]}
    assert {None, "illness", "hardship", "family_event", "warning_sign"} <= priorities
    assert max(visit["date"] for visit in listed["visits"]) <= date.today().isoformat()


def test_problems_are_open_overdue_and_resolved(unit: Office) -> None:
    problems = unit.done("problems", "list")["problems"]
    assert any(problem["overdue"] for problem in problems)
    assert {"open", "in_progress", "done"} == {problem["status"] for problem in problems}


def test_concerns_of_every_kind_stand_where_an_offices_concerns_stand(unit: Office) -> None:
    listed = unit.done("concerns", "list", "--deleted")
    found = [one for one in listed["concerns"] if not one["deleted"]]
    assert (listed["total"], len(listed["concerns"])) == (len(found), len(found) + 1)
    assert {one["status"] for one in found} == set(CONCERN_STATUSES)
    assert {one["source"] for one in found} == set(SOURCES)
    assert {one["priority"] for one in found} == {None, *PRIORITIES}
    assert {one["level"] for one in found} == {None, *LEVELS}
    assert any(one["overdue"] for one in found) and not all(one["overdue"] for one in found)
    assert any(one["proposal"] for one in found) and all(one["responsible"] for one in found if one["level"])
    assert sum(one["status"] == "new" for one in found) >= 3
    told = unit.done("concerns", "list", "--unreported")["total"]
    assert 0 < told < sum(one["status"] in ("done", "archived", "referred", "declined") for one in found)


def test_the_office_has_leaders_rules_meetings_and_summaries_handed_in(unit: Office) -> None:
    table = unit.done("leaders", "list")["leaders"]
    assert {leader["role"] for leader in table} == set(ROLES) and not all(leader["current"] for leader in table)
    rules = unit.done("rules", "show")
    assert rules["version"] == 1 and set(rules["basis"].values()) == {"rule"}
    meetings = unit.done("meetings", "list")["meetings"]
    decisions = [decision for meeting in meetings for decision in meeting["decisions"]]
    assert len(meetings) == 4 and any(decision["visit"] for decision in decisions)
    for year, quarter in quarters_before(date.today(), 3)[1:]:  # the latest is handed in on the eighth day
        summary = unit.done("summary", "--year", str(year), "--quarter", str(quarter))
        assert summary["reconciles"] is True and summary["reported"] is not None


def test_restricted_words_are_there_to_be_kept_back(unit: Office, demo: Path) -> None:
    visits = unit.done("visits", "list")["visits"]
    [warned] = [visit["id"] for visit in visits if visit["priority"] == "warning_sign"]
    sheet = unit.done("guidance", "show", warned)
    assert all(sheet[name] for name in ("causes", "roots", "counsel", "measures", "follow_up"))
    advice = [unit.done("visits", "show", visit["id"])["topics"]["advice_leaders"] for visit in visits]
    [words] = [each for each in advice if each]
    papers = [path for path in (demo / "papers").rglob("*") if path.suffix in (".docx", ".xlsx")]
    for path in papers:
        with zipfile.ZipFile(path) as package:
            inside = " ".join(package.read(name).decode("utf-8", "replace") for name in package.namelist())
        for secret in (words, sheet["causes"], sheet["follow_up"]):
            assert secret[:12] not in re.sub(r"<[^>]*>", "", inside), path.name


def test_the_roster_came_from_the_ugly_file_and_a_second_import_brings_nobody(unit: Office, demo: Path) -> None:
    again = unit.done("roster", "import", demo / "papers" / "全镇干部名册.xlsx", "--apply")
    assert again["counts"]["same"] == again["counts"]["rows"] == len(township_people()) == 60
    assert [question["code"] for question in again["questions"]] == ["same_name"]
    assert unit.done("roster", "list", "--query", "欧阳成")["total"] == 1


def test_both_data_folders_pass_the_check(unit: Office, demo: Path) -> None:
    assert unit.done("check")["ok"] is True
    county = Office(demo / "county", demo / "密码.txt")
    assert county.done("check")["ok"] is True
    assert county.done("info")["role"] == "county"
    assert county.done("roster", "list")["total"] == 18


def test_the_papers_are_there_in_every_format(unit: Office, demo: Path) -> None:
    names = {path.name for path in (demo / "papers").iterdir()}
    for stem in ("家访记录单", "家访记录单（有续页）"):
        assert {f"{stem}.docx", f"{stem}.pdf", f"{stem}.png"} <= names
    for stem in ("家访台账（内容时间）", "家访台账（八列）"):
        assert {f"{stem}.docx", f"{stem}.pdf", f"{stem}.xlsx"} <= names
    assert {"家访记录单（空白）.docx", "家访记录单（空白）.pdf", "家访记录单（有续页）-2.png"} <= names
    assert {"全镇干部名册.xlsx", "干部名册模板.xlsx"} <= names
    assert {"家访工作季度总结.docx", "家访工作季度总结.xlsx", "汇报分析会会议记录.docx", "待签字清单.docx"} <= names
    assert {"家访前一页纸.pdf", "家访资料自查清单.docx", "全年记录单.docx", "家访资料年度装订.pdf"} <= names
    assert {f"诉求办理情况报告（{status}）.docx" for status in ("已归档", "办理中", "转有关单位")} <= names
    assert {"小程序诉求导出.xlsx", "家访前一页纸（县里交办的诉求）.docx"} <= names
    assert all((demo / "papers" / name).stat().st_size > 1000 for name in names)
    assert not [name for name in names if name.startswith(".")]


def test_importing_the_mini_programmes_export_again_brings_nothing(unit: Office, demo: Path) -> None:
    counts = unit.done("concerns", "import", demo / "papers" / "小程序诉求导出.xlsx")["counts"]
    assert (counts["same"], counts["new"], counts["check"]) == (3, 0, 0)


def test_an_earlier_demo_is_replaced_only_when_asked_and_nothing_else_ever(demo: Path, tmp_path: Path) -> None:
    def made(folder: Path, *options: str) -> Answer:
        return call("demo", "--to", folder, "--json", *options)

    assert (made(demo).code, made(demo).status) == ("file_exists", 3)
    mine = tmp_path / "我的"
    (mine / "unit").mkdir(parents=True)
    (mine / "unit" / "要紧.txt").write_text("要紧", "utf-8")
    assert made(mine, "--replace").code == "file_exists"
    assert (mine / "unit" / "要紧.txt").read_text("utf-8") == "要紧"
    copy = tmp_path / "又一份"
    shutil.copytree(demo, copy)
    making = make(copy, renderer=LateRenderer(), replace=True)
    next(making)
    making.close()
    assert list(copy.iterdir()) == []


@pytest.mark.parametrize("today", [date(2026, 11, 25), date(2026, 6, 30), date(2027, 1, 1), date(2028, 2, 29)])
def test_the_stories_lie_in_the_twelve_months_before_whatever_today_is(today: date) -> None:
    days = [day for day, _ in days_of(today)]
    assert days == sorted(days)
    assert all(0 < (today - day).days <= 366 for day in days)


@pytest.mark.parametrize("today", [date(2027, 1, 1), date(2028, 2, 29)])
def test_the_offices_year_can_be_told_whatever_today_is(tmp_path: Path, today: date) -> None:
    store = session.create(tmp_path / "单位", password="yan-shi-2026", role="unit", unit=UNIT, operator="王晓燕").store
    try:
        told = list(tell(store, today, OfficeTale(store, today, tmp_path)))
        assert len(told) >= 30
        found = concerns.listing(store)
        assert {view.status for view in found} == set(CONCERN_STATUSES)
        assert len(leaders.listing(store)) == 9 and len(meetings.listing(store)) == 3
    finally:
        store.close()


def test_the_texts_are_an_offices_own_and_promise_nothing_negative() -> None:
    accounts = [story.account for story in STORIES]
    assert len(set(accounts)) == len(accounts)
    for story in STORIES:
        words = texts(story)
        assert not re.search(r"(没有|未|无)(发现|反映)?[^，。；]{0,8}(问题|不良|异常|违纪)", words), words
    asked = [ask.text for ask in ASKS if ask.delete is None] + [text for *_, text in EXPORTED]
    assert len(set(asked)) == len(asked)
    assert max(len(account) for account in accounts) > 580
    names = {person.name for person in township_people()}
    assert {leader for story in STORIES for leader in story.leaders} <= names
