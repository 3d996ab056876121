"""The four sections of a quarterly summary, drafted from its figures and records (policy 四之二). Pure.

Sentences say what was counted and recorded, nothing more: no praise, no “没有问题” (PRODUCT R4). What families said
about leaders and guidance sheets are not among the facts. The text of a sign of trouble stands in no summary, only its
number.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from jiafang_desktop.domain.problems import KINDS, OUTCOMES, Problem
from jiafang_desktop.domain.summary import Figure, quarter_words
from jiafang_desktop.domain.visits import PRIORITIES

SECTIONS = {
    "progress": "家访进展情况", "problems": "发现的问题", "resolution": "解决情况", "next": "下步打算",
}  # fmt: skip
_COUNTING = "一二三四五六七八九十"
_MOST_NAMED = 6
_LONGEST_NAMED = 60
_ENDS = "。！？；，、"


def drafted(
    found: Mapping[str, Figure], *, year: int, quarter: int, unit: str, problems: Sequence[Problem],
    decisions: Sequence[str], may_name: Callable[[str], bool],
) -> dict[str, str]:  # fmt: skip
    """The sections' texts.

    Args:
        problems: those the quarter's visits found. decisions: of the quarter's 汇报分析会.
        may_name: whether a text may be quoted (services leave out what is restricted elsewhere).
    """
    count = {name: figure.value or 0 for name, figure in found.items()}
    quoted = [problem for problem in problems if problem.content.kind != "warning_sign"]
    return {
        "progress": _progress(count, year, quarter, unit),
        "problems": _problems(count, [problem.content.text for problem in quoted], may_name),
        "resolution": _resolution(count),
        "next": _next(count, [problem for problem in quoted if problem.is_open], decisions, may_name),
    }  # fmt: skip


def _progress(count: Mapping[str, int], year: int, quarter: int, unit: str) -> str:
    when = quarter_words(year, quarter)
    if not count["visits"]:
        words = f"{when}，{unit}未开展家访，实行零报告。"
    else:
        words = f"{when}，{unit}共开展家访{count['visits']}次，走访干部{count['visitees']}名。"
        if count["priority"]:
            parts = _listed(count, {f"priority_{name}": title for name, title in PRIORITIES.items()}, "次")
            words += f"其中，优先家访{count['priority']}次（{parts}），日常家访{count['ordinary']}次。"
        words += f"记录单已归档{count['archived']}份，未归档{count['not_archived']}份。"
        if count["late_entries"]:
            words += f"其中补录{count['late_entries']}次。"
    if count["concerns_received"]:
        words += f"\n本季度收到干部职工诉求{count['concerns_received']}件，其中已办结{count['concerns_done']}件"
        more = {"concerns_referred": "转有关单位", "concerns_declined": "退回说明", "concerns_open": "正在办理"}
        rest = _listed(count, more, "件")
        words += f"、{rest}。" if rest else "。"
    return words


def _problems(count: Mapping[str, int], texts: Sequence[str], may_name: Callable[[str], bool]) -> str:
    if not count["problems"]:
        return "本季度家访登记需要解决的问题0个。"
    parts = _listed(count, {f"problems_{name}": title for name, title in KINDS.items()}, "个")
    words = f"家访中共发现问题{count['problems']}个，其中{parts}。"
    named = [_short(text) for text in texts if may_name(text)]
    named = list(dict.fromkeys(named))[:_MOST_NAMED]
    return words + (f"主要有：{_counted(named)}。" if named else "")


def _resolution(count: Mapping[str, int]) -> str:
    found = []
    if count["problems"]:
        parts = _listed(
            count, {**{f"outcome_{name}": title for name, title in OUTCOMES.items()}, "open": "正在办理"}, "个"
        )
        late = f"，其中超过期限{count['overdue']}个" if count["overdue"] else ""
        found.append(f"本季度发现的问题中，{parts}{late}。")
    earlier = count["earlier_open"] + count["earlier_resolved"]
    if earlier:
        found.append(
            f"以前季度转入的问题{earlier}个，本季度办结{count['earlier_resolved']}个，仍在办理{count['earlier_open']}个。"
        )
    return "".join(found) or "本季度没有登记在办和办结的问题。"


def _next(
    count: Mapping[str, int], waiting: Sequence[Problem], decisions: Sequence[str], may_name: Callable[[str], bool]
) -> str:
    plans = []
    left = count["open"] + count["earlier_open"]
    if left:
        named = [_plan(problem) for problem in waiting if may_name(problem.content.text)]
        named = list(dict.fromkeys(named))[:_MOST_NAMED]
        plans.append(f"继续办理尚未办结的{left}个问题" + (f"，包括{'；'.join(named)}" if named else ""))
    if count["concerns_open"]:
        plans.append(f"按期限办理尚未办结的{count['concerns_open']}件诉求，办结后及时报送办理情况")
    if count["not_archived"]:
        plans.append(f"补齐{count['not_archived']}份未归档记录单的签字、盖章和归档手续")
    decided = [_short(text) for text in decisions if may_name(text)]
    if decided:
        plans.append(f"落实汇报分析会定下的事项：{'；'.join(decided[:_MOST_NAMED])}")
    if not plans:
        return "继续按照家访制度开展家访，及时登记、办理和报送。"
    return "\n".join(f"{number}是{plan}。" for number, plan in zip(_COUNTING, plans, strict=False)) \
        if len(plans) > 1 else f"{plans[0]}。"  # fmt: skip


def _plan(problem: Problem) -> str:
    content = problem.content
    details = []
    if content.responsible:
        details.append(f"{content.responsible}负责")
    if content.due_date:
        details.append(f"{content.due_date.month}月{content.due_date.day}日前办结")
    return _short(content.text) + (f"（{'，'.join(details)}）" if details else "")


def _listed(count: Mapping[str, int], titles: Mapping[str, str], unit: str) -> str:
    return "、".join(f"{title}{count[name]}{unit}" for name, title in titles.items() if count[name])


def _counted(texts: Sequence[str]) -> str:
    if len(texts) == 1:
        return texts[0]
    return "；".join(f"{number}是{text}" for number, text in zip(_COUNTING, texts, strict=False))


def _short(text: str) -> str:
    """A problem in a few words: its first line, cut behind a clause, no mark at its end."""
    line = text.split("\n")[0].strip()
    if len(line) > _LONGEST_NAMED:
        cut = max(line.rfind(mark, 0, _LONGEST_NAMED) for mark in _ENDS)
        line = line[:cut] if cut > _LONGEST_NAMED // 3 else line[: _LONGEST_NAMED - 1] + "…"
    return line.rstrip(_ENDS)
