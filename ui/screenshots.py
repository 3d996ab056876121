"""``--screenshots OUT``: every page, dialog and state as a picture of 1366 × 768; nobody is needed, nothing is changed.

Waits for data by the store's answers, never by time. How a picture is taken is ui.pictures'.
"""

from __future__ import annotations

import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any

from PySide6.QtCore import QSize
from PySide6.QtWidgets import QAbstractButton, QApplication, QWidget

from jiafang_desktop.common.errors import UserError
from jiafang_desktop.domain.visits import Visit, VisitQuery
from jiafang_desktop.services import lists, session
from ui import log_file, screenshots_backup, screenshots_quarter, screenshots_record, screenshots_year
from ui.pictures import Camera, dialog_in_front, menu_in_front
from ui.program import Program
from ui.shell import MainWindow

SIZE = QSize(1366, 768)
_SAMPLE_KEY = "8K2MP-QRS7T-UV4WX-YZ35A-BC6DE-FGH9J-KLMN8-PQ2RS"  # looks like one, opens nothing


def draw_all(folder: Path, password_file: Path | None, out: Path, *, size: QSize = SIZE) -> int:
    """Draw everything into ``out``; gives the process's exit status (INTERFACE: 0 done, 3 refused, 4 locked …)."""
    try:
        if password_file is None:
            raise UserError(
                "locked", "没有给密码文件。", hint="请加 --password-file，或设环境变量 JIAFANG_PASSWORD_FILE。"
            )
        if not session.exists(folder):
            raise UserError("not_found", f"“{folder}”里没有家访数据。", hint="请检查 --data。")
        store = session.open_store(folder, session.read_password(password_file))
        out.mkdir(parents=True, exist_ok=True)
    except UserError as error:
        sys.stderr.write(f"{error.message}{error.hint}\n")
        return error.exit_status
    except OSError as error:
        sys.stderr.write(f"不能写入“{out}”：{error.strerror}\n")
        return 3
    QApplication.setCursorFlashTime(0)
    defects: list[BaseException] = []
    before, sys.excepthook = sys.excepthook, lambda _kind, error, _trace: defects.append(error)
    program = Program(folder)
    program.show_defect = defects.append  # type: ignore[method-assign]  # nobody is there to read a dialog
    try:
        window = program.show_main(store)
        assert isinstance(window, MainWindow)
        window.begin()
        album = Album(window, Camera(out, size=size))
        album.camera.settle(album.tasks)
        window.watch.set_minutes(0)
        album.pages()
        album.dialogs()
        for part in (screenshots_record, screenshots_backup, screenshots_quarter):
            part.draw(album)
        album.states()
        album.first_windows()
    finally:
        sys.excepthook = before
        program.close()
    for error in defects:
        log_file.defect(error)
        sys.stderr.write(log_file.frames_of(error) + "\n")
    return 70 if defects or not album.camera.written else 0


