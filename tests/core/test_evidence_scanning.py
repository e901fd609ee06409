"""The scanner of evidence: whatever it does, a file that it did not clear is never passed."""

import socket

import pytest
from clamav_client.clamd import ClamdNetworkSocket

from core import scanning
from core.evidence.checking import check_evidence
from core.scanning import Verdict, evidence_is_scanned, scan
from tests.core.clamd import EICAR, Clamd
from tests.core.evidence_files import MEGABYTE, pdf, stream


@pytest.fixture(autouse=True)
def clamd_is_asked(settings, monkeypatch):
    settings.EVIDENCE_SCANNER = "core.scanning.ask_clamd"
    monkeypatch.setattr(scanning, "SECONDS", 0.3)


def test_the_stand_in_speaks_as_clamd_does():
    with Clamd() as clamd:
        host, port = clamd.address.split(":")

        assert ClamdNetworkSocket(host, int(port), timeout=5).ping() == "PONG"


@pytest.mark.parametrize(
    ("content", "verdict"), [(b"a letter", Verdict.CLEAN), (EICAR, Verdict.INFECTED), (b"", Verdict.CLEAN)]
)
def test_s57_a_file_is_clean_or_infected_as_clamd_says(content, verdict, settings):
    with Clamd() as clamd:
        settings.CLAMD_ADDRESS = clamd.address

        assert scan(content) == verdict

    assert clamd.received == [content]


def test_s57_a_virus_in_a_whole_pdf_is_found(settings):
    content = check_evidence(pdf(stream("/Contents", EICAR), compress_streams=False), "x.pdf").content
    with Clamd() as clamd:
        settings.CLAMD_ADDRESS = clamd.address

        assert scan(content) == Verdict.INFECTED


def test_a_large_file_reaches_clamd_whole(settings, monkeypatch):
    monkeypatch.setattr(scanning, "SECONDS", 10)
    content = bytes(range(256)) * (10 * MEGABYTE // 256)
    with Clamd() as clamd:
        settings.CLAMD_ADDRESS = clamd.address

        assert scan(content) == Verdict.CLEAN

    assert clamd.received == [content]


def test_clamd_is_reached_at_a_path(settings, tmp_path):
    with Clamd(path=str(tmp_path / "clamd.ctl")) as clamd:
        settings.CLAMD_ADDRESS = clamd.address

        assert scan(EICAR) == Verdict.INFECTED


@pytest.mark.parametrize(
    "reply",
    [
        b"INSTREAM size limit exceeded. ERROR",
        b"stream: Can't allocate memory ERROR",
        b"stream: ERROR",
        b"UNKNOWN COMMAND",
        b"stream: ok",
        b"OK",
        b"other: OK",
        b"stream: Surprise OK",
        b"stream: FOUND",
        b"stream:",
        b"",
        b"\xff\xfe\x00",
        b"<html>OK</html>",
    ],
)
def test_s57_a_file_is_held_where_clamd_does_not_answer_clearly(reply, settings):
    with Clamd(reply) as clamd:
        settings.CLAMD_ADDRESS = clamd.address

        assert scan(b"a letter") == Verdict.HELD


@pytest.mark.parametrize("manner", ["hangs", "leaves", "stops"])
@pytest.mark.parametrize("size", [9, 2_000_000])
def test_s57_a_file_is_held_where_clamd_fails_in_the_middle(manner, size, settings):
    with Clamd(manner=manner) as clamd:
        settings.CLAMD_ADDRESS = clamd.address

        assert scan(bytes(size)) == Verdict.HELD


@pytest.mark.parametrize("address", ["", "nowhere", "127.0.0.1", "127.0.0.1:clamd", "/nowhere/clamd.ctl"])
def test_s57_a_file_is_held_where_no_clamd_is(address, settings):
    settings.CLAMD_ADDRESS = address

    assert scan(b"a letter") == Verdict.HELD


def test_s57_a_file_is_held_where_clamd_is_stopped(settings):
    with socket.socket() as unheard:
        unheard.bind(("127.0.0.1", 0))
        settings.CLAMD_ADDRESS = "127.0.0.1:{1}".format(*unheard.getsockname())

        assert scan(b"a letter") == Verdict.HELD


@pytest.mark.parametrize("answer", [None, 0, 1, "", "OK", b"", [], "clean"])
def test_s57_a_file_is_held_where_another_scanner_says_neither_yes_nor_no(answer, monkeypatch):
    monkeypatch.setattr(scanning, "ask_clamd", lambda content: answer)

    assert scan(b"a letter") == Verdict.HELD


@pytest.mark.parametrize("path", ["core.scanning.missing", "nowhere.at_all", "nothing"])
def test_s57_a_file_is_held_where_the_scanner_that_is_set_does_not_exist(path, settings):
    settings.EVIDENCE_SCANNER = path

    assert scan(b"a letter") == Verdict.HELD


def test_without_a_scanner_files_open_and_the_deploy_check_says_so(settings):
    settings.EVIDENCE_SCANNER = ""

    [message] = evidence_is_scanned(None)

    assert scan(EICAR) == Verdict.CLEAN
    assert (message.id, message.is_serious()) == ("core.I001", False)


def test_with_a_scanner_the_deploy_check_is_silent():
    assert evidence_is_scanned(None) == []
