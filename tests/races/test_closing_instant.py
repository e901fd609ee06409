"""F8 on the production server: who sent the first byte in time is entered, however slow line and server are."""

import http.client
import time
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from django.conf import settings
from django.middleware.csrf import _get_new_csrf_string
from django.test import Client

from step_entries.models import StepDraft, StepEntry
from tests.factories.candidates import in_letters
from tests.factories.step_entries import answers_for
from tests.races.server import gunicorn

BEFORE = 2.0
"""So many seconds before the closing instant the submits begin; they go on for as long after it."""
SLOW = 10
"""Every so manyth submit has a body that takes a second and a half to arrive."""


@pytest.fixture
def count(is_long):
    """How many candidates are submitted around the instant."""
    return 1000 if is_long else 60


@pytest.fixture
def closed(session, now):
    """The session, closed with the last full minute."""
    session.closes_at = now - timedelta(minutes=1)
    session.save()
    return session


@pytest.fixture
def drafts(closed, centre, officer, now, count):
    return StepDraft.objects.bulk_create(
        StepDraft(
            session=closed,
            centre=centre,
            started_by=officer,
            answers=answers_for(closed, last_name=f"Smith{in_letters(number)}", ucas_id=""),
            created_at=now,
            modified_at=now,
        )
        for number in range(count)
    )


@pytest.fixture
def headers(officer):
    client = Client()
    client.force_login(officer, settings.AUTHENTICATION_BACKENDS[0])
    session, csrf = client.cookies[settings.SESSION_COOKIE_NAME].value, _get_new_csrf_string()
    cookies = f"{settings.SESSION_COOKIE_NAME}={session}; {settings.CSRF_COOKIE_NAME}={csrf}"
    return {"Cookie": cookies, "X-CSRFToken": csrf, "Content-Type": "application/x-www-form-urlencoded"}


def submits_around_the_instant(server, var, headers, drafts, closed):
    """Submit all drafts, evenly from two seconds before to two seconds after; whether in time, and the status."""
    instant = closed.window.ends_at.timestamp()
    behind = time.time() - (instant - BEFORE)
    (var / "behind").write_text(str(behind))
    begin = time.time()

    def submit(number):
        time.sleep(max(0, begin + number * 2 * BEFORE / len(drafts) - time.time()))
        arrival = time.time() - behind
        body = f"seen={drafts[number].fingerprint}"
        line = http.client.HTTPConnection(*server, timeout=300)
        line.putrequest("POST", f"/step/drafts/{drafts[number].key}/check/")
        for name, value in (headers | {"X-Arrived": f"t={arrival:.6f}", "Content-Length": len(body)}).items():
            line.putheader(name, str(value))
        line.endheaders()
        line.send(body[:10].encode())
        if number % SLOW == 0:
            time.sleep(1.5)
        line.send(body[10:].encode())
        status = line.getresponse().status
        line.close()
        return arrival < instant, status

    with ThreadPoolExecutor(len(drafts)) as pool:
        return Counter(pool.map(submit, range(len(drafts))))


@pytest.mark.long
def test_f8_who_sent_the_first_byte_in_time_is_entered_and_nobody_else(closed, drafts, headers, var):
    with gunicorn("tests.races.behind", var, ARRIVAL_HEADER="X-Arrived") as server:
        answers = submits_around_the_instant(server, var, headers, drafts, closed)

    assert set(answers) == {(True, 302), (False, 200)}
    assert StepEntry.objects.count() == answers[True, 302]
    assert StepDraft.objects.filter(submitted_at=None).count() == answers[False, 200]


def test_f8_twin_by_the_clock_of_a_busy_server_some_in_time_are_refused(closed, drafts, headers, var):
    with gunicorn("tests.races.behind", var) as server:
        answers = submits_around_the_instant(server, var, headers, drafts[:60], closed)

    assert answers[True, 200] > 0
