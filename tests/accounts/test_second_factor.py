"""The second factor: codes that work once, counted like passwords, asked for whoever comes in by which way."""

import re
from base64 import b32decode
from datetime import date, timedelta

import pytest
from django.test import Client
from django_otp.oath import TOTP
from django_otp.plugins.otp_static.models import StaticToken
from django_otp.plugins.otp_totp.models import TOTPDevice

from accounts.rules import LOCK
from accounts.services.second_factor import check_code, confirm_second_factor, requires_second_factor
from tests.accounts.door import CHOOSE, DETAILS, SECOND, ask_and_read, mails, post_sign_in
from tests.factories.accounts import PASSWORD

pytestmark = pytest.mark.django_db

SECOND_STEP = "/account/sign-in/second-step/"
SET_UP = "/account/my-details/second-factor/"
KEY = "00112233445566778899aabbccddeeff00112233"
STEP = timedelta(seconds=30)


def code_of(key, at, steps=0):
    """The code that an app shows so many steps of 30 seconds from a moment."""
    totp = TOTP(bytes.fromhex(key))
    totp.time = at.timestamp() + 30 * steps
    return f"{totp.token():06}"


def wrong_code(key, at):
    good = {code_of(key, at, steps) for steps in range(-2, 3)}
    return next(code for code in ("000000", "111111", "222222", "333333", "444444", "555555") if code not in good)


@pytest.fixture
def clock(time_machine, now):
    """A clock that stands at the beginning of a step and moves only when it is told to."""
    start = now.replace(second=0, microsecond=0)
    time_machine.move_to(start, tick=False)
    return time_machine


@pytest.fixture
def at(clock, now):
    return now.replace(second=0, microsecond=0)


@pytest.fixture
def recovery_codes(officer, clock, at):
    """The recovery codes of an officer whose second factor was set up five minutes ago."""
    before = at - timedelta(minutes=5)
    clock.move_to(before, tick=False)
    codes = confirm_second_factor(user=officer, key=KEY, code=code_of(KEY, before), at=before)
    clock.move_to(at, tick=False)
    return codes


def is_right(user, code, at):
    return check_code(user=user, code=code, at=at)[1] is not None


def test_s11_staff_without_a_second_factor_reach_nothing_but_its_set_up(client, staff):
    post_sign_in(client, staff.email, PASSWORD)

    for url in ("/admin/", "/admin/accounts/user/", "/", DETAILS, "/step/"):
        assert client.get(url).headers["Location"] == SET_UP
    assert "Your account needs a second factor before you can go on." in client.get(SET_UP).text


def test_s11_it_is_required_of_all_from_the_day_that_the_setting_names(officer, settings, now):
    settings.SECOND_FACTOR_FOR_ALL_FROM = date(2027, 9, 1)

    days = [now.replace(year=2027, month=8, day=31, hour=12), now.replace(year=2027, month=9, day=1, hour=12)]

    assert [requires_second_factor(officer, day) for day in days] == [False, True]


def test_s16_after_a_password_a_code_is_asked_for(client, officer, recovery_codes, at):
    assert post_sign_in(client, officer.email, PASSWORD).url == SECOND_STEP
    assert client.get(DETAILS).status_code == 302

    answer = client.post(SECOND_STEP, {"code": code_of(KEY, at)})

    assert answer.url == "/account/home/"
    assert client.get(DETAILS).status_code == 200


def test_s16_a_mailed_password_does_not_go_round_it(client, officer, recovery_codes, at):
    assert post_sign_in(client, officer.email, ask_and_read(client, officer.email)).url == SECOND_STEP
    for url in ("/", DETAILS, CHOOSE):
        assert "/account/sign-in/" in client.get(url).headers["Location"]
    client.post(SECOND_STEP, {"code": wrong_code(KEY, at)})
    assert "_auth_user_id" not in client.session

    client.post(SECOND_STEP, {"code": code_of(KEY, at)})

    assert client.get("/").headers["Location"] == CHOOSE


def test_s16_the_second_step_cannot_be_opened_without_the_first_and_ends_after_ten_minutes(
    client, officer, recovery_codes, clock
):
    assert client.get(SECOND_STEP).headers["Location"] == "/account/sign-in/"
    post_sign_in(client, officer.email, PASSWORD)
    assert client.get(SECOND_STEP).status_code == 200
    clock.shift(timedelta(minutes=10) + SECOND)
    assert client.get(SECOND_STEP).headers["Location"] == "/account/sign-in/"


def test_s18_a_code_is_accepted_once(officer, recovery_codes, at):
    code = code_of(KEY, at)

    assert is_right(officer, code, at) is True
    assert [is_right(officer, code, at + n * LOCK) for n in range(100)] == [False] * 100


@pytest.mark.parametrize(("steps", "expected"), [(-2, False), (-1, True), (0, True), (1, True), (2, False)])
def test_s18_a_code_of_the_step_before_or_after_is_right_and_no_other(officer, recovery_codes, at, steps, expected):
    assert is_right(officer, code_of(KEY, at, steps), at) is expected


