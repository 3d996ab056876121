"""导入诉求: a file of concerns, or cells pasted from one, looked at before it is stored.

Only what differs from 导入名册 stands here; recognising, comparing and storing are services.concerns'.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from PySide6.QtGui import QGuiApplication

from jiafang_desktop.services import concerns
from ui.context import Context
from ui.pages.roster_import import RosterImportPage
from ui.tasks import Pending
from ui.widgets.empty import EmptyState
from ui.widgets.import_progress import CrossThreadProgress

_PASTED = Path("剪贴板")


class ConcernsImportPage(RosterImportPage):
    """``opened(path=…)`` begins with a file, ``opened(text=…)`` with pasted cells."""

    NAME, TITLE, BACK = "page_concerns_import", "导入诉求", ("诉求", "concerns")
    CHOOSE, CHECKING = "选择要导入的诉求", "正在与已登记的诉求核对"

    def __init__(self, ctx: Context) -> None:
        self._text: str | None = None
        super().__init__(ctx)
        self.has_template = False
        self.button_template.hide()

    def first_step(self) -> EmptyState:
        """A file, or the clipboard."""
        return EmptyState(
            "选择要导入的诉求", "家访小程序导出的表、各站所报来的 Excel 都行，列名不一样可以自己指。",
            ways=[
                ("file", "选择文件", "把文件拖到这一页也行", "选择文件", "button_choose_file", self.choose_file),
                ("copy", "从表格里粘贴", "在 Excel、WPS 里连表头一起复制，再点粘贴", "粘贴",
                 "button_paste_start", self.paste),
            ],
        )  # fmt: skip

    def opened(self, path: str | Path | None = None, text: str | None = None, **_: object) -> None:
        """Begin anew, with a file, or with what was copied."""
        super().opened(path)
        if text is not None:
            self._read_pasted(text)

    def forget(self) -> None:
        """Back to the first step."""
        self._text = None
        super().forget()

    def read(self, path: Path) -> None:
        """A file takes the place of pasted cells."""
        self._text = None
        super().read(path)

    def paste(self) -> None:
        """Read what lies on the clipboard."""
        self._read_pasted(QGuiApplication.clipboard().text())

    def _read_pasted(self, text: str) -> None:
        if not text.strip():
            self.ctx.say("剪贴板里没有文字。请先在表格里连表头一起复制几行，再粘贴")
            return
        self._text = text
        super().read(_PASTED)

    def ask_preview(self, progress: CrossThreadProgress, choices: Mapping[str, Any]) -> Pending:
        """Read and compare; nothing is stored."""
        if self._text is not None:
            named = {name: value for name, value in choices.items() if name != "sheet"}
            return self.ctx.tasks.run(concerns.preview_pasted, self._text, **named)
        return self.ctx.tasks.run(concerns.preview, self.path, progress=progress, **choices)

    def ask_apply(self, preview: Any) -> Pending:
        """Store the new ones."""
        return self.ctx.tasks.run(concerns.apply, preview, by=self.ctx.operator)

    def done_words(self, counts: Mapping[str, int]) -> str:
        """For the status line and 撤销."""
        return f"导入诉求 {counts['new']} 件"
