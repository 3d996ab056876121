"""The process that proves a backup: opens the file as it lies on the disk and reads all of it, knowing only its key.

Asked by one JSON line on stdin (the key never stands among the arguments), answers by JSON lines on stdout: steps, and
at the end what was found. Starting it is backup_proof's.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from jiafang_desktop.common.errors import UserError
from jiafang_desktop.common.progress import Progress, run_to_end
from jiafang_desktop.domain.units import Installation
from jiafang_desktop.store import migrations
from jiafang_desktop.store.backup_file import Trailer, read_trailer, require_database_whole
from jiafang_desktop.store.blobs import BlobKeeper
from jiafang_desktop.store.check import altered_pages, check_records
from jiafang_desktop.store.engine import Engine
from jiafang_desktop.store.revisions import SELECT, from_row

_STEP = 500
_MOST_PROBLEMS = 20


def main() -> int:
    """Answer one request. 0 whatever was found."""
    request = json.loads(sys.stdin.buffer.readline())
    path, key = Path(request["file"]), bytes.fromhex(request["key"])
    try:
        found = _Proof(path, key, full=request["full"], scans=request["scans"]).run()
    except UserError as error:
        _tell("refused", error.as_json())
        return 0
    _tell("found", found)
    return 0


def _tell(kind: str, content: Any) -> None:
    sys.stdout.buffer.write(json.dumps([kind, content], ensure_ascii=True).encode("ascii") + b"\n")
    sys.stdout.buffer.flush()


def _step(stage: str, done: int, total: int) -> None:
    _tell("step", [stage, done, total])


class _Proof:
    """``full`` folds the whole log again; ``scans`` names those to decrypt, all where it is None."""

    def __init__(self, path: Path, key: bytes, *, full: bool, scans: list[str] | None) -> None:
        self._path, self._key, self._full = path, key, full
        self._trailer: Trailer = read_trailer(path)
        self._scans = self._trailer.body["blobs"] if scans is None else scans
        self._problems: list[str] = []
        self._missing: list[str] = []

    def run(self) -> dict[str, Any]:
        for done in require_database_whole(self._path, self._trailer):
            _step("正在读回备份", done, self._trailer.database_bytes)
        pages, revisions, records = self._database()
        self._prove_scans()
        return {
            "problems": self._problems[:_MOST_PROBLEMS], "pages": pages, "revisions": revisions, "records": records,
            "scans": len(self._scans), "missing_scans": self._missing,
        }  # fmt: skip

    def _database(self) -> tuple[int, int, int]:
        engine = Engine(self._path, self._key, read_only=True)
        try:
            pages = int(engine.value("PRAGMA page_count"))
            _step("正在核对数据页", 0, pages)
            # The pages behind the database are the trailer's, which has a digest of its own.
            for page in altered_pages(engine):
                if page <= pages:
                    self._problems.append(f"数据库第{page or '?'}页被改动或损坏。")
            records = int(engine.value("SELECT count(*) FROM record"))
            revisions = self._revisions(engine) if not self._problems else 0
            self._same_as_told(engine, records=records, revisions=revisions)
            if self._full and not self._problems and engine.schema == migrations.LATEST:
                self._fold(engine)
            return pages, revisions, records
        finally:
            engine.close()

    def _revisions(self, engine: Engine) -> int:
        total, done, last = int(engine.value("SELECT count(*) FROM revision")), 0, 0
        sql = SELECT.replace("SELECT ", "SELECT v.pos, ", 1) + "WHERE v.pos > ? ORDER BY v.pos LIMIT ?"
        while rows := engine.all(sql, (last, _STEP)):
            last, done = rows[-1][0], done + len(rows)
            for row in rows:
                if from_row(row[1:]).faults():
                    self._problems.append(f"第{row[0]}条改动记录被改动过。")
            _step("正在核对改动记录", done, total)
        return done

    def _same_as_told(self, engine: Engine, *, records: int, revisions: int) -> None:
        body = self._trailer.body
        head = engine.one("SELECT id FROM revision WHERE install = ? ORDER BY pos DESC LIMIT 1", (body["install"],))
        here = (records, revisions, head[0].hex() if head else "", engine.schema)
        if not self._problems and here != (body["records"], body["revisions"], body["head"], body["schema"]):
            self._problems.append("备份中的条数与做备份时记下的不一致。")

    def _fold(self, engine: Engine) -> None:
        from jiafang_desktop.store.log import Log

        if engine.value("PRAGMA integrity_check") != "ok":
            self._problems.append("数据库的结构有损坏。")
        here = Installation(**json.loads(engine.value("SELECT value FROM meta WHERE name = 'installation'")))
        log = Log(engine, install=here.install_id, own_unit=here.own_ledger)

        def show(step: Progress) -> None:
            _step(step.stage, step.done, step.total)

        report = run_to_end(check_records(engine, log), show=show)
        self._problems.extend(str(problem["message"]) for problem in report.problems)

    def _prove_scans(self) -> None:
        keeper = BlobKeeper(self._path.parent / "blobs", self._key, lambda: None)
        for done, name in enumerate(self._scans, start=1):
            for sentence in _scan_fault(keeper, name):
                self._missing.append(name)
                self._problems.append(sentence)
            _step("正在核对扫描件", done, len(self._scans))


def _scan_fault(keeper: BlobKeeper, name: str) -> Iterator[str]:
    try:
        keeper.get(name)
    except UserError as error:
        yield f"扫描件{name[:12]}{'已损坏' if error.code == 'damaged' else '不在备份旁边'}。"


if __name__ == "__main__":
    sys.exit(main())
