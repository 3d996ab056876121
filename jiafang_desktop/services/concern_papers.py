"""《诉求办理情况报告》: a concern's facts on one page for the county (policy 四之一). Facts are concern_reports'."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from jiafang_desktop.documents.forms.fields import date_text
from jiafang_desktop.documents.reports.blocks import (
    Addressee,
    Block,
    Column,
    Ending,
    Heading,
    Report,
    Signatures,
    Space,
    Table,
    Text,
    Title,
)
from jiafang_desktop.documents.reports.draw import report_sheet
from jiafang_desktop.services import concerns, reports
from jiafang_desktop.services.concern_reports import ReportedProblem, ReportedVisit, ReportFields
from jiafang_desktop.services.renderer import Renderer

if TYPE_CHECKING:
    from jiafang_desktop.store import Store

NAME = "诉求办理情况报告"
# Characters of the concern and of each account and step, and room between: the first that leaves it on its page.
# From _BRIEF on steps and accounts are left out; what came of the concern is always said.
_TRIES = ((2000, 0.5), (360, 0.5), (240, 0.5), (160, 0.5), (100, 0.5), (100, 0.0), (60, 0.0), (48, 0.0), (32, 0.0))
_BRIEF = 48


def report(fields: ReportFields) -> Report:
    """The report; longer words are cut so that it is one page, as far as the facts allow."""
    made = _report(fields, *_TRIES[0])
    for longest, room in _TRIES[1:]:
        if len(report_sheet(made).pages) == 1:
            break
        made = _report(fields, longest, room)
    return replace(made, numbered=len(report_sheet(made).pages) > 1)


def write(store: Store, concern_id: str, target: Path, *, renderer: Renderer, replace: bool = False) -> list[Path]:
    """The report as Word, PDF or pictures. That it went to the county is told by ``concerns.mark_reported``.

    Raises:
        UserError: ``not_found unsupported_format file_exists file_busy disk_full not_writable``.
    """
    made = report(concerns.report_fields(store, concern_id))
    return reports.write(made, target, renderer=renderer, replace=replace)


def _report(fields: ReportFields, longest: int, room: float) -> Report:
    columns = (Column("", 30, face="heiti"), Column("", 48), Column("", 30, face="heiti"), Column("", 48))
    facts = (
        ("姓　　名", fields.cadre_name, "单　　位", fields.cadre_unit),
        ("职　　务", fields.cadre_post or "", "反映时间", date_text(fields.raised_on or fields.recorded_on)),
        ("来　　源", fields.source, "困难程度", fields.level or "未研判"),
        ("办理责任", _responsible(fields), "办理期限", _due(fields)),
    )
    blocks: list[Block] = [
        Title((NAME,)), Addressee(fields.addressee), Table(columns, facts, header=False),
        Heading("一、反映的诉求"), Text(_short(fields.text, longest)), Heading("二、家访和办理情况"),
        Text("\n".join(_handled(fields, longest))), Heading("三、办理结果"), Text(_outcome(fields, longest)),
        Space(room), Signatures(("审定人（签字）：", "填报人：")), Space(room),
        Ending(f"{fields.unit}（盖章）", fields.today),
    ]  # fmt: skip
    return Report(NAME, tuple(blocks))


def _responsible(fields: ReportFields) -> str:
    words = "　".join(filter(None, (fields.responsible, fields.responsible_post)))
    return words or fields.role or "未明确"


def _due(fields: ReportFields) -> str:
    if fields.due_date is None:
        return "未规定"
    return f"{date_text(fields.due_date)}" + (f"（{fields.due_basis}）" if fields.due_basis else "")


def _handled(fields: ReportFields, longest: int) -> list[str]:
    found = []
    if fields.triaged_on is not None and fields.level is not None:
        found.append(f"{date_text(fields.triaged_on)}分析研判，确定为{fields.level}。")
    for visit in fields.visits:
        found.append(_visit(visit, longest))
        if longest > _BRIEF:
            found += [words for problem in visit.problems if (words := _problem(problem, longest))]
    return found or ["还没有为这件诉求家访。"]


def _visit(visit: ReportedVisit, longest: int) -> str:
    leaders = "、".join(f"{leader.post or ''}{leader.name}" for leader in visit.leaders)
    words = f"{date_text(visit.date)}，{leaders}家访" if leaders else f"{date_text(visit.date)}家访"
    number = f"（记录单序号{visit.number}）" if visit.number is not None else ""
    account = _short((visit.account if longest > _BRIEF else None) or visit.matter or "", longest)
    return f"{words}{number}。{account}".rstrip("。") + "。"


def _problem(problem: ReportedProblem, longest: int) -> str:
    steps = [f"{date_text(on)}，{_short(text, longest).rstrip('。')}" for on, text in problem.steps]
    return f"{problem.kind}“{_short(problem.text, longest).rstrip('。')}”：{'；'.join(steps)}。" if steps else ""


def _outcome(fields: ReportFields, longest: int) -> str:
    if fields.declined_reason is not None:
        return f"{date_text(fields.finished_on)}退回说明：{_short(fields.declined_reason, longest).rstrip('。')}。"
    if fields.referred_reason is not None:
        return f"{date_text(fields.finished_on)}转有关单位：{_short(fields.referred_reason, longest).rstrip('。')}。"
    found = []
    for visit in fields.visits:
        for problem in visit.problems:
            result = problem.outcome or "正在办理"
            words = _short(problem.resolution or "", longest).rstrip("。")
            on = f"{date_text(problem.resolved_on)}，" if problem.resolved_on else ""
            found.append(f"{on}{result}{f'：{words}' if words else ''}。")
        if not visit.problems and visit.resolution:
            found.append(_short(visit.resolution, longest))
    state = f"目前状态：{fields.status_words}。"
    if fields.handled_late:
        state += f"超过办理期限{fields.handled_late}天。"
    return "\n".join([*dict.fromkeys(found), state])


def _short(text: str, longest: int) -> str:
    line = " ".join(text.split())
    return line if len(line) <= longest else line[: longest - 1] + "…"
