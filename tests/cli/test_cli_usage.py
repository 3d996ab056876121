"""The program as a process: help, wrong usage, streams that are closed, locales that know no Chinese, the manual."""

from __future__ import annotations

import importlib.util
import json
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest
from cli_driver import PROGRAM, Office, call, process

from jiafang_desktop.cli import program

ROOT = Path(__file__).resolve().parents[2]
LEAVES = sorted(program.build().leaves)
SCOPE = {
    "init", "info", "demo", "roster import", "roster list", "roster show", "visits add", "visits edit",
    "visits correct", "visits import", "visits list", "visits show", "visits history", "visits delete",
    "visits restore", "visits mark", "visits archive", "visits attach", "problems list", "problems add",
    "problems progress", "problems resolve", "forms record", "forms ledger", "forms fit",
    "check", "password change", "password recover",
}  # fmt: skip


def test_every_verb_of_the_contract_so_far_exists() -> None:
    assert set(LEAVES) >= SCOPE


@pytest.mark.parametrize("words", LEAVES)
def test_each_verb_explains_itself_in_chinese_with_an_example_that_parses(words: str) -> None:
    answer = call(*words.split(), "--help")
    assert answer.status == 0
    assert "用法：" in answer.out
    example = answer.out.split("例如：\n")[1].strip()
    assert example.startswith("jiafang ")
    assert words in re.sub(r"--(data|password-file) \S+ ", "", example)
    program.build().parser.parse_args(example.split()[1:])
    assert not re.search(r"\b(usage|options|positional|show this)\b", answer.out)


def test_without_a_verb_or_with_an_unknown_one_the_program_says_what_exists() -> None:
    for words in ((), ("conflicts", "list"), ("visits",), ("visits", "outport", "x"), ("roster", "export")):
        answer = call(*words)
        assert (answer.status, answer.out) == (2, "")
        assert "可以是" in answer.err
    wrong = call("--json", "conflicts", "list")
    assert (wrong.code, wrong.status) == ("wrong_usage", 2)
    assert "visits" in wrong.json["error"]["message"]


@pytest.mark.parametrize(
    "words",
    [
        ("visits", "show"), ("visits", "list", "--yaer", "2026"), ("visits", "list", "--year", "26"),
        ("visits", "list", "--quarter", "5"), ("visits", "list", "--limit", "-1"), ("init", "--role", "town"),
        ("visits", "add", "--file"), ("forms", "ledger", "--to", "x.pdf"),
        ("problems", "resolve", "x", "one", "--text", "y"),
        ("info", "extra"),
    ],
)  # fmt: skip
def test_wrong_usage_exits_2_with_a_chinese_sentence(words: tuple[str, ...]) -> None:
    answer = call(*words)
    assert (answer.status, answer.out) == (2, "")
    assert answer.err.count("\n") == 2
    assert re.search("[一-鿿]", answer.err)
    assert not re.search(r"argument|invalid|expected|required", answer.err)


def test_a_password_is_never_an_argument() -> None:
    for words, parser in program.build().leaves.items():
        names = [option for action in parser._actions for option in action.option_strings]
        assert not [name for name in names if "password" in name and not name.endswith("-file")], words


@pytest.mark.parametrize(
    "locale", [{"LANG": "C"}, {"LC_ALL": "C", "PYTHONUTF8": "0"}, {"LC_ALL": "POSIX", "PYTHONIOENCODING": "ascii"}]
)
def test_chinese_goes_in_and_out_whatever_the_locale(office: Office, locale: dict[str, str]) -> None:
    visit = office.add()
    done = process(*office.where, "--json", "visits", "show", visit, env=locale)
    assert done.returncode == 0, done.stderr.decode()
    assert json.loads(done.stdout.decode("utf-8"))["visitee"]["name"] == "张建国"
    told = process(*office.where, "visits", "list", env=locale)
    assert "张建国" in told.stdout.decode("utf-8")
    assert told.stderr == b""


def test_a_reader_that_goes_away_is_no_error(office: Office) -> None:
    command = [str(PROGRAM), *map(str, office.where), "--json", "visits", "list"]
    child = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    assert child.stdout is not None and child.stderr is not None
    child.stdout.close()
    complaint = child.stderr.read()
    child.stderr.close()
    assert (child.wait(), complaint) == (0, b"")


@pytest.mark.skipif(os.name == "nt", reason="a shell's >&- is meant")
def test_closed_streams_do_not_reach_the_database(office: Office) -> None:
    command = " ".join(f"'{word}'" for word in (PROGRAM, *office.where, "--json", "visits", "list"))
    for closing in (">&-", "2>&-", ">&- 2>&- <&-"):
        assert subprocess.run(["sh", "-c", f"{command} {closing}"], capture_output=True, check=False).returncode == 0
    assert office.done("check")["ok"] is True


def test_a_defect_is_told_calmly_and_written_down_without_the_clerks_words(
    fresh: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    from jiafang_desktop.services import visits

    def broken(*_: object, **__: object) -> None:
        raise RuntimeError("张建国的名字")

    monkeypatch.setattr(visits, "history", broken)
    answer = fresh.call("visits", "history", "x")
    assert (answer.code, answer.status) == ("defect", 70)
    log = Path(answer.json["error"]["details"]["log"])
    kept = log.read_text("utf-8")
    assert "RuntimeError" in kept
    assert "broken" in kept
    assert "张建国" not in kept
    assert fresh.folder not in log.parents


def test_help_loads_no_heavy_part() -> None:
    code = (
        "import sys; from jiafang_desktop.cli.main import main; main(['visits', 'list', '--help']); "
        "heavy = {'PySide6', 'peewee', 'sqlcipher3', 'cryptography', 'openpyxl', 'lxml', 'rich', 'pypinyin', 'docx'}; "
        "sys.exit(str(sorted(heavy & set(sys.modules))) if heavy & set(sys.modules) else 0)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, check=False, cwd=ROOT)
    assert done.returncode == 0, done.stderr


def test_the_worker_reads_a_strangers_file_from_stdin() -> None:
    done = process("--worker", input="姓名,单位\n张三丰,德政镇\n".encode())
    assert done.returncode == 0
    kinds = [json.loads(line)[0] for line in done.stdout.splitlines()]
    assert (kinds[0], kinds[-1]) == ("format", "end")


def test_the_manual_is_what_the_parser_says() -> None:
    path = ROOT / "packaging" / "make_cli_docs.py"
    spec = importlib.util.spec_from_file_location("make_cli_docs", path)
    assert spec is not None and spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    assert module.TARGET.read_text("utf-8") == module.text(), "run: python packaging/make_cli_docs.py"
