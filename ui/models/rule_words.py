"""办理时限与分工 in sentences, the leaders' table in words, what is known of holidays. Pure; the services decide."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from jiafang_desktop.domain.problems import LEVELS, OUTCOMES
from jiafang_desktop.domain.routing import Leader
from jiafang_desktop.domain.rules import ROLES, Rules
from jiafang_desktop.domain.working_calendar import WorkingCalendar, unknown_words
from ui.models.typed_date import dotted


def level_sentences(rules: Rules) -> list[tuple[str, str, bool]]:
    """For each level its name, the sentence, and whether its days are only suggested."""
    found = []
    for level, rule in rules.levels.items():
        role = ROLES.get(rule.role, rule.role)
        days = f"{rule.limit.words}内办结" if rule.is_own else f"建议{rule.limit.words}办结，过了不算超期"
        found.append((f"{LEVELS[level]}困难", f"{role}办理，{days}", not rule.is_own))
    return found


def outcome_sentence(rules: Rules) -> str:
    """Which outcomes of a problem let a visit be filed."""
    allowed = "、".join(OUTCOMES[name] for name in rules.archive_outcomes)
    forbidden = [words for name, words in OUTCOMES.items() if name not in rules.archive_outcomes]
    return f"{allowed}的可以归档" + (f"；{'、'.join(forbidden)}的不能归档" if forbidden else "")


def report_sentence(rules: Rules) -> str:
    """Until when a quarter's summary is due."""
    return f"季度结束后 {rules.report_days} 天内报送"


def paper_sentences(rules: Rules) -> list[tuple[str, str]]:
    """What the rules allow on the form besides ink and words: nothing by themselves."""
    found = []
    if rules.signature_pad:
        found.append(("签名", "可以用签字板，也可以打印后用笔签"))
    if rules.code_on_paper:
        found.append(("核对码", "印在记录单下方"))
    return found


def version_sentence(rules: Rules) -> str:
    """Whose rules they are."""
    if not rules.version:
        return "还没有读入县里的规则，用的是程序自带的。文件没有规定天数，所以只有建议办结日。"
    return f"现行第 {rules.version} 版。没有写到的部分用程序自带的。"


def calendar_sentence(calendar: WorkingCalendar, *, today: date) -> str:
    """The years with data, and that the next one has none."""
    years = "、".join(str(year) for year in calendar.years)
    words = f"已有 {years} 年的节假日和调休安排。" if years else ""
    return words + unknown_words(year for year in (today.year, today.year + 1) if year not in calendar.plans)


@dataclass(frozen=True, slots=True)
class LeaderRow:
    """One line of the leaders' table; ``place`` is its place in the table as stored."""

    id: str
    place: int
    leader: Leader
    term: str
    scope: str
    is_current: bool


def leader_rows(leaders: Sequence[Leader], *, today: date) -> list[LeaderRow]:
    """Those in office by role, then former and future ones."""
    order = list(ROLES)
    rows = [
        LeaderRow(str(place), place, leader, _term(leader), _scope(leader), leader.in_office(today))
        for place, leader in enumerate(leaders)
    ]
    return sorted(rows, key=lambda row: (not row.is_current, order.index(row.leader.role), row.place))


def _term(leader: Leader) -> str:
    since = f"{dotted(leader.since)}起" if leader.since else ""
    until = f"{dotted(leader.until)}止" if leader.until else ""
    return "　".join(part for part in (since, until) if part)


def _scope(leader: Leader) -> str:
    parts = [f"分管{'、'.join(leader.sections)}" if leader.sections else ""]
    parts.append(f"分包{'、'.join(leader.units)}" if leader.units else "")
    return "；".join(part for part in parts if part)
