"""Years before the program: previewing and importing old ledgers and filled record forms, one file or whole folders.

Reading is documents.history's in the sandbox, judging visit_import_judge's; nothing is stored before ``apply``.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from jiafang_desktop.common import clock
from jiafang_desktop.common.errors import UserError
from jiafang_desktop.common.progress import LongVerb, Progress
from jiafang_desktop.domain.changes import Changes, Edit, Operator, new_record_id
from jiafang_desktop.services import backups
from jiafang_desktop.services.numbers import NumberGiver
from jiafang_desktop.services.visit_import_files import ReadFile, copies_in, place_of, read_all
from jiafang_desktop.services.visit_import_judge import Judge
from jiafang_desktop.services.visit_import_preview import (
    RENUMBER,
    SKIP,
    TAKE,
    ImportedVisit,
    ImportQuestion,
    SkippedLine,
    VisitImportPreview,
)
from jiafang_desktop.services.visits import NewVisit, new_edits

if TYPE_CHECKING:
    from jiafang_desktop.store import Store

__all__ = [
    "RENUMBER", "SKIP", "TAKE", "Applied", "ImportQuestion", "ImportedVisit", "SkippedLine", "VisitImportPreview",
    "answered", "apply", "preview",
]  # fmt: skip


@dataclass(frozen=True, slots=True)
class Applied:
    """What an import wrote: the preview as it stood at that moment, the changes, and the new records' ids."""

    preview: VisitImportPreview
    changes: Changes
    added: tuple[str, ...] = ()

    def as_json(self) -> dict[str, Any]:
        """INTERFACE's object with ``applied: true``."""
        return self.preview.as_json(applied=True)


def preview(
    store: Store, path: Path | Sequence[Path], *, answers: Mapping[str, str] | None = None
) -> LongVerb[VisitImportPreview]:
    """Read files, or every file of a folder, and compare their visits with the stored ones; nothing is stored.

    Args:
        path: a file, a folder, or several of them.
        answers: question id → option.

    Raises:
        UserError: ``not_found``; for a single file also ``encrypted_file unsupported_format too_large not_a_ledger``.
            In a folder each file that can't be read stands in ``skipped`` with its reason.
    """
    paths = (path,) if isinstance(path, Path) else tuple(path)
    files = yield from read_all(paths)
    if len(paths) == 1 and not paths[0].is_dir():
        _require_ledger(files[0])
    return (yield from _judged(store, place_of(paths), files, answers or {}))


def answered(store: Store, previewed: VisitImportPreview, answers: Mapping[str, str]) -> LongVerb[VisitImportPreview]:
    """The same preview with questions answered; the files are not read again."""
    return (yield from _judged(store, previewed.path, previewed.files, {**previewed.answers, **answers}))


def _judged(
    store: Store, path: Path, files: tuple[ReadFile, ...], answers: Mapping[str, str]
) -> LongVerb[VisitImportPreview]:
    copies = copies_in(files)
    judge = Judge(store, answers, copies=copies)
    for file in files:
        yield from judge.file(file)
    yield from judge.against_stored()
    return VisitImportPreview(
        path, files, tuple(judge.visits), tuple(judge.skipped), judge.questions, dict(answers),
        tuple(dict.fromkeys(judge.notes)), copies,
    )  # fmt: skip


def _require_ledger(file: ReadFile) -> None:
    read = file.reading
    if read is None or read.kinds:
        return
    sheets = list(dict.fromkeys(line.sheet for line in read.skipped if line.sheet))
    seen = "、".join(f"“{name}”" for name in sheets[:8]) or "没有表格"
    raise UserError(
        "not_a_ledger", f"没有在这个文件里认出家访台账或记录单：看到的是{seen}。",
        hint="台账要有一行标题，其中有“家访对象”和“时间”；记录单要有“家访对象姓名”和“家访情况记录”。",
        details={"format": read.format, "sheets": sheets},
    )  # fmt: skip


def apply(store: Store, previewed: VisitImportPreview, *, by: Operator) -> LongVerb[Applied]:
    """登记 of what is new, in one transaction; ``check`` visits are left out. Compared anew with what is stored now.

    Raises:
        UserError: ``questions_open`` while a question is open; ``read_only disk_full``.
    """
    waiting = previewed.open_questions
    if waiting:
        raise UserError(
            "questions_open", f"还有{len(waiting)}个问题没有回答，没有导入。",
            hint=f"请先回答，再导入。第一个：{waiting[0].message}",
            details={"questions": [{"id": q.id, "code": q.code, "options": list(q.options)} for q in waiting]},
        )  # fmt: skip
    yield from backups.before(store)
    current = yield from _judged(store, previewed.path, previewed.files, previewed.answers)
    fresh = [(at, visit) for at, visit in enumerate(current.visits) if visit.status == "new"]
    giver = NumberGiver(store, [visit.content for _, visit in fresh if not visit.restores])
    numbered = list(current.visits)
    edits: list[Edit] = []
    added: list[str] = []
    for done, (at, visit) in enumerate(fresh):
        if done % 20 == 0:
            yield Progress("正在整理", done, len(fresh))
        if visit.restores and visit.visit is not None:
            edits.extend(_restored(store, visit))
            added.append(visit.visit)
            continue
        content = replace(visit.content, number=giver.give(visit.content))
        rec = new_record_id()
        edits.extend(new_edits(rec, NewVisit(content)))
        added.append(rec)
        numbered[at] = replace(visit, content=content, visit=rec)
    yield Progress("正在写入", len(fresh), len(fresh))
    changes = store.append(edits, by=by) if edits else Changes()
    return Applied(replace(current, visits=tuple(numbered)), changes, tuple(added))


def _restored(store: Store, visit: ImportedVisit) -> Iterator[Edit]:
    """A visit whose import was undone comes back as the file says now, under its old number unless another is typed."""
    assert visit.visit is not None
    stored = store.visits.get(visit.visit)
    old, new = stored.content.to_fields(), visit.content.to_fields()
    fields = {name: value for name, value in new.items() if value not in (None, "", []) and value != old[name]}
    yield Edit("visit", visit.visit, {
        **fields, "deleted": False, "delete_reason": None, "recorded_on": clock.today().isoformat(),
    })  # fmt: skip
