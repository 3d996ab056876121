#!/usr/bin/env python3
"""Set up, run, test, measure and build the program: standard library only, works on a bare machine.

``python3 dev.py run`` and ``python3 dev.py test`` do all set-up themselves. What the program does stands elsewhere.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import os
import re
import shutil
import subprocess
import sys
import venv
from pathlib import Path

ROOT = Path(__file__).resolve().parent
VENV = ROOT / ".venv"
BIN = VENV / ("Scripts" if os.name == "nt" else "bin")
PYTHON = BIN / ("python.exe" if os.name == "nt" else "python")
STAMP = VENV / "set-up.txt"
OUT = ROOT / "out"

# What Qt's wheels link to, what draws Chinese, what the tests read PDF files with (Debian 12's names).
DEBIAN = [
    "fontconfig", "fonts-noto-cjk", "libdbus-1-3", "libegl1", "libfontconfig1", "libgl1", "libxcb-cursor0",
    "libxcb-icccm4", "libxcb-image0", "libxcb-keysyms1", "libxcb-randr0", "libxcb-render-util0", "libxcb-shape0",
    "libxcb-xinerama0", "libxcb-xkb1", "libxkbcommon-x11-0", "libxkbcommon0", "poppler-utils",
]  # fmt: skip
DEBIAN_OFFICE = ["libreoffice-writer-nogui"]
DEBIAN_BUILD = ["binutils"]
# A campaign is a module campaign_NAME.py among the tests; these convert papers with LibreOffice.
OFFICE_CAMPAIGNS = {"papers"}
# docs/pictures → the drawn page it is a copy of.
README_PICTURES = {"record.png": "visit_open"}
# Settings of a developer's shell that would lead our own Python or pip astray.
ASTRAY = ("PYTHONHOME", "PYTHONPATH", "PYTHONSTARTUP", "PIP_TARGET", "PIP_PREFIX", "PIP_ROOT", "PIP_REQUIREMENT")


def say(text: str) -> None:
    """One line to the person at the terminal, whatever its encoding."""
    sys.stdout.buffer.write((text + "\n").encode("utf-8"))
    sys.stdout.flush()


def environment(more: dict[str, str] | None = None) -> dict[str, str]:
    """What the commands we start see."""
    kept = {name: value for name, value in os.environ.items() if name not in ASTRAY}
    return {**kept, "PYTHONUTF8": "1", **(more or {})}


def call(command: list[str | Path], *, env: dict[str, str] | None = None) -> int:
    """Run a command from the project's root and give its exit status, 128 + n when signal n ended it."""
    status = subprocess.call([str(part) for part in command], cwd=ROOT, env=environment(env))
    return status if status >= 0 else 128 - status


def quietly(command: list[str | Path], *, env: dict[str, str] | None = None) -> str | None:
    """Run a command without showing it; None when it succeeded, else what it said, without addresses."""
    done = subprocess.run(
        [str(part) for part in command], cwd=ROOT, env=environment(env), capture_output=True, check=False
    )
    if done.returncode == 0:
        return None
    return without_addresses((done.stdout + done.stderr).decode("utf-8", errors="replace"))


def without_addresses(text: str) -> str:
    """A package tool's words without the places it was set up with: those may be somebody's own, with a password."""
    kept = [line for line in text.splitlines() if not re.match(r"(WARNING: Location|Looking in (indexes|links))", line)]
    shown = re.sub(r"\b[a-z+]+://[^\s'\"]*[^\s'\",.;:)]", "<address>", "\n".join(kept[-40:]))
    return re.sub(r"host='[^']*'", "host=<address>", shown).strip()


# ------------------------------------------------------------------------------------------------ set-up


