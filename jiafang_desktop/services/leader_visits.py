"""领导个人家访情况: one leader's own visits of a year or of all years, as rows, figures and a paper.

A name may be two people's: visits under another post stand apart and are never added up (a post that changed with an
office looks the same, so it is left to the eye). Reading only.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from jiafang_desktop.common import clock
from jiafang_desktop.documents.reports.blocks import (
    Block,
    Column,
    Note,
    PageTurn,
    Report,
    Signatures,
    Space,
    Table,
    Text,
    Title,
    day_words,
    dotted,
)
from jiafang_desktop.documents.reports.workbook import SheetColumn, SheetTable, Value, tables_xlsx
from jiafang_desktop.domain.identity import plain_name, unit_key
from jiafang_desktop.domain.problems import KINDS, OUTCOMES, Problem
from jiafang_desktop.domain.visits import STATUSES, Visit, VisitQuery
from jiafang_desktop.services import files, forms, leaders, reports
from jiafang_desktop.services.renderer import Renderer

if TYPE_CHECKING:
    from jiafang_desktop.store import Store

NAME = "领导干部个人家访情况"
SUFFIXES = (".docx", ".xlsx", ".pdf", ".png")
FIGURES = {
    "visits": "家访", "visitees": "家访对象", "problems": "发现问题", "open": "未办结问题", "unsigned": "待签字",
    "archived": "已归档",
}  # fmt: skip
_QUIET = "warning_sign"  # what was said about signs of trouble is counted and not told
_BLOCK = 500


@dataclass(frozen=True, slots=True)
class OneLeader:
    """Visits under one name and post (None: no post was written), by date."""

    name: str
    post: str | None
    visits: tuple[Visit, ...]

    @property
    def figures(self) -> dict[str, int]:
        """FIGURES of these visits."""
        problems = [problem for visit in self.visits for problem in visit.problems]
        people = {(plain_name(v.content.visitee.name), unit_key(v.content.visitee.unit)) for v in self.visits}
        return {
            "visits": len(self.visits), "visitees": len(people), "problems": len(problems),
            "open": sum(1 for problem in problems if problem.is_open),
            "unsigned": sum(1 for visit in self.visits if is_unsigned(visit)),
            "archived": sum(1 for visit in self.visits if visit.status == "archived"),
        }  # fmt: skip


@dataclass(frozen=True, slots=True)
class LeaderVisits:
    """One name: ``people`` are its posts, the one with most visits first; ``year`` None is all years."""

    name: str
    year: int | None
    people: tuple[OneLeader, ...]

    @property
    def total(self) -> int:
        """Visits under the name, one that two namesakes made together counted once."""
        return len({visit.id for one in self.people for visit in one.visits})


def is_unsigned(visit: Visit) -> bool:
    """Whether its sheet waits for a signature, as 待签字清单 counts."""
    return visit.paper.signed_on is None and visit.status in ("registered", "in_progress", "ready")


def read(store: Store, name: str, *, year: int | None = None, post: str | None = None) -> LeaderVisits:
    """A leader's registered visits; with a post, only those under it."""
    wanted = plain_name(name)
    found: dict[str, dict[str, Visit]] = {}
    known: dict[str, str | None] = {}
    ids = store.visits.ids(VisitQuery(year=year, leader=wanted))
    for start in range(0, len(ids), _BLOCK):
        for visit in store.visits.many(ids[start : start + _BLOCK]):
            for leader in visit.content.leaders:
                if plain_name(leader.name) == wanted:
                    key = unit_key(leader.post)
                    known.setdefault(key, leader.post)
                    found.setdefault(key, {})[visit.id] = visit
    if not found:
        key, known = "", {"": None}
        for title in _posts_of(store, wanted):
            key = unit_key(title)
            known[key] = title
        found = {key: {}}
    people = [OneLeader(wanted, known[key], _by_date(list(visits.values()))) for key, visits in found.items()]
    if post is not None:
        mine = [one for one in people if unit_key(one.post) == unit_key(post)]
        people = mine or [OneLeader(wanted, post, ())]
    return LeaderVisits(wanted, year, tuple(sorted(people, key=lambda one: (-len(one.visits), one.post or ""))))


def _posts_of(store: Store, name: str) -> list[str]:
    """The post the leaders' table gives a name that made no visits, where it gives one and no other."""
    today = clock.today()
    posts = {
        one.post for one in leaders.listing(store)
        if one.post and plain_name(one.name) == name and one.in_office(today)
    }  # fmt: skip
    return list(posts) if len(posts) == 1 else []


def _by_date(visits: list[Visit]) -> tuple[Visit, ...]:
    return tuple(sorted(visits, key=lambda v: (v.content.date is None, str(v.content.date), v.number or 0)))


# ------------------------------------------------------------------------------------------- words


def problem_words(problem: Problem) -> str:
    """A problem and what came of it; signs of trouble are named as such and no more."""
    state = OUTCOMES.get(problem.outcome or "", "办理中")
    text = KINDS[_QUIET] if problem.content.kind == _QUIET else " ".join(problem.content.text.split()).rstrip("。")
    return f"{text}（{state}）"


def paper_words(visit: Visit, unit: str) -> str:
    """Where the sheet stands: 未打印, 要重印, 待签字, 待盖章, 待归档, 已归档."""
    paper = visit.paper
    if visit.status == "archived":
        return STATUSES["archived"]
    if paper.printed_on is None and paper.signed_on is None:
        return "未打印"
    if paper.printed_on is not None and forms.needs_reprint(visit, unit):
        return "要重印"
    if paper.signed_on is None:
        return "待签字"
    return "待盖章" if paper.sealed_on is None else "待归档"


