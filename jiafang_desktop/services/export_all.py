"""``export --all``: everything this data folder holds, a workbook for people and JSON for programs: the way out.

Restricted fields come as this account sees them: the store's veil lies over every reader used here, and what it hides
is named in ``hidden``. Scans come as the files they were. Plain files: whoever exports answers for where they lie.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from jiafang_desktop.common import clock
from jiafang_desktop.common.progress import LongVerb, Progress
from jiafang_desktop.documents.reports.workbook import tables_xlsx
from jiafang_desktop.domain.cadres import CadreQuery
from jiafang_desktop.domain.problems import Problem
from jiafang_desktop.domain.restricted import RESTRICTED
from jiafang_desktop.domain.visits import Visit, VisitQuery
from jiafang_desktop.services import (
    concern_json,
    drafts,
    export_tables,
    files,
    filing,
    leaders,
    meetings,
    plans,
    rules,
    session,
    settings,
    visit_json,
)
from jiafang_desktop.services.concern_office import ConcernOffice

if TYPE_CHECKING:
    from jiafang_desktop.store import Store

WORKBOOK = "全部资料.xlsx"
# File → its one key besides ``exported_at``.
JSON_FILES = {
    "visits": "家访.json", "problems": "问题.json", "cadres": "干部.json", "concerns": "诉求.json",
    "meetings": "会议.json", "plans": "计划家访.json",
    "history": "修改记录.json", "office": "单位和规则.json", "drafts": "未登记草稿.json",
}  # fmt: skip
SCANS = "扫描件"
_BLOCK = 200
_EVERY = VisitQuery(include_drafts=True, include_deleted=True)
# Kinds kept as one value under a name, exported with their history. Prints carry keys and no words.
_SHOWN_VALUES = ("setting", "calendar", "summary", "summary_report", "column_map")
_VALUE_KINDS = ("setting", "rules", "leaders", "meeting", "plan", "calendar", "summary", "summary_report", "column_map")


def write(store: Store, folder: Path, *, replace: bool = False) -> LongVerb[list[Path]]:
    """Write everything into ``folder``, which is made; files of other names in it are left.

    Raises:
        UserError: ``file_exists`` for each file that is there already without ``replace``, ``file_busy disk_full
            not_writable``.
    """
    targets = [folder / name for name in (WORKBOOK, *JSON_FILES.values())]
    for target in targets:
        files.check_target(target, replace=replace)
    gathered: dict[str, list[dict[str, Any]]] = {}
    for kind, reader in (
        ("visits", _visits), ("problems", _problems), ("cadres", _cadres), ("concerns", _concerns),
    ):  # fmt: skip
        rows: list[dict[str, Any]] = []
        for row in reader(store):
            rows.append(row)
            if len(rows) % _BLOCK == 0:
                yield Progress("正在读取", len(rows))
        gathered[kind] = rows
    gathered["meetings"] = [meetings.meeting_json(one) for one in meetings.listing(store)]
    gathered["plans"] = plans.plans_json(plans.listing(store))["plans"]
    gathered["history"] = yield from _history(store, gathered)
    gathered["office"] = [_office(store)]
    gathered["drafts"] = list(_drafts(store))
    made: list[Path] = []
    for kind, name in JSON_FILES.items():
        yield Progress("正在写文件", len(made), len(JSON_FILES) + 1)
        made.append(_json_file(folder / name, kind, gathered[kind], replace=replace))
    book = tables_xlsx(export_tables.tables(gathered), title="家访台账全部资料")
    made.insert(0, files.write_bytes(folder / WORKBOOK, book, replace=replace))
    made += yield from _scans(store, folder / SCANS, gathered["visits"], replace=replace)
    return made


def _json_file(target: Path, kind: str, rows: list[dict[str, Any]], *, replace: bool) -> Path:
    value: Any = rows[0] if kind == "office" else rows
    content = {"exported_at": clock.stamp(), "total": len(rows), kind: value}
    return files.write_bytes(target, json.dumps(content, ensure_ascii=False, indent=1).encode("utf-8"), replace=replace)


# ------------------------------------------------------------------------------------------- records


def _visits(store: Store) -> Iterator[dict[str, Any]]:
    here = store.installation
    days = settings.read(store).report_days
    for visit in _every_visit(store):
        made = visit_json.visit_json(visit, unit=here.ledger_unit, seal=here.unit, report_days=days)
        made.pop("transfer", None)
        made["scans"] = filing.scans(store, visit.id)
        made["hidden"] = [RESTRICTED["visit"][name][0] for name in sorted(visit.hidden)]
        made["guidance"] = _guidance(store, visit)
        yield made


def _guidance(store: Store, visit: Visit) -> dict[str, Any] | None:
    """组织督导情况 as far as this account sees it; None where there is none."""
    sheet = store.guidance.get(visit.id)
    if sheet.is_empty:
        return None
    return {**sheet.texts(), "hidden": sorted(sheet.hidden)}


def _every_visit(store: Store) -> Iterator[Visit]:
    ids = store.visits.ids(_EVERY)
    for start in range(0, len(ids), _BLOCK):
        yield from store.visits.many(ids[start : start + _BLOCK])


def _problems(store: Store) -> Iterator[dict[str, Any]]:
    for visit in _every_visit(store):
        kept = {problem.id: problem for problem in visit.problems}
        ever = [kept.get(rec) or store.problems.get(rec) for rec in store.problems.ever_of(visit.id)]
        for problem in sorted(ever, key=lambda one: (one.position, one.id)):
            yield _problem(problem, visit)


def _problem(problem: Problem, visit: Visit) -> dict[str, Any]:
    return {
        "id": problem.id, "visit": visit.id, "visit_number": visit.number,
        "visitee": visit.content.visitee.name or None, **visit_json.problem_json(problem), "deleted": problem.deleted,
    }  # fmt: skip


def _cadres(store: Store) -> Iterator[dict[str, Any]]:
    ids = store.cadres.ids(CadreQuery(include_deleted=True))
    for start in range(0, len(ids), _BLOCK):
        for cadre in store.cadres.many(ids[start : start + _BLOCK]):
            yield {"id": cadre.id, **cadre.content.to_fields(), "deleted": cadre.deleted}


def _concerns(store: Store) -> Iterator[dict[str, Any]]:
    office = ConcernOffice(store)
    for view in office.views(store.concerns.all(include_deleted=True)):
        yield concern_json.concern_json(view)


def _office(store: Store) -> dict[str, Any]:
    """Who we are, and what was set: rules, leaders' table, settings, calendars, edited summaries."""
    known = session.info(store)
    named = (
        "install_id",
        "role",
        "unit",
        "unit_type",
        "ledger_unit",
        "county",
        "operator",
        "version",
        "schema",
        "counts",
    )
    return {
        **{name: known[name] for name in named}, "rules": rules.rules_json(store),
        "leaders": leaders.leaders_json(store)["leaders"],
        "values": {kind: store.values.all(kind) for kind in _SHOWN_VALUES},
    }  # fmt: skip


