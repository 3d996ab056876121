"""The quarter's and the office's own papers: ``summary``, ``meetings``, ``inspect``."""

from __future__ import annotations

import argparse
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from jiafang_desktop.cli import inputs
from jiafang_desktop.cli.page import Page
from jiafang_desktop.cli.parser import pair, year
from jiafang_desktop.cli.progress import watched
from jiafang_desktop.common.errors import UserError
from jiafang_desktop.domain.inspection import TITLES
from jiafang_desktop.domain.summary_words import SECTIONS

if TYPE_CHECKING:
    from jiafang_desktop.cli.desk import Desk
    from jiafang_desktop.cli.parser import Group


def add_to(group: Group) -> None:
    """Hang the verbs on the program."""
    _add_summary(group)
    _add_meetings(group)
    inspect = group.chapter("inspect", "督导检查：资料自查")
    listed = inspect.verb(
        "list", "资料自查：每份资料还缺什么", run=_inspect, show=_show_inspect,
        example="jiafang inspect list --year 2026 --to 自查清单.docx",
    )  # fmt: skip
    listed.add_argument("--year", type=year, metavar="Y", help="年度；不写是全部年度")
    listed.add_argument("--quarter", type=int, choices=(1, 2, 3, 4), help="季度（不查缺号）")
    kinds = "，".join(f"{code} {title}" for code, title in TITLES.items())
    listed.add_argument(
        "--code", choices=tuple(TITLES), action="append", default=[], help=f"只列这一类，可写多次：{kinds}"
    )
    listed.add_argument("--to", metavar="F.docx|F.pdf|F.png", help="写成可以打印的清单")
    listed.add_argument("--replace", action="store_true", help="文件已存在时替换")


def _add_summary(group: Group) -> None:
    parts = "，".join(f"{key} {title}" for key, title in SECTIONS.items())
    summary = group.verb(
        "summary", "季度总结：统计数和四部分文字，可写成Word或Excel", run=_summary, show=_show_summary,
        example="jiafang summary --year 2026 --quarter 3 --to 报送/三季度总结.docx",
        note=f"每个数都给出对应的记录；没有家访时写成零报告。四部分：{parts}。",
    )  # fmt: skip
    summary.add_argument("--year", type=year, required=True, metavar="Y", help="年度")
    summary.add_argument("--quarter", type=int, choices=(1, 2, 3, 4), required=True, help="季度")
    summary.add_argument("--to", metavar="F.docx|F.xlsx", help="写到哪个文件（也能写 pdf、png）")
    summary.add_argument("--replace", action="store_true", help="文件已存在时替换")
    summary.add_argument(
        "--keep", metavar="SECTION=FILE", action="append", type=pair, default=[],
        help="把一部分换成文件里改好的文字（UTF-8），以后一直用它；可写多次",
    )  # fmt: skip
    summary.add_argument(
        "--reported-on",
        metavar="D",
        help="标记已上报：上报那天的日期；数字和文字照现在的样子留存，以后打印的就是报出去的",
    )
    summary.add_argument("--revoke-report", metavar="REASON", help="撤回“已上报”，写明原因")
    summary.add_argument("--as-now", action="store_true", help="已上报的，也按现在的情况写出（不加时写出上报的那一份）")
    summary.add_argument("--redraft", choices=tuple(SECTIONS), action="append", default=[], help="这一部分改回自动起草")


def _summary(desk: Desk, args: argparse.Namespace) -> dict[str, Any]:
    from jiafang_desktop.services import summary, summary_papers

    texts = {section: _text_of(Path(name)) for section, name in args.keep} | dict.fromkeys(args.redraft)
    when = {"year": args.year, "quarter": args.quarter}
    with desk.store() as store:
        for section, text in texts.items():
            summary.keep_text(store, **when, section=section, text=text, by=store.operator)
        if args.revoke_report is not None:
            summary.revoke_report(store, **when, reason=args.revoke_report, by=store.operator)
        on = inputs.day(args.reported_on, option="--reported-on")
        if on is not None:
            summary.mark_reported(store, **when, on=on, by=store.operator)
        answer = summary.summary_json(summary.read(store, **when))
        if args.to:
            made = summary_papers.write(
                store, Path(args.to), **when, renderer=desk.renderer, replace=args.replace, as_now=args.as_now
            )
            answer |= {"file": str(made[0]), "files": [str(path) for path in made]}
        return answer


