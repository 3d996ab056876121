"""经办人账户: who may open the data and with which rights, and the rules of changing that.

Names and rights only. Passwords and their slots are store's; what a right opens is asked where it is used.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from jiafang_desktop.common.errors import UserError
from jiafang_desktop.domain.typed_text import required

# sensitive: see and keep what is restricted (domain.restricted). approve: approve what is sent to the county.
RIGHTS = {"sensitive": "查看限制内容", "approve": "审批报送"}
LONGEST_NAME = 40


@dataclass(frozen=True, slots=True)
class Account:
    """One 经办人. ``id`` is the operator's in the log; ``owner`` is the one set up first, who has every right.

    ``disabled`` is so where no password opens the data for this account.
    """

    id: str
    name: str
    rights: tuple[str, ...] = ()
    disabled: bool = False
    owner: bool = False

    def has(self, right: str) -> bool:
        """Whether this account has a right."""
        return self.owner or right in self.rights

    @property
    def manages(self) -> bool:
        """Whether it may change accounts: those with every right, so that nobody gives away more than he has."""
        return all(self.has(right) for right in RIGHTS)


def read_rights(rights: Iterable[str]) -> tuple[str, ...]:
    """Rights in their usual order, each once.

    Raises:
        UserError: ``bad_input``.
    """
    given = list(rights)
    for right in given:
        if right not in RIGHTS:
            raise UserError(
                "bad_input", f"没有“{right}”这种权限。", hint="可以是：" + " ".join(RIGHTS), details={"field": "rights"}
            )
    return tuple(right for right in RIGHTS if right in given)


def read_name(name: str, accounts: Sequence[Account]) -> str:
    """An account's name, which no other account in use has.

    Raises:
        UserError: ``bad_input name_taken``.
    """
    text = required(name, field="name", title="经办人姓名")
    if len(text) > LONGEST_NAME or "\n" in text:
        raise UserError(
            "bad_input", f"经办人姓名要写在一行里，不超过{LONGEST_NAME}个字。", hint="请只写姓名。",
            details={"field": "name"},
        )  # fmt: skip
    if any(account.name == text and not account.disabled for account in accounts):
        raise UserError(
            "name_taken", f"已经有叫“{text}”的经办人。", hint="同名的请加以区别，例如写成“王敏（二）”。",
            details={"field": "name"},
        )  # fmt: skip
    return text


def require_manager(account: Account) -> None:
    """Refuse whoever may not change accounts.

    Raises:
        UserError: ``not_permitted``.
    """
    if not account.manages:
        raise UserError(
            "not_permitted", "您的账户不能增减经办人或更改权限。",
            hint="请由最初设置本程序的经办人，或有全部权限的经办人办理。", details={"account": account.id},
        )  # fmt: skip


def require_right(account: Account, right: str) -> None:
    """Refuse whoever has not a right.

    Raises:
        UserError: ``not_permitted``.
    """
    if not account.has(right):
        raise UserError(
            "not_permitted", f"您的账户没有“{RIGHTS[right]}”的权限。", hint="请由有这项权限的经办人办理。",
            details={"account": account.id, "right": right},
        )  # fmt: skip


def require_may_disable(account: Account, accounts: Sequence[Account]) -> None:
    """Refuse to disable an account twice, or the last one that opens the data.

    Raises:
        UserError: ``already_disabled last_account``.
    """
    if account.disabled:
        raise UserError("already_disabled", f"“{account.name}”的账户已经停用。", details={"account": account.id})
    if not any(not other.disabled and other.id != account.id for other in accounts):
        raise UserError(
            "last_account", "这是最后一个能用的账户，不能停用，否则谁也打不开数据。", hint="请先增加一位经办人。",
            details={"account": account.id},
        )  # fmt: skip
