"""``check``: page authentication, revision hashes, and tables equal to the fold of the log. Finds, never mends.

Search and pinyin sort keys are an index of another kind: they carry a version and are left out (STORAGE, Search).
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from jiafang_desktop.common.errors import UserError
from jiafang_desktop.common.progress import LongVerb, Progress
from jiafang_desktop.domain.checks import CheckReport
from jiafang_desktop.store import rows
from jiafang_desktop.store.engine import Engine
from jiafang_desktop.store.fold import Folded, fold
from jiafang_desktop.store.index_writer import conflict_row
from jiafang_desktop.store.log import Log
from jiafang_desktop.store.revisions import SELECT, Revision, from_row, unpack

_STEP = 100  # records between two reports of progress, well under 50 ms
_KINDS = {
    "visit": "家访",
    "problem": "问题",
    "cadre": "干部",
    "concern": "诉求",
    "rules": "办理时限与分工",
    "leaders": "分工表",
    "calendar": "节假日安排",
    "setting": "设置",
    "operator": "经办人",
    "account": "账户",
    "guidance": "组织督导情况",
    "print": "打印记录",
    "summary_report": "季度上报",
}
_SORT_KEYS = {"visit": rows.VISIT_KEYS, "problem": (), "cadre": rows.CADRE_KEYS}
# Rows no record stands behind, and revisions that point nowhere; the loop over records can't meet them.
_STRAY = {
    "visit": "SELECT rec FROM visit WHERE num NOT IN (SELECT num FROM record WHERE kind = 'visit')",
    "problem": "SELECT rec FROM problem WHERE num NOT IN (SELECT num FROM record WHERE kind = 'problem')",
    "cadre": "SELECT rec FROM cadre WHERE num NOT IN (SELECT num FROM record WHERE kind = 'cadre')",
    "conflict": "SELECT hex(id) FROM conflict WHERE record NOT IN (SELECT num FROM record)",
    "revision": "SELECT hex(id) FROM revision WHERE record NOT IN (SELECT num FROM record)",
}


def check(engine: Engine, log: Log) -> LongVerb[CheckReport]:
    """All proofs, a hundred records at a time; the pages in one go (0.5 s per 187 MB)."""
    return (yield from _Check(engine, log).run())


def check_records(engine: Engine, log: Log) -> LongVerb[CheckReport]:
    """The same without the pages: a backup's are counted by itself, since more than pages lies in its file."""
    checking = _Check(engine, log)
    yield from checking.records()
    return checking.report


def altered_pages(engine: Engine) -> list[int]:
    """Numbers of pages whose MAC does not hold (0 where the library names none)."""
    broken = (str(row[0]) for row in engine.all("PRAGMA cipher_integrity_check"))
    return [int("".join(filter(str.isdigit, words)) or "0") for words in broken]


