"""A county's own forms: places found in any layout, placeholders put there, nothing else of the file touched."""

from __future__ import annotations

import io
import zipfile

import docx
import pytest
from county_forms import HEAD, LAYOUTS, PLAIN, form, saved
from docx.oxml.ns import qn
from docx.shared import Pt

from jiafang_desktop.common.errors import UserError
from jiafang_desktop.documents.adopt import adopting, checking, filling
from jiafang_desktop.documents.adopt.names import PLACEHOLDERS, RECORD

VALUES = {
    "unit": "德政镇人民政府", "date": "2026年9月16日", "number": "7", "visitee_name": "张建国", "visitee_post": "主任",
    "address": "东街村", "spouse_name": "王秀兰", "spouse_work": "教师", "account": "第一段。\n第二段。",
    "resolution": "已解决。", "leader_name": "钱永和\n周文斌", "leader_post": "镇长\n组织委员",
}  # fmt: skip


def refused(data: bytes, kind: str = "record") -> UserError:
    with pytest.raises(UserError) as caught:
        adopting.read(data, kind)
    assert caught.value.hint
    return caught.value


def cells(data: bytes) -> list[list[str]]:
    table = docx.Document(io.BytesIO(data)).tables[0]
    return [[cell.text for cell in row.cells] for row in table.rows]


def flat(data: bytes) -> list[str]:
    return [text for row in cells(data) for text in row]


