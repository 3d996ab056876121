"""密码找回单: the key as it is printed and typed back.

Eight groups of five symbols. Four of a group carry 20 bits, the fifth checks them and the group's place, so a slip is
named by its group. No 0, O, 1 or I. What the key opens is the vault's matter.
"""

from __future__ import annotations

import secrets

from jiafang_desktop.common.chinese import halfwidth, squeeze
from jiafang_desktop.common.errors import UserError

ALPHABET = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ"
GROUPS, DATA_SYMBOLS = 8, 4
_LENGTH = DATA_SYMBOLS + 1
_WEIGHTS = (2, 4, 8, 16)  # distinct and none is 1, so one wrong symbol or two exchanged ones always show


def new_key() -> str:
    """A fresh key: 160 random bits as printed, e.g. ``8K2MP-…``."""
    groups = []
    for place in range(GROUPS):
        data = [secrets.randbelow(32) for _ in range(DATA_SYMBOLS)]
        groups.append("".join(ALPHABET[value] for value in [*data, _check(data, place)]))
    return "-".join(groups)


def read_key(typed: str) -> bytes:
    """The key's bytes from what a person typed; spaces, dashes, case and full-width forms don't matter.

    Raises:
        UserError: ``wrong_recovery_key`` with ``groups`` (counted from 1) in the details where the slip is known.
    """
    text = "".join(char for char in squeeze(halfwidth(typed)).upper() if char not in "-—－_.·")
    if len(text) != GROUPS * _LENGTH:
        raise UserError(
            "wrong_recovery_key", f"密码找回单应有{GROUPS}组、每组{_LENGTH}个字符，现在有{len(text)}个字符。",
            hint="请对照密码找回单，从头核对一遍。", details={"characters": len(text)},
        )  # fmt: skip
    groups = [text[at : at + _LENGTH] for at in range(0, len(text), _LENGTH)]
    wrong = [place for place, group in enumerate(groups) if not _holds(group, place)]
    if wrong:
        named = "、".join(f"第{place + 1}组“{groups[place]}”" for place in wrong)
        raise UserError(
            "wrong_recovery_key", f"密码找回单的{named}抄错了。", hint="单子上没有0、O、1、I这几个字符，请核对这一组。",
            details={"groups": [place + 1 for place in wrong]},
        )  # fmt: skip
    return "".join(group[:DATA_SYMBOLS] for group in groups).encode("ascii")


def _holds(group: str, place: int) -> bool:
    values = [ALPHABET.find(symbol) for symbol in group]
    return -1 not in values and _check(values[:DATA_SYMBOLS], place) == values[DATA_SYMBOLS]


def _check(data: list[int], place: int) -> int:
    """A weighted sum in the field of 32 elements, and the group's place."""
    total = place
    for weight, value in zip(_WEIGHTS, data, strict=True):
        total ^= _times(weight, value)
    return total


def _times(one: int, other: int) -> int:
    """Multiplication in GF(32) by x^5 + x^2 + 1."""
    product = 0
    while other:
        if other & 1:
            product ^= one
        other >>= 1
        one <<= 1
        if one & 32:
            one ^= 0b100101
    return product
