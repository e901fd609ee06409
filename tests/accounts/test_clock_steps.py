"""A clock that is stepped back, or was five minutes ahead and is put right: nothing ended comes to life again (F10)."""

from contextlib import ExitStack
from datetime import timedelta

import pytest
from django.utils import timezone

from accounts.enums import RequestKind
from accounts.models import OneTimePassword
from accounts.rules import IDLE, LOCK, LONGEST, RESET_LIFE
from accounts.services import attempts
from accounts.services.asks import answer_asks, ask_for_password
from accounts.services.hashing import hash_slot, take
from accounts.services.one_time import compose, request_password
from accounts.services.second_factor import check_code, confirm_second_factor
from accounts.services.signing_in import Result
from core.moments import wait_in_words
from tests.accounts.door import DETAILS, SECOND, fail, mails, post_sign_in, try_sign_in
from tests.accounts.test_second_factor import KEY, SECOND_STEP, code_of
from tests.factories.accounts import PASSWORD

pytestmark = pytest.mark.django_db

STEPS = [timedelta(seconds=30), timedelta(minutes=5)]


@pytest.fixture(params=STEPS, ids=["30-seconds", "5-minutes"])
def step(request):
    """How far the clock is put back."""
    return request.param


@pytest.fixture
def noon(time_machine):
    """Noon, and a clock that moves only when it is told to."""
    time_machine.move_to("2027-05-04 12:00:00+00:00", tick=False)
    return time_machine


def ask(user, at):
    """Ask for a one-time password; the mail that will carry it."""
    request = request_password(user=user, kind=RequestKind.RESET, by=None, at=at)
    return mails(f"account-password:{request.key}").get()


def mailed(user, at):
    """A one-time password that is asked for and mailed at once."""
    return compose(ask(user, at), at)["password"]


def tries(user, password, *moments):
    return [try_sign_in(user.email, password, at).result for at in moments]


def is_in(client):
    return client.get(DETAILS).status_code == 200


# --- one-time passwords -----------------------------------------------------------------------------------------------


def test_f10_a_used_password_stays_used(officer, now, step):
    password = mailed(officer, now)

    ends = tries(officer, password, now + step, now, now - step)

    assert ends == [Result.RIGHT_ONCE, Result.SPENT, Result.SPENT]


def test_f10_a_password_that_was_refused_as_too_old_stays_refused(officer, now, step):
    password = mailed(officer, now)
    end = now + RESET_LIFE

    assert tries(officer, password, end, end - step, now) == [Result.SPENT] * 3


def test_f10_a_password_that_is_too_old_takes_no_newer_one_of_its_mail_along(officer, now, step):
    email = ask(officer, now)
    first, second = compose(email, now)["password"], compose(email, now + step)["password"]
    end = now + RESET_LIFE

    assert tries(officer, first, end) == [Result.SPENT]
    assert tries(officer, second, end) == [Result.RIGHT_ONCE]


def test_f10_the_old_password_of_one_person_is_no_matter_of_another(officer, colleague, now):
    password = mailed(officer, now)
    mailed(colleague, now)

    tries(officer, password, now + RESET_LIFE)

    assert OneTimePassword.objects.get().request.user == colleague


def test_f10_a_password_that_a_newer_one_replaced_stays_replaced(officer, now, step):
    older = mailed(officer, now)
    newer = mailed(officer, now + step)

    assert tries(officer, older, now, now - step) == [Result.SPENT] * 2
    assert tries(officer, newer, now) == [Result.RIGHT_ONCE]


def test_f10_a_password_works_that_was_made_before_the_clock_was_put_back(officer, now, step):
    assert tries(officer, mailed(officer, now), now - step) == [Result.RIGHT_ONCE]


def test_f10_the_password_that_was_mailed_last_works_although_earlier_ones_say_a_later_time(officer, now, step):
    email = ask(officer, now)
    compose(email, now + step), compose(email, now + step + SECOND)

    last = compose(email, now)["password"]

    assert tries(officer, last, now + SECOND) == [Result.RIGHT_ONCE]


# --- locks and waits --------------------------------------------------------------------------------------------------


