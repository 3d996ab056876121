"""交接, a leader's own visits and planned visits on the command line: keys, files, refusals, sentences."""

from __future__ import annotations

from pathlib import Path

import docx
import pytest
from cli_driver import Office


def plan(office: Office, **changed: object) -> str:
    data = {"visitee": {"name": "张建国", "unit": "德政镇"}, "when": "2026-12-05", "leaders": ["钱永和"]} | changed
    return str(office.done("plans", "add", "--file", office.written("计划.json", data))["id"])


def test_a_plan_is_added_listed_done_by_its_visit_and_dropped(fresh: Office) -> None:
    rec = plan(fresh)
    listed = fresh.done("plans", "list")
    assert (listed["total"], listed["counts"]) == (1, {"open": 1, "done": 0, "dropped": 0})
    one = listed["plans"][0]
    assert (one["id"], one["when"], one["status"], one["day"]) == (rec, "2026-12-05", "open", "星期六，休息日")
    assert one["leaders"] == [{"name": "钱永和", "post": None}] and one["visit"] is None

    visit = fresh.add(plan=rec)
    assert fresh.done("visits", "show", visit)["plan"] == rec
    done = fresh.done("plans", "list", "--status", "done")["plans"]
    assert [one["visit"]["id"] for one in done] == [visit]
    assert fresh.refused("plans", "drop", rec)["code"] == "bad_input"
    fresh.done("visits", "delete", visit, "--reason", "登记错了")
    assert fresh.done("plans", "list")["counts"] == {"open": 1, "done": 0, "dropped": 0}

    other = fresh.add(date="2026-10-01")
    assert fresh.done("plans", "done", rec, "--visit", other)["status"] == "done"
    second = plan(fresh, when="2026-12")
    dropped = fresh.done("plans", "drop", second, "--reason", "本人已调离")
    assert (dropped["status"], dropped["drop_reason"], dropped["day"]) == ("dropped", "本人已调离", None)
    told = fresh.told("plans", "list")
    assert "已家访" in told and "已取消" in told and "共2次计划" in told


def test_several_plans_come_all_or_none_and_another_persons_visit_is_warned_about(fresh: Office) -> None:
    several = [{"visitee": {"name": "何玉梅"}, "when": "2026-12"}, {"visitee": {"name": ""}, "when": "2026-12"}]
    error = fresh.refused("plans", "add", "--file", fresh.written("计划.json", several))
    assert (error["code"], error["details"]["index"]) == ("bad_input", 1)
    assert fresh.done("plans", "list")["total"] == 0
    added = fresh.done("plans", "add", "--file", fresh.written("计划.json", several[:1]))["added"]
    answer = fresh.done("plans", "done", added[0]["id"], "--visit", fresh.add())
    assert any("何玉梅" in words for words in answer["warnings"])
    assert fresh.refused("plans", "done", "nobody", "--visit", fresh.add())["code"] == "not_found"
    assert fresh.refused("plans", "edit", added[0]["id"], "--file", fresh.written("错.json", {"when": "2026-13"}))
    edited = {"visitee": {"name": "何玉梅"}, "when": "2027-01-04"}
    assert (
        fresh.done("plans", "edit", added[0]["id"], "--file", fresh.written("改.json", edited))["when"] == "2027-01-04"
    )


def test_the_page_for_the_way_is_written_from_a_plan(fresh: Office, tmp_path: Path) -> None:
    written = fresh.done("forms", "previsit", plan(fresh), "--to", tmp_path / "一页纸.docx")
    document = docx.Document(written["file"])
    words = "\n".join(cell.text for table in document.tables for row in table.rows for cell in row.cells)
    assert "张建国" in words and "2026年12月5日" in words and "钱永和" in words


def test_a_leaders_own_visits_are_listed_and_written(fresh: Office, tmp_path: Path) -> None:
    first = fresh.add(leaders=[{"name": "张　三", "post": "镇长"}])
    second = fresh.add(leaders=[{"name": "张三", "post": "武装部长"}], date="2025-06-01")
    answer = fresh.done("visits", "leader", "张三")
    assert answer["total"] == 2 and answer["year"] is None
    assert {one["post"]: [visit["id"] for visit in one["visits"]] for one in answer["people"]} == {
        "镇长": [first], "武装部长": [second],
    }  # fmt: skip
    assert any("没有合并" in words for words in answer["warnings"])
    one = fresh.done("visits", "leader", "张三", "--year", "2026")
    assert set(one["people"][0]["counts"]) == {"visits", "visitees", "problems", "open", "unsigned", "archived"}
    for suffix, begin in ((".docx", b"PK"), (".xlsx", b"PK"), (".pdf", b"%PDF"), (".png", b"\x89PNG")):
        target = tmp_path / f"情况{suffix}"
        written = fresh.done("visits", "leader", "张三", "--post", "镇长", "--to", target)
        assert Path(written["file"]).read_bytes().startswith(begin)
        assert fresh.refused("visits", "leader", "张三", "--to", target)["code"] == "file_exists"
        fresh.done("visits", "leader", "张三", "--to", target, "--replace")
    assert fresh.done("visits", "leader", "没有此人")["total"] == 0
    assert "家访1" in fresh.told("visits", "leader", "张三", "--year", "2026")


def test_a_handover_is_two_files_whose_figures_are_the_lists(fresh: Office, tmp_path: Path) -> None:
    fresh.add()
    fresh.filed(date="2026-08-01")
    plan(fresh)
    answer = fresh.done("handover", "--to", tmp_path / "交接", "--taker", "李娟")
    assert [Path(name).name for name in answer["files"]] == ["交接清单.docx", "未结事项.xlsx"]
    assert all(Path(name).is_file() for name in answer["files"])
    counts = answer["counts"]
    listed = fresh.done("visits", "list")["visits"]
    assert counts["visits"] == sum(1 for visit in listed if visit["status"] != "archived") == 1
    assert counts["problems"] == sum(1 for one in fresh.done("problems", "list")["problems"] if one["status"] != "done")
    assert counts["plans"] == fresh.done("plans", "list")["counts"]["open"]
    for name, rows in answer["rows"].items():
        assert len(rows) == counts[name]
    words = "\n".join(paragraph.text for paragraph in docx.Document(answer["files"][0]).paragraphs)
    assert "移交人（王敏）" in words and "接交人（李娟）" in words and "密码" in words
    assert fresh.refused("handover", "--to", tmp_path / "交接")["code"] == "file_exists"
    assert "当面交接" in fresh.told("handover", "--to", tmp_path / "交接", "--replace")


@pytest.mark.parametrize("words", [("plans", "add"), ("plans", "done", "x"), ("handover",), ("visits", "leader")])
def test_what_is_missing_in_a_command_is_said(fresh: Office, words: tuple[str, ...]) -> None:
    assert fresh.call(*words).status == 2
