"""Pictures of scans from bytes in memory: whether they can be shown, how large they are, and decoded for the eye.

Qt decodes; no file is read or written here. A huge picture is decoded smaller, since no screen shows all of it.
"""

from __future__ import annotations

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QSize
from PySide6.QtGui import QImage, QImageIOHandler, QImageReader

_LARGEST_SIDE_PX = 3000
_GLANCE_PX = 256  # enough to know whether it decodes


def can_show(data: bytes) -> bool:
    """Whether the bytes are a picture that decodes."""
    return not decoded(data, largest_px=_GLANCE_PX).isNull()


def size_of(data: bytes) -> QSize:
    """How large the picture lies before the eye; invalid where it is none."""
    buffer = _buffer(data)
    reader = QImageReader(buffer)
    size = reader.size()
    turned = reader.transformation() & QImageIOHandler.Transformation.TransformationRotate90
    return size.transposed() if turned else size


def decoded(data: bytes, *, largest_px: int = _LARGEST_SIDE_PX) -> QImage:
    """The picture, upright as the scanner says, no side longer than ``largest_px``; null where it is none."""
    buffer = _buffer(data)
    reader = QImageReader(buffer)
    reader.setAutoTransform(True)
    size = reader.size()
    if not size.isValid():
        return QImage()
    longest = max(size.width(), size.height())
    if longest > largest_px:
        reader.setScaledSize((size * (largest_px / longest)).expandedTo(QSize(1, 1)))
    return reader.read()


def _buffer(data: bytes) -> QBuffer:
    buffer = QBuffer()
    buffer.setData(QByteArray(data))
    buffer.open(QIODevice.OpenModeFlag.ReadOnly)
    return buffer
