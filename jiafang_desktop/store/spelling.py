"""Names in pinyin and in pieces: sort keys and search tokens, made once per distinct text.

Tokens are what the full-text index holds: ``t…`` what anybody may type, ``k…`` a concern the visit was made for,
``m…`` a record's kind; in the roster ``b…`` a name from its beginning in full pinyin or initials, ``n…`` from a later
syllable, and its characters. One mark for all but the roster: every term asked for is looked up in each of its parts.
Asking it stands in search. What is typed letter by letter stands in the index letter by letter:
asking it for everything that begins so means merging thousands of lists, a hundred times slower at a million records.
"""

from __future__ import annotations

import re
from functools import lru_cache
from operator import add

from jiafang_desktop.common.chinese import is_han, squeeze

# Made differently, they want another index_version.INDEX_VERSION.

# A first character read otherwise as a surname than in words: lists follow the surname, both readings are found.
_SURNAMES = {
    "单": "shan4", "解": "xie4", "仇": "qiu2", "曾": "zeng1", "查": "zha1", "朴": "piao2", "区": "ou1", "盖": "ge3",
    "翟": "zhai2", "召": "shao4", "缪": "miao4", "秘": "bi4", "折": "she2", "种": "chong2", "员": "yun4",
    "繁": "po2", "尉": "wei4", "乐": "yue4", "覃": "qin2", "黑": "he4", "牟": "mu4", "葛": "ge3", "车": "che1",
    "石": "shi2", "祭": "zhai4", "隗": "wei3", "郇": "xun2", "逄": "pang2", "任": "ren2", "华": "hua4", "宁": "ning4",
}  # fmt: skip
# White space taken out, full-width forms made ordinary, in one go: the same as chinese.squeeze and chinese.halfwidth.
_PLAIN: dict[int, str | None] = {point: chr(point - 0xFEE0) for point in range(0xFF01, 0xFF5F)}
_PLAIN.update({point: None for point in range(0x3001) if not squeeze(chr(point))})
_PLAIN[0xFEFF] = None
# Identity cards keep the old form of characters that were simplified late; whoever types the other one means the same.
VARIANTS = {
    "龑": "䶮", "鎔": "镕", "頔": "𬱖", "颺": "飏", "贇": "赟", "璡": "琎", "璵": "玙", "驎": "𬴊", "鋐": "𬭎",
    "頫": "𫖯",
}  # fmt: skip
_PLAIN.update({ord(old): new for old, new in VARIANTS.items()})
_OLDER = {ord(new): old for old, new in VARIANTS.items()}
LONGEST_TYPED = 24
WHOLE_NAMES = (3, 4)  # characters of names that are tokens beside their pairs
_WORD = re.compile(r"[0-9a-z]+|[^\x00-\x7f]+")


_CHARS: dict[str, str] = {}  # Chinese characters read alone
_PHRASES: dict[str, object] = {}


@lru_cache(maxsize=20000)
def syllables(text: str) -> tuple[str, ...]:
    """Pinyin with tone digits, a syllable or another run of characters each; the same as pypinyin's.

    A name that has no known phrase in it is read character by character, ten times quicker than pypinyin does it.
    """
    if len(text) > 4:
        return _by_words(text)
    alone = [_CHARS.get(char) or _read(char) for char in text]
    if "" in alone or _in_phrases(text):
        return _by_words(text)
    return tuple(alone)


def _read(char: str) -> str:
    """One Chinese character's syllable, empty for another character."""
    if not is_han(char):
        return ""
    return _CHARS.setdefault(char, _by_words(char)[0])


def _in_phrases(text: str) -> bool:
    if not _PHRASES:
        from pypinyin.constants import PHRASES_DICT

        _PHRASES.update(PHRASES_DICT)
    for start in range(len(text) - 1):
        for end in range(start + 2, len(text) + 1):
            if text[start:end] in _PHRASES:
                return True
    return False


def _by_words(text: str) -> tuple[str, ...]:
    from pypinyin import Style, lazy_pinyin

    return tuple(lazy_pinyin(text, style=Style.TONE3, neutral_tone_with_five=True))


@lru_cache(maxsize=20000)
def name_key(text: str) -> str:
    """Sorts Chinese by pinyin with tones, then by code point (``common.chinese.sort_key``, remembered)."""
    return " ".join(syllables(text)).lower() + "\u0001" + text