@dataclass(slots=True)
class _Check:
    engine: Engine
    log: Log
    problems: list[Mapping[str, Any]] = field(default_factory=list)
    revisions: int = 0
    rows_compared: int = 0
    pages: int = 0

    def run(self) -> LongVerb[CheckReport]:
        yield Progress("正在核对数据页")
        if self._pages():
            try:
                yield from self.records()
            except UserError as error:
                if error.code != "damaged":
                    raise
                self._found("page", "", "", "数据库文件损坏，读不下去。")
        return self.report

    @property
    def report(self) -> CheckReport:
        """What was found so far."""
        return CheckReport(tuple(self.problems), self.revisions, self.rows_compared, self.pages)

    def _found(self, code: str, kind: str, record: str, message: str) -> None:
        self.problems.append({"code": code, "kind": kind, "record": record, "message": message})

    def _pages(self) -> bool:
        """Authenticate every page; whether reading on makes sense."""
        count = int(self.engine.value("PRAGMA page_count"))
        broken = altered_pages(self.engine)
        for page in broken:
            self._found("page", "", "", f"数据库第{page or '?'}页被改动或损坏；请用最近的备份恢复。")
        self.pages = count - len(broken)
        return not broken

    def records(self) -> LongVerb[None]:
        """Every record with its revisions, a hundred at a time."""
        total = self.engine.value("SELECT count(*) FROM record")
        done, last = 0, 0
        while True:
            sql = "SELECT num, rec, kind, heads, state FROM record WHERE num > ? ORDER BY num LIMIT ?"
            found = self.engine.all(sql, (last, _STEP))
            if not found:
                break
            self._some(found)
            done, last = done + len(found), found[-1][0]
            yield Progress("正在与修改记录核对", done, total)
        for table, sql in _STRAY.items():
            for row in self.engine.all(sql):
                self._found(
                    "stray_row", table, row[0], f"{_KINDS.get(table, table)}中多出一条没有来历的内容（{row[0]}）。"
                )

    def _some(self, records: list[tuple[Any, ...]]) -> None:
        nums = [record[0] for record in records]
        revisions: dict[int, list[Revision]] = {num: [] for num in nums}
        sql = SELECT.replace("SELECT ", "SELECT v.record, ", 1) + "WHERE v.record IN ({}) ORDER BY v.pos"
        for row in self.engine.among(sql, nums):
            revisions[row[0]].append(from_row(row[1:]))
        standing = {table: dict(self._rows(table, nums)) for table in _SORT_KEYS}
        conflicts: dict[int, set[tuple[Any, ...]]] = {}
        for row in self.engine.among("SELECT * FROM conflict WHERE record IN ({})", nums):
            conflicts.setdefault(row[1], set()).add(row)
        facts = self.log.index.problem_facts([record[1] for record in records if record[2] == "visit"])
        for record in records:
            self._one(record, revisions[record[0]], standing, conflicts.get(record[0], set()), facts)

    def _rows(self, table: str, nums: list[int]) -> Iterator[tuple[int, tuple[Any, ...]]]:
        for row in self.engine.among(f"SELECT * FROM {table} WHERE num IN ({{}})", nums):
            yield row[0], row

    def _one(
        self, record: tuple[Any, ...], revisions: list[Revision], standing: Mapping[str, Mapping[int, tuple[Any, ...]]],
        conflicts: set[tuple[Any, ...]], facts: Mapping[str, rows.ProblemFacts],
    ) -> None:  # fmt: skip
        num, rec, kind, heads, state = record
        if not revisions:
            self._found("no_revision", kind, rec, f"{_named(kind, _loaded(state))}没有任何修改记录，来历不明。")
            return
        for revision in revisions:
            self.revisions += 1
            for fault in revision.faults():
                what = "修改记录的内容被改动" if fault == "content" else "修改记录被改动"
                self._found("revision_changed", kind, rec, f"{_named(kind, revision.fields or {})}的{what}。")
        folded = fold(revisions, side_of=self.log.side_of)
        name = _named(folded.kind, folded.state)
        self.rows_compared += 1
        if (kind, unpack(heads), _loaded(state)) != (folded.kind, folded.heads, dict(folded.state)):
            changed = _differing(folded.state, _loaded(state))
            self._found("row_changed", kind, rec, f"{name}的内容与修改记录不一致，可能被绕过程序改动{changed}。")
        self._compare_rows(num, folded, name, standing, facts.get(rec, rows.ProblemFacts()))
        if conflicts != {conflict_row(conflict, num) for conflict in folded.conflicts}:
            self._found("conflict_changed", kind, rec, f"{name}的“两处填写不一致”与修改记录不符。")
        self.rows_compared += len(conflicts)

    def _compare_rows(
        self, num: int, folded: Folded, name: str, standing: Mapping[str, Mapping[int, tuple[Any, ...]]],
        facts: rows.ProblemFacts,
    ) -> None:  # fmt: skip
        kind, state = folded.kind, folded.state
        if kind not in _SORT_KEYS:
            return
        if kind == "visit":
            wanted = rows.visit_row(num, folded.rec, state, own_unit=self.log.index.own_unit, problems=facts)
        elif kind == "problem":
            wanted = rows.problem_row(num, folded.rec, state)
        else:
            wanted = rows.cadre_row(num, folded.rec, state)
        row = standing[kind].get(num)
        self.rows_compared += row is not None
        if row is None:
            self._found("row_missing", kind, folded.rec, f"{name}在列表中不见了。")
        elif _without(row, _SORT_KEYS[kind]) != _without(wanted, _SORT_KEYS[kind]):
            self._found("row_changed", kind, folded.rec, f"{name}在列表中的内容与修改记录不一致，可能被绕过程序改动。")


def _without(row: tuple[Any, ...], left_out: tuple[int, ...]) -> tuple[Any, ...]:
    return tuple(value for at, value in enumerate(row) if at not in left_out)


def _loaded(state: str) -> dict[str, Any]:
    """A state as stored; one that is no JSON any more equals nothing."""
    try:
        found = json.loads(state)
    except ValueError:
        return {"?": state}
    return found if isinstance(found, dict) else {"?": state}


def _differing(state: Mapping[str, Any], stored: Mapping[str, Any]) -> str:
    names = sorted(name for name in state.keys() | stored.keys() if state.get(name) != stored.get(name))
    return f"（{'、'.join(names[:5])}）" if names else ""


def _named(kind: str, state: Mapping[str, Any]) -> str:
    """A record as a person knows it: 第12号家访（张三，2026-11-03）."""
    word = _KINDS.get(kind, "记录")
    if kind == "visit":
        number = f"第{state['number']}号" if state.get("number") else "未编号的"
        about = [state.get("visitee_name"), state.get("date")]
    else:
        number, about = "", [state.get("name") or str(state.get("text") or "")[:12], state.get("unit")]
    words = "，".join(str(item) for item in about if item)
    return f"{number}{word}" + (f"（{words}）" if words else "")
