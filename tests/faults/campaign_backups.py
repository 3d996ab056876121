"""Kills a process that backs up and restores at random moments, and flips bits over backup files.

``python -m tests.faults.campaign_backups [KILLS] [FLIPS] [--seed S]``: exit status 1 when a save or an acknowledged
backup was lost, a torn file was taken for a backup, half a folder for data, a folder could not be restored to again, or
a flipped bit was restored without a word.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import shutil
import subprocess
import sys
import tempfile
import threading
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from jiafang_desktop.common.errors import UserError
from jiafang_desktop.common.progress import run_to_end
from jiafang_desktop.services import backup_restore, backups
from jiafang_desktop.store import Store, backup
from tests.faults.campaign_flips import filled
from tests.faults.campaign_kills import PASSWORD, ROOT
from tests.faults.writer import HERE


@dataclass
class Tally:
    """What the campaign found; everything but the counts has to stay empty."""

    kills: int = 0
    backups: int = 0
    restored: int = 0
    flips: int = 0
    refused: int = 0
    lost: list[str] = field(default_factory=list)
    torn: list[str] = field(default_factory=list)
    silent: list[str] = field(default_factory=list)

    @property
    def clean(self) -> bool:
        return not (self.lost or self.torn or self.silent)

    def words(self) -> str:
        return (
            f"kills {self.kills}  backups acknowledged {self.backups}  folders restored {self.restored}  "
            f"lost {len(self.lost)}  torn {len(self.torn)}  flips {self.flips}  refused {self.refused}  "
            f"restored without a word {len(self.silent)}"
        )


def killed(folder: Path, place: Path, restored: Path, rng: random.Random) -> list[list[Any]]:
    """Start a writer, kill it while it saves, backs up or restores, and give what it had acknowledged."""
    command = [sys.executable, "-m", "tests.faults.backup_writer", str(folder), PASSWORD, str(place), str(restored)]
    child = subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True, encoding="ascii")
    assert child.stdout is not None
    said: list[list[Any]] = []
    begun = rng.choice(["ready", "saved", "backed up", "backed up"])
    for line in child.stdout:
        said.append(json.loads(line))
        if said[-1][0] == begun:
            break
    timer = threading.Timer(rng.uniform(0.0, 1.5), child.kill)
    timer.start()
    said.extend(json.loads(line) for line in child.stdout if line.endswith("\n"))
    child.wait()
    timer.join()
    child.stdout.close()
    return said


def examine(folder: Path, place: Path, said: list[list[Any]], tally: Tally) -> None:
    """Saves and acknowledged backups are there, what is called a backup is one, half folders are no data."""
    store = Store.open(folder, password=PASSWORD)
    try:
        saved = {words[1] for words in said if words[0] == "saved"}
        tally.lost.extend(saved - {cadre.id for cadre in store.cadres.many(sorted(saved))})
        for name in (words[1] for words in said if words[0] == "backed up"):
            tally.backups += 1
            if not run_to_end(backup_restore.verify(place / name, password=PASSWORD)).holds:
                tally.lost.append(name)
        readable = {facts.path.name for facts in backup.listing(place)}
        tally.torn.extend({path.name for path in place.glob("*.jfbak")} - readable)
        if not run_to_end(backups.now(store, to=place)).holds:
            tally.torn.append("no backup could be made afterwards")
        tally.torn.extend(path.name for path in place.rglob("*.writing"))
    finally:
        store.close()
    done = {words[1] for words in said if words[0] == "restored"}
    newest = backup.listing(place)[0].path
    for into in folder.parent.glob("restored-*"):
        whole = Store.exists(into)
        if into.name in done and not whole:
            tally.lost.append(into.name)
        try:
            if not whole:
                run_to_end(backup_restore.restore(newest, into, password=PASSWORD))
            Store.open(into, password=PASSWORD).close()
            tally.restored += 1
        except UserError as error:
            tally.torn.append(f"{into.name}: {error.code}")
        shutil.rmtree(into)


def flips(count: int, folder: Path, rng: random.Random, tally: Tally) -> None:
    """One flip at a time over a backup with its scan, restored every time."""
    filled(folder / "flipped data")
    store = Store.open(folder / "flipped data", password=PASSWORD)
    store.blobs.put(os.urandom(30_000))
    path = run_to_end(backups.now(store, to=folder / "flips")).written.facts.path
    store.close()
    (scan,) = (folder / "flips" / "blobs").glob("??/*")
    for number in range(count):
        victim = scan if number % 10 == 9 else path
        sound = victim.read_bytes()
        content = bytearray(sound)
        content[rng.randrange(len(sound))] ^= 1 << rng.randrange(8)
        victim.write_bytes(content)
        tally.flips += 1
        try:
            into = folder / "from a flipped one"
            again = run_to_end(backup_restore.restore(path, into, password=PASSWORD))
            if victim is scan and again.missing_scans == (scan.name,):
                tally.refused += 1
            else:
                tally.silent.append(f"flip {number} of {victim.name}")
            shutil.rmtree(into)
        except UserError as error:
            assert error.code == "damaged", error.code
            tally.refused += 1
        victim.write_bytes(sound)


def campaign(kills: int, flipped: int, *, seed: int, folder: Path) -> Tally:
    """``kills`` kills over one folder, then ``flipped`` flips."""
    tally, rng = Tally(), random.Random(seed)
    data, place = folder / "data", folder / "backups"
    Store.create(data, password=PASSWORD, installation=HERE, operator_name="王小二")[0].close()
    for _ in range(kills):
        tally.kills += 1
        said = killed(data, place, folder / "restored", rng)
        examine(data, place, said, tally)
    flips(flipped, folder, rng, tally)
    return tally


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("kills", nargs="?", type=int, default=50)
    parser.add_argument("flips", nargs="?", type=int, default=1000)
    parser.add_argument("--seed", type=int, default=1)
    args = parser.parse_args()
    with tempfile.TemporaryDirectory() as scratch:
        os.environ["JIAFANG_STATE"] = str(Path(scratch) / "state")
        tally = campaign(args.kills, args.flips, seed=args.seed, folder=Path(scratch))
    sys.stdout.write("\n".join([tally.words(), *tally.lost[:20], *tally.torn[:20], *tally.silent[:20]]) + "\n")
    return 0 if tally.clean else 1


if __name__ == "__main__":
    sys.exit(main())
