"""诉求: importing, adding, 分析研判, listing, and where they went. Its report on paper stands with the papers."""

from __future__ import annotations

import argparse
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from jiafang_desktop.cli import inputs
from jiafang_desktop.cli.doubts import say_doubts
from jiafang_desktop.cli.page import Page
from jiafang_desktop.cli.parser import natural, pair
from jiafang_desktop.cli.progress import Bar, watched
from jiafang_desktop.cli.verbs import concern_papers
from jiafang_desktop.domain.concerns import SOURCES, STATUSES
from jiafang_desktop.domain.problems import LEVELS
from jiafang_desktop.domain.routing import BASES
from jiafang_desktop.domain.rules import ROLES
from jiafang_desktop.domain.visits import PRIORITIES

if TYPE_CHECKING:
    from jiafang_desktop.cli.desk import Desk
    from jiafang_desktop.cli.parser import ChineseParser, Group

_ID_HELP = "诉求编号，见 concerns list"
_ROW_STATUSES = {"new": "新增", "same": "相同", "check": "待核对"}
_FIELDS = "name unit section post text raised_on source priority level"
_MOST_SHOWN = 30
_PROGRAM_QUESTIONS = ("sheet", "column:name", "column:unit", "column:text")


def add_to(group: Group) -> None:
    """Hang the verbs on the program."""
    concerns = group.chapter("concerns", "诉求：导入、登记、分析研判、转办")
    _add_import(concerns)
    add = concerns.verb(
        "add", "登记一件或多件诉求", run=_add, show=_show_added, example="jiafang concerns add --file 诉求.json",
        note="文件里写一个对象，或一组对象；一组要么全部登记，要么一件也不登记。",
    )  # fmt: skip
    add.add_argument("--file", required=True, metavar="C.json", help="诉求内容（UTF-8的JSON）")
    edit = concerns.verb(
        "edit", "修改登记的内容", run=_edit, show=_show_concern,
        example="jiafang concerns edit 诉求编号 --file 修改.json", note="文件里只写要改的栏目，null 清空。",
    )  # fmt: skip
    edit.add_argument("--file", required=True, metavar="PATCH.json", help="要改的栏目（JSON Merge Patch）")
    triage = concerns.verb(
        "triage", "分析研判：定困难程度，随之定由谁、什么时候前办", run=_triage, show=_show_triage,
        example="jiafang concerns triage 诉求编号 --level serious",
        note="县里定了困难程度的，本单位用 --propose 提请提级，不直接改。",
    )  # fmt: skip
    levels = "，".join(f"{name} {title}" for name, title in LEVELS.items())
    triage.add_argument("--level", required=True, choices=tuple(LEVELS), help=f"困难程度：{levels}")
    triage.add_argument("--due", metavar="DATE", help="这一件单独规定的期限")
    triage.add_argument("--propose", action="store_true", help="提级：只提请，不改现在的困难程度")
    triage.add_argument("--reason", metavar="TEXT", help="提级的原因")
    _add_list(concerns)
    show = concerns.verb(
        "show", "显示一件诉求", run=_show_one, show=_show_concern, example="jiafang concerns show 诉求编号"
    )
    closing = []
    for name, words, run in (
        ("refer", "转有关单位办理", _refer),
        ("decline", "退回说明", _decline),
        ("delete", "删除，编号不再用", _delete),
    ):
        example = f"jiafang concerns {name} 诉求编号 --reason 原因"
        closing.append(concerns.verb(name, words, run=run, show=_show_concern, example=example))
    for parser in closing:
        parser.add_argument("--reason", required=True, metavar="TEXT", help="原因")
    reopen = concerns.verb(
        "reopen", "撤回转办或退回", run=_reopen, show=_show_concern, example="jiafang concerns reopen 诉求编号"
    )
    restore = concerns.verb(
        "restore", "恢复删除的诉求", run=_restore, show=_show_concern, example="jiafang concerns restore 诉求编号"
    )
    for parser in (edit, triage, show, *closing, reopen, restore):
        parser.add_argument("id", metavar="ID", help=_ID_HELP)
    concern_papers.add_to(concerns)


