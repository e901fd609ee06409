"""Files of evidence that are refused: how each is made, its name, the code of the refusal and words of its sentence."""

import random

import pikepdf

from tests.core.evidence_files import (
    MEGABYTE,
    annotation,
    archive,
    jpeg,
    jpeg_of_size,
    locked,
    page,
    pdf,
    png,
    raw_png,
    root,
    saved_as,
    stream,
)

OBJECT_STREAMS = pikepdf.ObjectStreamMode.generate
OWNER_ONLY = pikepdf.Encryption(owner="owner", user="")
ACTION = "<</S /{} {}>>"
SCRIPT = ACTION.format("JavaScript", "/JS (app.alert\\(1\\))")
PROGRAM = b"MZ\x90\x00\x03\x00\x00\x00" * 50
HTML = b"<!DOCTYPE html><html><script>alert(1)</script></html>"
DICE = random.Random(7)  # noqa: S311 (made-up files)


def link_to(address):
    return annotation(f"/Subtype /Link /A <</S /URI /URI ({address})>>")


def attach(content):
    def change(document):
        document.attachments["a.exe"] = content

    return change


def _named(file_name, words="The file must be a PDF, JPEG or PNG."):
    """A whole PDF under a name that is not taken."""
    return (pdf, file_name, "EVIDENCE-03", words)


OF_IPHONES = "On an iPhone, take a screenshot of the photo and upload that."
NAMES = {
    f"named {file_name!r}": _named(file_name)
    for file_name in (
        "letter.docx", "letter.doc", "scan.gif", "scan.webp", "scan.bmp", "scan.tiff", "drawing.svg", "page.html",
        "program.exe", "letters.zip", "letter.txt", "list.xlsx", "letter", ".pdf", "a.pdf.html", "../../x.pdf.html",
        "x.pdf\0.html", "x\u202efdp.exe", "x.pdf.", "x.pdf/y.js", "" , "a" * 300 + ".html",
    )
} | {f"named {file_name!r}": _named(file_name, OF_IPHONES) for file_name in ("IMG_1.heic", "IMG_1.HEIF")}  # fmt: skip

SIZES = {f"empty {suffix}": (lambda: b"", f"x.{suffix}", "EVIDENCE-01", "is empty") for suffix in ("pdf", "jpg", "png")}
SIZES |= {
    "one byte past 10 MB": (
        lambda: b"%PDF-" + bytes(10 * MEGABYTE - 4), "x.pdf", "EVIDENCE-02", "The file is 10.1 MB. It must be 10 MB or",
    ),
    "12 MB": (lambda: jpeg() + bytes(12 * MEGABYTE - len(jpeg())), "x.jpg", "EVIDENCE-02", "The file is 12 MB."),
}  # fmt: skip

NOT_WHAT_IT_SAYS = {
    name: (maker, file_name, "EVIDENCE-04", f"although its name ends in {file_name[1:]}.")
    for name, maker, file_name in (
        ("a PNG as .jpg", png, "x.jpg"),
        ("a JPEG as .png", jpeg, "x.png"),
        ("a PDF as .jpeg", pdf, "x.jpeg"),
        ("a JPEG as .pdf", jpeg, "x.pdf"),
        ("a PNG as .pdf", png, "x.pdf"),
        ("a GIF as .png", lambda: saved_as("GIF"), "x.png"),
        ("a WebP as .jpg", lambda: saved_as("WEBP"), "x.jpg"),
        ("a BMP as .png", lambda: saved_as("BMP"), "x.png"),
        ("a TIFF as .jpg", lambda: saved_as("TIFF"), "x.jpg"),
        ("an AVIF as .jpg", lambda: saved_as("AVIF"), "x.jpg"),
        ("a HEIC as .jpg", lambda: b"\0\0\0\x18ftypheic\0\0\0\0mif1heic" + bytes(99), "x.jpg"),
        ("an archive as .pdf", archive, "x.pdf"),
        ("an archive as .png", archive, "x.png"),
        ("a program as .pdf", lambda: PROGRAM, "x.pdf"),
        ("a program as .jpg", lambda: PROGRAM, "x.jpg"),
        ("a page as .pdf", lambda: HTML, "x.pdf"),
        ("a drawing as .png", lambda: b"<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>", "x.png"),
        ("PostScript as .pdf", lambda: b"%!PS-Adobe-3.0\nshowpage\n", "x.pdf"),
        ("text as .pdf", lambda: b"To whom it may concern", "x.pdf"),
        ("chance as .jpg", lambda: DICE.randbytes(5000), "x.jpg"),
        ("chance as .png", lambda: DICE.randbytes(5000), "x.png"),
        ("a page before a PDF", lambda: HTML + pdf(), "x.pdf"),
        ("lines before a PDF", lambda: b"\n\n" + pdf(), "x.pdf"),
        ("a program before a PDF", lambda: PROGRAM + pdf(), "x.pdf"),
        ("a page in the first comment of a PDF", lambda: pdf().replace(b"\n", b"\n%" + HTML + b"\n", 1), "x.pdf"),
        ("a page behind a PDF", lambda: pdf() + HTML, "x.pdf"),
        ("an archive behind a PDF", lambda: pdf() + archive(), "x.pdf"),
        ("an archive behind a PDF that ends like one", lambda: pdf() + archive(b"%%EOF\n"), "x.pdf"),
        ("a program behind a PDF", lambda: pdf() + b"\n\n" + PROGRAM, "x.pdf"),
    )
}

