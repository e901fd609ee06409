"""Sessions: how long they last, how they end, what is kept of a page that was sent too late."""

from datetime import timedelta

import pytest
from django.conf import settings as configuration
from django.contrib.sessions.models import Session
from django.test import Client

from accounts.middleware import MUST_CHOOSE_PASSWORD
from accounts.models import KeptPost, SignedInSession
from accounts.rules import IDLE, LONGEST
from accounts.services.housekeeping import purge
from accounts.services.people import deactivate_user
from accounts.services.sessions import end_sessions_of, forget_kept_post, is_alive, keep_post, kept_post
from tests.accounts.door import CHOOSE, DETAILS, NEW, SECOND, ask_and_read, post_sign_in
from tests.factories.accounts import PASSWORD
from tests.factories.centres import MembershipFactory

pytestmark = pytest.mark.django_db

NOON = "2027-05-04 12:00:00+00:00"
HELD = "/account/my-details/name/"


@pytest.fixture
def noon(time_machine):
    """Noon, and a clock that moves only when it is told to."""
    time_machine.move_to(NOON, tick=False)
    return time_machine


def is_in(client):
    return client.get(DETAILS).status_code == 200


@pytest.mark.parametrize(("wait", "alive"), [(IDLE - SECOND, True), (IDLE, False), (IDLE + SECOND, False)])
def test_s21_a_session_ends_after_30_minutes_without_use(client, officer, noon, wait, alive):
    assert timedelta(minutes=30) == IDLE
    post_sign_in(client, officer.email, PASSWORD)

    noon.shift(wait)

    assert is_in(client) is alive


def test_s21_every_use_extends_it_and_none_past_12_hours(client, officer, noon):
    assert timedelta(hours=12) == LONGEST
    post_sign_in(client, officer.email, PASSWORD)
    for _ in range(35):
        noon.shift(timedelta(minutes=20))
        assert is_in(client)
    noon.move_to("2027-05-04 23:59:59+00:00", tick=False)
    assert is_in(client)

    noon.move_to("2027-05-05 00:00:00+00:00", tick=False)

    assert not is_in(client)


def test_s21_staying_signed_in_is_asked_for_by_the_warning(client, officer, noon):
    post_sign_in(client, officer.email, PASSWORD)
    noon.shift(timedelta(minutes=28))

    assert client.post("/account/stay-signed-in/").status_code == 204

    noon.shift(timedelta(minutes=29))
    assert is_in(client)


def test_s21_a_page_says_when_its_session_ends(client, officer, session, noon):
    post_sign_in(client, officer.email, PASSWORD)

    assert "13:30" in client.get(DETAILS).text  # half an hour after 13:00, British Summer Time


def test_s22_sessions_run_beside_each_other_are_listed_and_end_one_by_one(officer, noon):
    browsers = [Client(), Client(), Client()]
    for browser in browsers:
        post_sign_in(browser, officer.email, PASSWORD)
    listed = SignedInSession.objects.filter(user=officer)
    assert set(listed.values_list("session_key", flat=True)) == {each.session.session_key for each in browsers}
    assert browsers[0].get(DETAILS).text.count("/account/my-details/sessions/") == 3  # two, and all others

    browsers[0].post(f"{DETAILS}sessions/{listed.get(session_key=browsers[1].session.session_key).pk}/end/")

    assert [is_in(browser) for browser in browsers] == [True, False, True]


def test_s22_the_list_holds_no_session_that_has_ended(client, officer, noon):
    post_sign_in(Client(), officer.email, PASSWORD)
    noon.shift(IDLE)
    post_sign_in(client, officer.email, PASSWORD)
    client.post(f"{DETAILS}password/", {"existing_password": PASSWORD, "new_password": NEW, "confirm_password": NEW})

    page = client.get(DETAILS).text

    assert page.count("This one") == 1
    assert "/account/my-details/sessions/" not in page


def test_s23_the_key_is_new_after_signing_in_by_mail_and_after_a_change(client, officer):
    client.get("/account/sign-in/")
    keys = [client.session.session_key]
    post_sign_in(client, officer.email, PASSWORD)
    keys.append(client.session.session_key)
    client.post(f"{DETAILS}password/", {"existing_password": PASSWORD, "new_password": NEW, "confirm_password": NEW})
    keys.append(client.session.session_key)
    client.logout()
    post_sign_in(client, officer.email, ask_and_read(client, officer.email))
    keys.append(client.session.session_key)

    assert len(set(keys)) == 4
    assert not Session.objects.filter(session_key__in=[key for key in keys[:3] if key]).exists()


def test_s23_a_key_from_before_signing_in_is_dead(officer):
    planted = Client()
    session = planted.session
    session["anything"] = 1
    session.save()
    victim = Client()
    victim.cookies[configuration.SESSION_COOKIE_NAME] = session.session_key

    post_sign_in(victim, officer.email, PASSWORD)

    planted.cookies[configuration.SESSION_COOKIE_NAME] = session.session_key
    assert is_in(victim)
    assert not is_in(planted)


def test_s24_signing_out_is_a_post_and_the_old_cookie_is_dead(client, officer):
    post_sign_in(client, officer.email, PASSWORD)
    kept = client.cookies[configuration.SESSION_COOKIE_NAME].value
    client.get("/account/sign-out/")
    assert is_in(client)

    client.post("/account/sign-out/")

    replayed = Client()
    replayed.cookies[configuration.SESSION_COOKIE_NAME] = kept
    assert not is_in(replayed)
    assert not SignedInSession.objects.exists()


