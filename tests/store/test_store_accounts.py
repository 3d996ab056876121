"""Accounts: whose password opens the data, who is put out, and what the recovery key still does."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from store_samples import PASSWORD, add_visit, change

from jiafang_desktop.common.errors import UserError
from jiafang_desktop.common.progress import run_to_end
from jiafang_desktop.store import Store
from jiafang_desktop.store.vault import Vault

SECOND = "李四自己用的密码"
NEW = "换过以后用的密码"


@pytest.fixture
def opened(store: Store, folder: Path) -> Iterator[Callable[[str], Store]]:
    """Closes whatever is open and opens the folder with a password."""
    last = [store]

    def again(password: str) -> Store:
        last[-1].close()
        last.append(Store.open(folder, password=password))
        return last[-1]

    yield again
    last[-1].close()


def refusal(verb: Callable[..., Any], *args: Any, **named: Any) -> UserError:
    with pytest.raises(UserError) as caught:
        verb(*args, **named)
    return caught.value


def second(store: Store, *rights: str, name: str = "李四", password: str = SECOND) -> str:
    return store.accounts.add(name, password=password, rights=rights, by=store.operator)[0].id


def test_the_password_says_who_works(store: Store, opened: Callable[[str], Store]) -> None:
    added = second(store, "approve")
    other = opened(SECOND)
    assert (other.operator.id, other.operator.name) == (added, "李四")
    assert (other.accounts.current.rights, other.accounts.current.owner) == (("approve",), False)
    rec = add_visit(other)
    first = opened(PASSWORD)
    assert first.operator.name == "王小二"
    assert [view.operator for view in first.history(rec)] == ["李四"]


def test_the_owner_comes_first_and_has_every_right(store: Store) -> None:
    second(store)
    assert [(one.name, one.rights, one.owner, one.disabled) for one in store.accounts.all()] == [
        ("王小二", ("sensitive", "approve"), True, False), ("李四", (), False, False),
    ]  # fmt: skip


def test_a_disabled_account_opens_nothing_and_keeps_its_name(store: Store, opened: Callable[[str], Store]) -> None:
    added = second(store)
    rec = add_visit(opened(SECOND))
    first = opened(PASSWORD)
    first.accounts.disable(first.accounts.get(added), by=first.operator)
    assert first.accounts.get(added).disabled
    assert refusal(opened, SECOND).code == "wrong_password"
    first = opened(PASSWORD)
    assert [view.operator for view in first.history(rec)] == ["李四"]
    first.accounts.enable(first.accounts.get(added), password=NEW, by=first.operator)
    assert opened(NEW).operator.id == added


def test_a_slot_put_back_lets_nobody_in_whom_the_log_put_out(
    store: Store, folder: Path, opened: Callable[[str], Store]
) -> None:
    """A power cut between log and vault, or an older vault.json copied back."""
    added = second(store)
    older = Vault.read(folder)
    store.accounts.disable(store.accounts.get(added), by=store.operator)
    store.close()
    older.write(folder)
    assert refusal(Store.open, folder, password=SECOND).code == "wrong_password"
    assert added not in opened(PASSWORD)._opened.vault.accounts
    assert added not in Vault.read(folder).accounts


def test_an_account_in_the_log_without_a_slot_counts_as_disabled(store: Store, folder: Path) -> None:
    before = store._opened.vault
    added = second(store)
    before.write(folder)
    store._opened.vault = before
    assert store.accounts.get(added).disabled


def test_a_slot_without_a_record_has_no_rights(store: Store, folder: Path, opened: Callable[[str], Store]) -> None:
    """An older database put back beside a newer vault."""
    store.close()
    kept = folder.with_name("older.db")
    shutil.copy(store.database, kept)
    added = second(opened(PASSWORD), "sensitive")
    opened(PASSWORD).close()
    shutil.copy(kept, store.database)
    other = opened(SECOND)
    assert (other.operator.id, other.accounts.current.rights) == (added, ())


def test_passwords_name_people_so_no_two_may_be_alike(store: Store, opened: Callable[[str], Store]) -> None:
    assert refusal(second, store, password=PASSWORD).code == "password_taken"
    assert [one.name for one in store.accounts.all()] == ["王小二"]
    second(store)
    other = opened(SECOND)
    assert refusal(other.change_password, PASSWORD).code == "password_taken"
    other.change_password(SECOND)  # one's own again is no harm
    other.change_password(NEW)
    assert refusal(opened, SECOND).code == "wrong_password"
    assert opened(NEW).operator.name == "李四"
    assert opened(PASSWORD).operator.name == "王小二"


def test_a_locked_window_opens_to_the_one_who_locked_it_alone(store: Store) -> None:
    second(store)
    store.confirm_password(PASSWORD)
    error = refusal(store.confirm_password, SECOND)
    assert (error.code, error.details) == ("wrong_password", {"other_account": True})
    assert "王小二" in error.message
    assert "李四" not in error.message


def test_the_recovery_key_sets_the_owners_password_and_leaves_the_others(
    created: tuple[Store, str], folder: Path, opened: Callable[[str], Store]
) -> None:
    store, key = created
    second(store)
    store.close()
    assert refusal(Store.recover, folder, recovery_key=key, new_password=SECOND).code == "password_taken"
    Store.recover(folder, recovery_key=key, new_password=NEW)
    assert refusal(Store.open, folder, password=PASSWORD).code == "wrong_password"
    assert opened(NEW).operator.name == "王小二"
    assert opened(SECOND).operator.name == "李四"


def test_the_recovery_key_lets_a_disabled_owner_in_again(
    created: tuple[Store, str], folder: Path, opened: Callable[[str], Store]
) -> None:
    store, key = created
    second(store, "sensitive", "approve")
    store.accounts.disable(store.accounts.current, by=store.operator)
    store.close()
    assert refusal(Store.open, folder, password=PASSWORD).code == "wrong_password"
    Store.recover(folder, recovery_key=key, new_password=NEW)
    owner = opened(NEW)
    assert owner.operator.name == "王小二"
    assert [one.disabled for one in owner.accounts.all()] == [False, False]
    assert run_to_end(owner.check()).ok


def test_recovery_goes_on_where_the_database_is_torn(created: tuple[Store, str], folder: Path) -> None:
    store, key = created
    store.close()
    store.database.write_bytes(b"torn" * 1024)
    Store.recover(folder, recovery_key=key, new_password=NEW)
    assert refusal(Store.open, folder, password=NEW).code == "damaged"


def test_each_account_has_drafts_of_its_own(store: Store, opened: Callable[[str], Store]) -> None:
    store.drafts.keep("visit:new:1", {"who": "王小二"})
    added = second(store)
    other = opened(SECOND)
    assert other.drafts.get("visit:new:1") is None
    assert other.drafts.keys() == []
    other.drafts.keep("visit:new:1", {"who": "李四"})
    other.drafts.keep("visit:new:2", {"who": "李四"})
    assert {info.key for info in other.drafts.keys("visit:new:")} == {"visit:new:1", "visit:new:2"}
    first = opened(PASSWORD)
    assert first.drafts.get("visit:new:1") == {"who": "王小二"}
    assert [info.key for info in first.drafts.keys("visit:")] == ["visit:new:1"]
    first.drafts.discard("visit:new:1")
    first.accounts.disable(first.accounts.get(added), by=first.operator)
    assert first.drafts.get("visit:new:1") == {"who": "李四"}  # nobody else can go on with it now
    first.drafts.discard("visit:new:1")
    assert [info.key for info in first.drafts.keys("visit:")] == ["visit:new:2"]


def test_what_accounts_leave_behind_checks_out(store: Store, opened: Callable[[str], Store]) -> None:
    added = second(store, "sensitive")
    store.accounts.set_rights(store.accounts.get(added), (), by=store.operator)
    store.accounts.disable(store.accounts.get(added), by=store.operator)
    change(store, "account", f"account:{added}", rights=["approve", "unheard_of"])
    assert store.accounts.get(added).rights == ("approve",)
    assert run_to_end(opened(PASSWORD).check()).ok
