"""Locked after three in a row: who is locked, for how long, and who is not (R1 to R12)."""

from datetime import timedelta

import pytest

from accounts.models import AccountAsk, SignInCount
from accounts.rules import CEILING, LOCK
from accounts.services import attempts, hashing, signing_in
from accounts.services.asks import answer_asks, ask_for_password
from accounts.services.people import unlock_user
from accounts.services.signing_in import Result
from core.models import HistoryEntry
from outbox.models import OutgoingEmail
from tests.accounts.door import NEW, SECOND, SIGN_IN, WRONG, fail, key_of, known_browser, mails, post_sign_in
from tests.accounts.door import try_sign_in as attempt
from tests.factories.accounts import PASSWORD

pytestmark = pytest.mark.django_db

LOCKED_AFTER_THREE = [Result.WRONG, Result.WRONG, Result.LOCKED]


def test_r1_the_third_wrong_password_locks_strangers_out_for_exactly_30_minutes(officer, now):
    assert fail(officer.email, 3, now) == LOCKED_AFTER_THREE

    refused = attempt(officer.email, PASSWORD, now + LOCK - SECOND)
    assert (refused.result, refused.user, refused.locked_until) == (Result.LOCKED, None, now + LOCK)
    assert attempt(officer.email, PASSWORD, now + LOCK).result is Result.RIGHT


def test_r1_a_right_password_between_begins_the_count_anew(officer, now):
    fail(officer.email, 2, now)
    attempt(officer.email, PASSWORD, now)

    assert fail(officer.email, 2, now) == [Result.WRONG] * 2
    assert attempt(officer.email, PASSWORD, now).result is Result.RIGHT


def test_r1_after_a_lock_three_more_tries_are_looked_at(officer, now):
    fail(officer.email, 3, now)

    assert fail(officer.email, 3, now + LOCK) == LOCKED_AFTER_THREE
    assert attempt(officer.email, PASSWORD, now + 2 * LOCK - SECOND).locked_until == now + 2 * LOCK


def test_r2_a_known_browser_is_locked_alone(officer, now):
    first, second = known_browser(officer, now), known_browser(officer, now)

    assert fail(officer.email, 3, now, browser=first) == LOCKED_AFTER_THREE

    assert attempt(officer.email, PASSWORD, now + LOCK - SECOND, first).result is Result.LOCKED
    assert attempt(officer.email, PASSWORD, now, second).result is Result.RIGHT
    assert attempt(officer.email, PASSWORD, now).result is Result.RIGHT
    assert attempt(officer.email, PASSWORD, now + LOCK, first).result is Result.RIGHT


def test_r2_strangers_lock_no_known_browser(officer, now):
    browser = known_browser(officer, now)
    fail(officer.email, 3, now)

    assert attempt(officer.email, PASSWORD, now).result is Result.LOCKED
    assert attempt(officer.email, PASSWORD, now, browser).result is Result.RIGHT


def test_r3_the_attempt_is_counted_before_the_password_is_looked_at(officer, now, monkeypatch):
    seen = []

    def is_right(user, password):
        seen.append(SignInCount.objects.get().failures)
        return False

    monkeypatch.setattr(signing_in, "_is_right", is_right)
    fail(officer.email, 5, now)

    assert seen == [1, 2, 3]


def test_r4_attempts_during_a_lock_are_not_looked_at_not_counted_and_do_not_extend_it(officer, now, monkeypatch):
    fail(officer.email, 3, now)
    before = SignInCount.objects.values().get()
    looked_at = []
    monkeypatch.setattr(signing_in, "_is_right", lambda user, password: looked_at.append(password))

    answers = {attempt(officer.email, PASSWORD, now + LOCK * n / 1000).locked_until for n in range(1000)}

    assert answers == {now + LOCK}
    assert looked_at == []
    assert SignInCount.objects.values().get() == before
    monkeypatch.undo()
    assert attempt(officer.email, PASSWORD, now + LOCK).result is Result.RIGHT


