"""The preview of an import of concerns: rows with their status, questions, and the sheet as a page shows it.

A frozen value made by concern_import; it holds what was read, so importing needs no second look at the file.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property
from pathlib import Path
from typing import Any

from jiafang_desktop.common.chinese import squeeze
from jiafang_desktop.documents.concerns import ConcernReading, FoundConcern
from jiafang_desktop.documents.grids import SheetGrid
from jiafang_desktop.documents.rosters.shapes import CellProblem, Question, RosterReading
from jiafang_desktop.domain import identity
from jiafang_desktop.domain.concerns import Concern, ConcernContent
from jiafang_desktop.domain.identity import plain_name
from jiafang_desktop.services.sheet_preview import SheetPreview

_MOST_UNIT_PAIRS = 40
Key = tuple[str, tuple[str, str], str]


@dataclass(frozen=True, slots=True)
class PreviewConcern:
    """One concern of the file: ``status`` new, same or check; ``concern`` the stored id it matched."""

    row: int
    content: ConcernContent
    level: str | None
    status: str
    problems: tuple[CellProblem, ...] = ()
    concern: str | None = None

    def as_json(self) -> dict[str, Any]:
        """C.json's keys with row, status and problems, as a roster's row has them."""
        content = self.content
        return {
            "row": self.row, "name": content.name, "unit": content.unit, "post": content.post,
            "cadre": {"name": content.name, "unit": content.unit, "post": content.post, "section": content.section},
            "raised_on": content.raised_on.isoformat() if content.raised_on else None, "source": content.source,
            "text": content.text or None, "priority": content.priority, "level": self.level, "status": self.status,
            "concern": self.concern,
            "problems": [{"column": p.column, "value": p.value, "message": p.message} for p in self.problems],
        }  # fmt: skip


@dataclass(frozen=True)
class ConcernPreview(SheetPreview):
    """Everything the preview page and the command line show. ``sheets``: (name, hidden) in tab order."""

    file: Path
    reading: RosterReading
    found: tuple[FoundConcern, ...]
    concerns: tuple[PreviewConcern, ...]
    questions: tuple[Question, ...]
    grid: SheetGrid
    sheets: tuple[tuple[str, bool], ...]
    known_units: frozenset[str]
    own_unit: str
    at_county: bool
    county: str
    answers: Mapping[str, str]
    chosen_columns: Mapping[str, str]

    def _rows(self) -> Sequence[PreviewConcern]:
        return self.concerns

    @cached_property
    def counts(self) -> dict[str, int]:
        """INTERFACE's ``counts``; nothing stored is ever changed by an import of concerns."""
        counts = {"rows": len(self.concerns), "new": 0, "same": 0, "changed": 0, "check": 0}
        for concern in self.concerns:
            counts[concern.status] += 1
        counts["skipped"] = len(self.reading.skipped)
        counts["problems"] = sum(len(concern.problems) for concern in self.concerns)
        return counts

    @cached_property
    def units(self) -> tuple[tuple[str, int, int], ...]:
        """诉求分办: each unit's rows and new ones, in the order the units come; a unit's own file is one."""
        rows: Counter[str] = Counter()
        new: Counter[str] = Counter()
        for concern in self.concerns:
            unit = (concern.content.unit or "") if self.at_county else self.own_unit
            rows[unit] += 1
            new[unit] += concern.status == "new"
        return tuple((unit, count, new[unit]) for unit, count in rows.items() if unit)

    def as_json(self, *, applied: bool = False) -> dict[str, Any]:
        """INTERFACE's object, the roster's with ``concerns[]``; ``units`` says how they are split."""
        reading = self.reading
        return {
            "file": str(self.file), "format": reading.format, "sheet": reading.sheet, "header_row": reading.header_row,
            "columns": dict(reading.columns), "concerns": [concern.as_json() for concern in self.concerns],
            "skipped": [{"row": item.row, "reason": item.reason} for item in reading.skipped],
            "questions": [
                {
                    "id": q.id, "code": q.code, "message": q.message, "options": list(q.options),
                    "answer": self.answers.get(q.id),
                }
                for q in self.questions
            ],
            "counts": self.counts, "applied": applied,
            "units": [{"unit": unit, "rows": rows, "new": new} for unit, rows, new in self.units],
            "left_out": [
                {"column": item.column, "title": item.title, "reason": item.reason} for item in reading.left_out
            ],
            "notes": list(reading.notes), "sheets": [name for name, _ in self.sheets],
        }  # fmt: skip

    def compared_with(self, stored: Sequence[Concern]) -> ConcernPreview:
        """The same reading judged against other stored concerns."""
        return replace(self, concerns=judged(self.found, stored, own_unit=self.own_unit))


