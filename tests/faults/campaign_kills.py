"""Kills a writing process at random moments and looks whether anything acknowledged is gone.

``python -m tests.faults.campaign_kills [N] [--seed S]``: N kills; exit status 1 when a save was lost, half a
transaction was kept, a folder could not be opened again, or ``check`` found something.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import subprocess
import sys
import tempfile
import threading
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from jiafang_desktop.common.errors import UserError
from jiafang_desktop.common.progress import run_to_end
from jiafang_desktop.domain.visits import VisitQuery
from jiafang_desktop.store import Store

ROOT = Path(__file__).resolve().parents[2]
PASSWORD = "德政镇的密码很长"


@dataclass
class Tally:
    """What the campaign found; everything but the first two has to stay empty."""

    kills: int = 0
    acknowledged: int = 0
    lost: list[str] = field(default_factory=list)
    unopenable: list[str] = field(default_factory=list)
    unsound: list[str] = field(default_factory=list)

    @property
    def clean(self) -> bool:
        return not (self.lost or self.unopenable or self.unsound)

    def words(self) -> str:
        return (
            f"kills {self.kills}  acknowledged saves {self.acknowledged}  lost {len(self.lost)}  "
            f"folders not opened {len(self.unopenable)}  unsound {len(self.unsound)}"
        )


def killed(folder: Path, *, seed: int, mode: str, rng: random.Random) -> list[list[Any]]:
    """Start a writer, kill it at a random moment, and give what it had acknowledged."""
    command = [sys.executable, "-m", "tests.faults.writer", str(folder), PASSWORD, str(seed), mode]
    child = subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True, encoding="ascii")
    assert child.stdout is not None
    said: list[list[Any]] = []
    awaited = "started" if mode == "create" else "ready"
    for line in child.stdout:
        said.append(json.loads(line))
        if said[-1][0] == awaited:
            break
    timer = threading.Timer(rng.uniform(0.0, 0.7), child.kill)
    timer.start()
    for line in child.stdout:
        if line.endswith("\n"):
            said.append(json.loads(line))
    child.wait()
    timer.join()
    child.stdout.close()
    return [words for words in said if words[0] != "started"]


def examine(store: Store, expected: dict[str, str], drafts: dict[str, str], people: set[str], tally: Tally) -> None:
    """Everything acknowledged is there, pairs written together are together, and ``check`` agrees."""
    for visit in store.visits.many(list(expected)):
        if len(visit.problems) != 1:
            tally.unsound.append(f"{visit.id} has {len(visit.problems)} problems")
    have = {visit.id: visit.content.account for visit in store.visits.many(list(expected))}
    tally.lost.extend(rec for rec, text in expected.items() if number(have.get(rec)) < number(text))
    for key, text in drafts.items():
        draft = store.drafts.get(key)
        if number(draft["account"] if draft else None) < number(text):
            tally.lost.append(key)
    tally.lost.extend(people - {cadre.id for cadre in store.cadres.many(sorted(people))})
    if store.counts()["cadres"] % 100:
        tally.unsound.append("half an import")
    if len({store.counts()["visits"], store.counts()["problems"], len(store.visits.ids(VisitQuery()))}) > 1:
        tally.unsound.append("half a visit")
    report = run_to_end(store.check())
    tally.unsound.extend(str(problem["message"]) for problem in report.problems)
    tally.unsound.extend(store.warnings)


def number(text: str | None) -> int:
    """Texts begin with the number of their save within a run; a later save may have come before the kill."""
    return int(text.partition("：")[0]) if text else -1


def campaign(kills: int, *, seed: int, folder: Path) -> Tally:
    """``kills`` kills over one folder, every fifth of them while a new folder is being made."""
    tally, rng = Tally(), random.Random(seed)
    data = folder / "data"
    expected: dict[str, str] = {}
    people: set[str] = set()
    Store.create(data, password=PASSWORD, installation=_here(), operator_name="王小二")[0].close()
    for run in range(kills):
        tally.kills += 1
        fresh = run % 5 == 4
        place = folder / f"new-{run}" if fresh else data
        said = killed(place, seed=rng.randrange(2**31), mode="create" if fresh else "write", rng=rng)
        tally.acknowledged += sum(words[0] != "ready" for words in said)
        drafts: dict[str, str] = {}
        now: dict[str, str] = {}
        imported: set[str] = set()
        for words in said:
            if words[0] in ("visit", "change"):
                now[words[1]] = words[2]
            elif words[0] == "draft":
                drafts[words[1]] = words[2]
            elif words[0] == "import":
                imported.update(words[1])
        try:
            store = _opened(place, made=any(words[0] == "ready" for words in said))
        except UserError as error:
            tally.unopenable.append(f"{place.name}: {error.code} {error.message}")
            continue
        if fresh:
            examine(store, now, drafts, imported, tally)
        else:
            expected.update(now)
            people |= imported
            examine(store, expected, drafts, people, tally)
        store.close()
    return tally


def _opened(place: Path, *, made: bool) -> Store:
    """The folder again; one whose making was cut short can be made anew."""
    if not made and not Store.exists(place):
        return Store.create(place, password=PASSWORD, installation=_here(), operator_name="王小二")[0]
    return Store.open(place, password=PASSWORD)


def _here() -> Any:
    from tests.faults.writer import HERE

    return HERE


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("kills", nargs="?", type=int, default=100)
    parser.add_argument("--seed", type=int, default=1)
    args = parser.parse_args()
    with tempfile.TemporaryDirectory() as scratch:
        os.environ["JIAFANG_STATE"] = str(Path(scratch) / "state")
        tally = campaign(args.kills, seed=args.seed, folder=Path(scratch))
    lines = [tally.words(), *tally.lost[:20], *tally.unopenable[:20], *tally.unsound[:20]]
    sys.stdout.buffer.write(("\n".join(lines) + "\n").encode("utf-8"))
    return 0 if tally.clean else 1


if __name__ == "__main__":
    sys.exit(main())
