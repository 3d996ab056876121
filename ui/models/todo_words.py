"""How the 工作台 words what waits: one frozen row of words per thing to do, and the captions below the numbers.

Pure words from what services.workbench read; opening and painting are the page's.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from jiafang_desktop.domain.problems import OUTCOMES
from jiafang_desktop.services.plans import PlanView
from jiafang_desktop.services.quarters import QuarterReport
from jiafang_desktop.services.workbench import Waiting, Workbench
from ui.models.plan_list import PASSED
from ui.models.typed_date import dotted
from ui.models.visit_list import draft_row, spaced

_WEEKDAYS = "一二三四五六日"
_QUARTERS = "一二三四"
_TO_DO = {
    "print": "打印记录单，请领导签名", "sign": "请领导签名，签好记下日期", "reprint": "打印后内容有改动，要重新打印",
    "state": "登记发现的问题；没有的，勾“未反映问题”", "archive": "盖章，写明存放处，归档",
    "draft": "写完后点“登记”，进入台账", "triage": "分析研判，定由谁办、何时办完", "visit": "安排家访",
    "handle": "到期前办结", "report": "把办理情况报县委组织部，记下日期",
    "quarter": "核对后报送，记下上报日期",
}  # fmt: skip
_ACTS = {
    "problem": "办理", "print": "打印", "sign": "签名", "reprint": "重印", "state": "填写", "archive": "归档",
    "draft": "接着写", "triage": "研判", "visit": "家访", "handle": "办理", "report": "报送",
    "again": "办理", "quarter": "报送", "plan": "登记",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class TodoWords:
    """One row: who, about what, what to do, until when, which leader, and the word that leads there."""

    key: str
    visitee: str
    matter: str
    to_do: str
    limit: str
    is_overdue: bool
    leaders: str
    act: str
    where: Mapping[str, Any]
    page: str = "visit"

    def spoken(self) -> str:
        """The row for screen readers."""
        return "，".join(part for part in (self.visitee, self.matter, self.to_do, self.limit, self.act) if part)


def words_of(waiting: Waiting, *, today: date) -> TodoWords:
    """The row of one thing to do."""
    if waiting.concern is not None:
        return _of_concern(waiting, today=today)
    if waiting.report is not None:
        return _of_quarter(waiting.report, today=today)
    if waiting.plan is not None:
        return _of_plan(waiting.plan, today=today)
    if waiting.visit is None:
        row = draft_row(waiting.key, waiting.draft or {}, today=today)
        name = spaced(row.visitee) if row.visitee else "未写姓名"
        return TodoWords(
            waiting.key, name, row.matter, _TO_DO["draft"], row.date, False, row.leaders, _ACTS["draft"],
            {"draft_key": waiting.key},
        )  # fmt: skip
    content = waiting.visit.content
    to_do = _to_do(waiting)
    return TodoWords(
        key=waiting.key, visitee=spaced(content.visitee.name) or "未写姓名", matter=content.matter or "", to_do=to_do,
        limit=_limit(waiting, today), is_overdue=waiting.is_overdue,
        leaders=_leaders([leader.name for leader in content.leaders]), act=_ACTS[waiting.step],
        where={"visit_id": waiting.key},
    )  # fmt: skip


def _of_concern(waiting: Waiting, *, today: date) -> TodoWords:
    from ui.models.concern_list import row_of  # what reads concerns is wanted only where there is one

    assert waiting.concern is not None
    row = row_of(waiting.concern, today=today)
    return TodoWords(
        key=waiting.key, visitee=spaced(row.name), matter=row.text, to_do=_TO_DO[waiting.step], limit=row.due.words,
        is_overdue=waiting.is_overdue, leaders=spaced(row.responsible), act=_ACTS[waiting.step],
        where={"concern": waiting.key}, page="concerns",
    )  # fmt: skip


def _of_plan(view: PlanView, *, today: date) -> TodoWords:
    """A planned visit; its day is grey when it has passed, for nobody set a limit."""
    content = view.plan.content
    return TodoWords(
        key=view.id, visitee=spaced(content.name), matter=content.note or "", to_do=f"家访；{plan_day(view)}",
        limit=plan_limit(view, today=today), is_overdue=False,
        leaders=_leaders([leader.name for leader in content.leaders]), act=_ACTS["plan"], where={"plan": view.id},
        page="plan_record",
    )  # fmt: skip


def plan_day(view: PlanView) -> str:
    """星期四，工作日; 12 月里去."""
    content = view.plan.content
    return view.day if content.day is not None else f"{content.first.month} 月里去"


def plan_limit(view: PlanView, *, today: date) -> str:
    """计划 12.3　3 天后, 计划日已过　11.21; said quietly."""
    content = view.plan.content
    if content.day is None:
        return f"{PASSED}　{content.first.month} 月" if view.has_passed else f"计划 {content.first.month} 月"
    day = f"{content.day.month}.{content.day.day}"
    left = (content.day - today).days
    if view.has_passed:
        return f"{PASSED}　{day}"
    return f"计划 {day}　今天" if left == 0 else f"计划 {day}　{left} 天后"


def plans_caption(plans: Sequence[Waiting]) -> str:
    """Below 计划家访."""
    passed = sum(1 for one in plans if one.plan is not None and one.plan.has_passed)
    near = len(plans) - passed
    parts = [f"7 日内 {near}" if near else "", f"已过 {passed}" if passed else ""]
    return "，".join(part for part in parts if part)


def _to_do(waiting: Waiting) -> str:
    """The problem's own words, why a sheet is held back, or the step's sentence."""
    if waiting.problem is None:
        return _TO_DO[waiting.step]
    if waiting.step == "again":
        return f"按规定“{OUTCOMES.get(waiting.problem.outcome or '', '其他结果')}”还不能归档，请继续办理"
    return waiting.problem.content.text


def _of_quarter(report: QuarterReport, *, today: date) -> TodoWords:
    matter = f"家访 {report.visits} 次" if report.visits else "零报告"
    return TodoWords(
        key=report.key, visitee=f"{_QUARTERS[report.quarter - 1]}季度总结", matter=matter, to_do=_TO_DO["quarter"],
        limit=report_limit(report, today=today), is_overdue=report.is_overdue, leaders="", act=_ACTS["quarter"],
        where={"year": report.year, "quarter": report.quarter}, page="summary",
    )  # fmt: skip


def report_limit(report: QuarterReport, *, today: date) -> str:
    """10.10　超 3 天, 10.10　剩 2 天; 建议 10.10 where the office set no day itself."""
    due, left = report.due, report.days_left
    day = f"{due.month}.{due.day}" if due.year == today.year else dotted(due)
    if not report.is_rule:
        return f"建议 {day}"
    return f"{day}　超 {-left} 天" if left < 0 else f"{day}　今天到期" if left == 0 else f"{day}　剩 {left} 天"


def quarter_state(report: QuarterReport) -> str:
    """三季度总结, and how far it is."""
    name = f"{_QUARTERS[report.quarter - 1]}季度总结"
    if report.reported_on is not None:
        return f"{name}　已上报"
    if not report.has_ended:
        return name
    return f"{name}　待上报" if not report.edited else f"{name}　已改写{report.edited}段"


def quarter_when(report: QuarterReport, *, today: date) -> str:
    """10 月 9 日　王敏; 10 月 10 日前报　剩 2 天; 建议 10 月 10 日前 where the office set no day itself."""
    if report.reported_on is not None:
        by = f"　{report.reported_by}" if report.reported_by else ""
        return _day(report.reported_on, today) + by
    day = f"{_day(report.due, today)}前"
    if not report.is_rule:
        return f"建议 {day}"
    if not report.has_ended:
        return f"{day}报"
    left = report.days_left
    return f"已超 {-left} 天" if left < 0 else "今天到期" if left == 0 else f"{day}　剩 {left} 天"


def _day(day: date, today: date) -> str:
    words = f"{day.month} 月 {day.day} 日"
    return words if day.year == today.year else f"{day.year} 年 {words}"


def _leaders(names: Sequence[str]) -> str:
    """钱永和, or 钱永和等 2 人: the column is narrow, the sheet names them all."""
    if len(names) > 1:
        return f"{names[0]}等 {len(names)} 人"
    return spaced(names[0]) if names else ""


def _limit(waiting: Waiting, today: date) -> str:
    """11.19　超 3 天; without a limit of its own the day of the visit tells how long it waits."""
    if waiting.problem is None or waiting.step == "again":
        return ""
    limit, left = waiting.problem.content.due_date, waiting.days_left
    if limit is None or left is None:
        return "未定时限"
    day = f"{limit.month}.{limit.day}" if limit.year == today.year else dotted(limit)
    return f"{day}　超 {-left} 天" if left < 0 else f"{day}　今天到期" if left == 0 else f"{day}　剩 {left} 天"


def day_words(today: date) -> str:
    """11 月 24 日　星期二　　四季度还有 37 天."""
    quarter = (today.month - 1) // 3
    following = date(today.year + (quarter == 3), (quarter * 3 + 3) % 12 + 1, 1)
    left = (following - today).days - 1
    rest = f"{_QUARTERS[quarter]}季度还有 {left} 天" if left else f"今天是{_QUARTERS[quarter]}季度最后一天"
    return f"{today.month} 月 {today.day} 日　星期{_WEEKDAYS[today.weekday()]}　　{rest}"


def overdue_caption(bench: Workbench) -> str:
    """Below 已超期."""
    late = bench.overdue
    return f"最早一件超 {max(-(waiting.days_left or 0) for waiting in late)} 天" if late else "没有超期的"


def soon_caption(bench: Workbench, today: date) -> str:
    """Below 7 日内到期."""
    if not bench.soon:
        return "没有快到期的"
    first = today + timedelta(days=bench.soon[0].days_left or 0)
    return "最近的今天到期" if first == today else f"最近 {first.month} 月 {first.day} 日"


def leaders_caption(unsigned: Sequence[Waiting]) -> str:
    """钱永和 4 · 李素梅 2: who has to sign how many."""
    counts = Counter(
        leader.name for waiting in unsigned if waiting.visit is not None for leader in waiting.visit.content.leaders
    )
    if not counts:
        return "没有要签的" if not unsigned else "还没写家访领导"
    named = " · ".join(f"{name} {count}" for name, count in counts.most_common(3))
    return named + (" 等" if len(counts) > 3 else "")


def file_caption(to_file: Sequence[Waiting]) -> str:
    """Below 待归档."""
    if not to_file:
        return "没有待归档的"
    unsealed = sum(1 for waiting in to_file if waiting.visit is not None and waiting.visit.paper.sealed_on is None)
    return f"{unsealed} 份还没盖章" if unsealed else "都已盖章，写明存放处即可"


def drafts_caption(drafts: Sequence[Waiting], today: date) -> str:
    """Below 未登记草稿: whose was written last."""
    if not drafts:
        return "没有没写完的"
    return f"最近写的：{words_of(drafts[0], today=today).visitee.replace('　', '')}"
