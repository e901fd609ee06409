"""The account register: what staff do with accounts in the administration."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django_otp.plugins.otp_totp.models import TOTPDevice

from accounts.models import User
from accounts.services.attempts import reserve_attempt, state
from core.history import history_of
from outbox.models import OutgoingEmail
from tests.factories.accounts import UserFactory
from tests.factories.centres import MembershipFactory

pytestmark = pytest.mark.django_db

USERS = "/admin/accounts/user/"
REASON = "Asked for by telephone"
WITH_REASON = ["unlock", "lock", "deactivate", "take_second_factor"]
ACTIONS = ["send_password", "sign_out", *WITH_REASON]


@pytest.fixture
def client(signed_in, staff):
    return signed_in(staff)


@pytest.fixture
def administrator(db):
    return UserFactory(email="admin@board.example", is_staff=True, is_superuser=True)


def do(client, action, *users, **fields):
    ids = [user.pk for user in users]
    return client.post(USERS, {"action": action, "_selected_action": ids} | fields, follow=True)


def change(client, user, **fields):
    ticked = {name: "on" for name in ("is_active", "is_staff", "is_superuser") if fields.pop(name, getattr(user, name))}
    return client.post(
        f"{USERS}{user.pk}/change/", {"email": user.email, "name": user.name} | ticked | fields, follow=True
    )


def test_adding_a_user_asks_for_no_password_and_mails_an_invitation(client, staff):
    form = client.get(f"{USERS}add/").text
    fields = {"email": "New.Person@School.Example", "name": "New Person"}
    page = client.post(f"{USERS}add/", fields, follow=True).text

    user = User.objects.get(email="new.person@school.example")
    mail = OutgoingEmail.objects.get()
    assert "A one-time password, good for 24 hours, is on its way to new.person@school.example." in page
    assert "password" not in form.partition("<form")[2].partition("</form>")[0]
    assert (user.has_usable_password(), user.name, user.is_staff) == (False, "New Person", False)
    assert (mail.to, mail.subject) == (["new.person@school.example"], "Entries Portal: your account")
    assert {line.action: line.by for line in history_of(user)} == {
        "user.invited": staff,
        "user.password-invitation-requested": staff,
    }


def test_an_address_that_has_a_user_is_refused_at_the_field(client, officer):
    page = client.post(f"{USERS}add/", {"email": officer.email.upper(), "name": "Twin"})

    assert page.context["adminform"].form.errors == {
        "email": ["There is a user with this e-mail address already. Search the list of users for it."]
    }
    assert not OutgoingEmail.objects.exists()


def test_the_name_is_changed_with_old_and_new(client, officer, staff):
    change(client, officer, name="Olivia Hall")

    line = history_of(officer).get()
    assert (line.by, line.changes) == (staff, {"name": ["Olivia Marsh", "Olivia Hall"]})


def test_the_address_is_changed_and_told_to_both(client, officer):
    change(client, officer, email="New@northgate.example")

    officer.refresh_from_db()
    assert officer.email == "new@northgate.example"
    assert OutgoingEmail.objects.filter(key__startswith="account-address-changed:").count() == 2


def test_s28_the_address_is_changed_only_soon_after_signing_in(client, officer, staff, now):
    client.get(USERS)
    staff.signed_in_sessions.update(started_at=now - timedelta(minutes=16))
    page = change(client, officer, email="new@northgate.example", name="Olivia Hall")
    officer.refresh_from_db()

    assert (officer.email, officer.name) == ("officer@northgate.example", "Olivia Hall")
    assert "in the first 15 minutes after you log in" in client.get(f"{USERS}{officer.pk}/change/").text
    assert page.status_code == 200

    staff.signed_in_sessions.update(started_at=now - timedelta(minutes=14))
    change(client, officer, email="new@northgate.example")
    officer.refresh_from_db()
    assert officer.email == "new@northgate.example"


def test_access_is_ended_with_a_reason_only_and_given_again(client, officer):
    refused = change(client, officer, is_active=False)
    was_active = User.objects.get(pk=officer.pk).is_active
    change(client, officer, is_active=False, reason=REASON)
    is_active = User.objects.get(pk=officer.pk).is_active
    change(client, officer, is_active=True)

    assert "Type the reason for ending this person" in refused.text
    assert (was_active, is_active, User.objects.get(pk=officer.pk).is_active) == (True, False, True)
    assert [(line.action, line.note) for line in history_of(officer)] == [
        ("user.reactivated", ""),
        ("user.deactivated", REASON),
    ]


def test_only_an_administrator_makes_somebody_staff(client, signed_in, administrator, officer):
    change(client, officer, is_staff=True)
    by_staff = User.objects.get(pk=officer.pk).is_staff
    change(signed_in(administrator), officer, is_staff=True)

    assert (by_staff, User.objects.get(pk=officer.pk).is_staff) == (False, True)
    assert history_of(officer).get().changes == {"is_staff": [False, True]}


def test_the_page_of_a_user_shows_second_factor_locks_and_sessions_and_no_password(client, signed_in, officer, now):
    signed_in(officer).get("/account/my-details/")
    TOTPDevice.objects.create(user=officer, name="Authenticator app", confirmed=True)
    for _ in range(3):
        reserve_attempt(address=officer.email, at=now)

    page = client.get(f"{USERS}{officer.pk}/change/")

    form = page.text.partition('id="user_form"')[2]
    assert "On browsers that are not known: until" in form
    assert "61111 Northgate School: Exams officer" in form
    assert 'field-second_factor">' in form
    assert officer.password not in page.text
    assert 'type="password"' not in page.text


@pytest.mark.parametrize("path", ["password/", "password"])
def test_there_is_no_page_to_change_a_users_password(client, signed_in, administrator, officer, path):
    url = f"{USERS}{officer.pk}/{path}"

    assert [browser.get(url).status_code for browser in (client, signed_in(administrator))] == [404, 404]


@pytest.mark.parametrize("model", ["otp_totp/totpdevice", "otp_static/staticdevice"])
def test_second_factors_have_no_pages_that_would_show_their_secrets(signed_in, administrator, model):
    assert signed_in(administrator).get(f"/admin/{model}/").status_code == 404


# --- the actions ------------------------------------------------------------------------------------------------------


def test_a_new_one_time_password_is_mailed(client, officer, staff):
    page = do(client, "send_password", officer)

    assert "A new one-time password is on its way to officer@northgate.example." in page.text
    assert OutgoingEmail.objects.get().to == [officer.email]
    assert history_of(officer).get().by == staff


def test_nothing_is_mailed_to_somebody_who_may_not_sign_in(client, officer):
    User.objects.filter(pk=officer.pk).update(is_active=False)

    page = do(client, "send_password", officer)

    assert "Not mailed, because they may not sign in: officer@northgate.example." in page.text
    assert not OutgoingEmail.objects.exists()


def test_an_account_is_locked_and_unlocked_with_a_reason(client, officer, now):
    do(client, "lock", officer, reason=REASON)
    locked = state(address=officer.email, at=now)
    do(client, "unlock", officer, reason=REASON)

    assert (locked.is_granted, state(address=officer.email, at=now).is_granted) == (False, True)
    assert [(line.action, line.note) for line in history_of(officer)] == [
        ("user.unlocked", REASON),
        ("user.locked", REASON),
    ]


def test_a_user_is_deactivated_with_a_reason(client, officer):
    do(client, "deactivate", officer, reason=REASON)

    officer.refresh_from_db()
    assert not officer.is_active
    assert history_of(officer).get().note == REASON


def test_a_user_is_signed_out_everywhere(client, signed_in, officer):
    elsewhere = signed_in(officer)
    elsewhere.get("/account/my-details/")

    do(client, "sign_out", officer)

    assert elsewhere.get("/account/my-details/").status_code == 302
    assert history_of(officer).get().action == "user.signed-out-everywhere"


def test_a_second_factor_is_taken_away_with_a_reason(client, officer):
    TOTPDevice.objects.create(user=officer, name="Authenticator app", confirmed=True)

    do(client, "take_second_factor", officer, reason=REASON)

    assert not officer.has_second_factor


@pytest.mark.parametrize("action", WITH_REASON)
def test_without_a_reason_nothing_happens(client, officer, action):
    page = do(client, action, officer, reason="  ")

    assert "Type the reason beside the action." in page.text
    assert not history_of(officer).exists()


@pytest.mark.parametrize("action", ACTIONS)
@pytest.mark.parametrize("roles", [{"is_staff": True}, {"is_superuser": True}])
def test_staff_act_on_no_account_of_the_board(client, signed_in, administrator, officer, action, roles):
    of_board = UserFactory(email="other@board.example", **roles)

    page = do(client, action, of_board, officer, reason=REASON)
    by_staff = history_of(of_board).count()
    do(signed_in(administrator), action, of_board, reason=REASON)

    assert "Not changed: other@board.example: only an administrator may change" in page.text
    assert (by_staff, history_of(officer).exists(), history_of(of_board).exists()) == (0, True, True)


def test_staff_see_and_do_not_change_an_account_of_the_board(client, administrator):
    page = client.get(f"{USERS}{administrator.pk}/change/")
    answer = client.post(f"{USERS}{administrator.pk}/change/", {"email": "mine@board.example", "name": "X"})

    administrator.refresh_from_db()
    assert (page.status_code, answer.status_code, administrator.email) == (200, 403, "admin@board.example")


# --- the register -----------------------------------------------------------------------------------------------------


def test_the_register_shows_centres_and_flags_who_is_unused_for_a_year(client, officer, now):
    User.objects.filter(pk=officer.pk).update(last_login=now - timedelta(days=366))

    page = client.get(USERS).text

    assert "61111 Northgate School: Exams officer" in page
    assert page.count("unused for a year</strong>") == 1


@pytest.mark.parametrize(
    ("use", "expected"), [("unused", {"old", "never-and-old"}), ("never", {"new", "never-and-old"})]
)
def test_the_register_is_filtered_by_use(client, staff, now, use, expected):
    User.objects.filter(pk=staff.pk).update(last_login=now)
    year = timedelta(days=365)
    UserFactory(name="old", last_login=now - year - timedelta(minutes=1))
    UserFactory(name="young", last_login=now - year + timedelta(minutes=1))
    UserFactory(name="new")
    UserFactory(name="never-and-old", created_at=now - year - timedelta(minutes=1))

    page = client.get(USERS, {"use": use})

    assert {user.name for user in page.context["cl"].result_list} == expected


def test_the_register_asks_as_many_queries_for_100_users_as_for_3(client):
    client.get(USERS)
    counts = []
    for number in (3, 97):
        MembershipFactory.create_batch(number)
        with CaptureQueriesContext(
            connection,
        ) as queries:
            client.get(USERS)
        counts.append(len(queries))

    assert counts[0] == counts[1]


def test_account_01_an_administrator_does_not_shut_themselves_out(signed_in, administrator, officer):
    own = signed_in(administrator)

    page = do(own, "deactivate", officer, administrator, reason=REASON).text
    change(own, administrator, is_active=False, is_superuser=False, is_staff=False, reason=REASON)

    administrator.refresh_from_db()
    officer.refresh_from_db()
    assert (administrator.is_active, administrator.is_staff, administrator.is_superuser) == (True, True, True)
    assert officer.is_active is False
    assert "The account admin@board.example is your own. Another administrator can do this." in page
    assert own.get(USERS).status_code == 200
