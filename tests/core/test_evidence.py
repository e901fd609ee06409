"""The laws of evidence, the names of its files, the process that looks through them, and where they are kept."""

import hashlib
import stat
import sys

import pytest
from django.core.exceptions import SuspiciousFileOperation
from django.core.files.base import ContentFile
from django.core.files.storage import storages
from django.urls import get_resolver

from core.evidence import checking
from core.evidence.checking import check_evidence
from core.evidence.names import LONGEST_NAME, shown_name, suffix_of
from core.refusals import Refused
from core.rules.evidence import (
    LARGEST_EVIDENCE,
    MOST_FILES,
    MOST_OF_CENTRE,
    MOST_PIXELS,
    TYPES,
    centre_has_room,
    document_has_no_password,
    document_is_only_pages,
    evidence_can_be_read,
    evidence_has_content,
    evidence_has_no_virus,
    evidence_is_small_enough,
    evidence_is_what_its_name_says,
    evidence_type_is_taken,
    of_file,
    picture_is_small_enough,
    request_has_few_files,
)
from entries_portal.settings import base
from tests.core.evidence_files import jpeg, pdf, png

MEGABYTE = 1024 * 1024
TRAVERSALS = (
    "../../x.pdf", "..\\..\\x.pdf", "/etc/x.pdf", "C:\\Users\\Ann\\x.pdf", "C:/x.pdf", "\\\\server\\share\\x.pdf",
    "a/../x.pdf", "./x.pdf", ".././x.pdf", "....//x.pdf", "..\\/x.pdf", "a\\..\\x.pdf", "~/x.pdf", "file:///x.pdf",
    "http://evil.example/x.pdf", "a/b/c/d/x.pdf", "..\0/x.pdf", "../x.p\0df", "\u202e../x.pdf", "\n../\r\nx.pdf",
)  # fmt: skip


def test_evidence_01_an_empty_file_is_refused():
    assert evidence_has_content(1) is None
    assert evidence_has_content(0).sentence == "The file is empty. Choose the file that has the evidence in it."


@pytest.mark.parametrize(
    ("size", "says"),
    [
        (10 * MEGABYTE, None),
        (10 * MEGABYTE + 1, "The file is 10.1 MB. It must be 10 MB or smaller."),
        (12 * MEGABYTE, "The file is 12 MB. It must be 10 MB or smaller."),
    ],
)
def test_evidence_02_ten_megabytes_are_taken_and_one_byte_more_is_not(size, says):
    refusal = evidence_is_small_enough(size)

    assert LARGEST_EVIDENCE == 10 * MEGABYTE
    assert (refusal and refusal.sentence) == says


@pytest.mark.parametrize("suffix", [*TYPES, ".docx", ".html", ".svg", ".gif", "", ".PDF"])
def test_evidence_03_pdf_jpeg_and_png_are_taken_and_nothing_else(suffix):
    assert (evidence_type_is_taken(suffix) is None) == (suffix in {".pdf", ".jpg", ".jpeg", ".png"})


def test_evidence_03_b25_what_a_telephone_makes_is_refused_with_a_remedy():
    assert evidence_type_is_taken(".heic").sentence == (
        "The file must be a PDF, JPEG or PNG. On an iPhone, take a screenshot of the photo and upload that."
    )


@pytest.mark.parametrize("suffix", TYPES)
def test_evidence_04_a_file_that_is_not_what_its_name_says_is_refused(suffix):
    assert evidence_is_what_its_name_says(suffix, True) is None
    assert f"although its name ends in {suffix}." in evidence_is_what_its_name_says(suffix, False).sentence


@pytest.mark.parametrize(
    ("width", "height", "is_refused"), [(8000, 6250, False), (50_000_001, 1, True), (50_000, 50_000, True)]
)
def test_evidence_05_fifty_million_points_are_taken_and_one_more_is_not(width, height, is_refused):
    assert MOST_PIXELS == 50_000_000
    assert (picture_is_small_enough(width, height) is not None) == is_refused


