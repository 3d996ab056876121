"""节假日: the working calendar of this office, shipped years with those read in from files over them.

What a plan may say and how days are counted is domain.working_calendar's.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from jiafang_desktop.common.errors import UserError
from jiafang_desktop.common.paths import resource
from jiafang_desktop.domain import working_calendar
from jiafang_desktop.domain.changes import Changes, Edit, Operator
from jiafang_desktop.domain.working_calendar import WorkingCalendar, YearPlan

if TYPE_CHECKING:
    from jiafang_desktop.store import Store

__all__ = ["Loaded", "calendar", "calendar_json", "load", "load_file", "own_years", "shipped"]

_KIND = "calendar"
_LARGEST_BYTES = 1_000_000


@dataclass(frozen=True, slots=True)
class Loaded:
    """The years a file brought, and what was written (nothing where they were known so already)."""

    years: tuple[int, ...]
    changes: Changes


@cache
def shipped() -> tuple[YearPlan, ...]:
    """The years the program brings, oldest first."""
    files = sorted(resource("holidays").glob("*.json"))
    return tuple(working_calendar.read_plan(json.loads(file.read_text("utf-8"))) for file in files)


def calendar(store: Store) -> WorkingCalendar:
    """Every known year; of one year the file read in counts."""
    return WorkingCalendar.of((*shipped(), *_own(store)))


def own_years(store: Store) -> tuple[int, ...]:
    """Years read in from a file."""
    return tuple(plan.year for plan in _own(store))


def calendar_json(store: Store) -> dict[str, Any]:
    """``calendar show``: each year's plan and where it came from."""
    own = own_years(store)
    plans = calendar(store).plans
    return {
        "years": [
            {**plans[year].to_json(), "origin": "file" if year in own else "shipped"} for year in sorted(plans)
        ],
    }  # fmt: skip


def load(store: Store, data: Any, *, by: Operator) -> Loaded:
    """Take over one year's plan, or several in an array.

    Raises:
        UserError: ``unknown_field bad_calendar bad_date``; nothing is taken over then.
    """
    plans = [working_calendar.read_plan(item) for item in (data if isinstance(data, list) else [data])]
    if not plans:
        raise UserError("bad_calendar", "文件里没有节假日安排。", hint="请换一个文件。")
    known = calendar(store).plans
    edits = [
        Edit(_KIND, f"{_KIND}:{plan.year}", {"value": plan.to_json()}) for plan in plans if known.get(plan.year) != plan
    ]
    return Loaded(tuple(plan.year for plan in plans), store.append(edits, by=by) if edits else Changes())


def load_file(store: Store, path: Path, *, by: Operator) -> Loaded:
    """The same from a file (resources/holidays shows its shape).

    Raises:
        UserError: ``not_found too_large bad_calendar``, and what load raises.
    """
    try:
        if path.stat().st_size > _LARGEST_BYTES:
            raise UserError("too_large", f"“{path.name}”太大，不像节假日安排。", hint="请换一个文件。")
        data = json.loads(path.read_bytes().decode("utf-8-sig"))
    except (FileNotFoundError, IsADirectoryError):
        raise UserError("not_found", f"没有找到文件“{path.name}”。", hint="请检查文件的位置和名字。") from None
    except OSError:
        raise UserError("not_found", f"“{path.name}”读不出来。", hint="请检查文件能不能打开。") from None
    except (UnicodeDecodeError, ValueError, RecursionError):
        raise UserError("bad_calendar", f"“{path.name}”不是节假日安排文件。", hint="应当是UTF-8的JSON文件。") from None
    return load(store, data, by=by)


def _own(store: Store) -> list[YearPlan]:
    found = []
    for value in store.values.all(_KIND).values():
        try:
            found.append(working_calendar.read_plan(value))
        except UserError:  # written by a newer program: the year counts as unknown, which is said
            continue
    return found
