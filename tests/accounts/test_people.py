"""What staff do to accounts, beneath the pages."""

from datetime import timedelta

import pytest
from django_otp.plugins.otp_totp.models import TOTPDevice

from accounts.models import KnownBrowser, SignedInSession
from accounts.rules import LOCK
from accounts.services import people
from accounts.services.attempts import state
from accounts.services.one_time import request_password
from core.history import history_of
from core.refusals import Refused
from outbox.models import OutgoingEmail

pytestmark = pytest.mark.django_db


@pytest.fixture
def at_work(officer, now):
    """The officer, signed in on a known browser."""
    KnownBrowser.objects.create(user=officer, browser_key="b", label="Firefox", created_at=now, last_used_at=now)
    SignedInSession.objects.create(user=officer, session_key="s", label="Firefox", started_at=now, last_seen_at=now)
    return officer


def actions(user):
    return [(line.action, line.note) for line in history_of(user)]


def test_a_lock_by_staff_holds_for_thirty_minutes_and_not_on_known_browsers(at_work, staff, now):
    people.lock_user(user=at_work, reason="Telephone call", by=staff, at=now)

    assert state(address=at_work.email, at=now).locked_until == now + LOCK
    assert state(address=at_work.email, at=now + LOCK).is_granted
    assert state(address=at_work.email, browser_key="b", at=now).is_granted
    assert at_work.signed_in_sessions.count() == 1
    assert actions(at_work) == [("user.locked", "Telephone call")]


def test_an_unlock_ends_a_lock_by_staff(at_work, staff, now):
    people.lock_user(user=at_work, reason="Telephone call", by=staff, at=now)

    people.unlock_user(user=at_work, reason="It was her", by=staff, at=now)

    assert state(address=at_work.email, at=now).is_granted


def test_an_amended_user_leaves_old_and_new(officer, staff, now):
    people.amend_user(user=officer, by=staff, at=now, name="Olivia Hall", is_staff=False)

    officer.refresh_from_db()
    assert officer.name == "Olivia Hall"
    assert history_of(officer).get().changes == {"name": ["Olivia Marsh", "Olivia Hall"]}


def test_an_amendment_to_what_it_was_leaves_nothing(officer, staff, now):
    people.amend_user(user=officer, by=staff, at=now, name="Olivia Marsh")

    assert not history_of(officer).exists()


def test_a_changed_address_ends_everything_and_is_told_to_both(at_work, staff, now):
    at_work.last_login = now
    at_work.save()
    asked = request_password(user=at_work, kind="reset", by=staff, at=now)

    people.change_address(user=at_work, email="New@Northgate.Example", by=staff, at=now)

    at_work.refresh_from_db()
    asked.refresh_from_db()
    told = OutgoingEmail.objects.filter(key__startswith="account-address-changed:").order_by("pk")
    assert at_work.email == "new@northgate.example"
    assert [mail.to for mail in told] == [["officer@northgate.example"], ["new@northgate.example"]]
    assert "from officer@northgate.example to new@northgate.example" in told[0].text
    assert (at_work.signed_in_sessions.count(), at_work.known_browsers.count()) == (0, 0)
    assert asked.cancelled_at == now
    assert history_of(at_work)[0].changes == {"email": ["officer@northgate.example", "new@northgate.example"]}


def test_somebody_who_never_signed_in_is_invited_anew_at_the_new_address(officer, staff, now):
    people.change_address(user=officer, email="new@northgate.example", by=staff, at=now)

    assert officer.password_requests.get(cancelled_at=None).kind == "invitation"
    assert OutgoingEmail.objects.get(key__startswith="account-password:").to == ["new@northgate.example"]


def test_an_address_that_stays_the_same_changes_nothing(at_work, staff, now):
    people.change_address(user=at_work, email="Officer@Northgate.example", by=staff, at=now)

    assert not OutgoingEmail.objects.exists()
    assert at_work.signed_in_sessions.count() == 1


def test_signing_out_everywhere_ends_sessions_and_keeps_known_browsers(at_work, staff, now):
    assert people.sign_out_everywhere(user=at_work, by=staff, at=now) == 1

    assert (at_work.signed_in_sessions.count(), at_work.known_browsers.count()) == (0, 1)
    assert actions(at_work) == [("user.signed-out-everywhere", "")]


def test_a_second_factor_taken_away_leaves_a_reason_and_ends_sessions(at_work, staff, now):
    TOTPDevice.objects.create(user=at_work, name="Authenticator app", confirmed=True)

    people.take_second_factor_away(user=at_work, reason="Lost telephone", by=staff, at=now)

    assert not at_work.has_second_factor
    assert at_work.signed_in_sessions.count() == 0
    assert actions(at_work) == [("user.second-factor-taken-away", "Lost telephone"), ("user.second-factor-off", "")]


def test_an_end_of_access_ends_sessions_browsers_and_passwords_on_their_way(at_work, staff, now):
    asked = request_password(user=at_work, kind="reset", by=staff, at=now)

    people.deactivate_user(user=at_work, reason="Left the school", by=staff, at=now + timedelta(minutes=1))

    at_work.refresh_from_db()
    asked.refresh_from_db()
    assert not at_work.may_sign_in
    assert asked.cancelled_at == now + timedelta(minutes=1)
    assert (at_work.signed_in_sessions.count(), at_work.known_browsers.count()) == (0, 0)
    assert actions(at_work)[0] == ("user.deactivated", "Left the school")


@pytest.mark.parametrize("fields", [{"is_superuser": True}, {"is_staff": False, "name": "Sam"}])
def test_account_01_own_roles_are_changed_by_another(staff, officer, now, fields):
    with pytest.raises(Refused):
        people.amend_user(user=staff, by=staff, at=now, **fields)

    staff.refresh_from_db()
    assert (staff.is_staff, staff.is_superuser) == (True, False)
    assert not history_of(staff).exists()
    assert people.amend_user(user=staff, by=officer, at=now, **fields).pk == staff.pk
    assert history_of(staff).count() == 1


def test_account_01_the_own_name_may_be_amended(staff, now):
    people.amend_user(user=staff, by=staff, at=now, name="Samantha")

    staff.refresh_from_db()
    assert staff.name == "Samantha"
