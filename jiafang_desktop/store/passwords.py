"""Which passwords are good enough, and how wrong ones are slowed down. Never are data wiped.

How a password opens the vault stands in vault; where failures are counted, in marks.
"""

from __future__ import annotations

import time

from jiafang_desktop.common.errors import UserError
from jiafang_desktop.store.marks import FolderMarks

MIN_LENGTH, MIN_LENGTH_DIGITS = 8, 12  # STORAGE: ≥ 8 characters, all digits only from 12
FREE_TRIES = 4  # slips of the finger; from the next wrong one on there is a wait
_WAITS_S = (5, 10, 20, 40, 60)


def require_strong(password: str) -> None:
    """Refuse a password that is too easily guessed.

    Raises:
        UserError: ``weak_password``.
    """
    if len(password) < MIN_LENGTH:
        raise UserError(
            "weak_password", f"密码至少要{MIN_LENGTH}个字符。", hint="可用一句自己记得住的话。",
            details={"min_length": MIN_LENGTH},
        )  # fmt: skip
    if password.isdigit() and len(password) < MIN_LENGTH_DIGITS:
        raise UserError(
            "weak_password", f"全是数字的密码至少要{MIN_LENGTH_DIGITS}位。",
            hint="请加几个字母或汉字，或用更长的数字。",
            details={"min_length": MIN_LENGTH_DIGITS},
        )  # fmt: skip
    if not password.strip():
        raise UserError("weak_password", "密码不能全是空格。", hint="可用一句自己记得住的话。")


def wait_s(failures: int) -> int:
    """Seconds to wait after so many wrong passwords in a row."""
    return 0 if failures <= FREE_TRIES else _WAITS_S[min(failures - FREE_TRIES, len(_WAITS_S)) - 1]


def require_patience(marks: FolderMarks) -> None:
    """Refuse to try while the wait after wrong passwords lasts.

    Raises:
        UserError: ``wrong_password`` with ``wait_seconds``.
    """
    failures, since = marks.failures()
    wait = wait_s(failures)
    passed = time.time() - since
    if wait == 0 or passed >= wait:
        return
    if passed < 0:  # the clock was set back: the wait begins anew, but does end
        marks.set_failures(failures)
        passed = 0
    left = int(wait - passed) + 1
    raise UserError(
        "wrong_password", f"密码连续输错{failures}次，请等{left}秒再试。",
        hint="想不起密码时，可用密码找回单重设。", details={"wait_seconds": left, "failures": failures},
    )  # fmt: skip


def another_account(name: str) -> UserError:
    """A right password, but of somebody else than the one who has opened the data."""
    return UserError(
        "wrong_password", f"这是别的经办人的密码，现在打开数据的是“{name}”。",
        hint="请用他的密码；换人使用时，请点“换人登录”。", details={"other_account": True},
    )  # fmt: skip


def taken() -> UserError:
    """A password that would open somebody else's account: the program knows people by their passwords."""
    return UserError("password_taken", "这个密码不能用。", hint="请另想一个，不要与别人的相同。")


def refused(marks: FolderMarks) -> UserError:
    """Count a wrong password and word the refusal."""
    failures = marks.failures()[0] + 1
    marks.set_failures(failures)
    wait = wait_s(failures)
    more = f"请等{wait}秒再试。" if wait else "请检查大小写和输入法后再试。"
    return UserError(
        "wrong_password", "密码不对。", hint=more + "想不起密码时，可用密码找回单重设。",
        details={"wait_seconds": wait, "failures": failures},
    )  # fmt: skip
