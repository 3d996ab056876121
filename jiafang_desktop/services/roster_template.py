"""下载模板: an empty roster file for whoever has none to import.

The sheet itself is documents'; here it is only put where the clerk wants it.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from jiafang_desktop.services import files

if TYPE_CHECKING:
    from jiafang_desktop.store import Store

FILE_NAME = "干部名册模板.xlsx"


def write(store: Store, target: Path, *, replace: bool = False) -> Path:
    """Write the blank roster; missing folders are made. Nothing in the store is read or changed.

    Raises:
        UserError: ``file_exists`` without ``replace``; ``file_busy`` while another program holds it open;
            ``disk_full`` or ``not_writable`` where it can't be written.
    """
    from jiafang_desktop.documents.rosters import template  # imported late: Office parts only when used

    files.check_target(target, replace=replace)
    return files.write_bytes(target, template.blank_roster(), replace=replace)
