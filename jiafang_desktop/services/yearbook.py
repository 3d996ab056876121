"""年度装订: a year's papers as one PDF to be bound: cover, contents, ledger, record forms, and what is missing.

Each form begins a sheet's front; pages are counted from the ledger on. What is missing is inspection's to say.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from jiafang_desktop.common import clock
from jiafang_desktop.common.errors import UserError
from jiafang_desktop.common.progress import LongVerb, Progress
from jiafang_desktop.documents.forms.compose import text_run
from jiafang_desktop.documents.reports.blocks import Column, Note, Report, Space, Table, Title, day_words, dotted
from jiafang_desktop.documents.reports.draw import report_sheet
from jiafang_desktop.domain.pages import Page, Sheet
from jiafang_desktop.domain.visits import Visit, VisitQuery
from jiafang_desktop.services import files, forms, inspection, ledgers
from jiafang_desktop.services.renderer import Renderer

if TYPE_CHECKING:
    from jiafang_desktop.store import Store

NAME = "领导干部家访资料年度装订"
# What the missing list names: what an inspector asks of a bound volume, not what is merely to be done next.
_LISTED = frozenset(inspection.TITLES) - {"not_archived"}
_BLANK = Page(210.0, 297.0, (), ())
_NUMBER_PT = 10.5


@dataclass(frozen=True, slots=True)
class YearbookWritten:
    """The volume: ``pages`` of the file, ``records`` forms in it, ``missing`` entries of the list behind them."""

    files: tuple[Path, ...]
    pages: int
    records: int
    missing: int

    def as_json(self) -> dict[str, Any]:
        """``forms yearbook``."""
        names = [str(path) for path in self.files]
        return {
            "file": names[0], "files": names, "pages": self.pages, "records": self.records, "missing": self.missing,
        }  # fmt: skip


@dataclass(frozen=True, slots=True)
class _Volume:
    """The volume's numbered pages, and at which one each part begins."""

    pages: tuple[Page, ...]
    starts: dict[str, int]


def sheet(store: Store, *, year: int) -> LongVerb[tuple[Sheet, int, int]]:
    """(the volume, its forms, its missing entries).

    Raises:
        UserError: ``nothing_to_do`` for a year without records.
    """
    ids = store.visits.ids(VisitQuery(year=year))
    if not ids:
        raise UserError(
            "nothing_to_do", f"{year}年没有登记过家访，没有资料可装订。", hint="请换一个年度。",
            details={"year": year},
        )  # fmt: skip
    visits = store.visits.many(ids)
    missing = yield from inspection.look(store, year=year)
    missing = replace(missing, findings=tuple(one for one in missing.findings if one.code in _LISTED))
    parts: list[tuple[str, Sequence[Page]]] = [
        ("ledger", ledgers.plan(store, year=year, include_void=True).sheet.pages)
    ]
    for done, visit in enumerate(visits):
        yield Progress("正在装订", done, len(visits))
        parts.append((visit.id, forms.plan_of(store, visit).sheet.pages))
    unit = store.installation.unit
    listed = inspection.report(missing, unit=unit, title=f"{year}年度家访资料缺项清单")
    parts.append(("missing", report_sheet(replace(listed, numbered=False)).pages))
    volume = _bound(parts)
    front = report_sheet(_cover(store, visits, year=year)).pages
    contents = report_sheet(_contents(visits, volume, year=year)).pages
    pages = (*_even(front), *_even(contents), *volume.pages)
    return Sheet(NAME, pages), len(visits), len(missing.findings)


def write(
    store: Store, target: Path, *, year: int, renderer: Renderer, replace: bool = False
) -> LongVerb[YearbookWritten]:
    """The volume as one PDF.

    Raises:
        UserError: ``nothing_to_do unsupported_format file_exists file_busy disk_full not_writable``.
    """
    forms.check_suffix(target, (".pdf",))
    files.check_target(target, replace=replace)
    drawn, records, missing = yield from sheet(store, year=year)
    yield Progress("正在写文件", records, records)
    made = forms.write_sheet(drawn, target, renderer=renderer, replace=replace)
    return YearbookWritten(tuple(made), len(drawn.pages), records, missing)


def _even(pages: Sequence[Page]) -> tuple[Page, ...]:
    """Pages up to a whole sheet, so that what follows begins on a front."""
    return (*pages, _BLANK) if len(pages) % 2 else tuple(pages)


def _bound(parts: Sequence[tuple[str, Sequence[Page]]]) -> _Volume:
    pages: list[Page] = []
    starts: dict[str, int] = {}
    for name, part in parts:
        if len(pages) % 2:
            pages.append(_BLANK)
        starts[name] = len(pages) + 1
        pages += [_numbered(page, len(pages) + at) for at, page in enumerate(part, start=1)]
    return _Volume(tuple(pages), starts)


def _numbered(page: Page, number: int) -> Page:
    """The volume's own number in the outer top corner, clear of the form."""
    odd = number % 2 == 1
    landscape = page.width_mm > page.height_mm
    margin = 20.0
    run = text_run(
        str(number), x_mm=page.width_mm - margin if odd else margin, align=1.0 if odd else 0.0,
        baseline_mm=14.0 if landscape else 20.0, size_pt=_NUMBER_PT, face="songti",
    )  # fmt: skip
    return replace(page, runs=(*page.runs, run))


def _cover(store: Store, visits: Sequence[Visit], *, year: int) -> Report:
    here = store.installation
    filed = sum(1 for visit in visits if visit.archived_on is not None)
    return Report(
        NAME,
        (
            Title((f"{here.county}领导干部家访资料",)), Space(), Title((f"{year}年度",)), Space(6),
            Note(f"单　　位：{here.unit}", align="center"),
            Note(f"家访记录单：{len(visits)}份（已归档{filed}份）", align="center"),
            Note(f"装订日期：{day_words(clock.today())}", align="center"),
        ),
        numbered=False, middle=True,
    )  # fmt: skip


def _contents(visits: Sequence[Visit], volume: _Volume, *, year: int) -> Report:
    rows = [("", "家访台账", "", str(volume.starts["ledger"]))]
    for visit in visits:
        content = visit.content
        who = f"{content.visitee.name}　{content.visitee.post or ''}".strip()
        rows.append((str(content.number or ""), who, dotted(content.date), str(volume.starts[visit.id])))
    rows.append(("", "缺项清单", "", str(volume.starts["missing"])))
    columns = (Column("序号", 20), Column("内容", 76, "left"), Column("家访日期", 34), Column("页码", 26))
    return Report(NAME, (Title(("目　录",)), Note(f"{year}年度"), Table(columns, tuple(rows))), numbered=False)
