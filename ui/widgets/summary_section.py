"""One section of the quarterly summary: its head, whether it was edited, its text, and what is to be looked at.

Tells what was typed and when it is done; keeping it is the page's.
"""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, QTimer, Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QVBoxLayout, QWidget

from jiafang_desktop.services.summary import Section
from ui import theme
from ui.widgets import buttons, fields

_LEAST_LINES, _WAIT_MS = 3, 800
_PROSE_PX = 720


class SectionEditor(QWidget):
    """``typed(key)`` soon after keys, ``left(key)`` when the caret goes, ``draft_wanted(key)`` for 恢复起草稿."""

    typed = Signal(str)
    left = Signal(str)
    draft_wanted = Signal(str)

    def __init__(self, key: str, number: str, title: str) -> None:
        super().__init__()
        self.key, self.title = key, title
        self.section: Section | None = None
        self._filling = False
        self.setObjectName(f"section_{key}")
        self.setMaximumWidth(theme.dp(_PROSE_PX))
        self.head = QLabel(f"{number}、{title}")
        self.head.setProperty("role", "section")
        self.state = QLabel()
        self.state.setObjectName(f"section_state_{key}")
        self.state.setProperty("role", "caption")
        self.button_draft = buttons.link("恢复起草稿", f"button_draft_{key}")
        self.button_draft.setAccessibleName(f"“{title}”恢复起草稿")
        self.text = fields.text_edit(f"field_summary_{key}", title)
        self.note = QLabel()
        self.note.setObjectName(f"section_note_{key}")
        self.note.setWordWrap(True)
        top = QHBoxLayout()
        top.setSpacing(theme.dp(12))
        top.addWidget(self.head)
        top.addWidget(self.state)
        top.addStretch(1)
        top.addWidget(self.button_draft)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.dp(6))
        column.addLayout(top)
        column.addWidget(self.text)
        column.addWidget(self.note)
        self._soon = QTimer(self)
        self._soon.setSingleShot(True)
        self._soon.setInterval(_WAIT_MS)
        self._soon.timeout.connect(lambda: self.typed.emit(self.key))
        self.text.textChanged.connect(self._changed)
        self.text.document().documentLayout().documentSizeChanged.connect(lambda _size: self._fit())
        self.text.installEventFilter(self)
        self.button_draft.clicked.connect(lambda: self.draft_wanted.emit(self.key))
        self._fit()

    # -- showing -----------------------------------------------------------------------------------------------

    def show_section(self, section: Section, *, typed: str | None, same: bool) -> None:
        """The stored text, or what was typed and not kept yet; of the ``same`` quarter a text in hand stays."""
        in_hand = same and self.section is not None and self.is_changed and self.text.hasFocus()
        self.section = section
        if not in_hand:
            wanted = section.text if typed is None else typed
            if wanted != self.text.toPlainText():
                self._filling = True
                self.text.setPlainText(wanted)
                self._filling = False
        self._show_state()

    def _show_state(self) -> None:
        section = self.section
        if section is None:
            return
        edited = section.edited or self.is_changed
        self.state.setText("已改写，登记新情况不会冲掉" if edited else "按登记的情况起草，可以直接改")
        self.button_draft.setVisible(edited and self.words != section.draft)
        if section.quotes is not None:
            self.say(f"引用了不能写进总结的内容（“{section.quotes}…”），请删去。", "error")
        elif section.outdated:
            self.say("改写之后登记的情况又有变化，请核对；要重新起草，点“恢复起草稿”。", "warn")
        else:
            self.say("", "caption")

    def say(self, words: str, role: str) -> None:
        """What to look at: error (must), warn (please check) or nothing."""
        fields.set_error(self.text, role == "error" and bool(words))
        self.note.setText(words)
        self.note.setVisible(bool(words))
        if self.note.property("role") != role:
            self.note.setProperty("role", role)
            self.note.style().unpolish(self.note)
            self.note.style().polish(self.note)

    # -- typing ------------------------------------------------------------------------------------------------

    @property
    def words(self) -> str:
        """What stands in the field."""
        return self.text.toPlainText().strip()

    @property
    def is_changed(self) -> bool:
        """Whether something typed is not stored yet."""
        return self.section is not None and self.words != self.section.text.strip()

    def _changed(self) -> None:
        if not self._filling:
            self._show_state()
            if not self._soon.isActive():
                self._soon.start()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """The caret went away."""
        if watched is self.text and event.type() == QEvent.Type.FocusOut:
            self._soon.stop()
            self.left.emit(self.key)
        return super().eventFilter(watched, event)

    def _fit(self) -> None:
        block, height = self.text.document().firstBlock(), 0.0
        while block.isValid():
            height += self.text.blockBoundingRect(block).height()
            block = block.next()
        least = _LEAST_LINES * self.text.fontMetrics().lineSpacing()
        height = round(max(height, least)) + theme.dp(22)
        if height != self.text.height():
            self.text.setFixedHeight(height)
