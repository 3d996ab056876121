"""家访: recording a visit and changing it. The paper's own life and the archive's gate stand in filing.

Rules are domain's (visit_rules, numbering, late_entry); here they meet the store. Reading lists by windows is lists'.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import TYPE_CHECKING, Any

from jiafang_desktop.common import clock
from jiafang_desktop.common.errors import UserError
from jiafang_desktop.domain import archiving, numbering, problem_rules, visit_rules
from jiafang_desktop.domain import late_entry as late_rules
from jiafang_desktop.domain.changes import Changes, Edit, Operator, RevisionView, new_record_id
from jiafang_desktop.domain.problems import Problem, ProblemContent
from jiafang_desktop.domain.typed_text import required
from jiafang_desktop.domain.visits import VISIT_STATE_FIELDS, Visit, VisitContent, VisitQuery
from jiafang_desktop.services import concern_links, plan_links, settings
from jiafang_desktop.services.filing import archive, attach, mark_overprinted, mark_paper, scans
from jiafang_desktop.services.numbers import NumberGiver

if TYPE_CHECKING:
    from jiafang_desktop.store import Store

__all__ = [
    "NewVisit", "Registered", "add_many", "archive", "attach", "checked", "correct", "delete", "edit", "history",
    "late_entry", "listing", "mark_overprinted", "mark_paper", "new_edits", "register",
    "register_stored", "restore", "scans", "show", "warnings",
]  # fmt: skip


@dataclass(frozen=True, slots=True)
class NewVisit:
    """A visit to be recorded, with the problems it found."""

    content: VisitContent
    problems: tuple[ProblemContent, ...] = ()


@dataclass(frozen=True, slots=True)
class Registered:
    """A recorded visit; ``number`` is None for a draft. ``changes`` is the whole transaction.

    ``warnings`` are sentences to look at (another person's concern, a day to come); nothing was refused for them.
    """

    id: str
    number: int | None
    changes: Changes = field(default_factory=Changes)
    warnings: tuple[str, ...] = ()


# ------------------------------------------------------------------------------------------- recording


def register(
    store: Store, content: VisitContent, *, by: Operator, problems: Sequence[ProblemContent] = ()
) -> Registered:
    """登记: store a visit and give it its number.

    Raises:
        UserError: ``bad_input bad_date`` (``field`` in details), ``not_found`` for a concern nobody knows,
            ``number_taken``, ``read_only disk_full``.
    """
    return add_many(store, [NewVisit(content, tuple(problems))], by=by)[0]


def add_many(
    store: Store, contents: Sequence[VisitContent | NewVisit], *, by: Operator, draft: bool = False
) -> list[Registered]:
    """Store many visits in one transaction, all or none, in their order; ``draft`` leaves them unregistered.

    Raises:
        UserError: as register; with several, ``index`` (from 0) in details names the one refused.
    """
    fresh = [item if isinstance(item, NewVisit) else NewVisit(item) for item in contents]
    tidied: list[NewVisit] = []
    for index, item in enumerate(fresh):
        with _naming(index, len(fresh)):
            tidied.append(checked(store, item, draft=draft))
    giver = NumberGiver(store, [item.content for item in tidied])
    edits: list[Edit] = []
    made: list[tuple[str, int | None]] = []
    for index, item in enumerate(tidied):
        with _naming(index, len(fresh)):
            number = item.content.number if draft else giver.give(item.content)
            if draft and number is not None:
                giver.require_free(item.content)
        rec = new_record_id()
        edits.extend(new_edits(rec, replace(item, content=replace(item.content, number=number)), draft=draft))
        made.append((rec, number))
    changes = store.append(edits, by=by) if edits else Changes()
    return [
        Registered(rec, number, changes, tuple(warnings(store, item.content)))
        for (rec, number), item in zip(made, tidied, strict=True)
    ]


def warnings(store: Store, content: VisitContent) -> list[str]:
    """Sentences about a visit that is kept all the same."""
    return [*concern_links.warnings(store, content), *plan_links.warnings(store, content)]


def checked(store: Store, item: NewVisit, *, draft: bool = False) -> NewVisit:
    """The visit as it would be stored, its number still open.

    Raises:
        UserError: as register, but for ``number_taken``.
    """
    content = _at_home(store, visit_rules.tidied(item.content))
    # Read once more as flat fields: whoever calls, only what V.json allows is stored.
    content = visit_rules.merged(content, content.to_fields())
    if not draft:
        visit_rules.require_registrable(content)
    visit_rules.require_consistent(content, has_problems=bool(item.problems))
    concern_links.require_known(store, content.concerns)
    plan_links.require_known(store, content.plan)
    return NewVisit(content, tuple(problem_rules.tidied(problem) for problem in item.problems))


def _at_home(store: Store, content: VisitContent) -> VisitContent:
    """A unit keeps its own ledger alone: its names are stored as none, so that a later name change moves nothing."""
    here = store.installation
    if content.unit is None or content.unit in (here.unit, here.ledger_unit):
        return replace(content, unit=None)
    if here.role != "county":
        raise UserError(
            "bad_input", f"这里是{here.unit}的台账，不能登记到“{content.unit}”。",
            hint="请去掉单位，或写本单位的名称。", details={"field": "unit"},
        )  # fmt: skip
    return content


def new_edits(rec: str, item: NewVisit, *, draft: bool = False) -> list[Edit]:
    """What records a checked and numbered visit, and its problems, under the id ``rec``."""
    state: dict[str, Any] = {
        **dict.fromkeys(VISIT_STATE_FIELDS), "registered": not draft, "deleted": False,
        "recorded_on": None if draft else clock.today().isoformat(),
    }  # fmt: skip
    edits = [Edit("visit", rec, item.content.to_fields() | state)]
    for position, content in enumerate(item.problems, start=1):
        problem = Problem(new_record_id(), rec, position, content)
        edits.append(Edit("problem", problem.id, problem.to_fields()))
    return edits


@contextmanager
def _naming(index: int, count: int) -> Iterator[None]:
    """Adds to a refusal which of several visits it is about."""
    try:
        yield
    except UserError as error:
        if count == 1:
            raise
        raise UserError(
            error.code, f"第{index + 1}条：{error.message}", hint=error.hint, details={**error.details, "index": index}
        ) from None


def register_stored(store: Store, visit_id: str, *, by: Operator) -> Registered:
    """登记 of a visit stored as a draft by the command line.

    Raises:
        UserError: ``not_found number_taken``, ``bad_input`` when it is registered already or lacks what 登记 needs.
    """
    visit = store.visits.get(visit_id)
    visit_rules.require_writable(visit)
    if visit.registered:
        raise UserError("bad_input", f"这份记录已经登记，序号{visit.number}。", details={"visit": visit_id})
    visit_rules.require_registrable(visit.content)
    number = NumberGiver(store, [visit.content]).give(visit.content, other_than=visit_id)
    fields = {"registered": True, "recorded_on": clock.today().isoformat(), "number": number}
    return Registered(visit_id, number, store.append([Edit("visit", visit_id, fields)], by=by))


# ------------------------------------------------------------------------------------------- changing


def edit(store: Store, visit_id: str, patch: Mapping[str, Any], *, by: Operator) -> Changes:
    """Change flat fields (VisitContent.to_fields); None clears one, nothing is written where nothing differs.

    A date moved into another year gives an unprinted record that year's next number.

    Raises:
        UserError: ``not_found archived void unknown_field bad_input bad_date number_taken number_printed``;
            ``restricted`` for a field somebody else filled in and this account does not see.
    """
    visit = store.visits.get(visit_id)
    visit_rules.require_writable(visit)
    fields = _changed(store, visit, patch)
    return store.append([Edit("visit", visit_id, fields)], by=by) if fields else Changes()


def correct(store: Store, visit_id: str, patch: Mapping[str, Any], *, reason: str, by: Operator) -> Changes:
    """更正 of an archived record: the reason stands in the log, the record stays filed and complete.

    Raises:
        UserError: ``not_archived``, ``bad_input`` without a reason, what edit raises, and ``problems_open
            form_incomplete`` where the corrected record could not have been filed.
    """
    visit = store.visits.get(visit_id)
    visit_rules.require_writable(visit, but_archived=True)
    if visit.archived_on is None:
        raise UserError(
            "not_archived", "这份记录还没有归档，不用更正。", hint="直接修改就可以。", details={"visit": visit_id}
        )
    why = required(reason, field="reason", title="更正原因")
    fields = _changed(store, visit, patch)
    if not fields:
        return Changes()
    corrected = replace(visit, content=VisitContent.from_fields(visit.content.to_fields() | fields))
    archiving.require_solved(corrected, outcomes=settings.read(store).archive_outcomes)
    archiving.require_complete(corrected)
    return store.append([Edit("visit", visit_id, fields | {"correction_reason": why})], by=by)


def _changed(store: Store, visit: Visit, patch: Mapping[str, Any]) -> dict[str, Any]:
    """The flat fields ``patch`` really changes, its number settled."""
    before = visit.content
    # Only what was typed is read and cleaned: a record from elsewhere keeps its other fields letter for letter.
    typed = _at_home(store, visit_rules.tidied(visit_rules.merged(VisitContent(), patch))).to_fields()
    old = before.to_fields()
    content = VisitContent.from_fields(old | {name: typed[name] for name in patch})
    concern_links.require_known(store, [rec for rec in content.concerns if rec not in before.concerns])
    if content.plan != before.plan:
        plan_links.require_known(store, content.plan)
    if "nothing_to_solve" in patch:
        visit_rules.require_consistent(content, has_problems=bool(visit.problems))
    if visit.registered:
        visit_rules.require_registrable(content)
        content = _numbered(store, visit, content, typed="number" in patch)
    elif content.number is not None and content.number != before.number:
        NumberGiver(store, [content]).require_free(content, other_than=visit.id)
    return {name: value for name, value in content.to_fields().items() if old[name] != value}


def _numbered(store: Store, visit: Visit, content: VisitContent, *, typed: bool) -> VisitContent:
    """The registered visit's number after a change of number, date or unit (domain.numbering)."""
    before = visit.content
    giver = NumberGiver(store, [content])
    moved = giver.book_of(content) != giver.book_of(before)
    if moved and content.date is not None and (not typed or content.number is None):
        numbering.require_movable(visit, year=content.date.year)
        return replace(content, number=giver.give(replace(content, number=None), other_than=visit.id))
    if content.number is None:
        raise visit_rules.bad("number", "不能去掉", hint="登记过的家访一定有序号，可以改成别的数字。")
    if moved or content.number != before.number:
        giver.require_free(content, other_than=visit.id)
    return content


def delete(store: Store, visit_id: str, *, reason: str, by: Operator) -> Changes:
    """作废: into the recycle bin; the number stays taken.

    Raises:
        UserError: ``not_found void archived``, ``bad_input`` without a reason.
    """
    visit = store.visits.get(visit_id)
    visit_rules.require_writable(visit)
    why = required(reason, field="reason", title="作废原因")
    return store.append([Edit("visit", visit_id, {"deleted": True, "delete_reason": why})], by=by)


def restore(store: Store, visit_id: str, *, by: Operator) -> Changes:
    """Take 作废 back.

    Raises:
        UserError: ``not_found``, ``not_void``.
    """
    if not store.visits.get(visit_id).deleted:
        raise UserError("not_void", "这份记录没有作废，不用恢复。", details={"visit": visit_id})
    return store.append([Edit("visit", visit_id, {"deleted": False, "delete_reason": None})], by=by)


# ------------------------------------------------------------------------------------------- reading


def show(store: Store, visit_id: str) -> Visit:
    """One visit, void ones and drafts too.

    Raises:
        UserError: ``not_found``.
    """
    return store.visits.get(visit_id)


def listing(store: Store, query: VisitQuery) -> list[Visit]:
    """The visits a query names, in its order."""
    return store.visits.many(store.visits.ids(at_home(store, query)))


def at_home(store: Store, query: VisitQuery) -> VisitQuery:
    """A query for our own unit by the seal's name means the ledger's."""
    here = store.installation
    return replace(query, unit=here.ledger_unit) if query.unit == here.unit else query


def history(store: Store, visit_id: str) -> list[RevisionView]:
    """Every change of a visit and of its problems, oldest first; a problem's fields begin with ``problem.N.``."""
    store.visits.get(visit_id)
    found = list(store.history(visit_id))
    for problem in store.problems.of(visit_id):
        for view in store.history(problem.id):
            found.append(replace(
                view, before=_prefixed(problem, view.before), after=_prefixed(problem, view.after)
            ))  # fmt: skip
    # Each PC the folder was copied to counts its own: the place in the log only parts what one moment wrote.
    return sorted(found, key=lambda view: (datetime.fromisoformat(view.wall), view.seq))


def _prefixed(problem: Problem, fields: Mapping[str, Any]) -> dict[str, Any]:
    hidden = ("visit", "position")
    return {f"problem.{problem.position}.{name}": value for name, value in fields.items() if name not in hidden}


def late_entry(visit: Visit, *, days: int = late_rules.REPORT_DAYS) -> bool:
    """补录: recorded after its quarter's report date; a draft is judged as if recorded today."""
    recorded = visit.recorded_on if visit.registered else clock.today()
    return late_rules.is_late(visit.content.date, recorded, days=days)
