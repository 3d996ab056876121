"""资料自查 of our own records (policy 四之四): everything an inspector would miss, with the record it is about.

What counts as missing is domain.inspection's. Reading only.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

from jiafang_desktop.common import clock
from jiafang_desktop.common.progress import LongVerb, Progress
from jiafang_desktop.documents.reports.blocks import Column, Note, Report, Table, Title, day_words
from jiafang_desktop.domain import inspection as rules
from jiafang_desktop.domain.inspection import TITLES, Finding
from jiafang_desktop.domain.late_entry import quarter_of
from jiafang_desktop.domain.visits import Visit, VisitQuery
from jiafang_desktop.services import concerns, forms, reports, settings, visits
from jiafang_desktop.services.renderer import Renderer
from jiafang_desktop.services.signature_pad import PadReader

if TYPE_CHECKING:
    from jiafang_desktop.store import Store

__all__ = ["TITLES", "Finding", "Inspection", "inspection_json", "look", "report", "write"]

_BLOCK = 100
_STAGE = "正在自查"


@dataclass(frozen=True, slots=True)
class Inspection:
    """What was found, in the ledger's order; ``visits`` counts the records looked at."""

    findings: tuple[Finding, ...]
    visits: int

    @property
    def counts(self) -> dict[str, int]:
        """How many findings of each code; codes without any are left out."""
        found = {code: sum(1 for finding in self.findings if finding.code == code) for code in TITLES}
        return {code: count for code, count in found.items() if count}


def look(store: Store, *, year: int | None = None, quarter: int | None = None) -> LongVerb[Inspection]:
    """Look through every registered record of a year and quarter (None: all), its numbers, and the concerns."""
    today, here = clock.today(), store.installation
    days = settings.read(store).report_days
    scanned = {name for name, kept in store.values.all("scan").items() if kept}
    pad = PadReader(store)
    findings: list[Finding] = []
    ids = store.visits.ids(VisitQuery(year=year, quarter=quarter))
    for start in range(0, len(ids), _BLOCK):
        yield Progress(_STAGE, start, len(ids))
        for visit in store.visits.many(ids[start : start + _BLOCK]):
            findings += rules.of_visit(
                visit, today=today, late=visits.late_entry(visit, days=days),
                needs_reprint=visit.paper.printed_on is not None and forms.needs_reprint(visit, here.unit),
                has_scan=visit.id in scanned, unit=here.own_ledger, by_pad=pad.of(visit).complete,
            )  # fmt: skip
    if quarter is None:
        findings += rules.of_numbers(_numbers(store, year))
    findings += _of_concerns(store, year, quarter)
    return Inspection(tuple(rules.in_order(findings)), len(ids))


def _numbers(store: Store, year: int | None) -> Iterator[tuple[str, int, int]]:
    """Every number given, void records' too."""
    unit = store.installation.own_ledger
    for visit in _all(store, store.visits.ids(VisitQuery(year=year, include_deleted=True))):
        content = visit.content
        if visit.registered and content.date is not None and content.number is not None:
            yield content.unit or unit, content.date.year, content.number


def _all(store: Store, ids: Sequence[str]) -> Iterator[Visit]:
    for start in range(0, len(ids), _BLOCK):
        yield from store.visits.many(ids[start : start + _BLOCK])


def _of_concerns(store: Store, year: int | None, quarter: int | None) -> Iterator[Finding]:
    unreported = {view.id for view in concerns.unreported(store)}
    for view in concerns.listing(store):
        since = view.concern.since
        if (year is not None and since.year != year) or (quarter is not None and quarter_of(since) != quarter):
            continue
        named = {
            "concern": view.id, "number": view.concern.number, "on": since, "unit": view.unit,
            "name": view.concern.content.name,
        }  # fmt: skip
        if view.id in unreported:
            yield Finding("concern_unreported", "诉求已有结果，还没有向县委组织部报送办理情况。", **named)  # type: ignore[arg-type]  # one table of names
        if view.overdue and view.due is not None:
            yield Finding("concern_overdue", f"诉求应在{day_words(view.due.day)}前办结，还没有办结。", **named)  # type: ignore[arg-type]


def inspection_json(found: Inspection) -> dict[str, Any]:
    """``inspect list``."""
    items = [
        {
            "visit": one.visit, "concern": one.concern, "number": one.number,
            "date": one.on.isoformat() if one.on and (one.visit or one.concern) else None, "unit": one.unit,
            "name": one.name, "code": one.code, "title": one.title, "message": one.message,
            "fields": list(one.fields), "problem": one.position,
        } for one in found.findings
    ]  # fmt: skip
    return {"total": len(items), "visits": found.visits, "counts": found.counts, "items": items}


# ------------------------------------------------------------------------------------------- on paper


def report(found: Inspection, *, unit: str, title: str = "家访资料自查清单", on: date | None = None) -> Report:
    """The findings as a list to be ticked off; a gap in the numbers has no name beside it."""
    rows = tuple(
        (str(one.number or ""), one.name or "", one.title, one.message, "") for one in found.findings
    )  # fmt: skip
    columns = (
        Column("序号", 14), Column("姓名", 24), Column("缺什么", 36), Column("情况", 66, "left"), Column("补齐", 16),
    )  # fmt: skip
    day = day_words(on or clock.today())
    head = Note(f"单位：{unit}　　自查日期：{day}　　共{len(rows)}项")
    body = Table(columns, rows) if rows else Note("查到的记录都已齐全。", align="center")
    return Report("家访资料自查清单", (Title((title,)), head, body))


def write(store: Store, target: Path, found: Inspection, *, renderer: Renderer, replace: bool = False) -> list[Path]:
    """The list as Word, PDF or pictures.

    Raises:
        UserError: ``unsupported_format file_exists file_busy disk_full not_writable``.
    """
    made = report(found, unit=store.installation.unit)
    return reports.write(made, target, renderer=renderer, replace=replace)
