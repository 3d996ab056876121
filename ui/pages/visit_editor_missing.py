"""What still stops a record from being filed, each with the place to go to (policy 四之四, note 2 of 附件2).

The same order as the command line's gate: problems first, then the form's cells; the paper is asked for afterwards.
"""

from __future__ import annotations

from jiafang_desktop.domain.visits import Visit, VisitContent
from ui.dialogs.archive import Missing


def missing_for_archive(visit: Visit, content: VisitContent) -> list[Missing]:
    """Everything missing at once, so the clerk is not sent back and forth."""
    found = [
        Missing(f"问题“{problem.content.text[:12]}”还没办结", "问题办理")
        for problem in visit.problems
        if problem.is_open
    ]
    if not visit.problems and not content.nothing_to_solve:
        found.append(Missing("没有记问题，也没有勾“本次家访未反映需解决的问题”", "问题办理"))
    return found + _missing_cells(visit, content)


def _missing_cells(visit: Visit, content: VisitContent) -> list[Missing]:
    visitee, leaders = content.visitee, content.leaders
    drafted = any(problem.resolution for problem in visit.problems)
    required = (
        (content.date, "日期", "date"), (visitee.name, "家访对象姓名", "visitee_name"),
        (visitee.post, "家访对象职务", "visitee_post"), (visitee.address, "家庭住址", "address"),
        (visitee.spouse_name, "配偶姓名（没有就写“无”）", "spouse_name"),
        (visitee.spouse_work or visitee.spouse_name == "无", "配偶工作单位及职务", "spouse_work"),
        (content.account, "家访情况记录", "account"),
        (content.resolution or drafted, "家访问题解决情况（没有就写“无”）", "resolution"),
        (leaders, "家访领导姓名", "leader_name"),
        (leaders and all(leader.post for leader in leaders), "家访领导职务", "leader_post"),
    )  # fmt: skip
    return [Missing(f"{title}还空着", cell) for value, title, cell in required if not value]
