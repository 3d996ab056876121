"""名册: previewing and importing a stranger's roster, and the people one by one.

Reading files is documents', deciding who is who is domain.identity's, keeping is store's; here they meet. Nothing is
stored before ``apply``.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from jiafang_desktop.common import clock
from jiafang_desktop.common.chinese import unify_radicals
from jiafang_desktop.common.errors import UserError
from jiafang_desktop.common.progress import LongVerb, Progress
from jiafang_desktop.documents import rosters as documents_rosters
from jiafang_desktop.documents import sandbox
from jiafang_desktop.documents.rosters.shapes import KnownRoster, RosterOptions
from jiafang_desktop.domain import identity, roster_dates, roster_numbers, roster_text
from jiafang_desktop.domain.cadres import CADRE_FIELDS, FIELD_TITLES, Cadre, CadreContent, CadreQuery
from jiafang_desktop.domain.changes import Changes, Edit, Operator, new_record_id
from jiafang_desktop.services import backups
from jiafang_desktop.services.roster_preview import PreviewPerson, RosterPreview, compose

if TYPE_CHECKING:
    from jiafang_desktop.store import Store

__all__ = [
    "Applied", "PreviewPerson", "RosterPreview", "add_person", "apply", "complete", "delete_person", "edit_person",
    "people", "person_json", "preview", "run_worker", "show",
]  # fmt: skip


_STEP = 1000  # people put into edits between two reports of progress, about 20 ms


@dataclass(frozen=True, slots=True)
class Applied:
    """What an import wrote: the preview as it stood at that moment, and the changes."""

    preview: RosterPreview
    changes: Changes

    def as_json(self) -> dict[str, Any]:
        """INTERFACE's object with ``applied: true``."""
        return self.preview.as_json(applied=True)


def preview(
    store: Store,
    path: Path,
    *,
    sheet: str | None = None,
    columns: Mapping[str, str] | None = None,
    unit: str | None = None,
    answers: Mapping[str, str] | None = None,
    progress: Callable[[Progress], None] | None = None,
) -> RosterPreview:
    """Read a file as a roster and compare it with the stored people; nothing is stored.

    Args:
        sheet: a sheet's name. columns: FIELD → Excel letters. unit: the unit of rows without one.
        answers: question id → option.

    Raises:
        UserError: ``not_found encrypted_file unsupported_format too_large not_a_roster ambiguous_layout
            unknown_field``.
    """
    with sandbox.uncollected():
        return _previewed(
            store, path, sheet=sheet, columns=columns or {}, unit=unit, answers=answers or {}, progress=progress
        )


def _previewed(
    store: Store, path: Path, *, sheet: str | None, columns: Mapping[str, str], unit: str | None,
    answers: Mapping[str, str], progress: Callable[[Progress], None] | None,
) -> RosterPreview:  # fmt: skip
    book = sandbox.read_grids(path, progress=progress)
    stored = list(store.cadres.all())
    options = RosterOptions(
        today=clock.today(),
        sheet=sheet,
        columns=dict(columns),
        unit=unit.strip() if unit and unit.strip() else None,
        answers=dict(answers),
        file_name=path.name,
    )
    known = _known(store, stored)
    reading = documents_rosters.read(book, options=options, known=known)
    if reading.fingerprint not in known.column_maps:
        kept = _kept_columns(store, reading.fingerprint)
        if kept:
            known = replace(known, column_maps={reading.fingerprint: kept})
            reading = documents_rosters.read(book, options=replace(options, sheet=reading.sheet), known=known)
    grid = next(grid for grid in book.sheets if grid.name == reading.sheet)
    chosen = {**known.column_maps.get(reading.fingerprint, {}), **options.columns}
    if "column:name" in options.answers:
        chosen["name"] = reading.columns.get("name", "")
    return compose(
        file=path, reading=reading, grid=grid, sheets=tuple((g.name, g.hidden) for g in book.sheets), stored=stored,
        known_units=known.units, county=store.installation.county, answers=options.answers, chosen=chosen,
    )  # fmt: skip


