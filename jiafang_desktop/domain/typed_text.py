"""Texts as typed, made fit to be kept: blanks, line ends, radicals, and what no text can hold. Pure.

Nothing is shortened and no name's characters are normalised (ARCHITECTURE: NFC changes names); what a field means is
visit_rules' business.
"""

from __future__ import annotations

import re

from jiafang_desktop.common.chinese import unify_radicals
from jiafang_desktop.common.errors import UserError

LONGEST_TEXT = 50_000  # an account of a hundred pages; more is a mistaken paste
LONGEST_LINE = 1_000
_LINE_ENDS = re.compile("\r\n|[\r\x0b\x0c\x85\u2028\u2029]")
_CONTROLS = re.compile("[\x00-\x08\x0e-\x1f\x7f]")
_SURROGATES = re.compile("[\ud800-\udfff]")


def cleaned(text: str | None, *, field: str, title: str, longest: int = LONGEST_LINE) -> str | None:
    """``text`` with line feeds only, no control characters, typed Kangxi radicals unified, nothing blank around it;
    None when nothing is left.

    Raises:
        UserError: ``bad_input`` with ``field`` in details: half a character, or longer than ``longest``.
    """
    if not text:
        return None
    if _SURROGATES.search(text):
        raise UserError(
            "bad_input",
            f"“{title}”里有不完整的字符，存不下来。",
            hint="请删去那个字重新输入。",
            details={"field": field},
        )
    kept = unify_radicals(_CONTROLS.sub("", _LINE_ENDS.sub("\n", text)))[0].strip()
    if len(kept) > longest:
        raise UserError(
            "bad_input", f"“{title}”太长，有{len(kept)}个字，最多{longest}个字。", hint="请写得简明一些。",
            details={"field": field, "characters": len(kept)},
        )  # fmt: skip
    return kept or None


def required(text: str | None, *, field: str, title: str, longest: int = LONGEST_LINE) -> str:
    """``cleaned``, where something has to be there.

    Raises:
        UserError: ``bad_input`` when nothing is.
    """
    kept = cleaned(text, field=field, title=title, longest=longest)
    if kept is None:
        raise UserError("bad_input", f"没有填{title}。", hint=f"请填写{title}。", details={"field": field})
    return kept