def figures_words(one: OneLeader) -> str:
    """家访3次、3人，发现问题2个，1个还在办."""
    found = one.figures
    words = f"家访{found['visits']}次、{found['visitees']}人，发现问题{found['problems']}个"
    words += f"，其中{found['open']}个还在办" if found["open"] else "，都已办结" if found["problems"] else ""
    return words + (f"；待签字{found['unsigned']}份" if found["unsigned"] else "") + "。"


def leader_json(store: Store, found: LeaderVisits) -> dict[str, Any]:
    """``visits leader``."""
    unit = store.installation.unit
    return {
        "name": found.name, "year": found.year, "total": found.total, "people": [
            {"name": one.name, "post": one.post, "counts": one.figures, "visits": [
                {
                    "id": visit.id, "number": visit.number,
                    "date": visit.content.date.isoformat() if visit.content.date else None,
                    "unit": visit.content.unit or store.installation.own_ledger,
                    "visitee": {"name": visit.content.visitee.name, "post": visit.content.visitee.post,
                                "unit": visit.content.visitee.unit},
                    "matter": visit.content.matter, "status": visit.status, "paper": paper_words(visit, unit),
                    "problems": [
                        {"text": None if problem.content.kind == _QUIET else problem.content.text,
                         "kind": problem.content.kind, "outcome": problem.outcome} for problem in visit.problems
                    ],
                } for visit in one.visits
            ]} for one in found.people
        ],
    }  # fmt: skip


# ------------------------------------------------------------------------------------------- on paper


def report(store: Store, found: LeaderVisits) -> Report:
    """The paper, each post on pages of its own."""
    blocks: list[Block] = []
    for number, one in enumerate(found.people):
        if number:
            blocks.append(PageTurn())
        blocks += _blocks(store, found, one)
    return Report(NAME, tuple(blocks))


def _blocks(store: Store, found: LeaderVisits, one: OneLeader) -> list[Block]:
    unit = store.installation.unit
    period = f"{found.year}年" if found.year is not None else "历年"
    who = one.name + (f"（{one.post}）" if one.post else "（没有写职务）" if len(found.people) > 1 else "")
    head: list[Block] = [
        Title((f"{period}{NAME}",)), Note(f"家访领导：{who}"),
        Note(f"单位：{unit}　　截至{day_words(clock.today())}"), Text(figures_words(one)),
    ]  # fmt: skip
    if len(found.people) > 1:
        head.append(Note("同一姓名写有不同职务，分开列出，没有合并；是不是同一人请核对。"))
    if not one.visits:
        return [*head, Note("这段时间没有家访。", align="center")]
    columns = (
        Column("序号", 11), Column("时间", 26), Column("家访对象", 22), Column("职务", 25), Column("事由", 25, "left"),
        Column("问题和结果", 31, "left"), Column("记录单", 16),
    )  # fmt: skip
    rows = tuple(
        (
            str(visit.number or ""), dotted(visit.content.date), visit.content.visitee.name,
            visit.content.visitee.post or "", visit.content.matter or "",
            "\n".join(problem_words(problem) for problem in visit.problems), paper_words(visit, unit),
        ) for visit in one.visits
    )  # fmt: skip
    return [*head, Table(columns, rows, size_pt=10.5), Space(0.5), Signatures(("家访领导（签字）：", "核对人："))]


def write(store: Store, target: Path, found: LeaderVisits, *, renderer: Renderer, replace: bool = False) -> list[Path]:
    """The paper as Word, Excel, PDF or pictures, by the target's suffix.

    Raises:
        UserError: ``unsupported_format file_exists file_busy disk_full not_writable``.
    """
    if forms.check_suffix(target, SUFFIXES) == ".xlsx":
        files.check_target(target, replace=replace)
        return [files.write_bytes(target, workbook(store, found), replace=replace)]
    return reports.write(report(store, found), target, renderer=renderer, replace=replace)


def workbook(store: Store, found: LeaderVisits) -> bytes:
    """The figures of each post, and the visits."""
    figures: list[Sequence[Value]] = [(one.name, one.post, *one.figures.values()) for one in found.people]
    rows: list[Sequence[Value]] = [
        (
            one.name, one.post, visit.number, visit.content.date, visit.content.visitee.name,
            visit.content.visitee.unit, visit.content.visitee.post, visit.content.matter,
            "\n".join(problem_words(problem) for problem in visit.problems),
            paper_words(visit, store.installation.unit), STATUSES[visit.status],
        ) for one in found.people for visit in one.visits
    ]  # fmt: skip
    titles = (
        ("家访领导", 10), ("领导职务", 18), ("序号", 6), ("时间", 12), ("家访对象", 10), ("单位", 16), ("职务", 22),
        ("事由", 36), ("问题和结果", 40), ("记录单", 10), ("状态", 10),
    )  # fmt: skip
    heads = (SheetColumn("家访领导", 10), SheetColumn("职务", 22), *(SheetColumn(t, 12) for t in FIGURES.values()))
    return tables_xlsx(
        [SheetTable("汇总", heads, figures), SheetTable("家访", tuple(SheetColumn(*one) for one in titles), rows)],
        title=NAME,
    )
