"""家访: recording, listing and changing visits. Their printing and filing stand in ``visit_papers``."""

from __future__ import annotations

import argparse
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from jiafang_desktop.cli import inputs, wording
from jiafang_desktop.cli.page import Page
from jiafang_desktop.cli.parser import natural, year
from jiafang_desktop.cli.verbs import handover, visit_import, visit_papers
from jiafang_desktop.domain.changes import Changes
from jiafang_desktop.domain.visits import PRIORITIES, STATUSES, VisitQuery

if TYPE_CHECKING:
    from jiafang_desktop.cli.desk import Desk
    from jiafang_desktop.cli.parser import ChineseParser, Group
    from jiafang_desktop.services.session import Store

_ID_HELP = "家访编号，见 visits list"
_NOTHING: tuple[object, ...] = (None, "", [], False)


def add_to(group: Group) -> None:
    """Hang the verbs on the program."""
    visits = group.chapter("visits", "家访：登记、修改、查询、归档")
    add = visits.verb(
        "add", "登记一次或多次家访", run=_add, show=_show_added, example="jiafang visits add --file 家访.json",
        note="文件里写一个对象，或一组对象；一组要么全部登记，要么一条也不登记。序号不写时由程序给出。",
    )  # fmt: skip
    add.add_argument("--file", required=True, metavar="V.json", help="家访内容（UTF-8的JSON）")
    add.add_argument("--draft", action="store_true", help="先存成草稿，不登记、不编号")
    register = visits.verb(
        "register", "把草稿登记下来", run=_register, show=_show_added, example="jiafang visits register 家访编号"
    )
    edit = visits.verb(
        "edit", "修改一次家访", run=_edit, show=_show_changed, example="jiafang visits edit 家访编号 --file 修改.json",
        note="文件里只写要改的栏目：数组整个替换，null 清空。",
    )  # fmt: skip
    correct = visits.verb(
        "correct", "更正已归档的家访，要写明原因", run=_correct, show=_show_changed,
        example="jiafang visits correct 家访编号 --file 修改.json --reason 姓名写错",
    )  # fmt: skip
    for changing in (edit, correct):
        changing.add_argument("id", metavar="ID", help=_ID_HELP)
        changing.add_argument("--file", required=True, metavar="PATCH.json", help="要改的栏目（JSON Merge Patch）")
    correct.add_argument("--reason", required=True, metavar="TEXT", help="更正原因")
    _add_list(visits)
    show = visits.verb("show", "显示一次家访", run=_show_one, show=_show_visit, example="jiafang visits show 家访编号")
    history = visits.verb(
        "history", "显示一次家访改过什么", run=_history, show=_show_history, example="jiafang visits history 家访编号"
    )
    delete = visits.verb(
        "delete", "作废：放进回收站，序号仍占用", run=_delete, show=_show_state,
        example="jiafang visits delete 家访编号 --reason 重复登记",
    )  # fmt: skip
    delete.add_argument("--reason", required=True, metavar="TEXT", help="作废原因")
    restore = visits.verb(
        "restore", "恢复作废的家访", run=_restore, show=_show_state, example="jiafang visits restore 家访编号"
    )
    for simple in (register, show, history, delete, restore):
        simple.add_argument("id", metavar="ID", help=_ID_HELP)
    visit_import.add_to(visits)
    visit_papers.add_to(visits)
    handover.add_leader(visits)


def _add_list(visits: Group) -> None:
    parser = visits.verb(
        "list", "列出家访，按单位、年度、序号排", run=_list, show=_show_list,
        example="jiafang visits list --year 2026 --quarter 3 --query 赵立新",
    )  # fmt: skip
    parser.add_argument("--year", type=year, metavar="Y", help="年度；不写是全部年度")
    parser.add_argument("--quarter", type=int, choices=(1, 2, 3, 4), help="季度")
    parser.add_argument("--unit", metavar="NAME", help="哪个单位的台账")
    parser.add_argument("--query", metavar="TEXT", default="", help="姓名（字、全拼或首字母）、事由、情况记录里的字")
    parser.add_argument(
        "--status", choices=tuple(STATUSES), action="append", default=[], help="只列这种状态的，可写多次"
    )
    parser.add_argument("--priority", choices=tuple(PRIORITIES), help="只列这种优先情形的")
    parser.add_argument("--leader", metavar="NAME", help="只列这位领导去的")
    parser.add_argument("--drafts", action="store_true", help="也列草稿（不计入总数）")
    parser.add_argument("--deleted", action="store_true", help="也列作废的（不计入总数）")
    _paging(parser)


def _paging(parser: ChineseParser) -> None:
    parser.add_argument("--limit", type=natural, metavar="N", help="最多列几条")
    parser.add_argument("--offset", type=natural, metavar="N", default=0, help="从第几条之后列起")


# ------------------------------------------------------------------------------------ recording


def _add(desk: Desk, args: argparse.Namespace) -> dict[str, Any]:
    from jiafang_desktop.services import visit_json, visits

    given = inputs.json_file(Path(args.file))
    many = isinstance(given, list)
    fresh = visit_json.read_visits(given)
    with desk.store() as store:
        made = visits.add_many(store, fresh, by=store.operator, draft=args.draft)
        desk.warnings.extend(words for one in made for words in one.warnings)
        added = [{"id": one.id, "number": one.number} for one in made]
        return {"added": added} if many else dict(added[0])


