"""归档: what has to be so before a record is filed, in the order the gate asks for it.

Policy 四之四 and note 2 of 附件2: the form is filed only after what the visit found is solved. PRODUCT, Lives of
things; the order is INTERFACE's (problems_open, form_incomplete, no_paper, already_archived).
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from jiafang_desktop.common.errors import UserError
from jiafang_desktop.domain.drafting import resolution_words, spouse_words
from jiafang_desktop.domain.problems import OUTCOMES
from jiafang_desktop.domain.visits import Visit


@dataclass(frozen=True, slots=True)
class MissingCell:
    """A required cell of the form that would print empty: its name in V.json, on the paper, and in Chinese."""

    field: str
    cell: str
    title: str


def missing_cells(visit: Visit) -> tuple[MissingCell, ...]:
    """The required cells of 附件2 that would print empty, in the order the paper is read; 无 is an answer."""
    content = visit.content
    visitee, leaders = content.visitee, content.leaders
    spouse_name, spouse_work = spouse_words(visit)
    required = (
        (content.date, MissingCell("date", "date", "日期")),
        (visitee.name, MissingCell("visitee.name", "visitee_name", "家访对象姓名")),
        (visitee.post, MissingCell("visitee.post", "visitee_post", "家访对象职务")),
        (visitee.address, MissingCell("visitee.address", "address", "家庭住址")),
        (spouse_name, MissingCell("visitee.spouse_name", "spouse_name", "配偶姓名（没有就写“无”）")),
        (spouse_work, MissingCell("visitee.spouse_work", "spouse_work", "配偶工作单位及职务（没有就写“无”）")),
        (content.account, MissingCell("account", "account", "家访情况记录")),
        (resolution_words(visit), MissingCell("resolution", "resolution", "家访问题解决情况（没有就写“无”）")),
        (leaders, MissingCell("leaders", "leader_name", "家访领导姓名")),
        (
            leaders and all(leader.post for leader in leaders),
            MissingCell("leaders.post", "leader_post", "家访领导职务"),
        ),
    )  # fmt: skip
    return tuple(cell for value, cell in required if not value)


def open_problems(visit: Visit, *, outcomes: Collection[str] = tuple(OUTCOMES)) -> tuple[int, ...]:
    """Positions of the problems that still keep the visit from being filed: no outcome, or one that does not count."""
    return tuple(problem.position for problem in visit.problems if problem.keeps_waiting(outcomes))


def require_solved(visit: Visit, *, outcomes: Collection[str] = tuple(OUTCOMES)) -> None:
    """Every problem has an outcome that counts, or the clerk said that there was none to solve.

    Raises:
        UserError: ``problems_open``.
    """
    waiting = open_problems(visit, outcomes=outcomes)
    by_position = {problem.position: problem for problem in visit.problems}
    if waiting and not any(by_position[position].is_open for position in waiting):
        words = "、".join(dict.fromkeys(OUTCOMES[by_position[position].outcome or ""] for position in waiting))
        named = "、".join(str(position) for position in waiting)
        raise UserError(
            "problems_open", f"第{named}个问题的结果是“{words}”，按办理时限与分工的规定还不能归档。",
            hint="请继续办理，有新的结果后再办结一次。", details={"problems": list(waiting)},
        )  # fmt: skip
    if waiting:
        named = "、".join(str(position) for position in waiting)
        raise UserError(
            "problems_open", f"还有{len(waiting)}个问题没有办结（第{named}个），不能归档。",
            hint="请先在“问题办理”中逐个办结。", details={"problems": list(waiting)},
        )  # fmt: skip
    if not visit.problems and not visit.content.nothing_to_solve:
        raise UserError(
            "problems_open", "没有记问题，也没有说明本次家访未反映需解决的问题，不能归档。",
            hint="请记下问题并办结，或勾选“本次家访未反映需解决的问题”。",
            details={"problems": [], "nothing_to_solve": False},
        )  # fmt: skip


def require_complete(visit: Visit) -> None:
    """No required cell of the form would print empty.

    Raises:
        UserError: ``form_incomplete`` with the cells' names in details.
    """
    missing = missing_cells(visit)
    if missing:
        raise UserError(
            "form_incomplete", "记录单还没有填完整：" + "、".join(cell.title for cell in missing) + "。",
            hint="请补齐后再归档；没有的写“无”。", details={"missing": [cell.field for cell in missing]},
        )  # fmt: skip


def require_ready(
    visit: Visit, *, paper_at: str | None, has_scan: bool, outcomes: Collection[str] = tuple(OUTCOMES)
) -> None:
    """The gate, in INTERFACE's order.

    Raises:
        UserError: ``problems_open form_incomplete no_paper already_archived``.
    """
    require_solved(visit, outcomes=outcomes)
    require_complete(visit)
    if not (paper_at or visit.paper.place or has_scan):
        raise UserError("no_paper", "还不知道盖章的纸质件在哪里。", hint="请写明纸质件放在哪里，或附上盖章后的扫描件。")
    if visit.archived_on is not None:
        day = visit.archived_on
        raise UserError(
            "already_archived", f"这份记录已在{day.year}年{day.month}月{day.day}日归档。", hint="要改内容请用“更正”。",
            details={"archived_on": day.isoformat()},
        )  # fmt: skip
