"""What a problem and its steps may say (policy 四之三, R8 of PRODUCT: a kind offers only its measures).

Texts are cleaned here; which visits may still get problems is visit_rules'.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from jiafang_desktop.common.errors import UserError
from jiafang_desktop.domain.problems import KINDS, LEVELS, OUTCOMES, Problem, ProblemContent
from jiafang_desktop.domain.typed_text import LONGEST_TEXT, cleaned, required


def tidied(content: ProblemContent) -> ProblemContent:
    """A problem's words cleaned, its kind and level checked.

    Raises:
        UserError: ``bad_input`` with ``field`` in details.
    """
    _one_of("kind", content.kind, tuple(KINDS))
    if content.level is not None:
        _one_of("level", content.level, tuple(LEVELS))
    return replace(
        content, text=required(content.text, field="text", title="问题", longest=LONGEST_TEXT),
        responsible=cleaned(content.responsible, field="responsible", title="责任人"),
    )  # fmt: skip


def step_text(text: str, *, title: str) -> str:
    """The words of a 跟进 or a 办结.

    Raises:
        UserError: ``bad_input`` when empty.
    """
    return required(text, field="text", title=title, longest=LONGEST_TEXT)


def require_outcome(outcome: str) -> None:
    """One of the five outcomes.

    Raises:
        UserError: ``bad_input``.
    """
    _one_of("outcome", outcome, tuple(OUTCOMES))


def at_position(problems: Sequence[Problem], position: int) -> Problem:
    """The visit's problem N.

    Raises:
        UserError: ``not_found``.
    """
    for problem in problems:
        if problem.position == position and not problem.deleted:
            return problem
    raise UserError(
        "not_found", f"这次家访没有第{position}个问题。", hint="请核对是第几个问题。",
        details={"position": position, "positions": [problem.position for problem in problems]},
    )  # fmt: skip


def _one_of(field: str, value: str, choices: Sequence[str]) -> None:
    if value not in choices:
        raise UserError(
            "bad_input", f"“{value}”不在可选的范围里。", hint="可以是：" + "，".join(choices) + "。",
            details={"field": field},
        )  # fmt: skip
