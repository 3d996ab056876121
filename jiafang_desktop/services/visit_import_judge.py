"""Judges what was read: whose ledger it is, which year, whether the visit is known already, here or in the same files.

Reading the store, never writing it. What makes two visits one stands in domain.visit_matching.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import replace
from typing import TYPE_CHECKING

from jiafang_desktop.common import clock
from jiafang_desktop.common.errors import UserError
from jiafang_desktop.common.progress import LongVerb, Progress
from jiafang_desktop.documents.history import days
from jiafang_desktop.documents.history.shapes import Doubt, FoundVisit, HistoryReading
from jiafang_desktop.domain import identity, visit_matching
from jiafang_desktop.domain import late_entry as late_rules
from jiafang_desktop.domain.visits import Visit, VisitContent, VisitQuery
from jiafang_desktop.services import settings, visits
from jiafang_desktop.services.visit_import_files import ReadFile
from jiafang_desktop.services.visit_import_preview import (
    RENUMBER,
    SKIP,
    TAKE,
    ImportedVisit,
    ImportQuestion,
    SkippedLine,
)
from jiafang_desktop.services.visit_import_stored import StoredVisits
from jiafang_desktop.services.visits import NewVisit

if TYPE_CHECKING:
    from jiafang_desktop.store import Store

KEEP = "留着核对"
# 德政镇党委、政府 and 德政镇党政办公室 keep 德政镇's ledger.
_OFFICES = re.compile(r"(?<=[镇乡局委处院])(?:党委|人民政府|政府|党政|综合|组织|党建|办公室|办|[、和])+$")
_STEP = 50  # visits between two reports, some 20 ms
_COMPARING = "正在与已登记的家访核对"
LATE_REASONS = {"ledger": "由原有台账导入", "form": "由原有记录单导入"}


class Judge:
    """One pass over the files' visits, in their order."""

    def __init__(self, store: Store, answers: Mapping[str, str], *, copies: Mapping[str, str] | None = None) -> None:
        self._store, self._answers = store, answers
        self._here = store.installation
        self._report_days = settings.read(store).report_days
        self._questions: dict[str, ImportQuestion] = {}
        self._used: dict[visit_matching.NumberKey, int] = {}
        self._days: dict[visit_matching.DayKey, list[int]] = defaultdict(list)
        self._clashing: list[int] = []  # visits whose number another one of the files has
        self._per_sheet = True
        self._copies = copies or {}
        self.visits: list[ImportedVisit] = []
        self.skipped: list[SkippedLine] = []
        self.notes: list[str] = []

    @property
    def questions(self) -> tuple[ImportQuestion, ...]:
        """What was asked, answered or not."""
        return tuple(self._questions.values())

    def file(self, file: ReadFile) -> LongVerb[None]:
        """One file's visits and passed-over rows."""
        read = file.reading
        if read is None:
            self.skipped.append(SkippedLine(file.name, None, None, file.reason or ""))
            return
        if file.name in self._copies:
            self._copy(file.name, read, self._copies[file.name])
            return
        self._per_sheet = read.format != "docx"
        self.notes.extend(f"{file.name}：{note}" for note in read.notes)
        self.skipped.extend(
            SkippedLine(file.name, line.sheet, line.row, line.reason, line.words) for line in read.skipped
        )
        if not read.visits and not read.skipped:
            self.skipped.append(SkippedLine(file.name, None, None, "里面没有表格"))
        for done, found in enumerate(read.visits):
            if done % _STEP == 0:
                yield Progress("正在核对", done, len(read.visits))
            self._visit(file.name, found)

    def _copy(self, name: str, read: HistoryReading, first: str) -> None:
        """A file that lies there twice asks nothing and counts nothing; its rows are still told one by one."""
        used = [(one.sheet, one.row) for one in read.visits] + [(line.sheet, line.row) for line in read.skipped]
        rows = dict.fromkeys(used)
        self.skipped.extend(SkippedLine(name, sheet, row, f"与“{first}”内容相同，没有再读") for sheet, row in rows)

    # ------------------------------------------------------------------------------------ one visit

    def _visit(self, file: str, found: FoundVisit) -> None:
        unit, refused = self._unit(found)
        found = replace(found, content=replace(found.content, unit=unit))
        found = found if found.month_day is None else self._with_year(file, found)
        yearless = found.month_day is not None and found.content.date is None
        if refused == SKIP or (yearless and self._answers.get(self._year_id(file, found)) == SKIP):
            words = f"台账单位是“{found.unit}”" if refused == SKIP else "没有年份"
            self.skipped.append(SkippedLine(file, found.sheet, found.row, f"{words}，按回答跳过"))
            return
        if found.continued and self._goes_on(file, found):
            return
        doubts = list(found.doubts)
        if refused is not None:
            doubts.append(Doubt("unit", found.unit, refused, True))
        content = found.content
        if not any(doubt.stops for doubt in doubts):
            content, wrong = self._checked(found)
            doubts.extend(wrong)
        if any(doubt.stops for doubt in doubts):
            self.visits.append(ImportedVisit(file, found.sheet, found.row, content, "check", tuple(doubts)))
            return
        self._beside_others(ImportedVisit(file, found.sheet, found.row, content, "new", tuple(doubts)))

    def _checked(self, found: FoundVisit) -> tuple[VisitContent, list[Doubt]]:
        """The content as it would be stored, with the reason of a late entry."""
        content = found.content
        if late_rules.is_late(content.date, clock.today(), days=self._report_days):
            content = replace(content, late_entry_reason=LATE_REASONS[found.kind])
        try:
            return visits.checked(self._store, NewVisit(content)).content, []
        except UserError as error:
            return content, [Doubt(str(error.details.get("field", "")), None, f"{error.message}{error.hint}", True)]

    def _unit(self, found: FoundVisit) -> tuple[str | None, str | None]:
        """The unit to store, and why the visit can't be (``SKIP``: it was answered so)."""
        named = found.unit
        if named is None or self._is_ours(named):
            return None, None
        if self._here.role == "county":
            return named, None
        asked = f"unit:{named}"
        answer = self._answers.get(asked)
        question = ImportQuestion(
            asked, "other_unit",
            f"有台账写的单位是“{named}”，本机是“{self._here.ledger_unit}”。按本单位的导入，还是跳过？",
            (TAKE, SKIP), answer if answer in (TAKE, SKIP) else None,
        )  # fmt: skip
        self._questions[asked] = question
        if question.answer == TAKE:
            return None, None
        return None, SKIP if question.answer == SKIP else f"台账单位“{named}”不是本单位，请先回答问题"

    def _is_ours(self, named: str) -> bool:
        def core(unit: str) -> tuple[str, str]:
            return identity.unit_core(unit, self._here.county)

        own = {unit for unit in (self._here.unit, self._here.ledger_unit) if unit}
        plain = {identity.unit_key(unit) for unit in own}
        if identity.unit_key(named) in plain:
            return True
        name, kind = core(_OFFICES.sub("", identity.unit_key(named)))
        return any(name == other[0] and kind in (other[1], "") for other in map(core, own))

    def _year_id(self, file: str, found: FoundVisit) -> str:
        return f"year:{file}/{found.sheet}" if self._per_sheet else f"year:{file}"

    def _with_year(self, file: str, found: FoundVisit) -> FoundVisit:
        asked = self._year_id(file, found)
        answer = self._answers.get(asked)
        this_year = clock.today().year
        fits = answer is not None and (answer == SKIP or re.fullmatch(r"20\d\d", answer) is not None)
        place = f"“{file}”的“{found.sheet}”" if self._per_sheet else f"“{file}”"
        self._questions[asked] = ImportQuestion(
            asked, "missing_year", f"{place}里的日期没有写年份，是哪一年的？",
            (*(str(year) for year in range(this_year, this_year - 5, -1)), SKIP), answer if fits else None,
        )  # fmt: skip
        assert found.month_day is not None
        month, day = found.month_day
        shown = f"{month}月{day}日"
        if not fits or answer is None or answer == SKIP:
            doubt = Doubt("date", shown, f"{shown}没有写年份，请先回答问题", True)
            return replace(found, doubts=(*found.doubts, doubt))
        on, wrong = days.dated(int(answer), month, day, today=clock.today())
        more = (Doubt("date", shown, wrong, True),) if wrong else ()
        return replace(found, content=replace(found.content, date=on), doubts=(*found.doubts, *more))

    # ------------------------------------------------------------------------------------ the same files

    def _goes_on(self, file: str, found: FoundVisit) -> bool:
        """A 续页 in a file of its own: its words go behind the first page's."""
        for at, other in enumerate(self.visits):
            content = other.content
            same = content.visitee.name == found.content.visitee.name and (
                content.number is None or found.content.number is None or content.number == found.content.number
            )
            if not same or other.status != "new" or not content.account:
                continue
            account = content.account + (found.content.account or "")
            resolution = (content.resolution or "") + (found.content.resolution or "") or None
            content = replace(content, account=account, resolution=resolution)
            self.visits[at] = replace(other, content=content)
            self.skipped.append(SkippedLine(file, found.sheet, found.row, f"续页，已并入“{other.file}”的记录单"))
            return True
        return False

    def _beside_others(self, fresh: ImportedVisit) -> None:
        content = fresh.content
        number, day = visit_matching.number_key(content), visit_matching.day_key(content)
        at = self._used.get(number) if number is not None else None
        if at is not None and not visit_matching.same_visit(self.visits[at].content, content):
            message = f"序号{content.number}与{self._place(at, fresh)}重复"
            if not self._renumbers(fresh, message):
                self._clashing.append(len(self.visits))
                self._check(fresh, "number", message)
                return
            note = Doubt("number", str(content.number), f"{message}，由程序重新编号")
            content = replace(content, number=None)
            fresh = replace(fresh, content=content, problems=(*fresh.problems, note))
            at = None
        if at is None:
            known = self._days.get(day, []) if day else []
            at = next((one for one in known if self._one_unnumbered(one, content)), None)
            if at is None and known:
                self._check(fresh, "number", f"与{self._place(known[0], fresh)}是同一天、同一人，序号不同，请核对")
                return
        if at is not None:
            self._merge(at, fresh)
            return
        self._remember(len(self.visits), content)
        self.visits.append(fresh)

    def _one_unnumbered(self, at: int, content: VisitContent) -> bool:
        other = self.visits[at].content.number
        return other is None or content.number is None or other == content.number

    def _remember(self, at: int, content: VisitContent) -> None:
        number, day = visit_matching.number_key(content), visit_matching.day_key(content)
        if number is not None:
            self._used[number] = at
        if day is not None and at not in self._days[day]:
            self._days[day].append(at)

    def _merge(self, at: int, fresh: ImportedVisit) -> None:
        """A form and a ledger row of one visit are one: each gives what the other lacks."""
        first = self.visits[at]
        apart = visit_matching.conflicts(first.content, fresh.content)
        content = visit_matching.filled(first.content, fresh.content)
        self.visits[at] = replace(first, content=content)
        self._remember(at, content)
        words = f"与{self._place(at, fresh)}是同一次家访，已合在一起"
        if apart:
            words += f"；{visit_matching.titles(apart)}写得不同，用了前面的"
        doubts = (*fresh.problems, Doubt("", None, words))
        self.visits.append(replace(fresh, status="same", problems=doubts))

    def _check(self, fresh: ImportedVisit, field: str, message: str) -> None:
        doubts = (*fresh.problems, Doubt(field, None, message, True))
        self.visits.append(replace(fresh, status="check", problems=doubts))

    def _place(self, at: int, fresh: ImportedVisit) -> str:
        other = self.visits[at]
        file = f"“{other.file}”" if other.file != fresh.file else ""
        sheet = f"“{other.sheet}”" if other.sheet and (file or other.sheet != fresh.sheet) else ""
        return f"{file}{sheet}第{other.row}行"

    # ------------------------------------------------------------------------------------ the store

    def against_stored(self) -> LongVerb[None]:
        """Visits that are known already: the same, or to be looked at."""
        years = {visit.content.date.year for visit in self.visits if visit.content.date and visit.status == "new"}
        stored: list[Visit] = []
        for year in sorted(years):
            query = VisitQuery(year=year, include_deleted=True, include_drafts=True)
            ids = self._store.visits.ids(query)
            for start in range(0, len(ids), _STEP):
                yield Progress(_COMPARING, start, len(ids))
                stored.extend(self._store.visits.many(ids[start : start + _STEP]))
        known = StoredVisits(stored)
        for at, visit in enumerate(self.visits):
            if at % _STEP == 0:
                yield Progress(_COMPARING, at, len(self.visits))
            if visit.status == "new":
                self.visits[at] = self._known(known, visit)
        for at in self._clashing:
            self.visits[at] = known.recognised(self.visits[at])

    def _known(self, stored: StoredVisits, visit: ImportedVisit) -> ImportedVisit:
        taken = stored.number_clash(visit)
        if taken is not None and self._renumbers(visit, taken):
            note = Doubt("number", str(visit.content.number), f"{taken}，由程序重新编号")
            visit = replace(
                visit, content=replace(visit.content, number=None), problems=(*visit.problems, note)
            )  # fmt: skip
        return stored.judged(visit)

    def _renumbers(self, visit: ImportedVisit, message: str) -> bool:
        """Whether a number that another visit has may be given anew; asked once for a sheet."""
        asked = f"numbers:{visit.file}/{visit.sheet}"
        answer = self._answers.get(asked)
        place = f"“{visit.file}”的“{visit.sheet}”" if visit.sheet else f"“{visit.file}”"
        self._questions.setdefault(asked, ImportQuestion(
            asked, "number_repeat", f"{place}中有序号重复（第{visit.row}行：{message}）。重新编号，还是留着核对？",
            (RENUMBER, KEEP), answer if answer in (RENUMBER, KEEP) else None,
        ))  # fmt: skip
        return answer == RENUMBER
