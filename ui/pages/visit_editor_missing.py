"""What still stops a record from being filed, each with the place to go to (policy 四之四, note 2 of 附件2).

The same order as the command line's gate: problems first, then the form's cells; the paper is asked for afterwards.
Which cells are required is domain.archiving's to say.
"""

from __future__ import annotations

from dataclasses import replace

from jiafang_desktop.domain import archiving
from jiafang_desktop.domain.visits import Visit, VisitContent
from ui.dialogs.archive import Missing


def missing_for_archive(visit: Visit, content: VisitContent) -> list[Missing]:
    """Everything missing at once, so the clerk is not sent back and forth; ``content`` is what is typed now."""
    found = [
        Missing(f"问题“{problem.content.text[:12]}”还没办结", "问题办理")
        for problem in visit.problems
        if problem.is_open
    ]
    if not visit.problems and not content.nothing_to_solve:
        found.append(Missing("没有记问题，也没有勾“本次家访未反映需解决的问题”", "问题办理"))
    typed = replace(visit, content=content)
    return found + [Missing(f"{cell.title}还空着", cell.cell) for cell in archiving.missing_cells(typed)]
