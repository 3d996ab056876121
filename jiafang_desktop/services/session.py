"""Beginning and opening the office's data: set-up, unlocking, a lost password, and who and where we are.

Slots, keys and locks are store's. No window and no question stands here.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import jiafang_desktop
from jiafang_desktop.common.chinese import unify_radicals
from jiafang_desktop.common.errors import UserError
from jiafang_desktop.domain.changes import Changes, Operator, new_record_id
from jiafang_desktop.domain.units import ROLES, UNIT_TYPES, Installation
from jiafang_desktop.store import Store

__all__ = [
    "Created", "Renamed", "Store", "change_password", "change_unit", "create", "exists", "info", "letter_size",
    "new_recovery_key", "open_store", "read_password", "recover", "use_recovery_key",
]  # fmt: skip

_LONGEST_PASSWORD_FILE = 4096


@dataclass(frozen=True, slots=True)
class Created:
    """A fresh data folder, opened, and the 密码找回单's key in printed groups: it is shown once and kept nowhere."""

    store: Store
    recovery_key: str


def create(
    folder: Path, *, password: str, role: str, unit: str, unit_type: str = "township", county: str = "魏县",
    operator: str, ledger_unit: str | None = None,
) -> Created:  # fmt: skip
    """Set up an office's data.

    Args:
        unit: the name as on the seal. ledger_unit: as the ledger prints it, where that differs.

    Raises:
        UserError: ``bad_input`` (``field`` in details), ``file_exists weak_password not_writable disk_full``.
    """
    here = Installation(
        install_id=new_record_id(), role=_one_of("role", role, ROLES),
        unit=_filled("unit", unit, "单位名称"), unit_type=_one_of("unit_type", unit_type, tuple(UNIT_TYPES)),
        county=_filled("county", county, "县名"), ledger_unit=_text(ledger_unit) or _text(unit),
    )  # fmt: skip
    name = _filled("operator", operator, "经办人姓名")
    store, recovery_key = Store.create(folder, password=password, installation=here, operator_name=name)
    return Created(store, recovery_key)


def open_store(folder: Path, password: str) -> Store:
    """Unlock the data.

    Raises:
        UserError: ``not_found wrong_password in_use damaged``.
    """
    return Store.open(folder, password=password)


def exists(folder: Path) -> bool:
    """Whether an office's data lies there."""
    return Store.exists(folder)


def recover(folder: Path, *, recovery_key: str, new_password: str) -> None:
    """A new password by the 密码找回单.

    Raises:
        UserError: ``wrong_recovery_key`` naming the mistyped group, ``weak_password not_found in_use``.
    """
    Store.recover(folder, recovery_key=recovery_key, new_password=new_password)


def change_password(store: Store, new_password: str) -> None:
    """Another password for the opened data; the 密码找回单 stays as it is."""
    store.change_password(new_password)


@dataclass(frozen=True, slots=True)
class Renamed:
    """The office as it is called now."""

    installation: Installation
    changes: Changes


def change_unit(
    store: Store, *, unit: str, ledger_unit: str | None = None, unit_type: str | None = None, by: Operator
) -> Renamed:
    """Other names on papers: ``unit`` as on the seal, ``ledger_unit`` as in the ledger (the same where it is empty).

    Raises:
        UserError: ``bad_input`` (``field`` in details), ``not_permitted read_only disk_full``.
    """
    _require_manager(store, "改单位名称")
    before = store.installation
    here = replace(
        before, unit=_filled("unit", unit, "单位名称"), ledger_unit=_text(ledger_unit) or _text(unit),
        unit_type=_one_of("unit_type", unit_type or before.unit_type, tuple(UNIT_TYPES)),
    )  # fmt: skip
    if here == before:
        return Renamed(here, Changes())
    return Renamed(here, store.change_installation(here, by=by))


def new_recovery_key(store: Store) -> str:
    """A key for a new 密码找回单, as printed groups; the present one stays valid until ``use_recovery_key``.

    Raises:
        UserError: ``not_permitted``.
    """
    _require_manager(store, "换密码找回单")
    return store.new_recovery_key()


def use_recovery_key(store: Store, printed: str) -> None:
    """From now on only the 密码找回单 with this key is valid. Copies of the data made before keep theirs.

    Raises:
        UserError: ``not_permitted wrong_recovery_key read_only disk_full``.
    """
    _require_manager(store, "换密码找回单")
    store.use_recovery_key(printed)


def _require_manager(store: Store, what: str) -> None:
    if not store.accounts.current.manages:
        raise UserError(
            "not_permitted", f"您的账户不能{what}。", hint="请由最初设置本程序的经办人办理。",
            details={"account": store.operator.id},
        )  # fmt: skip


def confirm_password(store: Store, password: str) -> None:
    """Make sure the password is known: before a locked window opens again, before it is changed.

    Raises:
        UserError: ``wrong_password``.
    """
    store.confirm_password(password)


def letter_size(store: Store) -> int:
    """The windows' letters in percent: all a window must know before it shows (the rest is services.settings')."""
    size = store.values.get("setting", "font_scale")
    return size if isinstance(size, int) and 75 <= size <= 250 else 100


def info(store: Store) -> dict[str, Any]:
    """What ``jiafang info`` prints (INTERFACE, Set-up), and the store's warnings."""
    here = store.installation
    return {
        "install_id": here.install_id, "role": here.role, "unit": here.unit, "unit_type": here.unit_type,
        "ledger_unit": here.ledger_unit, "county": here.county, "operator": store.operator.name,
        "version": jiafang_desktop.__version__, "schema": store.schema,
        "database": str(Path(store.database).resolve()), "read_only": store.read_only, "counts": dict(store.counts()),
        "warnings": list(store.warnings),
    }  # fmt: skip


def read_password(path: Path) -> str:
    """The password in a file; the line end at its end is no part of it (INTERFACE, Common rules).

    Raises:
        UserError: ``not_found``, ``bad_input`` when it holds no text.
    """
    try:
        data = path.read_bytes()[:_LONGEST_PASSWORD_FILE]
        text = data.decode("utf-8-sig")
    except FileNotFoundError:
        raise UserError(
            "not_found",
            f"没有找到密码文件“{path.name}”。",
            hint="请检查文件的位置和名字。",
            details={"file": str(path)},
        ) from None
    except (OSError, UnicodeDecodeError):
        raise UserError(
            "bad_input", f"密码文件“{path.name}”读不出来。", hint="请用记事本重新保存为UTF-8的文本文件。",
            details={"file": str(path)},
        ) from None  # fmt: skip
    for end in ("\r\n", "\n", "\r"):
        if text.endswith(end):
            text = text[: -len(end)]
            break
    if not text:
        raise UserError(
            "bad_input",
            f"密码文件“{path.name}”是空的。",
            hint="请把密码写在文件的第一行。",
            details={"file": str(path)},
        )
    return text


def _text(value: str | None) -> str:
    return unify_radicals((value or "").strip())[0]


def _filled(field: str, value: str, title: str) -> str:
    text = _text(value)
    if not text:
        raise UserError("bad_input", f"没有填{title}。", hint=f"请填写{title}。", details={"field": field})
    return text


def _one_of(field: str, value: str, choices: tuple[str, ...]) -> str:
    if value not in choices:
        raise UserError(
            "bad_input", f"“{value}”不在可选的范围里。", hint="可以选：" + " ".join(choices), details={"field": field}
        )
    return value
