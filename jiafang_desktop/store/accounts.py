"""经办人 of this data folder: names and rights in the log, one password slot each in the vault.

The log is written before the vault, and an account is let in only where both agree: a power cut between the two
leaves nobody in who was put out. Who may change accounts is services' matter.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any

from jiafang_desktop.common.errors import UserError
from jiafang_desktop.domain.accounts import RIGHTS, Account
from jiafang_desktop.domain.changes import Changes, Edit, Operator, new_record_id
from jiafang_desktop.store import passwords
from jiafang_desktop.store.engine import Engine
from jiafang_desktop.store.vault import Vault

if TYPE_CHECKING:
    from jiafang_desktop.store.opening import Opened

_KIND = "account"
_ALL = "SELECT rec, state FROM record WHERE kind = ? AND rec >= ? AND rec < ? ORDER BY num"


class AccountKeeper:
    """What ``Store.accounts`` offers."""

    def __init__(self, opened: Opened, *, append: Callable[..., Changes], may_write: Callable[[], None]) -> None:
        self._opened, self._append, self._may_write = opened, append, may_write

    # ------------------------------------------------------------------------------------------- reading

    def all(self) -> list[Account]:
        """Every account there ever was, the owner first, then as they were added."""
        vault = self._opened.vault
        states = _states(self._opened.engine, _KIND)
        names = {rec: state.get("name") or rec for rec, state in _states(self._opened.engine, "operator").items()}
        # A slot without a record (an older database put back beside it) is an account without rights.
        ids = dict.fromkeys([vault.owner, *states, *sorted(vault.accounts)])
        return [
            Account(
                account, names.get(account, account), _rights(states.get(account, {}), owner=account == vault.owner),
                disabled=bool(states.get(account, {}).get("disabled")) or account not in vault.accounts,
                owner=account == vault.owner,
            ) for account in ids
        ]  # fmt: skip

    def get(self, account_id: str) -> Account:
        """One account.

        Raises:
            UserError: ``not_found``.
        """
        for account in self.all():
            if account.id == account_id:
                return account
        raise UserError("not_found", "没有找到这位经办人。", hint="请在经办人名单里核对。", details={"id": account_id})

    @property
    def current(self) -> Account:
        """The account that opened the data."""
        here = self._opened.operator
        if here.id == self._opened.vault.owner:
            return Account(here.id, here.name, tuple(RIGHTS), owner=True)
        return self.get(here.id)

    def draft_authors(self) -> list[str]:
        """Whose typing this account goes on with, "" for the owner's: its own, and with the right ``sensitive`` that
        of accounts no longer in use."""
        current = self.current
        others = [account for account in self.all() if account.disabled] if current.has("sensitive") else []
        return ["" if account.owner else account.id for account in (current, *others)]

    # ------------------------------------------------------------------------------------------- changing

    def add(self, name: str, *, password: str, rights: Sequence[str], by: Operator) -> tuple[Account, Changes]:
        """One more account.

        Raises:
            UserError: ``weak_password password_taken read_only newer_database disk_full``.
        """
        self._may_write()
        account = Account(new_record_id(), name, tuple(rights))
        self._require_usable(account.id, password)
        named = Edit("operator", f"operator:{account.id}", {"name": name})
        changes = self._append([named, _edit(account.id, rights=rights, disabled=False)], by=by)
        self._keep(self._with_password(account.id, password))
        return account, changes

    def disable(self, account: Account, *, by: Operator) -> Changes:
        """Its password opens nothing any more; what it wrote stays its own.

        Raises:
            UserError: ``read_only newer_database disk_full``.
        """
        changes = self._append([_edit(account.id, rights=account.rights, disabled=True)], by=by)
        self._keep(self._opened.vault.without_passwords(frozenset({account.id})))
        return changes

    def enable(self, account: Account, *, password: str, by: Operator) -> Changes:
        """In use again, under a new password.

        Raises:
            UserError: ``weak_password password_taken read_only newer_database disk_full``.
        """
        self._may_write()
        self._require_usable(account.id, password)
        changes = self._append([_edit(account.id, rights=account.rights, disabled=False)], by=by)
        self._keep(self._with_password(account.id, password))
        return changes

    def set_rights(self, account: Account, rights: Sequence[str], *, by: Operator) -> Changes:
        """Other rights, from now on.

        Raises:
            UserError: ``read_only newer_database disk_full``.
        """
        return self._append([_edit(account.id, rights=rights, disabled=account.disabled)], by=by)

    def set_password(self, account_id: str, password: str) -> None:
        """Another password for one account; the others keep theirs."""
        self._require_usable(account_id, password)
        self._keep(self._with_password(account_id, password))

    def _require_usable(self, account_id: str, password: str) -> None:
        passwords.require_strong(password)
        require_unlike(self._opened.vault, account_id, password)

    def _with_password(self, account_id: str, password: str) -> Vault:
        return self._opened.vault.with_password(self._opened.data_key, account=account_id, password=password)

    def _keep(self, vault: Vault) -> None:
        vault.write(self._opened.folder)
        self._opened.vault = vault


def require_unlike(vault: Vault, account_id: str, password: str) -> None:
    """Refuse a password that opens another account.

    Raises:
        UserError: ``password_taken``.
    """
    found = vault.without_passwords(frozenset({account_id})).unlock(password)
    if found is not None:
        raise passwords.taken()


def put_out(engine: Engine) -> frozenset[str]:
    """Accounts the log says are disabled, whatever slots there are."""
    return frozenset(account for account, state in _states(engine, _KIND).items() if state.get("disabled"))


def let_in_again(account_id: str) -> Edit:
    """What the log is told when the recovery key gave a disabled account a password."""
    return Edit(_KIND, f"{_KIND}:{account_id}", {"disabled": False})


def _edit(account_id: str, *, rights: Sequence[str], disabled: bool) -> Edit:
    return Edit(_KIND, f"{_KIND}:{account_id}", {"rights": list(rights), "disabled": disabled})


def _rights(state: dict[str, Any], *, owner: bool) -> tuple[str, ...]:
    return tuple(right for right in RIGHTS if owner or right in (state.get("rights") or ()))


def _states(engine: Engine, kind: str) -> dict[str, dict[str, Any]]:
    rows = engine.all(_ALL, (kind, f"{kind}:", f"{kind};"))
    return {rec.partition(":")[2]: json.loads(state) for rec, state in rows}
