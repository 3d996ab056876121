"""The demo's office beside its visits: leaders, the county's rules, concerns, guidance, meetings, reported summaries.

Each event has its day, told among the visits' (demo_year); what is data stands in ``demo_concerns``.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any

from jiafang_desktop.common.progress import run_to_end
from jiafang_desktop.domain.late_entry import quarter_of
from jiafang_desktop.domain.summary import quarter_days
from jiafang_desktop.services import (
    concerns,
    demo_roster,
    files,
    guidance,
    leaders,
    meetings,
    rules,
    summary,
)
from jiafang_desktop.services.demo_concerns import ASKS, Ask
from jiafang_desktop.services.demo_people import UNIT, township_people

if TYPE_CHECKING:
    from jiafang_desktop.store import Store

Event = tuple[date, Callable[[], object]]
_RULES_AGO = 140  # before, days were only suggested
_LEADERS = (
    ("周振邦", "党委书记", "unit_head", (), -4, -1),
    ("赵立新", "党委书记", "unit_head", (), -1, None),
    ("马秀云", "党委副书记", "deputy_in_charge", ("党政综合办公室", "便民服务中心", "文化服务中心"), -3, None),
    ("韩雪梅", "组织委员", "deputy_in_charge", ("党建工作办公室", "计生服务站"), -2, None),
    ("冯志强", "纪委书记", "deputy_in_charge", ("综合治理中心", "司法所", "综合行政执法队"), -2, None),
    (
        "田建军",
        "副镇长",
        "deputy_in_charge",
        ("经济发展办公室", "村镇建设办公室", "农业综合服务中心", "乡村振兴办公室", "项目服务办公室", "自然资源所"),
        -2,
        None,
    ),
    ("崔文静", "宣传统战委员", "deputy_in_charge", ("社会事务服务中心", "退役军人服务站", "财政所"), -1, None),
    (
        "邢国栋",
        "武装部长",
        "deputy_in_charge",
        ("应急管理办公室", "南片管区", "北片管区", "中片管区", "西片管区"),
        -1,
        None,
    ),
    ("贺长顺", "县委常委、副县长", "county_leader", (), -1, None),
)
_RULES: dict[str, Any] = {
    "levels": {
        "ordinary": {"role": "deputy_in_charge", "limit": {"working_days": 25}},
        "serious": {"role": "unit_head", "limit": {"working_days": 20}},
        "grave": {"role": "county_leader", "limit": {"calendar_days": 10}},
    }, "report_by": {"days_after_quarter": 10},
}  # fmt: skip
_GUIDANCE = {
    "causes": "两个村的信访积案集中在他一人身上，压力大，聚餐时多喝了酒。",
    "roots": "对自己要求有所放松，认为下班后说话办事是私事。",
    "counsel": "纪委书记提醒谈话一次，组织委员一个月后再谈一次；请家属一起监督戒酒。",
    "measures": "调整一个村的信访积案由司法所牵头；两个月内不安排对外接待。",
    "follow_up": "包村干部第二个月走访两名村民代表，均说近来说话办事注意多了。",
}
_MEETINGS = (
    (232, "听取一季度家访工作情况汇报，研究双职工家庭值班、大院门口停车等意见建议。",
     ("值班表每月二十五日前公布", "执法队整治大院门口停车秩序，划出临停车位")),
    (141, "学习县里的办理时限与分工，听取上半年家访情况，逐件研究没有办结的问题。",
     ("重新明确各分管领导联系的办公室", "信访积案较多的村由司法所牵头化解")),
    (44, "听取三季度家访情况汇报，分析家庭变故、患病两类诉求较多的原因。",
     ("工会建立大病困难职工台账，每月走访一次", "康复、陪护期间的干部不排夜班")),
)  # fmt: skip
_NEXT_TEXT = (
    "一是对患病、遭遇变故的干部家庭，由分管领导每月联系一次；二是把驻村干部、双职工家庭列为下季度走访重点；"
    "三是对没有办结的问题逐件明确责任人和时限，年底前再开一次汇报分析会。"
)


class Office:
    """What the office does over the year, into ``store``; ``asked`` has the concerns of each visit's day."""

    def __init__(self, store: Store, today: date, folder: Path) -> None:
        self.asked: dict[tuple[int, int], list[str]] = {}
        self._store, self._today, self._folder = store, today, folder
        self._people = township_people()
        self._by = store.operator

    def events(self) -> Iterator[Event]:
        """Each act with its day, in no order."""
        first = self._today - timedelta(days=365)
        yield first, self._set_leaders
        yield self._ago(_RULES_AGO), lambda: self._do(rules.set_rules, _RULES)
        for ask in ASKS:
            yield from self._concern(ask)
        yield self._ago(3), self._import_export
        for days, minutes, decisions in _MEETINGS:
            yield self._ago(days), self._held(self._ago(days), minutes, decisions)
        for back in (3, 2, 1):
            yield from self._report(back)

    def tell_guidance(self, visit: str) -> None:
        """组织督导情况 of the visit made for signs of trouble."""
        guidance.write(self._store, visit, _GUIDANCE, by=self._by)

    def _ago(self, days: int) -> date:
        return self._today - timedelta(days=days)

    def _do(self, verb: Callable[..., object], *given: object) -> None:
        verb(self._store, *given, by=self._by)

    def _set_leaders(self) -> None:
        year = self._today.year
        table = [
            {
                "name": name, "post": post, "role": role, "sections": list(sections),
                "units": [UNIT] if role == "county_leader" else [], "from": f"{year + since}-03-01",
                "to": f"{year + until}-02-28" if until is not None else None,
            }
            for name, post, role, sections, since, until in _LEADERS
        ]  # fmt: skip
        self._do(leaders.set_leaders, {"leaders": table})

    # ------------------------------------------------------------------------------------ concerns

    def _concern(self, ask: Ask) -> Iterator[Event]:
        story = ask.visit and _day_before(self._today, *ask.visit)
        raised = (story or self._today) - timedelta(days=ask.ago)
        made: list[str] = []
        yield raised, lambda: made.append(self._take_down(ask, raised))
        judged = raised + timedelta(days=2)
        if ask.level is not None and ask.source != "county":
            yield judged, lambda: self._triage(made[0], ask)
        if ask.propose is not None:
            yield judged + timedelta(days=1), lambda: self._propose(made[0], ask)
        later = raised + timedelta(days=5)
        for verb, reason in (
            (concerns.refer, ask.refer),
            (concerns.decline, ask.decline),
            (concerns.delete, ask.delete),
        ):
            if reason is not None:
                yield (
                    later,
                    lambda verb=verb, reason=reason: verb(  # type: ignore[misc]  # defaults bind the act
                        self._store, made[0], reason=reason, by=self._by
                    ),
                )
        if story is not None and ask.reported is not None:
            on = story + timedelta(days=ask.reported)
            yield on, lambda: concerns.mark_reported(self._store, made[0], on=on, by=self._by)

    def _take_down(self, ask: Ask, raised: date) -> str:
        person = self._people[ask.who]
        typed = {
            "cadre": {"name": person.name, "unit": UNIT, "post": person.post, "section": person.section},
            "raised_on": raised.isoformat(), "source": ask.source, "text": ask.text, "priority": ask.priority,
            "level": ask.level if ask.source == "county" else None,
        }  # fmt: skip
        rec = concerns.add(self._store, typed, by=self._by).id
        if ask.visit is not None:
            self.asked.setdefault(ask.visit, []).append(rec)
        return rec

    def _triage(self, rec: str, ask: Ask) -> None:
        assert ask.level is not None
        concerns.triage(self._store, rec, level=ask.level, by=self._by)

    def _propose(self, rec: str, ask: Ask) -> None:
        concerns.triage(self._store, rec, level="grave", propose=True, reason=ask.propose, by=self._by)

    def _import_export(self) -> None:
        place = self._folder / ".诉求.xlsx"
        files.write_bytes(place, demo_roster.exported_concerns(self._today))
        try:
            run_to_end(concerns.apply(self._store, concerns.preview(self._store, place), by=self._by))
        finally:
            place.unlink()

    # ------------------------------------------------------------------------------------ meetings and reports

    def _held(self, on: date, minutes: str, decisions: tuple[str, ...]) -> Callable[[], None]:
        told = {
            "on": on.isoformat(), "attendees": ["赵立新", "孙海涛", "马秀云", "冯志强", "韩雪梅", "各办公室负责人"],
            "minutes": minutes, "decisions": [{"text": text} for text in decisions],
        }  # fmt: skip
        return lambda: self._do(meetings.add, told)

    def _report(self, back: int) -> Iterator[Event]:
        """A past quarter's summary goes to the county on the eighth day after it; the latest has words of our own."""
        year, quarter = _quarters_back(self._today, back)
        on = quarter_days(year, quarter)[1] + timedelta(days=8)
        when = {"year": year, "quarter": quarter}

        def hand_in() -> None:
            if back == 1:
                summary.keep_text(self._store, **when, section="next", text=_NEXT_TEXT, by=self._by)
            summary.mark_reported(self._store, **when, on=on, by=self._by)

        yield on, hand_in


def _day_before(today: date, month: int, day: int) -> date:
    return date(today.year if (month, day) < (today.month, today.day) else today.year - 1, month, day)


def _quarters_back(today: date, back: int) -> tuple[int, int]:
    count = today.year * 4 + quarter_of(today) - 1 - back
    return count // 4, count % 4 + 1
