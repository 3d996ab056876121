"""查找: one verb over everything that was written down, newest first, and what was written last.

Reading only. What the store's readers hold back (domain.restricted) never comes here: it is in no search index, and the
pieces shown around a hit are taken from the searched texts alone.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from jiafang_desktop.common.chinese import pinyin_full, pinyin_initials, squeeze
from jiafang_desktop.domain.cadres import Cadre
from jiafang_desktop.domain.concerns import Concern
from jiafang_desktop.domain.meetings import Meeting, stored_meeting
from jiafang_desktop.domain.visits import Visit
from jiafang_desktop.services import lists
from jiafang_desktop.services.lists import Draft
from jiafang_desktop.services.problems import ListedProblem

if TYPE_CHECKING:
    from jiafang_desktop.store import Store

KINDS = ("visit", "concern", "problem", "cadre", "meeting")
_LATEST = ("visit", "concern", "meeting")
_LOOKED_AT = 3  # times as many as shown: among them whoever is called so comes before those only mentioned
_BEFORE, _LONGEST = 10, 48  # characters of a piece before its hit, and of all of it

Record = Visit | Concern | ListedProblem | Cadre | Meeting | Draft


@dataclass(frozen=True, slots=True)
class Hit:
    """A record; ``piece`` is where a word stands in a longer text of it, empty where a name or post has it."""

    kind: str
    id: str
    record: Record
    piece: str = ""


@dataclass(frozen=True, slots=True)
class Found:
    """What there is for ``text``, by kind in the order of ``KINDS``; ``more``: kinds of which there are more."""

    text: str
    hits: tuple[Hit, ...] = ()
    more: frozenset[str] = frozenset()

    def of(self, kind: str) -> tuple[Hit, ...]:
        """The hits of one kind; unfinished sheets count as visits."""
        return tuple(hit for hit in self.hits if hit.kind == kind or (kind == "visit" and hit.kind == "draft"))


def find(store: Store, text: str, *, limit: int = 5) -> Found:
    """The newest of every kind that has every word of ``text``, at most ``limit`` each: names by characters, pinyin or
    initials, units and posts, and words of longer texts. Deleted and void records are left out."""
    words = [squeeze(word).lower() for word in text.replace("\u3000", " ").split()]
    if not words:
        return Found(text)
    hits = [Hit("draft", draft.key, draft) for draft in lists.drafts_mentioning(store, text)[:limit]]
    more = set()
    for kind in KINDS:
        ids = store.finder.newest(kind, text, limit=limit * _LOOKED_AT)
        found = sorted(_hits(store, kind, ids, words), key=lambda hit: not _is_about(hit, words))
        hits.extend(found[:limit])
        if len(found) > limit:
            more.add(kind)
    return Found(text, tuple(hits), frozenset(more))


def latest(store: Store, *, limit: int = 8) -> Found:
    """Unfinished sheets, then the visits, concerns and meetings written last."""
    drafts = lists.drafts_mentioning(store, "")
    hits = [Hit("draft", draft.key, draft) for draft in drafts[:limit]]
    for kind, rec in store.finder.latest(_LATEST, limit=limit):
        hits.extend(_hits(store, kind, [rec], []))
    return Found("", tuple(hits[:limit]))


def _hits(store: Store, kind: str, ids: Sequence[str], words: Sequence[str]) -> Iterator[Hit]:
    for rec, record, texts in _READERS[kind](store, ids):
        yield Hit(kind, rec, record, _piece(texts, words))


_Read = Iterator[tuple[str, Record, tuple[str | None, ...]]]


def _visits(store: Store, ids: Sequence[str]) -> _Read:
    for visit in store.visits.many(ids):
        yield visit.id, visit, (visit.content.matter, visit.content.account)


def _concerns(store: Store, ids: Sequence[str]) -> _Read:
    for concern in store.concerns.many(ids):
        yield concern.id, concern, (concern.content.text,)


def _problems(store: Store, ids: Sequence[str]) -> _Read:
    found = [store.problems.get(rec) for rec in ids]
    visits = {visit.id: visit for visit in store.visits.many(list(dict.fromkeys(one.visit for one in found)))}
    for problem in found:
        steps = (note.text for note in problem.progress)
        listed = ListedProblem(visits[problem.visit], problem)
        yield problem.id, listed, (problem.content.text, *steps, problem.resolution)


def _cadres(store: Store, ids: Sequence[str]) -> _Read:
    for cadre in store.cadres.many(ids):
        yield cadre.id, cadre, ()


def _meetings(store: Store, ids: Sequence[str]) -> _Read:
    for rec in ids:
        name = rec.partition(":")[2]
        meeting = stored_meeting(name, store.values.get("meeting", name))
        if meeting is not None:  # written by a newer program
            yield name, meeting, (meeting.content.minutes, *(decision.text for decision in meeting.decisions))


_READERS: dict[str, Callable[[Store, Sequence[str]], _Read]] = {
    "visit": _visits, "concern": _concerns, "problem": _problems, "cadre": _cadres, "meeting": _meetings,
}  # fmt: skip


def _is_about(hit: Hit, words: Sequence[str]) -> bool:
    """Whether the record is of somebody called so, not only one where he is mentioned."""
    record = hit.record
    if isinstance(record, Visit):
        name = record.content.visitee.name
    elif isinstance(record, Concern | Cadre):
        name = record.content.name
    else:
        return True
    plain = squeeze(name).lower()
    spoken = (pinyin_full(plain), pinyin_initials(plain))
    return any(word in plain or (word.isascii() and any(said.startswith(word) for said in spoken)) for word in words)


def _piece(texts: Sequence[str | None], words: Sequence[str]) -> str:
    """The first of the texts that has a word, cut down to the word's neighbourhood."""
    for text in filter(None, texts):
        plain = squeeze(text)
        for word in words:
            at = plain.lower().find(word)
            if at >= 0:
                return _cut(plain, at, len(word))
    return ""


def _cut(plain: str, at: int, length: int) -> str:
    start = max(0, at - _BEFORE)
    end = max(at + length, start + _LONGEST)
    return ("…" if start else "") + plain[start:end] + ("…" if end < len(plain) else "")
