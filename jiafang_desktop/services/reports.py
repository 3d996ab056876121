"""Office papers as files: Word, PDF or pictures, by the target's suffix. What they say is the callers'."""

from __future__ import annotations

from pathlib import Path

from jiafang_desktop.documents.reports.blocks import Report
from jiafang_desktop.documents.reports.draw import report_sheet
from jiafang_desktop.domain.pages import Sheet
from jiafang_desktop.services import files, forms
from jiafang_desktop.services.renderer import Renderer

SUFFIXES = (".docx", ".pdf", ".png")


def sheet(report: Report) -> Sheet:
    """The report's pages as drawn, for previews and printers."""
    return report_sheet(report)


def write(report: Report, target: Path, *, renderer: Renderer, replace: bool = False) -> list[Path]:
    """Write a report.

    Raises:
        UserError: ``unsupported_format file_exists file_busy disk_full not_writable``.
    """
    suffix = forms.check_suffix(target, SUFFIXES)
    files.check_target(target, replace=replace)
    if suffix == ".docx":
        from jiafang_desktop.documents.reports.word import report_docx  # imported late: Office parts only when used

        return [files.write_bytes(target, report_docx(report), replace=replace)]
    return forms.write_sheet(report_sheet(report), target, renderer=renderer, replace=replace)


def free_target(folder: Path, name: str) -> Path:
    """A place in ``folder`` for ``name`` that nothing has: a number is added where it must be."""
    target, count = folder / name, 2
    while target.exists():
        target = folder / f"{Path(name).stem}({count}){Path(name).suffix}"
        count += 1
    return target