class Album:
    """The pictures, in the order of a clerk's day."""

    def __init__(self, window: MainWindow, camera: Camera) -> None:
        self.window, self.camera = window, camera
        self.ctx, self.tasks = window.ctx, window.ctx.tasks
        self._visits: list[Visit] = self._ask(_all_visits)

    def _ask(self, verb: Callable[..., Any]) -> Any:
        found: list[Any] = []
        self.tasks.run(verb).then(found.append)
        self.camera.settle(self.tasks)
        return found[0] if found else []

    def _first(self, fits: Callable[[Visit], bool]) -> Visit | None:
        return next((visit for visit in self._visits if fits(visit)), None)

    def _open(self, page: str, **where: Any) -> QWidget:
        self.window.desk.open(page, where)
        self.camera.settle(self.tasks)
        shown = self.window.desk.page
        assert shown is not None
        return shown

    def _shoot(self, name: str) -> None:
        self.camera.window(name, self.window, self.tasks)

    def _click(self, name: str, within: QWidget | None = None) -> bool:
        button = (within or self.window).findChild(QAbstractButton, name)
        if not isinstance(button, QAbstractButton) or not button.isVisible() or not button.isEnabled():
            return False
        button.click()
        self.camera.settle(self.tasks)
        return True

    def _dialog(self, name: str, dialog_name: str, open_it: Callable[[], object]) -> None:
        """A dialog that ``open_it`` opens; left out where the data gives no reason for it."""
        open_it()
        dialog = self.camera.until(self.tasks, lambda: dialog_in_front(dialog_name))
        if dialog is None:
            return
        self.camera.dialog(name, dialog, self.window, self.tasks)
        dialog.reject()
        self.camera.settle(self.tasks)

    def _menu(self, name: str, button: str) -> None:
        self._click(button)
        menu = self.camera.until(self.tasks, menu_in_front)
        anchor = self.window.findChild(QWidget, button)
        if menu is not None and isinstance(anchor, QWidget):
            self.camera.menu(name, menu, anchor, self.window, self.tasks)
            menu.close()
            self.camera.settle(self.tasks)

    # -- pages -------------------------------------------------------------------------------------------------

    def pages(self) -> None:
        """Each page as it opens, and its further states."""
        self._shoot("workbench")
        bench = self.window.desk.page
        for number in ("soon", "unsigned", "reprint", "to_file", "drafts", "unreported", "plans"):
            if self._click(f"number_{number}", bench):
                self._shoot(f"workbench_{number}")
        self._visit_pages()
        screenshots_year.concerns(self)
        self._list_pages()
        self._import_pages()
        settings = self._open("settings")
        self._shoot("settings")
        bar = settings.scroll.verticalScrollBar()  # type: ignore[attr-defined]  # the settings page's own
        settings.scroll.ensureWidgetVisible(settings.holidays)  # type: ignore[attr-defined]
        self._shoot("settings_rules")
        self._dialog("leader_add", "dialog_leader", lambda: self._click("button_add_leader", settings))
        bar.setValue(bar.maximum())
        self._shoot("settings_more")
        if self._click("button_check_data", settings):
            self._shoot("settings_checked")

    def _visit_pages(self) -> None:
        begun = self._first(lambda visit: visit.status == "in_progress")
        printed = self._first(lambda visit: visit.paper.signed_on is not None and visit.status == "ready")
        filed = self._first(lambda visit: visit.status == "archived")
        void = self._first(lambda visit: visit.status == "void")
        long = max(self._visits, key=lambda visit: len(visit.content.account or ""), default=None)
        self._open("visit", fresh=True)
        self._shoot("visit_new")
        for name, visit in (("open", begun), ("signed", printed), ("archived", filed), ("void", void), ("long", long)):
            if visit is not None:
                page = self._open("visit", visit_id=visit.id)
                self._shoot(f"visit_{name}")
                if name == "open" and self._click("view_whole_page", page):
                    self._shoot("visit_whole_page")
                    self._click("view_page_width", page)

    def _list_pages(self) -> None:
        visits: Any = self._open("visits")
        self._shoot("visits")
        visits.filters.overdue.setChecked(True)
        self.camera.settle(self.tasks)
        self._shoot("visits_overdue")
        visits.filters.clear()
        self.camera.settle(self.tasks)
        ids = [name for name in visits.model.ids if not name.startswith("draft:")]
        visits.model.tick(tuple(ids[2:5]), on=True)
        self._shoot("visits_ticked")
        self._ticked_dialogs(visits)
        visits.model.tick(tuple(ids), on=False)
        screenshots_year.waiting(self)
        ledger: Any = self._open("ledger")
        self._shoot("ledger")
        if self._click("variant_plain", ledger) or self._click("variant_matrix", ledger):
            self._shoot("ledger_other_layout")
        screenshots_year.papers(self)
        roster: Any = self._open("roster")
        self._shoot("roster")
        if roster.model.ids:
            roster.table.set_current(roster.model.ids[min(3, len(roster.model.ids) - 1)])
            self._shoot("roster_person")
            self._dialog("roster_edit", "dialog_cadre", roster.edit)
            self._dialog("roster_delete", "dialog_delete_person", roster.delete)
        self._dialog("roster_add", "dialog_cadre", roster.add)

    def _ticked_dialogs(self, visits: QWidget) -> None:
        self._dialog("mark_signed", "dialog_mark_signed", lambda: self._click("button_mark_signed", visits))
        self._dialog("paper_place", "dialog_paper_place", lambda: self._click("button_paper_place", visits))
        self._dialog("print_several", "dialog_print", lambda: self._click("button_print_ticked", visits))

    def _import_pages(self) -> None:
        from jiafang_desktop.services.demo_roster import township_roster

        page: Any = self._open("roster_import")
        self._shoot("roster_import")
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder) / "全镇干部名册.xlsx"
            path.write_bytes(township_roster())
            page.read(path)
            self.camera.settle(self.tasks)
            self._shoot("roster_import_review")
        page.forget()

    # -- dialogs -----------------------------------------------------------------------------------------------

    def dialogs(self) -> None:
        """What the record, the ledger and the settings ask."""
        begun = self._first(lambda visit: any(problem.is_open for problem in visit.problems) and not visit.deleted)
        ready = self._first(lambda visit: visit.status == "ready")
        filed = self._first(lambda visit: visit.status == "archived")
        if begun is not None:
            page: Any = self._open("visit", visit_id=begun.id)
            number = next(problem.position for problem in begun.problems if problem.is_open)
            for name, dialog, button in (
                ("problem_add", "dialog_problem", "button_add_problem"),
                ("problem_progress", "dialog_progress", f"problem_{number}_progress"),
                ("problem_resolve", "dialog_resolve", f"problem_{number}_resolve"),
                ("archive_gate", "dialog_archive_gate", "button_archive"),
                ("preview", "dialog_preview", "button_preview"), ("print", "dialog_print", "button_print"),
            ):  # fmt: skip
                self._dialog(name, dialog, lambda button=button: self._click(button, page))
            self._menu("visit_more", "button_more")
            self._dialog("void", "dialog_void", page.acts.void)
        if ready is not None:
            page = self._open("visit", visit_id=ready.id)
            self._dialog("archive", "dialog_archive", lambda: self._click("button_archive", page))
        if filed is not None:
            page = self._open("visit", visit_id=filed.id)
            self._dialog("correct", "dialog_correct", page.acts.correct)
        ledger = self._open("ledger")
        self._dialog("ledger_print", "dialog_print", lambda: self._click("button_print_ledger", ledger))
        self._dialogs_of_files(ledger)
        settings = self._open("settings")
        self._dialog("password", "dialog_password", lambda: self._click("button_change_password", settings))
        self._dialog("help", "dialog_help", self.window.desk.help)
        self._menu("year", "nav_year")
        self._menu("letters", "button_size")

    def _dialogs_of_files(self, parent: QWidget) -> None:
        from ui.dialogs.export_done import ExportDone, ExportRefused
        from ui.dialogs.message import show_defect, show_error, show_notice

        target = Path("D:/家访/2026年家访台账.xlsx")
        busy = UserError(
            "file_busy", "WPS正开着“2026年家访台账.xlsx”，程序写不进去。", hint="请先在WPS中关闭它，再点“重试”。"
        )
        changed = UserError("changed_since", "这一步之后又有新的改动，不能撤销。", hint="请打开这份记录，直接改回来。")
        self._dialog("export_done", "dialog_export_done", lambda: ExportDone("台账", target, parent).open())
        self._dialog(
            "export_refused", "dialog_export_refused", lambda: ExportRefused("台账", busy, target, parent).open()
        )
        self._dialog("error", "dialog_error", lambda: show_error(changed, parent))
        self._dialog("defect", "dialog_defect", lambda: show_defect(ValueError("…"), parent, log=Path("D:/家访-log")))
        self._dialog(
            "notice", "dialog_notice", lambda: show_notice("已换用新的安装编号", "这份数据是复制来的。", parent)
        )

    # -- states ------------------------------------------------------------------------------------------------

    def states(self) -> None:
        """Pages before anything was entered, a warning strip, larger letters, the lock."""
        for page_name in ("workbench", "concerns", "visits", "problems", "signing", "ledger", "roster"):
            page: Any = self._open(page_name)
            before = page.pane.currentWidget()
            page.pane.setCurrentWidget(page.empty)
            self._shoot(f"{page_name}_empty")
            page.pane.setCurrentWidget(before)
        self._open("workbench")
        notice = self.window.desk.show_notice(("这份数据由更新版本的程序写成，现在只能查看；请升级程序后再修改。",))
        self._shoot("read_only")
        notice.hide()
        with self._letters(125):
            self._open("workbench")
            self._shoot("workbench_large_letters")
            begun = self._first(lambda visit: visit.status == "in_progress")
            if begun is not None:
                self._open("visit", visit_id=begun.id)
                self._shoot("visit_large_letters")
        self.window.lock()
        self._shoot("locked")
        self.window.cover.card.refuse(UserError("wrong_password", "密码不对。", hint="请检查大小写和输入法后再试。"))
        self._shoot("locked_wrong_password")
        self.window.unlock()

    @contextmanager
    def _letters(self, percent: int) -> Iterator[None]:
        known = self.window.settings
        assert known is not None
        self.window.take_settings(replace(known, font_scale=percent))
        self.camera.settle(self.tasks)
        yield
        self.window.take_settings(known)
        self.camera.settle(self.tasks)

    def first_windows(self) -> None:
        """Set-up, the door, and what stands there when the data can't be opened."""
        from ui.first_run.wizard import Wizard
        from ui.trouble import TroubleWindow
        from ui.unlock import UnlockWindow

        place = "D:/家访台账"
        wizard = Wizard(Path(place))
        wizard.notice.accepted.setChecked(True)
        wizard.unit.unit.setText("中共魏县德政镇委员会")
        wizard.unit.ledger_unit.setText("德政镇")
        wizard.person.operator.setText("王晓燕")
        wizard.person.first.setText("山楂树下2026")
        wizard.recovery.panel.show_key(self.ctx, _SAMPLE_KEY)
        wizard.show()
        for number, name in enumerate(("rules", "unit", "person", "recovery", "ready")):
            wizard.go(number)
            self.camera.small(f"setup_{name}", wizard)
        wizard.close()
        door = UnlockWindow(place=place)
        door.show()
        self.camera.small("unlock", door)
        door.refuse(UserError("wrong_password", "密码不对。", hint="请检查大小写和输入法后再试。"))
        self.camera.small("unlock_wrong_password", door)
        door.show_recover()
        self.camera.small("unlock_recover", door)
        door.close()
        for error in _TROUBLES:
            trouble = TroubleWindow(error, folder=Path(place), log=None)
            trouble.show()
            self.camera.small(f"trouble_{error.code}", trouble)
            trouble.close()


_TROUBLES = (
    UserError("damaged", "家访台账.db 已损坏，读不出来。", hint="请用最近的备份恢复；不要删除这个文件夹。"),
    UserError("in_use", "这份数据正在被另一个程序使用。", hint="请先关闭另一个窗口。"),
    UserError("read_only", "上次没有正常退出，要先整理数据，而文件夹是只读的。", hint="请复制到本机硬盘再打开。"),
)  # fmt: skip


def _all_visits(store: Any) -> list[Visit]:
    """The newest year's visits, void ones too."""
    query = VisitQuery(include_deleted=True, order="date_desc")
    index = lists.visit_index(store, query, order="date")
    return lists.visit_window(store, index.ids[:400])
