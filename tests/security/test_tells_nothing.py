"""The door tells nothing about whether an address has an account: not by a byte, a query or a hash (S13, F33)."""

import re

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from accounts.models import AccountAsk, SignInCount, SignInFailure
from accounts.rules import MANY
from accounts.services import networks, one_time, signing_in
from tests.accounts.door import FORGOTTEN, SIGN_IN, WRONG, ask_and_read, mailed_passwords, post_sign_in
from tests.factories.accounts import UserFactory

pytestmark = pytest.mark.django_db

KNOWN, UNKNOWN = "officer@northgate.example", "nobody0@northgate.example"
ONE_TIME = "AAAA-BBBB-CCCC-DDDD-EEEE"
CHANGING = re.compile(r'value="[A-Za-z0-9]{64}"|nonce-[\w+/=-]+|nonce="[^"]+"|[\w.]+@northgate\.example')


@pytest.fixture(autouse=True)
def still_clock(time_machine):
    time_machine.move_to("2027-05-04 13:02:00+00:00", tick=False)


@pytest.fixture
def nobody(db):
    """Somebody who is no user any more, for whose address the page must be the same too."""
    return UserFactory(email="left@northgate.example", is_active=False)


def same(answer):
    """An answer without tokens, nonces and the typed address: status, headers, bytes."""
    headers = {name: CHANGING.sub("", value) for name, value in answer.headers.items()}
    headers.pop("Content-Length", None)
    return answer.status_code, headers, CHANGING.sub("", answer.text)


def sign_in_pages(address):
    """Three wrong passwords, the lock, and a wrong one-time password, on a fresh browser."""
    client = Client()
    answers = [post_sign_in(client, address, WRONG) for _ in range(5)]
    return [same(answer) for answer in [*answers, post_sign_in(client, address, ONE_TIME)]]


def test_s13_signing_in_answers_the_same_with_and_without_account(officer, nobody):
    pages = [sign_in_pages(address) for address in (officer.email, UNKNOWN, nobody.email)]

    assert pages[0] == pages[1] == pages[2]
    assert "This account is locked" in pages[0][2][2]
    assert "This account is locked" not in pages[0][1][2]


def test_s13_asking_for_a_password_answers_the_same(officer, nobody):
    pages = [same(Client().post(FORGOTTEN, {"username": address})) for address in (KNOWN, UNKNOWN, nobody.email)]

    assert pages[0] == pages[1] == pages[2]
    assert "A new password is on its way" in pages[0][2]


def test_s13_asking_during_a_lock_answers_the_same(officer):
    for address in (KNOWN, UNKNOWN):
        sign_in_pages(address)
    pages = [same(Client().post(FORGOTTEN, {"username": address})) for address in (KNOWN, UNKNOWN)]

    assert pages[0] == pages[1]


def test_s13_asking_too_often_answers_the_same(client, officer):
    for _ in range(3):
        ask_and_read(client, KNOWN)
    pages = [same(Client().post(FORGOTTEN, {"username": address})) for address in (KNOWN, UNKNOWN)]

    assert pages[0] == pages[1]
    assert len(mailed_passwords()) == 3


def test_s13_a_mail_server_that_fails_is_not_seen_at_the_door(officer, settings):
    settings.EMAIL_BACKEND = "tests.outbox.test_outbox.FailingBackend"
    pages = [same(Client().post(FORGOTTEN, {"username": address})) for address in (KNOWN, UNKNOWN)]

    assert pages[0] == pages[1]
    assert AccountAsk.objects.count() == 2


def work_of(act, monkeypatch):
    """The queries and the number of hashes that an act costs."""
    hashes = []
    looked = one_time.check_password

    def counting(password, encoded, *args, **kwargs):
        hashes.append(encoded)
        return looked(password, encoded, *args, **kwargs)

    with (
        monkeypatch.context() as patch,
        CaptureQueriesContext(
            connection,
        ) as queries,
    ):
        for target in ("accounts.services.one_time", "accounts.services.signing_in"):
            patch.setattr(f"{target}.check_password", counting)
        patch.setattr("django.contrib.auth.base_user.check_password", counting)
        act()
    verbs = [re.sub(r"'[^']*'|\b\d+\b|\bs\d+_x\d+|%s", "?", query["sql"])[:60] for query in queries]
    return verbs, len(hashes)


@pytest.mark.parametrize("password", [WRONG, ONE_TIME, "x" * 129])
def test_s13_signing_in_costs_the_same_queries_and_hashes(officer, nobody, monkeypatch, password):
    one_time.nobodys_hash()
    work = {}
    for address in (officer.email, UNKNOWN, nobody.email):
        client = Client()
        work[address] = [work_of(lambda: post_sign_in(client, address, password), monkeypatch) for _ in range(4)]  # noqa: B023

    assert work[officer.email] == work[UNKNOWN] == work[nobody.email]
    assert [hashes for _, hashes in work[UNKNOWN]] == {WRONG: [1, 1, 1, 0], ONE_TIME: [2] * 4}.get(password, [0] * 4)


def test_s13_it_costs_the_same_for_somebody_with_a_mailed_password_waiting(client, officer, monkeypatch):
    ask_and_read(client, officer.email)

    work = [work_of(lambda: post_sign_in(Client(), each, ONE_TIME), monkeypatch) for each in (KNOWN, UNKNOWN)]  # noqa: B023

    assert work[0] == work[1]


def test_s13_it_costs_the_same_from_a_network_that_has_to_wait(officer, now, monkeypatch):
    key = networks.network_key("127.0.0.1")
    SignInFailure.objects.bulk_create(SignInFailure(network_key=key, at=now) for _ in range(MANY))
    networks.note_failure(network="127.0.0.1", failures=MANY, at=now)
    waits = []
    monkeypatch.setattr(networks, "sleep", waits.append)

    work = [work_of(lambda: post_sign_in(Client(), each, WRONG), monkeypatch) for each in (KNOWN, UNKNOWN)]  # noqa: B023

    assert work[0] == work[1]
    assert waits == [2, 2]


def test_s13_asking_for_a_password_costs_the_same_queries(officer, monkeypatch):
    work = [work_of(lambda: Client().post(FORGOTTEN, {"username": each}), monkeypatch) for each in (KNOWN, UNKNOWN)]  # noqa: B023

    assert work[0] == work[1]


def test_twin_a_door_that_looks_only_at_known_addresses_is_seen(officer, monkeypatch):
    monkeypatch.setattr(
        signing_in, "_is_right", lambda user, password: user is not None and user.check_password(password)
    )
    work = [work_of(lambda: post_sign_in(Client(), each, WRONG), monkeypatch) for each in (KNOWN, UNKNOWN)]  # noqa: B023

    assert work[0] != work[1]


def test_s15_no_hint_and_no_secret_question_is_asked_for(client):
    for url in (SIGN_IN, FORGOTTEN):
        boxes = re.findall(r'<input[^>]*name="([^"]+)"', client.get(url).text)
        assert set(boxes) <= {"csrfmiddlewaretoken", "next", "username", "password"}
    assert not SignInCount.objects.exists()