def _register(desk: Desk, args: argparse.Namespace) -> dict[str, Any]:
    from jiafang_desktop.services import visits

    with desk.store() as store:
        made = visits.register_stored(store, args.id, by=store.operator)
        return {"id": made.id, "number": made.number}


def _show_added(answer: Mapping[str, Any], page: Page) -> None:
    for one in answer.get("added") or [answer]:
        state = f"已登记，序号{one['number']}" if one["number"] else "已存成草稿"
        page.say(f"{state}，编号 {one['id']}。")


def _edit(desk: Desk, args: argparse.Namespace) -> dict[str, Any]:
    from jiafang_desktop.services import visit_json, visits

    patch = visit_json.read_patch(inputs.json_file(Path(args.file)))
    with desk.store() as store:
        return _changed(desk, store, args.id, visits.edit(store, args.id, patch, by=store.operator))


def _correct(desk: Desk, args: argparse.Namespace) -> dict[str, Any]:
    from jiafang_desktop.services import visit_json, visits

    patch = visit_json.read_patch(inputs.json_file(Path(args.file)))
    with desk.store() as store:
        changes = visits.correct(store, args.id, patch, reason=args.reason, by=store.operator)
        return _changed(desk, store, args.id, changes)


def _changed(desk: Desk, store: Store, visit_id: str, changes: Changes) -> dict[str, Any]:
    """``id revision changed[]``; where nothing differed the revision is the latest there was."""
    from jiafang_desktop.services import visit_json, visits

    if changes.records:
        desk.warnings.extend(visits.warnings(store, visits.show(store, visit_id).content))

    own = [record.revision for record in changes.records if record.rec == visit_id]
    revision = own[-1] if own else visits.history(store, visit_id)[-1].revision
    return {"id": visit_id, "revision": revision, "changed": visit_json.changed_names(changes, visit_id)}


def _show_changed(answer: Mapping[str, Any], page: Page) -> None:
    changed = answer["changed"]
    titles = "、".join(wording.field_title(name) for name in changed)
    page.say(f"已改：{titles}。" if changed else "没有不同，什么也没有改。")


# ------------------------------------------------------------------------------------ reading


def _list(desk: Desk, args: argparse.Namespace) -> dict[str, Any]:
    from jiafang_desktop.services import visit_json

    query = VisitQuery(
        year=args.year, quarter=args.quarter, unit=args.unit, text=args.query, statuses=tuple(args.status),
        leader=args.leader, priority=args.priority, include_drafts=args.drafts or "draft" in args.status,
        include_deleted=args.deleted or "void" in args.status,
    )  # fmt: skip
    with desk.store() as store:
        return visit_json.listed(store, query, limit=args.limit, offset=args.offset)


def _show_list(answer: Mapping[str, Any], page: Page) -> None:
    page.table(
        ["序号", "日期", "家访对象", "职务", "家访领导", "状态", "补录", "编号"],
        [
            (
                row["number"], row["date"], row["visitee"]["name"], row["visitee"]["post"],
                [leader["name"] for leader in row["leaders"]], STATUSES[row["status"]],
                "补录" if row["late_entry"] else "", row["id"],
            ) for row in answer["visits"]
        ],
    )  # fmt: skip
    page.say(f"共{answer['total']}次家访。")


def _show_one(desk: Desk, args: argparse.Namespace) -> dict[str, Any]:
    from jiafang_desktop.services import visit_json

    with desk.store() as store:
        return visit_json.shown(store, args.id)


def _show_visit(answer: Mapping[str, Any], page: Page) -> None:
    page.facts(wording.visit_facts(answer))


def _history(desk: Desk, args: argparse.Namespace) -> dict[str, Any]:
    from jiafang_desktop.services import visit_json, visits

    with desk.store() as store:
        return {"id": args.id, "revisions": visit_json.history_json(visits.history(store, args.id))}


def _show_history(answer: Mapping[str, Any], page: Page) -> None:
    for revision in answer["revisions"]:
        page.say(f"{revision['time']}　{revision['operator']}")
        if revision.get("restricted"):
            page.say(f"  {wording.field_title('topics.advice_leaders')}：{wording.RESTRICTED}")
        for name, value in revision["after"].items():
            before = revision["before"].get(name)
            if name == "visitee.cadre" or (value in _NOTHING and before in _NOTHING):
                continue
            was, now = wording.plain(before, name=name), wording.plain(value, name=name)
            page.say(f"  {wording.field_title(name)}：{was} → {now}")


# ------------------------------------------------------------------------------------ recycle bin


def _delete(desk: Desk, args: argparse.Namespace) -> dict[str, Any]:
    from jiafang_desktop.services import visits

    with desk.store() as store:
        visits.delete(store, args.id, reason=args.reason, by=store.operator)
        return _state(store, args.id)


def _restore(desk: Desk, args: argparse.Namespace) -> dict[str, Any]:
    from jiafang_desktop.services import visits

    with desk.store() as store:
        visits.restore(store, args.id, by=store.operator)
        return _state(store, args.id)


def _state(store: Store, visit_id: str) -> dict[str, Any]:
    from jiafang_desktop.services import visits

    visit = visits.show(store, visit_id)
    return {"id": visit.id, "number": visit.number, "status": visit.status}


def _show_state(answer: Mapping[str, Any], page: Page) -> None:
    number = f"序号{answer['number']}" if answer["number"] else "这份草稿"
    page.say(f"{number}现在是：{STATUSES[answer['status']]}。")