def test_evidence_06_a_password_is_refused():
    assert document_has_no_password(False) is None
    assert document_has_no_password(True).sentence.startswith("This PDF is locked with a password.")


def test_evidence_07_what_acts_is_refused():
    assert document_is_only_pages(False) is None
    assert document_is_only_pages(True).sentence.startswith("This PDF contains scripts, other files or media")


@pytest.mark.parametrize(("suffix", "remedy"), [(".pdf", "print it as a new PDF"), (".png", "take a screenshot")])
def test_evidence_08_a_damaged_file_is_refused_with_a_remedy_of_its_kind(suffix, remedy):
    assert evidence_can_be_read(suffix, True) is None
    assert remedy in evidence_can_be_read(suffix, False).sentence


def test_evidence_09_b26_a_virus_is_refused():
    assert evidence_has_no_virus(False) is None
    assert evidence_has_no_virus(True).sentence == (
        "A virus was found in this file. It was not saved. Tell your IT team."
    )


def test_evidence_10_b25_five_files_are_taken_and_a_sixth_is_not():
    assert MOST_FILES == 5
    assert request_has_few_files(5) is None
    assert request_has_few_files(6).sentence.startswith("You can add up to 5 files.")


@pytest.mark.parametrize(("used", "added", "is_refused"), [(0, 1, False), (1, 0, False), (1, 1, True)])
def test_evidence_11_a_centre_keeps_500_megabytes_and_not_a_byte_more(used, added, is_refused):
    all_but_one = MOST_OF_CENTRE - 1

    assert MOST_OF_CENTRE == 500 * MEGABYTE
    assert (centre_has_room(all_but_one + used, added) is not None) == is_refused


def test_a_refusal_names_its_file():
    refusal = of_file("x.png", evidence_has_content(0))

    assert refusal.code == "EVIDENCE-01"
    assert refusal.sentence == "“x.png”: The file is empty. Choose the file that has the evidence in it."


def test_all_that_can_be_told_without_opening_a_file_is_told_at_once():
    with pytest.raises(Refused) as refused:
        check_evidence(b"", "letter.docx")

    assert [refusal.code for refusal in refused.value.refusals] == ["EVIDENCE-03", "EVIDENCE-01"]


def test_the_size_that_was_sent_is_told_where_only_the_beginning_was_kept():
    with pytest.raises(Refused, match="The file is 12 MB"):
        check_evidence(png(), "x.png", size=12 * MEGABYTE)


@pytest.mark.parametrize("name", TRAVERSALS)
def test_s55_b27_a_name_is_the_last_part_of_its_path(name):
    assert shown_name(name) == "x.pdf"


def test_s55_there_are_twenty_such_names():
    assert len(set(TRAVERSALS)) == 20


@pytest.mark.parametrize(
    ("given", "shown"),
    [
        ("Doctor’s letter (2).PDF", "Doctor’s letter (2).PDF"),
        ("Łukasz\u00a0 Zając.jpg", "Łukasz Zając.jpg"),
        ("e\u0301.png", "é.png"),
        ("x\u202egnp.exe", "xgnp.exe"),
        ("a\u200bb\ud800.png", "ab.png"),
        ("..", ".."),
        ("", "file"),
        ("/", "file"),
        ("\u202e", "file"),
    ],
)
def test_a_name_shows_what_can_be_seen(given, shown):
    assert shown_name(given) == shown


@pytest.mark.parametrize("suffix", [".pdf", ".jpeg", ".PNG", ""])
def test_b27_a_long_name_keeps_its_suffix(suffix):
    name = shown_name("a" * 300 + suffix)

    assert len(name) == LONGEST_NAME
    assert name.endswith(suffix)
    assert suffix_of(name) == suffix.lower()


def test_a_suffix_that_is_too_long_is_cut_with_its_name():
    assert shown_name("a." + "b" * 300) == "a." + "b" * 98


