"""A day of going to and fro leaves nothing behind: pages, dialogs and menus are let go of."""

from __future__ import annotations

import gc

from clerk import Clerk
from PySide6.QtCore import QEvent, QObject
from PySide6.QtWidgets import QApplication, QDialog

PAGES = ("workbench", "concerns", "visits", "ledger", "summary", "files", "roster", "settings")


def let_go() -> None:
    """What is to be deleted is deleted now."""
    QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    QApplication.processEvents()
    gc.collect()


def objects(clerk: Clerk) -> int:
    """Everything Qt keeps for this window, and every other window."""
    let_go()
    return len(clerk.main.findChildren(QObject)) + len(QApplication.topLevelWidgets())


def a_round(clerk: Clerk) -> None:
    for name in PAGES:
        clerk.click(f"nav_{name}")
        clerk.on_page(name)
        clerk.until(lambda: clerk.main.ctx.tasks.is_idle)
    clerk.click("nav_visits")
    clerk.on_page("visits")
    clerk.click("button_new_visit")
    clerk.on_page("visit")
    clerk.until(lambda: clerk.page.is_ready and clerk.main.ctx.tasks.is_idle)
    clerk.click("button_add_problem")
    clerk.until(lambda: any(isinstance(top, QDialog) and top.isVisible() for top in QApplication.topLevelWidgets()))
    for top in QApplication.topLevelWidgets():
        if isinstance(top, QDialog) and top.isVisible():
            top.reject()


def test_rounds_through_all_pages_leave_no_objects_behind(clerk: Clerk) -> None:
    a_round(clerk)
    a_round(clerk)  # by now every page, menu and cache is there
    before = objects(clerk)
    for _ in range(4):
        a_round(clerk)
    assert objects(clerk) - before <= 4
