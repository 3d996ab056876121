"""名册: the people a unit manages, found by characters, pinyin or initials, changed by hand, imported from a file.

Arranges search, table and the panel beside it. What a person's fields may be is services.rosters' to say; reading
windows of rows is services.lists'.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QKeySequence, QResizeEvent, QShortcut
from PySide6.QtWidgets import QFrame, QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from jiafang_desktop.common.errors import UserError
from jiafang_desktop.domain.cadres import Cadre, CadreQuery
from jiafang_desktop.domain.changes import Changes
from jiafang_desktop.services import lists, roster_template, rosters
from jiafang_desktop.services.lists import CadreIndex
from ui import theme
from ui.context import Context
from ui.dialogs.cadre_form import CadreForm
from ui.dialogs.export_done import save_as
from ui.models.windowed import WindowedModel
from ui.pages import plan_acts
from ui.pages.roster_columns import roster_columns
from ui.pages.roster_import import dropped_file
from ui.pages.roster_panel import PersonPanel
from ui.widgets import buttons, fields
from ui.widgets.empty import EmptyState
from ui.widgets.page import Page
from ui.widgets.side_dialog import FormDialog
from ui.widgets.side_fields import caption
from ui.widgets.table import ListTable

_DEBOUNCE_MS = 180
_PANEL_PX, _WIDE_PANEL_PX, _WIDE_FROM_PX, _COMPACT_BELOW_PX = 312, 420, 1500, 940
_HIDDEN_FIRST = ("section", "birth_date", "managed_by")


class RosterPage(Page):
    """The list and the person in hand."""

    def __init__(self, ctx: Context) -> None:
        super().__init__(ctx)
        self.setObjectName("page_roster")
        self.ctx = ctx
        self._turn = 0
        self._visits_turn = 0
        self.columns = roster_columns()
        self.model = WindowedModel(self.columns, self._fetch, self)
        self.table = ListTable("table_roster", self.columns)
        self.table.set_model(self.model)
        self.panel = PersonPanel()
        self.search = fields.search_edit("field_roster_search", "查找人员：姓名、拼音、首字母、单位、职务")
        self.search.setPlaceholderText("姓名、拼音首字母、单位、职务")
        self.unit = fields.combo("filter_unit", "单位")
        self.unit.setMinimumWidth(theme.dp(150))
        self.count = caption("")
        self.count.setObjectName("roster_count")
        self.count.setWordWrap(False)
        self._filling = False
        self._soon = QTimer(self)
        self._soon.setSingleShot(True)
        self._soon.setInterval(_DEBOUNCE_MS)
        self.setAcceptDrops(True)
        self._build()
        self._connect()

    def _build(self) -> None:
        self.set_title("名册")
        self.button_template = buttons.quiet("下载模板", "button_template", icon="download")
        self.button_add = buttons.quiet("添加人员", "button_add_person", icon="plus")
        self.button_import = buttons.primary("导入名册", "button_import_roster", icon="file")
        self.add_action(self.button_template)
        self.add_action(self.button_add)
        self.set_primary(self.button_import)
        self._parting = QFrame()
        self._parting.setFixedWidth(1)
        self._parting.setStyleSheet(f"background: {theme.color('hair').name()}; border: none;")
        listing = QWidget()
        row = QHBoxLayout(listing)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        left = QVBoxLayout()
        left.setContentsMargins(0, 0, 0, 0)
        left.setSpacing(0)
        left.addLayout(self._toolbar())
        inset = QVBoxLayout()
        inset.setContentsMargins(theme.dp(16), 0, theme.dp(14), theme.dp(8))
        inset.addWidget(self.table)
        left.addLayout(inset, 1)
        row.addLayout(left, 1)
        row.addWidget(self._parting)
        row.addWidget(self.panel)
        self.empty = EmptyState(
            "名册还是空的", "导入一次，填家访记录时姓名一打就出来，职务、住址自动带出。",
            ways=[
                ("file", "导入单位现有的名册", "Excel、WPS 表格直接导入，把文件拖到这一页也行", "选择文件",
                 "button_import_empty", self._open_import),
                ("plus", "一个一个添加", "人不多时，手工填也很快", "添加人员", "button_add_empty", self.add),
                ("download", "下载空白模板", "发给各站所填好，再收回来导入", "下载模板",
                 "button_template_empty", self.save_template),
            ],
        )  # fmt: skip
        self.pane = QStackedWidget()
        self.pane.addWidget(listing)
        self.pane.addWidget(self.empty)
        self.body.addWidget(self.pane)
        self._show_person(None)

    def _toolbar(self) -> QHBoxLayout:
        bar = QHBoxLayout()
        bar.setContentsMargins(theme.dp(24), theme.dp(12), theme.dp(24), theme.dp(6))
        bar.setSpacing(theme.dp(8))
        self.search.setMinimumWidth(theme.dp(232))
        self.search.setMaximumWidth(theme.dp(300))
        bar.addWidget(self.search, 1)
        bar.addSpacing(theme.dp(8))
        label = caption("单位")
        label.setWordWrap(False)
        bar.addWidget(label)
        bar.addWidget(self.unit)
        bar.addStretch(1)
        bar.addWidget(self.count)
        return bar

    def _connect(self) -> None:
        self._soon.timeout.connect(self.read_again)
        self.search.textChanged.connect(lambda _text: self._soon.start())
        self.search.returnPressed.connect(self.read_again)
        self.unit.currentIndexChanged.connect(lambda _place: None if self._filling else self.read_again())
        self.table.activated.connect(lambda _name: self.edit())
        self.table.current_changed.connect(self._current_changed)
        self.button_import.clicked.connect(self._open_import)
        self.button_add.clicked.connect(self.add)
        self.button_template.clicked.connect(self.save_template)
        self.panel.edit_wanted.connect(self.edit)
        self.panel.delete_wanted.connect(self.delete)
        self.panel.plan_wanted.connect(self.plan)
        self.panel.visit_wanted.connect(lambda visit_id: self.ctx.open("visit", visit_id=visit_id))
        for keys, act in (("Ctrl+N", self.add), ("Delete", self.delete)):
            shortcut = QShortcut(QKeySequence(keys), self.table if keys == "Delete" else self)
            shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            shortcut.activated.connect(act)

    # -- reading -----------------------------------------------------------------------------------------------

    def opened(self, cadre: str | None = None, **_: object) -> None:
        """The page came to the front, perhaps for one person."""
        self._show_list(cadre, among_all=cadre is not None)

    def refresh(self, changes: Changes) -> None:
        """People changed: their rows are read again; visits changed: the panel's list is."""
        if changes.touches("cadre"):
            self.model.forget(changes.ids("cadre"))
            self.read_again()
        elif changes.touches("visit") and self.panel.cadre is not None:
            self._read_visits(self.panel.cadre)

    def read_again(self) -> None:
        """Ask who is to be shown."""
        self._soon.stop()
        self._turn += 1
        turn = self._turn
        query = CadreQuery(text=self.search.text().strip(), unit=self.unit.currentData())
        pending = self.ctx.tasks.run(lists.cadre_index, query)
        pending.then(lambda index: self._found(turn, index)).fail(lambda error: self.ctx.error(error, self))

    def _found(self, turn: int, index: CadreIndex) -> None:
        if turn != self._turn:
            return
        current = self.table.current_id()
        self.model.set_ids(index.ids)
        self._fill_units(index.units)
        if current is not None and self.model.place_of(current) is not None:
            self.table.set_current(current)
            self._current_changed(current)
        else:
            self._show_person(None)
        shown = len(index.ids)
        self.count.setText(f"共 {index.total} 人" if shown == index.total else f"找到 {shown} 人，共 {index.total} 人")
        self.table.set_message("" if shown else "名册里没有符合条件的人，请换个说法，或点“添加人员”。")
        self.pane.setCurrentWidget(self.pane.widget(0) if index.total else self.empty)

    def _fill_units(self, units: Sequence[str]) -> None:
        items = [("全部单位", None), *((unit, unit) for unit in units)]
        if [(self.unit.itemText(place), self.unit.itemData(place)) for place in range(self.unit.count())] == items:
            return
        self._filling = True
        before = self.unit.currentData()
        self.unit.clear()
        for words, data in items:
            self.unit.addItem(words, data)
        self.unit.setCurrentIndex(max(self.unit.findData(before), 0) if before else 0)
        self._filling = False

    def _fetch(self, ids: tuple[str, ...], answer: Callable[[Sequence[Any]], None]) -> None:
        def show(found: Sequence[Cadre]) -> None:
            answer(found)
            current = self.table.current_id()
            if current in {cadre.id for cadre in found}:
                self._current_changed(current)

        def failed(error: UserError) -> None:
            answer(())
            self.ctx.error(error, self)

        self.ctx.tasks.run(lists.cadre_window, ids).then(show).fail(failed)

    # -- the person in hand ------------------------------------------------------------------------------------

    def current(self) -> Cadre | None:
        """Who is in hand."""
        name = self.table.current_id()
        place = self.model.place_of(name) if name is not None else None
        cadre: Cadre | None = self.model.row(place) if place is not None else None
        return cadre

    def _current_changed(self, name: str | None) -> None:
        cadre = self.current() if name is not None else None
        if cadre is not None:
            self._show_person(cadre)

    def _show_person(self, cadre: Cadre | None) -> None:
        self.panel.setVisible(cadre is not None)
        self._parting.setVisible(cadre is not None)
        if cadre is None:
            self.panel.cadre = None
            return
        before = self.panel.cadre
        self.panel.show_person(cadre)
        if before != cadre:
            self._read_visits(cadre)

    def _read_visits(self, cadre: Cadre) -> None:
        self._visits_turn += 1
        turn = self._visits_turn

        def show(found: Sequence[Any]) -> None:
            if turn == self._visits_turn:
                self.panel.show_visits(found)

        self.ctx.tasks.run(lists.visits_of, cadre).then(show)

    # -- what the clerk does -----------------------------------------------------------------------------------

    def add(self) -> None:
        """添加人员."""
        self._form(None)

    def edit(self) -> None:
        """修改 the person in hand."""
        if (cadre := self.current()) is not None:
            self._form(cadre)

    def _form(self, cadre: Cadre | None) -> None:
        dialog = CadreForm(self.ctx, cadre, self)
        dialog.saved.connect(lambda cadre_id: self._saved(cadre_id, cadre is None))
        dialog.open()

    def _saved(self, cadre_id: str, new: bool) -> None:
        self.ctx.say_undoable("添加人员" if new else "修改人员")
        self._show_list(cadre_id, among_all=new)

    def _show_list(self, cadre_id: str | None, *, among_all: bool) -> None:
        """Read the list again, perhaps with nobody left out, and take a person in hand."""
        if among_all:
            self.search.clear()
            self.unit.setCurrentIndex(0)
        self.read_again()
        if cadre_id is not None:
            pending = self.ctx.tasks.run(rosters.show, cadre_id)
            pending.then(self._take).fail(lambda error: self.ctx.error(error, self))

    def _take(self, cadre: Cadre) -> None:
        self.table.set_current(cadre.id)
        self._show_person(cadre)

    def plan(self) -> None:
        """安排家访 of the person in hand."""
        if (cadre := self.current()) is not None:
            plan_acts.arrange(self.ctx, self, start=plan_acts.start_of_cadre(self.ctx, cadre))

    def delete(self) -> None:
        """删除: asked once, and undone with 撤销."""
        cadre = self.current()
        if cadre is None:
            return
        name = cadre.content.name
        dialog = FormDialog(
            f"从名册删除{name}", "已经登记的家访不受影响。删错了可以点“撤销”。", accept_text="删除",
            name="dialog_delete_person", parent=self,
        )  # fmt: skip
        dialog.setWindowTitle("从名册删除")  # titles of windows name nobody: the system shows and logs them

        def drop() -> None:
            pending = self.ctx.tasks.run(rosters.delete_person, cadre.id, by=self.ctx.operator)
            pending.then(lambda _changes: self.ctx.say_undoable(f"从名册删除{name}"))
            pending.fail(lambda error: self.ctx.error(error, self))

        dialog.accepted.connect(drop)
        dialog.open()

    def _open_import(self) -> None:
        self.ctx.open("roster_import")

    def save_template(self) -> None:
        """下载模板."""

        def write(target: Any) -> Any:
            return self.ctx.tasks.run(roster_template.write, target, replace=True)

        save_as(self.ctx, self, head="模板", suggested=roster_template.FILE_NAME, suffix=".xlsx", write=write)

    def find(self) -> None:
        """Ctrl+F."""
        self.search.setFocus()
        self.search.selectAll()

    # -- files dropped here, and the window's width --------------------------------------------------------------

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """One file may be dropped."""
        if dropped_file(event.mimeData()) is not None:
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        """It is taken to the import page."""
        path = dropped_file(event.mimeData())
        if path is not None:
            event.acceptProposedAction()
            self.ctx.open("roster_import", path=path)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Panel and columns by the room there is."""
        super().resizeEvent(event)
        self.panel.setFixedWidth(theme.dp(_WIDE_PANEL_PX if self.width() >= theme.dp(_WIDE_FROM_PX) else _PANEL_PX))
        narrow = self.width() < theme.dp(_COMPACT_BELOW_PX)
        wide = self.width() >= theme.dp(_WIDE_FROM_PX)
        self.table.set_hidden(_HIDDEN_FIRST if narrow else () if wide else _HIDDEN_FIRST[:1])
