"""交接: what is on hand when another clerk takes over, as figures, a list to be signed by three, and a workbook.

Gathering and papers are services.handover's. Passwords, the 密码找回单 and keys are handed over by hand; what has to be
done then in the program stands below.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFileDialog, QFrame, QGridLayout, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from jiafang_desktop.common.errors import UserError
from jiafang_desktop.domain.pages import Sheet
from jiafang_desktop.services import handover, handover_papers, reports
from jiafang_desktop.services.handover import FILES, TITLES, Handover, Parties
from ui import theme
from ui.context import Context
from ui.dialogs.message import MessageDialog, show_notice
from ui.dialogs.preview import PreviewDialog
from ui.dialogs.print_dialog import PrintDialog
from ui.widgets import buttons, fields
from ui.widgets.panel_parts import empty, words

_PANEL_PX = 400
# Where a figure's rows are shown.
_LEADS: dict[str, tuple[str, dict[str, Any]]] = {
    "concerns": ("concerns", {}), "unjudged": ("concerns", {}), "unreported": ("workbench", {"number": "unreported"}),
    "visits": ("visits", {}), "unsigned": ("workbench", {"number": "unsigned"}),
    "reprint": ("workbench", {"number": "reprint"}), "to_file": ("workbench", {"number": "to_file"}),
    "problems": ("problems", {"status": "open"}), "overdue": ("workbench", {"number": "overdue"}),
    "drafts": ("workbench", {"number": "drafts"}), "plans": ("visits", {"plan": ""}),
    "decisions": ("files", {"part": "meetings"}), "cadres": ("roster", {}),
}  # fmt: skip


def sheet(_store: Any, found: Handover, parties: Parties) -> Sheet:
    """The list's pages."""
    return reports.sheet(handover_papers.report(found, parties))


