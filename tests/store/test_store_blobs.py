"""Scans are content-addressed and every chunk is authenticated, its place and the end too."""

from __future__ import annotations

import hashlib
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jiafang_desktop.common.errors import UserError
from jiafang_desktop.store.blobs import CHUNK_BYTES, BlobKeeper


@pytest.fixture
def keeper(tmp_path: Path) -> BlobKeeper:
    return BlobKeeper(tmp_path / "blobs", bytes(range(32)), lambda: None)


@pytest.mark.parametrize("size", [0, 1, CHUNK_BYTES - 1, CHUNK_BYTES, CHUNK_BYTES + 1, 3 * CHUNK_BYTES])
def test_bytes_come_back_whole(keeper: BlobKeeper, size: int) -> None:
    data = bytes(at % 251 for at in range(size))
    name = keeper.put(data)
    assert name == hashlib.sha256(data).hexdigest() == keeper.put(data)
    assert keeper.get(name) == data


def sealed_file(folder: Path) -> Path:
    (only,) = [path for path in folder.rglob("*") if path.is_file()]
    return only


@given(st.data())
def test_no_flipped_bit_no_moved_and_no_missing_chunk_is_read(
    tmp_path_factory: pytest.TempPathFactory, data: st.DataObject
) -> None:
    folder = tmp_path_factory.mktemp("blobs")
    keeper = BlobKeeper(folder, bytes(32), lambda: None)
    name = keeper.put(b"a" * CHUNK_BYTES + b"b" * CHUNK_BYTES + b"c")
    path = sealed_file(folder)
    whole = bytearray(path.read_bytes())
    kind = data.draw(st.sampled_from(["flip", "cut", "swap", "append"]))
    if kind == "flip":
        whole[data.draw(st.integers(0, len(whole) - 1))] ^= 1 << data.draw(st.integers(0, 7))
    elif kind == "cut":
        del whole[data.draw(st.sampled_from([0, 5, 15, 15 + CHUNK_BYTES + 16, 15 + 2 * (CHUNK_BYTES + 16)])) :]
    elif kind == "swap":
        body = CHUNK_BYTES + 16
        whole[15 : 15 + 2 * body] = whole[15 + body : 15 + 2 * body] + whole[15 : 15 + body]
    else:
        whole += bytes(17)
    path.write_bytes(whole)
    with pytest.raises(UserError) as caught:
        keeper.get(name)
    assert caught.value.code == "damaged"
    assert keeper.put(b"a" * CHUNK_BYTES + b"b" * CHUNK_BYTES + b"c") == name  # kept again, it is whole again
    assert len(keeper.get(name)) == 2 * CHUNK_BYTES + 1


@pytest.mark.parametrize("name", ["ab" * 32, "../../etc/passwd", "", "AB" * 32])
def test_what_is_not_there_is_not_found(keeper: BlobKeeper, name: str) -> None:
    with pytest.raises(UserError) as caught:
        keeper.get(name)
    assert caught.value.code == "not_found"
