"""dev.py, the developers' front door: its verbs and help, what it installs anew and when, and what it never prints."""

from __future__ import annotations

import importlib.util
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path
from types import ModuleType

import pytest

ROOT = Path(__file__).resolve().parents[1]
VERBS = ("setup", "run", "test", "lint", "bench", "screenshots", "build", "campaign")


def load(path: Path) -> ModuleType:
    spec = importlib.util.spec_from_file_location("dev_under_test", path)
    assert spec is not None and spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.fixture
def dev() -> ModuleType:
    return load(ROOT / "dev.py")


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    """The files set-up reads, in a folder with spaces and Chinese in its name."""
    folder = tmp_path / "家访 台账 (copy)"
    folder.mkdir()
    for name in ("dev.py", "pyproject.toml"):
        shutil.copy(ROOT / name, folder / name)
    shutil.copytree(ROOT / "requirements", folder / "requirements")
    (folder / "tests").mkdir()
    return folder


def called(folder: Path, *words: str, environment: dict[str, str] | None = None) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-I", "-S", folder / "dev.py", *words], env={**os.environ, **(environment or {})},
        capture_output=True, text=True, encoding="utf-8", check=False,
    )  # fmt: skip


@pytest.mark.parametrize("verb", VERBS)
def test_every_verb_has_its_help(verb: str) -> None:
    got = called(ROOT, verb, "--help")
    assert got.returncode == 0
    assert got.stdout.startswith(f"usage: dev.py {verb}")


def test_the_help_names_every_verb_and_no_other() -> None:
    shown = called(ROOT, "--help").stdout
    assert re.findall(r"^    (\w+)(?:\s|$)", shown, re.MULTILINE) == list(VERBS)


def test_an_unknown_verb_or_word_is_wrong_usage() -> None:
    for words in (("nonsense",), (), ("setup", "more"), ("campaign", "nonsense")):
        assert called(ROOT, *words).returncode == 2, words


def test_it_needs_nothing_but_the_standard_library(copy: Path) -> None:
    """-I and -S keep this environment's packages away."""
    got = called(copy, "--help", environment={"PYTHONUTF8": "0", "LC_ALL": "C"})
    assert got.returncode == 0, got.stderr


def test_every_campaign_that_can_be_named_is_there(dev: ModuleType) -> None:
    assert "papers" in dev.campaigns()
    assert set(dev.campaigns()) >= dev.OFFICE_CAMPAIGNS
    for module in dev.campaigns().values():
        path = ROOT.joinpath(*module.split(".")).with_suffix(".py")
        assert '__name__ == "__main__"' in path.read_text("utf-8"), path


def test_words_behind_the_verb_go_to_what_it_starts(dev: ModuleType, monkeypatch: pytest.MonkeyPatch) -> None:
    got: list[list[str]] = []
    monkeypatch.setitem(dev.COMMANDS, "test", (lambda _, rest: got.append(rest) or 0, "", ""))
    monkeypatch.setitem(dev.COMMANDS, "bench", (lambda _, rest: got.append(rest) or 0, "", ""))
    dev.main(["test", "-k", "numbers", "--", "x"])
    dev.main(["bench", "--", "--help"])
    assert got == [["-k", "numbers", "--", "x"], ["--help"]]


def marks(dev: ModuleType) -> dict[str, str]:
    return {
        "base": dev.fingerprint(*dev.pins("run", "test")), "programs": dev.fingerprint(dev.project()),
        "bench": dev.fingerprint(*dev.pins("bench")),
    }  # fmt: skip


def test_a_changed_pin_installs_anew_and_a_tools_setting_does_not(copy: Path) -> None:
    dev = load(copy / "dev.py")
    before = marks(dev)
    settings = copy / "pyproject.toml"
    settings.write_text(settings.read_text("utf-8").replace("line-length = 120", "line-length = 119"), "utf-8")
    assert marks(dev) == before
    settings.write_text(settings.read_text("utf-8").replace('jiafang = "', 'jiafang2 = "'), "utf-8")
    assert {name for name, mark in marks(dev).items() if mark != before[name]} == {"programs"}
    with (copy / "requirements" / "test.txt").open("a", encoding="utf-8") as file:
        file.write("# changed\n")
    assert {name for name, mark in marks(dev).items() if mark != before[name]} == {"programs", "base"}


def test_a_moved_folder_is_set_up_anew(copy: Path) -> None:
    before = marks(load(copy / "dev.py"))
    moved = copy.rename(copy.with_name("家访 moved"))
    after = marks(load(moved / "dev.py"))
    assert all(before[name] != after[name] for name in before)


