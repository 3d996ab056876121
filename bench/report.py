"""The table and the JSON of a run, and what sort of machine it was. No host, no user, no place on disk is named.

Which figures there are is the benches' business.
"""

from __future__ import annotations

import json
import os
import platform
import re
import sys
from collections.abc import Mapping, Sequence
from importlib import metadata
from pathlib import Path
from typing import Any

from bench.measure import Figure

_PACKAGES = (
    "PySide6_Essentials", "sqlcipher3", "lxml", "python-calamine", "docxtpl", "python-docx", "docx-mailmerge2",
)  # fmt: skip

Results = Mapping[str, Sequence[Mapping[str, Any]]]  # figures as JSON, by bench


def machine() -> dict[str, Any]:
    """The class of machine a figure was got on, and how busy it was already."""
    return {
        "processor": _processor(),
        "cores": os.cpu_count(),
        "memory_gb": _memory_gb(),
        "system": f"{platform.system()} {platform.machine()}",
        "python": platform.python_version(),
        "packages": {name: metadata.version(name) for name in _PACKAGES},
        "load_before": round(os.getloadavg()[0], 2) if hasattr(os, "getloadavg") else None,
    }


def _processor() -> str:
    info = Path("/proc/cpuinfo")
    if not info.exists():
        return platform.processor() or "unknown"
    text = info.read_text("utf-8", errors="replace")
    found = re.search(r"^model name\s*:\s*(.+)$", text, re.MULTILINE)
    virtual = ", virtual" if re.search(r"^flags\s*:.*\bhypervisor\b", text, re.MULTILINE) else ""
    return (found[1].strip() if found else platform.machine()) + virtual


def _memory_gb() -> int | None:
    if not hasattr(os, "sysconf") or "SC_PHYS_PAGES" not in os.sysconf_names:
        return None
    return round(os.sysconf("SC_PHYS_PAGES") * os.sysconf("SC_PAGE_SIZE") / 2**30)


def as_json(results: Results, *, options: Mapping[str, Any], on: Mapping[str, Any], day: str) -> str:
    """Everything, for programs."""
    whole = {"date": day, "machine": on, "options": options, "benches": results}
    return json.dumps(whole, ensure_ascii=False, indent=1) + "\n"


def table(figures: Sequence[Mapping[str, Any]]) -> list[str]:
    """Markdown lines for one bench."""
    lines = ["| | ours | peers | ratio | least … greatest of a round | goal | |", "|---|---:|---|---:|---|---|---|"]
    for figure in figures:
        unit = figure["unit"]
        peers = "<br>".join(f"{name} {_number(value)} {unit}" for name, value in figure["peers"].items()) or "—"
        ratio = f"{_number(figure['ratio'])} ×" if figure["ratio"] is not None else "—"
        if figure["ratio"] is not None and figure["faster"]:
            ratio += " as fast"
        spread = " … ".join(_number(value) for value in figure["spread"]) if figure["spread"] else "—"
        met = {True: "met", False: "**missed**", None: ""}[figure["met"]]
        cells = (figure["what"], f"{_number(figure['ours'])} {unit}", peers, ratio, spread, figure["goal"] or "—", met)
        lines.append(f"| {' | '.join(cells)} |")
    notes = dict.fromkeys(f"{figure['what']}: {figure['note']}" for figure in figures if figure["note"])
    return [*lines, "", *(f"- {note[0].upper()}{note[1:]}" for note in notes)]


def _number(value: float) -> str:
    """Three digits that mean something."""
    if value >= 100:
        return f"{value:,.0f}"
    return f"{value:.1f}" if value >= 10 else f"{value:.2f}"


def page(
    results: Results, titles: Mapping[str, tuple[str, str]], *, rounds: int, on: Mapping[str, Any], day: str
) -> str:
    """docs/performance.md; ``titles`` gives each bench's heading and what it measures."""
    versions = ", ".join(f"{name} {version}" for name, version in on["packages"].items())
    memory = f", {on['memory_gb']} GB" if on["memory_gb"] else ""
    figures = [figure for some in results.values() for figure in some]
    missed = [figure["what"] for figure in figures if figure["met"] is False]
    wanted = sum(1 for figure in figures if figure["met"] is not None)
    lines = [
        "# What was measured",
        "",
        f"Written by `python3 dev.py bench` on {day}; the same figures stand in `performance.json`. Ours and the peers",
        "ran in turn in the same minutes on the same machine; each figure is a median and each ratio one of medians.",
        "Only ratios (and the goal for memory) are goals; the machine's own speed is not.",
        "",
        f"Machine: {on['processor']}, {on['cores']} cores{memory}, {on['system']}, Python {on['python']};",
        f"{rounds} rounds; load {on['load_before']} before the run (ratios hold best when that is near 0).",
        f"Versions: {versions}.",
        "",
        f"{wanted - len(missed)} of {wanted} goals met" + (f"; missed: {'; '.join(missed)}." if missed else "."),
    ]
    for name, some in results.items():
        title, told = titles[name]
        lines += ["", f"## {title}", "", told, "", *table(some)]
    return "\n".join(lines) + "\n"


def plain(figures: Sequence[Mapping[str, Any]]) -> list[str]:
    """The same for a terminal."""
    lines = []
    for figure in figures:
        unit = figure["unit"]
        peers = ", ".join(f"{name} {_number(value)} {unit}" for name, value in figure["peers"].items())
        ratio = f"   {_number(figure['ratio'])} ×" if figure["ratio"] is not None else ""
        goal = f"   goal {figure['goal']}: {'met' if figure['met'] else 'MISSED'}" if figure["goal"] else ""
        against = f" against {peers}" if peers else ""
        lines.append(f"  {figure['what']}: {_number(figure['ours'])} {unit}{against}{ratio}{goal}")
    return lines


def figures_json(figures: Sequence[Figure]) -> str:
    """What a bench's own process hands to the run."""
    return json.dumps([figure.as_json() for figure in figures], ensure_ascii=False)


def say(text: str) -> None:
    """A line to the terminal, whatever its encoding."""
    sys.stdout.buffer.write((text + "\n").encode("utf-8"))
    sys.stdout.flush()