class HandoverPane(QWidget):
    """Figures at the left, who and what then at the right. ``counted`` tells that they were read."""

    counted = Signal()

    def __init__(self, ctx: Context) -> None:
        super().__init__()
        self.setObjectName("pane_handover")
        self.ctx = ctx
        self.found: Handover | None = None
        self.button_preview = buttons.plain("预览清单", "button_preview_handover", icon="eye")
        self.button_print = buttons.plain("打印清单", "button_print_handover", icon="print")
        self.button_save = buttons.primary("存成文件", "button_save_handover", icon="file")
        self.giver = fields.line_edit("field_handover_giver", "移交人")
        self.taker = fields.line_edit("field_handover_taker", "接交人")
        self.witness = fields.line_edit("field_handover_witness", "监交人")
        self.backup = fields.line_edit("field_handover_backup", "最近备份")
        self.giver.setText(ctx.operator.name)
        self._figures = QGridLayout()
        self._figures.setHorizontalSpacing(theme.dp(24))
        self._figures.setVerticalSpacing(0)
        self._years = QVBoxLayout()
        self._years.setSpacing(theme.dp(4))
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        row.addWidget(self._left(), 1)
        parting = QFrame()
        parting.setProperty("role", "hairline")
        parting.setFixedWidth(1)
        row.addWidget(parting)
        row.addWidget(self._right())
        self.button_preview.clicked.connect(self.preview)
        self.button_print.clicked.connect(self.print)
        self.button_save.clicked.connect(self.save)

    def _left(self) -> QWidget:
        self.head = words("", 12, "ink2")
        self.head.setObjectName("handover_head")
        left = QWidget()
        column = QVBoxLayout(left)
        column.setContentsMargins(theme.dp(24), theme.dp(8), theme.dp(24), theme.dp(16))
        column.setSpacing(theme.dp(8))
        column.addWidget(self.head)
        counted = QHBoxLayout()
        counted.setSpacing(theme.dp(48))
        counted.addLayout(self._figures)
        papers = QVBoxLayout()
        papers.setSpacing(theme.dp(8))
        papers.addWidget(words("台账和纸质资料", 14, "ink", bold=True))
        papers.addLayout(self._years)
        papers.addStretch(1)
        counted.addLayout(papers, 1)
        column.addLayout(counted)
        column.addStretch(1)
        return left

    def _right(self) -> QWidget:
        right = QWidget()
        right.setObjectName("handover_panel")
        right.setFixedWidth(theme.dp(_PANEL_PX))
        column = QVBoxLayout(right)
        column.setContentsMargins(theme.dp(20), theme.dp(8), theme.dp(24), theme.dp(16))
        column.setSpacing(theme.dp(8))
        column.addWidget(words("交接清单", 16, "ink", bold=True))
        column.addWidget(words("不写的项目在纸上留空白，交接时用笔填。", 12, "ink2"))
        rows = [
            fields.FormRow(label, widget) for label, widget in (
                ("移交人", self.giver), ("接交人", self.taker), ("监交人", self.witness), ("最近备份", self.backup),
            )
        ]  # fmt: skip
        fields.align_labels(rows)
        for one in rows:
            column.addWidget(one)
        acts = QHBoxLayout()
        acts.setSpacing(theme.dp(8))
        for button in (self.button_preview, self.button_print, self.button_save):
            acts.addWidget(button)
        acts.addStretch(1)
        column.addSpacing(theme.dp(4))
        column.addLayout(acts)
        column.addSpacing(theme.dp(12))
        column.addWidget(words("交接以后", 16, "ink", bold=True))
        column.addWidget(words(
            "密码、密码找回单、钥匙和登记的U盘不写在清单里，当面交接。接交人随即在“经办人”里用自己的姓名增加账户，"
            "停用移交人的；只有一个账户的，更换密码、换发密码找回单。以前的记录仍写着当时的经办人。", 14, "ink",
        ))  # fmt: skip
        link = buttons.link("打开设置：经办人、密码、密码找回单", "button_handover_settings")
        link.clicked.connect(lambda: self.ctx.open("settings", section="经办人"))
        column.addWidget(link, 0, Qt.AlignmentFlag.AlignLeft)
        column.addStretch(1)
        return right

    # -- reading -----------------------------------------------------------------------------------------------

    def look(self) -> None:
        """Count what is on hand."""
        pending = self.ctx.tasks.run(handover.gather)
        pending.then(self._gathered).fail(lambda error: self.ctx.error(error, self))

    def _gathered(self, found: Handover) -> None:
        self.found = found
        self.head.setText(f"截至 {found.on.year} 年 {found.on.month} 月 {found.on.day} 日，与“工作台”一致")
        self.backup.setPlaceholderText(found.backup or "存放处和日期，不写时留空白")
        self.backup.setToolTip(found.backup or "")
        empty(self._figures)
        for place, (key, title) in enumerate(TITLES.items()):
            self._figures.addWidget(self._title(title), place, 0)
            self._figures.addWidget(self._figure(key, found.counts[key]), place, 1, Qt.AlignmentFlag.AlignRight)
        empty(self._years)
        for one in reversed(found.years):
            self._years.addWidget(words(f"{one.year} 年　家访 {one.visits} 次，已归档 {one.archived} 次", 14, "ink"))
            places = "；".join(f"{place}（{count} 份）" for place, count in one.places)
            self._years.addWidget(words(f"存放处：{places}" if places else "没有写存放处", 12, "ink2"))
        if not found.years:
            self._years.addWidget(words("还没有登记家访。", 14, "ink2"))
        self.counted.emit()

    def _title(self, title: str) -> QLabel:
        inner = title.startswith("其中")
        label = words(("　" if inner else "") + title, 14, "ink2" if inner else "ink")
        label.setFixedHeight(theme.dp(32))
        label.setWordWrap(False)
        return label

    def _figure(self, key: str, count: int) -> QWidget:
        """A number that opens its rows, where there are any."""
        if not count or key not in _LEADS:
            label = words(str(count), 14, "ink" if count else "ink3")
            label.setObjectName(f"handover_{key}")
            label.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
            return label
        link = buttons.link(str(count), f"handover_{key}")
        link.setAccessibleName(f"{TITLES[key]} {count}")
        page, where = _LEADS[key]
        link.clicked.connect(lambda _=False: self.ctx.open(page, **where))
        return link

    def parties(self) -> Parties:
        """Who stands on the list."""
        texts = [edit.text().strip() or None for edit in (self.giver, self.taker, self.witness, self.backup)]
        return Parties(*texts)

    # -- on paper ----------------------------------------------------------------------------------------------

    def preview(self) -> None:
        """The list as it prints."""
        self._with_sheet(lambda made: PreviewDialog(
            self.ctx, made, parent=self.window(), on_print=lambda: self._print(made)
        ).open())  # fmt: skip

    def print(self) -> None:
        """The list, to be signed in ink."""
        self._with_sheet(self._print)

    def _with_sheet(self, act: Callable[[Sheet], object]) -> None:
        if self.found is not None:
            pending = self.ctx.tasks.run(sheet, self.found, self.parties())
            pending.then(act).fail(lambda error: self.ctx.error(error, self))

    def _print(self, made: Sheet) -> None:
        PrintDialog(self.ctx, made, "交接清单", parent=self.window()).open()

    def save(self) -> None:
        """List and workbook into a folder."""
        chosen = QFileDialog.getExistingDirectory(self, "交接清单存到哪个文件夹")
        if chosen:
            self._save(Path(chosen), replace=False)

    def _save(self, folder: Path, *, replace: bool) -> None:
        pending = self.ctx.tasks.run(
            handover.write, folder, parties=self.parties(), renderer=self.ctx.renderer, replace=replace
        )
        pending.then(lambda _made: self._saved(folder)).fail(lambda error: self._refused(error, folder))

    def _saved(self, folder: Path) -> None:
        self.ctx.say(f"交接清单已存到“{folder.name}”")
        show_notice(
            "交接清单已存好", f"“{folder.name}”里有{FILES[0]}和{FILES[1]}。文件没有加密，交接后请按规定保管。"
            "请接交人随即到“设置”里更换密码、换发密码找回单。", self,
        )  # fmt: skip

    def _refused(self, error: UserError, folder: Path) -> None:
        if error.code != "file_exists":
            self.ctx.error(error, self)
            return
        dialog = MessageDialog(
            "这个文件夹里已有交接清单", why=error.message,
            steps=("要用新的换下旧的，点“替换”", "要都留着，请另选文件夹"),
            last="本机数据没有变动。", accept="替换", cancel="取消", title="存成文件", name="dialog_handover_replace",
            parent=self.window(),
        )  # fmt: skip
        dialog.accepted.connect(lambda: self._save(folder, replace=True))
        dialog.open()
