"""Visits and problems as the command line reads and prints them: V.json, P.json, merge patches (INTERFACE).

Reading is strict: an unknown key is refused by its name, "" is read as null, a missing key has the contract's default.
What a value may be is domain.visit_rules'; nothing is stored here.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from jiafang_desktop.common import clock
from jiafang_desktop.common.errors import UserError
from jiafang_desktop.domain import problem_rules, visit_rules
from jiafang_desktop.domain.changes import Changes, RevisionView
from jiafang_desktop.domain.problems import Problem, ProblemContent
from jiafang_desktop.domain.visits import Visit, VisitContent, VisitQuery
from jiafang_desktop.services import forms, prints, settings, signature_pad
from jiafang_desktop.services import visits as verbs
from jiafang_desktop.services.visits import NewVisit

if TYPE_CHECKING:
    from jiafang_desktop.store import Store

# V.json's name → the flat field, from the one table of names.
_FLAT = {name: field for field, (name, _) in visit_rules.NAMES.items()}
_GROUPS = tuple(dict.fromkeys(name.split(".")[0] for name in _FLAT if "." in name))
_PROBLEM_KEYS = ("text", "kind", "level", "responsible", "due_date")
_HIDDEN = ("layout", "printed_state", "originals")  # of the program's own making, no reading for people
_TRANSFER = "unsent"  # until packages exist


# ------------------------------------------------------------------------------------------- reading


def read_visits(data: Any) -> list[NewVisit]:
    """V.json as one object or an array of them.

    Raises:
        UserError: ``unknown_field bad_date bad_input``, ``field`` (and ``index`` in an array) in details.
    """
    if not isinstance(data, list):
        return [read_visit(data)]
    found = []
    for index, item in enumerate(data):
        try:
            found.append(read_visit(item))
        except UserError as error:
            raise UserError(
                error.code,
                f"第{index + 1}条：{error.message}",
                hint=error.hint,
                details={**error.details, "index": index},
            ) from None
    return found


def read_visit(data: Any) -> NewVisit:
    """One V.json object.

    Raises:
        UserError: ``unknown_field bad_date bad_input``, ``field`` in details.
    """
    fields = dict(_object(data, "家访"))
    problems = _nulled(fields.pop("problems", None))
    if problems is not None and not isinstance(problems, list):
        raise _bad("problems", "“problems”应当是一列问题")
    content = visit_rules.merged(VisitContent(), _flat(fields))
    return NewVisit(content, tuple(_read_problem(item, f"problems.{n}.") for n, item in enumerate(problems or ())))


def read_problem(data: Any) -> ProblemContent:
    """One P.json object.

    Raises:
        UserError: ``unknown_field bad_date bad_input``, ``field`` in details.
    """
    return _read_problem(data, "")


def read_patch(data: Any) -> dict[str, Any]:
    """A merge patch (RFC 7396) of a visit as flat fields: what is not named stays, null clears, arrays come whole.

    Raises:
        UserError: ``unknown_field bad_input``, ``field`` in details. Values are checked where the patch is applied.
    """
    fields = dict(_object(data, "修改内容"))
    if "problems" in fields:
        raise _bad("problems", "问题不能随家访一起改", hint="请用 problems add、progress、resolve 逐条办理。")
    return _flat(fields)


def _flat(fields: Mapping[str, Any]) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for name, value in fields.items():
        if name in _GROUPS:
            inner = _nulled(value)
            keys = [key for key in _FLAT if key.startswith(f"{name}.")]
            if inner is None:
                found.update({_FLAT[key]: None for key in keys})
                continue
            for key, part in _object(inner, name, field=name).items():
                if f"{name}.{key}" not in _FLAT:
                    raise _unknown(f"{name}.{key}", [each.split(".")[1] for each in keys])
                found[_FLAT[f"{name}.{key}"]] = _nulled(part)
        elif name in _FLAT and "." not in name:
            found[_FLAT[name]] = _nulled(value)
        else:
            raise _unknown(name, [*(each for each in _FLAT if "." not in each), *_GROUPS, "problems"])
    return found


def _read_problem(data: Any, where: str) -> ProblemContent:
    fields = {key: _nulled(value) for key, value in _object(data, "问题", field=where.rstrip(".")).items()}
    for key in fields:
        if key not in _PROBLEM_KEYS:
            raise _unknown(where + key, _PROBLEM_KEYS)
    for key in ("text", "kind", "level", "responsible"):
        if fields.get(key) is not None and not isinstance(fields[key], str):
            raise _bad(where + key, f"问题的“{key}”应当是文字")
    content = ProblemContent(
        text=fields.get("text") or "", kind=fields.get("kind") or "difficulty", level=fields.get("level"),
        responsible=fields.get("responsible"),
        due_date=visit_rules.read_day(fields.get("due_date"), field=where + "due_date", title="办理期限"),
    )  # fmt: skip
    try:
        return problem_rules.tidied(content)
    except UserError as error:
        details = {**error.details, "field": where + str(error.details.get("field", ""))}
        raise UserError(error.code, error.message, hint=error.hint, details=details) from None


def _nulled(value: Any) -> Any:
    return None if isinstance(value, str) and not value.strip() else value


def _object(data: Any, title: str, *, field: str = "") -> Mapping[str, Any]:
    if not isinstance(data, Mapping):
        raise _bad(field, f"“{title}”应当是一个JSON对象")
    return data


def _bad(field: str, what: str, *, hint: str = "请对照说明改正后再试。") -> UserError:
    return UserError("bad_input", f"{what}。", hint=hint, details={"field": field} if field else {})


def _unknown(name: str, known: Sequence[str]) -> UserError:
    return UserError(
        "unknown_field", f"没有叫“{name}”的栏目。", hint="可用的栏目：" + " ".join(known), details={"field": name}
    )


# ------------------------------------------------------------------------------------------- printing


def listed(store: Store, query: VisitQuery, *, limit: int | None = None, offset: int = 0) -> dict[str, Any]:
    """``visits list``: drafts and void ones stand in it when the query asks for them, and never in ``total``."""
    query = verbs.at_home(store, query)
    ids = store.visits.ids(query)
    counted = replace(query, include_drafts=False, include_deleted=False)
    total = len(ids) if counted == query else len(store.visits.ids(counted))
    shown = ids[offset : None if limit is None else offset + limit]
    days, unit = settings.read(store).report_days, store.installation.ledger_unit
    return {"total": total, "visits": [line_json(v, unit=unit, report_days=days) for v in store.visits.many(shown)]}


def shown(store: Store, visit_id: str) -> dict[str, Any]:
    """``visits show``: everything typed, what happened to the paper, problems, scans, 核对码, who signed on the pad."""
    visit = verbs.show(store, visit_id)
    here = store.installation
    words = forms.printed_words(forms.fields_of(visit, here.unit, county=here.county))
    return {
        **visit_json(visit, unit=here.ledger_unit, seal=here.unit, report_days=settings.read(store).report_days),
        "scans": verbs.scans(store, visit_id), "match_code": prints.code_of(store, visit, words),
        "signatures": signature_pad.signatures_json(store, visit),
    }  # fmt: skip


def line_json(visit: Visit, *, unit: str, report_days: int = 10) -> dict[str, Any]:
    """A visit in a list; ``unit`` is our own ledger's, for visits that name none."""
    content = visit.content
    return {
        "id": visit.id, "number": content.number, "date": content.date.isoformat() if content.date else None,
        "unit": content.unit or unit, "visitee": _visitee(content),
        "leaders": [{"name": leader.name, "post": leader.post} for leader in content.leaders],
        "status": visit.status, "priority": content.priority,
        "late_entry": verbs.late_entry(visit, days=report_days), "remark": content.remark, "transfer": _TRANSFER,
        "matter": content.matter, "problems_open": sum(1 for problem in visit.problems if problem.is_open),
    }  # fmt: skip


