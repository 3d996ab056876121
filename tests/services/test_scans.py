"""Scans over a real store: listed, read back, saved elsewhere, taken off, and refused with a sentence."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from offices import visit

from jiafang_desktop.common.errors import UserError
from jiafang_desktop.services import filing, scans, visit_history, visits
from jiafang_desktop.store import Store

JPEG = b"\xff\xd8\xff\xe0" + b"0" * 2000


def refusal(verb: Any, *args: Any, **named: Any) -> UserError:
    with pytest.raises(UserError) as caught:
        verb(*args, **named)
    assert caught.value.message.endswith("。") and caught.value.hint
    return caught.value


@pytest.fixture
def rec(office: Store) -> str:
    return visits.register(office, visit(), by=office.operator).id


def attach(store: Store, rec: str, path: Path, data: bytes) -> str:
    path.write_bytes(data)
    return str(visits.attach(store, rec, path, by=store.operator))


def test_a_scan_is_listed_with_day_and_size_and_read_back(office: Store, rec: str, tmp_path: Path) -> None:
    sha256 = attach(office, rec, tmp_path / "一", JPEG)
    attach(office, rec, tmp_path / "二", b"%PDF-1.4\n1 0 obj << /Type /Page >> endobj")
    first, second = scans.listing(office, rec)
    assert (first.sha256, first.kind, first.size, first.at.day, second.kind) == (sha256, "jpg", 2004, 24, "pdf")
    found = scans.read(office, rec, sha256)
    assert (found.images, found.pages, found.file_name) == ((JPEG,), 1, "2026年第001号家访记录单_扫描件1.jpg")
    paper = scans.read(office, rec, second.sha256)
    assert (paper.images, paper.pages, paper.file_name) == ((), 1, "2026年第001号家访记录单_扫描件2.pdf")
    assert refusal(scans.read, office, rec, "0" * 64).code == "not_found"


def test_a_scan_is_saved_elsewhere_as_it_was(office: Store, rec: str, tmp_path: Path) -> None:
    sha256 = attach(office, rec, tmp_path / "一", JPEG)
    target = tmp_path / "出" / "扫描件.jpg"
    assert scans.save(office, rec, sha256, target).read_bytes() == JPEG
    assert refusal(scans.save, office, rec, sha256, target).code == "file_exists"
    assert {path.name for path in target.parent.iterdir()} == {"扫描件.jpg"}


def test_a_scan_attached_by_mistake_is_taken_off_until_the_record_is_filed(
    office: Store, rec: str, tmp_path: Path
) -> None:
    wrong, right = (attach(office, rec, tmp_path / name, JPEG + name.encode()) for name in "一二")
    scans.detach(office, rec, wrong, by=office.operator)
    assert [scan.sha256 for scan in scans.listing(office, rec)] == [right]
    assert [entry.act for entry in visit_history.told(office, rec)][:2] == ["取下扫描件", "附上扫描件"]
    visits.archive(office, rec, by=office.operator)
    assert refusal(scans.detach, office, rec, right, by=office.operator).code == "archived"
    assert attach(office, rec, tmp_path / "三", JPEG + b"3")


def test_a_picture_that_cannot_be_shown_and_one_too_large_are_refused(office: Store, rec: str, tmp_path: Path) -> None:
    path = tmp_path / "扫描.jpg"
    path.write_bytes(JPEG)
    broken = refusal(visits.attach, office, rec, path, by=office.operator, can_show=lambda _data: False)
    assert (broken.code, "打不开" in broken.message) == ("unsupported_format", True)
    with path.open("wb") as file:
        file.write(JPEG)
        file.truncate(40 * 1024 * 1024)
    large = refusal(visits.attach, office, rec, path, by=office.operator)
    assert (large.code, "32兆" in large.message) == ("too_large", True)
    assert filing.scans(office, rec) == []
