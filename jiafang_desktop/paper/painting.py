"""Painting one planned page with QPainter: the same ink on screen, printer and picture.

Nothing is measured or broken here; each character is put at its place. What a window shows beneath the ink, and which
part of the page it shows, is the window's business.
"""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QGlyphRun, QPainter, QPen

from jiafang_desktop.domain.pages import MM_PER_PT, Page, Rule, Run, Stroke
from jiafang_desktop.paper.setting import Piece, set_page, stretches

_TENTHS = 10  # letters are set in tenths of a point, so that 10.5 points are a whole number of pixels
_INK = QColor(0, 0, 0)
# Song and Fangsong have hairlines thinner than a screen's dot: below so many dots a millimetre they are laid on twice,
# or the words look gray beside the rules.
_FINE_DOTS, _THIN_FACES = 9.0, frozenset(("fangsong", "songti", "kaiti"))
GRAY_INK = 0x80


def paint_page(painter: QPainter, page: Page, *, px_per_mm: float) -> None:
    """Paint ``page`` with its top left corner at the painter's origin; the painter is left as it was."""
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.TextAntialiasing)
    _paint_rules(painter, page.rules, px_per_mm)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    coarse = abs(painter.deviceTransform().m11()) * px_per_mm < _FINE_DOTS
    tenth_px = px_per_mm * MM_PER_PT / _TENTHS
    paint_strokes(painter, page.strokes, px_per_mm=px_per_mm)
    painter.scale(tenth_px, tenth_px)
    for run, pieces in set_page(page):
        _paint_run(painter, run, pieces, coats=2 if coarse and run.face in _THIN_FACES else 1)
    painter.restore()


def paint_strokes(painter: QPainter, strokes: Iterable[Stroke], *, px_per_mm: float) -> None:
    """Pen strokes with round ends, each stretch as wide as the pen was there."""
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    pen = QPen(_INK, 1.0, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap, Qt.PenJoinStyle.RoundJoin)
    for stroke in strokes:
        for (x1, y1, _), (x2, y2, width) in stretches(stroke):
            pen.setWidthF(width * px_per_mm)
            painter.setPen(pen)
            painter.drawLine(QPointF(x1 * px_per_mm, y1 * px_per_mm), QPointF(x2 * px_per_mm, y2 * px_per_mm))
    painter.restore()


def _paint_run(painter: QPainter, run: Run, pieces: list[Piece], *, coats: int) -> None:
    painter.setPen(QColor(GRAY_INK, GRAY_INK, GRAY_INK) if run.gray else _INK)
    pixels = round(run.size_pt * _TENTHS)
    per_mm = _TENTHS / MM_PER_PT
    origin = QPointF(run.x_mm * per_mm, run.baseline_mm * per_mm)
    for piece in pieces:
        glyphs = QGlyphRun()
        glyphs.setRawFont(piece.font.raw(pixels))
        glyphs.setGlyphIndexes([glyph.index for glyph in piece.glyphs])
        glyphs.setPositions(
            [QPointF(place * per_mm + glyph.shift_em * pixels, 0.0)
             for place, glyph in zip(piece.places_mm, piece.glyphs, strict=True)]
        )  # fmt: skip
        for _ in range(coats):
            painter.drawGlyphRun(origin, glyphs)


def _paint_rules(painter: QPainter, rules: Iterable[Rule], px_per_mm: float) -> None:
    """Upright and level rules cover whole device pixels: no two of one width look different."""
    onto = painter.deviceTransform()
    back, possible = onto.inverted()
    upright = possible and not onto.isRotating()
    for rule in rules:
        ends = [QPointF(x * px_per_mm, y * px_per_mm)
                for x, y in ((rule.x1_mm, rule.y1_mm), (rule.x2_mm, rule.y2_mm))]  # fmt: skip
        width = rule.width_pt * MM_PER_PT * px_per_mm
        straight = rule.x1_mm == rule.x2_mm or rule.y1_mm == rule.y2_mm
        if straight and upright:
            start, end = (onto.map(point) for point in ends)
            thick = max(1, round(width * abs(onto.m11())))
            painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)
            painter.fillRect(back.mapRect(_crisp(start, end, thick)), _INK)
        else:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setPen(QPen(_INK, width, Qt.PenStyle.SolidLine, Qt.PenCapStyle.FlatCap))
            painter.drawLine(*ends)


def _crisp(start: QPointF, end: QPointF, thick: int) -> QRectF:
    """A rule on whole pixels, as long as to close the corner it makes with another of its kind."""
    left, right = sorted((start.x(), end.x()))
    top, bottom = sorted((start.y(), end.y()))
    x, y = round(left - thick / 2), round(top - thick / 2)
    return QRectF(x, y, round(right - thick / 2) - x + thick, round(bottom - thick / 2) - y + thick)