def test_r5_the_cookie_of_one_person_does_nothing_for_another(officer, officer_elsewhere, now):
    theirs = known_browser(officer_elsewhere, now)
    fail(officer.email, 3, now, browser=theirs)

    assert attempt(officer.email, PASSWORD, now).result is Result.LOCKED
    assert attempt(officer_elsewhere.email, PASSWORD, now, theirs).result is Result.RIGHT
    assert set(SignInCount.objects.values_list("browser_key", flat=True)) == {""}


@pytest.mark.parametrize(("days", "result"), [(179, Result.RIGHT), (181, Result.LOCKED)])
def test_r5_a_browser_is_known_for_180_days(officer, now, days, result):
    browser, later = known_browser(officer, now), now + timedelta(days=days)
    fail(officer.email, 3, later)

    assert attempt(officer.email, PASSWORD, later, browser).result is result


def test_r5_signing_in_sets_the_cookie_and_a_change_of_password_revokes_it(client, signed_in, officer, now):
    post_sign_in(client, officer.email, PASSWORD)
    [cookie] = [cookie for name, cookie in client.cookies.items() if name.startswith("known-")]
    assert (cookie["httponly"], cookie["samesite"], cookie["path"]) == (True, "Lax", "/")
    assert cookie["max-age"] == 180 * 24 * 60 * 60
    assert officer.known_browsers.get().browser_key == key_of(cookie.value)

    fields = {"existing_password": PASSWORD, "new_password": NEW, "confirm_password": NEW}
    signed_in(officer).post("/account/my-details/password/", fields)
    fail(officer.email, 3, now)

    assert attempt(officer.email, NEW, now, cookie.value).result is Result.LOCKED


def test_r6_an_address_without_account_is_locked_alike(now):
    assert fail("nobody@nowhere.example", 3, now) == LOCKED_AFTER_THREE
    assert attempt("nobody@nowhere.example", PASSWORD, now + LOCK - SECOND).locked_until == now + LOCK
    assert attempt("nobody@nowhere.example", PASSWORD, now + LOCK).result is Result.WRONG
    assert "nobody" not in str(SignInCount.objects.values().get())


def test_r6_an_address_is_counted_whatever_its_letter_case_and_blanks(officer, now):
    spellings = [officer.email.upper(), f" {officer.email}", "officer @northgate.example"]

    assert [attempt(spelling, WRONG, now).result for spelling in spellings] == LOCKED_AFTER_THREE


def test_r6_no_address_that_can_be_typed_reaches_the_count_of_a_second_step(officer, now):
    fail(f"second step of {officer.email}", 3, now)

    assert attempts.state(address=f"second step of {officer.email}", at=now).is_granted is True


@pytest.mark.parametrize(("setting", "wait"), [("after-lock", LOCK), ("at-once", timedelta())])
def test_r7_the_mail_asked_for_during_a_lock_leaves_when_the_setting_says(officer, now, settings, setting, wait):
    settings.RESET_DURING_LOCK = setting
    fail(officer.email, 3, now)
    ask_for_password(address=officer.email, at=now)

    answer_asks(at=now)

    assert mails("account-password:").get().next_attempt_at == now + wait


@pytest.mark.parametrize(
    ("setting", "sentence"),
    [
        ("after-lock", "If the account is locked, the mail leaves when the lock ends: 30 minutes after it began."),
        ("at-once", "If the account is locked, the mail leaves at once, and its password lets you in."),
    ],
)
def test_r7_the_pages_say_when_the_mail_leaves(client, officer, settings, setting, sentence):
    settings.RESET_DURING_LOCK = setting

    assert sentence in client.get("/account/forgotten-password/").text
    assert sentence in client.post("/account/forgotten-password/", {"username": officer.email}).text


def test_r8_a_hundred_requests_by_a_stranger_change_nothing_for_the_holder(officer, now):
    ends = []
    for n in range(100):
        ask_for_password(address=officer.email, at=now + n * SECOND)
        answer_asks(at=now + n * SECOND)
        ends.append(attempt(officer.email, PASSWORD, now + n * SECOND).result)

    assert ends == [Result.RIGHT] * 100
    assert mails("account-password:").count() == 3


