"""Concurrent changes: any order of revisions gives one state, and the rules of the architecture decide which."""

from __future__ import annotations

import hashlib
import random
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from jiafang_desktop.store.fold import Folded, conflict_id, fold
from jiafang_desktop.store.revisions import Revision

SIDES = {"u1": "unit", "u2": "unit", "c1": "county"}


def revision(install: str, lamport: int, fields: dict[str, Any], *parents: Revision, rec: str = "r") -> Revision:
    key = repr((install, lamport, sorted(fields.items()), [parent.id for parent in parents]))
    above = tuple(sorted(parent.id for parent in parents))
    return Revision(
        hashlib.sha256(key.encode()).hexdigest(), rec, "visit", above, install, lamport, lamport, "2026-11-03", "o", "",
        b"", fields,
    )  # fmt: skip


def folded(*revisions: Revision) -> Folded:
    return fold(revisions, side_of=lambda install: SIDES.get(install, install))


@st.composite
def histories(draw: st.DrawFn) -> list[Revision]:
    """A record's revisions on three installs that exchange at random moments."""
    rng = random.Random(draw(st.integers(0, 2**32)))
    made = [revision("u1", 1, {"a": "1", "b": "1", "deleted": False})]
    known: dict[str, list[Revision]] = {"u1": [*made], "u2": [], "c1": []}
    for lamport in range(2, draw(st.integers(2, 12))):
        install = rng.choice(["u1", "u2", "c1"])
        if rng.random() < 0.5 or not known[install]:
            known[install] = list(
                {one.id: one for one in [*known[install], *known[rng.choice(["u1", "u2", "c1"])]]}.values()
            )
        if not known[install]:
            continue
        heads = set(folded(*known[install]).heads)
        fields: dict[str, Any] = rng.choice(
            [{"a": str(lamport)}, {"b": None}, {"a": None, "b": "x"}, {"deleted": True}, {"deleted": False}, {"b": ""}]
        )
        new = revision(install, lamport, fields, *[one for one in known[install] if one.id in heads])
        known[install].append(new)
        made.append(new)
    return made


@given(histories(), st.randoms(use_true_random=False))
def test_any_order_and_any_repetition_gives_one_state(made: list[Revision], rng: random.Random) -> None:
    expected = folded(*made)
    shuffled = made + rng.choices(made, k=3)
    rng.shuffle(shuffled)
    assert folded(*shuffled) == expected


@given(histories())
def test_a_descendant_of_all_heads_sets_just_its_fields(made: list[Revision]) -> None:
    """What a local edit does to the tables without folding anew is what the fold says."""
    before = folded(*made)
    heads = [one for one in made if one.id in before.heads]
    after = folded(*made, revision("u1", 99, {"a": "new"}, *heads))
    assert after.state == {**before.state, "a": "new"}
    assert {c.id for c in after.conflicts} == {c.id for c in before.conflicts if c.field != "a"}


@given(histories(), st.data())
@settings(max_examples=50)
def test_a_part_of_the_history_folds_too(made: list[Revision], data: st.DataObject) -> None:
    part = data.draw(st.lists(st.sampled_from(made), min_size=1))
    assert folded(*part) == folded(*reversed(part))


def test_the_causally_latest_setter_wins_whatever_its_clock_says() -> None:
    first = revision("u1", 5, {"a": "old"})
    assert folded(first, revision("u2", 2, {"a": "new"}, first)).state["a"] == "new"


def test_of_concurrent_setters_the_owners_side_wins_and_the_loser_is_a_conflict() -> None:
    first = revision("u1", 1, {"a": "1"})
    unit, county = revision("u2", 2, {"a": "unit"}, first), revision("c1", 9, {"a": "county"}, first)
    result = folded(first, unit, county)
    assert result.state["a"] == "unit"
    (conflict,) = result.conflicts
    assert (conflict.field, conflict.winner, conflict.loser) == ("a", unit.id, county.id)
    assert conflict.id == conflict_id("r", "a", [county.id, unit.id])


def test_on_one_side_the_higher_lamport_wins() -> None:
    first = revision("u1", 1, {"a": "1"})
    result = folded(first, revision("u1", 3, {"a": "later"}, first), revision("u2", 2, {"a": "earlier"}, first))
    assert result.state["a"] == "later"


def test_two_that_set_the_same_are_no_conflict() -> None:
    first = revision("u1", 1, {"a": "1"})
    assert not folded(first, revision("u1", 2, {"a": "x"}, first), revision("c1", 2, {"a": "x"}, first)).conflicts


def test_a_blank_never_beats_a_concurrent_value_but_a_descendant_clears() -> None:
    first = revision("c1", 1, {"a": "1"})
    blank, value = revision("c1", 9, {"a": None}, first), revision("u1", 2, {"a": "kept"}, first)
    assert folded(first, blank, value).state["a"] == "kept"
    cleared = folded(first, blank, value, revision("u1", 10, {"a": None}, blank, value))
    assert cleared.state["a"] is None
    assert cleared.conflicts == ()


def test_an_edit_beats_a_concurrent_delete_as_a_conflict_until_somebody_deletes_knowing_both() -> None:
    first = revision("u1", 1, {"a": "1", "deleted": False})
    delete = revision("u1", 9, {"deleted": True, "delete_reason": "重复"}, first)
    edit = revision("c1", 2, {"a": "2"}, first)
    result = folded(first, delete, edit)
    assert result.state["deleted"] is False
    assert [(c.field, c.winner, c.loser) for c in result.conflicts] == [("deleted", edit.id, delete.id)]
    again = folded(first, delete, edit, revision("u1", 10, {"deleted": True}, delete, edit))
    assert again.state["deleted"] is True
    assert again.conflicts == ()


def test_a_delete_holds_against_what_it_knew() -> None:
    first = revision("u1", 1, {"a": "1", "deleted": False})
    edit = revision("u1", 2, {"a": "2"}, first)
    assert folded(first, edit, revision("u1", 3, {"deleted": True}, edit)).state["deleted"] is True


def test_erased_content_leaves_the_rest_standing() -> None:
    first = revision("u1", 1, {"a": "1", "b": "1"})
    second = revision("u1", 2, {"a": "2"}, first)
    gone = Revision(*(getattr(first, name) for name in Revision.__slots__[:-2]), None, None)
    assert folded(gone, second).state == {"a": "2"}
