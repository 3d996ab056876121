"""经办人: who may open the office's data and with which rights. Off until a second one is added.

Rules are domain.accounts'; passwords and slots the store's. Every change stands in the log with who made it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from jiafang_desktop.common.errors import UserError
from jiafang_desktop.domain import accounts as rules
from jiafang_desktop.domain.accounts import RIGHTS, Account
from jiafang_desktop.domain.changes import Changes, Operator

if TYPE_CHECKING:
    from jiafang_desktop.store import Store

__all__ = [
    "RIGHTS", "Account", "Added", "account_json", "add", "are_used", "current", "disable", "enable", "listing", "may",
    "require", "set_rights",
]  # fmt: skip


@dataclass(frozen=True, slots=True)
class Added:
    """A new account, and the transaction that made it."""

    account: Account
    changes: Changes = field(default_factory=Changes)


# ------------------------------------------------------------------------------------------- asking


def listing(store: Store) -> list[Account]:
    """Every 经办人 there ever was, the one set up first at the top; disabled ones too, since records name them."""
    return store.accounts.all()


def are_used(store: Store) -> bool:
    """Whether there was ever a second account: before, nothing of rights is to be shown."""
    return len(store.accounts.all()) > 1


def current(store: Store) -> Account:
    """The account that opened the data."""
    return store.accounts.current


def may(store: Store, right: str) -> bool:
    """Whether the account that opened the data has a right."""
    return store.accounts.current.has(right)


def require(store: Store, right: str) -> None:
    """Refuse without a right.

    Raises:
        UserError: ``not_permitted``.
    """
    rules.require_right(store.accounts.current, right)


# ------------------------------------------------------------------------------------------- changing


def add(store: Store, name: str, password: str, rights: Sequence[str] = (), *, by: Operator) -> Added:
    """One more 经办人 with a password of his own.

    Raises:
        UserError: ``not_permitted bad_input name_taken weak_password password_taken read_only disk_full``.
    """
    rules.require_manager(current(store))
    kept = rules.read_name(name, listing(store))
    account, changes = store.accounts.add(kept, password=password, rights=rules.read_rights(rights), by=by)
    return Added(account, changes)


def disable(store: Store, account_id: str, *, by: Operator) -> Changes:
    """停用: the account's password opens nothing any more. What it recorded stays, under its name.

    Raises:
        UserError: ``not_permitted not_found already_disabled last_account read_only disk_full``.
    """
    account = store.accounts.get(account_id)
    if account.id != current(store).id:
        rules.require_manager(current(store))
    rules.require_may_disable(account, listing(store))
    return store.accounts.disable(account, by=by)


def enable(store: Store, account_id: str, password: str, *, by: Operator) -> Changes:
    """恢复使用 with a new password; the rights are those it had.

    Raises:
        UserError: ``not_permitted not_found bad_input name_taken weak_password password_taken read_only disk_full``.
    """
    rules.require_manager(current(store))
    account = store.accounts.get(account_id)
    if not account.disabled:
        raise UserError("bad_input", f"“{account.name}”的账户没有停用。", details={"account": account_id})
    rules.read_name(account.name, listing(store))
    return store.accounts.enable(account, password=password, by=by)


def set_rights(store: Store, account_id: str, rights: Sequence[str], *, by: Operator) -> Changes:
    """Other rights, all of them named.

    Raises:
        UserError: ``not_permitted not_found bad_input read_only disk_full``.
    """
    rules.require_manager(current(store))
    account = store.accounts.get(account_id)
    wanted = rules.read_rights(rights)
    if account.owner:
        raise UserError(
            "not_permitted", "最初设置本程序的经办人总有全部权限，不能更改。",
            hint="换人时请增加新的经办人，再停用原来的。", details={"account": account_id},
        )  # fmt: skip
    return store.accounts.set_rights(account, wanted, by=by) if wanted != account.rights else Changes()


def account_json(account: Account, *, current: Account) -> dict[str, Any]:
    """An account as the command line prints it."""
    return {
        "id": account.id, "name": account.name, "rights": list(account.rights), "disabled": account.disabled,
        "owner": account.owner, "current": account.id == current.id,
    }  # fmt: skip
