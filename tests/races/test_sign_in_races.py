"""Many wrong passwords at once, many uses of one mailed password at once, two first pages at once."""

import time
from collections import Counter

import pytest

from accounts.enums import RequestKind
from accounts.models import OneTimePassword, PasswordRequest, SignedInSession, SignInCount
from accounts.rules import TRIES
from accounts.services import attempts, one_time, sessions, signing_in
from accounts.services.attempts import Verdict
from accounts.services.one_time import request_password, use_one_time_password
from accounts.services.signing_in import Result
from tests.accounts.door import WRONG, mailed_passwords
from tests.accounts.door import try_sign_in as attempt
from tests.races.conftest import all_at_once


@pytest.fixture(autouse=True)
def many_doors(monkeypatch):
    """More hashes at once than the machine has cores, so that the attempts do meet."""
    monkeypatch.setattr("accounts.services.hashing.CORES", 200)


@pytest.fixture
def looked_at(monkeypatch):
    """The passwords that were looked at; looking takes as long as a real hash."""
    seen = []

    def is_right(user, password):
        seen.append(password)
        time.sleep(0.03)
        return False

    monkeypatch.setattr(signing_in, "_is_right", is_right)
    return seen


@pytest.fixture
def counted_afterwards(monkeypatch):
    """Three tries that are counted when they have failed, as most doors do it."""
    real = attempts.reserve_attempt

    def only_look(*, address, browser_key="", at):
        return attempts.state(address=address, browser_key=browser_key, at=at)

    def count_and_tell(*, address, browser_key="", at):
        real(address=address, browser_key=browser_key, at=at)
        return Verdict(is_granted=True)

    looking = signing_in._is_right

    def look_and_count(user, password):
        is_right = looking(user, password)
        count_and_tell(address=user.email, at=user.created_at)
        return is_right

    monkeypatch.setattr(signing_in.attempts, "reserve_attempt", only_look)
    monkeypatch.setattr(signing_in, "_is_right", look_and_count)


def two_hundred_wrong(officer, at):
    return all_at_once([lambda: attempt(officer.email, WRONG, at)] * 200, workers=40)


def test_f32_of_200_wrong_passwords_at_once_three_are_looked_at(officer, looked_at):
    ends = two_hundred_wrong(officer, officer.created_at)

    assert len(looked_at) == TRIES == 3
    assert {end.result for end in ends} <= {Result.WRONG, Result.LOCKED}
    assert SignInCount.objects.get().failures_in_all == 3


def test_f32_twin_counted_after_the_look_more_are_looked_at(officer, looked_at, counted_afterwards):
    two_hundred_wrong(officer, officer.created_at)

    assert len(looked_at) > TRIES


def test_f32_an_unknown_address_is_counted_alike_in_a_race(officer, looked_at):
    all_at_once([lambda: attempt("nobody@nowhere.example", WRONG, officer.created_at)] * 200, workers=40)

    assert len(looked_at) == TRIES


@pytest.fixture
def password(officer):
    """A mailed password of the officer; its mail leaves with the commit."""
    request_password(user=officer, kind=RequestKind.RESET, by=None, at=officer.created_at)
    return mailed_passwords()[0]


@pytest.fixture
def slow_look(monkeypatch):
    """A pause between looking at a one-time password and using it up, in which rivals look too."""
    real = one_time.check_password

    def slow(*args):
        time.sleep(0.03)
        return real(*args)

    monkeypatch.setattr(one_time, "check_password", slow)


def test_s14_of_100_uses_of_one_mailed_password_at_once_one_signs_in(officer, password, slow_look):
    ends = all_at_once([lambda: attempt(officer.email, password, officer.created_at)] * 100, workers=40)

    assert Counter(end.result for end in ends) == {Result.RIGHT_ONCE: 1, Result.SPENT: 99}
    assert OneTimePassword.objects.get().used_at == officer.created_at


def test_s14_twin_without_the_single_winner_many_sign_in(officer, password, slow_look, monkeypatch):
    def no_guard(found, at):
        PasswordRequest.objects.filter(pk=found.request_id).update(cancelled_at=at)
        return True

    monkeypatch.setattr(one_time, "_win", no_guard)

    def use():
        return use_one_time_password(user=officer, typed=password, at=officer.created_at)

    assert Counter(all_at_once([use] * 100, workers=40))[True] > 1


def first_pages(officer):
    """Forty first pages of one session at once; whether each found it alive, or what it raised."""

    def first_page():
        return sessions.is_alive(user=officer, session_key="key", label="", at=officer.created_at)

    return all_at_once([first_page] * 40, workers=40)


def test_the_first_pages_of_a_session_may_be_asked_for_at_once(officer):
    assert first_pages(officer) == [True] * 40
    assert SignedInSession.objects.count() == 1


def test_twin_a_session_that_is_simply_written_breaks_some_of_its_first_pages(officer, monkeypatch):
    def simply_written(rows, ignore_conflicts):
        time.sleep(0.03)
        rows[0].save(force_insert=True)

    monkeypatch.setattr(SignedInSession.objects, "bulk_create", simply_written)

    assert first_pages(officer) != [True] * 40
