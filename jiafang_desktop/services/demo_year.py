"""Tells the demo's stories to a store, day by day, as a clerk would have recorded them over a year.

The stories are data (``demo_stories``); what is written on paper stands in ``demo_papers``.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import partial
from typing import TYPE_CHECKING

from jiafang_desktop.common import clock
from jiafang_desktop.domain.cadres import CadreQuery
from jiafang_desktop.domain.problems import ProblemContent
from jiafang_desktop.domain.visits import Leader, Topics, VisitContent, Visitee
from jiafang_desktop.services import problems, rosters, visits
from jiafang_desktop.services.demo_office import Office
from jiafang_desktop.services.demo_people import Person, township_people
from jiafang_desktop.services.demo_stories import FIRST_HALF, Step, Story, Trouble
from jiafang_desktop.services.demo_stories_later import SECOND_HALF

if TYPE_CHECKING:
    from jiafang_desktop.store import Store

RECORDER = "王晓燕"
_LONG = 300  # a resolution longer than this stands in the record itself, not only at its problem
_STEPS = ("printed", "signed", "sealed")
_PAPER_STEPS = {"printed": _STEPS[:1], "signed": _STEPS[:2], "sealed": _STEPS, "archived": _STEPS}


@dataclass(frozen=True, slots=True)
class Told:
    """A story that was told: the visit's id."""

    story: Story
    visit: str


def days_of(today: date) -> list[tuple[date, Story]]:
    """Each story on its day within the last twelve months, oldest first: the demo's year is always just past."""
    dated = []
    for story in (*FIRST_HALF, *SECOND_HALF):
        month, day = story.day
        year = today.year if (month, day) < (today.month, today.day) else today.year - 1
        dated.append((date(year, month, day), story))
    return sorted(dated, key=lambda item: item[0])


def tell(store: Store, today: date, office: Office) -> Iterator[Told]:
    """Record every story and what the office did beside, each event on its own day; what would lie ahead of ``today``
    has not happened yet.

    The clock is stood in for while an event is written, and is right again whenever this yields.
    """
    people = township_people()
    roster = {cadre.content.name: cadre.id for cadre in rosters.people(store, CadreQuery())}
    events: list[tuple[date, int, _Tale | None, Callable[[], object]]] = [
        (on, -1, None, act) for on, act in office.events() if on < today
    ]
    for order, (day, story) in enumerate(days_of(today)):
        tale = _Tale(store, story, day, people, roster, office)
        events += [(on, order, tale, partial(act, tale)) for on, act in tale.events() if on < today]
    for at, (day, _, told, act) in enumerate(sorted(events, key=lambda event: event[:2])):
        moment = datetime(day.year, day.month, day.day, 9 + at % 8, at * 7 % 60).astimezone()
        clock.set_clock(lambda moment=moment: moment)  # type: ignore[misc]  # a default argument binds this moment
        try:
            fresh = told is not None and told.visit is None
            act()
        finally:
            clock.set_clock(None)
        if fresh and told is not None and told.visit is not None:
            yield Told(told.story, told.visit)


