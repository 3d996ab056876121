"""Fields beside the paper tied to the visit form: one undo for everything, whichever field has the focus.

How a field looks is ui.widgets.fields' business; which fields there are is the sections'.
"""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QKeyEvent, QKeySequence
from PySide6.QtWidgets import QCheckBox, QComboBox, QFrame, QLabel, QLineEdit, QPlainTextEdit, QWidget

from ui import theme
from ui.models.visit_form import VisitForm


class UndoKeys(QObject):
    """Turns a field's own Ctrl+Z and Ctrl+Y into the form's, so steps are undone in the order they were made."""

    def __init__(self, form: VisitForm, parent: QObject) -> None:
        super().__init__(parent)
        self._form = form

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Takes undo and redo, leaves everything else."""
        if not isinstance(event, QKeyEvent) or event.type() not in (QEvent.Type.KeyPress, QEvent.Type.ShortcutOverride):
            return False
        undo = event.matches(QKeySequence.StandardKey.Undo)
        control_y = event.key() == Qt.Key.Key_Y and event.modifiers() == Qt.KeyboardModifier.ControlModifier
        if not (undo or control_y or event.matches(QKeySequence.StandardKey.Redo)):
            return False
        if event.type() == QEvent.Type.ShortcutOverride:
            event.accept()
        elif undo:
            self._form.undo()
        else:
            self._form.redo()
        return True


def tie_line(edit: QLineEdit, form: VisitForm, name: str) -> None:
    """A one-line field shows and changes ``form[name]``."""
    edit.textEdited.connect(lambda text: form.type_text(name, text))
    edit.editingFinished.connect(form.stack.close_run)
    edit.installEventFilter(UndoKeys(form, edit))
    _follow(form, name, lambda: edit.setText(form[name]) if edit.text() != form[name] else None)


def tie_text(edit: QPlainTextEdit, form: VisitForm, name: str) -> None:
    """A field of several lines shows and changes ``form[name]``."""
    edit.setTabChangesFocus(True)
    edit.setUndoRedoEnabled(False)
    edit.textChanged.connect(lambda: form.type_text(name, edit.toPlainText()))
    edit.installEventFilter(UndoKeys(form, edit))
    _follow(form, name, lambda: edit.setPlainText(form[name]) if edit.toPlainText() != form[name] else None)


def tie_combo(combo: QComboBox, form: VisitForm, name: str, *, label: str) -> None:
    """A drop-down whose items carry the field's values as data."""
    combo.activated.connect(lambda: form.set_values({name: combo.currentData()}, label=label))
    combo.installEventFilter(UndoKeys(form, combo))
    _follow(form, name, lambda: combo.setCurrentIndex(max(combo.findData(form[name]), 0)))


def tie_check(box: QCheckBox, form: VisitForm, name: str, *, label: str) -> None:
    """A tick that is the field."""
    box.clicked.connect(lambda checked: form.set_values({name: bool(checked)}, label=label))
    box.installEventFilter(UndoKeys(form, box))
    _follow(form, name, lambda: box.setChecked(bool(form[name])))


def _follow(form: VisitForm, name: str, show: Callable[[], object]) -> None:
    """Show the field whenever it changed; form and fields live as long as their page."""

    def changed(names: frozenset[str], _walked: bool) -> None:
        if name in names:
            show()

    form.changed.connect(changed)
    show()


def section_head(text: str, parent: QWidget | None = None) -> QLabel:
    """A section's name, 14 bold."""
    label = QLabel(text, parent)
    label.setStyleSheet(f"font-size: {theme.dp(14)}px; font-weight: 700; background: transparent;")
    return label


def caption(text: str = "", token: str = "ink2", parent: QWidget | None = None) -> QLabel:
    """12 px words that help."""
    label = QLabel(text, parent)
    tint_caption(label, token)
    label.setWordWrap(True)
    return label


def tint_caption(label: QLabel, token: str, *, bold: bool = False) -> None:
    """Give a caption another ink."""
    weight, color = 700 if bold else 400, theme.color(token).name()
    label.setStyleSheet(f"font-size: {theme.dp(12)}px; font-weight: {weight}; color: {color}; background: transparent;")


def hairline(parent: QWidget | None = None) -> QFrame:
    """A decorative rule between sections."""
    line = QFrame(parent)
    line.setFixedHeight(1)
    line.setStyleSheet(f"background: {theme.color('hair').name()}; border: none;")
    return line
