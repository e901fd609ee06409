"""Pictures and PDFs, whole and broken, of which the files of evidence are made."""

import struct
import warnings
import zipfile
import zlib
from io import BytesIO

import pikepdf
from PIL import ExifTags, Image, PngImagePlugin

PNG_HEAD = b"\x89PNG\r\n\x1a\n"
MEGABYTE = 1024 * 1024
GPS = {ExifTags.GPS.GPSLatitudeRef: "N", ExifTags.GPS.GPSLatitude: (52.0, 12.0, 19.0)}
PLACE = b"taken at 52.2053N"


def picture(mode="RGB", size=(60, 40)) -> Image.Image:
    """Four quarters, of which no two are alike: red, green, blue and grey, as far as the mode goes."""
    width, height = size
    image = Image.new("RGB", size, (200, 30, 30))
    image.paste((30, 200, 30), (width // 2, 0, width, height // 2))
    image.paste((30, 30, 200), (0, height // 2, width // 2, height))
    image.paste((90, 90, 90), (width // 2, height // 2, width, height))
    return image.convert("L").convert("I;16") if mode == "I;16" else image.convert(mode)


def jpeg(mode="RGB", size=(60, 40), **manner) -> bytes:
    return _saved(picture(mode, size), "JPEG", manner)


def png(mode="RGB", size=(60, 40), **manner) -> bytes:
    return _saved(picture(mode, size), "PNG", manner)


def saved_as(form: str, **manner) -> bytes:
    """The picture in a form that is not taken, such as "GIF"."""
    return _saved(picture(), form, manner)


def _saved(image, form, manner):
    file = BytesIO()
    image.save(file, form, **manner)
    return file.getvalue()


def exif(orientation=1) -> Image.Exif:
    """What a telephone writes: how it was held, where, and whose it is."""
    data = Image.Exif()
    data[ExifTags.Base.Orientation] = orientation
    data[ExifTags.Base.Artist] = "Ann Smith"
    data.get_ifd(ExifTags.IFD.GPSInfo).update(GPS)
    return data


def notes(**texts: str) -> PngImagePlugin.PngInfo:
    """Texts of a PNG, packed and plain."""
    info = PngImagePlugin.PngInfo()
    for key, text in texts.items():
        info.add_text(key, text)
        info.add_itxt(key, text)
        info.add_text(key, text, zip=True)
    return info


def chunk(kind: bytes, body: bytes) -> bytes:
    return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))


def png_head(width: int, height: int, depth=8, colour=2) -> bytes:
    return PNG_HEAD + chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, depth, colour, 0, 0, 0))


def raw_png(width: int, height: int, row: bytes, rows=None, depth=8, colour=2) -> bytes:
    """A PNG of equal rows, packed piece by piece; rows: how many there are, where not all."""
    packer = zlib.compressobj(9)
    packed = b"".join(packer.compress(b"\0" + row) for _ in range(height if rows is None else rows))
    body = chunk(b"IDAT", packed + packer.flush())
    return png_head(width, height, depth, colour) + body + chunk(b"IEND", b"")


def jpeg_of_size(width: int, height: int) -> bytes:
    """A small JPEG whose head declares this size."""
    content = jpeg()
    place = content.index(b"\xff\xc0") + 5
    return content[:place] + struct.pack(">HH", height, width) + content[place + 4 :]


def jpeg_of_many_scans() -> bytes:
    """A picture that is painted over again thousands of times."""
    content = jpeg(size=(4000, 4000), progressive=True, quality=5)
    last = content.rindex(b"\xff\xda")
    scan = content[last:-2]
    return content[:-2] + scan * ((9 * MEGABYTE - len(content)) // len(scan)) + b"\xff\xd9"


def padded_jpeg(size: int) -> bytes:
    """A JPEG with comments up to this size."""
    content = jpeg()
    missing, comments = size - len(content), b""
    while missing:
        length = missing if missing <= 60_000 else min(60_000, missing - 100)
        comments += b"\xff\xfe" + struct.pack(">H", length - 2) + b"x" * (length - 4)
        missing -= length
    return content[:2] + comments + content[2:]


def archive(comment=b"") -> bytes:
    file = BytesIO()
    with zipfile.ZipFile(file, "w") as package:
        package.writestr("program.js", "alert(1)")
        package.comment = comment
    return file.getvalue()


def pdf(*changes, pages=1, **saving) -> bytes:
    """Empty pages, with changes made to them."""
    document = pikepdf.new()
    for _ in range(pages):
        document.add_blank_page(page_size=(200, 200))
    for change in changes:
        change(document)
    file = BytesIO()
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", pikepdf.exceptions.PageCopyWarning)
        document.save(file, **saving)
    return file.getvalue()


def root(key: str, text: str):
    """Change the catalogue: this key has this value, in the words of the format."""
    return lambda document: document.Root.__setitem__(key, pikepdf.Object.parse(text.encode()))


def page(key: str, text: str):
    """Change the first page."""
    return lambda document: document.pages[0].obj.__setitem__(key, pikepdf.Object.parse(text.encode()))


def annotation(text: str):
    """Put something onto the first page, as an object of its own."""

    def change(document):
        entries = pikepdf.Object.parse(f"<</Type /Annot /Rect [0 0 50 50] {text}>>".encode())
        document.pages[0].obj["/Annots"] = pikepdf.Array([document.make_indirect(entries)])

    return change


def stream(key: str, content: bytes, **entries):
    """Change the first page: this key has a stream of this content."""

    def change(document):
        made = pikepdf.Stream(document, content)
        for name, text in entries.items():
            made[f"/{name}"] = pikepdf.Object.parse(text.encode())
        document.pages[0].obj[key] = document.make_indirect(made)

    return change


def locked(user: str, revision: int, **more) -> bytes:
    return pdf(encryption=pikepdf.Encryption(user=user, owner="owner", R=revision, **more))


CATALOGUE, PAGES = b"<</Type /Catalog /Pages 2 0 R>>", b"<</Type /Pages /Kids [3 0 R] /Count 1>>"
A_PAGE = b"<</Type /Page /Parent 2 0 R /MediaBox [0 0 200 200]>>"


def written_pdf(*objects: bytes, trailer=b"", version=b"1.4", line=b"\n") -> bytes:
    """A PDF of these objects, numbered from 1, of which the first is the catalogue; nothing about it is mended."""
    content, places = b"%PDF-" + version + line + b"%\xe2\xe3\xcf\xd3" + line, []
    for number, text in enumerate(objects or (CATALOGUE, PAGES, A_PAGE), start=1):
        places.append(len(content))
        content += b"%d 0 obj%s%s%sendobj%s" % (number, line, text, line, line)
    begin = len(content)
    entries = b"".join(b"%010d 00000 n \n" % place for place in places)
    content += b"xref%s0 %d%s0000000000 65535 f \n%s" % (line, len(places) + 1, line, entries)
    content += b"trailer%s<</Size %d /Root 1 0 R %s>>%s" % (line, len(places) + 1, trailer, line)
    return content + b"startxref%s%d%s%%%%EOF%s" % (line, begin, line, line)


def padded_pdf(size: int) -> bytes:
    """A PDF with a stream that fills it up to this size."""
    empty = len(written_pdf(CATALOGUE, PAGES, A_PAGE, _filled(0)))
    for length in range(size - empty - 20, size - empty + 1):
        if len(content := written_pdf(CATALOGUE, PAGES, A_PAGE, _filled(length))) == size:
            return content
    raise AssertionError("no length fits")


def _filled(length):
    return b"<</Length %d>>stream\n%s\nendstream" % (length, b"x" * length)
