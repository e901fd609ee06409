"""My Details, and the centre in use."""

import hashlib

import pytest
from django.urls import reverse
from django_otp.plugins.otp_totp.models import TOTPDevice

from accounts.models import SignedInSession, SignInCount
from accounts.rules import CEILING
from accounts.services.attempts import STRANGER, address_key
from centres.enums import Role
from core.models import HistoryEntry
from outbox.models import OutgoingEmail
from tests.accounts.door import ask_and_read
from tests.factories.accounts import PASSWORD
from tests.factories.centres import MembershipFactory
from tests.factories.step_entries import StepEntryFactory

pytestmark = pytest.mark.django_db

DETAILS = "/account/my-details/"
NEW = "seventeen purple teapots"


@pytest.fixture
def client(signed_in, officer):
    return signed_in(officer)


def change(client, existing=PASSWORD, new=NEW, again=NEW):
    fields = {"existing_password": existing, "new_password": new, "confirm_password": again}
    return client.post(f"{DETAILS}password/", fields, follow=True)


def test_my_details_shows_username_centre_and_role(client):
    page = client.get(DETAILS).text

    assert "officer@northgate.example" in page
    assert "Exams officer" in page


def test_the_own_name_is_changed_with_history(client, officer):
    client.post(f"{DETAILS}name/", {"name": "Olivia Marsh-Hall"})

    officer.refresh_from_db()
    assert officer.name == "Olivia Marsh-Hall"
    assert HistoryEntry.objects.get().changes == {"name": ["Olivia Marsh", "Olivia Marsh-Hall"]}


def test_a_changed_password_ends_other_sessions_and_is_told_by_mail(client, signed_in, officer):
    elsewhere = signed_in(officer)
    elsewhere.get(DETAILS)

    page = change(client)

    officer.refresh_from_db()
    assert officer.check_password(NEW)
    assert "Your password is changed." in page.text
    assert elsewhere.get(DETAILS).status_code == 302
    assert OutgoingEmail.objects.get().key.startswith("account-password-changed:")


@pytest.mark.parametrize(
    ("fields", "sentence"),
    [
        ({"existing": "wrong password here"}, "The existing password is not right. Type it again."),
        ({"new": "short", "again": "short"}, "The new password must have 15 characters or more. It has 5."),
        ({"again": "something else entirely"}, "The two new passwords differ. Type the new password in both boxes."),
        ({"new": "x northgate school x", "again": "x northgate school x"}, "must not contain “Northgate School”"),
        ({"new": "my olivia 123456789", "again": "my olivia 123456789"}, "must not contain “Olivia”"),
        ({"new": "entries portal 2027!", "again": "entries portal 2027!"}, "must not contain “entries portal”"),
        ({"new": "123456789987654321", "again": "123456789987654321"}, "on the lists that guessers try first"),
        ({"existing": ""}, "Enter your existing password."),
    ],
)
def test_a_password_that_is_refused_says_why_and_changes_nothing(client, officer, fields, sentence):
    page = change(client, **fields)

    officer.refresh_from_db()
    assert page.text.count(sentence) == 2  # in the summary and at the field
    assert officer.check_password(PASSWORD)


def test_a_mailed_password_may_stand_for_the_existing_one_and_works_once(client, officer):
    mailed = ask_and_read(client, officer.email)

    assert "Your password is changed." in change(client, existing=mailed).text
    officer.refresh_from_db()
    assert officer.check_password(NEW)
    again = change(client, existing=mailed, new=f"{NEW}!", again=f"{NEW}!").text
    assert "This password has been used or is older than 60 minutes" in again


def test_where_only_a_mailed_password_helps_my_details_says_so(client, officer):
    key = address_key(officer.email)
    SignInCount.objects.create(address_key=key, browser_key=STRANGER, failures=0, failures_in_all=CEILING)

    assert "There were too many wrong passwords for this account." in change(client).text


@pytest.mark.parametrize(("has_second_factor", "shortest"), [(False, 15), (True, 12)])
def test_my_details_says_how_long_a_new_password_must_be(client, officer, has_second_factor, shortest):
    if has_second_factor:
        TOTPDevice.objects.create(user=officer, name="App", confirmed=True)

    assert f"The new password needs {shortest} characters or more." in client.get(DETAILS).text


def test_a_breached_password_is_refused(client, settings, tmp_path):
    hashes = tmp_path / "breached.txt"
    settings.BREACHED_HASHES_FILE = str(hashes)
    listed = hashlib.sha1(NEW.encode(), usedforsecurity=False).hexdigest().upper()
    hashes.write_text("\n".join(sorted(["0" * 40 + ":1", f"{listed}:7", "F" * 40 + ":1"])) + "\n")

    assert "This password became known in a theft of data elsewhere." in change(client).text
    assert "Your password is changed." in change(client, new=f"{NEW}!", again=f"{NEW}!").text


def test_one_session_is_ended_and_then_all_others(client, signed_in, officer):
    first, second = signed_in(officer), signed_in(officer)
    for browser in (client, first, second):
        browser.get(DETAILS)
    session = SignedInSession.objects.get(session_key=first.session.session_key)

    client.post(f"{DETAILS}sessions/{session.pk}/end/")
    assert first.get(DETAILS).status_code == 302
    client.post(f"{DETAILS}sessions/end/")

    assert second.get(DETAILS).status_code == 302
    assert client.get(DETAILS).status_code == 200


def test_a_session_of_somebody_else_is_not_found(client, signed_in, officer_elsewhere):
    other = signed_in(officer_elsewhere)
    other.get(DETAILS)
    session = SignedInSession.objects.get(user=officer_elsewhere)

    assert client.post(f"{DETAILS}sessions/{session.pk}/end/").status_code == 404
    assert other.get(DETAILS).status_code == 200


def test_a_person_with_two_centres_switches_between_them_and_their_roles(client, officer, other_centre, session):
    MembershipFactory(user=officer, centre=other_centre, role=Role.READ_ONLY)
    theirs = StepEntryFactory(session=session, centre=other_centre)
    entry = reverse("step_entries:entry-detail", args=[theirs.number])
    assert client.get(entry).status_code == 404

    page = client.post(reverse("centres:switch"), {"centre": "62222"}, follow=True)

    assert "You are now acting for Southfield College, 62222." in page.text
    assert client.get(entry).status_code == 200
    assert client.post(reverse("step_entries:entry-start")).status_code == 403


def test_a_centre_of_others_cannot_be_switched_to(client, other_centre):
    assert client.post(reverse("centres:switch"), {"centre": "62222"}).status_code == 404
