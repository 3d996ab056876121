"""The data section of 设置: where it lies, and the self-check with its result.

Checking is the store's; a finding names the record, in words a helper can use.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from PySide6.QtCore import Qt, QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QHBoxLayout, QLabel, QVBoxLayout, QWidget

from jiafang_desktop.common.progress import Progress
from jiafang_desktop.services import session
from ui import theme
from ui.context import Context
from ui.dialogs.message import MessageDialog
from ui.widgets import buttons, fields

_LABEL_PX = 128
_COUNTS = (("visits", "家访", "次"), ("cadres", "名册", "人"), ("problems", "问题", "件"), ("drafts", "草稿", "份"))


class DataSection(QWidget):
    """Place, counts, 自检."""

    def __init__(self, ctx: Context) -> None:
        super().__init__()
        self.setObjectName("settings_data")
        self.ctx = ctx
        self._folder: Path | None = None
        self._pending: Any = None
        self.place = QLabel()
        self.place.setObjectName("settings_folder")
        self.place.setWordWrap(True)
        self.place.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.counts = QLabel()
        self.counts.setObjectName("settings_counts")
        self.result = QLabel()
        self.result.setObjectName("check_result")
        self.button_open = buttons.link("打开文件夹", "button_open_data_folder")
        self.button_check = buttons.plain("自检", "button_check_data", icon="shield")
        self.button_stop = buttons.link("停止", "button_stop_check")
        self.button_stop.hide()
        self._build()
        self.button_open.clicked.connect(self._open_folder)
        self.button_check.clicked.connect(self.check)
        self.button_stop.clicked.connect(self._stop)

    def _build(self) -> None:
        check = QWidget()
        line = QHBoxLayout(check)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(theme.dp(12))
        line.addWidget(self.button_check)
        line.addWidget(self.result, 1)
        line.addWidget(self.button_stop)
        place = QWidget()
        first = QHBoxLayout(place)
        first.setContentsMargins(0, 0, 0, 0)
        first.setSpacing(theme.dp(12))
        first.addWidget(self.place, 1)
        first.addWidget(self.button_open)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.dp(4))
        for words, widget in (("存放位置", place), ("已存", self.counts), ("检查数据", check)):
            row = fields.FormRow(words, widget, label_px=_LABEL_PX)
            row.setMinimumHeight(theme.dp(36))
            column.addWidget(row)
        self._say("逐页、逐条核对数据有没有损坏或被改动", "caption")

    def opened(self) -> None:
        """Read place and counts."""
        self.ctx.tasks.run(session.info).then(self._show).fail(lambda error: self.ctx.error(error, self))

    def _show(self, info: Mapping[str, Any]) -> None:
        self._folder = Path(str(info["database"])).parent
        self.place.setText(str(self._folder))
        counts = info.get("counts") or {}
        self.counts.setText("　".join(f"{words} {counts.get(key, 0)} {unit}" for key, words, unit in _COUNTS))

    def _open_folder(self) -> None:
        if self._folder is not None:
            QDesktopServices.openUrl(QUrl.fromLocalFile(str(self._folder)))

    # -- 自检 ----------------------------------------------------------------------------------------------------

    def check(self) -> None:
        """Go through everything; typing elsewhere goes on meanwhile."""
        self.button_check.setEnabled(False)
        self.button_stop.show()
        self._say("正在检查…", "caption")
        pending = self.ctx.tasks.run(lambda store: store.check())
        self._pending = pending
        pending.progress(self._step).then(self._checked).fail(lambda error: self.ctx.error(error, self))
        pending.ended(self._ended)

    def _step(self, step: Progress) -> None:
        share = f"　{step.done * 100 // step.total}%" if step.total else ""
        self._say(f"{step.stage}{share}", "caption")

    def _stop(self) -> None:
        if self._pending is not None:
            self._pending.cancel()
            self._say("已停止检查", "caption")

    def _ended(self) -> None:
        self._pending = None
        self.button_check.setEnabled(True)
        self.button_stop.hide()

    def _checked(self, report: Any) -> None:
        if report.ok:
            self._say(f"没有问题：核对了 {report.revisions} 条变动、{report.rows_compared} 行数据", "done")
            self.ctx.say("自检完成，数据完好")
            return
        self._say(f"发现 {len(report.problems)} 处不一致，请看弹出的说明", "error")
        details = "\n".join(_finding(problem) for problem in report.problems)
        MessageDialog(
            f"数据有 {len(report.problems)} 处不一致", why="有内容在程序之外被改动过，或文件损坏了。",
            steps=("先不要再往里存东西，把整个数据文件夹复制一份留存", "把下面的详细情况交给技术人员"),
            details=details, name="dialog_check_report", parent=self.window(),
        ).open()  # fmt: skip

    def _say(self, words: str, role: str) -> None:
        self.result.setText(words)
        if self.result.property("role") != role:
            self.result.setProperty("role", role)
            self.result.style().unpolish(self.result)
            self.result.style().polish(self.result)


def _finding(problem: Mapping[str, Any]) -> str:
    return "　".join(str(value) for value in problem.values() if value)
