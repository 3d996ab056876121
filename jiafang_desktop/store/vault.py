"""The vault: the database's random key, sealed once under each password and once under the recovery key.

``vault.json`` holds slots only, nothing personal; a second copy beside it stands in when the first is damaged. Which
password is good enough and how wrong ones are slowed down stands in passwords.
"""

from __future__ import annotations

import hashlib
import json
import secrets
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from jiafang_desktop.common.errors import UserError
from jiafang_desktop.store import recovery_key
from jiafang_desktop.store.canonical import canonical
from jiafang_desktop.store.files import write_durably

VAULT_NAME, COPY_NAME = "vault.json", "vault-copy.json"
FORMAT = "jfvault1"
KEY_BYTES = 32
# STORAGE: Argon2id, 64 MiB, t=3; 0.15 s, once per unlock.
_MEMORY_KIB, _PASSES, _LANES = 65536, 3, 4


@dataclass(frozen=True, slots=True)
class Slot:
    """The data key under one secret. ``kind``: password or recovery; ``account`` the operator's opaque id."""

    kind: str
    account: str
    kdf: dict[str, Any]
    nonce: str
    sealed: str


@dataclass(frozen=True, slots=True)
class Vault:
    """All slots; ``folder_id`` names this data folder (a copy gets a new one)."""

    folder_id: str
    slots: tuple[Slot, ...]

    @staticmethod
    def exists(folder: Path) -> bool:
        """Whether a vault, or its second copy, lies here."""
        return (folder / VAULT_NAME).exists() or (folder / COPY_NAME).exists()

    @staticmethod
    def make(*, account: str, password: str) -> tuple[Vault, bytes, str]:
        """A new vault, the data key, and the recovery key as printed."""
        data_key, printed = secrets.token_bytes(KEY_BYTES), recovery_key.new_key()
        slots = (_password_slot(data_key, account, password), _recovery_slot(data_key, account, printed))
        return Vault(secrets.token_hex(16), slots), data_key, printed

    @staticmethod
    def read(folder: Path) -> Vault:
        """The folder's vault.

        Raises:
            UserError: ``not_found`` without one, ``damaged`` when neither copy holds.
        """
        if not Vault.exists(folder):
            raise UserError("not_found", f"“{folder}”里没有家访数据。", hint="请选择数据所在的文件夹，或新建一份。")
        for name in (VAULT_NAME, COPY_NAME):
            found = _parsed(folder / name)
            if found is not None:
                return found
        raise UserError(
            "damaged", "密码文件 vault.json 已损坏，不能打开。", hint="请用最近的备份恢复；不要删除这个文件夹。"
        )

    def write(self, folder: Path) -> None:
        """Put both copies in place, the main one first."""
        body = self.as_json()
        text = json.dumps({**body, "sha256": _digest(body)}, ensure_ascii=False, indent=1).encode("utf-8")
        for name in (VAULT_NAME, COPY_NAME):
            write_durably(folder / name, text)

    def as_json(self) -> dict[str, Any]:
        """What ``vault.json`` and a backup hold of it."""
        return {
            "format": FORMAT, "folder": self.folder_id,
            "slots": [
                {"kind": s.kind, "account": s.account, "kdf": s.kdf, "nonce": s.nonce, "sealed": s.sealed}
                for s in self.slots
            ],
        }  # fmt: skip

    @staticmethod
    def from_json(body: dict[str, Any]) -> Vault:
        """The other way.

        Raises:
            ValueError, KeyError, TypeError: for what is none.
        """
        if body["format"] != FORMAT:
            raise ValueError("not a vault of this version")
        return Vault(body["folder"], tuple(Slot(**slot) for slot in body["slots"]))

    def repair(self, folder: Path) -> None:
        """Write both copies again where they differ from this vault (one was damaged or a power cut came between)."""
        if any(_parsed(folder / name) != self for name in (VAULT_NAME, COPY_NAME)):
            self.write(folder)

    def unlock(self, password: str) -> tuple[bytes, str] | None:
        """The data key and the account whose password this is, None for a wrong one."""
        return self._opened("password", lambda slot: _password_key(password, slot.kdf))

    def unlock_recovery(self, typed: str) -> tuple[bytes, str]:
        """The data key by the recovery key.

        Raises:
            UserError: ``wrong_recovery_key``.
        """
        secret = recovery_key.read_key(typed)
        found = self._opened("recovery", lambda slot: _recovery_secret(secret, slot.kdf))
        if found is None:
            raise UserError(
                "wrong_recovery_key", "这张密码找回单不是这份数据的。", hint="请找出建立这份数据时打印的那一张。"
            )
        return found

    def _opened(self, kind: str, key_of: Any) -> tuple[bytes, str] | None:
        for slot in self.slots:
            if slot.kind == kind:
                data_key = _unseal(slot, key_of(slot))
                if data_key is not None:
                    return data_key, slot.account
        return None

    @property
    def owner(self) -> str:
        """The account set up first, whose password the recovery key sets anew."""
        return next((slot.account for slot in self.slots if slot.kind == "recovery"), "")

    @property
    def accounts(self) -> frozenset[str]:
        """The accounts some password opens."""
        return frozenset(slot.account for slot in self.slots if slot.kind == "password")

    def without_passwords(self, accounts: frozenset[str]) -> Vault:
        """The same vault, which the passwords of ``accounts`` open no more."""
        kept = tuple(slot for slot in self.slots if slot.kind != "password" or slot.account not in accounts)
        return replace(self, slots=kept)

    def with_password(self, data_key: bytes, *, account: str, password: str) -> Vault:
        """The same vault with the account's password changed."""
        fresh = _password_slot(data_key, account, password)
        kept = tuple(slot for slot in self.slots if (slot.kind, slot.account) != ("password", account))
        return replace(self, slots=(fresh, *kept))

    def with_recovery(self, data_key: bytes, *, printed: str) -> Vault:
        """The same vault under another recovery key of the same owner."""
        fresh = _recovery_slot(data_key, self.owner, printed)
        return replace(self, slots=(*(slot for slot in self.slots if slot.kind != "recovery"), fresh))

    def as_copy(self) -> Vault:
        """The same slots under a new folder id."""
        return replace(self, folder_id=secrets.token_hex(16))


