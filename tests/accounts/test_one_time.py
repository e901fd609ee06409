"""A mailed password: its form, its life, its one use, and what it leads to."""

from datetime import timedelta

import pytest
from django.core import mail
from django.urls import NoReverseMatch, reverse
from django.utils import timezone

from accounts.enums import RequestKind
from accounts.middleware import ALWAYS_OPEN
from accounts.models import OneTimePassword, PasswordRequest, SignInCount
from accounts.rules import INVITATION_LIFE, RESET_LIFE
from accounts.services.one_time import ALPHABET, GROUP, GROUPS, compose, request_password, use_one_time_password
from accounts.services.people import invite_user
from accounts.services.signing_in import Result
from outbox.models import OutgoingEmail
from outbox.tasks import sweep
from tests.accounts.door import (
    CHOOSE,
    DETAILS,
    FORGOTTEN,
    NEW,
    SECOND,
    SIGN_IN,
    ask_and_read,
    fail,
    let_mail_leave,
    mailed_passwords,
    mails,
    post_sign_in,
)
from tests.accounts.door import try_sign_in as attempt
from tests.factories.accounts import PASSWORD
from tests.factories.step_entries import StepEntryFactory
from tests.test_access import TABLE

pytestmark = pytest.mark.django_db

SPENT = "This password has been used or is older than 60 minutes (24 hours for an invitation)."


def mint(user, now, kind=RequestKind.RESET):
    """Ask for a one-time password and make it, as its mail does when it leaves."""
    request = request_password(user=user, kind=kind, by=None, at=now)
    return compose(mails(f"account-password:{request.key}").get(), now)["password"]


def test_s14_a_mailed_password_has_99_bits_in_five_groups_of_four(officer, now):
    made = [mint(officer, now) for _ in range(50)]

    assert len(set(made)) == 50
    assert {tuple(map(len, password.split("-"))) for password in made} == {(GROUP,) * GROUPS}
    assert set("".join(made)) - {"-"} == set(ALPHABET)
    assert len(ALPHABET) ** (GROUP * GROUPS) > 2**99


@pytest.mark.parametrize(
    "change",
    [
        str,
        str.lower,
        lambda text: f" {text}\n",
        lambda text: text.replace("-", " "),
        lambda text: text.replace("-", "\u2011"),
        lambda text: text.replace("-", "\u2013"),
    ],
)
def test_s14_it_may_be_typed_or_pasted_with_blanks_and_in_any_letter_case(officer, now, change):
    assert attempt(officer.email, change(mint(officer, now)), now).result is Result.RIGHT_ONCE


def test_s14_it_works_once(officer, now):
    password = mint(officer, now)
    ends = [attempt(officer.email, password, now).result for _ in range(100)]

    assert ends == [Result.RIGHT_ONCE] + [Result.SPENT] * 99


@pytest.mark.parametrize(("kind", "life"), [(RequestKind.RESET, RESET_LIFE), (RequestKind.INVITATION, INVITATION_LIFE)])
def test_s14_it_ends_after_60_minutes_and_an_invitation_after_24_hours(officer, now, kind, life):
    assert life == {"reset": timedelta(minutes=60), "invitation": timedelta(hours=24)}[kind]
    moments = [now + life + SECOND, now + life, now + life - SECOND]
    ends = [use_one_time_password(user=officer, typed=mint(officer, now, kind), at=at) for at in moments]

    assert ends == [False, False, True]


def test_s14_its_life_begins_when_its_mail_leaves(officer, now):
    request = request_password(user=officer, kind=RequestKind.RESET, by=None, at=now)
    later = now + timedelta(hours=5)

    password = compose(mails("account-password:").get(), later)["password"]

    assert request.one_time_passwords.get().expires_at == later + RESET_LIFE
    assert attempt(officer.email, password, later).result is Result.RIGHT_ONCE


@pytest.mark.parametrize("spelling", [str, str.lower, lambda text: text.replace("-", "")])
def test_s14_it_cannot_become_the_lasting_password(client, officer, spelling):
    password = ask_and_read(client, officer.email)
    post_sign_in(client, officer.email, password)

    page = client.post(CHOOSE, {"new_password": spelling(password), "confirm_password": spelling(password)})

    officer.refresh_from_db()
    assert "The new password must not be one that was mailed" in page.text
    assert officer.check_password(PASSWORD)


def test_a_newer_request_cancels_an_older_password(officer, now):
    older, newer = mint(officer, now), mint(officer, now)

    assert attempt(officer.email, older, now).result is Result.SPENT
    assert attempt(officer.email, newer, now).result is Result.RIGHT_ONCE


def test_the_last_two_of_a_mail_that_was_tried_again_are_good_and_one_use_ends_both(officer, now):
    request_password(user=officer, kind=RequestKind.RESET, by=None, at=now)
    email = mails("account-password:").get()
    first, second, third = (compose(email, now + n * SECOND)["password"] for n in range(3))

    assert attempt(officer.email, first, now).result is Result.SPENT
    assert attempt(officer.email, second, now).result is Result.RIGHT_ONCE
    assert attempt(officer.email, third, now).result is Result.SPENT


def test_it_is_good_for_its_owner_alone(officer, colleague, now):
    password = mint(officer, now)

    assert attempt(colleague.email, password, now).result is Result.SPENT
    assert attempt(officer.email, password, now).result is Result.RIGHT_ONCE


