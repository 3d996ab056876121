"""附件1, the ledger of a unit and year: which visits stand in it, its pages, and the files made of it.

Fitting, filling and the workbook are documents.ledgers', drawing the renderer's. Nothing is written to the store.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from jiafang_desktop.common.errors import UserError
from jiafang_desktop.common.progress import LongVerb, Progress, run_to_end
from jiafang_desktop.documents.ledgers.plan import LedgerPlan
from jiafang_desktop.documents.ledgers.plan import planning as fitting
from jiafang_desktop.documents.ledgers.rows import LedgerRow
from jiafang_desktop.domain.visits import Visit, VisitQuery
from jiafang_desktop.services import files, forms, settings
from jiafang_desktop.services.renderer import Renderer

if TYPE_CHECKING:
    from jiafang_desktop.store import Store

SUFFIXES = (".docx", ".pdf", ".xlsx", ".png")
VARIANTS = ("matrix", "plain")
_BLOCK = 100  # visits read between two steps: some milliseconds


def plan(
    store: Store, *, year: int, quarter: int | None = None, variant: str | None = None, unit: str | None = None,
    include_void: bool = False,
) -> LedgerPlan:  # fmt: skip
    """The ledger as planned pages, by number; drafts never stand in it.

    Args:
        variant: "matrix" or "plain"; None takes the unit's choice. unit: whose ledger; None is our own (at the county
            every unit's). include_void: print void numbers too, saying 作废.

    Raises:
        UserError: ``bad_input``.
    """
    return run_to_end(
        planning(store, year=year, quarter=quarter, variant=variant, unit=unit, include_void=include_void)
    )


def planning(
    store: Store, *, year: int, quarter: int | None = None, variant: str | None = None, unit: str | None = None,
    include_void: bool = False,
) -> LongVerb[LedgerPlan]:  # fmt: skip
    """``plan`` in steps, for windows: what is typed meanwhile is kept between two of them."""
    chosen = variant or settings.read(store).ledger_variant
    if chosen not in VARIANTS:
        raise _bad("variant", f"没有“{chosen}”这种版式", "可以是：" + " ".join(VARIANTS))
    if quarter is not None and quarter not in (1, 2, 3, 4):
        raise _bad("quarter", f"没有第{quarter}季度", "请写 1 到 4")
    here = store.installation
    own = unit is None or unit in (here.unit, here.ledger_unit)
    query = VisitQuery(
        year=year, quarter=quarter, unit=None if own and here.role == "unit" else unit, include_deleted=include_void
    )
    ids = store.visits.ids(query)
    rows: list[LedgerRow] = []
    for start in range(0, len(ids), _BLOCK):
        rows.extend(_row(visit) for visit in store.visits.many(ids[start : start + _BLOCK]))
        yield Progress("正在读取台账", start, len(ids))
    name = here.ledger_unit if own else unit or here.ledger_unit
    return (yield from fitting(rows, unit=name, year=year, variant=chosen, quarter=quarter, county=here.county))


def _row(visit: Visit) -> LedgerRow:
    content = visit.content
    return LedgerRow(
        visit_id=visit.id, number=content.number, date=content.date,
        leaders=tuple((leader.name, leader.post) for leader in content.leaders),
        visitee_name=content.visitee.name, visitee_post=content.visitee.post, matter=content.matter,
        remark=content.remark, void=visit.deleted,
    )  # fmt: skip


def write(
    store: Store, target: Path, *, renderer: Renderer, year: int, quarter: int | None = None,
    variant: str | None = None, unit: str | None = None, include_void: bool = False, replace: bool = False,
) -> dict[str, Any]:  # fmt: skip
    """The ledger as Word, PDF, Excel or pictures, by the target's suffix: ``file files rows pages``.

    Raises:
        UserError: ``unsupported_format file_exists file_busy disk_full not_writable bad_input``.
    """
    return run_to_end(
        writing(
            store, target, renderer=renderer, year=year, quarter=quarter, variant=variant, unit=unit,
            include_void=include_void, replace=replace,
        )
    )  # fmt: skip


def writing(
    store: Store, target: Path, *, renderer: Renderer, year: int, quarter: int | None = None,
    variant: str | None = None, unit: str | None = None, include_void: bool = False, replace: bool = False,
) -> LongVerb[dict[str, Any]]:  # fmt: skip
    """``write`` in steps, for windows; only the file itself is made in one."""
    suffix = forms.check_suffix(target, SUFFIXES)
    files.check_target(target, replace=replace)
    planned = yield from planning(
        store, year=year, quarter=quarter, variant=variant, unit=unit, include_void=include_void
    )
    if suffix == ".docx":
        from jiafang_desktop.documents.ledgers.fill import fill_ledger  # imported late: Office parts only when used

        made = [files.write_bytes(target, fill_ledger(planned), replace=replace)]
    elif suffix == ".xlsx":
        from jiafang_desktop.documents.ledgers.workbook import ledger_xlsx

        made = [files.write_bytes(target, ledger_xlsx(planned), replace=replace)]
    else:
        made = forms.write_sheet(planned.sheet, target, renderer=renderer, replace=replace)
    return {
        "file": str(made[0]), "files": [str(path) for path in made], "rows": planned.rows, "pages": planned.pages,
    }  # fmt: skip


def _bad(field: str, what: str, hint: str) -> UserError:
    return UserError("bad_input", f"{what}。", hint=f"{hint}。", details={"field": field})
