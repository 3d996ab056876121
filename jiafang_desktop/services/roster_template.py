"""下载模板: an empty roster file for whoever has none to import.

The sheet itself is documents'; here it is only put where the clerk wants it.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from jiafang_desktop.common.errors import UserError

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

    if target.exists() and not replace:
        raise UserError("file_exists", f"这里已经有“{target.name}”。", hint="请换一个文件名，或确认替换。", details={"file": str(target)})
    content = template.blank_roster()
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(content)
    except PermissionError:
        raise UserError(
            "file_busy", f"写不进“{target.name}”，可能正在WPS或Excel中打开。", hint="请先关闭它再点“重试”，或换一个文件名。"
        ) from None
    except OSError as error:
        full = error.errno == 28  # ENOSPC
        raise UserError(
            "disk_full" if full else "not_writable", "磁盘已满，文件没有写成。" if full else "这个位置写不进去，文件没有写成。",
            hint="请换一个位置再保存。",
        ) from None  # fmt: skip
    return target
