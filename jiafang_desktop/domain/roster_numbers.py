"""Phones, employee numbers, genders and identity-card numbers in a clerk's cells: digits kept, identity cut out.

Gives the clean value, or None with a Chinese sentence saying what is wrong. Names are roster_text's.
"""

from __future__ import annotations

import re
from decimal import Decimal, InvalidOperation

from jiafang_desktop.common.chinese import halfwidth, squeeze, tidy

_MOBILE = re.compile(r"^1[3-9][\d*＊xX×•]{9}$")
_LANDLINE = re.compile(r"^(?:\(?0\d{2,3}\)?-?)?[1-9*][\d*]{6,7}(?:(?:-|转)\d{1,6})?$")
_SPLIT_PHONES = re.compile(r"[、,，;；/／\s|]+")
_SCIENTIFIC = re.compile(r"^\d(?:\.\d+)?[eE]\+?\d{1,2}$")
_ID_NUMBER = re.compile(r"(?<!\d)[1-9]\d{5}(?:19|20)\d{2}(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])\d{3}[\dXxＸ](?!\d)")


def digits_of(text: str) -> str:
    """Numbers as text with every digit: 13800001234.0 and 1.3800001234E+10 → 13800001234; else unchanged."""
    if text.endswith(".0") and text[:-2].isdigit():
        return text[:-2]
    if _SCIENTIFIC.match(text):
        try:
            number = Decimal(text)
        except InvalidOperation:
            return text
        mantissa = len(text.lower().split("e")[0].replace(".", ""))
        if number == number.to_integral_value() and mantissa >= len(str(int(number))) - 1:
            return str(int(number))
    return text


def clean_phone(raw: str) -> tuple[str | None, str | None]:
    """A phone as digits (masks like 138****1234 allowed, several joined by 、), and what is wrong with it."""
    if len(raw) == 11 and raw.isdigit() and raw[0] == "1":
        return (raw, None) if raw[1] in "3456789" else (None, "手机号码不对，请核对")
    text = halfwidth(tidy(raw))
    if text and _SCIENTIFIC.match(digits_of(text)):
        return None, "号码被显示成了科学计数法，数字已丢失"
    whole = re.sub(r"^(?:\+?86|0086)[- ]?(?=1)", "", digits_of(text))
    joined = re.sub(r"[\s\-—－–]", "", whole)
    if _MOBILE.match(joined):
        return joined, None
    if _LANDLINE.match(re.sub(r"[\s]", "", whole.replace("—", "-").replace("–", "-"))):
        return re.sub(r"[\s]", "", whole.replace("—", "-").replace("–", "-")), None
    parts = [part for part in _SPLIT_PHONES.split(text) if part]
    if len(parts) > 1 and all(_MOBILE.match(part) or _LANDLINE.match(part) for part in parts):
        return "、".join(parts), None
    if _ID_NUMBER.search(text):
        return None, "这里像是身份证号码，没有导入"
    bracketed = re.match(r"^(1[3-9]\d[\d\s-]{8,10})\s*[（(][^（()）]*[)）]$", text)
    if bracketed:
        number = re.sub(r"[\s-]", "", bracketed.group(1))
        return (number, None) if len(number) == 11 else (None, "电话号码不对，请核对")
    if joined.isdigit() and joined.startswith("1") and 9 <= len(joined) <= 13:
        return None, f"手机号码应为11位，这里是{len(joined)}位"
    return None, "电话号码不对，请核对"


def clean_number(raw: str) -> tuple[str | None, str | None]:
    """An employee number as text, leading zeros kept, and what is wrong with it."""
    if raw.isdigit() and raw.isascii() and len(raw) < 15:
        return raw, None
    text = digits_of(halfwidth(squeeze(raw)))
    if _SCIENTIFIC.match(text):
        return None, "编号被显示成了科学计数法，数字已丢失"
    if _ID_NUMBER.search(text):
        return None, "这里像是身份证号码，没有导入"
    return text or None, None


def without_id_numbers(text: str) -> tuple[str, bool]:
    """``text`` with every identity-card number cut out, and whether there was one."""
    if len(text) < 18:
        return text, False
    cut = _ID_NUMBER.sub("", text)
    return (tidy(cut), True) if cut != text else (text, False)


def looks_like_id_number(text: str) -> bool:
    """Whether the cell is an identity-card number (18 digits, last may be X, or masked in the middle)."""
    plain = squeeze(halfwidth(text)) if not text.isdigit() else text
    return (
        bool(re.match(r"^[1-9]\d{5}(?:\d{8}|\*{6,8}|\d{4}\*{4,8})(?:\d{3}|\d*\**)[\dXx*]$", plain))
        and 15 <= len(plain) <= 18
    )


def clean_gender(raw: str) -> tuple[str | None, str | None]:
    """男 or 女, and what is wrong."""
    text = squeeze(raw)
    if text in ("男", "女"):
        return text, None
    if text in ("男性", "男士", "男同志", "1男"):
        return "男", None
    if text in ("女性", "女士", "女同志", "2女"):
        return "女", None
    return None, "性别应为男或女"
