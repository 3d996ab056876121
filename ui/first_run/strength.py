"""How good a new password is, in one sentence for whoever types it.

The rule itself (STORAGE: eight characters, only digits from twelve) is the store's, which refuses; here it is only said
early enough.
"""

from __future__ import annotations

from dataclasses import dataclass

_LEAST, _LEAST_DIGITS, _GOOD = 8, 12, 12
_KNOWN = ("password", "12345678", "qwertyui", "88888888", "abcd1234", "jiafang", "11111111")


@dataclass(frozen=True, slots=True)
class Strength:
    """``is_enough`` lets it pass; ``words`` say why not, or how good it is."""

    is_enough: bool
    words: str


def strength(password: str) -> Strength:
    """The sentence for what is typed so far."""
    length = len(password)
    if not password:
        return Strength(False, "至少 8 位；全是数字的至少 12 位。")
    if length < _LEAST:
        return Strength(False, f"还差 {_LEAST - length} 位，密码至少 8 位。")
    if password.isdigit() and length < _LEAST_DIGITS:
        return Strength(False, f"全是数字的至少 12 位，还差 {_LEAST_DIGITS - length} 位；也可以加上字母。")
    if len(set(password)) <= 2 or any(known in password.lower() for known in _KNOWN):
        return Strength(True, "可以用，但容易被猜到，换一句只有自己记得的话更好。")
    kinds = sum((any(c.islower() for c in password), any(c.isupper() for c in password),
                 any(c.isdigit() for c in password), any(not c.isalnum() for c in password)))  # fmt: skip
    if length >= _GOOD or kinds >= 3:
        return Strength(True, "很好，不容易被猜到。")
    return Strength(True, "可以用；再长几位更稳妥。")
