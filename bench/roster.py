"""A roster of 50,000 people: our preview and its import against calamine merely reading the same file's cells.

The preview reads the file in a child process, finds header and columns, cleans every name and date and compares with
the stored people; calamine runs in this process, imported before, and only makes Python lists.
"""

from __future__ import annotations

import shutil
from collections.abc import Mapping
from pathlib import Path

from python_calamine import CalamineWorkbook

from bench import samples
from bench.measure import Figure, Goal, alternate, compared
from bench.offices import new_office
from jiafang_desktop.common.progress import run_to_end
from jiafang_desktop.services import rosters

TITLE = "Rosters"
SIZES = {"rows": 50_000}
TINY = {"rows": 60}


def measure(sizes: Mapping[str, int], *, rounds: int, scratch: Path) -> list[Figure]:
    """Seconds; every import goes into an office of its own, made outside the timing."""
    rows = sizes["rows"]
    file = samples.roster_file(scratch / "名册.xlsx", rows)
    store = new_office(scratch / "office")
    seen = rosters.preview(store, file)
    if len(seen.people) != rows or seen.open_questions:
        raise AssertionError(f"{len(seen.people)} of {rows} people were read")
    imports = max(2, min(rounds, 5))
    offices = [new_office(scratch / f"office-{turn}") for turn in range(imports)]

    def apply(turn: int) -> None:
        run_to_end(rosters.apply(offices[turn], seen, by=offices[turn].operator))

    previews = alternate(
        {"ours": lambda _: rosters.preview(store, file), "calamine": lambda _: _calamine(file)}, rounds=rounds
    )
    applied = alternate({"ours": apply, "calamine": lambda _: _calamine(file)}, rounds=imports, warm_up=False)
    for turn, office in enumerate(offices):
        if office.counts()["cadres"] != rows:
            raise AssertionError(f"{office.counts()['cadres']} of {rows} people were stored")
        office.close()
        shutil.rmtree(scratch / f"office-{turn}")
    store.close()
    return [
        compared(
            f"preview of {rows:,} rows", previews, unit="s", goal=Goal(2.0),
            note="Child process, header, columns, cleaned names and dates, comparison with the stored people included.",
        ),
        compared(
            f"importing the {rows:,} people", applied, unit="s", goal=Goal(15.0),
            note="One durable transaction: a revision, a row, pinyin and search entries for each person.",
        ),
    ]  # fmt: skip


def _calamine(file: Path) -> list[list[object]]:
    with file.open("rb") as stream:
        cells: list[list[object]] = CalamineWorkbook.from_filelike(stream).get_sheet_by_index(0).to_python()
    return cells
