"""What a paper says where the clerk typed nothing but the record knows the answer (FORMS, 附件2; INTERFACE, Visits).

Two cells only: an empty 家访问题解决情况 is drafted from the problems' resolutions, and the spouse's cells say 无 where
the office writes 无. No sentence is ever made up (PRODUCT R4: no automatic negative guarantees).
"""

from __future__ import annotations

from jiafang_desktop.domain.visits import Visit

NOBODY = "无"


def resolution_words(visit: Visit) -> str | None:
    """家访问题解决情况 as it prints: what was typed, else each problem's own resolution as a paragraph."""
    if visit.content.resolution:
        return visit.content.resolution
    found = [problem.resolution for problem in visit.problems if problem.resolution and not problem.deleted]
    return "\n".join(found) or None


def spouse_words(visit: Visit) -> tuple[str | None, str | None]:
    """(name, work) as they print.

    无 in the name's cell goes for the work too. Of a registered visit both cells left empty mean that there is no
    spouse; while a sheet is being typed they are just empty.
    """
    name, work = visit.content.visitee.spouse_name, visit.content.visitee.spouse_work
    if not name and not work and visit.registered:
        return NOBODY, NOBODY
    if name == NOBODY and not work:
        return NOBODY, NOBODY
    return name, work
