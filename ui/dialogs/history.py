"""修改记录: what happened to one visit, newest first — who, when, what, and each cell before and after.

Reading only; the words are services.visit_history's, which characters changed domain.text_changes'.
"""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QFrame, QHBoxLayout, QLabel, QScrollArea, QVBoxLayout, QWidget

from jiafang_desktop.domain import text_changes
from jiafang_desktop.domain.text_changes import GONE, KEPT, NEW
from jiafang_desktop.services import visit_history
from jiafang_desktop.services.visit_history import CellChange, HistoryEntry
from ui import theme
from ui.context import Context
from ui.dialogs.dialog_size import open_within
from ui.widgets import buttons
from ui.widgets.side_fields import caption, hairline, tint_caption

_SIZE_PX = (720, 560)
_AT_ONCE = 40  # entries drawn before 再往前看 is pressed
_TITLE_PX = 128
_INLINE_CHARACTERS = 22  # a note up to this long stands beside its act
_SHORT_CHARACTERS = 24  # texts up to this long stand whole on both sides of the arrow


def show_history(ctx: Context, visit_id: str, parent: QWidget) -> None:
    """Read the history on the store's thread, then show it."""

    def show(entries: Sequence[HistoryEntry]) -> None:
        HistoryDialog(entries, parent.window()).open()

    pending = ctx.tasks.run(visit_history.told, visit_id)
    pending.then(show).fail(lambda error: ctx.error(error, parent))


class HistoryDialog(QDialog):
    """Entries under one another; Esc or 关闭 ends."""

    def __init__(self, entries: Sequence[HistoryEntry], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.entries = tuple(entries)
        self._shown = 0
        self.setObjectName("dialog_history")
        self.setWindowTitle("修改记录")  # titles of windows name nobody
        self.setAccessibleName("修改记录")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        open_within(self, *_SIZE_PX, window=parent)
        inside = QWidget()
        inside.setObjectName("history_inside")
        inside.setStyleSheet(f"#history_inside {{ background: {theme.color('paper').name()}; }}")
        column = QVBoxLayout(inside)
        column.setContentsMargins(theme.dp(24), theme.dp(4), theme.dp(24), theme.dp(16))
        column.setSpacing(0)
        self._list = QVBoxLayout()
        self._list.setSpacing(0)
        self.button_earlier = buttons.link("再往前看", "history_earlier", icon="chevron_down")
        self.button_earlier.clicked.connect(self._show_more)
        column.addLayout(self._list)
        column.addWidget(self.button_earlier)
        column.addStretch(1)
        self.scroll = QScrollArea(self)
        self.scroll.setObjectName("history_scroll")
        self.scroll.setAccessibleName("修改记录，从新到旧")
        self.scroll.setFrameShape(QFrame.Shape.NoFrame)
        self.scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.scroll.setWidgetResizable(True)
        self.scroll.setWidget(inside)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(0)
        whole.addWidget(self._head())
        whole.addWidget(hairline(self))
        whole.addWidget(self.scroll, 1)
        whole.addWidget(hairline(self))
        whole.addLayout(self._foot())
        self._show_more()
        self.scroll.setFocus()

    def _head(self) -> QWidget:
        head = QWidget(self)
        row = QHBoxLayout(head)
        row.setContentsMargins(theme.dp(24), theme.dp(16), theme.dp(24), theme.dp(12))
        title = QLabel("修改记录", head)
        title.setProperty("role", "section")
        row.addWidget(title)
        row.addWidget(caption(f"共 {len(self.entries)} 次，新的在前；记录只增不改", parent=head), 1)
        for kind, text in ((GONE, "删去的字"), (NEW, "新写的字")):
            sample = QLabel(_marked(kind, text), head)
            sample.setStyleSheet(f"font-size: {theme.dp(12)}px; background: transparent;")
            row.addWidget(sample)
        row.setSpacing(theme.dp(12))
        return head

    def _foot(self) -> QHBoxLayout:
        foot = QHBoxLayout()
        foot.setContentsMargins(theme.dp(24), theme.dp(12), theme.dp(24), theme.dp(12))
        foot.addStretch(1)
        close = buttons.plain("关闭", "dialog_ok")
        close.clicked.connect(self.accept)
        foot.addWidget(close)
        return foot

    def _show_more(self) -> None:
        until = min(self._shown + _AT_ONCE, len(self.entries))
        for place in range(self._shown, until):
            if place:
                self._list.addWidget(hairline())
            self._list.addWidget(EntryView(self.entries[place], place + 1))
        self._shown = until
        self.button_earlier.setVisible(until < len(self.entries))
        self.button_earlier.set_words(f"再往前看（还有 {len(self.entries) - until} 次）")


class EntryView(QWidget):
    """One act: its name, who and when at the right, then the cells it changed."""

    def __init__(self, entry: HistoryEntry, number: int) -> None:
        super().__init__()
        self.setObjectName(f"history_{number}")
        self.setAccessibleName(spoken(entry))
        act = QLabel(entry.act, self)
        act.setWordWrap(True)
        act.setTextFormat(Qt.TextFormat.PlainText)
        act.setProperty("role", "head")
        when = QLabel(f"{_when(entry)}　{entry.operator}", self)
        when.setTextFormat(Qt.TextFormat.PlainText)
        tint_caption(when, "ink2")
        top = QHBoxLayout()
        top.setSpacing(theme.dp(16))
        inline = 0 < len(entry.note) <= _INLINE_CHARACTERS and len(entry.act) <= _INLINE_CHARACTERS
        top.addWidget(act, 0 if inline else 1)
        note = caption(entry.note, parent=self)
        note.setTextFormat(Qt.TextFormat.PlainText)
        if inline:
            act.setWordWrap(False)
            note.setWordWrap(False)
            top.addWidget(note, 1, Qt.AlignmentFlag.AlignBottom)
        top.addWidget(when, 0, Qt.AlignmentFlag.AlignTop)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, theme.dp(12), 0, theme.dp(12))
        column.setSpacing(theme.dp(6))
        column.addLayout(top)
        if not inline:
            column.addWidget(note)
            note.setVisible(bool(entry.note))
        for change in entry.changes:
            column.addLayout(self._change(change))

    def _change(self, change: CellChange) -> QHBoxLayout:
        title = caption(change.title, parent=self)
        title.setFixedWidth(theme.dp(_TITLE_PX))
        text = QLabel(change_html(change), self)
        text.setTextFormat(Qt.TextFormat.RichText)
        text.setWordWrap(True)
        text.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        text.setStyleSheet(f"font-size: {theme.dp(14)}px; background: transparent;")
        row = QHBoxLayout()
        row.setSpacing(theme.dp(8))
        row.addWidget(title, 0, Qt.AlignmentFlag.AlignTop)
        row.addWidget(text, 1)
        return row


