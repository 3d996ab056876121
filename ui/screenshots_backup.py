"""The pictures of backups: the section of the settings, restoring, closing, and the workbench when one is late.

Taken with ui.screenshots' album and in its ways: what they show is not true of the data, which are not touched.
"""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any

from jiafang_desktop.common import clock
from jiafang_desktop.common.progress import Progress
from jiafang_desktop.services.backups import Backup, Last
from ui.dialogs.closing_backup import ClosingBackup
from ui.dialogs.restore import RestoreDialog

if TYPE_CHECKING:
    from ui.screenshots import Album

_OWN, _SECOND = Path("D:/家访台账/备份"), Path("E:/家访备份")


def draw(album: Album) -> None:
    """All of them."""
    now = clock.now()
    last = Last(_OWN, now - timedelta(minutes=18), True, _SECOND, now - timedelta(days=9), "", False, False)
    found = tuple(_backup(number, now - timedelta(hours=5 * number, minutes=18)) for number in range(9))
    page: Any = album._open("settings", section="备份")
    page.backups.take(last, found)
    page.backups.table.set_current(page.backups.rows[1].id)
    album.window.desk.status.show_backup(last)
    page.scroll.ensureWidgetVisible(page.backups)
    album._shoot("settings_backup")
    bench: Any = album._open("workbench")
    bench.side.backup.show_last(last, now)
    album._shoot("workbench_backup_late")
    album._dialog("restore_beside", "dialog_restore", lambda: _restore(album).open())
    album._dialog("restore_by_key", "dialog_restore", lambda: _restore(album, by_key=True).open())
    album._dialog("closing_backup", "dialog_closing_backup", lambda: _closing(album))


def _backup(number: int, at: Any) -> Backup:
    kind, place = ("second", _SECOND) if number % 4 == 3 else ("own", _OWN)
    path = place / f"家访备份_{at:%Y%m%d-%H%M%S}_a1b2c3.jfbak"
    return Backup(path, kind, at, 412 - number, 26, 5_300_000, at, "")


def _restore(album: Album, *, by_key: bool = False) -> RestoreDialog:
    instead = Path("D:/家访台账") if by_key else None
    dialog = RestoreDialog(album.window, file=_OWN / "家访备份_20261124-154200_a1b2c3.jfbak", instead=instead)
    dialog.folder.setText("D:/家访数据（恢复2026-11-24）")
    dialog.by_key.setChecked(by_key)
    return dialog


def _closing(album: Album) -> None:
    dialog = ClosingBackup(album.window)
    dialog.skip_wanted.connect(dialog.hide)
    dialog.show_step(Progress("正在核对改动记录", 640, 1000))
    dialog.show()
