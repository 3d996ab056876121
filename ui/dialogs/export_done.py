"""Saving a file the clerk asked for: where, then done with a way to open it, or why not with 重试 and 换文件名另存.

Writing is a verb handed in; nothing here knows what is written. The store is never changed by it.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

from PySide6.QtCore import Qt, QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QFileDialog, QLabel, QWidget

from jiafang_desktop.common.errors import UserError
from ui import theme
from ui.context import Context
from ui.dialogs.message import MessageDialog
from ui.widgets import buttons
from ui.widgets.side_dialog import FormDialog

_BUSY_CODES = frozenset(("file_busy", "file_in_use", "file_open", "in_use_elsewhere", "target_busy"))
_TYPES = {
    ".xlsx": "Excel 工作簿 (*.xlsx)", ".docx": "Word 文档 (*.docx)", ".pdf": "PDF 文件 (*.pdf)", ".png": "图片 (*.png)",
}  # fmt: skip
_last_folder: list[Path] = []  # where the last file went: the next one is offered the same place


def save_as(
    ctx: Context, parent: QWidget, *, head: str, suggested: str, suffix: str, write: Callable[[Path], Any],
    done: Callable[[Path], None] | None = None,
) -> None:  # fmt: skip
    """Ask where, then write. ``write(target)`` gives a Pending; an existing file was agreed to be replaced by then.

    ``head`` names what is exported (台账, 模板 …) for the sentences. ``done`` is called once the file is there.
    """
    target = ask_target(parent, suggested=suggested, suffix=suffix)
    if target is None:
        return
    _write(ctx, parent, head, target, write, done)


def ask_target(parent: QWidget, *, suggested: str, suffix: str) -> Path | None:
    """Where to save; None when the clerk thought better of it. The file dialog itself asks before replacing."""
    folder = _last_folder[-1] if _last_folder else None
    start = str(folder / suggested) if folder is not None else suggested
    chosen, _ = QFileDialog.getSaveFileName(parent, "保存到", start, _TYPES.get(suffix, f"*{suffix}"))
    if not chosen:
        return None
    target = Path(chosen)
    return target if target.suffix.lower() == suffix else target.with_name(target.name + suffix)


def _write(
    ctx: Context, parent: QWidget, head: str, target: Path, write: Callable[[Path], Any],
    done: Callable[[Path], None] | None,
) -> None:  # fmt: skip
    def written(_result: object) -> None:
        _last_folder[:] = [target.parent]
        ctx.say(f"{head}已导出：{target.name}")
        if done is not None:
            done(target)
        ExportDone(head, target, parent).open()

    def refused(error: UserError) -> None:
        dialog = ExportRefused(head, error, target, parent)
        dialog.accepted.connect(lambda: _write(ctx, parent, head, target, write, done))
        dialog.other_wanted = lambda: save_as(
            ctx, parent, head=head, suggested=other_name(target), suffix=target.suffix, write=write, done=done
        )
        dialog.open()

    write(target).then(written).fail(refused)


def other_name(target: Path) -> str:
    """台账.xlsx → 台账(2).xlsx, the first that is free."""
    for count in range(2, 100):
        name = f"{target.stem}({count}){target.suffix}"
        if not target.with_name(name).exists():
            return name
    return target.name


class ExportDone(FormDialog):
    """It is there: open it, or the folder it lies in."""

    def __init__(self, head: str, target: Path, parent: QWidget | None = None) -> None:
        super().__init__(f"{head}已导出", "", accept_text="打开文件", name="dialog_export_done", parent=parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(f"导出{head}")
        self._target = target
        self.body.addWidget(_caption(f"文件：{target.name}", "ink"))
        self.body.addWidget(_caption(f"位置：{target.parent}", "ink2"))
        self.body.addWidget(_caption("导出的文件没有加密，用完请按规定保管。", "ink2"))
        folder = buttons.link("打开所在文件夹", "button_open_folder")
        folder.setAutoDefault(False)
        folder.clicked.connect(lambda: self._open(target.parent))
        self.foot.insertWidget(0, folder)
        self.cancel.set_words("关闭")
        self.accepted.connect(lambda: self._open(target))

    def _open(self, path: Path) -> None:
        QDesktopServices.openUrl(QUrl.fromLocalFile(str(path)))


class ExportRefused(MessageDialog):
    """It is not there, why, and what to do: 重试 accepts, 换文件名另存 goes another way."""

    def __init__(self, head: str, error: UserError, target: Path, parent: QWidget | None = None) -> None:
        self.other_wanted: Callable[[], None] | None = None
        super().__init__(
            f"{head}没有导出", why=error.message, steps=steps_of(error), last="本机数据没有变动。",
            accept="重试", cancel="取消",
            other=("换文件名另存", self._go_elsewhere), title=f"导出{head}", name="dialog_export_refused",
            other_name="button_other_name", parent=parent,
        )  # fmt: skip
        self.target = target

    def _go_elsewhere(self) -> None:
        if self.other_wanted is not None:
            self.other_wanted()


def steps_of(error: UserError) -> tuple[str, ...]:
    """What to do, one step a line."""
    if error.code in _BUSY_CODES:
        return "在 WPS 或 Excel 中关闭这个文件", "回到这里，点“重试”"
    hint = error.hint.rstrip("。")
    return (hint,) if hint else ("换一个位置或文件名再保存",)


def _caption(text: str, token: str, *, px: int = 12) -> QLabel:
    label = QLabel(text)
    label.setWordWrap(True)
    label.setStyleSheet(f"font-size: {theme.dp(px)}px; color: {theme.color(token).name()}; background: transparent;")
    return label