def compose(
    *, file: Path, reading: ConcernReading, grid: SheetGrid, sheets: tuple[tuple[str, bool], ...],
    stored: Sequence[Concern], known_units: frozenset[str], own_unit: str, own_names: frozenset[str], at_county: bool,
    county: str, answers: Mapping[str, str], chosen: Mapping[str, str],
) -> ConcernPreview:  # fmt: skip
    """A preview of a reading against the stored concerns."""
    concerns = judged(reading.concerns, stored, own_unit=own_unit)
    fresh = {concern.content.unit for concern in concerns if concern.content.unit}
    known_units |= {own_unit} - {""}
    similar = [
        Question(
            f"similar_unit:{one}|{other}", "similar_unit",
            f"“{one}”和“{other}”写法相近，请核对是不是同一个单位。现按原样存放。", (one, other),
        )
        for one, other in identity.similar_units(fresh, known_units, county=county)[:_MOST_UNIT_PAIRS]
        if not own_names.issuperset((one, other))
    ]  # fmt: skip
    table, others = reading.table, 0 if at_county else sum(not _is_own(c.content.unit, own_names) for c in concerns)
    if others:
        note = f"有{others}条写的是别的单位的人，也记在{own_unit}的诉求里。"
        table = replace(table, notes=(*table.notes, note))
    return ConcernPreview(
        file=file, reading=table, found=reading.concerns, concerns=concerns,
        questions=(*table.questions, *similar), grid=grid, sheets=sheets, known_units=known_units,
        own_unit=own_unit, at_county=at_county, county=county, answers=dict(answers), chosen_columns=dict(chosen),
    )  # fmt: skip


def _is_own(unit: str | None, own_names: frozenset[str]) -> bool:
    return not unit or any(identity.unit_core(unit) == identity.unit_core(own) for own in own_names)


def judged(found: Sequence[FoundConcern], stored: Sequence[Concern], *, own_unit: str) -> tuple[PreviewConcern, ...]:
    """Each row's status: same where the same person asked for the same on the same day, each stored one once."""
    kept: dict[Key, list[Concern]] = defaultdict(list)
    for concern in stored:
        kept[_key(concern.content, own_unit)].append(concern)
    seen: dict[tuple[Key, date | None], int] = {}
    rows = []
    for item in found:
        key = _key(item.content, own_unit)
        candidates = kept.get(key, [])
        match = next((c for c in candidates if _same_day(c.content.raised_on, item.content.raised_on)), None)
        status, why = "new", None
        earlier = seen.get((key, item.content.raised_on))
        if item.doubtful:
            status = "check"
        elif match is not None:
            candidates.remove(match)
            status = "same"
        elif earlier is not None:
            status, why = "check", f"与第{earlier}行相同，请核对是不是重复"
        elif candidates:
            status, why = "check", f"与第{candidates[0].number}号诉求内容相同，反映时间不同，请核对是不是同一件"
        if not item.doubtful:
            seen.setdefault((key, item.content.raised_on), item.row)
        problems = item.problems if why is None else (*item.problems, CellProblem(None, None, why, "text"))
        rows.append(PreviewConcern(
            item.row, item.content, item.level, status, problems, match.id if status == "same" and match else None
        ))  # fmt: skip
    return tuple(rows)


def _key(content: ConcernContent, own_unit: str) -> Key:
    return plain_name(content.name), identity.unit_core(content.unit or own_unit), squeeze(content.text)


def _same_day(one: date | None, other: date | None) -> bool:
    """An unknown day decides nothing."""
    return one is None or other is None or one == other
