"""Who is the same person, and which unit names look alike. Pure; asked on import, never guessed beyond these rules.

Same person (INTERFACE, Roster): employee number, else phone with the same name, else name + unit + birth month,
counted as a multiset. A blank on either side never decides against somebody, and two candidates never decide at all.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from jiafang_desktop.common.chinese import halfwidth, squeeze
from jiafang_desktop.domain.cadres import CADRE_FIELDS, Cadre, CadreContent

Key = tuple[str, str, str]


@dataclass(frozen=True, slots=True)
class Verdict:
    """One incoming person: ``status`` new, same, changed or check; ``cadre`` the stored id for same and changed;
    ``changed`` the fields that differ; ``reason`` (Chinese) why an eye is needed."""

    status: str
    cadre: str | None = None
    changed: tuple[str, ...] = ()
    reason: str | None = None


NEW = Verdict("new")


def plain_name(name: str) -> str:
    """A person's name for comparing: white space and full-width forms do not count (张　三 is 张三)."""
    return squeeze(halfwidth(name))


def unit_key(unit: str | None) -> str:
    """A unit's name for comparing: white space and full-width forms do not count, everything else does."""
    if not unit:
        return ""
    return unit if unit.isalpha() and "\u3000" not in unit else squeeze(halfwidth(unit))


def person_key(content: CadreContent) -> Key:
    """Name, unit and birth month ("" where unknown)."""
    return content.name, unit_key(content.unit), (content.birth_date or "")[:7]


def differences(stored: CadreContent, incoming: CadreContent) -> tuple[str, ...]:
    """Fields a spreadsheet would change: never to blank, and never a birth date to its mere month."""
    found = []
    for name in CADRE_FIELDS:
        new = getattr(incoming, name)
        if new is None or new == "":
            continue
        old = getattr(stored, name)
        if old == new or (name == "birth_date" and old is not None and old.startswith(new)):
            continue
        found.append(name)
    return tuple(found)


def judge(incoming: Sequence[CadreContent], stored: Iterable[Cadre], *, doubtful: Sequence[bool]) -> list[Verdict]:
    """A verdict for each incoming person, in order. ``doubtful`` ones are ``check`` whatever they match."""
    return _Judge(incoming, list(stored), doubtful).verdicts()


class _Judge:
    def __init__(self, incoming: Sequence[CadreContent], stored: list[Cadre], doubtful: Sequence[bool]) -> None:
        self.incoming, self.stored = incoming, stored
        self.result: list[Verdict | None] = [Verdict("check") if doubt else None for doubt in doubtful]
        self.free = [not cadre.deleted for cadre in stored]

    def verdicts(self) -> list[Verdict]:
        self._repeats()
        if self.stored:
            self._by_number()
            self._by_phone()
            self._by_key()
            self._by_name_and_unit()
            self._by_strange_phone()
        return [verdict or NEW for verdict in self.result]

    def _open(self) -> Iterable[tuple[int, CadreContent]]:
        return [(at, content) for at, content in enumerate(self.incoming) if self.result[at] is None]

    def _take(self, at: int, index: int) -> None:
        self.free[index] = False
        cadre = self.stored[index]
        changed = differences(cadre.content, self.incoming[at])
        self.result[at] = Verdict("changed" if changed else "same", cadre.id, changed)

    def _index(self, field: str) -> dict[str, list[int]]:
        found: dict[str, list[int]] = defaultdict(list)
        for index, cadre in enumerate(self.stored):
            value = getattr(cadre.content, field)
            if value and self.free[index]:
                found[value].append(index)
        return found

    def _repeats(self) -> None:
        """Rows that repeat an earlier row of the same file wait for a person."""
        numbers: dict[str, int] = {}
        phones: dict[tuple[str, str], int] = {}
        keys: dict[Key, list[int]] = {}
        for at, content in enumerate(self.incoming):
            if self.result[at] is not None:
                continue
            earlier, why = None, ""
            if content.employee_no and content.employee_no in numbers:
                earlier, why = numbers[content.employee_no], "工号与第{row}行相同，请核对是不是重复"
            elif content.phone and (content.phone, content.name) in phones:
                first = phones[(content.phone, content.name)]
                if not _conflict(self.incoming[first].employee_no, content.employee_no):
                    earlier, why = first, "姓名、电话与第{row}行相同，请核对是不是重复"
            key = person_key(content)
            before = keys.get(key)
            if before is None:
                keys[key] = [at]
            else:
                same = next((other for other in before if _equal(self.incoming[other], content)), None)
                if earlier is None and same is not None:
                    earlier, why = same, "与第{row}行完全相同，请核对是不是重复"
                before.append(at)
            if earlier is not None:
                self.result[at] = Verdict("check", reason=why.replace("{row}", f"{{{earlier}}}"))
                continue
            if content.employee_no:
                numbers[content.employee_no] = at
            if content.phone:
                phones.setdefault((content.phone, content.name), at)

    def _by_number(self) -> None:
        index = self._index("employee_no")
        for at, content in self._open():
            for found in index.get(content.employee_no or "", ()):
                if not self.free[found]:
                    continue
                other = self.stored[found].content
                if other.name == content.name:
                    self._take(at, found)
                else:
                    self.result[at] = Verdict("check", reason=f"工号与名册中的{other.name}相同，姓名不同，请核对")
                break

    def _by_phone(self) -> None:
        index = self._index("phone")
        for at, content in self._open():
            for found in index.get(content.phone or "", ()):
                other = self.stored[found].content
                if (
                    self.free[found]
                    and other.name == content.name
                    and not _conflict(other.employee_no, content.employee_no)
                ):
                    self._take(at, found)
                    break

    def _by_key(self) -> None:
        index: dict[Key, list[int]] = defaultdict(list)
        for found, cadre in enumerate(self.stored):
            if self.free[found]:
                index[person_key(cadre.content)].append(found)
        waiting = [(at, content, index.get(person_key(content), [])) for at, content in self._open()]
        for exact in (True, False):  # whole equals first, so that of two namesakes each finds himself
            for at, content, candidates in waiting:
                if self.result[at] is not None:
                    continue
                fitting = [
                    c
                    for c in candidates
                    if self.free[c] and not _conflict(self.stored[c].content.employee_no, content.employee_no)
                ]
                if not fitting:
                    continue
                best = min(fitting, key=lambda c: len(differences(self.stored[c].content, content)))
                if not exact or not differences(self.stored[best].content, content):
                    self._take(at, best)

    def _by_name_and_unit(self) -> None:
        """One side lacks the birth month: the same person only if nobody else could be meant."""
        index: dict[tuple[str, str], list[int]] = defaultdict(list)
        for found, cadre in enumerate(self.stored):
            if self.free[found]:
                index[person_key(cadre.content)[:2]].append(found)
        waiting: dict[tuple[str, str], list[int]] = defaultdict(list)
        for at, content in self._open():
            waiting[person_key(content)[:2]].append(at)
        for key, rows in waiting.items():
            for at in rows:
                content = self.incoming[at]
                blank = [
                    found for found in index.get(key, ())
                    if self.free[found] and not (content.birth_date and self.stored[found].content.birth_date)
                    and not _conflict(self.stored[found].content.employee_no, content.employee_no)
                ]  # fmt: skip
                if not blank:
                    continue
                other = self.stored[blank[0]].content
                if len(blank) == 1 and len(rows) == 1 and not _conflict(other.phone, content.phone):
                    self._take(at, blank[0])
                else:
                    self.result[at] = Verdict("check", reason="名册里有同名同单位的人，缺出生年月，分不清是不是同一人")

    def _by_strange_phone(self) -> None:
        index = self._index("phone")
        for at, content in self._open():
            if content.phone and len(content.phone) == 11 and content.phone.isdigit():
                for found in index.get(content.phone, ()):
                    if self.free[found]:
                        name = self.stored[found].content.name
                        reason = "姓名不同" if name != content.name else "工号不同"
                        self.result[at] = Verdict("check", reason=f"手机号码与名册中的{name}相同，{reason}，请核对")
                        break