def _drafts(store: Store) -> Iterator[dict[str, Any]]:
    """Sheets this account began and did not register; other accounts' are theirs."""
    for info in drafts.listing(store):
        yield {"key": info.key, "saved_at": str(info.saved_at), "content": drafts.load(store, info.key)}


# ------------------------------------------------------------------------------------------- history


def _history(store: Store, gathered: Mapping[str, Sequence[Mapping[str, Any]]]) -> LongVerb[list[dict[str, Any]]]:
    """Every revision of every record exported, by the time it was written."""
    records = [
        (kind[:-1], row["id"]) for kind in ("visits", "problems", "cadres", "concerns") for row in gathered[kind]
    ]
    records += [("guidance", f"guidance:{row['id']}") for row in gathered["visits"] if row["guidance"]]
    records += [(kind, f"{kind}:{name}") for kind in _VALUE_KINDS for name in store.values.all(kind)]
    found: list[dict[str, Any]] = []
    for done, (kind, rec) in enumerate(records):
        if done % _BLOCK == 0:
            yield Progress("正在读取修改记录", done, len(records))
        for view in store.history(rec):
            found.append({
                "seq": view.seq, "time": view.wall, "operator": view.operator, "kind": kind, "record": rec,
                "revision": view.revision, "before": dict(view.before), "after": dict(view.after),
                "hidden": sorted(view.hidden),
            })  # fmt: skip
    return sorted(found, key=lambda one: (one["seq"], one["revision"]))


def _scans(store: Store, folder: Path, visits: Sequence[Mapping[str, Any]], *, replace: bool) -> LongVerb[list[Path]]:
    """Scans as the files they were, named by year and number alone."""
    made: list[Path] = []
    taken: set[Path] = set()
    for visit in visits:
        for at, scan in enumerate(visit["scans"], start=1):
            yield Progress("正在写扫描件", len(made))
            year = str(visit["date"] or "")[:4] or "无日期"
            number = f"第{visit['number']:03d}号" if visit["number"] is not None else "未编号"
            suffix = f".{scan.get('type') or 'bin'}"
            target, count = folder / f"{year}年{number}-{at}{suffix}", 2
            while target in taken:
                target = folder / f"{year}年{number}-{at}({count}){suffix}"
                count += 1
            taken.add(target)
            made.append(files.write_bytes(target, store.blobs.get(scan["sha256"]), replace=replace))
    return made
