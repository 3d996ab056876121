"""Chinese text helpers: widths, spaces, radicals, pinyin. Pure functions; pypinyin is imported when first used.

What a name or a date means is decided in domain and documents; here is only text.
"""

from __future__ import annotations

import re
import unicodedata

_SPACES = re.compile(r"[\s\u00a0\u2000-\u200f\u2028-\u202f\u205f-\u2064\u3000\ufeff]+")


def squeeze(text: str) -> str:
    """``text`` without any white space, visible or not (姓　 名 → 姓名)."""
    return _SPACES.sub("", text)


def tidy(text: str) -> str:
    """Outer white space off and inner runs of it made one ordinary space."""
    return _SPACES.sub(" ", text).strip()


def halfwidth(text: str) -> str:
    """Full-width ASCII forms (０-９, Ａ-Ｚ, ／ …) made ordinary; Chinese punctuation and everything else kept.

    Not NFKC: that changes characters of names.
    """
    return "".join(chr(ord(c) - 0xFEE0) if 0xFF01 <= ord(c) <= 0xFF5E else " " if c == "\u3000" else c for c in text)


def unify_radicals(text: str) -> tuple[str, tuple[str, ...]]:
    """Kangxi and CJK radicals (⼀ ⼤) made the unified characters they look like; and which ones were changed.

    They come from PDF copies and break search; STORAGE forbids Unicode normalisation of anything else.
    """
    changed: list[str] = []
    out: list[str] = []
    for char in text:
        if "\u2e80" <= char <= "\u2fdf":
            plain = unicodedata.normalize("NFKC", char)
            if plain != char:
                changed.append(char)
                char = plain
        out.append(char)
    return "".join(out), tuple(changed)


def is_han(char: str) -> bool:
    """Whether ``char`` is a Chinese character (all unified blocks, compatibility ideographs, 〇)."""
    point = ord(char)
    return 0x3400 <= point <= 0x9FFF or 0xF900 <= point <= 0xFAFF or 0x20000 <= point <= 0x3FFFF or char == "\u3007"


def pinyin_full(text: str) -> str:
    """Full pinyin without tones, lower case, joined: 张建国 → zhangjianguo; other characters kept lower-cased."""
    from pypinyin import lazy_pinyin

    return "".join(lazy_pinyin(text)).lower()


def pinyin_initials(text: str) -> str:
    """First letters: 张建国 → zjg."""
    from pypinyin import lazy_pinyin

    return "".join(syllable[:1] for syllable in lazy_pinyin(text)).lower()


def sort_key(text: str) -> str:
    """A key that sorts Chinese by pinyin with tones, then by code point; stable across machines."""
    from pypinyin import Style, lazy_pinyin

    syllables = lazy_pinyin(text, style=Style.TONE3, neutral_tone_with_five=True)
    return " ".join(syllables).lower() + "\u0001" + text
