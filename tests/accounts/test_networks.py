"""Wide guessing from one network slows down and alarms, and never blocks (R9)."""

from contextlib import ExitStack
from datetime import timedelta

import pytest
from django.test import Client, RequestFactory

from accounts.models import AccountAsk, NetworkAsk, SignInCount, SignInFailure
from accounts.rules import MANY, MANY_WITHIN, network_of
from accounts.services import hashing, networks, signing_in
from accounts.services.asks import ask_for_password
from accounts.services.attempts import STRANGER
from accounts.services.housekeeping import purge
from accounts.services.signing_in import Result
from accounts.views.door import network
from outbox.models import StaffAlert
from tests.accounts.door import FORGOTTEN, NEW, SECOND, WRONG, known_browser, mails, post_sign_in
from tests.accounts.door import try_sign_in as attempt
from tests.factories.accounts import PASSWORD, UserFactory

pytestmark = pytest.mark.django_db

TRUST, ELSEWHERE = "192.0.2.7", "198.51.100.9"


@pytest.fixture(autouse=True)
def waits(monkeypatch):
    """The waits that were asked for, in seconds; nobody really waits."""
    asked_for = []
    monkeypatch.setattr(networks, "sleep", asked_for.append)
    return asked_for


def fail_widely(times, at, source=TRUST):
    """So many wrong passwords, each for another address."""
    return [attempt(f"guess{n}@school.example", WRONG, at, network=source).result for n in range(times)]


def ask_widely(times, at, source=TRUST):
    for n in range(times):
        ask_for_password(address=f"guess{n}@school.example", network=source, at=at)


def alarms():
    return list(StaffAlert.objects.values_list("sentence", flat=True))


def test_r9_fifty_officers_behind_one_address_who_mistype_are_neither_blocked_nor_delayed(waits):
    officers = UserFactory.create_batch(50)
    answers = []
    for n, officer in enumerate(officers):
        client = Client(REMOTE_ADDR=TRUST)
        if n % 10 == 0:
            assert post_sign_in(client, officer.email, WRONG).status_code == 200
        answers.append(post_sign_in(client, officer.email, PASSWORD).status_code)

    assert answers == [302] * 50
    assert waits == alarms() == []
    assert SignInFailure.objects.count() == 5


def test_r9_the_31st_failure_waits_and_none_before(waits, now):
    fail_widely(30, now)
    assert waits == []

    assert fail_widely(1, now) == [Result.WRONG]
    assert waits == [2]
    assert attempt("other@school.example", WRONG, now, network=ELSEWHERE).result is Result.WRONG
    assert waits == [2]


def test_r9_the_wait_ends_with_the_ten_minutes(waits, now):
    fail_widely(30, now)

    fail_widely(1, now + MANY_WITHIN - SECOND)
    assert waits == [2]
    fail_widely(1, now + MANY_WITHIN)
    assert waits == [2]


def test_r9_an_officer_on_a_strange_browser_waits_and_gets_in(officer, waits, now):
    fail_widely(30, now)

    assert attempt(officer.email, PASSWORD, now, network=TRUST).result is Result.RIGHT
    assert waits == [2]


def test_r9_a_known_browser_does_not_wait(officer, waits, now):
    browser = known_browser(officer, now)
    fail_widely(30, now)

    assert attempt(officer.email, WRONG, now, browser, TRUST).result is Result.WRONG
    assert attempt(officer.email, PASSWORD, now, browser, TRUST).result is Result.RIGHT
    assert waits == []
    assert SignInFailure.objects.count() == 31


def test_r9_twin_without_known_browsers_the_officer_waits_too(officer, waits, now, monkeypatch):
    browser = known_browser(officer, now)
    fail_widely(30, now)
    monkeypatch.setattr(signing_in, "_known_key", lambda user, browser, at: STRANGER)

    attempt(officer.email, PASSWORD, now, browser, TRUST)

    assert waits == [2]


def test_r9_every_kind_of_failure_is_counted_and_no_success(officer, now):
    results = [attempt(officer.email, WRONG, now, network=TRUST).result for _ in range(4)]
    spent = attempt(officer.email, "AAAA-BBBB-CCCC-DDDD-EEEE", now, network=TRUST).result
    SignInCount.objects.update(locked_at=None, failures_in_all=100)
    needs_mail = attempt(officer.email, WRONG, now, network=TRUST).result
    SignInCount.objects.all().delete()
    attempt(officer.email, PASSWORD, now, network=TRUST)

    assert results == [Result.WRONG, Result.WRONG, Result.LOCKED, Result.LOCKED]
    assert (spent, needs_mail) == (Result.SPENT, Result.NEEDS_MAIL)
    assert SignInFailure.objects.count() == 6


def test_r9_a_wrong_existing_password_on_my_details_is_counted(signed_in, officer):
    fields = {"existing_password": WRONG, "new_password": NEW, "confirm_password": NEW}
    signed_in(officer).post("/account/my-details/password/", fields, REMOTE_ADDR=TRUST)

    assert SignInFailure.objects.get().network_key == networks.network_key(TRUST)


