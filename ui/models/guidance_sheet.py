"""组织督导情况 while it is typed: what is changed, what a draft keeps of it, and how a draft goes on. Pure.

A draft keeps changed fields alone, with what they were changed from: so it never puts older words of other fields back.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from jiafang_desktop.domain.guidance import NAMES, Guidance

DRAFT_PREFIX = "guidance:"


def stored(sheet: Guidance) -> dict[str, str]:
    """The sheet's texts as fields show them; what is hidden is empty."""
    return {name: text or "" for name, text in sheet.texts().items()}


def changed(typed: Mapping[str, str], sheet: Guidance) -> dict[str, str]:
    """The fields that differ from what is stored; blanks around a text are nothing."""
    known = stored(sheet)
    return {name: text for name, text in typed.items() if text.strip() != known[name].strip()}


def draft_of(typed: Mapping[str, str], sheet: Guidance) -> dict[str, Any] | None:
    """What to keep of the typing; None where nothing is unsaved."""
    texts, known = changed(typed, sheet), stored(sheet)
    return {"texts": texts, "base": {name: known[name] for name in texts}} if texts else None


def resumed(sheet: Guidance, draft: Mapping[str, Any] | None) -> tuple[dict[str, str], tuple[str, ...]]:
    """The texts to show, and the titles of fields that got other words since: there the typing stands below them."""
    texts, met = stored(sheet), []
    kept = draft or {}
    for name, typed in dict(kept.get("texts") or {}).items():
        now = texts.get(name)
        if now is None or typed.strip() == now.strip():
            continue
        if now and now != dict(kept.get("base") or {}).get(name):
            met.append(NAMES[name])
            texts[name] = f"{now}\n{typed}"
        else:
            texts[name] = typed
    return texts, tuple(met)


def filled(sheet: Guidance) -> list[str]:
    """The titles of fields with words this account sees."""
    return [NAMES[name] for name, text in sheet.texts().items() if text]
