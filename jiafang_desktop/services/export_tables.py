"""The workbook of ``export --all``: the exported records as tables in the office's words. Reading is export_all's."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from jiafang_desktop.documents.reports.workbook import SheetColumn, SheetTable, Value
from jiafang_desktop.domain.cadres import CADRE_FIELDS
from jiafang_desktop.domain.cadres import FIELD_TITLES as CADRE_TITLES
from jiafang_desktop.domain.concerns import SOURCES
from jiafang_desktop.domain.concerns import STATUSES as CONCERN_STATUSES
from jiafang_desktop.domain.guidance import NAMES as GUIDANCE_NAMES
from jiafang_desktop.domain.plans import STATUSES as PLAN_STATUSES
from jiafang_desktop.domain.problems import KINDS, LEVELS, OUTCOMES
from jiafang_desktop.domain.rules import ROLES
from jiafang_desktop.domain.visits import PLACES, PRIORITIES, STATUSES

Row = Mapping[str, Any]
_KIND_TITLES = {
    "visit": "家访", "problem": "问题", "cadre": "干部", "concern": "诉求", "meeting": "会议",
    "guidance": "组织督导情况", "setting": "设置", "rules": "办理时限与分工", "leaders": "领导分工",
    "calendar": "工作日历", "summary": "季度总结", "summary_report": "季度上报", "column_map": "导入栏目",
}  # fmt: skip
# Of the program's own making, no reading for people; JSON has them.
_UNREAD = ("layout", "printed_state", "originals")


@dataclass(frozen=True, slots=True)
class Column:
    """A column of the workbook: title, width in characters, and the value of a row."""

    title: str
    width: float
    value: Callable[[Row], Value]


def tables(gathered: Mapping[str, Sequence[Row]]) -> list[SheetTable]:
    """Every sheet, the records' own order kept."""
    made = [
        SheetTable(name, tuple(SheetColumn(column.title, column.width) for column in columns),
                   [[column.value(row) for column in columns] for row in gathered[kind]])
        for kind, name, columns in (
            ("visits", "家访", _VISIT), ("problems", "问题", _PROBLEM), ("cadres", "干部", _CADRE),
            ("concerns", "诉求", _CONCERN), ("meetings", "会议", _MEETING), ("plans", "计划家访", _PLAN),
        )
    ]  # fmt: skip
    return [*made, _history(gathered["history"])]


def _at(path: str) -> Callable[[Row], Any]:
    names = path.split(".")

    def value(row: Row) -> Any:
        found: Any = row
        for name in names:
            found = found.get(name) if isinstance(found, Mapping) else None
        return found

    return value


def _text(title: str, path: str, width: float = 14.0, *, choices: Mapping[str, str] | None = None) -> Column:
    get = _at(path)
    return Column(title, width, lambda row: _words(get(row), choices))


def _day(title: str, path: str) -> Column:
    get = _at(path)

    def value(row: Row) -> Value:
        text = get(row)
        return date.fromisoformat(text) if isinstance(text, str) and len(text) == len("2026-11-03") else text

    return Column(title, 12.0, value)


def _words(value: Any, choices: Mapping[str, str] | None = None) -> Value:
    if value is None or value == "" or value == []:
        return None
    if isinstance(value, bool):
        return "是" if value else "否"
    if isinstance(value, int):
        return value
    if isinstance(value, list):
        return "；".join(str(_words(item)) for item in value)
    if isinstance(value, Mapping):
        return "　".join(str(_words(item)) for item in value.values() if item not in (None, ""))
    return (choices or {}).get(str(value), str(value))