def _known(store: Store, stored: list[Cadre]) -> KnownRoster:
    units = {cadre.content.unit for cadre in stored if cadre.content.unit}
    here = store.installation
    own = None
    if here.role == "unit":
        own = here.ledger_unit or here.unit
        units |= {here.unit, own}
    return KnownRoster(units=frozenset(unit for unit in units if unit), own_unit=own)


def _kept_columns(store: Store, fingerprint: str) -> dict[str, str]:
    kept = store.values.get("column_map", fingerprint)
    return {str(name): str(letters) for name, letters in kept.items()} if isinstance(kept, dict) else {}


def apply(store: Store, preview: RosterPreview, *, by: Operator) -> LongVerb[Applied]:
    """Store what the preview found new or changed, in one transaction; ``check`` rows are left out.

    The comparison is made again with the people stored now; the file is not read again.

    Raises:
        UserError: ``questions_open`` while a question that needs an answer is open; ``read_only``.
    """
    waiting = preview.open_questions
    if waiting:
        raise UserError(
            "questions_open", "还有问题没有回答，没有导入：" + waiting[0].message, hint="请先在预览中回答，"
                "再点“导入”。",
            details={"questions": [{"id": q.id, "code": q.code, "options": list(q.options)} for q in waiting]},
        )  # fmt: skip
    yield from backups.before(store)
    yield Progress("正在与名册核对", 0, len(preview.people))
    stored = list(store.cadres.all())
    current = preview.compared_with(stored)
    by_id = {cadre.id: cadre for cadre in stored}
    edits: list[Edit] = []
    for start in range(0, len(current.people), _STEP):
        yield Progress("正在整理", start, len(current.people))
        with sandbox.uncollected():
            edits.extend(_person_edits(current.people[start : start + _STEP], by_id))
    edits.extend(_column_map_edit(store, current))
    yield Progress("正在写入", len(current.people), len(current.people))
    changes = store.append(edits, by=by) if edits else Changes()
    return Applied(current, changes)


def _person_edits(people: Sequence[PreviewPerson], by_id: Mapping[str, Cadre]) -> Iterator[Edit]:
    for person in people:
        if person.status == "new":
            yield Edit("cadre", new_record_id(), person.content.to_fields() | {"deleted": False})
        elif person.status == "changed" and person.cadre is not None:
            yield Edit("cadre", person.cadre, _changed_fields(by_id[person.cadre].content, person))


def _changed_fields(stored: CadreContent, person: PreviewPerson) -> dict[str, Any]:
    fields: dict[str, Any] = {name: getattr(person.content, name) for name in person.changed}
    originals = {name: text for name, text in stored.originals.items() if name not in person.changed}
    originals |= {name: text for name, text in person.content.originals.items() if name in person.changed}
    if originals != dict(stored.originals):
        fields["originals"] = originals
    return fields


def _column_map_edit(store: Store, preview: RosterPreview) -> Iterator[Edit]:
    """Columns a person chose are kept for the next file of the same layout."""
    chosen = {name: letters for name, letters in preview.chosen_columns.items() if letters}
    if chosen and chosen != _kept_columns(store, preview.reading.fingerprint):
        fingerprint = preview.reading.fingerprint
        yield Edit("column_map", f"column_map:{fingerprint}", {"value": chosen})


# ------------------------------------------------------------------------------------------- people one by one


def people(store: Store, query: CadreQuery) -> list[Cadre]:
    """The stored people a query names, in the store's order."""
    return store.cadres.many(store.cadres.ids(query))


def show(store: Store, cadre_id: str) -> Cadre:
    """One person; ``not_found`` when there is none."""
    return store.cadres.get(cadre_id)


def complete(store: Store, text: str, *, limit: int = 12) -> list[Cadre]:
    """People whose name begins so, by characters, full pinyin or initials."""
    return store.cadres.complete(text, limit=limit)


