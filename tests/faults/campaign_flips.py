"""Flips single bits of the database file and reads everything: refused or right, never silently wrong.

``python -m tests.faults.campaign_flips [N] [--seed S]``: N flips; exit status 1 when a read gave something else without
a refusal, or ``check`` called a flipped file whole.
"""

from __future__ import annotations

import argparse
import os
import random
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from jiafang_desktop.common.errors import UserError
from jiafang_desktop.common.progress import run_to_end
from jiafang_desktop.domain.cadres import CadreContent, CadreQuery
from jiafang_desktop.domain.changes import Edit, new_record_id
from jiafang_desktop.domain.visits import VisitQuery
from jiafang_desktop.store import Store
from jiafang_desktop.store.check import check
from jiafang_desktop.store.engine import Engine
from jiafang_desktop.store.log import Log
from tests.faults.writer import HERE

PASSWORD = "德政镇的密码很长"


@dataclass
class Tally:
    """``harmless`` flips lay in pages nothing was read from, or read right all the same."""

    flips: int = 0
    refused: int = 0
    harmless: int = 0
    wrong: list[str] = field(default_factory=list)
    unnoticed: list[str] = field(default_factory=list)

    @property
    def clean(self) -> bool:
        return not (self.wrong or self.unnoticed)

    def words(self) -> str:
        return (
            f"flips {self.flips}  refused {self.refused}  read right {self.harmless}  "
            f"silently wrong {len(self.wrong)}  called whole by check {len(self.unnoticed)}"
        )


def filled(folder: Path) -> tuple[Path, bytes]:
    """A closed database with visits, people and a draft, and its key (so that each flip costs no Argon2)."""
    store, _ = Store.create(folder, password=PASSWORD, installation=HERE, operator_name="王小二")
    rng = random.Random(7)
    text = "家访时了解到其母亲长期患病，妻子在县城打工，孩子上学需要照顾。"
    for number in range(1, 40):
        fields = {
            "number": number, "date": f"2026-{number % 12 + 1:02d}-03", "visitee_name": "张三丰", "matter": "母亲住院",
            "account": "".join(rng.sample(text, len(text))) * 3, "registered": True,
        }  # fmt: skip
        store.append([Edit("visit", new_record_id(), fields)], by=store.operator)
    people = [
        Edit("cadre", new_record_id(), CadreContent(name=f"李{chr(0x4E00 + 97 * at)}", unit="德政镇").to_fields())
        for at in range(200)
    ]
    store.append(people, by=store.operator)
    store.drafts.keep("visit:new:1", {"account": text * 20})
    key = store._opened.data_key
    store.close()
    return store.database, key


def everything(path: Path, key: bytes) -> list[object]:
    """All that the program reads of a file, by the same ways."""
    from jiafang_desktop.store.cadres import CadreReader
    from jiafang_desktop.store.drafts import DraftKeeper
    from jiafang_desktop.store.problems import ProblemReader
    from jiafang_desktop.store.restricted import Veil
    from jiafang_desktop.store.visits import VisitReader

    engine = Engine(path, key, read_only=True)
    try:
        veil = Veil(engine, "", sees_all=lambda: True)
        visits, cadres = VisitReader(engine, HERE, ProblemReader(engine), veil=veil), CadreReader(engine)
        ids = visits.ids(VisitQuery())
        log = Log(engine, install=HERE.install_id, own_unit=HERE.unit)
        return [
            ids, visits.many(ids), visits.facets(VisitQuery()), visits.ids(VisitQuery(year=2026, order="visitee")),
            visits.ids(VisitQuery(text="患病")), cadres.many(cadres.ids(CadreQuery())), cadres.complete("l"),
            DraftKeeper(engine, lambda: None).get("visit:new:1"), log.history(ids[0], name_of=str), log.seq,
        ]  # fmt: skip
    finally:
        engine.close()


def whole(path: Path, key: bytes) -> bool:
    """What ``check`` says."""
    try:
        engine = Engine(path, key, read_only=True)
    except UserError:
        return False
    try:
        log = Log(engine, install=HERE.install_id, own_unit=HERE.unit)
        return run_to_end(check(engine, log)).ok
    except UserError:
        return False
    finally:
        engine.close()


def places(size: int, flips: int, rng: random.Random) -> Iterator[tuple[int, int]]:
    """Random bits, every tenth in the first page, where the file says what it is."""
    for number in range(flips):
        yield rng.randrange(4096 if number % 10 == 0 else size), rng.randrange(8)


def campaign(flips: int, *, seed: int, folder: Path) -> Tally:
    """``flips`` flips, one at a time, each on the sound file."""
    path, key = filled(folder / "data")
    sound = path.read_bytes()
    expected = everything(path, key)
    assert whole(path, key)
    tally = Tally()
    flipped = folder / "flipped.db"
    for at, bit in places(len(sound), flips, random.Random(seed)):
        tally.flips += 1
        content = bytearray(sound)
        content[at] ^= 1 << bit
        flipped.write_bytes(content)
        try:
            if everything(flipped, key) == expected:
                tally.harmless += 1
            else:
                tally.wrong.append(f"byte {at} bit {bit}")
        except UserError as error:
            assert error.code == "damaged", error.code
            tally.refused += 1
        if whole(flipped, key):
            tally.unnoticed.append(f"byte {at} bit {bit}")
    return tally


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("flips", nargs="?", type=int, default=2000)
    parser.add_argument("--seed", type=int, default=1)
    args = parser.parse_args()
    with tempfile.TemporaryDirectory() as scratch:
        os.environ["JIAFANG_STATE"] = str(Path(scratch) / "state")
        tally = campaign(args.flips, seed=args.seed, folder=Path(scratch))
    sys.stdout.write("\n".join([tally.words(), *tally.wrong[:20], *tally.unnoticed[:20]]) + "\n")
    return 0 if tally.clean else 1


if __name__ == "__main__":
    sys.exit(main())
