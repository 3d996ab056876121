"""What reading a roster gives: frozen shapes shared by the recogniser, the service and the pages. No logic."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from jiafang_desktop.domain.cadres import CadreContent


@dataclass(frozen=True, slots=True)
class RosterOptions:
    """What a person chose: sheet name, FIELD → letters, the unit of rows without one, answers by question id.

    ``file_name`` may name the unit where nothing in the sheet does (德政镇干部花名册.xlsx).
    """

    today: date
    sheet: str | None = None
    columns: Mapping[str, str] = field(default_factory=dict)
    unit: str | None = None
    answers: Mapping[str, str] = field(default_factory=dict)
    file_name: str | None = None


@dataclass(frozen=True, slots=True)
class KnownRoster:
    """What the office already knows that helps: unit names, its own unit, columns kept by layout fingerprint."""

    units: frozenset[str] = frozenset()
    own_unit: str | None = None
    column_maps: Mapping[str, Mapping[str, str]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class CellProblem:
    """One cell that could not be stored as it stands; ``value`` is its text (never an identity number)."""

    column: str | None
    value: str | None
    message: str
    field: str | None = None


@dataclass(frozen=True, slots=True)
class FoundPerson:
    """One row that is a person. ``doubtful`` rows need an eye before they may be stored."""

    row: int
    content: CadreContent
    problems: tuple[CellProblem, ...] = ()
    doubtful: bool = False


@dataclass(frozen=True, slots=True)
class SkippedRow:
    """A row that is nobody, and why."""

    row: int
    reason: str


@dataclass(frozen=True, slots=True)
class Question:
    """Something only a person can say. same_name and similar_unit inform; the others stop ``--apply``."""

    id: str
    code: str
    message: str
    options: tuple[str, ...] = ()

    @property
    def informs(self) -> bool:
        """Whether importing may go on without an answer."""
        return self.code in ("same_name", "similar_unit")


@dataclass(frozen=True, slots=True)
class LeftOut:
    """A column that is never stored: its letter, its title, and why."""

    column: str
    title: str
    reason: str
    private: bool = False


@dataclass(frozen=True, slots=True)
class RosterReading:
    """Everything recognised in one workbook."""

    format: str
    sheet: str
    header_row: int
    columns: Mapping[str, str]
    titles: Mapping[str, str]
    people: tuple[FoundPerson, ...]
    skipped: tuple[SkippedRow, ...]
    questions: tuple[Question, ...]
    left_out: tuple[LeftOut, ...]
    notes: tuple[str, ...]
    fingerprint: str