def person_json(cadre: Cadre) -> dict[str, Any]:
    """A stored person as the command line prints it."""
    found: dict[str, Any] = {"id": cadre.id}
    found.update((name, getattr(cadre.content, name)) for name in CADRE_FIELDS)
    return found


def add_person(store: Store, content: CadreContent, *, by: Operator) -> tuple[str, Changes]:
    """Add a person typed by hand; gives the new id too.

    Raises:
        UserError: ``bad_input`` without a name, ``bad_date`` for a birth date that does not exist.
    """
    rec = new_record_id()
    kept = _checked(content)
    return rec, store.append([Edit("cadre", rec, kept.to_fields() | {"deleted": False})], by=by)


def edit_person(store: Store, cadre_id: str, patch: Mapping[str, str | None], *, by: Operator) -> Changes:
    """Change fields of a person by hand; None or "" clears one. Nothing is written when nothing differs."""
    unknown = [name for name in patch if name not in CADRE_FIELDS]
    if unknown:
        raise UserError(
            "unknown_field",
            f"没有叫“{unknown[0]}”的栏目。",
            hint="可用的栏目：" + " ".join(CADRE_FIELDS),
            details={"field": unknown[0]},
        )
    stored = store.cadres.get(cadre_id).content
    wanted = _checked(replace(stored, **dict(patch)))  # type: ignore[arg-type]  # names were checked above
    fields: dict[str, Any] = {
        name: getattr(wanted, name) for name in CADRE_FIELDS if getattr(wanted, name) != getattr(stored, name)
    }
    if not fields:
        return Changes()
    originals = {name: text for name, text in stored.originals.items() if name not in fields}
    if originals != dict(stored.originals):
        fields["originals"] = originals
    return store.append([Edit("cadre", cadre_id, fields)], by=by)


def delete_person(store: Store, cadre_id: str, *, by: Operator) -> Changes:
    """Take a person off the roster; the log keeps it, and visits keep what they say."""
    store.cadres.get(cadre_id)
    return store.append([Edit("cadre", cadre_id, {"deleted": True})], by=by)


def restore_person(store: Store, cadre_id: str, *, by: Operator) -> Changes:
    """Put a deleted person back."""
    return store.append([Edit("cadre", cadre_id, {"deleted": False})], by=by)


def _checked(content: CadreContent) -> CadreContent:
    """Typed fields trimmed, blanks made null, a typed birth date understood; no identity numbers."""
    values: dict[str, str | None] = {}
    for name in CADRE_FIELDS:
        text = (getattr(content, name) or "").strip()
        values[name] = unify_radicals(roster_numbers.without_id_numbers(text)[0])[0] or None
    cleaned = roster_text.clean_name(values["name"] or "")
    if not cleaned.name:
        raise UserError("bad_input", "没有填姓名。", hint="请填写姓名后再保存。", details={"field": "name"})
    values["name"] = cleaned.name
    birth = values["birth_date"]
    if birth is not None and not roster_dates.is_real_date(birth):
        found = roster_dates.clean_birth(birth, today=clock.today())
        if found.value is None:
            raise UserError(
                "bad_date",
                f"出生年月“{birth}”不对：{found.problem}。",
                hint="请写成 1975.03 或 1975.3.8 的样子。",
                details={"field": "birth_date"},
            )
        values["birth_date"] = found.value
    return CadreContent(**values, originals=content.originals)  # type: ignore[arg-type]  # the name was checked above


def run_worker(arguments: list[str]) -> int:
    """What ``jiafang --worker`` runs in the packaged program: the child that opens strangers' files."""
    from jiafang_desktop.documents import worker

    return worker.main(arguments)


def field_titles() -> dict[str, str]:
    """Field → the Chinese title pages show."""
    return dict(FIELD_TITLES)


def look_alike_units(store: Store, unit: str) -> list[str]:
    """Units already on the roster that look like ``unit`` without being it."""
    units = {cadre.content.unit for cadre in store.cadres.all() if cadre.content.unit}
    return [other for other in sorted(units) if identity.look_alike(unit, other, county=store.installation.county)]