def test_s18_codes_are_30_seconds_long(officer, recovery_codes, clock, at):
    device = TOTPDevice.objects.get()
    assert (device.step, device.digits, device.tolerance, len(device.bin_key)) == (30, 6, 1, 20)
    code = code_of(KEY, at)
    clock.shift(2 * STEP - SECOND)
    assert is_right(officer, code, at) is True


def test_s18_three_wrong_codes_lock_the_second_step_for_30_minutes(client, officer, recovery_codes, clock, at):
    post_sign_in(client, officer.email, PASSWORD)
    pages = [client.post(SECOND_STEP, {"code": wrong_code(KEY, at)}).text for _ in range(3)]
    assert ["because the code was wrong three times" in page for page in pages] == [False, False, True]
    assert is_right(officer, code_of(KEY, at), at + LOCK - SECOND) is False
    assert is_right(officer, recovery_codes[0], at + LOCK - SECOND) is False

    clock.shift(LOCK)

    assert is_right(officer, code_of(KEY, at + LOCK), at + LOCK) is True


def test_s18_right_passwords_between_do_not_end_the_count_of_codes(client, officer, recovery_codes, at):
    for _ in range(3):
        post_sign_in(client, officer.email, PASSWORD)
        client.post(SECOND_STEP, {"code": wrong_code(KEY, at)})

    assert is_right(officer, code_of(KEY, at), at) is False


def test_s18_a_recovery_code_works_once_and_in_any_letter_case(officer, recovery_codes, at):
    assert len(set(recovery_codes)) == StaticToken.objects.count() == 10

    assert is_right(officer, f" {recovery_codes[0].upper()} ", at) is True
    assert is_right(officer, recovery_codes[0], at) is False
    assert is_right(officer, recovery_codes[1], at) is True


@pytest.mark.parametrize("code", ["", " ", "12345", "1234567", "٣٣٣٣٣٣", "12a456", "-1", "x" * 40])
def test_s18_what_is_no_code_is_wrong_and_breaks_nothing(officer, recovery_codes, at, code):
    assert is_right(officer, code, at) is False


def test_it_is_set_up_by_a_code_of_the_key_on_the_page(client, officer, at):
    post_sign_in(client, officer.email, PASSWORD)
    shown = re.search(r'entry-number key">([A-Z2-7 ]+)<', client.get(SET_UP).text)[1].replace(" ", "")
    key = b32decode(shown + "=" * (-len(shown) % 8)).hex()

    refused = client.post(SET_UP, {"code": wrong_code(key, at)})
    assert "The code is not right." in refused.text
    assert not TOTPDevice.objects.exists()
    page = client.post(SET_UP, {"code": code_of(key, at)})

    codes = re.findall(r'<li class="entry-number">(\w+)</li>', page.text)
    assert sorted(codes) == sorted(StaticToken.objects.values_list("token", flat=True))
    assert TOTPDevice.objects.get().confirmed is True
    assert client.get(DETAILS).status_code == 200

    again = client.post(SET_UP, {"code": code_of(key, at)}, follow=True)
    assert "The second factor is on. If you did not keep its recovery codes, set it up again" in again.text
    assert StaticToken.objects.count() == 10


def test_s12_s26_with_it_other_sessions_end_and_its_owner_is_told(client, signed_in, officer, at):
    elsewhere = signed_in(officer)
    assert elsewhere.get(DETAILS).status_code == 200
    post_sign_in(client, officer.email, PASSWORD)
    shown = re.search(r'entry-number key">([A-Z2-7 ]+)<', client.get(SET_UP).text)[1].replace(" ", "")
    key = b32decode(shown + "=" * (-len(shown) % 8)).hex()

    client.post(SET_UP, {"code": code_of(key, at)})

    assert elsewhere.get(SET_UP).headers["Location"].startswith("/account/sign-in/")
    assert client.get(DETAILS).status_code == 200
    email = mails(f"account-second-factor-on:{officer.pk}:").get()
    assert email.to == [officer.email]
    assert "an authenticator app was linked to your account" in email.text


def test_another_app_takes_the_place_of_the_first(officer, recovery_codes, clock, at):
    other = KEY[::-1]
    confirm_second_factor(user=officer, key=other, code=code_of(other, at), at=at)
    clock.shift(STEP)

    assert is_right(officer, code_of(KEY, at + STEP), at) is False
    assert is_right(officer, recovery_codes[0], at) is False
    assert is_right(officer, code_of(other, at + STEP), at) is True


def test_it_is_taken_away_only_with_a_code(officer, recovery_codes, at):
    client = Client()
    post_sign_in(client, officer.email, PASSWORD)
    client.post(SECOND_STEP, {"code": recovery_codes[0]})

    client.post(f"{SET_UP}off/", {"code": wrong_code(KEY, at)})
    assert officer.has_second_factor is True
    client.post(f"{SET_UP}off/", {"code": code_of(KEY, at)})

    assert officer.has_second_factor is False
    assert not StaticToken.objects.exists()


def test_staff_cannot_do_without(staff, signed_in, settings):
    assert signed_in(staff).get(f"{SET_UP}off/").headers["Location"] == DETAILS
