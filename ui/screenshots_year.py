"""Pictures of a unit's year for ``ui.screenshots``: old papers, concerns, problems, what waits for signature, summary,
meetings.

Takes an album's open window; what is shown is the pages'.
"""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from ui.screenshots import Album

_PASTED = (
    "姓名\t职务\t诉求内容\t反映时间\t来源\n"
    "石秀兰\t民政办科员\t父亲住院，想调整值班\t2026.3.2\t家访小程序\n"
    "高振山\t退役军人服务站站长\t孩子升学，想了解就近入学政策\t3月4日\t本人反映\n"
)

_OLD_HEAD = "序号,家访领导姓名,职务,家访对象姓名,职务,时间,内容,备注\n"
_OLD = {
    "2024年/2024年台账.csv": "魏县领导干部家访台账（2024年度）\n单位：德政镇\n" + _OLD_HEAD + (
        "1,孙海涛,党委副书记、镇长,杜立民,党政综合办公室科员,3月5日,母亲患病，看望慰问,\n"
        "2,赵立新、马秀云,党委书记、组织委员,常玉珍,南片管区书记,4月12日,工作调动后谈心,\n"
        "3,郭振海,人大主席,高志勇,村镇建设办公室科员,近期,子女升学，了解困难,\n"
        "3,田建军,副镇长,牛子豪,党建工作办公室科员,6月3日,入职一年，听取意见,\n"
        "5,冯志强,纪委书记,骆俊峰,项目服务办公室主任,8.20,家中老人摔伤,\n"
        "6,韩雪梅,组织委员,武秀芳,便民服务中心主任,9月28日,国庆节前走访,\n"
        "合计,,,6人次,,,,\n填表人：王敏,,,,审核人：赵立新,,,\n"
    ),
    "以前/旧台账.csv": "单位：德政镇\n" + _OLD_HEAD + (
        "1,孙海涛,副镇长,苗建伟,经济发展办公室主任,5月8日,爱人住院，看望慰问,\n"
        "2,崔文静,宣传统战委员,褚明辉,自然资源所科员,7月1日,走访党员干部,\n"
    ),
    "以前/记录单.doc": "{\\rtf1}", "以前/~$台账.xlsx": "x",
}  # fmt: skip


def years_before(album: Album) -> None:
    """What was kept before the program, from the first step to what is to be settled."""
    page: Any = album._open("visits_import")
    album._shoot("visits_import")
    album._dialog("visits_import_docx", "dialog_how_docx", page.show_how)
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place) / "以前的家访资料"
        for name, words in _OLD.items():
            (folder / name).parent.mkdir(parents=True, exist_ok=True)
            (folder / name).write_text(words, "utf-8")
        page.read([folder])
        album.camera.settle(album.tasks)
        page.review.go_to("v2")
        album._shoot("visits_import_review")
        album._click("answer_year:以前/旧台账.csv/文本_2", page)
        page.review.show_status("skipped")
        album._shoot("visits_import_skipped")
    page.forget()


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
    _planned(album)


def _planned(album: Album) -> None:
    """What is planned, and one leader's own visits."""
    visits: Any = album._open("visits", plan="")
    album._shoot("plans")
    for chip in ("passed", "done"):
        if album._click(f"chip_plan_{chip}", visits):
            album._shoot(f"plans_{chip}")
    visits.plans.choose("open")
    if visits.plans.rows:
        album._dialog("plan_edit", "dialog_plan", lambda: visits.plans.edit(visits.plans.rows[0]))
    album._dialog("plan_new", "dialog_plan", lambda: album._click("button_add_plan", visits))
    visits.filters.clear()
    album.camera.settle(album.tasks)
    leaders: Any = album._open("leader_visits")
    album._shoot("leader_visits")
    album._dialog("leader_visits_preview", "dialog_preview", lambda: album._click("button_leader_preview", leaders))


def papers(album: Album) -> None:
    """What was kept before the program; the quarter's summary, 资料自查 and meetings."""
    years_before(album)
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
    files.choose("handover")
    album.camera.settle(album.tasks)
    album._shoot("files_handover")
    album._dialog("handover_preview", "dialog_preview", files.handover.preview)
    _finder(album)


def _finder(album: Album) -> None:
    """查找任何内容 with nothing typed, with records and acts, and without a hit."""
    desk = album.window.desk
    desk.find_anything()
    assert desk.finder is not None
    for name, text in (("find_latest", ""), ("find_records", "补贴"), ("find_acts", "dy"), ("find_nothing", "公积金")):
        desk.finder.field.setText(text)
        album._shoot(name)
    desk.finder.close_sheet()