def test_s24_the_button_stands_on_every_signed_in_page(signed_in, officer, session):
    client = signed_in(officer)

    for url in ("/", DETAILS, "/step/", "/help/", "/no/such/page/"):
        assert '<form method="post" action="/account/sign-out/"' in client.get(url).text


def test_s25_access_ends_at_the_next_request_after_somebody_is_deactivated(signed_in, officer, staff, now):
    client = signed_in(officer)
    assert is_in(client)

    deactivate_user(user=officer, reason="Left the centre.", by=staff, at=now)

    assert not is_in(client)
    assert post_sign_in(client, officer.email, PASSWORD).status_code == 200


def test_s25_access_ends_where_only_the_box_was_unticked(signed_in, officer):
    client = signed_in(officer)
    assert is_in(client)
    type(officer).objects.filter(pk=officer.pk).update(is_active=False)

    assert not is_in(client)


def test_s25_moving_somebody_to_another_centre_ends_access_to_the_old_one(
    signed_in, officer, other_centre, session, now
):
    client = signed_in(officer)
    assert "Northgate School" in client.get("/").text

    officer.memberships.update(ended_at=now)
    MembershipFactory(user=officer, centre=other_centre)

    page = client.get("/").text
    assert ("Northgate School" in page, "Southfield College" in page) == (False, True)


@pytest.mark.parametrize("way", ["My Details", "a mailed password"])
def test_s26_a_new_password_ends_other_sessions_and_forgets_other_browsers(client, officer, way):
    others = [Client(), Client()]
    for browser in others:
        post_sign_in(browser, officer.email, PASSWORD)
    known_before = set(officer.known_browsers.values_list("browser_key", flat=True))
    if way == "My Details":
        post_sign_in(client, officer.email, PASSWORD)
        fields = {"existing_password": PASSWORD, "new_password": NEW, "confirm_password": NEW}
        client.post(f"{DETAILS}password/", fields)
    else:
        post_sign_in(client, officer.email, ask_and_read(client, officer.email))
        client.post(CHOOSE, {"new_password": NEW, "confirm_password": NEW})

    assert [is_in(browser) for browser in [client, *others]] == [True, False, False]
    [fresh] = officer.known_browsers.values_list("browser_key", flat=True)  # the browser in use, under a new key
    assert fresh not in known_before


def test_s27_all_sessions_of_a_person_end_by_a_constant_number_of_queries(officer, now, django_assert_num_queries):
    for count in (1, 100):
        for n in range(count):
            is_alive(user=officer, session_key=f"{count}-{n}", label="", at=now)
        with django_assert_num_queries(5):  # a savepoint and its end, the keys, sessions, their list
            assert end_sessions_of(user=officer) == count


def test_f34_what_was_sent_after_the_end_is_kept_for_its_sender_and_not_carried_out(client, officer, noon):
    post_sign_in(client, officer.email, PASSWORD)
    noon.shift(IDLE)

    answer = client.post(HELD, {"name": "Somebody Else", "csrfmiddlewaretoken": "x", "existing_password": "y"})

    officer.refresh_from_db()
    assert (answer.status_code, officer.name) == (302, "Olivia Marsh")
    assert KeptPost.objects.get().fields == {"name": ["Somebody Else"]}
    assert KeptPost.objects.get().user == officer


def test_f34_only_secrets_are_left_out_of_what_is_kept(officer, now):
    secrets = ["csrfmiddlewaretoken", "existing_password", "new_password", "token", "code"]
    cells = ["cell-3-code", "was-cell-3-entry_code", "unit_codes", "postcode"]

    keep_post(user=officer, path="/uploads/1/mend/", fields={name: ["x"] for name in secrets + cells}, at=now)

    assert sorted(KeptPost.objects.get().fields) == sorted(cells)


def test_f34_it_is_offered_to_its_sender_alone_and_once(officer, officer_elsewhere, now):
    keep_post(user=officer, path="/step/drafts/1/", fields={"last_name": ["Smith"]}, at=now)

    assert kept_post(user=officer_elsewhere, path="/step/drafts/1/") is None
    assert kept_post(user=officer, path="/step/drafts/2/") is None
    assert kept_post(user=officer, path="/step/drafts/1/") == {"last_name": ["Smith"]}
    forget_kept_post(user=officer, path="/step/drafts/1/")
    assert kept_post(user=officer, path="/step/drafts/1/") is None


def test_f34_what_was_sent_last_is_what_is_kept_for_7_days(officer, now):
    for name in ("Smith", "Smyth"):
        keep_post(user=officer, path="/step/drafts/1/", fields={"last_name": [name]}, at=now)
    purge(at=now + timedelta(days=7))
    assert KeptPost.objects.get().fields == {"last_name": ["Smyth"]}

    purge(at=now + timedelta(days=7) + SECOND)

    assert not KeptPost.objects.exists()


def test_a_session_that_must_choose_a_password_keeps_nothing_of_it(client, officer, noon):
    post_sign_in(client, officer.email, ask_and_read(client, officer.email))
    assert client.session[MUST_CHOOSE_PASSWORD] is True
    noon.shift(IDLE)

    client.post(CHOOSE, {"new_password": NEW, "confirm_password": NEW})

    assert KeptPost.objects.get().fields == {}
    assert post_sign_in(client, officer.email, NEW).status_code == 200


def test_f34_what_no_database_can_hold_is_kept_as_a_visible_mark(officer, now):
    keep_post(user=officer, path="/step/", fields={"first\x00name": ["A\x00nn", "\ud800"]}, at=now)

    assert kept_post(user=officer, path="/step/") == {"first\ufffdname": ["A\ufffdnn", "\ufffd"]}
