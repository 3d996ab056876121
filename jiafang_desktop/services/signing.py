"""待签字清单: what waits for a leader's signature, as a list to take along. Ticking is filing's.

Who has signed on the pad what the form says now is not waited for (signature_pad).
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from jiafang_desktop.common import clock
from jiafang_desktop.common.chinese import sort_key, squeeze
from jiafang_desktop.documents.reports.blocks import (
    Block,
    Column,
    Note,
    PageTurn,
    Report,
    Signatures,
    Space,
    Table,
    Title,
    day_words,
    dotted,
)
from jiafang_desktop.domain.visits import Visit, VisitQuery
from jiafang_desktop.services import forms, reports
from jiafang_desktop.services.renderer import Renderer
from jiafang_desktop.services.signature_pad import PadReader

if TYPE_CHECKING:
    from jiafang_desktop.store import Store

NAME = "待签字清单"
_OPEN = ("registered", "in_progress", "ready")
_BLOCK = 500


@dataclass(frozen=True, slots=True)
class LeaderList:
    """One leader's sheets without a signature, oldest first."""

    leader: str
    post: str | None
    visits: tuple[Visit, ...]


@dataclass(frozen=True, slots=True)
class SigningWritten:
    """The list as files; ``records`` counts sheets, one that two leaders sign twice."""

    files: tuple[Path, ...]
    records: int


def waiting(store: Store, *, leader: str | None = None) -> list[LeaderList]:
    """By leader (pinyin); with a name, only that leader's list, empty where nothing waits."""
    wanted = squeeze(leader) if leader is not None else None
    found: dict[str, list[Visit]] = {}
    posts: dict[str, str | None] = {}
    pad = PadReader(store)
    for visit in _unsigned(store):
        signed = {place.slot.key for place in pad.of(visit).places if place.signature is not None}
        for at, one in enumerate(visit.content.leaders, start=1):
            name = squeeze(one.name)
            if f"leader{at}" in signed:
                continue
            if wanted is None or name == wanted:
                found.setdefault(name, []).append(visit)
                posts[name] = one.post or posts.get(name)
    if wanted is not None and wanted not in found:
        return [LeaderList(wanted, None, ())]
    return [LeaderList(name, posts[name], tuple(found[name])) for name in sorted(found, key=sort_key)]


def _unsigned(store: Store) -> Iterable[Visit]:
    ids = store.visits.ids(VisitQuery(statuses=_OPEN))
    for start in range(0, len(ids), _BLOCK):
        for visit in store.visits.many(ids[start : start + _BLOCK]):
            if visit.paper.signed_on is None:
                yield visit


def report(store: Store, lists: list[LeaderList]) -> Report:
    """The lists as a paper, each leader's on a page of its own."""
    blocks: list[Block] = []
    for number, one in enumerate(lists):
        if number:
            blocks.append(PageTurn())
        blocks += _blocks(store, one)
    if not lists:
        blocks = [Title((NAME,)), Note("没有等候签字的记录单。", align="center")]
    return Report(NAME, tuple(blocks), numbered=False)


def _blocks(store: Store, one: LeaderList) -> list[Block]:
    unit = store.installation.unit
    who = one.leader + (f"（{one.post}）" if one.post else "")
    columns = (
        Column("序号", 14), Column("家访日期", 28), Column("家访对象", 26), Column("职务", 44), Column("记录单", 22),
        Column("签回", 22),
    )  # fmt: skip
    rows = tuple(
        (
            str(visit.number or ""), dotted(visit.content.date), visit.content.visitee.name,
            visit.content.visitee.post or "", _paper_words(visit, unit), "",
        ) for visit in one.visits
    )  # fmt: skip
    head: list[Block] = [
        Title((NAME,)), Note(f"家访领导：{who}"),
        Note(f"单位：{unit}　　{day_words(clock.today())}　　共{len(rows)}份"),
    ]  # fmt: skip
    if not rows:
        return [*head, Note("没有等候签字的记录单。", align="center")]
    return [*head, Table(columns, rows, least_mm=10.0), Space(0.5), Signatures(("送签：", "收回：", "收回日期："))]


def _paper_words(visit: Visit, unit: str) -> str:
    if visit.paper.printed_on is None:
        return "未打印"
    return "要重印" if forms.needs_reprint(visit, unit) else "已打印"


def write(
    store: Store, target: Path, *, leader: str | None = None, renderer: Renderer, replace: bool = False
) -> SigningWritten:
    """The list as Word, PDF or pictures.

    Raises:
        UserError: ``unsupported_format file_exists file_busy disk_full not_writable``.
    """
    lists = waiting(store, leader=leader)
    made = reports.write(report(store, lists), target, renderer=renderer, replace=replace)
    return SigningWritten(tuple(made), sum(len(one.visits) for one in lists))
