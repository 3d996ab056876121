"""What changed between two texts, in pieces a person can read: kept, gone and new, with long kept parts left out.

Characters are compared, since Chinese has no spaces between words. How the pieces look is the windows'.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

KEPT, GONE, NEW, LEFT_OUT = "kept", "gone", "new", "left_out"
_FINE_UP_TO = 600  # characters: a longer changed part is told as a whole, since comparing takes its square
_LEAST_KEPT = 2  # a single character that happens to stand in both is part of the change
_AROUND = 14  # kept characters beside a change that are still shown


@dataclass(frozen=True, slots=True)
class Piece:
    """``kind`` is KEPT, GONE, NEW or LEFT_OUT (an ellipsis)."""

    kind: str
    text: str


def pieces(before: str, after: str) -> tuple[Piece, ...]:
    """``after`` with what went from ``before`` and what came; equal texts give one kept piece."""
    start, end = _common(before, after)
    was, now = before[start : len(before) - end], after[start : len(after) - end]
    found = [Piece(KEPT, before[:start]), *_middle(was, now), Piece(KEPT, before[len(before) - end :] if end else "")]
    return _joined(found)


def excerpt(found: Sequence[Piece], *, around: int = _AROUND) -> tuple[Piece, ...]:
    """The pieces with long kept parts cut to what stands beside a change."""
    if len(found) < 2:
        return tuple(found)
    short: list[Piece] = []
    for place, piece in enumerate(found):
        if piece.kind != KEPT:
            short.append(piece)
            continue
        head = around if place else 0
        tail = around if place < len(found) - 1 else 0
        if len(piece.text) <= head + tail + 4:
            short.append(piece)
            continue
        parts = (piece.text[:head], "…", piece.text[-tail:] if tail else "")
        kinds = (KEPT, LEFT_OUT, KEPT)
        short.extend(Piece(kind, text) for kind, text in zip(kinds, parts, strict=True) if text)
    return tuple(short)


def _common(before: str, after: str) -> tuple[int, int]:
    """How many characters at the beginning and at the end are the same."""
    least, start, end = min(len(before), len(after)), 0, 0
    while start < least and before[start] == after[start]:
        start += 1
    while end < least - start and before[-1 - end] == after[-1 - end]:
        end += 1
    return start, end


def _middle(was: str, now: str) -> list[Piece]:
    if not was or not now or max(len(was), len(now)) > _FINE_UP_TO:
        return [Piece(GONE, was), Piece(NEW, now)]
    found: list[Piece] = []
    for tag, i1, i2, j1, j2 in SequenceMatcher(None, was, now, autojunk=False).get_opcodes():
        if tag == "equal" and i2 - i1 >= _LEAST_KEPT:
            found.append(Piece(KEPT, was[i1:i2]))
        else:
            found += [Piece(GONE, was[i1:i2]), Piece(NEW, now[j1:j2])]
    return found


def _joined(found: Sequence[Piece]) -> tuple[Piece, ...]:
    """Neighbours of one kind as one; between two kept pieces what went stands before what came."""
    joined: list[Piece] = []
    gone = new = ""

    def flush() -> None:
        nonlocal gone, new
        joined.extend(Piece(kind, text) for kind, text in ((GONE, gone), (NEW, new)) if text)
        gone = new = ""

    for piece in found:
        if piece.kind == GONE:
            gone += piece.text
        elif piece.kind == NEW:
            new += piece.text
        elif piece.text:
            flush()
            if joined and joined[-1].kind == KEPT:
                joined[-1] = Piece(KEPT, joined[-1].text + piece.text)
            else:
                joined.append(piece)
    flush()
    return tuple(joined)
