"""交接: everything that is still on hand when one clerk hands over to another, counted as the 工作台 counts it.

Gathers and writes; how list and workbook look is handover_papers'. Passwords, the recovery key and keys of cabinets are
in nothing that is written here, and neither is anything restricted. Reading only.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

from jiafang_desktop.common import clock
from jiafang_desktop.common.progress import LongVerb, Progress
from jiafang_desktop.domain.meetings import Decision, Meeting
from jiafang_desktop.domain.problems import Problem
from jiafang_desktop.domain.routing import Leader
from jiafang_desktop.domain.rules import Rules
from jiafang_desktop.domain.visits import Visit, VisitQuery
from jiafang_desktop.services import backups, concerns, files, leaders, meetings, plans, rules, workbench
from jiafang_desktop.services.concern_office import ConcernView
from jiafang_desktop.services.plans import PlanView
from jiafang_desktop.services.workbench import Workbench

if TYPE_CHECKING:
    from jiafang_desktop.services.renderer import Renderer
    from jiafang_desktop.store import Store

__all__ = ["FILES", "TITLES", "Handover", "Parties", "YearOnHand", "gather", "handover_json", "write"]

FILES = ("交接清单.docx", "未结事项.xlsx")
# Every figure of the list, in its order. Each is the length of the rows it stands over.
TITLES = {
    "concerns": "未办结的诉求", "unjudged": "其中待分析研判", "unreported": "已办结未报县委组织部的诉求",
    "visits": "未归档的家访", "unsigned": "其中待签字", "reprint": "其中需重印", "to_file": "其中待归档",
    "problems": "未办结的问题", "overdue": "已超期的问题和诉求", "drafts": "未登记草稿", "plans": "未家访的计划",
    "decisions": "未转为措施的议定事项", "cadres": "名册人数", "scans": "已附扫描件的家访",
}  # fmt: skip
_BLOCK = 200


@dataclass(frozen=True, slots=True)
class Parties:
    """Who hands over, who takes over, who watches; left for the pen where None. ``backup_at`` None: as the program
    knows it."""

    giver: str | None = None
    taker: str | None = None
    witness: str | None = None
    backup_at: str | None = None


@dataclass(frozen=True, slots=True)
class YearOnHand:
    """A ledger's year: how many visits, how many of them filed, and where the papers lie with how many."""

    year: int
    visits: int
    archived: int
    places: tuple[tuple[str, int], ...]


@dataclass(frozen=True, slots=True)
class Handover:
    """What is on hand today. ``bench`` is the 工作台 of the same moment; ``leaders`` are those in office,
    ``backup`` says when and where the data were last backed up, None where they never were."""

    unit: str
    operator: str
    on: date
    bench: Workbench
    visits: tuple[Visit, ...]
    concerns: tuple[ConcernView, ...]
    decisions: tuple[tuple[Meeting, Decision], ...]
    plans: tuple[PlanView, ...]
    leaders: tuple[Leader, ...]
    rules: Rules
    years: tuple[YearOnHand, ...]
    scans: int
    backup: str | None = None

    @property
    def problems(self) -> tuple[tuple[Visit, Problem], ...]:
        """Open problems with their visits, in the 工作台's order."""
        found = ((one.visit, one.problem) for one in self.bench.problems)
        return tuple((visit, problem) for visit, problem in found if visit is not None and problem is not None)

    @property
    def open_matters(self) -> int:
        """How many matters are not closed: concerns, visits, drafts, plans and decisions."""
        return sum(self.counts[name] for name in ("concerns", "visits", "drafts", "plans", "decisions"))

    @property
    def counts(self) -> dict[str, int]:
        """The figures of TITLES; those the 工作台 shows are taken from it."""
        bench = self.bench
        return {
            "concerns": len(self.concerns), "unjudged": bench.unjudged, "unreported": len(bench.unreported),
            "visits": len(self.visits), "unsigned": len(bench.unsigned), "reprint": len(bench.reprint),
            "to_file": len(bench.to_file), "problems": len(bench.problems), "overdue": len(bench.overdue),
            "drafts": len(bench.drafts), "plans": len(self.plans), "decisions": len(self.decisions),
            "cadres": bench.cadres, "scans": self.scans,
        }  # fmt: skip


