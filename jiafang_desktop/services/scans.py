"""扫描件 of a record as windows show them: the list, the pages of one, saving it elsewhere, taking a wrong one off.

Attaching and the archive's gate are filing's. Scans are decrypted into memory only; nothing here writes a file but
where the clerk asked for one.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from jiafang_desktop.common.errors import UserError
from jiafang_desktop.documents import scanned_pdf
from jiafang_desktop.domain import visit_rules
from jiafang_desktop.domain.changes import Changes, Edit, Operator
from jiafang_desktop.services import files, filing
from jiafang_desktop.services.batches import file_stem

if TYPE_CHECKING:
    from jiafang_desktop.store import Store


@dataclass(frozen=True, slots=True)
class Scan:
    """One attached file; ``kind`` is jpg, png or pdf, by its content."""

    sha256: str
    kind: str
    size: int
    at: datetime


@dataclass(frozen=True, slots=True)
class ScanPages:
    """A scan decrypted: its pages as JPEG or PNG bytes, none where only a PDF program can show it.

    ``pages`` is None where nobody can tell how many there are; ``file_name`` is what it is called when saved.
    """

    scan: Scan
    images: tuple[bytes, ...]
    pages: int | None
    file_name: str


def listing(store: Store, visit_id: str) -> tuple[Scan, ...]:
    """A record's scans, oldest first."""
    return tuple(
        Scan(str(scan["sha256"]), str(scan["type"]), int(scan["size"]), datetime.fromisoformat(scan["at"]))
        for scan in filing.scans(store, visit_id)
    )


def read(store: Store, visit_id: str, sha256: str) -> ScanPages:
    """Decrypt a scan and find its pages.

    Raises:
        UserError: ``not_found damaged``.
    """
    scan, number = _find(store, visit_id, sha256)
    data = store.blobs.get(sha256)
    stem = f"{file_stem(store.visits.get(visit_id))}_扫描件{number}"
    if scan.kind != "pdf":
        return ScanPages(scan, (data,), 1, f"{stem}.{scan.kind}")
    found = scanned_pdf.read(data)
    return ScanPages(scan, found.images, found.pages, f"{stem}.pdf")


def save(store: Store, visit_id: str, sha256: str, target: Path, *, replace: bool = False) -> Path:
    """另存为: the file as it was scanned, plain.

    Raises:
        UserError: ``not_found damaged``, and what files.write_bytes raises.
    """
    _find(store, visit_id, sha256)
    return files.write_bytes(target, store.blobs.get(sha256), replace=replace)


def detach(store: Store, visit_id: str, sha256: str, *, by: Operator) -> Changes:
    """取下 a scan attached by mistake; the log still tells of it. A filed record keeps its scans.

    Raises:
        UserError: ``not_found void archived``.
    """
    visit_rules.require_writable(store.visits.get(visit_id))
    _find(store, visit_id, sha256)
    left = [scan for scan in filing.scans(store, visit_id) if scan["sha256"] != sha256]
    return store.append([Edit("scan", f"scan:{visit_id}", {"value": left})], by=by)


def _find(store: Store, visit_id: str, sha256: str) -> tuple[Scan, int]:
    for number, scan in enumerate(listing(store, visit_id), start=1):
        if scan.sha256 == sha256:
            return scan, number
    raise UserError("not_found", "没有找到这份扫描件。", hint="请关掉这个窗口，重新打开这份记录。")
