"""Whether a short list's row has what was typed: names by characters, pinyin or initials, other texts by characters.

Long lists are searched in the store (services.find, services.lists).
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

from jiafang_desktop.common.chinese import pinyin_full, pinyin_initials, squeeze


def mentions(text: str, names: Sequence[str], texts: Sequence[str]) -> bool:
    """Whether every word typed stands in a name or text, or is how a name begins to sound."""
    words = text.replace("\u3000", " ").lower().split()
    plain = [squeeze(one).lower() for one in (*names, *texts)]
    return all(
        any(word in one for one in plain)
        or (word.isascii() and any(spoken.startswith(word) for name in names for spoken in _spoken(squeeze(name))))
        for word in words
    )


@lru_cache(maxsize=5000)
def _spoken(name: str) -> tuple[str, str]:
    return pinyin_full(name), pinyin_initials(name)
