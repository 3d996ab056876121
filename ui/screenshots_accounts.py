"""The pictures of several 经办人 and of what not everybody sees, for ``ui.screenshots``.

Taken with its album and in its ways: accounts and words are shown without being there, and never kept.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from jiafang_desktop.domain.accounts import RIGHTS, Account
from jiafang_desktop.services.guidance import Guidance
from ui.dialogs.guidance import GuidanceDialog, Standing
from ui.widgets.side_guidance import PRIORITY

if TYPE_CHECKING:
    from ui.screenshots import Album

_SHEET = {
    "causes": "妻子在外打工，家里两个孩子由老人带；本人近来三次婉拒节假日值班。",
    "roots": "觉得在基层多年看不到奔头，有松劲的想法。",
    "counsel": "9月3日组织委员到家中谈心，讲清岗位要求，听了他对分工的想法。",
}  # fmt: skip


def draw(album: Album) -> None:
    """All of them, each left out where the data gives no reason for it."""
    _accounts(album)
    _guidance(album)


def _accounts(album: Album) -> None:
    page: Any = album._open("settings", section="经办人")
    section = page.accounts
    album._shoot("settings_accounts_one")
    album._dialog("account_add", "dialog_account", lambda: album._click("button_add_account", page))
    here = Account(album.ctx.operator.id, album.ctx.operator.name, tuple(RIGHTS), owner=True)
    others = [
        Account("2", "李四", ("approve",)),
        Account("3", "赵五", ("sensitive",)),
        Account("4", "孙六", disabled=True),
    ]
    album.window.take_several(True)
    section.take([here, *others], here)
    section.table.set_current("2")
    album._shoot("settings_accounts")
    album._dialog("account_rights", "dialog_rights", lambda: album._click("button_account_rights", page))
    album._dialog("account_disable", "dialog_disable_account", lambda: album._click("button_disable_account", page))
    album._menu("operator", "nav_operator")
    section.take([replace(here, id="1"), *others], others[0])
    album.window.desk.nav.show_operator(others[0].name)
    album._shoot("settings_accounts_looking")
    album.window.lock()
    album._shoot("locked_several")
    album.window.unlock()
    section.read_again()
    album.window.take_several(False)
    album.camera.settle(album.tasks)


def _guidance(album: Album) -> None:
    visit = album._first(lambda visit: visit.content.priority == PRIORITY and not visit.deleted)
    if visit is None:
        return
    page: Any = album._open("visit", visit_id=visit.id)
    page.desk.open_panel("组织督导")
    album._shoot("visit_guidance")
    standing = Standing(Guidance(visit.id, **_SHEET), may_write=True)
    who = f"{visit.content.visitee.name}　{page.form['date']}"
    album._dialog("guidance", "dialog_guidance", lambda: GuidanceDialog(
        album.ctx, standing, who=who, parent=album.window
    ).open())  # fmt: skip
    looking = Standing(Guidance(visit.id, causes=_SHEET["causes"], hidden=frozenset({"roots"})), may_write=False)
    album._dialog("guidance_looking", "dialog_guidance", lambda: GuidanceDialog(
        album.ctx, looking, who=who, parent=album.window
    ).open())  # fmt: skip
    page.panel.topics.show_hidden(frozenset({"topic_advice_leaders"}))
    page.panel.topics.fold.setChecked(True)
    album.camera.settle(album.tasks)
    page.panel.ensureWidgetVisible(page.panel.topics.advice_note, 0, 60)
    album._shoot("visit_advice_hidden")
    page.panel.topics.fold.setChecked(False)
    page.panel.topics.show_hidden(visit.hidden)
