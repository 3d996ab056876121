"""送审稿: a record's form, or a quarter's summary, to be read and approved before it is printed and signed.

The words 送审稿 stand in the top margin, outside the form. It is no print: no version is logged, nothing is ticked or
frozen, no signature and no code stand on it; what few may see is only counted (PRODUCT, STORAGE At rest).
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from jiafang_desktop.common import clock
from jiafang_desktop.documents.forms import fit as fitting
from jiafang_desktop.documents.forms.fields import date_text
from jiafang_desktop.documents.forms.marks import Marks, with_words, words_of
from jiafang_desktop.domain.pages import Sheet
from jiafang_desktop.domain.visits import Visit
from jiafang_desktop.services import files, forms, reports, settings, summary, summary_papers
from jiafang_desktop.services.renderer import Renderer

if TYPE_CHECKING:
    from jiafang_desktop.documents.forms.plan import RecordPlan
    from jiafang_desktop.store import Store

WORD = "送审稿"
TITLE, SUMMARY_TITLE = "领导干部家访记录单送审稿", "领导干部家访工作季度总结送审稿"
SUFFIXES = (".docx", ".pdf", ".png")
_ADVICE = "topic_advice_leaders"


@dataclass(frozen=True, slots=True)
class ReviewWritten:
    """A draft as files; ``withheld`` counts what is kept off it, ``missing`` are characters that came out as 〓."""

    files: tuple[Path, ...]
    pages: int
    withheld: int = 0
    missing: str = ""

    def as_json(self) -> dict[str, Any]:
        """``forms review``."""
        names = [str(path) for path in self.files]
        return {"file": names[0], "files": names, "pages": self.pages, "withheld": self.withheld}


def withheld(store: Store, visit: Visit) -> int:
    """How much of a record only its author and some accounts see, whether or not this account does."""
    advice = bool(visit.content.topics.advice_leaders) or _ADVICE in visit.hidden
    guided = bool(visit.id) and not store.guidance.get(visit.id).is_empty
    return int(advice) + int(guided)


def plan_of(store: Store, visit: Visit) -> RecordPlan:
    """A record's draft; ``visit`` may be what is typed and not stored yet (its id is "")."""
    here = store.installation
    planned = forms.plan(forms.fields_of(visit, here.unit, county=here.county), settings=settings.read(store))
    return fitting.marked(planned, Marks(head=_head(withheld(store, visit))))


def sheet_of(store: Store, visit: Visit) -> Sheet:
    """The same as pages."""
    return replace(plan_of(store, visit).sheet, title=TITLE)


def sheet(store: Store, visit_id: str) -> Sheet:
    """A stored record's draft as pages.

    Raises:
        UserError: ``not_found``.
    """
    return sheet_of(store, store.visits.get(visit_id))


def summary_sheet(store: Store, *, year: int, quarter: int) -> Sheet:
    """A quarter's summary as pages.

    Raises:
        UserError: ``restricted_text bad_input``.
    """
    found = summary.read(store, year=year, quarter=quarter)
    summary.require_clean(found)
    drawn = reports.sheet(summary_papers.report(found))
    lines = words_of(Marks(head=_head(0)))
    return Sheet(SUMMARY_TITLE, tuple(with_words(page, lines) for page in drawn.pages))


def write(
    store: Store, visit: Visit, target: Path, *, renderer: Renderer, replace: bool = False
) -> ReviewWritten:  # fmt: skip
    """A record's draft as Word, PDF or pictures, by the target's suffix.

    Raises:
        UserError: ``unsupported_format file_exists file_busy disk_full not_writable``.
    """
    suffix = forms.check_suffix(target, SUFFIXES)
    files.check_target(target, replace=replace)
    planned = plan_of(store, visit)
    count = withheld(store, visit)
    if suffix == ".docx":
        from jiafang_desktop.documents.forms.fill import fill_record  # imported late: Office parts only when used

        made = [files.write_bytes(target, fill_record(planned), replace=replace)]
        return ReviewWritten(tuple(made), len(planned.pages), count)
    drawn = sheet_of(store, visit)
    made = forms.write_sheet(drawn, target, renderer=renderer, replace=replace)
    return ReviewWritten(tuple(made), len(drawn.pages), count, renderer.missing(drawn))


def write_summary(
    store: Store, target: Path, *, year: int, quarter: int, renderer: Renderer, replace: bool = False
) -> ReviewWritten:
    """A summary's draft as PDF or pictures; its Word document is worked on, and needs no other copy of it.

    Raises:
        UserError: ``restricted_text bad_input unsupported_format file_exists file_busy disk_full not_writable``.
    """
    forms.check_suffix(target, SUFFIXES[1:])
    files.check_target(target, replace=replace)
    drawn = summary_sheet(store, year=year, quarter=quarter)
    made = forms.write_sheet(drawn, target, renderer=renderer, replace=replace)
    return ReviewWritten(tuple(made), len(drawn.pages), 0, renderer.missing(drawn))


def _head(kept_back: int) -> tuple[str, ...]:
    lines = (WORD, f"{date_text(clock.today())}　供审核用，不签名、不盖章、不归档")
    return (*lines, f"另有限制知悉内容{kept_back}项，不随稿") if kept_back else lines
