"""办理时限与分工 and 节假日 in 设置: the rules in sentences, and files that set them or are refused with a reason.

Nothing of a rule is typed here: a file is checked whole by the services, taken over whole, and can be taken back.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog, QGridLayout, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from jiafang_desktop.common import clock
from jiafang_desktop.common.errors import UserError
from jiafang_desktop.domain.working_calendar import WorkingCalendar
from jiafang_desktop.services import calendars, files, rules
from jiafang_desktop.services.rules import Rules
from ui import theme
from ui.context import Context
from ui.dialogs.export_done import save_as
from ui.models.rule_words import (
    calendar_sentence,
    level_sentences,
    outcome_sentence,
    paper_sentences,
    report_sentence,
    version_sentence,
)
from ui.widgets import buttons

_LABEL_PX = 128
_LARGEST_BYTES = 1_000_000
_FILTER = "规则文件 (*.json);;全部文件 (*)"


def set_from_file(store: Any, path: Path, *, by: Any) -> Any:
    """Take a rules file over.

    Raises:
        UserError: what can't be read as ``bad_rules``, else as rules.set_rules.
    """
    try:
        data = path.read_bytes()
        if len(data) > _LARGEST_BYTES:
            raise ValueError("too large")
        given = json.loads(data.decode("utf-8-sig"))
    except (OSError, ValueError, RecursionError):
        raise UserError(
            "bad_rules", f"“{path.name}”不是规则文件，没有改动。", hint="请换县委组织部下发的规则文件。"
        ) from None
    return rules.set_rules(store, given, by=by)


def export(store: Any, target: Path) -> Path:
    """The rules as they hold, in the shape a file sets them in."""
    text = json.dumps(rules.rules_json(store), ensure_ascii=False, indent=2)
    return files.write_bytes(target, text.encode(), replace=True)


class RulesSection(QWidget):
    """Sentences, 从文件设定, 存成文件."""

    def __init__(self, ctx: Context) -> None:
        super().__init__()
        self.setObjectName("settings_rules")
        self.ctx = ctx
        self.version = QLabel()
        self.version.setObjectName("rules_version")
        self.version.setProperty("role", "caption")
        self.version.setWordWrap(True)
        self._grid = QGridLayout()
        self._grid.setHorizontalSpacing(0)
        self._grid.setVerticalSpacing(theme.dp(10))
        self._grid.setColumnMinimumWidth(0, theme.dp(_LABEL_PX))
        self._grid.setColumnStretch(1, 1)
        self.sentences: list[QLabel] = []
        self.button_set = buttons.plain("从文件设定", "button_set_rules", icon="file")
        self.button_export = buttons.quiet("存成文件", "button_export_rules", icon="download")
        row = QHBoxLayout()
        row.setSpacing(theme.dp(8))
        row.addWidget(self.button_set)
        row.addWidget(self.button_export)
        row.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, theme.dp(4), 0, 0)
        column.setSpacing(theme.dp(12))
        column.addLayout(self._grid)
        column.addWidget(self.version)
        column.addLayout(row)
        self.button_set.clicked.connect(self.choose_file)
        self.button_export.clicked.connect(self.export)

    def read_again(self) -> None:
        """Show what holds."""
        self.ctx.tasks.run(rules.read).then(self._show).fail(lambda error: self.ctx.error(error, self))

    def _show(self, found: Rules) -> None:
        while (item := self._grid.takeAt(0)) is not None:
            item.widget().hide()
            item.widget().deleteLater()
        self.sentences = []
        for level, sentence, suggested in level_sentences(found):
            self._add(level, sentence, "ink3" if suggested else "ink")
        self._add("归档", outcome_sentence(found), "ink")
        self._add("季度总结", report_sentence(found), "ink")
        for title, sentence in paper_sentences(found):
            self._add(title, sentence, "ink")
        self.version.setText(version_sentence(found))

    def _add(self, title: str, sentence: str, tone: str) -> None:
        place = len(self.sentences)
        head, words = QLabel(title), QLabel(sentence)
        head.setProperty("role", "second")
        words.setObjectName(f"rule_{place + 1}")
        words.setAccessibleName(f"{title}：{sentence}")
        words.setWordWrap(True)
        words.setStyleSheet(f"color: {theme.name(tone)}; background: transparent;")
        self._grid.addWidget(head, place, 0, Qt.AlignmentFlag.AlignTop)
        self._grid.addWidget(words, place, 1)
        self.sentences.append(words)

    def choose_file(self) -> None:
        """Ask for a rules file."""
        chosen, _ = QFileDialog.getOpenFileName(self, "选择规则文件", "", _FILTER)
        if chosen:
            self.set_from(Path(chosen))

    def set_from(self, path: Path) -> None:
        """Take it over, or say what is wrong with it."""

        def done(changes: Any) -> None:
            if changes.records:
                self.ctx.say_undoable("设定办理时限与分工")
            else:
                self.ctx.say("文件里的规则和现行的一样，没有改动")

        pending = self.ctx.tasks.run(set_from_file, path, by=self.ctx.operator)
        pending.then(done).fail(lambda error: self.ctx.error(error, self))

    def export(self) -> None:
        """Where to?"""

        def write(target: Path) -> Any:
            return self.ctx.tasks.run(export, target)

        save_as(self.ctx, self, head="规则文件", suggested="办理时限与分工.json", suffix=".json", write=write)


class HolidaysSection(QWidget):
    """Years with data, and a file for the next one."""

    def __init__(self, ctx: Context) -> None:
        super().__init__()
        self.setObjectName("settings_holidays")
        self.ctx = ctx
        self.words = QLabel()
        self.words.setObjectName("holidays_words")
        self.words.setWordWrap(True)
        self.button_load = buttons.plain("读入节假日文件", "button_load_holidays", icon="calendar")
        column = QVBoxLayout(self)
        column.setContentsMargins(0, theme.dp(4), 0, 0)
        column.setSpacing(theme.dp(10))
        column.addWidget(self.words)
        column.addWidget(self.button_load, 0, Qt.AlignmentFlag.AlignLeft)
        self.button_load.clicked.connect(self.choose_file)

    def read_again(self) -> None:
        """Say which years are known."""
        self.ctx.tasks.run(calendars.calendar).then(self._show).fail(lambda error: self.ctx.error(error, self))

    def _show(self, found: WorkingCalendar) -> None:
        self.words.setText(calendar_sentence(found, today=clock.today()))

    def choose_file(self) -> None:
        """Ask for a year's notice."""
        chosen, _ = QFileDialog.getOpenFileName(self, "选择节假日文件", "", _FILTER.replace("规则", "节假日"))
        if chosen:
            self.load(Path(chosen))

    def load(self, path: Path) -> None:
        """Take it over, or say what is wrong with it."""

        def done(loaded: calendars.Loaded) -> None:
            years = "、".join(str(year) for year in loaded.years)
            if loaded.changes.records:
                self.ctx.say_undoable(f"读入 {years} 年节假日")
            else:
                self.ctx.say(f"{years} 年的节假日已经有了，没有改动")

        pending = self.ctx.tasks.run(calendars.load_file, path, by=self.ctx.operator)
        pending.then(done).fail(lambda error: self.ctx.error(error, self))
