"""Packed ids read like the tuple they stand for."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from jiafang_desktop.domain.changes import new_record_id
from jiafang_desktop.domain.record_ids import RecordIds

POOL = [new_record_id() for _ in range(40)]
IDS = st.lists(st.sampled_from(POOL), unique=True, max_size=40)


@given(
    IDS, st.lists(st.sampled_from(["draft:1", "草稿:二", "x"]), unique=True), st.integers(-50, 50), st.integers(-50, 50)
)
def test_ids_packed_or_not_read_like_a_tuple(ids: list[str], first: list[str], low: int, high: int) -> None:
    packed = RecordIds(packed="".join(ids)).with_first(first)
    plain = (*first, *ids)
    assert packed == plain == tuple(packed) and packed == RecordIds.of(plain) and len(packed) == len(plain)
    assert (packed[low:high], packed[::-1]) == (plain[low:high], plain[::-1])
    assert [packed.place_of(name) for name in (*plain, "none")] == [*range(len(plain)), None]
    assert ("x" in packed) == ("x" in plain) and "none" not in packed
    if plain:
        assert (packed[0], packed[-1]) == (plain[0], plain[-1])
        assert packed != plain[1:] and packed != RecordIds.of((*plain[:-1], "other"))


def test_a_long_list_is_found_through_without_a_table() -> None:
    ids = [f"{number:026d}" for number in range(30_000)]  # full of each other's digits
    packed = RecordIds(["first"], "".join(ids))
    assert [packed.place_of(name) for name in ("first", ids[0], ids[29_999], "1" * 26, "1")] == [
        0,
        1,
        30_000,
        None,
        None,
    ]
    wanted = [ids[place] for place in range(0, 30_000, 1_000)]
    assert packed.places([*wanted, "none"]) == {name: place * 1_000 + 1 for place, name in enumerate(wanted)}
    assert packed.places(ids[:2]) == {ids[0]: 1, ids[1]: 2}
