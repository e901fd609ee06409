"""R12: fifty sign-ins a second do not hold up those who are inside."""

import threading
import time
from collections import Counter
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.conf import settings
from django.test import Client

from tests.accounts.door import WRONG
from tests.races.door import SIGN_IN, ask, form_headers, percentile
from tests.races.server import gunicorn

pytestmark = pytest.mark.stopwatch

A_SECOND = 50
PAGES_A_SECOND = 8


@pytest.fixture
def length(is_long):
    """For how many seconds the flood runs."""
    return 60 if is_long else 5


@pytest.fixture
def inside(officer, session):
    """The cookie of somebody who is signed in."""
    client = Client()
    client.force_login(officer, settings.AUTHENTICATION_BACKENDS[0])
    client.get("/")
    return {"Cookie": f"{settings.SESSION_COOKIE_NAME}={client.cookies[settings.SESSION_COOKIE_NAME].value}"}


def at_a_rate(a_second, length, act):
    """Do an act so many times a second, whether or not the earlier ones are done; their answers."""
    begin = time.perf_counter()
    with ThreadPoolExecutor(200) as pool:
        answers = []
        for n in range(int(a_second * length)):
            time.sleep(max(0, begin + n / a_second - time.perf_counter()))
            answers.append(pool.submit(act, n))
        return [answer.result() for answer in answers]


def overview(server, inside, length):
    """The overview, opened at an even pace; the statuses, and the seconds each took."""
    answers = at_a_rate(PAGES_A_SECOND, length, lambda n: ask(server, "GET", "/", headers=inside))
    return Counter(status for status, _ in answers), [seconds for _, seconds in answers]


def flood(server, length, a_second):
    """Sign-ins with ever new addresses; how they were answered."""
    headers = form_headers()

    def sign_in(n):
        return ask(server, "POST", SIGN_IN, {"username": f"n{n}@x.example", "password": WRONG}, headers)[0]

    return Counter(at_a_rate(a_second, length, sign_in))


def warm_every_worker(server, inside):
    """Many requests together, so that no worker meets its first page or its first password with the clock running."""
    at_a_rate(1000, 0.06, lambda n: ask(server, "GET", "/", headers=inside))
    for _ in range(3):
        at_a_rate(
            1000,
            0.02,
            lambda n: ask(server, "POST", SIGN_IN, {"username": f"w{n}@x", "password": WRONG}, form_headers()),
        )
    time.sleep(1)


def calm_and_in_the_flood(application, var, inside, length, a_second=A_SECOND):
    """What those inside met, first without and then in a flood: statuses, 95th percentiles, answers of the door."""
    with gunicorn(application, var) as server:
        warm_every_worker(server, inside)
        calm, calm_seconds = overview(server, inside, length)
        door = []
        flooding = threading.Thread(target=lambda: door.append(flood(server, length + 1, a_second)))
        flooding.start()
        time.sleep(1)
        busy, busy_seconds = overview(server, inside, length)
        flooding.join()
    before, during = (percentile(seconds, 0.95) for seconds in (calm_seconds, busy_seconds))
    print(f"\np95 {before * 1000:.0f} ms, in the flood {during * 1000:.0f} ms; the door: {dict(door[0])}")  # noqa: T201
    return calm + busy, before, during, door[0]


@pytest.mark.long
def test_r12_signed_in_pages_keep_their_pace_in_a_flood_of_sign_ins(inside, length, is_long, var):
    pages, before, during, door = calm_and_in_the_flood("entries_portal.wsgi", var, inside, length)

    assert set(pages) == {200}
    assert set(door) <= {200, 503}
    assert door[503] > 0
    assert during <= (2 if is_long else 6) * before  # in short: some forty pages, of which two decide


@pytest.mark.long
def test_r12_twin_without_the_cap_pages_wait_behind_the_door(inside, var):
    _, _, capped, _ = calm_and_in_the_flood("entries_portal.wsgi", var, inside, length=4, a_second=3 * A_SECOND)
    _, _, uncapped, door = calm_and_in_the_flood("tests.races.open_door", var, inside, length=4, a_second=3 * A_SECOND)

    assert set(door) == {200}
    assert uncapped > 2 * capped