def _add_import(concerns: Group) -> None:
    load = concerns.verb(
        "import", "读一份诉求表：先预览，加 --apply 才导入；县里的按单位分", run=_import, show=_show_import,
        example="jiafang concerns import 小程序导出.xlsx --apply",
        note="能读 xlsx、xls、csv、txt（按内容识别，不看扩展名）；身份证号和民族不导入。导入过的不会重复。",
    )  # fmt: skip
    load.add_argument("file", metavar="FILE", help="诉求表")
    load.add_argument("--sheet", metavar="NAME", help="读哪一张工作表；不写时自己找")
    load.add_argument(
        "--column", metavar="FIELD=LETTER", action="append", type=pair, default=[],
        help=f"指明某一栏在哪一列，可写多次，例如 text=D；记住后同样的表不用再写。栏目：{_FIELDS}",
    )  # fmt: skip
    load.add_argument("--unit", metavar="NAME", help="没有写单位的人算哪个单位的")
    load.add_argument(
        "--answer", metavar="ID=OPTION", action="append", type=pair, default=[], help="回答预览提出的问题，可写多次"
    )
    load.add_argument("--apply", action="store_true", help="导入；不加时只预览，什么也不改")


def _add_list(concerns: Group) -> None:
    parser: ChineseParser = concerns.verb(
        "list", "列出诉求，按单位、年度、编号排", run=_list, show=_show_list,
        example="jiafang concerns list --status assigned --due-before 2026-10-20",
    )  # fmt: skip
    parser.add_argument("--status", choices=tuple(STATUSES), help="只列这种状态的")
    parser.add_argument("--due-before", metavar="DATE", help="只列办结日在这一天之前的")
    parser.add_argument("--query", metavar="TEXT", default="", help="姓名（字、全拼或首字母）、单位、职务、内容里的字")
    parser.add_argument("--unit", metavar="NAME", help="只列一个单位的")
    parser.add_argument("--unreported", action="store_true", help="只列已有结果、还没有向县里报送办理情况的")
    parser.add_argument("--deleted", action="store_true", help="也列删除的（不计入总数）")
    parser.add_argument("--limit", type=natural, metavar="N", help="最多列几件")
    parser.add_argument("--offset", type=natural, metavar="N", default=0, help="从第几件之后列起")


# ------------------------------------------------------------------------------------ taking down


def _import(desk: Desk, args: argparse.Namespace) -> dict[str, Any]:
    from jiafang_desktop.services import concerns

    with desk.store() as store:
        with Bar() as bar:
            preview = concerns.preview(
                store, Path(args.file), sheet=args.sheet,
                columns={name: letters.upper() for name, letters in args.column}, unit=args.unit,
                answers=dict(args.answer), progress=bar.show,
            )  # fmt: skip
        asked = {question.id for question in preview.questions} | set(_PROGRAM_QUESTIONS)
        unasked = [name for name, _ in args.answer if name not in asked]
        desk.warnings.extend(f"没有编号为“{name}”的问题，这个回答没有用上。" for name in unasked)
        if not args.apply:
            return preview.as_json()
        return watched(concerns.apply(store, preview, by=store.operator)).as_json()