def _parsed(path: Path) -> Vault | None:
    try:
        body = json.loads(path.read_bytes())
        digest = body.pop("sha256")
        return Vault.from_json(body) if digest == _digest(body) else None
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        return None


def _digest(body: dict[str, Any]) -> str:
    return hashlib.sha256(canonical(body)).hexdigest()


def _password_slot(data_key: bytes, account: str, password: str) -> Slot:
    kdf = {
        "name": "argon2id", "memory_kib": _MEMORY_KIB, "passes": _PASSES, "lanes": _LANES,
        "salt": secrets.token_hex(16),
    }  # fmt: skip
    return _seal(data_key, "password", account, kdf, _password_key(password, kdf))


def _recovery_slot(data_key: bytes, account: str, printed: str) -> Slot:
    kdf = {"name": "hkdf-sha256", "salt": secrets.token_hex(16)}
    return _seal(data_key, "recovery", account, kdf, _recovery_secret(recovery_key.read_key(printed), kdf))


def _password_key(password: str, kdf: dict[str, Any]) -> bytes:
    from argon2.low_level import Type, hash_secret_raw  # imported late: only unlocking needs it

    return hash_secret_raw(
        password.encode("utf-8", "surrogatepass"), bytes.fromhex(kdf["salt"]), time_cost=kdf["passes"],
        memory_cost=kdf["memory_kib"], parallelism=kdf["lanes"], hash_len=KEY_BYTES, type=Type.ID,
    )  # fmt: skip


def _recovery_secret(secret: bytes, kdf: dict[str, Any]) -> bytes:
    """160 random bits need no slow hash."""
    return derived_key(secret, b"jiafang recovery slot", salt=bytes.fromhex(kdf["salt"]))


def derived_key(secret: bytes, purpose: bytes, *, salt: bytes | None = None) -> bytes:
    """A 256-bit key for one purpose, by HKDF-SHA256."""
    from cryptography.hazmat.primitives.hashes import SHA256
    from cryptography.hazmat.primitives.kdf.hkdf import HKDF

    return HKDF(SHA256(), KEY_BYTES, salt, purpose).derive(secret)


def _bound(kind: str, account: str) -> bytes:
    return canonical([FORMAT, kind, account])


def _seal(data_key: bytes, kind: str, account: str, kdf: dict[str, Any], key: bytes) -> Slot:
    from cryptography.hazmat.primitives.ciphers.aead import AESGCM

    nonce = secrets.token_bytes(12)
    sealed = AESGCM(key).encrypt(nonce, data_key, _bound(kind, account))
    return Slot(kind, account, kdf, nonce.hex(), sealed.hex())


def _unseal(slot: Slot, key: bytes) -> bytes | None:
    from cryptography.exceptions import InvalidTag
    from cryptography.hazmat.primitives.ciphers.aead import AESGCM

    try:
        return AESGCM(key).decrypt(
            bytes.fromhex(slot.nonce), bytes.fromhex(slot.sealed), _bound(slot.kind, slot.account)
        )
    except InvalidTag:
        return None
