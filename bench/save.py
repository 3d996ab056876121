"""A saved edit, acknowledged: one visit's account changed through the store, against a bare commit of SQLCipher.

The bare database has the same pragmas and as many rows, and takes one row of the size of our revision per commit.
"""

from __future__ import annotations

import json
import os
import secrets
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from bench import samples
from bench.measure import Figure, Goal, alternate, compared
from bench.offices import bare_database, new_office
from jiafang_desktop.domain.changes import Edit

TITLE = "Saving"
SIZES = {"visits": 10_000, "edits": 300}
TINY = {"visits": 20, "edits": 3}


def measure(sizes: Mapping[str, int], *, rounds: int, scratch: Path) -> list[Figure]:
    """Milliseconds from the call to the return, when the bytes are on the disk; one of ours, one bare, in turn."""
    store = new_office(scratch / "office")
    ids = samples.fill_store(store, sizes["visits"])
    contents = [content.to_fields() for content in samples.contents(sizes["edits"] + 1, seed=2)]
    bare = bare_database(scratch / "bare.db")
    bare.execute("CREATE TABLE revisions (id BLOB PRIMARY KEY, line BLOB, fields BLOB) WITHOUT ROWID")
    bare.execute("BEGIN")
    bare.executemany("INSERT INTO revisions VALUES (?, ?, ?)", (_row(contents[0]) for _ in range(sizes["visits"])))
    bare.execute("COMMIT")

    def edit(turn: int) -> None:
        fields = {"account": contents[turn]["account"]}
        store.append([Edit("visit", ids[turn % len(ids)], fields)], by=store.operator)

    def keep(turn: int) -> None:
        store.drafts.keep(f"visit:{ids[0]}", {"form": contents[turn], "saved": turn})

    seconds = alternate({"ours": edit, "SQLCipher": _commit(bare, contents), "draft": keep}, rounds=sizes["edits"])
    draft = seconds.pop("draft")
    bare.close()
    store.close()
    return [
        compared(
            f"an edit of one of {sizes['visits']:,} visits saved", seconds, goal=Goal(2.0),
            note="Revision, folded row and search index in one durable transaction; the peer inserts one row.",
        ),
        compared(
            "typing kept as a draft", {"ours": draft, "SQLCipher": seconds["SQLCipher"]},
            note="What the editor does while a clerk types; a whole form in the draft table.",
        ),
    ]  # fmt: skip


def _row(fields: Mapping[str, Any]) -> tuple[bytes, bytes, bytes]:
    """As long as a revision of ours: an id, a line of some 400 bytes, the changed fields."""
    changed = json.dumps({"account": fields["account"]}, ensure_ascii=False).encode("utf-8")
    return secrets.token_bytes(32), os.urandom(200).hex().encode("ascii"), changed


def _commit(bare: Any, contents: list[dict[str, Any]]) -> Callable[[int], None]:
    def work(turn: int) -> None:
        bare.execute("BEGIN IMMEDIATE")
        bare.execute("INSERT INTO revisions VALUES (?, ?, ?)", _row(contents[turn]))
        bare.execute("COMMIT")

    return work
