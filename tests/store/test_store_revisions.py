"""Revision ids are frozen: the same change has the same id on every machine and in every version."""

from __future__ import annotations

from typing import Any

import pytest
import rfc8785
from hypothesis import given
from hypothesis import strategies as st

from jiafang_desktop.store.canonical import canonical
from jiafang_desktop.store.revisions import Revision, content_of, id_of, line_of, seal

# Never change these: logs on sticks and in backups have such ids.
FIELDS = {
    "number": 3,
    "visitee_name": "张三丰",
    "account": "第一行\n“引号”\t\u2028末",
    "leaders": [{"name": "李", "post": None}],
}
FIELDS_JSON = (
    '{"account":"第一行\\n“引号”\\t\u2028末","leaders":[{"name":"李","post":null}],"number":3,"visitee_name":"张三丰"}'
)
SALT = bytes(range(16))
CONTENT = "d2cfdb5407edb19ff5bead4e969588fd7bec863102adfa8a01b9cb45d1c554de"
LINE = (
    '{"content":"d2cfdb5407edb19ff5bead4e969588fd7bec863102adfa8a01b9cb45d1c554de"'
    ',"install":"install-1","kind":"visit","lamport":12,"operator":"op-1","parents":["abababababababababababababababababababababababababababababababa'
    'b","cdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcd"]'
    ',"rec":"0123456789abcdefghjkmnpqrs","seq":7,"wall":"2026-11-03T09:30:00+08:00"}'
)
ID = "5fa09f7a09ab39490ca3d5f4fc5eeaaa22b113fe87a326732bafb4d1edd7f543"

values = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**53) + 1, 2**53 - 1) | st.text(),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(), inner, max_size=4),
    max_leaves=12,
)


def frozen() -> Revision:
    return seal(
        rec="0123456789abcdefghjkmnpqrs", kind="visit", parents=("ab" * 32, "cd" * 32), install="install-1", seq=7,
        lamport=12, wall="2026-11-03T09:30:00+08:00", operator="op-1", salt=SALT, fields=FIELDS,
        fields_json=canonical(FIELDS),
    )  # fmt: skip


def test_the_frozen_vector_holds() -> None:
    revision = frozen()
    assert canonical(FIELDS).decode() == FIELDS_JSON
    assert content_of(SALT, FIELDS_JSON.encode()) == CONTENT == revision.content
    assert revision.line().decode() == LINE
    assert id_of(LINE.encode()) == ID == revision.id
    assert revision.faults() == ()


def test_erased_content_leaves_the_chain_verifiable() -> None:
    whole = frozen()
    erased = Revision(
        whole.id, whole.rec, whole.kind, whole.parents, whole.install, whole.seq, whole.lamport, whole.wall,
        whole.operator, whole.content, None, None,
    )  # fmt: skip
    assert erased.faults() == ()


def test_a_changed_field_and_a_changed_line_are_told_apart() -> None:
    whole = frozen()
    parts = (
        whole.id, whole.rec, whole.kind, whole.parents, whole.install, whole.seq, whole.lamport, whole.wall,
        whole.operator, whole.content, whole.salt,
    )  # fmt: skip
    assert Revision(*parts, {**FIELDS, "number": 4}).faults() == ("content",)
    assert Revision(*parts[:5], 8, *parts[6:], FIELDS).faults() == ("id",)


@given(values)
def test_canonical_json_is_what_rfc8785_says(value: Any) -> None:
    assert canonical(value) == rfc8785.dumps(value)


def test_keys_beyond_the_basic_plane_sort_as_utf_16() -> None:
    assert canonical({"\U0001f600": 1, "\uffee": 2}) == rfc8785.dumps({"\U0001f600": 1, "\uffee": 2})


@pytest.mark.parametrize("value", [1.5, {"a": [0.0]}, 2**53, {1: "a"}, {"a": b"x"}, {"a": {1, 2}}])
def test_what_other_readers_could_read_otherwise_is_refused(value: Any) -> None:
    with pytest.raises(ValueError):
        canonical(value)


def test_half_a_character_is_refused() -> None:
    with pytest.raises(UnicodeEncodeError):
        canonical({"name": "\ud842"})


def test_the_line_has_exactly_the_keys_of_the_format() -> None:
    line = line_of(rec="r", kind="k", parents=(), install="i", seq=1, lamport=1, wall="w", operator="o", content="c")
    expected = (
        '{"content":"c","install":"i","kind":"k","lamport":1,"operator":"o","parents":[],"rec":"r","seq":1,"wall":"w"}'
    )
    assert line.decode() == expected
