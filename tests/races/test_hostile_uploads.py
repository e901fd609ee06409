"""Hostile spreadsheets (M7): refused in time and in little memory, while other pages are answered."""

import http.client
import json
import subprocess
import sys
import threading
import time
import zipfile
from contextlib import contextmanager
from html import unescape
from io import BytesIO

import pytest
from django.conf import settings
from django.middleware.csrf import _get_new_csrf_string
from django.test import Client
from django.urls import reverse

from technicals.enums import SubmissionStatus as Status
from technicals.models import Submission
from tests.core import hostile
from tests.factories.technicals import TechnicalsApprovalFactory, exam_series, load_reference, registration_series
from tests.races.server import ROOT, gunicorn
from uploads.models import Upload
from uploads.services.receiving import READ_AT_ONCE

SECONDS, MEMORY = 10, 256 * 1024 * 1024
ANSWERED_IN = 3
"""So many seconds a page may take while a file is being refused, on a machine of two cores."""
WARM_UP = 20
"""So many pages are asked for until all workers of the server have begun."""
MEASURE = """
import json, os, resource, subprocess, sys, time
begin = time.monotonic()
child = subprocess.Popen([sys.executable, "-m", "core.tabular.child", sys.argv[1]], stdout=subprocess.PIPE,
                         stderr=subprocess.DEVNULL)
answer = child.stdout.read()
_, status, used = os.wait4(child.pid, 0)
codes = [refusal["code"] for refusal in json.loads(answer)["refusals"]] if not status else ["died"]
print(json.dumps({"codes": codes, "memory": used.ru_maxrss * 1024, "seconds": time.monotonic() - begin}))
"""
"""A small process that starts the reader: the memory that is measured would otherwise begin with that of the tests."""


def one_long_text() -> bytes:
    """Half a megabyte that holds one text of 512 MiB."""
    head, tail = (
        b'<worksheet><sheetData><row r="1"><c r="A1" t="inlineStr"><is><t>',
        b"</t></is></c></row></sheetData></worksheet>",
    )
    file = BytesIO()
    with zipfile.ZipFile(BytesIO(hostile.xlsx())) as old, zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            if name != hostile.SHEET:
                new.writestr(name, old.read(name))
        with new.open(hostile.SHEET, "w", force_zip64=True) as part:
            part.write(head)
            for _ in range(512):
                part.write(b"a" * 1024 * 1024)
            part.write(tail)
    return file.getvalue()


def five_million_cells() -> bytes:
    """A sheet of five million cells, in 10,000 rows of 500."""
    cells = b"<c><v>1</v></c>" * 500
    rows = b"".join(b"<row>%s</row>" % cells for _ in range(10_000))
    return hostile.changed(hostile.xlsx(), {hostile.SHEET: b"<worksheet><sheetData>%s</sheetData></worksheet>" % rows})


def full_of_text() -> bytes:
    """As many cells as are taken, each with as much text as it takes, 45 MB in all."""
    text = b"a" * 75
    cells = b'<c t="inlineStr"><is><t>%s</t></is></c>' % text * 60
    rows = b"".join(b"<row>%s</row>" % cells for _ in range(6_000))
    return hostile.changed(hostile.xlsx(), {hostile.SHEET: b"<worksheet><sheetData>%s</sheetData></worksheet>" % rows})


def multiplying_entities() -> bytes:
    """Entities that would multiply 65 KB into megabytes."""
    return hostile.with_doctype(f'<!ENTITY a "{"a" * 30_000}">', "&a;" * 5_000)


M7 = {
    "one cell at XFD1048576": (lambda: hostile.with_cell("XFD1048576", "><v>1</v>"), ["FILE-09"]),
    "one text of 512 MiB": (one_long_text, ["FILE-07"]),
    "five million cells": (five_million_cells, ["FILE-07"]),
    "45 MB of text in 360,000 cells": (full_of_text, ["FILE-07"]),
    "entities that multiply": (multiplying_entities, ["FILE-08"]),
    "60 MB of nothing": (hostile.bomb, ["FILE-07"]),
    "a size that is a lie": (hostile.lying_bomb, ["FILE-05"]),
}