class _Tale:
    """One story on its way into the store."""

    def __init__(
        self, store: Store, story: Story, day: date, people: tuple[Person, ...], roster: dict[str, str],
        office: Office,
    ) -> None:  # fmt: skip
        self.story = story
        self.visit: str | None = None
        self._office = office
        self._store, self._day, self._people, self._roster = store, day, people, roster
        self._by = store.operator
        self._troubles = story.troubles or _implied(story)

    def events(self) -> Iterator[tuple[date, Callable[[_Tale], None]]]:
        """What happened and when, in the order of one day."""
        story = self.story
        recorded = self._after(story.recorded)
        yield recorded, _Tale._register
        if story.paper == "void":
            yield self._after(6), _Tale._delete
        for position, trouble in enumerate(self._troubles, start=1):
            for step in trouble.steps:
                yield max(self._after(step.after), recorded), _progress(position, step, self._after(step.after))
            if trouble.ended is not None:
                on = self._after(trouble.ended.after)
                yield max(on, recorded), _resolve(position, trouble, on)
        last = max([recorded, *(self._after(t.ended.after) for t in self._troubles if t.ended)])
        for number, state in enumerate(_PAPER_STEPS.get(story.paper, ())):
            on = recorded + timedelta(days=number) if state != "sealed" else last + timedelta(days=3)
            yield on, _mark(state, on)
        if story.priority == "warning_sign":
            yield self._after(30), _Tale._guide
        if story.paper == "archived":
            yield last + timedelta(days=4), _Tale._archive

    def _after(self, days: int) -> date:
        return self._day + timedelta(days=days)

    def content(self) -> VisitContent:
        """The visit as typed."""
        story, person = self.story, self._people[self.story.who]
        posts = {other.name: other.post for other in self._people}
        own_words = story.resolution if not self._troubles or len(story.resolution or "") > _LONG else None
        return VisitContent(
            visitee=Visitee(
                name=person.name, post=f"{person.section}{person.post}", address=person.address,
                spouse_name=person.spouse or "无", spouse_work=person.spouse_work or "无",
                cadre=self._roster.get(person.name),
            ),
            date=self._day, place=story.place, leaders=tuple(Leader(name, posts[name]) for name in story.leaders),
            recorder=RECORDER, met=story.met, ways=story.ways, matter=story.matter, account=story.account,
            resolution=own_words,
            topics=Topics(
                greeting=True if story.paper != "draft" else None, advice_unit=story.advice,
                advice_leaders=story.advice_leaders, needs=story.needs, state_of_mind=story.mood,
            ),
            priority=story.priority, nothing_to_solve=not self._troubles and story.paper not in ("void", "draft"),
            remark=story.remark, late_entry_reason=story.reason,
            concerns=tuple(self._office.asked.get(story.day, ())),
        )  # fmt: skip

    def _register(self) -> None:
        if self.story.paper == "draft":
            self.visit = visits.add_many(self._store, [self.content()], by=self._by, draft=True)[0].id
            return
        found = [
            ProblemContent(
                text=trouble.text, kind=trouble.kind, level=trouble.level, responsible=trouble.responsible,
                due_date=self._after(trouble.due) if trouble.due else None,
            ) for trouble in self._troubles
        ]  # fmt: skip
        self.visit = visits.register(self._store, self.content(), by=self._by, problems=found).id

    def _delete(self) -> None:
        visits.delete(self._store, self._id, reason="因本人出差改期，未家访", by=self._by)

    def _guide(self) -> None:
        self._office.tell_guidance(self._id)

    def _archive(self) -> None:
        visits.archive(self._store, self._id, paper_at=f"党建办档案柜{self._day.year}年家访卷", by=self._by)

    @property
    def _id(self) -> str:
        assert self.visit is not None  # registering is always the first event
        return self.visit

    def progress(self, position: int, step: Step, on: date) -> None:
        """跟进了解."""
        problems.progress(self._store, self._id, position, text=step.text, on=on, by=self._by)

    def resolve(self, position: int, trouble: Trouble, on: date) -> None:
        """办结."""
        assert trouble.ended is not None
        problems.resolve(
            self._store, self._id, position, text=trouble.ended.text, on=on, outcome=trouble.outcome, by=self._by
        )

    def mark(self, state: str, on: date) -> None:
        """The paper's own life."""
        visits.mark_paper(self._store, self._id, state, on=on, by=self._by)


def _implied(story: Story) -> tuple[Trouble, ...]:
    """A need or an advice with its answer, where the story names no problem of its own."""
    words = story.advice or story.needs
    if words is None or story.resolution is None:
        return ()
    answer = story.resolution if len(story.resolution) <= _LONG else "已逐项落实，详见记录单。"
    kind = "advice" if story.advice else "difficulty"
    return (Trouble(words, kind, "ordinary", "党政综合办公室", due=45, ended=Step(min(20, 4 + len(words)), answer)),)


def _progress(position: int, step: Step, on: date) -> Callable[[_Tale], None]:
    return lambda tale: tale.progress(position, step, on)


def _resolve(position: int, trouble: Trouble, on: date) -> Callable[[_Tale], None]:
    return lambda tale: tale.resolve(position, trouble, on)


def _mark(state: str, on: date) -> Callable[[_Tale], None]:
    return lambda tale: tale.mark(state, on)
