"""The doors between the rooms hold, and the tree stands alone."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]


def tracked(*patterns: str) -> list[Path]:
    """Files of the project by pattern, without environments and outputs."""
    skip = {".venv", ".git", "out", "build", "dist", "__pycache__"}
    found = [path for pattern in patterns for path in ROOT.rglob(pattern)]
    return [path for path in found if not skip & set(path.relative_to(ROOT).parts)]


def test_every_import_contract_is_kept() -> None:
    program = Path(sys.executable).with_name("lint-imports")
    result = subprocess.run(
        [program, "--no-cache", "--config", ROOT / "pyproject.toml"],
        cwd=ROOT, capture_output=True, text=True, encoding="utf-8", check=False,
    )  # fmt: skip
    assert result.returncode == 0, result.stdout + result.stderr


def test_the_application_is_strictly_typed() -> None:
    result = subprocess.run(
        [sys.executable, "-m", "mypy"], cwd=ROOT, capture_output=True, text=True, encoding="utf-8", check=False
    )
    assert result.returncode == 0, result.stdout + result.stderr


def test_ruff_finds_nothing() -> None:
    result = subprocess.run(
        [sys.executable, "-m", "ruff", "check", "--no-cache", "."],
        cwd=ROOT, capture_output=True, text=True, encoding="utf-8", check=False,
    )  # fmt: skip
    assert result.returncode == 0, result.stdout + result.stderr


def test_no_module_imports_with_a_star() -> None:
    star = re.compile(r"^\s*from\s+\S+\s+import\s+\*", re.MULTILINE)
    assert [str(p) for p in tracked("*.py") if star.search(p.read_text("utf-8"))] == []


def test_every_module_says_what_it_is_responsible_for() -> None:
    bare = []
    for path in tracked("*.py"):
        text = path.read_text("utf-8").removeprefix("#!/usr/bin/env python3\n")
        if path.name != "__init__.py" and not text.startswith(('"""', 'r"""')):
            bare.append(str(path.relative_to(ROOT)))
    assert bare == []


def test_starting_the_program_imports_no_heavy_part() -> None:
    """Office, crypto and pinyin parts are imported when first used, or the window opens late."""
    code = (
        "import sys, jiafang_desktop.services.session, jiafang_desktop.services.visits, ui.app; "
        "heavy = {'openpyxl', 'docx', 'lxml', 'pypinyin', 'rich', 'xlsxwriter', 'fontTools', 'fpdf', 'pikepdf'}; "
        "print(sorted(heavy & set(sys.modules)))"
    )
    result = subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, encoding="utf-8", check=False
    )
    assert result.stdout.strip() == "[]", result.stdout + result.stderr
