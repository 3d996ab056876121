"""A ledger's rows as visits: both variants, several years in one sheet, visits over several rows.

Reading single cells stands in rowtext, people and days; rows that are no visit are nobody's.
"""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date

from jiafang_desktop.common.chinese import squeeze
from jiafang_desktop.documents.grids import column_letter
from jiafang_desktop.documents.history import days, nobody, people, rowtext, years
from jiafang_desktop.documents.history.header import Header
from jiafang_desktop.documents.history.rowtext import RowText
from jiafang_desktop.documents.history.shapes import Doubt, Findings, FoundVisit, with_text
from jiafang_desktop.documents.history.table import Table
from jiafang_desktop.domain.visits import WAYS, Leader, VisitContent, Visitee

_AND_OTHERS = re.compile(r"\s*等(?:\s*(?:\d+|[一二两三四五六七八九十]+)\s*[人名位]|人|同志)?\s*$")
_EXTRA = ("matter", "account", "resolution", "trouble", "remark")


class LedgerReader:
    """Reads one sheet into ``findings``; the header may come from the table before (Word tables part at pages)."""

    def __init__(
        self, table: Table, findings: Findings, *, today: date, calendar: years.Calendar, unit: str | None
    ) -> None:
        self._table, self._findings, self._today = table, findings, today
        self._calendar, self.unit = calendar, unit
        self._sheet = table.grid.name
        self._before: RowText | None = None
        self._first = len(findings.visits)
        self._month: int | None = None  # of the heading 3月 over rows that say 5日
        self._open_row: int | None = None  # the visit whose rows may go on

    def read(self, headers: list[Header], *, given: Header | None = None) -> None:
        """Every row of the sheet, from the top."""
        starts = {header.top: header for header in headers}
        present = given
        below = 0
        for row in self._table.numbers:
            if row <= below:
                continue
            if row in starts:
                repeated = present is not None and starts[row].signature == present.signature
                present, below = starts[row], starts[row].bottom
                for number in range(row, below + 1):
                    if self._table.filled(number):
                        self._skip(number, "重复的表头" if repeated else "表头")
                self._open_row = None
                self._before = self._before if repeated else None  # a ditto mark may look back over a page's end
                continue
            if present is None:
                self._above(row)
            else:
                self._row(present, row)
        self._settle()

    def _skip(self, row: int, reason: str) -> None:
        self._findings.skip(self._sheet, row, reason)

    def _above(self, row: int) -> None:
        self._heed("\t".join(text for _, text in self._table.filled(row)))
        self._skip(row, "标题或说明" if self._table.filled(row) else "空行")

    def _heed(self, words: str) -> None:
        """What a heading says of the unit and the year."""
        self.unit = years.unit_in(words) or self.unit
        named = years.years_in(words, days=False)
        self._calendar.turn(named or ([] if self._calendar.known else years.years_in(words)))

    def _row(self, header: Header, row: int) -> None:
        filled = self._table.filled(row)
        if not filled:
            self._skip(row, "空行")
            return
        text = rowtext.read_row(self._table, header, row, self._before)
        if nobody.void(filled):
            number = squeeze(text.get("number"))
            self._skip(row, f"作废的行（序号{number}），没有导入" if number else "作废的行，没有导入")
            return
        named = text.get("visitee_name") or text.get("visitee_both")
        own_name = named if {"visitee_name", "visitee_both"} & text.own else ""
        why = nobody.reason(filled, visitee=own_name, wide=self._is_wide(filled, row), number_at=header.at("number"))
        if why is not None:
            words = "\t".join(cell for _, cell in filled)
            if "标题" in why or "分组" in why or "年度" in why:
                self._heed(words)
                self._month = days.month_in(words)
                self._open_row = None
            self._skip(row, why)
            return
        if self._continues(text):
            return
        if not named and rowtext.day_of(text, today=self._today)[0].month is None:
            self._unknown(row, filled)
            return
        self._visit(text)
        self._before = text

    def _unknown(self, row: int, filled: nobody.Filled) -> None:
        """Neither visitee nor day: a heading where its only words name a year."""
        if len(filled) == 1 and years.years_in(filled[0][1], days=False):
            self._heed(filled[0][1])
            self._open_row = None
            self._skip(row, "标题或单位一行，不是家访")
        else:
            self._skip(row, "没有家访对象，也没有日期，无法登记")

    def _is_wide(self, filled: nobody.Filled, row: int) -> bool:
        column = filled[0][0]
        merge = self._table.merge_at(row, column)
        return len(filled) == 1 and merge is not None and merge.right - merge.left >= 3

    # ------------------------------------------------------------------------------------ visits over several rows

    def _continues(self, text: RowText) -> bool:
        """A row that only adds a leader or words to the visit above."""
        begun = {"number", "visitee_name", "visitee_both", "date", "month", "day"} & text.own
        if begun or self._open_row is None or len(self._findings.visits) == self._first:
            return False
        mixed = "date_matter" in text.own
        if mixed and rowtext.day_of(text, today=self._today)[0].month is not None:
            return False
        visit = self._findings.visits[-1]
        leaders = self._leaders(text)[0] if {"leader_name", "leader_both"} & text.own else ()
        if not leaders and not mixed and not any(name in text.own for name in (*_EXTRA, "leader_post")):
            return False
        content = replace(visit.content, leaders=visit.content.leaders + leaders)
        for name in ("matter", "account", "resolution", "remark"):
            added = text.get(name) if name in text.own else ""
            if name == "matter" and mixed:
                added = text.get("date_matter")
            if added:
                content = with_text(content, name, _added(getattr(content, name), added))
        self._findings.visits[-1] = replace(visit, content=content)
        self._skip(text.number, f"第{self._open_row}行那次家访的续行，已并入")
        return True

    # ------------------------------------------------------------------------------------ one visit

    def _visit(self, text: RowText) -> None:
        doubts: list[Doubt] = []
        visitee = self._visitee(text, doubts)
        day, matter = rowtext.day_of(text, today=self._today)
        if day.month is None and day.day is not None and self._month is not None:
            day = replace(day, month=self._month, problem=None)
        on, month_day = self._dated(day, text, doubts)
        leaders, unsure = self._leaders(text)
        doubts.extend(_doubt(text, "leaders", message, at="leader_name") for message in unsure)
        number, wrong = rowtext.number_of(text.texts.get("number", ""))
        if wrong:
            doubts.append(_doubt(text, "number", wrong, value=text.get("number")))
        remark = text.get("remark")
        if day.rest and "date_matter" not in text.texts and not day.problem:
            remark = _added(remark, f"时间栏：{day.rest}")
        content = VisitContent(
            number=number, visitee=visitee, date=on, leaders=leaders, matter=matter or None, remark=remark or None,
            account=_account(text), resolution=text.get("resolution") or None, recorder=text.get("recorder") or None,
            ways=tuple(way for way in WAYS if way in text.get("ways")), place=_place(text.get("place")),
        )  # fmt: skip
        self._findings.visits.append(FoundVisit(
            self._sheet, text.number, content, unit=text.get("unit") or self.unit, month_day=month_day,
            doubts=tuple(doubts),
        ))  # fmt: skip
        self._open_row = text.number

    def _dated(self, day: days.Day, text: RowText, doubts: list[Doubt]) -> tuple[date | None, tuple[int, int] | None]:
        """The row's day in its year, or month and day while the year is unknown."""
        at = "date" if text.get("date") else "date_matter"
        shown = text.texts.get(at) or None
        if not day.whole or day.month is None or day.day is None:
            doubts.append(_doubt(text, "date", day.problem or "没有日期", value=shown, stops=True, at=at))
            return None, None
        known = self._calendar.known
        if day.year is not None:
            self._calendar.saw(day.year, day.month)
            if known and day.year not in known:
                doubts.append(_doubt(text, "date", f"写的是{day.year}年，台账是{known[0]}年度的，请核对", at=at))
        if day.note:
            doubts.append(_doubt(text, "date", day.note, at=at))
        if day.other is not None:
            doubts.append(Doubt("date", f"{day.month}.{day.day}", f"lost zero {day.other}", True))
        year = day.year or self._calendar.year_of(day.month)
        if year is None:
            return None, (day.month, day.day)
        on, wrong = days.dated(year, day.month, day.day, today=self._today)
        if wrong:
            doubts.append(_doubt(text, "date", wrong, value=shown, stops=True, at=at))
        return on, None

    def _visitee(self, text: RowText, doubts: list[Doubt]) -> Visitee:
        raw = text.get("visitee_name") or text.get("visitee_both")
        found = people.of_text(raw)
        post = text.get("visitee_post")
        if not found:
            doubts.append(Doubt("visitee.name", raw or None, "没有家访对象姓名", True))
        elif len(found) > 1:
            doubts.append(Doubt("visitee.name", raw, "一格里写了几位家访对象，请分成几行", True))
        elif re.search(r"等(?:\d+|[二两三四五六七八九十]+)?[人户名]?$", found[0].name) and len(found[0].name) > 3:
            doubts.append(Doubt("visitee.name", raw, "写了不止一位家访对象，请分成几行", True))
        elif found[0].doubt:
            doubts.append(Doubt("visitee.name", raw, found[0].doubt))
        name = "、".join(person.name for person in found)
        if not post and len(found) == 1 and found[0].post:
            post = found[0].post
        return Visitee(
            name=name, post=(people.posts(post, 1)[0][0] if post else None), unit=text.get("visitee_unit") or None,
            address=text.get("address") or None, spouse_name=text.get("spouse_name") or None,
            spouse_work=text.get("spouse_work") or None,
        )  # fmt: skip

    def _leaders(self, text: RowText) -> tuple[tuple[Leader, ...], list[str]]:
        raw_names = text.get("leader_name") or text.get("leader_both")
        found = people.of_text(_AND_OTHERS.sub("", raw_names))
        unsure = [f"{person.name}：{person.doubt}" for person in found if person.doubt]
        raw = text.get("leader_post")
        if not found:
            told = {"leader_name", "leader_both"} & text.texts.keys()
            return (), ["写了职务，没有写是哪位领导"] if raw else ["没有写家访领导"] if told else []
        if _AND_OTHERS.search(raw_names):
            unsure.append(f"写的是“{raw_names[:20]}”，其他领导没有写名字")
        posts, clear = people.posts(raw, len(found)) if raw else ([None] * len(found), True)
        if not clear:
            unsure.append("家访领导的职务与人数对不上，请核对")
        return tuple(
            Leader(person.name, post or person.post) for person, post in zip(found, posts, strict=True)
        ), unsure

    # ------------------------------------------------------------------------------------ 3.1 or 3.10

    def _settle(self) -> None:
        """Numbers that may have lost a zero: the days before and after tell, or the visit waits."""
        visits = self._findings.visits
        for at in range(self._first, len(visits)):
            visit = visits[at]
            doubt = next((d for d in visit.doubts if d.message.startswith("lost zero ")), None)
            if doubt is None:
                continue
            other = int(doubt.message.removeprefix("lost zero "))
            earlier = next((_key(v) for v in reversed(visits[self._first : at]) if _sure(v)), None)
            later = next((_key(v) for v in visits[at + 1 :] if _sure(v)), None)
            visits[at] = _chosen(visit, doubt, other, earlier, later, self._today)