TOO_LARGE = {
    name: (maker, file_name, "EVIDENCE-05", f"This picture is too large ({words} points).")
    for name, maker, file_name, words in (
        ("a PNG of 50,000 by 50,000", lambda: raw_png(50_000, 50_000, b"", 1), "x.png", "50,000 × 50,000"),
        ("a JPEG of 50,000 by 50,000", lambda: jpeg_of_size(50_000, 50_000), "x.jpg", "50,000 × 50,000"),
        ("a JPEG of the largest size", lambda: jpeg_of_size(65_500, 65_500), "x.jpeg", "65,500 × 65,500"),
        (
            "a PNG of the largest size",
            lambda: raw_png(2**31 - 1, 2**31 - 1, b"", 1),
            "x.png",
            "2,147,483,647 × 2,147,483,647",
        ),
        ("a picture one point too large", lambda: raw_png(50_000_001, 1, b"", 1, 1, 0), "x.png", "50,000,001 × 1"),
        ("a bomb of points", lambda: raw_png(8000, 7000, bytes(24_000), 7000), "x.png", "8,000 × 7,000"),
    )
}

LOCKED = {
    name: (maker, "x.pdf", "EVIDENCE-06", "This PDF is locked with a password. Save it again without a password")
    for name, maker in (
        ("a password of 1994", lambda: locked("user", 2, aes=False, metadata=False)),
        ("a password of 2001", lambda: locked("user", 3, aes=False, metadata=False)),
        ("a password of 2003", lambda: locked("user", 4)),
        ("a password of today", lambda: locked("user", 6)),
    )
}

FILE = "<</Type /Filespec /F (a.exe)>>"
ACTIVE = {
    name: (maker, "x.pdf", "EVIDENCE-07", "This PDF contains scripts, other files or media that we do not accept.")
    for name, maker in {
        "a script on opening": lambda: pdf(root("/OpenAction", SCRIPT)),
        "a program on opening": lambda: pdf(root("/OpenAction", ACTION.format("Launch", "/F (cmd.exe)"))),
        "an address on opening": lambda: pdf(root("/OpenAction", ACTION.format("URI", "/URI (https://a.example)"))),
        "a script of the document": lambda: pdf(root("/AA", f"<</WC {SCRIPT}>>")),
        "a script of a page": lambda: pdf(page("/AA", f"<</O {SCRIPT}>>")),
        "a script of a button": lambda: pdf(annotation(f"/Subtype /Widget /FT /Btn /A {SCRIPT}")),
        "a script of a field": lambda: pdf(annotation(f"/Subtype /Widget /FT /Tx /AA <</K {SCRIPT}>>")),
        "a script behind a link": lambda: pdf(annotation(f"/Subtype /Link /A <</S /GoTo /D [0] /Next {SCRIPT}>>")),
        "a script among several next": lambda: pdf(annotation(f"/Subtype /Link /A <</S /Named /Next [{SCRIPT}]>>")),
        "named scripts": lambda: pdf(root("/Names", f"<</JavaScript <</Names [(a) {SCRIPT}]>>>>")),
        "a script with its name in disguise": lambda: pdf(annotation("/Subtype /Link /A <</S /J#61vaScript>>")),
        "a script in packed objects": lambda: pdf(
            annotation(f"/Subtype /Link /A {SCRIPT}"), object_stream_mode=OBJECT_STREAMS
        ),
        "a script under the owner's password": lambda: pdf(
            annotation(f"/Subtype /Link /A {SCRIPT}"), encryption=OWNER_ONLY
        ),
        "a script in a stream": lambda: pdf(stream("/Metadata", b"app.alert(1)", JS="(app.alert\\(1\\))")),
        "a script in an outline": lambda: pdf(root("/Outlines", f"<</First <</Title (a) /A {SCRIPT}>>>>")),
        "a script as an address": lambda: pdf(link_to("javascript:alert(1)")),
        "a file of the machine as an address": lambda: pdf(link_to("file:///etc/passwd")),
        "a share as an address": lambda: pdf(link_to("\\\\\\\\evil.example\\\\share")),
        "a program behind a link": lambda: pdf(annotation(f"/Subtype /Link /A <</S /Launch /F {FILE}>>")),
        "another document behind a link": lambda: pdf(annotation("/Subtype /Link /A <</S /GoToR /F (a.pdf) /D [0]>>")),
        "a form that is sent": lambda: pdf(annotation("/Subtype /Widget /A <</S /SubmitForm /F (http://a.example)>>")),
        "a form that takes data": lambda: pdf(annotation("/Subtype /Widget /A <</S /ImportData /F (a.fdf)>>")),
        "a form of XFA": lambda: pdf(root("/AcroForm", "<</Fields [] /XFA [(template) (<template/>)]>>")),
        "an embedded file": lambda: pdf(attach(b"MZ")),
        "an attached file": lambda: pdf(annotation(f"/Subtype /FileAttachment /FS {FILE}")),
        "rich media": lambda: pdf(annotation("/Subtype /RichMedia /RichMediaContent <<>>")),
        "a film": lambda: pdf(annotation("/Subtype /Movie /Movie <</F (a.avi)>>")),
        "a sound": lambda: pdf(annotation("/Subtype /Link /A <</S /Sound>>")),
        "a rendition": lambda: pdf(annotation("/Subtype /Screen /A <</S /Rendition>>")),
        "a model of three dimensions": lambda: pdf(annotation("/Subtype /3D")),
        "a stream from another file": lambda: pdf(stream("/Contents", b"", F="(/etc/passwd)")),
    }.items()
}

HOSTILE = NAMES | SIZES | NOT_WHAT_IT_SAYS | TOO_LARGE | LOCKED | ACTIVE
