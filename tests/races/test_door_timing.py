"""F33 with a stopwatch: how long the door takes tells nothing about whether an address has an account."""

import random

import pytest
from django.contrib.auth.hashers import make_password

from accounts.models import SignInCount, User
from accounts.services.attempts import address_key
from tests.accounts.door import WRONG
from tests.factories.accounts import PASSWORD
from tests.races.door import FORGOTTEN, SIGN_IN, ask, auc, form_headers
from tests.races.server import gunicorn

pytestmark = pytest.mark.stopwatch

ONE_TIME = "AAAA-BBBB-CCCC-DDDD-EEEE"
WARM = 20


@pytest.fixture
def size(is_long):
    """How many requests are made for addresses with an account, and for addresses without."""
    return 2000 if is_long else 150


@pytest.fixture
def limit(is_long):
    """The largest AUC: in full as promised (one standard error is 0.009), in short four standard errors from even."""
    return 0.55 if is_long else 0.64


@pytest.fixture
def addresses(size, settings):
    """Addresses with an account, whose passwords are hashed as in production, and addresses without."""
    settings.PASSWORD_HASHERS = ["accounts.backends.Argon2idHasher"]
    hashed = make_password(PASSWORD)
    known = [f"person{n}@school.example" for n in range(size + WARM)]
    User.objects.bulk_create(User(email=email, name="Person", password=hashed) for email in known)
    return known, [f"nobody{n}@school.example" for n in range(size + WARM)]


def seconds_at_the_door(server, path, addresses, password):
    """One request for each address, in an order by chance; the seconds of those with and those without account."""
    headers = form_headers()
    seconds = {True: [], False: []}
    requests = [
        (email, is_known) for emails, is_known in zip(addresses, (True, False), strict=True) for email in emails
    ]
    warm = [pair for group in addresses for pair in group[-WARM:]]
    for email in warm:
        ask(server, "POST", path, {"username": email, "password": password}, headers)
    timed = [pair for pair in requests if pair[0] not in set(warm)]
    random.shuffle(timed)
    for email, is_known in timed:
        status, took = ask(server, "POST", path, {"username": email, "password": password}, headers)
        assert status == 200
        seconds[is_known].append(took)
    return seconds[True], seconds[False]


@pytest.mark.long
@pytest.mark.parametrize(
    ("what", "path", "password"),
    [
        ("a wrong password", SIGN_IN, WRONG),
        ("a wrong mailed password", SIGN_IN, ONE_TIME),
        ("a password asked for", FORGOTTEN, ""),
    ],
)
def test_f33_time_tells_nothing_at_the_door(addresses, limit, size, var, what, path, password):
    with gunicorn("entries_portal.wsgi", var) as server:
        known, unknown = seconds_at_the_door(server, path, addresses, password)

    found = auc(known, unknown)
    print(f"\n{what}: AUC {found:.3f} over {len(known)} + {len(unknown)} requests")  # noqa: T201
    assert len(known) == len(unknown) == size
    assert found <= limit


@pytest.mark.long
def test_f33_time_tells_nothing_during_a_lock(addresses, limit, now, var):
    keys = [address_key(email) for group in addresses for email in group]
    SignInCount.objects.bulk_create(
        SignInCount(address_key=key, failures=3, failures_in_all=3, locked_at=now) for key in keys
    )
    with gunicorn("entries_portal.wsgi", var) as server:
        known, unknown = seconds_at_the_door(server, SIGN_IN, addresses, WRONG)

    found = auc(known, unknown)
    print(f"\na locked account: AUC {found:.3f} over {len(known)} + {len(unknown)} requests")  # noqa: T201
    assert found <= limit


def test_f33_twin_a_door_that_looks_only_at_known_passwords_is_found_out(addresses, limit, size, var):
    few = [group[: min(size, 150)] + group[-WARM:] for group in addresses]
    with gunicorn("tests.races.telling", var) as server:
        known, unknown = seconds_at_the_door(server, SIGN_IN, few, WRONG)

    assert auc(known, unknown) > max(limit, 0.64)