def visit_json(visit: Visit, *, unit: str = "", seal: str = "", report_days: int = 10) -> dict[str, Any]:
    """A whole visit: V.json's keys with what was derived and what happened; ``seal`` is the unit's name on paper."""
    content, topics = visit.content, visit.content.topics
    found = line_json(visit, unit=unit, report_days=report_days)
    found.pop("problems_open")
    found |= {
        "place": content.place, "recorder": content.recorder, "met": list(content.met), "ways": list(content.ways),
        "account": content.account, "resolution": content.resolution,
        "topics": {
            "greeting": topics.greeting, "advice_unit": topics.advice_unit, "advice_leaders": topics.advice_leaders,
            "needs": topics.needs, "state_of_mind": topics.state_of_mind,
        },
        "concerns": list(content.concerns), "problems": [problem_json(problem) for problem in visit.problems],
        "nothing_to_solve": content.nothing_to_solve, "late_entry_reason": content.late_entry_reason,
        "plan": content.plan, "recorded_on": visit.recorded_on.isoformat() if visit.recorded_on else None,
        "paper": paper_json(visit, seal),
        "archived_on": visit.archived_on.isoformat() if visit.archived_on else None,
        "deleted": visit.deleted, "delete_reason": visit.delete_reason, "restricted": bool(visit.hidden),
    }  # fmt: skip
    return found


