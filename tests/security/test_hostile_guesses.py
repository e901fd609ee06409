"""A day of hostile guesses against one officer, by the clock of a simulation (F31)."""

from collections import Counter
from datetime import timedelta

import pytest

from accounts.models import SignInCount
from accounts.rules import CEILING, LOCK
from accounts.services import attempts
from accounts.services.asks import answer_asks, ask_for_password
from accounts.services.attempts import state
from accounts.services.one_time import compose
from accounts.services.signing_in import Result
from tests.accounts.door import WRONG, known_browser, mails
from tests.accounts.door import try_sign_in as attempt
from tests.factories.accounts import PASSWORD

pytestmark = pytest.mark.django_db

DAY = timedelta(hours=24)


def a_day_of_guesses(officer, start, guesses):
    """Guesses by strangers, evenly over 24 hours, and an officer who signs in on her own browser each half hour.

    Answers with how the guesses ended, how she fared, and for each lock the moment at which it was first met.
    """
    browser = known_browser(officer, start)
    ends, hers, locks = Counter(), Counter(), {}
    for n in range(guesses):
        at = start + DAY * n / guesses
        answer = attempt(officer.email, f"{WRONG} {n}", at)
        ends[answer.result] += 1
        if answer.locked_until:
            locks.setdefault(answer.locked_until, at)
            assert at < answer.locked_until <= at + LOCK
        if n % max(1, guesses // 48) == 0:
            hers[attempt(officer.email, PASSWORD, at, browser).result] += 1
    return ends, hers, locks


@pytest.mark.long
def test_f31_a_day_of_hostile_guesses_never_shuts_the_officer_out(officer, now, is_long):
    guesses = 10_000 if is_long else 500

    ends, hers, locks = a_day_of_guesses(officer, now, guesses)

    assert sum(ends.values()) == guesses
    assert set(hers) == {Result.RIGHT}
    assert sum(hers.values()) >= 48
    assert len(locks) == CEILING // 3
    assert {end - begin for end, begin in locks.items()} == {LOCK}
    assert ends[Result.NEEDS_MAIL] > 0
    assert SignInCount.objects.get(browser_key="").failures_in_all == CEILING


def test_f31_afterwards_a_stranger_is_sent_to_the_mailed_password_which_lets_in_and_resets(officer, now):
    a_day_of_guesses(officer, now, 500)
    later = now + DAY
    assert attempt(officer.email, PASSWORD, later).result is Result.NEEDS_MAIL

    ask_for_password(address=officer.email, at=later)
    answer_asks(at=later)
    email = mails("account-password:").get()
    assert email.next_attempt_at == later
    password = compose(email, later)["password"]

    assert attempt(officer.email, password, later).result is Result.RIGHT_ONCE
    assert state(address=officer.email, at=later).is_granted is True
    assert attempt(officer.email, PASSWORD, later).result is Result.RIGHT


def test_f31_twin_without_known_browsers_the_officer_is_shut_out(officer, now, monkeypatch):
    monkeypatch.setattr("accounts.services.signing_in._known_key", lambda user, browser, at: attempts.STRANGER)

    _, hers, _ = a_day_of_guesses(officer, now, 500)

    assert hers[Result.LOCKED] > 0


def test_f31_twin_a_lock_that_every_guess_extends_lasts_all_day(officer, now, monkeypatch):
    real = attempts.reserve_attempt

    def extending(**kwargs):
        verdict = real(**kwargs)
        SignInCount.objects.exclude(locked_at=None).update(locked_at=kwargs["at"])
        return verdict

    monkeypatch.setattr(attempts, "reserve_attempt", extending)
    _, _, locks = a_day_of_guesses(officer, now, 500)

    assert max(locks.values()) > min(locks.values()) + 10 * LOCK
    assert len(locks) > CEILING // 3
