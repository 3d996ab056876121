"""Names and posts in one cell: several leaders (、 / newlines, wide gaps), names with their posts, vertical writing.

What a name is, roster_text says.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from jiafang_desktop.common.chinese import halfwidth, squeeze
from jiafang_desktop.domain import roster_text

_PARTS = "、/／,，;；&\n\r|"
_OPEN, _CLOSE = "（([【", "）)]】"
_POST_END = re.compile(
    r"(?:书记|镇长|乡长|县长|区长|局长|主任|主席|部长|科长|所长|站长|院长|校长|组长|队长|股长|司长|处长|委员|科员|干部|职员|"
    r"干事|助理|经理|主管|教师|医生|会计|政委|专员|代表|秘书|法官|检察官|警长|长|员|师)(?:[（(][^（）()]*[）)])?$"
)
_BRACKETED = re.compile(r"^(.+?)[（(【\[]([^（）()【】\[\]]*)[）)】\]]$", re.DOTALL)
_DOUBLED = ("欧阳", "上官", "司马", "诸葛", "皇甫", "尉迟", "慕容", "夏侯", "呼延", "令狐", "东方", "公孙")
_COUNTED = re.compile(r"^\s*(?:\d{1,2}\s*[.、．)）]\s*|[①-⑳]\s*)(?=[\u3400-\u9fff])")
_FAMILY = re.compile(r"(?:同志)?(?:(?:和|及|与)其?(?:家属|家人|家庭|配偶|爱人|妻子|丈夫)|全家|一家|夫妇|夫妻|家属)$")
_ASIDE = re.compile(r"^(?:男|女|汉|[\u4e00-\u9fff]{1,3}族|签字|签名|代|带队|牵头)$")


@dataclass(frozen=True, slots=True)
class Person:
    """A name with the post that stood beside it; ``doubt`` says why it needs an eye."""

    name: str
    post: str | None = None
    doubt: str | None = None


def of_text(raw: str) -> list[Person]:
    """The people a cell names, in its order."""
    text = _upright(raw)
    found: list[Person] = []
    for part in _whole(_split(text)):
        for piece in _spaced(part):
            person = _person(piece)
            if person is not None:
                found.append(person)
    return found


def _upright(raw: str) -> str:
    """Vertical writing, one character a line, made a line; other text as it is."""
    lines = [squeeze(line) for line in re.split(r"[\r\n]+", raw) if squeeze(line)]
    if len(lines) > 1 and all(len(line) == 1 for line in lines):
        return "".join(lines)
    return raw


def _split(text: str) -> list[str]:
    parts, depth = [""], 0
    for char in text:
        depth += char in _OPEN
        depth -= char in _CLOSE and depth > 0
        if char in _PARTS and depth == 0:
            parts.append("")
        else:
            parts[-1] += char
    return [part for part in parts if part.strip()]


def _whole(parts: list[str]) -> list[str]:
    """A name that was broken into lines because its column was narrow put together again."""
    found: list[str] = []
    for part in parts:
        short = squeeze(part)
        last = squeeze(found[-1]) if found else ""
        begun = len(last) == 1 or last in _DOUBLED
        if begun or (0 < len(last) < 4 and (len(short) == 1 or short[:1] in _OPEN)):
            found[-1] += part
        else:
            found.append(part)
    return found


def _spaced(part: str) -> list[str]:
    """钱永和　周文斌 are two, 张　三 is one."""
    pieces = part.split()
    joined: list[str] = []
    for piece in pieces:
        if joined and len(piece) == 1 and len(joined[-1]) == 1:
            joined[-1] += piece
        else:
            joined.append(piece)
    if len(joined) > 1 and all(roster_text.looks_like_name(piece) and len(piece) > 1 for piece in joined):
        return joined
    return [part]


def _person(part: str) -> Person | None:
    text = _FAMILY.sub("", _COUNTED.sub("", part.strip())).strip()
    if roster_text.is_blank(text):
        return None
    bracketed = _BRACKETED.match(text)
    if bracketed:
        outside, inside = bracketed.group(1).strip(), bracketed.group(2).strip()
        inner = _person(outside)
        if inner is None or _ASIDE.match(squeeze(inside)) or not inside:
            return inner
        return Person(inner.name, inner.post or inside, inner.doubt)
    plain = squeeze(halfwidth(text))
    if len(plain) > 3 and not roster_text.looks_like_name(plain):
        split = _with_post(text, plain)
        if split is not None:
            return split
    elif len(plain) > 2 and _POST_END.search(plain):
        split = _with_post(text, plain)
        if split is not None and split.post and len(split.post) > 1:
            return split
    cleaned = roster_text.clean_name(text)
    return Person(cleaned.name, None, cleaned.doubt) if cleaned.name else None


def _with_post(text: str, plain: str) -> Person | None:
    """镇长钱永和, 钱永和镇长, 钱永和 党委副书记、镇长."""
    text = text.replace("：", " ").replace(":", " ")
    plain = squeeze(halfwidth(text))
    pieces = text.split(maxsplit=1)
    if len(pieces) == 2:
        first, second = squeeze(pieces[0]), squeeze(pieces[1])
        if roster_text.looks_like_name(first) and len(first) > 1 and _POST_END.search(second):
            return Person(first, second)
        last = text.rsplit(maxsplit=1)
        if roster_text.looks_like_name(squeeze(last[1])) and _POST_END.search(squeeze(last[0])):
            return Person(squeeze(last[1]), squeeze(last[0]))
    for length in (3, 2, 4):
        name, rest = plain[-length:], plain[:-length]
        if rest and _POST_END.search(rest) and len(rest) > 1 and roster_text.looks_like_name(name):
            return Person(name, rest)
    for length in (3, 2, 4):
        name, rest = plain[:length], plain[length:]
        named = roster_text.looks_like_name(name) and not _POST_END.search(name)
        if named and len(rest) > 1 and _POST_END.search(rest):
            return Person(name, rest)
    return None


def posts(raw: str, count: int) -> tuple[list[str | None], bool]:
    """``count`` people's posts from one cell; whether it could be told which is whose."""
    text = raw.strip()
    if roster_text.is_blank(text):
        return [None] * count, True
    if count <= 1:
        return [_one_post(text)], True
    lines = [line.strip() for line in re.split(r"[\r\n]+", text) if line.strip()]
    ways = [lines, _cut(text, ";；"), _cut(text, "/／|"), _merged_lines(lines)]
    if len(lines) == 1:
        ways += [_cut(text, "、,，"), text.split()]
    for parts in ways:
        if len(parts) == count:
            return [None if roster_text.is_blank(part) else squeeze(part) for part in parts], True
    return [_one_post(text), *([None] * (count - 1))], False


def _cut(text: str, marks: str) -> list[str]:
    return [part.strip() for part in re.split(f"[{marks}]", text) if part.strip()]


def _merged_lines(lines: list[str]) -> list[str]:
    """Lines broken because the column was narrow, put together where a line ends within a post."""
    found: list[str] = []
    for line in lines:
        if found and not _POST_END.search(squeeze(found[-1])):
            found[-1] += squeeze(line)
        else:
            found.append(squeeze(line))
    return found


def _one_post(text: str) -> str:
    """A post on several lines: wrapped words are joined, several posts get their 、."""
    lines = [squeeze(line) for line in re.split(r"[\r\n]+", text) if squeeze(line)]
    if len(lines) > 2 and all(len(line) == 1 for line in lines):
        return "".join(lines)
    found = lines[0]
    for line in lines[1:]:
        fresh = bool(_POST_END.search(found)) and line[:1] not in "、，,；;兼（("
        found += ("、" if fresh else "") + line
    return found
