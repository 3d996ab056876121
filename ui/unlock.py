"""The door: the password at the start, and a new password by the 密码找回单.

Whether a password is right is the store's to say; what opens behind the door is ui.program's.
"""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QLineEdit, QStackedWidget, QVBoxLayout, QWidget

from jiafang_desktop.common.errors import UserError
from ui import icons, theme
from ui.first_run.strength import strength
from ui.widgets import buttons, fields

CARD_PX = 438
_SIDE_PX = 40
SECRECY = "本机须为非涉密计算机，不得录入国家秘密。"


class UnlockCard(QWidget):
    """Head, password, 打开. ``tried(password)``; the owner answers with :meth:`refuse`, or takes the card away."""

    tried = Signal(str)
    recover_wanted = Signal()

    def __init__(self, head: str, second: str, *, operator: str = "", recover: bool = True) -> None:
        super().__init__()
        self.setObjectName("unlock_card")
        self.password = fields.password_edit("field_password", "密码", tall=True)
        self.button = buttons.primary("打开", "button_unlock", tall=True)
        self.recover = buttons.link("忘记密码，用密码找回单", "button_recover")
        self.reveal = buttons.link("显示密码", "button_reveal")
        self.caps = _Caps()
        self.error = QLabel()
        self.error.setObjectName("unlock_error")
        self.error.setProperty("role", "error")
        self.error.setWordWrap(True)
        self.error.hide()
        self._build(head, second, operator, recover)
        self.button.clicked.connect(self._try)
        self.password.returnPressed.connect(self._try)
        self.password.textEdited.connect(lambda _text: self._say(""))
        self.recover.clicked.connect(self.recover_wanted)
        self.reveal.clicked.connect(self._toggle)
        self.password.installEventFilter(self.caps)

    def _build(self, head: str, second: str, operator: str, recover: bool) -> None:
        dp = theme.dp
        title = QLabel(head)
        title.setObjectName("unlock_unit")
        title.setWordWrap(True)
        title.setProperty("role", "unit")
        below = _role(second, "second")
        labels = QHBoxLayout()
        labels.addWidget(_role("密码", "caption"))
        labels.addStretch(1)
        labels.addWidget(self.caps)
        self.links = QHBoxLayout()
        self.links.addWidget(self.recover)
        self.links.addStretch(1)
        self.links.addWidget(self.reveal)
        self.recover.setVisible(recover)
        column = QVBoxLayout(self)
        column.setContentsMargins(dp(_SIDE_PX), dp(36), dp(_SIDE_PX), dp(28))
        column.setSpacing(0)
        column.addWidget(title)
        column.addSpacing(dp(4))
        column.addWidget(below)
        column.addSpacing(dp(24))
        if operator:
            column.addWidget(_role("经办人", "caption"))
            column.addSpacing(dp(6))
            column.addWidget(QLabel(operator))
            column.addSpacing(dp(16))
        column.addLayout(labels)
        column.addSpacing(dp(6))
        column.addWidget(self.password)
        column.addSpacing(dp(6))
        column.addWidget(self.error)
        column.addSpacing(dp(14))
        column.addWidget(self.button)
        column.addSpacing(dp(14))
        column.addLayout(self.links)
        column.addStretch(1)

    def begin(self) -> None:
        """An empty field with the focus."""
        self.password.clear()
        self._say("")
        self.set_busy(False)
        self.password.setFocus(Qt.FocusReason.OtherFocusReason)

    def set_busy(self, busy: bool) -> None:
        """While the key is being worked out."""
        self.button.setEnabled(not busy)
        self.password.setReadOnly(busy)
        self.button.set_words("正在打开…" if busy else "打开")

    def refuse(self, error: UserError) -> None:
        """What was wrong, the password selected to type it anew."""
        self.set_busy(False)
        self._say(error.message + error.hint)
        self.password.setFocus(Qt.FocusReason.OtherFocusReason)
        self.password.selectAll()

    def _say(self, sentence: str) -> None:
        self.error.setText(sentence)
        self.error.setVisible(bool(sentence))
        fields.set_error(self.password, bool(sentence))

    def _try(self) -> None:
        if not self.button.isEnabled():
            return
        if not self.password.text():
            self._say("请先输入密码。")
            self.password.setFocus(Qt.FocusReason.OtherFocusReason)
            return
        self.tried.emit(self.password.text())

    def _toggle(self) -> None:
        shown = self.password.echoMode() != QLineEdit.EchoMode.Normal
        self.password.reveal(shown)
        self.reveal.set_words("隐藏密码" if shown else "显示密码")


