"""The child the kill campaign ends: writes without pause and says on stdout what was acknowledged.

``python -m tests.faults.writer FOLDER PASSWORD SEED create|write``; every line is one JSON array.
"""

from __future__ import annotations

import json
import random
import sys
from pathlib import Path
from typing import Any

from jiafang_desktop.domain.changes import Edit, new_record_id
from jiafang_desktop.domain.units import Installation
from jiafang_desktop.store import Store

HERE = Installation("install-1", "unit", "德政镇", "township", "魏县", "德政镇")


def say(*words: Any) -> None:
    """One acknowledgement; unbuffered, so that it left before the next save begins."""
    sys.stdout.write(json.dumps(words, ensure_ascii=True) + "\n")
    sys.stdout.flush()


def write(store: Store, rng: random.Random) -> None:
    """Saves, changes, drafts and small imports in random order, for ever."""
    recs: list[str] = []
    number = 0
    while True:
        number += 1
        kind = rng.choice(["visit", "visit", "change", "draft", "import"])
        text = f"{number}：" + "母亲住院" * rng.randrange(1, 200)
        if kind == "visit":
            rec, problem = new_record_id(), new_record_id()
            fields = {
                "number": number,
                "date": "2026-11-03",
                "visitee_name": "张三丰",
                "account": text,
                "registered": True,
            }
            about = {"visit": rec, "position": 1, "text": text[:20], "outcome": None, "deleted": False}
            store.append([Edit("visit", rec, fields), Edit("problem", problem, about)], by=store.operator)
            recs.append(rec)
            say("visit", rec, text, problem)
        elif kind == "change" and recs:
            rec = rng.choice(recs)
            store.append([Edit("visit", rec, {"account": text})], by=store.operator)
            say("change", rec, text)
        elif kind == "draft":
            store.drafts.keep("visit:new:1", {"account": text})
            say("draft", "visit:new:1", text)
        elif kind == "import":
            people = [Edit("cadre", new_record_id(), {"name": f"张{at}", "deleted": False}) for at in range(100)]
            store.append(people, by=store.operator)
            say("import", [edit.rec for edit in people])


def main() -> None:
    folder, password, seed, mode = Path(sys.argv[1]), sys.argv[2], int(sys.argv[3]), sys.argv[4]
    say("started")
    if mode == "create":
        store, _ = Store.create(folder, password=password, installation=HERE, operator_name="王小二")
    else:
        store = Store.open(folder, password=password)
    say("ready")
    write(store, random.Random(seed))


if __name__ == "__main__":
    main()
