"""A one-line field that offers people of the roster while a name is typed: characters, full pinyin or initials.

The list is name_completer's; searching is asked of the caller, what a pick fills is the dialog's.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QFocusEvent, QInputMethodEvent, QKeyEvent
from PySide6.QtWidgets import QLineEdit, QListWidgetItem, QWidget

from jiafang_desktop.common.chinese import is_han, squeeze
from jiafang_desktop.domain.cadres import Cadre
from ui.widgets.name_completer import NameList

Ask = Callable[[str, Callable[[Sequence[Cadre]], None]], None]
_WHOLE_NAME = 3


class NameField(QLineEdit):
    """``picked(Cadre)`` tells the choice. ``host`` is the window the list is laid over."""

    picked = Signal(object)

    def __init__(self, name: str, label: str, ask: Ask, host: QWidget) -> None:
        super().__init__()
        self.setObjectName(name)
        self.setAccessibleName(label)
        self._ask, self._asked, self._composing = ask, "", False
        self.popup = NameList(host)
        self.popup.rows.itemClicked.connect(self._pick)
        self.textEdited.connect(lambda _text: self.look())

    def look(self) -> None:
        """Search for what stands in the field."""
        text = squeeze(self.text())
        self._asked = text
        if not text or self._composing:
            self.popup.hide()
        else:
            self._ask(text, lambda people: self._answer(text, people))

    def _answer(self, text: str, people: Sequence[Cadre]) -> None:
        if text != self._asked or not self.hasFocus() or self._composing:
            return
        if not people:
            self.popup.hide()
            return
        whole = len(text) >= _WHOLE_NAME and all(is_han(char) for char in text)
        meant = not whole or any(squeeze(person.content.name) == text for person in people)
        self.popup.show_people(people, chosen_first=meant)
        self.popup.place_under(self)

    def _pick(self, item: QListWidgetItem) -> None:
        person: Cadre = item.data(Qt.ItemDataRole.UserRole)
        self.close_list()
        self.setText(person.content.name)
        self.picked.emit(person)

    def close_list(self) -> None:
        """Take the list away; an answer under way is dropped."""
        self._asked = ""
        self.popup.hide()

    def inputMethodEvent(self, event: QInputMethodEvent) -> None:
        """While a composition is open nothing is offered."""
        self._composing = bool(event.preeditString())
        super().inputMethodEvent(event)
        if self._composing:
            self.popup.hide()

    def event(self, event: QEvent) -> bool:
        """Tab picks too; it would leave the field before a key press is told."""
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress and self._take(event):
            return True
        return super().event(event)

    def _take(self, event: QKeyEvent) -> bool:
        if not self.popup.isVisible():
            return False
        rows, key = self.popup.rows, event.key()
        if key in (Qt.Key.Key_Down, Qt.Key.Key_Up):
            step = 1 if key == Qt.Key.Key_Down else -1
            rows.setCurrentRow((max(rows.currentRow(), -1 if step > 0 else 0) + step) % rows.count())
            return True
        if key == Qt.Key.Key_Escape:
            self.close_list()
            return True
        if key in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Tab) and rows.currentItem() is not None:
            self._pick(rows.currentItem())
            return True
        return False

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """The list goes with the keys."""
        super().focusOutEvent(event)
        self.close_list()
