"""Instead of the program: why the data can't be opened now, what to do next, and what a helper would want to know.

Only shows a UserError met before there was a window; refusals while working are dialogs.
"""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Qt, QUrl, Signal
from PySide6.QtGui import QDesktopServices, QPainter, QPaintEvent
from PySide6.QtWidgets import QApplication, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from jiafang_desktop.common.errors import UserError
from ui import icons, theme
from ui.dialogs.message import steps_of
from ui.widgets import buttons
from ui.widgets.page import hairline

_HEADS = {
    "damaged": "数据文件损坏，没有打开", "in_use": "数据正在被另一个窗口或程序使用",
    "newer_database": "数据是更新版本的程序写的",
    "read_only": "数据文件夹不能写入", "not_writable": "数据文件夹不能写入", "disk_full": "磁盘已满，没有打开",
    "not_found": "没有找到要打开的文件", "defect": "没有打开",
}  # fmt: skip
_STEPS = {
    "damaged": (
        "先不要再往里存东西，把整个数据文件夹复制一份留存", "有备份的，点下面的“用备份恢复”；现在的文件夹会改名留着",
        "没有备份的，把文件夹和下面的详细情况交给技术人员",
    ),
    "in_use": ("看看任务栏，是不是已经开着一个窗口", "若正在用命令行处理数据，等它做完", "回到这里，点“重试”"),
    "newer_database": ("安装新版程序后再打开",),
    "read_only": ("看看U盘是否写保护，文件夹属性里是否勾了“只读”", "改好后点“重试”"),
    "not_writable": ("看看文件夹属性里是否勾了“只读”，或换一个有权限的文件夹", "改好后点“重试”"),
    "disk_full": ("清空回收站，或把大文件移到别的磁盘", "回到这里，点“重试”"),
}  # fmt: skip
_UNTOUCHED = "程序没有改动数据。"


class TroubleWindow(QWidget):
    """Head, sentence, steps, folded details; 重试, 打开数据文件夹, 退出."""

    retry_wanted = Signal()
    restore_wanted = Signal()

    def __init__(self, error: UserError, *, folder: Path, log: Path | None) -> None:
        super().__init__()
        self.setObjectName("trouble_window")
        self.setWindowTitle("领导干部家访台账")
        self.setWindowIcon(icons.icon("ledger", 32, "accent"))
        self.setFixedWidth(theme.dp(600))
        self.retry = buttons.primary("重试", "button_retry")
        self.quit = buttons.plain("退出", "button_quit")
        self.place = buttons.link("打开数据文件夹", "button_open_data_folder")
        self.restore = buttons.link("用备份恢复…", "button_restore_backup")
        self.restore.setVisible(error.code == "damaged")
        self.more = buttons.link("详细情况", "button_trouble_details")
        self.details = _words(_details(error, folder, log), "caption")
        self.details.setObjectName("trouble_details")
        self.details.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.details.hide()
        self._build(error)
        self.retry.clicked.connect(self.retry_wanted)
        self.restore.clicked.connect(self.restore_wanted)
        self.quit.clicked.connect(self._quit)
        self.place.clicked.connect(lambda: QDesktopServices.openUrl(QUrl.fromLocalFile(str(folder))))
        self.more.clicked.connect(self._unfold)

    def _build(self, error: UserError) -> None:
        dp = theme.dp
        picture = QLabel()
        picture.setPixmap(icons.pixmap("warning", dp(24), "red"))
        title = _words(_HEADS.get(error.code, "没有打开"), "section")
        title.setObjectName("trouble_head")
        sentence = QLabel(error.message)
        sentence.setObjectName("trouble_sentence")
        sentence.setWordWrap(True)
        words = QVBoxLayout()
        words.setSpacing(dp(8))
        words.addWidget(title)
        words.addWidget(sentence)
        words.addSpacing(dp(4))
        words.addWidget(_words("请这样做", "caption"))
        steps = _STEPS.get(error.code) or steps_of(error.hint) or ("点“重试”再打开一次",)
        for place, step in enumerate(steps, start=1):
            line = QLabel(f"{place}．{step}")
            line.setWordWrap(True)
            words.addWidget(line)
        words.addSpacing(dp(4))
        words.addWidget(_words(_UNTOUCHED, "caption"))
        words.addWidget(self.more, 0, Qt.AlignmentFlag.AlignLeft)
        words.addWidget(self.details)
        top = QHBoxLayout()
        top.setContentsMargins(dp(28), dp(28), dp(28), dp(20))
        top.setSpacing(dp(16))
        top.addWidget(picture, 0, Qt.AlignmentFlag.AlignTop)
        top.addLayout(words, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(top, 1)
        column.addWidget(hairline())
        column.addLayout(self._foot())

    def _foot(self) -> QHBoxLayout:
        dp = theme.dp
        foot = QHBoxLayout()
        foot.setContentsMargins(dp(68), dp(12), dp(28), dp(16))
        foot.setSpacing(dp(8))
        foot.addWidget(self.place)
        foot.addSpacing(dp(12))
        foot.addWidget(self.restore)
        foot.addStretch(1)
        foot.addWidget(self.quit)
        foot.addWidget(self.retry)
        return foot

    def paintEvent(self, event: QPaintEvent) -> None:
        """White paper."""
        QPainter(self).fillRect(self.rect(), theme.color("paper"))

    def _unfold(self) -> None:
        shown = not self.details.isVisible()
        self.details.setVisible(shown)
        self.more.set_words("收起详细情况" if shown else "详细情况")
        self.adjustSize()

    def _quit(self) -> None:
        self.close()
        QApplication.quit()


def _details(error: UserError, folder: Path, log: Path | None) -> str:
    lines = [f"代码：{error.code}", f"数据位置：{folder}"]
    if error.hint:
        lines.append(f"提示：{error.hint}")
    lines.extend(f"{name}：{value}" for name, value in error.details.items())
    if log is not None:
        lines.append(f"运行记录：{log}")
    return "\n".join(lines)


def _words(words: str, role: str) -> QLabel:
    label = QLabel(words)
    label.setProperty("role", role)
    label.setWordWrap(True)
    return label