def debian_packages(wanted: list[str], what: str) -> None:
    """Install what is missing when this is Debian and we are root, else name the exact packages and go on."""
    if not sys.platform.startswith("linux"):
        return
    missing = missing_packages(wanted)
    if not missing:
        return
    if missing is None or not hasattr(os, "geteuid") or os.geteuid() != 0 or not shutil.which("apt-get"):
        say(f"{what} Please have installed:" if missing else f"{what} Needed, by Debian's names:")
        say("    " + " ".join(["sudo apt-get install", *missing] if missing else wanted))
        return
    say("Installing Debian packages: " + " ".join(missing))
    quiet = {"DEBIAN_FRONTEND": "noninteractive"}
    quietly(["apt-get", "update", "-qq"], env=quiet)
    failed = quietly(["apt-get", "install", "-y", "-qq", "--no-install-recommends", *missing], env=quiet)
    if failed is not None:
        say(f"{failed}\napt-get could not install all of them; going on without.")


def missing_packages(wanted: list[str]) -> list[str] | None:
    """Those that are not installed; None where this is no Debian (told once, while there is no .venv yet)."""
    if not shutil.which("dpkg-query"):
        return None if not STAMP.exists() else []
    command = ["dpkg-query", "-W", "-f", "${Package} ${db:Status-Status}\n", *wanted]
    asked = subprocess.run(command, capture_output=True, text=True, check=False)
    there = {line.split()[0] for line in asked.stdout.splitlines() if line.endswith(" installed")}
    return [name for name in wanted if name not in there]


def fingerprint(*parts: str | bytes) -> str:
    """What was installed from: the parts, this Python, and the place (a .venv does not like to be moved)."""
    digest = hashlib.sha256()
    for part in (sys.version, sys.base_prefix, str(ROOT), *parts):
        digest.update(part.encode("utf-8", "surrogatepass") if isinstance(part, str) else part)
        digest.update(b"\0")
    return digest.hexdigest()


def pins(*names: str) -> list[bytes]:
    """The pinned requirements."""
    return [(ROOT / "requirements" / f"{name}.txt").read_bytes() for name in names]


def project() -> str:
    """The parts of pyproject.toml that decide which programs and packages are installed; not the tools' settings."""
    import tomllib  # not before the version was checked

    whole = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
    return json.dumps([whole["build-system"], whole["project"], whole["tool"]["setuptools"]], sort_keys=True)


def make_venv() -> None:
    """A fresh .venv with pip."""
    shutil.rmtree(VENV, ignore_errors=True)
    try:
        venv.create(VENV, with_pip=True, symlinks=os.name != "nt")
    except subprocess.CalledProcessError:
        # Debian keeps ensurepip in a package of its own.
        needed = f"python{sys.version_info.major}.{sys.version_info.minor}-venv"
        debian_packages([needed], "This Python can't make environments.")
        shutil.rmtree(VENV, ignore_errors=True)
        try:
            venv.create(VENV, with_pip=True, symlinks=os.name != "nt")
        except subprocess.CalledProcessError:
            shutil.rmtree(VENV, ignore_errors=True)
            sys.exit(f"This Python can't make an environment; on Debian {needed} is missing.")


def pip(*arguments: str | Path, what: str) -> None:
    """One pip call; what it says is shown only when it fails."""
    usual = {
        "PIP_DISABLE_PIP_VERSION_CHECK": "1",
        "PIP_NO_INPUT": "1",
        "PIP_USER": "0",
        "PIP_ROOT_USER_ACTION": "ignore",
    }
    failed = quietly([PYTHON, "-m", "pip", "install", "--no-deps", *arguments], env=usual)
    if failed is not None:
        say(failed)
        sys.exit(f"{what} failed (pip's words stand above).")


def name_this_place() -> None:
    """Tell the environment where the project lies, in letters every locale reads.

    pip writes the folder's name in UTF-8, Python reads such files in the locale's encoding: in a folder with a Chinese
    name the programs would not find themselves where the locale is C, or code page 936 on Windows.
    """
    for packages in (VENV / "Lib" / "site-packages", *(VENV / "lib").glob("python3*/site-packages")):
        if packages.is_dir():
            line = f"import os, sys; sys.path.append(os.fsdecode({os.fsencode(ROOT)!r}))\n"
            (packages / "jiafang_place.pth").write_text(line, "ascii")


