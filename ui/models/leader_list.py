"""领导个人家访情况 as its list reads it. Pure words from services.leader_visits."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from jiafang_desktop.services.leader_visits import LeaderVisits, OneLeader, figures_words, paper_words, problem_words
from ui.models.typed_date import dotted

NO_POST = "没有写职务"


@dataclass(frozen=True, slots=True)
class LeaderRow:
    """One visit under one post."""

    id: str
    visit: str
    post: str
    number: str
    day: str
    visitee: str
    visitee_post: str
    matter: str
    problems: str
    paper: str
    status: str


def rows_of(found: LeaderVisits, *, unit: str) -> list[LeaderRow]:
    """Every visit under each of the name's posts."""
    return [
        LeaderRow(
            f"{place}:{visit.id}", visit.id, post_of(one), "" if visit.number is None else str(visit.number),
            dotted(visit.content.date) if visit.content.date else "", visit.content.visitee.name,
            visit.content.visitee.post or "", visit.content.matter or "",
            "；".join(problem_words(problem) for problem in visit.problems), paper_words(visit, unit), visit.status,
        ) for place, one in enumerate(found.people) for visit in one.visits
    ]  # fmt: skip


def post_of(one: OneLeader) -> str:
    """The post as chips show it."""
    return one.post or NO_POST


def summary_words(people: Sequence[OneLeader]) -> str:
    """Of one post its figures; of several, that they stand apart."""
    if len(people) == 1:
        return re.sub(r"(\d+)", r" \1 ", figures_words(people[0])).rstrip("。").replace("、 ", "、")
    return f"同一姓名写有 {len(people)} 种职务，分开列出，没有合并；是不是同一人请核对"