class _Caps(QLabel):
    """大写锁定已开, told by what the keys give: a capital without Shift, or a small letter with it."""

    def __init__(self) -> None:
        super().__init__("大写锁定已开")
        self.setObjectName("caps_lock")
        self.setProperty("role", "warn")
        policy = self.sizePolicy()
        policy.setRetainSizeWhenHidden(True)
        self.setSizePolicy(policy)
        self.hide()

    def eventFilter(self, watched: object, event: object) -> bool:
        """Looks at letters, changes nothing."""
        if isinstance(event, QKeyEvent) and event.type() == QKeyEvent.Type.KeyPress:
            text = event.text()
            if text.isascii() and text.isalpha():
                shift = bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
                self.setVisible(text.isupper() != shift)
            elif event.key() == Qt.Key.Key_CapsLock:
                self.hide()
        return False


class RecoverCard(QWidget):
    """The 密码找回单's groups and a new password twice. ``tried(recovery_key, new_password)``."""

    tried = Signal(str, str)
    back_wanted = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("recover_card")
        self.key = fields.line_edit("field_recovery_key", "密码找回单上的各组字")
        self.first = fields.password_edit("field_new_password", "新密码", tall=True)
        self.again = fields.password_edit("field_new_password_again", "再输一遍新密码", tall=True)
        self.strength = _role(strength("").words, "caption")
        self.strength.setObjectName("password_strength")
        self.error = _role("", "error")
        self.error.setObjectName("recover_error")
        self.button = buttons.primary("重设密码并打开", "button_reset_password", tall=True)
        self.back = buttons.link("返回输入密码", "button_back_to_password")
        self.key.setProperty("tall", True)
        self.key.setPlaceholderText("照纸上的分组输入，大小写、空格不要紧")
        self._build()
        self.button.clicked.connect(self._try)
        self.again.returnPressed.connect(self._try)
        self.back.clicked.connect(self.back_wanted)
        self.first.textChanged.connect(lambda text: self.strength.setText(strength(text).words))

    def _build(self) -> None:
        dp = theme.dp
        title = QLabel("用密码找回单重设密码")
        title.setProperty("role", "title")
        column = QVBoxLayout(self)
        column.setContentsMargins(dp(_SIDE_PX), dp(36), dp(_SIDE_PX), dp(28))
        column.setSpacing(dp(6))
        column.addWidget(title)
        column.addWidget(_role("数据不变，只换密码。找回单仍然有效，请放回原处。", "second"))
        column.addSpacing(dp(10))
        for words, field in (("密码找回单", self.key), ("新密码", self.first), ("再输一遍", self.again)):
            column.addWidget(_role(words, "caption"))
            column.addWidget(field)
            if field is self.first:
                column.addWidget(self.strength)
        self.error.hide()
        column.addWidget(self.error)
        column.addSpacing(dp(8))
        column.addWidget(self.button)
        column.addSpacing(dp(8))
        column.addWidget(self.back)
        column.addStretch(1)

    def begin(self) -> None:
        """Empty fields."""
        for field in (self.key, self.first, self.again):
            field.clear()
        self._say("")
        self.set_busy(False)
        self.key.setFocus(Qt.FocusReason.OtherFocusReason)

    def set_busy(self, busy: bool) -> None:
        """While keys are being worked out."""
        self.button.setEnabled(not busy)
        self.button.set_words("正在重设…" if busy else "重设密码并打开")

    def refuse(self, error: UserError) -> None:
        """At the field it is about."""
        self.set_busy(False)
        self._say(error.message + error.hint)
        (self.first if error.code == "weak_password" else self.key).setFocus(Qt.FocusReason.OtherFocusReason)

    def _say(self, sentence: str) -> None:
        self.error.setText(sentence)
        self.error.setVisible(bool(sentence))

    def _try(self) -> None:
        if not self.key.text().strip():
            self._say("请输入密码找回单上的各组字。")
            self.key.setFocus(Qt.FocusReason.OtherFocusReason)
        elif not strength(self.first.text()).is_enough:
            self._say(strength(self.first.text()).words)
            self.first.setFocus(Qt.FocusReason.OtherFocusReason)
        elif self.first.text() != self.again.text():
            self._say("两次输入的新密码不一样，请再输一遍。")
            self.again.setFocus(Qt.FocusReason.OtherFocusReason)
        else:
            self.tried.emit(self.key.text(), self.first.text())