_VISIT = (
    _text("序号", "number", 7), _day("日期", "date"), _text("台账单位", "unit"), _text("家访对象", "visitee.name", 10),
    _text("职务", "visitee.post", 20), _text("家访对象单位", "visitee.unit"), _text("家庭住址", "visitee.address", 22),
    _text("配偶姓名", "visitee.spouse_name", 10), _text("配偶工作单位及职务", "visitee.spouse_work", 20),
    _text("家访领导", "leaders", 24), _text("记录人", "recorder", 10), _text("地点", "place", 8, choices=PLACES),
    _text("受访人员", "met", 12), _text("看谈听访", "ways", 10), _text("事由", "matter", 30),
    _text("优先情形", "priority", choices=PRIORITIES), _text("家访情况记录", "account", 60),
    _text("家访问题解决情况", "resolution", 40), _text("送上问候", "topics.greeting", 8),
    _text("对单位的意见建议", "topics.advice_unit", 30), _text("对领导的意见建议", "topics.advice_leaders", 30),
    _text("需求", "topics.needs", 30), _text("思想状态", "topics.state_of_mind", 24),
    *(_text(title, f"guidance.{name}", 24) for name, title in GUIDANCE_NAMES.items()),
    _text("未反映需解决的问题", "nothing_to_solve", 10), _text("备注", "remark", 20), _text("补录", "late_entry", 6),
    _text("补录原因", "late_entry_reason", 20), _text("状态", "status", 9, choices=STATUSES),
    _day("登记日期", "recorded_on"), _day("打印", "paper.printed_on"), _day("签字", "paper.signed_on"),
    _day("盖章", "paper.sealed_on"), _text("纸质件存放", "paper.paper_at", 20), _day("归档日期", "archived_on"),
    _text("作废原因", "delete_reason", 20), _text("本账户看不到的栏目", "hidden", 18), _text("编号", "id", 28),
)  # fmt: skip
_PROBLEM = (
    _text("家访序号", "visit_number", 8), _text("家访对象", "visitee", 10), _text("第几个", "n", 7),
    _text("问题", "text", 50), _text("类别", "kind", 12, choices=KINDS), _text("难度", "level", 9, choices=LEVELS),
    _text("责任人", "responsible"), _day("限期", "due_date"), _text("跟进", "progress", 40),
    _text("办结情况", "resolution", 40), _day("办结日期", "resolved_on"), _text("结果", "outcome", choices=OUTCOMES),
    _text("已删除", "deleted", 7), _text("编号", "id", 28), _text("家访编号", "visit", 28),
)  # fmt: skip
_CADRE = (
    *(_text(CADRE_TITLES[name], name) for name in CADRE_FIELDS), _text("已删除", "deleted", 7), _text("编号", "id", 28),
)  # fmt: skip
_CONCERN = (
    _text("编号", "number", 7), _text("单位", "unit"), _text("姓名", "cadre.name", 10), _text("职务", "cadre.post", 18),
    _text("诉求内容", "text", 50), _day("反映时间", "raised_on"), _day("登记日期", "recorded_on"),
    _text("来源", "source", choices=SOURCES), _text("优先情形", "priority", choices=PRIORITIES),
    _text("困难程度", "level", 9, choices=LEVELS), _text("办理责任", "responsible_role", choices=ROLES),
    _text("办理人", "responsible", 10), _day("办理期限", "due_date"), _text("状态", "status", choices=CONCERN_STATUSES),
    _text("转办原因", "referred.reason", 24), _text("退回说明", "declined.reason", 24), _day("报送日期", "reported_on"),
    _text("已删除", "deleted", 7), _text("内部编号", "id", 34),
)  # fmt: skip
_MEETING = (
    _day("时间", "on"), _text("参会人员", "attendees", 40), _text("会议记录", "minutes", 70),
    _text("议定事项", "decisions", 60), _text("编号", "id", 28),
)  # fmt: skip


_PLAN = (
    _text("计划时间", "when", 12), _text("姓名", "visitee.name", 10), _text("单位", "visitee.unit", 18),
    _text("职务", "visitee.post", 22), _text("家访领导", "leaders", 24), _text("说明", "note", 40),
    _text("状态", "status", 10, choices=PLAN_STATUSES), _text("取消原因", "drop_reason", 20),
    _text("家访编号", "visit.id", 28), _text("编号", "id", 28),
)  # fmt: skip


def _history(rows: Sequence[Row]) -> SheetTable:
    """A line for each field changed; what created a record is one line, since its fields stand on its own sheet."""
    columns = (
        SheetColumn("时间", 24), SheetColumn("经办人", 10), SheetColumn("类别", 10), SheetColumn("编号", 28),
        SheetColumn("栏目", 22), SheetColumn("修改前", 44), SheetColumn("修改后", 44),
    )  # fmt: skip
    lines: list[Sequence[Value]] = []
    seen: set[str] = set()
    for row in rows:
        head = (row["time"], row["operator"], _KIND_TITLES.get(row["kind"], row["kind"]), row["record"])
        if row["record"] not in seen:
            seen.add(row["record"])
            lines.append((*head, "（新建）", None, None))
            continue
        for name, after in row["after"].items():
            if name in _UNREAD:
                continue
            hidden = "（本账户看不到）" if name in row["hidden"] else None
            lines.append((*head, name, hidden or _plain(row["before"].get(name)), hidden or _plain(after)))
    return SheetTable("修改记录", columns, lines)


def _plain(value: Any) -> str | None:
    if value is None or isinstance(value, str):
        return value
    return json.dumps(value, ensure_ascii=False)
