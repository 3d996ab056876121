"""交接清单 as an office paper, and the open matters as a workbook to go on with. What is on hand is handover's.

A clerk reads on in the program; on paper, what is said about signs of trouble is counted and named as such, not told.
"""

from __future__ import annotations

from collections.abc import Sequence

from jiafang_desktop.documents.reports.blocks import (
    Block,
    Column,
    Heading,
    Note,
    Report,
    Signatures,
    Space,
    Table,
    Text,
    Title,
    day_words,
    dotted,
)
from jiafang_desktop.documents.reports.workbook import SheetColumn, SheetTable, Value, tables_xlsx
from jiafang_desktop.domain.concerns import STATUSES as CONCERN_STATUSES
from jiafang_desktop.domain.problems import KINDS, LEVELS, OUTCOMES, Problem
from jiafang_desktop.domain.rules import ROLES
from jiafang_desktop.domain.visits import PRIORITIES, Visit
from jiafang_desktop.services.concern_office import ConcernView
from jiafang_desktop.services.handover import TITLES, Handover, Parties
from jiafang_desktop.services.leader_visits import paper_words
from jiafang_desktop.services.plans import PlanView

NAME = "家访工作交接清单"
_QUIET = "warning_sign"
_NUMBERS = "一二三四五六七八九十"
_LINE = "＿＿＿＿＿＿＿＿＿＿＿＿"
_LONGEST = 60
_BY_HAND = (
    "打开程序的密码、密码找回单、文件柜和办公室钥匙、登记的非涉密U盘不写入本清单，由双方当面交接，"
    "并由接交人随即更换密码。"
)


# ------------------------------------------------------------------------------------------- the list


def report(found: Handover, parties: Parties) -> Report:
    """The list, ready to be signed by three."""
    sections: tuple[tuple[str, list[Block]], ...] = (
        ("移交事项数量", _figures(found)), ("未办结的诉求", _concerns(found)), ("未归档的家访和记录单", _visits(found)),
        ("未办结的问题", _problems(found)), ("会议议定未转为措施的事项", _decisions(found)),
        ("未家访的计划", _plans(found)), ("领导分工和办理时限", _office(found)), ("台账和纸质资料", _papers(found)),
        ("数据备份", [Text(f"最近一次备份的存放处和日期：{parties.backup_at or found.backup or _LINE}")]),
        ("当面交接", [Text(_BY_HAND)]),
    )  # fmt: skip
    blocks: list[Block] = [
        Title((found.unit, NAME)), Space(),
        Text(f"{found.unit}领导干部家访工作截至{day_words(found.on)}在办事项和留存资料如下，双方逐项清点核对。"),
    ]  # fmt: skip
    for number, (title, parts) in zip(_NUMBERS, sections, strict=True):
        blocks += [Heading(f"{number}、{title}"), *parts]
    blocks += [
        Space(), Text("以上事项和资料已逐项清点，移交清楚。"), Space(0.5),
        _signed("移交人", parties.giver), _signed("接交人", parties.taker), _signed("监交人", parties.witness),
    ]  # fmt: skip
    return Report(NAME, tuple(blocks))


def _signed(role: str, name: str | None) -> Signatures:
    """The name is typed, the signature is ink."""
    return Signatures((f"{role}{f'（{name}）' if name else ''}签字：", f"日期：{day_words(None)}"))


def _figures(found: Handover) -> list[Block]:
    """Two figures a row."""
    counts = found.counts
    told = [(("　" if title.startswith("其中") else "") + title, str(counts[key])) for key, title in TITLES.items()]
    half = (len(told) + 1) // 2
    right = [*told[half:], *[("", "")] * (2 * half - len(told))]
    columns = (Column("项目", 62, "left"), Column("数量", 16)) * 2
    rows = tuple((*left, *other) for left, other in zip(told[:half], right, strict=True))
    return [Table(columns, rows), Note("数量与程序“工作台”一致，明细见附表“未结事项”。")]


def _concerns(found: Handover) -> list[Block]:
    columns = (
        Column("编号", 13), Column("反映时间", 27), Column("姓名", 20), Column("诉求", 48, "left"), Column("进度", 22),
        Column("期限", 26),
    )  # fmt: skip
    rows = [
        (
            str(view.concern.number or ""), dotted(view.concern.since), view.concern.content.name,
            _short(concern_words(view)), CONCERN_STATUSES[view.status], _due(view),
        ) for view in found.concerns
    ]  # fmt: skip
    return _table(columns, rows, "没有未办结的诉求。")


