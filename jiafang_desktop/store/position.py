"""How far this install's log got: the counters a log goes on from, read without loading what a log is written with."""

from __future__ import annotations

from dataclasses import dataclass

from jiafang_desktop.store.engine import Engine


@dataclass(frozen=True, slots=True)
class Position:
    """``seq`` and ``head`` (an id) are of the install's last revision, ``lamport`` the highest of all."""

    seq: int
    head: str
    lamport: int
    next_num: int

    @staticmethod
    def read(engine: Engine, install: str) -> Position:
        """As the tables say."""
        last = engine.one("SELECT seq, id FROM revision WHERE install = ? ORDER BY pos DESC LIMIT 1", (install,))
        seq, head = (last[0], last[1].hex()) if last else (0, "")
        merged = int(engine.value("SELECT value FROM meta WHERE name = 'lamport'") or 0)
        lamport = max(merged, engine.value("SELECT lamport FROM revision ORDER BY pos DESC LIMIT 1") or 0)
        return Position(seq, head, lamport, (engine.value("SELECT max(num) FROM record") or 0) + 1)


def wrote(engine: Engine, install: str, seq: int, revision: str) -> bool:
    """Whether the install's revision number ``seq`` is the one named."""
    try:
        key = bytes.fromhex(revision)
    except ValueError:
        return False
    sql = "SELECT 1 FROM revision WHERE id = ? AND install = ? AND seq = ?"
    return engine.one(sql, (key, install, seq)) is not None
