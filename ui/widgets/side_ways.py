"""看谈听访 and 受访人员: how the visit was made and whom it met (policy 三之二).

Ticks only; what was seen and heard is written on the paper.
"""

from __future__ import annotations

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QGridLayout, QHBoxLayout, QLabel, QSizePolicy, QVBoxLayout, QWidget

from jiafang_desktop.common.chinese import squeeze
from ui import icons, theme
from ui.models.visit_form import VisitForm
from ui.widgets import buttons, fields
from ui.widgets.side_fields import UndoKeys, caption, section_head
from ui.widgets.side_prompts import PromptsFold

_WAYS = (("看", "家庭状况", "way_look"), ("谈", "思想工作", "way_talk"), ("听", "家属意见", "way_listen"),
         ("访", "诉求困难", "way_visit"))  # fmt: skip
_MET = (("本人", "met_self"), ("配偶", "met_spouse"), ("父母", "met_parents"), ("子女", "met_children"))


class Toggle(QAbstractButton):
    """A tick with a word: tint, accent outline and a check mark when chosen, so never by colour alone."""

    def __init__(self, word: str, caption_text: str, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._caption = caption_text
        self.setText(word)
        self.setObjectName(name)
        self.setAccessibleName(f"{word}：{caption_text}" if caption_text else word)
        self.setCheckable(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        """32 high; as wide as its words need."""
        return QSize(theme.dp(76 if not self._caption else 140), theme.dp(32))

    def paintEvent(self, event: QPaintEvent) -> None:
        """Outline, word, caption and check mark."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        chosen, focus = self.isChecked(), self.hasFocus()
        width = 2 if focus else 1
        outline = "accent" if chosen or focus else "line"
        painter.setPen(QPen(theme.color(outline), width))
        painter.setBrush(theme.color("tint" if chosen else "desk" if self.underMouse() else "paper"))
        half = width / 2
        painter.drawRoundedRect(self.rect().toRectF().adjusted(half, half, -half, -half), theme.dp(4), theme.dp(4))
        middle = Qt.AlignmentFlag.AlignVCenter
        painter.setPen(theme.color("accent" if chosen else "ink2" if self.isEnabled() else "disabled"))
        big = bool(self._caption)
        painter.setFont(theme.font(16 if big else 14, bold=big))
        words = self.rect().adjusted(theme.dp(10), 0, 0, 0)
        painter.drawText(words, middle, self.text())
        if big:
            taken = painter.fontMetrics().horizontalAdvance(self.text()) + theme.dp(6)
            painter.setFont(theme.font(12))
            painter.drawText(words.adjusted(taken, 0, 0, 0), middle, self._caption)
        if chosen:
            side = theme.dp(14)
            box = QRect(self.width() - side - theme.dp(8), (self.height() - side) // 2, side, side)
            painter.drawPixmap(box, icons.pixmap("check", 14, "accent"))


class WaysSection(QWidget):
    """The four ways, and an amber word where the account tells of one that is not ticked."""

    def __init__(self, form: VisitForm, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._form = form
        self._warning = caption("", "amber")
        self.toggles = {word: Toggle(word, text, name, self) for word, text, name in _WAYS}
        head = QHBoxLayout()
        head.addWidget(section_head("看谈听访", self))
        head.addStretch(1)
        head.addWidget(self._warning)
        grid = QGridLayout()
        grid.setSpacing(theme.dp(8))
        for place, (word, toggle) in enumerate(self.toggles.items()):
            toggle.clicked.connect(lambda checked, word=word: self._tick(word, checked))
            toggle.installEventFilter(UndoKeys(form, toggle))
            grid.addWidget(toggle, place // 2, place % 2)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.dp(8))
        column.addLayout(head)
        column.addLayout(grid)
        column.addWidget(PromptsFold(form, self))
        form.changed.connect(lambda names, _walked: self._show() if names & {"ways", "account"} else None)
        self._show()

    def _tick(self, word: str, checked: bool) -> None:
        ways = set(self._form["ways"]) | {word} if checked else set(self._form["ways"]) - {word}
        self._form.set_values({"ways": tuple(w for w, _, _ in _WAYS if w in ways)}, label=f"勾选“{word}”")

    def _show(self) -> None:
        for word, toggle in self.toggles.items():
            toggle.setChecked(word in self._form["ways"])
        missing = unticked(self._form["account"], self._form["ways"])
        self._warning.setText(f"记录里写了“{'、'.join(missing)}”，还没勾" if missing else "")


def unticked(account: str, ways: tuple[str, ...]) -> list[str]:
    """Ways the account writes about (看：…) that are not ticked."""
    return [word for word, _, _ in _WAYS if word not in ways and (f"{word}：" in account or f"{word}:" in account)]


class MetSection(QWidget):
    """受访人员: the usual ones as ticks, anyone else typed."""

    def __init__(self, form: VisitForm, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._form = form
        self.toggles = {word: Toggle(word, "", name, self) for word, name in _MET}
        self._others = QVBoxLayout()
        self._others.setSpacing(theme.dp(2))
        self._new = fields.line_edit("field_met_new", "其他受访人员")
        self._new.setPlaceholderText("其他人，回车加入")
        self._new.returnPressed.connect(self._add_other)
        self._new.hide()
        self._add = buttons.link("＋ 添加", "button_add_met")
        self._add.setAccessibleName("添加其他受访人员")
        self._add.clicked.connect(self._ask_other)
        head = QHBoxLayout()
        head.addWidget(section_head("受访人员", self))
        head.addStretch(1)
        head.addWidget(self._add)
        row = QHBoxLayout()
        row.setSpacing(theme.dp(6))
        for word, toggle in self.toggles.items():
            toggle.clicked.connect(lambda checked, word=word: self._tick(word, checked))
            toggle.installEventFilter(UndoKeys(form, toggle))
            row.addWidget(toggle)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.dp(8))
        column.addLayout(head)
        column.addLayout(row)
        column.addLayout(self._others)
        column.addWidget(self._new)
        form.changed.connect(lambda names, _walked: self._show() if "met" in names else None)
        self._show()

    def _tick(self, word: str, checked: bool) -> None:
        met = [name for name in self._form["met"] if name != word] + ([word] if checked else [])
        usual = [name for name, _ in _MET if name in met]
        self._set((*usual, *(name for name in met if name not in usual)))

    def _ask_other(self) -> None:
        self._new.show()
        self._new.setFocus()

    def _add_other(self) -> None:
        name = squeeze(self._new.text())
        if name and name not in self._form["met"]:
            self._set((*self._form["met"], name))
        self._new.clear()
        self._new.hide()
        self._add.setFocus()

    def _set(self, met: tuple[str, ...]) -> None:
        self._form.set_values({"met": met}, label="受访人员")

    def _show(self) -> None:
        met = self._form["met"]
        for word, toggle in self.toggles.items():
            toggle.setChecked(word in met)
        while (item := self._others.takeAt(0)) is not None:
            item.widget().hide()
            item.widget().deleteLater()
        for name in met:
            if name not in self.toggles:
                self._others.addWidget(self._other_row(name, tuple(n for n in met if n != name)))

    def _other_row(self, name: str, without: tuple[str, ...]) -> QWidget:
        """One typed by hand, with × to take it off."""
        row = QWidget(self)
        gone = buttons.square(f"去掉受访人员{name}", f"met_remove_{name}", "close", size_px=24)
        gone.clicked.connect(lambda: self._set(without))
        line = QHBoxLayout(row)
        line.setContentsMargins(0, 0, 0, 0)
        line.addWidget(QLabel(name, row))
        line.addStretch(1)
        line.addWidget(gone)
        return row
