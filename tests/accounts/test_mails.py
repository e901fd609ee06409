"""What the holder of an account is told by mail (S12)."""

from datetime import timedelta

import pytest
from django.utils import timezone
from django_otp.plugins.otp_totp.models import TOTPDevice

from accounts.rules import LOCK
from accounts.services import attempts, people, signing_in
from accounts.services.asks import answer_asks
from accounts.services.second_factor import check_code, remove_second_factor
from accounts.services.signing_in import Result
from outbox.models import OutgoingEmail
from tests.accounts.door import fail, known_browser, mails
from tests.accounts.door import try_sign_in as attempt
from tests.factories.accounts import PASSWORD

pytestmark = pytest.mark.django_db

STRANGE, CODES, OFF = "account-strange-browser:", "account-second-step-locked:", "account-second-factor-off:"
HOUR = timedelta(hours=1)


@pytest.fixture
def at(time_machine):
    time_machine.move_to("2027-05-04 13:02:00+00:00", tick=False)
    return timezone.now()


@pytest.fixture
def device(officer):
    return TOTPDevice.objects.create(user=officer, name="Authenticator app", confirmed=True)


def wrong_codes(user, times, at):
    return [check_code(user=user, code="wrong", at=at)[0].locked_until for _ in range(times)]


def test_s12_a_right_password_on_a_strange_browser_after_wrong_ones_is_told(officer, at):
    fail(officer.email, 2, at)
    attempt(officer.email, PASSWORD, at)

    email = mails(STRANGE).get()
    assert email.to == [officer.email]
    assert email.text.startswith("On 4 May 2027, 14:02 (BST) the right password of your account at Entries Portal")
    assert "Before that, a wrong one was entered 2 times." in email.text
    assert "4 May 2027, 14:02 (BST)" in email.html


def test_s12_a_first_sign_in_without_wrong_passwords_is_not_told(officer, at):
    attempt(officer.email, PASSWORD, at)
    attempt(officer.email, PASSWORD, at)

    assert not OutgoingEmail.objects.exists()


def test_s12_a_known_browser_is_not_told_of(officer, at):
    browser = known_browser(officer, at)
    fail(officer.email, 2, at, browser)
    fail(officer.email, 2, at)
    assert attempt(officer.email, PASSWORD, at, browser).result is Result.RIGHT

    assert not OutgoingEmail.objects.exists()


def test_s12_wrong_passwords_before_a_lock_count_too_and_those_before_a_success_do_not(officer, at):
    fail(officer.email, 3, at)
    attempt(officer.email, PASSWORD, at + LOCK)
    attempt(officer.email, PASSWORD, at + LOCK + HOUR)

    assert "entered 3 times" in mails(STRANGE).get().text


def test_s12_one_mail_in_any_hour_tells_of_a_strange_browser(officer, at):
    counts = []
    for minutes in (0, 59, 60):
        fail(officer.email, 1, at + timedelta(minutes=minutes))
        attempt(officer.email, PASSWORD, at + timedelta(minutes=minutes))
        counts.append(mails(STRANGE).count())

    assert counts == [1, 1, 2]


def test_s12_a_button_pressed_twice_is_no_wrong_password(officer, at, monkeypatch):
    def right_while_another_begins(user, password):
        attempts.reserve_attempt(address=officer.email, at=at)
        return True

    monkeypatch.setattr(signing_in, "_is_right", right_while_another_begins)
    attempt(officer.email, PASSWORD, at)

    assert not mails(STRANGE).exists()
    assert attempts.forgive(address=officer.email) is False


def test_s12_a_lock_of_the_second_step_is_told_once(officer, device, at):
    assert wrong_codes(officer, 2, at) == [None, None]
    assert not mails(CODES).exists()
    wrong_codes(officer, 3, at)
    wrong_codes(officer, 3, at + LOCK)
    answer_asks(at=at)

    email = OutgoingEmail.objects.get()
    assert (email.key.startswith(CODES), email.to) == (True, [officer.email])
    assert email.text.startswith("On 4 May 2027, 14:02 (BST) a wrong code was entered for the third time")
    assert "Change your password at once" in email.text
    wrong_codes(officer, 3, at + HOUR)
    assert mails(CODES).count() == 2


def test_s12_a_second_factor_that_is_off_is_told(officer, staff, device, at):
    remove_second_factor(user=officer, by=officer, at=at)

    email = mails(OFF).get()
    assert email.to == [officer.email]
    assert "On 4 May 2027, 14:02 (BST) the second factor of your account at Entries Portal was turned off" in email.text


def test_s12_a_second_factor_that_staff_take_away_is_told(officer, staff, device, at):
    people.take_second_factor_away(user=officer, reason="Lost telephone", by=staff, at=at)

    email = mails(OFF).get()
    assert email.to == [officer.email]
    assert "was taken away by the STEP team, and you were signed out everywhere." in email.text


def test_s12_nobody_is_told_of_a_second_factor_that_was_not_there(officer, staff, at):
    people.take_second_factor_away(user=officer, reason="Lost telephone", by=staff, at=at)

    assert not OutgoingEmail.objects.exists()
