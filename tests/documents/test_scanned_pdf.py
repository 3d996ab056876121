"""A scanner's PDF: pages and their pictures, and no pictures wherever they would not be the whole page."""

from __future__ import annotations

import zlib

import pytest

from jiafang_desktop.documents import scanned_pdf

JPEG = b"\xff\xd8\xff\xe0 stream\nendobj 1 0 obj /Type /Page \xff\xd9"  # words of PDF inside a picture mislead nobody
DCT = b"/Filter /DCTDecode"


def image(number: int, *, how: bytes = DCT, more: bytes = b"", data: bytes = JPEG, length: bytes = b"") -> bytes:
    length = length or b"/Length %d" % len(data)
    return (
        b"%d 0 obj\n<< /Type /XObject /Subtype /Image %s %s %s >>\nstream\r\n%s\nendstream\nendobj\n"
        % (number, how, more, length, data)
    )  # fmt: skip


def pdf(*images: bytes, pages: int = 1, tail: bytes = b"") -> bytes:
    page = b"".join(b"%d 0 obj << /Type /Page /Parent 1 0 R >> endobj\n" % (90 + place) for place in range(pages))
    return (
        b"%PDF-1.4\n1 0 obj << /Type /Pages /Count 1 >> endobj\n" + page
        + b"80 0 obj << /Length 3 >>\nstream\nq Q\nendstream\nendobj\n" + b"".join(images) + tail + b"%%EOF"
    )  # fmt: skip


def test_a_page_that_is_one_jpeg_is_given_as_it_is() -> None:
    found = scanned_pdf.read(pdf(image(5), image(6, how=b"/Filter [/DCTDecode]"), pages=2))
    assert (found.pages, found.images) == (2, (JPEG, JPEG))


def test_a_length_kept_elsewhere_or_told_wrongly_does_not_mislead() -> None:
    short = b"\xff\xd8\xff\xe0 12 \xff\xd9\n"
    for length in (b"/Length 9 0 R", b"/Length 4000"):
        assert scanned_pdf.read(pdf(image(5, data=short, length=length))).images[0].startswith(short.rstrip())


def test_pages_in_packed_objects_are_counted() -> None:
    packed = zlib.compress(b"<< /Type /Page >> << /Type /Page >>")
    body = b"%PDF-1.5\n" + image(5) + image(6)
    objects = b"7 0 obj << /Type /ObjStm /Filter /FlateDecode /Length %d >>\nstream\n%s\nendstream\nendobj"
    found = scanned_pdf.read(body + objects % (len(packed), packed))
    assert (found.pages, len(found.images)) == (2, 2)


@pytest.mark.parametrize(
    "data",
    [
        pdf(image(5), pages=2), pdf(image(5), image(6), pages=1), pdf(image(5, how=b"/Filter /FlateDecode")),
        pdf(image(5, how=b"/Filter [/FlateDecode /DCTDecode]")), pdf(image(5, more=b"/SMask 6 0 R")),
        pdf(image(5), image(6, how=b"/Filter /JBIG2Decode", more=b"/ImageMask true")), pdf(),
        pdf(image(5), tail=b"trailer << /Encrypt 8 0 R >>"), b"%PDF-1.4\n", b"%PDF-1.4\nstream\n", b"",
        pdf(image(5, data=b"no jpeg")),
    ],
)  # fmt: skip
def test_where_a_picture_would_not_be_the_page_none_is_given(data: bytes) -> None:
    assert scanned_pdf.read(data).images == ()


def test_a_bomb_of_packed_objects_is_not_unpacked_whole() -> None:
    packed = zlib.compress(b"\0" * 100_000_000)
    data = b"7 0 obj << /Type /ObjStm /Length %d >>\nstream\n%s\nendstream" % (len(packed), packed)
    assert scanned_pdf.read(data).pages is None
