"""Acts on a record's scans: attach by a file dialog or by dropping, look, save elsewhere, take a wrong one off.

The section and the viewer show; what may be attached is services.filing's to say.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QFileDialog, QWidget

from jiafang_desktop.common.errors import UserError
from jiafang_desktop.domain.changes import Changes
from jiafang_desktop.domain.visits import Visit
from jiafang_desktop.paper.scan_images import can_show
from jiafang_desktop.services import scans, visits
from jiafang_desktop.services.scans import Scan, ScanPages
from ui.dialogs.export_done import save_as
from ui.widgets.scan_drop import ScanDrop
from ui.widgets.side_dialog import FormDialog

if TYPE_CHECKING:
    from ui.pages.visit_editor import VisitEditorPage

_TYPES = "扫描件 (*.jpg *.jpeg *.png *.pdf);;所有文件 (*)"


class ScanActs:
    """``shown`` are the scans of the visit in the editor."""

    def __init__(self, page: VisitEditorPage) -> None:
        self._page, self._ctx = page, page.ctx
        self._visit: Visit | None = None
        self._read_for: str | None = "nothing yet"
        self.shown: tuple[Scan, ...] = ()
        self.section = page.panel.scans
        self.section.attach_wanted.connect(self.attach)
        self.section.view_wanted.connect(self.view)
        self.section.detach_wanted.connect(self.detach)
        self.drop = ScanDrop(page)
        self.drop.dropped.connect(self.attach_files)
        page.ctx.tasks.changed.connect(self._changed)

    def follow(self, visit: Visit | None) -> None:
        """Another visit, or the same one in another state, is shown."""
        self._visit = visit
        if (visit.id if visit else None) != self._read_for:
            self._read_for = visit.id if visit else None
            self.drop.watch()
            self._read()
        self._show()

    @property
    def may_attach(self) -> bool:
        """Registered records take scans, filed ones too; drafts have no paper yet and void ones none any more."""
        return self._visit is not None and self._visit.registered and not self._visit.deleted

    def _read(self) -> None:
        self.shown = ()
        if self._visit is not None:
            of = self._visit.id
            self._ctx.tasks.run(scans.listing, of).then(lambda found: self._take(of, found)).fail(self._refused)

    def _take(self, of: str, found: Sequence[Scan]) -> None:
        if self._visit is not None and self._visit.id == of:
            self.shown = tuple(found)
            self._show()

    def _show(self) -> None:
        visit = self._visit
        open_ = visit is not None and not visit.deleted and visit.archived_on is None
        self.section.show_scans(self.shown, may_add=self.may_attach, may_remove=open_)

    def _changed(self, changes: Changes) -> None:
        if self._visit is not None and f"scan:{self._visit.id}" in changes.ids("scan"):
            self._read()

    # -- acts --------------------------------------------------------------------------------------------------

    def attach(self) -> None:
        """附上: choose one or several files."""
        chosen, _ = QFileDialog.getOpenFileNames(self._page, "附上扫描件", "", _TYPES)
        self.attach_files([Path(name) for name in chosen])

    def attach_files(self, files: Sequence[Path]) -> None:
        """Keep these files with the record, one by one; a refused one does not stop the others."""
        if not files:
            return
        if not self.may_attach:
            void = self._visit is not None and self._visit.deleted
            self._ctx.say("已作废的记录不收扫描件，请先恢复" if void else "先登记，再附扫描件")
            return
        assert self._visit is not None
        for path in files:
            pending = self._ctx.tasks.run(visits.attach, self._visit.id, path, by=self._ctx.operator, can_show=can_show)
            pending.then(lambda attached: self._attached(attached.changes)).fail(self._refused)

    def _attached(self, changes: Changes) -> None:
        self._ctx.say("已附上扫描件，已加密保存" if changes.records else "这份扫描件已经附过了")

    def view(self, sha256: str) -> None:
        """Open the viewer."""
        if self._visit is not None:
            pending = self._ctx.tasks.run(scans.read, self._visit.id, sha256)
            pending.then(self._show_viewer).fail(self._refused)

    def _show_viewer(self, pages: ScanPages) -> None:
        from ui.dialogs.scan_viewer import ScanViewer  # late: most records are opened without looking at scans

        viewer = ScanViewer(pages, on_save=lambda: self.save(pages, viewer), parent=self._page.window())
        viewer.open()

    def save(self, pages: ScanPages, parent: QWidget) -> None:
        """另存为."""
        if self._visit is None:
            return
        of, scan = self._visit.id, pages.scan

        def write(target: Path) -> object:
            return self._ctx.tasks.run(scans.save, of, scan.sha256, target, replace=True)

        save_as(self._ctx, parent, head="扫描件", suggested=pages.file_name, suffix=f".{scan.kind}", write=write)

    def detach(self, sha256: str) -> None:
        """取下, after asking: undo does not bring papers back."""
        if self._visit is None:
            return
        of = self._visit.id
        dialog = FormDialog(
            "取下这份扫描件", "附错了的可以取下，修改记录里会留下一笔。要用时得重新附上。", accept_text="取下",
            name="dialog_detach_scan", parent=self._page.window(),
        )  # fmt: skip

        def off() -> None:
            pending = self._ctx.tasks.run(scans.detach, of, sha256, by=self._ctx.operator)
            pending.then(lambda _changes: self._ctx.say("已取下扫描件")).fail(self._refused)

        dialog.accepted.connect(off)
        dialog.open()

    def _refused(self, error: UserError) -> None:
        self._ctx.error(error, self._page)
