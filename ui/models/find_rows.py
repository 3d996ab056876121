"""How a hit of 查找任何内容 reads: one frozen row of words, the group it stands in, and where choosing it leads.

Pure words from services.find; asking is the palette's, what a state means domain's.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from jiafang_desktop.common import clock
from jiafang_desktop.domain.cadres import Cadre
from jiafang_desktop.domain.concerns import STATUSES as CONCERN_STATUSES
from jiafang_desktop.domain.concerns import Concern
from jiafang_desktop.domain.meetings import Meeting
from jiafang_desktop.domain.visits import STATUSES, Visit
from jiafang_desktop.services.find import Found, Hit
from jiafang_desktop.services.lists import Draft
from jiafang_desktop.services.problems import ListedProblem
from ui.models import problem_list, visit_list
from ui.models.find_acts import Act, acts_for
from ui.models.typed_date import dotted

GROUPS = {
    "visit": "家访", "concern": "诉求", "problem": "问题", "cadre": "名册", "meeting": "汇报分析会",
    "act": "页面与功能",
}  # fmt: skip
LATEST = "最近的"


@dataclass(frozen=True, slots=True)
class FoundRow:
    """One line. ``page`` and ``where`` (or ``verb``) is what choosing it does; ``phase`` names a state's glyph."""

    group: str
    title: str
    detail: str = ""
    piece: str = ""
    state: str = ""
    phase: str | None = None
    keys: str = ""
    page: str = ""
    where: Mapping[str, Any] = field(default_factory=dict)
    verb: str = ""

    @property
    def is_record(self) -> bool:
        """Somebody's or something's name, not what the program calls a thing."""
        return self.group != GROUPS["act"] and self.page != "visits"

    @property
    def spoken(self) -> str:
        """For screen readers."""
        return "，".join(
            filter(None, (self.group, self.title, self.detail.replace("\u3000", "，"), self.state, self.piece))
        )


def rows_of(found: Found) -> list[FoundRow]:
    """Records by kind and the acts; an act that is called just so stands first."""
    rows: list[FoundRow] = []
    for kind in GROUPS:
        rows.extend(_row(hit) for hit in found.of(kind))
        if kind == "visit" and kind in found.more:
            where = {"text": found.text.strip(), "every_year": True}
            rows.append(FoundRow(GROUPS[kind], "在家访列表中查看全部", page="visits", where=where))
    acts, meant = acts_for(found.text)
    named = [_act_row(act) for act in acts]
    return [*named, *rows] if meant else [*rows, *named]


def latest_rows(found: Found) -> list[FoundRow]:
    """What was written last, under one head: what each is stands in its words."""
    rows = []
    for hit in found.hits:
        row = _row(hit)
        detail = "　".join(filter(None, (row.group, row.detail)))
        rows.append(FoundRow(LATEST, row.title, detail, "", row.state, row.phase, "", row.page, row.where))
    return rows


def _act_row(act: Act) -> FoundRow:
    return FoundRow(
        GROUPS["act"], act.words, act.told, keys=act.keys, page=act.page, where=act.where, verb=act.verb
    )  # fmt: skip


def _row(hit: Hit) -> FoundRow:
    record = hit.record
    if isinstance(record, Visit):
        return _visit(record, hit)
    if isinstance(record, Draft):
        return _draft(record)
    if isinstance(record, Concern):
        return _concern(record, hit)
    if isinstance(record, ListedProblem):
        return _problem(record, hit)
    return _cadre(record, hit) if isinstance(record, Cadre) else _meeting(record, hit)


def _visit(visit: Visit, hit: Hit) -> FoundRow:
    content = visit.content
    leaders = "、".join(leader.name for leader in content.leaders)
    parts = (
        dotted(content.date) if content.date else "", f"第 {content.number} 号" if content.number else "",
        content.visitee.post or "", f"{leaders}家访" if leaders else "",
    )  # fmt: skip
    return FoundRow(
        GROUPS["visit"], content.visitee.name or "未写姓名", "　".join(filter(None, parts)), hit.piece,
        STATUSES[visit.status], visit.status, page="visit", where={"visit_id": visit.id},
    )  # fmt: skip


def _draft(draft: Draft) -> FoundRow:
    row = visit_list.draft_row(draft.key, draft.content, today=clock.today())
    return FoundRow(
        GROUPS["visit"], row.visitee or "未写姓名", "　".join(filter(None, (row.date, row.matter))), "",
        STATUSES["draft"], "draft", page="visit", where={"draft_key": draft.key},
    )  # fmt: skip


def _concern(concern: Concern, hit: Hit) -> FoundRow:
    content = concern.content
    number = f"第 {concern.number} 号" if concern.number is not None else ""
    parts = (dotted(concern.since), number, content.post or "")
    return FoundRow(
        GROUPS["concern"], content.name or "未写姓名", "　".join(filter(None, parts)),
        hit.piece or _short(content.text), CONCERN_STATUSES[concern.status], concern.status,
        page="concerns", where={"concern": concern.id},
    )  # fmt: skip


def _problem(listed: ListedProblem, hit: Hit) -> FoundRow:
    row = problem_list.row_of(listed, today=clock.today())
    parts = (f"第 {row.number} 号家访" if row.number else "", row.kind, row.responsible)
    return FoundRow(
        GROUPS["problem"], row.visitee or "未写姓名", "　".join(filter(None, parts)), hit.piece or _short(row.text),
        row.status, row.phase, page="visit", where={"visit_id": row.visit_id},
    )  # fmt: skip


def _cadre(cadre: Cadre, hit: Hit) -> FoundRow:
    content = cadre.content
    detail = "　".join(filter(None, (content.unit, content.post)))
    return FoundRow(GROUPS["cadre"], content.name, detail, hit.piece, page="roster", where={"cadre": cadre.id})


def _meeting(meeting: Meeting, hit: Hit) -> FoundRow:
    content = meeting.content
    names = "、".join(content.attendees[:6])
    return FoundRow(
        GROUPS["meeting"], f"{dotted(meeting.on)}会议", f"参会：{names}" if names else "", hit.piece, page="files",
        where={"part": "meetings", "meeting": meeting.id, "year": meeting.on.year},
    )  # fmt: skip


def _short(text: str) -> str:
    plain = " ".join(text.split())
    return plain if len(plain) <= 40 else plain[:39] + "…"
