"""The preview of a roster import: people with their status, questions, and the sheet as a page shows it.

A frozen value made by services.rosters; it holds what was read, so importing needs no second look at the file. It
never shows what stands in identity-card or ethnicity columns.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path
from typing import Any

from jiafang_desktop.documents.grids import SheetGrid
from jiafang_desktop.documents.rosters.shapes import CellProblem, Question, RosterReading
from jiafang_desktop.domain import identity
from jiafang_desktop.domain.cadres import CADRE_FIELDS, Cadre, CadreContent
from jiafang_desktop.services.sheet_preview import GridLine, SheetPreview

__all__ = ["GridLine", "PreviewPerson", "RosterPreview", "compose"]

_MOST_NAMESAKES = 60
_MOST_UNIT_PAIRS = 40


@dataclass(frozen=True, slots=True)
class PreviewPerson:
    """One person of the file: ``status`` new, same, changed or check; ``cadre`` the stored id it matched."""

    row: int
    content: CadreContent
    status: str
    problems: tuple[CellProblem, ...] = ()
    cadre: str | None = None
    changed: tuple[str, ...] = ()

    def as_json(self) -> dict[str, Any]:
        """INTERFACE's object of one person: fields that hold something, with name and unit always."""
        content = self.content
        found: dict[str, Any] = {"row": self.row, "name": content.name, "unit": content.unit}
        for name in CADRE_FIELDS[2:]:
            found[name] = getattr(content, name)
        found["status"] = self.status
        found["changed"] = list(self.changed)
        found["problems"] = [{"column": p.column, "value": p.value, "message": p.message} for p in self.problems]
        found["originals"] = dict(content.originals)
        return found


@dataclass(frozen=True)
class RosterPreview(SheetPreview):
    """Everything the preview page and the command line show. ``sheets``: (name, hidden) in tab order."""

    file: Path
    reading: RosterReading
    people: tuple[PreviewPerson, ...]
    questions: tuple[Question, ...]
    grid: SheetGrid
    sheets: tuple[tuple[str, bool], ...]
    known_units: frozenset[str]
    county: str
    answers: Mapping[str, str]
    chosen_columns: Mapping[str, str]

    @cached_property
    def counts(self) -> dict[str, int]:
        """INTERFACE's ``counts``."""
        counts = {"rows": len(self.people), "new": 0, "same": 0, "changed": 0, "check": 0}
        for person in self.people:
            counts[person.status] += 1
        counts["skipped"] = len(self.reading.skipped)
        counts["problems"] = sum(len(person.problems) for person in self.people)
        return counts

    def as_json(self, *, applied: bool = False) -> dict[str, Any]:
        """INTERFACE's object, with ``left_out``, ``notes`` and ``sheets`` added."""
        reading = self.reading
        return {
            "file": str(self.file), "format": reading.format, "sheet": reading.sheet, "header_row": reading.header_row,
            "columns": dict(reading.columns), "people": [person.as_json() for person in self.people],
            "skipped": [{"row": item.row, "reason": item.reason} for item in reading.skipped],
            "questions": [
                {
                    "id": q.id, "code": q.code, "message": q.message, "options": list(q.options),
                    "answer": self.answers.get(q.id),
                }
                for q in self.questions
            ],
            "counts": self.counts, "applied": applied,
            "left_out": [
                {"column": item.column, "title": item.title, "reason": item.reason} for item in reading.left_out
            ],
            "notes": list(reading.notes), "sheets": [name for name, _ in self.sheets],
        }  # fmt: skip

    def compared_with(self, stored: Sequence[Cadre]) -> RosterPreview:
        """The same reading judged against other stored people."""
        people, questions = _judged(self.reading, stored, self.known_units, self.county)
        return replace(self, people=people, questions=questions)

    def _rows(self) -> Sequence[PreviewPerson]:
        return self.people


def compose(
    *, file: Path, reading: RosterReading, grid: SheetGrid, sheets: tuple[tuple[str, bool], ...],
    stored: Sequence[Cadre], known_units: frozenset[str], county: str, answers: Mapping[str, str],
    chosen: Mapping[str, str],
) -> RosterPreview:  # fmt: skip
    """A preview of a reading against the stored people."""
    people, questions = _judged(reading, stored, known_units, county)
    return RosterPreview(
        file=file, reading=reading, people=people, questions=questions, grid=grid, sheets=sheets,
        known_units=known_units, county=county, answers=dict(answers), chosen_columns=dict(chosen),
    )  # fmt: skip


def _judged(
    reading: RosterReading, stored: Sequence[Cadre], known_units: frozenset[str], county: str
) -> tuple[tuple[PreviewPerson, ...], tuple[Question, ...]]:
    found = reading.people
    verdicts = identity.judge([p.content for p in found], stored, doubtful=[p.doubtful for p in found])
    name_column = reading.columns.get("name")
    people = []
    for person, verdict in zip(found, verdicts, strict=True):
        problems = person.problems
        if verdict.reason is not None:
            message = re.sub(r"\{(\d+)\}", lambda match: str(found[int(match.group(1))].row), verdict.reason)
            problems = (*problems, CellProblem(name_column, person.content.name, message, "name"))
        people.append(
            PreviewPerson(person.row, person.content, verdict.status, problems, verdict.cadre, verdict.changed)
        )
    informing = [*_namesakes(people, stored), *_similar_units(people, known_units, county)]
    return tuple(people), (*reading.questions, *informing)


def _namesakes(people: Sequence[PreviewPerson], stored: Sequence[Cadre]) -> list[Question]:
    """Names that stand for more than one person, in the file or with the roster."""
    rows: dict[str, list[PreviewPerson]] = defaultdict(list)
    for person in people:
        rows[person.content.name].append(person)
    matched = {person.cadre for person in people if person.cadre}
    others: dict[str, list[Cadre]] = defaultdict(list)
    for cadre in stored:
        if cadre.content.name in rows and cadre.id not in matched and not cadre.deleted:
            others[cadre.content.name].append(cadre)
    questions = []
    for name, group in rows.items():
        kept = others.get(name, [])
        fresh = any(person.status in ("new", "check") for person in group)
        if len(group) < 2 and not (kept and fresh):
            continue
        places = "、".join(f"第{person.row}行（{person.content.unit or '单位不明'}）" for person in group[:6])
        before = (
            "；名册里还有" + "、".join(c.content.unit or "单位不明" for c in kept[:4]) + f"的{name}" if kept else ""
        )
        questions.append(
            Question(f"same_name:{name}", "same_name", f"同名的“{name}”：{places}{before}。按不同的人存放，请留意。")
        )
        if len(questions) >= _MOST_NAMESAKES:
            break
    return questions


def _similar_units(people: Sequence[PreviewPerson], known: Collection[str], county: str) -> list[Question]:
    fresh = {person.content.unit for person in people if person.content.unit}
    return [
        Question(
            f"similar_unit:{one}|{other}",
            "similar_unit",
            f"“{one}”和“{other}”写法相近，请核对是不是同一个单位。现按原样存放。",
            (one, other),
        )
        for one, other in identity.similar_units(fresh, known, county=county)[:_MOST_UNIT_PAIRS]
    ]
