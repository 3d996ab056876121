"""Writes THIRD_PARTY_NOTICES.md from the licences inside the installed packages: ``python packaging/notices.py``.

Only what the shipped program contains is listed: requirements/run.txt, what lies inside its wheels, the bundled fonts
and Python itself; test tools are not. Run it when a pin changed.
"""

from __future__ import annotations

import re
from importlib import metadata
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
TEXTS = Path(__file__).resolve().parent / "licences"
# Where metadata name no licence, or more than the one we take.
CHOSEN = {"PySide6_Essentials": "LGPL-3.0-only", "shiboken6": "LGPL-3.0-only", "peewee": "MIT", "sqlcipher3": "zlib"}
# Inside the wheels, or beside them in the frozen program: component, licence, where its text stands.
QT_PARTS = "https://doc.qt.io/qt-6/licenses-used-in-qt.html"
INSIDE = [
    ("Qt (in PySide6_Essentials)", f"LGPL-3.0-only; its parts: {QT_PARTS}", "LGPL-3.0.txt"),
    ("SQLCipher (in sqlcipher3)", "BSD-3-Clause", "SQLCipher.txt"),
    ("SQLite (in sqlcipher3)", "public domain", None),
    ("OpenSSL (in cryptography, sqlcipher3)", "Apache-2.0, the same text as cryptography: LICENSE.APACHE", None),
    ("libxml2, libxslt, zlib, iconv (in lxml)", "see lxml: LICENSES.txt", None),
    ("Python (in the frozen program)", "PSF-2.0", "Python.txt"),
    ("Fandol Fang, Song Bold, Hei 0.3", "GPL-3.0 with font exception: resources/fonts/Fandol-COPYING.txt", None),
    ("Noto Sans SC, Noto Serif SC (in pylopdf-fonts-zh-cn)", "SIL Open Font License 1.1", None),
]  # fmt: skip


def shipped() -> dict[str, str]:
    """Package → versions, as pinned (Windows has another one of some)."""
    found: dict[str, str] = {}
    for line in (ROOT / "requirements" / "run.txt").read_text("utf-8").splitlines():
        pin = re.match(r"([A-Za-z0-9_.-]+)==(\S+)(.*)", line)
        if pin is None:
            continue
        on_windows = 'sys_platform == "win32"' in pin[3]
        version = f"{pin[2]} (Windows)" if on_windows else pin[2]
        found[pin[1]] = f"{found[pin[1]]}, {version}" if pin[1] in found else version
    return found


def licence_of(info: metadata.PackageMetadata) -> str:
    """The licence's short name: ours where chosen, the SPDX expression, the classifier, or the first line."""
    if info["Name"] in CHOSEN:
        return CHOSEN[info["Name"]]
    expression = info.get("License-Expression")
    if expression:
        return expression
    classifiers = [c.split(" :: ")[-1] for c in info.get_all("Classifier") or [] if c.startswith("License ::")]
    if classifiers:
        return ", ".join(classifiers)
    return (info.get("License") or "").strip().splitlines()[0][:80]


def texts_of(name: str) -> list[tuple[str, str]]:
    """Licence files of a package: (file name, text)."""
    found = []
    for file in metadata.files(name) or []:
        named = re.search(r"(licen[cs]e|copying|notice|ofl)", file.name, re.IGNORECASE)
        if named and file.suffix not in (".py", ".pyc"):
            path = Path(str(file.locate()))
            if path.is_file() and path.stat().st_size < 200_000:
                found.append((file.name, path.read_text("utf-8", errors="replace").strip()))
    return found


def main() -> None:
    """Write the notices."""
    lines = ["# Third-party notices · 第三方组件说明", "", "Made by packaging/notices.py.", ""]
    lines += ["| component | version | licence |", "|---|---|---|"]
    body: list[str] = []
    seen: dict[str, str] = {}

    def add(title: str, text: str) -> None:
        kept = re.sub(r"[ \t]+$", "", text.replace("```", "'''"), flags=re.MULTILINE)
        body.extend([f"## {title}", ""])
        body.extend([f"The same text as {seen[kept]}.", ""] if kept in seen else ["```text", kept, "```", ""])
        seen.setdefault(kept, title)

    for name, versions in shipped().items():
        info = metadata.metadata(name)
        lines.append(f"| {info['Name']} | {versions} | {licence_of(info)} |")
        for file, text in texts_of(name):
            add(f"{info['Name']}: {file}", text)
    for component, licence, file in INSIDE:
        lines.append(f"| {component} | | {licence} |")
        if file is not None:
            add(component, (TEXTS / file).read_text("utf-8").strip())
    (ROOT / "THIRD_PARTY_NOTICES.md").write_text("\n".join([*lines, "", *body]) + "\n", "utf-8")


if __name__ == "__main__":
    main()
