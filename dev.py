#!/usr/bin/env python3
"""Set up, run, test, measure and build the program: standard library only, works on a bare machine.

``python3 dev.py run`` and ``python3 dev.py test`` do all set-up themselves. What the program does stands elsewhere.
"""

from __future__ import annotations

import argparse
import hashlib
import os
import shutil
import subprocess
import sys
import venv
from pathlib import Path

ROOT = Path(__file__).resolve().parent
VENV = ROOT / ".venv"
BIN = VENV / ("Scripts" if os.name == "nt" else "bin")
STAMP = VENV / "set-up.txt"
OUT = ROOT / "out"

# What Qt's wheels link to, what draws Chinese, what the tests read PDF files with (Debian 12's names).
DEBIAN = [
    "fontconfig", "fonts-noto-cjk", "libdbus-1-3", "libegl1", "libfontconfig1", "libgl1", "libxcb-cursor0",
    "libxcb-icccm4", "libxcb-image0", "libxcb-keysyms1", "libxcb-randr0", "libxcb-render-util0", "libxcb-shape0",
    "libxcb-xinerama0", "libxcb-xkb1", "libxkbcommon-x11-0", "libxkbcommon0", "poppler-utils",
]  # fmt: skip
DEBIAN_OFFICE = ["libreoffice-writer-nogui"]
CAMPAIGNS = {
    "kills": "tests.faults.campaign_kills",
    "flips": "tests.faults.campaign_flips",
    "papers": "tests.documents.forms.campaign_papers",
}


def say(text: str) -> None:
    """One line to the person at the terminal, whatever its encoding."""
    sys.stdout.buffer.write((text + "\n").encode("utf-8"))
    sys.stdout.flush()


def call(command: list[str | Path], *, env: dict[str, str] | None = None, quiet: bool = False) -> int:
    """Run a command from the project's root and give its exit status."""
    environment = {**os.environ, "PYTHONUTF8": "1", "PIP_DISABLE_PIP_VERSION_CHECK": "1", **(env or {})}
    output = subprocess.DEVNULL if quiet else None
    return subprocess.call([str(part) for part in command], cwd=ROOT, env=environment, stdout=output)


def need(command: list[str | Path], what: str, *, quiet: bool = False) -> None:
    """Run a command that has to succeed."""
    status = call(command, quiet=quiet)
    if status:
        sys.exit(f"{what}: exit status {status}")


