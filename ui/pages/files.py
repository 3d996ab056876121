"""资料: 资料自查, 汇报分析会 and 交接 behind three chips, and the year bound as one volume.

Which of them is in front and what the title row offers; the rest is files_inspection's, files_meetings' and
files_handover's.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout

from jiafang_desktop.domain.changes import Changes
from jiafang_desktop.services import yearbook
from ui import theme
from ui.context import Context
from ui.dialogs.export_done import save_as
from ui.pages.files_handover import HandoverPane
from ui.pages.files_inspection import InspectionPane
from ui.pages.files_meetings import MeetingsPane
from ui.widgets import buttons
from ui.widgets.chips import ChipBar
from ui.widgets.import_progress import WorkProgress
from ui.widgets.page import Page

_KINDS = (
    "visit", "problem", "concern", "meeting", "scan", "setting", "rules", "signature", "plan", "leaders", "cadre",
)  # fmt: skip
_PARTS = {"inspection": "资料自查", "meetings": "汇报分析会", "handover": "交接"}


class FilesPage(Page):
    """``opened(part=inspection|meetings|handover)``."""

    def __init__(self, ctx: Context) -> None:
        super().__init__(ctx)
        self.setObjectName("page_files")
        self.ctx = ctx
        self.part = "inspection"
        self._stale = True
        self.set_title("资料")
        self.button_meeting = buttons.primary("登记会议", "button_add_meeting", icon="plus")
        self.button_meeting.setToolTip("Ctrl+N")
        self.set_primary(self.button_meeting)
        self.button_bind = buttons.quiet("年度装订", "button_yearbook", icon="book")
        self.button_bind.setToolTip("封面、目录、台账、记录单和缺件清单，按序装成一个 PDF")
        self.add_action(self.button_bind)
        self.working = WorkProgress("yearbook_progress")
        self._binding: Any = None
        self.chips = ChipBar("chips_files")
        self.inspection, self.meetings = InspectionPane(ctx), MeetingsPane(ctx)
        self.handover = HandoverPane(ctx)
        self._meetings = 0
        self.pane = QStackedWidget()
        self.pane.addWidget(self.inspection)
        self.pane.addWidget(self.meetings)
        self.pane.addWidget(self.handover)
        self.pane.addWidget(self.working)
        top = QVBoxLayout()
        top.setContentsMargins(theme.dp(24), theme.dp(12), theme.dp(24), theme.dp(12))
        top.addWidget(self.chips)
        self.body.addLayout(top)
        self.body.addWidget(self.pane, 1)
        self.chips.chosen.connect(self.choose)
        self.meetings.counted.connect(self._counted)
        self.handover.counted.connect(self._show_chips)
        self.inspection.table.model.modelReset.connect(self._show_chips)
        self.button_meeting.clicked.connect(self.meetings.add)
        self.button_bind.clicked.connect(self.bind)
        self.working.appeared.connect(lambda: self.pane.setCurrentWidget(self.working))
        self.working.stopped.connect(self._stop)
        self.ctx.year_changed.connect(lambda _year: self._read() if self.isVisible() else self._forget())
        shortcut = QShortcut(QKeySequence("Ctrl+N"), self)
        shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        shortcut.activated.connect(self.meetings.add)
        self._show_chips()

    def opened(
        self, part: str | None = None, meeting: str | None = None, year: int | None = None, new: bool = False,
        **_: object,
    ) -> None:  # fmt: skip
        """The page came to the front; looking anew only where something changed. ``meeting`` (of ``year``) to show."""
        self.choose(part if part in _PARTS else self.part)
        if year is not None:
            self.ctx.set_year(year)
        if self._stale:
            self._read()
        if meeting is not None:
            self.meetings.show_meeting(meeting)
        if new:
            self.meetings.add()

    def where(self) -> dict[str, str]:
        """Which part is in front."""
        return {"part": self.part}

    def refresh(self, changes: Changes) -> None:
        """Anything an inspection looks at, and what is handed over."""
        if changes.touches(*_KINDS):
            self._stale = True
            if self.isVisible():
                self._read()

    def _forget(self) -> None:
        self._stale = True

    def _read(self) -> None:
        self._stale = False
        self.meetings.read_again()
        self.inspection.look()
        self.handover.look()

    def choose(self, part: str) -> None:
        """Which list is in front."""
        self.part = part
        if self._binding is None:
            self.pane.setCurrentIndex(list(_PARTS).index(part))
        self.button_meeting.setVisible(part != "handover")  # there the main act is the list's
        self._show_chips()

    def find(self) -> None:
        """Ctrl+F: in the inspection's list; a year's meetings are few."""
        self.choose("inspection")
        self.inspection.find()

    # -- 年度装订 --------------------------------------------------------------------------------------------------

    def bind(self) -> None:
        """The year's papers in order, as one PDF to be printed and bound."""
        if self._binding is None:
            year = self.ctx.year
            save_as(self.ctx, self, head="年度装订", suggested=f"{year}年家访资料装订.pdf", suffix=".pdf",
                    write=lambda target: self._bind(target, year))  # fmt: skip

    def _bind(self, target: Path, year: int) -> Any:
        self.working.begin(f"正在装订 {year} 年的家访资料", "正在排版")
        self._binding = self.ctx.tasks.run(yearbook.write, target, year=year, renderer=self.ctx.renderer, replace=True)
        return self._binding.progress(self.working.show_step).ended(self._bound)

    def _bound(self) -> None:
        self._binding = None
        self.working.end()
        self.choose(self.part)

    def _stop(self) -> None:
        if self._binding is not None:
            self._binding.cancel()
            self.ctx.say("已停止装订，没有写出文件")

    def _counted(self, count: int) -> None:
        self._meetings = count
        self._show_chips()

    def _show_chips(self) -> None:
        on_hand = self.handover.found
        counts = {
            "inspection": len(self.inspection.rows), "meetings": self._meetings,
            "handover": 0 if on_hand is None else on_hand.open_matters,
        }  # fmt: skip
        self.chips.set_chips([(key, words, counts[key], None) for key, words in _PARTS.items()])
        self.chips.choose(self.part)
