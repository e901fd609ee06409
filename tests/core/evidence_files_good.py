"""Files of evidence that are taken: how each is made, and its name."""

import struct
from io import BytesIO

import pikepdf
from PIL import ImageCms

from tests.core.evidence_files import (
    A_PAGE,
    CATALOGUE,
    MEGABYTE,
    PAGES,
    PLACE,
    annotation,
    archive,
    chunk,
    exif,
    jpeg,
    notes,
    padded_jpeg,
    padded_pdf,
    page,
    pdf,
    picture,
    png,
    raw_png,
    root,
    stream,
    written_pdf,
)

PROFILE = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
XMP = b"<x:xmpmeta xmlns:x='adobe:ns:meta/'><exif:GPSLatitude>52,12N</exif:GPSLatitude></x:xmpmeta>"
HTML = b"<script>alert(1)</script>"


def several(form: str) -> bytes:
    """A file with two pictures: an "MPO" of a telephone, or a "PNG" that moves."""
    file = BytesIO()
    picture().save(file, form, save_all=True, append_images=[picture("L").convert("RGB")])
    return file.getvalue()


def plain_png(depth: int, colour: int, channels: int) -> bytes:
    """A PNG of 16 bits a channel."""
    return raw_png(30, 20, bytes(30 * channels * depth // 8), depth=depth, colour=colour)


def updated(content: bytes) -> bytes:
    """A PDF to which a second edition was appended."""
    begin, place = content.rindex(b"startxref"), len(content)
    more = b"3 0 obj\n" + A_PAGE + b"\nendobj\n"
    table = b"xref\n3 1\n%010d 00000 n \n" % place
    old = int(content[begin:].split()[1])
    trailer = b"trailer\n<</Size 4 /Root 1 0 R /Prev %d>>\nstartxref\n%d\n%%%%EOF\n" % (old, place + len(more))
    return content + more + table + trailer


def titled(**entries):
    def change(document):
        for key, text in entries.items():
            document.docinfo[f"/{key}"] = text

    return change


def described(document):
    with document.open_metadata() as data:
        data["dc:title"] = "About /JavaScript"


def outlined(document):
    with document.open_outline() as outline:
        outline.root.append(pikepdf.OutlineItem("First page", 0))


def with_a_picture(document):
    image = pikepdf.Stream(document, jpeg())
    for key, text in {
        "Type": "/XObject", "Subtype": "/Image", "Width": "60", "Height": "40", "ColorSpace": "/DeviceRGB",
        "BitsPerComponent": "8", "Filter": "/DCTDecode",
    }.items():  # fmt: skip
        image[f"/{key}"] = pikepdf.Object.parse(text.encode())
    document.pages[0].obj["/Resources"] = pikepdf.Dictionary(XObject=pikepdf.Dictionary(A=image))
    document.pages[0].Contents = document.make_stream(b"q 60 0 0 40 0 0 cm /A Do Q")


FORM = "<</Fields [<</FT /Tx /T (name) /V (Ann)>>] /DA (/Helv 0 Tf)>>"
FONT = "<</Font <</F <</Type /Font /Subtype /Type1 /BaseFont /Helvetica>>>>>>"
JPEGS = {
    f"a JPEG of mode {mode}": (lambda mode=mode: jpeg(mode), "x.jpg") for mode in ("L", "RGB", "CMYK")
} | {
    f"a JPEG held in way {way}": (
        lambda way=way: jpeg(exif=exif(way), comment=PLACE, xmp=XMP), "x.jpg",
    ) for way in range(1, 9)
} | {
    f"a JPEG in quality {quality}": (lambda quality=quality: jpeg(quality=quality), "x.jpeg")
    for quality in (1, 75, 100)
} | {
    f"a JPEG with colours {fewer}": (lambda fewer=fewer: jpeg(subsampling=fewer), "x.jpg")
    for fewer in ("4:4:4", "4:2:2", "4:2:0")
} | {
    name: (maker, file_name) for name, file_name, maker in (
        ("a progressive JPEG", "x.jpg", lambda: jpeg(progressive=True)),
        ("a grey progressive JPEG", "x.jpg", lambda: jpeg("L", progressive=True)),
        ("a JPEG with marks to begin again", "x.jpg", lambda: jpeg(restart_marker_rows=1)),
        ("a JPEG with good tables", "x.jpg", lambda: jpeg(optimize=True)),
        ("a JPEG with its points to the inch", "x.jpg", lambda: jpeg(dpi=(300, 300))),
        ("a JPEG with a profile", "x.jpg", lambda: jpeg(icc_profile=PROFILE)),
        ("a JPEG with damaged metadata", "x.jpg", lambda: jpeg(exif=b"Exif\0\0II*\0\xff\xff\xff\xff")),
        ("a JPEG of several pictures", "x.jpg", lambda: several("MPO")),
        ("a JPEG of one point", "x.jpg", lambda: jpeg(size=(1, 1))),
        ("a wide JPEG", "x.jpg", lambda: jpeg(size=(9000, 3))),
        ("a tall JPEG on its side", "x.jpg", lambda: jpeg(size=(3, 9000), exif=exif(6))),
        ("a JPEG with capitals", "IMG_0001.JPG", jpeg),
        ("a JPEG with a long ending", "x.JPEG", jpeg),
        ("a JPEG with a page in its comment", "x.jpg", lambda: jpeg(comment=HTML)),
        ("a JPEG with a page behind it", "x.jpg", lambda: jpeg() + HTML),
        ("a JPEG with an archive behind it", "x.jpg", lambda: jpeg() + archive()),
        ("a JPEG of exactly 10 MB", "x.jpg", lambda: padded_jpeg(10 * MEGABYTE)),
    )
}  # fmt: skip
PNGS = {
    f"a PNG of mode {mode}": (lambda mode=mode: png(mode), "x.png")
    for mode in ("1", "L", "LA", "P", "RGB", "RGBA", "I;16")
} | {
    name: (maker, file_name) for name, file_name, maker in (
        ("a PNG with a colour to look through", "x.png", lambda: png(transparency=(200, 30, 30))),
        ("a PNG with a grey to look through", "x.png", lambda: png("L", transparency=90)),
        ("a PNG with a palette to look through", "x.png", lambda: png("P", transparency=b"\0\x80")),
        ("a PNG of 16 bits", "x.png", lambda: plain_png(16, 2, 3)),
        ("a PNG of 16 bits to look through", "x.png", lambda: plain_png(16, 6, 4)),
        ("a PNG of two bits", "x.png", lambda: raw_png(8, 8, b"\x1b\xe4", depth=2, colour=0)),
        ("a PNG of four bits", "x.png", lambda: raw_png(8, 8, b"\x12\x34\x56\x78", depth=4, colour=0)),
        ("a PNG with texts", "x.png", lambda: png(pnginfo=notes(Location=PLACE.decode()))),
        ("a PNG with metadata", "x.png", lambda: png(exif=exif())),
        ("a PNG on its side", "x.png", lambda: png("P", exif=exif(6))),
        ("a PNG to look through on its side", "x.png", lambda: png("RGBA", exif=exif(8))),
        ("a PNG with a profile", "x.png", lambda: png(icc_profile=PROFILE)),
        ("a PNG with its points to the inch", "x.png", lambda: png(dpi=(300, 300))),
        ("a PNG with its gamma", "x.png", lambda: png()[:33] + chunk(b"gAMA", struct.pack(">I", 45455)) + png()[33:]),
        ("a PNG with what nobody knows", "x.png", lambda: png()[:33] + chunk(b"prVt", HTML) + png()[33:]),
        ("a PNG that moves", "x.png", lambda: several("PNG")),
        ("a PNG that is hardly packed", "x.png", lambda: png(compress_level=0)),
        ("a PNG of one point", "x.png", lambda: png(size=(1, 1))),
        ("a PNG with capitals", "SCAN.PNG", png),
        ("a PNG with a page behind it", "x.png", lambda: png() + HTML),
        ("a screenshot", "x.png", lambda: png(size=(1170, 2532))),
        ("a PNG of exactly 10 MB", "x.png", lambda: png() + bytes(10 * MEGABYTE - len(png()))),
    )
}  # fmt: skip
PDFS = {
    f"a PDF of version {version}": (lambda version=version: written_pdf(version=version.encode()), "x.pdf")
    for version in ("1.3", "1.4", "1.5", "1.6", "1.7", "2.0")
} | {
    name: (maker, file_name) for name, file_name, maker in (
        ("a PDF of one page", "x.pdf", pdf),
        ("a PDF of 300 pages", "x.pdf", lambda: pdf(pages=300)),
        ("a PDF with capitals", "LETTER.PDF", pdf),
        ("a PDF in packed objects", "x.pdf", lambda: pdf(object_stream_mode=pikepdf.ObjectStreamMode.generate)),
        ("a PDF for slow lines", "x.pdf", lambda: pdf(pages=3, linearize=True)),
        ("a PDF with ends of lines of Windows", "x.pdf", lambda: written_pdf(line=b"\r\n")),
        ("a PDF that ends in blanks", "x.pdf", lambda: pdf() + b"\r\n\r\n"),
        ("a PDF that ends in zeros", "x.pdf", lambda: pdf() + bytes(512)),
        ("a PDF in a second edition", "x.pdf", lambda: updated(written_pdf())),
        ("a PDF of which the owner forbids copies", "x.pdf",
         lambda: pdf(encryption=pikepdf.Encryption(owner="owner", user=""))),
        ("a PDF with a title", "x.pdf", lambda: pdf(titled(Title="How to /Launch /JavaScript", Author="Ann Smith"))),
        ("a PDF with metadata", "x.pdf", lambda: pdf(described)),
        ("a PDF whose text is about scripts", "x.pdf",
         lambda: pdf(stream("/Contents", b"BT (/S /JavaScript /JS) Tj ET"), compress_streams=False)),
        ("a PDF with links", "x.pdf", lambda: pdf(annotation("/Subtype /Link /A <</S /URI /URI (https://a.example)>>"))),
        ("a PDF with an address to write to", "x.pdf",
         lambda: pdf(annotation("/Subtype /Link /A <</S /URI /URI (mailto:a@b.example)>>"))),
        ("a PDF with a telephone number", "x.pdf",
         lambda: pdf(annotation("/Subtype /Link /A <</S /URI /URI (tel:+441223553998)>>"))),
        ("a PDF with a link beside it", "x.pdf",
         lambda: pdf(annotation("/Subtype /Link /A <</S /URI /URI (letters/10:30.html)>>"))),
        ("a PDF with a link inside it", "x.pdf", lambda: pdf(annotation("/Subtype /Link /A <</S /GoTo /D [0 /Fit]>>"))),
        ("a PDF with a link to its next page", "x.pdf",
         lambda: pdf(annotation("/Subtype /Link /A <</S /Named /N /NextPage>>"))),
        ("a PDF that opens at a place", "x.pdf", lambda: pdf(root("/OpenAction", "[0 /Fit]"))),
        ("a PDF that opens by going to a place", "x.pdf", lambda: pdf(root("/OpenAction", "<</S /GoTo /D [0 /Fit]>>"))),
        ("a PDF with an outline", "x.pdf", lambda: pdf(outlined)),
        ("a PDF with a form", "x.pdf", lambda: pdf(root("/AcroForm", FORM))),
        ("a PDF that is signed", "x.pdf",
         lambda: pdf(root("/AcroForm", "<</SigFlags 3 /Fields [<</FT /Sig /T (a) /V <</Type /Sig>>>>]>>"))),
        ("a PDF with a comment", "x.pdf", lambda: pdf(annotation("/Subtype /Text /Contents (Seen: Dr Hill)"))),
        ("a PDF with a mark", "x.pdf", lambda: pdf(annotation("/Subtype /Highlight /QuadPoints [0 0 1 0 0 1 1 1]"))),
        ("a PDF with a stamp", "x.pdf", lambda: pdf(annotation("/Subtype /Stamp /BS <</S /S /W 1>>"))),
        ("a PDF with layers", "x.pdf", lambda: pdf(root("/OCProperties", "<</OCGs [] /D <</Order []>>>>"))),
        ("a PDF for archives", "x.pdf",
         lambda: pdf(root("/OutputIntents", "[<</S /GTS_PDFA1 /OutputConditionIdentifier (sRGB)>>]"))),
        ("a PDF with numbered pages", "x.pdf", lambda: pdf(root("/PageLabels", "<</Nums [0 <</S /D>>]>>"))),
        ("a PDF that fades", "x.pdf", lambda: pdf(page("/Trans", "<</S /Dissolve>>"))),
        ("a PDF with a font", "x.pdf", lambda: pdf(page("/Resources", FONT), stream("/Contents", b"BT /F 9 Tf ET"))),
        ("a PDF with a picture", "x.pdf", lambda: pdf(with_a_picture)),
        ("a PDF with an empty object", "x.pdf", lambda: written_pdf(CATALOGUE, PAGES, A_PAGE, b"null")),
        ("a PDF of exactly 10 MB", "x.pdf", lambda: padded_pdf(10 * MEGABYTE)),
    )
}  # fmt: skip
LARGE = {
    "a JPEG of 50 million points": (lambda: jpeg(size=(8000, 6250)), "x.jpg"),
    "a JPEG of 50 million points on its side": (lambda: jpeg(size=(8000, 6250), exif=exif(6)), "x.jpg"),
    "a PNG of 50 million points": (lambda: raw_png(8000, 6250, bytes(range(240)) * 100), "x.png"),
    "a PNG of 50 million points to look through": (
        lambda: raw_png(8000, 6250, bytes(range(160)) * 200, colour=6), "x.png",
    ),
}  # fmt: skip
"""Looked through only by a child."""
GOOD = JPEGS | PNGS | PDFS
