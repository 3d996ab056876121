"""The figures of a quarterly summary: every count is the length of its rows, and the parts add up to their whole.

Policy 四之二: progress and problems found, summed up each quarter. Pure; which records there are is asked in services,
how they are told in summary_words.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from jiafang_desktop.common.chinese import halfwidth, squeeze
from jiafang_desktop.domain.concerns import Concern
from jiafang_desktop.domain.identity import unit_core
from jiafang_desktop.domain.problems import KINDS, OUTCOMES, Problem
from jiafang_desktop.domain.visits import PRIORITIES, Visit

QUARTERS = {1: "一", 2: "二", 3: "三", 4: "四"}
TITLES: dict[str, str] = {
    "visits": "家访次数", "visitees": "走访干部人数", "priority": "优先家访次数",
    **{f"priority_{name}": title for name, title in PRIORITIES.items()}, "ordinary": "日常家访次数",
    "archived": "已归档", "not_archived": "未归档", "late_entries": "补录",
    "problems": "发现问题", **{f"problems_{name}": title for name, title in KINDS.items()},
    **{f"outcome_{name}": title for name, title in OUTCOMES.items()}, "open": "正在办理",
    "overdue": "正在办理中超过期限的", "earlier_open": "以前季度转入、仍在办理的问题",
    "earlier_resolved": "以前季度转入、本季度办结的问题",
    "concerns_received": "收到诉求", "concerns_done": "诉求已办结", "concerns_referred": "诉求转有关单位",
    "concerns_declined": "诉求退回说明", "concerns_open": "诉求正在办理", "concerns_overdue": "诉求超过期限",
    "done_percent": "问题办结率（%）",
}  # fmt: skip
KIND_OF = {"visits": "visit", "problems": "problem", "concerns": "concern"}
# A whole and the parts it falls into, each row into exactly one.
PARTITIONS: dict[str, tuple[str, ...]] = {
    "visits": ("priority", "ordinary"),
    "priority": tuple(f"priority_{name}" for name in PRIORITIES),
    "problems": tuple(f"problems_{name}" for name in KINDS),
    "concerns_received": ("concerns_done", "concerns_referred", "concerns_declined", "concerns_open"),
}  # fmt: skip
# Further ways a whole falls apart, under names of their own.
MORE_PARTITIONS: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("visits", ("archived", "not_archived")),
    ("problems", (*(f"outcome_{name}" for name in OUTCOMES), "open")),
)
SUBSETS = {
    "visitees": "visits", "late_entries": "visits", "overdue": "open", "concerns_overdue": "concerns_open",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Figure:
    """A number of the summary; ``rows`` are the records behind it, None where it is no count (then ``value`` may be
    None too: nothing to divide by). ``kind`` says what the rows are: visit, problem or concern."""

    name: str
    title: str
    kind: str
    rows: tuple[str, ...] | None
    value: int | None


@dataclass(frozen=True, slots=True)
class Facts:
    """What a quarter is summed up from: registered visits of the quarter, problems of visits before it that were open
    when it began, and concerns raised in it. ``late`` and ``overdue_concerns`` are ids."""

    visits: Sequence[Visit]
    earlier: Sequence[Problem]
    concerns: Sequence[Concern]
    late: frozenset[str]
    overdue_concerns: frozenset[str]


def quarter_days(year: int, quarter: int) -> tuple[date, date]:
    """Its first and last day."""
    first = date(year, quarter * 3 - 2, 1)
    following = date(year + quarter // 4, quarter % 4 * 3 + 1, 1)
    return first, following - timedelta(days=1)


def quarter_words(year: int, quarter: int) -> str:
    """2026年第三季度."""
    return f"{year}年第{QUARTERS[quarter]}季度"


def figures(facts: Facts, *, year: int, quarter: int, today: date, own_unit: str) -> dict[str, Figure]:
    """Every figure, in the order of TITLES."""
    rows: dict[str, list[str]] = {name: [] for name in TITLES if name != "done_percent"}
    rows["visits"] = [visit.id for visit in facts.visits]
    rows["visitees"] = list(_first_visits(facts.visits, own_unit).values())
    for visit in facts.visits:
        _count_visit(rows, visit, late=visit.id in facts.late)
    problems = [problem for visit in facts.visits for problem in visit.problems if not problem.deleted]
    for problem in problems:
        _count_problem(rows, problem, today)
    first, last = quarter_days(year, quarter)
    for problem in facts.earlier:
        if problem.is_open:
            rows["earlier_open"].append(problem.id)
        elif problem.resolved_on is not None and first <= problem.resolved_on <= last:
            rows["earlier_resolved"].append(problem.id)
    for concern in facts.concerns:
        _count_concern(rows, concern, overdue=concern.id in facts.overdue_concerns)
    found = {name: Figure(name, TITLES[name], kind_of(name), tuple(ids), len(ids)) for name, ids in rows.items()}
    done = len(problems) - len(rows["open"])
    percent = round(100 * done / len(problems)) if problems else None
    found["done_percent"] = Figure("done_percent", TITLES["done_percent"], "", None, percent)
    return found


def _count_visit(rows: Mapping[str, list[str]], visit: Visit, *, late: bool) -> None:
    priority = visit.content.priority
    if priority is None:
        rows["ordinary"].append(visit.id)
    else:
        rows["priority"].append(visit.id)
        rows.get(f"priority_{priority}", []).append(visit.id)
    rows["archived" if visit.archived_on is not None else "not_archived"].append(visit.id)
    if late:
        rows["late_entries"].append(visit.id)


def _count_problem(rows: Mapping[str, list[str]], problem: Problem, today: date) -> None:
    rows["problems"].append(problem.id)
    rows.get(f"problems_{problem.content.kind}", []).append(problem.id)
    if not problem.is_open:
        rows.get(f"outcome_{problem.outcome}", []).append(problem.id)
        return
    rows["open"].append(problem.id)
    if problem.content.due_date is not None and problem.content.due_date < today:
        rows["overdue"].append(problem.id)


def _count_concern(rows: Mapping[str, list[str]], concern: Concern, *, overdue: bool) -> None:
    rows["concerns_received"].append(concern.id)
    status = concern.status
    if status in ("referred", "declined"):
        rows[f"concerns_{status}"].append(concern.id)
    elif status in ("done", "archived"):
        rows["concerns_done"].append(concern.id)
    else:
        rows["concerns_open"].append(concern.id)
        if overdue:
            rows["concerns_overdue"].append(concern.id)


def kind_of(name: str) -> str:
    """What the rows of a figure are: visit, problem or concern; nothing for a percentage."""
    if name == "done_percent":
        return ""
    if name.startswith("concerns"):
        return "concern"
    is_problem = name.startswith(("problems", "outcome_", "earlier_")) or name in ("open", "overdue")
    return "problem" if is_problem else "visit"


def _first_visits(visits: Iterable[Visit], own_unit: str) -> dict[object, str]:
    """Each person's first visit of the quarter. The roster's word comes first; people without one are told apart by
    name and unit, and a name that one person of the roster has in that unit is that person's."""
    known: dict[object, set[str]] = {}
    named = [(visit, _name_and_unit(visit, own_unit)) for visit in visits]
    for visit, key in named:
        if visit.content.visitee.cadre is not None:
            known.setdefault(key, set()).add(visit.content.visitee.cadre)
    found: dict[object, str] = {}
    for visit, key in named:
        cadre = visit.content.visitee.cadre
        same = known.get(key, set())
        person: object = cadre or (next(iter(same)) if len(same) == 1 else key)
        found.setdefault(person, visit.id)
    return found


def _name_and_unit(visit: Visit, own_unit: str) -> object:
    visitee = visit.content.visitee
    unit = visitee.unit or visit.content.unit or own_unit
    return squeeze(halfwidth(visitee.name)), unit_core(unit)


def broken(found: Mapping[str, Figure], *, existing: frozenset[str]) -> list[str]:
    """Names of figures that do not reconcile: a value that is not its rows' number, a row twice, a row that does not
    exist, parts that are not their whole. Empty means that everything adds up."""
    wrong = []
    for name, figure in found.items():
        rows = figure.rows
        if rows is not None and (figure.value != len(rows) or len(set(rows)) != len(rows) or set(rows) - existing):
            wrong.append(name)
    for whole, parts in (*PARTITIONS.items(), *MORE_PARTITIONS):
        rows = found[whole].rows or ()
        together = [row for part in parts for row in found[part].rows or ()]
        if sorted(together) != sorted(rows):
            wrong.append(whole)
    for part, whole in SUBSETS.items():
        if set(found[part].rows or ()) - set(found[whole].rows or ()):
            wrong.append(part)
    return list(dict.fromkeys(wrong))
