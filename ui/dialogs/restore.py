"""恢复备份: which file, into which folder, by the password or the 密码找回单; then what came of it.

From the settings it makes a folder beside the data; at the door, where nothing is open, the restored data take the
place of those that were there, which are kept under another name. Restoring itself is services.backup_restore's.
"""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QLabel, QLineEdit, QWidget

from jiafang_desktop.common import clock
from jiafang_desktop.common.errors import UserError
from jiafang_desktop.common.progress import Progress, run_to_end
from jiafang_desktop.domain.backups import SUFFIX, Restored
from jiafang_desktop.services import backup_restore
from ui import theme
from ui.background import Background
from ui.first_run.strength import strength
from ui.widgets import buttons, fields
from ui.widgets.side_dialog import FormDialog

_LABEL_PX, _WIDTH_PX = 96, 560
_BESIDE = "恢复成一个新的数据文件夹，现在用的数据不动。可以打开它对照，或带到另一台电脑。"
_INSTEAD = "选备份文件（.jfbak，在“备份”文件夹里或U盘上）。旁边的 blobs 文件夹里是扫描件，要和它放在一起。"


class RestoreDialog(FormDialog):
    """``restored(Restored)`` once it is there and proven; ``broke(Exception)`` tells a defect.

    With ``instead`` the data come to lie in that folder, without one the clerk names a new one.
    """

    restored = Signal(object)
    broke = Signal(object)
    _stepped = Signal(object)

    def __init__(self, parent: QWidget, *, file: Path | None = None, instead: Path | None = None) -> None:
        super().__init__(
            "恢复备份", _INSTEAD if instead is not None else _BESIDE, accept_text="恢复", name="dialog_restore",
            parent=parent,
        )  # fmt: skip
        self._instead = instead
        self._under_way = False
        self._cancelled = False
        self.setMinimumWidth(theme.dp(_WIDTH_PX))
        self.file = fields.line_edit("field_backup_file", "备份文件")
        self.folder = fields.line_edit("field_restore_folder", "新文件夹")
        self.password = fields.password_edit("field_backup_password", "做备份那时的密码")
        self.key = fields.line_edit("field_restore_key", "密码找回单上的各组字")
        self.key.setPlaceholderText("照纸上的分组输入，大小写、空格不要紧")
        self.first = fields.password_edit("field_restore_new_password", "新密码")
        self.again = fields.password_edit("field_restore_new_password_again", "再输一遍新密码")
        self.by_key = fields.check_box("check_restore_by_key", "忘了那时的密码，用密码找回单")
        self.words = QLabel()
        self.words.setObjectName("restore_words")
        self.words.setProperty("role", "second")
        self.words.setWordWrap(True)
        self._rows: dict[QWidget, fields.FormRow] = {}
        self._build()
        if file is not None:
            self.file.setText(str(file))
        self.by_key.toggled.connect(self._show_fields)
        self._stepped.connect(self._show_step)
        self._show_fields(False)
        (self.password if file is not None else self.file).setFocus()

    def _build(self) -> None:
        choose_file = buttons.plain("选择…", "button_choose_backup")
        choose_folder = buttons.plain("选择…", "button_choose_restore_folder")
        choose_file.clicked.connect(self._choose_file)
        choose_folder.clicked.connect(self._choose_folder)
        self._add("备份文件", self.file, choose_file)
        if self._instead is None:
            self._add("新文件夹", self.folder, choose_folder)
        self._add("密码", self.password)
        self.password.setPlaceholderText("做备份那时的密码")
        self._add("密码找回单", self.key)
        self._add("新密码", self.first)
        self._add("再输一遍", self.again)
        self.body.addWidget(self.by_key)
        self.body.addWidget(self.words)
        self.words.hide()

    def _add(self, words: str, field: QLineEdit, button: QWidget | None = None) -> None:
        whole: QWidget = field
        if button is not None:
            whole = QWidget()
            line = QHBoxLayout(whole)
            line.setContentsMargins(0, 0, 0, 0)
            line.setSpacing(theme.dp(8))
            line.addWidget(field, 1)
            line.addWidget(button)
        self._rows[field] = fields.FormRow(words, whole, label_px=_LABEL_PX)
        self._rows[field].setMinimumHeight(theme.dp(34))
        self.body.addWidget(self._rows[field])

    def _show_fields(self, by_key: bool) -> None:
        self._rows[self.password].setVisible(not by_key)
        for field in (self.key, self.first, self.again):
            self._rows[field].setVisible(by_key)
        self._fit()

    def _fit(self) -> None:
        """As high as what shows; before it is open that is found by itself."""
        layout = self.layout()
        if self.isVisible() and layout is not None:
            layout.activate()
            self.adjustSize()

    # -- choosing ------------------------------------------------------------------------------------------------

    def _choose_file(self) -> None:
        named, _ = QFileDialog.getOpenFileName(self, "选备份文件", self.file.text(), f"家访备份 (*{SUFFIX})")
        if named:
            self.file.setText(named)
            self.password.setFocus()

    def _choose_folder(self) -> None:
        named = QFileDialog.getExistingDirectory(self, "新文件夹放在哪里")
        if named:
            self.folder.setText(str(Path(named) / f"家访数据（恢复{clock.today():%Y-%m-%d}）"))

    def check(self) -> tuple[QWidget, str] | None:
        """What is missing."""
        if not self.file.text().strip():
            return self.file, "请选备份文件。"
        if self._instead is None and not self.folder.text().strip():
            return self.folder, "请写明新文件夹。"
        if not self.by_key.isChecked():
            return None if self.password.text() else (self.password, "请输入做备份那时的密码。")
        if not self.key.text().strip():
            return self.key, "请输入密码找回单上的各组字。"
        if not strength(self.first.text()).is_enough:
            return self.first, strength(self.first.text()).words
        return None if self.first.text() == self.again.text() else (self.again, "两次输入的新密码不一样，请再输一遍。")

    # -- restoring -----------------------------------------------------------------------------------------------

    def try_accept(self) -> None:
        """Restore, prove, and where asked let the restored data take the others' place."""
        if self.check() is not None:
            super().try_accept()
            return
        self._error.hide()
        self._under_way = True
        self.ok.setEnabled(False)
        self.words.setText("正在读备份")
        self.words.show()
        path, by_key = Path(self.file.text().strip()), self.by_key.isChecked()
        password = (self.first if by_key else self.password).text()
        key = self.key.text() if by_key else None
        pending = Background(lambda: self._work(path, password, key), self)
        pending.done.connect(self._done)
        pending.refused.connect(self._refused)
        pending.broke.connect(self._broke)
        pending.start()

    def _work(self, path: Path, password: str, key: str | None) -> Restored:
        """On a thread of its own; nothing here touches a widget but by a signal."""
        into = Path(self.folder.text().strip()) if self._instead is None else _beside(self._instead)
        verb = backup_restore.restore(path, into, password=password, recovery_key=key)
        restored = run_to_end(verb, show=self._stepped.emit)
        if self._instead is not None:
            backup_restore.switch_over(self._instead, restored.folder)
        return restored

    def _show_step(self, step: object) -> None:
        if isinstance(step, Progress):
            share = f"　{step.done * 100 // step.total}%" if step.total else ""
            self.words.setText(f"{step.stage}{share}")

    def _done(self, restored: Restored) -> None:
        self._under_way = False
        if self._instead is not None:
            self.accept()
        else:
            lost = f"有 {len(restored.missing_scans)} 份扫描件没能恢复。" if restored.missing_scans else ""
            self.words.setText(f"已恢复 {restored.records} 条记录到“{restored.folder}”，逐条核对过，完好。{lost}")
            self.cancel.set_words("关闭")
            self.ok.hide()
            self.by_key.hide()
            for row in self._rows.values():
                row.hide()
            self._fit()
        self.restored.emit(restored)

    def _refused(self, error: UserError) -> None:
        self._stopped()
        self._error.setText(error.message + error.hint)
        self._error.show()
        field = {
            "wrong_password": self.password, "wrong_recovery_key": self.key, "weak_password": self.first,
            "folder_not_empty": self.folder,
        }.get(error.code, self.file)  # fmt: skip
        field.setFocus()

    def _broke(self, error: Exception) -> None:
        self._stopped()
        self.broke.emit(error)

    def _stopped(self) -> None:
        self._under_way = False
        self.ok.setEnabled(True)
        self.words.hide()

    def reject(self) -> None:
        """Not while it is under way: half a folder would be left behind a closed window."""
        if not self._under_way:
            super().reject()


def _beside(folder: Path) -> Path:
    """Where the data are restored to before they take the place of those in ``folder``."""
    names = (folder.with_name(f"{folder.name}-恢复{more}") for more in ("", *range(2, 100)))
    return next(name for name in names if not name.exists())
