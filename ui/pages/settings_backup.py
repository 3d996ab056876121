"""The backup section of 设置: when the last one was, the second place, what there is, proving and restoring.

Making backups is services.backups'; the dialog that restores is ui.dialogs.restore's.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

from PySide6.QtCore import QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from jiafang_desktop.common import clock
from jiafang_desktop.common.errors import UserError
from jiafang_desktop.common.progress import Progress
from jiafang_desktop.domain.backups import Verdict
from jiafang_desktop.services import backups
from jiafang_desktop.services.backups import Backup, Last, Made
from ui import theme
from ui.context import Context
from ui.dialogs.message import MessageDialog, show_notice
from ui.models.backup_words import BackupRow, own_words, rows, second_words
from ui.tasks import Pending
from ui.widgets import buttons, fields
from ui.widgets.page import ElidedLabel
from ui.widgets.table import HEAD_PX, ROW_PX, Column, ListTable

_LABEL_PX, _MOST_SHOWN = 128, 6


def columns() -> tuple[Column, ...]:
    """时间 放在 内容 核对."""
    return (
        Column("when", "时间", 150, 2, "left", lambda row: row.when),
        Column("place", "放在", 80, 0, "left", lambda row: row.place, caption=True),
        Column("content", "内容", 170, 3, "left", lambda row: row.content, caption=True),
        Column("state", "核对", 100, 0, "left", lambda row: row.state, caption=True),
    )


def standing(store: Any) -> tuple[Last, tuple[Backup, ...]]:
    """How it stands, and what there is."""
    return backups.last(store), backups.listing(store)


class BackupSection(QWidget):
    """Last one, second place, list; 立即备份, 核对, 恢复到新文件夹."""

    def __init__(self, ctx: Context) -> None:
        super().__init__()
        self.setObjectName("settings_backup")
        self.ctx = ctx
        self.rows: list[BackupRow] = []
        self.last: Last | None = None
        self._pending: Pending | None = None
        self.own = QLabel()
        self.own.setObjectName("backup_last")
        self.second = ElidedLabel()
        self.second.setObjectName("backup_second_place")
        self.result = QLabel()
        self.result.setObjectName("backup_result")
        self.result.setWordWrap(True)
        self.button_now = buttons.plain("立即备份", "button_backup_now", icon="shield")
        self.button_stop = buttons.link("停止", "button_stop_backup")
        self.button_second = buttons.plain("选第二处…", "button_choose_second", icon="usb")
        self.button_no_second = buttons.link("不再使用", "button_no_second")
        self.button_verify = buttons.quiet("核对这一份", "button_verify_backup", icon="check")
        self.button_folder = buttons.quiet("打开备份文件夹", "button_open_backups", icon="folder")
        self.button_restore = buttons.plain("恢复到新文件夹…", "button_restore_backup", icon="back")
        self.table = ListTable("table_backups", columns(), label="已有的备份",
                               row_tone=lambda row: "red" if row.backup.problem else None)  # fmt: skip
        self.table.set_rows(())
        self._build()
        self._connect()

    def _build(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.dp(4))
        self.button_stop.hide()
        for words, widget, hint in (
            ("上次备份", _line(self.own, self.button_stop, self.button_now), ""),
            ("第二处", _line(self.second, self.button_no_second, self.button_second), ""),
        ):
            row = fields.FormRow(words, widget, hint=hint, label_px=_LABEL_PX)
            row.setMinimumHeight(theme.dp(40))
            column.addWidget(row)
        column.addWidget(self.result)
        column.addSpacing(theme.dp(4))
        column.addWidget(self.table)
        foot = QHBoxLayout()
        foot.setSpacing(theme.dp(8))
        foot.addWidget(self.button_verify)
        foot.addWidget(self.button_folder)
        foot.addStretch(1)
        foot.addWidget(self.button_restore)
        column.addSpacing(theme.dp(4))
        column.addLayout(foot)
        self._say("每半小时和关闭时自动备份，备完重新读一遍核对；旧的要等新的核对过才清掉。", "caption")

    def _connect(self) -> None:
        self.button_now.clicked.connect(self.back_up)
        self.button_stop.clicked.connect(self._stop)
        self.button_second.clicked.connect(self.choose_second)
        self.button_no_second.clicked.connect(lambda: self._set_second(None))
        self.button_verify.clicked.connect(self.verify)
        self.button_folder.clicked.connect(self._open_folder)
        self.button_restore.clicked.connect(self.restore)
        self.table.current_changed.connect(lambda _id: self._show_buttons())

    # -- showing -----------------------------------------------------------------------------------------------

    def read_again(self) -> None:
        """Ask how it stands."""
        self.ctx.tasks.run(standing).then(lambda found: self.take(*found)).fail(self._refused)

    def take(self, last: Last, found: tuple[Backup, ...]) -> None:
        """Show it."""
        before, now = self.table.current_id(), clock.now()
        self.last, self.rows = last, rows(found, now)
        self.own.setText("还没有内容，不用备份" if last.nothing_yet and last.at is None else own_words(last, now))
        place = f"{last.second_place}　" if last.second_place is not None else ""
        self.second.set_words(place + second_words(last, now))
        self.button_second.set_words("另选…" if last.second_place is not None else "选第二处…")
        self.button_no_second.setVisible(last.second_place is not None)
        self.table.set_rows(self.rows)
        self.table.setVisible(bool(self.rows))
        self.table.setFixedHeight(theme.dp(HEAD_PX + min(len(self.rows), _MOST_SHOWN) * ROW_PX) + 2)
        self.table.set_current(before)
        if last.failed:
            self._say(last.failed, "error")
        self._show_buttons()

    def _show_buttons(self) -> None:
        self.button_verify.setVisible(bool(self.rows))
        self.button_verify.setEnabled(self._row() is not None and self._pending is None)
        self.button_now.setEnabled(self._pending is None)
        self.button_folder.setEnabled(self.last is not None and self.last.own_place.is_dir())

    def _row(self) -> BackupRow | None:
        chosen = self.table.current_id()
        return next((row for row in self.rows if row.id == chosen), None)

    def _say(self, words: str, role: str) -> None:
        self.result.setText(words)
        if self.result.property("role") != role:
            self.result.setProperty("role", role)
            self.result.style().unpolish(self.result)
            self.result.style().polish(self.result)

    # -- backing up, proving -----------------------------------------------------------------------------------

    def back_up(self) -> None:
        """Now; typing elsewhere goes on meanwhile."""
        self._begin(self.ctx.tasks.run(backups.now).then(self._backed_up))

    def verify(self) -> None:
        """Everything in the chosen one: bytes, pages, log, tables, scans."""
        row = self._row()
        if row is not None:
            self._begin(self.ctx.tasks.run(backups.verify_own, row.backup.path).then(self._verified))

    def _begin(self, pending: Pending) -> None:
        self._pending = pending
        self._show_buttons()
        self.button_stop.show()
        pending.progress(self._step).fail(self._refused).ended(self._ended)

    def _step(self, step: Progress) -> None:
        share = f"　{step.done * 100 // step.total}%" if step.total else ""
        self._say(f"{step.stage}{share}", "caption")

    def _stop(self) -> None:
        if self._pending is not None:
            self._pending.cancel()
            self._say("已停止，以前的备份都在", "caption")

    def _ended(self) -> None:
        self._pending = None
        self.button_stop.hide()
        self._show_buttons()
        self.ctx.backups_changed.emit()
        self.read_again()

    def _backed_up(self, made: Made) -> None:
        if made.verdict is not None and not made.verdict.holds:
            self._show_problems("这份备份核对不过", made.verdict)
            return
        records = made.written.facts.records
        words = f"已备份 {records} 条记录，读回核对完好"
        if made.second is not None:
            words += "；第二处也放好了"
        if made.second_refused is not None:
            words += f"。{made.second_refused.message}{made.second_refused.hint}"
        self._say(words, "warn" if made.second_refused is not None else "done")
        self.ctx.say("已备份，读回核对完好")

    def _verified(self, verdict: Verdict) -> None:
        if verdict.holds:
            self._say(f"完好：核对了 {verdict.pages} 页、{verdict.revisions} 条变动、{verdict.scans} 份扫描件", "done")
        else:
            self._show_problems("这份备份有对不上的地方", verdict)

    def _show_problems(self, head: str, verdict: Verdict) -> None:
        self._say(head, "error")
        MessageDialog(
            head, why="备份的文件损坏，或数据在程序之外被改动过。",
            steps=("再备份一次，换一个磁盘或U盘", "到下面的“数据”里做一次自检", "仍不成，把下面的详细情况交给技术人员"),
            details="\n".join(verdict.problems), name="dialog_backup_problems", parent=self.window(),
        ).open()  # fmt: skip

    def _refused(self, error: UserError) -> None:
        self._say(error.message + error.hint, "error")

    # -- the second place --------------------------------------------------------------------------------------

    def choose_second(self) -> None:
        """A folder on another disk."""
        named = QFileDialog.getExistingDirectory(self.window(), "备份再放一份到：选U盘或另一块硬盘上的文件夹")
        if named:
            self._set_second(Path(named))

    def _set_second(self, place: Path | None) -> None:
        pending = self.ctx.tasks.run(backups.choose_second, place)
        pending.then(lambda elsewhere: self._second_set(place, elsewhere)).fail(self._refused)

    def _second_set(self, place: Path | None, elsewhere: bool) -> None:
        self._say("", "caption")
        if place is None:
            self.ctx.say("不再备份到第二处，原来放在那里的都还在")
            self.ctx.backups_changed.emit()
            self.read_again()
            return
        if not elsewhere:
            show_notice(
                "这个文件夹和数据在同一块磁盘上", "磁盘坏了，两份就都没有了。有U盘或另一块硬盘时，请改选那里。", self
            )
        self.back_up()

    # -- looking, restoring ------------------------------------------------------------------------------------

    def _open_folder(self) -> None:
        if self.last is not None:
            QDesktopServices.openUrl(QUrl.fromLocalFile(str(self.last.own_place)))

    def restore(self) -> None:
        """The chosen one, or another file, into a new folder beside the data; these stay as they are."""
        from ui.dialogs.restore import RestoreDialog

        row = self._row()
        dialog = RestoreDialog(self.window(), file=row.backup.path if row is not None else None)
        dialog.restored.connect(lambda done: self.ctx.say(f"已恢复 {done.records} 条记录到“{done.folder.name}”"))
        dialog.open()


def _line(*widgets: QWidget) -> QWidget:
    made = QWidget()
    row = QHBoxLayout(made)
    row.setContentsMargins(0, 0, 0, 0)
    row.setSpacing(theme.dp(12))
    for place, widget in enumerate(widgets):
        row.addWidget(widget, 0 if place else 1)
    return made
