"""The preview of an import of earlier years: visits with their status, what was passed over, questions, files.

Frozen values and their JSON; how visits are judged stands in visit_import_judge.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from jiafang_desktop.documents.history.shapes import Doubt
from jiafang_desktop.domain import visit_rules
from jiafang_desktop.domain.visits import VisitContent
from jiafang_desktop.services.visit_import_files import ReadFile

SKIP = "跳过"
TAKE = "导入"
RENUMBER = "重新编号"


@dataclass(frozen=True, slots=True)
class ImportedVisit:
    """One visit of the files. ``status`` new, same or check (left out); ``visit`` the stored id it is, if any.

    ``restores``: the stored one was taken back by undo, importing brings it back.
    """

    file: str
    sheet: str
    row: int
    content: VisitContent
    status: str
    problems: tuple[Doubt, ...] = ()
    visit: str | None = None
    restores: bool = False

    def as_json(self) -> dict[str, Any]:
        """INTERFACE's object: where it stood, V.json's fields, status, problems."""
        found: dict[str, Any] = {"file": self.file, "sheet": self.sheet or None, "row": self.row}
        for stored, value in self.content.to_fields().items():
            name = visit_rules.NAMES[stored][0]
            group, _, inner = name.partition(".")
            if inner:
                found.setdefault(group, {})[inner] = value or None if stored == "visitee_name" else value
            else:
                found[name] = value
        found |= {
            "status": self.status, "visit": self.visit,
            "problems": [
                {"column": doubt.column, "field": doubt.field, "value": doubt.value, "message": doubt.message}
                for doubt in self.problems
            ],
        }  # fmt: skip
        return found


@dataclass(frozen=True, slots=True)
class SkippedLine:
    """A row, sheet or file that is no visit, and why."""

    file: str
    sheet: str | None
    row: int | None
    reason: str
    words: str = ""  # the row's first ones

    def as_json(self) -> dict[str, Any]:
        """INTERFACE's object."""
        return {
            "file": self.file, "sheet": self.sheet or None, "row": self.row, "reason": self.reason, "text": self.words,
        }  # fmt: skip


@dataclass(frozen=True, slots=True)
class ImportQuestion:
    """Something only a person can say; ``answer`` is what was said. All but ``number_repeat`` stop ``--apply``."""

    id: str
    code: str
    message: str
    options: tuple[str, ...]
    answer: str | None = None

    @property
    def informs(self) -> bool:
        """Whether importing may go on without an answer."""
        return self.code == "number_repeat"

    def as_json(self) -> dict[str, Any]:
        """INTERFACE's object."""
        return {
            "id": self.id, "code": self.code, "message": self.message, "options": list(self.options),
            "answer": self.answer,
        }  # fmt: skip


@dataclass(frozen=True)
class VisitImportPreview:
    """Everything the page and the command line show; ``files`` hold what was read, so that nothing is read again."""

    path: Path
    files: tuple[ReadFile, ...]
    visits: tuple[ImportedVisit, ...]
    skipped: tuple[SkippedLine, ...]
    questions: tuple[ImportQuestion, ...]
    answers: Mapping[str, str]
    notes: tuple[str, ...] = ()
    copies: Mapping[str, str] = field(default_factory=dict)  # a file → the one it is a copy of

    @property
    def open_questions(self) -> tuple[ImportQuestion, ...]:
        """Those that have to be answered before importing."""
        return tuple(question for question in self.questions if question.answer is None and not question.informs)

    @property
    def counts(self) -> dict[str, int]:
        """How many visits of each status, rows passed over, things to look at, and files."""
        found = {"rows": len(self.visits), "new": 0, "same": 0, "check": 0}
        for visit in self.visits:
            found[visit.status] += 1
        found["skipped"] = len(self.skipped)
        found["problems"] = sum(len(visit.problems) for visit in self.visits)
        found["files"] = len(self.files)
        return found

    def verdict(self, file: ReadFile) -> str | None:
        """Why nothing of a file is imported; None where something was read."""
        if file.reading is None:
            return file.reason
        if file.name in self.copies:
            return f"与“{self.copies[file.name]}”内容相同，没有再读"
        return None if file.reading.kinds else "没有认出台账或记录单"

    def files_json(self) -> list[dict[str, Any]]:
        """Each file's verdict."""
        found = []
        for file in self.files:
            read = file.reading
            found.append({
                "file": file.name, "format": read.format if read else None, "kinds": list(read.kinds) if read else [],
                "visits": sum(1 for visit in self.visits if visit.file == file.name),
                "skipped": sum(1 for line in self.skipped if line.file == file.name), "reason": self.verdict(file),
            })  # fmt: skip
        return found

    def as_json(self, *, applied: bool = False) -> dict[str, Any]:
        """INTERFACE's object."""
        return {
            "file": str(self.path), "files": self.files_json(), "visits": [visit.as_json() for visit in self.visits],
            "skipped": [line.as_json() for line in self.skipped],
            "questions": [question.as_json() for question in self.questions], "counts": self.counts,
            "notes": list(self.notes), "applied": applied,
        }  # fmt: skip
