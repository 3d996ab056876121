"""The quarterly summary (policy 四之二): figures that open their rows, sections drafted from them, edited text kept.

What is counted is domain.summary's, how it is told summary_words'; the papers made of it stand in summary_papers.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import TYPE_CHECKING, Any

from jiafang_desktop.common import clock
from jiafang_desktop.common.errors import UserError
from jiafang_desktop.domain import summary as rules
from jiafang_desktop.domain import summary_words
from jiafang_desktop.domain.changes import Changes, Edit, Operator
from jiafang_desktop.domain.disclosure import Disclosure
from jiafang_desktop.domain.summary import Figure
from jiafang_desktop.domain.summary_words import SECTIONS
from jiafang_desktop.domain.typed_text import LONGEST_TEXT, cleaned, required
from jiafang_desktop.domain.visits import VisitQuery
from jiafang_desktop.services import accounts, summary_reported
from jiafang_desktop.services.summary_facts import SummaryFacts, existing_rows, gather
from jiafang_desktop.services.summary_reported import Difference, Reported

if TYPE_CHECKING:
    from jiafang_desktop.store import Store

__all__ = [
    "SECTIONS", "Difference", "Figure", "Reported", "Section", "Summary", "as_reported", "keep_text", "mark_reported",
    "read", "require_clean", "revoke_report", "summary_json",
]  # fmt: skip

_KIND = "summary"


@dataclass(frozen=True, slots=True)
class Section:
    """One section: ``text`` is what counts, ``draft`` what the facts say now.

    ``outdated``: the text was edited, and since then the facts would be told otherwise. ``quotes`` are restricted words
    found in it.
    """

    key: str
    title: str
    text: str
    draft: str
    edited: bool = False
    outdated: bool = False
    quotes: str | None = None


@dataclass(frozen=True, slots=True)
class Summary:
    """A quarter's summary as it stands on ``as_of``. ``broken`` names figures that do not add up, best none.

    ``reported`` is what was handed in, ``differences`` where it says otherwise now. ``dated`` is the day on the paper
    where that is not ``as_of``.
    """

    year: int
    quarter: int
    unit: str
    county: str
    role: str
    reporter: str
    as_of: date
    figures: Mapping[str, Figure]
    sections: tuple[Section, ...]
    broken: tuple[str, ...]
    nil_report: bool
    warnings: tuple[str, ...]
    reported: Reported | None = None
    differences: tuple[Difference, ...] = ()
    dated: date | None = None

    @property
    def reconciles(self) -> bool:
        """Whether every count is its rows' number, every row exists, and the parts are their whole."""
        return not self.broken

    @property
    def title(self) -> str:
        """2026年第三季度."""
        return rules.quarter_words(self.year, self.quarter)


def read(store: Store, *, year: int, quarter: int) -> Summary:
    """The summary of our own unit (at the county: of every unit's visits).

    Raises:
        UserError: ``bad_input`` for another quarter than 1 to 4.
    """
    facts = gather(store, year=year, quarter=_checked(quarter))
    here, today = store.installation, clock.today()
    found = rules.figures(facts.counted, year=year, quarter=quarter, today=today, own_unit=here.own_ledger)
    disclosure = facts.disclosure
    drafts = summary_words.drafted(
        found, year=year, quarter=quarter, unit=here.unit, problems=facts.problems, decisions=facts.decisions,
        may_name=lambda text: disclosure.quoted_in(text) is None,
    )  # fmt: skip
    kept = _kept(store, year, quarter)
    sections = tuple(_section(key, drafts[key], kept.get(key), disclosure) for key in SECTIONS)
    broken = rules.broken(found, existing=existing_rows(store, found))
    broken += _miscounted(store, found, year, quarter)
    reported = summary_reported.find(store, year, quarter)
    return Summary(
        year=year, quarter=quarter, unit=here.unit, county=here.county, role=here.role, reporter=store.operator.name,
        as_of=today, figures=found, sections=sections, broken=tuple(dict.fromkeys(broken)),
        nil_report=not found["visits"].value and not found["concerns_received"].value,
        warnings=tuple(_warnings(sections, facts, broken)), reported=reported,
        differences=summary_reported.compare(reported.figures, found) if reported is not None else (),
    )  # fmt: skip