def _visitee(content: VisitContent) -> dict[str, Any]:
    visitee = content.visitee
    return {
        "name": visitee.name or None, "post": visitee.post, "unit": visitee.unit, "address": visitee.address,
        "spouse_name": visitee.spouse_name, "spouse_work": visitee.spouse_work, "cadre": visitee.cadre,
    }  # fmt: skip


def paper_json(visit: Visit, seal: str) -> dict[str, Any]:
    """The paper's own life (``visits mark``)."""
    paper = visit.paper
    days = {"printed_on": paper.printed_on, "signed_on": paper.signed_on, "sealed_on": paper.sealed_on}
    return {
        **{name: day.isoformat() if day else None for name, day in days.items()}, "paper_at": paper.place,
        "layout_frozen": paper.layout is not None, "needs_reprint": forms.needs_reprint(visit, seal),
    }  # fmt: skip


def problem_json(problem: Problem) -> dict[str, Any]:
    """A problem with its N, its steps and its outcome; ``status`` is open, in_progress or done."""
    due = problem.content.due_date
    status = "done" if not problem.is_open else "in_progress" if problem.progress else "open"
    fields = problem.to_fields()
    for name in ("visit", "position", "deleted"):
        fields.pop(name)
    overdue = problem.is_open and due is not None and due < clock.today()
    return {"id": problem.id, "n": problem.position, **fields, "status": status, "overdue": overdue}


def problems_json(store: Store, *, year: int | None = None, open_only: bool = False) -> dict[str, Any]:
    """``problems list``: each problem with whose visit it was found on."""
    from jiafang_desktop.services import problems

    unit = store.installation.ledger_unit
    found = []
    for listed_problem in problems.listing(store, year=year, open_only=open_only):
        visit = listed_problem.visit
        found.append({
            "visit": visit.id, "number": visit.number, "date": visit.content.date.isoformat() if visit.content.date else
            None, "unit": visit.content.unit or unit, "visitee": {"name": visit.content.visitee.name},
            **problem_json(listed_problem.problem),
        })  # fmt: skip
    return {"total": len(found), "problems": found}


def history_json(views: Sequence[RevisionView]) -> list[dict[str, Any]]:
    """``visits history``: who, when, and each field before and after under its V.json name.

    Where an account does not see one of them it is null, and the revision says ``restricted``.
    """

    def named(fields: Mapping[str, Any]) -> dict[str, Any]:
        return {name_of(field): value for field, value in fields.items() if field.split(".")[-1] not in _HIDDEN}

    return [
        {
            "revision": view.revision, "operator": view.operator, "time": view.wall, "before": named(view.before),
            "after": named(view.after), **({"restricted": True} if view.hidden else {}),
        }
        for view in views
    ]  # fmt: skip


def changed_names(changes: Changes, rec: str) -> list[str]:
    """V.json names of what a transaction changed in one record."""
    return [name_of(field) for record in changes.records if record.rec == rec for field in record.fields]


def name_of(field: str) -> str:
    """A flat field's V.json name."""
    return visit_rules.NAMES.get(field, (field, ""))[0]
