"""诉求导入: previewing and taking over a table of concerns, a file or cells pasted from one; at the county all units'.

Reading is documents', what is new concern_preview's, numbering concern_intake's. Nothing is stored before ``apply``.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from jiafang_desktop.common import clock
from jiafang_desktop.common.errors import UserError
from jiafang_desktop.common.progress import LongVerb, Progress
from jiafang_desktop.documents import concerns as documents_concerns
from jiafang_desktop.documents import sandbox
from jiafang_desktop.documents.concerns.titles import FIELD_TITLES
from jiafang_desktop.documents.grids import Workbook, text_of
from jiafang_desktop.documents.rosters.shapes import KnownRoster, RosterOptions
from jiafang_desktop.domain.changes import Changes, Edit, Operator
from jiafang_desktop.services import backups
from jiafang_desktop.services.concern_intake import NewConcern, new_edits
from jiafang_desktop.services.concern_preview import ConcernPreview, compose

if TYPE_CHECKING:
    from jiafang_desktop.store import Store

_MAP_PREFIX = "concern-"  # layouts of concerns are remembered apart from rosters'
_PASTED = Path("剪贴板")


@dataclass(frozen=True, slots=True)
class Applied:
    """What an import wrote: the preview as it stood at that moment, and the changes."""

    preview: ConcernPreview
    changes: Changes

    def as_json(self) -> dict[str, Any]:
        """INTERFACE's object with ``applied: true``."""
        return self.preview.as_json(applied=True)


def preview(
    store: Store, path: Path, *, sheet: str | None = None, columns: Mapping[str, str] | None = None,
    unit: str | None = None, answers: Mapping[str, str] | None = None,
    progress: Callable[[Progress], None] | None = None,
) -> ConcernPreview:  # fmt: skip
    """Read a file of concerns and compare it with the stored ones; nothing is stored.

    Args:
        sheet: a sheet's name. columns: FIELD → Excel letters (FIELD_TITLES). unit: the unit of rows without one.
        answers: question id → option.

    Raises:
        UserError: ``not_found encrypted_file unsupported_format too_large not_a_roster ambiguous_layout
            unknown_field``.
    """
    with sandbox.uncollected():
        book = sandbox.read_grids(path, progress=progress)
        return _previewed(store, book, path, sheet=sheet, columns=columns or {}, unit=unit, answers=answers or {})


def preview_pasted(
    store: Store, text: str, *, columns: Mapping[str, str] | None = None, unit: str | None = None,
    answers: Mapping[str, str] | None = None,
) -> ConcernPreview:  # fmt: skip
    """The same for cells copied from a table, titles included.

    Raises:
        UserError: as preview.
    """
    book = documents_concerns.pasted(text)
    return _previewed(store, book, _PASTED, sheet=None, columns=columns or {}, unit=unit, answers=answers or {})


def field_titles() -> dict[str, str]:
    """Field → the Chinese title pages show."""
    return dict(FIELD_TITLES)


def _previewed(
    store: Store, book: Workbook, path: Path, *, sheet: str | None, columns: Mapping[str, str], unit: str | None,
    answers: Mapping[str, str],
) -> ConcernPreview:  # fmt: skip
    here = store.installation
    at_county = here.role == "county"
    own = here.ledger_unit or here.unit
    stored = store.concerns.all()
    units = {c.content.unit for c in stored if c.content.unit}
    units |= {cadre.content.unit for cadre in store.cadres.all() if cadre.content.unit}
    known = KnownRoster(
        units=frozenset(units if at_county else units | {here.unit, own}), own_unit=None if at_county else own
    )
    kept: dict[str, str] = {}
    for grid in book.sheets if sheet is None else ():  # a layout no title of which is understood, mapped before
        kept = _kept_columns(store, documents_concerns.bare_mark(grid))
        if kept:
            sheet, columns = grid.name, {**kept, **columns}
            break
    options = RosterOptions(
        today=clock.today(), sheet=sheet, columns=dict(columns),
        unit=unit.strip() if unit and unit.strip() else None, answers=dict(answers), file_name=path.name,
    )  # fmt: skip
    source = _usual_source(book, path, at_county=at_county)
    reading = documents_concerns.read(book, options=options, known=known, source=source, at_county=at_county)
    known_map = _kept_columns(store, reading.table.fingerprint)
    if known_map and not kept:
        kept = known_map
        options = replace(options, sheet=reading.table.sheet, columns={**kept, **columns})
        reading = documents_concerns.read(book, options=options, known=known, source=source, at_county=at_county)
    chosen = {**kept, **columns}
    for name in ("name", "text"):
        if f"column:{name}" in answers:
            chosen[name] = reading.table.columns.get(name, "")
    return compose(
        file=path, reading=reading, grid=next(g for g in book.sheets if g.name == reading.table.sheet),
        sheets=tuple((g.name, g.hidden) for g in book.sheets), stored=stored, known_units=known.units,
        own_unit=own, own_names=frozenset({here.unit, own}), at_county=at_county, county=here.county,
        answers=answers, chosen=chosen,
    )  # fmt: skip


def _usual_source(book: Workbook, path: Path, *, at_county: bool) -> str:
    """Where rows without a source column come from: the mini-programme where the file says so, or at the county."""
    lines = [text_of(cell) for grid in book.sheets for row in grid.rows[:3] for cell in row[:3]]
    named = any("小程序" in text for text in (path.name, *(grid.name for grid in book.sheets), *lines))
    return "mini_program" if named or at_county else "unit"


def _kept_columns(store: Store, fingerprint: str) -> dict[str, str]:
    kept = store.values.get("column_map", _MAP_PREFIX + fingerprint)
    return {str(name): str(letters) for name, letters in kept.items()} if isinstance(kept, dict) else {}


def apply(store: Store, preview: ConcernPreview, *, by: Operator) -> LongVerb[Applied]:
    """Take the new ones over in one transaction; ``check`` rows are left out. The file is not read again.

    Raises:
        UserError: ``questions_open`` while a question that needs an answer is open; ``read_only``.
    """
    waiting = preview.open_questions
    if waiting:
        raise UserError(
            "questions_open", "还有问题没有回答，没有导入：" + waiting[0].message,
            hint="请先在预览中回答，再点“导入”。",
            details={"questions": [{"id": q.id, "code": q.code, "options": list(q.options)} for q in waiting]},
        )  # fmt: skip
    yield from backups.before(store)
    yield Progress("正在与诉求核对", 0, len(preview.concerns))
    current = preview.compared_with(store.concerns.all())
    fresh = [NewConcern(c.content, c.level) for c in current.concerns if c.status == "new"]
    yield Progress("正在整理", 0, len(fresh))
    edits = new_edits(store, fresh)
    edits.extend(_column_map_edit(store, current))
    yield Progress("正在写入", len(fresh), len(fresh))
    changes = store.append(edits, by=by) if edits else Changes()
    return Applied(current, changes)


def _column_map_edit(store: Store, preview: ConcernPreview) -> Iterator[Edit]:
    """Columns a person chose are kept for the next file of the same layout."""
    chosen = {name: letters for name, letters in preview.chosen_columns.items() if letters}
    mark = preview.reading.fingerprint
    if chosen and chosen != _kept_columns(store, mark):
        yield Edit("column_map", f"column_map:{_MAP_PREFIX}{mark}", {"value": chosen})
