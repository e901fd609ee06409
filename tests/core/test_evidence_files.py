"""Evidence in: a hundred files that are taken and a hundred that are not.

Most are looked through in the process of the test, which a child would do no differently. Those that cost memory or
time, and a few of each kind, are looked through by the child that looks through them in the portal.
"""

import sys
import warnings
from concurrent.futures import ThreadPoolExecutor
from io import BytesIO

import pytest
from PIL import Image, ImageChops, ImageOps

from core.evidence import checking, child
from core.evidence.checking import check_evidence
from core.refusals import Refused
from tests.core.evidence_files import PLACE, exif, jpeg, page, pdf, picture, png
from tests.core.evidence_files_broken import BOMBS, DAMAGED
from tests.core.evidence_files_good import GOOD, JPEGS, LARGE, PDFS, PNGS
from tests.core.evidence_files_hostile import ACTIVE, HOSTILE, LOCKED, NAMES, NOT_WHAT_IT_SAYS, SIZES, TOO_LARGE

SLOW = {"a picture painted over and over"}
SAMPLE = [next(iter(kind)) for kind in (NOT_WHAT_IT_SAYS, TOO_LARGE, LOCKED, ACTIVE, DAMAGED)]
MEASURED = """
import os, sys
pid = os.posix_spawn(sys.executable, [sys.executable, "-m", "core.evidence.child", sys.argv[2]], os.environ)
_, status, used = os.wait4(pid, 0)
with open(sys.argv[1], "a") as file:
    print(used.ru_maxrss, used.ru_utime + used.ru_stime, file=file)
sys.exit(os.waitstatus_to_exitcode(status) % 256)
"""
"""A small process that starts the child: a large one would lend the child its own size."""


def here(content, suffix):
    """What the child does, in this process. What libraries warn of, the child does not hear either."""
    answer = BytesIO()
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        child.look_through(BytesIO(content), suffix, answer)
    return answer.getvalue()


def refusals_of(content, file_name):
    with pytest.raises(Refused) as refused:
        check_evidence(content, file_name)
    return [(refusal.code, refusal.field) for refusal in refused.value.refusals], str(refused.value)


def is_judged_rightly(case):
    """Whether a file is refused with its code, or taken where the corpus has no code for it."""
    maker, file_name, *code = case
    if code:
        return refusals_of(maker(), file_name)[0] == [(code[0], "files")]
    return bool(check_evidence(maker(), file_name).content)


def opened(file):
    image = Image.open(BytesIO(file.content))
    image.load()
    return image


def test_there_are_a_hundred_files_of_each_kind():
    assert len(HOSTILE | DAMAGED | BOMBS) >= 100
    assert len(GOOD | LARGE) >= 100


@pytest.mark.parametrize("name", HOSTILE | DAMAGED)
def test_a_hostile_or_damaged_file_is_refused_with_its_sentence(name, monkeypatch):
    monkeypatch.setattr(checking, "_rewritten", here)
    maker, file_name, code, words = (HOSTILE | DAMAGED)[name]

    given, sentence = refusals_of(maker(), file_name)

    assert given == [(code, "files")]
    assert words in sentence


@pytest.mark.parametrize("name", [*SAMPLE, *(name for name in BOMBS if name not in SLOW)])
def test_a_child_refuses_what_costs_memory_and_time(name):
    maker, file_name, code, words = (HOSTILE | DAMAGED | BOMBS)[name]

    given, sentence = refusals_of(maker(), file_name)

    assert given == [(code, "files")]
    assert words in sentence


@pytest.mark.stopwatch
def test_no_file_costs_more_than_ten_seconds_and_256_mebibytes(monkeypatch, tmp_path):
    figures = tmp_path / "figures"
    monkeypatch.setattr(checking, "CHILD", [sys.executable, "-c", MEASURED, str(figures)])
    monkeypatch.setattr(checking, "SECONDS", 60)  # it is the child's own limit of time that is measured
    files = HOSTILE | DAMAGED | BOMBS | GOOD | LARGE

    with ThreadPoolExecutor(max_workers=2) as pool:
        verdicts = dict(zip(files, pool.map(is_judged_rightly, files.values()), strict=True))

    used = [line.split() for line in figures.read_text().splitlines()]
    asked_no_child = len(NAMES) + len(SIZES)
    assert [name for name, is_right in verdicts.items() if not is_right] == []
    assert len(used) == len(verdicts) - asked_no_child
    assert max(int(kibibytes) for kibibytes, _ in used) <= 256 * 1024
    assert max(float(seconds) for _, seconds in used) <= 10


@pytest.mark.stopwatch
@pytest.mark.parametrize("name", ["a PNG of 50,000 by 50,000", "a JPEG of 50,000 by 50,000"])
def test_s54_a_picture_of_50000_by_50000_costs_next_to_nothing(name, monkeypatch, tmp_path):
    figures = tmp_path / "figures"
    monkeypatch.setattr(checking, "CHILD", [sys.executable, "-c", MEASURED, str(figures)])
    maker, file_name, code, _ = TOO_LARGE[name]

    given, _ = refusals_of(maker(), file_name)

    kibibytes, seconds = figures.read_text().split()
    assert given == [(code, "files")]
    assert int(kibibytes) < 64 * 1024
    assert float(seconds) < 0.2