@pytest.mark.stopwatch
@pytest.mark.parametrize("name", M7)
def test_m7_a_hostile_file_is_refused_within_10_seconds_and_256_mib(name):
    make, codes = M7[name]

    command = [sys.executable, "-c", MEASURE, ".xlsx"]
    done = subprocess.run(command, input=make(), capture_output=True, cwd=ROOT, check=True, timeout=60)

    told = json.loads(done.stdout)
    assert told["codes"] == codes
    assert told["seconds"] < SECONDS
    assert told["memory"] < MEMORY


@pytest.fixture
def ready(centre):
    load_reference()
    registration_series()
    TechnicalsApprovalFactory(centre=centre)
    return exam_series()


@pytest.fixture
def headers(officer):
    """Of requests by the officer, who is signed in."""
    client = Client()
    client.force_login(officer, settings.AUTHENTICATION_BACKENDS[0])
    session, csrf = client.cookies[settings.SESSION_COOKIE_NAME].value, _get_new_csrf_string()
    cookies = f"{settings.SESSION_COOKIE_NAME}={session}; {settings.CSRF_COOKIE_NAME}={csrf}"
    return {"Cookie": cookies, "X-CSRFToken": csrf}


def ask(server, method, path, headers, body=b""):
    """One request; its status, its page, and the seconds that it took."""
    begin = time.monotonic()
    connection = http.client.HTTPConnection(*server, timeout=60)
    connection.request(method, path, body=body, headers=headers)
    response = connection.getresponse()
    page = unescape(response.read().decode())
    connection.close()
    return response.status, page, time.monotonic() - begin


def send(server, headers, series, content):
    """Upload a file through the page."""
    edge = "----edge"
    fields = f'--{edge}\r\nContent-Disposition: form-data; name="period"\r\n\r\n{series.pk}\r\n'
    file = f'--{edge}\r\nContent-Disposition: form-data; name="file"; filename="entries.xlsx"\r\n\r\n'
    body = f"{fields}{file}".encode() + content + f"\r\n--{edge}--\r\n".encode()
    kind = {"Content-Type": f"multipart/form-data; boundary={edge}"}
    return ask(server, "POST", reverse("uploads:upload", args=["technicals"]), headers | kind, body)


@contextmanager
def looked_at(server, headers, *paths):
    """Look at pages again and again; the answers, once it is over."""
    answers, is_over = [], threading.Event()

    def look():
        while not is_over.is_set():
            answers.extend(ask(server, "GET", path, headers) for path in paths)

    thread = threading.Thread(target=look)
    thread.start()
    yield answers
    is_over.set()
    thread.join()


@pytest.mark.stopwatch
def test_m7_other_pages_are_answered_while_hostile_files_are_refused(ready, headers, var, officer):
    files = [make() for make, _ in M7.values()]
    small = [content for content in files if len(content) <= READ_AT_ONCE]

    with gunicorn("entries_portal.wsgi", var) as server:
        for _ in range(WARM_UP):
            ask(server, "GET", "/", headers)
        with looked_at(server, headers, "/health/", "/") as answers:
            told = [send(server, headers, ready, content) for content in small]

    assert [status for status, _, _ in told] == [200] * len(small)
    assert all("Submit entries spreadsheet" in page and seconds < SECONDS for _, page, seconds in told)
    assert {status for status, _, _ in answers} == {200}
    assert max(seconds for _, _, seconds in answers) < ANSWERED_IN
    assert len(answers) > len(small)
    assert not Upload.objects.exists()
    assert set(Submission.objects.values_list("status", flat=True)) == {Status.UPLOAD_FAILED}
    assert Submission.objects.count() == len(small)
