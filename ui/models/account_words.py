"""经办人 in words: what the list says of each account, and what each right lets somebody do. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from jiafang_desktop.domain.accounts import RIGHTS, Account

# What a right is for, beside its tick. Every right stands here.
RIGHT_SENTENCES = {
    "sensitive": "看得到别人填的“对领导的意见建议”，能看、能填“组织督导情况”",
    "approve": "季度总结、诉求办理情况报告报出后，由他记为已上报，也由他撤回",
}
ALONE = (
    "现在只有一位经办人，不分权限。再添一位以后，各用各的密码打开，每处改动都记下是谁做的；"
    "对领导的意见建议，只有填写人本人和有权限的人看得到。"
)


@dataclass(frozen=True, slots=True)
class AccountRow:
    """One line of the list."""

    id: str
    account: Account
    rights: str
    state: str
    is_current: bool


def account_rows(accounts: Sequence[Account], *, current: Account) -> list[AccountRow]:
    """Those in use as they were added, then the disabled ones, whose names records still bear."""
    rows = [AccountRow(one.id, one, rights_words(one), _state(one, current), one.id == current.id) for one in accounts]
    return sorted(rows, key=lambda row: row.account.disabled)


def rights_words(account: Account) -> str:
    """What an account may do beyond the usual."""
    if account.owner:
        return "全部"
    return "、".join(words for right, words in RIGHTS.items() if right in account.rights) or "一般"


def _state(account: Account, current: Account) -> str:
    if account.disabled:
        return "已停用"
    return "现在办理" if account.id == current.id else "使用中"
