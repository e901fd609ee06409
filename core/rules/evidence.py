"""The laws of evidence: PDFs and pictures that back a request. Plain Python."""

from dataclasses import replace

from core.refusals import Refusal

from .sheets import MEGABYTE

LARGEST_EVIDENCE = 10 * MEGABYTE
MOST_FILES = 5
MOST_PIXELS = 50_000_000
MOST_OF_CENTRE = 500 * MEGABYTE
"""How much evidence a centre can keep in one series, in bytes."""

TYPES = {".pdf": "a PDF", ".jpg": "a JPEG picture", ".jpeg": "a JPEG picture", ".png": "a PNG picture"}
"""The types of evidence that are taken, by the end of the file's name, and what each has to be."""
OF_TELEPHONES = {".heic", ".heif"}


def of_file(name: str, refusal: Refusal) -> Refusal:
    """The refusal with the name of its file before the sentence, so that it can stand among those of other files."""
    return replace(refusal, sentence=f"“{name}”: {refusal.sentence}")


def evidence_has_content(size: int) -> Refusal | None:
    """EVIDENCE-01: A file of evidence is not empty."""
    if size:
        return None
    return Refusal("EVIDENCE-01", "The file is empty. Choose the file that has the evidence in it.", "files")


def evidence_is_small_enough(size: int) -> Refusal | None:
    """EVIDENCE-02: A file of evidence has at most 10 MB.

    size: in bytes; the sentence rounds it up to a tenth of a megabyte.
    """
    if size <= LARGEST_EVIDENCE:
        return None
    megabytes = -(-size * 10 // MEGABYTE) / 10
    return Refusal("EVIDENCE-02", f"The file is {megabytes:g} MB. It must be 10 MB or smaller.", "files")


def evidence_type_is_taken(suffix: str) -> Refusal | None:
    """EVIDENCE-03: Evidence is a .pdf, .jpg, .jpeg or .png."""
    if suffix in TYPES:
        return None
    remedy = (
        "On an iPhone, take a screenshot of the photo and upload that."
        if suffix in OF_TELEPHONES
        else "Save or print it as a PDF and upload that."
    )
    return Refusal("EVIDENCE-03", f"The file must be a PDF, JPEG or PNG. {remedy}", "files")


def evidence_is_what_its_name_says(suffix: str, is_what_it_says: bool) -> Refusal | None:
    """EVIDENCE-04: A file of evidence is what the end of its name says, from the first byte to the last."""
    if is_what_it_says:
        return None
    return Refusal(
        "EVIDENCE-04",
        f"The file must be a PDF, JPEG or PNG. This one is not {TYPES[suffix]} throughout, although its name ends in "
        f"{suffix}. Open it, save or print it as a PDF and upload that.",
        "files",
    )


def picture_is_small_enough(width: int, height: int) -> Refusal | None:
    """EVIDENCE-05: A picture has at most 50 million points.

    width, height: in points, as the head of the file declares them.
    """
    if width * height <= MOST_PIXELS:
        return None
    return Refusal(
        "EVIDENCE-05",
        f"This picture is too large ({width:,} × {height:,} points). Make it smaller, so that width times height is at "
        "most 50 million points, or take a screenshot of it, and upload that.",
        "files",
    )


def document_has_no_password(is_locked: bool) -> Refusal | None:
    """EVIDENCE-06: A PDF opens without a password."""
    if not is_locked:
        return None
    return Refusal(
        "EVIDENCE-06", "This PDF is locked with a password. Save it again without a password and upload that.", "files"
    )


def document_is_only_pages(has_more: bool) -> Refusal | None:
    """EVIDENCE-07: A PDF has no scripts, no other files and no media in it, and nothing that acts when it is opened."""
    if not has_more:
        return None
    return Refusal(
        "EVIDENCE-07",
        "This PDF contains scripts, other files or media that we do not accept. Print it as a new PDF and upload that.",
        "files",
    )


def evidence_can_be_read(suffix: str, can_be_read: bool) -> Refusal | None:
    """EVIDENCE-08: A file of evidence is whole, and can be read with the memory and in the time that is given to it."""
    if can_be_read:
        return None
    remedy = (
        "Open it, print it as a new PDF and upload that."
        if suffix == ".pdf"
        else "Open it and save it again, or take a screenshot of it, and upload that."
    )
    return Refusal("EVIDENCE-08", f"This file is damaged or could not be read. {remedy}", "files")


def evidence_has_no_virus(is_infected: bool) -> Refusal | None:
    """EVIDENCE-09: A file in which the scanner finds a virus is not kept."""
    if not is_infected:
        return None
    return Refusal("EVIDENCE-09", "A virus was found in this file. It was not saved. Tell your IT team.", "files")


def request_has_few_files(files: int) -> Refusal | None:
    """EVIDENCE-10: A request has at most five files of evidence.

    files: those that it has and those that are to be added.
    """
    if files <= MOST_FILES:
        return None
    return Refusal(
        "EVIDENCE-10",
        f"You can add up to {MOST_FILES} files. With these there would be {files}: leave some out.",
        "files",
    )


def centre_has_room(used: int, added: int) -> Refusal | None:
    """EVIDENCE-11: A centre keeps at most 500 MB of evidence in one series.

    used, added: bytes that it has in the series, and bytes that are to be added.
    """
    if used + added <= MOST_OF_CENTRE:
        return None
    return Refusal(
        "EVIDENCE-11",
        "Your centre has used its 500 MB for evidence in this series. Add smaller files, or ask the STEP team how to "
        "send this evidence.",
        "files",
    )
