"""Whether a text quotes what must not be in it: advice about leaders, guidance sheets (PRODUCT, Lines not crossed).

Pure. Words are compared without blanks and marks, in windows of eight characters, so that a copied clause is found
wherever it was put; names of units, posts and people are no quotation.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

_WINDOW, _SHORTEST = 8, 4


class Disclosure:
    """The restricted texts of some records, ready to be looked for."""

    def __init__(self, restricted: Iterable[str | None], *, harmless: Iterable[str | None] = ()) -> None:
        secret = {piece for text in restricted if text for piece in _pieces(_plain(text))}
        sizes = sorted({len(piece) for piece in secret})
        names = {_plain(text) for text in harmless if text}
        known = {piece for name in names for size in sizes for _, piece in _windows(name, size)}
        self._pieces = frozenset(secret - known)
        self._sizes = sorted({len(piece) for piece in self._pieces})

    def quoted_in(self, text: str | None) -> str | None:
        """The first restricted words ``text`` quotes; None where there are none."""
        whole = _plain(text or "")
        found = [(at, piece) for size in self._sizes for at, piece in _windows(whole, size) if piece in self._pieces]
        return min(found)[1] if found else None


def _plain(text: str) -> str:
    return "".join(char for char in text if char.isalnum())


def _pieces(text: str) -> Iterator[str]:
    """A whole short text, else every window of it; three characters say nothing."""
    if len(text) >= _SHORTEST:
        yield from (piece for _, piece in _windows(text, min(len(text), _WINDOW)))


def _windows(text: str, size: int) -> Iterator[tuple[int, str]]:
    return ((at, text[at : at + size]) for at in range(len(text) - size + 1))