def keep_text(store: Store, *, year: int, quarter: int, section: str, text: str | None, by: Operator) -> Changes:
    """Keep a section as the clerk edited it; None or an empty text goes back to the draft.

    Edited text survives every redrafting; that the facts moved on is told by ``outdated``.

    Raises:
        UserError: ``bad_input`` for an unknown section or quarter, ``restricted_text`` where it quotes advice about
            leaders or a guidance sheet.
    """
    if section not in SECTIONS:
        raise UserError(
            "bad_input", f"没有“{section}”这一部分。", hint="可以是：" + " ".join(SECTIONS) + "。",
            details={"field": "section"},
        )  # fmt: skip
    present = read(store, year=year, quarter=quarter)
    before = next(one for one in present.sections if one.key == section)
    wanted = cleaned(text, field=section, title=SECTIONS[section], longest=LONGEST_TEXT)
    kept = _kept(store, year, quarter)
    if wanted is None or (wanted == before.draft and section not in kept):
        if section not in kept:
            return Changes()
        kept.pop(section)
    else:
        quoted = gather(store, year=year, quarter=quarter).disclosure.quoted_in(wanted)
        if quoted is not None:
            raise _restricted(section, quoted)
        kept[section] = {"text": wanted, "basis": before.draft}
    if kept == _kept(store, year, quarter):
        return Changes()
    value = {"sections": kept} if kept else None
    return store.append([Edit(_KIND, f"{_KIND}:{year}-{quarter}", {"value": value})], by=by)


def as_reported(store: Store, found: Summary) -> Summary:
    """The summary as it was handed in, for reading and printing it again; ``found`` itself where nothing was.

    What became restricted since is found in it too.
    """
    told = found.reported
    if told is None:
        return found
    disclosure = gather(store, year=found.year, quarter=found.quarter).disclosure
    sections = tuple(
        Section(key, SECTIONS[key], text, text, quotes=disclosure.quoted_in(text)) for key, text in told.texts.items()
    )
    return replace(
        found, unit=told.unit, county=told.county, reporter=told.reporter, as_of=told.counted_on, dated=told.on,
        figures=told.figures, sections=sections, nil_report=told.nil_report, warnings=(),
        broken=tuple(summary_reported.broken(told)),
    )  # fmt: skip


def mark_reported(store: Store, *, year: int, quarter: int, on: date, by: Operator) -> Changes:
    """已上报: the summary was handed in on a day; its figures and words are kept as they stand now.

    Raises:
        UserError: ``bad_input``, ``bad_date`` for a day to come or before the quarter began, ``already_reported``,
            ``restricted_text``, ``not_permitted`` without the right ``approve``.
    """
    accounts.require(store, "approve")
    found = read(store, year=year, quarter=quarter)
    first, _ = rules.quarter_days(year, quarter)
    if on > clock.today() or on < first:
        words = "还没有到" if on > clock.today() else f"早于{found.title}开始的那天"
        raise UserError(
            "bad_date",
            f"上报日期{on.isoformat()}{words}。",
            hint="请写总结报出去的那一天。",
            details={"field": "reported_on"},
        )
    if found.reported is not None:
        day = found.reported.on
        raise UserError(
            "already_reported", f"{found.title}总结已在{day.year}年{day.month}月{day.day}日上报。",
            hint="报错了要重报的，请先撤回“已上报”。", details={"reported_on": day.isoformat()},
        )  # fmt: skip
    require_clean(found)
    told = Reported(
        on, found.as_of, by.name, found.unit, found.county, found.reporter, found.nil_report, found.figures,
        {one.key: one.text for one in found.sections},
    )  # fmt: skip
    return store.append([summary_reported.edit(year, quarter, summary_reported.kept(told))], by=by)


def revoke_report(store: Store, *, year: int, quarter: int, reason: str, by: Operator) -> Changes:
    """Take 已上报 back, so that the quarter can be reported anew; what was reported stays in the history.

    Raises:
        UserError: ``bad_input`` without a reason or for another quarter, ``not_reported``, ``not_permitted`` without
            the right ``approve``.
    """
    accounts.require(store, "approve")
    if summary_reported.find(store, year, _checked(quarter)) is None:
        raise UserError(
            "not_reported", f"{rules.quarter_words(year, quarter)}总结还没有标记上报，不用撤回。",
            details={"year": year, "quarter": quarter},
        )  # fmt: skip
    why = required(reason, field="reason", title="撤回原因")
    return store.append([summary_reported.edit(year, quarter, None, reason=why)], by=by)


