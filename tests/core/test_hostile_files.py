"""Spreadsheets in: what is refused before anybody opens it."""

import random
import resource
import struct
import time
import tracemalloc

import pytest

from core.refusals import Refused
from core.rules.sheets import LARGEST_FILE, MOST_COLUMNS, MOST_PARTS, MOST_ROWS
from core.tabular import child, reading
from core.tabular.reading import read_sheet
from tests.core import hostile


def code_of(content, name):
    with pytest.raises(Refused) as refused:
        read_sheet(content, name)
    [refusal] = refused.value.refusals
    return refusal.code


LINK = b'<Relationship Id="rId9" Type="http://x/externalLinkPath" Target="http://evil.example/" TargetMode="External"/>'
RELATIONSHIPS = "xl/_rels/workbook.xml.rels"
HOSTILE = {
    "empty": (b"", "file.xlsx", "FILE-01"),
    "an empty csv": (b"", "file.csv", "FILE-01"),
    "larger than 5 MB": (b"a" * (LARGEST_FILE + 1), "file.csv", "FILE-02"),
    "named .xlsm": (hostile.xlsx(), "file.xlsm", "FILE-03"),
    "macros": (hostile.changed(hostile.xlsx(), {"xl/vbaProject.bin": b"x"}), "file.xlsx", "FILE-03"),
    "macros in the types": (
        hostile.changed(
            hostile.xlsx(), types=("[Content_Types].xml", b"spreadsheetml.sheet.main", b"macroEnabled.main")
        ),
        "file.xlsx",
        "FILE-03",
    ),
    "old macro sheets": (hostile.changed(hostile.xlsx(), {"xl/macrosheets/a.xml": b"<x/>"}), "file.xlsx", "FILE-03"),
    "macros in an .ods": (hostile.ods("", parts={"Basic/Standard/Module1.xml": "<x/>"}), "file.ods", "FILE-03"),
    "a text document": (b"words", "file.docx", "FILE-04"),
    "no ending": (hostile.xlsx(), "file", "FILE-04"),
    "a program as .xlsx": (b"MZ\x90\x00" * 100, "file.xlsx", "FILE-05"),
    "a program as .xls": (b"MZ\x90\x00" * 100, "file.xls", "FILE-05"),
    "a program as .csv": (b"MZ\x90\x00" * 100, "file.csv", "FILE-05"),
    "random bytes as .csv": (bytes(range(256)) * 40, "file.csv", "FILE-05"),
    "text as .xlsx": (b"First Name,Last Name\nAnn,Smith\n", "file.xlsx", "FILE-05"),
    "a page as .xls": (b"<html><table><tr><td>Ann</td></tr></table></html>", "file.xls", "FILE-05"),
    "a workbook as .csv": (hostile.xlsx(), "file.csv", "FILE-05"),
    "an .xlsx as .xls": (hostile.xlsx(), "file.xls", "FILE-05"),
    "an .xls as .xlsx": (hostile.xls(), "file.xlsx", "FILE-05"),
    "an .xlsx as .ods": (hostile.xlsx(), "file.ods", "FILE-05"),
    "a text document as .ods": (hostile.ods("", "application/vnd.oasis.opendocument.text"), "file.ods", "FILE-05"),
    "a damaged package": (hostile.xlsx()[:-300], "file.xlsx", "FILE-05"),
    "a damaged old workbook": (hostile.xls()[:700], "file.xls", "FILE-05"),
    "a package without a workbook": (
        hostile.changed(hostile.xlsx(), {"xl/workbook.xml": None}), "file.xlsx", "FILE-05",
    ),
    "quotation marks without end": (b'a,"' + b"b" * 20_000, "file.csv", "FILE-05"),
    "an encrypted part of an .ods": (
        hostile.ods("", parts={"META-INF/manifest.xml": "<manifest><encryption-data/></manifest>"}),
        "file.ods",
        "FILE-06",
    ),
    "unpacks to 60 MB": (hostile.bomb, "file.xlsx", "FILE-07"),
    "201 parts": (
        hostile.changed(hostile.xlsx(), {f"xl/media/{n}.png": b"x" for n in range(MOST_PARTS)}), "file.xlsx", "FILE-07",
    ),
    "says less than it unpacks to": (hostile.lying_bomb, "file.xlsx", "FILE-05"),
    "a document type": (hostile.with_doctype(""), "file.xlsx", "FILE-08"),
    "entities that multiply": (
        hostile.with_doctype('<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;">', "&b;"), "file.xlsx", "FILE-08",
    ),
    "a file of ours as an entity": (
        hostile.with_doctype('<!ENTITY a SYSTEM "file:///etc/passwd">', "&a;"), "file.xlsx", "FILE-08",
    ),
    "a link to another file": (
        hostile.changed(hostile.xlsx(), link=(RELATIONSHIPS, b"</Relationships>", LINK + b"</Relationships>")),
        "file.xlsx",
        "FILE-08",
    ),
    "parts of links": (
        hostile.changed(hostile.xlsx(), {"xl/externalLinks/externalLink1.xml": b"<x/>"}), "file.xlsx", "FILE-08",
    ),
    "an embedded object": (hostile.changed(hostile.xlsx(), {"xl/embeddings/a.bin": b"x"}), "file.xlsx", "FILE-08"),
    "a link in an .ods": (hostile.ods('<table:table-source xlink:href="http://a.example/"/>'), "file.ods", "FILE-08"),
    "cell XFD1048576": (hostile.with_cell("XFD1048576", " t=\"inlineStr\"><is><t>x</t></is>"), "file.xlsx", "FILE-09"),
    "cell N1048576": (hostile.with_cell("N1048576", "><v>1</v>"), "file.xlsx", "FILE-09"),
    "a formula far away": (hostile.with_cell("XFD9", "><f>1+1</f>"), "file.xlsx", "FILE-09"),
    "10,001 rows below the headings": (b"a\n" * (MOST_ROWS + 2), "file.csv", "FILE-09"),
    "61 columns": (b"a," * MOST_COLUMNS + b"a\n", "file.csv", "FILE-09"),
    "61 columns of an .xls": (hostile.xls([["a"] * (MOST_COLUMNS + 1)]), "file.xls", "FILE-09"),
    "a cell that repeats for ever": (
        hostile.ods(hostile.ods_row(hostile.ods_cell("x", ' table:number-columns-repeated="16384"'))),
        "file.ods",
        "FILE-09",
    ),
    "a row that repeats for ever": (
        hostile.ods(
            hostile.ods_row(hostile.ods_cell("x"), attributes=' table:number-rows-repeated="1048576"')
        ),
        "file.ods",
        "FILE-09",
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_or_damaged_file_is_refused_quickly_and_costs_the_asking_process_nothing(name):
    content, file_name, code = HOSTILE[name]
    content = content() if callable(content) else content
    before, cpu = resource.getrusage(resource.RUSAGE_CHILDREN).ru_utime, time.process_time()
    tracemalloc.start()

    assert code_of(content, file_name) == code

    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert peak < 64 * 1024 * 1024
    assert time.process_time() - cpu < 1
    assert resource.getrusage(resource.RUSAGE_CHILDREN).ru_utime - before < 2


def test_b6_a_workbook_with_a_password_is_refused_under_either_name():
    book = bytearray(hostile.xls())
    begin_of_record = book.index(struct.pack("<HH", 0x0809, 16))
    book[begin_of_record + 20 : begin_of_record + 22] = struct.pack("<H", 0x2F)

    assert code_of(bytes(book), "file.xls") == "FILE-06"


@pytest.mark.parametrize(("storage", "code"), [("EncryptedPackage", "FILE-06"), ("_VBA_PROJECT_CUR", "FILE-03")])
@pytest.mark.parametrize("name", ["file.xls", "file.xlsx"])
def test_b1_b6_what_an_old_file_holds_decides_and_not_its_name(storage, code, name):
    content = hostile.xls()
    old, new = "Workbook".encode("utf-16-le"), storage.encode("utf-16-le")
    place = content.index(old)
    entry = bytearray(content[place : place + 128])
    entry[: len(new)], entry[64:66] = new, struct.pack("<H", len(new) + 2)

    assert code_of(content[:place] + bytes(entry) + content[place + 128 :], name) == code


def test_a_reader_that_dies_is_told_as_too_large(monkeypatch):
    monkeypatch.setattr(reading, "CHILD", ["/bin/sh", "-c", "kill -ABRT $$"])

    assert code_of(hostile.xlsx(), "file.xlsx") == "FILE-07"


def test_a_reader_that_does_not_end_is_ended(monkeypatch):
    monkeypatch.setattr(reading, "CHILD", ["/bin/sh", "-c", "exec sleep 60"])
    monkeypatch.setattr(reading, "SECONDS", 0.2)

    assert code_of(hostile.xlsx(), "file.xlsx") == "FILE-07"


def test_twin_without_the_look_at_the_package_the_reader_dies_of_a_far_away_cell(monkeypatch):
    program = (
        "import sys; from core.tabular import child; sys.argv = ['child', sys.argv[-1]]; "
        "child.formulas_of_xlsx = lambda content: ('Sheet', set()); child.main()"
    )
    monkeypatch.setattr(reading, "CHILD", [*reading.CHILD[:1], "-c", program])
    content, name, _ = HOSTILE["cell XFD1048576"]

    assert child.MEMORY == 512 * 1024 * 1024
    assert code_of(content, name) == "FILE-07"


def test_the_child_holds_no_secret(monkeypatch):
    monkeypatch.setenv("SECRET_KEY", "x" * 60)
    program = (
        "import json, os; print(json.dumps({'title': ' '.join(os.environ), 'others': 0, 'rows': [], 'formulas': []}))"
    )
    monkeypatch.setattr(reading, "CHILD", [*reading.CHILD[:1], "-c", program])

    assert set(read_sheet(hostile.xlsx(), "file.xlsx").title.split()) <= {"PATH", "LANG", "LC_CTYPE"}


@pytest.mark.parametrize("size", [1, 200])
def test_what_is_not_a_spreadsheet_at_all_is_refused_and_nothing_else(size):
    dice = random.Random(7)  # noqa: S311 (made-up files)
    for _ in range(3):
        junk = dice.randbytes(size)
        for beginning in (b"PK\x03\x04", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", b""):
            for suffix in (".xlsx", ".xls", ".ods"):
                assert code_of(beginning + junk, f"file{suffix}") == "FILE-05"
