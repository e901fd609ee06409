import pytest
from django.urls import reverse

from tests.factories.accounts import PASSWORD

pytestmark = pytest.mark.django_db

SIGN_IN = "/account/sign-in/"


def test_the_username_is_the_e_mail_address_in_any_letter_case(client, officer):
    answer = client.post(SIGN_IN, {"username": " Officer@Northgate.EXAMPLE ", "password": PASSWORD})

    assert answer.url == reverse("accounts:home")


def test_staff_begin_in_the_admin_and_others_on_the_overview(signed_in, officer, staff):
    assert signed_in(officer).get(reverse("accounts:home")).url == reverse("reports:overview")
    assert signed_in(staff).get(reverse("accounts:home")).url == reverse("admin:index")


@pytest.mark.parametrize(
    ("username", "password"), [("officer@northgate.example", "wrong"), ("nobody@northgate.example", PASSWORD)]
)
def test_a_wrong_username_and_a_wrong_password_get_the_same_sentence(client, officer, username, password):
    page = client.post(SIGN_IN, {"username": username, "password": password})

    assert "The username or the password is not right. Check both and try again." in page.text


def test_sign_in_leads_to_the_page_that_was_asked_for_and_to_no_other_site(client, officer):
    sign_in = {"username": officer.email, "password": PASSWORD}

    own = client.post(SIGN_IN, sign_in | {"next": "/step/"})
    client.logout()
    foreign = client.post(SIGN_IN, sign_in | {"next": "https://evil.example/"})

    assert own.url == "/step/"
    assert foreign.url == reverse("accounts:home")


@pytest.mark.parametrize(
    ("target", "expected"), [("/step/", "/step/"), ("/", "/account/home/"), ("//evil.example/", "/account/home/")]
)
def test_a_second_tab_of_the_door_leads_on_to_its_own_page(signed_in, officer, target, expected):
    assert signed_in(officer).get(SIGN_IN, {"next": target}).headers["Location"] == expected


def test_log_out_is_a_post_and_ends_the_session(signed_in, officer, session):
    client = signed_in(officer)

    client.post(reverse("accounts:logout"))

    assert client.get("/").status_code == 302


def test_the_way_to_a_forgotten_password_stands_on_the_sign_in_page(client):
    assert "I forgot my password" in client.get(SIGN_IN).text
    page = client.get(reverse("accounts:password-forgotten")).text
    assert "STEPMaths@ocr.org.uk" in page


def test_the_admin_has_no_door_of_its_own(client, staff):
    answer = client.get("/admin/login/?next=/admin/")

    assert answer.url == f"{SIGN_IN}?next=/admin/"
