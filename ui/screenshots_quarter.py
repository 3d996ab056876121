"""Pictures of the quarter: what the year's pictures open, a summary marked as reported and what moved since, a sheet
that was signed and is printed again.

Called by screenshots; nothing is changed.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from ui.screenshots import Album


def draw(album: Album) -> None:
    """The pictures, left out where the data gives no reason for them."""
    desk: Any = album._open("workbench")
    album._dialog("workbench_quarter", "dialog_figure_rows", desk.side.chart.quarters[2].click)
    due = next((one for one in desk.bench.quarters if not one.has_ended), None)
    if due is not None:
        page: Any = album._open("summary", year=due.year, quarter=due.quarter)
        album._shoot("summary_due")
        album._dialog("summary_mark", "dialog_mark_reported", page.bar.button_mark.click)
    told = next((one for one in desk.bench.quarters if one.reported_on is not None), None)
    if told is not None:
        page = album._open("summary", year=told.year, quarter=told.quarter)
        album._shoot("summary_reported")
        album._dialog("summary_revoke", "dialog_revoke_report", page.bar.button_revoke.click)
        if page.view.found.differences:
            album._dialog("summary_changes", "dialog_report_changes", page.bar.button_changes.click)
    signed = album._first(
        lambda visit: visit.paper.signed_on is not None and visit.archived_on is None and not visit.deleted
    )
    if signed is not None:
        editor: Any = album._open("visit", visit_id=signed.id)
        album._dialog("print_again", "dialog_print", editor.acts.paper.print)