def _show_import(answer: Mapping[str, Any], page: Page) -> None:
    from jiafang_desktop.services import concern_import

    titles, counts = concern_import.field_titles(), answer["counts"]
    page.say(f"{answer['file']}（{answer['format']}），工作表“{answer['sheet']}”，表头到第{answer['header_row']}行。")
    page.say("认出的栏目：" + "，".join(f"{titles[name]} {letter}列" for name, letter in answer["columns"].items()))
    page.say(*answer.get("notes", ()), "")
    found = answer["concerns"]
    page.table(
        ["行", "姓名", "单位", "反映时间", "诉求内容", "情况"],
        [
            (c["row"], c["name"], c["unit"], c["raised_on"], _short(c["text"]), _ROW_STATUSES[c["status"]])
            for c in found[:_MOST_SHOWN]
        ],
        wide="诉求内容",
    )
    if len(found) > _MOST_SHOWN:
        page.say(f"…… 还有{len(found) - _MOST_SHOWN}件，加 --json 可以看到全部。")
    say_doubts(page, found, answer["questions"], most=_MOST_SHOWN)
    if len(answer["units"]) > 1:
        page.say("", "按单位分：" + "，".join(f"{part['unit']}{part['rows']}件" for part in answer["units"]))
    kinds = "，".join(f"{title}{counts[status]}" for status, title in _ROW_STATUSES.items())
    page.say("", f"共{counts['rows']}件：{kinds}；跳过{counts['skipped']}行，{counts['problems']}处要看。")
    if answer["applied"]:
        page.say("已导入。待核对的没有导入。" if counts["check"] else "已导入。")
    else:
        page.say("以上是预览，什么也没有改；核对无误后加 --apply 导入。")


def _add(desk: Desk, args: argparse.Namespace) -> dict[str, Any]:
    from jiafang_desktop.services import concerns

    given = inputs.json_file(Path(args.file))
    fresh = concerns.read_json(given)
    with desk.store() as store:
        added = [
            {"id": one.id, "number": one.number} for one in concerns.add_many(store, fresh, by=store.operator)
        ]  # fmt: skip
    return {"added": added} if isinstance(given, list) else dict(added[0])


def _show_added(answer: Mapping[str, Any], page: Page) -> None:
    for one in answer.get("added", [answer]):
        page.say(f"已登记，第{one['number']}号，编号 {one['id']}。")


def _edit(desk: Desk, args: argparse.Namespace) -> dict[str, Any]:
    from jiafang_desktop.services import concerns

    patch = concerns.read_patch(inputs.json_file(Path(args.file)))
    with desk.store() as store:
        concerns.edit(store, args.id, patch, by=store.operator)
    return _show_one(desk, args)


# ------------------------------------------------------------------------------------ 分析研判 and after


def _triage(desk: Desk, args: argparse.Namespace) -> dict[str, Any]:
    from jiafang_desktop.services import concern_json, concerns

    due = inputs.day(args.due, option="--due")
    with desk.store() as store:
        done = concerns.triage(
            store, args.id, level=args.level, due=due, propose=args.propose, reason=args.reason, by=store.operator
        )
        return concern_json.triage_json(done)


def _show_triage(answer: Mapping[str, Any], page: Page) -> None:
    proposal = answer["proposal"]
    if proposal is not None:
        page.say(f"已提请提级为“{LEVELS[proposal['level']]}”，现在的困难程度没有改。")
    page.facts([
        ("困难程度", LEVELS.get(answer["level"])), ("由谁办理", ROLES.get(answer["responsible_role"])),
        ("责任人", answer["responsible"]), (BASES.get(answer["due_basis"], "办结日"), answer["due_date"]),
    ])  # fmt: skip
    if answer["due_reason"]:
        page.say(answer["due_reason"])
    if answer["level"] and not answer["responsible"]:
        page.say("分工表里还没有写由哪一位办理，可用 jiafang leaders set 写明。")


def _refer(desk: Desk, args: argparse.Namespace) -> dict[str, Any]:
    from jiafang_desktop.services import concerns

    with desk.store() as store:
        concerns.refer(store, args.id, reason=args.reason, by=store.operator)
    return _show_one(desk, args)


def _decline(desk: Desk, args: argparse.Namespace) -> dict[str, Any]:
    from jiafang_desktop.services import concerns

    with desk.store() as store:
        concerns.decline(store, args.id, reason=args.reason, by=store.operator)
    return _show_one(desk, args)


def _delete(desk: Desk, args: argparse.Namespace) -> dict[str, Any]:
    from jiafang_desktop.services import concerns

    with desk.store() as store:
        concerns.delete(store, args.id, reason=args.reason, by=store.operator)
    return _show_one(desk, args)


def _reopen(desk: Desk, args: argparse.Namespace) -> dict[str, Any]:
    from jiafang_desktop.services import concerns

    with desk.store() as store:
        concerns.reopen(store, args.id, by=store.operator)
    return _show_one(desk, args)


