"""Files of evidence that are damaged, or are made to cost memory and time, in the manner of the hostile ones."""

import random
import struct
import zlib

from tests.core.evidence_files import (
    A_PAGE,
    CATALOGUE,
    MEGABYTE,
    PAGES,
    PNG_HEAD,
    chunk,
    jpeg,
    jpeg_of_many_scans,
    pdf,
    png,
    png_head,
    raw_png,
    written_pdf,
)

OF_PICTURES = "Open it and save it again, or take a screenshot of it, and upload that."
OF_PDFS = "Open it, print it as a new PDF and upload that."


def _cut(maker, parts):
    """The beginning of a file, in hundredths of it."""
    return lambda: maker()[: len(maker()) * parts // 100]


def _large_jpeg():
    return jpeg(size=(900, 700))


def _large_png():
    return png(size=(900, 700), compress_level=0)


def _large_pdf():
    return pdf(pages=100)


def _replaced(maker, before, after):
    def made():
        assert before in maker()
        return maker().replace(before, after, 1)

    return made


def _looping_pages():
    return written_pdf(CATALOGUE, b"<</Type /Pages /Kids [2 0 R 3 0 R] /Count 2>>", A_PAGE)


def _looping_tables():
    content = written_pdf(trailer=b"/Prev 000000000")
    return content.replace(b"/Prev 000000000", b"/Prev %09d" % content.index(b"xref"))


def _nested(text, end):
    return lambda: written_pdf(CATALOGUE, PAGES, A_PAGE, text * 100_000 + end * 100_000)


def _many_small_things():
    return written_pdf(CATALOGUE, PAGES, A_PAGE, b"[" + b"[]" * 4_000_000 + b"]")


def _bomb_of_objects():
    """Objects that unpack to 4 GB."""
    packer = zlib.compressobj(9)
    beginning = packer.compress(b"5 0 ") + packer.flush(zlib.Z_FULL_FLUSH)
    piece = packer.compress(bytes(MEGABYTE)) + packer.flush(zlib.Z_FULL_FLUSH)
    once = beginning + 4096 * piece + packer.flush()
    body = b"<</Type /ObjStm /N 1 /First 4 /Filter /FlateDecode /Length %d>>stream\n%s\nendstream" % (len(once), once)
    return _with_object_stream(body)


def _with_object_stream(body):
    """A PDF whose object 5 is the first in this object stream."""
    content, places = b"%PDF-1.5\n", []
    for number, text in enumerate((CATALOGUE, PAGES, A_PAGE, body), start=1):
        places.append(len(content))
        content += b"%d 0 obj\n%s\nendobj\n" % (number, text)
    places.append(len(content))
    rows = [(0, 0, 65535), *((1, place, 0) for place in places[:4]), (2, 4, 0), (1, places[4], 0)]
    table = b"".join(struct.pack(">BIH", *row) for row in rows)
    content += b"6 0 obj\n<</Type /XRef /Size 7 /W [1 4 2] /Root 1 0 R /Length %d>>stream\n%s\nendstream\nendobj\n" % (
        len(table),
        table,
    )
    return content + b"startxref\n%d\n%%%%EOF\n" % places[4]


def _chance_in(maker, begin):
    """Bytes thrown by dice from a place onwards, as many as there were."""

    def made():
        content = maker()
        return content[:begin] + random.Random(7).randbytes(len(content) - begin)  # noqa: S311 (made-up files)

    return made


DAMAGED = {
    name: (maker, f"x{suffix}", "EVIDENCE-08", "This file is damaged or could not be read. " + remedy)
    for suffix, remedy, makers in (
        (
            ".jpg",
            OF_PICTURES,
            {
                f"{parts} of 100 parts of a JPEG": _cut(_large_jpeg, parts) for parts in (1, 5, 20, 50, 80, 95)
            } | {
                "a JPEG that only begins": lambda: b"\xff\xd8\xff",
                "a JPEG without points": lambda: jpeg()[: jpeg().index(b"\xff\xda")] + b"\xff\xd9",
                "a JPEG of chance": _chance_in(_large_jpeg, 4),
                "a JPEG without tables": _replaced(jpeg, b"\xff\xdb", b"\xff\xfe"),
            },
        ),
        (
            ".png",
            OF_PICTURES,
            {
                f"{parts} of 100 parts of a PNG": _cut(_large_png, parts) for parts in (1, 20, 50, 80, 95)
            } | {
                "a PNG that only begins": lambda: PNG_HEAD,
                "a PNG with a wrong checksum": _replaced(png, b"IHDR\0\0\0\x3c", b"IHDR\0\0\0\x3d"),
                "a PNG without points": lambda: png_head(9, 9) + chunk(b"IEND", b""),
                "a PNG of chance": lambda: png_head(9, 9) + chunk(b"IDAT", b"\x78\x9c" + bytes(range(200, 250))),
                "a PNG without size": lambda: raw_png(0, 0, b""),
                "a PNG of an unknown kind": lambda: raw_png(9, 9, bytes(99), colour=5),
                "a bomb in a PNG's profile": lambda: png_head(9, 9)
                + chunk(b"iCCP", b"a\0\0" + zlib.compress(bytes(64 * MEGABYTE), 9))
                + png()[33:],
            },
        ),
        (
            ".pdf",
            OF_PDFS,
            {
                f"{parts} of 100 parts of a PDF": _cut(_large_pdf, parts) for parts in (1, 10, 30, 50, 70, 90, 99)
            } | {
                "a PDF that only begins": lambda: b"%PDF-1.7",
                "a PDF of chance": _chance_in(_large_pdf, 9),
                "a PDF without pages": lambda: pdf(pages=0),
                "a PDF whose table is elsewhere": _replaced(written_pdf, b"startxref\n", b"startxref\n1"),
                "a PDF without a catalogue": _replaced(written_pdf, b"/Root 1 0 R", b"/Rood 1 0 R"),
                "a PDF locked in an unknown way": lambda: written_pdf(trailer=b"/Encrypt <</Filter /Own /V 9>>"),
            },
        ),
    )
    for name, maker in makers.items()
}  # fmt: skip

BOMBS = {
    name: (maker, f"x{suffix}", "EVIDENCE-08", "This file is damaged or could not be read. ")
    for name, suffix, maker in (
        ("pages that contain themselves", ".pdf", _looping_pages),
        ("tables that follow themselves", ".pdf", _looping_tables),
        ("lists in lists in lists", ".pdf", _nested(b"[", b"]")),
        ("entries in entries in entries", ".pdf", _nested(b"<</A ", b">>")),
        ("objects that unpack to 4 GB", ".pdf", _bomb_of_objects),
        ("millions of small things", ".pdf", _many_small_things),
        ("a picture painted over and over", ".jpg", jpeg_of_many_scans),
        ("a progressive picture of the most points", ".jpg", lambda: jpeg(size=(8000, 6000), progressive=True)),
    )
}  # fmt: skip
"""Looked through only by a child: no test gives its own process the memory and time that these cost."""
