"""The quarterly summary (policy 四之二): figures that open their rows, sections drafted from them, edited text kept.

What is counted is domain.summary's, how it is told summary_words'; the papers made of it stand in summary_papers.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
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
from jiafang_desktop.domain.typed_text import LONGEST_TEXT, cleaned
from jiafang_desktop.domain.visits import VisitQuery
from jiafang_desktop.services.summary_facts import SummaryFacts, existing_rows, gather

if TYPE_CHECKING:
    from jiafang_desktop.store import Store

__all__ = ["SECTIONS", "Figure", "Section", "Summary", "keep_text", "read", "require_clean", "summary_json"]

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
    """A quarter's summary as it stands on ``as_of``. ``broken`` names figures that do not add up, best none."""

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
    return Summary(
        year=year, quarter=quarter, unit=here.unit, county=here.county, role=here.role, reporter=store.operator.name,
        as_of=today, figures=found, sections=sections, broken=tuple(dict.fromkeys(broken)),
        nil_report=not found["visits"].value and not found["concerns_received"].value,
        warnings=tuple(_warnings(sections, facts, broken)),
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
    }  # fmt: skip


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