def _restore(desk: Desk, args: argparse.Namespace) -> dict[str, Any]:
    from jiafang_desktop.services import concerns

    with desk.store() as store:
        concerns.restore(store, args.id, by=store.operator)
    return _show_one(desk, args)


# ------------------------------------------------------------------------------------ reading


def _list(desk: Desk, args: argparse.Namespace) -> dict[str, Any]:
    from jiafang_desktop.services import concern_json, concerns

    due_before = inputs.day(args.due_before, option="--due-before")
    with desk.store() as store:
        found = concerns.listing(
            store, status=args.status, due_before=due_before, query=args.query, unit=args.unit,
            unreported=args.unreported, include_deleted=args.deleted,
        )  # fmt: skip
        end = None if args.limit is None else args.offset + args.limit
        total = sum(not view.concern.deleted for view in found)
        return {"total": total, "concerns": [concern_json.concern_json(view) for view in found[args.offset : end]]}


def _show_list(answer: Mapping[str, Any], page: Page) -> None:
    page.table(
        ["号", "姓名", "单位", "困难程度", "状态", "责任人", "办结日", "诉求内容", "编号"],
        [
            (
                c["number"], c["cadre"]["name"], c["cadre"]["unit"], LEVELS.get(c["level"]), STATUSES[c["status"]],
                c["responsible"] or ROLES.get(c["responsible_role"]), _due(c), _short(c["text"]), c["id"],
            )
            for c in answer["concerns"]
        ],
        wide="诉求内容",
    )  # fmt: skip
    page.say(f"共{answer['total']}件诉求。")


def _due(concern: Mapping[str, Any]) -> str | None:
    if concern["due_date"] is None:
        return None
    if concern["due_basis"] == "suggested":
        return f"建议{concern['due_date']}"
    return f"{concern['due_date']}{'（超期）' if concern['overdue'] else ''}"


def _show_one(desk: Desk, args: argparse.Namespace) -> dict[str, Any]:
    from jiafang_desktop.services import concern_json, concerns

    with desk.store() as store:
        view = concerns.show(store, args.id)
        if view.due is not None:
            desk.warnings.extend(view.due.warnings)
        earlier = [concern_json.concern_json(other) for other in concerns.earlier_of(store, view.concern)]
        return {**concern_json.concern_json(view), "earlier": earlier}


def _show_concern(answer: Mapping[str, Any], page: Page) -> None:
    cadre = answer["cadre"]
    page.facts([
        ("编号", answer["id"]), ("号", answer["number"]), ("状态", STATUSES[answer["status"]]),
        ("姓名", cadre["name"]), ("单位", cadre["unit"]), ("职务", cadre["post"]), ("反映时间", answer["raised_on"]),
        ("来源", SOURCES[answer["source"]]), ("优先情形", PRIORITIES.get(answer["priority"])),
        ("诉求内容", answer["text"]), ("困难程度", LEVELS.get(answer["level"])),
        ("由谁办理", ROLES.get(answer["responsible_role"])), ("责任人", answer["responsible"]),
        ("办结日", _due(answer)), ("依据", answer["due_reason"]), ("转有关单位", _reason(answer["referred"])),
        ("退回说明", _reason(answer["declined"])), ("已报送", answer["reported_on"]),
        ("家访", "、".join(f"第{visit['number']}号" for visit in answer["visits"])),
    ])  # fmt: skip
    if answer["proposal"] is not None:
        page.say(f"已提请提级为“{LEVELS[answer['proposal']['level']]}”：{answer['proposal']['reason'] or '没有写原因'}")
    for other in answer["earlier"]:
        page.say(f"这个人另有第{other['number']}号（{STATUSES[other['status']]}）：{_short(other['text'])}")


def _reason(note: Mapping[str, Any] | None) -> str | None:
    return f"{note['on']}　{note['reason']}" if note else None


def _short(text: str | None, most: int = 40) -> str | None:
    plain = " ".join((text or "").split())
    return plain if len(plain) <= most else plain[: most - 1] + "…"
