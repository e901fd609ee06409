"""PDFs, looked through object by object. Nothing in them is run, and no stream of theirs is unpacked but by qpdf."""

import re
import zipfile
from io import BytesIO
from typing import Any, BinaryIO

import pikepdf
from pikepdf import Array, Dictionary, Name, Object, Pdf, Stream, String

from core.rules.evidence import (
    document_has_no_password,
    document_is_only_pages,
    evidence_can_be_read,
    evidence_is_what_its_name_says,
)

from .refusing import refuse

ACTIVE_KEYS = {
    "/AA",  # acts on events, such as opening a page
    "/EF",
    "/EmbeddedFiles",
    "/JS",
    "/JavaScript",
    "/RichMediaContent",
    "/XFA",
}
ACTIVE_ACTIONS = {
    "/GoTo3DView",
    "/GoToE",
    "/GoToR",
    "/ImportData",
    "/JavaScript",
    "/Launch",
    "/Movie",
    "/Rendition",
    "/RichMediaExecute",
    "/Sound",
    "/SubmitForm",
    "/Thread",
}
ACTIVE_KINDS = {"/3D", "/FileAttachment", "/Movie", "/PS", "/RichMedia", "/Screen", "/Sound"}
"""Annotations and other objects that play, run or carry something."""
LINKS = {"http", "https", "mailto", "tel"}
"""What a link may lead to."""
SCHEME = re.compile(r"\s*([^/?#:]*):", re.ASCII)
PAGE_FOR_BROWSERS = re.compile(rb"<\s*(!doctype|html|head|body|script|svg|iframe)", re.IGNORECASE)
WHERE_BROWSERS_LOOK = 1024
FORGIVEN = "Resources is missing"
"""What qpdf says of a page that uses no fonts or pictures and does not say so; many scanners write such."""
END = b"%%EOF"
PADDING = b"\0\t\n\f\r "


def look_through_document(given: BinaryIO, suffix: str, answer: BinaryIO) -> None:
    """Refuse a PDF that is more than pages to read. Nothing is written into the answer.

    A PDF that opens without a password is taken although its owner forbade copying or printing. One that is damaged is
    refused and not mended: two programs could read two documents in it. Raises Refused; what qpdf raises for damaged
    files passes through.
    """
    content = given.read()
    refuse(evidence_is_what_its_name_says(suffix, not _is_something_else_too(content)))
    try:
        document = pikepdf.open(BytesIO(content), attempt_recovery=False)
    except pikepdf.PasswordError:
        refuse(document_has_no_password(True))
        return
    with document:
        refuse(document_is_only_pages(_opens_with_an_act(document) or _has_more_than_pages(document)))
        refuse(evidence_can_be_read(suffix, len(document.pages) > 0 and not _was_mended(document)))


def _is_something_else_too(content: bytes) -> bool:
    """Whether other programs would take it for a page or an archive, or something follows its end."""
    behind = content.rpartition(END)[2]
    if END in content and behind.strip(PADDING):
        return True
    return bool(PAGE_FOR_BROWSERS.search(content[:WHERE_BROWSERS_LOOK])) or _is_archive(content)


def _is_archive(content: bytes) -> bool:
    try:
        return bool(zipfile.ZipFile(BytesIO(content)).namelist())
    except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError):
        return False


def _was_mended(document: Pdf) -> bool:
    """Whether qpdf changed or left out something that it could not read."""
    return any(FORGIVEN not in str(warning) for warning in document.get_warnings())


def _opens_with_an_act(document: Pdf) -> bool:
    opening = document.Root.get("/OpenAction")
    return isinstance(opening, Dictionary) and opening.get("/S") != Name.GoTo


def _has_more_than_pages(document: Pdf) -> bool:
    """Every object of the table is met once; what stands inside it is met with it."""
    waiting: list[Any] = []
    for whole in document.objects:
        waiting.append(whole)
        while waiting:
            value = waiting.pop()
            if isinstance(value, Array):
                inside = list(value)
            elif isinstance(value, (Dictionary, Stream)):
                entries = dict(value.items())
                if _acts(entries) or (isinstance(value, Stream) and "/F" in entries):
                    return True
                inside = list(entries.values())
            else:
                continue
            waiting += [part for part in inside if isinstance(part, Object) and not part.is_indirect]
    return False


def _acts(entries: dict[str, Any]) -> bool:
    if not ACTIVE_KEYS.isdisjoint(entries):
        return True
    if _word(entries, "/S") in ACTIVE_ACTIONS or _word(entries, "/Subtype") in ACTIVE_KINDS:
        return True
    return "/URI" in entries and _leads_astray(entries["/URI"])


def _word(entries: dict[str, Any], key: str) -> str:
    value = entries.get(key)
    return str(value) if isinstance(value, Name) else ""


def _leads_astray(link: Any) -> bool:
    """Whether a link is more than the address of a page or of a mailbox."""
    if not isinstance(link, String):
        return False
    text = str(link)
    scheme = SCHEME.match(text)
    return text.lstrip().startswith("\\") or bool(scheme and scheme[1].strip().lower() not in LINKS)
