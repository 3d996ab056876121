"""Writes ``frozen/N`` for the present schema N, once, when it is released: ``python -m tests.store.write_frozen``."""

from __future__ import annotations

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))

import store_samples as samples

from jiafang_desktop.store import Store
from jiafang_desktop.store.locking import LOCK_NAME
from jiafang_desktop.store.migrations import LATEST


def main() -> None:
    folder = Path(__file__).with_name("frozen") / str(LATEST)
    store, _ = Store.create(folder, password=samples.PASSWORD, installation=samples.HERE, operator_name="王小二")
    visit = samples.add_visit(store)
    samples.add_problem(store, visit)
    samples.add_cadre(store, "解珍")
    store.drafts.keep("visit:new:1", {"account": "没写完"})
    store.blobs.put(b"scan")
    store._opened.engine.run("VACUUM")
    store.close()
    for path in (folder / LOCK_NAME, store.database.with_name(store.database.name + "-journal")):
        path.unlink(missing_ok=True)


if __name__ == "__main__":
    main()
