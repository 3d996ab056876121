"""Writes THIRD_PARTY_NOTICES.md from the licences inside the installed packages: ``python packaging/notices.py``.

Only what the shipped program contains is listed (requirements/run.txt and the bundled fonts); test tools are not.
"""

from __future__ import annotations

import re
from importlib import metadata
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
# Packages whose metadata name no licence: read in their own texts.
UNSTATED = {"peewee": "MIT", "sqlcipher3": "zlib"}
FONTS = [
    ("Fandol Fang, Song Bold, Hei", "0.3", "GPL-3.0 with font exception", "resources/fonts/Fandol-COPYING.txt"),
]


def shipped() -> list[str]:
    """Names of the packages the program ships, in order."""
    lines = (ROOT / "requirements" / "run.txt").read_text("utf-8").splitlines()
    return list(dict.fromkeys(m.group(1) for line in lines if (m := re.match(r"([A-Za-z0-9_.-]+)==", line))))


def licence_of(info: metadata.PackageMetadata) -> str:
    """The licence's short name: the SPDX expression if given, else the classifier, else the first line."""
    expression = info.get("License-Expression")
    if expression:
        return expression
    classifiers = [c.split(" :: ")[-1] for c in info.get_all("Classifier") or [] if c.startswith("License ::")]
    if classifiers:
        return ", ".join(classifiers)
    return (info.get("License") or UNSTATED[info["Name"]]).strip().splitlines()[0][:80]


def texts_of(name: str) -> list[tuple[str, str]]:
    """Licence files of a package: (file name, text)."""
    files = metadata.files(name) or []
    found = []
    for file in files:
        if re.search(r"(licen[cs]e|copying|notice|ofl)", file.name, re.IGNORECASE) and file.suffix not in (".py", ".pyc"):
            path = Path(str(file.locate()))
            if path.is_file() and path.stat().st_size < 200_000:
                found.append((file.name, path.read_text("utf-8", errors="replace").strip()))
    return found


def main() -> None:
    """Write the notices."""
    table = ["# Third-party notices · 第三方组件说明", "", "Made by packaging/notices.py.", ""]
    table += ["| component | version | licence |", "|---|---|---|"]
    body: list[str] = []
    seen: dict[str, str] = {}
    for name in shipped():
        info = metadata.metadata(name)
        table.append(f"| {info['Name']} | {info['Version']} | {licence_of(info)} |")
        for file, text in texts_of(name):
            if text in seen:
                body += [f"## {info['Name']}: {file}", "", f"The same text as {seen[text]}.", ""]
                continue
            seen[text] = f"{info['Name']}: {file}"
            body += [f"## {info['Name']}: {file}", "", "```text", text.replace("```", "'''"), "```", ""]
    table += [f"| {name} | {version} | {licence}, text in {where} |" for name, version, licence, where in FONTS]
    table.append("| Noto Sans SC, Noto Serif SC (in pylopdf-fonts-zh-cn) | 2 | SIL Open Font License 1.1 |")
    (ROOT / "THIRD_PARTY_NOTICES.md").write_text("\n".join([*table, "", *body]) + "\n", "utf-8")


if __name__ == "__main__":
    main()