def _visits(found: Handover) -> list[Block]:
    columns = (
        Column("序号", 13), Column("时间", 27), Column("家访对象", 22), Column("家访领导", 34),
        Column("未办结问题", 25), Column("记录单", 20), Column("备注", 15),
    )  # fmt: skip
    rows = [
        (
            str(visit.number or ""), dotted(visit.content.date), visit.content.visitee.name, leaders_of(visit),
            str(sum(1 for problem in visit.problems if problem.is_open) or ""), paper_words(visit, found.unit), "",
        ) for visit in found.visits
    ]  # fmt: skip
    return _table(columns, rows, "登记的家访都已归档。")


def _problems(found: Handover) -> list[Block]:
    columns = (
        Column("序号", 13), Column("家访对象", 22), Column("问题", 66, "left"), Column("责任人", 28),
        Column("期限", 27),
    )  # fmt: skip
    rows = [
        (
            str(visit.number or ""), visit.content.visitee.name, _short(problem_words(problem)),
            problem.content.responsible or "", dotted(problem.content.due_date),
        ) for visit, problem in found.problems
    ]  # fmt: skip
    return _table(columns, rows, "没有未办结的问题。")


def _decisions(found: Handover) -> list[Block]:
    columns = (
        Column("会议时间", 26), Column("议定事项", 76, "left"), Column("责任人", 28), Column("完成期限", 26),
    )  # fmt: skip
    rows = [
        (dotted(meeting.on), _short(one.text), one.responsible or "", dotted(one.due_date))
        for meeting, one in found.decisions
    ]
    return _table(columns, rows, "没有未转为措施的议定事项。")


def _plans(found: Handover) -> list[Block]:
    columns = (
        Column("计划时间", 30), Column("家访对象", 24), Column("职务", 40), Column("家访领导", 30),
        Column("说明", 32, "left"),
    )  # fmt: skip
    rows = [
        (
            when_words(view), view.plan.content.name, view.plan.content.post or "",
            "、".join(leader.name for leader in view.plan.content.leaders), _short(view.plan.content.note or ""),
        ) for view in found.plans
    ]  # fmt: skip
    return _table(columns, rows, "没有未家访的计划。")


def _office(found: Handover) -> list[Block]:
    columns = (
        Column("分工", 34), Column("姓名", 24), Column("职务", 44), Column("分管或分包", 54, "left"),
    )  # fmt: skip
    rows = [
        (ROLES.get(one.role, one.role), one.name, one.post or "", "、".join((*one.sections, *one.units)))
        for one in found.leaders
    ]
    version = f"办理时限与分工现行第{found.rules.version}版" if found.rules.version else "办理时限与分工用程序自带的"
    words = []
    for level, rule in found.rules.levels.items():
        days = f"{rule.limit.words}内办结" if rule.is_own else f"建议{rule.limit.words}办结"
        words.append(f"{LEVELS[level]}困难由{ROLES.get(rule.role, rule.role)}办理，{days}")
    outcomes = "、".join(OUTCOMES[name] for name in found.rules.archive_outcomes)
    rules = (
        f"{version}：{'；'.join(words)}。季度结束后{found.rules.report_days}天内报送总结；问题{outcomes}的可以归档。"
    )
    return [*_table(columns, rows, "没有填写领导分工。"), Text(rules)]


def _papers(found: Handover) -> list[Block]:
    columns = (
        Column("年度", 20), Column("家访", 18), Column("已归档", 18), Column("纸质件存放处", 100, "left"),
    )  # fmt: skip
    rows = [
        (
            f"{one.year}年", str(one.visits), str(one.archived),
            "；".join(f"{place}（{count}份）" for place, count in one.places),
        ) for one in found.years
    ]  # fmt: skip
    note = "没有写存放处的，由移交人当面指明。"
    return [*_table(columns, rows, "还没有登记家访。"), *([Note(note)] if rows else [])]


def _table(columns: tuple[Column, ...], rows: Sequence[tuple[str, ...]], nothing: str) -> list[Block]:
    return [Table(columns, tuple(rows), size_pt=10.5)] if rows else [Text(nothing)]


# ------------------------------------------------------------------------------------------- words


def concern_words(view: ConcernView) -> str:
    """The concern's words; of one about signs of trouble or told by the masses only that it is one."""
    content = view.concern.content
    if content.priority == _QUIET or content.source == "masses":
        return "内容请在程序中查看"
    return " ".join(content.text.split())


def problem_words(problem: Problem) -> str:
    """The problem's words, or that it is a sign of trouble."""
    if problem.content.kind == _QUIET:
        return f"{KINDS[_QUIET]}，内容请在程序中查看"
    return " ".join(problem.content.text.split())


def when_words(view: PlanView) -> str:
    """2026.12.3, or 2026年12月."""
    content = view.plan.content
    return dotted(content.day) if content.day else f"{content.first.year}年{content.first.month}月"


def leaders_of(visit: Visit) -> str:
    """钱永和、周文斌."""
    return "、".join(leader.name for leader in visit.content.leaders)


