"""设置: the unit's own choices, printing, locking, the password, and whether the data is in order.

Every choice is stored the moment it is made and can be taken back with 撤销. What a choice does is decided where it is
used; the password's dialogs are settings_password's, the self-check is settings_data's.
"""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QScrollArea, QVBoxLayout, QWidget

from jiafang_desktop.common.errors import UserError
from jiafang_desktop.domain.changes import Changes
from jiafang_desktop.domain.units import UNIT_TYPES
from jiafang_desktop.services import settings
from jiafang_desktop.services.settings import Settings
from ui import theme
from ui.context import Context
from ui.pages.settings_accounts import AccountsSection
from ui.pages.settings_backup import BackupSection
from ui.pages.settings_data import DataSection
from ui.pages.settings_leaders import LeadersSection
from ui.pages.settings_password import PasswordDialog
from ui.pages.settings_recovery import RecoveryDialog
from ui.pages.settings_rules import HolidaysSection, RulesSection
from ui.pages.settings_unit import UnitDialog
from ui.status_line import SIZES, size_slider
from ui.widgets import buttons, fields
from ui.widgets.page import Page, hairline
from ui.widgets.steppers import Decimal

_WIDTH_PX, _LABEL_PX = 760, 128
_MOST_SHIFT_MM = 20.0
_LOCK_MINUTES = (5, 10, 15, 30, 60)


