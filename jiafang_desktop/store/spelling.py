"""Names in pinyin and in pieces: sort keys and search tokens, made once per distinct text.

Tokens are what the full-text index holds: ``n…`` from a person's name, ``t…`` from any text; characters, two-character
pieces, full pinyin from each syllable of a name on, initials. Asking the index stands in search.
"""

from __future__ import annotations

import re
from functools import cache, lru_cache

from jiafang_desktop.common.chinese import halfwidth, is_han, squeeze

# Raised whenever keys or tokens are made differently: stored ones are then made anew (STORAGE, Search).
INDEX_VERSION = 1

# A first character read otherwise as a surname than in words; both readings are found.
_SURNAMES = {
    "单": "shan", "解": "xie", "仇": "qiu", "曾": "zeng", "查": "zha", "任": "ren", "朴": "piao", "区": "ou",
    "盖": "ge", "翟": "zhai", "召": "shao", "缪": "miao", "秘": "bi", "折": "she", "种": "chong", "员": "yun",
    "繁": "po", "尉": "yu", "乐": "yue", "覃": "qin", "重": "chong", "洗": "xian", "冼": "xian", "黑": "he",
    "牟": "mu", "万": "wan", "葛": "ge", "谌": "chen", "祭": "zhai", "臧": "zang", "车": "che", "石": "shi",
    "华": "hua", "宁": "ning", "晟": "cheng", "燕": "yan", "应": "ying", "纪": "ji", "过": "guo", "哈": "ha",
    "那": "na", "相": "xiang", "撒": "sa", "隗": "wei", "逄": "pang", "郇": "xun", "郗": "xi", "亓": "qi",
}  # fmt: skip
_WORD = re.compile(r"[0-9a-z]+|[^\x00-\x7f]+")


@lru_cache(maxsize=20000)
def syllables(text: str) -> tuple[str, ...]:
    """Pinyin with tone digits, a syllable or another run of characters each; the same as pypinyin's."""
    if len(text) <= 4 and all(map(is_han, text)) and not _in_phrases(text):
        return tuple(map(_syllable, text))
    return _by_words(text)


def _in_phrases(text: str) -> bool:
    from pypinyin.constants import PHRASES_DICT

    return any(
        text[start:end] in PHRASES_DICT for start in range(len(text) - 1) for end in range(start + 2, len(text) + 1)
    )


@cache
def _syllable(char: str) -> str:
    """One character alone; ten times quicker than asking for every name anew."""
    return _by_words(char)[0]


def _by_words(text: str) -> tuple[str, ...]:
    from pypinyin import Style, lazy_pinyin

    return tuple(lazy_pinyin(text, style=Style.TONE3, neutral_tone_with_five=True))


@lru_cache(maxsize=20000)
def name_key(text: str) -> str:
    """Sorts Chinese by pinyin with tones, then by code point (``common.chinese.sort_key``, remembered)."""
    return " ".join(syllables(text)).lower() + "\u0001" + text


def _readings(plain: str) -> list[list[str]]:
    """A name's syllables, twice where its first character is read otherwise as a surname."""
    spoken = [toneless(part) for part in syllables(plain)]
    other = _SURNAMES.get(plain[0])
    if other is None or spoken[0] == other:
        return [spoken]
    return [spoken, [other, *spoken[1:]]]


@lru_cache(maxsize=20000)
def name_tokens(name: str) -> str:
    """A person's name: as any text, and by itself from its first and every later syllable."""
    plain = normal(name)
    if not plain:
        return ""
    found = [f"n{piece}" for piece in pieces(plain)]
    for reading in _readings(plain):
        initials = "".join(part[:1] for part in reading)
        for start in range(len(reading)):
            found.append("n" + "".join(reading[start:]))
            found.append("n" + initials[start:])
    tokens = list(dict.fromkeys(found))
    return " ".join([*tokens, *("t" + token[1:] for token in tokens)])


def whole_name(name: str) -> list[str]:
    """Full pinyin and initials of a whole name, in every reading."""
    plain = normal(name)
    spoken = _readings(plain) if plain else []
    return ["".join(reading) for reading in spoken] + ["".join(part[:1] for part in reading) for reading in spoken]


@lru_cache(maxsize=20000)
def title_tokens(text: str) -> str:
    """A unit or post: characters, pieces, full pinyin and initials."""
    plain = normal(text)
    if not plain:
        return ""
    spoken = [toneless(part) for part in syllables(plain)]
    return body_tokens(text) + f" t{''.join(spoken)} t{''.join(part[:1] for part in spoken)}"


def body_tokens(text: str) -> str:
    """Longer text: characters and two-character pieces only; pinyin would make a save five times dearer."""
    return " ".join(dict.fromkeys(f"t{piece}" for piece in pieces(normal(text))))


def normal(text: str) -> str:
    """What is compared: no white space, half-width, lower case."""
    return squeeze(halfwidth(text)).lower()


def toneless(syllable: str) -> str:
    """``zhang1`` → ``zhang``; digits that were typed stay."""
    low = syllable.lower()
    return low[:-1] if low[-1:].isdigit() and low[:-1].isalpha() and low.isascii() else low


def runs(plain: str) -> list[str]:
    """Runs of ASCII letters and digits, and runs of everything else beyond ASCII."""
    return _WORD.findall(plain)


def pieces(plain: str) -> list[str]:
    """Runs of ASCII letters and digits whole; everything else by characters and pairs of neighbours."""
    found: list[str] = []
    for run in runs(plain):
        if run.isascii():
            found.append(run)
        else:
            found.extend(run)
            found.extend(run[at : at + 2] for at in range(len(run) - 1))
    return found
