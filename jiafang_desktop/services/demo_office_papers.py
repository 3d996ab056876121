"""The demo's papers of the unit's year: summary, minutes, lists, batch, bound year. The forms are demo_papers'."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from jiafang_desktop.common.progress import run_to_end
from jiafang_desktop.domain.concerns import STATUSES
from jiafang_desktop.domain.late_entry import quarter_of
from jiafang_desktop.services import (
    concern_papers,
    concerns,
    form_batches,
    handover,
    inspection,
    leader_visits,
    lists,
    meetings,
    previsit,
    signing,
    summary_papers,
    yearbook,
)
from jiafang_desktop.services.renderer import Renderer

if TYPE_CHECKING:
    from jiafang_desktop.store import Store

_REPORTED = ("archived", "in_progress", "referred")


@dataclass(frozen=True)
class OfficePapers:
    """Papers of the quarter of ``day`` and its year, into ``folder``; ``visit`` is whom the pre-visit page is about."""

    store: Store
    renderer: Renderer
    folder: Path
    day: date
    visit: str

    def acts(self) -> list[Callable[[], list[Path]]]:
        """Each writes one paper."""
        return [
            lambda: self._summary(".docx"), lambda: self._summary(".xlsx"), lambda: self._summary(".pdf"),
            self._minutes, self._signing, self._previsit, self._inspection, self._batch, self._yearbook,
            self._leader, self._handover, *(partial(self._report, status) for status in _REPORTED), self._carried,
        ]  # fmt: skip

    def _summary(self, suffix: str) -> list[Path]:
        target = self.folder / f"家访工作季度总结{suffix}"
        quarter = quarter_of(self.day)
        return summary_papers.write(self.store, target, year=self.day.year, quarter=quarter, renderer=self.renderer)

    def _minutes(self) -> list[Path]:
        waiting = meetings.agenda(self.store)
        decisions = [f"继续办理“{one.problem.content.text}”，下次会议报告进展" for one in waiting[:3]]
        held = {
            "on": self.day.isoformat(), "attendees": ["党委书记", "镇长", "组织委员", "各分管领导"],
            "minutes": "听取家访工作情况汇报，逐件研究没有办结的问题。", "decisions": decisions,
        }  # fmt: skip
        meeting = meetings.add(self.store, held, by=self.store.operator).id
        if waiting:
            meetings.measure(
                self.store, meeting, 0, visit=waiting[0].visit.id, position=waiting[0].problem.position,
                by=self.store.operator,
            )  # fmt: skip
        target = self.folder / "汇报分析会会议记录.docx"
        return meetings.write_minutes(self.store, meeting, target, renderer=self.renderer)

    def _signing(self) -> list[Path]:
        return list(signing.write(self.store, self.folder / "待签字清单.docx", renderer=self.renderer).files)

    def _previsit(self) -> list[Path]:
        target = self.folder / "家访前一页纸.pdf"
        return list(previsit.write(self.store, self.visit, target, renderer=self.renderer).files)

    def _inspection(self) -> list[Path]:
        found = run_to_end(inspection.look(self.store))
        return inspection.write(self.store, self.folder / "家访资料自查清单.docx", found, renderer=self.renderer)

    def _batch(self) -> list[Path]:
        return list(run_to_end(form_batches.write(
            self.store, self.folder / "全年记录单.docx", year=self.day.year, renderer=self.renderer,
            by=self.store.operator,
        )).files)  # fmt: skip

    def _yearbook(self) -> list[Path]:
        target = self.folder / "家访资料年度装订.pdf"
        return list(run_to_end(yearbook.write(
            self.store, target, year=self.day.year, renderer=self.renderer
        )).files)  # fmt: skip

    def _leader(self) -> list[Path]:
        """The leader who went most often this year."""
        name = lists.visit_leaders(self.store, year=self.day.year)[0]
        found = leader_visits.read(self.store, name, year=self.day.year)
        made = [self.folder / f"领导干部个人家访情况{suffix}" for suffix in (".docx", ".xlsx")]
        return [
            path for target in made for path in leader_visits.write(self.store, target, found, renderer=self.renderer)
        ]

    def _handover(self) -> list[Path]:
        written = handover.write(
            self.store, self.folder / "交接", parties=handover.Parties(self.store.operator.name), renderer=self.renderer
        )
        return run_to_end(written)[1]

    def _report(self, status: str) -> list[Path]:
        """《诉求办理情况报告》 of the latest concern in that state."""
        found = [view.concern for view in concerns.listing(self.store, status=status)]
        if not found:
            return []
        target = self.folder / f"诉求办理情况报告（{STATUSES[status]}）.docx"
        return concern_papers.write(self.store, found[-1].id, target, renderer=self.renderer)

    def _carried(self) -> list[Path]:
        """The page for the way to the home of whom the county handed out."""
        handed = [view.concern for view in concerns.listing(self.store) if view.concern.content.source == "county"]
        if not handed:
            return []
        target = self.folder / "家访前一页纸（县里交办的诉求）.docx"
        return list(previsit.write(self.store, handed[-1].id, target, renderer=self.renderer).files)
