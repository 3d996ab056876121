"""Two texts told apart in pieces: whatever they are, the pieces give both of them back."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jiafang_desktop.domain.text_changes import GONE, KEPT, LEFT_OUT, NEW, Piece, excerpt, pieces

TEXTS = st.text(alphabet="一是夜间值班，。\na", max_size=40)


@given(before=TEXTS, after=TEXTS)
def test_pieces_give_both_texts_back(before: str, after: str) -> None:
    found = pieces(before, after)
    assert "".join(piece.text for piece in found if piece.kind != NEW) == before
    assert "".join(piece.text for piece in found if piece.kind != GONE) == after
    assert all(piece.text for piece in found)
    assert all(one.kind != other.kind for one, other in pairwise(found))


@pytest.mark.parametrize(
    ("before", "after", "told"),
    [
        ("门牌36号", "门牌38号", [(KEPT, "门牌3"), (GONE, "6"), (NEW, "8"), (KEPT, "号")]),
        ("送上问候。", "送上镇党委的问候。", [(KEPT, "送上"), (NEW, "镇党委的"), (KEPT, "问候。")]),
        ("一样", "一样", [(KEPT, "一样")]),
        ("", "新", [(NEW, "新")]),
        ("旧", "", [(GONE, "旧")]),
        ("值班六次，夜里", "值班两次，白天", [
            (KEPT, "值班"), (GONE, "六"), (NEW, "两"), (KEPT, "次，"), (GONE, "夜里"), (NEW, "白天"),
        ]),
    ],
)  # fmt: skip
def test_the_changed_characters_are_found(before: str, after: str, told: list[tuple[str, str]]) -> None:
    assert pieces(before, after) == tuple(Piece(kind, text) for kind, text in told)


def test_an_excerpt_keeps_what_stands_beside_a_change() -> None:
    before = "甲" * 100 + "六" + "乙" * 100 + "次" + "丙" * 100
    after = before.replace("六", "两").replace("次", "回")
    kinds = [piece.kind for piece in excerpt(pieces(before, after), around=5)]
    assert kinds == [LEFT_OUT, KEPT, GONE, NEW, KEPT, LEFT_OUT, KEPT, GONE, NEW, KEPT, LEFT_OUT]
    assert sum(len(piece.text) for piece in excerpt(pieces(before, after), around=5)) < 40


def test_a_text_written_anew_is_told_whole_and_quickly() -> None:
    before, after = "甲乙" * 4000, "丙丁" * 4000
    assert pieces(before, after) == (Piece(GONE, before), Piece(NEW, after))
