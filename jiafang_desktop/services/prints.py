"""核对码 and the log of printed versions: which words went onto paper, under which code.

``print:of:RECORD`` keeps a record's random key and its codes in printing order, ``print:CODE`` one version. A version
keeps the revision it was printed from and no words, so that erasing a record leaves none behind; of each cell it keeps
a digest under the record's key, so that later it can be told which cells differ. How codes are made is
domain.match_code's, comparing papers verification's.
"""

from __future__ import annotations

import hashlib
import hmac
import json
import secrets
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from jiafang_desktop.common import clock
from jiafang_desktop.common.chinese import squeeze
from jiafang_desktop.domain import match_code
from jiafang_desktop.domain.changes import Changes, Edit, Operator
from jiafang_desktop.domain.visits import Visit

if TYPE_CHECKING:
    from jiafang_desktop.store import Store

_KEY_BYTES = 32
_DIGEST_LETTERS = 16


def log(
    store: Store, visit: Visit, words: Mapping[str, Any], *, overprint: str | None, by: Operator
) -> tuple[str | None, Changes]:
    """(核对码 of ``words`` on this record's paper, what was written): a version is logged once.

    A read-only folder logs nothing, and has a code only where the record was printed before.
    """
    if store.read_only:
        return code_of(store, visit, words), Changes()
    code, edits = version_edits(store, visit, words, overprint=overprint)
    return code, store.append(edits, by=by) if edits else Changes()


def version_edits(
    store: Store, visit: Visit, words: Mapping[str, Any], *, overprint: str | None
) -> tuple[str, list[Edit]]:
    """(核对码, what logs the version): nothing to write where these words were logged before."""
    kept = _kept(store, visit.id) or _fresh(visit.id)
    code = match_code.code_of(bytes.fromhex(kept["key"]), _canonical(words))
    if code in kept["codes"]:
        return code, []
    history = store.history(visit.id)
    version = {
        "visit": visit.id, "version": len(kept["codes"]) + 1, "at": clock.stamp(), "overprint": overprint,
        "revision": history[-1].revision if history else None, "cells": digests(kept["key"], words),
    }  # fmt: skip
    return code, [
        Edit("print", f"print:{_name_of(visit.id)}", {"value": {**kept, "codes": [*kept["codes"], code]}}),
        Edit("print", f"print:{code}", {"value": version}),
    ]


def give_key(store: Store, visit: Visit, *, by: Operator) -> Changes:
    """A key before the first print, so that the sheet about to be printed carries its code; no version is logged."""
    if store.read_only or _kept(store, visit.id) is not None:
        return Changes()
    return store.append([Edit("print", f"print:{_name_of(visit.id)}", {"value": _fresh(visit.id)})], by=by)


def _fresh(visit_id: str) -> dict[str, Any]:
    return {"visit": visit_id, "key": secrets.token_bytes(_KEY_BYTES).hex(), "codes": []}


def code_of(store: Store, visit: Visit, words: Mapping[str, Any]) -> str | None:
    """The code these words have or would have; None while the record was never printed and so has no key."""
    kept = _kept(store, visit.id)
    return match_code.code_of(bytes.fromhex(kept["key"]), _canonical(words)) if kept is not None else None


def versions(store: Store, visit_id: str) -> list[dict[str, Any]]:
    """The logged versions of a record's paper with their codes, in printing order."""
    kept = _kept(store, visit_id)
    found = []
    for code in kept["codes"] if kept is not None else ():
        value = store.values.get("print", code)
        if isinstance(value, Mapping):
            found.append({"code": code, **value})
    return found


def version_of(store: Store, code: str) -> dict[str, Any] | None:
    """The version logged under a code; None where no paper of this office has it."""
    value = store.values.get("print", code)
    return dict(value) if isinstance(value, Mapping) and "visit" in value else None


def key_of(store: Store, visit_id: str) -> str | None:
    """The record's own key (hex); None while it was never printed."""
    kept = _kept(store, visit_id)
    return str(kept["key"]) if kept is not None else None


def digests(key: str, words: Mapping[str, Any]) -> dict[str, str]:
    """Each cell's words, white space aside, as a digest under the record's ``key``."""
    return cell_digests(key, flat(words))


def cell_digests(key: str, cells: Mapping[str, str]) -> dict[str, str]:
    """The same of words that stand by cell already, as read back from paper."""
    return {cell: _digest(key, cell, text) for cell, text in cells.items()}


def flat(words: Mapping[str, Any]) -> dict[str, str]:
    """Printed words by cell as they are read back from paper: without white space, leaders by names and posts."""
    leaders = words["leaders"]
    names, posts = ("".join(str(leader[part]) for leader in leaders) for part in (0, 1))
    cells = {**{name: value for name, value in words.items() if name != "leaders"}, "leader_name": names,
             "leader_post": posts}  # fmt: skip
    return {cell: squeeze(str(value)) if value is not None else "" for cell, value in cells.items()}


def _digest(key: str, cell: str, text: str) -> str:
    made = hmac.new(bytes.fromhex(key), f"jfcell1\n{cell}\n{text}".encode(), hashlib.sha256)
    return made.hexdigest()[:_DIGEST_LETTERS]


def _kept(store: Store, visit_id: str) -> dict[str, Any] | None:
    value = store.values.get("print", _name_of(visit_id))
    return dict(value) if isinstance(value, Mapping) and "key" in value and "codes" in value else None


def _name_of(visit_id: str) -> str:
    return f"of:{visit_id}"


def _canonical(words: Mapping[str, Any]) -> bytes:
    return json.dumps(words, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode("utf-8")
