"""The pictures of what surrounds a record: history, scans, signing, last visit's family, prompts, the recycle bin.

Taken with ui.screenshots' album and in its ways: shown without being true where the data has none, and never kept.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QBuffer, QByteArray, QIODevice
from PySide6.QtGui import QImage, QPainter

from jiafang_desktop.common import clock
from jiafang_desktop.domain.signatures import slots
from jiafang_desktop.domain.visits import Visit
from jiafang_desktop.paper.painting import paint_page
from jiafang_desktop.services.scans import Scan, ScanPages
from ui import screenshots_accounts
from ui.dialogs.scan_viewer import ScanViewer
from ui.dialogs.signature_pad import SignaturePadDialog

if TYPE_CHECKING:
    from ui.screenshots import Album

_PX_PER_MM = 150 / 25.4


def draw(album: Album) -> None:
    """All of them, each left out where the data gives no reason for it."""
    filed = album._first(lambda visit: visit.status == "archived" and bool(visit.problems))
    if filed is not None:
        page: Any = album._open("visit", visit_id=filed.id)
        album._dialog("history", "dialog_history", page.acts.history)
        _signing(album, page, filed)
        _scans(album, page, filed)
        _family(album, filed)
    _prompts(album)
    listing: Any = album._open("visits")
    if album._click("chip_void", listing):
        listing.model.tick(tuple(listing.model.ids), on=True)
        album._shoot("recycle_bin")
        listing.model.tick(tuple(listing.model.ids), on=False)
        listing.filters.clear()
        album.camera.settle(album.tasks)
    screenshots_accounts.draw(album)


def _signing(album: Album, page: Any, visit: Visit) -> None:
    """The pad over the sheet, whatever the rules allow, and a draft for review about to be printed."""
    slot = slots(visit.content)[0]
    album._dialog(
        "signature_pad", "dialog_signature_pad",
        lambda: SignaturePadDialog(page.canvas.sheet, slot, parent=album.window).open(),
    )  # fmt: skip
    album._dialog("review", "dialog_print", page.acts.paper.review)


def _scans(album: Album, page: Any, visit: Visit) -> None:
    sheet = page.canvas.sheet
    scan = Scan("0" * 64, "jpg", 1_300_000, clock.now())
    other = Scan("1" * 64, "pdf", 2_400_000, clock.now())
    page.acts.scans._take(visit.id, (scan, other))
    page.desk.open_panel("扫描件")
    album._shoot("scans")
    as_scanned = ScanPages(scan, (_photographed(sheet.pages[0]),), 1, "扫描件.jpg")
    told_only = ScanPages(other, (), 2, "扫描件.pdf")
    for name, pages in (("scan", as_scanned), ("scan_told", told_only)):
        album._dialog(
            name, "dialog_scan", lambda pages=pages: ScanViewer(pages, on_save=_nothing, parent=album.window).open()
        )
    album._dialog("scan_detach", "dialog_detach_scan", lambda: page.acts.scans.detach(scan.sha256))
    page.acts.scans.drop.show_veil(True)
    album._shoot("scan_drop")
    page.acts.scans.drop.show_veil(False)


def _photographed(sheet_page: Any) -> bytes:
    """A page of the paper as a scanner would give it."""
    image = QImage(
        round(sheet_page.width_mm * _PX_PER_MM), round(sheet_page.height_mm * _PX_PER_MM), QImage.Format.Format_RGB32
    )
    image.fill(0xFFF7F6F2)
    painter = QPainter(image)
    paint_page(painter, sheet_page, px_per_mm=_PX_PER_MM)
    painter.end()
    kept = QByteArray()
    buffer = QBuffer(kept)
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    image.save(buffer, "JPG", 85)
    return bytes(kept.data())


def _family(album: Album, visit: Visit) -> None:
    visitee = visit.content.visitee
    cells = {"visitee_name": visitee.name, "visitee_unit": visitee.unit, "visitee_cadre": visitee.cadre}
    page = _sheet(album, cells, at="visitee_name")
    album._shoot("visit_last_family")
    page = _sheet(album, {**cells, "address": "魏县德政镇新民街2号"}, at="address")
    album._dialog("last_family", "dialog_family", page.acts.family.take)


def _prompts(album: Album) -> None:
    _sheet(album, {"priority": "illness"}, at="account")
    album._shoot("visit_prompts")


def _sheet(album: Album, values: dict[str, Any], *, at: str) -> Any:
    """A new sheet with these values in it, of which nothing is kept."""
    page: Any = album._open("visit", fresh=True)
    page.form.load_json(values)
    page.keeper.loaded()
    page.panel.verticalScrollBar().setValue(0)
    album.window.activateWindow()  # a dialog may have had the keys
    album.camera.settle(album.tasks)
    page.canvas.cells[at].setFocus()
    album.camera.settle(album.tasks)
    return page


def _nothing() -> None:
    """A picture saves no scan."""
