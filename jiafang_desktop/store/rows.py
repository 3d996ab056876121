"""A record's folded fields as rows of the index tables and as search tokens: pure, one place for writing and ``check``.

Restricted fields (advice about leaders) never reach a row or a token.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from jiafang_desktop.store import spelling
from jiafang_desktop.store.tables import (
    ARCHIVED,
    BEGUN,
    DELETED,
    HAS_OPEN,
    HAS_PROBLEMS,
    NO_NUMBER,
    NO_YEAR,
    NOTHING_TO_SOLVE,
    REGISTERED,
)  # fmt: skip

State = Mapping[str, Any]
# Fields whose change makes search tokens stale.
VISIT_SEARCHED = frozenset(
    {"visitee_name", "visitee_post", "visitee_unit", "unit", "leaders", "recorder", "matter", "account", "concerns"}
)
CADRE_SEARCHED = frozenset({"name", "unit", "post"})


@dataclass(frozen=True, slots=True)
class ProblemFacts:
    """Of a visit's problems that are not deleted: how many, how many open, how many begun."""

    count: int = 0
    open: int = 0
    begun: int = 0


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
    }  # fmt: skip
    return sum(bit for bit, is_so in facts.items() if is_so)


def visit_tokens(state: State) -> str:
    """What a visit is found by: names, unit and post, 事由, the account, and the concerns it was made for."""
    leaders = [leader.get("name") for leader in state.get("leaders") or ()]
    names = [state.get("visitee_name"), state.get("recorder"), *leaders]
    titles = [state.get("visitee_unit"), state.get("visitee_post"), state.get("unit")]
    bodies = [state.get("matter"), state.get("account")]
    concerns = [spelling.link_token(rec) for rec in state.get("concerns") or ()]
    return " ".join(
        ([spelling.LINKED, *concerns] if concerns else [])
        + [spelling.name_tokens(name) for name in names if name]
        + [spelling.title_tokens(title) for title in titles if title]
        + [spelling.body_tokens(body) for body in bodies if body]
    )


def visit_texts(state: State) -> list[str]:
    """The same texts for looking again at hits."""
    leaders = [leader.get("name") for leader in state.get("leaders") or ()]
    names = ("visitee_name", "recorder", "visitee_unit", "visitee_post", "unit", "matter", "account")
    return [text for text in [*(state.get(name) for name in names), *leaders] if text]


def problem_row(num: int, rec: str, state: State) -> tuple[Any, ...]:
    """The row of ``problem``; begun means that anything was done about it."""
    is_open = state.get("outcome") is None
    return (
        num, rec, state.get("visit") or "", state.get("position") or 1, int(is_open),
        int(bool(state.get("progress")) or not is_open), int(bool(state.get("deleted"))),
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
        [spelling.name_tokens(state.get("name") or "")] + [spelling.title_tokens(title) for title in titles if title]
    )


def cadre_texts(state: State) -> list[str]:
    """The same texts for looking again at hits."""
    return [text for text in (state.get(name) for name in ("name", "unit", "post")) if text]


def _date(text: Any) -> date | None:
    """A date of the log; one that is none (only a damaged or foreign record has it) counts as missing."""
    try:
        return date.fromisoformat(text) if text else None
    except (TypeError, ValueError):
        return None