class UnlockWindow(QWidget):
    """The small window at the start; ``tried(password)`` and ``recover_tried(key, new)`` are ui.program's to answer."""

    tried = Signal(str)
    recover_tried = Signal(str, str)
    restore_wanted = Signal()

    def __init__(self, *, place: str) -> None:
        super().__init__()
        self.setObjectName("unlock_window")
        self.setWindowTitle("领导干部家访台账")
        self.setWindowIcon(icons.icon("ledger", 32, "accent"))
        self.card = UnlockCard("家访台账", "请输入密码打开本单位的数据")
        self.recover = RecoverCard()
        self.restore = buttons.link("用备份恢复…", "button_restore_backup")
        self.stack = QStackedWidget()
        self.stack.addWidget(self.card)
        self.stack.addWidget(self.recover)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.stack, 1)
        line = QHBoxLayout()
        line.setContentsMargins(theme.dp(_SIDE_PX), 0, theme.dp(_SIDE_PX), theme.dp(14))
        line.addWidget(self.restore)
        line.addStretch(1)
        column.addLayout(line)
        column.addWidget(foot(SECRECY, f"数据位置：{place}"))
        self.card.tried.connect(self.tried)
        self.card.recover_wanted.connect(self.show_recover)
        self.recover.back_wanted.connect(self._show_card)
        self.recover.tried.connect(self.recover_tried)
        self.restore.clicked.connect(self.restore_wanted)
        self.setFixedSize(theme.dp(CARD_PX), theme.dp(470))
        self.card.begin()

    def paintEvent(self, event: QPaintEvent) -> None:
        """White paper."""
        QPainter(self).fillRect(self.rect(), theme.color("paper"))

    def refuse(self, error: UserError) -> None:
        """To the card in front."""
        (self.recover if self.stack.currentWidget() is self.recover else self.card).refuse(error)

    def set_busy(self, busy: bool) -> None:
        """Both cards."""
        self.card.set_busy(busy)
        self.recover.set_busy(busy)

    def show_recover(self) -> None:
        """The second card."""
        self.setFixedSize(theme.dp(CARD_PX), theme.dp(580))
        self.stack.setCurrentWidget(self.recover)
        self.recover.begin()

    def _show_card(self) -> None:
        self.setFixedSize(theme.dp(CARD_PX), theme.dp(470))
        self.stack.setCurrentWidget(self.card)
        self.card.begin()


def foot(*lines: str) -> QWidget:
    """Captions on the desk's colour below a card."""
    made = QWidget()
    made.setObjectName("unlock_foot")
    made.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
    made.setStyleSheet(f"#unlock_foot {{ background: {theme.name('desk')}; }}")
    column = QVBoxLayout(made)
    column.setContentsMargins(theme.dp(_SIDE_PX), theme.dp(12), theme.dp(_SIDE_PX), theme.dp(12))
    column.setSpacing(theme.dp(4))
    for line in lines:
        label = _role(line, "caption")
        label.setToolTip(line)
        column.addWidget(label)
    return made


def _role(words: str, role: str) -> QLabel:
    label = QLabel(words)
    label.setProperty("role", role)
    label.setWordWrap(True)
    return label
