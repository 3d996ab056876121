"""1,000 record forms as one PDF through the renderer: time a page and the most memory, each in a process of its own.

Peers: a bare QPdfWriter that lets Qt break the same words in the same boxes, and LibreOffice, where it is installed,
converting the Word file of fewer forms (it needs so much longer).
"""

from __future__ import annotations

import shutil
import statistics
import subprocess
import time
from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path

from bench import samples
from bench.measure import Figure, Goal, child, compared

TITLE = "Pages to PDF"
SIZES = {"pages": 1000, "office_pages": 120}
TINY = {"pages": 3, "office_pages": 0}  # too few pages tell nothing of LibreOffice but its start


def measure(sizes: Mapping[str, int], *, rounds: int, scratch: Path) -> list[Figure]:
    """Ours and bare Qt in turn; LibreOffice behind them, its own start taken off."""
    pages = sizes["pages"]
    turns = max(2, rounds // 2)
    found: dict[str, list[dict[str, float]]] = {"ours": [], "qt": []}
    for turn in range(turns):
        for who in ("ours", "qt") if turn % 2 == 0 else ("qt", "ours"):
            found[who].append(child("bench.pdf_child", who, pages, scratch / f"{who}.pdf"))
    seconds = {who: [one["seconds"] for one in ones] for who, ones in found.items()}
    rounds_of = {"ours": seconds["ours"], "bare QPdfWriter": seconds["qt"]}
    wanted = sizes["office_pages"] > 1 and shutil.which("soffice")
    office = _libreoffice(sizes["office_pages"], scratch) if wanted else None
    figure = compared(
        "a record page into a PDF", rounds_of, per=pages, note="Drawing alone: the pages were planned before."
    )
    peaks = {"ours": _peaks(found["ours"]), "bare QPdfWriter": _peaks(found["qt"])}
    before = statistics.median(one["before"] for one in found["ours"])
    note = f"The whole process; {before:.0f} MB of it before the first page."
    memory = compared(f"most memory for {pages:,} pages", peaks, unit="MB", goal=Goal(100, "MB"), note=note)
    if office is None:
        return [figure, memory]
    return [
        replace(one, peers={**one.peers, "LibreOffice": got}) for one, got in zip((figure, memory), office, strict=True)
    ]


def _peaks(ones: Sequence[Mapping[str, float]]) -> list[float]:
    return [one["peak"] for one in ones]


def _libreoffice(pages: int, scratch: Path) -> tuple[float, float]:
    """(milliseconds a page beyond the first, most memory in MB) of LibreOffice over our own Word files."""
    from jiafang_desktop.documents.forms.fields import RecordFields
    from jiafang_desktop.documents.forms.fill import fill_records
    from jiafang_desktop.documents.forms.fit import plan_record

    plans = [
        plan_record(RecordFields(unit=samples.UNIT, number=content.number, account=content.account))
        for content in samples.contents(pages)
    ]
    files = {count: scratch / f"office-{count}.docx" for count in (1, pages)}
    for count, source in files.items():
        source.write_bytes(fill_records(plans[:count]))
    _converted(files[1], scratch)  # makes its profile
    alone, _ = _converted(files[1], scratch)
    all_of_them, peak = _converted(files[pages], scratch)
    return (all_of_them - alone) / (pages - 1) * 1000, peak


def _converted(source: Path, scratch: Path) -> tuple[float, float]:
    import psutil

    profile = (scratch / "profile").resolve().as_uri()
    command = ["soffice", f"-env:UserInstallation={profile}", "--headless", "--convert-to", "pdf"]
    start = time.perf_counter()
    process = subprocess.Popen(
        [*command, "--outdir", str(scratch), str(source)], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    peak = 0
    while process.poll() is None:
        try:
            peak = max([peak, *(one.memory_info().rss for one in psutil.Process(process.pid).children(recursive=True))])
        except psutil.NoSuchProcess:
            continue
        time.sleep(0.02)
    took = time.perf_counter() - start
    if process.returncode or not source.with_suffix(".pdf").exists():
        raise RuntimeError("LibreOffice converted nothing")
    return took, peak / 2**20