def setup(extra: tuple[str, ...] = ()) -> None:
    """Debian's packages, the environment, the pinned wheels, both programs; a second call takes a second."""
    if sys.version_info < (3, 11):
        sys.exit("Python 3.11 or newer is needed; this is " + sys.version.split()[0])
    debian_packages(DEBIAN, "Windows, Chinese letters and the PDF tests need more of the system.")
    done = STAMP.read_text("utf-8").split("\n") if STAMP.exists() and PYTHON.exists() else []
    steps = [("base", fingerprint(*pins("run", "test"))), ("programs", fingerprint(project()))]
    steps += [(name, fingerprint(*pins(name))) for name in extra]
    for name, mark in steps:
        line = f"{name} {mark}"
        if line in done:
            continue
        if name == "base":
            say("Making .venv and installing the pinned packages (a minute or two the first time) …")
            make_venv()
            done = []
            wheels("run", "test", what="Installing the packages")
        elif name == "programs":
            pip("--no-build-isolation", "-e", ".", what="Installing the two programs")
            name_this_place()
        else:
            say(f"Installing what {name} needs …")
            wheels(name, what=f"Installing what {name} needs")
        done = [kept for kept in done if not kept.startswith(name + " ")] + [line]
        STAMP.write_text("\n".join(done), "utf-8")


def wheels(*names: str, what: str) -> None:
    """The pinned wheels of requirements files, each by its hash; nothing is built from source."""
    files = [part for name in names for part in ("-r", f"requirements/{name}.txt")]
    pip("--require-hashes", "--only-binary", ":all:", *files, what=what)


# ---------------------------------------------------------------------------------------------- the verbs


