"""Phones, employee numbers, genders and identity-card numbers in a clerk's cells: digits kept, identity cut out.

Gives the clean value, or None with a Chinese sentence saying what is wrong. Names are roster_text's.
"""

from __future__ import annotations

import re
from decimal import Decimal, InvalidOperation

from jiafang_desktop.common.chinese import halfwidth, squeeze, tidy

_MOBILE = re.compile(r"^1[3-9][\d*＊xX×•]{9}$")
_LANDLINE = re.compile(r"^(?:\(?0\d{2,3}\)?-?)?[1-9*][\d*]{6,7}(?:(?:-|转)\d{1,6})?$")
_SPLIT_PHONES = re.compile(r"[、,，;；/／|\n\r和及或]+")
_LABEL = re.compile(
    r"^(?:联系|办公|住宅|移动|家庭|本人|个人)?(?:手机|电话|号码|移动|tel|mobile|phone|办|宅|手|小号|短号)+[:：.]?",
    re.IGNORECASE,
)
_PHONE_BRACKETS = re.compile(r"[（(\[【][^（()）\[\]【】]*[)）\]】]")
_ANY_MOBILE = re.compile(r"(?<!\d)1[3-9]\d{9}(?!\d)")
_SCIENTIFIC = re.compile(r"^\d(?:\.\d+)?[eE]\+?\d{1,2}$")
# 18 digits, also typed in groups (130434 19750308 1231), and the old cards' 15.
_ID_NUMBER = re.compile(
    r"(?<!\d)[1-9]\d{5}[\s-]?(?:19|20)\d{2}[\s-]?(?:0[1-9]|1[0-2])[\s-]?(?:0[1-9]|[12]\d|3[01])[\s-]?\d{3}[\dXxＸｘ](?!\d)|"
    r"(?<!\d)[1-9]\d{5}\d{2}(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])\d{3}(?!\d)"
)


def digits_of(text: str) -> str:
    """Numbers as text with every digit: 13800001234.0 and 1.3800001234E+10 → 13800001234; else unchanged."""
    whole, dot, zeros = text.partition(".")
    if dot and whole.isdigit() and zeros and not zeros.strip("0"):
        return whole
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
    text = halfwidth("\n".join(tidy(line) for line in raw.splitlines())).strip(" \n.。,，、;；'\"‘’“”")
    if text and _SCIENTIFIC.match(digits_of(text)):
        return None, "号码被显示成了科学计数法，数字已丢失"
    if _ID_NUMBER.search(text):
        return None, "这里像是身份证号码，没有导入"
    whole = _one_phone(text)
    if whole is not None:
        return whole, None
    parts = [part for part in _SPLIT_PHONES.split(text) if part.strip()]
    numbers = [_one_phone(part) for part in parts]
    if None in numbers:
        parts = [part for part in re.split(r"[\s、,，;；/／|]+", text) if part]
        numbers = [_one_phone(part) for part in parts]
    if numbers and None not in numbers:
        return "、".join(dict.fromkeys(number for number in numbers if number)), None
    mobiles = dict.fromkeys(_ANY_MOBILE.findall(text))
    if mobiles:
        return "、".join(mobiles), "这里除了手机号码还有别的，只存了号码，请核对"
    joined = re.sub(r"[\s\-—－–]", "", text)
    if joined.isdigit() and joined.startswith("1") and 9 <= len(joined) <= 13:
        return None, f"手机号码应为11位，这里是{len(joined)}位"
    return None, "电话号码不对，请核对"


def _one_phone(text: str) -> str | None:
    """One number without its label, country code and brackets (手机：138 0000 1234（微信同号））; None for others."""
    if _MOBILE.match(text):
        return text
    text = _LABEL.sub("", text.strip())
    plain = digits_of(re.sub(r"^(?:\+?86|0086)[- ]?(?=1)", "", text.strip()))
    for form in (plain, _PHONE_BRACKETS.sub("", plain)):
        joined = re.sub(r"[\s\-—－–]", "", form)
        if _MOBILE.match(joined):
            return joined
        fixed = re.sub(r"\s", "", re.sub(r"(?<=^0\d{3}) (?=\d)|(?<=^0\d{2}) (?=\d)", "-", form.strip()))
        fixed = re.sub(r"[—－–]+", "-", fixed)
        if _LANDLINE.match(fixed):
            return fixed
    return None


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
    if len(text) < 15:
        return text, False
    # Same length, so that what is found in the half-width text can be cut from the text as typed.
    found = list(_ID_NUMBER.finditer(halfwidth(text)))
    if not found:
        return text, False
    for match in reversed(found):
        text = text[: match.start()] + text[match.end() :]
    return tidy(re.sub(r"[（(\[【]\s*[)）\]】]", "", text)), True


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
