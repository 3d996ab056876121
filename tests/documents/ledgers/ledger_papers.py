"""Random ledgers through plan, Word document and LibreOffice, for ``dev.py campaign papers``."""

from __future__ import annotations

import random
import re
import tempfile
from collections import Counter
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

from jiafang_desktop.documents.ledgers.fill import fill_ledger
from jiafang_desktop.documents.ledgers.plan import LedgerPlan, plan_ledger
from jiafang_desktop.documents.ledgers.rows import LedgerRow

_SPACE = re.compile(r"\s")
_Words = list[list[tuple[float, float, float, float, str]]]


def random_ledger(source: random.Random, value: Callable[[random.Random, int], str]) -> LedgerPlan:
    """A ledger of few or many rows; ``value`` makes posts and matters up to a length."""
    rows = [
        LedgerRow(
            visit_id=f"v{at}",
            number=at + 1,
            date=date(2026, source.randint(1, 12), source.randint(1, 28)),
            leaders=tuple(
                (source.choice(("钱永和", "欧阳文山", "艾则孜·买买提")), value(source, 20))
                for _ in range(source.choice((1, 1, 1, 2, 3)))
            ),
            visitee_name=source.choice(("张建国", "艾则孜·买买提")),
            visitee_post=value(source, 40),
            matter=value(source, 60),
            remark=value(source, 20) if source.random() < 0.2 else None,
            void=source.random() < 0.05,
        )
        for at in range(source.choice((3, 11, 12, 30, 60)))
    ]
    return plan_ledger(rows, unit="德政镇", year=2026, variant=source.choice(("matrix", "plain")))


def try_ledgers(
    plans: list[LedgerPlan],
    convert: Callable[[Path, list[str]], None],
    words_of: Callable[[Path], _Words],
) -> dict[str, Any]:
    """Convert and compare; figures and what went wrong."""
    found: dict[str, Any] = {
        "ledgers": len(plans),
        "ledger_pages": 0,
        "ledger_page_differences": 0,
        "ledger_lost_characters": 0,
        "failures": [],
    }
    with tempfile.TemporaryDirectory() as folder:
        for name, plan in enumerate(plans):
            (Path(folder) / f"{name}.docx").write_bytes(fill_ledger(plan))
        convert(Path(folder), [f"{name}.docx" for name in range(len(plans))])
        for name, plan in enumerate(plans):
            _compare(plan, words_of(Path(folder) / f"{name}.pdf"), name, found)
    return found


def _compare(plan: LedgerPlan, pages: _Words, name: int, found: dict[str, Any]) -> None:
    found["ledger_pages"] += plan.pages
    if len(pages) != plan.pages:
        found["ledger_page_differences"] += 1
        found["failures"].append((name, "ledger pages", plan.pages, len(pages)))
        return
    for number, (drawn, words) in enumerate(zip(plan.sheet.pages, pages, strict=True), start=1):
        expected = Counter(_SPACE.sub("", "".join(run.text for run in drawn.runs)))
        lost = expected - Counter(_SPACE.sub("", "".join(word[4] for word in words)))
        if lost:
            found["ledger_lost_characters"] += sum(lost.values())
            found["failures"].append((name, "ledger lost", number, dict(lost)))
