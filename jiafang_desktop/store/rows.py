"""A record's folded fields as rows of the index tables and as search tokens: pure, one place for writing and ``check``.

Restricted fields (advice about leaders) never reach a row or a token.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from jiafang_desktop.domain.problems import OUTCOMES
from jiafang_desktop.store import spelling
from jiafang_desktop.store.tables import (
    ARCHIVED,
    BEGUN,
    DELETED,
    HAS_OPEN,
    HAS_OTHER_OUTCOME,
    HAS_OUTCOME,
    HAS_PROBLEMS,
    NO_NUMBER,
    NO_YEAR,
    NOTHING_TO_SOLVE,
    REGISTERED,
)  # fmt: skip

State = Mapping[str, Any]
# Fields whose change makes search tokens stale.
VISIT_SEARCHED = frozenset((
    "visitee_name", "visitee_post", "visitee_unit", "unit", "leaders", "recorder", "matter", "account", "concerns",
    "plan",
))  # fmt: skip
CADRE_SEARCHED = frozenset({"name", "unit", "post"})
MORE_SEARCHED = {
    "problem": frozenset({"text", "responsible", "progress", "resolution"}),
    "concern": frozenset({"name", "unit", "post", "text"}),
    "meeting": frozenset({"value"}),
}


@dataclass(frozen=True, slots=True)
class ProblemFacts:
    """Of a visit's problems that are not deleted: how many, how many open, how many begun, and which outcomes there are
    (bits by OUTCOME_STEPS)."""

    count: int = 0
    open: int = 0
    begun: int = 0
    outcomes: int = 0


def visit_row(num: int, rec: str, state: State, *, own_unit: str, problems: ProblemFacts) -> tuple[Any, ...]:
    """The row of ``visit``; ``own_unit`` keeps the ledger where the visit names no other."""
    on = _date(state.get("date"))
    unit = state.get("unit") or own_unit
    name = state.get("visitee_name") or ""
    number = state.get("number")
    leaders = "".join(f"\n{leader.get('name') or ''}" for leader in state.get("leaders") or ())
    return (
        num, rec, unit, spelling.name_key(unit), on.year if on else NO_YEAR, (on.month + 2) // 3 if on else 0,
        number if isinstance(number, int) else NO_NUMBER, on.isoformat() if on else "", name, spelling.person_key(name),
        leaders + "\n" if leaders else "", state.get("priority"), visit_facts(state, problems),
    )  # fmt: skip


VISIT_KEYS = (3, 9)  # columns of sort keys: index, not content; ``check`` leaves them out


def visit_facts(state: State, problems: ProblemFacts) -> int:
    """What a status is derived from, as bits."""
    facts = {
        REGISTERED: state.get("registered"), DELETED: state.get("deleted"), ARCHIVED: state.get("archived_on"),
        NOTHING_TO_SOLVE: state.get("nothing_to_solve"), HAS_PROBLEMS: problems.count, HAS_OPEN: problems.open,
        BEGUN: problems.begun,
        **{bit: problems.outcomes & 1 << OUTCOME_STEPS[outcome] for outcome, bit in HAS_OUTCOME.items()},
        HAS_OTHER_OUTCOME: problems.outcomes & 1 << OTHER_OUTCOME_STEP,
    }  # fmt: skip
    return sum(bit for bit, is_so in facts.items() if is_so)


def visit_tokens(state: State) -> str:
    """What a visit is found by: names, unit and post, 事由, the account, the concerns and the plan it was made for."""
    leaders = [leader.get("name") for leader in state.get("leaders") or ()]
    names = [state.get("visitee_name"), state.get("recorder"), *leaders]
    titles = [state.get("visitee_unit"), state.get("visitee_post"), state.get("unit")]
    bodies = [state.get("matter"), state.get("account")]
    concerns = [spelling.link_token(rec) for rec in state.get("concerns") or ()]
    plan = state.get("plan")
    return " ".join(
        ([spelling.LINKED, *concerns] if concerns else [])
        + ([spelling.PLANNED, spelling.link_token(plan)] if plan else [])
        + [spelling.name_tokens(name) for name in names if name]
        + [spelling.title_tokens(title) for title in titles if title]
        + [spelling.body_tokens(body) for body in bodies if body]
    )


def visit_texts(state: State) -> list[str]:
    """The same texts for looking again at hits."""
    leaders = [leader.get("name") for leader in state.get("leaders") or ()]
    names = ("visitee_name", "recorder", "visitee_unit", "visitee_post", "unit", "matter", "account")
    return [text for text in [*(state.get(name) for name in names), *leaders] if text]


# How far a problem is, in the column ``begun``: 0 nothing was done, 1 something was, then its outcome.
OUTCOME_STEPS = {outcome: step for step, outcome in enumerate(OUTCOMES, start=2)}
OTHER_OUTCOME_STEP = 2 + len(OUTCOMES)


def problem_row(num: int, rec: str, state: State) -> tuple[Any, ...]:
    """The row of ``problem``; begun tells how far it is (OUTCOME_STEPS)."""
    outcome = state.get("outcome")
    step = int(bool(state.get("progress"))) if outcome is None else OUTCOME_STEPS.get(outcome, OTHER_OUTCOME_STEP)
    return (
        num, rec, state.get("visit") or "", state.get("position") or 1, int(outcome is None), step,
        int(bool(state.get("deleted"))),
    )  # fmt: skip


def cadre_row(num: int, rec: str, state: State) -> tuple[Any, ...]:
    """The row of ``cadre``."""
    name = state.get("name") or ""
    return num, rec, name, spelling.person_key(name), state.get("unit") or "", int(bool(state.get("deleted")))


CADRE_KEYS = (3,)


def cadre_tokens(state: State) -> str:
    """What a person is found by: name, unit and post."""
    titles = [state.get("unit"), state.get("post")]
    return " ".join(
        [spelling.person_tokens(state.get("name") or "")] + [spelling.title_tokens(title) for title in titles if title]
    )


def cadre_texts(state: State) -> list[str]:
    """The same texts for looking again at hits."""
    return [text for text in (state.get(name) for name in ("name", "unit", "post")) if text]


@dataclass(frozen=True, slots=True)
class _Words:
    """What a record is searched by: names of people, units and posts, longer text."""

    names: list[str]
    titles: list[str]
    bodies: list[str]


def _words_of(kind: str, state: State) -> _Words:
    get = state.get
    if kind == "problem":
        steps = [step.get("text") for step in get("progress") or () if isinstance(step, Mapping)]
        return _filled([get("responsible")], [], [get("text"), *steps, get("resolution")])
    if kind == "concern":
        return _filled([get("name")], [get("unit"), get("post")], [get("text")])
    value = get("value")
    meeting = value if isinstance(value, Mapping) else {}
    decided = [one for one in meeting.get("decisions") or () if isinstance(one, Mapping)]
    names = [*(meeting.get("attendees") or ()), *(one.get("responsible") for one in decided)]
    return _filled(names, [], [meeting.get("minutes"), *(one.get("text") for one in decided)])


def _filled(names: Iterable[Any], titles: Iterable[Any], bodies: Iterable[Any]) -> _Words:
    return _Words(*([text for text in texts if text and isinstance(text, str)] for texts in (names, titles, bodies)))


def more_tokens(kind: str, state: State) -> str:
    """What a problem, concern or meeting is found by, and of which kind it is."""
    words = _words_of(kind, state)
    return " ".join(
        [spelling.kind_token(kind)]
        + [spelling.name_tokens(name) for name in words.names]
        + [spelling.title_tokens(title) for title in words.titles]
        + [spelling.body_tokens(body) for body in words.bodies]
    )


def more_texts(kind: str, state: State) -> list[str]:
    """The same texts for looking again at hits."""
    words = _words_of(kind, state)
    return [*words.names, *words.titles, *words.bodies]


def _date(text: Any) -> date | None:
    """A date of the log; one that is none (only a damaged or foreign record has it) counts as missing."""
    try:
        return date.fromisoformat(text) if text else None
    except (TypeError, ValueError):
        return None
