"""The unit's own choices: records with a history like everything else, read as one frozen object.

What the office's rules say (outcomes that allow filing, report dates) comes before what was chosen here. What a choice
does to a paper or a window is decided where it is used.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from jiafang_desktop.common.errors import UserError
from jiafang_desktop.domain.changes import Changes, Edit, Json, Operator
from jiafang_desktop.domain.problems import OUTCOMES, are_outcomes, counted_outcomes
from jiafang_desktop.services import rules

if TYPE_CHECKING:
    from jiafang_desktop.store import Store


@dataclass(frozen=True, slots=True)
class Settings:
    """Every choice with its default.

    Attributes:
        ledger_variant: "matrix" (内容╲时间, the original's) or "plain" (FORMS, 附件1).
        smallest_pt: the record form's smallest letters, 12 or 10.5.
        label_on_record: print 附件2 over the form's title.
        date_blank: leave the form's date for the pen.
        lock_minutes: idle minutes until the windows lock; 0 never (STORAGE: 10).
        font_scale: of the windows, in percent.
        printer_offset: right and down in 0.1 mm, for printers that feed askew.
        report_days: days after a quarter's end until its report; later records are 补录. The rules' word, if any.
        archive_outcomes: which outcomes of a problem let a visit be filed. The rules' word, if any.
    """

    ledger_variant: str = "matrix"
    smallest_pt: float = 12.0
    label_on_record: bool = False
    date_blank: bool = False
    lock_minutes: int = 10
    font_scale: int = 100
    printer_offset: tuple[int, int] = (0, 0)
    report_days: int = 10
    archive_outcomes: tuple[str, ...] = tuple(OUTCOMES)

    @property
    def offset_mm(self) -> tuple[float, float]:
        """``printer_offset`` in millimetres."""
        return self.printer_offset[0] / 10, self.printer_offset[1] / 10


def _whole(least: int, most: int) -> Callable[[Any], bool]:
    return lambda value: isinstance(value, int) and not isinstance(value, bool) and least <= value <= most


def _flag(value: Any) -> bool:
    return isinstance(value, bool)


def _offset(value: Any) -> bool:
    is_pair = isinstance(value, list | tuple) and len(value) == 2
    return is_pair and all(_whole(-500, 500)(part) for part in value)


_ALLOWED: dict[str, tuple[Callable[[Any], bool], str]] = {
    "ledger_variant": (lambda value: value in ("matrix", "plain"), "matrix 或 plain"),
    "smallest_pt": (lambda value: value in (12, 10.5) and not isinstance(value, bool), "12 或 10.5"),
    "label_on_record": (_flag, "是或否"),
    "date_blank": (_flag, "是或否"),
    "lock_minutes": (_whole(0, 240), "0 到 240 的整数"),
    "font_scale": (_whole(75, 250), "75 到 250 的整数"),
    "printer_offset": (_offset, "两个整数，单位是0.1毫米，各在正负500以内"),
    "report_days": (_whole(0, 92), "0 到 92 的整数"),
    "archive_outcomes": (are_outcomes, " ".join(OUTCOMES)),
}


def is_allowed(name: str, value: Any) -> bool:
    """Whether a setting of this name can be ``value``."""
    return name in _ALLOWED and _ALLOWED[name][0](value)


def read(store: Store) -> Settings:
    """The settings as they are; a value this version does not understand counts as not set."""
    kept = store.values.all("setting")
    known = {name: _loaded(name, value) for name, value in kept.items() if name in _ALLOWED and value is not None}
    own = rules.own_parts(store)
    known["archive_outcomes"] = counted_outcomes(own, kept.get("archive_outcomes"))
    if "report_by" in own:
        known["report_days"] = own["report_by"]["days_after_quarter"]
    return Settings(**{name: value for name, value in known.items() if _ALLOWED[name][0](value)})


def change(store: Store, *, by: Operator, **values: Any) -> Changes:
    """Change some settings; nothing is written for those that stay.

    Raises:
        UserError: ``unknown_field``, ``bad_input`` (``field`` in details).
    """
    present = read(store)
    edits: list[Edit] = []
    for name, value in values.items():
        if name not in _ALLOWED:
            raise UserError(
                "unknown_field",
                f"没有叫“{name}”的设置。",
                hint="可用的设置：" + " ".join(_ALLOWED),
                details={"field": name},
            )
        allowed, words = _ALLOWED[name]
        if not allowed(value):
            raise UserError(
                "bad_input", f"设置“{name}”不能是这个值。", hint=f"可以是：{words}。", details={"field": name}
            )
        if _stored(name, getattr(present, name)) != _stored(name, value):
            edits.append(Edit("setting", f"setting:{name}", {"value": _stored(name, value)}))
    return store.append(edits, by=by) if edits else Changes()


def _stored(name: str, value: Any) -> Json:
    """As the log carries it: integers only, so letters in tenths of a point."""
    if name == "smallest_pt":
        return round(value * 10)
    return list(value) if isinstance(value, list | tuple) else value


def _loaded(name: str, value: Json) -> Any:
    if name == "smallest_pt":
        return value / 10 if isinstance(value, int) else None
    return tuple(value) if isinstance(value, list) else value