@pytest.mark.filterwarnings("ignore:Corrupt EXIF data")
@pytest.mark.parametrize("name", JPEGS | PNGS)
def test_a_good_picture_is_taken_and_written_anew(name, monkeypatch):
    monkeypatch.setattr(checking, "_rewritten", here)
    maker, file_name = GOOD[name]
    content = maker()

    file = check_evidence(content, file_name)

    image = opened(file)
    assert file.content_type == f"image/{image.format.lower()}"
    assert sorted(image.size) == sorted(Image.open(BytesIO(content)).size)
    assert not {"exif", "xmp", "comment", "icc_profile", "Location", "prVt"} & image.info.keys()
    assert not [word for word in (PLACE, b"52,12N", b"Ann Smith", b"<script", b"PK\x05\x06") if word in file.content]
    assert getattr(image, "n_frames", 1) == 1


@pytest.mark.parametrize("name", PDFS)
def test_a_good_document_is_taken_byte_for_byte(name, monkeypatch):
    monkeypatch.setattr(checking, "_rewritten", here)
    maker, file_name = GOOD[name]
    content = maker()

    file = check_evidence(content, file_name)

    assert (file.content, file.content_type, file.suffix) == (content, "application/pdf", ".pdf")


@pytest.mark.parametrize("name", [*LARGE, "a JPEG of mode RGB", "a PNG of mode RGBA", "a PDF of one page"])
def test_a_child_takes_a_good_file_and_the_largest_pictures(name):
    maker, file_name = (GOOD | LARGE)[name]

    file = check_evidence(maker(), file_name)

    assert file.content.startswith(child.BEGINNINGS[file.suffix])


@pytest.mark.parametrize("way", range(1, 9))
@pytest.mark.parametrize("mode", ["RGB", "L"])
def test_a_picture_stands_as_the_camera_says_that_it_was_held(way, mode, monkeypatch):
    monkeypatch.setattr(checking, "_rewritten", here)
    content = jpeg(mode, size=(600, 400), exif=exif(way))
    upright = ImageOps.exif_transpose(Image.open(BytesIO(content)))

    image = opened(check_evidence(content, "x.jpg"))

    difference = ImageChops.difference(image.reduce(50), upright.reduce(50)).convert("RGB")
    assert image.size == upright.size
    assert max(most for _, most in difference.getextrema()) <= 4


@pytest.mark.parametrize("way", range(1, 9))
def test_s58_no_place_is_left_in_a_photo(way, monkeypatch):
    monkeypatch.setattr(checking, "_rewritten", here)
    content = jpeg(exif=exif(way))
    assert Image.open(BytesIO(content)).getexif().get_ifd(0x8825)

    image = opened(check_evidence(content, "x.jpg"))

    assert not image.getexif()


@pytest.mark.parametrize("mode", ["RGB", "P"])
def test_s58_no_place_is_left_in_a_png(mode, monkeypatch):
    monkeypatch.setattr(checking, "_rewritten", here)
    content = png(mode, exif=exif())
    assert Image.open(BytesIO(content)).getexif().get_ifd(0x8825)

    image = opened(check_evidence(content, "x.png"))

    assert not image.getexif()


def test_a_png_loses_none_of_its_points(monkeypatch):
    monkeypatch.setattr(checking, "_rewritten", here)

    image = opened(check_evidence(png("RGBA"), "x.png"))

    assert image.tobytes() == picture("RGBA").tobytes()


def test_a_palette_keeps_what_can_be_looked_through(monkeypatch):
    monkeypatch.setattr(checking, "_rewritten", here)

    image = opened(check_evidence(png("P", transparency=b"\0\x80"), "x.png"))

    assert image.info["transparency"].startswith(b"\0\x80")


def test_the_first_of_several_pictures_is_kept(monkeypatch):
    monkeypatch.setattr(checking, "_rewritten", here)
    maker, file_name = GOOD["a PNG that moves"]

    image = opened(check_evidence(maker(), file_name))

    assert image.convert("RGB").tobytes() == picture().tobytes()


@pytest.mark.parametrize(
    "words",
    [f"{key} <<>>" for key in ("/AA", "/EF", "/EmbeddedFiles", "/JS", "/JavaScript", "/RichMediaContent", "/XFA")]
    + [f"/A <</S /{action}>>" for action in (
        "GoTo3DView", "GoToE", "GoToR", "ImportData", "JavaScript", "Launch", "Movie", "Rendition",
        "RichMediaExecute", "Sound", "SubmitForm", "Thread",
    )]
    + [f"/Subtype /{kind}" for kind in ("3D", "FileAttachment", "Movie", "PS", "RichMedia", "Screen", "Sound")],
)  # fmt: skip
def test_evidence_07_each_thing_that_acts_is_refused_by_itself(words, monkeypatch):
    monkeypatch.setattr(checking, "_rewritten", here)

    given, _ = refusals_of(pdf(page("/PieceInfo", f"<<{words}>>")), "x.pdf")

    assert given == [("EVIDENCE-07", "files")]