def test_a_checked_file_says_what_it_is():
    content = pdf()

    file = check_evidence(content, "../Letter.PDF")

    assert (file.name, file.suffix, file.content_type) == ("Letter.PDF", ".pdf", "application/pdf")
    assert file.content == content
    assert file.sha256 == hashlib.sha256(content).hexdigest()


def test_the_hash_is_that_of_the_picture_as_it_is_kept():
    content = jpeg(comment=b"at home")

    file = check_evidence(content, "x.jpg")

    assert file.content != content
    assert file.sha256 == hashlib.sha256(file.content).hexdigest()


@pytest.mark.parametrize("command", ["kill -ABRT $$", "exit 1", "exec sleep 60"])
def test_a_child_that_dies_or_does_not_end_refuses_the_file(command, monkeypatch):
    monkeypatch.setattr(checking, "CHILD", ["/bin/sh", "-c", command])
    monkeypatch.setattr(checking, "SECONDS", 0.3)

    with pytest.raises(Refused) as refused:
        check_evidence(png(), "x.png")

    assert [refusal.code for refusal in refused.value.refusals] == ["EVIDENCE-08"]


def test_a_picture_is_never_kept_as_it_was_sent(monkeypatch):
    monkeypatch.setattr(checking, "CHILD", ["/bin/true"])

    with pytest.raises(Refused, match="could not be read"):
        check_evidence(png(), "x.png")


def test_the_child_holds_no_secret(monkeypatch):
    monkeypatch.setenv("SECRET_KEY", "x" * 60)
    monkeypatch.setattr(checking, "CHILD", [sys.executable, "-c", "import os; print(*os.environ, end='')"])

    file = check_evidence(png(), "x.png")

    assert set(file.content.decode().split()) <= {"PATH", "LANG", "LC_CTYPE"}


def test_the_child_loads_no_django():
    modules = "import sys, core.evidence.child, core.evidence.pictures, core.evidence.documents; print(*sys.modules)"

    loaded = checking.subprocess.run(
        [sys.executable, "-c", modules], cwd=checking.PROJECT, capture_output=True, text=True, check=True
    ).stdout.split()

    assert "pikepdf" in loaded
    assert not {"django", "structlog", "celery"} & set(loaded)


def test_s55_evidence_is_kept_where_only_the_portal_reads_it(settings, tmp_path):
    kept = base.STORAGES["evidence"]
    settings.STORAGES = settings.STORAGES | {
        "evidence": kept | {"OPTIONS": kept["OPTIONS"] | {"location": str(tmp_path / "evidence")}}
    }

    storages["evidence"].save("a/b", ContentFile(b"letter"))

    modes = {path.name: stat.S_IMODE(path.stat().st_mode) for path in (tmp_path / "evidence").rglob("*")}
    assert modes == {"a": 0o700, "b": 0o600}
    assert stat.S_IMODE((tmp_path / "evidence").stat().st_mode) == 0o700


@pytest.mark.parametrize("name", ["../x.pdf", "/etc/x.pdf", "a/../../x.pdf", "..\\x.pdf/.."])
def test_s55_the_storage_itself_refuses_to_leave_its_folder(name, settings, tmp_path):
    folder = tmp_path / "evidence"
    settings.STORAGES = settings.STORAGES | {
        "evidence": base.STORAGES["evidence"] | {"OPTIONS": {"location": str(folder)}}
    }

    with pytest.raises(SuspiciousFileOperation):
        storages["evidence"].save(name, ContentFile(b"letter"))

    assert [path for path in tmp_path.rglob("*") if path.is_file()] == []


def test_s55_no_address_and_no_static_folder_serves_the_folder_of_evidence():
    folder = base.STORAGES["evidence"]["OPTIONS"]["location"]
    served = [str(base.STATIC_ROOT), *map(str, base.STATICFILES_DIRS)]

    assert not [place for place in served if folder.startswith(place + "/") or place.startswith(folder + "/")]
    assert not [pattern for pattern in get_resolver().url_patterns if "media" in str(pattern.pattern)]
