"""签字板: a signature's strokes, who may give one on a record, and what binds it to that record as it was signed.

Pure. Units are hundredths of a millimetre on a pad of 30 × 13 mm, whole numbers as the log wants them. Keeping and
reading is services.signatures', where it stands on the form documents.forms.marks'.
"""

from __future__ import annotations

import hashlib
import itertools
import json
import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from jiafang_desktop.common.errors import UserError
from jiafang_desktop.domain.pages import Stroke
from jiafang_desktop.domain.visits import VisitContent

PAD_MM = (30.0, 13.0)  # FORMS: the most a signature may take on paper
UNITS_PER_MM = 100
PAD_UNITS = (3000, 1300)
WIDTHS = (10, 120)
ROLES = {"leader": "家访领导", "recorder": "家访记录人"}
_VERSION = 1
_MOST_STROKES, _MOST_POINTS = 200, 6000
_LEAST_WAY = 500  # 5 mm of line: less is a slip of the hand
_STEPS = 4  # parts a curve between two points is drawn in

Point = tuple[int, int, int]  # x, y, and the line's width there
Line = tuple[Point, ...]


@dataclass(frozen=True, slots=True)
class Slot:
    """Somebody who signs the form: ``key`` is leader1, leader2, … or recorder."""

    key: str
    role: str
    name: str

    @property
    def place(self) -> int:
        """Which of the leaders, from 0; 0 for the recorder."""
        return int(self.key.removeprefix("leader")) - 1 if self.role == "leader" else 0


@dataclass(frozen=True, slots=True)
class Signature:
    """A signature as it was given. ``seal`` binds strokes, signer, record and what the form said into one digest."""

    visit: str
    slot: str
    name: str
    strokes: tuple[Line, ...]
    at: str
    seal: str

    def to_json(self) -> dict[str, Any]:
        """As the log keeps it."""
        strokes = [[number for point in line for number in point] for line in self.strokes]
        return {
            "v": _VERSION, "visit": self.visit, "slot": self.slot, "name": self.name, "strokes": strokes,
            "at": self.at, "seal": self.seal,
        }  # fmt: skip

    @staticmethod
    def from_json(value: Any) -> Signature | None:
        """The other way; None for none, and for what a newer program wrote."""
        if not isinstance(value, Mapping) or value.get("v") != _VERSION:
            return None
        strokes = tuple(
            tuple((x, y, width) for x, y, width in zip(flat[::3], flat[1::3], flat[2::3], strict=True))
            for flat in value["strokes"]
        )
        return Signature(value["visit"], value["slot"], value["name"], strokes, value["at"], value["seal"])


def slots(content: VisitContent) -> tuple[Slot, ...]:
    """Who signs this form, leaders in their order; nobody signs for a recorder without a name."""
    leaders = [Slot(f"leader{at}", "leader", leader.name) for at, leader in enumerate(content.leaders, start=1)]
    return (*leaders, *([Slot("recorder", "recorder", content.recorder)] if content.recorder else ()))


def said(visit_id: str, slot: Slot, words: Mapping[str, Any]) -> str:
    """A digest of who signs what: the record, the signer, and every word its form prints."""
    return _digest([_VERSION, visit_id, slot.key, slot.name, words])


def sealed(visit_id: str, slot: Slot, words: Mapping[str, Any], strokes: Iterable[Line], *, at: str) -> Signature:
    """A signature given now for what the form says now."""
    lines = tuple(strokes)
    return Signature(visit_id, slot.key, slot.name, lines, at, _seal(said(visit_id, slot, words), lines))


def holds(signature: Signature, visit_id: str, slot: Slot, words: Mapping[str, Any]) -> bool:
    """Whether the signature was given for exactly this: any other word, signer, record or stroke and it is none."""
    return (
        signature.visit == visit_id
        and signature.slot == slot.key
        and signature.seal == _seal(said(visit_id, slot, words), signature.strokes)
    )


def tidied(strokes: Iterable[Iterable[Iterable[int]]]) -> tuple[Line, ...]:
    """Strokes as they may be kept.

    Raises:
        UserError: ``bad_input`` for none, a slip of the hand, or what no pad gives.
    """
    lines = tuple(tuple(_point(point) for point in line) for line in strokes)
    lines = tuple(line for line in lines if line)
    if len(lines) > _MOST_STROKES or sum(map(len, lines)) > _MOST_POINTS:
        raise UserError("bad_input", "签名的笔画太多。", hint="请清除后重写。", details={"field": "strokes"})
    way = sum(math.dist(a[:2], b[:2]) for line in lines for a, b in itertools.pairwise(line))
    if way < _LEAST_WAY:
        raise UserError("bad_input", "还没有签名。", hint="请在签名框里写上姓名再确认。", details={"field": "strokes"})
    return lines


def fitted(
    strokes: Sequence[Line], *, left_mm: float, top_mm: float, width_mm: float, height_mm: float
) -> tuple[Stroke, ...]:
    """The strokes on paper: in the middle of their place, never larger than they were written, as smooth curves."""
    around = [(x, y, width / 2) for line in strokes for x, y, width in line]
    if not around:
        return ()
    first_x, last_x = min(x - half for x, _, half in around), max(x + half for x, _, half in around)
    first_y, last_y = min(y - half for _, y, half in around), max(y + half for _, y, half in around)
    scale = min(
        1.0, width_mm * UNITS_PER_MM / max(last_x - first_x, 1), height_mm * UNITS_PER_MM / max(last_y - first_y, 1)
    )
    middle_x, middle_y = (first_x + last_x) / 2, (first_y + last_y) / 2
    return tuple(
        Stroke(tuple(
            (
                left_mm + width_mm / 2 + (x - middle_x) * scale / UNITS_PER_MM,
                top_mm + height_mm / 2 + (y - middle_y) * scale / UNITS_PER_MM,
                width * scale / UNITS_PER_MM,
            ) for x, y, width in smoothed(line)
        )) for line in strokes
    )  # fmt: skip


def smoothed(line: Sequence[tuple[float, float, float]]) -> list[tuple[float, float, float]]:
    """A curve through the middles of a line's stretches, so that a mouse's corners are not seen."""
    if len(line) < 3:
        return [*line]
    found: list[tuple[float, float, float]] = [line[0]]
    start: tuple[float, ...] = line[0]
    for at in range(1, len(line) - 1):
        bend, after = line[at], line[at + 1]
        end = after if at == len(line) - 2 else tuple((a + b) / 2 for a, b in zip(bend, after, strict=True))
        for step in range(1, _STEPS + 1):
            t = step / _STEPS
            x, y, width = (
                (1 - t) ** 2 * a + 2 * t * (1 - t) * b + t**2 * c for a, b, c in zip(start, bend, end, strict=True)
            )
            found.append((x, y, width))
        start = end
    return found


def _point(point: Iterable[int]) -> Point:
    numbers = tuple(point)
    least, most = (0, 0, WIDTHS[0]), (*PAD_UNITS, WIDTHS[1])
    if len(numbers) != 3 or not all(type(one) is int for one in numbers):
        raise UserError("bad_input", "签名的笔画读不出来。", hint="请清除后重写。", details={"field": "strokes"})
    x, y, width = (min(max(one, low), high) for one, low, high in zip(numbers, least, most, strict=True))
    return x, y, width


def _seal(what: str, strokes: Sequence[Line]) -> str:
    return _digest([what, strokes])


def _digest(value: Any) -> str:
    text = json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(f"jfsign1\n{text}".encode()).hexdigest()