def test_f10_a_wait_for_the_end_of_a_lock_is_longer_by_the_step_at_most_and_never_negative(officer, now, step):
    fail(officer.email, 3, now)
    moments = [now - step + n * LOCK / 100 for n in range(150)]

    verdicts = [(at, attempts.state(address=officer.email, at=at)) for at in moments]
    waits = [verdict.locked_until - at for at, verdict in verdicts if verdict.locked_until]

    assert max(waits) == LOCK + step
    assert min(waits) > timedelta()
    assert [verdict.is_granted for at, verdict in verdicts] == [at >= now + LOCK for at in moments]


def test_f10_a_lock_after_which_somebody_tried_does_not_begin_again(officer, now, step):
    fail(officer.email, 3, now)
    end = now + LOCK

    assert tries(officer, "a wrong password of ours", end) == [Result.WRONG]
    assert tries(officer, PASSWORD, end - step) == [Result.RIGHT]


def test_f10_three_wrong_passwords_lock_although_the_clock_runs_back_between_them(officer, now, step):
    ends = tries(officer, "a wrong password of ours", now + step, now, now - step)

    assert ends == [Result.WRONG, Result.WRONG, Result.LOCKED]
    assert tries(officer, PASSWORD, now - step) == [Result.LOCKED]


def test_f10_a_mail_asked_for_during_a_lock_never_leaves_before_it_is_written(officer, now, step):
    fail(officer.email, 3, now)
    ask_for_password(address=officer.email, at=now - step)
    ask_for_password(address=officer.email, at=now + LOCK - SECOND)

    answer_asks(at=now + LOCK + step)

    assert {mail.next_attempt_at for mail in mails("account-password:")} == {now + LOCK + step}


def test_f10_a_place_at_the_door_is_free_at_once_after_the_clock_was_put_back(noon, step):
    with hash_slot():
        noon.shift(SECOND / 10)
    noon.shift(-step)

    with ExitStack() as stack:
        assert take(stack, "slot", 1) is not None


def test_f10_a_wait_that_the_clock_has_overtaken_is_told_as_nothing(step):
    assert wait_in_words(-step) == "0 seconds"


# --- sessions and second steps ----------------------------------------------------------------------------------------


@pytest.mark.parametrize("length", [IDLE, LONGEST])
def test_f10_a_session_that_has_ended_stays_ended(client, officer, noon, step, length):
    post_sign_in(client, officer.email, PASSWORD)
    noon.shift(length)
    ends = [is_in(client)]

    noon.shift(-step)
    ends.append(is_in(client))

    assert ends == [False, False]


def test_f10_a_session_goes_on_when_the_clock_is_put_back(client, officer, noon, step):
    post_sign_in(client, officer.email, PASSWORD)

    noon.shift(-step)

    assert is_in(client)


def test_f10_a_second_step_that_took_too_long_stays_closed(client, officer, noon, step):
    code = code_of(KEY, timezone.now(), -10)
    noon.shift(-5 * 60)
    confirm_second_factor(user=officer, key=KEY, code=code, at=timezone.now())
    noon.shift(5 * 60)
    post_sign_in(client, officer.email, PASSWORD)
    assert client.get(SECOND_STEP).status_code == 200

    noon.shift(10 * 60 + 1)
    late = client.get(SECOND_STEP)
    noon.shift(-step)

    assert late.status_code == client.get(SECOND_STEP).status_code == 302


def test_f10_a_code_of_the_app_that_was_used_is_not_good_again(officer, noon, step):
    at = timezone.now()
    noon.move_to(at - timedelta(hours=1), tick=False)
    confirm_second_factor(user=officer, key=KEY, code=code_of(KEY, timezone.now()), at=timezone.now())
    noon.move_to(at, tick=False)
    code = code_of(KEY, at)
    ends = [check_code(user=officer, code=code, at=at)[1] is not None]

    for back in (step, timedelta(seconds=30)):
        noon.move_to(at - back, tick=False)
        ends.append(check_code(user=officer, code=code, at=at - back)[1] is not None)

    assert ends == [True, False, False]
