"""Papers are put down whole or not at all, and refusals say what to do next."""

from __future__ import annotations

import errno
import os
from pathlib import Path
from typing import NoReturn

import pytest

from jiafang_desktop.common.errors import UserError
from jiafang_desktop.services import files, roster_template


def refusal(verb: object, *args: object, **named: object) -> UserError:
    assert callable(verb)
    with pytest.raises(UserError) as caught:
        verb(*args, **named)
    assert caught.value.message.endswith("。") and caught.value.hint
    return caught.value


def names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


def test_missing_folders_are_made_and_nothing_else_is_left(tmp_path: Path) -> None:
    target = tmp_path / "一 层" / "二层" / "台账.xlsx"
    assert files.write_bytes(target, b"whole") == target
    assert target.read_bytes() == b"whole" and names(target.parent) == ["台账.xlsx"]


def test_an_existing_file_stays_unless_it_is_replaced(tmp_path: Path) -> None:
    target = tmp_path / "台账.xlsx"
    target.write_bytes(b"old")
    assert refusal(files.write_bytes, target, b"new").code == "file_exists"
    assert target.read_bytes() == b"old"
    files.write_bytes(target, b"new", replace=True)
    assert target.read_bytes() == b"new"


@pytest.mark.parametrize(
    ("number", "code"),
    [
        (errno.ENOSPC, "disk_full"),
        (errno.EDQUOT, "disk_full"),
        (errno.EROFS, "not_writable"),
        (errno.EIO, "not_writable"),
    ],
)
def test_what_breaks_off_leaves_the_old_file_and_no_half_one(tmp_path: Path, number: int, code: str) -> None:
    target = tmp_path / "台账.pdf"
    target.write_bytes(b"old")

    def fail(place: Path) -> NoReturn:
        place.write_bytes(b"half")
        raise OSError(number, os.strerror(number))

    assert refusal(files.write_with, target, fail, replace=True).code == code
    assert target.read_bytes() == b"old" and names(tmp_path) == ["台账.pdf"]


def test_a_refusal_of_the_writer_itself_passes_and_leaves_nothing(tmp_path: Path) -> None:
    def refuse(place: Path) -> NoReturn:
        place.write_bytes(b"half")
        raise UserError("template_damaged", "模板坏了。", hint="请换一个模板。")

    assert refusal(files.write_with, tmp_path / "记录单.pdf", refuse).code == "template_damaged"
    assert names(tmp_path) == []


def test_a_writer_that_writes_nothing_is_noticed(tmp_path: Path) -> None:
    assert refusal(files.write_with, tmp_path / "a.pdf", lambda place: None).code == "not_writable"
    assert refusal(files.write_several, tmp_path / "a.png", lambda place: []).code == "not_writable"
    assert names(tmp_path) == []


def test_several_pictures_come_all_or_none(tmp_path: Path) -> None:
    def draw(place: Path) -> list[Path]:
        second = place.with_name(f"{place.stem}-2{place.suffix}")
        place.write_bytes(b"1")
        second.write_bytes(b"2")
        return [place, second]

    target = tmp_path / "记录单.png"
    (tmp_path / "记录单-2.png").write_bytes(b"old")
    assert refusal(files.write_several, target, draw).code == "file_exists"
    assert names(tmp_path) == ["记录单-2.png"]
    made = files.write_several(target, draw, replace=True)
    assert [path.read_bytes() for path in made] == [b"1", b"2"]
    assert names(tmp_path) == ["记录单-2.png", "记录单.png"]


@pytest.mark.skipif(os.name == "nt", reason="Windows itself refuses to replace an open file")
def test_a_file_open_in_an_office_program_is_told_with_the_next_step(tmp_path: Path) -> None:
    target = tmp_path / "台账.xlsx"
    target.write_bytes(b"old")
    (tmp_path / ".~lock.台账.xlsx#").write_text("someone")
    error = refusal(files.write_bytes, target, b"new", replace=True)
    assert (error.code, "重试" in error.hint, "台账.xlsx" in error.message) == ("file_busy", True, True)
    assert target.read_bytes() == b"old"


def test_a_folder_where_the_file_should_be_or_a_file_where_a_folder_should(tmp_path: Path) -> None:
    (tmp_path / "台账.xlsx").mkdir()
    assert refusal(files.write_bytes, tmp_path / "台账.xlsx", b"x", replace=True).code == "not_writable"
    (tmp_path / "文件").write_bytes(b"x")
    assert refusal(files.write_bytes, tmp_path / "文件" / "台账.xlsx", b"x").code == "not_writable"


def test_a_name_too_long_for_the_disk_is_told(tmp_path: Path) -> None:
    assert refusal(files.write_bytes, tmp_path / ("长" * 200 + ".pdf"), b"x").code == "not_writable"


def test_the_blank_roster_opens_in_excel(tmp_path: Path) -> None:
    import openpyxl

    target = tmp_path / "新" / roster_template.FILE_NAME
    roster_template.write(None, target)  # type: ignore[arg-type]  # it reads nothing from the store
    assert openpyxl.load_workbook(target).sheetnames
    assert refusal(roster_template.write, None, target).code == "file_exists"