def reach_the_ceiling(address, now):
    """A hundred failures of strangers without a success, three in each lock; the moment after."""
    for n in range(CEILING):
        fail(address, 1, now + LOCK * (n // 3))
    return now + LOCK * (CEILING // 3 + 1)


def test_r10_after_a_hundred_failures_only_a_mailed_password_helps_strangers(officer, now):
    browser = known_browser(officer, now)
    later = reach_the_ceiling(officer.email, now)

    assert attempt(officer.email, PASSWORD, later).result is Result.NEEDS_MAIL
    assert attempt(officer.email, PASSWORD, later + timedelta(days=30)).result is Result.NEEDS_MAIL
    assert attempt(officer.email, PASSWORD, later, browser).result is Result.RIGHT
    assert attempts.state(address=officer.email, at=later).locked_until is None


def test_r10_one_failure_less_is_not_enough(officer, now):
    for n in range(CEILING - 1):
        fail(officer.email, 1, now + LOCK * (n // 3))

    assert attempt(officer.email, PASSWORD, now + LOCK * CEILING).result is Result.RIGHT


def test_r11_staff_unlock_with_a_reason_in_the_history(officer, staff, now):
    fail(officer.email, 3, now)

    unlock_user(user=officer, reason="She called us.", by=staff, at=now)

    entry = HistoryEntry.objects.get(action="user.unlocked")
    assert (entry.by, entry.subject_id, entry.note) == (staff, officer.pk, "She called us.")
    assert attempt(officer.email, PASSWORD, now).result is Result.RIGHT
    assert not OutgoingEmail.objects.exists()


def test_r12_a_full_door_answers_503_with_retry_after_and_counts_nothing(client, officer, monkeypatch):
    monkeypatch.setattr(hashing, "LONGEST_WAIT", 0.05)
    monkeypatch.setattr(hashing, "CORES", 1)

    with hashing.hash_slot():
        page = post_sign_in(client, officer.email, WRONG)

    assert (page.status_code, page.headers["Retry-After"]) == (503, "5")
    assert "Many people are logging in" in page.text
    assert not SignInCount.objects.exists()
    assert post_sign_in(client, officer.email, PASSWORD).status_code == 302


def test_s12_a_lock_is_told_by_one_mail_in_any_hour(officer, now):
    start = now.replace(minute=45, second=0, microsecond=0)  # so that the clock's hour ends between
    counts = []
    for minutes in (0, 30, 60):
        at = start + timedelta(minutes=minutes)
        fail(officer.email, 3, at)
        answer_asks(at=at)
        counts.append(mails("account-locked:").count())

    assert counts == [1, 1, 2]


def test_s12_nobody_is_mailed_for_an_address_without_account(now):
    fail("nobody@nowhere.example", 3, now)

    assert AccountAsk.objects.count() == 1
    answer_asks(at=now)

    assert AccountAsk.objects.count() == OutgoingEmail.objects.count() == 0


def test_b32_the_third_wrong_password_says_until_when_and_what_to_do(client, officer, settings, time_machine):
    time_machine.move_to("2027-05-04 13:02:00+00:00", tick=False)
    pages = [post_sign_in(client, officer.email, WRONG).text for _ in range(3)]

    lock = "This account is locked for 30 minutes, until 14:32 (BST), because the password was wrong three times."
    assert [lock in page for page in pages] == [False, False, True]
    assert "After 14:32 (BST), select “I forgot my password” to get a new one." in pages[2]
    assert f"If a deadline is close, call {settings.STEP_TEAM_PHONE}." in pages[2]
    settings.RESET_DURING_LOCK = "at-once"
    assert "Select “I forgot my password” to get a new one at once." in post_sign_in(client, officer.email, "x").text
    assert client.get(SIGN_IN).text.count("locked") == 0