def test_r9_a_second_waiter_is_answered_503_and_counts_nothing(officer, waits, now):
    fail_widely(30, now)
    counts = SignInCount.objects.count()
    client = Client(REMOTE_ADDR=TRUST)

    with ExitStack() as stack:
        hashing.take(stack, "pace", 1)
        page = post_sign_in(client, officer.email, WRONG)

    assert (page.status_code, page.headers["Retry-After"]) == (503, "5")
    assert "nothing was counted" in page.text
    assert (waits, SignInCount.objects.count(), SignInFailure.objects.count()) == ([], counts, 30)
    assert post_sign_in(client, officer.email, PASSWORD).status_code == 302
    assert waits == [2]


def test_r9_who_waits_holds_no_place_for_hashing(officer, now, monkeypatch):
    fail_widely(30, now)
    monkeypatch.setattr(hashing, "CORES", 1)
    seen = []

    def sleep(seconds):
        with ExitStack() as stack:
            seen.append([hashing.take(stack, name, 1) is not None for name in ("queue", "pace")])

    monkeypatch.setattr(networks, "sleep", sleep)
    attempt(officer.email, PASSWORD, now, network=TRUST)

    assert seen == [[True, False]]


@pytest.mark.parametrize("source", [TRUST, "2001:db8:aaaa:bbbb:cccc:dddd:eeee:1"])
def test_r9_staff_are_told_once(settings, now, source):
    noon = now.replace(hour=12, minute=0)
    fail_widely(29, noon, network_of(source))
    assert alarms() == []

    fail_widely(30, noon, network_of(source))

    [sentence] = alarms()
    assert sentence.startswith(f"30 sign-ins failed within 10 minutes from the network {network_of(source)}.")
    assert sentence.endswith("if not, have the firewall refuse it.")
    assert [email.to for email in mails("staff-alert:")] == [[settings.STAFF_ALERT_EMAIL]]
    fail_widely(30, noon + timedelta(days=1), network_of(source))
    assert len(alarms()) == 2


def test_r9_asking_for_more_than_30_addresses_alarms_and_blocks_nothing(client, now, waits):
    ask_widely(30, now)
    ask_widely(30, now)
    assert alarms() == []

    for n in range(40):
        fields = {"username": f"n{n}@x.example"}
        assert client.post(FORGOTTEN, fields, REMOTE_ADDR=TRUST).status_code == 200

    [sentence] = alarms()
    assert f"for more than 30 addresses within 10 minutes, from the network {TRUST}." in sentence
    assert sentence.endswith("if not, have the firewall refuse it.")
    assert (AccountAsk.objects.count(), waits) == (100, [])
    assert NetworkAsk.objects.count() == MANY


def test_r9_asking_slowly_alarms_nobody(now):
    ask_widely(30, now)
    ask_for_password(address="other@school.example", network=TRUST, at=now + MANY_WITHIN)
    ask_for_password(address="another@school.example", network=ELSEWHERE, at=now)

    assert alarms() == []


def test_r9_nothing_readable_is_stored_and_old_rows_are_deleted(now):
    fail_widely(1, now)
    ask_widely(1, now)
    rows = [*SignInFailure.objects.values(), *NetworkAsk.objects.values()]
    assert not any(secret in str(row) for row in rows for secret in (TRUST, "guess0"))

    purge(at=now + MANY_WITHIN)
    assert SignInFailure.objects.count() == NetworkAsk.objects.count() == 1
    purge(at=now + MANY_WITHIN + SECOND)
    assert SignInFailure.objects.count() == NetworkAsk.objects.count() == 0


@pytest.mark.parametrize(
    ("address", "expected"),
    [
        ("192.0.2.7", "192.0.2.7"),
        (" 192.0.2.7 ", "192.0.2.7"),
        ("::ffff:192.0.2.7", "192.0.2.7"),
        ("2001:db8:1:2:3:4:5:6", "2001:db8:1:2::/64"),
        ("2001:db8:1:2::", "2001:db8:1:2::/64"),
        ("fe80::1%eth0", "fe80::/64"),
        *((text, "") for text in ("", "unix:", "192.0.2.7, 10.0.0.1", "192.0.2.7:4711", "school.example", "٣")),
    ],
)
def test_r9_a_network_is_an_ipv4_address_or_the_64_of_an_ipv6_address(address, expected):
    assert network_of(address) == expected


@pytest.mark.parametrize(
    ("named", "sent", "expected"),
    [
        ("", TRUST, ELSEWHERE),
        ("X-Real-IP", TRUST, TRUST),
        ("X-Real-IP", "garbage", ELSEWHERE),
        ("X-Real-IP", "", ELSEWHERE),
    ],
)
def test_r9_a_header_counts_only_where_the_setting_names_it(settings, named, sent, expected):
    settings.CLIENT_ADDRESS_HEADER = named

    assert network(RequestFactory().post("/", headers={"X-Real-IP": sent}, REMOTE_ADDR=ELSEWHERE)) == expected


def test_r9_where_the_network_is_not_known_nothing_is_counted(waits, now):
    fail_widely(40, now, source="")
    ask_widely(40, now, source="")

    assert (SignInFailure.objects.count(), NetworkAsk.objects.count(), waits, alarms()) == (0, 0, [], [])