def has_display() -> bool:
    """Whether a window could be seen here."""
    return not sys.platform.startswith("linux") or bool(os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"))


def command_setup(_: argparse.Namespace, rest: list[str]) -> int:
    setup()
    say(f"Ready: {BIN / 'jiafang'} and {BIN / 'jiafang-gui'}")
    return 0


def command_run(_: argparse.Namespace, rest: list[str]) -> int:
    setup()
    if has_display():
        return call([PYTHON, "-m", "ui.app", *rest])
    say("No display here: doing the main job with invented people instead of opening the window …")
    status = demo_and_pictures()
    if status == 0:
        say(f"Papers:   {OUT / 'demo' / 'papers'}")
        say(f"Pictures: {OUT / 'screenshots'}")
    return status


def demo_and_pictures() -> int:
    """The demo's papers, and every page and dialog over its data as a picture."""
    demo, pictures = OUT / "demo", OUT / "screenshots"
    for folder in (demo, pictures):
        shutil.rmtree(folder, ignore_errors=True)
    status = call([BIN / "jiafang", "demo", "--to", demo], env=offscreen())
    if status:
        return status
    data: list[str | Path] = ["--data", demo / "unit", "--password-file", demo / "密码.txt"]
    return call([PYTHON, "-m", "ui.app", *data, "--screenshots", pictures], env=offscreen())


def offscreen() -> dict[str, str]:
    """Qt needs no display where nothing is shown to a person."""
    return {} if has_display() else {"QT_QPA_PLATFORM": "offscreen"}


def command_screenshots(_: argparse.Namespace, rest: list[str]) -> int:
    setup()
    status = demo_and_pictures()
    if status == 0:
        for name, picture in README_PICTURES.items():
            drawn = next((OUT / "screenshots").glob(f"*_{picture}.png"))
            (ROOT / "docs" / "pictures").mkdir(exist_ok=True)
            shutil.copyfile(drawn, ROOT / "docs" / "pictures" / name)
        say(f"Pictures: {OUT / 'screenshots'}; the README's in docs/pictures was renewed.")
    return status


def command_test(_: argparse.Namespace, rest: list[str]) -> int:
    setup(("bench",))  # the benches are tried too, with tiny sizes
    return call([PYTHON, "-m", "pytest", *rest], env={"QT_QPA_PLATFORM": "offscreen"})


def command_lint(_: argparse.Namespace, rest: list[str]) -> int:
    setup()
    tools: list[list[str | Path]] = [
        [PYTHON, "-m", "ruff", "check", "."], [PYTHON, "-m", "ruff", "format", "--check", "--quiet", "."],
        [PYTHON, "-m", "mypy"], [BIN / "lint-imports", "--no-cache"],
    ]  # fmt: skip
    return max([call(tool) for tool in tools])


def command_bench(_: argparse.Namespace, rest: list[str]) -> int:
    if not {"-h", "--help"} & set(rest):
        debian_packages(DEBIAN_OFFICE, "LibreOffice is a peer of the PDF bench; without it that peer is left out.")
    setup(("bench",))
    return call([PYTHON, "-m", "bench", *rest], env={"QT_QPA_PLATFORM": "offscreen"})


def command_build(_: argparse.Namespace, rest: list[str]) -> int:
    debian_packages(DEBIAN_BUILD, "PyInstaller needs objdump.")
    setup(("build",))
    return call([PYTHON, "-m", "PyInstaller", "--noconfirm", "build.spec", *rest])


def campaigns() -> dict[str, str]:
    """Campaign → module, as they lie among the tests."""
    found = sorted((ROOT / "tests").rglob("campaign_*.py"))
    return {path.stem.partition("_")[2]: ".".join(path.relative_to(ROOT).with_suffix("").parts) for path in found}


def command_campaign(args: argparse.Namespace, rest: list[str]) -> int:
    if args.name in OFFICE_CAMPAIGNS:
        debian_packages(DEBIAN_OFFICE, "This campaign converts papers with LibreOffice.")
    setup()
    return call([PYTHON, "-m", campaigns()[args.name], *rest], env={"QT_QPA_PLATFORM": "offscreen"})


COMMANDS = {
    "setup": (command_setup, "make .venv with the pinned packages and both programs", ""),
    "run": (
        command_run, "open the window; without a display make the demo's papers and pictures",
        "Further words go to the program, e.g.  dev.py run --data FOLDER",
    ),
    "test": (
        command_test, "run every test", "Further words go to pytest, e.g.  dev.py test tests/domain -k numbers",
    ),
    "lint": (command_lint, "ruff, mypy --strict and the import contracts", ""),
    "bench": (
        command_bench, "measure against peers and write docs/performance.md",
        "Further words:  window fill pdf save roster listing (only these),  --rounds N,  --tiny,  --to FOLDER,\n"
        "and a size for each, e.g.  --fill-records 200;  dev.py bench -- --help  lists them all.",
    ),
    "screenshots": (
        command_screenshots, "draw every page and dialog into out/screenshots",
        "The demo's invented people are shown; the README's picture is renewed too.",
    ),
    "build": (command_build, "make the frozen program for this platform in dist/", "Further words go to PyInstaller."),
    "campaign": (command_campaign, "run a long fault or paper campaign", "Further words go to the campaign."),
}  # fmt: skip

TAKE_NOTHING = ("setup", "lint", "screenshots")


def parser() -> argparse.ArgumentParser:
    """The command line."""
    made = argparse.ArgumentParser(prog="dev.py", description=(__doc__ or "").splitlines()[0], allow_abbrev=False)
    verbs = made.add_subparsers(dest="verb", required=True, metavar="VERB")
    for name, (_, text, more) in COMMANDS.items():
        verb = verbs.add_parser(
            name, help=text, description=text, epilog=more, allow_abbrev=False,
            formatter_class=argparse.RawDescriptionHelpFormatter,
        )  # fmt: skip
        if name == "campaign":
            verb.add_argument("name", choices=sorted(campaigns()))
    return made


def main(argv: list[str] | None = None) -> int:
    """Do what was asked; the exit status."""
    words = sys.argv[1:] if argv is None else argv
    # What follows the verb (and a campaign's name) belongs to what it starts, but for a first --help.
    named = words[:2] if words[:1] == ["campaign"] or words[1:2] in (["-h"], ["--help"]) else words[:1]
    args = parser().parse_args(named)
    rest = words[len(named) :]
    if rest and args.verb in TAKE_NOTHING:
        parser().error(f"{args.verb} takes no further words: {' '.join(rest)}")
    try:
        return COMMANDS[args.verb][0](args, rest[1:] if rest[:1] == ["--"] else rest)
    except KeyboardInterrupt:
        return 130


if __name__ == "__main__":
    sys.exit(main())
