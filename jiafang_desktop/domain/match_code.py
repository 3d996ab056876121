"""核对码: ten symbols that tell whether a paper says what is stored (PRODUCT, What none of the others has, 1).

Nine symbols of an HMAC under the record's own random key, so that nobody can reckon a code from what a paper says, and
one check symbol, so that a mistyped code is told from a wrong one. Which words go in, and where keys and codes are
kept, is services.prints'.
"""

from __future__ import annotations

import hashlib
import hmac

from jiafang_desktop.common.chinese import halfwidth, squeeze
from jiafang_desktop.common.errors import UserError

# 31 symbols, a prime, without 0 O 1 I L: any one wrong symbol and any two exchanged ones are then found.
ALPHABET = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"
LENGTH = 10
_BASE = len(ALPHABET)
_BODY = LENGTH - 1


def code_of(key: bytes, words: bytes) -> str:
    """The code of ``words`` under a record's ``key``."""
    number = int.from_bytes(hmac.new(key, b"jfcode1\n" + words, hashlib.sha256).digest(), "big")
    body = ""
    for _ in range(_BODY):
        number, rest = divmod(number, _BASE)
        body += ALPHABET[rest]
    return body + _check_symbol(body)


def shown(code: str) -> str:
    """As papers and screens show it: two groups of five."""
    return f"{code[:5]} {code[5:]}"


def read_code(typed: str) -> str:
    """A typed code in its plain form; spaces, dashes, full-width and small letters do not matter.

    Raises:
        UserError: ``bad_code`` when it can't be a code or one of its symbols was mistyped.
    """
    code = squeeze(halfwidth(typed)).replace("-", "").replace("－", "").replace("—", "").upper()
    if len(code) != LENGTH or any(symbol not in ALPHABET for symbol in code):
        raise UserError(
            "bad_code", "核对码不完整，或有不会出现的字符。",
            hint="核对码是10位，只有数字2到9和大写字母，没有O、I、L，请对照纸面重新输入。",
        )  # fmt: skip
    if code[-1] != _check_symbol(code[:-1]):
        raise UserError("bad_code", "核对码有一位输错了。", hint="请对照纸面重新输入。")
    return code


def _check_symbol(body: str) -> str:
    """Weighted sum modulo 31: weights differ, so an exchange of two places changes it."""
    total = sum((place + 2) * ALPHABET.index(symbol) for place, symbol in enumerate(body))
    return ALPHABET[total % _BASE]
