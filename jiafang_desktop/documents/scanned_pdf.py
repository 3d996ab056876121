"""What a scanner's PDF holds: how many pages, and their pictures where each page is one JPEG, as scanners write them.

A reader of bytes in plain Python: nothing is drawn, run or written, and whatever it can't vouch for it leaves to a
real PDF program by giving no pictures.
"""

from __future__ import annotations

import re
import zlib
from dataclasses import dataclass

_STREAM = re.compile(rb"(?<!end)stream\r?\n")
_LENGTH = re.compile(rb"/Length\s+(\d+)(?!\s+\d+\s+R)")
_PAGE = re.compile(rb"/Type\s*/Page(?![A-Za-z])")
_IMAGE = re.compile(rb"/Subtype\s*/Image(?![A-Za-z])")
_MASK = re.compile(rb"/ImageMask\s+true|/(?:SMask|Mask)\s+\d+\s+\d+\s+R")
_FILTER = re.compile(rb"/Filter\s*(\[[^\]]*\]|/\w+)")
_OBJECT_STREAM = re.compile(rb"/Type\s*/ObjStm(?![A-Za-z])")
_LONGEST_HEAD = 4096  # bytes before a stream in which its dictionary must begin
_LARGEST_UNPACKED = 8 * 1024 * 1024  # of one packed list of objects, so that no small file swells


@dataclass(frozen=True, slots=True)
class ScannedPdf:
    """``pages`` is None where it can't be told. ``images`` are the pages as JPEG bytes, or empty."""

    pages: int | None
    images: tuple[bytes, ...] = ()


def read(data: bytes) -> ScannedPdf:
    """Look through a PDF's bytes."""
    found, images, plain = [], 0, True  # JPEG pictures, all pictures, whether nothing lies over or under them
    between = bytearray()
    place = 0
    while (match := _STREAM.search(data, place)) is not None:
        head = data[max(match.start() - _LONGEST_HEAD, place) : match.start()]
        between += data[place : match.start()]
        head = head[head.rfind(b" obj") + 4 :]
        end = _end(data, match.end(), head)
        if _IMAGE.search(head):
            images += 1
            plain = plain and _MASK.search(head) is None
            if _filters(head) == [b"DCTDecode"]:
                found.append(data[match.end() : end])
        elif _OBJECT_STREAM.search(head):
            between += _unpacked(data[match.end() : end])
        place = end
    between += data[place:]
    if b"/Encrypt" in between:
        return ScannedPdf(None)
    pages = len(_PAGE.findall(between)) or None
    whole = plain and len(found) == images == pages and all(image.startswith(b"\xff\xd8\xff") for image in found)
    return ScannedPdf(pages, tuple(found) if whole else ())


def _end(data: bytes, start: int, head: bytes) -> int:
    """Where a stream that begins at ``start`` ends: by its own length where that is true, else by its last word."""
    stated = _LENGTH.search(head)
    if stated is not None:
        end = start + int(stated[1])
        if data[end : end + 16].lstrip().startswith(b"endstream"):
            return end
    end = data.find(b"endstream", start)
    return end if end >= 0 else len(data)


def _filters(head: bytes) -> list[bytes]:
    match = _FILTER.search(head)
    return re.findall(rb"/(\w+)", match[1]) if match is not None else []


def _unpacked(packed: bytes) -> bytes:
    try:
        return zlib.decompressobj().decompress(packed, _LARGEST_UNPACKED)
    except zlib.error:
        return b""