def _conflict(one: str | None, other: str | None) -> bool:
    return bool(one) and bool(other) and one != other


def _equal(one: CadreContent, other: CadreContent) -> bool:
    return all(getattr(one, name) == getattr(other, name) for name in CADRE_FIELDS)


# --------------------------------------------------------------------------------------------------- units

_TAILS = (
    "人民政府", "街道办事处", "办事处", "委员会", "党委", "政府", "机关",
)  # fmt: skip
_KINDS = ("街道", "镇", "乡", "局", "委", "办公室", "办", "中心")
# One differing character of these pairs makes two places, not one place spelled twice (东代固, 西代固).
_OPPOSITES = frozenset("东西南北前后上下大小左右中一二三四五六七八九十老新内外")
_LIMIT = 400


def unit_core(unit: str, county: str = "") -> tuple[str, str]:
    """A unit's place or business and its kind: 魏县大辛庄镇人民政府 → (大辛庄, 镇)."""
    text = unit_key(unit)
    for prefix in ("中共", "河北省", "邯郸市", county):
        if prefix and text.startswith(prefix) and len(text) > len(prefix) + 1:
            text = text[len(prefix) :]
    if not county and "县" in text[1:5] and len(text) > text.index("县") + 3:
        text = text[text.index("县") + 1 :]
    if len(text) > 3 and text[0] in "县市区":
        text = text[1:]
    for tail in _TAILS:
        if text.endswith(tail) and len(text) > len(tail) + 1:
            text = text[: -len(tail)] + ("街道" if tail == "街道办事处" else "")
            break
    for kind in _KINDS:
        if text.endswith(kind) and len(text) > len(kind) + 1:
            return text[: -len(kind)], kind
    return text, ""


def look_alike(one: str, other: str, *, county: str = "") -> bool:
    """Whether two different names may mean one unit: 大辛庄乡/大辛庄镇/大兴庄镇, with or without 人民政府."""
    if unit_key(one) == unit_key(other):
        return False
    (core, kind), (core2, kind2) = unit_core(one, county), unit_core(other, county)
    if core == core2:
        return (
            kind == kind2
            or {kind, kind2} <= {"街道", "镇", "乡", ""}
            or {kind, kind2} <= {"局", "委", "办", "办公室", ""}
        )
    if len(core) != len(core2) or len(core) < 3 or not ({kind, kind2} <= {"街道", "镇", "乡", ""} or kind == kind2):
        return False
    apart = [(a, b) for a, b in zip(core, core2, strict=True) if a != b]
    return len(apart) == 1 and not (apart[0][0] in _OPPOSITES and apart[0][1] in _OPPOSITES)


def similar_units(fresh: Iterable[str], known: Iterable[str], *, county: str = "") -> list[tuple[str, str]]:
    """Pairs (a unit of the file, its look-alike in the file or already known), each once."""
    new = sorted({unit for unit in fresh if unit})[:_LIMIT]
    old = sorted({unit for unit in known if unit} - set(new))[:_LIMIT]
    pairs = [
        (one, other) for at, one in enumerate(new) for other in new[at + 1 :] if look_alike(one, other, county=county)
    ]
    pairs.extend((one, other) for one in new for other in old if look_alike(one, other, county=county))
    return pairs