def _text_of(path: Path) -> str:
    """The words of a text file.

    Raises:
        UserError: ``not_found bad_input``.
    """
    try:
        return path.read_bytes().decode("utf-8-sig")
    except FileNotFoundError:
        raise UserError("not_found", f"没有找到文件“{path.name}”。", hint="请检查文件的位置和名字。") from None
    except (OSError, UnicodeDecodeError):
        raise UserError("bad_input", f"“{path.name}”读不出来。", hint="请用记事本重新保存为UTF-8的文本文件。") from None


def _show_summary(answer: Mapping[str, Any], page: Page) -> None:
    page.files(answer.get("files", ()))
    page.say(
        f"{answer['unit']}　{answer['year']}年第{answer['quarter']}季度"
        + ("（零报告）" if answer["nil_report"] else "")
    )
    page.table(("项目", "数量"), [(one["title"], one["value"]) for one in answer["figures"].values()])
    for number, section in zip("一二三四", answer["sections"].values(), strict=True):
        page.say("", f"{number}、{section['title']}" + ("（已改写）" if section["edited"] else ""), section["text"])
    _show_reported(answer["reported"], page)
    page.say("", "各项数字互相对得上。" if answer["reconciles"] else "有的数字对不上，请运行 jiafang check。")


def _show_reported(told: Mapping[str, Any] | None, page: Page) -> None:
    if told is None:
        return
    page.say(
        "", f"已于{told['on']}上报（{told['by']}）。" + ("现在的数与上报时不同的：" if told["differences"] else "")
    )
    if told["differences"]:
        page.table(("项目", "上报时", "现在"), [(one["title"], one["then"], one["now"]) for one in told["differences"]])


# ------------------------------------------------------------------------------------------- meetings


def _add_meetings(group: Group) -> None:
    meetings = group.chapter("meetings", "家访制度落实情况汇报分析会")
    add = meetings.verb(
        "add", "登记一次会议", run=_add_meeting, show=_show_added, example="jiafang meetings add --file 会议.json",
    )  # fmt: skip
    add.add_argument("--file", required=True, metavar="M.json", help="会议内容（UTF-8的JSON）")
    edit = meetings.verb(
        "edit", "改写一次会议", run=_edit_meeting, show=_show_added,
        example="jiafang meetings edit 会议编号 --file 会议.json",
    )  # fmt: skip
    edit.add_argument("--file", required=True, metavar="M.json", help="整份会议内容（UTF-8的JSON）")
    listed = meetings.verb(
        "list",
        "列出会议，按时间排",
        run=_list_meetings,
        show=_show_meetings,
        example="jiafang meetings list --year 2026",
    )
    listed.add_argument("--year", type=year, metavar="Y", help="年度；不写是全部年度")
    agenda = meetings.verb(
        "agenda", "会上要研究的事：还没有办结的问题，超期的在前", run=_agenda, show=_show_agenda,
        example="jiafang meetings agenda",
    )  # fmt: skip
    assert agenda is not None
    measure = meetings.verb(
        "measure", "把一项议定事项转为某个问题的措施", run=_measure, show=_show_added,
        example="jiafang meetings measure 会议编号 1 --visit 家访编号 --problem 2",
    )  # fmt: skip
    minutes = meetings.verb(
        "minutes", "写出会议记录", run=_minutes, show=lambda answer, page: page.files(answer["files"]),
        example="jiafang meetings minutes 会议编号 --to 会议记录.docx",
    )  # fmt: skip
    for parser in (edit, measure, minutes):
        parser.add_argument("id", metavar="ID", help="会议编号，见 meetings list")
    measure.add_argument("decision", type=int, metavar="K", help="第几项议定事项，从1数起")
    measure.add_argument("--visit", required=True, metavar="ID", help="家访编号")
    measure.add_argument("--problem", required=True, type=int, metavar="N", help="第几个问题")
    minutes.add_argument("--to", required=True, metavar="F.docx|F.pdf|F.png", help="写到哪个文件")
    minutes.add_argument("--replace", action="store_true", help="文件已存在时替换")


