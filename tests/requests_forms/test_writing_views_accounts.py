"""The form for a change of accounts or of the centre's details."""

import pytest

from tests.requests_forms.writing_pages import GO_ON, tag

pytestmark = pytest.mark.django_db
NEW_ACCOUNT = "/requests/new/account-change/"


@pytest.fixture
def client(signed_in, officer):
    return signed_in(officer)


def test_a_change_of_accounts_has_centre_and_user_filled_in(client, officer):
    page = client.get(NEW_ACCOUNT)

    assert 'value="61111" readonly' in tag(page, "centre_number")
    assert 'value="Northgate School" readonly' in tag(page, "centre_name")
    assert 'value="officer@northgate.example" readonly' in tag(page, "user_name")
    assert 'value="Olivia Marsh" readonly' in tag(page, "own_name")
    assert 'name="files"' not in page.text


def test_a_change_is_about_a_user_of_the_centre(client, priya, officer_elsewhere):
    page = client.get(NEW_ACCOUNT)

    assert f'<option value="{priya.pk}">Priya Shah, priya@northgate.example</option>' in page.text
    assert officer_elsewhere.email not in page.text
    response = client.post(NEW_ACCOUNT, {"change": "remove-user", "person": str(officer_elsewhere.pk)} | GO_ON)
    assert 'href="#id_person">Select the user whom the change is about.' in response.text


def test_a_draft_of_a_change_of_accounts_is_its_persons_own(client, signed_in, priya):
    client.post(NEW_ACCOUNT, {"change": "centre-name", "detail": "Northgate Academy"} | GO_ON)

    assert client.get(NEW_ACCOUNT).status_code == 302
    assert signed_in(priya).get(NEW_ACCOUNT).status_code == 200


def test_a_read_only_member_asks_for_no_change_of_accounts(signed_in, colleague):
    assert signed_in(colleague).get(NEW_ACCOUNT).status_code == 403
