"""How the command line refuses: the contract's object or a Chinese sentence, and the exit status.

The refusals themselves are worded where they arise; defects are written down by ``defects``.
"""

from __future__ import annotations

from typing import Any

from jiafang_desktop.common.errors import UserError

WRONG_USAGE = 2
DEFECT = 70

# The next step where whoever refused named none.
HINTS = {
    "not_found": "请核对写得对不对，再试一次。",
    "wrong_password": "请核对密码文件里的密码；忘记时用密码找回单：jiafang password recover。",
    "in_use": "请先关闭家访台账窗口或等另一条命令做完，再试一次。",
    "damaged": "请用最近的备份恢复，不要继续使用这个数据文件夹。",
    "newer_database": "请安装新版程序后再改；现在只能查看。",
    "read_only": "请检查数据文件夹的写入权限。",
    "disk_full": "请清理磁盘或换一个位置，再试一次。",
    "file_exists": "请换一个文件名，或加 --replace 替换。",
    "bad_date": "日期写成 2026-11-03 的样子，并核对这一天存在。",
    "unknown_field": "请对照说明改正或删去这一项。",
    "number_taken": "请换一个序号，或不写序号由程序给出。",
    "bad_rules": "请对照 jiafang rules show --json 的样子改好。",
    "bad_calendar": "请对照程序文件夹里 resources/holidays 的样子改好。",
    "level_by_county": "县里定的困难程度用 --propose 提请提级。",
    "concern_closed": "请核对是不是这一件诉求。",
    "already_disabled": "请核对是不是这位经办人，见 jiafang accounts list。",
    "archived": "已归档的用 jiafang visits correct 更正，并写明原因。",
}
_USUAL_HINT = "请按提示改正后再试一次。"


class UsageError(Exception):
    """Words on the command line that make no sense; ``message`` is a Chinese sentence, ``hint`` the next step."""

    def __init__(self, message: str, *, hint: str) -> None:
        super().__init__(message)
        self.message = message
        self.hint = hint

    def as_json(self) -> dict[str, Any]:
        """The object printed under ``error``."""
        return {"code": "wrong_usage", "message": self.message, "hint": self.hint, "details": {}}


def refusal_json(error: UserError) -> dict[str, Any]:
    """The object printed under ``error``; there is always a next step in it."""
    found = error.as_json()
    found["hint"] = found["hint"] or HINTS.get(error.code, _USUAL_HINT)
    return found


def sentence(error: dict[str, Any]) -> str:
    """What stands on stderr for a person: what happened, and below it what to do next."""
    return f"{error['message']}\n{error['hint']}\n"


def defect_json(kind: str, log: str) -> dict[str, Any]:
    """What a defect prints: calmly, with the log's place."""
    return {
        "code": "defect", "message": "程序内部出错，这一步没有做成。", "hint": f"请把故障记录“{log}”交给维护人员。",
        "details": {"log": log, "kind": kind},
    }  # fmt: skip