def change_html(change: CellChange) -> str:
    """Short cells before → after whole; long ones once, with the changed characters marked."""
    quiet = theme.color("ink3").name()
    if change.hidden:
        return f'<span style="color:{quiet}">内容仅填写人及县委组织部可见</span>'
    before, after = change.before, change.after
    if max(len(before), len(after)) <= _SHORT_CHARACTERS and "\n" not in before + after:
        if not before:
            return _html(after)
        now = _html(after) if after else f'<span style="color:{quiet}">空着</span>'
        return f"{_marked(GONE, before)}　→　{now}"
    if not before:
        return _html(after)
    if not after:
        return _marked(GONE, before)
    found = text_changes.excerpt(text_changes.pieces(before, after))
    return "".join(
        _html(piece.text) if piece.kind == KEPT
        else _marked(piece.kind, piece.text) if piece.kind in (GONE, NEW)
        else f'<span style="color:{quiet}">…</span>'
        for piece in found
    )  # fmt: skip


def spoken(entry: HistoryEntry) -> str:
    """The entry for a screen reader."""
    parts = [entry.act, entry.note, f"{_when(entry)} {entry.operator}"]
    for change in entry.changes:
        now = "内容不可见" if change.hidden else change.after or "空着"
        parts.append(f"{change.title}：" + (f"原来 {change.before}，改为 {now}" if change.before else now))
    return "；".join(part for part in parts if part)


def _marked(kind: str, text: str) -> str:
    """What went is struck through and grey, what came is underlined on a tint: never by colour alone."""
    if kind == GONE:
        return f'<s style="color:{theme.color("ink3").name()}">{_html(text)}</s>'
    ground = theme.color("tint2").name()
    return f'<u style="background:{ground};color:{theme.color("ink").name()}">{_html(text)}</u>'


def _html(text: str) -> str:
    return escape(text).replace("\n", "<br>")


def _when(entry: HistoryEntry) -> str:
    at = entry.at
    return f"{at.year}.{at.month}.{at.day} {at:%H:%M}"
