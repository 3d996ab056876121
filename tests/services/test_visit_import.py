"""Importing years before the program: previewed, asked, counted, all at once, and repeatable."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from offices import visit

from jiafang_desktop.common.errors import UserError
from jiafang_desktop.common.progress import run_to_end
from jiafang_desktop.domain.visits import Leader, Visit, VisitQuery
from jiafang_desktop.services import forms, ledgers, undo, visit_import, visits
from jiafang_desktop.services.visit_import import RENUMBER, SKIP, TAKE, Applied, VisitImportPreview
from jiafang_desktop.store import Store

HEAD = ["序号", "家访领导姓名", "职务", "家访对象姓名", "职务", "时间", "内容", "备注"]


def ledger(path: Path, *rows: list[Any], title: str = "单位：德政镇 2024年度", sheet: str = "台账") -> Path:
    """A plain ledger of one sheet, or one more sheet of it."""
    path.parent.mkdir(parents=True, exist_ok=True)
    book = openpyxl.load_workbook(path) if path.exists() else openpyxl.Workbook()
    page = book.create_sheet(sheet)
    if not path.exists():
        book.remove(book.worksheets[0])
    for row in ([title], HEAD, *rows):
        page.append(row)
    book.save(path)
    return path


def row(number: Any, name: str | None, day: Any, matter: str | None = "慰问", remark: str | None = None) -> list[Any]:
    return [number, "钱永和", "镇长", name, "科员", day, matter, remark]


def preview(store: Store, path: Path, **answers: str) -> VisitImportPreview:
    return run_to_end(visit_import.preview(store, path, answers=answers))


def imported(store: Store, path: Path, answers: dict[str, str] | None = None) -> Applied:
    found = run_to_end(visit_import.preview(store, path, answers=answers))
    return run_to_end(visit_import.apply(store, found, by=store.operator))


def stored(store: Store) -> list[Visit]:
    return store.visits.many(store.visits.ids(VisitQuery()))


def statuses(found: VisitImportPreview) -> list[str]:
    return [one.status for one in found.visits]


def messages(found: VisitImportPreview) -> str:
    return "；".join(doubt.message for one in found.visits for doubt in one.problems)


def test_a_ledger_is_imported_in_one_transaction_and_again_brings_nothing(office: Store, tmp_path: Path) -> None:
    path = ledger(
        tmp_path / "a.xlsx", row(3, "王一", "2024.3.12", remark="补"), row(None, "王二", "3月15日"),
        row(9, None, "4.1"), row(10, "王三", None), ["合计", None, None, "3人次"],
    )  # fmt: skip
    found = preview(office, path)
    assert (statuses(found), stored(office)) == (["new", "new", "check", "check"], [])
    assert found.counts == {"rows": 4, "new": 2, "same": 0, "check": 2, "skipped": 3, "problems": 2, "files": 1}
    done = imported(office, path)
    assert len({record.revision for record in done.changes.records}) == 2
    one, two = stored(office)
    assert (one.number, one.content.date, one.content.leaders) == (3, date(2024, 3, 12), (Leader("钱永和", "镇长"),))
    assert (one.content.matter, one.content.remark, two.number) == ("慰问", "补", 4)
    assert (one.recorded_on, one.status) == (date(2026, 11, 24), "registered")
    again = imported(office, path)
    assert (statuses(again.preview), again.changes.records) == (["same", "same", "check", "check"], ())


def test_late_entries_say_where_they_come_from_and_fresh_ones_nothing(office: Store, tmp_path: Path) -> None:
    imported(office, ledger(tmp_path / "a.xlsx", row(1, "王一", "2024.3.12"), row(1, "王二", "2026.11.3")))
    old, fresh = stored(office)
    assert (old.content.late_entry_reason, visits.late_entry(old)) == ("由原有台账导入", True)
    assert (fresh.content.late_entry_reason, visits.late_entry(fresh)) == (None, False)


def test_a_differing_visit_and_a_taken_number_wait_for_an_eye(office: Store, tmp_path: Path) -> None:
    visits.add_many(office, [
        visit(number=1, date=date(2024, 3, 12), visitee_name="王一"), visit(number=2, date=date(2024, 5, 1)),
        visit(number=3, date=date(2024, 6, 1), visitee_name="王三"),
    ], by=office.operator)  # fmt: skip
    void = stored(office)[2]
    visits.delete(office, void.id, reason="重复", by=office.operator)
    found = preview(office, ledger(
        tmp_path / "a.xlsx", row(1, "王一", "2024.3.12"), row(2, "李二", "5.2"), row(3, "王四", "6.2"),
        row(8, "张建国", "5.1"),
    ))  # fmt: skip
    assert statuses(found) == ["check"] * 4
    told = [one.problems[-1].message for one in found.visits]
    assert "事由" in told[0] and "序号2已是另一次家访：张建国（2024-05-01）" in told[1]
    assert "作废" in told[2] and "序号" in told[3]
    assert [question.code for question in found.questions] == ["number_repeat"]
    assert found.open_questions == ()


def test_numbers_that_begin_anew_each_quarter_are_given_anew_when_so_answered(office: Store, tmp_path: Path) -> None:
    path = ledger(tmp_path / "a.xlsx", row(1, "王一", "2024.3.12"), row(2, "王二", "3.15"), sheet="一季度")
    ledger(path, row(1, "王三", "2024.5.12"), row(2, "王四", "5.15"), sheet="二季度")
    found = preview(office, path)
    assert statuses(found) == ["new", "new", "check", "check"]
    assert "序号1与“一季度”第3行重复" in messages(found)
    answers = {found.questions[0].id: RENUMBER}
    imported(office, path, answers)
    assert [one.number for one in stored(office)] == [1, 2, 3, 4]
    assert statuses(preview(office, path)) == ["same"] * 4
    assert statuses(run_to_end(visit_import.preview(office, path, answers=answers))) == ["same"] * 4


def test_another_units_ledger_and_a_missing_year_are_asked_about(office: Store, tmp_path: Path) -> None:
    ledger(tmp_path / "a" / "北.xlsx", row(1, "王一", "2024.3.12"), title="单位：北皋镇")
    ledger(tmp_path / "a" / "无.xlsx", row(1, "王二", "3.12"), title="单位：魏县德政镇人民政府（盖章）")
    found = preview(office, tmp_path / "a")
    asked = {question.code: question for question in found.questions}
    assert (set(asked), statuses(found)) == ({"other_unit", "missing_year"}, ["check", "check"])
    with pytest.raises(UserError) as refused:
        run_to_end(visit_import.apply(office, found, by=office.operator))
    assert (refused.value.code, len(refused.value.details["questions"])) == ("questions_open", 2)
    answers = {asked["other_unit"].id: SKIP, asked["missing_year"].id: "2023"}
    answered = run_to_end(visit_import.answered(office, found, answers))
    assert (statuses(answered), answered.open_questions) == (["new"], ())
    assert any("按回答跳过" in line.reason for line in answered.skipped)
    taken = run_to_end(visit_import.answered(office, answered, {asked["other_unit"].id: TAKE}))
    run_to_end(visit_import.apply(office, taken, by=office.operator))
    assert [(one.content.unit, one.content.date) for one in stored(office)] == [
        (None, date(2023, 3, 12)), (None, date(2024, 3, 12)),
    ]  # fmt: skip


def test_the_county_keeps_each_units_ledger_under_its_name(county_office: Store, tmp_path: Path) -> None:
    ledger(tmp_path / "a" / "北.xlsx", row(1, "王一", "2024.3.12"), title="单位：北皋镇")
    ledger(tmp_path / "a" / "德.xlsx", row(1, "王二", "2024.3.12"), title="单位：德政镇")
    assert imported(county_office, tmp_path / "a").preview.questions == ()
    assert {(one.content.unit, one.number) for one in stored(county_office)} == {("北皋镇", 1), ("德政镇", 1)}


def test_our_own_papers_of_two_years_come_back_as_they_were(office: Store, tmp_path: Path) -> None:
    from offices import set_up

    long = "担心照顾不好老人，思想总体稳定。" * 60
    made = visits.add_many(office, [
        visit(), visit(date=date(2025, 5, 6), visitee_name="欧阳建国", account=long, resolution="已协调。" * 120),
    ], by=office.operator)  # fmt: skip
    papers = tmp_path / "papers"
    papers.mkdir()
    for one in made:
        forms.write_record(office, one.id, papers / f"{one.id}.docx", renderer=None, by=office.operator)
    for variant in ("plain", "matrix"):
        for suffix in ("docx", "xlsx"):
            target = papers / f"{variant}.{suffix}"
            ledgers.write(office, target, renderer=None, year=2026, variant=variant)
    other = set_up(tmp_path / "另一台")
    found = imported(other, papers).preview
    assert found.counts == {"rows": 6, "new": 2, "same": 4, "check": 0, "skipped": 8, "problems": 4, "files": 6}
    kept = ("number", "date", "leaders", "account", "resolution", "visitee_post", "visitee_address")
    for one, twin in zip(stored(office), stored(other), strict=True):
        old, new = one.content.to_fields(), twin.content.to_fields()
        assert {name: new[name] for name in kept} == {name: old[name] for name in kept}
    assert statuses(preview(other, papers)) == ["same"] * 6
    other.close()


def test_an_import_that_was_undone_can_be_done_again(office: Store, tmp_path: Path) -> None:
    path = ledger(tmp_path / "a.xlsx", row(1, "王一", "2024.3.12"), row(2, "王二", "2024.3.15"))
    done = imported(office, path)
    undo.undo(office, done.changes, by=office.operator)
    assert stored(office) == []
    assert statuses(preview(office, path)) == ["new", "new"]
    imported(office, path)
    assert [(one.number, one.id) for one in stored(office)] == list(zip((1, 2), done.added, strict=True))


def test_a_folder_gives_each_file_its_verdict(office: Store, tmp_path: Path) -> None:
    folder = tmp_path / "旧台账"
    ledger(folder / "2024" / "台账.xlsx", row(1, "王一", "2024.3.12"))
    (folder / "~$台账.xlsx").write_bytes(b"x")
    (folder / "照片.jpg").write_bytes(b"\xff\xd8\xff")
    (folder / "旧.doc").write_bytes(b"{\\rtf1}")
    ledger(folder / "通知.xlsx")
    found = preview(office, folder)
    verdicts = {file["file"]: file["reason"] for file in found.files_json()}
    assert verdicts["2024/台账.xlsx"] is None
    assert "临时文件" in verdicts["~$台账.xlsx"] and ".jpg" in verdicts["照片.jpg"] and "docx" in verdicts["旧.doc"]
    assert (found.counts["new"], verdicts["通知.xlsx"]) == (1, None)


@pytest.mark.parametrize(
    ("name", "data", "code"),
    [("旧.doc", b"{\\rtf1}", "unsupported_format"), ("话.csv", "通知,内容\n甲,乙\n".encode(), "not_a_ledger")],
)
def test_a_single_file_that_is_no_ledger_is_refused(
    office: Store, tmp_path: Path, name: str, data: bytes, code: str
) -> None:
    (tmp_path / name).write_bytes(data)
    for path, expected in ((tmp_path / name, code), (tmp_path / "没有.xlsx", "not_found")):
        with pytest.raises(UserError) as refused:
            preview(office, path)
        assert (refused.value.code, bool(refused.value.hint)) == (expected, True)


def test_stopping_leaves_nothing_behind(office: Store, tmp_path: Path) -> None:
    for at in range(4):
        ledger(tmp_path / "a" / f"{at}.xlsx", row(at + 1, "王一", f"2024.3.{at + 1}"))
    reading = visit_import.preview(office, tmp_path / "a")
    assert next(reading).stage
    reading.close()
    applying = visit_import.apply(office, preview(office, tmp_path / "a"), by=office.operator)
    next(applying)
    applying.close()
    assert stored(office) == []


def test_a_form_and_a_ledger_row_of_one_visit_are_one_and_a_repeated_row_too(office: Store, tmp_path: Path) -> None:
    path = ledger(tmp_path / "a" / "1.xlsx", row(5, "王一", "2024.3.12", None), row(5, "王一", "2024.3.12", None))
    ledger(tmp_path / "a" / "2.xlsx", row(None, "王一", "2024.3.12", "母亲患病"), row(6, "王一", "2024.3.12", "又一次"))
    found = imported(office, path.parent).preview
    assert statuses(found) == ["new", "same", "same", "check"]
    assert [(one.number, one.content.matter) for one in stored(office)] == [(5, "母亲患病")]
    assert "序号不同" in messages(found)


OURS = (
    "德政镇", "魏县德政镇", "德政镇人民政府", "中共魏县德政镇委员会", "德政镇党委、政府", "德政镇党政办公室", "德政",
    "德 政 镇",
)  # fmt: skip
OTHERS = ("德政乡", "北皋镇", "大德政镇", "财政局")


def test_our_own_names_are_known_and_others_asked_about(office: Store, tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    for at, unit in enumerate((*OURS, *OTHERS)):
        ledger(path, row(at + 1, f"王{chr(0x4E00 + at)}", "2024.3.12"), title=f"单位：{unit}（盖章）", sheet=f"表{at}")
    found = preview(office, path)
    assert [question.id for question in found.questions] == [f"unit:{unit}" for unit in OTHERS]
    assert statuses(found) == ["new"] * len(OURS) + ["check"] * len(OTHERS)


def test_several_files_and_folders_are_read_together_and_a_copy_is_told_row_by_row(
    office: Store, tmp_path: Path
) -> None:
    first = ledger(tmp_path / "甲" / "台账.xlsx", row(1, "王一", "3.12"), ["合计", 1], title="单位：德政镇")
    other = ledger(tmp_path / "乙" / "2023年" / "台账.xlsx", row(1, "王二", "5.6"), title="单位：德政镇")
    (tmp_path / "备份").mkdir()
    (tmp_path / "备份" / "台账 - 副本.xlsx").write_bytes(first.read_bytes())
    found = run_to_end(visit_import.preview(office, [first, tmp_path / "乙", tmp_path / "备份", other]))
    assert [file.name for file in found.files] == ["甲/台账.xlsx", "乙/2023年/台账.xlsx", "备份/台账 - 副本.xlsx"]
    assert [question.code for question in found.questions] == ["missing_year"]  # the copy asks nothing
    copied = [line for line in found.skipped if line.file == "备份/台账 - 副本.xlsx"]
    assert {line.row for line in copied} == {1, 2, 3, 4}
    assert {line.reason for line in copied} == {"与“甲/台账.xlsx”内容相同，没有再读"}
    assert found.files_json()[2]["reason"] == "与“甲/台账.xlsx”内容相同，没有再读"
    assert (found.path, statuses(found)) == (tmp_path, ["check", "new"])
