"""核对码: typed back from paper, told from slips of the key, and not to be reckoned without the key."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jiafang_desktop.common.errors import UserError
from jiafang_desktop.domain.match_code import ALPHABET, LENGTH, code_of, read_code, shown

codes = st.builds(code_of, st.binary(min_size=32, max_size=32), st.binary(max_size=40))


@given(codes)
def test_a_code_is_ten_symbols_and_reads_back_however_it_is_typed(code: str) -> None:
    assert len(code) == LENGTH and set(code) <= set(ALPHABET)
    wide = "".join(chr(ord(symbol) + 0xFEE0) for symbol in code)
    for typed in (code, shown(code), code.lower(), wide, f" {code[:3]}-{code[3:]} "):
        assert read_code(typed) == code


@given(codes, st.integers(0, LENGTH - 1), st.sampled_from(ALPHABET))
def test_one_mistyped_symbol_is_always_found(code: str, place: int, symbol: str) -> None:
    typed = code[:place] + symbol + code[place + 1 :]
    if typed == code:
        return
    with pytest.raises(UserError) as refused:
        read_code(typed)
    assert refused.value.code == "bad_code"


@given(codes, st.integers(0, LENGTH - 3))
def test_two_exchanged_neighbours_are_always_found(code: str, place: int) -> None:
    typed = code[:place] + code[place + 1] + code[place] + code[place + 2 :]
    if typed == code:
        return
    with pytest.raises(UserError):
        read_code(typed)


@pytest.mark.parametrize("typed", ["", "2345", "O123456789", "23456789ABCD", "张三"])
def test_what_can_be_no_code_is_refused(typed: str) -> None:
    with pytest.raises(UserError) as refused:
        read_code(typed)
    assert refused.value.code == "bad_code"


def test_the_same_words_under_another_key_have_another_code() -> None:
    assert code_of(b"a" * 32, b"words") == code_of(b"a" * 32, b"words")
    assert code_of(b"a" * 32, b"words") != code_of(b"b" * 32, b"words")
    assert code_of(b"a" * 32, b"words") != code_of(b"a" * 32, b"word")
