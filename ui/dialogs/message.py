"""What went wrong or must be known: a sentence, what to do now, and the details folded. Only failures open it.

The words of a refusal come with the ``UserError``; asking for something is side_dialog's.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QHBoxLayout, QLabel, QPlainTextEdit, QVBoxLayout, QWidget

from jiafang_desktop.common.errors import UserError
from ui import icons, theme
from ui.widgets import buttons
from ui.widgets.page import hairline

_WIDTH_PX = 480
_UNCHANGED = "本机数据没有变动。"


class MessageDialog(QDialog):
    """480 wide: icon, head, why, 请这样做 1 2, a last caption; foot: other way as link, 取消, primary.

    ``accepted`` tells the primary, ``other`` the link.
    """

    def __init__(
        self, head: str, *, why: str = "", steps: Sequence[str] = (), last: str = "", details: str = "",
        accept: str = "知道了", cancel: str = "", other: tuple[str, Callable[[], object]] | None = None,
        icon: tuple[str, str] = ("warning", "red"), title: str = "", name: str = "dialog_message",
        other_name: str = "dialog_other",
        parent: QWidget | None = None,
    ) -> None:  # fmt: skip
        super().__init__(parent)
        self.setObjectName(name)
        self.setAccessibleName(head)
        self.setAccessibleDescription("。".join(part.rstrip("。") for part in (why, *steps, last) if part))
        self.setWindowTitle(title or "魏县领导干部家访台账")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setFixedWidth(theme.dp(_WIDTH_PX))
        self._other, self._other_name = other, other_name
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(self._upper(icon, head, why, steps, last, details))
        column.addWidget(hairline())
        column.addLayout(self._foot(accept, cancel))

    def _upper(
        self, icon: tuple[str, str], head: str, why: str, steps: Sequence[str], last: str, details: str
    ) -> QHBoxLayout:
        picture = QLabel()
        picture.setPixmap(icons.pixmap(icon[0], theme.dp(24), icon[1]))
        words = QVBoxLayout()
        words.setSpacing(0)
        words.addWidget(_words(head, "section", "message_head"))
        if why:
            words.addSpacing(theme.dp(8))
            words.addWidget(_words(why, "", "message_why"))
        if steps:
            words.addSpacing(theme.dp(14))
            words.addWidget(_words("请这样做", "caption"))
            words.addSpacing(theme.dp(6))
            for place, step in enumerate(steps, start=1):
                words.addWidget(_step(f"{place}．" if len(steps) > 1 else "", step, place))
                words.addSpacing(theme.dp(6))
        if last:
            words.addSpacing(theme.dp(10))
            words.addWidget(_words(last, "caption"))
        if details:
            words.addSpacing(theme.dp(6))
            words.addLayout(self._details(details))
        row = QHBoxLayout()
        row.setContentsMargins(theme.dp(24), theme.dp(24), theme.dp(24), theme.dp(20))
        row.setSpacing(theme.dp(16))
        row.addWidget(picture, 0, Qt.AlignmentFlag.AlignTop)
        row.addLayout(words, 1)
        return row

    def _details(self, details: str) -> QVBoxLayout:
        fold = buttons.link("详细情况", "message_details_fold", icon="chevron_right")
        fold.setCheckable(True)
        fold.setAutoDefault(False)
        text = QPlainTextEdit(details)
        text.setObjectName("message_details")
        text.setAccessibleName("详细情况")
        text.setProperty("kind", "field")
        text.setReadOnly(True)
        text.setFixedHeight(theme.dp(96))
        text.hide()

        def show(opened: bool) -> None:
            fold.set_icon("chevron_down" if opened else "chevron_right")
            text.setVisible(opened)
            self.adjustSize()

        fold.toggled.connect(show)
        column = QVBoxLayout()
        column.setSpacing(theme.dp(6))
        column.addWidget(fold, 0, Qt.AlignmentFlag.AlignLeft)
        column.addWidget(text)
        return column

    def _foot(self, accept: str, cancel: str) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setContentsMargins(theme.dp(64), theme.dp(16), theme.dp(24), theme.dp(16))
        row.setSpacing(theme.dp(8))
        if self._other is not None:
            link = buttons.link(self._other[0], self._other_name)
            link.setAutoDefault(False)
            link.clicked.connect(self._go_other)
            row.addWidget(link)
        row.addStretch(1)
        if cancel:
            no = buttons.plain(cancel, "dialog_cancel")
            no.setAutoDefault(False)
            no.clicked.connect(self.reject)
            row.addWidget(no)
        self.ok = buttons.primary(accept, "dialog_ok")
        self.ok.setDefault(True)
        self.ok.clicked.connect(self.accept)
        row.addWidget(self.ok)
        self.ok.setFocus()
        return row

    def _go_other(self) -> None:
        self.reject()
        if self._other is not None:
            self._other[1]()


def show_error(
    error: UserError, parent: QWidget | None = None, *, head: str = "", retry: Callable[[], object] | None = None,
    other: tuple[str, Callable[[], object]] | None = None,
) -> MessageDialog:  # fmt: skip
    """A refusal: nothing was changed. ``head`` says what did not happen, else the error's own sentence does."""
    details = "\n".join([f"代码：{error.code}", *(f"{name}：{value}" for name, value in error.details.items())])
    dialog = MessageDialog(
        head or error.message.rstrip("。"), why=error.message if head else "", steps=steps_of(error.hint),
        last=_UNCHANGED, details=details, accept="重试" if retry else "知道了", cancel="取消" if retry else "",
        other=other, name="dialog_error", parent=_window(parent),
    )  # fmt: skip
    if retry is not None:
        dialog.accepted.connect(retry)
    dialog.open()
    return dialog