def test_a_second_set_up_installs_nothing(copy: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    dev = load(copy / "dev.py")
    calls: list[str] = []
    monkeypatch.setattr(dev, "debian_packages", lambda wanted, what: None)
    monkeypatch.setattr(dev, "pip", lambda *arguments, what: calls.append(what))

    def make() -> None:
        calls.append("venv")
        dev.BIN.mkdir(parents=True)
        dev.PYTHON.touch()

    monkeypatch.setattr(dev, "make_venv", make)
    dev.setup(("bench",))
    assert calls == ["venv", "Installing the packages", "Installing the two programs", "Installing what bench needs"]
    calls.clear()
    dev.setup()
    dev.setup(("bench",))
    assert calls == []


@pytest.mark.skipif(os.name == "nt", reason="Windows has no C locale; file names are UTF-8 there")
def test_the_programs_find_themselves_under_a_chinese_name_in_any_locale(
    dev: ModuleType, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    place = tmp_path / "家访 台账"
    packages = tmp_path / "venv" / "lib" / "python3.11" / "site-packages"
    packages.mkdir(parents=True)
    place.mkdir()
    (place / "found_here.py").write_text("print('found')", "utf-8")
    monkeypatch.setattr(dev, "ROOT", place)
    monkeypatch.setattr(dev, "VENV", tmp_path / "venv")
    dev.name_this_place()
    code = f"import site; site.addsitedir({str(packages)!r}); import found_here"
    plain = {"PATH": os.environ["PATH"], "LC_ALL": "C", "PYTHONUTF8": "0"}
    done = subprocess.run([sys.executable, "-c", code], env=plain, capture_output=True, text=True, check=False)
    assert done.stdout.strip() == "found", done.stderr


def test_a_package_tools_words_are_shown_without_addresses(dev: ModuleType) -> None:
    said = (
        "Looking in indexes: https://user:secret@index.example/simple\n"
        "WARNING: Location 'file:///somewhere/simple/x/' is ignored: it is neither a file nor a directory.\n"
        "ERROR: Could not fetch https://user:secret@index.example/simple/x-1.0.whl (from https://a.example/b).\n"
        "WARNING: HTTPSConnectionPool(host='index.example', port=443): Read timed out.\n"
    )
    shown = dev.without_addresses(said)
    assert shown == (
        "ERROR: Could not fetch <address> (from <address>).\n"
        "WARNING: HTTPSConnectionPool(host=<address>, port=443): Read timed out."
    )


def test_a_quiet_command_speaks_only_when_it_fails(dev: ModuleType) -> None:
    assert dev.quietly([sys.executable, "-c", "print('much')"]) is None
    assert dev.quietly([sys.executable, "-c", "print('why'); raise SystemExit(3)"]) == "why"


def test_without_root_the_exact_packages_are_named(
    dev: ModuleType, monkeypatch: pytest.MonkeyPatch, capfdbinary: pytest.CaptureFixture[bytes]
) -> None:
    monkeypatch.setattr(dev, "missing_packages", lambda wanted: ["libegl1", "poppler-utils"])
    monkeypatch.setattr(dev.os, "geteuid", lambda: 1000, raising=False)
    monkeypatch.setattr(dev.sys, "platform", "linux")
    dev.debian_packages(["libegl1", "fontconfig", "poppler-utils"], "Windows need more.")
    assert capfdbinary.readouterr().out == (
        b"Windows need more. Please have installed:\n    sudo apt-get install libegl1 poppler-utils\n"
    )


def test_libreoffice_is_not_among_the_usual_packages(dev: ModuleType) -> None:
    assert not any("office" in name for name in dev.DEBIAN)


def test_a_command_ended_by_a_signal_has_a_shells_status(dev: ModuleType) -> None:
    if os.name != "nt":
        assert dev.call([sys.executable, "-c", "import os, signal; os.kill(os.getpid(), signal.SIGKILL)"]) == 137


def test_the_landing_check_is_the_readmes_test_command() -> None:
    command = "python3 dev.py test"
    assert command in (ROOT / "README.md").read_text("utf-8")
    check = ROOT / ".ci" / "run"
    assert check.read_text("utf-8").rstrip().endswith(command)
    assert os.name == "nt" or os.access(check, os.X_OK)


def test_the_readmes_picture_is_there() -> None:
    shown = re.findall(r"!\[[^\]]+\]\(([^)]+)\)", (ROOT / "README.md").read_text("utf-8"))
    assert set(shown) == {"docs/pictures/record.png"}
    assert (ROOT / shown[0]).read_bytes().startswith(b"\x89PNG")


def test_every_pin_has_hashes_and_no_address() -> None:
    for path in sorted((ROOT / "requirements").glob("*.txt")):
        text = path.read_text("utf-8")
        assert "://" not in text
        for requirement in re.split(r"\n(?=\S)", text.partition("\n")[2].strip()):
            assert re.match(r"[\w.-]+==\S+", requirement), requirement
            assert "--hash=sha256:" in requirement, requirement
