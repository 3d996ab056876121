"""What was found in one file: visits, rows that are none with their reason, and what only a person can say."""

from __future__ import annotations

from dataclasses import dataclass, field

from jiafang_desktop.domain.visits import VisitContent


@dataclass(frozen=True, slots=True)
class Doubt:
    """Something to look at. ``field`` is V.json's name; one that ``stops`` keeps the visit from being imported."""

    field: str
    value: str | None
    message: str
    stops: bool = False
    column: str | None = None


@dataclass(frozen=True, slots=True)
class FoundVisit:
    """One visit of a file. ``month_day`` stands where the year is missing; ``unit`` is the ledger's, as written.

    ``continued`` is a 续页 whose first page stood elsewhere.
    """

    sheet: str
    row: int
    content: VisitContent
    kind: str = "ledger"
    unit: str | None = None
    month_day: tuple[int, int] | None = None
    doubts: tuple[Doubt, ...] = ()
    continued: bool = False


@dataclass(frozen=True, slots=True)
class SkippedRow:
    """A used row that is no visit, and why; ``row`` None is a whole sheet or file. ``words`` are its first ones."""

    sheet: str
    row: int | None
    reason: str
    words: str = ""


@dataclass(frozen=True, slots=True)
class HistoryReading:
    """Everything read in one file. ``format`` is the worker's; ``kinds`` what was recognised: ledger, form."""

    format: str
    visits: tuple[FoundVisit, ...] = ()
    skipped: tuple[SkippedRow, ...] = ()
    kinds: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()


def with_text(content: VisitContent, name: str, text: str) -> VisitContent:
    """``content`` with one text field replaced."""
    return VisitContent.from_fields(content.to_fields() | {name: text})


@dataclass(slots=True)
class Findings:
    """The same while it grows, sheet by sheet."""

    visits: list[FoundVisit] = field(default_factory=list)
    skipped: list[SkippedRow] = field(default_factory=list)
    kinds: list[str] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)

    def skip(self, sheet: str, row: int | None, reason: str) -> None:
        """A used row that is no visit."""
        self.skipped.append(SkippedRow(sheet, row, reason))

    def done(self, file_format: str) -> HistoryReading:
        """Frozen; rows in the file's order."""
        return HistoryReading(
            file_format, tuple(self.visits), tuple(self.skipped), tuple(dict.fromkeys(self.kinds)),
            tuple(dict.fromkeys(self.notes)),
        )  # fmt: skip