def show_defect(error: BaseException, parent: QWidget | None = None, *, log: Path | None = None) -> MessageDialog:
    """Something the program did not foresee: said calmly, with where it is written down."""
    place = f"已记入日志：{log}" if log is not None else "已记入日志。"
    dialog = MessageDialog(
        "程序出了差错，这一步没有做成", last=place,
        why="已写好的内容都在，可以接着用。再做一次仍不成，请把日志交给维护人员。",
        details=f"{type(error).__name__}: {error}", name="dialog_defect", parent=_window(parent),
    )  # fmt: skip
    dialog.open()
    return dialog


def show_notice(
    head: str, sentence: str = "", parent: QWidget | None = None, *, accept: str = "知道了"
) -> MessageDialog:
    """Something to know before going on."""
    dialog = MessageDialog(
        head, why=sentence, accept=accept, icon=("info", "accent"), name="dialog_notice", parent=_window(parent)
    )
    dialog.open()
    return dialog


def confirm(
    head: str, sentence: str, *, accept: str, act: Callable[[], object], parent: QWidget | None = None,
    name: str = "dialog_confirm",
) -> MessageDialog:  # fmt: skip
    """Asked once before something that can't be taken back; ``accept`` names the act."""
    dialog = MessageDialog(
        head, why=sentence, accept=accept, cancel="取消", icon=("question", "accent"), name=name, parent=_window(parent)
    )
    dialog.accepted.connect(act)
    dialog.open()
    return dialog


def steps_of(hint: str) -> tuple[str, ...]:
    """A hint's sentences as steps."""
    return tuple(part.strip() for part in re.findall(r"[^。；]+(?:”|’)?", hint) if part.strip(" 。；”’"))


def _window(parent: QWidget | None) -> QWidget | None:
    return parent.window() if parent is not None else None


def _words(text: str, role: str, name: str = "") -> QLabel:
    label = QLabel(text)
    label.setWordWrap(True)
    if role:
        label.setProperty("role", role)
    if name:
        label.setObjectName(name)
    return label


def _step(number: str, text: str, place: int) -> QWidget:
    row = QWidget()
    line = QHBoxLayout(row)
    line.setContentsMargins(0, 0, 0, 0)
    line.setSpacing(0)
    if number:
        figure = QLabel(number)
        figure.setFixedWidth(theme.dp(22))
        line.addWidget(figure, 0, Qt.AlignmentFlag.AlignTop)
    line.addWidget(_words(text, "", f"message_step_{place}"), 1)
    return row
