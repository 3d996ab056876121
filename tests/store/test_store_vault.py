"""Passwords, the printed recovery key, and a vault that survives damage."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest
import store_samples as samples
from hypothesis import given
from hypothesis import strategies as st
from store_samples import PASSWORD

from jiafang_desktop.common.errors import UserError
from jiafang_desktop.store import Store, passwords
from jiafang_desktop.store.recovery_key import ALPHABET, new_key, read_key
from jiafang_desktop.store.vault import COPY_NAME, VAULT_NAME, Vault


def refusal(work: Callable[[], object]) -> UserError:
    with pytest.raises(UserError) as caught:
        work()
    assert caught.value.hint
    return caught.value


def test_a_key_has_eight_groups_of_five_without_look_alikes() -> None:
    groups = new_key().split("-")
    assert [len(group) for group in groups] == [5] * 8
    assert not set("0O1I") & set(ALPHABET)
    assert len(set(ALPHABET)) == 32


@given(st.integers(0, 39), st.sampled_from(ALPHABET))
def test_one_wrong_symbol_is_named_by_its_group(at: int, symbol: str) -> None:
    symbols = list(KEY.replace("-", ""))
    if symbols[at] == symbol:
        return
    symbols[at] = symbol
    error = refusal(lambda: read_key("".join(symbols)))
    assert error.details["groups"] == [at // 5 + 1]
    assert f"第{at // 5 + 1}组" in error.message


@given(st.integers(0, 38))
def test_two_exchanged_neighbours_of_a_group_are_named(at: int) -> None:
    symbols = list(KEY.replace("-", ""))
    if at % 5 == 4 or symbols[at] == symbols[at + 1]:
        return
    symbols[at], symbols[at + 1] = symbols[at + 1], symbols[at]
    assert refusal(lambda: read_key("".join(symbols))).details["groups"] == [at // 5 + 1]


@given(st.integers(0, 7), st.integers(0, 7))
def test_exchanged_groups_are_both_named(one: int, other: int) -> None:
    groups = KEY.split("-")
    if one == other:
        return
    groups[one], groups[other] = groups[other], groups[one]
    assert refusal(lambda: read_key("-".join(groups))).details["groups"] == sorted((one + 1, other + 1))


def test_a_key_may_be_typed_as_people_type() -> None:
    wide = "".join(chr(ord(c) + 0xFEE0) if c.isalnum() else "　" for c in KEY)
    assert read_key(KEY) == read_key(KEY.lower().replace("-", " ")) == read_key(wide)


def test_a_missing_group_is_told_by_the_count() -> None:
    assert refusal(lambda: read_key(KEY[:-6])).details["characters"] == 35


KEY = new_key()


@pytest.mark.parametrize("weak", ["", "short", "1234567", "12345678901", "        "])
def test_weak_passwords_are_refused(folder: Path, weak: str) -> None:
    assert refusal(lambda: passwords.require_strong(weak)).code == "weak_password"


@pytest.mark.parametrize("good", ["abcdefgh", "123456789012", "一二三四五六七八", "1234567a"])
def test_good_passwords_pass(good: str) -> None:
    passwords.require_strong(good)


def test_the_recovery_key_sets_a_new_password_and_the_old_one_is_gone(created: tuple[Store, str], folder: Path) -> None:
    store, key = created
    store.close()
    assert refusal(lambda: Store.recover(folder, recovery_key=new_key(), new_password="一二三四五六七八")).code == (
        "wrong_recovery_key"
    )
    assert refusal(lambda: Store.recover(folder, recovery_key=key, new_password="short")).code == "weak_password"
    Store.recover(folder, recovery_key=key, new_password="一二三四五六七八")
    assert refusal(lambda: Store.open(folder, password=PASSWORD)).code == "wrong_password"
    again = Store.open(folder, password="一二三四五六七八")
    assert again.operator.name == "王小二"
    again.close()


def test_a_changed_password_leaves_the_recovery_key_valid(created: tuple[Store, str], folder: Path) -> None:
    store, key = created
    store.change_password("新的密码也是很长")
    store.close()
    assert refusal(lambda: Store.open(folder, password=PASSWORD)).code == "wrong_password"
    Store.open(folder, password="新的密码也是很长").close()
    Store.recover(folder, recovery_key=key, new_password=PASSWORD)
    Store.open(folder, password=PASSWORD).close()


def test_wrong_passwords_slow_down_and_the_wait_ends(
    store: Store, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    store.close()
    now = [1_000_000.0]
    monkeypatch.setattr(passwords.time, "time", lambda: now[0])
    for _ in range(passwords.FREE_TRIES):
        assert refusal(lambda: Store.open(folder, password="wrong password")).details["wait_seconds"] == 0
    assert refusal(lambda: Store.open(folder, password="wrong password")).details["wait_seconds"] == 5
    waiting = refusal(lambda: Store.open(folder, password=PASSWORD))
    assert waiting.code == "wrong_password"
    assert waiting.exit_status == 4
    assert waiting.details["wait_seconds"] <= 6
    now[0] -= timedelta(days=1).total_seconds()  # the clock is set back: the wait begins anew, no more
    assert refusal(lambda: Store.open(folder, password=PASSWORD)).details["wait_seconds"] <= 6
    now[0] += 6
    Store.open(folder, password=PASSWORD).close()
    assert refusal(lambda: Store.open(folder, password="wrong password")).details["wait_seconds"] == 0


def test_the_longest_wait_is_a_minute() -> None:
    assert [passwords.wait_s(count) for count in (0, 4, 5, 6, 9, 99)] == [0, 0, 5, 10, 60, 60]


@pytest.mark.parametrize("broken", [b"", b"{", b"\x00" * 40])
def test_a_damaged_vault_is_mended_from_its_copy(store: Store, folder: Path, broken: bytes) -> None:
    samples.add_cadre(store, "解珍")
    store.close()
    (folder / VAULT_NAME).write_bytes(broken)
    again = Store.open(folder, password=PASSWORD)
    assert again.counts()["cadres"] == 1
    again.close()
    assert (folder / VAULT_NAME).read_bytes() == (folder / COPY_NAME).read_bytes()


def test_a_flipped_digit_of_the_vault_is_noticed_and_both_broken_are_told(store: Store, folder: Path) -> None:
    store.close()
    body = json.loads((folder / VAULT_NAME).read_text("utf-8"))
    body["slots"][0]["sealed"] = "0" * len(body["slots"][0]["sealed"])
    for name in (VAULT_NAME, COPY_NAME):
        (folder / name).write_text(json.dumps(body), "utf-8")
    error = refusal(lambda: Store.open(folder, password=PASSWORD))
    assert (error.code, error.exit_status) == ("damaged", 5)


def test_the_vault_holds_nothing_personal(store: Store, folder: Path) -> None:
    text = (folder / VAULT_NAME).read_text("utf-8")
    assert not any(word in text for word in ("王小二", "德政", "魏县"))


@pytest.mark.usefixtures("real_key_costs")
def test_argon2_costs_what_storage_says() -> None:
    vault, _, _ = Vault.make(account="a", password=PASSWORD)
    kdf = next(slot.kdf for slot in vault.slots if slot.kind == "password")
    assert (kdf["name"], kdf["memory_kib"], kdf["passes"]) == ("argon2id", 65536, 3)
