"""Whether a text quotes what must not be in it: advice about leaders, guidance sheets (PRODUCT, Lines not crossed).

Pure. Words are compared without blanks and marks, in windows of eight characters, so that a copied clause is found
wherever it was put; names of units, posts and people are no quotation.
"""

from __future__ import annotations

from collections.abc import Iterable

_WINDOW, _SHORTEST = 8, 4


class Disclosure:
    """The restricted texts of some records, ready to be looked for."""

    def __init__(self, restricted: Iterable[str | None], *, harmless: Iterable[str | None] = ()) -> None:
        plain = [_plain(text) for text in harmless if text]
        pieces = {piece for text in restricted if text for piece in _pieces(_plain(text))}
        self._pieces = frozenset(piece for piece in pieces if not any(piece in known for known in plain))

    def quoted_in(self, text: str | None) -> str | None:
        """The first restricted words ``text`` quotes; None where there are none."""
        whole = _plain(text or "")
        found = [piece for piece in self._pieces if piece in whole]
        return min(found, key=whole.index, default=None)


def _plain(text: str) -> str:
    return "".join(char for char in text if char.isalnum())


def _pieces(text: str) -> Iterable[str]:
    if len(text) < _SHORTEST:
        return ()
    if len(text) <= _WINDOW:
        return (text,)
    return (text[at : at + _WINDOW] for at in range(len(text) - _WINDOW + 1))