def gather(store: Store) -> LongVerb[Handover]:
    """Look through everything that is open, whatever year it is from."""
    today, here = clock.today(), store.installation
    bench = yield from workbench.read(store, year=today.year)
    open_ids = store.visits.ids(VisitQuery(statuses=("registered", "in_progress", "ready")))
    years: list[YearOnHand] = []
    for year in store.visits.years():
        yield Progress("正在清点", len(years))
        found = _year(store, year)
        if found.visits:
            years.append(found)
    return Handover(
        unit=here.unit, operator=store.operator.name, on=today, bench=bench,
        visits=tuple(store.visits.many(open_ids)),
        concerns=tuple(view for view in concerns.listing(store) if view.concern.is_open),
        decisions=tuple(_decisions(store)), plans=tuple(plans.listing(store, status="open")),
        leaders=tuple(one for one in leaders.listing(store) if one.in_office(today)), rules=rules.read(store),
        years=tuple(years), backup=_backup(store), scans=sum(1 for kept in store.values.all("scan").values() if kept),
    )  # fmt: skip


def _backup(store: Store) -> str | None:
    """2026年11月22日，D:\\备份; the second place too, where there is one."""
    found = backups.last(store)
    places = ((found.at, found.own_place), (found.second_at, found.second_place))
    told = [f"{at.year}年{at.month}月{at.day}日，{place}" for at, place in places if at is not None]
    return "；".join(told) or None


def _decisions(store: Store) -> Iterator[tuple[Meeting, Decision]]:
    for meeting in meetings.listing(store):
        for decision in meeting.decisions:
            if decision.visit is None:
                yield meeting, decision


def _year(store: Store, year: int) -> YearOnHand:
    """One ledger's year with the places of its papers, the fullest first."""
    ids = store.visits.ids(VisitQuery(year=year))
    archived, places = 0, dict[str, int]()
    for start in range(0, len(ids), _BLOCK):
        for visit in store.visits.many(ids[start : start + _BLOCK]):
            archived += visit.status == "archived"
            if visit.paper.place:
                places[visit.paper.place] = places.get(visit.paper.place, 0) + 1
    ordered = sorted(places.items(), key=lambda item: (-item[1], item[0]))
    return YearOnHand(year, len(ids), archived, tuple(ordered))


def write(
    store: Store, folder: Path, *, parties: Parties | None = None, renderer: Renderer, replace: bool = False
) -> LongVerb[tuple[Handover, list[Path]]]:
    """The list as Word and the open matters as Excel into ``folder``, which is made; both or none are refused.

    Raises:
        UserError: ``file_exists`` for a file that is there already without ``replace``, ``file_busy disk_full
            not_writable``.
    """
    from jiafang_desktop.services import handover_papers, reports  # Office parts only when papers are wanted

    for name in FILES:
        files.check_target(folder / name, replace=replace)
    found = yield from gather(store)
    yield Progress("正在写交接清单", 0, len(FILES))
    report = handover_papers.report(found, parties or Parties())
    made = reports.write(report, folder / FILES[0], renderer=renderer, replace=replace)
    yield Progress("正在写交接清单", 1, len(FILES))
    book = handover_papers.workbook(found)
    return found, [*made, files.write_bytes(folder / FILES[1], book, replace=replace)]


def handover_json(found: Handover) -> dict[str, Any]:
    """``handover``: the figures and the ids of the rows behind those that have rows."""
    return {
        "unit": found.unit, "operator": found.operator, "on": found.on.isoformat(), "counts": found.counts,
        "rows": {
            "concerns": [view.id for view in found.concerns], "visits": [visit.id for visit in found.visits],
            "unsigned": [one.key for one in found.bench.unsigned], "to_file": [one.key for one in found.bench.to_file],
            "reprint": [one.key for one in found.bench.reprint], "plans": [one.id for one in found.plans],
            "unreported": [one.key for one in found.bench.unreported],
            "problems": [problem.id for _, problem in found.problems],
        },
        "years": [
            {"year": one.year, "visits": one.visits, "archived": one.archived,
             "places": [{"place": place, "papers": count} for place, count in one.places]} for one in found.years
        ],
    }  # fmt: skip
