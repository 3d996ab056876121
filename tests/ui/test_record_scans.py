"""Scans in the record editor: chosen, dropped, refused, looked at from memory, saved, taken off, filed with."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from editor_driver import EditorWindow
from editor_window import open_editor
from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QColor, QDragEnterEvent, QDropEvent, QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QFileDialog, QLabel, QWidget
from pytestqt.qtbot import QtBot

from jiafang_desktop.common import clock
from ui.dialogs.scan_viewer import ScanViewer


@pytest.fixture
def window(tmp_path: Path, qtbot: QtBot) -> Iterator[EditorWindow]:
    clock.set_clock(lambda: datetime(2026, 11, 24, 15, 42, tzinfo=UTC))
    with open_editor(tmp_path / "数据", qtbot) as opened:
        yield opened
    clock.set_clock(None)


def picture(kind: str = "JPG", *, width: int = 600, height: int = 900, ink: str = "white") -> bytes:
    image = QImage(width, height, QImage.Format.Format_RGB32)
    image.fill(QColor(ink))
    kept = QByteArray()
    buffer = QBuffer(kept)
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    assert image.save(buffer, kind)
    return bytes(kept.data())


def pdf_of(*images: bytes) -> bytes:
    body = b"%PDF-1.4\n"
    for number, data in enumerate(images, start=1):
        body += b"%d 0 obj << /Type /Page >> endobj\n" % (number * 10)
        body += b"%d 0 obj << /Subtype /Image /Filter /DCTDecode /Length %d >>\nstream\n%s\nendstream\nendobj\n" % (
            number * 10 + 1, len(data), data,
        )  # fmt: skip
    return body + b"%%EOF"


def attach(window: EditorWindow, monkeypatch: pytest.MonkeyPatch, *files: Path) -> None:
    """＋ 附上 with these files chosen."""
    monkeypatch.setattr(QFileDialog, "getOpenFileNames", lambda *_a, **_k: ([str(path) for path in files], ""))
    window.click("button_attach_scan")


def drop(target: QWidget, *files: Path) -> QDropEvent:
    """The mouse comes with files and lets go."""
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(path)) for path in files])
    copy, left, none = Qt.DropAction.CopyAction, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    enter = QDragEnterEvent(target.rect().center(), copy, data, left, none)
    QApplication.sendEvent(target, enter)
    assert enter.isAccepted()
    event = QDropEvent(QPointF(target.rect().center()), copy, data, left, none)
    QApplication.sendEvent(target, event)
    return event


def shown(window: EditorWindow) -> int:
    return len(window.page.acts.scans.shown)


def view(window: EditorWindow, number: int = 1) -> ScanViewer:
    window.click(f"scan_{number}")
    dialog = window.dialog("dialog_scan")
    assert isinstance(dialog, ScanViewer)
    return dialog


def test_chosen_files_are_kept_and_listed_and_the_same_one_only_once(
    window: EditorWindow, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    window.registered()
    first, second = tmp_path / "正面.jpg", tmp_path / "没有名堂"
    first.write_bytes(picture())
    second.write_bytes(picture("PNG"))
    attach(window, monkeypatch, first, second)
    window.until(lambda: shown(window) == 2)
    assert [scan.kind for scan in window.page.acts.scans.shown] == ["jpg", "png"]
    attach(window, monkeypatch, first)
    window.until(lambda: "这份扫描件已经附过了" in window.said)
    assert shown(window) == 2
    assert window.button("scan_1").accessibleName().startswith("查看扫描件 1，JPG")


def test_a_file_dropped_on_a_cell_becomes_a_scan_and_no_words(window: EditorWindow, tmp_path: Path) -> None:
    window.registered()
    path = tmp_path / "扫描.jpg"
    path.write_bytes(picture())
    before = window.page.form["account"]
    assert drop(window.page.canvas.cells["account"].viewport(), path).isAccepted()
    window.until(lambda: shown(window) == 1)
    assert drop(window.page, path).isAccepted()
    window.until(lambda: "这份扫描件已经附过了" in window.said)
    assert window.page.form["account"] == before
    veil = window.page.findChild(QWidget, "scan_veil")
    assert veil is not None and not veil.isVisible()  # type: ignore[attr-defined]  # findChild gives an object


def test_words_dragged_into_a_cell_stay_the_cells(window: EditorWindow) -> None:
    window.registered()
    data = QMimeData()
    data.setText("拖来的字")
    target = window.page.canvas.cells["account"].viewport()
    copy, left, none = Qt.DropAction.CopyAction, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    QApplication.sendEvent(target, QDragEnterEvent(target.rect().center(), copy, data, left, none))
    QApplication.sendEvent(target, QDropEvent(QPointF(target.rect().center()), copy, data, left, none))
    assert "拖来的字" in window.page.form["account"]


@pytest.mark.qt_log_ignore("JPEG datastream", extend=True)  # what Qt says of half a picture
@pytest.mark.parametrize(
    ("name", "data", "sentence"),
    [
        ("照片.jpg", b"GIF89a", "不是能收的扫描件"), ("空的.png", b"", "不是能收的扫描件"),
        ("半张.jpg", b"\xff\xd8\xff\xe0" + b"0" * 500, "打不开"),
        ("太大.pdf", b"%PDF-1.4\n" + b"0" * (40 * 1024 * 1024), "太大"),
    ],
)  # fmt: skip
def test_what_is_no_scan_is_refused_with_a_sentence(
    window: EditorWindow, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, name: str, data: bytes, sentence: str
) -> None:
    window.registered()
    path = tmp_path / name
    path.write_bytes(data)
    attach(window, monkeypatch, path)
    dialog = window.dialog("dialog_error")
    head = dialog.findChild(QLabel, "message_head")
    assert head is not None and sentence in head.text()  # type: ignore[attr-defined]  # findChild gives an object
    window.click_in(dialog, "dialog_ok")
    assert shown(window) == 0


def test_a_sheet_not_registered_takes_no_scan_and_says_so(window: EditorWindow, tmp_path: Path) -> None:
    window.open(fresh=True)
    assert not window.button("button_attach_scan").isVisible()
    path = tmp_path / "扫描.jpg"
    path.write_bytes(picture())
    drop(window.page, path)
    assert window.said[-1] == "先登记，再附扫描件"


def test_the_viewer_zooms_turns_and_saves_and_leaves_no_file_behind(
    window: EditorWindow, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    window.registered()
    path = tmp_path / "两页.pdf"
    path.write_bytes(pdf_of(picture(ink="white"), picture(ink="red")))
    attach(window, monkeypatch, path)
    window.until(lambda: shown(window) == 1)
    path.unlink()
    before = set(tmp_path.rglob("*"))
    dialog = view(window)
    assert dialog.shows_pages and dialog.percent == 100
    last = dialog.stack.page_rect(1)
    assert (last.width(), last.height()) == (600, 900)
    assert dialog.stack.grab().toImage().pixelColor(last.center()) == QColor("#FE0000")
    window.click_in(dialog, "scan_zoom_out")
    assert dialog.percent == 67
    QTest.keyClick(dialog, Qt.Key.Key_R, Qt.KeyboardModifier.ControlModifier)
    turned = dialog.stack.page_rect(1)
    assert turned.width() > turned.height()
    window.click_in(dialog, "scan_fit")
    assert 67 < dialog.percent <= 100 and dialog.stack.page_rect(1).right() < dialog.stack.width()
    assert set(tmp_path.rglob("*")) == before
    target = tmp_path / "存出.pdf"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_a, **_k: (str(target), ""))
    window.click_in(dialog, "scan_save")
    done = window.dialog("dialog_export_done")
    assert target.read_bytes().startswith(b"%PDF-1.4")
    window.click_in(done, "dialog_cancel")
    window.click_in(dialog, "scan_close")


def test_a_pdf_that_is_more_than_pictures_is_told_by_its_facts(
    window: EditorWindow, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    window.registered()
    path = tmp_path / "字.pdf"
    path.write_bytes(b"%PDF-1.4\n1 0 obj << /Type /Page >> endobj\n2 0 obj << /Type /Page >> endobj\n%%EOF")
    attach(window, monkeypatch, path)
    window.until(lambda: shown(window) == 1)
    dialog = view(window)
    assert not dialog.shows_pages
    words = " ".join(label.text() for label in dialog.findChildren(QLabel))
    assert "这份 PDF 不能在这里显示" in words and "共 2 页" in words
    turn = dialog.findChild(QAbstractButton, "scan_turn")
    assert isinstance(turn, QAbstractButton) and not turn.isVisible()
    window.click_in(dialog, "scan_close")


def test_a_wrong_scan_is_taken_off_after_asking(
    window: EditorWindow, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    window.registered()
    path = tmp_path / "别人的.jpg"
    path.write_bytes(picture())
    attach(window, monkeypatch, path)
    window.until(lambda: shown(window) == 1)
    window.click("scan_1_remove")
    window.click_in(window.dialog("dialog_detach_scan"), "dialog_ok")
    window.until(lambda: shown(window) == 0)


def test_with_a_scan_the_record_is_filed_without_a_place_and_keeps_it(
    window: EditorWindow, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    visit_id = window.registered()
    path = tmp_path / "盖章.jpg"
    path.write_bytes(picture())
    attach(window, monkeypatch, path)
    window.until(lambda: shown(window) == 1)
    window.focus("resolution")
    window.ime("无")
    window.click("check_nothing_to_solve")
    window.page.acts.commit()
    window.until(lambda: window.page.visit is not None and window.page.visit.status == "ready")
    window.click("button_archive")
    window.click_in(window.dialog("dialog_archive"), "dialog_ok")
    window.until(lambda: window.stored(visit_id).status == "archived")
    window.until(lambda: window.page.findChild(QAbstractButton, "scan_1_remove") is None)
    assert window.button("button_attach_scan").isVisible()
    view(window).reject()