@lru_cache(maxsize=20000)
def person_key(name: str) -> str:
    """``name_key`` of a person: the first character is read as a surname."""
    surname = _SURNAMES.get(name[:1])
    if surname is None:
        return name_key(name)
    return " ".join([surname, *syllables(name)[1:]]).lower() + "\u0001" + name


def _readings(plain: str) -> list[list[str]]:
    """A name's syllables, twice where its first character is read otherwise as a surname."""
    spoken = [toneless(part) for part in syllables(plain)]
    surname = toneless(_SURNAMES.get(plain[0], spoken[0]))
    return [spoken] if spoken[0] == surname else [spoken, [surname, *spoken[1:]]]


@lru_cache(maxsize=20000)
def name_tokens(name: str) -> str:
    """A name in a record: its characters, and its pinyin from the first and every later syllable on."""
    return _name_tokens(name, "t", "t")


@lru_cache(maxsize=20000)
def person_tokens(name: str) -> str:
    """The same of somebody in the roster, apart from unit and post; what begins at the first syllable apart too."""
    return _name_tokens(name, "b", "n")


def _name_tokens(name: str, mark: str, later: str) -> str:
    plain = normal(name)
    if not plain:
        return ""
    found = [later + piece for piece in (*pieces(plain), *_long_pieces(plain))]
    for reading in _readings(plain):
        full, initials = "".join(reading), "".join([part[:1] for part in reading])
        at, here = 0, mark
        for place, part in enumerate(reading):
            found.extend(_typed(here, full[at:]))
            found.extend(_typed(here, initials[place:]))
            at += len(part)
            here = later
    return " ".join(dict.fromkeys(found))


def _long_pieces(plain: str) -> list[str]:
    """Three and four characters of a name: the whole name, which is what is asked for most, decides by itself."""
    return [
        run[at : at + size]
        for run in runs(plain) if not run.isascii()
        for size in WHOLE_NAMES for at in range(len(run) - size + 1)
    ]  # fmt: skip


def _typed(mark: str, letters: str) -> list[str]:
    """Every beginning of letters, as they are typed; the whole where it is longer than anybody types."""
    found = [mark + letters[:end] for end in range(1, min(len(letters), LONGEST_TYPED) + 1)]
    return found if len(letters) <= LONGEST_TYPED else [*found, mark + letters]


@lru_cache(maxsize=20000)
def title_tokens(text: str) -> str:
    """A unit or post: characters, pieces, full pinyin, and initials as they are typed."""
    plain = normal(text)
    if not plain:
        return ""
    spoken = [toneless(part) for part in syllables(plain)]
    full, initials = "".join(spoken), "".join(part[:1] for part in spoken)
    return " ".join([body_tokens(text), "t" + full, "t" + full[:2], *_typed("t", initials)])


def body_tokens(text: str) -> str:
    """Longer text: characters and two-character pieces only; pinyin would make a save five times dearer."""
    found = pieces(normal(text))
    return "t" + " t".join(dict.fromkeys(found)) if found else ""


LINKED = "k"  # stands in every visit made for a concern
PLANNED = "kp"  # stands in every visit made for a plan; ids are longer


def link_token(rec: str) -> str:
    """What a visit made for this concern or plan is found by; no text a person types begins so."""
    return LINKED + "".join(char for char in rec.lower() if char.isascii() and char.isalnum())


def kind_token(kind: str) -> str:
    """What all records of a kind are found by; no text a person types begins so."""
    return "m" + kind


def normal(text: str) -> str:
    """What is compared: no white space, half-width, lower case, one form of a character that names write two ways."""
    return text.translate(_PLAIN).lower()


def older(plain: str) -> str:
    """The same in the old forms of characters that ``normal`` makes one."""
    return plain.translate(_OLDER)


def toneless(syllable: str) -> str:
    """``zhang1`` → ``zhang``; digits that were typed stay."""
    low = syllable.lower()
    return low[:-1] if low[-1:].isdigit() and low[:-1].isalpha() and low.isascii() else low


def runs(plain: str) -> list[str]:
    """Runs of ASCII letters and digits, and runs of everything else beyond ASCII."""
    found: list[str] = _WORD.findall(plain)
    return found


def pieces(plain: str) -> list[str]:
    """Runs of ASCII letters and digits whole; everything else by characters and pairs of neighbours."""
    found: list[str] = []
    for run in runs(plain):
        if run.isascii():
            found.append(run)
        else:
            found.extend(run)
            found.extend(map(add, run, run[1:]))
    return found
