"""Several visits at once, as the list's foot bar does it: printed, signed, exported, where the papers lie.

Each verb is one step to undo. What a single visit allows is visits' and forms' to say; nothing here decides it anew.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from jiafang_desktop.common.errors import UserError
from jiafang_desktop.common.progress import LongVerb, Progress
from jiafang_desktop.domain.changes import Changes, Edit, Operator
from jiafang_desktop.domain.pages import Page, Sheet
from jiafang_desktop.domain.visits import Visit
from jiafang_desktop.services import forms
from jiafang_desktop.services.filing import printed_edits
from jiafang_desktop.services.renderer import Renderer

if TYPE_CHECKING:
    from jiafang_desktop.store import Store

_BAD_IN_FILE_NAMES = str.maketrans(dict.fromkeys('\\/:*?"<>|\r\n\t', "_"))


def record_sheets(store: Store, ids: Sequence[str], *, by: Operator) -> LongVerb[Sheet]:
    """All pages of several records as one sheet to be printed, in the order of ``ids``."""
    pages: list[Page] = []
    for done, visit_id in enumerate(ids):
        yield Progress("正在排版", done, len(ids))
        pages.extend(forms.sheet_to_print(store, visit_id, by=by).pages)
    return Sheet("领导干部家访记录单", tuple(pages))


def signed_before(store: Store, ids: Sequence[str]) -> int:
    """How many of these bear a signature or the seal on a sheet that says something else than they do now."""
    unit = store.installation.unit
    return sum(
        1 for visit in _open(store, ids)
        if (visit.paper.signed_on or visit.paper.sealed_on)
        and visit.paper.printed_state not in (None, forms.printed_state(visit, unit))
    )  # fmt: skip


def mark_printed(store: Store, ids: Sequence[str], *, on: date, by: Operator) -> Changes:
    """These sheets were printed whole: each one's layout is frozen (FORMS, 附件2); drafts, filed and void ones stay.

    Raises:
        UserError: ``nothing_to_do`` when none is left.
    """
    waiting = _open(store, ids)
    if not waiting:
        raise UserError("nothing_to_do", "选中的都已归档、作废，或还是草稿。", hint="打印了就行，不用再标记。")
    return store.append([edit for visit in waiting for edit in printed_edits(store, visit, on=on)], by=by)


def mark_signed(store: Store, ids: Sequence[str], *, on: date, by: Operator) -> Changes:
    """The leaders signed these sheets; those signed or filed before stay as they are.

    Raises:
        UserError: ``nothing_to_do`` when none is left.
    """
    waiting = [visit for visit in _open(store, ids) if visit.paper.signed_on is None]
    if not waiting:
        raise UserError("nothing_to_do", "选中的都已标记签字，或已归档、作废。", hint="不用再标记。")
    return store.append([Edit("visit", visit.id, {"signed_on": on.isoformat()}) for visit in waiting], by=by)


def set_place(store: Store, ids: Sequence[str], *, place: str, by: Operator) -> Changes:
    """Where the sealed papers lie.

    Raises:
        UserError: ``nothing_to_do`` when all of them are filed, void or drafts.
    """
    waiting = [visit for visit in _open(store, ids) if visit.paper.place != place]
    if not waiting:
        raise UserError(
            "nothing_to_do", "选中的已是这个存放位置，或已归档、作废。", hint="已归档的要改存放位置，请打开后用“更正”。"
        )
    return store.append([Edit("visit", visit.id, {"paper_at": place}) for visit in waiting], by=by)


def restore(store: Store, ids: Sequence[str], *, by: Operator) -> Changes:
    """Take 作废 back for these, each under its own number.

    Raises:
        UserError: ``nothing_to_do`` when none of them is void.
    """
    void = [visit for visit in store.visits.many(ids) if visit.deleted]
    if not void:
        raise UserError("nothing_to_do", "选中的都没有作废。", hint="不用恢复。")
    return store.append([Edit("visit", visit.id, {"deleted": False, "delete_reason": None}) for visit in void], by=by)


def _open(store: Store, ids: Sequence[str]) -> list[Visit]:
    """Those whose paper can still be written about."""
    return [visit for visit in store.visits.many(ids) if visit.status not in ("draft", "archived", "void")]


def write_records(
    store: Store, ids: Sequence[str], folder: Path, *, suffix: str, renderer: Renderer, by: Operator
) -> LongVerb[list[Path]]:
    """Each record as a file of its own in ``folder``: 2026年第025号家访记录单.docx.

    Existing files are left, a number is added to the new one's name.

    Raises:
        UserError: what forms.write_record raises; files written before it stay.
    """
    written: list[Path] = []
    for done, visit in enumerate(store.visits.many(ids)):
        yield Progress("正在导出", done, len(ids))
        target = _free(folder, file_stem(visit), suffix)
        forms.write_record(store, visit.id, target, renderer=renderer, by=by)
        written.append(target)
    return written


def file_stem(visit: Visit) -> str:
    """第025号家访记录单; without a name, since file names must tell nobody whose home was visited (STORAGE)."""
    number = f"第{visit.number:03d}号" if visit.number is not None else "未编号"
    year = f"{visit.content.date.year}年" if visit.content.date else ""
    return f"{year}{number}家访记录单".translate(_BAD_IN_FILE_NAMES)


def _free(folder: Path, stem: str, suffix: str) -> Path:
    target = folder / f"{stem}{suffix}"
    count = 2
    while target.exists():
        target = folder / f"{stem}({count}){suffix}"
        count += 1
    return target
