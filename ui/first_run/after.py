"""The pages of setting up once the data is there: the 密码找回单 to be printed, and where to go first.

The key is shown here and on paper, and kept nowhere.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from jiafang_desktop.common import clock
from jiafang_desktop.common.errors import UserError
from jiafang_desktop.domain.pages import Sheet
from ui import icons, theme
from ui.context import Context
from ui.first_run.recovery_sheet import TITLE, groups_of, recovery_sheet
from ui.first_run.steps import Step
from ui.widgets import buttons, fields
from ui.widgets.page import hairline


class KeyGroups(QWidget):
    """The groups as on the paper, four in a row."""

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("recovery_groups")
        self._groups: tuple[str, ...] = ()

    def show_key(self, recovery_key: str) -> None:
        """The printed form."""
        self._groups = groups_of(recovery_key)
        self.setAccessibleName(f"密码找回单，共 {len(self._groups)} 组")
        self.setFixedHeight(theme.dp(56) * -(-len(self._groups) // 4))
        self.update()

    @property
    def groups(self) -> tuple[str, ...]:
        """What is shown."""
        return self._groups

    def paintEvent(self, event: QPaintEvent) -> None:
        """Cells with thin lines, as printed."""
        painter = QPainter(self)
        dp = theme.dp
        width, height = self.width() / 4, dp(56)
        painter.setPen(QPen(theme.color("line"), 1))
        painter.setBrush(theme.color("paper"))
        rows = -(-len(self._groups) // 4)
        painter.drawRect(0, 0, self.width() - 1, rows * height - 1)
        for place, group in enumerate(self._groups):
            row, column = divmod(place, 4)
            cell = QRect(round(column * width), row * height, round(width), height)
            painter.setPen(QPen(theme.color("line"), 1))
            if column:
                painter.drawLine(cell.left(), cell.top(), cell.left(), cell.bottom())
            if row:
                painter.drawLine(cell.left(), cell.top(), cell.right(), cell.top())
            painter.setPen(theme.color("ink2"))
            painter.setFont(theme.font(12))
            painter.drawText(
                cell.adjusted(dp(10), 0, 0, 0),
                Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft,
                str(place + 1),
            )
            painter.setPen(theme.color("ink"))
            font = theme.font(20, bold=True)
            font.setLetterSpacing(font.SpacingType.AbsoluteSpacing, dp(2))
            painter.setFont(font)
            painter.drawText(cell.adjusted(dp(18), 0, 0, 0), Qt.AlignmentFlag.AlignCenter, group)


class RecoveryPanel(QWidget):
    """Groups, 打印, 存为PDF, and what was done with them; the wizard and the settings show it."""

    def __init__(self) -> None:
        super().__init__()
        self.ctx: Context | None = None
        self._key = ""
        self.groups = KeyGroups()
        self.button_print = buttons.plain("打印找回单", "button_print_recovery", icon="print")
        self.button_pdf = buttons.plain("存为PDF", "button_save_recovery", icon="file")
        self.said = QLabel()
        self.said.setObjectName("recovery_said")
        self.said.setProperty("role", "done")
        row = QHBoxLayout()
        row.setSpacing(theme.dp(8))
        row.addWidget(self.button_print)
        row.addWidget(self.button_pdf)
        row.addSpacing(theme.dp(8))
        row.addWidget(self.said, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.dp(16))
        column.addWidget(self.groups)
        column.addLayout(row)
        self.button_print.clicked.connect(self.print)
        self.button_pdf.clicked.connect(self.save)

    def show_key(self, ctx: Context, recovery_key: str) -> None:
        """Show it; print and save go through ``ctx``."""
        self.ctx, self._key = ctx, recovery_key
        self.groups.show_key(recovery_key)
        ctx.said.connect(self.said.setText)

    def forget(self) -> None:
        """Gone from the window too."""
        self._key = ""
        self.groups.show_key("")

    def sheet(self) -> Sheet:
        """The paper."""
        assert self.ctx is not None
        return recovery_sheet(
            self._key, unit=self.ctx.installation.unit, operator=self.ctx.operator.name, on=clock.today()
        )

    def print(self) -> None:
        """Through the print dialog."""
        from ui.dialogs.print_dialog import PrintDialog

        if self.ctx is not None:
            words = "已送打印机"
            PrintDialog(
                self.ctx, self.sheet(), TITLE, on_printed=lambda _only: self.said.setText(words), parent=self.window()
            ).open()

    def save(self) -> None:
        """As a file, to be printed where there is a printer and then deleted."""
        if self.ctx is None:
            return
        chosen, _ = QFileDialog.getSaveFileName(self, "保存到", f"{TITLE}.pdf", "PDF 文件 (*.pdf)")
        if not chosen:
            return
        target = Path(chosen)
        if target.suffix.lower() != ".pdf":
            target = target.with_name(target.name + ".pdf")
        try:
            self.ctx.renderer.pdf(self.sheet(), target, title=TITLE)
        except UserError as error:
            self.ctx.error(error, self)
            return
        self.said.setText(f"已存为 {target.name}，打印后请删去这个文件")


class RecoveryStep(Step):
    """The 密码找回单."""

    title = TITLE
    sentence = "忘记密码时，只有它能另设密码。只在这里出现一次，程序里不留，请打印后锁进保密柜。"

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("step_recovery")
        self.panel = RecoveryPanel()
        self.kept = fields.check_box("check_recovery_kept", "已经打印（或抄写）好，并装入信封封存")
        self.body.addWidget(self.panel)
        self.body.addSpacing(theme.dp(4))
        self.body.addWidget(hairline())
        self.body.addSpacing(theme.dp(4))
        self.body.addWidget(self.kept)
        self.kept.toggled.connect(lambda _on: self.changed.emit())

    def is_ready(self) -> bool:
        """Ticked."""
        return self.kept.isChecked()

    def result(self) -> str:
        """For the rail."""
        return "已封存"

    def begin(self) -> None:
        """To 打印."""
        self.panel.button_print.setFocus()


class ReadyStep(Step):
    """Where to go first."""

    title = "可以开始了"
    sentence = "数据文件夹已建好并加密。先做哪一样都行，以后随时可以再做。"

    def __init__(self, go: Callable[[str, dict[str, Any]], None]) -> None:
        super().__init__()
        self.setObjectName("step_ready")
        ways = (
            ("people", "导入干部名册", "现有的Excel、WPS名册直接导入，填姓名就带出职务、住址", "导入名册", "roster",
             "roster_import", {}),
            ("plus", "登记一次家访", "照着纸质记录单的样子填，随填随存", "登记家访", "visit", "visit", {"fresh": True}),
            ("workbench", "先看看工作台", "要办的事都列在那里", "打开工作台", "workbench", "workbench", {}),
        )  # fmt: skip
        for place, (icon, head, caption, words, key, page, where) in enumerate(ways):
            name = f"button_ready_{key}"
            if place:
                self.body.addWidget(hairline())
            self.body.addWidget(
                _way(icon, head, caption, words, name, lambda page=page, where=where: go(page, dict(where)))
            )

    def begin(self) -> None:
        """To the first way."""
        first = self.findChild(QWidget, "button_ready_roster")
        if isinstance(first, QWidget):
            first.setFocus()


def _way(icon: str, head: str, caption: str, words: str, name: str, act: Callable[[], object]) -> QWidget:
    row = QWidget()
    row.setFixedHeight(theme.dp(64))
    picture = QLabel()
    picture.setPixmap(icons.pixmap(icon, theme.dp(18), "accent"))
    picture.setFixedWidth(theme.dp(34))
    texts = QVBoxLayout()
    texts.setSpacing(theme.dp(2))
    top, below = QLabel(head), QLabel(caption)
    top.setProperty("role", "head")
    below.setProperty("role", "caption")
    texts.addStretch(1)
    texts.addWidget(top)
    texts.addWidget(below)
    texts.addStretch(1)
    button = buttons.plain(words, name)
    button.clicked.connect(lambda: act())
    line = QHBoxLayout(row)
    line.setContentsMargins(0, 0, 0, 0)
    line.setSpacing(0)
    line.addWidget(picture)
    line.addLayout(texts, 1)
    line.addWidget(button)
    return row