def parts(data: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return {name: archive.read(name) for name in archive.namelist() if name != "word/document.xml"}


@pytest.mark.parametrize("layout", LAYOUTS)
def test_every_layout_gives_the_fields_and_is_filled_where_they_are(layout: str) -> None:
    data = saved(form(LAYOUTS[layout]))
    reading = adopting.read(data, "record")
    fields = [binding.field for binding in reading.bindings]
    expected = [name for name in RECORD if layout != "above" or name != "recorder_signature"]
    assert fields == expected
    made = adopting.adopt(data, "record")
    for name in expected:
        assert f"【{PLACEHOLDERS[name]}】" in "\n".join([*flat(made), *heads(made)])
    filled = filling.fill_record(made, VALUES)
    words = "\n".join([*flat(filled), *heads(filled)])
    for value in VALUES.values():
        assert value in words
    assert "【" not in words and "某" not in words and "样例" not in words
    assert parts(filled) == parts(data)


def heads(data: bytes) -> list[str]:
    return [paragraph.text for paragraph in docx.Document(io.BytesIO(data)).paragraphs]


def test_labels_and_the_seal_stay_where_they_are() -> None:
    filled = filling.fill_record(adopting.adopt(saved(form(PLAIN)), "record"), VALUES)
    assert heads(filled)[0] == "家访记录单"
    assert heads(filled)[1].replace(" ", "") == "单位：德政镇人民政府（盖章）2026年9月16日序号：7"
    table = cells(filled)
    assert [table[row][0] for row in (1, 3, 4)] == ["家庭住址", "家访情况记录", "家访问题解决情况"]
    assert table[6] == ["家访领导签名：", "家访领导签名：", "家访记录人签名：", "家访记录人签名："]
    assert table[3][1] == "第一段。\n第二段。"


def test_a_second_name_in_a_list_of_the_family_is_nobodys_place() -> None:
    reading = adopting.read(saved(form(LAYOUTS["sampled"])), "record")
    places = {binding.field: binding.where for binding in reading.bindings}
    assert places["visitee_name"] == "表1 第1行第2格" and places["spouse_name"] == "表1 第3行第2格"


def test_the_head_may_be_a_row_of_the_table() -> None:
    rows = ((HEAD, "<", "<", "<"), *PLAIN)
    filled = filling.fill_record(adopting.adopt(saved(form(rows, head=("家访记录单",))), "record"), VALUES)
    assert cells(filled)[0][0].replace(" ", "") == "单位：德政镇人民政府（盖章）2026年9月16日序号：7"


def test_the_look_of_a_cell_is_kept() -> None:
    document = form(PLAIN)
    run = document.tables[0].cell(1, 1).paragraphs[0].add_run("样")
    run.font.size, run.bold = Pt(14), True
    filled = docx.Document(io.BytesIO(filling.fill_record(adopting.adopt(saved(document), "record"), VALUES)))
    again = filled.tables[0].cell(1, 1).paragraphs[0].runs[0]
    assert (again.text, again.font.size, again.bold) == ("东街村", Pt(14), True)


def test_a_person_overrules_what_was_found() -> None:
    data = saved(form(PLAIN))
    reading = adopting.read(data, "record", corrections={"address": "t1r4c2", "account": None})
    places = {binding.field: binding.at for binding in reading.bindings}
    assert places["address"] == "t1r4c2" and "account" not in places
    assert [one.code for one in reading.problems] == ["needed_unbound"]
    with pytest.raises(UserError) as caught:
        adopting.read(data, "record", corrections={"address": "t9r1c1"})
    assert caught.value.code == "bad_input"


def test_adopting_twice_changes_nothing_more() -> None:
    once = adopting.adopt(saved(form(PLAIN)), "record")
    again = adopting.adopt(once, "record")
    assert cells(again) == cells(once) and heads(again) == heads(once)


def test_a_ledger_is_filled_row_by_row_and_keeps_its_length() -> None:
    header = ("序号", "家访领导姓名", "职务", "家访对象姓名", "职务", "时间", "内容", "备注")
    document = form((header, *[("",) * 8] * 5), head=("家访台账", "单位：        　　　　    年度"))
    made = adopting.adopt(saved(document), "ledger")
    assert cells(made)[1] == [
        "【序号】", "【家访领导姓名】", "【家访领导职务】", "【家访对象姓名】", "【家访对象职务】", "【日期】",
        "【内容】", "【备注】",
    ]  # fmt: skip
    rows = [{"number": str(n), "visitee_name": f"张{n}", "leader_name": "钱永和\n周文斌"} for n in (1, 2, 3)]
    filled = filling.fill_ledger(made, {"unit": "德政镇", "year": "2026年度"}, rows)
    table = cells(filled)
    assert len(table) == 6 and [row[0] for row in table[1:]] == ["1", "2", "3", "", ""]
    assert table[2][1] == "钱永和\n周文斌" and table[4] == [""] * 8
    assert "德政镇" in heads(filled)[1] and "2026年度" in heads(filled)[1]
    more = filling.fill_ledger(made, {}, rows * 4)
    assert len(cells(more)) == 13
    assert "【" not in "".join(flat(filling.fill_ledger(made, {}, [])))


def test_what_is_no_form_is_told_apart(tmp_path: object) -> None:
    notice = docx.Document()
    notice.add_paragraph("关于召开会议的通知")
    assert refused(saved(notice)).code == "not_a_form"
    assert refused(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"WordDocument".decode().encode("utf-16-le")).code
    whole = saved(form(PLAIN))
    assert refused(whole[: len(whole) // 2]).code == "unsupported_format"
    assert refused(b"%PDF-1.7").code == "unsupported_format"
    macros = io.BytesIO(whole)
    with zipfile.ZipFile(macros, "a") as archive:
        archive.writestr("word/vbaProject.bin", b"x")
    assert "宏" in refused(macros.getvalue()).message


def test_a_swelling_zip_is_refused_before_it_is_opened() -> None:
    bomb = io.BytesIO()
    with zipfile.ZipFile(bomb, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("word/document.xml", b" " * (500 << 20))
    assert refused(bomb.getvalue()).code == "too_large"


def test_links_to_elsewhere_lead_nowhere_afterwards() -> None:
    document = form(PLAIN)
    document.part.relate_to("https://example.invalid/x", "http://example.invalid/hyperlink", is_external=True)
    data = saved(document)
    assert "external_links" in [one.code for one in adopting.read(data, "record").problems]
    made = adopting.adopt(data, "record")
    assert all(b"example.invalid/x" not in content for content in parts(made).values())
    docx.Document(io.BytesIO(made))


# ------------------------------------------------------------------------------------------- checking


def test_a_whole_template_has_no_problems() -> None:
    found = checking.check(adopting.adopt(saved(form(PLAIN)), "record"))
    assert list(found.placeholders) == [PLACEHOLDERS[name] for name in RECORD] and found.problems == ()


def test_what_a_hand_damaged_is_named() -> None:
    document = docx.Document(io.BytesIO(adopting.adopt(saved(form(PLAIN)), "record")))
    table = document.tables[0]
    table.cell(0, 1).text = "【家访对像姓名】"
    table.cell(1, 1).text = "【家庭住址"
    table.cell(2, 1).text = "【配偶姓名】【配偶姓名】"
    paragraph = table.cell(3, 1).paragraphs[0]
    paragraph.runs[0].text = "【家访情况"
    paragraph.add_run("记录】").font.size = Pt(9)
    change = document.tables[0].cell(4, 1).paragraphs[0]._p
    inserted = change.makeelement(qn("w:ins"), {qn("w:id"): "1", qn("w:author"): "某"})
    for run in list(change.findall(qn("w:r"))):
        inserted.append(run)
    change.append(inserted)
    found = checking.check(saved(document))
    codes = {one.code for one in found.problems}
    assert codes == {"unknown", "broken", "doubled", "split", "missing", "tracked_changes"}
    told = {one.code: one.message + one.hint for one in found.problems}
    assert "家访对像姓名" in told["unknown"] and "家访对象姓名" in told["unknown"]
    assert "家庭住址" in told["broken"] and "表1 第2行第2格" in told["broken"]
    filled = filling.fill_record(saved(document), VALUES)
    assert cells(filled)[3][1] == "第一段。\n第二段。"
