"""家访前一页纸: what a leader should know before a visit, on one page that is taken back afterwards.

It is carried into the home: no priority, nothing the masses reported, no sign of trouble, no advice about leaders and
no account stands on it (PRODUCT R2, R5). Reading only.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from jiafang_desktop.common.chinese import squeeze
from jiafang_desktop.common.errors import UserError
from jiafang_desktop.documents.forms.fields import date_text
from jiafang_desktop.documents.reports.blocks import Column, Note, Report, Signatures, Space, Table, Title
from jiafang_desktop.documents.reports.draw import report_sheet
from jiafang_desktop.domain.cadres import Cadre
from jiafang_desktop.domain.concerns import ID_PREFIX, Concern
from jiafang_desktop.domain.identity import unit_core
from jiafang_desktop.domain.plans import PlanContent
from jiafang_desktop.domain.problems import Problem
from jiafang_desktop.domain.prompts import THREE_ONES, prompts_for
from jiafang_desktop.domain.visits import Visit, Visitee, VisitQuery
from jiafang_desktop.services import plan_links, reports
from jiafang_desktop.services.renderer import Renderer

if TYPE_CHECKING:
    from jiafang_desktop.store import Store

NAME = "家访前一页纸"
_QUIET = "warning_sign"
# (earlier visits, problems and concerns each, characters of a text, the place for notes in mm): the first that fits.
_TRIES = (
    (5, 6, 90, 96.0), (5, 6, 90, 60.0), (5, 6, 60, 30.0), (4, 5, 50, 24.0), (3, 4, 44, 24.0), (3, 4, 36, 16.0),
    (2, 3, 44, 16.0), (2, 3, 36, 16.0), (1, 2, 36, 16.0), (1, 2, 26, 12.0), (1, 1, 16, 8.0),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Subject:
    """Whom a visit goes to and what is known. ``priority`` only chooses the prompts; ``withheld`` counts what is
    known and kept off the paper."""

    visitee: Visitee
    cadre: Cadre | None
    leaders: tuple[str, ...]
    on: date | None
    priority: str | None
    concerns: tuple[Concern, ...]
    earlier: tuple[Visit, ...]
    open_problems: tuple[Problem, ...]
    withheld: int


def subject(store: Store, rec: str) -> Subject:
    """What is known for a visit (typed or registered), a plan, a concern, or a person of the roster.

    Raises:
        UserError: ``not_found``.
    """
    if rec.startswith(ID_PREFIX):
        concern = store.concerns.get(rec)
        content = concern.content
        visitee = Visitee(content.name, content.post, content.unit, cadre=content.cadre)
        return _subject(store, visitee, priority=content.priority, concerns=(concern,))
    found = store.visits.many([rec])
    if found:
        visit = found[0]
        return _subject(
            store, visit.content.visitee, priority=visit.content.priority,
            concerns=tuple(store.concerns.many(visit.content.concerns)), visit=visit,
        )  # fmt: skip
    plan = plan_links.find(store, rec)
    if plan is not None:
        return _of_plan(store, plan.content)
    people = store.cadres.many([rec])
    if people:
        person = people[0].content
        visitee = Visitee(
            person.name, person.post, person.unit, person.address, person.spouse_name, person.spouse_work, rec
        )
        return _subject(store, visitee, priority=None, concerns=())
    raise UserError(
        "not_found", "没有找到这次家访、这次计划、这件诉求或这个人。", hint="请在列表中重新选择。", details={"id": rec}
    )


def _of_plan(store: Store, plan: PlanContent) -> Subject:
    visitee = Visitee(plan.name, plan.post, plan.unit, cadre=plan.cadre)
    concerns = tuple(store.concerns.many([plan.concern] if plan.concern else []))
    priority = concerns[0].content.priority if concerns else None
    found = _subject(store, visitee, priority=priority, concerns=concerns)
    return replace(found, leaders=tuple(leader.name for leader in plan.leaders), on=plan.day)


def for_visitee(store: Store, visitee: Visitee, *, priority: str | None = None) -> Subject:
    """The same for a visit that is only planned (the editor's sheet)."""
    return _subject(store, visitee, priority=priority, concerns=())


def _subject(
    store: Store, visitee: Visitee, *, priority: str | None, concerns: tuple[Concern, ...], visit: Visit | None = None
) -> Subject:
    cadre = store.cadres.many([visitee.cadre])[0:1] if visitee.cadre else _namesake(store, visitee)
    others = [one for one in _visits_to(store, visitee) if visit is None or one.id != visit.id]
    waiting = [problem for one in others for problem in one.problems if problem.is_open and not problem.deleted]
    told = [problem for problem in waiting if problem.content.kind != _QUIET]
    open_ones = [concern for concern in concerns if not concern.deleted]
    spoken = [one for one in open_ones if one.content.source != "masses" and one.content.priority != _QUIET]
    return Subject(
        visitee=visitee, cadre=cadre[0] if cadre else None,
        leaders=tuple(leader.name for leader in visit.content.leaders) if visit else (),
        on=visit.content.date if visit else None, priority=priority, concerns=tuple(spoken), earlier=tuple(others),
        open_problems=tuple(told), withheld=len(waiting) - len(told) + len(open_ones) - len(spoken),
    )  # fmt: skip


def _namesake(store: Store, visitee: Visitee) -> list[Cadre]:
    """The one person of the roster with this name and unit; nobody where there are two."""
    own = store.installation.own_ledger
    found = [
        cadre for cadre in store.cadres.all()
        if squeeze(cadre.content.name) == squeeze(visitee.name)
        and unit_core(cadre.content.unit or own) == unit_core(visitee.unit or own)
    ]  # fmt: skip
    return found if len(found) == 1 else []


def _visits_to(store: Store, visitee: Visitee) -> list[Visit]:
    """Earlier visits to the same person, newest first: the roster's word first, else name and unit."""
    if not squeeze(visitee.name):
        return []
    own = store.installation.own_ledger
    unit = unit_core(visitee.unit or own)
    found = []
    for visit in store.visits.many(store.visits.ids(VisitQuery(text=squeeze(visitee.name), order="date_desc"))):
        other = visit.content.visitee
        if visitee.cadre and other.cadre:
            same = visitee.cadre == other.cadre
        else:
            same = squeeze(other.name) == squeeze(visitee.name) and unit_core(other.unit or own) == unit
        if same:
            found.append(visit)
    return found


# ------------------------------------------------------------------------------------------- on paper


def report(found: Subject) -> Report:
    """The page; it is one page whatever is known."""
    made = _report(found, *_TRIES[0])
    for tried in _TRIES[1:]:
        if len(report_sheet(made).pages) == 1:
            break
        made = _report(found, *tried)
    return made


def _report(found: Subject, visits: int, items: int, longest: int, notes_mm: float) -> Report:
    columns = (Column("", 30, face="heiti"), Column("", 126, "left"))
    rows = [(title, words) for title, words in _rows(found, visits, items, longest) if words]
    return Report(
        NAME,
        (
            Title((NAME,)), Note("只供家访前了解情况，不得复印、外传，用后收回。", align="center"),
            Table(columns, tuple(rows), header=False),
            Table(columns, (("现场记要", ""),), header=False, least_mm=notes_mm),
            Space(0.4), Signatures(("领取：", "收回：", "收回日期：")),
        ),
        numbered=False,
    )  # fmt: skip


def _rows(found: Subject, visits: int, items: int, longest: int) -> list[tuple[str, str]]:
    visitee, known = found.visitee, found.cadre.content if found.cadre else None
    latest = found.earlier[0].content.visitee if found.earlier else Visitee()

    def pick(*values: str | None) -> str:
        return next((value for value in values if value), "")

    who = [visitee.name, pick(visitee.post, known.post if known else None, latest.post), _more(found.cadre)]
    spouse = [
        pick(visitee.spouse_name, known.spouse_name if known else None, latest.spouse_name),
        pick(visitee.spouse_work, known.spouse_work if known else None, latest.spouse_work),
    ]  # fmt: skip
    prompts = prompts_for(found.priority)
    return [
        ("家访对象", "　".join(filter(None, who))),
        ("联系电话", pick(known.phone if known else None)),
        ("家庭住址", pick(visitee.address, known.address if known else None, latest.address)),
        ("配　　偶", "　".join(filter(None, spouse))),
        ("家访安排", "　".join(filter(None, (date_text(found.on), "、".join(found.leaders))))),
        ("反映的诉求", _listed([_short(one.content.text, longest) for one in found.concerns], items)),
        ("以往家访", _listed([_visit_words(one, longest) for one in found.earlier], visits) or "本机没有记录"),
        ("未办结的事", _listed([_problem_words(one, longest) for one in found.open_problems], items)),
        *((f"“{way}”", words) for way, words in prompts.items()),
        ("三 个 一", "\n".join(f"{name}：{words}" for name, words in THREE_ONES.items())),
    ]  # fmt: skip


def _more(cadre: Cadre | None) -> str:
    if cadre is None:
        return ""
    born = cadre.content.birth_date
    words = f"{born[:4]}年{int(born[5:7])}月生" if born and len(born) >= 7 else ""
    return "　".join(filter(None, (cadre.content.gender, words)))


def _visit_words(visit: Visit, longest: int) -> str:
    """Day, leaders, matter and how far it is; no matter where it was about signs of trouble."""
    content = visit.content
    matter = "" if content.priority == _QUIET else _short(content.matter or "", longest)
    told = [problem for problem in visit.problems if problem.content.kind != _QUIET]
    left = sum(1 for problem in told if problem.is_open)
    state = f"问题{len(told)}个，{f'{left}个在办' if left else '已办结'}" if told else ""
    leaders = "、".join(leader.name for leader in content.leaders)
    return "　".join(filter(None, (date_text(content.date), leaders, matter, state)))


def _problem_words(problem: Problem, longest: int) -> str:
    who, due = problem.content.responsible, problem.content.due_date
    details = "，".join(filter(None, (f"{who}负责" if who else "", f"{date_text(due)}前" if due else "")))
    return _short(problem.content.text, longest) + (f"（{details}）" if details else "")


def _listed(words: Sequence[str], most: int) -> str:
    shown = [word for word in words if word]
    lines = [f"{number}．{word}" if len(shown) > 1 else word for number, word in enumerate(shown[:most], start=1)]
    if len(shown) > most:
        lines.append(f"另有{len(shown) - most}条，请在程序中查看。")
    return "\n".join(lines)


def _short(text: str, longest: int) -> str:
    line = " ".join(text.split())
    return line if len(line) <= longest else line[: longest - 1] + "…"


@dataclass(frozen=True, slots=True)
class PrevisitWritten:
    """The page as files; ``withheld`` counts what the leader should be told by word of mouth instead."""

    files: tuple[Path, ...]
    withheld: int


def write(store: Store, rec: str, target: Path, *, renderer: Renderer, replace: bool = False) -> PrevisitWritten:
    """The page as Word, PDF or a picture.

    Raises:
        UserError: ``not_found unsupported_format file_exists file_busy disk_full not_writable``.
    """
    found = subject(store, rec)
    made = reports.write(report(found), target, renderer=renderer, replace=replace)
    return PrevisitWritten(tuple(made), found.withheld)