def _due(view: ConcernView) -> str:
    if view.due is None:
        return ""
    return ("建议" if view.due.basis == "suggested" else "") + dotted(view.due.day)


def _short(text: str) -> str:
    line = " ".join(text.split())
    return line if len(line) <= _LONGEST else line[: _LONGEST - 1] + "…"


# ------------------------------------------------------------------------------------------- the workbook


def workbook(found: Handover) -> bytes:
    """Figures, and a sheet for each kind of open matter."""
    figures: list[Sequence[Value]] = [(TITLES[key], count) for key, count in found.counts.items()]
    return tables_xlsx(
        [
            SheetTable("数量", (SheetColumn("项目", 36), SheetColumn("数量", 10)), figures), _concern_sheet(found),
            _visit_sheet(found), _problem_sheet(found), _decision_sheet(found), _plan_sheet(found),
        ],
        title=NAME,
    )  # fmt: skip


def _concern_sheet(found: Handover) -> SheetTable:
    rows: list[Sequence[Value]] = [
        (
            view.concern.number, view.concern.since, view.concern.content.name, view.concern.content.post,
            concern_words(view), PRIORITIES.get(view.concern.content.priority or "", None),
            LEVELS.get(view.concern.level or "", None), view.responsible.name if view.responsible else None,
            view.due.day if view.due else None, CONCERN_STATUSES[view.status], "超期" if view.overdue else None,
        ) for view in found.concerns
    ]  # fmt: skip
    titles = (
        ("编号", 6), ("反映时间", 12), ("姓名", 10), ("职务", 20), ("诉求", 46), ("优先情形", 18), ("困难程度", 10),
        ("承办人", 10), ("期限", 12), ("进度", 12), ("超期", 6),
    )  # fmt: skip
    return SheetTable("未办结诉求", tuple(SheetColumn(*one) for one in titles), rows)


def _visit_sheet(found: Handover) -> SheetTable:
    reprint = {one.key for one in found.bench.reprint}
    rows: list[Sequence[Value]] = [
        (
            visit.number, visit.content.date, visit.content.visitee.name, visit.content.visitee.post, leaders_of(visit),
            visit.content.matter, paper_words(visit, found.unit), visit.paper.printed_on, visit.paper.signed_on,
            visit.paper.sealed_on, "需重印" if visit.id in reprint else None, visit.paper.place,
            sum(1 for problem in visit.problems if problem.is_open),
        ) for visit in found.visits
    ]  # fmt: skip
    titles = (
        ("序号", 6), ("时间", 12), ("家访对象", 10), ("职务", 22), ("家访领导", 16), ("事由", 34), ("记录单", 10),
        ("打印", 12), ("签字", 12), ("盖章", 12), ("重印", 8), ("纸质件存放处", 24), ("未办结问题", 10),
    )  # fmt: skip
    return SheetTable("未归档家访", tuple(SheetColumn(*one) for one in titles), rows)


def _problem_sheet(found: Handover) -> SheetTable:
    rows: list[Sequence[Value]] = []
    for visit, problem in found.problems:
        latest = problem.progress[-1] if problem.progress and problem.content.kind != _QUIET else None
        rows.append((
            visit.number, visit.content.date, visit.content.visitee.name, problem.position, problem_words(problem),
            KINDS[problem.content.kind], LEVELS.get(problem.content.level or "", None), problem.content.responsible,
            problem.content.due_date, latest.text if latest else None, latest.on if latest else None,
        ))  # fmt: skip
    titles = (
        ("序号", 6), ("家访时间", 12), ("家访对象", 10), ("第几个", 8), ("问题", 46), ("类别", 12), ("难度", 10),
        ("责任人", 14), ("期限", 12), ("最近跟进", 40), ("跟进日期", 12),
    )  # fmt: skip
    return SheetTable("未办结问题", tuple(SheetColumn(*one) for one in titles), rows)


def _decision_sheet(found: Handover) -> SheetTable:
    rows: list[Sequence[Value]] = [
        (meeting.on, one.text, one.responsible, one.due_date) for meeting, one in found.decisions
    ]
    titles = (("会议时间", 12), ("议定事项", 60), ("责任人", 16), ("完成期限", 12))
    return SheetTable("议定事项", tuple(SheetColumn(*one) for one in titles), rows)


def _plan_sheet(found: Handover) -> SheetTable:
    rows: list[Sequence[Value]] = [
        (
            when_words(view), view.plan.content.name, view.plan.content.unit, view.plan.content.post,
            "、".join(leader.name for leader in view.plan.content.leaders), view.plan.content.note,
        ) for view in found.plans
    ]  # fmt: skip
    titles = (("计划时间", 14), ("家访对象", 10), ("单位", 18), ("职务", 22), ("家访领导", 18), ("说明", 46))
    return SheetTable("计划家访", tuple(SheetColumn(*one) for one in titles), rows)
