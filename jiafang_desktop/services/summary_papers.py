"""The quarterly summary on paper and as a workbook: 零报告 too, with approver's line, seal's place, figures.

Nothing is written while a section quotes what is restricted. What the summary says is summary's.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from jiafang_desktop.documents.reports.blocks import (
    Addressee,
    Block,
    Column,
    Ending,
    Heading,
    Note,
    PageTurn,
    Report,
    Signatures,
    Space,
    Table,
    Text,
    Title,
)
from jiafang_desktop.documents.reports.workbook import SheetColumn, SheetTable, Value, tables_xlsx
from jiafang_desktop.domain.concerns import STATUSES as CONCERN_STATUSES
from jiafang_desktop.domain.problems import KINDS, LEVELS, OUTCOMES
from jiafang_desktop.domain.summary import TITLES
from jiafang_desktop.domain.visits import STATUSES
from jiafang_desktop.services import files, forms, reports, summary
from jiafang_desktop.services.renderer import Renderer
from jiafang_desktop.services.summary import Summary

if TYPE_CHECKING:
    from jiafang_desktop.store import Store

SUFFIXES = (".docx", ".xlsx", ".pdf", ".png")
NAME = "领导干部家访工作季度总结"
_NUMBERS = "一二三四"
# Figures under another one, a step further in on the table.
_INNER = ("priority", "ordinary", "problems_", "outcome_", "open", "concerns_")


def write(
    store: Store,
    target: Path,
    *,
    year: int,
    quarter: int,
    renderer: Renderer,
    replace: bool = False,
    as_now: bool = False,
) -> list[Path]:
    """The summary as Word, Excel, PDF or pictures, by the target's suffix.

    A reported quarter is written as it was reported, unless ``as_now`` asks for what is counted today.

    Raises:
        UserError: ``restricted_text``, ``unsupported_format file_exists file_busy disk_full not_writable bad_input``.
    """
    suffix = forms.check_suffix(target, SUFFIXES)
    files.check_target(target, replace=replace)
    found = edition(store, year=year, quarter=quarter, as_now=as_now)
    summary.require_clean(found)
    if suffix == ".xlsx":
        return [files.write_bytes(target, workbook(store, found), replace=replace)]
    return reports.write(report(found), target, renderer=renderer, replace=replace)


def edition(store: Store, *, year: int, quarter: int, as_now: bool = False) -> Summary:
    """What a paper of the quarter says: what was reported, or what is counted today."""
    found = summary.read(store, year=year, quarter=quarter)
    return found if as_now else summary.as_reported(store, found)


def report(found: Summary) -> Report:
    """The summary as a paper."""
    blocks: list[Block] = [Title((found.unit, f"{found.title}领导干部家访工作总结")), Space()]
    if found.role == "unit":
        blocks.append(Addressee(f"中共{found.county}县委组织部"))
    if found.nil_report:
        blocks.append(Note("（零报告）", align="center"))
    blocks.append(Text(f"现将{found.title}领导干部家访工作情况报告如下。"))
    for number, section in zip(_NUMBERS, found.sections, strict=True):
        blocks += [Heading(f"{number}、{section.title}"), Text(section.text)]
    blocks += [
        Space(), Text("附件：家访工作统计表"), Space(),
        Signatures(("审定人（签字）：", f"填报人：{found.reporter}")), Space(2),
        Ending(f"{found.unit}（盖章）", found.dated or found.as_of), PageTurn(), Note("附件", face="heiti"),
        Title((f"{found.title}家访工作统计表",)), Note(f"单位：{found.unit}"), _figures_table(found),
        Note(_counted_to(found)),
    ]  # fmt: skip
    return Report(NAME, tuple(blocks))


def _counted_to(found: Summary) -> str:
    day = found.as_of
    if found.dated is None or found.dated == day:
        return "办理情况统计到落款之日。"
    return f"办理情况统计到{day.year}年{day.month}月{day.day}日。"


def _figures_table(found: Summary) -> Table:
    """Two figures a row, so that the table stands on its page."""
    told = [(_table_title(name), _number(found, name)) for name in TITLES]
    half = (len(told) + 1) // 2
    right = [*told[half:], *[("", "")] * (2 * half - len(told))]
    columns = (Column("项目", 62, "left"), Column("数量", 16)) * 2
    return Table(columns, tuple((*left, *other) for left, other in zip(told[:half], right, strict=True)))


def _table_title(name: str) -> str:
    return ("　" if name.startswith(_INNER) and name != "concerns_received" else "") + TITLES[name]


def _number(found: Summary, name: str) -> str:
    value = found.figures[name].value
    return "—" if value is None else str(value)


# ------------------------------------------------------------------------------------------- Excel


def workbook(store: Store, found: Summary) -> bytes:
    """The figures, and the rows behind them: visits, problems, concerns. Nothing restricted is among the columns."""
    tables = [
        _counts(found),
        _visits(store, found), _problems(store, found), _concerns(store, found),
    ]  # fmt: skip
    return tables_xlsx(tables, title=NAME)


def _counts(found: Summary) -> SheetTable:
    """The figures; of a reported quarter what they were and, beside them, what they would be now."""
    title, told = SheetColumn("项目", 36), found.reported
    if told is None:
        rows: list[Sequence[Value]] = [(figure.title, figure.value) for figure in found.figures.values()]
        return SheetTable("统计", (title, SheetColumn("数量", 10)), rows)
    now = {one.now.name: one.now.value for one in found.differences}
    rows = [(one.title, one.value, now.get(name, one.value)) for name, one in told.figures.items()]
    return SheetTable("统计", (title, SheetColumn("上报时", 10), SheetColumn("现在", 10)), rows)


def _rows_of(found: Summary, *names: str) -> list[str]:
    return list(dict.fromkeys(row for name in names for row in found.figures[name].rows or ()))


def _visits(store: Store, found: Summary) -> SheetTable:
    rows: list[Sequence[Value]] = []
    late = set(_rows_of(found, "late_entries"))
    for visit in store.visits.many(_rows_of(found, "visits")):
        content = visit.content
        leaders = "、".join(leader.name for leader in content.leaders)
        rows.append((
            content.number, content.date, content.visitee.name, content.visitee.post, leaders, content.matter,
            STATUSES[visit.status], "补录" if visit.id in late else None,
        ))  # fmt: skip
    titles = (
        ("序号", 6),
        ("日期", 12),
        ("家访对象", 10),
        ("职务", 22),
        ("家访领导", 16),
        ("内容", 40),
        ("状态", 9),
        ("补录", 6),
    )
    return SheetTable("家访", tuple(SheetColumn(*one) for one in titles), rows)


def _problems(store: Store, found: Summary) -> SheetTable:
    wanted = _rows_of(found, "problems", "earlier_open", "earlier_resolved")
    problems = {one.id: one for one in store.problems.all() if one.id in set(wanted)}
    visits = {visit.id: visit for visit in store.visits.many(list({one.visit for one in problems.values()}))}
    rows: list[Sequence[Value]] = []
    for rec in wanted:
        if rec not in problems or problems[rec].visit not in visits:
            continue
        problem, visit = problems[rec], visits[problems[rec].visit]
        content = problem.content
        rows.append((
            visit.number, visit.content.date, visit.content.visitee.name, content.text, KINDS[content.kind],
            LEVELS.get(content.level or ""), content.responsible, content.due_date,
            OUTCOMES.get(problem.outcome or "", "办理中"), problem.resolved_on, problem.resolution,
        ))  # fmt: skip
    titles = (
        ("序号", 6), ("家访日期", 12), ("家访对象", 10), ("问题", 40), ("类别", 12), ("难度", 9), ("责任人", 12),
        ("限期", 12), ("结果", 12), ("办结日期", 12), ("办结情况", 40),
    )  # fmt: skip
    return SheetTable("问题", tuple(SheetColumn(*one) for one in titles), rows)


def _concerns(store: Store, found: Summary) -> SheetTable:
    rows: list[Sequence[Value]] = []
    for concern in store.concerns.many(_rows_of(found, "concerns_received")):
        content = concern.content
        rows.append((
            concern.number, concern.since, content.name, content.unit, content.post, content.text,
            LEVELS.get(concern.level or ""), CONCERN_STATUSES[concern.status], concern.reported_on,
        ))  # fmt: skip
    titles = (
        ("编号", 6), ("反映时间", 12), ("姓名", 10), ("单位", 16), ("职务", 18), ("诉求内容", 44), ("困难程度", 9),
        ("状态", 12), ("报送日期", 12),
    )  # fmt: skip
    return SheetTable("诉求", tuple(SheetColumn(*one) for one in titles), rows)