def _doubt(
    text: RowText, field: str, message: str, *, value: str | None = None, stops: bool = False, at: str = ""
) -> Doubt:
    column = text.columns.get(at or field)
    return Doubt(field, value, message, stops, column_letter(column) if column is not None else None)


def _key(visit: FoundVisit) -> tuple[int, int]:
    if visit.month_day is not None:
        return visit.month_day
    assert visit.content.date is not None
    return visit.content.date.month, visit.content.date.day


def _sure(visit: FoundVisit) -> bool:
    known = visit.month_day is not None or visit.content.date is not None
    return known and not any(doubt.message.startswith("lost zero ") for doubt in visit.doubts)


def _chosen(
    visit: FoundVisit, doubt: Doubt, other: int, earlier: tuple[int, int] | None, later: tuple[int, int] | None,
    today: date,
) -> FoundVisit:  # fmt: skip
    month, first = _key(visit)
    fits = [
        day for day in (first, other)
        if (earlier is None or earlier <= (month, day)) and (later is None or (month, day) <= later)
        and days.dated(2024, month, day, today=date.max)[0] is not None
    ]  # fmt: skip
    others = tuple(d for d in visit.doubts if d is not doubt)
    if len(fits) != 1 or (earlier is None and later is None and fits[0] != first):
        message = f"表格把日期存成了数字{doubt.value}，可能是{month}月{first}日，也可能是{month}月{other}日，请核对"
        return replace(visit, doubts=(*others, replace(doubt, message=message)))
    note = Doubt("date", doubt.value, f"表格把日期存成了数字，按前后各行读作{month}月{fits[0]}日")
    if visit.month_day is not None:
        return replace(visit, month_day=(month, fits[0]), doubts=(*others, note))
    assert visit.content.date is not None
    on, wrong = days.dated(visit.content.date.year, month, fits[0], today=today)
    stops = (Doubt("date", doubt.value, wrong, True),) if wrong else ()
    return replace(visit, content=replace(visit.content, date=on), doubts=(*others, note, *stops))


def _account(text: RowText) -> str | None:
    parts = [text.get("account")]
    trouble = text.get("trouble")
    if trouble:
        parts.append(f"反映的问题：{trouble}")
    return "\n".join(part for part in parts if part) or None


def _place(text: str) -> str:
    if "医院" in text or "病房" in text:
        return "hospital"
    if re.search(r"单位|办公室|机关", text):
        return "office"
    return "home"


def _added(present: str | None, more: str) -> str:
    return f"{present}\n{more}" if present and more not in present else present or more