def test_it_lets_in_during_a_lock_and_ends_it(officer, now):
    fail(officer.email, 3, now)
    assert attempt(officer.email, mint(officer, now), now).result is Result.RIGHT_ONCE
    assert not SignInCount.objects.exists()
    assert attempt(officer.email, PASSWORD, now).result is Result.RIGHT


def test_somebody_whose_access_ended_gets_none_and_uses_none(officer, now):
    password = mint(officer, now)
    request_password(user=officer, kind=RequestKind.RESET, by=None, at=now)
    officer.is_active = False
    officer.save()

    assert attempt(officer.email, password, now).user is None
    sweep()
    assert mail.outbox == []


def test_r8_the_old_password_works_until_the_new_one_is_used(client, officer):
    ask_and_read(client, officer.email)

    assert post_sign_in(client, officer.email, PASSWORD).status_code == 302


def test_opening_the_link_consumes_nothing(client, officer):
    password = ask_and_read(client, officer.email)
    link = "/account/sign-in/"
    assert f"http://127.0.0.1:8000{link}" in mail.outbox[-1].body

    for _ in range(3):
        assert client.get(link).status_code == 200

    assert post_sign_in(client, officer.email, password).status_code == 302


def test_after_it_a_password_is_chosen_before_anything_else(client, officer, session, centre):
    number = StepEntryFactory(session=session, centre=centre, first_name="Zuleika").number
    post_sign_in(client, officer.email, ask_and_read(client, officer.email))

    led_to = {}
    for name in TABLE:
        try:
            url = reverse(name)
        except NoReverseMatch:
            continue
        if name not in {*ALWAYS_OPEN, "accounts:password-choose"}:
            led_to[name] = client.get(url).headers.get("Location")
    entry = client.get(reverse("step_entries:entry-detail", args=[number]))

    assert set(led_to.values()) <= {CHOOSE, "/account/home/"}  # the door leads home, and home leads on
    assert led_to["reports:overview"] == led_to["accounts:my-details"] == entry.headers["Location"] == CHOOSE
    assert client.get("/no/such/page/").headers["Location"] == CHOOSE
    assert client.get(reverse("help")).status_code == client.get(CHOOSE).status_code == 200


def test_choosing_a_password_ends_the_rest_and_is_told_by_mail(client, signed_in, officer, now):
    elsewhere = signed_in(officer)
    elsewhere.get(DETAILS)
    fail(officer.email, 2, timezone.now())
    post_sign_in(client, officer.email, ask_and_read(client, officer.email))
    old_key = client.session.session_key

    answer = client.post(CHOOSE, {"new_password": NEW, "confirm_password": NEW})

    officer.refresh_from_db()
    assert answer.url == "/account/home/"
    assert officer.check_password(NEW)
    assert elsewhere.get(DETAILS).status_code == 302
    assert client.session.session_key != old_key
    assert not SignInCount.objects.exists()
    assert mails("account-password-changed:").count() == 1
    assert client.get(DETAILS).status_code == 200


def test_three_mails_an_hour_and_the_page_is_always_the_same(client, officer, time_machine):
    time_machine.move_to("2027-05-04 13:02:00+00:00", tick=False)
    pages = []
    for _ in range(5):
        pages.append(client.post(FORGOTTEN, {"username": officer.email}).text)
        let_mail_leave()

    assert ["A new password is on its way" in page for page in pages] == [True] * 5
    assert len(mailed_passwords()) == 3
    assert post_sign_in(client, officer.email, mailed_passwords()[-1]).status_code == 302
    client.logout()
    time_machine.move_to("2027-05-04 14:02:01+00:00", tick=False)
    assert len({ask_and_read(client, officer.email), *mailed_passwords()}) == 4


def test_b33_the_page_says_what_was_sent_whoever_asked(client, officer):
    sentence = (
        "If this address has an account, we have sent a new password to it. It works once, for 60 minutes. "
        "Look in your junk folder too."
    )

    for address in (officer.email, "nobody@nowhere.example"):
        assert sentence in client.post(FORGOTTEN, {"username": address}).text
    let_mail_leave()
    assert [message.to for message in mail.outbox] == [[officer.email]]


def test_b34_a_used_or_old_password_says_so_and_how_to_get_another(client, officer, time_machine):
    time_machine.move_to("2027-05-04 13:02:00+00:00", tick=False)
    used = ask_and_read(client, officer.email)
    post_sign_in(client, officer.email, used)
    client.logout()
    old = ask_and_read(client, officer.email)
    time_machine.shift(60 * 60)

    for address, password in [(officer.email, used), (officer.email, old), ("nobody@nowhere.example", old)]:
        page = post_sign_in(client, address, password).text
        assert SPENT in page
        assert "select “I forgot my password” to send another" in page
    assert client.get(SIGN_IN).status_code == 200


def test_s17_staff_begin_it_and_never_see_it(officer, staff, now):
    invited = invite_user(email="new@northgate.example", name="New Person", by=staff, at=now)
    row = OutgoingEmail.objects.get()
    assert "[[password]]" in row.text

    sweep()

    [password] = mailed_passwords()
    row.refresh_from_db()
    stored = [row.text, row.html, *OneTimePassword.objects.values_list("password_hash", flat=True)]
    assert not any(password in text or password.replace("-", "") in text for text in stored)
    assert invited.has_usable_password() is False
    assert PasswordRequest.objects.get().kind == RequestKind.INVITATION
    assert attempt(invited.email, password, timezone.now()).result is Result.RIGHT_ONCE