def require_clean(found: Summary) -> None:
    """Nothing restricted slipped into what is about to be written.

    Raises:
        UserError: ``restricted_text`` naming the section.
    """
    for section in found.sections:
        if section.quotes is not None:
            raise _restricted(section.key, section.quotes)


def summary_json(found: Summary) -> dict[str, Any]:
    """``summary``: INTERFACE's keys, and the sections."""
    return {
        "year": found.year, "quarter": found.quarter, "unit": found.unit, "as_of": found.as_of.isoformat(),
        "nil_report": found.nil_report,
        "figures": {
            name: {
                "value": figure.value, "rows": list(figure.rows) if figure.rows is not None else None,
                "title": figure.title,
            } for name, figure in found.figures.items()
        },
        "reconciles": found.reconciles, "broken": list(found.broken),
        "sections": {
            one.key: {"title": one.title, "text": one.text, "edited": one.edited, "outdated": one.outdated}
            for one in found.sections
        },
        "warnings": list(found.warnings),
        "reported": _reported_json(found),
    }  # fmt: skip


def _reported_json(found: Summary) -> dict[str, Any] | None:
    if found.reported is None:
        return None
    told = found.reported
    return summary_reported.reported_json(told, found.differences, broken=summary_reported.broken(told))


def _checked(quarter: int) -> int:
    if quarter not in rules.QUARTERS:
        raise UserError("bad_input", f"没有第{quarter}季度。", hint="请写 1 到 4。", details={"field": "quarter"})
    return quarter


def _section(key: str, draft: str, kept: Mapping[str, Any] | None, disclosure: Disclosure) -> Section:
    text = str(kept["text"]) if kept is not None else draft
    return Section(
        key, SECTIONS[key], text, draft, edited=kept is not None,
        outdated=kept is not None and kept.get("basis") != draft, quotes=disclosure.quoted_in(text),
    )  # fmt: skip


def _kept(store: Store, year: int, quarter: int) -> dict[str, dict[str, Any]]:
    """Edited sections; what another program wrote otherwise counts as none."""
    value = store.values.get(_KIND, f"{year}-{quarter}")
    sections = value.get("sections") if isinstance(value, Mapping) else None
    if not isinstance(sections, Mapping):
        return {}
    return {
        key: dict(kept) for key, kept in sections.items()
        if key in SECTIONS and isinstance(kept, Mapping) and isinstance(kept.get("text"), str)
    }  # fmt: skip


def _miscounted(store: Store, found: Mapping[str, Figure], year: int, quarter: int) -> list[str]:
    """Counted a second way, by the lists' own index."""
    counts = store.visits.facets(VisitQuery(year=year, quarter=quarter))
    return [] if sum(counts.values()) == found["visits"].value else ["visits"]


def _warnings(sections: tuple[Section, ...], facts: SummaryFacts, broken: list[str]) -> list[str]:
    found = []
    for section in sections:
        if section.quotes is not None:
            found.append(f"“{section.title}”里引用了不能写进总结的内容（“{section.quotes}…”），请删改后再写出。")
        if section.outdated:
            found.append(f"“{section.title}”改写之后，登记的情况又有变化，请核对。")
    if facts.hidden:
        found.append(f"有{facts.hidden}条限制内容本账户看不到，没有核对总结里是否引用，请有权限的经办人再核对一次。")
    if broken:
        names = "、".join(rules.TITLES[name] for name in broken)
        found.append(f"统计数对不上：{names}。请运行数据检查。")
    return found


def _restricted(section: str, quoted: str) -> UserError:
    return UserError(
        "restricted_text",
        f"“{SECTIONS[section]}”里引用了对领导的意见建议或组织督导情况（“{quoted}…”），不能写进总结。",
        hint="请删去这些话再试一次。", details={"field": section},
    )  # fmt: skip
