"""Many record forms at once: one Word document or PDF in which each form begins a sheet's front, or a folder of forms.

What one form says and that its print is logged is forms' and prints'. Ticking is filing's.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

from jiafang_desktop.common.errors import UserError
from jiafang_desktop.common.progress import LongVerb, Progress
from jiafang_desktop.documents.forms.plan import RecordPlan
from jiafang_desktop.domain.changes import Changes, Operator
from jiafang_desktop.domain.pages import Page, Sheet
from jiafang_desktop.domain.visits import Visit, VisitQuery
from jiafang_desktop.services import batches, files, forms, prints
from jiafang_desktop.services.renderer import Renderer

if TYPE_CHECKING:
    from jiafang_desktop.store import Store

SUFFIXES = (".docx", ".pdf")
NAME = "领导干部家访记录单"
_STAGE = "正在排版"
_BLANK = Page(210.0, 297.0, (), ())


@dataclass(frozen=True, slots=True)
class BatchWritten:
    """``records`` forms on ``pages`` pages, blank backs included; ``changes`` are the print versions logged."""

    files: tuple[Path, ...]
    records: int
    pages: int
    changes: Changes = field(default_factory=Changes)

    def as_json(self) -> dict[str, Any]:
        """INTERFACE's object of ``forms batch``."""
        names = [str(path) for path in self.files]
        return {"file": names[0] if names else None, "files": names, "records": self.records, "pages": self.pages}


def write(
    store: Store, target: Path, *, year: int, quarter: int | None = None, unit: str | None = None, renderer: Renderer,
    by: Operator, replace: bool = False,
) -> LongVerb[BatchWritten]:  # fmt: skip
    """The forms of a year or quarter by number, drafts and void ones left out; a target without a suffix is a folder.

    Raises:
        UserError: ``nothing_to_do`` where there is no record; ``unsupported_format file_exists file_busy disk_full
            not_writable``.
    """
    into_folder = not target.suffix or target.is_dir()
    if not into_folder:
        forms.check_suffix(target, SUFFIXES)
        files.check_target(target, replace=replace)
    ids = store.visits.ids(VisitQuery(year=year, quarter=quarter, unit=unit))
    if not ids:
        raise UserError(
            "nothing_to_do", "这段时间没有登记过家访，没有记录单可写。", hint="请换一个年度或季度。",
            details={"year": year, "quarter": quarter},
        )  # fmt: skip
    if into_folder:
        return (yield from _folder(store, target, ids, renderer=renderer, by=by, replace=replace))
    plans: list[RecordPlan] = []
    changes = Changes()
    for done, rec in enumerate(ids):
        yield Progress(_STAGE, done, len(ids))
        visit = store.visits.get(rec)
        changes = changes.with_more(forms.give_codes(store, [visit], by=by))
        plan = forms.plan_of(store, visit)
        changes = changes.with_more(
            prints.log(store, visit, forms.printed_words(plan.fields), overprint=None, by=by)[1]
        )
        plans.append(plan)
    yield Progress("正在写文件", len(ids), len(ids))
    if target.suffix.lower() == ".docx":
        from jiafang_desktop.documents.forms.fill import fill_records  # imported late: Office parts only when used

        data = fill_records(plans, fronts=True, png=forms.strokes_png(renderer))
        made = files.write_bytes(target, data, replace=replace)
    else:
        drawn = Sheet(NAME, tuple(on_fronts(plan.sheet.pages for plan in plans)))
        made = forms.write_sheet(drawn, target, renderer=renderer, replace=replace)[0]
    return BatchWritten((made,), len(plans), _sides([len(plan.pages) for plan in plans]), changes)


def on_fronts(forms_pages: Iterable[Sequence[Page]]) -> Iterator[Page]:
    """Pages of several papers, each beginning on a front; a back without words goes before it where it must."""
    sides = 0
    for pages in forms_pages:
        if sides % 2:
            sides += 1
            yield _BLANK
        sides += len(pages)
        yield from pages


def _sides(pages: Sequence[int]) -> int:
    """Pages of the whole file; behind the last form nothing is needed."""
    return sum(count + count % 2 for count in pages[:-1]) + pages[-1]


def _folder(
    store: Store, folder: Path, ids: Sequence[str], *, renderer: Renderer, by: Operator, replace: bool
) -> LongVerb[BatchWritten]:
    """A Word document for each record, named by year and number alone (STORAGE: file names tell nobody)."""
    targets = _targets(store, folder, store.visits.many(ids))
    for target in targets.values():
        files.check_target(target, replace=replace)
    made: list[Path] = []
    pages, changes = 0, Changes()
    for done, (rec, target) in enumerate(targets.items()):
        yield Progress("正在写文件", done, len(ids))
        written = forms.write_record(store, rec, target, renderer=renderer, by=by, replace=replace)
        made += written.files
        pages += written.pages
        changes = changes.with_more(written.changes)
    return BatchWritten(tuple(made), len(targets), pages, changes)


def _targets(store: Store, folder: Path, visits: Sequence[Visit]) -> dict[str, Path]:
    """A name for each record; at the county each unit's forms lie in a folder of their own."""
    found: dict[str, Path] = {}
    taken: set[Path] = set()
    at_county = store.installation.role == "county"
    for visit in visits:
        place = folder / (visit.content.unit or store.installation.own_ledger) if at_county else folder
        stem, target, count = batches.file_stem(visit), Path(), 1
        while count == 1 or target in taken:
            target = place / (f"{stem}.docx" if count == 1 else f"{stem}({count}).docx")
            count += 1
        taken.add(target)
        found[visit.id] = target
    return found
