"""Pictures of a unit's year for ``ui.screenshots``: concerns, problems, what waits for signature, summary, meetings.

Takes an album's open window; what is shown is the pages'.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from ui.screenshots import Album

_PASTED = (
    "姓名\t职务\t诉求内容\t反映时间\t来源\n"
    "石秀兰\t民政办科员\t父亲住院，想调整值班\t2026.3.2\t家访小程序\n"
    "高振山\t退役军人服务站站长\t孩子升学，想了解就近入学政策\t3月4日\t本人反映\n"
)


def concerns(album: Album) -> None:
    """The list, its dialogs, and the import."""
    page: Any = album._open("concerns")
    album._shoot("concerns")
    for name, status, dialog, act in (
        ("concern_triage", "new", "dialog_triage", page.acts.triage),
        ("concern_refer", "new", "dialog_refer", page.acts.refer),
        ("concern_decline", "new", "dialog_decline", page.acts.decline),
        ("concern_edit", "assigned", "dialog_concern", page.acts.edit),
        ("concern_reported", "done", "dialog_reported", page.acts.report),
    ):  # fmt: skip
        row = next((row for row in page.rows if row.status == status), None)
        if row is not None:
            page.table.set_current(row.id)
            album._dialog(name, dialog, lambda act=act, row=row: act(row))
    album._dialog("concern_new", "dialog_concern", page.acts.new)
    row = next((row for row in page.rows if row.status == "done"), None)
    if row is not None:
        album._dialog("concern_report", "dialog_preview", lambda: page.acts.preview_report(row))
    row = next((row for row in page.rows if row.status == "assigned"), None)
    if row is not None:
        album._dialog("concern_previsit", "dialog_preview", lambda: page.acts.previsit(row))
    visit = album._first(lambda visit: bool(visit.content.concerns))
    if visit is not None:
        editor: Any = album._open("visit", visit_id=visit.id)
        editor.panel.ensureWidgetVisible(editor.panel.concerns)
        album._dialog("visit_concerns", "dialog_choose_concern", editor.links.choose)
    reader: Any = album._open("concerns_import")
    album._shoot("concerns_import")
    reader.opened(text=_PASTED)
    album.camera.settle(album.tasks)
    album._shoot("concerns_import_review")
    reader.forget()


def waiting(album: Album) -> None:
    """All problems, and the sheets to be signed."""
    found: Any = album._open("problems")
    for status in ("open", "overdue", "done"):
        found.opened(status=status)
        album.camera.settle(album.tasks)
        album._shoot(f"problems_{status}")
    waiting = album._open("signing")
    album._shoot("signing")
    album._dialog("signing_print", "dialog_print", lambda: album._click("button_print_signing", waiting))


def papers(album: Album) -> None:
    """The quarter's summary, 资料自查 and meetings."""
    page: Any = album._open("summary")
    album._shoot("summary")
    album._dialog("summary_figure", "dialog_figure_rows", lambda: album._click("figure_visits", page))
    album._dialog("summary_preview", "dialog_preview", page.preview)
    files: Any = album._open("files", part="inspection")
    album._shoot("files_inspection")
    files.choose("meetings")
    album.camera.settle(album.tasks)
    album._shoot("files_meetings")
    album._dialog("meeting_add", "dialog_meeting", files.meetings.add)
