"""``forms adopt|check|templates`` and ``forms record --template`` as scripts call them."""

from __future__ import annotations

import zipfile
from pathlib import Path

import docx
import pytest
from cli_driver import Office

ROWS = (
    ("家访对象姓名", "某", "职务", "某"), ("家庭住址", "某", "配偶姓名", "某"),
    ("工作单位及职务", "某", "家访领导姓名", "某"), ("家访领导职务", "某", "家访情况记录", "某"),
    ("家访问题解决情况", "某", "家访领导签名", ""),
)  # fmt: skip


@pytest.fixture
def county_form(tmp_path: Path) -> Path:
    """A form of a county's own in another layout, filled with a sample."""
    document = docx.Document()
    document.add_paragraph("单位：某镇（盖章）　2020年1月1日　序号：9")
    table = document.add_table(rows=len(ROWS), cols=4)
    for at, row in enumerate(ROWS):
        for column, words in enumerate(row):
            table.cell(at, column).text = words
    path = tmp_path / "县里的 记录单.docx"
    document.save(str(path))
    return path


def cells_of(path: Path) -> list[list[str]]:
    return [[cell.text for cell in row.cells] for row in docx.Document(str(path)).tables[0].rows]


def others_of(path: Path) -> dict[str, bytes]:
    with zipfile.ZipFile(path) as archive:
        return {name: archive.read(name) for name in archive.namelist() if name != "word/document.xml"}


def test_a_form_is_looked_at_kept_and_written_with(fresh: Office, county_form: Path, tmp_path: Path) -> None:
    seen = fresh.done("forms", "adopt", county_form, "--kind", "record")
    assert seen["applied"] is False and seen["unbound"] == ["recorder_signature"] and seen["problems"] == []
    assert {(one["field"], one["where"], one["label"]) for one in seen["bindings"]} >= {
        ("account", "表1 第4行第4格", "家访情况记录"), ("unit", "表外第1段", "单位："),
    }  # fmt: skip
    assert fresh.done("forms", "templates")["templates"] == []
    kept = fresh.done("forms", "adopt", county_form, "--kind", "record", "--apply")
    assert {**kept, "applied": False} == seen
    visit = fresh.add(resolution="已安排轮换值班。")
    target = tmp_path / "填好.docx"
    written = fresh.done("forms", "record", visit, "--to", target, "--template", "县里的 记录单")
    assert written["file"] == str(target) and written["match_code"] and "页数请在Word中核对" in written["warnings"][0]
    assert cells_of(target) == [
        ["家访对象姓名", "张建国", "职务", "农业综合服务中心主任"],
        ["家庭住址", "东街村建设路36号", "配偶姓名", "王秀兰"],
        ["工作单位及职务", "中心小学教师", "家访领导姓名", "钱永和"],
        ["家访领导职务", "党委副书记、镇长", "家访情况记录", cells_of(target)[3][3]],
        ["家访问题解决情况", "已安排轮换值班。", "家访领导签名", ""],
    ]  # fmt: skip
    assert cells_of(target)[3][3].startswith("下班后到家中家访")
    assert docx.Document(str(target)).paragraphs[0].text == "单位：德政镇人民政府（盖章）　2026年9月16日　序号：1"
    assert others_of(target) == others_of(county_form)
    assert fresh.done("forms", "verify", written["match_code"])["matches"] is True


def test_the_usual_template_gives_way_to_the_built_in_one_again(
    fresh: Office, county_form: Path, tmp_path: Path
) -> None:
    fresh.done("forms", "adopt", county_form, "--kind", "record", "--name", "本县", "--default", "--apply")
    visit = fresh.add()
    assert fresh.done("forms", "record", visit, "--to", tmp_path / "1.docx")["template"] == "本县"
    assert fresh.done("forms", "record", visit, "--to", tmp_path / "1.pdf")["pages"] == 1
    assert fresh.done("forms", "record", visit, "--to", tmp_path / "2.docx", "--template", "内置")["pages"] == 1
    fresh.done("forms", "templates", "--default", "内置")
    assert fresh.done("forms", "record", visit, "--to", tmp_path / "3.docx")["pages"] == 1
    assert fresh.done("forms", "templates", "--remove", "本县")["templates"] == []


def test_a_place_can_be_named_by_hand(fresh: Office, county_form: Path) -> None:
    seen = fresh.done(
        "forms", "adopt", county_form, "--kind", "record", "--bind", "recorder_signature=t1r5c4", "--bind",
        "leader_signature=none",
    )  # fmt: skip
    assert {one["field"]: one["at"] for one in seen["bindings"]}["recorder_signature"] == "t1r5c4"
    assert seen["unbound"] == ["leader_signature"]


def test_refusals_say_what_to_do(fresh: Office, county_form: Path, tmp_path: Path) -> None:
    visit = fresh.add()
    fresh.done("forms", "adopt", county_form, "--kind", "record", "--name", "本县", "--apply")
    name = ("--template", "本县")
    assert fresh.refused("forms", "record", visit, "--to", tmp_path / "a.pdf", *name)["code"] == "unsupported_format"
    assert "内置" in fresh.refused("forms", "record", visit, "--to", tmp_path / "a.docx", "--template", "别的")["hint"]
    overprint = ("--overprint", "resolution")
    assert (
        fresh.refused("forms", "record", visit, "--to", tmp_path / "a.docx", *name, *overprint)["code"] == "bad_input"
    )
    again = ("forms", "adopt", county_form, "--kind", "record", "--name", "本县", "--apply")
    assert fresh.refused(*again)["code"] == "file_exists"
    fresh.done(*again, "--replace")
    assert fresh.refused("forms", "adopt", tmp_path / "没有.docx", "--kind", "record")["code"] == "not_found"
    assert not list(tmp_path.glob("a.*"))


def test_a_template_is_checked(fresh: Office, county_form: Path) -> None:
    found = fresh.done("forms", "check", county_form)
    assert found["placeholders"] == [] and [one["code"] for one in found["problems"]] == ["no_placeholders"]