def debian_packages(wanted: list[str]) -> None:
    """Install what is missing when this is Debian and we are root, else name the exact packages."""
    if not sys.platform.startswith("linux") or not shutil.which("dpkg-query"):
        return
    asked = subprocess.run(
        ["dpkg-query", "-W", "-f", "${Package} ${db:Status-Status}\n", *wanted],
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    there = {line.split()[0] for line in asked.stdout.splitlines() if line.endswith(" installed")}
    missing = [name for name in wanted if name not in there]
    if not missing:
        return
    if os.geteuid() != 0:
        say("These Debian packages are missing; please install them, then call again:")
        say("    sudo apt-get install " + " ".join(missing))
        return
    say("Installing Debian packages: " + " ".join(missing))
    quiet = {"DEBIAN_FRONTEND": "noninteractive"}
    call(["apt-get", "update", "-qq"], env=quiet, quiet=True)
    install: list[str | Path] = ["apt-get", "install", "-y", "-qq", "--no-install-recommends", *missing]
    if call(install, env=quiet, quiet=True):
        say("apt-get could not install all of them; going on without.")


def fingerprint(files: list[str]) -> str:
    """What the environment was made from: the pins, the Python and the place (venvs don't like to be moved)."""
    digest = hashlib.sha256(f"{sys.version}\n{ROOT}\n".encode())
    for name in [*files, "pyproject.toml"]:
        digest.update((ROOT / name).read_bytes())
    return digest.hexdigest()


def make_venv() -> None:
    """A fresh .venv with pip."""
    if VENV.exists():
        shutil.rmtree(VENV)
    try:
        venv.create(VENV, with_pip=True)
    except subprocess.CalledProcessError:
        # Debian keeps ensurepip in a package of its own.
        debian_packages([f"python3.{sys.version_info.minor}-venv"])
        shutil.rmtree(VENV, ignore_errors=True)
        venv.create(VENV, with_pip=True)


def setup(extra: tuple[str, ...] = ()) -> None:
    """Debian's packages, the environment, the pinned wheels, both programs; a second call takes a second."""
    if sys.version_info < (3, 11):
        sys.exit("Python 3.11 or newer is needed; this is " + sys.version.split()[0])
    debian_packages(DEBIAN)
    base = ["requirements/run.txt", "requirements/test.txt"]
    mark = fingerprint(base)
    done = STAMP.read_text("utf-8").split("\n") if STAMP.exists() else []
    python = BIN / "python"
    install: list[str | Path] = [
        python, "-m", "pip", "install", "-q", "--require-hashes", "--only-binary", ":all:", "--no-deps",
    ]  # fmt: skip
    if not done or done[0] != mark:
        say("Making .venv and installing the pinned packages (a minute or two the first time) …")
        make_venv()
        need([*install, *[part for name in base for part in ("-r", name)]], "installing packages")
        need([python, "-m", "pip", "install", "-q", "--no-deps", "--no-build-isolation", "-e", "."], "installing")
        done = [mark]
        STAMP.write_text(mark, "utf-8")
    for name in extra:
        line = name + " " + fingerprint([f"requirements/{name}.txt"])
        if line not in done:
            need([*install, "-r", f"requirements/{name}.txt"], f"installing what {name} needs")
            done.append(line)
            STAMP.write_text("\n".join(done), "utf-8")


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
        return call([BIN / "python", "-m", "ui.app", *rest])
    demo, pictures = OUT / "demo", OUT / "screenshots"
    for folder in (demo, pictures):
        shutil.rmtree(folder, ignore_errors=True)
    say("No display here: running the main job with invented people instead of opening the window.")
    status = call([BIN / "jiafang", "demo", "--to", demo])
    if status == 0:
        status = screenshots(demo / "unit", demo / "密码.txt", pictures)
    if status == 0:
        say(f"Papers:      {demo / 'papers'}")
        say(f"Screenshots: {pictures}")
    return status


def screenshots(data: Path, password_file: Path, to: Path) -> int:
    """Every page and dialog as a picture."""
    command: list[str | Path] = [
        BIN / "python", "-m", "ui.app", "--data", data, "--password-file", password_file, "--screenshots", to,
    ]  # fmt: skip
    return call(command, env={} if has_display() else {"QT_QPA_PLATFORM": "offscreen"})


def command_screenshots(args: argparse.Namespace, rest: list[str]) -> int:
    setup()
    demo = OUT / "demo"
    if not (demo / "unit").exists():
        status = call([BIN / "jiafang", "demo", "--to", demo])
        if status:
            return status
    shutil.rmtree(OUT / "screenshots", ignore_errors=True)
    return screenshots(demo / "unit", demo / "密码.txt", OUT / "screenshots")


def command_test(_: argparse.Namespace, rest: list[str]) -> int:
    setup()
    return call([BIN / "python", "-m", "pytest", *rest], env={"QT_QPA_PLATFORM": "offscreen"})


def command_lint(_: argparse.Namespace, rest: list[str]) -> int:
    setup()
    tools: list[list[str | Path]] = [
        [BIN / "ruff", "check", "."], [BIN / "ruff", "format", "--check", "."], [BIN / "mypy"],
        [BIN / "lint-imports", "--no-cache"],
    ]  # fmt: skip
    return max([call(tool) for tool in tools])


def command_bench(_: argparse.Namespace, rest: list[str]) -> int:
    setup(("bench",))
    return call([BIN / "python", "-m", "bench", *rest], env={"QT_QPA_PLATFORM": "offscreen"})


def command_build(_: argparse.Namespace, rest: list[str]) -> int:
    debian_packages(["binutils"])
    setup(("build",))
    return call([BIN / "python", "-m", "PyInstaller", "--noconfirm", "build.spec", *rest])


def command_campaign(args: argparse.Namespace, rest: list[str]) -> int:
    setup()
    if args.name == "papers":
        debian_packages(DEBIAN_OFFICE)
    command: list[str | Path] = [BIN / "python", "-m", CAMPAIGNS[args.name], *rest]
    return call(command, env={"QT_QPA_PLATFORM": "offscreen"})


COMMANDS = {
    "setup": (command_setup, "make .venv with the pinned packages and both programs"),
    "run": (command_run, "open the window; without a display make the demo's papers and screenshots"),
    "test": (command_test, "run every test; further words go to pytest"),
    "lint": (command_lint, "ruff, mypy --strict and the import contracts"),
    "bench": (command_bench, "measure against peers and write docs/performance.md"),
    "screenshots": (command_screenshots, "draw every page and dialog into out/screenshots"),
    "build": (command_build, "make the frozen program for this platform in dist/"),
    "campaign": (command_campaign, "run a long fault or paper campaign: " + ", ".join(CAMPAIGNS)),
}


def main() -> int:
    parser = argparse.ArgumentParser(prog="dev.py", description=__doc__.splitlines()[0] if __doc__ else None)
    verbs = parser.add_subparsers(dest="verb", required=True, metavar="VERB")
    for name, (_, text) in COMMANDS.items():
        verb = verbs.add_parser(name, help=text, description=text)
        if name == "campaign":
            verb.add_argument("name", choices=sorted(CAMPAIGNS))
    args, rest = parser.parse_known_args()
    return COMMANDS[args.verb][0](args, rest)


if __name__ == "__main__":
    sys.exit(main())