def _add_meeting(desk: Desk, args: argparse.Namespace) -> dict[str, Any]:
    from jiafang_desktop.services import meetings

    data = inputs.json_file(Path(args.file))
    with desk.store() as store:
        return {"id": meetings.add(store, data, by=store.operator).id}


def _edit_meeting(desk: Desk, args: argparse.Namespace) -> dict[str, Any]:
    from jiafang_desktop.services import meetings

    data = inputs.json_file(Path(args.file))
    with desk.store() as store:
        meetings.edit(store, args.id, data, by=store.operator)
        return meetings.meeting_json(meetings.show(store, args.id))


def _measure(desk: Desk, args: argparse.Namespace) -> dict[str, Any]:
    from jiafang_desktop.services import meetings

    with desk.store() as store:
        meetings.measure(store, args.id, args.decision - 1, visit=args.visit, position=args.problem, by=store.operator)
        return meetings.meeting_json(meetings.show(store, args.id))


def _minutes(desk: Desk, args: argparse.Namespace) -> dict[str, Any]:
    from jiafang_desktop.services import meetings

    with desk.store() as store:
        made = meetings.write_minutes(store, args.id, Path(args.to), renderer=desk.renderer, replace=args.replace)
        return {"file": str(made[0]), "files": [str(path) for path in made]}


def _show_added(answer: Mapping[str, Any], page: Page) -> None:
    page.say(f"已记下，会议编号 {answer['id']}。")


def _list_meetings(desk: Desk, args: argparse.Namespace) -> dict[str, Any]:
    from jiafang_desktop.services import meetings

    with desk.store() as store:
        found = [one for one in meetings.listing(store) if args.year is None or one.on.year == args.year]
        return {"total": len(found), "meetings": [meetings.meeting_json(one) for one in found]}


def _show_meetings(answer: Mapping[str, Any], page: Page) -> None:
    page.say(f"共{answer['total']}次会议。")
    page.table(("时间", "参会人员", "议定事项", "编号"), [
        (one["on"], one["attendees"], [decision["text"] for decision in one["decisions"]], one["id"])
        for one in answer["meetings"]
    ], wide="议定事项")  # fmt: skip


def _agenda(desk: Desk, args: argparse.Namespace) -> dict[str, Any]:
    from jiafang_desktop.services import meetings, visit_json

    with desk.store() as store:
        found = [
            {"visit": one.visit.id, "number": one.visit.number, "visitee": {"name": one.visit.content.visitee.name},
             **visit_json.problem_json(one.problem)}
            for one in meetings.agenda(store)
        ]  # fmt: skip
        return {"total": len(found), "problems": found}


def _show_agenda(answer: Mapping[str, Any], page: Page) -> None:
    page.say(f"没有办结的问题{answer['total']}个。")
    page.table(("序号", "家访对象", "问题", "责任人", "限期"), [
        (one["number"], one["visitee"]["name"], one["text"], one["responsible"], one["due_date"])
        for one in answer["problems"]
    ], wide="问题")  # fmt: skip


# ------------------------------------------------------------------------------------------- inspection


def _inspect(desk: Desk, args: argparse.Namespace) -> dict[str, Any]:
    from dataclasses import replace

    from jiafang_desktop.services import inspection

    with desk.store() as store:
        found = watched(inspection.look(store, year=args.year, quarter=args.quarter))
        if args.code:
            found = replace(found, findings=tuple(one for one in found.findings if one.code in args.code))
        answer = inspection.inspection_json(found)
        if args.to:
            made = inspection.write(store, Path(args.to), found, renderer=desk.renderer, replace=args.replace)
            answer |= {"file": str(made[0]), "files": [str(path) for path in made]}
        return answer


def _show_inspect(answer: Mapping[str, Any], page: Page) -> None:
    page.files(answer.get("files", ()))
    page.say(f"看了{answer['visits']}份记录，查到{answer['total']}项。")
    page.table(("序号", "姓名", "缺什么", "情况"), [
        (one["number"], one["name"], one["title"], one["message"]) for one in answer["items"]
    ], wide="情况")  # fmt: skip
