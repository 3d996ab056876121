"""The demo's papers: both official forms in every format, a blank one, a long one, and the rosters."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from jiafang_desktop.documents.forms.fields import RecordFields
from jiafang_desktop.services import demo_roster, files, forms, ledgers, roster_template
from jiafang_desktop.services.demo_office_papers import OfficePapers
from jiafang_desktop.services.demo_year import Told
from jiafang_desktop.services.renderer import Renderer

if TYPE_CHECKING:
    from jiafang_desktop.store import Store


@dataclass(frozen=True)
class Papers:
    """Writes the papers of one store into ``folder``."""

    store: Store
    renderer: Renderer
    folder: Path

    def write(self, told: Sequence[Told], *, today: date) -> Iterator[list[Path]]:
        """Each step's files, one after another."""
        for act in self._acts(told, today):
            yield act()

    def _acts(self, told: Sequence[Told], today: date) -> list[Callable[[], list[Path]]]:
        filed = [one for one in told if one.story.paper == "archived" and not one.story.resolution]
        usual = filed[0] if filed else told[0]
        longest = max(told, key=lambda one: len(one.story.account) + len(one.story.resolution or ""))
        signed = next(one for one in told if one.story.paper == "signed" and all(t.ended for t in one.story.troubles))
        acts: list[Callable[[], list[Path]]] = [
            lambda stem=stem, one=one, suffix=suffix: self._record(one, f"{stem}{suffix}")  # type: ignore[misc]
            for stem, one in (("家访记录单", usual), ("家访记录单（有续页）", longest)) for suffix in forms.SUFFIXES
        ]  # fmt: skip
        year = today.year if any(one.story.day < (today.month, today.day) for one in told) else today.year - 1
        acts += [lambda: self._overprint(signed), self._blank]
        acts += [
            lambda name=name, variant=variant, suffix=suffix: self._ledger(year, variant, f"{name}{suffix}")  # type: ignore[misc]
            for name, variant in (("家访台账（内容时间）", "matrix"), ("家访台账（八列）", "plain"))
            for suffix in (".docx", ".pdf", ".xlsx")
        ]  # fmt: skip
        latest = self.store.visits.get(told[-1].visit).content.date or today
        office = OfficePapers(self.store, self.renderer, self.folder, latest, told[-1].visit)
        return [*acts, lambda: self._tables(today), *office.acts()]

    def _record(self, one: Told, name: str) -> list[Path]:
        written = forms.write_record(
            self.store, one.visit, self.folder / name, renderer=self.renderer, by=self.store.operator
        )
        return list(written.files)

    def _overprint(self, one: Told) -> list[Path]:
        written = forms.write_record(
            self.store, one.visit, self.folder / "家访记录单（套打解决情况）.pdf", renderer=self.renderer,
            by=self.store.operator, overprint="resolution",
        )  # fmt: skip
        return list(written.files)

    def _blank(self) -> list[Path]:
        from jiafang_desktop.documents.forms.fill import fill_record  # imported late: Office parts only when used

        here = self.store.installation
        plan = forms.plan(RecordFields(unit=here.unit, county=here.county))
        stem = self.folder / "家访记录单（空白）"
        word = files.write_bytes(stem.with_name(stem.name + ".docx"), fill_record(plan))
        pdf = forms.write_sheet(plan.sheet, stem.with_name(stem.name + ".pdf"), renderer=self.renderer, replace=False)
        return [word, *pdf]

    def _ledger(self, year: int, variant: str, name: str) -> list[Path]:
        written = ledgers.write(
            self.store, self.folder / name, renderer=self.renderer, year=year, variant=variant, include_void=True
        )
        return [Path(path) for path in written["files"]]

    def _tables(self, today: date) -> list[Path]:
        """What was imported, as it came, and a roster to fill in."""
        ugly = files.write_bytes(self.folder / "全镇干部名册.xlsx", demo_roster.township_roster())
        asked = files.write_bytes(self.folder / "小程序诉求导出.xlsx", demo_roster.exported_concerns(today))
        return [ugly, asked, roster_template.write(self.store, self.folder / roster_template.FILE_NAME)]