class SettingsPage(Page):
    """Sections one below the other, hairlines between."""

    def __init__(self, ctx: Context) -> None:
        super().__init__(ctx)
        self.setObjectName("page_settings")
        self.ctx = ctx
        self._filling = False
        self._heads: dict[str, QLabel] = {}
        self.set_title("设置", caption="改动立即保存，可以撤销")
        self.variant = self._combo(
            "field_variant", "台账版式", (("matrix", "内容╲时间（县里原表）"), ("plain", "八列"))
        )
        self.smallest = self._combo(
            "field_smallest", "记录单最小字号", ((12.0, "小四（12磅）"), (10.5, "五号（10.5磅）"))
        )
        self.label = fields.check_box("check_label", "记录单左上角印“附件2”")
        self.blank = fields.check_box("check_date_blank", "日期留空，签字时手写")
        self.shift_x, self.shift_y = _shift("field_offset_x", "向右移"), _shift("field_offset_y", "向下移")
        minutes = tuple((count, f"{count} 分钟") for count in _LOCK_MINUTES)
        self.lock = self._combo("field_lock_minutes", "自动锁定", minutes)
        self.size = size_slider(round(theme.scale() * 100))
        self.size_words = QLabel(f"{round(theme.scale() * 100)}%")
        self.button_password = buttons.plain("修改密码", "button_change_password", icon="key")
        self.button_unit = buttons.plain("修改单位名称", "button_change_unit", icon="pen")
        self.button_recovery = buttons.plain("换密码找回单", "button_new_recovery", icon="shield")
        self.data, self.backups = DataSection(ctx), BackupSection(ctx)
        self.accounts = AccountsSection(ctx)
        self.rules, self.leaders, self.holidays = RulesSection(ctx), LeadersSection(ctx), HolidaysSection(ctx)
        self._build()
        self._connect()

    def _combo(self, name: str, label: str, items: tuple[tuple[Any, str], ...]) -> fields.Combo:
        combo = fields.combo(name, label)
        for value, words in items:
            combo.addItem(words, value)
        return combo

    # -- building ----------------------------------------------------------------------------------------------

    def _build(self) -> None:
        self._column = QVBoxLayout()
        self._column.setContentsMargins(theme.dp(24), theme.dp(8), theme.dp(24), theme.dp(32))
        self._column.setSpacing(0)
        here = self.ctx.installation
        edition = "县级版" if here.role == "county" else f"单位版　{UNIT_TYPES.get(here.unit_type, '')}"
        self._section("单位", [
            _row("单位名称", _text(here.unit, "settings_unit"), hint="照公章，印在记录单上"),
            _row("台账上的名称", _text(here.ledger_unit or here.unit, "settings_ledger_unit"), hint="印在台账上"),
            _row("县（市、区）", _text(here.county, "settings_county")),
            _row("版本", _text(edition, "settings_edition")),
            _row("经办人", _text(self.ctx.operator.name, "settings_operator")),
            _row("", self.button_unit, hint="名称写错或机构改名时用"),
        ])  # fmt: skip
        self._section("台账和记录单", [
            _row("台账版式", self.variant, field_px=220),
            _row("最小字号", self.smallest, field_px=220, hint="写得多时字会缩小，再多转续页"),
            _row("附件号", self.label), _row("日期", self.blank),
        ])  # fmt: skip
        self._section("打印", [
            _row("位置微调", self._shifts(), hint="印出来偏了，在这里整体挪一挪；打印时还可以再调"),
        ])  # fmt: skip
        self._section("使用", [
            _row("自动锁定", self.lock, field_px=120, hint="这么久没有动键盘鼠标就锁上，没写完的内容都在"),
            _row("字号", self._sizes()),
            _row("密码", self._passwords(), hint="找回单丢了或被人看过，就换一张"),
        ])  # fmt: skip
        self._section("经办人", [self.accounts])
        self._section("办理时限与分工", [self.rules])
        self._section("领导分工", [self.leaders])
        self._section("节假日", [self.holidays])
        self._section("备份", [self.backups])
        self._section("数据", [self.data])
        self._column.addStretch(1)
        self.scroll = self._scrolled()
        self.body.addWidget(self.scroll)

    def _scrolled(self) -> QScrollArea:
        inner = QWidget()
        inner.setObjectName("settings_inner")
        inner.setMaximumWidth(theme.dp(_WIDTH_PX + 48))
        inner.setLayout(self._column)
        across = QWidget()
        across.setObjectName("settings_across")
        line = QHBoxLayout(across)
        line.setContentsMargins(0, 0, 0, 0)
        line.addWidget(inner, 1)
        line.addStretch(0)
        scroll = QScrollArea()
        scroll.setObjectName("settings_scroll")
        scroll.setFrameShape(QFrame.Shape.NoFrame)
        scroll.setWidgetResizable(True)
        scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        scroll.setWidget(across)
        scroll.setStyleSheet("#settings_scroll, #settings_inner, #settings_across { background: transparent; }")
        scroll.viewport().setAutoFillBackground(False)
        return scroll

    def _section(self, head: str, rows: list[QWidget]) -> None:
        if self._column.count():
            self._column.addSpacing(theme.dp(16))
            self._column.addWidget(hairline())
        title = QLabel(head)
        title.setProperty("role", "section")
        self._column.addSpacing(theme.dp(16))
        self._column.addWidget(title)
        self._heads[head] = title
        self._column.addSpacing(theme.dp(8))
        for row in rows:
            row.setMinimumHeight(theme.dp(40))
            self._column.addWidget(row)

    def _shifts(self) -> QWidget:
        row = QWidget()
        row.setObjectName("settings_shift")
        line = QHBoxLayout(row)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(theme.dp(8))
        for words, box in (("向右", self.shift_x), ("向下", self.shift_y)):
            line.addWidget(QLabel(words))
            line.addWidget(box)
            line.addSpacing(theme.dp(8))
        return row

    def _sizes(self) -> QWidget:
        row = QWidget()
        line = QHBoxLayout(row)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(theme.dp(12))
        line.addWidget(self.size)
        line.addWidget(self.size_words)
        line.addStretch(1)
        return row

    def _passwords(self) -> QWidget:
        row = QWidget()
        line = QHBoxLayout(row)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(theme.dp(8))
        line.addWidget(self.button_password)
        line.addWidget(self.button_recovery)
        line.addStretch(1)
        return row

    def _connect(self) -> None:
        ctx = self.ctx
        self.variant.activated.connect(lambda: self._change("台账版式", ledger_variant=self.variant.currentData()))
        self.smallest.activated.connect(lambda: self._change("记录单最小字号", smallest_pt=self.smallest.currentData()))
        self.label.clicked.connect(lambda on: self._change("附件号", label_on_record=bool(on)))
        self.blank.clicked.connect(lambda on: self._change("日期留空", date_blank=bool(on)))
        self.lock.activated.connect(lambda: self._change("自动锁定时间", lock_minutes=self.lock.currentData()))
        for box in (self.shift_x, self.shift_y):
            box.editingFinished.connect(self._change_shift)
        self.size.valueChanged.connect(lambda place: self.size_words.setText(f"{SIZES[place]}%"))
        self.size.sliderReleased.connect(self._change_size)
        self.size.actionTriggered.connect(self._size_by_keys)
        self.button_password.clicked.connect(self.change_password)
        self.button_recovery.clicked.connect(lambda: RecoveryDialog(ctx, self).open())
        self.button_unit.clicked.connect(lambda: UnitDialog(ctx, self).open())

    # -- reading and storing -----------------------------------------------------------------------------------

    def opened(self, section: str | None = None, **_: object) -> None:
        """The page came to the front, perhaps for one section."""
        head = self._heads.get(section or "")
        if head is not None:
            QTimer.singleShot(0, lambda: self.scroll.verticalScrollBar().setValue(head.y() - theme.dp(16)))
        self.read_again()
        self.data.opened()
        for part in (self.accounts, self.rules, self.leaders, self.holidays, self.backups):
            part.read_again()

    def refresh(self, changes: Changes) -> None:
        """A choice was made or taken back."""
        if changes.touches("setting"):
            self.read_again()
        for kind, section in (
            ("account", self.accounts),
            ("rules", self.rules),
            ("leaders", self.leaders),
            ("calendar", self.holidays),
        ):
            if changes.touches(kind):
                section.read_again()

    def read_again(self) -> None:
        """Show what is stored."""
        self.ctx.tasks.run(settings.read).then(self._show).fail(lambda error: self.ctx.error(error, self))

    def _show(self, known: Settings) -> None:
        self._filling = True
        self.variant.setCurrentIndex(max(self.variant.findData(known.ledger_variant), 0))
        self.smallest.setCurrentIndex(0 if known.smallest_pt == 12 else 1)
        self.label.setChecked(known.label_on_record)
        self.blank.setChecked(known.date_blank)
        if self.lock.findData(known.lock_minutes) < 0:
            self.lock.addItem(f"{known.lock_minutes} 分钟" if known.lock_minutes else "不锁定", known.lock_minutes)
        self.lock.setCurrentIndex(self.lock.findData(known.lock_minutes))
        right, down = known.offset_mm
        self.shift_x.setValue(right)
        self.shift_y.setValue(down)
        self._filling = False

    def _change(self, words: str, **values: Any) -> None:
        if self._filling:
            return

        def done(changes: Changes) -> None:
            if changes.records:
                self.ctx.say_undoable(f"改了{words}")

        def refused(error: UserError) -> None:
            self.ctx.error(error, self)
            self.read_again()

        self.ctx.tasks.run(settings.change, by=self.ctx.operator, **values).then(done).fail(refused)

    def _change_shift(self) -> None:
        offset = (round(self.shift_x.value() * 10), round(self.shift_y.value() * 10))
        self._change("打印位置", printer_offset=offset)

    def _change_size(self) -> None:
        self._change("字号", font_scale=SIZES[self.size.value()])

    def _size_by_keys(self, _action: int) -> None:
        if not self.size.isSliderDown():
            # the value is set after this signal; a click beside the handle or an arrow key is a choice at once
            self.size.setValue(self.size.sliderPosition())
            self._change_size()

    # -- the password ------------------------------------------------------------------------------------------

    def change_password(self) -> None:
        """修改密码."""
        PasswordDialog(self.ctx, self).open()


def _row(label: str, widget: QWidget, *, hint: str = "", field_px: int | None = None) -> fields.FormRow:
    row = fields.FormRow(label, widget, hint=hint, label_px=_LABEL_PX, field_px=field_px)
    if field_px is None:  # a widget of its own width: what is spare goes behind it
        layout = row.layout()
        first = layout.itemAt(0).layout() if layout is not None else None
        if isinstance(first, QHBoxLayout):
            first.setStretchFactor(widget, 0)
            first.addStretch(1)
    return row


def _text(words: str, name: str) -> QLabel:
    label = QLabel(words)
    label.setObjectName(name)
    label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
    return label


def _shift(name: str, label: str) -> Decimal:
    return fields.decimal(name, f"{label}（毫米）", low=-_MOST_SHIFT_MM, high=_MOST_SHIFT_MM, step=0.5, suffix=" 毫米")
