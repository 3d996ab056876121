"""Set-up and passwords on the command line: init, info, password, and where the data and the password come from."""

from __future__ import annotations

from pathlib import Path

import pytest
from cli_driver import PASSWORD, Office, call, set_up


def test_init_prints_the_contracts_keys_and_info_too(fresh: Office, tmp_path: Path) -> None:
    other = Office(tmp_path / "另一 处" / "数据", fresh.password_file)
    made = other.done(
        "init", "--role", "county", "--unit", "中共魏县县委组织部", "--operator", "李静", "--county", "魏县"
    )
    assert {"install_id", "role", "unit", "county", "recovery_key", "warnings"} <= set(made)
    assert (made["role"], made["unit"], made["county"]) == ("county", "中共魏县县委组织部", "魏县")
    info = other.done("info")
    assert {"install_id", "role", "unit", "county", "operator", "version", "schema", "database", "counts"} <= set(info)
    assert info["install_id"] == made["install_id"]
    assert Path(info["database"]).is_absolute()
    assert Path(info["database"]).is_file()
    assert info["counts"]["visits"] == 0


@pytest.mark.parametrize(
    ("unit", "kind"),
    [
        ("德政镇人民政府", "township"),
        ("野胡拐乡", "township"),
        ("天雄街道办事处", "subdistrict"),
        ("魏县民政局", "department"),
    ],
)
def test_a_unit_type_that_is_not_given_is_read_from_the_name(unit: str, kind: str, tmp_path: Path) -> None:
    password = tmp_path / "p.txt"
    password.write_text(PASSWORD, "utf-8")
    made = Office(tmp_path / "d", password).done("init", "--role", "unit", "--unit", unit, "--operator", "甲")
    assert made["unit_type"] == kind


def test_a_second_init_leaves_the_first_ones_data(fresh: Office) -> None:
    before = fresh.done("info")
    assert fresh.refused("init", "--role", "unit", "--unit", "别处", "--operator", "乙")["code"] == "file_exists"
    assert fresh.done("info")["unit"] == before["unit"]


@pytest.mark.parametrize("word", ["短", "12345678901"])
def test_a_weak_password_is_refused_and_leaves_nothing(word: str, tmp_path: Path) -> None:
    password = tmp_path / "p.txt"
    password.write_text(word, "utf-8")
    weak = Office(tmp_path / "数据", password)
    assert weak.refused("init", "--role", "unit", "--unit", "德政镇", "--operator", "甲")["code"] == "weak_password"
    assert weak.refused("info")["code"] == "not_found"


def test_line_ends_at_the_end_are_no_part_of_a_password(office: Office, tmp_path: Path) -> None:
    for end in ("", "\n", "\r\n"):
        password = tmp_path / "p.txt"
        password.write_bytes((PASSWORD + end).encode())
        assert call("--json", "--data", office.folder, "--password-file", password, "info").status == 0


def test_folder_and_password_file_come_from_the_environment_too(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("JIAFANG_DATA", str(office.folder))
    monkeypatch.setenv("JIAFANG_PASSWORD_FILE", str(office.password_file))
    assert call("info", "--json").json["unit"] == "德政镇人民政府"


def test_common_options_may_stand_behind_the_verb(office: Office) -> None:
    assert call("visits", "list", "--json", *office.where).json["total"] == 0


def test_without_a_password_file_the_data_stay_locked(office: Office) -> None:
    answer = call("--json", "--data", office.folder, "info")
    assert (answer.code, answer.status) == ("locked", 4)


def test_a_wrong_password_exits_4_and_a_missing_file_or_folder_3(office: Office, tmp_path: Path) -> None:
    wrong = tmp_path / "p.txt"
    wrong.write_text("bu-shi-zhe-ge-2026", "utf-8")
    assert Office(office.folder, wrong).refused("info", status=4)["code"] == "wrong_password"
    assert Office(office.folder, tmp_path / "没有.txt").refused("info")["code"] == "not_found"
    assert Office(tmp_path / "没有", office.password_file).refused("info")["code"] == "not_found"


def test_without_json_a_refusal_is_a_chinese_sentence_on_stderr(office: Office) -> None:
    answer = call(*office.where, "visits", "show", "meiyou")
    assert (answer.status, answer.out) == (3, "")
    assert "。" in answer.err
    assert "Traceback" not in answer.err


def test_a_changed_password_opens_and_the_old_one_does_not(fresh: Office, tmp_path: Path) -> None:
    new = tmp_path / "新密码.txt"
    new.write_text("xin-mi-ma-2026\n", "utf-8")
    assert fresh.done("password", "change", "--new-password-file", new)["changed"] is True
    assert fresh.refused("info", status=4)["code"] == "wrong_password"
    Office(fresh.folder, new).done("info")


def test_a_recovery_key_sets_a_new_password_and_a_mistyped_one_does_not(tmp_path: Path) -> None:
    office = set_up(tmp_path / "单位")
    other = Office(tmp_path / "数据", office.password_file)
    key = other.done("init", "--role", "unit", "--unit", "德政镇", "--operator", "甲")["recovery_key"]
    slip, new = tmp_path / "找回单.txt", tmp_path / "新.txt"
    new.write_text("xin-mi-ma-2026", "utf-8")
    found = Office(other.folder, new)
    slip.write_text(key.replace(key[0], "A" if key[0] != "A" else "B"), "utf-8")
    assert found.refused("password", "recover", "--recovery-key-file", slip)["code"] == "wrong_recovery_key"
    slip.write_text(f"{key.lower()}\n", "utf-8")
    found.done("password", "recover", "--recovery-key-file", slip)
    found.done("info")
    assert other.refused("info", status=4)["code"] == "wrong_password"
